"""mechanism: a chain of reasons in the place of a trial."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..expressions import finder
from ..guards import guards_at
from ..meaning import Reading, Sentence
from ..model import Article, Finding, Rule, Span
from ..patterns import lowered
from ..rules import finding
from ..search import NOT_OWN, hits
from ..site import Site

_DENIED = frozenset({"negated", "attributed", "quoted", "question", "hedged", "study"})


def mechanism(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A section in which `least` words of cause or more tie a nutrient to what the body feels, and
    that cites nothing; where sections hold fewer, the whole page. The first such sentence is
    marked.

    `causes`: the words of cause. `means`: the nutrients, named before in the section. `ends`: what
    the body feels, named in the sentence. `gains`: what the section, or the page, must say as well:
    that more of the nutrient helps. `exempt`: types of page that explain how a body works.
    """
    params = rule.params
    article = reading.article
    if reading.type in params["exempt"]:
        return
    whole_page = Span(0, len(article.source.text))
    if not all(_search(article, params[key], whole_page) for key in ("gains", "means")):
        return
    causes: dict[Sentence, list[Span]] = {}
    for sentence, hit in hits(reading, params["causes"]):
        causes.setdefault(sentence, []).append(hit)
    if sum(map(len, causes.values())) < params["least"]:
        return
    sections = [
        (span, tuple(_tied(reading, span, causes, params["means"], params["ends"])))
        for span in _sections(reading)
    ]

    def count(tied: Sequence[Sentence]) -> int:
        return sum(len(causes[sentence]) for sentence in tied)

    full = [(span, tied) for span, tied in sections if count(tied) >= params["least"]]
    if not full:
        whole = tuple(sentence for _, tied in sections for sentence in tied)
        enough = count(whole) >= params["least"]
        full = [(whole_page, whole)] if enough else []
    for span, tied in full:
        gains = _search(article, params["gains"], span)
        if gains and not any("cited" in sentence.guards for sentence in reading.sentences_in(span)):
            yield finding(rule, reading, tied[0].span, count=count(tied))


def _sections(reading: Reading) -> Iterator[Span]:
    """What stands under each heading, up to the next one of any level, and before the first."""
    article = reading.article
    starts = [b.span.start for b in article.blocks if b.kind == "heading"]
    for start, end in pairwise([article.meta.span.end, *starts, len(article.source.text)]):
        yield Span(start, end)


def _tied(
    reading: Reading,
    section: Span,
    causes: Mapping[Sentence, Sequence[Span]],
    means: str,
    ends: str,
) -> Iterator[Sentence]:
    """`causes`: sentence -> where its words of cause stand."""
    inside = [sentence for sentence in reading.sentences_in(section) if sentence in causes]
    named = _search(reading.article, means, section) if inside else None
    if not named:
        return
    for sentence in inside:
        if sentence.span.end <= named.start() or reading.within(sentence.span, *NOT_OWN):
            continue
        if _search(reading.article, ends, sentence.span):
            end = causes[sentence][0].end
            if not _DENIED & guards_at(reading.article, sentence, Span(end, end)):
                yield sentence


def _search(article: Article, asked: str, span: Span) -> re.Match[str] | None:
    """The first match of a page's pattern in the prose at `span`."""
    found, low = finder(asked)
    return found.search(lowered(article.prose) if low else article.prose, *span)
