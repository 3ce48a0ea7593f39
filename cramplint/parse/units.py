"""Events -> units: the lines of a page whose paragraphs stand one on a line, else its blocks.

Scraped pages often put one paragraph on a line, without blank lines. A Markdown parser takes such a
page for one paragraph, and we for nothing better before this step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model import Event
from ..shapes import TWO_SENTENCES, complete, headlike

_BREAKS = ("softbreak", "hardbreak")
_BLOCKS = frozenset({"paragraph", "heading", "list", "quote", "code_block", "table", "footnote"})


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


def to_units(events: Iterable[Event], text: str, *, plain: bool) -> tuple[list[Unit], bool]:
    """The units of a page, and whether its line breaks end paragraphs. `plain`: plain text."""
    blocks = list(_top_level(events))
    by_line = _one_paragraph_a_line(blocks, text, plain)
    return list(_units(blocks, text, by_line, plain)), by_line


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
            goes_on = [text[e.end : e.end + 1].islower() for e in at_margin]
            address = [text.startswith(("http://", "https://"), e.end) for e in at_margin]
            whole += sum(a or not g for a, g in zip(address, goes_on, strict=True))
    for lines in paragraphs:
        for before, after in pairwise(lines):
            opens = after[:1].isupper() or not after[:1].isalpha()
            # Where the next word would have fitted, the line was ended on purpose.
            roomy = plain and len(before) + 1 + len(after.partition(" ")[0]) < 0.9 * longest
            breaks += 1
            whole += (opens and (complete(before) or headlike(before))) or roomy
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
            apart = first.tag != "list" or _apart(text, first.start)
            yield Unit(first.tag or first.kind, block, _shown(block), apart)


def _apart(text: str, start: int) -> bool:
    """True if the line above the one of `start` is blank."""
    end = text.rfind("\n", 0, start)
    return end < 0 or not text[text.rfind("\n", 0, end) + 1 : end].strip()


def _unlazy(block: tuple[Event, ...], text: str, plain: bool) -> Iterator[Unit]:
    """A list, and the lines that a parser drew into its items though they begin at the margin."""
    held: list[Event] = [block[0]]
    loose: list[Unit] = []
    depth = 0
    skipping = False
    line: list[Event] = []
    inner: list[Event] = []  # a block below such a line, as far as it is read
    level = 0
    for event in block[1:-1]:
        depth += (event.kind == "start" and event.tag in ("item", "list", "quote")) - (
            event.kind == "end" and event.tag in ("item", "list", "quote")
        )
        if skipping and (inner or (event.kind == "start" and event.tag in _BLOCKS)):
            if line:
                loose.append(Unit("line", tuple(line), _shown(line), blank=False))
                line = []
            inner.append(event)
            level += (event.kind == "start") - (event.kind == "end")
            if not level:
                loose += _below(tuple(inner))
                inner = []
            continue
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


def _below(block: tuple[Event, ...]) -> Iterator[Unit]:
    """The units of a block that stands in an item below a line of its own."""
    if block[0].tag == "paragraph":
        for line in _split(block[1:-1]):
            yield Unit("line", line, _shown(line), blank=False)
    else:
        yield Unit(block[0].tag, block, _shown(block), blank=False)


def _cut(held: list[Event], end: int) -> None:
    """Let the item that is open in `held`, and the paragraph in it, end at `end`."""
    for i in range(len(held) - 1, 0, -1):
        if held[i].kind == "start":
            held[i] = held[i]._replace(end=end)
            if held[i].tag == "item":
                return
