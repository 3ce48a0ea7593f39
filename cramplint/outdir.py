"""The folder that pages are published into: nothing is written outside it, through a link, or over
a file that is not ours; one run at a time; all of a run's files are ready before the first is moved
to its place.

A run that is stopped before that leaves the folder as it was. One that is killed while it moves
files leaves whole files and, in the folder of its drafts, a list of what it was about to write, so
that the next run knows them for its own.
"""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from .lock import alone
from .model import CrampError
from .patterns import lazy
from .write import lay, mode, settle, write

# What every page and list that we write says of itself. A file that neither says so nor is known
# from the last run is never replaced or removed.
_MARKS = (
    b'name="generator" content="cramplint"',
    b'"generator": "cramplint"',
    b"<generator>cramplint</generator>",
    b"generator: cramplint",
)
_DEVICES = lazy(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
# Most names: letters, digits, "-" and "_", with a dot between.
_PLAIN = lazy(
    r"(?:(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|\Z))"
    r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?:/(?!\Z)|\Z))+",
    re.IGNORECASE | re.ASCII,
)
_FOREIGN = set('<>:"\\|?*')
_LENGTH, _WHOLE = 240, 900  # bytes of one name, and of a path: what file systems take, and room
_DRAFTS, _JOURNAL = ".cramplint-drafts", "journal.json"
_DRAFT = lazy(r"\d{1,9}")


def unsafe(name: str) -> str:
    """Why a file may not have this name, a path with "/"; "" if it may. Names are judged as every
    file system would, so that a site can move from one to another."""
    if len(name) <= _LENGTH and _PLAIN.fullmatch(name):
        return ""
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
    if len(name.encode("utf-8", "surrogatepass")) > _WHOLE:
        return f"its path is longer than {_WHOLE} bytes"
    return ""


@contextmanager
def opened(folder: Path, *, dry: bool = False) -> Iterator[OutDir]:
    """The folder, made if it is not there, for this run alone. `dry`: only to look at; nothing is
    made, held or written. Raises CrampError."""
    place = Path(os.path.realpath(folder))
    if place.exists() and not place.is_dir():
        raise CrampError("is no folder", str(folder), "choose another one with --out")
    if dry:
        yield OutDir(place, dry=True)
        return
    new = not place.exists()
    with _told(folder, "cannot be made"):
        place.mkdir(parents=True, exist_ok=True)
    try:
        with alone(place):
            out = OutDir(place)
            try:
                yield out
            finally:
                out.clear()
    finally:
        if new:
            with suppress(OSError):  # it holds what was published
                place.rmdir()


