"""What a page owes its reader to say of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..keys import ELSEWHERE
from ..meaning import Reading
from ..model import Edit, Finding, Fix, Rule, Span
from ..patterns import lazy
from ..placing import behind, moved
from ..rules import finding
from ..site import Site
from ..understand.opening import opening, shown

_REQUIRED = ("purpose", "substitute", "consult")
_LINKS = 3  # other articles above a disclaimer bury it
_NEAR = 120  # code points in which a tag for small print opens
_SHORT = 7  # words; a shorter sentence may stand twice
# What opens just before the disclaimer, and has not been closed when it begins.
_SMALL = lazy(
    r"<small\b[^<>]*>[^<>]*\Z|<[a-z]+ [^<>]*(?:\bhidden\b|display: ?none|visibility: ?hidden|"
    r"font-size: ?(?:[0-7](?:\.\d+)?px|0?\.[0-6]\d*r?em|xx?-small))[^<>]*>[^<>]*\Z",
    re.IGNORECASE,
)
_STATUTE = lazy(r"been (?:evaluated|reviewed|approved) by the (?:food|fda|u)", re.IGNORECASE)
_LINKED = lazy(r"\bdisclaimer\b", re.IGNORECASE)


def missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """No medical disclaimer at all; a warning where a link leads to one. The fix adds the text of
    the settings; where they have none there is no fix."""
    if reading.disclaimers.level != "none" or _elsewhere(reading, site):
        return
    linked = any(_LINKED.search(f"{x.text} {x.target}") for x in reading.article.links)
    text = site.settings.disclaimer_text
    yield finding(
        rule,
        reading,
        opening(reading.article),
        severity="warning" if linked else None,
        variant="linked" if linked else "",
        fix=behind(reading, text) if text and not linked else None,
    )


def incomplete(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A disclaimer that lacks a part. `parts`: purpose, substitute and consult, each with what it
    says (`says`, for the message) and the sentence that the fix adds (`text`)."""
    found = reading.disclaimers
    if found.level != "partial" or _elsewhere(reading, site):
        return
    lacks = [part for part in _REQUIRED if part not in found.parts]
    if found.formula and "substitute" in lacks:
        # The check of the formula speaks of it, and of a page that says nothing besides.
        lacks = [] if len(lacks) == len(_REQUIRED) else [x for x in lacks if x != "substitute"]
    if not lacks:
        return
    parts = rule.params["parts"]
    span = found.spans[-1]
    added = "".join(f" {parts[part]['text']}" for part in lacks)
    kind = next((b.kind for b in reading.article.blocks if b.span == span), "")
    fix = Fix((Edit(Span(span.end, span.end), added),), "ask")
    yield finding(
        rule,
        reading,
        span,
        fix=fix if kind in ("paragraph", "quote") else None,
        missing=" or ".join(parts[part]["says"] for part in lacks),
    )


def formula(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """The words of product labels where the page should say that it replaces no medical advice."""
    found = reading.disclaimers
    if found.formula and "substitute" not in found.parts and not _elsewhere(reading, site):
        yield finding(rule, reading, found.spans[-1])


def buried(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A disclaimer that few will see: below the links to other articles or in small or hidden print
    (message: small); or the same words twice (message: twice). The fix puts
    it behind the article's own words, or drops the second."""
    article, spans = reading.article, reading.disclaimers.spans
    if not spans or _elsewhere(reading, site):
        return
    spans = tuple(s for s in spans if not _STATUTE.search(article.words(s)))
    hidden = [s for s in spans if len(article.words(s).split()) > _SHORT and _in_small(reading, s)]
    if spans and _below_links(reading, spans[0]):
        fix = moved(reading, spans[0])
        yield finding(rule, reading, shown(article, spans[0]), fix=fix)
    elif hidden:
        yield finding(rule, reading, shown(article, hidden[0]), variant="small")
    seen: set[str] = set()
    for span in spans:
        words = article.words(span).casefold()
        if words in seen and len(words.split()) > _SHORT:
            end = article.source.text[span.end :]
            gone = Span(span.start, span.end + len(end) - len(end.lstrip("\n")))
            fix = Fix((Edit(gone, ""),), "ask")
            yield finding(rule, reading, shown(article, span), fix=fix, variant="twice")
        seen.add(words)


def _below_links(reading: Reading, span: Span) -> bool:
    """True if some links to other articles stand above `span`, and nothing else of the article
    between the last of them and it."""
    zones = reading.zone("related")
    links = {link.span for z in zones for link in reading.article.links_in(z.span)}
    links |= {entry.span for entry in reading.related}
    above = sorted(link for link in links if link.end <= span.start)
    if len(above) < _LINKS:
        return False
    between = [b for b in reading.article.blocks if above[-1].end <= b.span.start < span.start]
    return all(b.kind in ("rule", "html") or _is_short(reading, b.span) for b in between)


def _is_short(reading: Reading, span: Span) -> bool:
    return len(reading.article.words(span).split()) <= _SHORT


def _in_small(reading: Reading, span: Span) -> bool:
    """True if a tag for small or hidden print stands open where the words of `span` begin."""
    start = shown(reading.article, span).start
    return bool(_SMALL.search(reading.article.source.text, max(0, start - _NEAR), start))


def _elsewhere(reading: Reading, site: Site) -> bool:
    """True if the site's own template shows the disclaimer."""
    stated = reading.article.meta.data.get("disclaimer")
    return stated in ELSEWHERE or site.settings.disclaimer == "site"
