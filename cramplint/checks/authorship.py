"""Who answers for a page: authors, reviewers, what they are, and who paid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..expressions import pattern
from ..meaning import Credit, Reading, Sentence
from ..model import Finding, Rule, Severity, Span
from ..patterns import lazy
from ..rules import finding
from ..search import hits, text_at
from ..site import Site
from ..understand.opening import opening

_DOCTOR = lazy(r"(?:Dr|Doctor|Prof|Professor)\b\.?")
_BRAND = lazy(r"\b[A-Z][a-z]{2,}[A-Z][a-z]{2,}\b")
# Behind a name, or before it, such words tell of goods.
_GOODS = lazy(
    r"[®™]?\s+(?:capsules?|tablets|drops|gummies|users?|customers|powder|cream|spray|gel|oil|tea|"
    r"tonic|formula|patch(?:es)?|sachets?|supplements?|range|balm|blend)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = lazy(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
_REFUSED = lazy(r"(?:\bnot|n['’]t|\bnever|\bwithout|\bbefore you)(?: \w+)?\s*\Z", re.IGNORECASE)
_PERSONAL = frozenset({"story", "news", "recipe", "landing"})


def author_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """No author in the front matter, in the text or, as a site's name, in the settings."""
    if not reading.credits.named("author") and not site.settings.site_name:
        yield finding(rule, reading, opening(reading.article))


def credentials_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Authors of whom nothing but a name is told. A team or a body needs no letters; a title is
    for another rule to judge. A note where the front matter links to a profile."""
    bare = [
        c
        for c in reading.credits.named("author")
        if not (c.organisation or c.credentials or c.note or _DOCTOR.match(c.name))
        and not _introduced(reading, c)
    ]
    if bare:
        linked = all(c.url for c in bare)
        yield finding(
            rule,
            reading,
            bare[0].span,
            severity="note" if linked else None,
            names=" and ".join(c.name for c in bare[:2]),
        )


def _introduced(reading: Reading, credit: Credit) -> bool:
    """True if a note on the author, or a sentence, tells what the person is."""
    last = re.escape(credit.name.split()[-1])
    first = re.escape(credit.name.split()[0])
    told = rf"\b(?:{first}|{last})\b,? (?:who )?(?:is|was|has|works|studied|trained|practises) "
    bios = [reading.article.words(z.span) for z in reading.zone("bio")]
    return any(re.search(rf"\b{last}\b", text) for text in bios) or bool(
        re.search(told, reading.article.prose)
    )


def credential_unclear(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Titles that sound medical and need not be.

    `unclear`: words of a title or job; `clear`: what makes it clear. `find`: in the text, a
    doctor's name on a method, or the writer's own title.
    """
    params = rule.params
    clear = pattern(params["clear"])
    for credit in reading.credits.people:
        said = ", ".join(filter(None, (credit.name, credit.credentials, credit.note)))
        titled = _DOCTOR.match(credit.name)
        if credit.organisation or clear.search(said):
            continue
        found = pattern(params["unclear"]).search(said)
        words = reading.article.source.excerpt(credit.span)
        if reading.within(credit.span, "bio") and not (found and found[0] in words):
            continue  # said below, where the note on the author says it
        title = found or titled
        if title:
            span = _titled(reading, credit, title[0]) if found else credit.span
            yield finding(rule, reading, span, title=title[0], name=credit.name)
    taken = [c.span for c in reading.credits.people if not c.stated]
    for zone in reading.zone("bio"):
        found = pattern(params["unclear"]).search(reading.article.prose, *zone.span)
        span = Span(*found.span()) if found else zone.span
        if not found or clear.search(reading.article.words(zone.span)):
            continue
        if not any(t.meets(span) for t in taken):
            taken.append(span)
            yield finding(rule, reading, span, title=found[0], name="the author")
    for sentence, span in hits(reading, params["find"]):
        known = any(t.meets(span) for t in taken) or clear.search(_words(reading, sentence))
        turned = {"quoted", "negated"} & sentence.guards
        if not (known or turned or reading.within(span, "references", "related")):
            taken.append(span)
            name = reading.article.source.excerpt(span)
            yield finding(rule, reading, span, title=name, name="its owner")


def _titled(reading: Reading, credit: Credit, title: str) -> Span:
    """Where the front matter gives the words that hold `title`; elsewhere the credit itself."""
    meta = reading.article.meta.span
    said = next((x for x in (credit.credentials, credit.note) if x and title in x), "")
    if credit.stated and said:
        at = reading.article.source.text.find(said, credit.span.start, meta.end)
        if at >= 0:
            return Span(at, at + len(said))
    return credit.span


def _words(reading: Reading, sentence: Sentence) -> str:
    return text_at(reading.article, sentence.span)[slice(*sentence.span)]


def reviewer_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """No reviewer, or one of whom nothing is told (message bare). A page that says openly that no
    clinician has reviewed it has told its readers, and its writer knows: only the strict profile
    speaks of it, in a note (message open), or as of any other where the page advises a dose."""
    if reading.type in _PERSONAL:
        return
    reviewers = reading.credits.named("reviewer")
    dose = any(d.kind == "recommend" for d in reading.doses)
    severity: Severity | None = None if dose or site.settings.profile != "strict" else "warning"
    bare = [c for c in reviewers if not (c.organisation or c.credentials or c.note)]
    bare = [c for c in bare if not _DOCTOR.match(c.name) and not _introduced(reading, c)]
    if bare and len(bare) == len(reviewers):
        yield finding(
            rule, reading, bare[0].span, severity="warning", variant="bare", name=bare[0].name
        )
    elif not reviewers:
        openly = reading.credits.unreviewed
        strict = site.settings.profile == "strict"
        if openly and strict and not dose:
            yield finding(rule, reading, openly, severity="note", variant="open")
        elif strict or not openly:
            yield finding(rule, reading, opening(reading.article), severity=severity)


def funding(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A page that praises or sells products and does not say who paid for it. `find`: words of such
    a page; `names`: names in two capitals ("MedlinePlus") that are no brand to praise, where a
    sentence in the first person holds one."""
    if reading.credits.interests:
        return
    found = [
        hit
        for _, hit in hits(reading, rule.params["find"])
        # "Why not to buy it online" praises nothing.
        if not _REFUSED.search(text_at(reading.article, hit), hit.start - 16, hit.start)
    ]
    found += _brands(reading, pattern(rule.params["names"]))
    own = [hit for hit in found if not reading.within(hit, "references", "related", "disclaimer")]
    if own:
        yield finding(rule, reading, min(own))
    elif reading.commercial:
        yield finding(rule, reading, opening(reading.article), variant="sells")


def _brands(reading: Reading, known: re.Pattern[str]) -> Iterator[Span]:
    """Names with a capital inside that somebody speaks of as "I" or "we", or that goods bear."""
    for name in _BRAND.finditer(reading.article.prose):
        sentence = reading.sentence_at(name.start())
        words = reading.article.prose[slice(*sentence.span)] if sentence else ""
        praised = _FIRST_PERSON.search(words) or _GOODS.match(reading.article.prose, name.end())
        if praised and not known.match(name[0]):
            yield Span(*name.span())