@contextmanager
def _told(place: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CrampError(f"{what}: {error.strerror or error}", str(place)) from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals that would end the run wait until the work inside is done."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


Move = tuple[str, int]  # a name, and the number of its draft
Moves = Collection[Move]


class OutDir:
    """Names are paths from the folder, with "/". `hashes`: the SHA-256 of the files that are there,
    as far as they were looked at, and of those that will be. `left`: files that were to go, and
    stay because somebody changed them since."""

    def __init__(self, root: Path, *, dry: bool = False) -> None:
        self.root, self.dry = root, dry
        self._place = os.fspath(root)
        self.hashes: dict[str, str] = {}
        self.left: list[str] = []
        self._known: dict[str, str] = {}
        self._trusted: Mapping[str, tuple[str, str]] = {}
        self._seen: dict[str, str] = {}  # what tells that a file is as it was
        self._drafts: dict[str, int] = {}
        self._gone: list[str] = []
        self._folders: set[str] = set()
        self._touched: set[Path] = set()
        self._begun: dict[str, str] = {}  # what a run that was killed was about to write
        self._recover()

    def know(self, hashes: Mapping[str, str]) -> None:
        """Take what the last run said of its files, name -> SHA-256."""
        self._known = dict(hashes)

    def trust(self, seen: Mapping[str, tuple[str, str]]) -> None:
        """Take what an earlier run saw of files: name -> (SHA-256, what `seen` said). Such a file
        is not read again as long as it is the same by size, times and place on the disk."""
        self._trusted = seen

    def seen(self) -> Iterator[tuple[str, str, str]]:
        """(name, SHA-256, how it looks) of the files that were written or looked at."""
        for name, known in self.hashes.items():
            look = self._seen.get(name)
            if look is None:
                with suppress(OSError):
                    look = _look(os.lstat(self.root / name))
            if look and self._trusted.get(name) != (known, look):
                yield name, known, look

    def survey(self, names: Iterable[str], made: Mapping[str, bytes] | None = None) -> None:
        """Look at the places of files that will be written; one that holds the bytes that are to be
        `made` may stay, whoever wrote it. Raises CrampError for the first that is
        behind a link, in a folder that cannot be written to, no ordinary file, or not ours."""
        for name in names:
            self._way(name)
            known = self._hash(name, (made or {}).get(name))
            if known is None:
                continue
            if not known:
                raise CrampError(
                    "was not written by cramplint and would be replaced",
                    str(self.root / name),
                    "move it away, or choose another folder with --out",
                )
            self.hashes[name] = known

    def holds(self, name: str) -> bool:
        """True if a file of ours is there; its hash is noted."""
        try:
            self._way(name)
            known = self._hash(name)
        except CrampError:
            return False
        if known:
            self.hashes[name] = known
        return bool(known)

    def put(self, name: str, data: bytes) -> bool:
        """Make a surveyed file ready; False if it holds these bytes already."""
        made = sha256(data).hexdigest()
        if self.hashes.get(name) == made:
            return False
        self._writable(name)
        number = self._drafts.setdefault(name, len(self._drafts))
        if not self.dry:
            self._draft(str(number), data, self.root / name)
        self.hashes[name] = made
        self._seen.pop(name, None)
        return True

    def drop(self, name: str) -> bool:
        """Mark a file as one that goes, and with it folders that are empty then. False if it is not
        there or not as we left it: it is noted in `left` then."""
        try:
            self._way(name)
            data = self._read(name)
        except CrampError:
            return False
        if data is None:
            return False
        if sha256(data).hexdigest() not in self._last(name):
            self.left.append(name)
            return False
        self._writable(name)
        self._gone.append(name)
        return True

    def land(self, name: str, data: bytes, along: Callable[[Moves], Iterable[Move]] = iter) -> None:
        """Move all files to their places, remove those that go, and last write `name`, the record
        of it all; `along` shows how far that is. Nothing is touched if all is as it should be.
        Raises CrampError."""
        changed = self.put(name, data)
        if self.dry or not (changed or self._drafts or self._gone or self._begun):
            return
        journal = self._begun | {one: self.hashes[one] for one in self._drafts}
        self._draft(_JOURNAL, json.dumps(journal).encode(), self.root / _JOURNAL)
        settle(str(self.root / _DRAFTS))
        last = self._drafts.pop(name, None)
        with _undisturbed(), _told(self.root, "cannot be written"):
            for one, number in along(self._drafts.items()):
                self._move(one, number)
            for gone in self._gone:
                self._remove(gone)
            for folder in sorted(self._touched):
                settle(str(folder))
            if last is not None:
                self._move(name, last)
            settle(str(self.root))
            self._begun = {}
            self._drafts.clear()
            self.clear()

    def clear(self) -> None:
        """Remove drafts that are not needed any more. If some were moved and others were not, the
        list of them stays."""
        drafts = self.root / _DRAFTS
        halfway = any(not (drafts / str(n)).exists() for n in self._drafts.values())
        with suppress(OSError), os.scandir(drafts) as entries:
            for entry in list(entries):
                stays = entry.name == _JOURNAL and (halfway or self._begun)
                if _DRAFT.fullmatch(entry.name) or (entry.name == _JOURNAL and not stays):
                    os.unlink(entry.path)
        with suppress(OSError):
            drafts.rmdir()

    def same(self, name: str, other: str) -> bool:
        """True if both names lead to one file, as they may where case does not count."""
        try:
            return os.path.samefile(self.root / name, self.root / other)
        except OSError:
            return False

    def json(self, name: str) -> Any:
        """What a JSON file of ours holds; None if it is not there or cannot be read as such."""
        self._way(name)
        data = self._read(name)
        try:
            return json.loads(data) if data and _marked(data) else None
        except (ValueError, RecursionError):
            return None

    def _hash(self, name: str, made: bytes | None = None) -> str | None:
        """The SHA-256 of a file of ours, or of one that holds what is `made`; "" for another one,
        None for none."""
        found = self._stat(name)
        if found is None:
            return None
        look = self._seen[name] = _look(found)
        known, then = self._trusted.get(name, ("", ""))
        if then == look and known in self._last(name):
            return known
        data = self._read(name) or b""
        known = sha256(data).hexdigest()
        return known if _marked(data) or known in self._last(name) or made == data else ""

    def _last(self, name: str) -> set[str]:
        """What a file may hold if nobody but us changed it."""
        return {known[name] for known in (self._known, self._begun) if name in known}

    def _recover(self) -> None:
        """Clear what a run that was killed left, but for its list."""
        found = self._mode(_DRAFTS)
        if found is None:
            return
        if not stat.S_ISDIR(found):
            where = str(self.root / _DRAFTS)
            raise CrampError("is in the way of drafts: it is no folder", where, "remove it")
        try:
            begun = json.loads((self.root / _DRAFTS / _JOURNAL).read_bytes())
        except (OSError, ValueError, RecursionError):
            begun = None
        if isinstance(begun, dict):
            self._begun = {str(name): str(known) for name, known in begun.items()}
        if not self.dry:
            self.clear()

    def _draft(self, name: str, data: bytes, place: Path) -> None:
        draft = self.root / _DRAFTS / name
        with _told(place, "cannot be written"):
            draft.parent.mkdir(exist_ok=True)
            if name == _JOURNAL:
                write(draft, data)
            else:
                lay(str(draft), data, mode(str(place)))

    def _move(self, name: str, number: int) -> None:
        place = self.root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self.root / _DRAFTS / str(number), place)
        self._touch(place)

    def _remove(self, name: str) -> None:
        place = self.root / name
        os.unlink(place)
        self._touch(place)
        for folder in place.parents:
            if folder == self.root:
                break
            with suppress(OSError):  # it holds something
                folder.rmdir()

    def _touch(self, place: Path) -> None:
        for folder in place.parents:
            self._touched.add(folder)
            if folder == self.root:
                break

    def _writable(self, name: str) -> None:
        """Raises CrampError if the folder of `name` is there and closed to us: it is better to know
        before anything is moved."""
        folder = (self.root / name).parent
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            raise CrampError("cannot be written to: Permission denied", str(folder))

    def _way(self, name: str) -> None:
        """Raises CrampError if a folder on the way to `name` is a link or no folder."""
        if why := unsafe(name):
            raise CrampError(f"is no name for a file here: {why}", name)
        if name.rpartition("/")[0] in self._folders:
            return
        for end in [m.start() for m in re.finditer("/", name)]:
            folder = name[:end]
            if folder in self._folders:
                continue
            found = self._mode(folder)
            if found is not None and not stat.S_ISDIR(found):
                what = "a link" if stat.S_ISLNK(found) else "no folder"
                where = str(self.root / folder)
                raise CrampError(f"cannot be written to: it is {what}", where, "remove it")
            self._folders.add(folder)

    def _read(self, name: str) -> bytes | None:
        found = self._mode(name)
        if found is None:
            return None
        if not stat.S_ISREG(found):
            what = "a link" if stat.S_ISLNK(found) else "no ordinary file"
            where = str(self.root / name)
            raise CrampError(f"cannot be replaced: it is {what}", where, "remove it")
        with _told(self.root / name, "cannot be read"):
            return (self.root / name).read_bytes()

    def _mode(self, name: str) -> int | None:
        found = self._stat(name)
        return found and found.st_mode

    def _stat(self, name: str) -> os.stat_result | None:
        place = f"{self._place}/{name}"
        try:
            return os.lstat(place)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CrampError(f"cannot be read: {error.strerror or error}", place) from error


def _look(found: os.stat_result) -> str:
    """What tells that nobody touched a file since."""
    made = (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return " ".join(map(str, made))


def _marked(data: bytes) -> bool:
    return any(mark in data for mark in _MARKS)
