"""What a page sells, or earns by: links that pay for buyers, coupon codes, calls to buy, and what
it says of that itself.

A page that only links to a shop, or speaks of what things cost, sells nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..meaning import Sentence
from ..model import Article, Span
from ..patterns import held, lazy, lowered

# Every page that sells holds one of these; most other pages hold none of them.
_HINTS = (
    *("://", "code", "buy", "cart", "order", "shop", "basket", " our ", " my ", "yours", "sponsor"),
    *("affiliate", "commission", "partnership", "associate", "qualifying", "advertorial", "paid"),
)
_CODES = ("code", "coupon", "promo", "discount", "voucher")
# What all words that say that the page is paid hold, and all calls to buy.
_EARNS = (
    "commission",
    "fee",
    "associate",
    "affiliate",
    "qualifying",
    "sponsored",
    "paid",
    "advert",
)
_CALLS = (
    *("buy", "order", "shop", "add to ", "get yours", "try ", "discover ", "explore ", "purchase"),
    *_EARNS,
)
_URL = lazy(r"https?://[^\s<>\"'`“”|^{}\[\]]+", re.IGNORECASE)
# A code that takes something off a price; a code of a disease or a form takes nothing off.
_CODE = r"\s+[\"“'‘*_`]{0,3}[A-Z][A-Z0-9-]{3,19}(?![a-z])"
_COUPON = lazy(
    rf"\b(?:(?i:coupon|promo(?:tion(?:al)?)?|discount|voucher)(?i: codes?)[:,]?{_CODE}"
    rf"|(?i:(?:use|enter|apply|with)(?: \w+){{0,2}} code:?){_CODE}"
    r"(?=[^.\n]{0,60}(?i:%|\$|£|€|\boff\b|checkout|check-out|\bsave\b|discount)))"
)
_THING = (
    r"(?:supplements?|capsules?|tablets|gummies|powders?|sprays?|creams?|oils?|balms?|formulas?|"
    r"blends?|drops|tinctures?|teas?|bundles?|lotions?|salts?|flakes|pills|softgels?|"
    r"multivitamins?|vitamins|minerals|bestsellers?)\b(?! recipes?)"
)
_GOODS = rf"(?:{_THING}|(?:range|store|shop|products?|collection)\b)"
_UP_TO_3 = r"(?:[\w'’-]+ ){0,3}?"
# The words of a button, alone in a sentence or in a link. This and what follows is for text in
# lower case.
_BUY = lazy(
    r"(?:(?:buy|order|shop)(?: it| yours?| them)? (?:now|today)\b|(?:buy|shop) (?:here|online)\b|"
    r"add to (?:cart|bag|basket|trolley)\b|get yours (?:now|today|here)\b|"
    rf"(?:try|discover|explore) (?:our|my) {_UP_TO_3}{_THING}|"
    rf"shop (?:all|the) {_UP_TO_3}{_GOODS}|buy (?:[\w'’-]+ ){{1,3}}(?:now|today|here)\b)"
)
_LONGEST = 9  # words: a longer sentence that begins like a button tells of something
_OURS = lazy(rf"\b(?:buy|order|shop|shop for|purchase|try) (?:our|my) {_UP_TO_3}{_GOODS}")
_PAID = r"(?:commissions?|referral fees?|affiliate fees?)\b"
_STATED = lazy(
    r"\b(?:(?:we|i|this (?:site|page|blog|post))(?: \w+){0,3}? (?:earn|receive|get|make)s?"
    rf" (?:an? )?(?:\w+ ){{0,3}}?{_PAID}"
    rf"|(?:earn|receive|get|make)s? (?:an? )?(?:\w+ ){{0,2}}?{_PAID}(?: \w+){{0,3}}? "
    r"(?:if|when) you (?:buy|purchase|order|click|shop)"
    r"|as an amazon (?:associate|affiliate)"
    r"|(?:earn|receive)s?(?: money)? (?:from|through) qualifying purchases"
    r"|(?:contains?|includes?|has|uses?|are) (?:some )?affiliate links"
    r"|affiliate links? (?:may|are|on this|below|in this)"
    r"|(?:is|was) (?:sponsored|paid for) by|(?:is|was) a (?:sponsored|paid) "
    r"(?:post|article|page|partnership))"
    r"|^\W*(?:sponsored(?: (?:post|content|article)| by)|paid (?:partnership|promotion)|"
    r"advertorial)\b"
)
_DENIED = lazy(r"\b(?:no|not|never|neither|nor|none|without|doesn['’]t|don['’]t|avoid|beware)\b")
_FRONT = ("commercial", "sponsored")


class Offer(NamedTuple):
    """What shows that a page sells. `kind`: stated (its front matter says so), affiliate (a link
    that pays the site), coupon (a code), buy (a call to buy), told (its own words say that it is
    paid). `span` is the key, the link, or the words."""

    kind: str
    span: Span


def offers(article: Article, data: Mapping[str, Any]) -> tuple[Offer, ...]:
    """All that shows that `article` sells or earns, in the order of their places. `data` holds the
    table `commerce`."""
    return tuple(sorted(_offers(article, data), key=lambda offer: offer.span))


def promises(article: Article, sentences: Sequence[Sentence], data: Mapping[str, Any]) -> bool:
    """True if a sentence says what a supplement does for the body (`goods` and `claims` of the
    table `commerce`)."""
    claims = held(data["commerce"]["claims"], re.IGNORECASE)
    goods = held(data["commerce"]["goods"], re.IGNORECASE)
    said = (article.words(s.span) for s in sentences if "question" not in s.guards)
    return any(claims.search(words) and goods.search(words) for words in said)


def _offers(article: Article, data: Mapping[str, Any]) -> Iterator[Offer]:
    for name in _FRONT:
        stated = article.meta.data.get(name)
        if stated is True or (name == "sponsored" and isinstance(stated, str) and stated.strip()):
            yield Offer("stated", article.meta.keys.get(name, article.meta.span))
    low = lowered(article.source.text)
    if not any(hint in low for hint in _HINTS):
        return
    if "://" in low:
        yield from _affiliates(article, data["commerce"]["affiliate"])
    low = lowered(article.prose)
    for found in _COUPON.finditer(article.prose) if any(map(low.__contains__, _CODES)) else ():
        yield Offer("coupon", Span(*found.span()))
    for block in article.blocks:
        if block.kind in ("paragraph", "item", "heading", "quote", "row"):
            text = low[slice(*block.span)]
            if any(map(text.__contains__, _CALLS)):
                yield from _said(text, block.span)


def _affiliates(article: Article, pattern: str) -> Iterator[Offer]:
    """Addresses that pay, outside code; the whole link where one is written around it."""
    pays = held(pattern, re.IGNORECASE)
    paying = [
        found
        for found in _URL.finditer(article.source.text, article.meta.span.end)
        if pays.search(found[0])
    ]
    code = [e for e in article.events if e.kind == "code" or e.tag == "code_block"] * bool(paying)
    hidden = sorted((e.start, e.end) for e in code)
    for found in paying:
        i = bisect_right(hidden, (found.start(), 2**62)) - 1
        if i >= 0 and found.start() < hidden[i][1]:
            continue
        span = Span(found.start(), found.start() + len(found[0].rstrip(".,;:!?)*_")))
        around = [x.span for x in article.links_in(span) if not x.image and x.span.holds(span)]
        yield Offer("affiliate", around[0] if around else span)


def _said(text: str, span: Span) -> Iterator[Offer]:
    """Calls to buy in the block `span`, and words that say that the page is paid. `text`: the block
    in lower case."""
    for start, end in _sentences(text):
        words = text[start:end]
        at = start + len(words) - len(words.lstrip(" \n*_#>→»🛒👉-"))
        told = any(map(words.__contains__, _EARNS)) and _STATED.search(words)
        if told and not _DENIED.search(words):
            yield Offer("told", Span(span.start + at, span.start + end))
        if _BUY.match(text, at, end) and len(words.split()) <= _LONGEST:
            yield Offer("buy", Span(span.start + at, span.start + end))
            continue
        sold = _OURS.search(text, at, end) if " our " in words or " my " in words else None
        if sold and not _DENIED.search(text, start, sold.start()):
            yield Offer("buy", Span(span.start + sold.start(), span.start + sold.end()))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the sentences of `text`, in rough: a full stop and a blank part them."""
    at = 0
    for end in re.finditer(r"[.!?]+[)\"”'’*_]*(?=\s|\Z)|\n\n", text):
        yield at, end.end()
        at = end.end()
    if text[at:].strip():
        yield at, len(text)
