"""Words of medicine that a page uses before it has said what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ..meaning import Reading
from ..model import Finding, Rule, Span
from ..patterns import lazy, lowered
from ..rules import finding, pattern
from ..site import Site

_SKIPPED = ("disclaimer", "references", "related", "testimonial", "bio", "footer", "contact")
_KINDS = frozenset({"paragraph", "item", "row"})
_AROUND = 12  # words on either side in which a term is explained
_ROOM = 160  # code points; they hold as many words, but for a text made to be long
_STEM = 8  # letters
_SHORT = 5  # letters; shorter words of an explanation stand anywhere
_LETTERS = lazy(r"(?<![\w@/.-])[a-zæœ]{5,30}(?:-[a-zæœ]{2,20})?(?![\w@/-]|\.\w)")
_WORD = lazy(r"\S+")
_TELLS = (
    r"(?:(?:is|are) (?:not )?(?:an?|the|any|one|when|where|what|how|called|types?|kinds?|caused|"
    r"medicines|drugs|substances|chemicals|small|tiny)\b|means?\b|(?:occurs?|happens?) when\b)"
)
# What introduces an explanation behind a term.
_AFTER = lazy(
    r"(?:['’]s)?[\"”’*_]*(?:(?:\s+\w+){0,2}\s*(?:\((?!\s*(?:see|fig|table|\d|\[))|[–—]|\s-\s)"
    r"|,\s+(?:or|which|that|i\.e|the|an?|when|where|meaning|such|like|also|known|it|they|called)\b"
    r"|:|\s+or\b|\s+(?:refers?|describes?)\b|\s+" + _TELLS + r"|(?:\s+\w+)?\s+(?:responsible\b|"
    r"(?:that|which) (?:is|are|means?|helps?|makes?|causes?|lowers?|raises?|carr(?:y|ies)|slows?|"
    r"blocks?|stops?|lets?|allows?|keeps?|breaks?|tells?)\b))",
    re.IGNORECASE,
)
_TOLD = lazy(r"\s+" + _TELLS, re.IGNORECASE)
# What introduces a term behind its explanation.
_BEFORE = lazy(
    r"(?:\(|[–—-]\s|:|\b(?:call(?:s|ed)?|known as|named|termed|terms?|words?|as|i\.e\.,?|or|means?|"
    r"what is|what are))\s*(?:is |for this is )?(?:an? |the )?[\"“‘'*_]*$",
    re.IGNORECASE,
)
_NEXT = lazy(
    r"[.;]\s+(?:this|these|that|those|it|they|here|in other words|put simply)\b", re.IGNORECASE
)
_CLINICAL = lazy(
    r"\b(?:for|aimed at|written for|intended for) (?:(?:busy|primary care|family|hospital) )?"
    r"(?:clinicians|doctors|physicians|prescribers|pharmacists|nurses|"
    r"(?:health ?care|health|medical) (?:professionals|providers|workers))\b",
    re.IGNORECASE,
)
_CLINICIANS = lazy(r"clinic|professional|doctor|physician|nurse|pharmacist|\bhcp", re.IGNORECASE)
_LABEL = 5  # words; a shorter block is a label or a heading
_TOP = 600  # code points in which a page says whom it is for


def undefined_term(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """The first use of each of the `terms` of the table `jargon`, and as a note of each other word
    of its `shapes` that is neither `known` nor in the list of common words, where nothing around it
    explains it. Terms of the title and of headings are what the page explains; pages for clinicians
    are left alone."""
    table, article = site.data["jargon"], reading.article
    prose, low = article.prose, lowered(article.prose)
    if len(low) != len(prose) or _for_clinicians(reading):
        return  # some capitals are two letters in lower case: places would not hold
    words = set(_LETTERS.findall(low))
    terms = {word: term for word in words if (term := _term(word, table, site.data["words"]))}
    titles = _titles(reading) if terms else frozenset()
    seen: set[str] = set()
    for hit in _LETTERS.finditer(low) if terms else ():
        term = terms.get(hit[0], "")
        if not term or term in seen:
            continue
        span = Span(*hit.span())
        block = article.block_at(span.start)
        if block is None or block.kind not in _KINDS or reading.within(span, *_SKIPPED):
            continue
        if len(prose[block.span.start : block.span.end].split()) < _LABEL:
            continue
        seen.add(term)
        plain = table["terms"].get(term, "")
        linked = any(not link.image for link in article.links_in(span))
        if term[:_STEM] in titles or linked or _explained(prose, span, block.span, plain):
            continue
        yield finding(
            rule,
            reading,
            span,
            severity=None if term in table["terms"] else "note",
            variant="plain" if plain else "",
            plain=plain,
        )


def _for_clinicians(reading: Reading) -> bool:
    article = reading.article
    stated = article.meta.data.get("audience")
    told = " ".join(map(str, stated)) if isinstance(stated, list) else str(stated or "")
    start = article.meta.span.end
    return bool(
        _CLINICIANS.search(told)
        or _CLINICAL.search(article.title)
        or _CLINICAL.search(article.prose, start, start + _TOP)
    )


def _titles(reading: Reading) -> frozenset[str]:
    """The stems of the words of the title and of the headings: "neuropathic" is explained where
    "neuropathy" is."""
    article = reading.article
    texts = [article.title, *(article.words(b.span) for b in article.blocks if b.kind == "heading")]
    return frozenset(
        _fold(word)[:_STEM] for text in texts for word in _LETTERS.findall(lowered(text))
    )


def _term(word: str, table: Mapping[str, Any], common: Any) -> str:
    """The folded form of a word that needs an explanation; "" for any other."""
    folded = _fold(word)
    if folded in table["terms"]:
        return folded
    if not pattern(table["shapes"]).search(word) or word in common or word.rstrip("s") in common:
        return ""
    return "" if folded[:_STEM] in _known(table["known"]) else folded


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    """British and American, singular and plural alike."""
    plain = word.replace("æ", "ae").replace("œ", "oe").replace("ae", "e").replace("oe", "e")
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("is", "ss", "us")) else plain


@lru_cache(maxsize=4)
def _known(words: str) -> frozenset[str]:
    """The stems of `words`: who knows one form knows the others."""
    return frozenset(_fold(word)[:_STEM] for word in words.split())


def _explained(prose: str, span: Span, block: Span, plain: str) -> bool:
    before = prose[max(block.start, span.start - _ROOM) : span.start]
    after = prose[span.end : min(block.end, span.end + _ROOM)]
    if _AFTER.match(after) or _BEFORE.search(before):
        return True
    behind = " ".join(_WORD.findall(after)[:_AROUND])
    term = prose[span.start : span.end].lower()
    again = after.lower().find(term)
    if _NEXT.search(behind) or (again >= 0 and _TOLD.match(after, again + len(term))):
        return True
    around = f"{' '.join(_WORD.findall(before)[-_AROUND:])} {behind}".lower()
    wanted = [word[:_SHORT] for word in plain.lower().split() if len(word) >= _SHORT]
    return len(wanted) > 1 and all(word in around for word in wanted)
