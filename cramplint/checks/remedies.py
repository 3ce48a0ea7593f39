"""risky: what a page advises without a word of its known risk."""

from __future__ import annotations

from collections.abc import Iterator

from ..expressions import pattern
from ..guards import guards_at
from ..meaning import Reading
from ..model import Finding, Rule
from ..rules import finding
from ..search import NOT_OWN, hits, text_at
from ..site import Site

# What some people are said to do is advice too, where nobody says what it may do to them.
_TURNED = frozenset({"negated", "quoted", "question", "past", "linked"})


def risky(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Matches of `find` that are advice, on a page no sentence of which matches `risk`. `topics`:
    the page is about one of these, or somewhere matches `beside`. `unless`: what the sentence may
    not hold."""
    params = rule.params
    last = 0
    for sentence, hit in sorted(hits(reading, params["find"])):
        text = text_at(reading.article, hit)
        if hit.start < last or reading.within(hit, *NOT_OWN):
            continue
        about = {*reading.topics} & {*params["topics"]}
        if not about and not pattern(params["beside"]).search(reading.article.prose):
            return
        if pattern(params["unless"]).search(text, *sentence.span):
            continue
        if guards_at(reading.article, sentence, hit) & _TURNED:
            continue
        if _warned(reading, rule):
            return
        last = hit.end
        yield finding(rule, reading, hit)


def _warned(reading: Reading, rule: Rule) -> bool:
    return any(True for _ in hits(reading, rule.params["risk"]))
