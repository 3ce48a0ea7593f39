"""match: words that should not stand in the prose, unless what is around them turns their sense."""

from __future__ import annotations

from collections.abc import Iterator

from ..guards import guards_at
from ..meaning import Reading
from ..model import Finding, Rule, Severity, Span
from ..rules import finding, pattern
from ..search import NOT_OWN, hits, text_at
from ..site import Site

_GUARDS = ("negated", "attributed", "quoted", "question", "past", "linked")


def match(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of one of `find` in a sentence, or in the title or description that the front
    matter states. A group called "it" is what is marked.

    `beside`: a pattern that the sentence must hold as well. `unless`: one that it may not hold.
    `guards`: those of `guards` that turn the sense (default: negated, attributed,
    quoted, question, past, linked). `softens`: guard -> the severity that is left. `skip`: zones to
    leave out (default: disclaimer, references, related, testimonial, bio, footer, contact).
    """
    params = rule.params
    guards = frozenset(params.get("guards", _GUARDS))
    skip = tuple(params.get("skip", NOT_OWN))
    taken: list[Span] = []
    for sentence, hit in sorted(hits(reading, params["find"])):
        if any(hit.meets(one) for one in taken) or reading.within(hit, *skip):
            continue
        span, text = sentence.span, text_at(reading.article, hit)
        if "beside" in params and not pattern(params["beside"]).search(text, *span):
            continue
        if "unless" in params and pattern(params["unless"]).search(text, *span):
            continue
        around = guards_at(reading.article, sentence, hit)
        if guards & around:
            continue
        taken.append(hit)
        yield finding(rule, reading, hit, severity=_softened(params.get("softens", {}), around))


def _softened(softens: dict[str, Severity], around: frozenset[str]) -> Severity | None:
    """The mildest severity that the guards around leave; None if none of them softens."""
    order: tuple[Severity, ...] = ("note", "warning", "error")
    return next((s for s in order if any(softens.get(g) == s for g in around)), None)
