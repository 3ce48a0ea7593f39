"""match: words that should not stand in the prose, unless what is around them turns their sense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..claims import LOOSER, SURE, boasts, claims
from ..meaning import Reading
from ..model import Finding, Rule, Severity
from ..rules import finding
from ..site import Site
from ..vocabulary import vocabulary

_LEFT: Mapping[str, Severity] = dict.fromkeys(("mild", "hints", *LOOSER), "warning")


def match(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of one of `find` in a sentence, or in the title or description that the front
    matter states. A group called "it" is what is marked. `{condition}` in any pattern stands for
    the words of that name in the table `vocabulary`.

    `frames`: words of lists that stand together in a clause (see cramplint/frames.py). `mild` and
    `hints`: as `find` and `frames`, a warning at most. `lax` and `loose`: the same for a page that
    boasts, which makes two kinds of bold claims; a warning too, and never where words are hedged or
    cited. `boast`: what is surely found counts as such a claim, of the kind that it names.
    `across`: patterns that may run over the ends of sentences ("Tired? That is iron."). `beside`: a
    pattern that the sentence must hold as well. `unless`: one that it may not hold. `about`: one
    that shows, anywhere in the article, that all of it is about something else.
    `guards`: those of `guards` that turn the sense (default: negated, attributed,
    quoted, question, past, linked). `softens`: guard -> the severity that is left. `skip`: zones to
    leave out (default: disclaimer, references, related, testimonial, bio, footer, contact).
    """
    params = rule.params
    words = vocabulary(site.data["vocabulary"])
    for key, hit, around in claims(reading, params, words, (*SURE, "mild", "hints", *LOOSER)):
        if key in LOOSER and not boasts(reading, site.data):
            continue
        softened = _softened(params.get("softens", {}), around)
        yield finding(rule, reading, hit, severity=softened or _LEFT.get(key))


def _softened(softens: dict[str, Severity], around: frozenset[str]) -> Severity | None:
    """The mildest severity that the guards around leave; None if none of them softens."""
    order: tuple[Severity, ...] = ("note", "warning", "error")
    return next((s for s in order if any(softens.get(g) == s for g in around)), None)
