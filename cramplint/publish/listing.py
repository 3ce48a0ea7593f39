"""All published pages -> the files that belong to the site as a whole. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from ..render.body import Entry
from ..render.document import dump, listing
from ..render.feeds import atom, json_feed
from ..render.moved import redirects
from ..render.page import index, lost, moved, shared
from ..render.sitemap import sitemaps
from ..render.urls import between
from .names import (
    ATOM,
    INDEX,
    JSON_FEED,
    LIST,
    LOST,
    REDIRECTS,
    SITEMAP,
    Wanted,
    same,
    stubs,
)
from .shelf import Shelf


def site_files(entries: Sequence[Entry], shelf: Shelf) -> dict[str, bytes]:
    """Name -> bytes. Feeds and sitemap are there only if the site has an address, the Atom feed
    only if a page states a date: the format asks for one, and none is made up."""
    ordered = sorted(entries)
    base, root = shelf.base, urlsplit(shelf.base).path
    feeds = {JSON_FEED: dump(json_feed(ordered, shelf.name, base))} if base else {}
    if base and (dated := atom(ordered, shelf.name, base)):
        feeds[ATOM] = dated
    maps = sitemaps(ordered, base, SITEMAP) if base else {}
    old = _old(ordered)
    pages = {
        file: _text(moved(entry, between(file, entry.path), shelf.url(entry.path), shelf.theme))
        for file, entry in old.items()
    }
    ways = redirects([(file, entry.path) for file, entry in sorted(old.items())], root)
    return {
        INDEX: _text(index(ordered, shelf.name, base, [*feeds], shelf.theme)),
        LIST: dump(listing(ordered, base)),
        LOST: _text(lost(shelf.name, f"{root}/", shelf.theme, shared(ordered))),
        **feeds,
        **maps,
        **pages,
        **({REDIRECTS: ways} if old else {}),
    }


def _old(entries: Sequence[Entry]) -> dict[str, Entry]:
    """The files of old addresses -> where they lead. No page gives way to one; of two pages that
    had one address, as a page that is withheld may, the first has it."""
    taken = {same(entry.path) for entry in entries}
    found: dict[str, Entry] = {}
    for entry in entries:
        for file in stubs(Wanted(entry.path, entry.path, entry.aliases)):
            if same(file) not in taken:
                taken.add(same(file))
                found[file] = entry
    return found


def _text(html: str) -> bytes:
    return html.encode("utf-8", "replace")
