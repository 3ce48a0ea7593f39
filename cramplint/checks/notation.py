"""How doses are written: numbers and units that are misread, by the lists of safety bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..amounts import Amount, amounts
from ..care import locale
from ..meaning import Dose, Reading
from ..model import Edit, Finding, Fix, Rule, Span
from ..nutrients import convert
from ..patterns import lazy
from ..rules import finding
from ..site import Site

_MEASURED = ("food", "lab", "study")  # what was measured may need its last zero
_SAID = ("recommend", "limit")
_LONG_EVERYWHERE = len("10,000")  # below, a name may hold the number ("Fish oil 1000 mg")
_TRAILING = lazy(r"(?P<whole>\d+)\.0+\Z")
_NAKED = lazy(r"\.\d+\Z")
_LONG = lazy(r"\d{4,}\Z")
_MICRO = lazy(r"(?:[\u00b5\u03bc]|u)g\Z", re.IGNORECASE)
_LATIN = lazy(
    r"(?<![\w.])(?:q\.?o\.?d|q\.?i\.?d|t\.?d\.?s|q\.?d\.?s|b\.?i\.?d|t\.?i\.?d|q\.?d)(?!\w)\.?",
    re.IGNORECASE,
)
_PLAIN = {
    "qd": "once a day",
    "qod": "every other day",
    "bid": "twice a day",
    "tid": "three times a day",
    "qid": "four times a day",
    "tds": "three times a day",
    "qds": "four times a day",
}
_UNITS = lazy(r"(?<![A-Za-z])(?:IUs?|I\.U\.|international units?)(?![A-Za-z])", re.IGNORECASE)
_METRIC = ("mcg", "mg", "g")
_Weight = tuple[str, float, str]  # nutrient, amount, unit
# Where the microgram is written out, where it is "mcg", and where "µg" stays.
_MICROGRAMS = ("gb", "ie", "au", "nz")
_MCG = ("us", "ca")


def decimal_format(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Numbers like "5.0", ".5", "100000". In the import profile without a fix: a scraper may have
    eaten a digit."""
    mends = site.settings.profile != "import"
    place = ""
    for dose in reading.doses:
        if dose.kind in _MEASURED:
            continue
        for amount in _written(reading, dose):
            for span in amount.numbers:
                variant, better = _better(reading.article.prose[span.start : span.end])
                if not variant:
                    continue
                if variant == "long" and len(better) < _LONG_EVERYWHERE and dose.kind not in _SAID:
                    continue
                place = place or _place(reading, site)
                if variant == "long" and place not in (*_MCG, *_MICROGRAMS):
                    continue  # a comma is no sign of thousands everywhere
                whole = Span(span.start, amount.units[-1].end)
                fix = Fix((Edit(span, better),)) if mends else None
                yield finding(rule, reading, whole, variant=variant, fix=fix, better=better)


def _better(number: str) -> tuple[str, str]:
    """(what is wrong with a number, how it is written); ("", "") if nothing is."""
    if zero := _TRAILING.fullmatch(number):
        return "trailing", zero["whole"]
    if _NAKED.fullmatch(number):
        return "naked", f"0{number}"
    if _LONG.fullmatch(number) and not number.startswith("0"):
        return "long", f"{int(number):,}"
    return "", ""


def notation(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """ "400 µg", "QD", and IU (a note) where the metric amount is not given beside them."""
    told: set[str] = set()
    given: frozenset[_Weight] | None = None
    prose, place = reading.article.prose, ""
    for dose in reading.doses:
        for amount in _written(reading, dose):
            if any(_MICRO.fullmatch(prose[u.start : u.end]) for u in amount.units):
                place = place or _place(reading, site)
                yield from _micro(reading, rule, place, amount)
        yield from _latin(reading, rule, dose)
        entry = site.data["nutrients"]["nutrients"].get(dose.nutrient)
        written = _UNITS.search(reading.article.prose, *dose.span)
        metric = convert(dose.high, dose.unit, entry) if entry and written else None
        if metric is None or dose.nutrient in told:
            continue
        given = _given(reading) if given is None else given
        if _weight(dose) not in given:
            told.add(dose.nutrient)
            yield finding(
                rule,
                reading,
                dose.span,
                severity="note",
                variant="iu",
                nutrient=entry["name"],
                metric=f"{metric:,.10g} {entry['unit']}",
            )


def _micro(reading: Reading, rule: Rule, place: str, amount: Amount) -> Iterator[Finding]:
    prose = reading.article.prose
    for unit in amount.units:
        written = prose[unit.start : unit.end]
        if not _MICRO.fullmatch(written):
            continue
        if place not in (*_MCG, *_MICROGRAMS):
            continue
        better = "mcg"
        if place in _MICROGRAMS:
            better = "microgram" if amount.high == 1 else "micrograms"
            better = better if prose[unit.start - 1].isspace() else f" {better}"
        whole = Span(amount.numbers[0].start, unit.end)
        fix = Fix((Edit(unit, better),))
        yield finding(rule, reading, whole, fix=fix, unit=written, better=better.strip())


def _latin(reading: Reading, rule: Rule, dose: Dose) -> Iterator[Finding]:
    prose = reading.article.prose
    sentence = reading.sentences[reading.index_at(dose.span.start)].span
    for hit in _LATIN.finditer(prose, dose.span.start, sentence.end):
        if hit.end() > dose.span.end and not hit[0].isupper():
            continue  # "a bid" is made at auctions
        if any(amounts(prose, dose.span.end, hit.start())):
            return  # of the next dose
        span = Span(hit.start(), hit.start() + len(hit[0].rstrip(".")))
        if hit[0].count(".") > 1:
            span = Span(*hit.span())
        better = _PLAIN[hit[0].lower().replace(".", "")]
        yield finding(
            rule, reading, span, variant="latin", fix=Fix((Edit(span, better),)), better=better
        )


def _given(reading: Reading) -> frozenset[_Weight]:
    """The amounts that a sentence somewhere on the page gives in metric units as well."""
    return frozenset(_weight(dose) for dose in reading.doses if _twin(reading, dose))


def _weight(dose: Dose) -> _Weight:
    return dose.nutrient, dose.high, dose.unit


def _twin(reading: Reading, dose: Dose) -> bool:
    """True if the sentence, or the one behind it, gives the amount in metric units as well."""
    at = reading.index_at(dose.span.start)
    return any(
        a.unit in _METRIC
        for sentence in reading.sentences[at : at + 2]
        for a in amounts(reading.article.prose, *sentence.span)
    )


def _written(reading: Reading, dose: Dose) -> Iterator[Amount]:
    """The amount of a dose as it is written; its span may begin before other words."""
    yield from amounts(reading.article.prose, *dose.span)


def _place(reading: Reading, site: Site) -> str:
    return locale(reading, site.settings.locale, site.data["red_flags"])
