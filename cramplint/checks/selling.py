"""What a page that sells, or is paid for what it links to, owes its reader to say."""

from __future__ import annotations

from collections.abc import Iterator

from ..care import locale
from ..expressions import pattern
from ..guards import guards_at
from ..meaning import Reading
from ..model import Block, Edit, Finding, Fix, Rule, Safety, Span
from ..placing import before
from ..rules import finding
from ..search import NOT_OWN, hits
from ..site import Site
from ..understand.commerce import Offer, offers

_BEFORE, _BEHIND = 400, 200  # code points around an offer that tell what is offered
_PAYS = ("affiliate", "coupon")
_TURNED = frozenset({"negated", "attributed", "quoted", "question", "past", "linked", "study"})


def dshea_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A page for readers in the US that sells a supplement and says what it does for the body (the
    `goods` and `claims` of the table `commerce`), without the words that the law asks for: `one`
    for one claim, `many` for more. Words that are near them (`near`) are the matter of another
    rule. A warning where the page earns by its links only: the law binds who sells."""
    if not _sells(reading, site):
        return
    if _stands(reading, rule) or pattern(rule.params["near"]).search(_told(reading)):
        return
    article = reading.article
    goods = pattern(site.data["commerce"]["goods"])
    titled = bool(goods.search(article.title))
    made = []
    for sentence, hit in sorted(hits(reading, site.data["commerce"]["claims"])):
        if reading.within(hit, *NOT_OWN) or hit.start < article.meta.span.end:
            continue
        if not titled and not goods.search(article.prose, *sentence.span):
            continue
        if not guards_at(article, sentence, hit) & _TURNED:
            made.append(sentence.span)
    if not made:
        return
    block = article.block_at(made[0].start)
    end = block.span.end if block and block.kind in ("paragraph", "quote") else 0
    text = rule.params["one" if len(set(made)) == 1 else "many"]
    fix = Fix((Edit(Span(end, end), f"\n\n{text}"),), "ask") if end else None
    earns = all(o.kind == "told" for o in offers(article, site.data))
    yield finding(rule, reading, made[0], severity="warning" if earns else None, fix=fix)


def dshea_altered(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """The same words, but not as the law has them: `near` recognises the first sentence, `also`
    the second one behind it. The fix puts `one` or `many` in their place; it is safe if the words
    stay the same."""
    if not _sells(reading, site, goods=False) or _stands(reading, rule):
        return
    prose = reading.article.prose
    for found in pattern(rule.params["near"]).finditer(prose):
        also = pattern(rule.params["also"]).match(prose, found.end())
        span = Span(found.start("it"), also.end() if also else found.end())
        said = reading.article.words(span)
        text = rule.params["many" if said[:5].casefold() in ("these", "all o") else "one"]
        same: Safety = "safe" if _words(said) == _words(text) else "ask"
        plain = reading.article.source.excerpt(span).isascii() or same == "ask"
        fix = Fix((Edit(span, text),), same if plain else "ask")
        yield finding(rule, reading, span, fix=fix)


def affiliate_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Links or codes that pay the site, or a sponsor, with no word (`find`) that says so; a warning
    where it is said behind the first of them only (message: late). A shop's own codes pay nobody
    else: `own` are the words of a shop."""
    if not reading.commercial or reading.article.meta.data.get("disclosure"):
        return
    article = reading.article
    paid = [o for o in offers(article, site.data) if _pays(reading, o)]
    if any(o.kind == "buy" for o in paid) or pattern(rule.params["own"]).search(article.prose):
        paid = [o for o in paid if o.kind not in ("buy", "coupon")]
    paid = [o for o in paid if o.kind != "buy"]
    if not paid:
        return
    told = [
        hit.start
        for sentence, hit in hits(reading, rule.params["find"])
        if not pattern(rule.params["denied"]).search(article.prose, sentence.span.start, hit.start)
    ]
    first = paid[0].span
    block = article.block_at(first.start) if first.start >= article.meta.span.end else None
    if not told:
        text = site.settings.disclosure_text
        yield finding(rule, reading, first, fix=_above(reading, block, text) if text else None)
    elif block and min(told) > block.span.end:
        yield finding(rule, reading, first, severity="warning", variant="late")


def _above(reading: Reading, block: Block | None, text: str) -> Fix | None:
    """`text` as a paragraph before `block`, or before the list that it is an item of."""
    blocks = reading.article.blocks
    if block is None or block.kind not in ("paragraph", "item"):
        return None
    i = blocks.index(block)
    while block.kind == "item" and i and blocks[i - 1].kind == "item":
        i -= 1
    if i and blocks[i - 1].kind == "paragraph":
        i -= reading.article.words(blocks[i - 1].span).endswith(":")  # what leads to the list
    return before(reading, blocks[i], text)


def _pays(reading: Reading, offer: Offer) -> bool:
    if offer.kind == "stated":
        return reading.article.meta.keys.get("sponsored") == offer.span
    return offer.kind in (*_PAYS, "buy")


def _sells(reading: Reading, site: Site, *, goods: bool = True) -> bool:
    """True if the page sells to readers in the US; with `goods`, if it sells supplements."""
    if not reading.commercial:
        return False
    if locale(reading, site.settings.locale, site.data["red_flags"]) != "us":
        return False
    return not goods or any(_of_goods(reading, o, site) for o in offers(reading.article, site.data))


def _of_goods(reading: Reading, offer: Offer, site: Site) -> bool:
    """True if what stands around the offer, or its address, names a supplement."""
    text = reading.article.source.text
    if offer.span.start < reading.article.meta.span.end:
        around = text
    else:
        start = max(offer.span.start - _BEFORE, reading.article.meta.span.end)
        around = text[start : offer.span.end + _BEHIND].replace("-", " ")
    return bool(pattern(site.data["commerce"]["goods"]).search(around))


def _stands(reading: Reading, rule: Rule) -> bool:
    """True if the page holds the words of the law, whatever its marks of emphasis and quotation."""
    said = _told(reading)
    return any(_folded(rule.params[name]) in said for name in ("one", "many"))


def _told(reading: Reading) -> str:
    return _folded(" ".join(reading.article.prose.split()))


def _folded(text: str) -> str:
    return text.translate(str.maketrans("", "", '*†‡"“”_')).casefold()


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()
