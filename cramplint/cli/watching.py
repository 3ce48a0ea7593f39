"""Doing the same again whenever a file changes, until somebody ends it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from ..model import CrampError
from ..places import name_of
from .terminal import complain, tell

_PAUSE = 0.5  # seconds between two looks
_SHARE = 20  # a pause is so many times as long as a look, so that looking takes a twentieth at most
_SETTLED = 0.1  # seconds in which nothing changes: an editor may write a file in several steps
_NAMED = 3  # files

Stamps = Mapping[str, tuple[int, int, int]]


def stamps(places: Iterable[Path], endings: Iterable[str], skip: Iterable[Path]) -> Stamps:
    """What tells that a file changed, for those among `places`, and in folders among them for those
    with one of the `endings`. Hidden ones and what lies in `skip` are left out, and what cannot be
    read is not there."""
    left = {os.path.abspath(one) for one in skip}
    found: dict[str, tuple[int, int, int]] = {}
    for file in _files(places, tuple(endings), left):
        try:
            known = os.stat(file)
        except OSError:
            continue
        found[file] = (known.st_size, known.st_mtime_ns, known.st_ino)
    return found


def _files(places: Iterable[Path], endings: tuple[str, ...], left: set[str]) -> Iterator[str]:
    for place in places:
        if not place.is_dir():
            yield os.fspath(place)
        for here, folders, names in os.walk(place):
            folders[:] = [name for name in folders if _wanted(here, name, left)]
            for name in names:
                if name.lower().endswith(endings) and _wanted(here, name, left):
                    yield os.path.join(here, name)


def _wanted(folder: str, name: str, left: set[str]) -> bool:
    return not name.startswith(".") and os.path.abspath(os.path.join(folder, name)) not in left


def watch(do: Callable[[], object], look: Callable[[], Stamps]) -> NoReturn:
    """`do` it now and whenever `look` sees something else. What goes wrong is told, and it goes on:
    the next change may mend it."""
    known = look()
    _attempt(do)
    tell("watching for changes; Ctrl-C ends it")
    while True:
        began = time.monotonic()
        now = look()
        time.sleep(max(_PAUSE, _SHARE * (time.monotonic() - began)))
        if now == known:
            continue
        while True:
            time.sleep(_SETTLED)
            before, now = now, look()
            if now == before:
                break
        tell(f"changed: {_names(known, now)}")
        known = now
        _attempt(do)


def _attempt(do: Callable[[], object]) -> None:
    try:
        do()
    except CrampError as error:
        complain([error])


def _names(before: Stamps, now: Stamps) -> str:
    changed = sorted({name_of(Path(file)) for file, _ in set(before.items()) ^ set(now.items())})
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    return ", ".join(changed[:_NAMED]) + more
