"""Nutrients by their names, and what a weight of them is in another unit (table `nutrients`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from .model import Span
from .patterns import compiled

MEDICINE = "medicine"
KIND = "kind"  # "antibiotics", "protein": of importance only where an amount is plainly of it
_MEDICINES = (
    r"[a-z]{3,}(?:statin|pril|olol|sartan|profen|oxacin|cillin|mycin|cycline|gliptin|gliflozin|"
    r"parin|dronate|dronic acid|prazole|setron|triptan|azepam|zepam|barbital|tidine|mab|caine)"
)
_GRAMS = {"g": 1.0, "mg": 1e-3, "mcg": 1e-6}


class Named(NamedTuple):
    """A nutrient, another substance or a medicine where it is named. `id`: of the table, of its
    `others`, MEDICINE or KIND. `form`: its compound ("glycinate"), "" if none is said."""

    span: Span
    id: str
    form: str = ""


def named(
    text: str, table: Mapping[str, Any], start: int = 0, end: int | None = None
) -> Iterator[Named]:
    """What of the table is named between two places of `text`, in order."""
    words, pattern = _names(table)
    last = start
    for found in pattern.finditer(text, start, len(text) if end is None else end):
        if found.start() < last:  # "glycinate" of "magnesium glycinate"
            continue
        said = " ".join(found["name"].lower().split()) if found["name"] else ""
        id_, form = words.get(said.replace("’", "'"), (MEDICINE, ""))
        entry = table["nutrients"].get(id_)
        span = Span(found.start(), found.end("name") if said else found.end())
        behind = _form(entry, text, span.end, end) if entry else None
        if behind:
            form, end_of = behind
            span = Span(span.start, end_of)
        last = span.end
        yield Named(span, id_, form)


def _form(entry: Mapping[str, Any], text: str, at: int, end: int | None) -> tuple[str, int] | None:
    """The compound that is named right behind the nutrient, and where its name ends."""
    compounds = entry.get("compounds", {})
    words = {word: form for form, one in compounds.items() for word in one["names"]}
    if not words:
        return None
    shape = compiled(_either(words), re.IGNORECASE)
    found = re.compile(r"[ \n-]{1,3}").match(text, at)
    hit = shape.match(text, found.end(), len(text) if end is None else end) if found else None
    return (words[" ".join(hit[0].lower().split())], hit.end()) if hit else None


def compound(entry: Mapping[str, Any], word: str) -> str:
    """The compound of the nutrient that `word` names ("bisglycinate": glycinate), else ""."""
    low = word.lower()
    return next((f for f, one in entry.get("compounds", {}).items() if low in one["names"]), "")


def form_behind(entry: Mapping[str, Any], text: str) -> str:
    """The compound in whose form `text` says that the nutrient comes: "(as glycinate)"."""
    compounds = entry.get("compounds", {})
    words = {word: form for form, one in compounds.items() for word in one["names"]}
    if not words:
        return ""
    found = compiled(
        r"\b(?:as|from|in the form of)\s+(?:\w+ )?(?P<form>" + _either(words) + ")", re.IGNORECASE
    ).search(text)
    return words[" ".join(found["form"].lower().split())] if found else ""


def convert(amount: float, unit: str, entry: Mapping[str, Any]) -> float | None:
    """`amount` in the unit of the nutrient's table entry; None where nothing converts it."""
    own: str = entry["unit"]
    if unit in _GRAMS:
        return amount * _GRAMS[unit] / _GRAMS[own]
    if unit == "IU" and "iu" in entry:
        return amount * float(entry["iu"]["value"])
    return None


def fraction(entry: Mapping[str, Any], form: str) -> float | None:
    """What part of a compound's weight is the nutrient; None if the table does not tell."""
    part = entry.get("compounds", {}).get(form, {}).get("fraction")
    return None if part is None else float(part)


def _names(table: Mapping[str, Any]) -> tuple[dict[str, tuple[str, str]], re.Pattern[str]]:
    """Word -> (id, form), and the pattern that finds all of them."""
    words: dict[str, tuple[str, str]] = dict.fromkeys(table["medicines"].split(), (MEDICINE, ""))
    words |= dict.fromkeys(table["kinds"], (KIND, ""))
    for id_, names in table["others"].items():
        words |= dict.fromkeys(names, (id_, ""))
    for id_, entry in table["nutrients"].items():
        for form, one in entry.get("compounds", {}).items():
            words |= dict.fromkeys(one.get("alone", ()), (id_, form))
        words |= dict.fromkeys(entry["names"], (id_, ""))
    return words, _pattern(tuple(words))


@lru_cache(maxsize=4)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(
        re.escape(word).replace("\\ ", r"\s+").replace("'", "['’]")
        for word in sorted(words, key=lambda w: (-len(w), w))
    )
    return compiled(rf"(?<![\w-])(?:(?P<name>{either})|{_MEDICINES})(?![\w]|-\w)", re.IGNORECASE)


def _either(words: Mapping[str, str]) -> str:
    longest = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(w.replace(" ", r"\s+") for w in longest) + r")\b"
