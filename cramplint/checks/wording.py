"""Wording: names for people, words of suffering, tones that frighten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..expressions import may_stand, pattern
from ..guards import guards_at
from ..meaning import Reading
from ..model import Edit, Finding, Fix, Rule, Span
from ..patterns import lowered
from ..rules import finding
from ..search import hits, stands_near, take, taken_already, text_at
from ..site import Site

_AROUND = 40  # code points that a pattern may look at behind its match
_SKIPPED = ("references", "related", "testimonial")


def reword(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of a pattern of `swap`, with what to put in its place as a fix to agree to, and
    of `find`, which has no such words.

    `swap`: pattern -> the new words, which may take up groups of the pattern. `unless`: a pattern
    that the sentence may not hold.
    """
    swap: Mapping[str, str] = rule.params["swap"]
    taken: list[Span] = []
    for one in (*swap, *rule.params["find"]):
        for sentence, hit in hits(reading, one):
            text = text_at(reading.article, hit)
            if taken_already(hit, taken) or reading.within(hit, *_SKIPPED):
                continue
            if stands_near(rule.params["unless"], text, sentence, hit):
                continue
            if {"quoted", "linked"} & guards_at(reading.article, sentence, hit):
                continue
            if not take(hit, taken):
                continue
            opens = hit.start == sentence.span.start
            said = _said(one, text, hit, swap[one], opens=opens) if one in swap else ""
            fix = Fix((Edit(hit, said),), "ask") if said else None
            variant = "swap" if said else ""
            yield finding(rule, reading, hit, fix=fix, variant=variant, said=said)


def _said(one: str, text: str, hit: Span, words: str, *, opens: bool) -> str:
    """`words` in the place of `hit`, with a capital where it `opens` a sentence with one; "" if
    what stands there is not all of the match."""
    old = text[hit.start : hit.end + _AROUND]
    raised = opens and old[:1].isupper() and not old[1:2].isupper()
    # What a group takes up moves into the sentence, and so loses the capital of its start.
    found = pattern(one).match(old[0].lower() + old[1:] if raised else old)
    if found is None or found.end() != hit.end - hit.start:
        return ""
    said = " ".join(found.expand(words).split())
    return said[0].upper() + said[1:] if raised else said


def tone(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of one of `find`, words that frighten; readers who are spoken of instead of to
    (`patients`, on a page that says "you"); and a page on a clot in the leg whose signs only name
    redness (`redness`, without one of `tones`, on a page of `topics`)."""
    params = rule.params
    taken: list[Span] = []
    apart = params["patients"] if _addresses(reading) else ()
    for variant, patterns in (("", params["find"]), ("patients", apart)):
        for sentence, hit in sorted(hits(reading, patterns)):
            text = text_at(reading.article, hit)
            if taken_already(hit, taken) or reading.within(hit, *_SKIPPED):
                continue
            if stands_near(params["unless"], text, sentence, hit):
                continue
            guards = guards_at(reading.article, sentence, hit)
            if {"quoted", "linked", "negated", "attributed"} & guards:
                continue
            if take(hit, taken):
                yield finding(rule, reading, hit, variant=variant)
    if set(params["topics"]) & set(reading.topics):
        yield from _redness(reading, rule)


def _addresses(reading: Reading) -> bool:
    words = lowered(reading.article.prose).split()
    return words.count("you") + words.count("your") > 4


def _redness(reading: Reading, rule: Rule) -> Iterator[Finding]:
    prose = reading.article.prose
    if not may_stand(rule.params["redness"], reading.article):
        return
    if pattern(rule.params["tones"]).search(prose):
        return
    for _, hit in hits(reading, rule.params["redness"]):
        if not reading.within(hit, *_SKIPPED):
            yield finding(rule, reading, hit, variant="redness")
            return
