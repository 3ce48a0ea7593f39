"""The folder that pages are published into: nothing is written outside it, through a link, or over
a file that is not ours; one run at a time."""

from __future__ import annotations

import json
import os
import posixpath
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from .model import CrampError
from .patterns import lazy
from .write import write

# What every file that we write says of itself. A file without it is never replaced or removed.
_MARKS = (b'name="generator" content="cramplint"', b'"generator": "cramplint"')
_DEVICES = lazy(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FOREIGN = set('<>:"\\|?*')
_LENGTH = 240  # bytes of one name: file systems take 255, and a draft's name is longer
_DRAFT = lazy(r"\.(.+)\.[a-z0-9_]{8}\.tmp", re.DOTALL)


def unsafe(name: str) -> str:
    """Why a file may not have this name, a path with "/"; "" if it may. Names are judged as every
    file system would, so that a site can move from one to another."""
    for part in name.split("/"):
        if part in ("", ".", "..") or part.startswith("."):
            return "it is hidden, or leads out of its folder"
        if set(part) & _FOREIGN or any(unicodedata.category(c)[0] == "C" for c in part):
            return 'it holds control or invisible characters, or one of < > : " \\ | ? *'
        if part != part.strip() or part.endswith("."):
            return "it begins or ends with a blank or a dot"
        if _DEVICES.fullmatch(part):
            return "it is the name of a device on Windows"
        if len(part.encode("utf-8", "surrogatepass")) > _LENGTH:
            return f"it is longer than {_LENGTH} bytes"
    return ""


@contextmanager
def opened(folder: Path) -> Iterator[OutDir]:
    """The folder, made if it is not there, for this run alone. Raises CrampError."""
    place = Path(os.path.realpath(folder))
    if place.exists() and not place.is_dir():
        raise CrampError("is no folder", str(folder), "choose another one with --out")
    with _told(folder, "cannot be made"):
        place.mkdir(parents=True, exist_ok=True)
    with _alone(place):
        yield OutDir(place)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:  # Windows has no such lock: there two runs may undo each other's work
        yield
        return
    with _told(place, "cannot be opened"):
        handle = os.open(place, os.O_RDONLY)
    try:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            todo = "wait until it is done"
            raise CrampError("another run is publishing here", str(place), todo) from error
        yield
    finally:
        os.close(handle)


@contextmanager
def _told(place: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CrampError(f"{what}: {error.strerror or error}", str(place)) from error


class OutDir:
    """Names are paths from the folder, with "/". `asked`: those that were surveyed; `hashes`: the
    SHA-256 of those that are there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.hashes: dict[str, str] = {}
        self.asked: set[str] = set()
        self._folders: set[str] = set()

    def survey(self, names: Iterable[str]) -> None:
        """Look at the places of files that will be written. Raises CrampError for the first that is
        behind a link, no ordinary file, or not ours."""
        for name in names:
            self.asked.add(name)
            self._way(name)
            data = self._read(name)
            if data is None:
                continue
            if not _ours(data):
                raise CrampError(
                    "was not written by cramplint and would be replaced",
                    str(self.root / name),
                    "move it away, or choose another folder with --out",
                )
            self.hashes[name] = sha256(data).hexdigest()

    def holds(self, name: str) -> bool:
        """True if a file of ours is there; its hash is noted."""
        try:
            self._way(name)
            data = self._read(name)
        except CrampError:
            return False
        if data is None or not _ours(data):
            return False
        self.hashes[name] = sha256(data).hexdigest()
        return True

    def put(self, name: str, data: bytes) -> bool:
        """Write a surveyed file, whole or not at all; False if it holds these bytes already."""
        made = sha256(data).hexdigest()
        if self.hashes.get(name) == made:
            return False
        place = self.root / name
        with _told(place.parent, "cannot be made"):
            place.parent.mkdir(parents=True, exist_ok=True)
        write(place, data)
        self.hashes[name] = made
        return True

    def drop(self, name: str) -> bool:
        """Remove a file, and folders that are empty then. False if it is not there or not ours."""
        if not self.holds(name):
            return False
        with _told(self.root / name, "cannot be removed"):
            os.unlink(self.root / name)
        for folder in (self.root / name).parents:
            if folder == self.root:
                break
            with suppress(OSError):  # it holds something
                folder.rmdir()
        return True

    def same(self, name: str, other: str) -> bool:
        """True if both names lead to one file, as they may where case does not count."""
        try:
            return os.path.samefile(self.root / name, self.root / other)
        except OSError:
            return False

    def sweep(self, names: Iterable[str]) -> None:
        """Remove the drafts of these files that a run left behind when it was killed."""
        drafts: dict[str, set[str]] = {}
        for name in names:
            with suppress(CrampError):
                self._way(name)
                folder, file = posixpath.split(name)
                drafts.setdefault(folder, set()).add(file[:40])
        for folder, files in drafts.items():
            with suppress(OSError), os.scandir(self.root / folder) as entries:
                for entry in list(entries):
                    found = _DRAFT.fullmatch(entry.name)
                    if found and found[1] in files and entry.is_file(follow_symlinks=False):
                        os.unlink(entry.path)

    def json(self, name: str) -> Any:
        """What a JSON file of ours holds; None if it is not there or cannot be read as such."""
        self._way(name)
        data = self._read(name)
        try:
            return json.loads(data) if data and _ours(data) else None
        except (ValueError, RecursionError):
            return None

    def _way(self, name: str) -> None:
        """Raises CrampError if a folder on the way to `name` is a link or no folder."""
        if why := unsafe(name):
            raise CrampError(f"is no name for a file here: {why}", name)
        for end in [m.start() for m in re.finditer("/", name)]:
            folder = name[:end]
            if folder in self._folders:
                continue
            mode = self._mode(folder)
            if mode is not None and not stat.S_ISDIR(mode):
                what = "a link" if stat.S_ISLNK(mode) else "no folder"
                where = str(self.root / folder)
                raise CrampError(f"cannot be written to: it is {what}", where, "remove it")
            self._folders.add(folder)

    def _read(self, name: str) -> bytes | None:
        mode = self._mode(name)
        if mode is None:
            return None
        if not stat.S_ISREG(mode):
            what = "a link" if stat.S_ISLNK(mode) else "no ordinary file"
            where = str(self.root / name)
            raise CrampError(f"cannot be replaced: it is {what}", where, "remove it")
        with _told(self.root / name, "cannot be read"):
            return (self.root / name).read_bytes()

    def _mode(self, name: str) -> int | None:
        with _told(self.root / name, "cannot be read"):
            try:
                return os.lstat(self.root / name).st_mode
            except FileNotFoundError:
                return None


def _ours(data: bytes) -> bool:
    return any(mark in data for mark in _MARKS)
