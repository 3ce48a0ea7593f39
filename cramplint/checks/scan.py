"""scan: text that no finished page holds, wherever on the page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from ..expressions import finder, needed, pattern, standing
from ..meaning import Reading
from ..model import Finding, Rule, Span
from ..needs import lacks
from ..patterns import lazy, lowered
from ..rules import finding
from ..search import place_of
from ..site import Site
from ..understand.surface import surface, without_urls

_GAP = lazy(r"\n[ \t]*\n\s*")


def scan(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of a pattern of `find` in the prose, titles and asides included, and of `source`
    in the file as it stands (web addresses and tags too, code and comments not). A group called
    "it" in a pattern is what is marked. `matter`: the same in the front matter.

    `guards`: leave out sentences that have one of these; with "quoted" also what stands between
    quotation marks. `about`: what `find` looks for is left
    alone on a page whose title or whose headings match this.
    """
    article = reading.article
    prose = without_urls(article.prose)
    guards = frozenset(rule.params.get("guards", ()))
    guarded: list[Span] | None = None
    taken: set[int] = set()
    told: list[Span] = []
    places = [(rule.params["find"], prose)]
    if "source" in rule.params:
        places.append((rule.params["source"], surface(article)))
    if "matter" in rule.params:
        places.append((rule.params["matter"], article.source.text[: article.meta.span.end]))
    for patterns, text in places:
        low = lowered(text)
        for one in standing(patterns, article):
            found, caseless = finder(one)
            for hit in _hits(found, needed(one), low, low if caseless else text):
                at = place_of(hit)
                if not taken.isdisjoint(range(*at)):
                    continue
                if text is prose:
                    if guarded is None:  # few pages hold a match
                        guarded = [*_guarded(reading, rule, guards)]
                    if any(span.meets(at) for span in guarded):
                        continue
                if "quoted" in guards and _in_quotes(text, at):
                    continue
                taken.update(range(*at))
                told.append(at)
    for at in sorted(told):
        yield finding(rule, reading, at)


def _hits(found: re.Pattern[str], needs: int, low: str, text: str) -> Iterator[re.Match[str]]:
    """Every match in `text`, whose `lowered` form is `low`, that ends in the paragraph it begins in
    or in the next."""
    for start, behind, end, lacking in _paragraphs(low):
        if not needs & lacking:
            for hit in found.finditer(text, start, end):
                if hit.start() >= behind:
                    break
                yield hit


@lru_cache(maxsize=4)  # the texts of one article, for all rules
def _paragraphs(low: str) -> Sequence[tuple[int, int, int, int]]:
    """(start, start of the next, end of the next, needs that both lack) of each paragraph."""
    starts = [0, *(gap.end() for gap in _GAP.finditer(low)), len(low)]
    lacked = [lacks(low[start:end]) for start, end in pairwise(starts)]
    last = len(lacked) - 1
    return [
        (
            starts[i],
            starts[i + 1],
            starts[min(i + 2, last + 1)],
            lacked[i] & lacked[min(i + 1, last)],
        )
        for i in range(last + 1)
    ]


def _in_quotes(text: str, at: Span) -> bool:
    """True if the paragraph's quotation marks enclose `at`."""
    start = text.rfind("\n\n", 0, at.start) + 1
    end = text.find("\n\n", at.end)
    before, after = text[start : at.start], text[at.end : end if end >= 0 else len(text)]
    curly = before.rfind("“") > before.rfind("”") and "”" in after
    return curly or (before.count('"') % 2 == 1 and '"' in after)


def _guarded(reading: Reading, rule: Rule, guards: frozenset[str]) -> Iterator[Span]:
    """Where matches of `find` are left alone: in guarded sentences, or on the whole page."""
    if "about" in rule.params and _about(reading, rule.params["about"]):
        yield Span(0, len(reading.article.prose))
    yield from (s.span for s in reading.sentences if guards & s.guards)


def _about(reading: Reading, subject: str) -> bool:
    article = reading.article
    heads = (article.words(b.span) for b in article.blocks if b.kind == "heading")
    return any(pattern(subject).search(x) for x in (article.title, *heads))
