"""Events -> plain text: paragraphs apart, items behind their marks, no markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model import Event
from .raw import BLOCK, HUSHING, pieces

_BLOCKS = frozenset({"paragraph", "heading", "list", "item", "quote", "table", "head", "row"})
_BLOCKS |= {"code_block", "html_block", "footnote"}

_DEEPEST = 12  # steps of an indent


def plain(events: Iterable[Event]) -> str:
    """The words a reader sees, in order, with line ends and blank lines where blocks end."""
    out: list[str] = []
    lists: list[int | None] = []
    html = hushed = ""
    for event in events:
        kind, tag = event.kind, event.tag
        if kind == "start":
            if tag == "list":
                lists.append(event.value)
            elif tag == "item" and lists:
                number = lists[-1]
                # Indents without end would make the square of what is nested.
                indent = "  " * min(len(lists) - 1, _DEEPEST)
                out.append(f"\n{indent}" + ("- " if number is None else f"{number}. "))
                lists[-1] = None if number is None else number + 1
        elif kind == "end":
            if tag == "list" and lists:
                lists.pop()
            elif tag == "cell":
                out.append("\t")
            elif tag == "html_block":
                out.append(_raw(html))
                html = ""
            if tag in _BLOCKS:
                hushed = ""
                out.append("\n" if tag in ("item", "head", "row", "list") else "\n\n")
        elif kind in ("text", "code"):
            out.append("" if hushed else event.text)
        elif kind in ("softbreak", "hardbreak"):
            out.append("\n" if kind == "hardbreak" else " ")
        elif kind == "html":
            html += event.text
        elif kind == "inline_html":
            for piece in pieces(event.text):
                if piece.name in HUSHING:
                    hushed = piece.name if piece.kind == "open" else ""
                out.append(piece.text)
    return tidy("".join(out))


def _raw(html: str) -> str:
    return "".join("\n" if piece.name in BLOCK else piece.text for piece in pieces(html))


def tidy(text: str) -> str:
    """No blanks at line ends, at most one blank line in a row, none at the ends."""
    text = "\n".join(map(str.rstrip, text.split("\n")))
    return (re.sub(r"\n{3,}", "\n\n", text) if "\n\n\n" in text else text).strip("\n")


def line(events: Iterable[Event]) -> str:
    """The same on one line."""
    return " ".join(plain(events).split())
