"""Bytes -> Source, and back: the only decoding. And the walk over paths."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import git
from .model import CrampError, Kind, Source
from .near import nearest
from .ordinary import SETTINGS, held

if TYPE_CHECKING:
    import pathspec

ENDINGS: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".txt": "text",
}
LIMIT = 2 << 20  # bytes: two hundred articles; what takes seconds to check, not minutes
_SKIPPED = frozenset({"node_modules", "__pycache__"})
# Ways to read a name multiply by its length with each of them, where pathspec has no RE2.
_WILD = re.compile(r"(?<!\\)\*+(?!\*)")
_WILDEST = 4
_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_AS_UTF8 = "save it as UTF-8"


class Found(NamedTuple):
    """What a walk found: files, sorted, each once; and the folders it could not enter."""

    files: tuple[Path, ...]
    problems: tuple[CrampError, ...]


def kind_of(name: str) -> Kind | None:
    """The kind by the ending of a file's name, upper or lower case; None if it is no article."""
    return ENDINGS.get(os.path.splitext(name)[1].lower())


def read(path: Path, name: str = "") -> Source:
    """One file as Source. `name` is what reports call it (default: the path with "/").

    Raises CrampError: no regular file, over the size limit, not UTF-8, unknown ending.
    """
    name = _plain(name or path.as_posix())
    return decode(data_of(path, name), name)


def data_of(path: Path, name: str) -> bytes:
    """The bytes of an article's file, for `decode`; of one that is too large only so many that
    `decode` refuses it. Raises CrampError."""
    return held(path, LIMIT + 1, name)


def decode(data: bytes, name: str) -> Source:
    """The bytes of a file, or of standard input under the name of a file. Raises CrampError."""
    kind = kind_of(name)
    if kind is None:
        raise CrampError("is of no kind that is checked", name, "known: " + " ".join(ENDINGS))
    if len(data) > LIMIT:
        size = f"is larger than {LIMIT >> 20} MiB"
        raise CrampError(size, name, "no article is that long: split it, or exclude it")
    for mark, encoding in _OTHER_BOMS:
        if data.startswith(mark):
            raise CrampError(f"is {encoding}, not UTF-8", name, _AS_UTF8)
    if (zero := data.find(b"\0")) >= 0:
        wide = len(data) > 3 and 0.3 < data.count(b"\0") / len(data) < 0.8
        guess = "looks like UTF-16 or UTF-32" if wide else "is no text: it holds a NUL byte"
        raise CrampError(f"{guess} (byte {zero})", _at(data, zero, name), _AS_UTF8)
    bom = data.startswith(_BOM)
    try:
        text = data[len(_BOM) * bom :].decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + len(_BOM) * bom
        raise CrampError(
            f"is not UTF-8: byte 0x{data[at]:02x} at offset {at}; it looks like {_guess(data)}",
            _at(data, at, name),
            _AS_UTF8,
        ) from error
    return Source(name, _lf(text), kind, _newline(text), bom)


def encode(source: Source) -> bytes:
    """The bytes to write back: line ends and byte-order mark as they were."""
    text = source.text if source.newline == "\n" else source.text.replace("\n", source.newline)
    return _BOM * source.bom + text.encode("utf-8")


def walk(
    paths: Sequence[Path], exclude: Sequence[str] = (), root: Path = Path(), *, force: bool = False
) -> Found:
    """The articles among `paths`. A file that is named is taken, unless `force` leaves it out like
    one that is found. A folder gives its files with a known ending, but for hidden and git-ignored
    ones, those that match `exclude` (gitignore patterns relative to `root`), and links that lead
    out of the folder.

    Raises CrampError for a path that does not exist or, unless `force`, a named file of no known
    kind.
    """
    problems: list[CrampError] = []
    found: dict[str, tuple[bool, str]] = {}
    drop = _patterns(exclude) if exclude else None
    base = os.path.realpath(root)
    places = _Places()
    for path in paths:
        if _is_dir(path):
            home = os.path.realpath(path)
            placed = ((p, places.of(p)) for p in _folder(path, problems) if kind_of(p))
            taken = [one for one in placed if _wanted(one[1], home, base, drop)]
        elif kind_of(path.name):
            # Who names a file by way of a link means it, wherever it leads.
            home = os.path.dirname(os.path.realpath(path))
            named = os.fspath(path)
            place = places.of(named)
            taken = [(named, place)] if not force or _wanted(place, home, base, drop) else []
        elif force:
            taken = []
        else:
            raise CrampError(
                "is of no kind that is checked", _plain(str(path)), "known: " + " ".join(ENDINGS)
            )
        for file, place in taken:
            # One file under two names is one article: its own name wins over a link's.
            entry = (place.link, file)
            found[place.real] = min(found.get(place.real, entry), entry)
    ordered = sorted((Path(file) for _, file in found.values()), key=_parts)
    return Found(tuple(ordered), tuple(problems))


