"""Structured data: what a page says of itself in the words of schema.org, as one graph of JSON-LD.

Nothing is said that the article does not state: no reviewer, date or author is made up, and a
question is listed only where it and its answer stand whole on the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin

from ..names import fold
from .body import Body, Neighbour, Place, Question
from .facts import Facts, Person

# What ends a script, opens a comment in one or ends a CDATA section; U+2028 and its like are
# escaped with all else that is not ASCII.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&"}
_DATES = {"created": "datePublished", "updated": "dateModified", "last_reviewed": "lastReviewed"}


class Step(NamedTuple):
    """A page on the way from the site's first page to an article; `url` absolute, or ""."""

    name: str
    url: str


def graph(
    body: Body,
    facts: Facts,
    place: Place,
    related: Sequence[Neighbour],
    trail: Sequence[Step],
) -> dict[str, Any]:
    """The page, the way to it and its questions. `trail`: the pages above it and itself."""
    page = {
        "@type": "MedicalWebPage" if facts.health else "WebPage",
        "@id": f"{place.url}#Page",
        "url": place.url,
        "name": facts.title,
        "description": facts.description,
        "inLanguage": facts.lang,
        **{said: facts.dates.get(name, "") for name, said in _DATES.items()},
        "author": [_person(one) for one in facts.authors],
        "reviewedBy": [_person(one) for one in facts.reviewers],
        "keywords": list(facts.keywords),
        "citation": [
            _stated({"@type": "CreativeWork", "name": one.text, "url": one.url})
            for one in facts.references
        ],
        "isPartOf": _stated({"@type": "WebSite", "name": place.site_name, "url": trail[0].url})
        if place.site_name
        else {},
        "breadcrumb": {"@id": f"{place.url}#Page-trail"},
        "relatedLink": [urljoin(place.url, one.href) for one in related] if place.url else [],
    }
    crumbs = {
        "@type": "BreadcrumbList",
        "@id": f"{place.url}#Page-trail",
        "itemListElement": [
            _stated({"@type": "ListItem", "position": number, "name": name, "item": url})
            for number, (name, url) in enumerate(trail, 1)
        ],
    }
    made = [_stated(page), crumbs]
    if pairs := list(_whole(body)):
        made.append(
            {
                "@type": "FAQPage",
                "@id": f"{place.url}#Page-questions",
                "inLanguage": facts.lang,
                "mainEntity": [
                    {
                        "@type": "Question",
                        "name": pair.question,
                        "acceptedAnswer": {"@type": "Answer", "text": pair.text},
                    }
                    for pair in pairs
                ],
            }
        )
    return {"@context": "https://schema.org", "@graph": made}


def script(value: object) -> str:
    """`value` as JSON that can stand between <script> and </script>, whatever it holds: plain
    ASCII, the same for the same value."""
    made = json.dumps(value, ensure_ascii=True, allow_nan=False, sort_keys=True)
    return made.translate(_ESCAPES)


def _person(one: Person) -> dict[str, Any]:
    kind = "Organization" if one.organisation else "Person"
    said = {"name": one.name, "description": one.credentials, "url": one.url}
    return _stated({"@type": kind, **said})


def _whole(body: Body) -> Iterator[Question]:
    """The questions that a reader of the page sees as questions, each once, with their answers."""
    shown = f" {fold(body.text)} " if body.questions else ""
    seen: set[str] = set()
    for pair in body.questions:
        question, answer = fold(pair.question), fold(pair.text)
        asked = pair.question.endswith("?") and " " in question and question not in seen
        if asked and answer and all(f" {words} " in shown for words in (question, answer)):
            seen.add(question)
            yield pair


def _stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
