"""An article as data: one JSON document that says all that the page says."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ..checks.readability import Scores
from ..meaning import Dose, Reading
from ..model import Article, Finding, Source, Span
from ..patterns import lazy
from .body import Body, Entry, Neighbour, Part, Piece, Place
from .facts import Facts
from .schema import VERSION
from .urls import LINKS, safe

GENERATOR = "cramplint"
_JSON = json.JSONEncoder(ensure_ascii=True, allow_nan=False, sort_keys=True)
_DEEP = 2  # levels whose members have lines of their own
# What a CI runner obeys when it meets it in a log.
_COMMAND = lazy(r"#(?=#\w*\[)")


def document(
    source: Source,
    reading: Reading,
    body: Body,
    facts: Facts,
    place: Place,
    related: Sequence[Neighbour],
    findings: Sequence[Finding],
    scores: Scores | None = None,
    suppressed: int = 0,
) -> dict[str, Any]:
    """The document of an article, as `schema.article` describes it. `source` is the text as it was
    read, `reading` what is published of it, `findings` what was found in that, but for as many as
    were `suppressed`; `scores`: how hard it reads, if that can be told."""
    counts = Counter(finding.severity or "note" for finding in findings)
    article = reading.article
    return {
        "generator": GENERATOR,
        "schema_version": VERSION,
        "id": place.path.removesuffix(".html"),
        "path": place.path,
        **({"url": place.url} if place.url else {}),
        "slug": facts.slug,
        "lang": facts.lang,
        "locale": facts.locale,
        "type": reading.type,
        "health_article": reading.health,
        "title": facts.title,
        "description": facts.description,
        "dates": dict(facts.dates),
        "authors": [_stated(person._asdict()) for person in facts.authors],
        "reviewers": [_stated(person._asdict()) for person in facts.reviewers],
        "topics": list(facts.topics),
        "funding": facts.funding,
        "sections": [_section(part) for part in body.parts],
        "faq": [
            {"question": q.question, "answer_text": q.text, "answer_html": q.html}
            for q in body.questions
        ],
        "red_flags": [
            {**flag._asdict(), "tier": flag.tier or None, "signs": list(flag.signs)}
            for flag in body.flags
        ],
        "doses": [_dose(article, dose) for dose in reading.doses],
        "references": [_stated(one._asdict()) for one in facts.references] or list(_cited(reading)),
        "related": [{"slug": one.slug, "title": one.title, "url": one.href} for one in related],
        "disclaimer": {
            "level": reading.disclaimers.level,
            "text": " ".join(_words(article, span) for span in reading.disclaimers.spans),
        },
        "readability": scores._asdict() if scores else None,
        "lint": {
            "errors": counts["error"],
            "warnings": counts["warning"],
            "notes": counts["note"],
            "suppressed": suppressed,
            "rules": dict(Counter(finding.rule for finding in findings)),
        },
        "source": {
            "path": place.path.removesuffix(".html") + _ending(source.name),
            "sha256": sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest(),
        },
        "content_html": body.html,
        "content_text": body.text,
        "extra": dict(facts.extra),
    }


def listing(entries: Sequence[Entry], site_url: str) -> dict[str, Any]:
    """The list of all pages, in the order given, and which of them are on each topic."""
    return {
        "generator": GENERATOR,
        "schema_version": VERSION,
        "articles": [
            {
                **entry._asdict(),
                "document": entry.path.removesuffix(".html") + ".json",
                **({"url": safe(f"{site_url.rstrip('/')}/{entry.path}")} if site_url else {}),
            }
            for entry in entries
        ],
        "topics": {
            topic: [entry.path for entry in entries if topic in entry.topics]
            for topic in sorted({topic for entry in entries for topic in entry.topics})
        },
    }


def dump(value: object) -> bytes:
    """JSON in plain ASCII, the same bytes for the same value; harmless in a log. What stands two
    levels deep has a line of its own, so that a change shows where it is."""
    return (_COMMAND.sub(r"\\u0023", _lines(value)) + "\n").encode("ascii")


def _lines(value: Any, depth: int = 0) -> str:
    """The standard library indents all or nothing, and slowly."""
    inside = value.values() if isinstance(value, dict) else value
    apart = isinstance(value, dict | list | tuple) and depth < _DEEP
    if not (apart and any(isinstance(one, dict | list | tuple) and one for one in inside)):
        return _JSON.encode(value)
    gap = "\n" + " " * (depth + 1)
    if isinstance(value, dict):
        pairs = sorted(value.items())
        rows = [f"{_JSON.encode(key)}: {_lines(one, depth + 1)}" for key, one in pairs]
    else:
        rows = [_lines(one, depth + 1) for one in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}{gap}{f',{gap}'.join(rows)}{gap[:-1]}{closing}"


def _section(part: Part) -> dict[str, Any]:
    said = {k: v for k, v in part._asdict().items() if k != "pieces"}
    return {**said, "blocks": [_block(piece) for piece in part.pieces]}


def _block(piece: Piece) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": piece.kind, "html": piece.html, "text": piece.text}
    if piece.kind == "list":
        items = [words._asdict() for words in piece.items]
        return {**said, "ordered": piece.ordered, "items": items}
    return {**said, "rows": [list(row) for row in piece.rows]} if piece.kind == "table" else said


def _dose(article: Article, dose: Dose) -> dict[str, Any]:
    return {
        "text": " ".join(article.source.excerpt(dose.span).split()),
        "nutrient": dose.nutrient or None,
        **{name: _number(getattr(dose, name)) for name in ("low", "high", "times")},
        "unit": dose.unit,
        "per": dose.per or None,
        "class": dose.kind,
        "form": dose.form or None,
        "elemental": dose.elemental,
        "people": dose.people or None,
    }


def _number(amount: float) -> float:
    """A whole number without a ".0", as it is written."""
    return int(amount) if amount == int(amount) else amount


def _stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _ending(name: str) -> str:
    return "." + name.rpartition(".")[2]


def _words(article: Article, span: Span) -> str:
    """The prose, without the blanks that a link's target leaves before a stop."""
    return re.sub(r" (?=[.,;:!?)])", "", article.words(span))


def _cited(reading: Reading) -> Iterator[dict[str, str]]:
    """The footnotes, and the paragraphs and items under a heading that says references."""
    article = reading.article
    for block in article.blocks:
        listed = block.kind in ("paragraph", "item") and reading.within(block.span, "references")
        if block.kind == "footnote" or listed:
            first = next(
                (x for x in article.links if block.span.holds(x.span) and not x.image), None
            )
            url = safe(first.target, LINKS) if first else None
            text = _words(article, block.span)
            if text or url:
                yield _stated({"text": text, "url": url or ""})
