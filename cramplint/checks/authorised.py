"""unauthorised: what a page that sells says of a nutrient, beside what European law lets it say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..care import locale
from ..expressions import pattern
from ..guards import guards_at
from ..meaning import Reading
from ..model import Finding, Rule, Span
from ..patterns import lazy
from ..rules import finding
from ..search import NOT_OWN, hits, take, text_at
from ..site import Site

_GUARDS = frozenset({"negated", "attributed", "quoted", "question", "past", "linked", "study"})
_ALIKE = 0.6  # of the words of two claims, those that both hold
_WORD = lazy(r"[a-z0-9]+")
# Words that tell nothing of an effect, and verbs that claims of all kinds begin with.
_EMPTY = lazy(
    r"an?|the|of|to|in|for|and|or|your|our|their|its?|is|are|has|role|with|that|this|by|you|as|on|"
    r"healthy|body|s|helps?|supports?|contributes?|proper|good"
)
# Both registers speak of muscle function, pages of muscles that function.
_ENDINGS = lazy(r"(?:ing|ed|s)$")


def unauthorised(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """On a page that sells to readers of `countries`: every sentence that says of a nutrient of the
    table `authorised_claims_eu` (`claim`, with NUTRIENT for its name) or of the product (`product`)
    what it does for health, if no entry of the table says nearly the same. Both patterns have a
    group "effect". `effects`: words of health that the effect holds."""
    params = rule.params
    if not reading.commercial:
        return
    place = locale(reading, site.settings.locale, site.data["red_flags"])
    if place not in params["countries"]:
        return
    table: Mapping[str, Any] = site.data["authorised_claims_eu"]["nutrients"]
    every = [claim for entry in table.values() for claim in entry["claims"]]
    shapes = [
        (params["claim"].replace("NUTRIENT", f"(?:{entry['terms']})"), name, entry["claims"])
        for name, entry in table.items()
    ]
    taken: list[Span] = []
    for shape, name, claims in [*shapes, (params["product"], "", every)]:
        for hit in _said(reading, shape, params["effects"], claims):
            if take(hit, taken):
                sure = name and table[name]["verified"]
                variant = "" if sure else "unsure" if name else "product"
                yield finding(rule, reading, hit, variant=variant, nutrient=name)


def _said(reading: Reading, shape: str, effects: str, claims: Sequence[str]) -> Iterator[Span]:
    """Where the page says what is none of `claims`."""
    for sentence, hit in hits(reading, shape):
        text = text_at(reading.article, hit)
        found = pattern(shape).match(text, *hit)
        if found is None or reading.within(hit, *NOT_OWN):
            continue
        effect = found["effect"]
        if not pattern(effects).search(effect) or _allowed(effect, claims):
            continue
        if not _GUARDS & guards_at(reading.article, sentence, hit):
            yield Span(hit.start, hit.start + len(text[slice(*hit)].rstrip()))


def _allowed(effect: str, listed: Sequence[str]) -> bool:
    """True if `effect`, or each of the things that it lists, is nearly one of `listed`."""
    whole = _words(effect)
    claims = [_words(claim) for claim in listed]
    parts = [_words(part) for part in re.split(r",|\band\b|\bor\b|&", effect)]
    parts = [part for part in parts if part]
    return _near(whole, claims) or all(_near(part, claims, inside=True) for part in parts)


def _near(said: frozenset[str], claims: list[frozenset[str]], *, inside: bool = False) -> bool:
    """`inside`: one of several things listed may leave out the words that the first one had."""
    return any(
        len(said & claim) >= _ALIKE * len(said | claim) or (inside and said <= claim)
        for claim in claims
    )


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    words = (w for w in _WORD.findall(text.lower()) if not _EMPTY.fullmatch(w))
    return frozenset(_ENDINGS.sub("", w) if len(w) > 4 else w for w in words)
