"""mechanism: a chain of reasons in the place of a trial."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from ..claims import boasts
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
    marked. On a page that boasts, which makes two kinds of bold claims, and names no source, a
    paragraph of so many such words is enough.

    `causes`: the words of cause. `means`: the nutrients, named before in the section. `ends`: what
    the body feels, named in the sentence. `gains`: what the section, or the page, must say as well:
    that more of the nutrient helps. `exempt`: types of page that explain how a body works.
    """
    params = rule.params
    if reading.type in params["exempt"]:
        return
    whole = Span(0, len(reading.article.source.text))
    full = _search(reading.article, params["means"], whole)
    if not full and reading.evidence.sources:
        return
    causes: dict[Sentence, list[Span]] = {}
    for sentence, hit in hits(reading, params["causes"]):
        causes.setdefault(sentence, []).append(hit)
    if sum(map(len, causes.values())) < params["least"]:
        return
    # The dearest to look for, so the last: few pages give as many causes.
    full = full and _search(reading.article, params["gains"], whole)
    told = [*_told(reading, params, causes, whole)] if full else []
    if not told and not reading.evidence.sources:
        chains = [*_chains(reading, params["least"], causes)]
        told = chains if chains and boasts(reading, site.data) else []
    for first, count in told:
        yield finding(rule, reading, first.span, count=count)


def _told(
    reading: Reading,
    params: Mapping[str, Any],
    causes: Mapping[Sentence, Sequence[Span]],
    whole_page: Span,
) -> Iterator[tuple[Sentence, int]]:
    """(first sentence, how many words of cause) of each section, or of the page, that ties a
    nutrient to what the body feels. `causes`: sentence -> where its words of cause stand."""
    article = reading.article
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
            yield tied[0], count(tied)


def _chains(
    reading: Reading, least: int, causes: Mapping[Sentence, Sequence[Span]]
) -> Iterator[tuple[Sentence, int]]:
    """The same of each block that holds `least` words of cause and cites nothing."""
    for _, some in groupby(causes, lambda one: reading.article.block_at(one.span.start)):
        own = [
            one
            for one in some
            if not reading.within(one.span, *NOT_OWN) and not _denied(reading, one, causes)
        ]
        count = sum(len(causes[one]) for one in own)
        if count >= least and not any("cited" in one.guards for one in own):
            yield own[0], count


def _denied(
    reading: Reading, sentence: Sentence, causes: Mapping[Sentence, Sequence[Span]]
) -> bool:
    end = causes[sentence][0].end
    return bool(_DENIED & guards_at(reading.article, sentence, Span(end, end)))


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
        named_too = _search(reading.article, ends, sentence.span)
        if named_too and not _denied(reading, sentence, causes):
            yield sentence


def _search(article: Article, asked: str, span: Span) -> re.Match[str] | None:
    """The first match of a page's pattern in the prose at `span`."""
    found, low = finder(asked)
    return found.search(lowered(article.prose) if low else article.prose, *span)
