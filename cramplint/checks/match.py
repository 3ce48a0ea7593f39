"""match: words that should not stand in the prose."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding, Reading, Rule, Span
from ..rules import finding, pattern
from ..site import Site

# What a match rule never looks at: those zones are other people's words, or not prose.
_LEFT_OUT = ("disclaimer", "references", "related", "bio")


def match(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of `find` in a sentence, unless `unless` matches it too or the sentence has one
    of the `guards` (negated, attributed, cited, quoted, question, conditional).

    `zones`: look only there. `skip`: leave these zones out (default: disclaimer, references,
    related, bio).
    """
    find = pattern(rule.params["find"])
    unless = pattern(rule.params["unless"]) if "unless" in rule.params else None
    guards = frozenset(rule.params.get("guards", ()))
    zones = tuple(rule.params.get("zones", ()))
    skip = tuple(rule.params.get("skip", _LEFT_OUT))
    prose = reading.article.prose
    for sentence in reading.sentences:
        span = sentence.span
        if guards & sentence.guards:
            continue
        for hit in find.finditer(prose, span.start, span.end):
            at = Span(hit.start(), hit.end())
            if unless and unless.search(prose, span.start, span.end):
                break
            if at.start == at.end or reading.within(at, *skip):
                continue
            if zones and not reading.within(at, *zones):
                continue
            yield finding(rule, reading, at)
