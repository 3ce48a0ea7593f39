"""`check --fix --ask`: each fix that asks is shown, and a person answers."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
GLUED = "# Tired legs\n\nRest the tenseThat muscle. Drink waterWhen tired. Sleep wellAnd long.\n"
PICK = ("--select", "artifact/glued-words,artifact/bare-bullet")


@pytest.fixture
def answer(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Check these paths with `--fix --ask`, and answer with these lines."""
    monkeypatch.setattr("cramplint.cli.ask.attended", lambda: True)

    def answered(lines: str, *args: str) -> Any:
        return run("check", "--fix", "--ask", *PICK, *args, stdin=lines.encode())

    return answered


def put(name: str, text: str = GLUED) -> Path:
    file = Path(name)
    file.write_text(text, "utf-8")
    return file


def test_yes_and_no(answer: Run) -> None:
    file = put("a.md")
    ran = answer("y\nn\nYES\n", "a.md")
    assert file.read_text("utf-8") == (
        "# Tired legs\n\nRest the tense That muscle. Drink waterWhen tired. Sleep well And long.\n"
    )
    assert (ran.code, ran.err.count("Apply this fix?")) == (0, 3)
    assert ran.err.startswith(
        'a.md:3:10  warning  "tenseThat"',
    )
    assert (
        "    - Rest the tenseThat muscle. Drink waterWhen tired. Slee\u2026\n"
        "    + Rest the tense That muscle. Drink waterWhen tired. Slee\u2026\n"
        "Apply this fix? [y]es, [n]o, [a]ll of this rule, [q]uit: "
    ) in ran.err
    assert "1 fixable with --unsafe-fixes" in ran.out


def test_all_of_a_rule_goes_on_in_other_files(answer: Run) -> None:
    one, two = put("a.md"), put("b.md")
    ran = answer("a\n", "a.md", "b.md")
    assert ran.err.count("Apply this fix?") == 1
    for file in (one, two):
        assert "tense That muscle. Drink water When tired. Sleep well And" in file.read_text()


def test_quitting_keeps_what_was_accepted_and_safe_fixes_go_on(answer: Run) -> None:
    one, two = put("a.md"), put("b.md", GLUED + "\nDo this:\n\n-\nrest\n-\nsleep\n")
    ran = answer("y\nq\n", "a.md", "b.md")
    assert ran.err.count("Apply this fix?") == 2
    assert "tense That muscle. Drink waterWhen" in one.read_text()
    assert two.read_text().startswith(GLUED)
    assert "- rest\n- sleep\n" in two.read_text()


def test_the_end_of_input_quits_and_other_answers_are_explained(answer: Run) -> None:
    file = put("a.md")
    ran = answer("why\n", "a.md")
    assert "    n  leave it\n" in ran.err
    assert ran.err.count("Apply this fix?") == 2
    assert file.read_text() == GLUED


def test_lines_that_come_and_go_are_shown(answer: Run) -> None:
    said = "Rest the leg for an hour, and put it up on a chair or on two cushions."
    put("a.md", f"# Legs\n\n{said}\n\n{said}\n")
    ran = answer("n\n", "--select", "artifact/duplicate-paragraph", "a.md")
    assert f"    - {said}\n" in ran.err


def test_articles_drive_no_terminal(answer: Run) -> None:
    put("a.md", "# Legs \x1b[2J\n\nThe tenseThat \x1b[31mmuscle \u202e rests.\n")
    ran = answer("n\n", "a.md")
    assert "tenseThat" in ran.err
    assert not re.search(r"[\x1b\u202e]", ran.err)


@pytest.mark.parametrize(
    "args", [["--ask"], ["--fix", "--ask", "--diff"], ["--fix", "--ask", "--unsafe-fixes"]]
)
def test_ask_goes_with_fix_alone(home: Path, run: Run, args: list[str]) -> None:
    put("a.md")
    ran = run("check", *args, "a.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: --ask: goes with --fix")


def test_without_a_terminal_nobody_can_answer(home: Path, run: Run) -> None:
    file = put("a.md")
    ran = run("check", "--fix", "--ask", "a.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: --ask: standard input is no terminal")
    assert file.read_text() == GLUED


def test_a_person_at_a_terminal_is_asked_in_colour(home: Path) -> None:
    file = put("a.md")
    command = (sys.executable, "-m", "cramplint", "check", "--fix", "--ask", *PICK, "a.md")
    pid, screen = pty.fork()
    if pid == 0:  # pragma: no cover
        os.execv(command[0], command)
    said, answers, end = b"", [b"y\n", b"q\n"], time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([screen], [], [], 1)[0]:
            continue
        try:
            more = os.read(screen, 4096)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        said += more
        if said.endswith(b"[q]uit: ") and answers:
            os.write(screen, answers.pop(0))
    os.close(screen)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert "tense That muscle. Drink waterWhen" in file.read_text("utf-8")
    assert b"\x1b[32m+\x1b[0m" in said
    assert b"1 file mended" in said
