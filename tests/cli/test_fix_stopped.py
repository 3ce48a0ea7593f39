"""Runs of `cramplint check --fix` that are stopped: killed, interrupted, out of room.

`CRAMPLINT_FIX_KILLS=50` kills more often; the seed is printed, `CRAMPLINT_SEED` sets it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")

KILLS = int(os.environ.get("CRAMPLINT_FIX_KILLS", "4"))
SEED = int(os.environ.get("CRAMPLINT_SEED", "0")) or random.randrange(10**6)
DAMAGED = b"# Cramps\r\n\r\n" + b"Signs include:\r\n\r\n-\r\nrest\r\n-\r\nsleep\r\n\r\n" * 30
NAMES = [f"a{number}.md" for number in range(8)]


class Home:
    """A folder of damaged articles, and what they are once they are mended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.articles = folder / "articles"
        self.articles.mkdir()
        self.damage()
        began = time.monotonic()
        assert self.run()[0] == 0
        self.takes = time.monotonic() - began
        self.mended = self.files()
        assert self.mended.keys() == set(NAMES)
        assert DAMAGED not in self.mended.values()

    def damage(self) -> None:
        for path in self.articles.iterdir():
            path.unlink()
        for name in NAMES:
            (self.articles / name).write_bytes(DAMAGED)

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.articles.iterdir()}

    def start(self, **how: Any) -> subprocess.Popen[str]:
        words = ["check", "--fix", "--exit-zero", "--quiet", "--isolated", "--no-cache"]
        return subprocess.Popen(
            [sys.executable, "-m", "cramplint", *words, "--select=artifact/*", "articles"],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **how,
        )

    def run(self, **how: Any) -> tuple[int, str]:
        with self.start(**how) as process:
            said = process.communicate(timeout=120)[1]
        return process.returncode, said

    def stopped(self, sent: signal.Signals, after: float | None, rng: random.Random) -> int:
        """The exit code of a run that gets a signal: `after` seconds, or while it writes."""
        with self.start() as process:
            end = time.monotonic() + (60 if after is None else after)
            while time.monotonic() < end and process.poll() is None:
                if after is None and DAMAGED not in self._seen():
                    break
                time.sleep(0.0005)
            time.sleep(rng.random() * 0.02)
            process.send_signal(sent)
            said = process.communicate(timeout=120)[1]
        assert "Traceback" not in said
        return process.returncode

    def _seen(self) -> list[bytes]:
        """What the first article holds; empty once it is mended, or a draft of one is there."""
        drafts = any(name.endswith(".tmp") for name in os.listdir(self.articles))
        return [] if drafts else [(self.articles / NAMES[0]).read_bytes()]

    def whole(self) -> None:
        for name, data in self.files().items():
            if name in NAMES:
                assert data in (DAMAGED, self.mended[name]), f"{name} is half-written"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("fix"))


def test_after_a_kill_articles_are_whole_and_a_rerun_ends_the_work(home: Home) -> None:
    print(f"CRAMPLINT_SEED={SEED}")
    rng = random.Random(SEED)
    for number in range(KILLS):
        home.damage()
        home.stopped(signal.SIGKILL, rng.uniform(0.3, 1) * home.takes if number % 3 else None, rng)
        home.whole()
        assert home.files().keys() >= set(NAMES)
        assert home.run() == (0, "")
        now = home.files()
        assert {name: now[name] for name in NAMES} == home.mended


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_whole_articles_and_no_draft(home: Home, sent: signal.Signals) -> None:
    print(f"CRAMPLINT_SEED={SEED}")
    rng = random.Random(SEED)
    for after in (None, rng.uniform(0.4, 1) * home.takes):
        home.damage()
        assert home.stopped(sent, after, rng) in (0, 128 + sent, -sent)
        home.whole()
        assert home.files().keys() == set(NAMES)


def limited(size: int) -> Callable[[], None]:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("size", [0, 100])
def test_a_disk_that_takes_no_more_leaves_every_article_as_it_was(home: Home, size: int) -> None:
    home.damage()
    code, said = home.run(preexec_fn=limited(size))
    assert code == 2
    assert said.count("cannot be written: File too large") == len(said.splitlines()) == len(NAMES)
    assert home.files() == dict.fromkeys(NAMES, DAMAGED)
