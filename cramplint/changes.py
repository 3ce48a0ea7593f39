"""What changed in a git repository: which files, which of their lines, what they were before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from .git import ask, plain, split
from .model import CrampError, Source
from .near import hint
from .read import ENDINGS, LIMIT, decode

# Raw entries, then the patches without context, whatever a person or a repository prefers.
_DIFF = (
    *("diff-index", "--raw", "--patch", "-z", "--unified=0", "--inter-hunk-context=0", "--text"),
    *("--find-renames", "--full-index", "--no-color", "--no-ext-diff", "--no-textconv"),
    *("--ignore-submodules=all", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/"),
)
_ARTICLES = tuple(f":(top,icase)*{ending}" for ending in ENDINGS)
_FEW = 5000  # branches and tags among which the nearest is looked for
_DEEP = "a clone that is cut short lacks it: in GitHub's checkout set fetch-depth: 0"

Ranges = tuple[tuple[int, int], ...]  # first and last line of each, 1-based


class Change(NamedTuple):
    """A file that is not what it was. `old`: the blob that it was, "" for a new file; `was`: the
    real path that it had. `lines`: those of the new state that changed, None for all."""

    old: str = ""
    was: str = ""
    lines: Ranges | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """`files`: real path -> what changed there. `gone`: real path -> the blob that was there.
    `since`: what it is compared with, for people. `held`: real path -> the bytes that stand for
    those on disk, None for a file that does not count: where the index is judged, not the work
    tree. `top`: the repository. `same`: the real paths of what git holds under an article's name,
    None where nobody asked it: what else is found, by a link or in another repository, counts as
    changed, since nobody can tell that it is not."""

    top: Path
    since: str
    files: Mapping[str, Change] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, bytes | None] = field(default_factory=dict)
    same: Set[str] | None = None

    def changed(self, file: Path) -> bool:
        real = os.path.realpath(file)
        return real in self.files or (self.same is not None and real not in self.same)

    def source(self, file: Path, name: str) -> Source | None:
        """What stands for `file`; None where the disk says. Raises CrampError as `read` does."""
        held = self.held.get(os.path.realpath(file))
        return None if held is None else decode(held, name)

    def lost(self) -> list[str]:
        """Real paths of what is to be judged and is not on disk, where the walk could find it."""
        return [path for path in self.files if not os.path.exists(path)]

    def counts(self, file: Path) -> bool:
        """False for a file that the index does not hold, where the index is judged."""
        return self.held.get(os.path.realpath(file), b"") is not None

    def before(self) -> dict[str, bytes]:
        """Real path -> the bytes that were there, of what changed and of what is gone."""
        blobs = {**self.gone, **{one.was: one.old for one in self.files.values() if one.old}}
        read = _blobs(self.top, blobs.values())
        return {path: read[blob] for path, blob in blobs.items() if blob in read}


def since(folder: Path, ref: str) -> Changes:
    """What changed between the commit where `ref` and HEAD part and the work tree, untracked files
    included. Raises CrampError."""
    top = _top(folder, "--since")
    commit = _commit(top, ref)
    base = _said(top, "merge-base", commit, "HEAD")
    if not base:
        shallow = _said(top, "rev-parse", "--is-shallow-repository") == "true"
        todo = _DEEP if shallow else "name one that HEAD grew from"
        raise CrampError(f"{ref} and HEAD have no commit in common", "--since", todo)
    entries, patches = _diff(top, base, settings=plain(top))
    files, gone = _changes(top, entries, patches)
    untracked = _must(top, "ls-files", "-o", "--exclude-standard", "-z", "--", *_ARTICLES)
    files |= {_real(top, name): Change() for name in split(untracked)}
    listed = _must(top, "ls-files", "-s", "-z", "--", *_ARTICLES)
    same = {os.fspath(top / name) for name, _ in _index(listed)}
    # Where a link leads now, nobody looked before.
    same -= {_real(top, entry.name) for entry in entries if entry.modes[1] == "120000"}
    return Changes(top, f"{ref} ({base[:10]})", files, gone, same=same)


def staged(folder: Path) -> Changes:
    """What is staged, compared with HEAD, or with nothing before the first commit. Files are what
    the index holds of them. Raises CrampError."""
    top = _top(folder, "--staged")
    head = _said(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    base = head or _said(top, "hash-object", "-t", "tree", "--stdin")
    entries, patches = _diff(top, base, "--cached")
    files, gone = _changes(top, entries, patches)
    # What the work tree has otherwise than the index is read from the index, all else from disk.
    other = _must(
        *(top, "diff-files", "--raw", "-z", "--no-renames", "--ignore-submodules=all", "--"),
        *_ARTICLES,
        settings=plain(top),
    )
    listed = _must(top, "ls-files", "-s", "-z", "--", *_ARTICLES)
    index = {_real(top, name): blob for name, blob in _index(listed)}
    odd = {_real(top, entry.name) for entry in _entries(other)[0]} & index.keys()
    wanted = {path: index[path] for path in sorted(odd | (files.keys() & index.keys()))}
    read = _blobs(top, wanted.values())
    too_long = b"\n" * (LIMIT + 1)  # what is larger than any article is not fetched to be refused
    held: dict[str, bytes | None] = {p: read.get(blob, too_long) for p, blob in wanted.items()}
    untracked = _must(top, "ls-files", "-o", "-z", "--", *_ARTICLES)
    for path in (_real(top, name) for name in split(untracked)):
        if path not in index:  # a link to what is staged takes nothing away
            held[path] = None
    return Changes(top, "HEAD, as staged" if head else "nothing, as staged", files, gone, held)


class _Entry(NamedTuple):
    """A line of git's raw output: `was` and `name` differ where a file was renamed."""

    modes: tuple[str, str]
    old: str
    new: str
    status: str
    was: str
    name: str


