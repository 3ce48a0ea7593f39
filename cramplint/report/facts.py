"""Reading -> the facts of an article, as JSON."""

from __future__ import annotations

from typing import Any

from ..checks.readability import Scores
from ..days import iso
from ..meaning import Dose, Reading
from ..model import Article, Checked
from ..names import fold
from ..patterns import lazy
from ..understand.proxies import HUMAN_ONLY, jama, proxies

_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATES = ("created", "updated", "last_reviewed", "next_review")


def facts(reading: Reading, checked: Checked, scores: Scores | None) -> dict[str, Any]:
    """What is known of an article, rule or no rule; None for what is not looked at."""
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
        "readability": scores._asdict() if scores else None,
        "unchecked_rules": len(checked.unspoken),
        "jama": jama(reading),
        "proxies": {**proxies(reading, scores.flesch_kincaid_grade if scores else None)},
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
