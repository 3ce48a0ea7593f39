"""Reading -> Body: the article as clean HTML, whole and in parts, and the words of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from ..meaning import Reading
from ..model import Article, Event, Span
from ..names import anchors, fold
from ..patterns import lazy
from ..shapes import CHAIN_MARK
from .body import TIERS, Body, Flag, Links, Part, Question
from .callouts import marked, opening, stretches
from .raw import BLOCK, INLINE
from .runs import Node, Target, end_of, joined, nodes
from .tags import OWN_ID
from .text import line, plain
from .urls import LINKS
from .write import Group, Heading, Writer

_FLAG = "Page-flag-"  # begins the id of a red-flag section without a heading
_COMMENT = lazy(r"<!--\s*cramplint-[^>]*-->")
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {9, 10})
# Kind of zone -> what the wrapper around it is called.
_NAMES = {
    "disclaimer": "Disclaimer",
    "related": "More to read",
    "bio": "About the author",
    "contact": "Contact",
}
# What Writer writes, and nothing besides.
_TAGS = set(INLINE | BLOCK) | {"h2", "h3", "h4", "h5", "h6", "section"}
_ATTRIBUTES = {
    "a": {"href", "rel", "title", "id", "class", "aria-label"},
    "abbr": {"title"},
    "code": {"class"},
    "dfn": {"title"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class"},
    "section": {"class", "id", "aria-label", "aria-labelledby", "tabindex"},
    "span": {"role", "aria-label"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "scope", "colspan", "rowspan"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
for _name in INLINE | BLOCK:  # what raw HTML may carry
    _ATTRIBUTES.setdefault(_name, set()).add("id")


# (heading, text) of a red-flag section -> its tier, as `Flag` has it.
Tier = Callable[[str, str], str]


def render(reading: Reading, links: Links, tier: Tier | None = None) -> Body:
    """The body of the article. Headings get the ids that `anchors` gives; the heading that is
    the title is left out, the others follow it without skipping a level. `tier`: says
    of red-flag sections how soon they ask for care."""
    article = reading.article
    events = marked(joined(_shown(article)), article.source.text)
    tops = nodes(events)
    ids = anchors(article.events)
    title = _title(article, events, tops)
    headings = _headings(events, ids, title)
    body = tuple(node for node in tops if node != title)
    names = {slug: headings[at].id if at in headings else slug for at, slug in ids.items()}
    names |= {heading.id: heading.id for heading in headings.values()}
    writer = Writer(events, headings, names, _targets(reading, links), links)
    flags = tuple(_flags(reading, events, body, headings, tier))
    groups = list(_groups(reading, events, body, headings, flags))
    cut = _notes_at(events, body)
    before, after = (_written(writer, part, groups) for part in (body[:cut], body[cut:]))
    return Body(
        guard(before + writer.footnotes() + after),
        "\n\n".join(filter(None, (plain(events[n.first : n.last]) for n in body))),
        ids.get(title.span.start, "") if title else "",
        tuple(_parts(writer, events, body, headings)),
        tuple(_questions(reading, writer, events, body)),
        flags,
    )


def guard(html: str) -> str:
    """`html` again, by another parser, with nothing left that is not on the list."""
    import nh3

    return nh3.clean(
        html.translate(_CONTROLS),
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        url_schemes=set(LINKS),
        link_rel=None,
    )


def _shown(article: Article) -> Iterator[Event]:
    """The events; in plain text, where a comment is text like any other, without ours."""
    for event in article.events:
        if article.source.kind == "text" and event.kind == "text" and "<!--" in event.text:
            kept = _COMMENT.sub("", event.text)
            if kept.strip():
                yield event._replace(text=kept)
        else:
            yield event


def _title(article: Article, events: Sequence[Event], tops: Sequence[Node]) -> Node | None:
    """The first heading of level 1, if it says what the title says."""
    for node in tops:
        first = events[node.first]
        if first.tag == "heading" and first.value == 1:
            said = line(events[node.first : node.last])
            return node if fold(said) == fold(article.title) else None
    return None


def _notes_at(events: Sequence[Event], body: Sequence[Node]) -> int:
    """Before which block the footnotes go: where a section holds nothing else, else the end."""
    tags = [events[node.first].tag for node in body]
    for i, (tag, below) in enumerate(pairwise(tags)):
        if tag == "heading" and below == "footnote":
            end = next((j for j in range(i + 1, len(tags)) if tags[j] != "footnote"), len(tags))
            if end == len(tags) or tags[end] == "heading":
                return end
    return len(body)


def _written(writer: Writer, body: Sequence[Node], groups: Sequence[Group] = ()) -> str:
    return "".join(writer.write(run[0].first, run[-1].last, groups) for run in _runs(body) if run)


def _runs(body: Sequence[Node]) -> list[list[Node]]:
    """Blocks that follow each other, cut where the title stood."""
    runs: list[list[Node]] = [[]]
    for node in body:
        if runs[-1] and runs[-1][-1].last != node.first:
            runs.append([])
        runs[-1].append(node)
    return runs


def _headings(
    events: Sequence[Event], ids: Mapping[int, str], title: Node | None
) -> dict[int, Heading]:
    """How to show each heading: below the title, never more than one level deeper than before."""
    shown: dict[int, Heading] = {}
    above: list[int] = []
    given = set(ids.values())
    for i, event in enumerate(events):
        if event.kind != "start" or event.tag != "heading" or (title and i == title.first):
            continue
        while above and above[-1] >= event.value:
            above.pop()
        above.append(event.value)
        words = line(events[i : end_of(events, i) + 1])
        # An id that the author wrote, {#so}, if it names this heading alone.
        stated = event.text if event.text not in given and not OWN_ID.match(event.text) else ""
        given.add(stated)
        id_ = stated or ids[event.start]
        shown[event.start] = Heading(id_, min(6, 1 + len(above)), words)
    return shown


def _targets(reading: Reading, links: Links) -> list[Target]:
    """The titles without a link that name a published page."""
    found: list[Target] = []
    for related in sorted(reading.related):
        href = links.find(related.title)
        if href and (not found or found[-1].span.end <= related.span.start):
            found.append(Target(related.span, href))
    return found


def _under(body: Sequence[Node], span: Span) -> Sequence[Node]:
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


def _groups(
    reading: Reading,
    events: Sequence[Event],
    body: Sequence[Node],
    headings: Mapping[int, Heading],
    flags: Sequence[Flag],
) -> Iterator[Group]:
    """The wrappers around red flags, questions with their answers, disclaimers, and the rest."""
    for number, (span, flag) in enumerate(zip(_flagged(reading), flags, strict=True), 1):
        if under := _under(body, span):
            label = _label(events, under, headings, TIERS[flag.tier], number)
            own = f' id="{flag.id}"' if flag.id.startswith(_FLAG) else ""
            tag = f'<p class="tag">{TIERS[flag.tier]}</p>\n'
            tags = f'<section class="{f"red-flags {flag.tier}".strip()}"{own} {label}>\n{tag}'
            yield _group(under, tags, "</section>\n")
    for stretch in stretches(reading.article.source.text):
        if under := _under(body, stretch.span):
            yield _group(under, opening(stretch.kind, stretch.label), "</section>\n")
    for pair in reading.pairs:
        under = _under(body, Span(pair.question.start, pair.answer.end))
        if len(under) > 1 and events[under[0].first].tag == "heading":
            yield _group(under, '<section class="qa">\n', "</section>\n")
    for kind, name in _NAMES.items():
        found = [_under(body, zone.span) for zone in reading.zone(kind)]
        if kind == "related":
            found += _marks(events, body, {node for under in found for node in under})
        for number, under in enumerate(_together(found), 1):
            label = _label(events, under, headings, name, number)
            yield _group(under, f'<section class="{kind}" {label}>\n', "</section>\n")


def _marks(
    events: Sequence[Event], body: Sequence[Node], entries: Collection[Node]
) -> list[Sequence[Node]]:
    """ "Read More" on a line of its own below a related entry belongs to it."""
    return [
        [below]
        for node, below in pairwise(body)
        if node in entries and CHAIN_MARK.fullmatch(line(events[below.first : below.last]))
    ]


def _group(under: Sequence[Node], opening: str, closing: str) -> Group:
    return Group(under[0].first, under[-1].last, opening, closing)


def _together(stretches: Iterable[Sequence[Node]]) -> list[list[Node]]:
    """The stretches in order, those that touch or overlap made one."""
    found: list[list[Node]] = []
    for under in sorted(filter(None, map(list, stretches))):
        if found and under[0].first <= found[-1][-1].last:
            found[-1] = sorted({*found[-1], *under})
        else:
            found.append(under)
    return found


def _label(
    events: Sequence[Event],
    under: Sequence[Node],
    headings: Mapping[int, Heading],
    name: str,
    number: int,
) -> str:
    heading = headings.get(events[under[0].first].start)
    if heading and events[under[0].first].tag == "heading":
        return f'aria-labelledby="{escape(heading.id)}"'
    return f'aria-label="{name}{f" {number}" if number > 1 else ""}"'


def _parts(
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
            html, text = _both(writer, events, inside)
            id_, level, title = heading or Heading("", 0, "")
            yield Part(id_, title, level, html, text)


def _both(writer: Writer, events: Sequence[Event], inside: Sequence[Node]) -> tuple[str, str]:
    """The HTML and the text of some blocks."""
    html = _written(writer, inside)
    text = "\n\n".join(filter(None, (plain(events[n.first : n.last]) for n in inside)))
    return guard(html), text


def _questions(
    reading: Reading, writer: Writer, events: Sequence[Event], body: Sequence[Node]
) -> Iterator[Question]:
    for pair in reading.pairs:
        words = reading.article.words
        answer = _under(body, pair.answer)
        if answer:
            yield Question(words(pair.question), *_both(writer, events, answer))
        elif text := words(pair.answer):
            yield Question(words(pair.question), f"<p>{escape(text, quote=False)}</p>\n", text)


def _flagged(reading: Reading) -> list[Span]:
    return sorted(reading.red_flags.sections)


def _flags(
    reading: Reading,
    events: Sequence[Event],
    body: Sequence[Node],
    headings: Mapping[int, Heading],
    tier: Tier | None,
) -> Iterator[Flag]:
    for number, span in enumerate(_flagged(reading), 1):
        under = _under(body, span)
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
        id_ = heading.id if heading else f"{_FLAG}{number}"
        yield Flag(id_, tier(title, text) if tier else "", title, text, signs)
