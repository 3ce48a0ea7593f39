"""The front matter: is it there, is it whole, is each of its values what it should be; and pages
that another page of the site repeats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from ..keys import LOCALES
from ..meaning import Reading
from ..model import Article, Finding, Rule, Severity, Span
from ..names import fold
from ..pages import alike, page_of
from ..patterns import lazy
from ..rules import finding
from ..site import Site

TYPES = ("article", "story", "news", "recipe", "landing")
_SLUG = lazy(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
_LANG = lazy(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_DATE = lazy(r"(\d{4}-\d{2}-\d{2})(?:[Tt ].{1,30})?")


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(_text(x) for x in value)


def _people(value: object) -> bool:
    listed = value if isinstance(value, list) else [value]
    return bool(listed) and all(
        isinstance(x, dict)
        and _text(x.get("name"))
        and all(_text(x[k]) for k in ("credentials", "url") if k in x)
        for x in listed
    )


def _works(value: object) -> bool:
    return isinstance(value, list) and all(
        _text(x) or (isinstance(x, dict) and (_text(x.get("title")) or _text(x.get("url"))))
        for x in value
    )


_PEOPLE = "{name, credentials, url}, or a list of such"
_WHEN = "a date such as 2025-03-01"
# Key -> (is the value of the right kind, what it should be).
_KINDS: dict[str, tuple[Callable[[object], bool], str]] = {
    **dict.fromkeys(
        ("title", "description", "lang", "locale", "type", "funding"), (_text, "a text")
    ),
    "slug": (_text, "a text"),
    "disclaimer": (lambda v: _text(v) or v is False, "a text"),
    **dict.fromkeys(("topics", "related", "aliases"), (_texts, "a list of texts")),
    **dict.fromkeys(("authors", "reviewed_by"), (_people, _PEOPLE)),
    **dict.fromkeys(("created", "updated", "last_reviewed", "next_review"), (_text, _WHEN)),
    "references": (_works, "a list of texts or of {title, url}"),
    "draft": (lambda v: isinstance(v, bool), "true or false"),
    "cramplint": (lambda v: isinstance(v, dict), "a mapping"),
}


def front_matter(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """What is wrong with the front matter, judged by the keys that are known; others pass.

    `title`: the most characters that a title may have. `wanted`: keys that should be there.
    Messages besides the main one ("{key}" is of the wrong kind): none, missing, empty, long
    and value (right kind, impossible value). The order of dates is for another rule.
    """
    article = reading.article
    meta = article.meta
    if not meta.span.end:
        # A page that was only just scraped has none yet: worth no more than a note.
        level: Severity | None = "note" if article.source.kind == "text" else None
        yield finding(rule, reading, _start(article), severity=level, variant="none")
        return
    absent = [k for k in rule.params["wanted"] if k not in meta.data]
    if "title" in absent and article.title:
        absent.remove("title")
    if absent:
        yield finding(rule, reading, Span(0, 3), variant="missing", keys=", ".join(absent))
    for key, (fits, wanted) in _KINDS.items():
        if key not in meta.data:
            continue
        value = meta.data[key]
        at = meta.keys[key]
        if value is None or value == "":
            yield finding(rule, reading, at, variant="empty", key=key)
        elif not fits(value):
            yield finding(rule, reading, at, key=key, wanted=wanted)
        elif problem := _impossible(key, value):
            yield finding(rule, reading, at, variant="value", key=key, problem=problem)
    most = rule.params["title"]
    if len(article.title) > most:
        yield finding(
            rule, reading, _titled(article), variant="long", length=len(article.title), most=most
        )


def _impossible(key: str, value: object) -> str:
    """What is wrong with a value of the right kind, "" if nothing is."""
    text = value if isinstance(value, str) else ""
    if key == "slug" and not _SLUG.fullmatch(text):
        return "takes lower-case letters, digits and hyphens, at most 80"
    if key == "lang" and not _LANG.fullmatch(text):
        return "is a language code such as en or en-GB"
    if key == "locale" and text not in LOCALES:
        return f"is one of {', '.join(LOCALES)}"
    if key == "type" and text not in TYPES:
        return f"is one of {', '.join(TYPES)}"
    if _KINDS[key][1] == _WHEN:
        stated = _DATE.fullmatch(text)
        try:
            date.fromisoformat(stated[1] if stated else "")
        except ValueError:
            return f"is {_WHEN}, and one that exists"
    return ""


def _start(article: Article) -> Span:
    """The first line that says something; the very start of an empty page."""
    text = article.source.text
    first = len(text) - len(text.lstrip())
    return article.source.line_span(first) if first < len(text) else Span(0, 0)


def _titled(article: Article) -> Span:
    """Where the title stands: its key, else the first level-1 heading, else the page's start."""
    if "title" in article.meta.keys and _text(article.meta.data["title"]):
        return article.meta.keys["title"]
    heads = (b.span for b in article.blocks if b.kind == "heading" and b.level == 1)
    return next(heads, _start(article))


def duplicate(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Another page of the site, in the same language, that has this one's body (the main message),
    or its title, or the slug that it states (messages title and slug)."""
    article = reading.article
    page = site.pages.get(article.source.name) or page_of(article)
    others = [p for p in site.twins(page) if p.lang == page.lang]
    sharing = site.sharing(page) if others else ()  # those of one title seldom do
    bodies = [p for p in others if p.path in sharing and alike(page, p)]
    titles = [p for p in others if p not in bodies and fold(p.title) == fold(page.title) != ""]
    slugs = [p for p in others if p.slug == article.meta.data.get("slug")]
    slug_at = article.meta.keys.get("slug", Span(0, 0))
    for variant, found, at in (
        ("", bodies, _titled(article)),
        ("title", titles, _titled(article)),
        ("slug", slugs, slug_at),
    ):
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            yield finding(rule, reading, at, variant=variant, path=found[0].path + more)
