"""The shape of a flat run of events: where elements end, which blocks stand at the top."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..model import Event, Span


class Node(NamedTuple):
    """A block at the top: events `first` to `last` (exclusive), and its place in the source."""

    first: int
    last: int
    span: Span


class Target(NamedTuple):
    """A stretch of text that becomes a link."""

    span: Span
    href: str


class Heading(NamedTuple):
    """`level` on the page, 2 to 6; `title` in plain words."""

    id: str
    level: int
    title: str


class Group(NamedTuple):
    """A wrapper around whole blocks: `start` and `end` count events."""

    start: int
    end: int
    open: str
    close: str


def nodes(events: Sequence[Event]) -> tuple[Node, ...]:
    found: list[Node] = []
    at = 0
    while at < len(events):
        last = end_of(events, at) + 1
        found.append(Node(at, last, Span(events[at].start, events[last - 1].end)))
        at = last
    return tuple(found)


def end_of(events: Sequence[Event], at: int) -> int:
    """The end event of the element that starts at `at`; `at` itself for a leaf."""
    depth = 0
    for i in range(at, len(events)):
        depth += (events[i].kind == "start") - (events[i].kind == "end")
        if depth <= 0:
            return i
    return len(events) - 1


def footnotes(events: Sequence[Event]) -> dict[int, int]:
    """Where a footnote's text begins -> where it ends, as numbers of events."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for i, event in enumerate(events):
        if event.tag == "footnote" and event.kind == "start":
            opened.append(i)
        elif event.tag == "footnote" and event.kind == "end" and opened:
            found[opened.pop()] = i
    return dict(sorted(found.items()))


def joined(events: Iterable[Event]) -> tuple[Event, ...]:
    """The same with neighbouring texts as one, where each stands in the source as it is."""
    found: list[Event] = []
    texts: list[str] = []  # of the last event, which is an exact text, still apart
    for event in events:
        exact = event.kind == "text" and len(event.text) == event.end - event.start
        if exact and texts and found[-1].end == event.start:
            texts.append(event.text)
            found[-1] = found[-1]._replace(end=event.end)
            continue
        if len(texts) > 1:
            found[-1] = found[-1]._replace(text="".join(texts))
        texts = [event.text] if exact else []
        found.append(event)
    if len(texts) > 1:
        found[-1] = found[-1]._replace(text="".join(texts))
    return tuple(found)


def cut(event: Event, targets: Sequence[Target]) -> list[tuple[str, Target | None]]:
    """The text of `event` in pieces, each with the one of `targets` (in order, apart) around it."""
    first = max(bisect_right(targets, event.start, key=lambda t: t.span.start) - 1, 0)
    exact = len(event.text) == event.end - event.start
    pieces: list[tuple[str, Target | None]] = []
    at = event.start
    for target in targets[first:]:
        if target.span.start >= event.end:
            break
        start, end = max(target.span.start, at), min(target.span.end, event.end)
        if start < end and not exact:
            return [(event.text, target)]
        if start < end:
            pieces.append((event.text[at - event.start : start - event.start], None))
            pieces.append((event.text[start - event.start : end - event.start], target))
            at = end
    pieces.append((event.text[at - event.start :] if exact else event.text, None))
    return [piece for piece in pieces if piece[0]]
