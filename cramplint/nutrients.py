"""Nutrients by their names, and what a weight of them is in another unit (table `nutrients`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from . import needs
from .model import Span
from .patterns import compiled, lazy, lowered

MEDICINE = "medicine"
KIND = "kind"  # "antibiotics", "protein": of importance only where an amount is plainly of it
_MEDICINES = (
    r"[a-z]{3,}(?:statin|pril|olol|sartan|profen|oxacin|cillin|mycin|cycline|gliptin|gliflozin|"
    r"parin|dronate|dronic acid|prazole|setron|triptan|azepam|zepam|barbital|tidine|mab|caine)"
)
_RUN = lazy(r"[\w-]+")
_MOST = 20_000  # runs of letters of which it is remembered whether a name may begin there
_LONG = 40  # code points; a longer one is not remembered
_GAP = lazy(r"[ \n-]{1,3}")
_MEDICINE = lazy(_MEDICINES)
_AS = lazy(r"\b(?:as|from|in the form of)\s+(?:(?:an?|the|chelated|buffered) )?", re.IGNORECASE)
_GRAMS = {"g": 1.0, "mg": 1e-3, "mcg": 1e-6}


class Named(NamedTuple):
    """A nutrient, another substance or a medicine where it is named. `id`: of the table, of its
    `others`, MEDICINE or KIND. `form`: its compound ("glycinate"), "" if none is said."""

    span: Span
    id: str
    form: str = ""


class Names(NamedTuple):
    """What the table `nutrients` calls things: word -> (id, form), and the pattern of all words in
    a `lowered` text, with its needs and the runs of letters that a name begins with."""

    words: Mapping[str, tuple[str, str]]
    pattern: re.Pattern[str]
    needs: int
    heads: _Heads
    nutrients: Mapping[str, Any]

    def said(self, name: str) -> tuple[str, str]:
        """(id, form) of what stands in a text; a hyphen may stand for a blank ("vitamin-a")."""
        known = self.words.get(name) or self.words.get(name.replace("-", " "))
        return known or (MEDICINE, "")


class _Heads(dict[str, bool]):
    """A run of letters, digits and hyphens -> whether a name, or that of a medicine, may begin with
    it. To ask it of each run costs a fraction of what it costs to look for the pattern."""

    def __init__(self, words: Iterable[str]) -> None:
        self._firsts = {found[0] for word in words if (found := _RUN.match(word))}

    def __missing__(self, run: str) -> bool:
        plain = run.rstrip("-")
        may = (
            plain in self._firsts
            or plain.partition("-")[0] in self._firsts  # "vitamin-a" for "vitamin a"
            or _MEDICINE.fullmatch(plain) is not None
        )
        if len(self) > _MOST:
            self.clear()
        if len(run) < _LONG:
            self[run] = may
        return may


def names(table: Mapping[str, Any]) -> Names:
    """The names of the table, for `named`: made once for a text."""
    words: dict[str, tuple[str, str]] = dict.fromkeys(table["medicines"].split(), (MEDICINE, ""))
    words |= dict.fromkeys(table["kinds"], (KIND, ""))
    for id_, others in table["others"].items():
        words |= dict.fromkeys(others, (id_, ""))
    for id_, entry in table["nutrients"].items():
        for form, one in entry.get("compounds", {}).items():
            words |= dict.fromkeys(one.get("alone", ()), (id_, form))
        words |= dict.fromkeys(entry["names"], (id_, ""))
    return Names(words, *_pattern(tuple(words)), table["nutrients"])


def named(text: str, known: Names, start: int = 0, end: int | None = None) -> Iterator[Named]:
    """What of the table is named between two places of `text`, in order."""
    low = lowered(text)
    last, stop = start, len(text) if end is None else end
    if known.needs & needs.lacks(low[start:stop]):
        return
    heads = known.heads
    for run in _RUN.finditer(low, start, stop):
        if run.start() < last or not heads[run[0]]:  # "glycinate" of "magnesium glycinate"
            continue
        found = known.pattern.match(low, run.start(), stop)
        if not found:
            continue
        said = " ".join(found["name"].split()) if found["name"] else ""
        id_, form = known.said(said.replace("’", "'"))
        entry = known.nutrients.get(id_)
        span = Span(found.start(), found.end("name") if said else found.end())
        behind = _form(entry, text, span.end, end) if entry else None
        if behind:
            form, end_of = behind
            span = Span(span.start, end_of)
        last = span.end
        yield Named(span, id_, form)


def _form(entry: Mapping[str, Any], text: str, at: int, end: int | None) -> tuple[str, int] | None:
    """The compound that is named right behind the nutrient, and where its name ends."""
    words = _forms(entry)
    gap = _GAP.match(text, at) if words else None
    if not gap:
        return None
    hit = _pattern_of(tuple(words)).match(text, gap.end(), len(text) if end is None else end)
    return (words[" ".join(hit[0].lower().split())], hit.end()) if hit else None


def _forms(entry: Mapping[str, Any]) -> dict[str, str]:
    """Word -> the compound that it names."""
    return {w: form for form, one in entry.get("compounds", {}).items() for w in one["names"]}


def compound(entry: Mapping[str, Any], word: str) -> str:
    """The compound of the nutrient that `word` names ("bisglycinate": glycinate), else ""."""
    low = word.lower()
    return next((f for f, one in entry.get("compounds", {}).items() if low in one["names"]), "")


def form_behind(entry: Mapping[str, Any], text: str) -> str:
    """The compound in whose form `text` says that the nutrient comes: "(as glycinate)"."""
    words = _forms(entry)
    found = _AS.search(text) if words else None
    hit = _pattern_of(tuple(words)).match(text, found.end()) if found else None
    return words[" ".join(hit[0].lower().split())] if hit else ""


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


@lru_cache(maxsize=4)
def _pattern(words: tuple[str, ...]) -> tuple[re.Pattern[str], int, _Heads]:
    either = "|".join(
        re.escape(word.lower()).replace("\\ ", r"(?:\s+|-)").replace("'", "['’]")
        for word in sorted(words, key=lambda w: (-len(w), w))
    )
    pattern = rf"(?<![\w-])(?:(?P<name>{either})|{_MEDICINES})(?![\w]|-\w)"
    return compiled(pattern), needs.of(pattern, 0), _Heads(word.lower() for word in words)


@lru_cache(maxsize=64)
def _pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda w: (-len(w), w))
    return compiled(
        "(?:" + "|".join(w.replace(" ", r"\s+") for w in longest) + r")\b", re.IGNORECASE
    )
