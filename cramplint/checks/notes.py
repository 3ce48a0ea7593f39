"""note_marks: raised figures that point to notes, and came down into the text that was copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..meaning import Reading
from ..model import Edit, Finding, Fix, Rule, Span
from ..patterns import lazy
from ..rules import finding
from ..site import Site
from ..understand.surface import without_urls

_MANY = r"\d{1,3}(?:[,–-] ?\d{1,3}){0,12}"
# "on your arm.12 The feeling", "constant.”1": behind the stop that ends a sentence.
_STOPPED = lazy(
    rf"[.!?](?<=[a-z)”’\"].)[”’\")]?(?P<it>{_MANY})(?![\w%°$£€/.:-])(?=[ ]+[A-Z“\"(]|[ ]*(?:\n|\Z))"
)
_STOP_SIGN = lazy(r"[.!?][”’\")]?\d")
_WORD = lazy(r"(?<![\w.-])(?P<word>[A-Za-z]{2,24})\W{1,3}\Z")
# "reactions4,6,9": behind a word; of one figure alone no one can tell what it is.
_GLUED = lazy(
    r"\d(?<=[a-z][a-z][a-z]\d)\d?(?:[,–-]\d{1,3}){0,12}(?![\w%°/-])(?!\.\d|,\d)(?=[ \n.,;:)]|\Z)"
)
_BEHIND = lazy(r"(?<![\w’'-])(?P<word>[a-z]{3,24})\Z")
# "per litre 1." before a stop, and "dysfunction 3, 4" at the end of a line.
_LOOSE = lazy(r"[ ](?<=[a-z)] )(?P<it>\d{1,2}(?:, ?\d{1,2}){0,6})(?=[ ]?(?:\.(?=[ \n]|\Z)|\n|\Z))")
_CARET = lazy(r"\^(?<=[a-z.,]\^)\d{1,3}(?:,\d{1,3}){0,9}(?![\w.^])")
_RAISED = lazy(r"(?<=[a-z][a-z][a-z.,;)”])[¹²³⁰⁴-⁹]{1,3}(?:[⁾˒,][¹²³⁰⁴-⁹]{1,3}){0,9}(?![\w⁻])")
_NAMED = lazy(
    r"\[(?<=[a-z.,;:]\[)(?:note|nb|n|fn) ?\d{1,2}\]|\[(?<=[.,;]\[)[a-h]\](?=[ \n]|\Z)",
    re.IGNORECASE,
)
_DAGGER = lazy(r"[†‡](?<=[a-z.,;)”].)")
_EXPLAINED = lazy(
    r"^[ \t*>|(-]{0,6}(?P<mark>[†‡]|[¹²³⁰⁴-⁹]{1,3}|\^\d{1,3}|\[?(?:note|nb|n|fn) ?\d{1,2}\]?)",
    re.M | re.I,
)
# Words that a number belongs to, so that it points nowhere.
_COUNTED = frozenset(
    " ".join(
        (
            "no nos vol vols fig figs pp pg page pages chap chapter part section sec art item step",
            "stage stages grade phase type types day days week weeks month year years age aged of",
            "levels level group class tier zone line room floor gate table figure box image photo",
            "slide unit units version ver vitamin omega alpha beta gamma interleukin covid top web",
            "html cox kg mg number numbers scale score trial trials question rule tip option steps",
            "category article form all over under below above than to from by in at on about",
            "around approximately nearly least most up and or the a is are was were be until",
            "before after between factor channel episode with for every reach reaches reached",
            "equals scored only exactly just",
        )
    ).split()
)
_SEVERAL = 3  # marks on a page, where one alone may be anything


def note_marks(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Marks of notes that stand in the text as plain figures; raised ones and other signs, where
    the page holds no note. Bare numbers in square brackets are a matter of `dangling-ref`.

    The table `words` holds English words in lower case. `messages`: lost.
    """
    article = reading.article
    prose = without_urls(article.prose)
    words = site.data["words"]
    found: list[Span] = []
    if _STOP_SIGN.search(prose):
        for mark in _STOPPED.finditer(prose):
            before = _WORD.search(prose, max(0, mark.start() - 26), mark.start("it"))
            known = before is None or before["word"].lower() not in _COUNTED
            if known and (before is None or len(before["word"]) > 2 or prose[mark.start()] != "."):
                found.append(Span(*mark.span("it")))
    alone: list[Span] = []
    for mark in _GLUED.finditer(prose):
        before = _BEHIND.search(prose, max(0, mark.start() - 26), mark.start())
        if before and before["word"] in words and before["word"] not in _COUNTED:
            several = not mark[0].isdecimal()
            (found if several else alone).append(Span(*mark.span()))
    if len(found) + len(alone) >= _SEVERAL:
        found += alone
    found += _loose(prose, reading) if reading.health else ()
    for span in sorted({*found}):
        if not reading.within(span, "references", "footer", "contact"):
            edits = (Edit(Span(span.start, span.start), "["), Edit(Span(span.end, span.end), "]"))
            sure = bool(reading.evidence.entries) and prose[slice(*span)].isdecimal()
            yield finding(rule, reading, span, fix=Fix(edits, "ask") if sure else None)
    if not reading.evidence.entries:
        for span in _signs(prose):
            yield finding(rule, reading, span, variant="lost")


def _loose(prose: str, reading: Reading) -> Iterator[Span]:
    """Numbers before a stop, where there are several, "1" among them. In brackets, as in "(1)",
    they are a way to name sources."""
    marks = []
    for mark in _LOOSE.finditer(prose):
        before = _WORD.search(prose, max(0, mark.start() - 26), mark.start("it"))
        if before and before["word"].lower() not in _COUNTED:
            marks.append(mark)
    numbers = {n for m in marks for n in re.findall(r"\d+", m["it"])}
    if len(marks) >= _SEVERAL and len(numbers) > 1 and "1" in numbers:
        yield from (Span(*m.span("it")) for m in marks)


def _signs(prose: str) -> Iterator[Span]:
    """Raised figures, daggers and named notes that no note answers."""
    explained: set[str] | None = None
    shapes = []
    if not prose.isascii():
        shapes = [_RAISED] + ([_DAGGER] if "†" in prose or "‡" in prose else [])
    shapes += [_CARET] if "^" in prose else []
    shapes += [_NAMED] if "[" in prose else []
    for shape in shapes:
        for mark in shape.finditer(prose):
            if explained is None:
                explained = {m["mark"].strip("[]").lower() for m in _EXPLAINED.finditer(prose)}
            if mark[0].strip("[]").lower() not in explained:
                yield Span(*mark.span())
