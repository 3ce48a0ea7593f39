"""Settings for every test, and the tools that some need and that pip does not bring.

Property tests may be slow on a busy machine, but are never random in CI. A test that lacks its tool
is skipped, and a line at the end says so; it fails where `CI` or `CRAMPLINT_ALL_TOOLS=1` is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

TOOLS = Path(__file__).parent / "tools"
_ALL = os.environ.get("CRAMPLINT_ALL_TOOLS", "1" if os.environ.get("CI") else "0") == "1"
_LACKS = "lacks its tool: "
_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)

Node = Callable[..., str]


def pytest_configure(config: pytest.Config) -> None:
    """What cramplint keeps between runs, the tests of this run keep for each other, in all its
    processes: most that start cramplint are not about an empty cache, and filling one takes seconds.
    A person's own cache neither helps them nor is filled by them."""
    if not hasattr(config, "workerinput"):
        kept = tempfile.TemporaryDirectory(prefix="cramplint-tests-", ignore_cleanup_errors=True)
        os.environ["CRAMPLINT_CACHE_DIR"] = kept.name
        config.add_cleanup(kept.cleanup)


def _lacking(tool: str) -> None:
    """Skip the test, or fail it where all tools must be there."""
    if _ALL:
        pytest.fail(f"{_LACKS}{tool} (make tools)", pytrace=False)
    pytest.skip(f"{_LACKS}{tool}")


def _program(tool: str, *names: str) -> Path:
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    _lacking(tool)
    raise AssertionError


def _folder(tool: str, path: Path) -> Path:
    if not (path / ".stamp").is_file():  # written last, by tools/test-tools
        _lacking(tool)
    return path


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser. As root it needs --no-sandbox; --disable-background-networking keeps it quiet."""
    return _program("chromium", *_BROWSERS)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of npm packages; scripts in tests/tools/ import from it by name."""
    _program("node", "node")
    return _folder("node_modules", TOOLS / "node_modules")


@pytest.fixture(scope="session")
def node(node_modules: Path) -> Node:
    """Runs a script of tests/tools/ and gives its standard output; its words where it fails."""

    def ran(script: str, *args: str | os.PathLike[str], stdin: str = "", timeout: int = 300) -> str:
        command = ["node", str(TOOLS / script), *map(os.fspath, args)]
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=timeout
        )
        assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout

    return ran


@pytest.fixture(scope="session")
def nu_checker(node_modules: Path) -> tuple[str, ...]:
    """The command of the Nu HTML checker, without its options and files; it may ask this machine."""
    java = _program("java", "java")
    jar = node_modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    local = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
    return (str(java), "-Xss2m", local, "-jar", str(jar))


@pytest.fixture(scope="session")
def wheels() -> Path:
    """What cramplint needs to be built and run, for pip with --no-index."""
    return _folder("wheels", TOOLS / "wheels")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lacking: Counter[tuple[str, str]] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        why = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
        if _LACKS in why:
            lacking[report.nodeid.partition("::")[0], why.partition(_LACKS)[2]] += 1
    if lacking:
        which = ", ".join(f"{n} of {file} ({tool})" for (file, tool), n in lacking.items())
        terminalreporter.write_line(
            f"{lacking.total()} TESTS DID NOT RUN for want of their tools: {which}. "
            "`make tools` installs them.",
            yellow=True,
            bold=True,
        )


def _leaves(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if value else ()
    for key, held in items:
        yield (*path, key)
        if isinstance(held, dict | list):
            yield from _leaves(held, (*path, key))


@pytest.fixture(scope="session")
def leaves() -> Callable[[object], Iterator[tuple[Any, ...]]]:
    """The ways to all that a JSON value holds."""
    return _leaves
