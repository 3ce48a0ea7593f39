"""Sentences and paragraphs that are long, and pages that hide who does what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..meaning import Reading
from ..model import Block, Finding, Rule, Span
from ..patterns import lazy
from ..rules import finding
from ..running import sentences, words
from ..site import Site
from ..understand.opening import opening, shown

_PARTS = lazy(r"[,;:]|\s[–—-]\s|\b(?:and|or)\b")
_SHORT = 4  # words of a part that is an entry of a list inside the sentence
_LIST, _MANY = 3, 5  # such parts: a list; one that is read entry by entry
_FEWEST = 20  # sentences; a share of fewer is chance
_PASSIVE = lazy(
    r"\b(?:is|are|was|were|be|been|being)(?: not| also| often| usually| always| \w{2,}ly)?"
    r" (?!(?:tired|worried|scared|concerned|interested|needed|related|used to|supposed|married|"
    r"swollen|bored|confused|stressed|depressed|relaxed|dehydrated|overweight|unrelated|limited|"
    r"advanced|aged|tempted|pleased|excited|frightened|prepared|qualified|experienced)\b)"
    r"(?:\w{3,}ed|given|taken|made|done|seen|found|known|shown|kept|held|told|thought|felt|put|"
    r"chosen|written|drawn|built|bought|brought|caught|led|sent|spread|broken|eaten|driven)\b",
    re.IGNORECASE,
)


def long_sentence(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Sentences of more than `most` words, those of a list inside them counted once an entry; once
    a page, paragraphs of more than `paragraph` sentences, and more passive ones of a hundred than
    `passive`."""
    prose = reading.article.prose
    held = list(sentences(reading))
    for _, span in held:
        text = prose[span.start : span.end]
        if text.count(" ") >= rule.params["most"] and _length(text) > rule.params["most"]:
            yield finding(rule, reading, span, count=_length(text))
    yield from _paragraphs(reading, rule, held)
    passive = [span for _, span in held if _PASSIVE.search(prose, *span)]
    share = round(100 * len(passive) / max(len(held), 1))
    if len(held) >= _FEWEST and share > rule.params["passive"]:
        yield finding(rule, reading, opening(reading.article), variant="passive", count=share)


def _paragraphs(
    reading: Reading, rule: Rule, held: Sequence[tuple[Block, Span]]
) -> Iterator[Finding]:
    long = [
        block
        for block, inside in groupby(held, key=lambda one: one[0])
        if block.kind == "paragraph" and len(list(inside)) > rule.params["paragraph"]
    ]
    if long:
        first = shown(reading.article, long[0].span)
        span = Span(first.start, reading.article.source.line_span(first.start).end)
        yield finding(rule, reading, span, variant="paragraph", count=len(long))


def _length(text: str) -> int:
    """Words; of a list of three or more short parts one a part, and none of a list of more."""
    parts = [len(words(part)) for part in _PARTS.split(text)]
    short = [n for n in parts if 0 < n <= _SHORT]
    counted = 0 if len(short) > _MANY else len(short)
    return len(words(text)) - (sum(short) - counted if len(short) >= _LIST else 0)
