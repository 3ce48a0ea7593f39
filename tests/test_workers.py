"""Several processes find what one finds, in the same order."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from cramplint import again as module
from cramplint.again import Done, again
from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.found import Found
from cramplint.model import Settings
from cramplint.rules import load
from cramplint.site import Site
from cramplint.workers import Work, judge_all, judge_one

RULES = load(VOCABULARY)


def article(number: int) -> str:
    cure = "This tea cures leg cramps. " * (number % 3)
    return (
        f"---\ntitle: Cramps {number}\n---\n\n# Cramps {number}\n\n{cure}See [next]({number + 1}.md).\n\n"
        f"Take {number} mg of zinc a day.\n\nSigns include:\n\nRest helps.\n"
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.md").write_text(article(number), "utf-8")
    (folder / "broken.md").write_bytes(b"\xff\xfe\xff")
    monkeypatch.setattr(module, "_MANY", 8)
    monkeypatch.setattr(module, "_FIRST", 3)
    return tmp_path


def run(home: Path, jobs: int, *, told: bool = False) -> Done:
    config = Config(root=home, today=date(2026, 1, 1))
    kept: dict[str, object] = {}
    done = again((), config, Found(None), lambda: (RULES, Selection(), kept), told=told, jobs=jobs)
    assert bool(kept)  # textstat or proselint said something, in whatever process
    return done


@pytest.mark.parametrize("told", [False, True])
def test_the_number_of_processes_makes_no_difference(
    home: Path, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    alone = run(home, 1, told=told)
    assert len(alone.results) == 30
    assert any(one.checked.findings for one in alone.results)
    for chunk in (1, 500, 10_000_000):
        monkeypatch.setattr("cramplint.workers._CHUNK", chunk)
        shared = run(home, 3, told=told)
        assert shared.results == alone.results
        assert list(map(str, shared.problems)) == list(map(str, alone.problems))


def test_what_is_handed_over_can_be_handed_over() -> None:
    """Where processes begin afresh, as on Windows and macOS, all goes through pickle."""
    site = Site.of([], Settings(today=date(2026, 1, 1)), RULES.data)
    work = Work(RULES, Selection(), site, told=True)
    copied = pickle.loads(pickle.dumps(work))
    data = article(2).encode()
    assert judge_one("a.md", data, copied) == judge_one("a.md", data, work)


def test_a_fault_in_a_process_is_a_fault_of_the_run() -> None:
    work = Work(RULES, Selection(), Site.of([], Settings(), {}), told=False)
    with pytest.raises(KeyError):
        list(judge_all([("a.md", b"# Cramps\n\nTake zinc.\n")] * 3, work, 2))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_an_interrupt_stops_all_processes(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    text = "".join(article(n).partition("# ")[2] for n in range(400))
    for number in range(200):
        (folder / f"{number}.md").write_text(f"# {text}", "utf-8")
    command = [sys.executable, "-m", "cramplint", "check", "--jobs", "2", "--no-cache", "articles"]
    kept = {**os.environ, "CRAMPLINT_CACHE_DIR": str(tmp_path / "kept")}
    started = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=kept,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(4)
    os.killpg(started.pid, signal.SIGINT)
    _, told = started.communicate(timeout=60)
    assert started.returncode == 130
    assert b"Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)
