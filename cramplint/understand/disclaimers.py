"""What a page says of itself: that it informs, replaces no doctor, and whom to ask (in English).

The words of a medical disclaimer are recognised in any block, whether or not it is called one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..model import Article, Disclaimers, Sentence, Span

_PAGE = (
    r"(?:articles?|contents?|information|pages?|(?:web ?)?sites?|blog(?: posts?)?|posts?|guides?|materials?|texts?|resources?|"
    r"publications?|newsletters?|videos?|podcasts?|episodes?|tools?|hand-?outs?|leaflets?|fact ?sheets?|documents?|summar(?:y|ies)|statements?|"
    r"opinions?|views|suggestions?|tips|recommendations?|answers?|story|stories|series|columns?|books?|e-?books?|apps?|channels?|"
    r"services?|discussions?|comments?|reviews?|overview|explanations?|disclaimer|notice|author|nothing|anything|everything|none)"
)
# Words that a purpose may be called by: "for general educational and informational purposes".
_KIND = r"(?:general|information(?:al)?|informative|educational?|reference|entertainment|awareness|learning|discussion|knowledge|public|personal|illustrative)"
_PURPOSE = (
    rf"(?:\bfor (?:\w+ ){{0,2}}?(?:{_KIND}[ ,/&-]*(?:and |or )?)+(?:purposes?|use)\b|"
    rf"\bfor (?:your |general )?(?:{_KIND}[ ,/&-]*(?:and |or )?)+only\b|"
    rf"\b(?:purely|solely|strictly|merely|only) (?:{_KIND}[ ,/&-]*(?:and |or )?)+(?:in nature|purposes?|content|material|and\b|,|\.|$)|"
    rf"\b{_KIND} (?:in nature|only)\b|\bfor (?:the )?(?:purposes? of )?general (?:health )?(?:information|education|guidance|knowledge|awareness)\b(?! (?:on|about|see|call|visit|please))|"
    r"\b(?:is|are|as|gives?|offers?|provides?|shares?|contains?|means?|meant as|intended as|presents?) (?:\w+ ){0,3}?(?:general|background|educational) "
    r"(?:health |medical |educational )?(?:information|guidance|education|knowledge|overview|advice|content)\b|"
    r"\b(?:meant|intended|designed|written|here|aims?|provided|published|shared|only) (?:only |solely |purely )?to (?:inform|educate|give general|provide general|support,? (?:and )?not|share information)\b)"
)
_OWN = (
    r"(?:medical|professional|personal(?:i[sz]ed)?|individual(?:i[sz]ed)?|clinical|expert|qualified|proper|health(?:care| care)?|diagnos\w+|doctors?|physicians?|gps?|"
    r"nurses?|pharmacists?|seeing|visit\w*|consult\w*|advice|treatment|care|provider)"
)
_NOT = r"(?:\b(?:not|never|no|nor|cannot|nothing|neither|without|rather than|in no way)\b|n't\b)"
_SUBSTITUTE = (
    rf"(?:{_NOT}(?:[ ,]+[\w'/&-]+){{0,16}}?[ ,]+"
    r"(?:substitut\w*|replac\w+|alternatives?|stand[ -]in|supersed\w+|(?:in (?:the )?(?:place|lieu|stead)|instead) of|takes? the place of|override|"
    r"be (?:\w+ )?(?:taken|regarded|considered|construed|interpreted|treated|viewed|seen|understood|relied (?:up)?on|used) as|constitutes?|amounts? to|(?:intended|meant|offered|provided|given) as|equivalent to)"
    rf"(?:[ ,]+[\w'/&-]+){{0,6}}?[ ,]+(?:{_OWN})\b|"
    r"\b(?:is|are|am)(?:n't| not| never)(?: (?:a |any |given as |personal |specific |individual |professional |intended as |meant as ))*medical advice\b|"
    r"(?:^|[,;:(–—-] ?|\band |\bbut )not (?:a |as )?(?:personal |professional )?(?:medical|health) advice\b|"
    r"\b(?:do|does|can|will|is|are|am|may)(?:n't|not| not| never| unable to)(?: \w+){0,3} (?:provid\w+|offer\w*|giv\w+|dispens\w+|practi[cs]\w+|render\w*)(?: \w+){0,3} (?:medical|health|clinical) (?:advice|diagnos\w+|treatment|opinions?|services?)|"
    r"\b(?:complement|support|supplement)s?,? (?:and |but )?not (?:to )?replace\b)"
)
_FORMULA = (
    rf"(?:{_NOT}(?:[ ,]+[\w'-]+){{0,6}}?[ ,]+(?:to|for|be used (?:to|for)|in)(?: \w+){{0,3}} (?:diagnos|treat|cur|prevent|mitigat)\w*(?:,? (?:and |or )?(?:diagnos|treat|cur|prevent|mitigat|heal)\w*)+|"
    r"\b(?:not been|n't been) (?:evaluated|approved|reviewed) by the (?:food and drug|fda|us food|u\.s\. food))"
)
_CONSULT = (
    r"(?:\b(?:consult(?:ing)?|ask|talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with)|see|seeing|contact|seek(?:ing)?|check(?:ing)? (?:in )?with|discuss\w*|visit|call|turn to|work with|"
    r"advice (?:of|from)|guidance (?:of|from)|opinion of|follow|raise|run (?:it|this|them) (?:by|past)|(?:evaluated|assessed|seen|checked|reviewed|advised) by|direct(?:ed)? (?:\w+ )?to|get|obtain|refer to|rely on)"
    r"(?: [\w'/,-]+){0,10}? (?:doctors?|physicians?|gps?|nurses?|midwi(?:fe|ves)|pharmacists?|dietiti?cians?|dietitians?|clinicians?|practitioners?|providers?|"
    r"professionals?|specialists?|care team|medical (?:advice|attention|help|care|assistance)|professional (?:advice|help|guidance)|health ?care team|health expert)\b|"
    r"\b(?:ask|see|consult|speak (?:to|with)|talk (?:to|with)|check with|contact) (?:them|one|yours|either|him or her|your own)\b|"
    r"\b(?:doctor|physician|gp|pharmacist|provider|professional|practitioner)s? (?:should|must|can|is|are|knows?)(?: \w+){0,3} (?:consulted|asked|advise|tell you|help you|best|the right)\b)"
)
_DELAY = r"\b(?:never|not|n't|without|nor)\b(?: \w+){0,4}? (?:disregard|delay|ignore|avoid|postpone|put off|wait)\w*\b"
_EMERGENCY = (
    r"\b(?:emergenc(?:y|ies)|urgent|ambulance)\b.*\b(?:call|dial|ring|phone|go to|contact|seek|get|visit)\b|"
    r"\b(?:call|dial|ring|phone|go to|contact|visit)\b.{0,60}\b(?:emergency|911|999|112|000|111|ambulance|a&e|casualty)\b"
)
_PARTS = {"consult": _CONSULT, "delay": _DELAY, "emergency": _EMERGENCY}
_MORE_THAN = r"(?:\b(?:not|more than|n't) (?:just|only|merely|simply|mere|another)? ?(?:\w+ )?|more than (?:\w+ )?)$"
# A remedy may be said to replace no doctor too; a disclaimer speaks of the page.
_ITSELF = rf"\b(?:{_PAGE}|we|i|i'm|i am|we're|our|my|here|author'?s?|(?:this|these|that)(?= (?:is|are|does|do|should|must|can|may|will|isn't|aren't|doesn't|don't|shouldn't|can't|won't|cannot|in no way|never|not)))\b"
_ITS_ADVICE = r"\b(?:advice|consultation|opinion|information|guidance|judge?ment|expertise)\b"
_NEAR = 2  # blocks from the words that make it a disclaimer
_CUE = re.compile(
    r"purpose|inform|educat|general|advice|substitut|replac|constitut|diagnos|not been|treat|entertain|awareness",
    re.IGNORECASE,
)


def disclaimers(article: Article, sentences: Sequence[Sentence]) -> Disclaimers:
    """What there is of a medical disclaimer in `article`.

    Purpose, substitute and formula make one; consult, delay and emergency count near them only,
    since a page sends its readers to a doctor for other reasons too.
    """
    blocks = [b for b in article.blocks if b.kind not in ("rule", "code")]
    own: list[set[str]] = []
    near: list[set[str]] = []
    at = 0
    for block in blocks:
        said: set[str] = set()
        also: set[str] = set()
        before = ""
        while at < len(sentences) and sentences[at].span.start < block.span.end:
            words = _plain(article.words(sentences[at].span))
            guards = sentences[at].guards
            if "question" not in guards and not (block.kind != "quote" and "quoted" in guards):
                said |= set(_own_parts(words, before))
                also |= {name for name, shape in _PARTS.items() if _rx(shape).search(words)}
            before = words
            at += 1
        own.append(said)
        near.append(also)
    makers = [i for i, said in enumerate(own) if said]
    if not makers:
        return Disclaimers()
    parts: set[str] = set().union(*own)
    formula = "formula" in parts
    parts.discard("formula")
    spans: list[Span] = []
    for i in makers:
        around = range(max(0, i - _NEAR), min(len(blocks), i + _NEAR + 1))
        parts |= set().union(*(near[j] for j in around if blocks[j].kind != "heading"))
        spans.append(blocks[i].span)
    full = {"purpose", "substitute", "consult"} <= parts
    return Disclaimers("full" if full else "partial", frozenset(parts), formula, tuple(spans))


def _own_parts(words: str, before: str) -> Iterator[str]:
    """Which of purpose, substitute and formula a sentence holds; `before` is the one before it."""
    if not _CUE.search(words):
        return
    purpose = _rx(_PURPOSE).search(words)
    if purpose and not _rx(_MORE_THAN).search(words[: purpose.start()]):
        yield "purpose"
    if _rx(_FORMULA).search(words):
        yield "formula"
    for found in _rx(_SUBSTITUTE).finditer(words):
        if _speaks_of_itself(words[: found.start()], found[0], before):
            yield "substitute"
            return


def _speaks_of_itself(subject: str, said: str, before: str) -> bool:
    """True if what replaces no doctor is the page, and no remedy."""
    if (
        len(subject.split()) < 2
        or _rx(_ITSELF).search(subject)
        or _rx(rf"{_NOT} \w*").match(said)
        and "nothing" in said[:8].lower()
    ):
        return not re.search(r"\b(?:it|they)(?: \w+)?\s*$", subject, re.IGNORECASE) or bool(
            _rx(_ITS_ADVICE).search(said) or _rx(_ITSELF).search(before) or not before
        )
    if re.search(r"\b(?:it|they)\b", subject, re.IGNORECASE):
        return bool(_rx(_ITS_ADVICE).search(said) or _rx(_ITSELF).search(before))
    return False


@lru_cache(maxsize=16)
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _plain(text: str) -> str:
    return re.sub(r"\s+([:,.;?!])", r"\1", text.replace("’", "'"))
