"""How a text names its sources where it stands: marks, authors and years, bodies and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .patterns import lazy

_YEAR = r"(?:19[5-9]\d|20\d\d)"
_NAME = r"(?:(?:van|von|de|der|den|la|le|Mc|O['’]) ?){0,2}[A-Z][\w’'-]{1,40}"
# "(Rai et al., 2017; Lee & Park 2019)", "Smith et al. (2020)".
_AUTHORS = rf"{_NAME}(?:,? et al\.?|(?:,? (?:and|&) {_NAME}){{1,9}})?"
_AUTHOR_YEAR = lazy(
    rf"[(;]\s?(?:see |e\.g\.,? )?(?P<inside>{_AUTHORS}),? ?(?P<year>{_YEAR})[a-z]?(?=\s?[);,:])"
    rf"|\b(?P<before>{_NAME}(?:,? et al\.?|,? (?:and|"
    rf"&) {_NAME})) ?[(\[](?P<then>{_YEAR})[a-z]?[)\]]"
)
# What looks like an author with a year and is none: "(March 2020)", "(Winter 2021)".
_NO_AUTHOR = lazy(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|spring|summer|autumn|fall|"
    r"winter|since|from|until|in|by|early|late|mid|copyright|updated|reviewed|published|version|"
    r"edition",
    re.IGNORECASE,
)
# "(Drugs and Herbs, Sep. 20, 2016)": a journal and its date.
_JOURNAL = lazy(
    r"\((?P<journal>[A-Z][\w&’'-]{2,}(?:,? (?:(?:and|of|the|for|in) )*[A-Z][\w&’'-]+){1,8}), "
    r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? )?(?:\d{1,2}, )?"
    rf"(?P<year>{_YEAR})\)"
)
# "(Am J Obstet Gynecol, 1998; 179: 444-52)", "BMJ 1999;318(7195):1375": a journal by its volume.
_VOLUME = lazy(
    r"\b(?P<journal>[A-Z][\w&’'.-]{0,30}"
    r"(?: (?:(?:of|the|and|for|in) ){0,2}[A-Z][\w&’'.-]{0,30}){0,7}),? "
    rf"(?P<year>{_YEAR}) ?; ?\d{{1,4}}(?: ?\([^()\n]{{1,12}}\))?: ?[A-Za-z]?\d{{1,6}}"
)
# Bodies and journals by the names that a text calls them; case matters.
_BODY = (
    r"(?:NHS|NICE|CDC|FDA|WHO|EFSA|NIH|NIMH|NHLBI|NINDS|NIDDK|NCCIH|MHRA|TGA|HSE|AAFP|ACOG|AAP|"
    r"ADA|AHA|ACC|ESC|BMJ|JAMA|NEJM|BNF|SIGN|USPSTF|NASEM|PMC|PubMed|SACN|PHE|UKHSA|RCOG|RCGP|ACSM|IOM|"
    r"Cochrane|Lancet|Mayo Clinic|Cleveland Clinic|Johns Hopkins|Merck Manual|MSD Manual|PL[oO]S|"
    r"Public Health England|Health Canada|Institute of Medicine|National Academ(?:y|ies)|"
    r"World Health Organi[sz]ation|National Health Service|Food and Drug Administration|"
    r"Centers for Disease Control|European Food Safety Authority|Red Cross|"
    r"New England Journal|National Institutes? (?:of|for) [A-Z][\w’'-]+|"
    r"(?:Journal|Annals|Archives|Association|Society|College|Academy|Agency|Office) (?:of|for|on) "
    r"(?:the )?[A-Z][\w’'-]+|"
    r"(?:American|British|European|Canadian|Australian|International|Royal|National|World) "
    r"(?:[A-Z][\w’'-]+,? (?:and )?){0,3}(?:Association|Society|College|Academy|Journal|Foundation|"
    r"Council|Institute|Agency|Federation|Survey))"
)
_BODY_YEAR = lazy(
    rf"\b(?P<body>{_BODY})\b[^.;!?\n]{{0,40}}?\b(?P<year>{_YEAR})\b"
    rf"|\b(?P<first>{_YEAR})\b[^.;!?\n()]{{0,40}}?\b(?P<then>{_BODY})\b"
)
YEAR = lazy(rf"(?<!\d){_YEAR}(?!\d)")
URL = lazy(r"\b(?:https?://|www\.)[^\s<>\"“”\u00a0]+", re.IGNORECASE)
# "[3]", "[2, 5-7]", "[^note]", "[^1^]"; not the text of a link, nor what goes on behind it.
MARK = lazy(
    r"\[(?P<labels>\^[\w-]{1,24}\^?|[1-9]\d{0,2}(?:\s?[,;–-]\s?[1-9]\d{0,2}){0,12})\]"
    r"(?![\w(]|-\w|:[ \t]*\S)"
)
_NUMBERED = lazy(
    r"\b10\.\d{4,9}/\S+|\bPMID:? ?\d+|\bPMC\d{4,}|\bNCT\d{8}\b|"
    r"<sup>\s*\[?\d{1,3}(?:[,–-]\d{1,3})*\]?\s*</sup>"
)
_NUMBERS = ("10.", "PM", "NCT", "<sup>")  # one of which such a number holds
CITES = ("[", *_NUMBERS, "19", "20")  # and all that `cites`
_NAMED = lazy(rf"\b{_BODY}\b")
_LABEL = lazy(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
_RANGE = 50  # entries that one mark may cite


class Mention(NamedTuple):
    """A source that a text names in passing, its offsets in that text."""

    start: int
    end: int
    name: str
    year: int


def mentions(text: str) -> Iterator[Mention]:
    """The sources that `text` names with their years, in order."""
    if "19" not in text and "20" not in text:
        return
    end = 0
    found = [*_by_author(text), *_by_body(text), *_by_journal(text)]
    for one in sorted(found):
        if one.start >= end:
            yield one
            end = one.end


def _by_author(text: str) -> Iterator[Mention]:
    for m in _AUTHOR_YEAR.finditer(text):
        name, year = m["inside"] or m["before"], m["year"] or m["then"]
        if not _NO_AUTHOR.fullmatch(name.split()[0]):
            yield Mention(m.start(), m.end(), name, int(year))


def _by_body(text: str) -> Iterator[Mention]:
    for m in _BODY_YEAR.finditer(text):
        name, year = m["body"] or m["then"], m["year"] or m["first"]
        yield Mention(m.start(), m.end(), name, int(year))


def _by_journal(text: str) -> Iterator[Mention]:
    found = [*(_JOURNAL.finditer(text) if "(" in text else ())]
    found += _VOLUME.finditer(text) if ";" in text else ()
    for m in found:
        if not _NO_AUTHOR.fullmatch(m["journal"].split()[0]):
            yield Mention(m.start(), m.end(), m["journal"], int(m["year"]))


def cites(text: str) -> bool:
    """True if `text`, as it stands in the source, names where it has something from: a mark, a
    number of a paper, an author or a body with a year. Links are for the caller to see."""
    if "[" in text and MARK.search(text):
        return True
    if any(map(text.__contains__, _NUMBERS)) and _NUMBERED.search(text):
        return True
    return next(mentions(text), None) is not None


def names_body(text: str) -> bool:
    """True if `text` calls a health body or a journal by its name, with or without a year."""
    return bool(_NAMED.search(text))


def labels(inside: str) -> tuple[str, ...]:
    """What is inside a mark, one label each: "2, 5-7" is 2, 5, 6, 7; "^note^" is note."""
    if inside.startswith("^"):
        return (inside.strip("^").casefold(),)
    found: list[str] = []
    for m in _LABEL.finditer(inside):
        first, last = int(m[1]), int(m[2] or m[1])
        found += map(str, range(first, min(max(first, last), first + _RANGE) + 1))
    return tuple(dict.fromkeys(found))
