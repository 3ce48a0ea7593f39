"""titles: claims in the titles by which a page leads to others."""

from __future__ import annotations

from collections.abc import Iterator

from ..expressions import pattern
from ..meaning import Reading
from ..model import Finding, Rule, Span
from ..rules import finding
from ..site import Site

_WORDS = 3  # fewer are no title


def titles(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every title of another article of the same site, linked or only promised, that matches
    `find` and not `unless`. Titles in a reference list are quoted as they are."""
    for span in _titles(reading, site.settings.site_url):
        title = " ".join(reading.article.source.excerpt(span).split())
        if pattern(rule.params["unless"]).search(title):
            continue
        hit = next((m for p in rule.params["find"] if (m := pattern(p).search(title))), None)
        if hit:
            yield finding(rule, reading, span, words=hit[0])


def _titles(reading: Reading, home: str) -> Iterator[Span]:
    """Where titles of the site's own articles stand, in order, each once."""
    article = reading.article
    spans = {entry.span for entry in reading.related}
    for link in article.links:
        own = "//" not in link.target or (home and link.target.startswith(home))
        listed = reading.within(link.span, "related")
        if link.image or not (own or listed) or reading.within(link.span, "references"):
            continue
        at = article.source.text.find(link.text, *link.span) if link.text else -1
        if at >= 0 and len(link.text.split()) >= _WORDS:
            spans.add(Span(at, at + len(link.text)))
    yield from sorted(spans)
