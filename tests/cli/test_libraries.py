"""What the slow libraries cost, and what is said where something was not looked at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cramplint import kept
from cramplint.checks import readability

Run = Callable[..., Any]

PAGE = (
    "---\ntitle: Leg cramps\n---\n\n# Leg cramps\n\n"
    + "A cramp hurts when you lie in bed at night and cannot sleep. " * 12
)
FRENCH = (
    "---\ntitle: Crampes\n---\n\n# Crampes\n\nLes crampes sont des douleurs qui viennent dans la nuit et "
    "le magnésium ne les guérit pas. Vous pouvez étirer la jambe pour être mieux.\n"
)
READING = ("check", "--isolated", "--select", "readability/*,prose/*")


@pytest.fixture(autouse=True)
def own_cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(home / "cache"))
    (home / "a.md").write_text(PAGE, "utf-8")
    (home / "f.md").write_text(FRENCH, "utf-8")
    return home / "cache"


def loaded(home: Path, *args: str) -> set[str]:
    """Which of the slow libraries a run imports, with no network to ask."""
    code = (
        "import socket, sys\n"
        "def no(*args, **kwargs): raise AssertionError('the network was asked')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = no\n"
        "from cramplint.cli import main\n"
        "try: main()\n"
        "except SystemExit as done: assert done.code in (0, 1), done.code\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print(' '.join(names & {'textstat', 'nltk', 'pyphen', 'proselint', 're2'}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=home,
        env=dict(os.environ),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def test_an_article_that_nobody_changed_costs_nothing_again(home: Path) -> None:
    assert loaded(home, *READING, "a.md") == {"textstat", "pyphen", "proselint", "re2"}
    assert loaded(home, *READING, "a.md") == set()
    assert "textstat" in loaded(home, *READING, "--no-cache", "a.md")


def test_rules_that_are_off_load_nothing(home: Path) -> None:
    assert loaded(home, "check", "--isolated", "--ignore", "readability/*,prose/*", "a.md") == set()


def test_what_is_kept_says_the_same(home: Path, run: Run) -> None:
    first = run(*READING, "--output-format", "json", "a.md")
    assert run(*READING, "--output-format", "json", "a.md") == first
    assert json.loads(first.out)["files"][0]["facts"]["readability"]["flesch_kincaid_grade"] < 8


def test_the_setting_goes_before_the_rule(home: Path, run: Run) -> None:
    (home / "cramplint.toml").write_text('select = ["readability/grade"]\nmax-grade = 1\n', "utf-8")
    assert "readability/grade" in run("check", "a.md").out


def test_a_page_in_another_language_is_told_of_once(home: Path, run: Run) -> None:
    (home / "g.md").write_text(FRENCH.replace("Crampes", "Les crampes"), "utf-8")
    ran = run("check", "--isolated", "a.md", "f.md", "g.md")
    assert ran.err.count("2 articles are in another language (fr): ") == 1
    assert "rules know only English and did not run" in ran.err
    assert "another language" not in run("check", "--isolated", "-q", "f.md").err
    facts = json.loads(run("check", "--isolated", "--output-format", "json", "f.md").out)["files"][
        0
    ]
    assert facts["facts"]["unchecked_rules"] > 10
    assert facts["facts"]["readability"] is None


def test_a_library_that_is_not_there_is_told_of_once(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "proselint", None)
    monkeypatch.setitem(sys.modules, "proselint.checks", None)
    monkeypatch.setitem(sys.modules, "textstat", None)
    monkeypatch.setattr(kept, "find_spec", lambda name: None)
    readability._textstat.cache_clear()
    ran = run(*READING, "a.md", "f.md")
    assert ran.code == 0
    assert ran.err.count("prose/style is off: proselint cannot be loaded") == 1
    assert ran.err.count("readability/grade and the readability facts are off: textstat") == 1
    assert "off" not in run("check", "--isolated", "--select", "links/*", "a.md").err
