"""Findings as JSON: one document, or one finding a line. Always ASCII; same input, same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..meaning import Dose, Reading
from ..model import VERSION, Article, Finding
from ..names import fold
from ..patterns import lazy
from .escape import inert
from .result import Lines, Look, Result, summary

_EXCERPT = 300  # code points: an excerpt says which words are meant, it is no copy of a section
_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATES = ("created", "updated", "last_reviewed", "next_review")


def document(results: Sequence[Result], look: Look) -> str:
    """One JSON document of all results, ended by a newline."""
    counts = summary(results)
    return _dump(
        {
            "version": 1,
            "tool": {"name": "cramplint", "version": VERSION},
            "summary": {
                "files": counts.files,
                "errors": counts.errors,
                "warnings": counts.warnings,
                "notes": counts.notes,
                "fixable": counts.fixable,
                "suppressed": counts.suppressed,
            },
            "files": [
                {
                    "path": result.path,
                    "kind": result.reading.article.source.kind,
                    "facts": facts(result.reading),
                }
                for result in results
            ],
            "findings": [finding for result in results for finding in _findings(result)],
        }
    )


def lines(results: Sequence[Result], look: Look) -> str:
    """The findings of `document`, one JSON object a line; empty if there are none."""
    return "".join(_dump(finding) for result in results for finding in _findings(result))


def facts(reading: Reading) -> dict[str, Any]:
    """What is known of an article, rule or no rule; None for what is not looked at."""
    article = reading.article
    data = article.meta.data
    notes = [b.span for b in article.blocks if b.kind == "footnote"]
    outward = [
        link.span
        for link in article.links
        if not link.image
        and _external(link.target)
        and reading.within(link.span, "references")
        and not any(note.holds(link.span) for note in notes)
    ]
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
        "citations": len(outward) + len(notes),
        "authors": _people(data, "authors", "author"),
        "reviewers": _people(data, "reviewed_by", "reviewers"),
        "dates": {key: data[key] for key in _DATES if data.get(key)},
        "internal_links": sum(not link.image and _internal(link.target) for link in article.links),
        "words": len(fold(article.prose).split()),
        "readability": None,
        "jama": None,
    }


def _dose(article: Article, dose: Dose) -> dict[str, Any]:
    return {
        "text": article.source.excerpt(dose.span),
        "nutrient": dose.nutrient or None,
        "low": dose.low,
        "high": dose.high,
        "unit": dose.unit,
        "per": dose.per or None,
        "times": dose.times,
        "class": dose.kind,
        "form": dose.form or None,
        "start": dose.span.start,
        "end": dose.span.end,
    }


def _external(target: str) -> bool:
    return target.lower().startswith(("http://", "https://", "//"))


def _internal(target: str) -> bool:
    """True for a link to a page of the same site; not for an anchor of the same page."""
    return bool(target) and not target.startswith(("#", "//")) and not _SCHEME.match(target)


def _people(data: Mapping[str, Any], *keys: str) -> list[dict[str, Any]]:
    stated: Any = next((data[key] for key in keys if data.get(key)), [])
    people = stated if isinstance(stated, list) else [stated]
    return [
        {k: v for k, v in one.items() if k in ("name", "credentials", "url")}
        if isinstance(one, Mapping)
        else {"name": str(one)}
        for one in people
        if one
    ]


def _findings(result: Result) -> Iterator[dict[str, Any]]:
    source = result.reading.article.source
    places = Lines(source.text)
    seen: dict[tuple[str, str], int] = {}

    def place(offset: int) -> dict[str, int]:
        line, column = places.place(offset)
        return {"line": line, "column": column, "offset": offset}

    for finding in result.checked.findings:
        excerpt = source.excerpt(finding.span)
        words = finding.rule, fold(excerpt)
        seen[words] = seen.get(words, 0) + 1
        yield {
            "path": result.path,
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message,
            "advice": finding.advice,
            "start": place(finding.span.start),
            "end": place(finding.span.end),
            "excerpt": excerpt if len(excerpt) <= _EXCERPT else excerpt[: _EXCERPT - 1] + "\u2026",
            "fingerprint": _fingerprint(*words, seen[words]),
            "url": None,
            "fix": _fix(finding),
        }


def _fingerprint(rule: str, words: str, occurrence: int) -> str:
    """The same for the same words under the same rule, wherever in the file they stand."""
    from hashlib import blake2b  # imported where it is used: slow to load

    made = f"{rule}\0{words}\0{occurrence}".encode("utf-8", "backslashreplace")
    return blake2b(made, digest_size=8).hexdigest()


def _fix(finding: Finding) -> dict[str, Any] | None:
    if finding.fix is None:
        return None
    edits = [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in finding.fix.edits]
    return {"safety": finding.fix.safety, "edits": edits}


def _dump(value: object) -> str:
    import json

    made = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return inert(made) + "\n"
