"""What the project ships: the wheel, the hooks, the action."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from itertools import chain
from pathlib import Path

import pytest
import yaml

from cramplint import __version__
from cramplint.model import VERSION

ROOT = Path(__file__).parent.parent


def build(source: Path, kind: str, out: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the source distribution, as installers do it."""
    folder = tmp_path_factory.mktemp("built")
    sdist = build(ROOT, "sdist", folder / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return build(folder / sdist.name.removesuffix(".tar.gz"), "wheel", folder / "wheel")


def test_the_wheel_holds_the_rules_beside_the_code(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    pages = {
        f"cramplint/_rules/{path.relative_to(ROOT / 'rules').as_posix()}"
        for path in (ROOT / "rules").rglob("*")
        if path.is_file()
    }
    assert pages
    assert pages <= names
    code = {p.relative_to(ROOT).as_posix() for p in (ROOT / "cramplint").rglob("*.py")}
    assert code <= names
    assert "cramplint/py.typed" in names
    assert ("cramplint/_words.json" in names) == (ROOT / "cramplint/_words.json").exists()
    licences = {name.rpartition("/")[2] for name in names if ".dist-info/licenses/" in name}
    assert licences >= {"LICENSE", "words.NOTICE", "syllables.NOTICE"}
    assert not any(name.startswith(("tests/", "articles/", "rules/")) for name in names)


def test_an_installed_wheel_finds_its_rules_and_speaks(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "lib")
    (tmp_path / "a.md").write_text("---\ntitle: A day out\ntype: news\n---\n\nWe went out.\n")
    done = subprocess.run(
        [sys.executable, "-m", "cramplint", "check", "--output-format", "json", "a.md"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "lib")},
        capture_output=True,
        text=True,
    )
    assert '"path":"a.md"' in done.stdout, done.stderr
    where = subprocess.run(
        [sys.executable, "-c", "from cramplint.rules import folder; print(folder())"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "lib")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.strip() == str(tmp_path / "lib" / "cramplint" / "_rules")


def test_the_version_is_said_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert __version__ == VERSION
    assert project["project"]["dynamic"] == ["version"]


def test_every_dependency_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    for needed in (*project["dependencies"], *chain.from_iterable(extras)):
        assert re.search(r">=[\d.]+,<[\d.]+(; .*)?$", needed), needed


def test_ci_can_be_run_from_any_folder() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in script.read_text("utf-8")


def test_the_hooks_are_known_by_their_ids() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"]: hook["entry"] for hook in hooks} == {
        "cramplint": "cramplint check --force-exclude",
        "cramplint-fix": "cramplint check --fix --force-exclude",
        "cramplint-corpus": "cramplint check --select "
        "links/related-broken,links/internal-anchor,metadata/duplicate",
    }
    assert all(hook["require_serial"] and hook["language"] == "python" for hook in hooks)


def test_no_script_of_the_action_holds_an_input() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    steps = action["runs"]["steps"]
    assert steps
    for step in steps:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


# Who may do more than read: what signs, what publishes, what makes the release.
MORE = {
    ("release.yml", "attest"): {"attestations": "write", "id-token": "write"},
    ("release.yml", "publish"): {"id-token": "write"},
    ("release.yml", "announce"): {"contents": "write"},
}


def test_workflows_may_read_and_no_more() -> None:
    may = {}
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        flow = yaml.safe_load(path.read_text("utf-8"))
        assert flow["permissions"] == {"contents": "read"}, path.name
        assert "pull_request_target" not in path.read_text("utf-8")
        for name, job in flow["jobs"].items():
            may[path.name, name] = job.get("permissions")
            assert job["timeout-minutes"] <= 20
            assert not any("${{" in step.get("run", "") for step in job["steps"])
            for used in (step["uses"] for step in job["steps"] if "uses" in step):
                assert re.search(r"@[0-9a-f]{40}$|^\./$", used), used
    assert {which: more for which, more in may.items() if more is not None} == MORE


def test_a_job_that_may_write_runs_no_code_of_ours() -> None:
    for file, name in MORE:
        flow = yaml.safe_load((ROOT / ".github" / "workflows" / file).read_text("utf-8"))
        steps = flow["jobs"][name]["steps"]
        assert steps
        for step in steps:
            assert not step.get("uses", "").startswith(("actions/checkout@", "./"))
            assert not re.search(r"\b(python|pip|make|npm)\b", step.get("run", ""))
