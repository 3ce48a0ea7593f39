"""What earlier runs worked out, row by row in one SQLite file for a folder and its settings.

It may be deleted at any time. One that is damaged is deleted, one that another run is writing to is
left alone; either costs time and nothing else. What it holds is data, never code, and who reads a
row looks whether it is of what lies there now.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from . import cache
from .config import Config
from .digests import digest
from .model import VERSION

_WAIT = 1.0  # seconds for another run to be done with its writing
_DAMAGED = (sqlite3.Error, OSError)
_AT_ONCE = 1000  # rows that are read at once


class _Table(NamedTuple):
    """`keys`: how many of the columns, from the first, name a row."""

    keys: int
    columns: Mapping[str, type]


_TABLES: Mapping[str, _Table] = {
    # What an article's bytes say: its page as others see it, the sketch of its body, its links.
    "articles": _Table(1, {"name": str, "digest": bytes, "page": str, "body": bytes, "links": str}),
    # What is found in an article, in full and in brief, and what was asked of the site for that.
    "judged": _Table(1, {"name": str, "asked": str, "found": str, "facts": str, "brief": str}),
    # An article after its safe fixes: what was asked of the site for them, its text, its page.
    "mended": _Table(1, {"name": str, "asked": str, "text": str, "page": str, "body": bytes}),
    # What is found in it then, and what was asked for that of the site after all fixes.
    "gated": _Table(1, {"name": str, "asked": str, "verdict": str}),
    # What was published of an article in a place: what its page asked, and how it is listed.
    "made": _Table(2, {"place": str, "name": str, "asked": str, "entry": str, "files": str}),
    # A file that was published in a place: its hash, and what tells that nobody touched it since.
    "files": _Table(2, {"place": str, "name": str, "sha256": str, "seen": str}),
    # Of what a row of the tables above was made, and in which site it was last good: apart, since
    # one change makes another site for all.
    "held": _Table(2, {"place": str, "name": str, "digest": bytes, "site": bytes}),
}

# How these are made, by name, as SQLite has it.
_MADE = {
    (
        name,
        (
            f"CREATE TABLE {name} ({', '.join(table.columns)},"
            f" PRIMARY KEY ({', '.join(list(table.columns)[: table.keys])})) WITHOUT ROWID"
        ),
    )
    for name, table in _TABLES.items()
} | {("made_of", "CREATE TABLE made_of (of_what TEXT)")}
_OF_WHAT = "SELECT of_what FROM made_of"

Row = tuple[Any, ...]


class Store:
    """The file, open. `made`: what the rows depend on beside articles; those of anything else are
    dropped. Without a file nothing is known and nothing is kept."""

    def __init__(self, file: Path | None, made: str = "") -> None:
        self.file, self.made = file, made
        self._open: sqlite3.Connection | None = None
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._open = self._opened(file)
        except _DAMAGED:
            self._drop()

    def rows(self, table: str, columns: str, place: str = "") -> Iterator[Row]:
        """The `columns` of all rows in the order of their names; with `place`, of those of that
        place. The first column is the name. A row that holds what cannot be there is passed over.
        Rows may be kept meanwhile."""
        last: str | None = ""
        while last is not None:
            found, last = self._some(table, columns, (last, None), place, _AT_ONCE)
            yield from found

    def some(
        self, table: str, columns: str, first: str, last: str, place: str = ""
    ) -> dict[str, Row]:
        """Those of the rows that are named from `first` to `last`, by name."""
        return {row[0]: row for row in self._some(table, columns, (first, last), place, -1)[0]}

    def _some(
        self, table: str, columns: str, ends: tuple[str, str | None], place: str, most: int
    ) -> tuple[list[Row], str | None]:
        """Rows, and the name of the last one if there may be more."""
        if self._open is None:
            return [], None
        kinds = tuple(_TABLES[table].columns[name] for name in columns.split())
        first, last = ends
        where = "name > ?" if last is None else "name BETWEEN ? AND ?"
        given = [first] if last is None else [first, last]
        if place:
            where, given = f"place = ? AND {where}", [place, *given]
        asked = f"SELECT {', '.join(columns.split())} FROM {table} WHERE {where}"
        try:
            found = self._open.execute(f"{asked} ORDER BY name LIMIT {most}", given).fetchall()
        except _DAMAGED:
            self._drop()
            return [], None
        sound = [row for row in found if tuple(map(type, row)) == kinds]
        more = len(found) == most and type(found[-1][0]) is str
        return sound, found[-1][0] if more else None

    def keep(
        self,
        new: Mapping[str, Iterable[Row]],
        gone: Mapping[str, Iterable[Row]] | None = None,
    ) -> None:
        """Put `new` rows, by table, in the place of those of their names, and forget rows that are
        `gone`, by what names them: all of it or nothing."""
        if self._open is None:
            return
        try:
            with self._open:
                for table, keys in (gone or {}).items():
                    named = list(_TABLES[table].columns)[: _TABLES[table].keys]
                    where = " AND ".join(f"{one} = ?" for one in named)
                    self._open.executemany(f"DELETE FROM {table} WHERE {where}", keys)
                for table, rows in new.items():
                    marks = ", ".join("?" * len(_TABLES[table].columns))
                    self._open.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)
        except _DAMAGED:
            self._drop()

    def forget(self, names: Sequence[str]) -> None:
        """Forget all of the articles of these names."""
        if self._open is None or not names:
            return
        try:
            with self._open:
                for table in _TABLES.keys() - {"files"}:
                    asked = f"DELETE FROM {table} WHERE name IN (SELECT value FROM json_each(?))"
                    self._open.execute(asked, (json.dumps(names),))
        except _DAMAGED:
            self._drop()

    def close(self) -> None:
        if self._open is not None:
            with suppress(*_DAMAGED):
                self._open.close()
            self._open = None

    def _opened(self, file: Path) -> sqlite3.Connection:
        made = sqlite3.connect(file, timeout=_WAIT)
        made.execute("PRAGMA synchronous = OFF")  # what is lost with the machine is found again
        with made:
            held = set(made.execute("SELECT name, sql FROM sqlite_master"))
            if held != _MADE or made.execute(_OF_WHAT).fetchall() != [(self.made,)]:
                # Views and triggers of others would run with every question.
                kinds = made.execute(
                    "SELECT type, name FROM sqlite_master WHERE sql > ''"
                ).fetchall()
                for kind, name in kinds:
                    quoted = name.replace('"', '""')
                    made.execute(f'DROP {kind} IF EXISTS "{quoted}"')
                for _, how in sorted(_MADE):
                    made.execute(how)
                made.execute("INSERT INTO made_of VALUES (?)", (self.made,))
        return made

    def _drop(self) -> None:
        """Leave the file; delete it if it is no database. Another run may be writing to it."""
        self.close()
        with suppress(OSError):
            if self.file and self.file.is_file() and not _sound(self.file):
                self.file.unlink()


def _sound(file: Path) -> bool:
    try:
        made = sqlite3.connect(file, timeout=_WAIT)
        try:
            return bool(made.execute("PRAGMA quick_check").fetchone()[0] == "ok")
        finally:
            made.close()
    except sqlite3.OperationalError:
        return True  # locked, or not to be read: not ours to judge
    except sqlite3.Error:
        return False


def opened(config: Config) -> Store:
    """What is kept for these settings, in the working folder."""
    apart = replace(
        config,
        output_format=(),
        fail_on="error",
        baseline=None,
        paths=(),
        exclude=(),
        template=None,
        today=None,
    )
    # A set is written in another order by each process.
    told = f"{sorted(config.dialects)} {replace(apart, dialects=frozenset())!r}"
    made = f"{told} {_code(config)}"
    where = f"{os.getcwd()} {told}"
    return Store(cache.folder() / f"found-{digest(where).hex()[:16]}.db", made)


def _code(config: Config) -> str:
    """Stands for cramplint, its rule pages and its libraries, as compilers know their sources: by
    place, size and time."""
    here = Path(__file__).parent
    homes = (here, here.parent / "rules", *config.rule_paths)
    files = sorted(chain.from_iterable(map(_files, homes)))
    for path in sys.path:  # installing a library changes its folder
        with suppress(OSError, ValueError):
            files.append((path, 0, os.stat(path or ".").st_mtime_ns if "-packages" in path else 0))
    return f"{VERSION} {sys.version} {digest(repr(files)).hex()}"


def _files(folder: str | Path) -> Iterator[tuple[str, int, int]]:
    """(path, size, time) of the files below `folder` that findings depend on."""
    try:
        held = list(os.scandir(folder))
    except OSError:
        return
    for one in held:
        with suppress(OSError):
            if one.is_dir(follow_symlinks=False):
                yield from _files(one.path)
            elif not one.name.endswith(".pyc"):
                known = one.stat()
                yield one.path, known.st_size, known.st_mtime_ns