def _diff(
    top: Path, base: str, *more: str, settings: Mapping[str, str] | None = None
) -> tuple[list[_Entry], bytes]:
    """(entries, the patches behind them)"""
    return _entries(_must(top, *_DIFF, *more, base, "--", *_ARTICLES, settings=settings))


def _entries(out: bytes) -> tuple[list[_Entry], bytes]:
    """The entries, each ":mode mode blob blob status" and a name or two between NUL bytes, and what
    stands behind them."""
    entries: list[_Entry] = []
    at = 0
    while out.startswith(b":", at):
        end = out.index(b"\0", at)
        old_mode, new_mode, old, new, status = out[at + 1 : end].decode().split(" ")
        names = []
        for _ in range(2 if status[0] in "RC" else 1):
            start, end = end + 1, out.index(b"\0", end + 1)
            names.append(os.fsdecode(out[start:end]))
        entries.append(_Entry((old_mode, new_mode), old, new, status[0], names[0], names[-1]))
        at = end + 1
    return entries, out[at:].lstrip(b"\0")


def _changes(
    top: Path, entries: Sequence[_Entry], patches: bytes
) -> tuple[dict[str, Change], dict[str, str]]:
    """(the files that are there, the blobs of those that are not)"""
    lines = _patched(patches)
    files: dict[str, Change] = {}
    gone: dict[str, str] = {}
    for entry in entries:
        before = entry.old if entry.modes[0].startswith("100") and entry.status != "U" else ""
        left = entry.status == "D" or (entry.status == "R" and entry.was != entry.name)
        if before and left:
            gone[_real(top, entry.was)] = before
        its = lines.get(_head(entry))
        if its is None and entry.status == "M" and not entry.new.strip("0"):
            continue  # git looked because of its time, and found it unchanged
        if entry.modes[1].startswith("100") or entry.status == "U":
            was = _real(top, entry.was)
            files[_real(top, entry.name)] = Change(before, was, its) if before else Change()
    return files, {path: blob for path, blob in gone.items() if path not in files}


def _patched(patches: bytes) -> dict[bytes, Ranges]:
    """Head of a patch -> the new lines. Without context every line of a text begins with +, - or a
    backslash, so that none can be taken for a head."""
    found: dict[bytes, list[tuple[int, int]]] = {}
    ranges: list[tuple[int, int]] = []
    for line in patches.split(b"\n"):
        if line.startswith(b"diff "):
            ranges = found.setdefault(line, [])
        elif line.startswith(b"@@ -"):
            first, _, many = line.split(b" ")[2].removeprefix(b"+").partition(b",")
            if many != b"0":
                ranges.append((int(first), int(first) + int(many or 1) - 1))
    return {head: tuple(ranges) for head, ranges in found.items()}


def _head(entry: _Entry) -> bytes:
    return b"diff --git " + _quoted("a/" + entry.was) + b" " + _quoted("b/" + entry.name)


