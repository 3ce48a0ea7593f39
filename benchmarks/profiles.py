"""Where the time goes: functions of a cold run, sampled; modules loaded for one clean file."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .measure import environment
from .stage import QUIET, Stage, program

_FRAME: Final = re.compile(r"^(?P<name>.+) \((?P<file>[^()]+?)(?::\d+)?\)$")
_LOADED: Final = re.compile(r"^import time:\s+(\d+) \|\s+(\d+) \|\s*(\S+)$")
_CLEAN: Final = "---\ntitle: A day out\ntype: news\n---\n\nWe went out. It was a fine day.\n"


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares of time, 0 to 1, greatest first: in the function itself, and below it too."""

    samples: int
    own: tuple[tuple[str, float], ...]
    below: tuple[tuple[str, float], ...]


def sampled(stage: Stage, count: int) -> Profile | str:
    """A cold run over `count` articles; or why there is none."""
    spy = stage.peers.program("py-spy")
    if not spy:
        return stage.peers.missing.get("py-spy", "py-spy is not installed")
    stage.forget("spied")
    one = stage.check("", "spied", count, stage.articles(count), *QUIET, "--jobs", "1")
    out = stage.folder / "stacks.txt"
    argv = [spy, "record", "--rate", "200", "--function", "--format", "raw", "--output", str(out)]
    command = [sys.executable, *one.argv] if len(program()) == 1 else list(one.argv)
    done = subprocess.run(
        [*argv, "--", *command],
        env=environment(one.env),
        cwd=one.cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    if not out.is_file():
        return f"py-spy said: {done.stderr.strip().rpartition(chr(10))[2][:160]}"
    return counted(out.read_text("utf-8").splitlines())


def counted(stacks: Sequence[str], most: int = 25) -> Profile:
    """Stacks as py-spy writes them: frames between semicolons, outermost first, and a count."""
    own: Counter[str] = Counter()
    below: Counter[str] = Counter()
    for stack in stacks:
        frames, _, number = stack.rpartition(" ")
        names = [_named(frame) for frame in frames.split(";")]
        own[names[-1]] += int(number)
        for name in set(names):
            below[name] += int(number)
    total = max(own.total(), 1)
    return Profile(
        own.total(),
        tuple((name, number / total) for name, number in own.most_common(most)),
        tuple(
            (n, number / total) for n, number in below.most_common() if n.startswith("cramplint/")
        )[:most],
    )


def _named(frame: str) -> str:
    """A frame without what differs between machines: the file from its package on."""
    found = _FRAME.match(frame)
    if not found:
        return frame
    file = found["file"].replace("\\", "/")
    for mark in ("site-packages/", f"python{sys.version_info[0]}.{sys.version_info[1]}/"):
        file = file.rpartition(mark)[2]
    file = re.sub(r"^.*/(cramplint/)", r"\1", file)
    return f"{file} {found['name']}"


def loaded(stage: Stage) -> list[tuple[str, int, int]]:
    """What one clean file, seen before, makes Python load.

    By package: its name, how many modules, and microseconds, of which half a thousand at least; the
    standard library is one package.
    """
    file = stage.folder / "clean.md"
    file.write_text(_CLEAN, "utf-8", newline="\n")
    one = stage.check("", "loaded", 1, file, *QUIET)
    run = [sys.executable, "-X", "importtime", *(one.argv if len(program()) == 1 else one.argv[1:])]
    env = environment(one.env)
    for _ in range(2):
        done = subprocess.run(
            run, env=env, cwd=one.cwd, capture_output=True, text=True, check=False
        )
    modules: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for line in done.stderr.splitlines():
        if found := _LOADED.match(line):
            package = found[3].partition(".")[0]
            if package in sys.stdlib_module_names or package.startswith("_"):
                package = "the standard library"
            modules[package] += 1
            times[package] += int(found[1])
    return [(name, modules[name], time) for name, time in times.most_common() if time >= 500]
