"""What a report is made of: checked articles, and where in their lines a finding stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from ..model import Checked, Finding, Rule, Source
from ..names import fold

# (role, text) -> the text, dressed. Roles: path, error, warning, note, mark, rule, dim.
Style = Callable[[str, str], str]


class Result(NamedTuple):
    """One article, in the language `lang`, and what was found in it. `facts`: what is known of it,
    as JSON, if that was asked for. `aside`: findings that are not reported: known ones, and those
    of lines that did not change."""

    source: Source
    checked: Checked
    lang: str
    facts: Mapping[str, Any] | None = None
    aside: tuple[Finding, ...] = ()

    @property
    def path(self) -> str:
        return self.source.name


def plain(role: str, text: str) -> str:
    """No dress at all."""
    return text


class Look(NamedTuple):
    """How a report for people looks. `width` in terminal cells; after `fold` places of one rule in
    one file the others are only counted (0: never). `totals`: a line of summary ends it. `rules`:
    the pages of the rules, by id, for reports that say what a rule is about."""

    style: Style = plain
    width: int = 100
    fold: int = 3
    totals: bool = True
    rules: Mapping[str, Rule] = MappingProxyType({})


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


def both(one: Summary, other: Summary) -> Summary:
    """The counts of two."""
    return Summary(*map(sum, zip(one, other, strict=True)))


def totals(counts: Summary) -> str:
    """One line, such as "5 files: 9 errors, 1 note; 12 fixable with --fix, 3 more with
    --unsafe-fixes"."""
    fixable = f"{counts.fixable} fixable with --fix" if counts.fixable else ""
    if counts.asking:
        fixable += f", {counts.asking} more" if fixable else f"{counts.asking} fixable"
        fixable += " with --unsafe-fixes"
    suppressed = f"{counts.suppressed} suppressed" if counts.suppressed else ""
    found = f"{counted(counts.files, 'file')}: {levels(counts)}"
    return "; ".join(part for part in (found, fixable, suppressed) if part)


def levels(counts: Summary) -> str:
    """Such as "9 errors, 1 note"."""
    found = ((counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note"))
    return ", ".join(counted(n, word) for n, word in found if n) or "nothing found"


def counted(number: int, word: str) -> str:
    """ "1 error", "2 errors"."""
    return f"{number} {word}{'s' * (number != 1)}"


def fingerprints(result: Result) -> list[str]:
    """For each finding what it keeps as long as its rule and its words stay, wherever in the file
    they stand: no line goes into it. Equal words under one rule are told apart by their order, and
    what is set aside is counted with them."""
    from hashlib import blake2b  # imported where it is used: slow to load

    source, kept = result.source, result.checked.findings
    every = (*kept, *result.aside)
    seen: dict[tuple[str, str], int] = {}
    out = [""] * len(every)
    for i in sorted(range(len(every)), key=lambda i: (every[i].span, every[i].rule)):
        words = every[i].rule, fold(source.excerpt(every[i].span))
        seen[words] = seen.get(words, 0) + 1
        made = "\0".join((*words, str(seen[words]))).encode("utf-8", "backslashreplace")
        out[i] = blake2b(made, digest_size=8).hexdigest()
    return out[: len(kept)]


def told(finding: Finding) -> str:
    """What is wrong and what to do, in one line."""
    message = finding.message
    if not finding.advice:
        return message
    return f"{message}{'' if message.endswith(('.', '!', '?')) else '.'} {finding.advice}"


def inserted(source: Source, text: str) -> str:
    """The text of an edit with the line ends of the file that it goes into."""
    return text.replace("\n", source.newline)
