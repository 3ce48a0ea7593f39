"""What the inputs do, and what is said of those that are wrong."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("wheels")  # an installation takes its time


def test_all_is_checked_and_told_everywhere(runner, site):
    ran = runner.run(site, sarif_file="out.sarif")
    assert ran.code == 1, ran.log
    shown = [c for c in ran.obeyed if c.name == "error"]
    assert {c.properties["file"] for c in shown} == {"articles/old.md"}
    assert "claim/cure" in {c.properties["title"] for c in shown}
    assert "articles/old.md" in ran.summary
    report = json.loads(Path(ran.outputs["report"]).read_text("utf-8"))
    assert ran.outputs["exit-code"] == "1"
    assert int(ran.outputs["errors"]) == report["summary"]["errors"] > 0
    assert int(ran.outputs["warnings"]) == report["summary"]["warnings"]
    assert json.loads((site / ran.outputs["sarif-file"]).read_text("utf-8"))["version"] == "2.1.0"
    assert "claim/cure" in ran.log  # for people, too


def test_inputs_reach_cramplint(runner, site):
    ran = runner.run(
        site,
        paths="articles/dehydration.md\narticles/old.md\n",
        fail_on="never",
        args="--select\nclaim/*\n",
        report="annotations",
        summary="false",
    )
    assert ran.code == 0, ran.log
    assert {c.properties["title"] for c in ran.obeyed} == {"claim/cure"}
    assert ran.summary == ""
    assert len(ran.log.splitlines()) == 3  # two that stop and start commands, one annotation
    quiet = runner.run(site, report="none", paths="articles/old.md")
    assert (quiet.code, quiet.obeyed) == (1, [])
    (site / "strict.toml").write_text('select = ["claim/guarantee"]\n', "utf-8")
    assert runner.run(site, config="strict.toml").code == 0


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"changed_only": "yes"}, "changed-only is 'yes'; it can be false, files, lines"),
        ({"report": "::error::x"}, "report is '::error::x'"),
        ({"summary": "1"}, "summary"),
        ({"version": "0.1.0 --index-url=x"}, "it is a release"),
        ({"sarif_file": "a.sarif\nexit-code=0"}, "sarif-file is one line"),
        ({"config": "a\n::error::b"}, "config is one line"),
        ({"fail_on": "nothing"}, "nothing"),
        ({"paths": "articles/gone.md"}, "there is no such file or folder"),
        ({"paths": "##[error]x\n::error::y"}, "no such file or folder"),
        ({"args": "--no-such-option"}, "no-such-option"),
        ({"args": "::set-output name=x::y\n##[error]z"}, "no such file or folder"),
    ],
)
def test_a_wrong_input_is_one_clear_annotation(runner, site, inputs, why):
    ran = runner.run(site, **inputs)
    assert ran.code == 2, ran.log
    (said,) = ran.obeyed
    assert (said.name, said.properties) == ("error", {"title": "cramplint"})
    assert why in said.words
    assert "##[" not in ran.log
    assert ran.outputs.get("exit-code", "2") == "2"


def test_nothing_of_the_workspace_is_run(runner, site):
    trap = "open('sprung', 'w').write('x')\n"
    for name in ("cramplint.py", "pip.py", "venv.py", "json.py", "sitecustomize.py", "click.py"):
        (site / name).write_text(trap, "utf-8")
    (site / "hook").write_text("#!/bin/sh\ntouch sprung\n", "utf-8")
    (site / "hook").chmod(0o755)
    ran = runner.run(site, paths="articles/old.md", args="--since\nHEAD", fail_on="never")
    assert ran.code in (0, 2), ran.log
    assert not (site / "sprung").exists()


def test_no_program_of_the_workspace_stands_for_git(tmp_path, monkeypatch):
    # What Windows would do, tried everywhere.
    found = runpy.run_path(str(Path(__file__).parents[2] / "action" / "main.py"))["program"]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "git.exe").write_bytes(b"a stranger's")
    assert found("git.exe", ["", ".", "..", "in", str(tmp_path / "none")]) == ""
    theirs = tmp_path / "git cmd"
    theirs.mkdir()
    (theirs / "git.exe").write_bytes(b"")
    assert found("git.exe", [".", f'"{theirs}"']) == str(theirs / "git.exe")


def test_a_release_is_installed_by_its_version(runner, site):
    ran = runner.run(site, version="0.0.1")
    assert ran.code == 2
    assert "cramplint 0.0.1 could not be installed" in ran.obeyed[-1].words
