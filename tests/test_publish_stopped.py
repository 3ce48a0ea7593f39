"""Runs of `cramplint publish` that are stopped: killed, interrupted, out of room, not alone.

`CRAMPLINT_KILLS=50` kills more often; the seed is printed, `CRAMPLINT_SEED` sets it.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")

KILLS = int(os.environ.get("CRAMPLINT_KILLS", "8"))
SEED = int(os.environ.get("CRAMPLINT_SEED", "0")) or random.randrange(10**6)
ARTICLES = 8
DRAFTS = ".cramplint-drafts"


def article(number: int, version: str) -> str:
    return (
        f"---\ntitle: Cramp {number}\ntype: article\nlang: en\naliases: [/old/{number}]\n---\n\n"
        f"# Cramp {number}\n\n{version}. See [the next](a{(number + 1) % ARTICLES}.md).\n\n"
        + f"Stretch gently, {version}, and rest well.\n\n"
        * 40
    )


def write(home: Path, version: str) -> None:
    for number in range(ARTICLES):
        (home / "articles" / f"a{number}.md").write_text(article(number, version), "utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("site")
    (home / "articles").mkdir()
    (home / "cramplint.toml").write_text(
        'site-url = "https://calm.example"\nfail-on = "never"\nselect = ["links/*"]\n'
    )
    return home


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "cramplint", "publish", "--quiet", *options]


def start(home: Path, out: Path, **how: Any) -> subprocess.Popen[str]:
    env = {**os.environ, "CRAMPLINT_CACHE_DIR": str(home / "cache")}
    return subprocess.Popen(
        command("--out", str(out)),
        cwd=home,
        env=env,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **how,
    )


def run(home: Path, out: Path, **how: Any) -> tuple[int, list[str]]:
    """The exit code, and what it said."""
    with start(home, out, **how) as process:
        said, errors = process.communicate(timeout=120)
    return process.returncode, (said + errors).splitlines()


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


Sites = tuple[dict[str, str], dict[str, str], float]


@pytest.fixture(scope="module")
def sites(home: Path) -> Sites:
    """The site of the first version, of the second, and how long a run takes."""
    write(home, "first")
    assert run(home, home / "first") == (0, [])
    write(home, "second")
    began = time.monotonic()
    assert run(home, home / "second") == (0, [])
    return tree(home / "first"), tree(home / "second"), time.monotonic() - began


def published(out: Path) -> dict[str, str]:
    return {n: h for n, h in tree(out).items() if not n.startswith(DRAFTS)} if out.exists() else {}


def whole(out: Path, *good: dict[str, str]) -> None:
    for name, found in published(out).items():
        assert found in [one.get(name) for one in good], f"{name} is not whole"


def stop(home: Path, out: Path, sent: signal.Signals, after: float) -> tuple[int, str]:
    with start(home, out) as process:
        time.sleep(after)
        process.send_signal(sent)
        said = process.communicate(timeout=120)[1]
    return process.returncode, said


def begun(out: Path, sent: signal.Signals, home: Path, rng: random.Random) -> None:
    """Send a signal while files are made ready or moved, which a random moment seldom meets."""
    moving = rng.random() < 0.5
    with start(home, out) as process:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            drafts = out / DRAFTS
            if (drafts / "journal.json").exists() if moving else drafts.exists():
                break
        time.sleep(rng.random() * 0.01)
        process.send_signal(sent)
        process.communicate(timeout=120)


@pytest.mark.parametrize("fresh", [True, False], ids=["fresh", "update"])
def test_after_a_kill_files_are_whole_and_a_rerun_ends_the_work(
    home: Path, sites: Sites, tmp_path: Path, fresh: bool
) -> None:
    first, second, takes = sites
    rng = random.Random(SEED + fresh)
    write(home, "second")
    print(f"CRAMPLINT_SEED={SEED}")
    for number in range((KILLS + 1) // 2):
        out = tmp_path / f"out{number}"
        if not fresh:
            shutil.copytree(home / "first", out)
        if number % 2:
            stop(home, out, signal.SIGKILL, rng.uniform(0.3, 1) * takes)
        else:
            begun(out, signal.SIGKILL, home, rng)
        whole(out, first, second)
        assert run(home, out) == (0, [])
        assert tree(out) == second


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_run_in_order(
    home: Path, sites: Sites, tmp_path: Path, sent: signal.Signals
) -> None:
    first, second, takes = sites
    rng = random.Random(SEED)
    write(home, "second")
    print(f"CRAMPLINT_SEED={SEED}")
    for share in (0.5, rng.uniform(0.5, 1)):
        out = tmp_path / f"out{share}"
        shutil.copytree(home / "first", out)
        code, said = stop(home, out, sent, share * takes)
        # Before our code runs, and behind it, the system ends the process: a shell calls that 130 too.
        assert code in (0, 128 + sent, -sent)
        assert "Traceback" not in said
        assert tree(out) in (first, second)  # all or nothing, and no draft


def limited(size: int) -> Callable[[], None]:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("size", [0, 6000])
def test_a_disk_that_takes_no_more_changes_nothing(
    home: Path, sites: Sites, tmp_path: Path, size: int
) -> None:
    first, _, _ = sites
    out = tmp_path / "out"
    shutil.copytree(home / "first", out)
    write(home, "second")
    code, said = run(home, out, preexec_fn=limited(size))
    assert code == 2
    (line,) = said
    assert "cannot be written: File too large" in line
    assert tree(out) == first
    assert run(home, tmp_path / "new", preexec_fn=limited(size))[0] == 2
    assert not (tmp_path / "new").exists()


def weak() -> None:
    """Stop at permissions even as root: give up, from the next program on, the right to pass them."""
    if os.geteuid() == 0:
        import ctypes

        drop, rights = 24, (1, 2)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for right in rights:
            ctypes.CDLL(None).prctl(drop, right, 0, 0, 0)


@pytest.mark.parametrize("closed", [".", "old"])
def test_a_folder_that_is_closed_is_named_and_nothing_is_changed(
    home: Path, sites: Sites, tmp_path: Path, closed: str
) -> None:
    first, _, _ = sites
    out = tmp_path / "out"
    shutil.copytree(home / "first", out)
    for number in range(ARTICLES):
        text = article(number, "second").replace(f"Cramp {number}", f"Calf {number}")
        (home / "articles" / f"a{number}.md").write_text(text, "utf-8")
    folders = [out] if closed == "." else sorted((out / closed).iterdir())
    for folder in folders:
        folder.chmod(0o555)
    code, said = run(home, out, preexec_fn=weak)
    for folder in folders:
        folder.chmod(0o755)
    assert code == 2
    (line,) = said
    assert "cannot be written" in line
    assert "Permission denied" in line
    assert tree(out) == first


def test_of_runs_at_once_one_works_and_the_others_say_why(
    home: Path, sites: Sites, tmp_path: Path
) -> None:
    _, second, _ = sites
    write(home, "second")
    out = tmp_path / "out"
    processes = [start(home, out) for _ in range(3)]
    ends = [(p.communicate(timeout=120)[1], p.returncode) for p in processes]
    assert 0 in [code for _, code in ends]
    for said, code in ends:
        assert code in (0, 2)
        assert code == 0 or said.count("\n") == 1
        assert code == 0 or "another run is publishing here" in said
    assert tree(out) == second


def test_a_source_that_vanishes_is_said_and_the_others_are_published(
    home: Path, sites: Sites, tmp_path: Path
) -> None:
    write(home, "second")
    gone = home / "articles" / "a3.md"
    gone.unlink()
    gone.symlink_to("nowhere.md")
    code, said = run(home, tmp_path / "out")
    gone.unlink()
    assert code in (0, 2)
    assert (tmp_path / "out" / "a4.html").is_file()
    assert not (tmp_path / "out" / "a3.html").exists()
    assert not [line for line in said if "Traceback" in line]
