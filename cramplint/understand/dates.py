"""From when a page is: the dates that its front matter and its text give of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..days import DATE, day_of
from ..meaning import Dated
from ..model import Article, Span
from ..patterns import lazy, lowered

_DATE_KEYS = {
    "created": ("created", "date", "published", "pubdate", "publish_date", "publishdate"),
    "updated": ("updated", "lastmod", "modified", "last_updated", "updated_at", "lastupdated"),
    "last_reviewed": ("last_reviewed", "reviewed", "lastreviewed", "review_date", "reviewed_on"),
    "next_review": ("next_review", "review_due", "nextreview", "next_review_date"),
}
# "Medically reviewed by Sam Oke, RN, on 3 March 2024", "Next review due: March 2027".
_REVIEW_TO_COME = (
    r"next (?:review|update)(?:ed)?(?: date)?|(?:next )?review(?: is)? due|due for review|"
    r"to be reviewed|review by|review date|planned review"
)
_DONE = (
    r"(?:(?:last|medically|clinically|most recently|content|page|date) ){0,3}"
    r"(?:reviewed|updated|modified|revised|published|posted|checked|created|written|issued)"
    r"|last (?:review|update|revision|modification)(?: date)?|date of (?:last )?(?:review|update)"
)
_WHEN = lazy(
    rf"\b(?P<what>{_REVIEW_TO_COME}|{_DONE})\b"
    r"(?:[ ](?:on|in|at|date|due|and (?:updated|reviewed|fact-checked|approved)|"
    r"by(?:[ ][^:\d\n]{3,60}?)?(?:,|(?=[ ](?:on|in)\b)|[ ][–—|•·-]))){0,3}"
    rf"[\s:,|*_–—-]{{0,6}}(?:on |in )?(?P<date>{DATE})",
    re.IGNORECASE,
)
# What is done to a page on its dates: one of these stands in what the pattern above matches.
_DOINGS = (
    *("review", "updat", "modif", "revis", "publish", "posted", "checked", "created", "written"),
    "issued",
)
_ALONE = lazy(rf"\W*(?P<date>{DATE})(?:\W*$|\s*[|•·–—-])", re.IGNORECASE)
_BY = lazy(rf"\W*by [^.\n]{{4,60}}?[,\s–—-]{{1,9}}(?P<date>{DATE})", re.IGNORECASE)
_LINE = lazy(r"[^\n|•·]+")
_STOP = lazy(r"[.!?\n|•·]")
_PAGE = lazy(
    r"\b(?:page|article|information|content|leaflet|guide|post|was|date|last|next)\b", re.IGNORECASE
)
_WORK = lazy(
    r"\b(?:study|trial|reviews?|guidelines?|reports?|papers?|research|book|list|law|advice|figures|"
    r"data|survey|meta-analysis|statement|recommendations?)\b",
    re.IGNORECASE,
)
_NEXT = lazy(r"\bnext\b|due|to be|review by|planned|review date", re.IGNORECASE)
_CHANGED = lazy(r"updat|modif|revis", re.IGNORECASE)
_DIGIT = lazy(r"\d")
_EDGE = 14  # blocks at either end of a page where it gives its dates
_TOP = 8  # blocks at the start, where a date alone is the page's
_LONG = 1000  # code points: a longer block is no line of dates


def dates(article: Article) -> Iterator[Dated]:
    """The dates of the article; those of the front matter go before those of the text."""
    stated = list(_stated(article))
    yield from stated
    names = {d.name for d in stated}
    yield from (d for d in _told(article) if d.name not in names)


def _stated(article: Article) -> Iterator[Dated]:
    data, keys = article.meta.data, article.meta.keys
    for name, known in _DATE_KEYS.items():
        for key in (k for k in data if str(k).lower() in known):
            value = data[key]
            if isinstance(value, (str, int)) and str(value).strip():
                text = str(value).strip()
                yield Dated(name, text, keys.get(key, article.meta.span), day_of(text), True)


def _told(article: Article) -> Iterator[Dated]:
    blocks = [b for b in article.blocks if b.kind not in ("code", "rule", "footnote")]
    low = lowered(article.prose)
    for i, block in enumerate(blocks):
        if _EDGE <= i < len(blocks) - _EDGE or block.span.end - block.span.start > _LONG:
            continue
        words = article.prose[block.span.start : block.span.end]
        if not _DIGIT.search(words):
            continue
        start = block.span.start
        dated = any(map(low[slice(*block.span)].__contains__, _DOINGS))
        for found in _WHEN.finditer(words) if dated else ():
            if _of_the_page(words, found):
                span = Span(start + found.start(), start + found.end())
                yield Dated(_name(found["what"]), found["date"], span, day_of(found["date"]))
        if i < _TOP:
            yield from _alone(words, start)


def _alone(words: str, start: int) -> Iterator[Dated]:
    """The dates that stand alone on a line, or behind an author's name: when it was written."""
    for line in _LINE.finditer(words):
        found = _ALONE.match(line[0]) or _BY.match(line[0])
        if found and not found["date"].isdecimal() and not _WHEN.search(line[0]):
            at = start + line.start() + found.start("date")
            yield Dated(
                "created", found["date"], Span(at, at + len(found["date"])), day_of(found["date"])
            )


def _of_the_page(words: str, found: re.Match[str]) -> bool:
    """False where a sentence speaks of another work: "a trial published in 2019"."""
    before = _STOP.split(words[: found.start()])[-1]
    if _WORK.search(before):
        return False
    many = len(before.split())
    return many <= 3 or (many <= 10 and bool(_PAGE.search(f"{before} {found['what']}")))


def _name(what: str) -> str:
    """What a date is called: "medically reviewed" is last_reviewed."""
    if _NEXT.search(what):
        return "next_review"
    if "review" in what.lower() or "checked" in what.lower():
        return "last_reviewed"
    return "updated" if _CHANGED.search(what) else "created"
