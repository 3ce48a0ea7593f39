"""What the lines of a scraped page are: headings, questions, items that lost their bullets.

Scraped pages often put one paragraph on a line, without blank lines, with headings and questions
as bare lines. This step works on events, so it serves Markdown and plain text alike; it splits and
renames, and never drops or moves a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..model import Event
from ..patterns import lazy
from ..shapes import (
    ABBREVIATION,
    ANSWER,
    ASKS,
    BYLINE,
    CHAIN,
    FAQ,
    SPOKEN,
    TIMELINE,
    complete,
    headlike,
    known_heading,
    label,
    question,
    title_case,
)
from .units import Unit, to_units


def recover(events: Iterable[Event], text: str, *, plain: bool, titled: bool) -> Iterator[Event]:
    """The events with the page's lost structure put back; those of a sound page stay as they are.

    `plain`: the source is plain text; `titled`: the front matter names a title.
    """
    units, by_line = to_units(events, text, plain=plain)
    marked = sum(u.kind == "heading" for u in units)
    infer = (
        by_line or plain or not any(u.kind == "heading" and u.events[0].value > 1 for u in units)
    )
    kinds = _classify(units, plain_headings=infer and marked < 2, titled=titled or marked > 0)
    yield from _emit(units, kinds, text)


_JOINED = lazy(r"(?:[,;]|,? (?:and|or))$")  # an item that says there is another
_PREFIXED = lazy(r"q\d*[:.)]\s", re.IGNORECASE)
_LETTERED = lazy(r"[A-Z][.)] \S.{1,80}:")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST = 110, 250  # code points of an item without a bullet, and of one that is _JOINED

# -- what the lines are


def _bold(unit: Unit) -> bool:
    inner = [e for e in unit.events if e.kind != "text" or e.text.strip()]
    return (
        len(inner) > 2
        and (inner[0].kind, inner[0].tag) == ("start", "strong")
        and (inner[-1].kind, inner[-1].tag) == ("end", "strong")
        and sum(e.tag == "strong" for e in inner) == 2
    )


def _classify(units: Sequence[Unit], *, plain_headings: bool, titled: bool) -> list[str]:
    """One of title, heading, question, item, keep for each unit."""
    kinds = ["keep"] * len(units)
    _items(units, kinds)
    _questions(units, kinds)
    if plain_headings:
        _numbered(units, kinds)
        _lettered(units, kinds)
        _small(units, kinds, titled=titled)
        _labels(units, kinds)
    first = next((i for i, u in enumerate(units[:3]) if not BYLINE.fullmatch(u.text)), 0)
    for i, unit in enumerate(units):
        if unit.kind != "line" or kinds[i] != "keep":
            continue
        if _bold(unit) and _bold_heading(units, i):
            kinds[i] = "heading"
        elif not plain_headings:
            continue
        elif i == first and not titled and _title(units[i:]):
            kinds[i] = "title"
        elif _plain_heading(units, kinds, i):
            kinds[i] = "heading"
    return kinds


def _items(units: Sequence[Unit], kinds: list[str]) -> None:
    """Short lines below a lead-in, none of them a sentence: a list whose bullets are lost."""
    i = 0
    while i < len(units):
        if units[i].kind == "line" and units[i].text.endswith(":") and i + 1 < len(units):
            j = i + 1
            while j < len(units) and _itemlike(units[j], first=j == i + 1):
                j += 1
            # The last short line before prose may be the next heading.
            if j - i > 2 and j < len(units) and units[j].kind == "line":
                last, rest = units[j - 1].text, [u.text for u in units[i + 1 : j - 1]]
                odd = last[:1].isupper() and any(x[:1].islower() for x in rest)
                if odd or (title_case(last) and not any(map(title_case, rest))):
                    j -= 1
                elif (
                    _JOINED.search(last) and not units[j].blank and len(units[j].text) < _LONGEST[1]
                ):
                    j += 1
            if j - i < 3 and (more := _some_stopped(units, i + 1)):
                j = more
            run = units[i + 1 : j]
            if len(run) >= 2 or (run and run[0].text[:1].islower()):
                for k in range(i + 1, j):
                    kinds[k] = "item"
                i = j
                continue
        i += 1


def _some_stopped(units: Sequence[Unit], start: int) -> int:
    """The end of four short lines or more of which some end with a full stop and most do not, as
    items do that nobody looked over; 0 if there are none."""
    end = start
    while (
        end < len(units)
        and units[end].kind == "line"
        and (end == start or not units[end].blank)
        and len(units[end].text) <= 80
        and units[end].text[-1:] not in "!?:"
        and not SPOKEN.match(units[end].text)
    ):
        end += 1
    stopped = sum(u.text.endswith(".") for u in units[start:end])
    return end if end - start > 3 and 2 * stopped < end - start else 0


def _itemlike(unit: Unit, *, first: bool) -> bool:
    line = unit.text.rstrip()
    return (
        unit.kind == "line"
        and (first or not unit.blank)
        and len(line) <= _LONGEST[bool(_JOINED.search(line))]
        and line[-1:] not in ".!?:"
        and not TIMELINE.match(line)
        and not CHAIN.search(line)
        and not _bold(unit)
    )


def _questions(units: Sequence[Unit], kinds: list[str]) -> None:
    """Question lines with answers, two at least near each other, or below a heading that asks."""
    asked = [
        i
        for i, unit in enumerate(units)
        if unit.kind == "line"
        and kinds[i] == "keep"
        and (question(unit.text) or (_PREFIXED.match(unit.text) and unit.text.endswith("?")))
        and not CHAIN.search(unit.text)
    ]

    def answered(i: int) -> bool:
        return i + 1 < len(units) and (
            (units[i + 1].kind != "heading" and i + 1 not in asked)
            or ANSWER.match(units[i + 1].text) is not None
        )

    asked = [i for i in asked if answered(i)]
    for n, i in enumerate(asked):
        near = [j for j in asked[max(0, n - 1) : n + 2] if j != i and abs(j - i) <= 5]
        said = next(
            (
                u.text
                for u in reversed(units[max(0, i - 12) : i])
                if u.kind in ("line", "heading")
                and FAQ.search(u.text)
                and headlike(u.text.rstrip("?"))
            ),
            "",
        )
        if near or said or _PREFIXED.match(units[i].text) or _bold(units[i]):
            kinds[i] = "question"


def _numbered(units: Sequence[Unit], kinds: list[str]) -> None:
    """Lists of one short item, with text below and the next number further on: headings."""
    alone = {
        i: unit.events[0].value
        for i, unit in enumerate(units[:-1])
        if unit.kind == "list"
        and isinstance(unit.events[0].value, int)
        and sum(e.kind == "start" and e.tag == "item" for e in unit.events) == 1
        and headlike(unit.text)
        and units[i + 1].kind in ("line", "paragraph")
    }
    for (i, one), (j, two) in pairwise(alone.items()):
        if two == one + 1:
            kinds[i] = kinds[j] = "numbered"


def _labels(units: Sequence[Unit], kinds: list[str]) -> None:
    """Labels with a paragraph below, two at least on the page: headings. A label that pages share
    ("Causes:") may stand alone, or above a list."""
    found = {
        i
        for i, (unit, below) in enumerate(pairwise(units))
        if (unit.kind, below.kind, kinds[i], kinds[i + 1]) == ("line", "line", "keep", "keep")
        and label(unit.text)
        and len(below.text) > 60
        and complete(below.text)
    }
    shared = {
        i
        for i, unit in enumerate(units)
        if (unit.kind, unit.blank, kinds[i]) == ("line", True, "keep")
        and label(unit.text)
        and known_heading(unit.text[:-1])
    }
    for i in found | shared if found and len(found | shared) > 1 else ():
        kinds[i] = "heading"


def _small(units: Sequence[Unit], kinds: list[str], *, titled: bool) -> None:
    """Lines in lower case between paragraphs, blank lines around them, two at least: headings."""
    found = [
        i
        for i, unit in enumerate(units[:-1])
        if unit.kind == units[i + 1].kind == "line"
        and unit.blank
        and units[i + 1].blank
        and unit.text[:1].islower()
        and len(unit.text) <= 70
        and headlike(unit.text[:1].upper() + unit.text[1:])
        and len(units[i + 1].text) > 80
        and complete(units[i + 1].text)
        and (i == 0 or (complete(units[i - 1].text) and units[i - 1].text[-1:] != ":"))
    ]
    for i in found if len(found) > 1 else ():
        kinds[i] = "heading" if i or titled else "title"


def _lettered(units: Sequence[Unit], kinds: list[str]) -> None:
    """Lines that are lettered from A on and end with a colon, three at least: headings."""
    found = [
        i
        for i, unit in enumerate(units)
        if unit.kind == "line" and kinds[i] == "keep" and _LETTERED.fullmatch(unit.text)
    ]
    if len(found) > 2 and "".join(units[i].text[0] for i in found) in _ALPHABET:
        for i in found:
            kinds[i] = "heading"


def _bold_heading(units: Sequence[Unit], i: int) -> bool:
    line = units[i].text.strip()
    followed = i + 1 < len(units) and units[i + 1].kind != "heading"
    return followed and len(line) <= 110 and line.rstrip('"”’)')[-1:] not in ".!;,"


def _title(units: Sequence[Unit]) -> bool:
    line = units[0].text
    if len(units) < 2 or len(line) > 160 or line.rstrip('"”’)')[-1:] in ".!:;,":
        return False
    if re.search(r"[.!…]\s", ABBREVIATION.sub("", line)) or not line[:1].isupper():
        return False
    return title_case(line) or len(line) <= 90


def _plain_heading(units: Sequence[Unit], kinds: Sequence[str], i: int) -> bool:
    unit, line = units[i], units[i].text.strip()
    if not headlike(line) or (i == 0 and len(units) == 1):
        return False
    before = units[i - 1] if i else None
    after = units[i + 1] if i + 1 < len(units) else None
    if after is None:
        return unit.blank and known_heading(line)
    if after.kind == "rule":
        return False  # nothing stands below it
    if CHAIN.match(after.text) or (before is not None and CHAIN.match(before.text)):
        return False  # a title in a chain of related articles
    if i and kinds[i - 1] == kinds[i + 1] == "heading":
        return False  # all that there is below the first of them
    if i and kinds[i - 1] == "question" and not (title_case(line) or known_heading(line)):
        return False  # the answer begins
    if _stacked(units, i):
        return True
    if after.kind == "heading" or (kinds[i + 1] == "question" and not FAQ.search(line)):
        return False
    if before is not None and before.kind == "line" and kinds[i - 1] == "keep":
        if before.text.endswith(":") and not unit.blank:
            return False
        if not complete(before.text) and not unit.blank and not title_case(line):
            return False
    follows = after.kind != "line" or len(after.text) > len(line) or complete(after.text)
    if known_heading(line):
        return True
    if after.kind == "line" and re.match(r"[—–-]\s?[A-Z]", after.text):
        return False  # a quotation, its speaker below
    if BYLINE.fullmatch(after.text) or (after is units[-1] and headlike(after.text)):
        return False  # an author; a signature of two lines
    if line.endswith("?"):
        spoken = re.match(r"(?:and|but|so|or|yet|right|sound|ready|really)\b", line, re.IGNORECASE)
        asks = ASKS.match(line) and len(line.split()) > 2 and len(after.text) > 2 * len(line)
        return follows and not spoken and bool(title_case(line) or unit.blank or asks)
    below = after.kind != "line" or complete(after.text)
    if len(line.split()) < 2:
        return follows and unit.blank and below and (after.blank or after.kind != "list")
    above = before is None or before.kind != "line" or complete(before.text)
    return follows and (title_case(line) or (len(line) <= 60 and above and below))


def _stacked(units: Sequence[Unit], i: int) -> bool:
    """True for a heading right above another one that has text below it."""
    below, text = units[i + 1], units[i + 2 : i + 3]
    if not text or not title_case(units[i].text) or not all(u.blank for u in units[i : i + 3]):
        return False
    above = headlike(below.text) and not complete(below.text)
    asks = ASKS.match(below.text) is not None and question(below.text)
    return (above or asks) and len(text[0].text) > 80 and complete(text[0].text)


# -- from units back to events


def _emit(units: Sequence[Unit], kinds: Sequence[str], text: str) -> Iterator[Event]:
    level = 1  # of the last heading that is no question
    inferred = 0  # level of the inferred headings since the last marked one
    i = 0
    while i < len(units):
        unit, kind = units[i], kinds[i]
        if kind == "item":
            run = [unit]
            while i + len(run) < len(units) and kinds[i + len(run)] == "item":
                run.append(units[i + len(run)])
            yield Event("start", "list", unit.start, run[-1].end)
            for item in run:
                yield from _wrap("item", item)
            yield Event("end", "list", unit.start, run[-1].end)
            i += len(run)
            continue
        if kind == "title":
            level = 1
            yield from _wrap("heading", unit, level)
        elif kind in ("heading", "numbered"):
            inferred = inferred or min(level + 1, 6)
            level = inferred
            shown = unit if kind == "heading" else _without_list(unit, text)
            yield from _wrap("heading", shown, inferred)
        elif kind == "question":
            yield from _wrap("heading", unit, min(level + 1, 6))
        elif unit.kind in ("line", "paragraph"):
            yield from _wrap("paragraph", unit)
        else:
            if unit.kind == "heading":
                level, inferred = unit.events[0].value, 0
            yield from unit.events
        i += 1


def _without_list(unit: Unit, text: str) -> Unit:
    """The words of a list of one item, its number before them."""
    outer = ("list", "item", "paragraph")
    inner = [e for e in unit.events if e.tag not in outer]
    number = Event("text", "", unit.start, inner[0].start, text[unit.start : inner[0].start])
    return Unit("line", (number, *inner), unit.text)


def _wrap(tag: str, unit: Unit, value: int | None = None) -> Iterator[Event]:
    yield Event("start", tag, unit.start, unit.end, "", value)
    yield from unit.events
    yield Event("end", tag, unit.start, unit.end)
