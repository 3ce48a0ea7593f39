"""Findings as JSON: one document, or one finding a line. Always ASCII; same input, same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..days import iso
from ..meaning import Dose, Reading
from ..model import VERSION, Article, Finding
from ..names import fold
from ..patterns import lazy
from ..understand.proxies import HUMAN_ONLY, jama, proxies
from .escape import dumped
from .result import Lines, Look, Result, fingerprints, summary

_EXCERPT = 300  # code points: an excerpt says which words are meant, it is no copy of a section
_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATES = ("created", "updated", "last_reviewed", "next_review")


def document(results: Sequence[Result], look: Look) -> str:
    """One JSON document of all results, ended by a newline."""
    counts = summary(results)
    return dumped(
        {
            "version": 1,
            "tool": {"name": "cramplint", "version": VERSION},
            "summary": {
                "files": counts.files,
                "errors": counts.errors,
                "warnings": counts.warnings,
                "notes": counts.notes,
                "fixable": counts.fixable,
                "fixable_unsafe": counts.asking,
                "suppressed": counts.suppressed,
            },
            "files": [
                {
                    "path": result.path,
                    "kind": result.reading.article.source.kind,
                    "facts": facts(result),
                }
                for result in results
            ],
            "findings": [finding for result in results for finding in _findings(result)],
        }
    )


def lines(results: Sequence[Result], look: Look) -> str:
    """The findings of `document`, one JSON object a line; empty if there are none."""
    return "".join(dumped(finding) for result in results for finding in _findings(result))


def facts(result: Result) -> dict[str, Any]:
    """What is known of an article, rule or no rule; None for what is not looked at."""
    reading = result.reading
    article = reading.article
    return {
        "health_article": reading.health,
        "type": reading.type,
        "lang": reading.lang,
        "title": article.title,
        "topics": list(reading.topics),
        "disclaimer": reading.disclaimers.level,
        "red_flags": reading.red_flags.level,
        "red_flags_adequate": reading.red_flags.adequate,
        "doses": [_dose(article, dose) for dose in reading.doses],
        "testimonials": reading.testimonials,
        "citations": reading.evidence.count,
        "authors": _people(reading, "author"),
        "reviewers": _people(reading, "reviewer"),
        "dates": _dates(reading),
        "internal_links": sum(not link.image and _internal(link.target) for link in article.links),
        "words": len(fold(article.prose).split()),
        "readability": result.scores._asdict() if result.scores else None,
        "unchecked_rules": len(result.checked.unspoken),
        "jama": jama(reading),
        "proxies": {**proxies(reading, _grade(result))},
        "human_only": list(HUMAN_ONLY),
    }


def _dose(article: Article, dose: Dose) -> dict[str, Any]:
    return {
        "text": article.source.excerpt(dose.span),
        "nutrient": dose.nutrient or None,
        "low": _plain(dose.low),
        "high": _plain(dose.high),
        "unit": dose.unit,
        "per": dose.per or None,
        "times": _plain(dose.times),
        "class": dose.kind,
        "form": dose.form or None,
        "start": dose.span.start,
        "end": dose.span.end,
    }


def _plain(amount: float) -> float:
    """A whole number without a ".0", as it is written."""
    return int(amount) if amount == int(amount) else amount


def _internal(target: str) -> bool:
    """True for a link to a page of the same site; not for an anchor of the same page."""
    return bool(target) and not target.startswith(("#", "//")) and not _SCHEME.match(target)


def _people(reading: Reading, role: str) -> list[dict[str, str]]:
    return [
        {
            "name": one.name,
            **({"credentials": one.credentials} if one.credentials else {}),
            **({"url": one.url} if one.url else {}),
        }
        for one in reading.credits.named(role)
    ]


def _dates(reading: Reading) -> dict[str, str]:
    """The dates that the page gives of itself; what is no date stays as it is written."""
    found: dict[str, str] = {}
    for one in reading.credits.dates:
        found.setdefault(one.name, iso(one.text) or one.text)
    return {name: found[name] for name in _DATES if name in found}


def _grade(result: Result) -> float | None:
    return result.scores.flesch_kincaid_grade if result.scores else None


def _findings(result: Result) -> Iterator[dict[str, Any]]:
    source = result.reading.article.source
    places = Lines(source.text)
    prints = fingerprints(result)

    def place(offset: int) -> dict[str, int]:
        line, column = places.place(offset)
        return {"line": line, "column": column, "offset": offset}

    for finding, print_ in zip(result.checked.findings, prints, strict=True):
        excerpt = source.excerpt(finding.span)
        yield {
            "path": result.path,
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message,
            "advice": finding.advice,
            "start": place(finding.span.start),
            "end": place(finding.span.end),
            "excerpt": excerpt if len(excerpt) <= _EXCERPT else excerpt[: _EXCERPT - 1] + "\u2026",
            "fingerprint": print_,
            "url": None,
            "fix": _fix(finding),
        }


def _fix(finding: Finding) -> dict[str, Any] | None:
    if finding.fix is None:
        return None
    edits = [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in finding.fix.edits]
    return {"safety": finding.fix.safety, "edits": edits}
