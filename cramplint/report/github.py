"""Findings as annotations: the workflow commands that GitHub's runner reads in a step's log.

A step shows ten annotations of each level and drops the others without a word, so the ten are
chosen here, and one of them says how many there are besides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model import SEVERITIES, Finding
from .escape import inert, visible
from .result import Lines, Look, Result, counted

_SHOWN = 10  # annotations of one level that GitHub shows of a step
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


class _Placed(NamedTuple):
    file: int
    nth: int
    result: Result
    finding: Finding


def github(results: Sequence[Result], look: Look) -> str:
    """The most telling findings of each level, and one line on those that are left out."""
    every = [
        _Placed(file, nth, result, finding)
        for file, result in enumerate(results)
        for nth, finding in enumerate(result.checked.findings)
    ]
    by_level = {level: [p for p in every if p.finding.severity == level] for level in SEVERITIES}
    crowded = any(len(placed) > _SHOWN for placed in by_level.values())
    left: dict[str, int] = {}
    out: list[str] = []
    for level, placed in by_level.items():
        # The line on the others is a notice, and takes the place of one.
        chosen = _ranked(placed)[: _SHOWN - (crowded and level == "note")]
        left[level] = len(placed) - len(chosen)
        out += _annotations(sorted(chosen, key=lambda one: (one.file, one.nth)))
    return "".join([*out, *([_others(left)] if crowded else [])])


def _ranked(placed: Sequence[_Placed]) -> list[_Placed]:
    """First one of each rule in each file, one rule after the other, before anything is repeated:
    ten places of one rule tell less than one place of ten."""
    in_file: Counter[tuple[str, int]] = Counter()
    of_rule: Counter[tuple[str, int]] = Counter()
    ranks = {}
    for one in placed:
        rule = one.finding.rule
        again = in_file[rule, one.file]
        in_file[rule, one.file] += 1
        ranks[one.file, one.nth] = again, of_rule[rule, again]
        of_rule[rule, again] += 1
    return sorted(placed, key=lambda one: (*ranks[one.file, one.nth], one.file, one.nth))


def _annotations(chosen: Sequence[_Placed]) -> Iterator[str]:
    lines: tuple[int, Lines] | None = None
    for one in chosen:
        if lines is None or lines[0] != one.file:
            lines = one.file, Lines(one.result.source.text)
        yield _annotation(one.result.path, one.finding, lines[1])


def _annotation(path: str, finding: Finding, lines: Lines) -> str:
    start = lines.place(finding.span.start)
    # The last code point that belongs to it: a line end is no line more.
    last = lines.place(max(finding.span.end - 1, finding.span.start))
    where: dict[str, object] = {"file": path, "line": start.line, "endLine": last.line}
    if start.line == last.line:  # the runner knows no columns over several lines
        width = max(finding.span.end - finding.span.start, 0)
        where |= {"col": start.column, "endColumn": start.column + width}
    where["title"] = finding.rule
    advice = [finding.advice] if finding.advice else []
    return _command(str(finding.severity), where, [finding.message, *advice])


def _others(left: Mapping[str, int]) -> str:
    """How many are not shown, and where they are."""
    rest = ", ".join(counted(number, level) for level, number in left.items() if number)
    said = f"Not shown here, since GitHub shows {_SHOWN} of a level: {rest}."
    return _command(
        "note", {"title": "cramplint"}, [said, "All of them: --output-format markdown=FILE."]
    )


def _command(level: str, properties: Mapping[str, object], lines: Sequence[str]) -> str:
    stated = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    said = "%0A".join(_data(line) for line in lines)
    return f"::{_COMMANDS[level]} {stated}::{said}\n"


def _data(words: str) -> str:
    """Words of a message: what the runner would read as an escape, or an older command, is not."""
    return inert(visible(words)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