def _parts(file: Path) -> list[str]:
    """What paths are sorted by. They would do so themselves, and each keep its parts twice."""
    return os.path.normcase(file).split(os.sep)


def left_out(
    paths: Sequence[Path], found: Sequence[Path], exclude: Sequence[str], root: Path
) -> Iterator[tuple[str, str]]:
    """(path, why) of the files of a known kind below the folders of `paths` that are not `found`.
    Hidden folders and those of other tools are named, and not entered."""
    taken = {os.path.realpath(file) for file in found}
    for top in paths:
        for folder, folders, names in os.walk(top) if top.is_dir() else ():
            closed = [n for n in sorted(folders) if n.startswith(".") or n in _SKIPPED]
            for name in closed:
                yield _plain(f"{Path(folder, name).as_posix()}/"), "not entered"
            folders[:] = sorted(set(folders) - set(closed))
            for name in sorted(names):
                file = Path(folder, name)
                real = os.path.realpath(file)
                if kind_of(name) is None or real in taken:
                    continue
                why = "hidden" if name.startswith(".") else "git-ignored"
                why = "excluded" if excluded(file, exclude, root) else why
                if not _inside(real, os.path.realpath(top)):
                    why = "a link out of the folder"
                yield _plain(file.as_posix()), why


def excluded(file: Path, exclude: Sequence[str], root: Path) -> bool:
    """True if `file`, which need not be there, matches `exclude` as `walk` takes it."""
    place = os.path.relpath(os.path.realpath(file), os.path.realpath(root))
    return bool(exclude) and _patterns(exclude).match_file(place)


def _is_dir(path: Path) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError) as error:
        name = _plain(str(path))
        if not isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
            raise CrampError(f"cannot be read: {error.strerror}", name) from error
        if path.is_symlink():
            raise CrampError("is a link that leads nowhere", name) from error
        raise CrampError("there is no such file or folder", name, _near(path)) from error


def _near(path: Path) -> str:
    try:
        names = sorted(os.listdir(path.parent))
    except OSError:
        return ""
    beside = {_plain(name): _plain(str(path.parent / name)) for name in names}
    near = nearest(_plain(path.name), beside)
    return f"did you mean {' or '.join(beside[name] for name in near)}?" if near else ""


class _Place(NamedTuple):
    """Where a path leads: `there`, with the links of its folders followed, and `real`, with its own
    too. `file`: that is a file."""

    there: str
    real: str
    link: bool
    file: bool


