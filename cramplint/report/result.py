"""What a report is made of: checked articles, and where in their lines a finding stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..check import Checked
from ..meaning import Reading

# (role, text) -> the text, dressed. Roles: path, error, warning, note, mark, rule, dim.
Style = Callable[[str, str], str]


class Result(NamedTuple):
    """One article and what was found in it."""

    reading: Reading
    checked: Checked

    @property
    def path(self) -> str:
        return self.reading.article.source.name


class Look(NamedTuple):
    """How a report for people looks. `width` in terminal cells; after `fold` places of one rule in
    one file the others are only counted (0: never). `totals`: a line of summary ends it."""

    style: Style = lambda role, text: text
    width: int = 100
    fold: int = 3
    totals: bool = True


class Place(NamedTuple):
    """1-based; a column counts code points."""

    line: int
    column: int


class Lines:
    """Where the lines of a text begin; the only place where offsets become lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> Place:
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)


class Summary(NamedTuple):
    """Counts over all results. `fixable`: by a safe fix; `asking`: by one that asks."""

    files: int
    errors: int
    warnings: int
    notes: int
    fixable: int
    asking: int
    suppressed: int


def summary(results: Sequence[Result]) -> Summary:
    findings = [f for result in results for f in result.checked.findings]
    levels = [f.severity for f in findings]
    fixes = [f.fix.safety for f in findings if f.fix]
    return Summary(
        len(results),
        levels.count("error"),
        levels.count("warning"),
        levels.count("note"),
        fixes.count("safe"),
        fixes.count("ask"),
        sum(len(result.checked.suppressed) for result in results),
    )
