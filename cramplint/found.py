"""What earlier runs found in articles, kept by the articles' contents.

Findings depend on an article's own text, on the rules and settings, on the day, and on other pages,
as far as an article asks for them: where a link leads, whether another page has its title. So with
its findings are kept what was asked of the site and what it answered. Where the site has changed
the questions are put again, and findings hold while the answers are the same.

One SQLite file for a folder, rules, settings and a day. It may be deleted at any time; one that is
damaged is.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from . import cache
from .config import Config
from .digests import digest
from .model import SEVERITIES, VERSION, Checked, Edit, Finding, Fix, Page, Source, Span
from .report.result import Result

if TYPE_CHECKING:
    from .site import Resolved, Site

_TABLE = (
    "CREATE TABLE IF NOT EXISTS articles (name TEXT PRIMARY KEY, digest BLOB NOT NULL,"
    " page TEXT NOT NULL, links TEXT NOT NULL, site BLOB NOT NULL, asked TEXT NOT NULL,"
    " found TEXT NOT NULL)"
    " WITHOUT ROWID"
)
_WAIT = 1.0  # seconds for another run to be done with its writing
_SAFE = ("safe", "ask", "show")
_DAMAGED = (sqlite3.Error, OSError)
# Methods of Site, with the texts that they take; and "twins", of the article itself.
_QUESTIONS = frozenset({"resolve", "related", "by_title", "nearest", "surest"})
_OUT_OF_SHAPE = (AttributeError, KeyError, LookupError, RecursionError, TypeError, ValueError)


class Entry(NamedTuple):
    """What is kept of an article: the `digest` of its bytes, its `page` and what it `links` to, the
    digest of the `site` that it was last judged in, what it `asked` of that and what was `found`:
    "" if it was not judged. All but digests are JSON."""

    digest: bytes
    page: str
    links: str
    site: bytes
    asked: str
    found: str


class Found:
    """The file, open. `made`: what the entries depend on beside articles; entries of anything else
    are dropped. Without a file nothing is known and nothing is kept."""

    def __init__(self, file: Path | None, made: str = "") -> None:
        self._file, self._made = file, made
        self._open: sqlite3.Connection | None = None
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._open = self._opened(file)
        except _DAMAGED:
            self._drop()

    def entries(self) -> dict[str, Entry]:
        """All entries, by the names of their articles."""
        if self._open is None:
            return {}
        try:
            rows = self._open.execute("SELECT * FROM articles")
            return {name: Entry(*rest) for name, *rest in rows}
        except _DAMAGED:
            self._drop()
            return {}

    def keep(self, new: Mapping[str, Entry], gone: Iterable[str]) -> None:
        """Put `new` entries in the place of those of their names, and forget `gone` names."""
        if self._open is None or not (new or gone):
            return
        try:
            with self._open:
                self._open.executemany(
                    "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
                    ((name, *entry) for name, entry in new.items()),
                )
                self._open.executemany(
                    "DELETE FROM articles WHERE name = ?", ((name,) for name in gone)
                )
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
            made.execute(_TABLE)
            made.execute("CREATE TABLE IF NOT EXISTS made (of_what TEXT)")
            if made.execute("SELECT of_what FROM made").fetchall() != [(self._made,)]:
                made.execute("DELETE FROM articles")
                made.execute("DELETE FROM made")
                made.execute("INSERT INTO made VALUES (?)", (self._made,))
        return made

    def _drop(self) -> None:
        """Leave the file; delete it if it is no database. Another run may be writing to it."""
        self.close()
        with suppress(OSError):
            if self._file and self._file.is_file() and not _sound(self._file):
                self._file.unlink()


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


def opened(config: Config) -> Found:
    """What is kept for these settings, in the working folder."""
    apart = replace(config, output_format=(), fail_on="error", baseline=None, paths=(), exclude=())
    # A set is written in another order by each process.
    told = f"{sorted(config.dialects)} {replace(apart, dialects=frozenset(), today=None)!r}"
    made = f"{told} {config.today} {_code(config)}"
    where = f"{os.getcwd()} {told}"
    return Found(cache.folder() / f"found-{digest(where).hex()[:16]}.db", made)


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


def questions(site: Site) -> str:
    """What was asked of a site, and the answers in brief, as JSON."""
    asked = site.asked or {}
    return _json([[question, _brief(site, answer)] for question, answer in asked.items()])


def page_json(page: Page) -> str:
    from .pages import frozen

    return _json(frozen(page, []))


def page_of(held: str) -> Page | None:
    """The page of such a JSON; None if it is none."""
    from .pages import thawed

    try:
        return thawed(json.loads(held), [])
    except _OUT_OF_SHAPE:
        return None


def texts(held: str) -> list[str]:
    """The texts of a JSON list; none of anything else."""
    try:
        return [text for text in json.loads(held) if isinstance(text, str)]
    except _OUT_OF_SHAPE:
        return []


def holds(kept: Entry, site: Site) -> bool:
    """True if the site's pages say what they said when the entry was made."""
    try:
        asked = json.loads(kept.asked)
        return all(_brief(site, _put(site, *question)) == answer for question, answer in asked)
    except _OUT_OF_SHAPE:
        return False


