"""The pieces of a body as data: sections and their blocks, questions, red flags."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from ..meaning import Reading
from ..model import Event, Span
from .body import Flag, Part, Piece, Question, Words
from .guard import guard
from .runs import Node, end_of, nodes
from .text import line, plain
from .write import Group, Heading, Writer

FLAG = "Page-flag-"  # begins the id of a red-flag section without a heading
_KINDS = {
    "paragraph": "paragraph",
    "list": "list",
    "table": "table",
    "quote": "quote",
    "callout": "callout",
    "code_block": "code",
    "html_block": "html",
}
# (heading, text) of a red-flag section -> its tier, as `Flag` has it.
Tier = Callable[[str, str], str]


def written(writer: Writer, body: Sequence[Node], groups: Sequence[Group] = ()) -> str:
    return "".join(writer.write(run[0].first, run[-1].last, groups) for run in _runs(body) if run)


def _runs(body: Sequence[Node]) -> list[list[Node]]:
    """Blocks that follow each other, cut where the title stood."""
    runs: list[list[Node]] = [[]]
    for node in body:
        if runs[-1] and runs[-1][-1].last != node.first:
            runs.append([])
        runs[-1].append(node)
    return runs


def blocks_in(body: Sequence[Node], span: Span) -> Sequence[Node]:
    """The blocks that lie in `span` for the greater part."""
    first = max(bisect_right(body, span.start, key=lambda n: n.span.start) - 1, 0)
    last = bisect_left(body, span.end, key=lambda n: n.span.start)
    return [
        n
        for n in body[first:last]
        if 2 * (min(n.span.end, span.end) - max(n.span.start, span.start)) > len_of(n.span)
    ]


def len_of(span: Span) -> int:
    return span.end - span.start


def parts(
    writer: Writer,
    events: Sequence[Event],
    body: Sequence[Node],
    headings: Mapping[int, Heading],
) -> Iterator[Part]:
    starts = [i for i, n in enumerate(body) if events[n.first].tag == "heading"]
    if not starts or starts[0] > 0:
        starts = [-1, *starts]
    for i, after in zip(starts, [*starts[1:], len(body)], strict=True):
        heading = headings.get(body[i].span.start, Heading("", 0, "")) if i >= 0 else None
        inside = body[i + 1 : after]
        if heading or inside:
            id_, level, title = heading or Heading("", 0, "")
            html, text = _both(writer, events, inside)
            yield Part(id_, title, level, html, text, tuple(_pieces(writer, events, inside)))


def _pieces(writer: Writer, events: Sequence[Event], inside: Sequence[Node]) -> Iterator[Piece]:
    """The blocks one by one. Raw HTML that spans several is closed in each."""
    for node in inside:
        first = events[node.first]
        kind = "rule" if first.kind == "rule" else _KINDS.get(first.tag, "")
        html, text = _both(writer, events, [node])
        if not kind or not (html.strip() or text):
            continue
        if kind == "list":
            items = (Words(*_both(writer, events, [item])) for item in _inside(events, node))
            yield Piece(kind, html, text, first.value is not None, tuple(items))
        elif kind == "table":
            rows = [_cells(events, row) for row in _inside(events, node)]
            yield Piece(kind, html, text, rows=tuple(rows))
        else:
            yield Piece(kind, html, text)


def _inside(events: Sequence[Event], outer: Node) -> list[Node]:
    """What stands in each element right inside `outer`."""
    found = nodes(events[outer.first + 1 : outer.last - 1])
    at = outer.first + 1
    return [Node(at + n.first + 1, at + n.last - 1, n.span) for n in found]


def _cells(events: Sequence[Event], row: Node) -> tuple[str, ...]:
    inside = events[row.first : row.last]
    return tuple(line(inside[cell.first : cell.last]) for cell in nodes(inside))


def _both(writer: Writer, events: Sequence[Event], inside: Sequence[Node]) -> tuple[str, str]:
    """The HTML and the text of some blocks."""
    html = written(writer, inside)
    text = "\n\n".join(filter(None, (plain(events[n.first : n.last]) for n in inside)))
    return guard(html), text


def questions(
    reading: Reading, writer: Writer, events: Sequence[Event], body: Sequence[Node]
) -> Iterator[Question]:
    for pair in reading.pairs:
        words = reading.article.words
        answer = blocks_in(body, pair.answer)
        if answer:
            yield Question(words(pair.question), *_both(writer, events, answer))
        elif text := words(pair.answer):
            yield Question(words(pair.question), f"<p>{escape(text, quote=False)}</p>\n", text)


def flagged(reading: Reading) -> list[Span]:
    return sorted(reading.red_flags.sections)


def flags(
    reading: Reading,
    events: Sequence[Event],
    body: Sequence[Node],
    headings: Mapping[int, Heading],
    tier: Tier | None,
) -> Iterator[Flag]:
    for number, span in enumerate(flagged(reading), 1):
        under = blocks_in(body, span)
        if not under:
            words = reading.article.words(span)
            yield Flag("", tier("", words) if tier else "", "", words, ())
            continue
        first = events[under[0].first]
        heading = headings.get(first.start) if first.tag == "heading" else None
        rest = under[1:] if heading else under
        signs = tuple(
            line(events[i : end_of(events, i) + 1])
            for node in rest
            for i in range(node.first, node.last)
            if events[i].kind == "start" and events[i].tag == "item"
        )
        text = "\n\n".join(filter(None, (plain(events[n.first : n.last]) for n in rest)))
        title = heading.title if heading else ""
        id_ = heading.id if heading else f"{FLAG}{number}"
        yield Flag(id_, tier(title, text) if tier else "", title, text, signs)