def _quoted(name: str) -> bytes:
    """The name as git writes it in a patch."""
    raw = os.fsencode(name)
    if not any(byte < 0x20 or byte in b'"\\\x7f' for byte in raw):
        return raw
    letters = dict(zip(b'\a\b\t\n\v\f\r"\\', b'abtnvfr"\\', strict=True))
    pieces = [
        b"\\%c" % letters[byte]
        if byte in letters
        else b"\\%03o" % byte
        if byte < 0x20 or byte == 0x7F
        else b"%c" % byte
        for byte in raw
    ]
    return b'"' + b"".join(pieces) + b'"'


def _index(listed: bytes) -> Iterator[tuple[str, str]]:
    """(name, blob) of the ordinary files of the index."""
    for entry in split(listed):
        about, _, name = entry.partition("\t")
        mode, blob, stage = about.split(" ")
        if mode.startswith("100") and stage == "0":
            yield name, blob


def _blobs(top: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """What these blobs hold; of those larger than any article, or not there, nothing."""
    wanted = sorted({one for one in ids if one.strip("0")})
    if not wanted:
        return {}
    sizes = _batch(top, "--batch-check", wanted).split(b"\n")
    small = []
    for line in sizes:
        parts = line.split(b" ")
        if len(parts) == 3 and parts[1] == b"blob" and int(parts[2]) <= LIMIT:
            small.append(parts[0].decode())
    out, at, found = _batch(top, "--batch", small), 0, {}
    while (end := out.find(b"\n", at)) >= 0:
        blob, _, size = out[at:end].decode().split(" ")
        at = end + 1 + int(size)
        found[blob] = out[end + 1 : at]
        at += 1
    return found


def _batch(top: Path, how: str, ids: Sequence[str]) -> bytes:
    return ask(top, "cat-file", how, feed="".join(f"{one}\n" for one in ids).encode()).out


def _top(folder: Path, option: str) -> Path:
    """The folder of the repository."""
    answer = ask(folder, "rev-parse", "--show-toplevel")
    if not answer.code:
        return Path(os.fsdecode(answer.out.removesuffix(b"\n").removesuffix(b"\r"))).resolve()
    if "dubious ownership" in answer.err:
        place = os.path.realpath(folder)
        raise CrampError(
            "git does not trust this repository: its folder belongs to somebody else",
            option,
            f"git config --global --add safe.directory {place}",
        )
    if "must be run in a work tree" in answer.err:
        raise CrampError("this repository has no work tree", option, "run it in one that has")
    raise CrampError("this is no git repository", option, "run it in one, or leave the option out")


def _commit(top: Path, ref: str) -> str:
    """The commit that `ref` names. Raises CrampError for what names none."""
    if ref.startswith("-") or not ref.strip() or "\0" in ref:
        raise CrampError(f"{ref!r} names no commit", "--since", "such as main or v1.2")
    if not _said(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
        raise CrampError("the repository has no commit yet", "--since", "leave the option out")
    commit = _said(top, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    if not commit:
        raise CrampError(f"no commit is called {ref}", "--since", _other(top, ref))
    return commit


def _other(top: Path, ref: str) -> str:
    """What to do about a name that is not known."""
    form = "--format=%(refname:short)"
    places = ("refs/heads", "refs/remotes", "refs/tags")
    names = _said(top, "for-each-ref", form, f"--count={_FEW}", *places).splitlines()
    shallow = _said(top, "rev-parse", "--is-shallow-repository") == "true"
    todo = [hint(ref, names, ""), _DEEP * shallow]
    if not any(todo):
        todo = [f"there are {', '.join(names[:8])}" if names else "there are no branches"]
    return " ".join(one for one in todo if one)


def _said(top: Path, *words: str) -> str:
    """What git prints, "" if it refuses."""
    answer = ask(top, *words)
    return "" if answer.code else os.fsdecode(answer.out).strip()


def _must(top: Path, *words: str, settings: Mapping[str, str] | None = None) -> bytes:
    answer = ask(top, *words, settings=settings)
    if answer.code:
        told = answer.err.splitlines()[0] if answer.err else f"git {words[0]} failed"
        raise CrampError(told.removeprefix("fatal: "), f"git {words[0]}")
    return answer.out


def _real(top: Path, name: str) -> str:
    return os.path.realpath(top / name)
