"""What a published page leaves out of what an article says: headings and links without words, and
links that lead a reader nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, unquote

from ..model import Event
from .body import Links
from .raw import pieces
from .runs import end_of
from .text import line
from .urls import IMAGES, Shown, Ways, external, safe

_RAW = frozenset({"html", "inline_html"})
_TOP = ("", "top")  # fragments that every browser knows


def tidied(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without the tags of links that say nothing, since nobody would know where they
    lead; without headings that say nothing, since who listens to a page jumps from one heading to
    the next; and without paragraphs that hold nothing. What stands inside stays."""
    kept: list[Event] = []
    wordless: list[bool] = []  # of the links and headings that are open
    for at, event in enumerate(events):
        if event.tag not in ("heading", "link", "paragraph"):
            kept.append(event)
        elif event.tag == "paragraph":
            _end(kept, event)
        elif event.kind == "start":
            wordless.append(not _said(events[at + 1 : end_of(events, at)]))
            if not wordless[-1]:
                kept.append(event)
            elif event.tag == "heading":
                kept.append(event._replace(tag="paragraph", text="", value=None))
        elif not wordless.pop():
            kept.append(event)
        elif event.tag == "heading":
            _end(kept, event._replace(tag="paragraph"))
    return tuple(kept)


def _end(kept: list[Event], event: Event) -> None:
    """Keep a paragraph's start or end; at its end, drop it if it holds nothing."""
    if event.kind == "end" and (kept[-1].kind, kept[-1].tag) == ("start", "paragraph"):
        del kept[-1]
    else:
        kept.append(event)


def _said(events: Sequence[Event]) -> bool:
    """True if a reader or a listener is told something."""
    raw = [piece for event in events if event.kind in _RAW for piece in pieces(event.text)]
    if not raw and any(event.kind == "text" and event.text.strip() for event in events):
        return True  # as nearly always, at once
    return bool(line(events)) or any(piece.attrs.get("alt", "").strip() for piece in raw)


def places(events: Iterable[Event], named: Mapping[str, str]) -> dict[str, str]:
    """What a link to a place on the page may call it, in one case -> the id that is there: those of
    `named`, and those that the article's own HTML gives."""
    raw = (p for e in events if e.kind in _RAW for p in pieces(e.text) if "id" in p.attrs)
    found = {piece.attrs["id"]: piece.attrs["id"] for piece in raw} | dict(named)
    return {name.casefold(): id_ for name, id_ in found.items()}


def ways(links: Links, places: Mapping[str, str]) -> Ways:
    """Where a page may send its readers: to places that it has, to addresses that `links` knows of
    and that a browser opens by itself; and the images that are there, of the site or of the web."""

    def href(target: str) -> str | None:
        if not target.startswith("#"):
            return links.href(target)
        name = unquote(target[1:])
        found = name if name in _TOP else places.get(name.casefold())
        return None if found is None else "#" + quote(found)

    def image(target: str) -> Shown | None:
        url = safe(target, IMAGES) if target else None
        size = (0, 0) if not url or external(url) else links.size(target)
        return Shown(url, size) if url and size is not None else None

    return Ways(href, image)
