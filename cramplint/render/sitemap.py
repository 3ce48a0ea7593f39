"""The list of pages for search engines: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Comment, Element, SubElement

from .body import Entry
from .xml import document, words

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000  # addresses in one file, by the protocol


def sitemaps(entries: Sequence[Entry], base: str, name: str) -> dict[str, bytes]:
    """File -> bytes: one file called `name`, or, of a site too large for one, a list of files.
    A date is given only where the page states when it changed: that of the run would be untrue."""
    pages = [(f"{base}/", ""), *((f"{base}/{quote(e.path)}", e.updated) for e in entries)]
    if len(pages) <= _MOST:
        return {name: _listed("urlset", "url", pages)}
    stem = name.removesuffix(".xml")
    parts = {
        f"{stem}-{number}.xml": _listed("urlset", "url", pages[at : at + _MOST])
        for number, at in enumerate(range(0, len(pages), _MOST), 1)
    }
    return {name: _listed("sitemapindex", "sitemap", [(f"{base}/{p}", "") for p in parts]), **parts}


def _listed(whole: str, part: str, places: Sequence[tuple[str, str]]) -> bytes:
    root = Element(whole, {"xmlns": _SPACE})
    root.append(Comment(" generator: cramplint "))
    for url, day in places:
        one = SubElement(root, part)
        SubElement(one, "loc").text = words(url)
        if day:
            SubElement(one, "lastmod").text = day
    return document(root)
