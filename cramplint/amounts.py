"""The grammar of amounts: "300–400 mg", "half a gram", "two 250 mg tablets", "twice a day".

Positions are code points of the text that is given; nothing is looked up, nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .model import Span
from .patterns import lazy

_UNITS = {
    "mg": r"mgs?|milligram(?:me)?s?",
    "mcg": r"mcgs?|[\u00b5\u03bc]g|ug|microgram(?:me)?s?",
    "g": r"(?-i:g)|gms?|gram(?:me)?s?",
    "IU": r"IUs?|I\.U\.|international units?|units?",
    "mL": r"mls?|millilit(?:re|er)s?|cc",
    "tsp": r"tsps?|teaspoon(?:ful)?s?",
    "tbsp": r"tbsps?|tablespoon(?:ful)?s?",
    "drop": r"drops?",
}
_SPELT = r"(?:milli|micro)?gram(?:me)?s?|(?:tea|table)spoon(?:ful)?s?|drops?"
_UNIT = "|".join(_UNITS.values())
_NAMED = {name: lazy(rf"(?:{words})\Z", re.IGNORECASE) for name, words in _UNITS.items()}

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUE: dict[str, float] = {word: i + 1 for i, word in enumerate(_ONES)}
_VALUE |= {word: 10 * (i + 2) for i, word in enumerate(_TENS)}
_VALUE |= {"a": 1, "an": 1, "half": 0.5, "quarter": 0.25, "dozen": 12, "couple": 2, "pair": 2}
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

# "B12 1000 mcg", "omega-3 500 mg": the number of a name is no part of the amount behind it.
_THOUSANDS = (
    r"(?<!\b[Bb][ -])(?<!omega[ -])(?<!\b[DdKk][ -](?=[23]\s))"
    r"\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3}){1,4}"
)
# Bounded: what has more digits is no amount, and may be larger than any number.
_DIGITS = (
    rf"(?<![\w.,/])(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,9}})?|{_THOUSANDS}|"
    r"\d{1,12}[.,]\d{1,9}|\d{1,12}[^\S\n]?[½¼¾⅓⅔⅛]|(?:\d[ -])?\d/\d|\d{1,12}|\.\d{1,9}|"
    r"[½¼¾⅓⅔⅛])(?![\d½¼¾/])(?:k(?=[^\S\n]?I\.?U))?\+?"
)
_SIMPLE = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES[::-1])})"
_WORDS = (
    rf"(?<![\w-])(?:(?:{_SIMPLE}|a) thousand(?:,? (?:{_SIMPLE}|a) hundred)?|"
    rf"(?:{_SIMPLE}|a) hundred(?:(?: and)? {_SIMPLE})?|{_SIMPLE} and a half|"
    rf"(?:one )?half(?: of)?(?: an?)?|(?:a |one )?quarter(?: of)?(?: an?)?|"
    rf"a (?:couple|pair) of|{_SIMPLE}|an?(?=[^\S\n](?:{_SPELT})\b))"
)
_NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_UNNAMED = r"(?<![A-Za-z]-)"  # "B-12" and "omega-3" are names
_GAP = r"(?:[^\S\n]|\n(?!\n)|&nbsp;){0,3}"
_AMOUNT = lazy(
    rf"(?P<first>{_UNNAMED}{_NUMBER})"
    rf"(?:(?:{_GAP}-?(?P<unit1>{_UNIT}))?{_GAP}(?P<range>[-–—−~]|\b(?:up )?to\b|\bor\b|\band\b)"
    rf"{_GAP}(?P<second>{_NUMBER}))?{_GAP}-?(?P<unit>{_UNIT})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# Cheap: most texts hold no number before a unit.
_SOME = lazy(rf"\d[+k]?[^\S\n]{{0,2}}(?:&nbsp;)?-?(?:{_UNIT})(?![A-Za-z0-9])", re.IGNORECASE)
_SOME_SPELT = lazy(
    rf"[a-z½¼¾⅓⅔⅛][^\S\n]{{1,2}}(?:{_SPELT})\b|\b(?:thousand|hundred)[^\S\n]{{1,2}}(?:IU|units|"
    rf"international)\b",
    re.IGNORECASE,
)

_PRODUCTS = (
    r"tablets?|tabs?|capsules?|caps|pills?|soft-?gels?|gumm(?:y|ies)|lozenges?|sachets?|scoops?|"
    r"caplets?|chews?|chewables?|packets?|sprays?|ampoules?|vials?|droppers?(?:fuls?)?|capfuls?"
)
_PRODUCT = lazy(rf"{_GAP}-?(?:[a-z]+[^\S\n]){{0,2}}?(?P<product>{_PRODUCTS})\b", re.IGNORECASE)
_COUNT = lazy(
    rf"(?P<count>{_NUMBER}|(?<!\w)an?)(?P<sign>{_GAP}[x×]{_GAP}|[^\S\n]+(?:of (?:the|these|"
    rf"your|our) )?)\Z",
    re.IGNORECASE,
)
_PIECES = lazy(
    rf"(?P<count>{_NUMBER})(?:{_GAP}(?:-|–|to|or){_GAP}(?P<more>{_NUMBER}))?[^\S\n]+"
    rf"(?:[a-z]+[^\S\n]){{0,2}}?(?P<product>{_PRODUCTS})[^\S\n]*(?P<link>of|at|[(,])[^\S\n]*\Z",
    re.IGNORECASE,
)
_EACH = lazy(r"[^\S\n]*(?:\w+[^\S\n]+){0,2}each\b", re.IGNORECASE)
_RATIO = lazy(
    r"(?: of \w+(?: \w\w?\d*)?)?[^\S\n]?(?:/|\bper\b)[^\S\n]?"
    r"(?:d[lL]|[lL]|m[lL]|cc|decilit(?:re|er)s?|lit(?:re|er)s?|"
    r"millilit(?:re|er)s?|m2|m²|m3|m³|mmol|h|hr|min)\b",
)
_APIECE = lazy(
    rf"[^\S\n]*(?:each\b|apiece\b|(?:per|a|in (?:each|every|a)) (?:{_PRODUCTS}|drops?)\b)",
    re.IGNORECASE,
)
_TAKEN = lazy(
    rf"(?<![\w.,-])(?P<count>{_NUMBER})(?:{_GAP}(?:-|–|to|or){_GAP}(?P<more>{_NUMBER}))?[^\S\n]*"
    rf"(?:(?:[a-z]+[^\S\n]){{0,2}}?(?:{_PRODUCTS}|drops?)\b|(?<=\s)of (?:them|these|those)\b|"
    r"(?<=\s)(?=(?:an? |per |each |every )(?:day|night|morning|evening)\b|daily\b|nightly\b|"
    r"(?:with|before|after|at) (?:the |your )?(?:breakfast|lunch|dinner|supper|bed(?:time)?|night|"
    r"meals?|each meal)\b))",
    re.IGNORECASE,
)
_NEAR = 48  # code points that a count and its product take up before an amount


class Amount(NamedTuple):
    """`span`: from the count or number to the unit, or the product behind it. `low`, `high` in
    `unit` (mg, mcg, g, IU, mL, tsp, tbsp, drop), the count taken in. `product`: "tablets" of "two
    250 mg tablets", `pieces` 2; 1 where none is said. `numbers`, `units`: as written, of one piece.
    `ratio`: a concentration ("90 mg/dL")."""

    span: Span
    low: float
    high: float
    unit: str
    numbers: tuple[Span, ...]
    units: tuple[Span, ...]
    product: str = ""
    pieces: float = 1
    ratio: bool = False


def units(text: str) -> Iterator[int]:
    """Where a unit may stand behind a number, cheaply: most texts have none."""
    for hit in _SOME.finditer(text):
        yield hit.start()
    if (
        "gram" in text
        or "thousand" in text
        or "hundred" in text
        or "spoon" in text
        or "drop" in text
        or "Gram" in text
    ):
        for hit in _SOME_SPELT.finditer(text):
            yield hit.start()


def amounts(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """The amounts between two places of `text`, in order."""
    stop = len(text) if end is None else end
    at = start
    while found := _AMOUNT.search(text, at, stop):
        at = found.end()
        if found["range"] and found["range"].lower() == "and":
            before = text[max(start, found.start() - 12) : found.start()].lower()
            if "between" not in before:
                if not found["unit1"]:  # "at 8 and 400 mg": the first number is another thing
                    at = found.end("range")
                    continue
                yield _made(text, found, start, stop, lone=True)
                at = found.end("unit1")
                continue
        amount = _made(text, found, start, stop)
        if amount.high > 0:
            yield amount
        at = max(at, amount.span.end)


def each(text: str, at: int) -> bool:
    """True if what stands before `at` is said to be of one piece ("15 mg each", "per drop")."""
    return bool(_APIECE.match(text, at))


def pieces(text: str, start: int, end: int) -> Iterator[tuple[Span, float]]:
    """The numbers of pieces that are to be taken, without their strength: "two capsules", "three of
    them", "up to six a day"."""
    for found in _TAKEN.finditer(text, start, end):
        count = max(value(found["count"]), value(found["more"] or "0"))
        if count:
            yield Span(*found.span()), count


