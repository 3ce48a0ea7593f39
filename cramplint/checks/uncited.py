"""uncited: claims that a source would carry, and that name none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..citing import YEAR, cites, names_body
from ..guards import guards_at
from ..meaning import Reading, Sentence
from ..model import Article, Finding, Rule, Severity, Span
from ..patterns import lazy
from ..rules import finding, pattern
from ..search import NOT_OWN, hits, text_at
from ..site import Site

_GUARDS = ("negated", "attributed", "quoted", "question", "past", "linked")
_DENSE = 5  # so often a page names what it is about
# A reference mark that needs no link or bracket: superscripts, "(3)" behind a word.
_MARK = lazy(r"[¹²³⁴-⁹]|\w[.,]?\s?\(\d{1,2}(?:, ?\d{1,2})*\)")
_WORK = lazy(
    r"\b(?:reviews?|trials?|stud(?:y|ies)|surveys?|analys[ei]s|reports?|census)\b", re.IGNORECASE
)
# "According to the Health Survey": a name that can be looked up.
_NAMED = lazy(r"\b[Aa]ccording to (?:an? |the )?[A-Z]")


def uncited(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of one of `find` in a sentence without a source: a link, a reference mark, a
    work with its year. A note only where the same block cites one, or the sentence names a public
    body.

    `vague`: more patterns, for a sentence or a page that speaks of `about`. `unless`: a pattern
    that the sentence may not hold. `guards`: as for match; cited counts always.
    """
    params = rule.params
    guards = frozenset(params.get("guards", _GUARDS)) | {"cited"}
    vague = params.get("vague", ()) if _names(reading, params.get("about", "")) else ()
    found = [(*hit, True) for hit in hits(reading, params["find"])]
    found += [(*hit, False) for hit in hits(reading, vague)]
    taken: list[Span] = []
    for sentence, hit, alone in sorted(found):
        span, text = sentence.span, text_at(reading.article, hit)
        if any(hit.meets(one) for one in taken) or reading.within(hit, *NOT_OWN):
            continue
        if "unless" in params and pattern(params["unless"]).search(text, *span):
            continue
        if not alone and not _about(reading, sentence, text, params["about"]):
            continue
        if guards & guards_at(reading.article, sentence, hit):
            continue
        if _sourced(reading.article, sentence, text):
            continue
        taken.append(hit)
        yield finding(rule, reading, hit, severity=_left(reading, hit, text[slice(*span)]))


def _names(reading: Reading, subject: str) -> bool:
    """True if the page holds a word of `subject` at all."""
    article = reading.article
    find = pattern(subject)
    return bool(subject and (find.search(article.title) or find.search(article.prose)))


def _about(reading: Reading, sentence: Sentence, text: str, subject: str) -> bool:
    """True if the sentence speaks of `subject`, or the page does, in its title or often."""
    find = pattern(subject)
    if find.search(text, *sentence.span) or find.search(reading.article.title):
        return True
    return sum(1 for _ in islice(find.finditer(reading.article.prose), _DENSE)) == _DENSE


def _sourced(article: Article, sentence: Sentence, text: str) -> bool:
    start, end = sentence.span
    # A mark may stand behind the stop that ends the sentence.
    behind = min(end + 4, len(text))
    if cites(article.source.text[start:behind]) or _MARK.search(text, start, behind):
        return True
    return bool(YEAR.search(text, start, end) and _WORK.search(text, start, end))


def _left(reading: Reading, hit: Span, said: str) -> Severity | None:
    block = reading.article.block_at(hit.start)
    near = block and any("cited" in s.guards for s in reading.sentences_in(block.span))
    return "note" if near or names_body(said) or _NAMED.search(said) else None
