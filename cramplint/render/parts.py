"""The pieces of a body as data: sections and their blocks, questions, red flags."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..meaning import Reading
from ..model import Event, Span
from .body import Flag, Part, Piece, Question, Words
from .guard import guard
from .runs import Group, Heading, Node, end_of, nodes
from .tags import text as as_text
from .text import line, plain
from .write import Writer

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


class Written:
    """The blocks of a body that was written: `whole` as the writer made it, `html` as the guard
    gave it."""

    def __init__(self, writer: Writer, whole: str) -> None:
        self.writer, self.events = writer, writer.events
        self.html = guard(whole)
        # If it took away nothing from the whole, it would from no block: tags are the same in any
        # of them, and none that is let through changes how what stands inside is read.
        self.clean = self.html == whole
        self.texts: dict[Node, str] = {}

    def both(self, under: Sequence[Node]) -> Words:
        """The HTML and the text of some blocks that follow each other. Raw HTML that goes on
        behind them is closed."""
        pieces = [self.writer.again(node.first, node.last) for node in under]
        html = "".join(filter(None, pieces))
        if None in pieces:
            html = written(self.writer, under, noted=False)
        return Words(html if self.clean else guard(html), self.text(under))

    def text(self, under: Iterable[Node]) -> str:
        return "\n\n".join(filter(None, map(self._words, under)))

    def _words(self, node: Node) -> str:
        if node not in self.texts:
            self.texts[node] = plain(self.events[node.first : node.last])
        return self.texts[node]


def written(
    writer: Writer, body: Sequence[Node], groups: Sequence[Group] = (), *, noted: bool = True
) -> str:
    return "".join(
        writer.write(run[0].first, run[-1].last, groups, noted=noted) for run in _runs(body) if run
    )


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


def parts(made: Written, body: Sequence[Node], headings: Mapping[int, Heading]) -> Iterator[Part]:
    events = made.events
    starts = [i for i, n in enumerate(body) if events[n.first].tag == "heading"]
    if not starts or starts[0] > 0:
        starts = [-1, *starts]
    for i, after in zip(starts, [*starts[1:], len(body)], strict=True):
        heading = headings.get(body[i].span.start, Heading("", 0, "")) if i >= 0 else None
        inside = body[i + 1 : after]
        if heading or inside:
            id_, level, title = heading or Heading("", 0, "")
            html, text = made.both(inside)
            yield Part(id_, title, level, html, text, tuple(_pieces(made, inside)))


def _pieces(made: Written, inside: Sequence[Node]) -> Iterator[Piece]:
    """The blocks one by one. Raw HTML that spans several is closed in each."""
    events = made.events
    for node in inside:
        first = events[node.first]
        kind = "rule" if first.kind == "rule" else _KINDS.get(first.tag, "")
        html, text = made.both([node])
        if not kind or not (html.strip() or text):
            continue
        if kind == "list":
            items = (made.both([item]) for item in _inside(events, node))
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


def questions(reading: Reading, made: Written, body: Sequence[Node]) -> Iterator[Question]:
    for pair in reading.pairs:
        words = reading.article.words
        answer = blocks_in(body, pair.answer)
        if answer:
            yield Question(words(pair.question), *made.both(answer))
        elif text := words(pair.answer):
            yield Question(words(pair.question), f"<p>{as_text(text)}</p>\n", text)


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
