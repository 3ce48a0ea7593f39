"""The order in which modules may import each other, with no exemptions.

A module imports from lower floors only; the same floor is forbidden; imports under TYPE_CHECKING
and inside functions count.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cramplint"

ROW = re.compile(r"^\| (\d+) \| ([^|]+) \|", re.MULTILINE)
TABLE = ROW.findall((PACKAGE.parent / "ARCHITECTURE.md").read_text("utf-8"))


def _floors() -> Iterator[tuple[str, ...]]:
    """The lowest first. A module belongs to the first floor with a pattern of its dotted name."""
    for floor in range(int(TABLE[-1][0]) + 1):
        named = [cell for number, cell in TABLE if int(number) == floor]
        patterns = [p for cell in named for p in re.findall(r"`([^`]+)`", cell)]
        yield tuple(patterns + [""] * ("the package itself" in named))


FLOORS = tuple(_floors())

# Third-party module -> where it may be imported.
DOORS: dict[str, tuple[str, ...]] = {
    "click": ("cli", "cli.*"),
    "rich": ("cli.*",),
    "pyromark": ("parse.markdown",),
    "yaml": ("parse.frontmatter", "rules"),
    "frontmatter": ("parse.frontmatter",),
    "sentencex": ("understand.sentences",),
    "rapidfuzz": ("near", "site"),
    "pathspec": ("read",),
    "ftfy": ("checks.*",),
    "imagesize": ("publish.local",),
    "textstat": ("checks.readability",),
    "proselint": ("checks.prose",),
    "nh3": ("render", "render.*"),
    "jinja2": ("render", "render.*"),
    "markupsafe": ("render", "render.*"),
}

# Pure: no disk, no network, no clock, no processes.
PURE = (
    "model",
    "shapes",
    "phrases",
    "leads",
    "voices",
    "parse.*",
    "parse",
    "understand.*",
    "understand",
    "site",
    "checks.*",
)
PURE += ("checks", "check", "fix", "report.*", "report", "render.*", "render")
IMPURE = {"os", "pathlib", "shutil", "subprocess", "tempfile", "socket", "time", "urllib.request"}

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "constants", "misc", "base"}


def modules() -> dict[str, Path]:
    """Dotted name below the package ("" for itself) -> file."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def floor(name: str) -> int:
    """An exact name counts before a pattern, so that `parse.*` says nothing of `parse`."""
    exact = [i for i, names in enumerate(FLOORS) if name in names]
    wild = [i for i, names in enumerate(FLOORS) if matches(name, names)]
    assert exact or wild, f"{name} has no floor"
    return (exact or wild)[0]


def imports(name: str) -> Iterator[tuple[str, int]]:
    """(absolute dotted module, line) of every import statement of a module, wherever it stands."""
    path = MODULES[name]
    package = ["cramplint", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            stem = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*stem, *([node.module] if node.module else [])])
            for alias in node.names:
                one = f"{whole}.{alias.name}"
                inner = one.removeprefix("cramplint.")
                yield (one if inner in MODULES else whole), node.lineno


def own(name: str) -> Iterator[tuple[str, int]]:
    for imported, line in imports(name):
        if imported.split(".")[0] == "cramplint":
            yield imported.removeprefix("cramplint").removeprefix("."), line


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_from_lower_floors_only(name: str) -> None:
    wrong = [
        f"line {line}: {name or 'cramplint'} imports {other}"
        for other, line in own(name)
        if other not in MODULES or floor(other) >= floor(name)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", MODULES)
def test_a_library_comes_in_by_its_own_door(name: str) -> None:
    wrong = []
    for imported, line in imports(name):
        library = imported.split(".")[0]
        if library == "cramplint" or library in sys.stdlib_module_names:
            continue
        if not matches(name, DOORS.get(library, ())):
            wrong.append(f"line {line}: {library}")
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in MODULES if matches(name, PURE)])
def test_a_pure_module_knows_no_disk_network_or_clock(name: str) -> None:
    assert [found for found, _ in imports(name) if found in IMPURE] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_short_and_well_named(name: str) -> None:
    assert len(MODULES[name].read_text("utf-8").splitlines()) <= 400
    assert name.rpartition(".")[2] not in FORBIDDEN


def test_rules_hold_data_only() -> None:
    assert list((PACKAGE.parent / "rules").rglob("*.py")) == []


def test_the_walk_over_imports_misses_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "parse" / "x.py"
    file.parent.mkdir()
    file.write_text(
        "from __future__ import annotations\n"
        "from typing import TYPE_CHECKING\n"
        "from . import lines\n"
        "from .. import cli\n"
        "if TYPE_CHECKING:\n    from ..check import check\n"
        "def f():\n    import cramplint.publish\n    from ..cli.app import app\n"
    )
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    monkeypatch.setitem(MODULES, "parse.x", file)
    monkeypatch.setitem(MODULES, "publish", file)
    found = {other for other, _ in own("parse.x")}
    assert found == {"parse.lines", "cli", "check", "publish", "cli.app"}