def _made(text: str, found: re.Match[str], start: int, stop: int, *, lone: bool = False) -> Amount:
    names = ("first",) if lone or not found["second"] else ("first", "second")
    written = ("unit1",) if lone else ("unit1", "unit") if found["unit1"] else ("unit",)
    unit = _unit(found[written[-1]])
    scale = _scale(_unit(found[written[0]]), unit)
    values = [value(found[name]) for name in names]
    if len(values) == 2:
        values[0] *= scale
    spans = tuple(Span(*found.span(name)) for name in names)
    marks = tuple(Span(*found.span(name)) for name in written)
    first, last = found.start(), found.end(written[-1])
    behind = _PRODUCT.match(text, last, min(stop, last + _NEAR))
    product, count = "", 1.0
    lead = text[max(start, first - _NEAR) : first]
    offset = first - len(lead)
    if behind:
        product, last = behind["product"].lower(), behind.end()
        # "Take 2 500 mg tablets": two of them, and no number with a blank for the thousands.
        apart = re.fullmatch(r"(\d{1,2})[ \u00a0](\d{3})", found["first"])
        if apart and len(values) == 1:
            count, values = float(apart[1]), [float(apart[2])]
            spans = (Span(first + apart.start(2), first + apart.end(2)),)
    if count == 1 and (many := _COUNT.search(lead)) and (product or many["sign"].strip()):
        count, first = value(many["count"]), offset + many.start()
    elif count == 1 and (many := _PIECES.search(lead)):
        each = many["link"] not in "(," or _EACH.match(text, last, min(stop, last + _NEAR))
        if each or many["link"] != ",":
            product, first = many["product"].lower(), offset + many.start()
        count = max(value(many["count"]), value(many["more"] or "1")) if each else 1.0
    ratio = bool(_RATIO.match(text, last, stop))
    low, high = min(values) * count, max(values) * count
    return Amount(Span(first, last), low, high, unit, spans, marks, product, count, ratio)


