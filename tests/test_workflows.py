"""The action and the workflows, as the tools judge them that GitHub's users judge theirs by."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from cramplint.start import Home, workflow

ROOT = Path(__file__).parent.parent
FLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BIN = sysconfig.get_path("scripts")


def ran(*command: str | os.PathLike[str]) -> str:
    """What a tool of the development environment says where it fails; "" where it does not."""
    path = BIN + os.pathsep + os.environ["PATH"]
    done = subprocess.run(
        [Path(BIN, command[0]), *command[1:]],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout + done.stderr if done.returncode else ""


def unlike(schema: str, path: Path, *options: str) -> str:
    """What check-jsonschema, in this process, says against a file; "" if nothing."""
    command = ["--builtin-schema", f"vendor.{schema}", *options, str(path)]
    done = CliRunner().invoke(check_jsonschema, command)
    return done.output if done.exit_code else ""


def test_the_action_is_one_by_its_schema() -> None:
    assert unlike("github-actions", ROOT / "action.yml") == ""


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.name)
def test_a_workflow_is_one_by_its_schema(path: Path) -> None:
    assert unlike("github-workflows", path) == ""


def test_the_updates_are_some_by_their_schema() -> None:
    path = ROOT / ".github" / "dependabot.yml"
    assert unlike("dependabot", path) == ""


def test_actionlint_finds_nothing() -> None:
    assert ran("actionlint", "-shellcheck=shellcheck", *FLOWS) == ""


def test_zizmor_finds_nothing() -> None:
    assert ran("zizmor", "--offline", "--no-progress", "--pedantic", ".") == ""


@pytest.mark.parametrize("script", [".ci/run", "tools/test-tools"])
def test_shellcheck_finds_nothing(script: str) -> None:
    assert ran("shellcheck", "--shell=bash", script) == ""


def test_the_workflow_for_editors_is_sound(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(# \.github/.*?)```", page, re.S)
    assert blocks
    for block in blocks:
        flow = tmp_path / "flow.yml"
        flow.write_text(block, "utf-8")
        assert unlike("github-workflows", flow) == ""
        assert ran("actionlint", flow) == ""
        assert ran("zizmor", "--offline", "--no-progress", flow) == ""


def test_the_hooks_for_writers_are_hooks(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "writers.md").read_text("utf-8")
    (config := tmp_path / "hooks.yaml").write_text(re.findall(r"```yaml\n(.*?)```", page, re.S)[0])
    assert ran("pre-commit", "validate-config", config) == ""
    offered = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    for hook in re.findall(r"id: (\S+)", config.read_text("utf-8")):
        assert f"- id: {hook}\n" in offered


def test_the_job_for_gitlab_is_one(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "maintainers.md").read_text("utf-8")
    flow = tmp_path / ".gitlab-ci.yml"
    flow.write_text(re.findall(r"```yaml\n(.*?)```", page, re.S)[0], "utf-8")
    assert unlike("gitlab-ci", flow, "--data-transform", "gitlab-ci") == ""


@pytest.mark.parametrize("url", ["https://github.com/x/y", "https://example.org/y"])
def test_the_workflow_that_init_writes_is_sound(tmp_path: Path, url: str) -> None:
    flow = tmp_path / "flow.yml"
    flow.write_text(workflow(Home(url, "1" * 40)), "utf-8")
    assert unlike("github-workflows", flow) == ""
    assert ran("actionlint", "-shellcheck=shellcheck", flow) == ""
    assert ran("zizmor", "--offline", "--no-progress", flow) == ""


def test_these_tools_do_find_something(tmp_path: Path) -> None:
    """A tool that is called wrongly finds nothing either."""
    bad = tmp_path / "bad.yml"
    bad.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    permissions: write-all\n    steps:\n"
        "      - run: echo ${{ github.event.issue.title }}\n      - uses: actions/checkout@v4\n"
    )
    assert "potentially untrusted" in ran("actionlint", bad)
    assert "template-injection" in ran("zizmor", "--offline", "--no-progress", bad)
    bad.write_text("on: push\njobs: 1\n")
    assert "jobs" in unlike("github-workflows", bad)
    bad.write_text("echo $1\n")
    assert "SC2086" in ran("shellcheck", "--shell=bash", bad)
