"""Words of medicine that a page uses before it has said what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from typing import Any

from ..expressions import pattern
from ..meaning import Reading
from ..model import Edit, Finding, Fix, Rule, Span
from ..patterns import lazy, lowered
from ..rules import finding
from ..site import Site

_SKIPPED = ("disclaimer", "references", "related", "testimonial", "bio", "footer", "contact")
_KINDS = frozenset({"paragraph", "item", "row"})
_AROUND = 12  # words on either side in which a term is explained
_ROOM = 160  # code points; they hold as many words, but for a text made to be long
_STEM = 8  # letters
_SHORT = 5  # letters; shorter words of an explanation stand anywhere
_LETTERS = lazy(r"(?<![\w@/.-])[a-zæœ]{5,30}(?:-[a-zæœ]{2,20})?(?![\w@/-]|\.\w)")
_CAPITALS = lazy(r"(?<![\w@/.-])(?=[\w-]{0,4}[A-Z0-9])\w{1,9}(?:-\w{1,3})?\+?(?![\w@/]|-\w)")
_PARTS = lazy(r"[^\W_]+")
_WORD = lazy(r"\S+")
_TELLS = (
    r"(?:(?:is|are) (?:not )?(?:an?|the|any|one|when|where|what|how|called|types?|kinds?|caused|"
    r"medicines|drugs|substances|chemicals|small|tiny)\b|means?\b|(?:occurs?|happens?) when\b)"
)
# What introduces an explanation behind a term.
_AFTER = lazy(
    r"(?:['’]s)?[\"”’*_]*(?:(?:\s+\w+){0,2}\s*(?:\((?!\s*(?:see|fig|table|\d|\[))|[–—]|\s-\s)"
    r"|,[\"”’]?\s+(?:or\b(?! (?:a (?:combination|mix)|both|any|other|even))"
    r"|(?:in )?which|that|i\.e|the|an?|when|where|meaning|such|like|also|known|it|they|called|"
    r"(?:medically|often|sometimes|technically|scientifically|otherwise) (?:known|called|"
    r"referred))\b"
    r"|\s+(?:production|levels?|activity|receptors?),\s+(?:an?|the)\b"
    r"|:|\s+or\b|\s+(?:refers?|describes?)\b|\s+" + _TELLS + r"|(?:\s+\w+)?\s+(?:responsible\b|"
    r"(?:that|which) (?:is|are|means?|helps?|makes?|causes?|lowers?|raises?|carr(?:y|ies)|slows?|"
    r"blocks?|stops?|lets?|allows?|keeps?|breaks?|tells?)\b))",
    re.IGNORECASE,
)
_TOLD = lazy(r"\s+(?:" + _TELLS + r"|are \w+s\b)", re.IGNORECASE)
# What introduces a term behind its explanation.
_BEFORE = lazy(
    r"(?:\(|[–—-]\s|:|\b(?:call(?:s|ed)?|known as|named|termed|terms?|words?|as|i\.e\.,?|or|means?|"
    r"what is|what are))\s*(?:is |for this is )?(?:(?:an? |the )(?:\w+ )?)?[\"“‘'*_]*$",
    re.IGNORECASE,
)
# "It is a polyphenol that …" says what it does, not what a polyphenol is.
_IS = lazy(r"\b(?:is|are|as|of) (?:an? |the |\w+ly )?$", re.IGNORECASE)
# Who has a condition has heard its name.
_HAVE = lazy(
    r"\b(?:people|anyone|someone|those|adults|children|women|men|babies|if you|who)"
    r" (?:with|have|has|suffer from|live with) "
    r"(?:(?:severe|known|inherited|an?|inborn|primary|chronic) )?"
    r"(?:\w+(?:, \w+){0,3},? (?:or|and) )?(?:sleep )?$",
    re.IGNORECASE,
)
# "your calf, the gastrocnemius, …"
_BETWEEN = lazy(r"\w, (?:the|an?) (?:\w+ )?$", re.IGNORECASE)
_NEXT = lazy(
    r"[.;]\s+(?:(?:this|these|that|those|it|they)\s+(?:\w+\s+)?" + _TELLS + r"|(?:this|these|that|"
    r"those)\s+\w+\s+(?:is|are|means?|happens?)\b|(?:it|they|these)\s+(?:carr(?:y|ies)|helps?|makes?|"
    r"lets?|keeps?|stops?|slows?|lowers?|raises?|controls?|tells?)\b|(?:here|in other words|"
    r"put simply|that is|in plain words)\b)",
    re.IGNORECASE,
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


# "A diet without certain sugars (low FODMAP)": the words before the bracket say what it is.
_IN_BRACKETS = lazy(r"(?:\w+ ){2}\w+ \((?:low |an? |the |called )?\Z", re.IGNORECASE)


def undefined_term(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """The first use of each of the `terms`, `phrases` and `abbreviations` of the table `jargon`,
    and as a note of each other word of its `shapes` that is neither `known` nor in the list of
    common words, where nothing around it explains it. Terms of the title and of headings are what
    the page explains; pages for clinicians are left alone."""
    table, article = site.data["jargon"], reading.article
    prose, low = article.prose, lowered(article.prose)
    if len(low) != len(prose) or _for_clinicians(reading):
        return  # some capitals are two letters in lower case: places would not hold
    words = set(_LETTERS.findall(low))
    terms = {word: _term(word, table, site.data["words"]) for word in words}
    found = [(Span(*h.span()), term) for h in _LETTERS.finditer(low) if (term := terms[h[0]])]
    found += [*_phrases(low, table["phrases"]), *_abbreviations(prose, table["abbreviations"])]
    titles = _titles(reading) if found else frozenset()
    seen: set[str] = set()
    shown: list[Span] = []
    for span, term in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if term in seen or any(span.meets(other) for other in shown[-1:]):
            continue
        block = article.block_at(span.start)
        if block is None or block.kind not in _KINDS or reading.within(span, *_SKIPPED):
            continue
        if len(prose[block.span.start : block.span.end].split()) < _LABEL:
            continue
        seen.add(term)
        shown.append(span)
        full = table["abbreviations"].get(term, "")
        plain = full or table["terms"].get(term) or table["phrases"].get(term, "")
        linked = any(not link.image for link in article.links_in(span)) or _in_a_name(prose, span)
        if linked or _named(term, titles) or _explained(prose, span, block.span, plain):
            continue
        if full and _spelled(low, full, block.span.end):
            continue
        yield finding(
            rule,
            reading,
            span,
            severity=None if plain else "note",
            variant="full" if full else "plain" if plain else "",
            fix=Fix((Edit(Span(span.end, span.end), f" ({plain})"),), "show") if plain else None,
            plain=plain,
        )


def _in_a_name(prose: str, span: Span) -> bool:
    """True for a word of a title in running text ("in my book, Bioidentical Hormones 101")."""
    word = prose[span.start : span.end]
    before = prose[max(0, span.start - 3) : span.start]
    return word.istitle() and bool(
        re.search(r"[\w,]\s$", before) and re.match(r"\s[A-Z][a-z]+", prose[span.end :][:30])
    )


def _phrases(low: str, phrases: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    """The first place of each of the `phrases`."""
    for phrase in phrases:
        at = low.find(phrase)
        if at >= 0 and not low[at - 1 : at].isalnum():
            end = at + len(phrase)
            end += low[end : end + 1] == "s"
            if not low[end : end + 1].isalnum():
                yield Span(at, end), phrase


def _abbreviations(prose: str, known: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    for hit in _CAPITALS.finditer(prose):
        if hit[0] in known:
            yield Span(*hit.span()), hit[0]


def _named(term: str, titles: Set[str]) -> bool:
    """True if the title or a heading holds the term, or all words of it."""
    return all(word[:_STEM] in titles for word in _PARTS.findall(term.lower()))


def _spelled(low: str, full: str, end: int) -> bool:
    """True if the page says before `end` what the abbreviation stands for, in either spelling."""
    start = " ".join(_PARTS.findall(full.lower())[:2])
    said = " ".join(_PARTS.findall(low[:end]))
    return _fold(start) in said or start in said


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
    words = (word for text in texts for word in _PARTS.findall(lowered(text)))
    return frozenset(form[:_STEM] for word in words for form in (word, _fold(word)))


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
    if plain.endswith("ies") and len(plain) > _SHORT:
        return f"{plain[:-3]}y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("is", "ss", "us")) else plain


@lru_cache(maxsize=4)
def _known(words: str) -> frozenset[str]:
    """The stems of `words`: who knows one form knows the others."""
    return frozenset(_fold(word)[:_STEM] for word in words.split())


def _explained(prose: str, span: Span, block: Span, plain: str) -> bool:
    before = prose[max(block.start, span.start - _ROOM) : span.start]
    after = prose[span.end : min(block.end, span.end + _ROOM)]
    told = _AFTER.match(after)
    if (told and not (_IS.search(before) and told[0].lstrip().startswith("that"))) or (
        _BEFORE.search(before)
    ):
        return True
    if _HAVE.search(before) or (_BETWEEN.search(before) and after.startswith(",")):
        return True
    if after.startswith(")") and _IN_BRACKETS.search(before):
        return True
    behind = " ".join(_WORD.findall(after)[:_AROUND])
    term = _fold(prose[span.start : span.end].lower())
    again = after.lower().find(term)  # "Adaptogens are in fashion. An adaptogen is …"
    end = again + len(term) + (after[again + len(term) :][:1] == "s")
    if _NEXT.search(behind) or (again >= 0 and _TOLD.match(after, end)):
        return True
    around = f"{' '.join(_WORD.findall(before)[-_AROUND:])} {behind}".lower()
    wanted = [word[:_SHORT] for word in plain.lower().split() if len(word) >= _SHORT - 1]
    return len(wanted) > 1 and all(word in around for word in wanted)
