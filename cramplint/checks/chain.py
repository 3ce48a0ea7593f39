"""Titles of other articles glued to a "Read More" mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..cards import ARROW
from ..cards import marks as marks_of
from ..meaning import Reading
from ..model import Article, Block, Edit, Finding, Fix, Rule, Span
from ..patterns import lazy, lowered
from ..rules import finding
from ..shapes import title_case
from ..site import Site

# What stands before the title of another article: "READ MORE: …", "Also read – …".
_CUE = lazy(
    r"^[ \t]*(?P<cue>(?:read (?:more|also|next)|also read|must[ -]read) ?[:|–—])[ ]?"
    r"(?=(?-i:[A-Z“\"‘']))(?P<title>[^\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
_REACHED = lazy(
    r"https?:|www\.|@|\b(?:call|visit|at|phone|dial|\w+\.(?:com|org|uk|gov))\b", re.IGNORECASE
)
_CLICK = lazy(r"\bclick here\b|\b(?:click|follow|use|see) the links? below\b", re.IGNORECASE)
# What these two hold, in lower case; few pages hold any.
_CUED = lazy(r"read(?: (?:more|also|next))? ?[:|–—]")
_CLICKED = ("click here", "link below", "links below")
_NOT = lazy(
    r"\b(?:not|never|avoid|don['’]t|without)\b[^.!?]*\Z|[“\"‘'][^”\"’'\n]*\Z", re.IGNORECASE
)
_MORE = lazy(r"[^ .\n]")
_LEAD = "Read more:"
_FAR = 200  # code points before "click here" that may say not to


def readmore_chain(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A "Read More →" that is no link: glued to the title of the next entry, or left dangling; the
    cue before a title; "click here" where nothing can be clicked."""
    article = reading.article
    low = lowered(article.prose)
    for block, below in pairwise([*article.blocks, None]):
        assert block is not None
        text = article.prose[block.span.start : block.span.end]
        marks = marks_of(text)
        if not marks:
            continue
        if below and below.kind == "item" and article.words(block.span) == _LEAD:
            continue
        first = len(text) - len(text.lstrip())
        for mark in marks:
            at = block.span.start + mark.start()
            span = Span(at, at + len(mark[0].rstrip()))
            if any(article.links_in(span)):
                continue
            glued = bool(_MORE.search(text, mark.end()))
            arrow = ARROW.search(mark[0])
            stuck = _stuck(text, mark) and not glued
            heads = block.kind == "heading" and below and below.kind != "heading"
            if heads and not (arrow or stuck):
                continue  # the heading of what follows
            before = first < mark.start() and not stuck
            if not arrow and (before or (glued and not title_case(text[mark.end() :]))):
                continue  # "… to read more." and "Read more about sleep." are sentences
            if glued:
                gap = "\n" if article.source.kind == "text" else "\n\n"
                title = block.span.start + mark.end()
                fix = Fix((Edit(Span(span.end, title), gap),), "safe")
                yield finding(rule, reading, span, fix=fix, variant="glued")
            else:
                yield finding(rule, reading, span, fix=_entry(reading, span))
    cued, clicked = _CUED.search(low), any(map(low.__contains__, _CLICKED))
    for i, block in enumerate(article.blocks if cued or clicked else ()):
        if block.kind in ("code", "heading", "html"):
            continue
        text = article.prose[block.span.start : block.span.end]
        for cue in _CUE.finditer(text) if cued else ():
            named = cue["title"]
            other = title_case(named) or _REACHED.search(named) or not 3 < len(named.split()) < 25
            if not other and not any(article.links_in(block.span)):
                yield finding(rule, reading, _shift(cue.span("cue"), block.span.start))
        clicks = list(_CLICK.finditer(text)) if clicked else []
        for click in clicks if clicks and _unlinked(reading, i, i + 3) else ():
            if not _NOT.search(text[max(click.start() - _FAR, 0) : click.start()]):
                yield finding(rule, reading, _shift(click.span(), block.span.start))


def _stuck(text: str, mark: re.Match[str]) -> bool:
    """True for a button right behind a word or a question ("at NightRead more"), or behind the last
    sentence of a paragraph. "Keep reading." is a sentence of the page's own."""
    said, before = text[slice(*mark.span())].strip(" \n["), text[: mark.start()]
    if not said[:1].isupper() or (said.endswith(".") and not said.endswith("..")):
        return False
    touches = before[-1:].islower() or before[-1:] in tuple("?!)…")
    return touches or before.rstrip()[-1:] in tuple(".!?…")


def _entry(reading: Reading, mark: Span) -> Fix | None:
    """The title before `mark` as an item of a list; the first one below a line that says what the
    list is. Where no title stands there, the mark goes."""
    article = reading.article
    text = article.source.text
    named = [*(r.span for r in reading.related), *(x.span for x in article.links)]
    title = next(
        (s for s in named if s.end <= mark.start and not text[s.end : mark.start].strip()), None
    )
    above = [b for b in article.blocks if b.span.start <= title.start] if title else []
    if title and marks_of(text[above[-1].span.start : title.start]):
        return None  # the mark before the title goes first
    if title is None or above[-1].span.start != title.start or above[-1].kind == "item":
        return Fix((Edit(mark, ""),), "ask")
    lead = "- "
    if not _chained(article, above[:-1]):
        gap = "\n" if article.source.kind == "text" else "\n\n"
        apart = "" if text[: title.start].endswith("\n\n") or not title.start else "\n"
        lead = f"{apart}{_LEAD}{gap}- "
    goes = mark.end + (text[mark.end : mark.end + 2] == "\n\n" and _goes_on(reading, mark))
    return Fix((Edit(Span(title.start, goes), lead + text[slice(*title)]),), "ask")


def _chained(article: Article, above: Sequence[Block]) -> bool:
    """True if an entry of the same chain stands last in `above`, mended or not."""
    if above and marks_of(article.prose[slice(*above[-1].span)]):
        return True
    lead = next((b for b in reversed(above) if b.kind != "item"), None)
    return lead is not None and lead != above[-1] and article.words(lead.span) == _LEAD


def _goes_on(reading: Reading, mark: Span) -> bool:
    """True if the next entry of the chain follows."""
    below = [b for b in reading.article.blocks if b.span.start >= mark.end][1:2]
    return any(marks_of(reading.article.prose[slice(*b.span)]) for b in below)


def _shift(place: tuple[int, int], by: int) -> Span:
    return Span(place[0] + by, place[1] + by)


def _unlinked(reading: Reading, start: int, end: int) -> bool:
    """True if no block from `start` to `end` holds a link or an address."""
    article = reading.article
    return not any(
        any(article.links_in(b.span))
        or re.search(r"https?:|www\.|href=", article.source.excerpt(b.span))
        for b in article.blocks[start:end]
    )
