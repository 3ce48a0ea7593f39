"""`cramplint rule`: pages, the list, the proof."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_rules_are_listed_by_group(home: Path, run: Run) -> None:
    ran = run("rule")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    group = lines.index("own")
    assert [line.split() for line in lines[group + 1 : group + 3]] == [
        ["own/lemur", "note", "No", "lemur"],
        ["own/zebra", "error", "No", "zebra"],
    ]
    assert "artifact" in lines
    assert lines.index("artifact") < group
    assert "own" not in run("rule", "--isolated").out.splitlines()


def test_a_page_is_printed_as_it_stands(home: Path, run: Run) -> None:
    page = (home / "own" / "own" / "zebra.md").read_text("utf-8")
    assert run("rule", "own/zebra") == (0, page, "")


def test_an_unknown_rule_is_named_with_the_nearest(home: Path, run: Run) -> None:
    ran = run("rule", "own/zebr")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean own/zebra?" in ran.err


def test_pages_of_a_folder_prove_themselves(home: Path, run: Run) -> None:
    ran = run("rule", "--test", "own")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "2 rules, 4 examples; 0 do not hold\n"
    page = home / "own" / "own" / "zebra.md"
    page.write_text(page.read_text("utf-8").replace("A ⟦zebra⟧ walks", "⟦A⟧ zebra walks"), "utf-8")
    ran = run("rule", "--test", "own")
    assert ran.code == 1
    assert "zebra.md:13: the rule flags 'zebra', the page says 'A'\n" in ran.out
    page.write_text("no page", "utf-8")
    ran = run("rule", "--test", "own")
    assert ran.code == 2
    assert "zebra.md:1: " in ran.err


def test_a_terminal_gets_the_page_laid_out(home: Path) -> None:
    main, end = pty.openpty()
    command = [sys.executable, "-m", "cramplint", "rule", "own/zebra"]
    subprocess.run(command, stdout=end, stdin=end, check=True, env={**os.environ, "TERM": "xterm"})
    os.close(end)
    out = os.read(main, 65536).decode()
    os.close(main)
    assert "\x1b[" in out
    assert "No zebra" in out
    assert "check: match" not in out
