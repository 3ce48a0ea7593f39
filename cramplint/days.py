"""Dates as pages write them."""

from __future__ import annotations

import re
from datetime import date

from .patterns import lazy

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# For patterns that ignore case.
DATE = (
    rf"(?:(?:[a-z]{{3,6}}day,? )?(?:{_DAY}(?: of)? {MONTH},? \d{{4}}|{MONTH} {_DAY},? \d{{4}}|"
    rf"{MONTH},? \d{{4}})|\d{{4}}-\d{{1,2}}(?:-\d{{1,2}})?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|"
    r"(?:19|20)\d\d)\b"
)
_ISO = lazy(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)")
_SLASHED = lazy(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})")
_YEAR = lazy(r"\b((?:19|20)\d\d)\b")
_IN_MONTH = lazy(r"\b(\d{1,2})(?:st|nd|rd|th)?\b")
_NAMED = lazy(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY = 100


def day_of(text: str) -> date | None:
    """The first day that `text` may mean ("March 2024": the 1st); None if it is no date that
    exists. Of 03/04/2024, which differs by country, the earlier reading is taken."""
    plain = text.strip()
    try:
        if iso := _ISO.match(plain):
            return date(int(iso[1]), int(iso[2]), int(iso[3] or 1))
        if slashed := _SLASHED.fullmatch(plain):
            return _earlier(*(int(x) for x in slashed.groups()))
        year, month = _YEAR.search(plain), _NAMED.search(plain)
        if year and month:
            day = _IN_MONTH.search(plain)
            return date(
                int(year[1]), _MONTHS.index(month[1].lower()) + 1, int(day[1]) if day else 1
            )
        return date(int(plain), 1, 1) if year and plain == year[1] else None
    except ValueError:
        return None


def iso(text: str) -> str:
    """`text` as an ISO date, no more exact than it is: "March 2024" is 2024-03; "" for no date."""
    plain, day = text.strip(), day_of(text)
    if day is None:
        return ""
    if _YEAR.fullmatch(plain):
        return plain
    known = _ISO.match(plain)
    exact = known[3] if known else _SLASHED.fullmatch(plain) or _IN_MONTH.search(plain)
    return day.isoformat() if exact else day.isoformat()[:7]


def _earlier(first: int, second: int, year: int) -> date | None:
    year += 2000 if year < _CENTURY else 0
    read = []
    for month, day in ((first, second), (second, first)):
        try:
            read.append(date(year, month, day))
        except ValueError:
            continue
    return min(read, default=None)
