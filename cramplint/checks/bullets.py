"""Bullets that are damaged: alone on a line, turned into "?", or glyphs that are mere text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..meaning import Reading
from ..model import Edit, Finding, Fix, Rule, Span
from ..patterns import lazy
from ..rules import finding
from ..shapes import ASKS, GLYPHS
from ..site import Site

_BARE = lazy(rf"^[ \t]*(?P<mark>[-*+–—·{GLYPHS}])[ \t\u00a0]*$", re.MULTILINE)
_ITEM = lazy(rf"[ \t]*(?:[-*+–—·{GLYPHS}]|\d{{1,3}}[.)])(?:\s|$)")
# Letters and signs that a symbol font shows as bullets; two bullets before one item.
_SYMBOL = lazy(
    r"^[ \t]*(?P<mark>(?P<letter>[ovlnqwØü§¢¡¿¨Ÿð]|\(cid:\d{1,4}\))|"
    r"(?P<named>&(?:bull|\#8226|\#x2022);)|"
    r"(?P<double>[-*•][ \t]+[•·▪]|[•·▪][ \t]+-))[ \t\u00a0]+(?=[\"“‘'(*\[]{0,3}[^\W\d_])",
    re.MULTILINE,
)
_LONE_LETTER = lazy(r"^[ \t]*(?P<mark>[oØ§ü])[ \t\u00a0]*$", re.MULTILINE)
_SEVERAL = 3  # of one such letter on a page are no accident; two are none one after the other
_QMARK = lazy(r"^[ \t]*(?P<mark>\?)[ \u00a0]+(?:(?P<low>[a-z])|(?=[A-Z“\"‘']))", re.MULTILINE)
_GLYPH = lazy(rf"^[ \t]*(?P<mark>[{GLYPHS}]|·(?=[ \u00a0]))(?=[ \t\u00a0]*\S)", re.MULTILINE)
# A bullet that touches the word before it; between words of a menu or a name it stands free.
_GLUED = lazy(r"(?<=[a-z.)])(?P<mark>[•▪●◦])[ \t\u00a0]*(?=[^\W\d_])")
# Behind a stop one stands free, too, where the items of a list were put on one line.
_FREE = lazy(r"(?<=[.;:,!?—])[ \u00a0]+(?P<mark>[•▪●◦➢⮚])[ \u00a0]+(?=[^\W\d_])")
# What all that stand at the start of a line hold, and those in its midst.
_QMARK_SIGN = lazy(r"\?(?<![^\n \t]\?)[ \u00a0]")
_GLYPH_SIGN = lazy(rf"[{GLYPHS}·]")
_INSIDE_SIGNS = "•▪●◦➢⮚"
_MIDLINE = lazy(r"(?<=[\w)%]) (?P<mark>\?) (?=[^\W_])")


def bare_bullet(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A bullet alone on a line whose text stands on the next: the two are joined, and a blank line
    ends the list, so that Markdown sees a list and no heading."""
    text = reading.article.source.text
    for bare in _alone(reading, text):
        if reading.article.kind_at(bare.start("mark")) == "code":
            continue
        line = reading.article.source.line_span(min(bare.end() + 1, len(text)))
        if not text[line.start : line.end].strip():
            # One blank line between is this page's way if the bullet before had one too.
            line = reading.article.source.line_span(min(line.end + 1, len(text)))
            if not re.search(r"^[ \t]*[-*+•][ \t]*\n[ \t]*\n[ \t]*\S", text[: bare.start()], re.M):
                continue
        below = text[line.start : line.end]
        if not below.strip() or _ITEM.match(below) or re.match(r"[ ]{0,3}(?:#|>|\||`{3})", below):
            continue
        starts = line.start + len(below) - len(below.lstrip())
        edits = [Edit(Span(bare.end("mark"), starts), " ")]
        after = reading.article.source.line_span(min(line.end + 1, len(text)))
        more = text[after.start : after.end] if after.start > line.start else ""
        if more.strip() and not _ITEM.match(more) and not more.startswith((" ", "\t")):
            edits.append(Edit(Span(line.end, line.end), "\n"))
        mark = Span(*bare.span("mark"))
        letter = bare["mark"].isalpha() or bare["mark"] == "§"
        edits[:0] = [Edit(mark, "-")] if letter else []
        yield finding(rule, reading, mark, fix=Fix(tuple(edits), "ask" if letter else "safe"))


