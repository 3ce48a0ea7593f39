"""git, asked so that a repository of a stranger cannot answer with a program of its own.

Every call names git's command first and options before `--`; nothing goes through a shell; file
system monitors, external diffs, conversions by filters and downloads of missing objects, all of
which a repository's settings may name, are off; and no lock is taken.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from errno import ENOENT
from pathlib import Path
from typing import NamedTuple

from .model import CrampError

_OFF = (
    *("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "core.quotePath=false"),
)
_SET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # for a git that does not know the line above
    "LC_ALL": "C",
}
# What a person may have set for themselves, and what changes the form of an answer.
_UNSET = frozenset(
    {
        "GIT_DIFF_OPTS",
        "GIT_EXTERNAL_DIFF",
        "GIT_LITERAL_PATHSPECS",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
    }
)


class Answer(NamedTuple):
    """What git said. `err` is for people; a `code` other than 0 means that it did not do it."""

    code: int
    out: bytes
    err: str


def ask(
    folder: Path, *words: str, feed: bytes = b"", settings: Mapping[str, str] | None = None
) -> Answer:
    """git run in `folder`, with `feed` on its standard input and `settings` of its configuration.
    Raises CrampError if there is no git."""
    import subprocess

    env = {name: value for name, value in os.environ.items() if name not in _UNSET} | _SET
    if settings:
        # As environment, not as -c: a name may hold "=".
        stated = env.get("GIT_CONFIG_COUNT", "")
        first = int(stated) if stated.isdecimal() else 0
        env["GIT_CONFIG_COUNT"] = str(first + len(settings))
        for i, (key, value) in enumerate(settings.items(), first):
            env |= {f"GIT_CONFIG_KEY_{i}": key, f"GIT_CONFIG_VALUE_{i}": value}
    try:
        git = "git" if os.name != "nt" else program("git.exe", os.get_exec_path())
        words = (git, *_OFF, "-C", os.fspath(folder), *words)
        ran = subprocess.run(words, input=feed, capture_output=True, env=env, check=False)
    except OSError as error:
        raise CrampError(
            f"git cannot be run: {error.strerror}", "", "install it, or check without git's help"
        ) from error
    return Answer(ran.returncode, ran.stdout, ran.stderr.decode("utf-8", "replace").strip())


def program(name: str, folders: Iterable[str]) -> str:
    """The file of a program in the first of `folders` that has it. Windows, left to itself, looks
    into the working folder first, where a stranger may have put one; folders that are not stated in
    full would lead there too. Raises OSError if there is none."""
    for folder in folders:
        file = os.path.join(folder.strip('"'), name)
        if os.path.isabs(file) and os.path.isfile(file):
            return file
    raise FileNotFoundError(ENOENT, "it is in no folder of PATH")


def plain(folder: Path) -> dict[str, str]:
    """Settings with which no filter of the repository runs where git reads files of `folder`."""
    listed = ask(folder, "config", "-z", "--name-only", "--get-regexp", r"^filter\..*\.")
    names = {key.rpartition(".")[0] for key in split(listed.out)}
    parts = {"clean": "", "smudge": "", "process": "", "required": "false"}
    return {f"{name}.{part}": to for name in sorted(names) for part, to in parts.items()}


def split(out: bytes) -> list[str]:
    """The pieces between NUL bytes, as names of files."""
    return [os.fsdecode(piece) for piece in out.split(b"\0") if piece]