def _put(site: Site, name: str, *given: str) -> Resolved | Page | list[Page] | None:
    """What the site says to a question. Raises KeyError for one that is none."""
    if name == "twins":
        return site.twins(site.pages[given[0]])
    if name not in _QUESTIONS:
        raise KeyError(name)
    answer: Resolved | Page | None = getattr(site, name)(*given)
    return answer


def _brief(site: Site, answer: Resolved | Page | list[Page] | None) -> str:
    """All that a check can tell of an answer."""
    from .site import Resolved

    if isinstance(answer, Resolved):
        near = site.pages.get(answer.hint)
        told = (answer.state, *_told(answer.page), answer.anchor, answer.hint, *_told(near))
        return repr(told)
    if isinstance(answer, list):
        return repr([(_told(page), crc32(repr(sorted(page.shingles)).encode())) for page in answer])
    return repr(_told(answer))


def _told(page: Page | None) -> tuple[Any, ...]:
    return (page.path, page.title, page.slug, page.lang, page.draft) if page else ()


def result(kept: Entry, source: Source) -> Result | None:
    """What was found in `source`; None if the entry is out of shape."""
    try:
        held = json.loads(kept.found)
        checked = Checked(
            tuple(map(_finding, held["findings"])),
            tuple(map(_finding, held["suppressed"])),
            tuple(map(str, held["unspoken"])),
        )
        size = len(source.text)
        if any(not 0 <= f.span.start <= f.span.end <= size for f in checked.findings):
            return None
        return Result(source, checked, str(held["lang"]), held["facts"])
    except _OUT_OF_SHAPE:
        return None


def frozen_result(of: Result) -> str:
    """What was found, for `result`."""
    checked = of.checked
    held = {
        "lang": of.lang,
        "facts": of.facts,
        "unspoken": checked.unspoken,
        "findings": [_plain(f) for f in checked.findings],
        "suppressed": [_plain(f) for f in checked.suppressed],
    }
    return _json(held)


def _plain(found: Finding) -> list[Any]:
    fix = found.fix
    edits = [fix.safety, [[e.span.start, e.span.end, e.text] for e in fix.edits]] if fix else None
    return [found.rule, *found.span, found.message, found.severity, found.advice, edits]


def _finding(held: Any) -> Finding:
    rule, start, end, message, severity, advice, fix = held
    if severity not in SEVERITIES or (fix and fix[0] not in _SAFE):
        raise ValueError(severity)
    edits = tuple(Edit(Span(a, b), str(text)) for a, b, text in fix[1]) if fix else ()
    mends = Fix(edits, fix[0]) if fix else None
    return Finding(str(rule), Span(start, end), str(message), severity, str(advice), mends)


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
