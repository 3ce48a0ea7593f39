"""Completion: click's protocol for each shell, and the shells themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cramplint.cli.completion import SHELLS
from cramplint.keys import LOCALES, PROFILES
from cramplint.report import FORMATS

Run = Callable[..., Any]
ROOT = Path(__file__).parent.parent.parent


def complete(shell: str, *words: str) -> list[str]:
    """The values that are proposed for the last of `words`, asked for as the shell's script does."""
    line = " ".join(["cramplint", *words])
    known = {"COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    if shell == "fish":
        known["COMP_CWORD"] = words[-1]
    ran = subprocess.run(
        [sys.executable, "-m", "cramplint"],
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            **known,
            "_CRAMPLINT_COMPLETE": f"{shell}_complete",
            "PYTHONPATH": str(ROOT),
        },
    )
    assert ran.stderr == ""
    lines = [line for line in ran.stdout.splitlines() if line]
    if shell in ("bash", "fish"):  # type,value and for fish a tab and what it is
        return [line.partition(",")[2].partition("\t")[0] for line in lines]
    return lines[1::3]  # type, value, help


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_is_told_the_same(home: Path, shell: str) -> None:
    assert complete(shell, "che") == ["check"]
    assert complete(shell, "check", "--profile", "s") == ["strict"]
    assert complete(shell, "rule", "own/z") == ["own/zebra"]


def test_what_options_take_is_proposed(home: Path) -> None:
    assert complete("bash", "check", "--profile", "") == list(PROFILES)
    assert complete("bash", "check", "--locale", "") == list(LOCALES)
    assert complete("bash", "check", "--output-format", "") == list(FORMATS)
    assert complete("bash", "schema", "f") == ["findings"]
    assert complete("bash", "completion", "p") == ["powershell"]
    assert complete("bash", "check", "--fail-on", "w") == ["warning"]
    assert "--select" in complete("bash", "check", "--sel")


def test_rule_ids_are_proposed_one_after_the_other(home: Path) -> None:
    assert complete("bash", "check", "--select", "own/") == ["own/*", "own/lemur", "own/zebra"]
    assert complete("bash", "check", "--ignore", "claim/cure,own/l") == ["claim/cure,own/lemur"]
    assert complete("bash", "check", "--severity", "own/l") == ["own/lemur="]
    assert complete("bash", "check", "--severity", "own/lemur=n") == ["own/lemur=note"]
    assert complete("bash", "check", "--isolated", "--select", "own/z") == []


def test_shipped_rules_are_proposed_where_the_settings_are_broken(home: Path) -> None:
    (home / "cramplint.toml").write_text("no toml", "utf-8")
    assert complete("bash", "rule", "claim/cu") == ["claim/cure"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_names_the_command_and_the_variable(home: Path, run: Run, shell: str) -> None:
    script = run("completion", shell).out
    assert f"{shell}_complete" in script
    assert "_CRAMPLINT_COMPLETE" in script
    assert "cramplint" in script


def test_the_shell_of_the_user_is_taken(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/usr/local/bin/fish")
    assert run("completion").out == run("completion", "fish").out
    monkeypatch.setenv("SHELL", "/bin/dash")
    ran = run("completion")
    assert (ran.code, ran.out) == (2, "")
    assert "bash, zsh, fish, powershell" in ran.err
    assert "did you mean bash?" in run("completion", "bsh").err


ASKED = {
    # What a person does with Tab, by each shell's own means.
    "bash": (
        'source "$1"; COMP_WORDS=(cramplint check --profile s); COMP_CWORD=3; '
        '_cramplint_completion cramplint; printf "%s\\n" "${COMPREPLY[@]}"'
    ),
    "zsh": (
        "zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z 'PS1=; autoload -Uz compinit; "
        "compinit -u -D; source '$1; zpty -w z 'print rea''dy'; zpty -r z out '*ready*'; "
        "zpty -w -n z $'cramplint check --profile st\\t'; "
        "zpty -r z out '*strict*' && print strict"
    ),
    "fish": 'source $argv[1]; complete -C "cramplint check --profile s"',
}
PLAIN = {
    "bash": ["--norc", "--noprofile", "-c"],
    "zsh": ["-f", "-c"],
    "fish": ["--no-config", "-c"],
}


@pytest.mark.parametrize("shell", ASKED)
def test_the_shell_itself_completes(home: Path, run: Run, shell: str) -> None:
    there = shutil.which(shell)
    if there is None:
        pytest.skip(f"{shell} is not installed")
    script = home / f"complete.{shell}"
    script.write_text(run("completion", shell).out, "utf-8")
    command = home / "bin" / "cramplint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cramplint "$@"\n', "utf-8")
    command.chmod(0o755)
    words = [there, *PLAIN[shell], ASKED[shell], *([] if shell == "fish" else ["_"]), str(script)]
    ran = subprocess.run(
        words,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            **os.environ,
            "PATH": f"{command.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
        },
    )
    assert ran.stdout.split() == ["strict"], ran.stderr
