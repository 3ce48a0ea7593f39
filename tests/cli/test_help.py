"""Help and mistakes: every command shows examples, every slip is met with what is nearest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cramplint.check import _MOST
from cramplint.cli.app import VERBS
from cramplint.model import VERSION
from cramplint.parse import _MOST_EVENTS, _MOST_NUMBERS, _MOST_SENTENCES
from cramplint.read import LIMIT

Run = Callable[..., Any]


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_shows_examples(home: Path, run: Run, verb: str) -> None:
    ran = run(verb, "--help")
    assert (ran.code, ran.err) == (0, "")
    _, _, examples = ran.out.partition("Examples:\n")
    assert f"cramplint {verb}" in examples
    assert run(verb, "-h").out == ran.out
    assert f"  {verb} " in run("--help").out


def test_the_limits_are_told(home: Path, run: Run) -> None:
    told = " ".join(run("check", "--help").out.split())
    assert f"over {LIMIT >> 20} MiB" in told
    assert f"{_MOST_SENTENCES:,} sentences, {_MOST_NUMBERS:,} numbers" in told
    assert f"{_MOST_EVENTS:,} pieces" in told
    assert f"{_MOST:,} findings" in told


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_is_told(home: Path, run: Run, option: str) -> None:
    assert run(option) == (0, f"cramplint {VERSION}\n", "")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("chek",), "did you mean check?"),
        (("check", "--profile", "strct"), "did you mean strict?"),
        (("check", "--locale", "xx"), "known: us, gb"),
        (("check", "--output-format", "jsn"), "did you mean json"),
        (("check", "--fail-on", "warn"), "did you mean warning?"),
        (("check", "--severity", "own/zebra=eror"), "did you mean error?"),
        (("check", "--select", "own/zbra"), "did you mean own/zebra?"),
        (("check", "--ignore", "redflags/*"), "did you mean redflag/*?"),
        (("rule", "lemr"), "did you mean own/lemur?"),
        (("check", "--selct", "x"), "--select"),
        (("check", "leg-cramp.md"), "did you mean legs-cramps.md?"),
        (("schema", "finding"), "did you mean findings?"),
    ],
)
def test_a_slip_is_met_with_what_is_nearest(
    home: Path, run: Run, words: tuple[str, ...], hint: str
) -> None:
    (home / "legs-cramps.md").write_text("# Legs\n", "utf-8")
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err
    assert ran.err.count("\n") == 1
