"""Several processes find what one finds, in the same order."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from cramplint import workers
from cramplint.again import Again, Judged, Task, Work, judge_one
from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.model import CrampError, Settings
from cramplint.report.result import Result
from cramplint.rules import load
from cramplint.seen import Seen
from cramplint.site import Site
from cramplint.store import Store
from cramplint.workers import each

RULES = load(VOCABULARY)


def article(number: int) -> str:
    cure = "This tea cures leg cramps. " * (number % 3)
    return (
        f"---\ntitle: Cramps {number}\n---\n\n# Cramps {number}\n\n{cure}See [next]({number + 1}.md).\n\n"
        f"Take {number} mg of zinc a day.\n\nSigns include:\n\nRest helps.\n"
    )


def seen(text: str) -> Seen:
    return Seen(Path("a.md"), b"", "", b"", "", text.encode())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.md").write_text(article(number), "utf-8")
    (folder / "broken.md").write_bytes(b"\xff\xfe\xff")
    monkeypatch.setattr(workers, "_MANY", 8)
    monkeypatch.setattr(workers, "_FIRST", 3)
    return tmp_path


def run(home: Path, jobs: int, *, told: bool = False) -> tuple[list[Result], list[str]]:
    config = Config(root=home, today=date(2026, 1, 1))
    kept: dict[str, object] = {}
    again = Again((), config, Store(None), lambda: (RULES, Selection(), kept), told=told, jobs=jobs)
    results = list(again.results())
    assert bool(kept)  # textstat or proselint said something, in whatever process
    return results, list(map(str, again.problems))


@pytest.mark.parametrize("told", [False, True])
def test_the_number_of_processes_makes_no_difference(
    home: Path, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    alone = run(home, 1, told=told)
    results, problems = alone
    assert (len(results), len(problems)) == (30, 1)
    assert any(one.checked.findings for one in results)
    for chunk in (1, 500, 10_000_000):
        monkeypatch.setattr("cramplint.workers._CHUNK", chunk)
        assert run(home, 3, told=told) == alone


def test_what_is_handed_over_can_be_handed_over() -> None:
    """Where processes begin afresh, as on Windows and macOS, all goes through pickle."""
    site = Site.of([], Settings(today=date(2026, 1, 1)), RULES.data)
    work = Work(RULES, Selection(), site, told=True)
    copied = pickle.loads(pickle.dumps(work))
    task = Task("a.md", seen(article(2)))
    judged = judge_one(task, work)
    assert isinstance(judged, Judged)
    assert judge_one(task, copied) == judged


def test_a_fault_in_a_process_is_a_fault_of_the_run() -> None:
    work = Work(RULES, Selection(), Site.of([], Settings(), {}), told=False)
    with pytest.raises(KeyError):
        list(each(judge_one, [Task("a.md", seen("# Cramps\n\nTake zinc.\n"))] * 99, 99, work, 2))


def killed(task: Task, work: Work) -> int:
    if task.name == "3":
        os.kill(os.getpid(), signal.SIGKILL)
    return 1


def test_a_process_that_is_killed_ends_the_run_in_a_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_MANY", 2)
    monkeypatch.setattr(workers, "_FIRST", 1)
    tasks = [Task(str(number), seen("a")) for number in range(9)]
    site = Site({}, Settings(), RULES.data)
    work = Work(RULES, Selection(), site, told=False)
    with pytest.raises(CrampError, match="ended from outside"):
        list(each(killed, iter(tasks), len(tasks), work, 2))


def children(parent: int) -> int:
    done = subprocess.run(["ps", "-A", "-o", "ppid="], capture_output=True, text=True, check=True)
    return done.stdout.split().count(str(parent))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
@pytest.mark.parametrize("verb", [("check",), ("publish", "--out", "out")], ids=lambda v: v[0])
def test_an_interrupt_stops_all_processes(tmp_path: Path, verb: tuple[str, ...]) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    text = "".join(article(n).partition("# ")[2] for n in range(40))
    for number in range(600):
        (folder / f"{number}.md").write_text(f"# {number} {text}", "utf-8")
    started = subprocess.Popen(
        [sys.executable, "-m", "cramplint", *verb, "--jobs", "2", "articles"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Where these tests run in the background of a shell, it is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        while children(started.pid) < 2:
            assert started.poll() is None, "it ended before it shared its work"
            time.sleep(0.05)
        os.killpg(started.pid, signal.SIGINT)
        _, told = started.communicate(timeout=60)
        assert started.returncode == 130
        assert b"Traceback" not in told
        assert not (tmp_path / "out").exists()
        with pytest.raises(ProcessLookupError):
            os.killpg(started.pid, 0)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
