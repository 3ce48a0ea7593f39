"""What a page owes its reader to say of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..meaning import Reading
from ..model import Edit, Finding, Fix, Rule, Span
from ..patterns import lazy
from ..rules import finding
from ..site import Site
from ..understand.opening import opening

_REQUIRED = ("purpose", "substitute", "consult")
_LINKED = lazy(r"\bdisclaimer\b", re.IGNORECASE)
# What stands behind the article's own words; a disclaimer goes before it.
_END_MATTER = ("related", "references", "footer", "contact", "bio")


def missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """No medical disclaimer at all; a warning where a link leads to one. The fix adds `text`."""
    if reading.disclaimers.level != "none" or _elsewhere(reading, site):
        return
    linked = any(_LINKED.search(f"{x.text} {x.target}") for x in reading.article.links)
    yield finding(
        rule,
        reading,
        opening(reading.article),
        severity="warning" if linked else None,
        variant="linked" if linked else "",
        fix=None if linked else _added(reading, str(rule.params["text"])),
    )


def incomplete(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A disclaimer that lacks a part. `parts`: purpose, substitute and consult, each with what it
    says (`says`, for the message) and the sentence that the fix adds (`text`)."""
    found = reading.disclaimers
    if found.level != "partial" or _elsewhere(reading, site):
        return
    lacks = [part for part in _REQUIRED if part not in found.parts]
    if found.formula and "substitute" in lacks:
        lacks.remove("substitute")  # the check of the formula speaks of it
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


def _elsewhere(reading: Reading, site: Site) -> bool:
    """True if the site's own template shows the disclaimer."""
    stated = reading.article.meta.data.get("disclaimer")
    return stated == "site" or site.settings.disclaimer == "site"


def _added(reading: Reading, text: str) -> Fix | None:
    """`text` as a paragraph behind the article's last words; None where that is not safe."""
    own = [
        b
        for b in reading.article.blocks
        if b.kind not in ("rule", "footnote", "heading")
        and not reading.within(b.span, *_END_MATTER)
        and _says_something(reading.article.words(b.span))
    ]
    if not own or own[-1].kind in ("code", "html", "row"):
        return None
    end = own[-1].span.end
    return Fix((Edit(Span(end, end), f"\n\n{text}"),), "ask")


def _says_something(words: str) -> bool:
    """False for what stands alone at the end of a page: an address, a label, a row of emoji."""
    return len(words.split()) > 3 or words.rstrip('"”*_ ')[-1:] in (".", "!", "?")
