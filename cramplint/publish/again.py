"""What was made before: an article that would come out the same is not made again.

While a page is made, it asks where links lead and what its related articles are called. What it
asked and was told is kept; if its text, the settings and all these answers are the same, so is the
page. So a change of one article costs that article and those to which it makes a difference.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any, NamedTuple

from .. import kinds
from ..digests import digest
from ..outdir import OutDir
from ..render.body import Entry
from ..seen import Asked, standing
from ..store import Store
from .article import Item, Made, ways
from .names import files as files_of
from .shelf import Shelf

_SITE = ""  # the name of what belongs to no article
_UNREADABLE = (AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Kept(NamedTuple):
    """What is known of a page that was made: how it is listed, as JSON; its files, name ->
    SHA-256; the `local` files that it shows or leads to."""

    entry: str
    files: Mapping[str, str]
    local: tuple[str, ...]


class Before:
    """What was published in a `place` before, and would come out the same on the `shelf`. `folder`
    tells which files are there; `signed` stands for all that pages may ask."""

    def __init__(
        self, store: Store, place: str, shelf: Shelf, folder: OutDir, signed: bytes
    ) -> None:
        self._store, self._place, self._shelf, self._folder = store, place, shelf, folder
        self.basis, self._signed = _basis(shelf), signed
        self._new: dict[str, tuple[bytes, str, Kept]] = {}

    def known(self, items: Sequence[Item]) -> dict[str, Kept]:
        """By the names of the articles; without those that must be made again."""
        by_name = {item.name: item for item in items}
        asked = Asked(self._store, "made", "asked", self._place)
        good = standing(
            self._store,
            self._place,
            {item.name: self._key(item) for item in items},
            self._signed,
            lambda name, then: self._holds(by_name[name], asked.of(name)),
        )
        self._store.keep({"held": good.moved})
        known = {}
        columns = "name entry files asked"
        for name, entry, files, questions in self._store.rows("made", columns, self._place):
            kept = _kept(entry, files, by_name[name].path) if name in good.names else None
            if kept is None or any(self._folder.hashes.get(f) != h for f, h in kept.files.items()):
                continue
            # Images are asked for their size, which no signature knows.
            if not kept.local or self._holds(by_name[name], questions):
                known[name] = kept
        return known

    def site(self, key: bytes) -> dict[str, str]:
        """The files that belong to all pages, name -> SHA-256, if they were made of the same and
        are there; else none."""
        held = self._store.some("held", "name digest", _SITE, _SITE, self._place)
        row = self._store.some("made", "name files", _SITE, _SITE, self._place).get(_SITE)
        try:
            return _hashes(json.loads(row[1])[0]) if row and held.get(_SITE) == (_SITE, key) else {}
        except _UNREADABLE:
            return {}

    def add(self, item: Item, made: Made) -> Kept:
        """What is to be kept of a page that was made."""
        hashes = {file: sha256(data).hexdigest() for file, data in made.files.items()}
        kept = Kept(json.dumps(made.entry), hashes, made.local)
        self._new[item.name] = self._key(item), json.dumps(made.asked), kept
        return kept

    def add_site(self, key: bytes, hashes: Mapping[str, str]) -> None:
        self._new[_SITE] = key, "[]", Kept("", hashes, ())

    def keep(self) -> None:
        made, held = [], []
        for name, (key, asked, kept) in self._new.items():
            files = json.dumps([dict(kept.files), kept.local])
            made.append((self._place, name, asked, kept.entry, files))
            held.append((self._place, name, key, self._signed))
        self._store.keep({"made": made, "held": held})

    def _key(self, item: Item) -> bytes:
        """Stands for all that a page is made of but the answers."""
        return digest(item.path, item.signed, self.basis)

    def _holds(self, item: Item, asked: str) -> bool:
        told = ways(item, self._shelf)
        try:
            return all(told(kind, what) == answer for kind, what, answer in json.loads(asked))
        except _UNREADABLE:
            return False
        finally:
            (self._shelf.site.asked or {}).clear()


def entry_of(kept: str) -> Entry:
    """How a page is listed."""
    path, title, description, topics, lang, updated, created, authors, aliases = json.loads(kept)
    for said in (path, title, description, lang, updated, created):
        kinds.text(said)
    lists = [tuple(kinds.texts(one)) for one in (topics, authors, aliases)]
    return Entry(path, title, description, lists[0], lang, updated, created, lists[1], lists[2])


def _kept(entry: str, files: str, path: str) -> Kept | None:
    """None for what is none, or is not of the article at `path`."""
    try:
        hashes, local = json.loads(files)
        known = Kept(entry, _hashes(hashes), tuple(kinds.texts(local)))
        made = files_of(path)
        return known if entry_of(entry).path == made[0] and known.files.keys() == {*made} else None
    except _UNREADABLE:
        return None


def _hashes(held: Any) -> dict[str, str]:
    return {file: kinds.text(known) for file, known in held.items()}


def _basis(shelf: Shelf) -> str:
    """What all pages are made by, but for the code, which is looked after by the store."""
    settings = shelf.site.settings
    told = {f.name: getattr(settings, f.name) for f in fields(settings) if f.name != "today"}
    told["dialects"] = sorted(settings.dialects)  # a set has another order in each process
    return repr((told, shelf.name, shelf.theme.files))
