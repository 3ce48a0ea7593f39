"""The newest pages as feeds: JSON Feed 1.1 and Atom (RFC 4287).

An item is a page's title and summary and leads to the page. A whole article in a feed would live on
in readers after its page was corrected or withdrawn, and away from what the page warns of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from .body import Entry
from .xml import document, words

_MOST = 100  # items: a feed tells what is new, the index tells all
_NAME = "Health articles"


def json_feed(entries: Sequence[Entry], name: str, base: str) -> dict[str, Any]:
    """The feed as JSON values. `base`: the site's address, no "/" at its end. Pages that state no
    date come last and have none."""
    newest = _newest(entries)
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name or _NAME,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/feed.json",
        **({"language": newest[0].lang} if _one_language(newest) else {}),
        "_cramplint": {"generator": "cramplint"},
        "items": [_item(entry, base) for entry in newest],
    }


def atom(entries: Sequence[Entry], name: str, base: str) -> bytes:
    """The feed as XML, b"" if no page states a date: every entry needs one."""
    newest = [entry for entry in _newest(entries) if entry.updated]
    if not newest:
        return b""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    if _one_language(newest):
        feed.set("xml:lang", words(newest[0].lang))
    _leaf(feed, "title", name or _NAME)
    _leaf(feed, "id", f"{base}/")
    _leaf(feed, "updated", _moment(newest[0].updated))
    SubElement(feed, "link", {"rel": "self", "type": _ATOM, "href": f"{base}/feed.xml"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/"})
    # Who publishes: entries without an author of their own need one.
    _leaf(SubElement(feed, "author"), "name", name or urlsplit(base).netloc)
    _leaf(feed, "generator", "cramplint")
    for entry in newest:
        _entry(SubElement(feed, "entry"), entry, base)
    return document(feed)


_ATOM = "application/atom+xml"


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    """By date, the last first; then those without one. Pages of one date by path."""
    ordered = sorted(entries, key=lambda entry: entry.path)
    return sorted(ordered, key=lambda entry: entry.updated, reverse=True)[:_MOST]


def _one_language(entries: Sequence[Entry]) -> bool:
    return len({entry.lang for entry in entries}) == 1 and bool(entries[0].lang)


def _item(entry: Entry, base: str) -> dict[str, Any]:
    url = f"{base}/{quote(entry.path)}"
    stated = {
        "date_published": _moment(entry.created),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.topics),
        "language": entry.lang,
    }
    return {
        "id": url,
        "url": url,
        "title": entry.title,
        "content_text": entry.description or entry.title,
        **{key: value for key, value in stated.items() if value},
    }


def _entry(made: Element, entry: Entry, base: str) -> None:
    url = f"{base}/{quote(entry.path)}"
    if entry.lang:
        made.set("xml:lang", words(entry.lang))
    _leaf(made, "title", entry.title)
    _leaf(made, "id", url)
    SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": url})
    if entry.created:
        _leaf(made, "published", _moment(entry.created))
    _leaf(made, "updated", _moment(entry.updated))
    for author in filter(None, map(words, entry.authors)):
        _leaf(SubElement(made, "author"), "name", author)
    for topic in filter(None, map(words, entry.topics)):
        SubElement(made, "category", {"term": topic})
    _leaf(made, "summary", entry.description or entry.title)


def _leaf(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = words(text)


def _moment(day: str) -> str:
    """A day as the formats want it: they know no dates without a time. "" stays ""."""
    return f"{day}T00:00:00Z" if day else ""
