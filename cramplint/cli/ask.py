"""`--ask`: one fix after another is shown, and a person says which to apply."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ..fix import edited
from ..model import CrampError, Edit, Finding, Source, Span
from ..report.escape import visible
from ..report.result import Lines, Style
from .terminal import colourful, say, style

_AROUND = 40  # code points shown before and behind what changes in a line
_LONG = 160  # of a line that comes or goes whole
_QUESTION = "Apply this fix? [y]es, [n]o, [a]ll of this rule, [q]uit: "
_HELP = """\
    y  apply it
    n  leave it
    a  apply it, and all fixes of this rule from here on
    q  leave it and all that follow; what was accepted stays
"""


def asker(color: str) -> Asker:
    """Raises CrampError where nobody can answer."""
    if not attended():
        raise CrampError(
            "standard input is no terminal, so nobody can answer",
            "--ask",
            "--diff --unsafe-fixes shows the fixes, --unsafe-fixes applies them",
        )
    return Asker(style if colourful(color) else lambda role, text: text)


def attended() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


class Asker:
    """Asks on standard error, and remembers for which rules all is accepted, and whether the
    person has had enough."""

    def __init__(self, dress: Style) -> None:
        self._dress = dress
        self._all: set[str] = set()
        self._done = False

    def __call__(self, source: Source, finding: Finding) -> bool:
        """True if the fix of `finding` is to be applied. The end of input is taken for q."""
        if self._done or finding.rule in self._all:
            return not self._done
        say("".join(_shown(source, finding, self._dress)), err=True)
        while True:
            say(_QUESTION, err=True)
            line = sys.stdin.readline()
            answer = line.strip().lower()[:1] if line else "q"
            if answer in ("y", "n", "a", "q"):
                break
            say(_HELP, err=True)
        say("\n", err=True)
        self._done = answer == "q"
        if answer == "a":
            self._all.add(finding.rule)
        return answer in ("y", "a")


def _shown(source: Source, finding: Finding, dress: Style) -> Iterator[str]:
    place = Lines(source.text).place(finding.span.start)
    where = dress("path", visible(f"{source.name}:{place.line}:{place.column}"))
    severity = str(finding.severity)
    yield f"{where}  {dress(severity, severity)}  {visible(finding.message)}\n"
    yield f"  {dress('rule', finding.rule)}  {visible(finding.advice)}\n"
    for edits in _hunks(source, finding):
        span = Span(
            source.line_span(edits[0].span.start).start, source.line_span(edits[-1].span.end).end
        )
        moved = [
            Edit(Span(e.span.start - span.start, e.span.end - span.start), e.text) for e in edits
        ]
        old = source.excerpt(span)
        yield from _changes(old.split("\n"), edited(old, moved).split("\n"), dress)


def _hunks(source: Source, finding: Finding) -> Iterator[list[Edit]]:
    """The edits of the fix, those on one line together."""
    hunk: list[Edit] = []
    for edit in sorted(finding.fix.edits) if finding.fix else ():
        if hunk and "\n" in source.text[hunk[-1].span.end : edit.span.start]:
            yield hunk
            hunk = []
        hunk.append(edit)
    if hunk:
        yield hunk


def _changes(old: list[str], new: list[str], dress: Style) -> Iterator[str]:
    import difflib

    for tag, i, i_end, j, j_end in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            continue
        if tag == "replace" and i_end - i == j_end - j:
            for before, after in zip(old[i:i_end], new[j:j_end], strict=True):
                yield from _pair(before, after, dress)
            continue
        yield from (f"    {dress('removed', '- ' + _cut(line))}\n" for line in old[i:i_end])
        yield from (f"    {dress('added', '+ ' + _cut(line))}\n" for line in new[j:j_end])


def _pair(old: str, new: str, dress: Style) -> Iterator[str]:
    """One line before and after, with what changes in it coloured."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    head = old[:same] if same <= _AROUND else "\u2026" + old[same - _AROUND : same]
    rest = old[len(old) - tail :]
    rest = rest if tail <= _AROUND else rest[:_AROUND] + "\u2026"
    for sign, line, role in (("-", old, "removed"), ("+", new, "added")):
        middle = _cut(line[same : len(line) - tail])
        marked = dress(role, middle) if middle else ""
        yield f"    {dress(role, sign)} {visible(head)}{marked}{visible(rest)}\n"


def _cut(line: str) -> str:
    return visible(line if len(line) <= _LONG else line[: _LONG - 1] + "\u2026")
