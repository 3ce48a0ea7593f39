"""`cramplint publish --watch`: what it looks at, and a run of it until somebody ends it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from cramplint.cli.watching import stamps

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and signals of POSIX")

PAGE = "---\ntitle: {}\n---\n\n# {}\n\nRest helps.\n"


def test_what_is_looked_at(tmp_path):
    for name in ("a.md", "b.PNG", "c.py", ".d.md", "sub/e.md", ".git/f.md", "out/g.md", "own.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    places = [tmp_path, tmp_path / "own.toml", tmp_path / "missing.toml"]

    def seen():
        return stamps(places, (".md", ".png"), [tmp_path / "out"])

    before = seen()
    named = {os.path.relpath(file, tmp_path).replace(os.sep, "/") for file in before}
    assert named == {"a.md", "b.PNG", "sub/e.md", "own.toml"}
    (tmp_path / "out" / "h.md").write_text("", "utf-8")
    assert seen() == before
    (tmp_path / "a.md").write_text("more than before", "utf-8")
    changed = dict(set(seen().items()) ^ set(before.items()))
    assert list(changed) == [str(tmp_path / "a.md")]


@contextmanager
def running(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], Queue[str]]]:
    """A run that watches, and the lines that it tells as they come."""
    command = [sys.executable, "-m", "cramplint", "publish", "--out", "site", "--watch", *options]
    started = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # Where these tests run in the background of a shell, it is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    lines: Queue[str] = Queue()

    def listen() -> None:
        for line in started.stderr:
            lines.put(line.rstrip())
        lines.put("the end")

    listener = Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield started, lines
    finally:
        started.kill()
        started.wait()
        listener.join()
        started.stderr.close()


def until(lines: Queue[str], wanted: str) -> list[str]:
    """The lines up to the one that begins as `wanted` does."""
    told = [lines.get(timeout=120)]
    while not re.match(wanted, told[-1]):
        assert told[-1] != "the end", told
        told.append(lines.get(timeout=120))
    return told


def test_it_publishes_what_changes_tells_what_is_wrong_and_ends_at_once(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    settings = 'fail-on = "never"\nselect = ["links/*"]\nsite-url = "https://calm.example"\n'
    (tmp_path / "cramplint.toml").write_text(settings, "utf-8")
    for name in ("Rest", "Calm"):
        (articles / f"{name.lower()}.md").write_text(PAGE.format(name, name), "utf-8")
    with running(tmp_path) as (started, lines):
        told = until(lines, "watching")
        assert told == ["2 published: see site/index.html", "watching for changes; Ctrl-C ends it"]
        (articles / "sleep.md").write_text(PAGE.format("Sleep", "Sleep"), "utf-8")
        assert until(lines, "1 published")[0] == "changed: articles/sleep.md"
        assert "Sleep" in (tmp_path / "site" / "index.html").read_text("utf-8")
        (tmp_path / "cramplint.toml").write_text(settings + "colour = 1\n", "utf-8")
        assert "colour" in until(lines, "error")[-1]
        (tmp_path / "cramplint.toml").write_text(settings + 'site-name = "Still"\n', "utf-8")
        until(lines, "3 published")
        (articles / "rest.md").unlink()
        until(lines, "2 unchanged, 2 removed")
        assert not (tmp_path / "site" / "rest.html").exists()
        started.send_signal(signal.SIGINT)
        assert until(lines, "the end") == ["", "the end"]  # behind the ^C of a terminal
        assert started.wait(30) == 130
    drafts = [p.name for p in (tmp_path / "site").iterdir() if p.name.startswith(".cramplint-d")]
    assert drafts == []


def test_what_is_wrong_at_the_beginning_ends_it(tmp_path):
    (tmp_path / "cramplint.toml").write_text("colour = 1\n", "utf-8")
    with running(tmp_path) as (started, lines):
        assert "colour" in until(lines, "error")[-1]
        assert started.wait(30) == 2
