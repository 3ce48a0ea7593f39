"""How a page is laid out for readers who scan: its lists, and where it says the main thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..expressions import pattern, stands
from ..meaning import Reading
from ..model import Block, Finding, Rule, Span
from ..rules import finding
from ..site import Site
from ..understand.opening import opening, shown

_APART = ("references", "related", "faq", "contact", "footer", "red_flags", "testimonial", "bio")
_PLAIN = 7  # words: a shorter sentence says little of a matter
_LONG = 14  # words: one entry of that length among short ones is a paragraph
_SHARE = 0.3  # of its items: a list is mixed if neither kind is rarer


def lists(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Lists of more than `most` items (message: long), or of more than `few` items some of which
    are sentences and some are not (message: mixed). Lists of signs, sources and links, and ordered
    ones, are left alone."""
    for items in _lists(reading.article.blocks):
        if len(items) <= rule.params["few"] or reading.within(items[0].span, *_APART):
            continue
        words = [reading.article.words(b.span) for b in items]
        if _ordered(reading, items[0]) or any(map(pattern(rule.params["signs"]).search, words)):
            continue
        if sum(any(True for _ in reading.article.links_in(b.span)) for b in items) * 2 > len(items):
            continue
        whole = sum(
            w.rstrip('"”*_)').endswith((".", "!", "?")) and len(w.split()) > 4 for w in words
        )
        bare = sum(w[-1:].isalnum() and len(w.split()) < 5 for w in words)
        sizes = sorted(len(w.split()) for w in words)
        odd = sizes[-1] >= max(_LONG, 2.5 * sizes[-2])
        place = shown(reading.article, items[0].span)
        if odd or min(whole, bare) >= len(items) * _SHARE:
            yield finding(rule, reading, place, variant="mixed", count=len(items))
        elif len(items) > rule.params["most"]:
            yield finding(rule, reading, place, count=len(items))


def _lists(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The lists of a page: items one after the other, deeper ones left out."""
    items: list[Block] = []
    for block in blocks:
        if block.kind == "item":
            items += [block] * (not items or block.level <= items[0].level)
        elif items and block.level < items[0].level:
            yield items
            items = []
    if items:
        yield items


def _ordered(reading: Reading, item: Block) -> bool:
    line = reading.article.source.line_span(item.span.start)
    return reading.article.source.text[line.start : item.span.end].lstrip()[:1].isdigit()


def summary(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A page of more than `words` words whose first section tells a story or asks questions
    (`scene`) and does not say the main thing: neither a summary (`short`) nor a plain sentence."""
    article = reading.article
    if reading.type in ("story", "news") or len(article.prose.split()) <= rule.params["words"]:
        return
    lead = _lead(reading, rule.params["lead"])
    if not lead or stands(rule.params["short"], article.prose[: lead.end]):
        return
    told = asked = 0
    for sentence in reading.sentences_in(lead):
        words = article.words(sentence.span)
        if "question" in sentence.guards or stands(rule.params["scene"], words):
            asked += 1
        elif len(words.split()) > _PLAIN:
            told += 1
    if asked and not told:
        yield finding(rule, reading, opening(article))


def _lead(reading: Reading, most: int) -> Span | None:
    """The paragraphs above the first heading below the title, `most` of them at most."""
    body: list[Block] = []
    for block in reading.article.blocks:
        if block.kind == "heading" and (body or block.level > 1):
            break
        if block.kind in ("paragraph", "item", "quote"):
            body.append(block)
    return Span(body[0].span.start, body[:most][-1].span.end) if body else None
