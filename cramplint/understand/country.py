"""Where a page's readers live, by its own words, and which emergency numbers it has them call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from .. import needs
from ..meaning import Reading
from ..model import Span
from ..patterns import held, lazy, lowered

_CALLED = lazy(
    r"\b(?:call(?:ing)?|dial(?:l?ing)?|ring(?:ing)?|phon(?:e|ing)|telephone|number(?: is|:)?)\b",
    re.IGNORECASE,
)
_NUMBER = lazy(
    r"(?<![\d$£€.,-])(?:9-1-1|911|999|112|000|111|triple zero|triple nine)"
    r"(?![\d%]|[.,-]\d)(?! (?:people|patients|times|mg|ml|calories|steps|dollars|pounds)\b)",
    re.IGNORECASE,
)
_LIKE = lazy(r"9-1-1|911|999|112|000|111|triple (?:zero|nine)")  # what is one, or looks like one
_COUNTRY = lazy(
    r"\b(?:US|U\.S\.|USA|UK|U\.K\.|EU|NZ|United (?:States|Kingdom)|America|Britain|England|"
    r"Scotland|Wales|"
    r"Northern Ireland|Ireland|Australia|New Zealand|Canada|Europe(?:an)?|India|Hong Kong|"
    r"Singapore|South Africa|your (?:own )?country|abroad|outside)\b"
)
_SAME = {"9-1-1": "911", "triple zero": "000", "triple nine": "999"}

# What only the people of one country are sent to, or what a page says of itself.
_SERVICES = {
    "gb": r"NHS|A ?& ?E|116 123|GP (?:surgery|practice)|(?:UK|Great Britain|England|Scotland|Wales)"
    r"\b|Northern Ireland|(?:nhs|co|org|gov)\.uk",
    "ie": r"HSE|A ?& ?E|GP (?:surgery|practice)|(?<!Northern )Ireland|Irish|VHI|hse\.ie",
    "au": r"[Hh]ealthdirect|13 11 14|[Bb]eyond ?[Bb]lue|(?:NURSE|Nurse)-(?:ON|on)-(?:CALL|[Cc]all)|"
    r"Medicare (?:card|rebate)|Australian?s?|(?:com|org|gov|net)\.au",
    "nz": r"Healthline|0800 \d{3} \d{3}|Te Whatu Ora|Plunket(?:line)?|wh[aā]nau|New Zealand|"
    r"(?:co|org|govt)\.nz",
    "ca": r"8-?1-?1|Health ?Link|Telehealth|Canad(?:a|ians?)|British Columbia|Ontario|Alberta|"
    r"Quebec",
    "us": r"ER|[Ee]mergency room|988|FDA|CDC|Medicaid|[Uu]rgent care|United States|U\.S\.|USA|"
    r"Americans?|[Hh]ealth ?care providers?|[Pp]rimary care",
}
_BRITISH = (
    r"\b(?:diarrhoea|anaemi[ac]|o?edemas|oedema|paediatric\w*|gynaecolog\w+|orthopaedic\w*|"
    r"haem\w+|tumours?|colour\w*|behaviour\w*|centres?|fibre|litres?|paracetamol|faeces|tummy|"
    r"gps?|physiotherap\w+|organis\w+|recognis\w+|specialis[et]\w*d|practise|programme)\b"
)
_AMERICAN = (
    r"\b(?:diarrhea|anemi[ac]|edema|pediatric\w*|gynecolog\w+|orthopedic\w*|hemorrh\w+|tumors?|"
    r"colors?|behaviors?|centers?|fiber|liters?|acetaminophen|feces|physicians?|organiz\w+|"
    r"recogniz\w+|specialized)\b"
)
_NAMED = {code: rf"(?<![\w-])(?:{services})(?!\w)" for code, services in _SERVICES.items()}
_SPELT = {"gb": _BRITISH, "ie": _BRITISH, "au": _BRITISH, "nz": _BRITISH}
_SPELT |= {"us": _AMERICAN, "ca": _AMERICAN}
# One service is as good as no number; spelling decides where neither does.
_EMERGENCY, _SERVICE, _URGENT, _SPELLING = 4, 3, 2, 1
_MOST = 3  # services that count
ELSEWHERE = "us"


class Call(NamedTuple):
    """A number that the reader is told to call, where it stands, and its sentence."""

    number: str
    span: Span
    said: str


def calls(reading: Reading) -> Iterator[Call]:
    """The emergency numbers that one is told to call, but for those whose country is named."""
    article = reading.article
    spots = (found.start() for found in _LIKE.finditer(lowered(article.prose)))
    # Few sentences hold a number; each is looked at once, in order.
    for sentence in dict.fromkeys(filter(None, map(reading.sentence_at, spots))):
        said = article.prose[sentence.span.start : sentence.span.end]
        verb = _CALLED.search(said)
        if not verb or reading.within(sentence.span, "testimonial", "related", "references"):
            continue
        for hit in _NUMBER.finditer(said, verb.end()):
            around = said[max(0, hit.start() - 60) : hit.end() + 60]
            if _COUNTRY.search(around) or "local emergency" in around:
                continue
            start = sentence.span.start
            number = _SAME.get(hit[0].lower(), hit[0])
            yield Call(number, Span(start + hit.start(), start + hit.end()), said)


def country(reading: Reading, called: Sequence[Call], table: Mapping[str, Any]) -> str:
    """The country of `table` whose services, spelling and numbers the page uses. A number alone
    may be the wrong one: where words tell of another country it is no sign. Where none tells, it is
    the country that all the numbers are of, else ELSEWHERE."""
    article = reading.article
    lines = needs.Lines("\n".join([article.prose, *(link.target for link in article.links)]))
    numbers = {c.number for c in called if not reading.within(c.span, "disclaimer")}
    told: dict[str, int] = {}  # by words, numbers apart
    weights: dict[str, tuple[int, bool]] = {}  # the weight, and whether a number is its own
    for code in dict.fromkeys((ELSEWHERE, *_SERVICES)):
        own = table.get(code, {"emergency": (), "urgent": ()})
        services, spelling = _NAMED[code], _SPELT[code]
        here = (held(services).finditer(line) for line, _ in lines.holding(services))
        named = {found[0].lower() for found in chain.from_iterable(here)}
        spelt = lines.says(spelling)
        evidence = _SERVICE * min(len(named), _MOST) + _SPELLING * spelt
        told[code] = evidence
        weight = _EMERGENCY * len(numbers & set(own["emergency"]))
        weight += _URGENT * len(numbers & set(own["urgent"]))
        if evidence or code == ELSEWHERE:
            weights[code] = evidence + weight, weight > 0
    if numbers and not any(told.values()):
        held_by = (c for c in _SERVICES if numbers <= set(table.get(c, {}).get("emergency", ())))
        return next(held_by, ELSEWHERE)
    return max(weights, key=lambda code: weights[code])