def _unit(written: str) -> str:
    return next(name for name, shape in _NAMED.items() if shape.match(written))


def _scale(unit: str, other: str) -> float:
    grams = {"g": 1.0, "mg": 1e-3, "mcg": 1e-6}
    return grams[unit] / grams[other] if unit in grams and other in grams else 1.0


def value(number: str) -> float:
    """What a number of an amount says, in digits or in words."""
    text = number.strip().lower().rstrip("+")
    times = 1000 if text.endswith("k") else 1
    text = text.rstrip("k").strip()
    if text[-1:] in _PARTS:
        return (float(text[:-1]) if text[:-1].strip() else 0.0) + _PARTS[text[-1]]
    if "/" in text:
        *whole, part = re.split(r"[ -]", text)
        over, under = part.split("/")
        return float(whole[0] if whole else 0) + (float(over) / float(under) if float(under) else 0)
    if not text[0].isdigit() and text[0] != ".":
        return _worded(text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", "")) * times
    return float(re.sub(r"[\s'’]", "", text).replace(",", ".")) * times


def _worded(text: str) -> float:
    total = part = 0.0
    words = re.findall(r"[a-z]+", text)
    if text.endswith("and a half"):
        return _VALUE[words[0]] + 0.5
    for word in words:
        if word == "hundred":
            part = (part or 1) * 100
        elif word == "thousand":
            total, part = total + (part or 1) * 1000, 0.0
        elif word in ("quarter", "couple", "pair", "half"):
            part = _VALUE[word]
        elif word in _VALUE and not (word in ("a", "an") and part):
            part += _VALUE[word]
    return total + part


# -- how often


class Frequency(NamedTuple):
    """How often an amount is taken: `times` in `per` (day, week, month, dose for once only, kg for
    each kilogram of the body). `moment`: a time of the day ("before bed"), which says once."""

    span: Span
    per: str
    times: float
    moment: bool = False


_N = r"\d{1,2}|once|twice|thrice|one|two|three|four|five|six"
_WAKING = 16.0  # hours of a day: nobody wakes for the others to take something
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_MOMENT = (
    r"breakfast|lunch(?:time)?|dinner(?:time)?|supper|bed(?:time)?|sleep(?:ing)?|mornings?|"
    r"lights[- ]out|evenings?|nights?|midday|noon|afternoons?|waking|"
    r"(?:your |the )?(?:morning|midday|evening|main|last|first) meal"
)
_OFTEN = lazy(
    rf"(?P<single>\b(?:as )?(?:a |one )?(?:single|one-off|one-time) (?:oral )?(?:dose|injection|"
    rf"shot)|\bjust once\b|\bonce only\b|\bone-off\b|\bper dose\b|\bat a time\b|\bat once\b)"
    rf"|(?P<kg>(?:/|\b(?:per|for (?:each|every))) ?(?:kg|kilo(?:gram)?s?|lb|pound)\b)"
    rf"|(?P<bed>\bat \d{{1,2}}(?:[:.]\d\d)? ?(?:[ap]\.?m|o['’]clock)\b|\bbefore (?:you )?(?:go|"
    rf"going|turn|get|getting) (?:in |to |into )+(?:bed|sleep)\b)"
    rf"|\bevery (?P<hours>{_N})(?:(?: to | or |-|–)(?P<hours2>{_N}))? hours\b"
    rf"|(?P<hourly>\b(?:every|each|per) (?:waking )?hour\b|\bhourly\b)"
    rf"|(?P<n>\b(?:{_N}))(?:(?: to | or |-|–)(?P<m>{_N}))?(?: ?[x×]| times)?(?: ?/ ?| an? | per | "
    rf"each | every | )(?P<of>day|daily|night|nightly|week|weekly|month|monthly|year|yearly)\b"
    rf"|(?P<other>\b(?:every other|every second|alternate|alternating) (?:days?|nights?)\b)"
    rf"|\bevery (?P<gap>{_N}) (?P<span>day|week|month|year)s?\b"
    rf"|\b(?P<fortnight>fortnightly|biweekly|every other week|(?:a|every) fortnight)\b"
    rf"|(?P<dayname>\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b)"
    rf"|(?P<latin>\b(?:q\.?o\.?d|q\.?i\.?d|b\.?i\.?d|t\.?i\.?d|q\.?d|q\.?h\.?s)\b\.?)"
    rf"|(?P<with3>\b(?:with|at|before|after) (?:each|every) meal\b)"
    rf"|(?P<plain>\bin (?:a single|any one|one single) day\b"
    rf"|\b(?:over|across|through(?:out)?) (?:the|your|a|one) (?:whole |entire )?day\b"
    rf"|\b(?:every|each|per) (?:single )?(?:day|morning|evening|night|afternoon|week|month)"
    rf"\b|/ ?(?:day|d|night|week|wk|month|year|24 ?h(?:ours)?)\b"
    rf"|\b(?<!for )(?<!in )(?<!within )(?<!after )(?<!than )(?<!over )an? "
    rf"(?:day|night|week|month|year)\b|\b(?:daily|nightly|weekly|monthly|yearly|annually)\b"
    rf"(?! (?:life|living|activit|routine|news)))"
    rf"|(?P<moment>\b(?:at|with|before|after|in|on|around|by)(?: (?:the|your|going to))? "
    rf"(?:{_MOMENT})\b|\bmorning\b|\bevening\b|\b(?:tonight|overnight)\b)",
    re.IGNORECASE,
)
_LATIN = {"qod": 0.5, "qid": 4.0, "bid": 2.0, "tid": 3.0, "qd": 1.0, "qhs": 1.0}
_DAY, _WEEK, _MONTH = "day", "week", "month"
_PARAGRAPHS = lazy(r"(\n[^\S\n]*\n)")
_TOGETHER = lazy(r"[\s,]*(?:and|plus|&|then)?[\s,]*(?:another |again )?(?:(?:one|two|\d) )?\Z")


def frequencies(text: str, start: int = 0, end: int | None = None) -> Iterator[Frequency]:
    """What is said of how often between two places of `text`, in order; times of the day that are
    joined ("at breakfast and one at dinner") as one."""
    held: Frequency | None = None
    for found in _OFTEN.finditer(text, start, len(text) if end is None else end):
        one = _often(found)
        if held and one.moment and held.moment:
            between = text[held.span.end : one.span.start]
            if between.strip(" ,") and _TOGETHER.match(between):
                held = Frequency(Span(held.span.start, one.span.end), _DAY, held.times + 1, True)
                continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _often(found: re.Match[str]) -> Frequency:
    span, said = Span(*found.span()), found[0].lower()
    if found["single"]:
        return Frequency(span, "dose", 1)
    if found["kg"]:
        return Frequency(span, "kg", 1)
    if found["hours"]:
        return Frequency(span, _DAY, 24 / max(_times(found["hours"]), 1))
    if found["hourly"]:
        return Frequency(span, _DAY, _WAKING)
    if found["n"]:
        most = max(_times(found["n"]), _times(found["m"] or "0"))
        return _each(span, _period(found["of"]), most)
    if found["other"]:
        return Frequency(span, _DAY, 0.5)
    if found["fortnight"]:
        return Frequency(span, _WEEK, 0.5)
    if found["gap"]:
        return _each(span, _period(found["span"]), 1 / max(_times(found["gap"]), 1))
    if found["latin"]:
        return Frequency(span, _DAY, _LATIN[said.replace(".", "")])
    if found["dayname"]:
        return Frequency(span, _WEEK, 1)
    if found["with3"]:
        return Frequency(span, _DAY, 3)
    return _each(span, _period(said), 1, moment=bool(found["moment"] or found["bed"]))


def _each(span: Span, period: str, times: float, *, moment: bool = False) -> Frequency:
    if period == "year":
        return Frequency(span, _MONTH, times / 12)
    return Frequency(span, period, times, moment)


def _times(word: str) -> float:
    low = word.lower()
    return _TIMES[low] if low in _TIMES else value(low)


def _period(said: str) -> str:
    low = said.lower()
    if "year" in low or "annual" in low:
        return "year"
    return _WEEK if "week" in low or "wk" in low else _MONTH if "month" in low else _DAY


def plainly(text: str) -> str:
    """`text` with each amount and each Latin "how often" as plain value and unit, so that two
    texts which say the same doses in other notations are equal. Paragraphs without amounts stay."""
    pieces = _PARAGRAPHS.split(text)
    return "".join(_plain(p) if next(units(p), None) is not None else p for p in pieces)


def _plain(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for amount in amounts(text):
        for number in amount.numbers:
            pieces += (text[at : number.start], f"{value(text[number.start : number.end]):.10g}")
            at = number.end
        for unit in amount.units:
            if unit.start >= at:
                pieces += (text[at : unit.start], f" {_unit(text[unit.start : unit.end])} ")
                at = unit.end
    plain = "".join([*pieces, text[at:]])
    return _OFTEN.sub(lambda m: _spelt(m) if m["latin"] or m["n"] or m["other"] else m[0], plain)


def _spelt(found: re.Match[str]) -> str:
    often = _often(found)
    return f"{often.times:g} per {often.per}"
