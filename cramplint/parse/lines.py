"""What the lines of a scraped page are: headings, questions, items that lost their bullets.

Scraped pages often put one paragraph on a line, without blank lines, with headings and questions
as bare lines. A Markdown parser takes such a page for one paragraph, and we for nothing better
before this step. It works on events, so it serves Markdown and plain text alike; it splits and
renames, and never drops or moves a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model import Event
from ..shapes import (
    ABBREVIATION,
    ANSWER,
    CHAIN,
    FAQ,
    KNOWN_HEADING,
    TIMELINE,
    TWO_SENTENCES,
    complete,
    headlike,
    question,
    title_case,
)

_BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class Unit:
    """A top-level piece: a line of a paragraph, or any other block as it came.
    `kind`: line, or the tag of the block. `blank`: a blank line stands before it."""

    kind: str
    events: tuple[Event, ...]
    text: str = ""
    blank: bool = True

    @property
    def start(self) -> int:
        return self.events[0].start

    @property
    def end(self) -> int:
        return self.events[-1].end


def recover(events: Iterable[Event], text: str, *, plain: bool, titled: bool) -> Iterator[Event]:
    """The events with the page's lost structure put back; those of a sound page are left as they are.

    `plain`: the source is plain text; `titled`: the front matter names a title.
    """
    blocks = list(_top_level(events))
    by_line = _one_paragraph_a_line(blocks, text, plain)
    units = list(_units(blocks, text, by_line, plain))
    marked = sum(u.kind == "heading" for u in units)
    infer = (
        by_line or plain or not any(u.kind == "heading" and u.events[0].value > 1 for u in units)
    )
    kinds = _classify(units, plain_headings=infer and marked < 2, titled=titled or marked > 0)
    yield from _emit(units, kinds)


# -- from events to units


def _top_level(events: Iterable[Event]) -> Iterator[tuple[Event, ...]]:
    held: list[Event] = []
    depth = 0
    for event in events:
        held.append(event)
        depth += (event.kind == "start") - (event.kind == "end")
        if not depth:
            yield tuple(held)
            held = []


def _split(inner: Sequence[Event]) -> list[tuple[Event, ...]]:
    """Inline events cut at the line breaks that stand in no emphasis or link."""
    pieces: list[list[Event]] = [[]]
    depth = 0
    for event in inner:
        depth += (event.kind == "start") - (event.kind == "end")
        if event.kind in _BREAKS and not depth:
            pieces.append([])
        else:
            pieces[-1].append(event)
    return [tuple(p) for p in pieces if p]


def _shown(events: Iterable[Event]) -> str:
    return "".join(e.text if e.kind in ("text", "code") else " " for e in events).strip()


def _one_paragraph_a_line(blocks: Sequence[tuple[Event, ...]], text: str, plain: bool) -> bool:
    """True if line breaks end paragraphs on this page; False if they are mere wrapping."""
    paragraphs = [
        [_shown(x) for x in _split(block[1:-1])] for block in blocks if block[0].tag == "paragraph"
    ]
    longest = max((len(x) for lines in paragraphs for x in lines), default=0)
    breaks = whole = many = headed = 0
    for block in blocks:
        if block[0].tag == "list" and not plain:
            # A line at the margin below an item: wrapped text goes on in lower case.
            at_margin = [e for e in block if e.kind in _BREAKS and _margin(e, text)]
            breaks += len(at_margin)
            whole += sum(not text[e.end : e.end + 1].islower() for e in at_margin)
    for lines in paragraphs:
        for before, after in pairwise(lines):
            opens = after[:1].isupper() or not after[:1].isalpha()
            # Where the next word would have fitted, the line was ended on purpose.
            roomy = plain and len(before) + 1 + len(after.partition(" ")[0]) < 0.9 * longest
            breaks += 1
            whole += opens and (complete(before) or headlike(before)) or roomy
            headed += opens and headlike(before) and not complete(before)
        many += len(lines) > 1 and sum(bool(TWO_SENTENCES.search(x)) for x in lines)
    if breaks < 3:
        return plain and (not breaks or whole / breaks > 0.5 or longest > 120)
    if whole / breaks < (0.5 if plain else 0.8):
        return False
    some = breaks + len(paragraphs)
    return (
        plain or longest > 160 or headed >= 2 or many / some >= 0.2 or some >= 9 * len(paragraphs)
    )


def _margin(event: Event, text: str) -> bool:
    return text[event.end - 1 : event.end] == "\n" and not text[event.end : event.end + 1].isspace()


def _units(
    blocks: Sequence[tuple[Event, ...]], text: str, by_line: bool, plain: bool
) -> Iterator[Unit]:
    for block in blocks:
        first = block[0]
        if first.tag == "paragraph":
            lines = _split(block[1:-1])
            if by_line:
                for i, line in enumerate(lines):
                    yield Unit("line", line, _shown(line), blank=i == 0)
            else:
                one_line = len(lines) == 1
                yield Unit("line" if one_line else "paragraph", block[1:-1], _shown(block[1:-1]))
        elif first.tag == "list" and by_line:
            yield from _unlazy(block, text, plain)
        else:
            yield Unit(first.tag or first.kind, block, _shown(block))


def _unlazy(block: tuple[Event, ...], text: str, plain: bool) -> Iterator[Unit]:
    """A list, and the lines that a parser drew into its items though they begin at the margin."""
    held: list[Event] = [block[0]]
    loose: list[Unit] = []
    depth = 0
    skipping = False
    line: list[Event] = []
    for event in block[1:-1]:
        depth += (event.kind == "start" and event.tag in ("item", "list", "quote")) - (
            event.kind == "end" and event.tag in ("item", "list", "quote")
        )
        ends = event.kind in _BREAKS and depth == 1 and _margin(event, text)
        if ends and not (plain and text[event.end : event.end + 1].islower()):
            if line:
                loose.append(Unit("line", tuple(line), _shown(line), blank=False))
            if not skipping:
                _cut(held, event.start)
            line, skipping = [], True
            continue
        if skipping and event.kind == "end" and event.tag in ("item", "paragraph"):
            if line:
                loose.append(Unit("line", tuple(line), _shown(line), blank=False))
                line = []
            if event.tag == "item":
                skipping = False
        if skipping and not (event.kind == "end" and event.tag == "paragraph"):
            line.append(event)
            continue
        if loose and event.kind == "start" and event.tag == "item":
            yield Unit("list", (*held, block[-1]), _shown(held))
            yield from loose
            held, loose = [block[0]._replace(start=event.start)], []
        held.append(event)
    yield Unit("list", (*held, block[-1]), _shown(held))
    yield from loose


def _cut(held: list[Event], end: int) -> None:
    """Let the item that is open in `held`, and the paragraph in it, end at `end`."""
    for i in range(len(held) - 1, 0, -1):
        if held[i].kind == "start":
            held[i] = held[i]._replace(end=end)
            if held[i].tag == "item":
                return


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
    for i, unit in enumerate(units):
        if unit.kind != "line" or kinds[i] != "keep":
            continue
        if _bold(unit) and _bold_heading(units, i):
            kinds[i] = "heading"
        elif not plain_headings:
            continue
        elif i == 0 and not titled and _title(units):
            kinds[0] = "title"
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
                if odd or title_case(last) and not any(map(title_case, rest)):
                    j -= 1
            run = units[i + 1 : j]
            if len(run) >= 2 or (run and run[0].text[:1].islower()):
                for k in range(i + 1, j):
                    kinds[k] = "item"
                i = j
                continue
        i += 1


def _itemlike(unit: Unit, *, first: bool) -> bool:
    line = unit.text.rstrip()
    return (
        unit.kind == "line"
        and (first or not unit.blank)
        and len(line) <= 110
        and line[-1:] not in ".!?:"
        and not TIMELINE.match(line)
        and not CHAIN.search(line)
        and not _bold(unit)
    )


def _questions(units: Sequence[Unit], kinds: list[str]) -> None:
    """Question lines with answers, two at least near each other, or below a heading that says so."""
    asked = [
        i
        for i, unit in enumerate(units)
        if unit.kind == "line"
        and kinds[i] == "keep"
        and question(unit.text)
        and not CHAIN.search(unit.text)
    ]

    def answered(i: int) -> bool:
        return i + 1 < len(units) and (
            units[i + 1].kind != "heading"
            and i + 1 not in asked
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
        prefixed = re.match(r"q\d*[:.)]\s", units[i].text, re.IGNORECASE)
        if near or said or prefixed or _bold(units[i]):
            kinds[i] = "question"


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
    if not headlike(line) or i == 0 and len(units) == 1:
        return False
    before = units[i - 1] if i else None
    after = units[i + 1] if i + 1 < len(units) else None
    if after is None:
        return unit.blank and (title_case(line) or bool(KNOWN_HEADING.fullmatch(line)))
    if CHAIN.match(after.text) or before is not None and CHAIN.match(before.text):
        return False  # a title in a chain of related articles
    if after.kind == "heading" or kinds[i + 1] == "question" and not FAQ.search(line):
        return False
    if before is not None and before.kind == "line" and kinds[i - 1] == "keep":
        if before.text.endswith(":") and not unit.blank:
            return False
        if not complete(before.text) and not unit.blank and not title_case(line):
            return False
    follows = after.kind != "line" or len(after.text) > len(line) or complete(after.text)
    if KNOWN_HEADING.fullmatch(line):
        return True
    if after.kind == "line" and re.match(r"[—–-]\s?[A-Z]", after.text):
        return False  # a quotation, its speaker below
    if line.endswith("?"):
        spoken = re.match(r"(?:and|but|so|or|yet|right|sound|ready|really)\b", line, re.IGNORECASE)
        return follows and not spoken and (title_case(line) or unit.blank)
    if len(line.split()) < 2:
        return follows and unit.blank and after.blank and complete(after.text)
    return follows and (
        title_case(line)
        or (len(line) <= 60 and complete(after.text) and complete(before.text if before else "."))
    )


# -- from units back to events


def _emit(units: Sequence[Unit], kinds: Sequence[str]) -> Iterator[Event]:
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
        elif kind == "heading":
            inferred = inferred or min(level + 1, 6)
            level = inferred
            yield from _wrap("heading", unit, inferred)
        elif kind == "question":
            yield from _wrap("heading", unit, min(level + 1, 6))
        elif unit.kind in ("line", "paragraph"):
            yield from _wrap("paragraph", unit)
        else:
            if unit.kind == "heading":
                level, inferred = unit.events[0].value, 0
            yield from unit.events
        i += 1


def _wrap(tag: str, unit: Unit, value: int | None = None) -> Iterator[Event]:
    yield Event("start", tag, unit.start, unit.end, "", value)
    yield from unit.events
    yield Event("end", tag, unit.start, unit.end)
