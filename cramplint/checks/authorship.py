"""Who answers for a page: authors, reviewers, what they are, and who paid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..meaning import Credit, Reading
from ..model import Finding, Rule, Severity, Span
from ..patterns import lazy, lowered
from ..rules import finding, may_match, pattern
from ..site import Site
from ..understand.opening import opening

_DOCTOR = lazy(r"(?:Dr|Doctor|Prof|Professor)\b\.?")
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
    doctor's name on a method, or the writer's own title. `protected`: a job whose registration is
    told where `locales` holds the page's country.
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
        if found or titled:
            yield finding(
                rule,
                reading,
                credit.span,
                title=(found or titled)[0],  # type: ignore[index]  # one of them matched
                name=credit.name,
            )
    low = lowered(reading.article.prose)
    taken = [c.span for c in reading.credits.people if not c.stated]
    for zone in reading.zone("bio"):
        found = pattern(params["unclear"]).search(reading.article.prose, *zone.span)
        span = Span(*found.span()) if found else zone.span
        if not found or clear.search(reading.article.words(zone.span)):
            continue
        if not any(t.meets(span) for t in taken):
            taken.append(span)
            yield finding(rule, reading, span, title=found[0], name="the author")
    for one in params["find"]:
        if not may_match(one, low):
            continue
        for hit in pattern(one).finditer(reading.article.prose):
            span = Span(*hit.span("it"))
            sentence = reading.sentence_at(span.start)
            quoted = sentence and {"quoted", "negated"} & sentence.guards
            known = any(t.meets(span) for t in taken) or clear.search(_sentence(reading, span))
            if not quoted and not known and not reading.within(span, "references", "related"):
                taken.append(span)
                yield finding(rule, reading, span, title=hit["title"], name=hit["it"])


def _sentence(reading: Reading, span: Span) -> str:
    found = reading.sentence_at(span.start)
    return reading.article.words(found.span) if found else ""


def reviewer_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """No reviewer, or one of whom nothing is told (message bare). A note where the page says openly
    that no clinician has reviewed it (message open); in the strict profile that does not do for a
    page that advises a dose."""
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
        if openly and not (dose and site.settings.profile == "strict"):
            yield finding(rule, reading, openly, severity="note", variant="open")
        else:
            yield finding(rule, reading, opening(reading.article), severity=severity)


def funding(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A page that names or sells products and does not say who paid for it. `find`: words of a page
    that has something to sell; `unless`: what such words also mean."""
    if reading.credits.interests:
        return
    article = reading.article
    low = lowered(article.prose)
    for one in rule.params["find"]:
        if may_match(one, low):
            shape = pattern(one)
            for hit in shape.finditer(article.prose):
                span = Span(*hit.span("it" if "it" in shape.groupindex else 0))
                if not reading.within(span, "references", "related", "disclaimer"):
                    yield finding(rule, reading, span)
                    return
    if reading.commercial:
        yield finding(rule, reading, opening(article), variant="sells")
