"""Plain text -> the same events that Markdown gives: paragraphs of lines, and lists.

What a paragraph's lines are (headings, questions, items without bullets) is inferred later, in
`lines`, for both formats alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model import Event
from ..patterns import lazy
from ..shapes import GLYPHS, SYMBOL, SYMBOL_FIRST

_BULLET = lazy(
    rf"[ \t]*(?P<mark>[{GLYPHS}]|[-*+·–—](?=[ \t\u00a0])|"
    rf"\d{{1,3}}[.)](?=[ \t\u00a0]))[ \t\u00a0]*(?=\S)"
)
# A number that touches its text or has a colon, a dash: bullets only beside others of their kind.
_TIGHT = lazy(r"[ \t]*(?P<mark>\d{1,2}[.)])(?=[^\W\d_])")
_COLON = lazy(r"[ \t]*(?P<mark>\d{1,2}:)(?=[ \t])")
_DASH = lazy(r"[ \t]*[–—][ \t\u00a0]")
# A line that goes on with a sentence; a lone odd letter is what is left of a picture.
_GOES_ON = lazy(r"\s*(?=[^\W\d_]{2}|[aeiouy]\b)")
_BARE = lazy(rf"[ \t]*[-*+·–—{GLYPHS}][ \t\u00a0]*")
_QMARK = lazy(r"[ \t]*\?[ \u00a0](?=[^\W\d_]|[“\"‘'])")


def events(text: str, start: int = 0) -> Iterator[Event]:
    """The events of the text from `start` on; a lone bullet belongs to the next line."""
    lines = list(_lines(text, start))
    qmarks = sum(bool(_QMARK.match(line)) for _, line in lines) >= 2
    open_list: list[tuple[bool, list[tuple[int, int, int]]]] = []
    paragraph: list[tuple[int, int]] = []
    previous = ""
    number = 0  # of the last item
    skip = -1
    for i, (at, line) in enumerate(lines):
        if i == skip:
            continue
        marker, first = _marker(lines, i, qmarks, number if open_list else 0)
        if marker is None:
            indented = line[:1] in " \t"
            wrapped = line[:1].islower() and _GOES_ON.match(line) and previous[-1:] not in ".!?"
            if line.strip() and open_list and previous and (indented or wrapped):
                open_list[-1][1].append(_item_line(at, line, -1))
            else:
                if open_list and line.strip():
                    yield from _list(open_list.pop(), text)
                if line.strip():
                    paragraph.append(_trim(at, line))
                elif paragraph:
                    yield from _paragraph(paragraph, text)
                    paragraph = []
        else:
            if paragraph:
                yield from _paragraph(paragraph, text)
                paragraph = []
            ordered = marker[:1].isdigit()
            number = int(marker[:-1]) if ordered else 0
            if open_list and open_list[-1][0] != ordered:
                yield from _list(open_list.pop(), text)
            if not open_list:
                open_list.append((ordered, []))
            if first[0] != at:
                skip = next(k for k in range(i + 1, len(lines)) if lines[k][0] == first[0])
            open_list[-1][1].append(_item_line(first[0], first[1], at, first[2]))
        previous = line.strip()
    if paragraph:
        yield from _paragraph(paragraph, text)
    if open_list:
        yield from _list(open_list.pop(), text)


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    for line in text[start:].split("\n"):
        yield start, line
        start += len(line) + 1


def _marker(
    lines: list[tuple[int, str]], i: int, qmarks: bool, number: int
) -> tuple[str | None, tuple[int, str, int]]:
    """The bullet or number that opens line `i` (None if none does), and where its text is:
    (offset of the line, the line, columns to leave out). `number`: that of the item before."""
    at, line = lines[i]
    found = _BULLET.match(line)
    if found and _DASH.match(line) and not _beside(lines, i, _DASH):
        return None, (at, line, 0)  # whoever said what stands above
    tight = None if found else _TIGHT.match(line)
    if tight and int(tight["mark"][:-1]) == number + 1 and (number or _beside(lines, i, _TIGHT)):
        found = tight
    colon = None if found else _COLON.match(line)
    if colon and _beside(lines, i, _COLON):
        found = colon
    if not found and line.lstrip()[:1] in SYMBOL_FIRST:
        symbol = SYMBOL.match(line)
        found = symbol if symbol and _beside(lines, i, SYMBOL, symbol["mark"]) else None
    if found:
        return found["mark"], (at, line, found.end())
    if qmarks and (lost := _QMARK.match(line)):
        return "?", (at, line, lost.end())
    if _BARE.fullmatch(line):
        below = [k for k in (i + 1, i + 2) if k < len(lines) and lines[k][1].strip()]
        if below and not _BARE.fullmatch(lines[below[0]][1]):
            return "-", (*lines[below[0]], 0)
    return None, (at, line, 0)


def _beside(lines: list[tuple[int, str]], i: int, shape: re.Pattern[str], mark: str = "") -> bool:
    """True if `shape` fits the next line that holds something, or the one before, which then begins
    with `mark`."""
    below = next((line for _, line in lines[i + 1 : i + 3] if line.strip()), "")
    above = next((line for _, line in lines[max(i - 2, 0) : i][::-1] if line.strip()), "")
    return any(shape.match(x) and x.lstrip().startswith(mark) for x in (below, above))


def _item_line(at: int, line: str, opens: int, skip: int = 0) -> tuple[int, int, int]:
    """(start, end, offset of the marker, or -1 for a further line of an item)."""
    start, end = _trim(at + skip, line[skip:])
    return start, end, opens


def _trim(at: int, line: str) -> tuple[int, int]:
    start = at + len(line) - len(line.lstrip())
    return start, start + len(line.strip())


def _paragraph(lines: list[tuple[int, int]], text: str) -> Iterator[Event]:
    start, end = lines[0][0], lines[-1][1]
    yield Event("start", "paragraph", start, end)
    yield Event("text", "", *lines[0], text[slice(*lines[0])])
    for before, line in pairwise(lines):
        yield Event("softbreak", "", before[1], line[0])
        yield Event("text", "", *line, text[slice(*line)])
    yield Event("end", "paragraph", start, end)


def _list(listed: tuple[bool, list[tuple[int, int, int]]], text: str) -> Iterator[Event]:
    ordered, lines = listed
    items: list[list[tuple[int, int, int]]] = []
    for line in lines:
        if line[2] >= 0 or not items:
            items.append([line])
        else:
            items[-1].append(line)
    start, end = items[0][0][2], lines[-1][1]
    number = re.match(r"\s*(\d+)", text[start:end]) if ordered else None
    yield Event("start", "list", start, end, "", int(number[1]) if number else None)
    for item in items:
        first, last = item[0][2], item[-1][1]
        yield Event("start", "item", first, last)
        previous = None
        for begin, stop, _ in item:
            if previous is not None:
                # A further line that begins a sentence is a line of its own; else it was wrapped.
                kind = "softbreak" if text[begin].islower() else "hardbreak"
                yield Event(kind, "", previous, begin)
            yield Event("text", "", begin, stop, text[begin:stop])
            previous = stop
        yield Event("end", "item", first, last)
    yield Event("end", "list", start, end)