def _alone(reading: Reading, text: str) -> Iterator[re.Match[str]]:
    """Bullets alone on their lines, among them what a symbol font leaves."""
    yield from _BARE.finditer(text, reading.article.meta.span.end)
    letters = list(_LONE_LETTER.finditer(text, reading.article.meta.span.end))
    told = Counter(found["mark"] for found in letters)
    for found in letters if reading.lang == "en" else ():
        if told[found["mark"]] >= _SEVERAL:
            yield found


def qmark_bullet(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A "?" where a bullet, an arrow or a dash was; a bullet inside a line;
    in Markdown also one that is mere text."""
    article = reading.article
    text, body = article.source.text, article.meta.span.end
    asked = _QMARK.finditer(text, body) if _QMARK_SIGN.search(text, body) else ()
    opening = [m for m in asked if reading.article.kind_at(m.start("mark")) != "code"]
    opening = opening if len(opening) > 1 else [m for m in opening if not m["low"]]
    for mark in opening:
        span = Span(*mark.span("mark"))
        fix = Fix((Edit(span, "-"),), "safe") if len(opening) >= 2 else None
        yield finding(rule, reading, span, fix=fix)
    if article.source.kind == "markdown" and _GLYPH_SIGN.search(text, body):
        for mark in _GLYPH.finditer(text, body):
            span = Span(*mark.span("mark"))
            if reading.article.kind_at(span.start) != "code" and _begins_block(reading, span):
                space = "" if text[span.end : span.end + 1] in " \t" else " "
                fix = Fix((Edit(span, "-" + space),), "safe")
                yield finding(rule, reading, span, fix=fix, variant="glyph")
    for mark in _symbols(reading, text, body):
        span = Span(*mark.span("mark"))
        variant = "symbol" if mark["letter"] else "glyph" if mark["named"] else "double"
        yield finding(rule, reading, span, fix=Fix((Edit(span, "-"),), "ask"), variant=variant)
    shapes = (_GLUED, _FREE) if any(map(article.prose.__contains__, _INSIDE_SIGNS)) else ()
    for mark in [m for shape in shapes for m in shape.finditer(article.prose, body)]:
        span = Span(*mark.span("mark"))
        start = span.start - (len(mark[0]) - len(mark[0].lstrip()))
        fix = Fix((Edit(Span(start, mark.end()), "\n- "),), "ask")
        yield finding(rule, reading, span, fix=fix, variant="glued")
    for block in article.blocks if " ? " in article.prose else ():
        for mark in _MIDLINE.finditer(article.prose, block.span.start, block.span.end):
            before = article.prose[block.span.start : mark.start()]
            if _statement(before):
                span = Span(*mark.span("mark"))
                yield finding(
                    rule, reading, span, fix=Fix((Edit(span, "–"),), "ask"), variant="inside"
                )


def _symbols(reading: Reading, text: str, body: int) -> Iterator[re.Match[str]]:
    """What stands for a bullet at the start of two lines in a row, or of several on the page."""
    every, kind_at = _SYMBOL.finditer(text, body), reading.article.kind_at
    found = [mark for mark in every if kind_at(mark.start("mark")) != "code"]
    told = Counter(mark["mark"] for mark in found)
    for i, mark in enumerate(found):
        if mark["letter"] and reading.lang != "en":
            continue  # "o" is a word in Spanish and Portuguese
        if mark["named"] and reading.article.source.kind != "markdown":
            continue  # the entity is what is wrong there
        beside = (*found[max(i - 1, 0) : i], *found[i + 1 : i + 2])
        between = (
            text[slice(*sorted((other.end(), mark.end())))]
            for other in beside
            if other["mark"] == mark["mark"]
        )
        near = any(b.count("\n\n") <= 1 and b.strip().count("\n") <= 2 for b in between)
        if near or told[mark["mark"]] >= _SEVERAL:
            yield mark


def _statement(before: str) -> bool:
    """True if the words before the mark are a label ("Prioritize sleep"), not a question's end."""
    clause = re.split(r"[.!?:;]\s", before)[-1].strip()
    return 0 < len(clause.split()) <= 6 and clause[:1].isupper() and not ASKS.match(clause)


def _begins_block(reading: Reading, span: Span) -> bool:
    """True if the glyph opens an item: not a lone symbol in a table or in running text."""
    opened = (reading.article.block_at(at) for at in range(span.start, span.start + 6))
    return any(b is not None and b.kind == "item" and b.span.start >= span.start for b in opened)
