"""How hard a page reads. The only door to textstat.

textstat asks NLTK for CMUdict, which NLTK downloads when it is first asked. Here nothing is ever
downloaded: textstat counts syllables by the table `syllables`, which holds what CMUdict says, and
NLTK, which takes most of the time of importing textstat, is not loaded.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple

from ..meaning import Reading
from ..model import Block, CrampError, Finding, Rule
from ..rules import finding
from ..running import line, names, sentences
from ..site import Site
from ..understand.opening import opening, shown

_FEWEST = 10  # sentences; the measures say nothing of fewer
_LANG = "en_US"
_OLDEST, _TOO_NEW = (0, 7, 13), (0, 8)
_ASKED = "textstat.backend.utils._get_cmudict"
_ROUNDED = 1  # digits: more would promise too much
# A sentence, and what it scores where words are counted as they should be: by the table ("every",
# "cramps"), and by pyphen where the table is silent.
_PROBE = "Every muscle cramps at nighttime because calves stay contracted."
_EXPECTED = (8.9, 11.2)


class Scores(NamedTuple):
    """Grades of school in the United States."""

    flesch_kincaid_grade: float
    smog: float


def scores(reading: Reading, site: Site) -> Scores | None:
    """How hard the running text of a page reads; None for another language than English, for fewer
    than ten sentences, and without textstat. Raises CrampError for a textstat that counts
    otherwise."""
    return _measured([line for _, line in _lines(reading)], site)


def grade(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A page above the grade of `max_grade` (`strict`: in the profile of that name; the setting
    max-grade goes before both) by Flesch-Kincaid and SMOG; else each of its sections that is, by
    what stands between two headings. Grade 8 ends where grade 9 begins."""
    settings = site.settings
    limit = rule.params["strict" if settings.profile == "strict" else "max_grade"]
    limit = settings.max_grade or limit
    lines = list(_lines(reading))
    whole = _measured([line for _, line in lines], site)
    if whole is None:
        return
    if int(min(whole)) > limit:
        span = opening(reading.article)
        yield finding(rule, reading, span, what="The page", limit=limit, **whole._asdict())
        return
    by_heading: dict[Block | None, list[str]] = {}
    for heading, text in lines:
        by_heading.setdefault(heading, []).append(text)
    for heading, own in by_heading.items():
        part = _measured(own, site) if heading and len(by_heading) > 1 else None
        if heading and part and int(min(part)) > limit:
            span = shown(reading.article, heading.span)
            yield finding(rule, reading, span, what="This section", limit=limit, **part._asdict())


def _lines(reading: Reading) -> Iterator[tuple[Block | None, str]]:
    """The sentences of the running text, each with the heading that it stands under."""
    if reading.lang != "en":
        return
    prose = reading.article.prose
    proper = names(prose)
    headings = iter([b for b in reading.article.blocks if b.kind == "heading"])
    heading, coming = None, next(headings, None)
    for _, span in sentences(reading):
        while coming and coming.span.start <= span.start:
            heading, coming = coming, next(headings, None)
        if text := line(prose[span.start : span.end], proper):
            yield heading, text


def _measured(lines: Sequence[str], site: Site) -> Scores | None:
    if len(lines) < _FEWEST:
        return None
    text = "\n".join(lines)
    try:
        kept = site.once("textstat", text, lambda: _scored(text, site.data), _are_scores)
    except ImportError:
        return None  # whoever runs the checks says so
    return Scores(*kept)


def _scored(text: str, data: Mapping[str, Any]) -> list[float]:
    metrics = _textstat(_Spoken(data["syllables"]))
    both = metrics.flesch_kincaid_grade(text, _LANG), metrics.smog_index(text, _LANG)
    return [round(score, _ROUNDED) for score in both]


def _are_scores(kept: Any) -> bool:
    return (
        isinstance(kept, list) and len(kept) == 2 and all(isinstance(n, int | float) for n in kept)
    )


class _Spoken:
    """As much of NLTK's CMUdict as textstat asks for: `spoken[word][0]`, a sign a syllable."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    def __getitem__(self, word: str) -> tuple[str]:
        return ("1" * self._counts[word],)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Spoken) and other._counts is self._counts

    def __hash__(self) -> int:
        return id(self._counts)


@lru_cache(maxsize=1)
def _textstat(spoken: _Spoken) -> Any:
    """textstat's metrics, counting syllables by `spoken`. Raises ImportError, and CrampError for a
    version that we do not know or that does not count as it should."""

    def get_cmudict(lang: str) -> _Spoken | None:
        return spoken if lang.split("_")[0] == "en" else None

    # The one module of textstat that imports NLTK is not loaded but stood in for, while textstat
    # is imported, by one with the same function. Nothing of it stays behind but that function.
    stand_in = ModuleType(_ASKED)
    vars(stand_in)["get_cmudict"] = get_cmudict
    stands_in = "textstat" not in sys.modules
    if stands_in:
        sys.modules[_ASKED] = stand_in
    try:
        import textstat
        from textstat.backend import metrics
        from textstat.backend.counts import _count_syllables
    finally:
        if stands_in:
            sys.modules.pop(_ASKED, None)
    version = ".".join(map(str, textstat.__version__))
    if not _OLDEST <= textstat.__version__ < _TOO_NEW or not hasattr(
        _count_syllables, "get_cmudict"
    ):
        raise CrampError(
            f"textstat {version} is not known to count as it should",
            "readability",
            "install textstat 0.7.13, or leave readability/grade out",
        )
    _count_syllables.get_cmudict = get_cmudict
    _forget()
    got = [metrics.flesch_kincaid_grade(_PROBE, _LANG), metrics.smog_index(_PROBE, _LANG)]
    if tuple(round(score, _ROUNDED) for score in got) != _EXPECTED:
        _forget()
        raise CrampError(
            f"textstat {version} counts other syllables than it should: {got}",
            "readability",
            "install the versions that cramplint names, or leave readability/grade out",
        )
    return metrics


def _forget() -> None:
    """What textstat remembers of texts that it counted otherwise."""
    for name, module in list(sys.modules.items()):
        if name.startswith("textstat.backend"):
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()