class _Places:
    """Places of files, of which many stand in one folder."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def of(self, path: str) -> _Place:
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        there = os.path.join(self._folders[folder], name)
        try:
            mode = os.lstat(there).st_mode
        except (OSError, ValueError):
            return _Place(there, there, False, False)
        if name in ("", ".", "..") or stat.S_ISLNK(mode):
            real = os.path.realpath(there)
            return _Place(there, real, stat.S_ISLNK(mode), os.path.isfile(real))
        return _Place(there, there, False, stat.S_ISREG(mode))


def _wanted(place: _Place, home: str, base: str, drop: pathspec.GitIgnoreSpec | None) -> bool:
    """False for what is no file any more, what links take out of `home` (the folder walked), or
    excluded. `base` is the root; both are real paths."""
    # Not only links themselves: git may still list what lies behind a folder that became one.
    if not place.file or not _inside(place.real, home):
        return False
    return drop is None or not drop.match_file(os.path.relpath(place.there, base))


def _inside(path: str, home: str) -> bool:
    return path.startswith(home.rstrip(os.sep) + os.sep)


def _folder(folder: Path, problems: list[CrampError]) -> Iterator[str]:
    """Every file below `folder` that is neither hidden nor ignored, in no order."""
    listed = _git(folder)
    if listed is None:
        yield from _scan(folder, problems)
        return
    for name in listed:
        parts = name.split("/")
        if not any(part.startswith(".") or part in _SKIPPED for part in parts):
            yield os.path.join(folder, name)


def _git(folder: Path) -> list[str] | None:
    """What git knows of or would add below `folder`; None outside a repository or without git."""
    place = folder.resolve()
    if not any((up / ".git").exists() for up in (place, *place.parents)):
        return None
    try:
        listed = git.ask(folder, "ls-files", "-co", "--exclude-standard", "-z")
    except CrampError:
        return None
    return None if listed.code else git.split(listed.out)


def _scan(folder: Path, problems: list[CrampError]) -> Iterator[str]:
    # A stack, not recursion: a tree may be deeper than Python's call stack.
    ignores = _gitignores_above(folder)
    stack = [(os.fspath(folder), ignores)]
    while stack:
        here, ignores = stack.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(CrampError(f"cannot be entered: {error.strerror}", _plain(here)))
            continue
        ignores = (*_gitignore(Path(here)), *ignores)
        for entry in listed:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            path = os.path.join(here, entry.name)
            is_dir = entry.is_dir(follow_symlinks=False)
            if _ignored(path, is_dir, ignores):
                continue
            if is_dir:
                stack.append((path, ignores))
            else:
                yield path


# A .gitignore's folder and patterns, the deepest first.
Ignore = tuple[str, "pathspec.GitIgnoreSpec"]


def _gitignores_above(folder: Path) -> tuple[Ignore, ...]:
    """Those between `folder`, left out, and the root of its repository; none outside one."""
    place = folder.resolve()
    ups = (place, *place.parents)
    top = next((i for i, up in enumerate(ups) if (up / ".git").exists()), 0)
    return tuple(x for up in ups[1 : top + 1] for x in _gitignore(up))


def _gitignore(folder: Path) -> Iterator[Ignore]:
    try:
        text = held(folder / ".gitignore", SETTINGS).decode("utf-8", "replace")
    except CrampError:
        return
    lines = [line for line in text.split("\n") if len(_WILD.findall(line)) <= _WILDEST]
    yield os.path.realpath(folder), _patterns(lines)


def _patterns(lines: Sequence[str]) -> pathspec.GitIgnoreSpec:
    import pathspec

    for line in lines:
        if len(_WILD.findall(line)) > _WILDEST:
            what = f"this pattern could take long: {line!r} has more than {_WILDEST} wildcards"
            raise CrampError(what, "exclude", "write several patterns")
    try:
        return pathspec.GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise CrampError(f"this is no gitignore pattern: {error}", "exclude") from error


def _ignored(path: str, is_dir: bool, ignores: Sequence[Ignore]) -> bool:
    for base, patterns in ignores:
        folder, name = os.path.split(path)
        place = os.path.relpath(os.path.join(os.path.realpath(folder), name), base)
        verdict = patterns.check_file(place + "/" * is_dir).include
        if verdict is not None:
            return verdict
    return False


def _plain(name: str) -> str:
    """A file's name with the bytes that are no UTF-8 written out: text that can be encoded."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _newline(text: str) -> str:
    """The line end that stands most often in `text`."""
    if "\r" not in text:
        return "\n"
    pairs = text.count("\r\n")
    singles = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
    return max(singles, key=lambda end: singles[end])


def _at(data: bytes, offset: int, name: str) -> str:
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return f"{name}:{before.count(10) + 1}"


def _guess(data: bytes) -> str:
    """What bytes that are not UTF-8 most likely are: a hint for a person."""
    lenient = data.decode("utf-8", "replace")
    damaged = lenient.count("\ufffd")
    if sum(not c.isascii() for c in lenient) > 2 * damaged:
        return "UTF-8 with damaged places"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "an old encoding, or a damaged file"
    return "Windows-1252 or Latin-1"
