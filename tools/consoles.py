"""Run what the pages of documentation show, and put what was printed into them.

    .venv/bin/python tools/consoles.py [PAGE …]    # README.md and docs/*.md, if none is named

A page is played from its top in an empty folder:

- a fence whose info line names a file (```text sore-feet.txt) is written there;
- `<!-- run … -->` is run by the shell, unseen by readers;
- a `console` fence is a session: what follows `$ ` is run, and the lines below are what it prints,
  on standard output and standard error. A line that is only … stands for any lines.

`tests/test_docs.py` plays the pages, and fails where one shows what is not printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
ANY = "…"
TODAY = "2026-11-22"  # the day by which the articles on the pages are judged

_SHIM = """\
#!/bin/sh
verb=$1
case "$verb" in check|publish) shift; set -- "$verb" --today {1} "$@";; esac
exec "{0}" -m cramplint "$@"
"""

_PIECE = re.compile(
    r"^(?P<ticks>`{3,})(?P<language>\w*)(?: (?P<name>\S+))?\n(?P<text>.*?)^(?P=ticks)$"
    r"|^<!-- run\n(?P<script>.*?)^-->$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


class Shown(NamedTuple):
    """A command of a page, what the page shows of its output from offset `start` on, and what it
    printed."""

    command: str
    start: int
    shown: str
    printed: str


def fences(page: Path, language: str) -> list[str]:
    pieces = _PIECE.finditer(page.read_text("utf-8"))
    return [piece["text"] for piece in pieces if piece["language"] == language]


def played(page: Path, folder: Path, cache: Path) -> Iterator[Shown]:
    """The commands of a page, in order, each run in `folder`, an empty one. `cache`: a folder for
    what cramplint keeps between runs.

    Raises ChildProcessError if what readers do not see fails, or a command ends in a traceback.
    """
    shell = _shell(folder) | {"CRAMPLINT_CACHE_DIR": str(cache)}
    for piece in _PIECE.finditer(page.read_text("utf-8")):
        if piece["script"]:
            ran = _run("set -e\n" + piece["script"], folder, shell)
            if ran.returncode:
                raise ChildProcessError(f"{page.name}: {piece['script']}\n{ran.stdout}")
        elif piece["name"]:
            file = folder / piece["name"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(piece["text"], "utf-8")
        elif piece["language"] == "console":
            for found in _COMMAND.finditer(piece["text"]):
                command, shown = found.groups()
                ran = _run(command, folder, shell)
                if "Traceback" in ran.stdout:
                    raise ChildProcessError(f"{page.name}: {command}\n{ran.stdout}")
                yield Shown(command, piece.start("text") + found.start(2), shown, ran.stdout)


def holds(shown: str, printed: str) -> bool:
    """Whether a page may show `shown` for `printed`."""
    parts = re.split(rf"^{ANY}\n", shown, flags=re.MULTILINE)
    return re.fullmatch("(?:.*\n)*".join(map(re.escape, parts)), printed) is not None


def rewritten(text: str, sessions: list[Shown]) -> str:
    """The page with what was printed in the place of what it showed wrongly."""
    for one in reversed(sessions):
        if not holds(one.shown, one.printed):
            text = text[: one.start] + one.printed + text[one.start + len(one.shown) :]
    return text


def _shell(folder: Path) -> dict[str, str]:
    """The environment: `cramplint` is this one, git knows nobody, nothing of the user is read."""
    programs = folder.parent / f"{folder.name}-bin"
    programs.mkdir()
    us = programs / "cramplint"
    us.write_text(_SHIM.format(sys.executable, TODAY), "utf-8")
    us.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_ACTIONS", "COLUMNS"):
        kept.pop(name, None)
    return kept | {
        "PATH": f"{programs}{os.pathsep}{kept['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "HOME": str(folder),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{role}_NAME": "Ana Ruiz" for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_DATE": f"{TODAY}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")},
        "GIT_DEFAULT_HASH": "sha1",
        **{f"GIT_{role}_EMAIL": "ana@example.org" for role in ("AUTHOR", "COMMITTER")},
    }


def _run(command: str, folder: Path, shell: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=shell,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
    )


def _write(pages: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as place:
        for number, page in enumerate(pages):
            folder = Path(place) / str(number)
            folder.mkdir()
            before = page.read_text("utf-8")
            after = rewritten(before, list(played(page, folder, Path(place) / "cache")))
            if after != before:
                page.write_text(after, "utf-8")
                print(f"{page.name}: rewritten; read what changed")


if __name__ == "__main__":
    _write([Path(name).resolve() for name in sys.argv[1:]] or list(PAGES))
