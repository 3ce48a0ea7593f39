"""What an article's front matter states, in one shape, whatever shape it was written in."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..keys import ELSEWHERE
from ..meaning import Reading
from ..model import Article
from ..understand.credits import is_nobody, is_team
from .urls import IMAGES as WEB
from .urls import safe

DATES = ("created", "updated", "last_reviewed", "next_review")
_KNOWN = frozenset(
    {"title", "description", "slug", "lang", "locale", "type", "topics", "authors", "reviewed_by"}
    | {"disclaimer", "related", "aliases", "references", "funding", "draft", "cramplint", *DATES}
)
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_SUMMARY = 200  # code points of the first paragraph, where no description is stated


class Person(NamedTuple):
    """An author or reviewer; `organisation`: a team or a body."""

    name: str
    credentials: str
    url: str
    organisation: bool = False


class Reference(NamedTuple):
    """A source; `text` says all but the address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Facts:
    """`health`: it is about health. `keywords`: the topics that it states itself. `dates`: name ->
    ISO date, only those that are dates. `extra`: the keys that are not ours."""

    title: str
    description: str
    slug: str
    lang: str
    direction: str
    health: bool
    locale: str
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    authors: tuple[Person, ...]
    reviewers: tuple[Person, ...]
    dates: Mapping[str, str]
    references: tuple[Reference, ...]
    funding: str
    site_disclaimer: bool
    extra: Mapping[str, Any]


def facts(reading: Reading, locale: str = "", disclaimer: str = "") -> Facts:
    """What is known of the article. `locale` and `disclaimer` are the site's own settings."""
    article, data = reading.article, reading.article.meta.data
    stem = posixpath.splitext(posixpath.basename(article.source.name))[0]
    lang = reading.lang or "en"
    named = " ".join(stem.replace("-", " ").replace("_", " ").split())
    return Facts(
        title=_text(article.title) or named[:1].upper() + named[1:],
        description=_text(data.get("description")) or _opening(article),
        slug=_text(data.get("slug")) or stem,
        lang=lang,
        direction="rtl" if lang.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        health=reading.health,
        locale=_text(data.get("locale")) or locale,
        topics=reading.topics,
        keywords=tuple(filter(None, map(_text, _listed(data.get("topics"))))),
        authors=_people(data.get("authors")),
        reviewers=_people(data.get("reviewed_by")),
        dates={name: iso for name in DATES if (iso := _date(data.get(name)))},
        references=tuple(filter(None, map(_reference, _listed(data.get("references"))))),
        funding=_text(data.get("funding")),
        site_disclaimer=disclaimer == "site" or data.get("disclaimer") in ELSEWHERE,
        extra={str(key): value for key, value in data.items() if str(key) not in _KNOWN},
    )


def _text(value: object) -> str:
    """Words on one line, without control characters; "" for what is no text."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(c for c in words if unicodedata.category(c) not in ("Cc", "Cs"))


def _listed(value: object) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _people(value: object) -> tuple[Person, ...]:
    people = [one if isinstance(one, Mapping) else {"name": one} for one in _listed(value)]
    return tuple(
        Person(name, _text(one.get("credentials")), _web(one.get("url")), _team(one, name))
        for one in people
        if (name := _text(one.get("name"))) and not is_nobody(name)
    )


def _team(one: Mapping[str, Any], name: str) -> bool:
    return str(one.get("type", "")).lower().startswith("organi") or is_team(name)


def _reference(value: object) -> Reference | None:
    if not isinstance(value, Mapping):
        text, url = _text(value), _web(value)
        return Reference(text, url if url == text else "") if text else None
    parts = [
        str(v) for k in ("authors", "title", "source", "publisher", "year") if (v := value.get(k))
    ]
    text, url = _text(". ".join(parts)), _web(value.get("url"))
    return Reference(text or url, url) if text or url else None


def _web(value: object) -> str:
    """An address that a page may link to; "" for any other."""
    url = safe(value, WEB) if isinstance(value, str) else None
    return url if url and url.lower().startswith(("http://", "https://")) else ""


def _date(value: object) -> str:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return ""


def _opening(article: Article) -> str:
    """The first paragraph, cut behind a word if it is long."""
    first = next((b.span for b in article.blocks if b.kind == "paragraph"), None)
    words = article.words(first) if first else ""
    if len(words) <= _SUMMARY:
        return words
    return words[:_SUMMARY].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
