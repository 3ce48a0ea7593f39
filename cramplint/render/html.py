"""Reading -> Body: the article as clean HTML, whole and in parts, and the words of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ..cards import is_mark
from ..meaning import Reading
from ..model import Article, Event, Span
from ..names import anchors, fold
from ..patterns import lazy
from .abbreviations import abbreviations
from .body import TIERS, Body, Flag, Links
from .callouts import marked, opening, stretches
from .labels import Labels, labels
from .parts import FLAG, Tier, Written, blocks_in, flagged, flags, parts, questions, written
from .runs import Group, Heading, Node, Target, end_of, joined, nodes
from .tags import OWN_ID, attribute
from .text import line
from .tidying import places, tidied, ways
from .write import Writer

_COMMENT = lazy(r"<!--\s*cramplint-[^>]*-->")
# Kind of zone -> what the wrapper around it is called.
_NAMES = {
    "disclaimer": "Disclaimer",
    "related": "More to read",
    "bio": "About the author",
    "contact": "Contact",
}


def render(reading: Reading, links: Links, tier: Tier | None = None) -> Body:
    """The body of the article. Headings get the ids that `anchors` gives; the heading that is
    the title is left out, the others follow it without skipping a level. `tier`: says
    of red-flag sections how soon they ask for care."""
    article = reading.article
    label = labels(reading.lang or "en")
    events = tidied(marked(joined(_shown(article)), article.source.text, label))
    tops = nodes(events)
    ids = anchors(article.events)
    title = _title(article, events, tops)
    headings = _headings(events, ids, title)
    body = tuple(node for node in tops if node != title)
    names = {slug: headings[at].id for at, slug in ids.items() if at in headings}
    names |= {heading.id: heading.id for heading in headings.values()}
    if title:
        slug = ids[title.span.start]
        names[slug] = slug
    known = places(events, names)
    targets = _targets(reading, links)
    told = abbreviations(article)
    ids_given = frozenset(names.values())
    writer = Writer(events, ways(links, known), told, label, headings, ids_given, targets)
    warnings = tuple(flags(reading, events, body, headings, tier))
    groups = list(_groups(reading, events, body, headings, warnings, label))
    cut = _notes_at(events, body)
    before, after = (written(writer, part, groups) for part in (body[:cut], body[cut:]))
    made = Written(writer, before + writer.footnotes() + after)
    return Body(
        made.html,
        made.text(body),
        ids.get(title.span.start, "") if title else "",
        tuple(parts(made, body, headings)),
        tuple(questions(reading, made, body)),
        warnings,
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


def _groups(
    reading: Reading,
    events: Sequence[Event],
    body: Sequence[Node],
    headings: Mapping[int, Heading],
    flags: Sequence[Flag],
    label: Labels,
) -> Iterator[Group]:
    """The wrappers around red flags, questions with their answers, disclaimers, and the rest."""
    for number, (span, flag) in enumerate(zip(flagged(reading), flags, strict=True), 1):
        if under := blocks_in(body, span):
            name = label(TIERS[flag.tier])
            said = _label(events, under, headings, name, number)
            own = f' id="{flag.id}"' if flag.id.startswith(FLAG) else ""
            tag = f'<p class="tag"{label.mark}>{name}</p>\n'
            tags = f'<section class="{f"red-flags {flag.tier}".strip()}"{own} {said}>\n{tag}'
            yield _group(under, tags, "</section>\n")
    in_flags = {n for span in flagged(reading) for n in blocks_in(body, span)}
    for stretch in stretches(reading.article.source.text):
        under = blocks_in(body, stretch.span)
        # A box in a box says less than one: that of the red flags.
        if under and in_flags.isdisjoint(under):
            yield _group(under, opening(stretch.kind, stretch.label, label), "</div>\n")
    for pair in reading.pairs:
        under = blocks_in(body, Span(pair.question.start, pair.answer.end))
        if len(under) > 1 and events[under[0].first].tag == "heading":
            yield _group(under, '<section class="qa">\n', "</section>\n")
    for kind, name in _NAMES.items():
        found = [blocks_in(body, zone.span) for zone in reading.zone(kind)]
        if kind == "related":
            found += _marks(events, body, {node for under in found for node in under})
        for number, under in enumerate(_together(found), 1):
            said = _label(events, under, headings, label(name), number)
            yield _group(under, f'<section class="{kind}" {said}>\n', "</section>\n")


def _marks(
    events: Sequence[Event], body: Sequence[Node], entries: Collection[Node]
) -> list[Sequence[Node]]:
    """ "Read More" on a line of its own below a related entry belongs to it."""
    return [
        [below]
        for node, below in pairwise(body)
        if node in entries and is_mark(line(events[below.first : below.last]))
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
        return f'aria-labelledby="{attribute(heading.id)}"'
    return f'aria-label="{name}{f" {number}" if number > 1 else ""}"'
