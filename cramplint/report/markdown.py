"""Findings as Markdown, for the summary of a CI step: counts, then every finding by its file.

Words of articles stand in cells and headings with all that Markdown, or a site that shows it, would
act on written as entities: no cell ends early, and nothing becomes a link, an image or a tag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..model import SEVERITIES
from ..patterns import lazy
from .escape import visible
from .result import Lines, Look, Result, counted, levels, summary, totals

_ROOM = 1_000_000  # bytes: GitHub shows nothing of a summary over 1 MiB
_MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "|`*_[]~\\#@$"}
_MARKS |= {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
# Where GitHub sees a mention, a number of an issue, an address, an emoji or a formula: an invisible
# space after the mark, since entities are read before these are looked for.
_LIVE = lazy(r"(?<=[@#:])(?=[\w/+-])|(?<=\$)(?=\S)|(?<=www)(?=\.)")


def markdown(results: Sequence[Result], look: Look) -> str:
    """Cut below 1 MiB, with a line that says so."""
    if not results:
        return "## cramplint\n\nNo file was checked.\n"
    counts = summary(results)
    head = [f"## cramplint: {levels(counts)}\n\n", f"{totals(counts)}.\n", *_rules(results, look)]
    out, room, shown = ["".join(head)], _ROOM, 0
    room -= len(out[0].encode("utf-8"))
    for piece, findings in _pieces(results):
        room -= len(piece.encode("utf-8"))
        if room < 0:
            every = sum(len(result.checked.findings) for result in results)
            rest = counted(every - shown, "finding")
            out.append(f"\n**The list is cut here: {rest} more would not fit in a summary.**\n")
            break
        out.append(piece)
        shown += findings
    return "".join(out)


def _rules(results: Sequence[Result], look: Look) -> Iterator[str]:
    """A table of how often each rule found something, the most severe and frequent first."""
    found = Counter((f.severity or "note", f.rule) for r in results for f in r.checked.findings)
    order = sorted(found, key=lambda key: (SEVERITIES.index(key[0]), -found[key], key[1]))
    if not order:
        return
    yield "\n| Found | Level | Rule | What it is about |\n| ---: | --- | --- | --- |\n"
    room = _ROOM // 2
    for at, (severity, rule) in enumerate(order):
        page = look.rules.get(rule)
        about = _cell(page.title) if page else ""
        row = f"| {found[severity, rule]} | {severity} | {_cell(rule)} | {about} |\n"
        room -= len(row.encode("utf-8"))
        if room < 0:  # titles of a team's own pages may be as long as pages
            yield f"| | | | and {counted(len(order) - at, 'rule')} more |\n"
            break
        yield row


def _pieces(results: Sequence[Result]) -> Iterator[tuple[str, int]]:
    """(Markdown, how many findings it shows), a row of a table or the head of one."""
    for result in results:
        if not result.checked.findings:
            continue
        lines = Lines(result.source.text)
        head = "| Line | Level | Rule | What is wrong |\n| ---: | --- | --- | --- |\n"
        yield f"\n### {_cell(result.path)}\n\n{head}", 0
        for finding in result.checked.findings:
            line, column = lines.place(finding.span.start)
            row = f"{line}:{column} | {finding.severity} | {_cell(finding.rule)}"
            yield f"| {row} | {_cell(finding.message)} |\n", 1


def _cell(words: str) -> str:
    """Words that are read as words, in one line."""
    parts = _LIVE.split(" ".join(visible(words).split()))
    return "&#8203;".join(part.translate(_MARKS) for part in parts)
