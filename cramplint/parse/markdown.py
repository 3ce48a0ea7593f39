"""Markdown -> events. The only door to the parser library; its bytes become code points here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

import pyromark

from ..model import Event
from ..patterns import lazy

_WIDE = lazy(r"[^\x00-\x7f]")
_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
_TAGS = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "BlockQuote": "quote",
    "CodeBlock": "code_block",
    "HtmlBlock": "html_block",
    "List": "list",
    "Item": "item",
    "FootnoteDefinition": "footnote",
    "Table": "table",
    "TableHead": "head",
    "TableRow": "row",
    "TableCell": "cell",
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "strike",
    "Link": "link",
    "Image": "image",
}
_LEAVES = {
    "Text": "text",
    "Code": "code",
    "Html": "html",
    "InlineHtml": "inline_html",
    "FootnoteReference": "footnote_ref",
    "SoftBreak": "softbreak",
    "HardBreak": "hardbreak",
    "Rule": "rule",
    "TaskListMarker": "task",
}


def events(text: str) -> Iterator[Event]:
    """The events of CommonMark with tables, footnotes, strikethrough and task lists; positions are
    code points of `text`. Never fails: any text is Markdown."""
    place = _places(text)
    found: Iterable[tuple[Any, Any]] = pyromark.events_with_range(text, options=_OPTIONS)
    for raw, where in found:
        start, end = place(where["start"]), place(where["end"])
        if isinstance(raw, str):
            yield Event(_LEAVES[raw], "", start, end)
            continue
        ((name, what),) = raw.items()
        if name == "Start":
            yield Event("start", *_start(what, start, end))
        elif name == "End":
            tag = what if isinstance(what, str) else next(iter(what))
            yield Event("end", _TAGS[tag], start, end)
        elif name == "TaskListMarker":
            yield Event("task", "", start, end, "", int(what))
        else:
            yield Event(_LEAVES[name], "", start, end, what)


def _start(what: Any, start: int, end: int) -> tuple[str, int, int, str, Any]:
    if isinstance(what, str):
        return _TAGS[what], start, end, "", None
    ((name, held),) = what.items()
    tag = _TAGS[name]
    if tag == "heading":
        return tag, start, end, held.get("id") or "", int(held["level"][1])
    if tag == "list":
        return tag, start, end, "", held
    if tag == "code_block":
        return tag, start, end, held.get("Fenced", "") if isinstance(held, dict) else "", None
    if tag == "footnote":
        return tag, start, end, held, None
    if tag == "table":
        sides = tuple("" if side == "None" else side.lower() for side in held)
        return tag, start, end, "", sides
    if tag in ("link", "image"):
        written = "mailto:" if held["link_type"] == "Email" else ""  # <a@b.c>, in which none stands
        return tag, start, end, written + held["dest_url"], held["title"]
    return tag, start, end, "", None


def _places(text: str) -> Callable[[int], int]:
    """UTF-8 byte offset -> code point offset."""
    if text.isascii():
        return int
    # Only characters of two bytes or more move what follows them.
    wide = [
        (found.start(), len(found[0].encode("utf-8", "surrogatepass")) - 1)
        for found in _WIDE.finditer(text)
    ]
    extra = list(accumulate(n for _, n in wide))
    ends = [i + n + 1 for (i, _), n in zip(wide, extra, strict=True)]  # byte just past each

    @lru_cache(maxsize=64)  # a paragraph, its text and its end are all asked for
    def place(offset: int) -> int:
        return offset - (extra[k - 1] if (k := bisect_right(ends, offset)) else 0)

    return place
