"""Findings for a writer: by file, each with its line, a marker under the words, and what to do."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..model import Finding, Source, Span
from .escape import inert, visible
from .result import Lines, Look, Place, Result, both, counted, levels, summary, totals

_INDENT = "    "
_FILES = 20  # files that statistics name
_NAMED = 12  # line numbers that a folded entry names


def text(results: Iterable[Result], look: Look) -> Iterator[str]:
    """Every file with findings, and one line of summary at the end; nothing where no file was read,
    since "nothing found" would be taken for good news."""
    counts = summary(())
    for result in results:
        if result.checked.findings:
            yield inert(_file(result, look))
        counts = both(counts, summary((result,)))
    if look.totals and counts.files:
        yield inert(totals(counts) + "\n")


def statistics(results: Sequence[Result], look: Look) -> str:
    """How often each rule found something, the most frequent first; how much was found in each
    file; and the summary."""
    findings = [f for result in results for f in result.checked.findings]
    counts = Counter((f.rule, f.severity) for f in findings)
    mended = Counter((f.rule, f.severity) for f in findings if f.fix and f.fix.safety == "safe")
    rows = []
    for (rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0][0])):
        level = look.style(str(severity), f"{severity:<7}")
        safe = f"  {mended[rule, severity]} with --fix" if mended[rule, severity] else ""
        rows.append(f"{count:>6}  {level}  {rule}{look.style('dim', safe)}\n")
    found = [result for result in results if result.checked.findings]
    found.sort(key=lambda result: (-len(result.checked.findings), result.path))
    shown = found[:_FILES] if look.fold else found
    rows.append("\n" * bool(shown))
    for result in shown:
        path = look.style("path", visible(result.path))
        told = look.style("dim", levels(summary([result])))
        rows.append(f"{len(result.checked.findings):>6}  {path}  {told}\n")
    if len(shown) < len(found):
        rows.append(f"        and {counted(len(found) - len(shown), 'more file')} (-v names all)\n")
    if look.totals:
        rows.append("\n" * bool(shown) + totals(summary(results)) + "\n")
    return inert("".join(rows))


def _file(result: Result, look: Look) -> str:
    source = result.source
    lines = Lines(source.text)
    by_rule: dict[str, list[Finding]] = {}
    for finding in result.checked.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    shown: Counter[str] = Counter()
    advised: set[tuple[str, str]] = set()
    out = [look.style("path", visible(result.path)), "\n"]
    for finding in result.checked.findings:
        alike = by_rule[finding.rule]
        shown[finding.rule] += 1
        nth = shown[finding.rule]
        if look.fold and nth > look.fold:
            continue
        told = (finding.rule, finding.advice)
        out += _finding(finding, source, lines, look, advise=told not in advised)
        advised.add(told)
        if look.fold and nth == look.fold < len(alike):
            out.append(_folded(alike[look.fold :], lines, look))
    return "".join([*out, "\n"])


def _folded(rest: Sequence[Finding], lines: Lines, look: Look) -> str:
    numbers = sorted({lines.place(f.span.start).line for f in rest})
    named = ", ".join(map(str, numbers[:_NAMED])) + " \u2026" * (len(numbers) > _NAMED)
    word = "line" if len(numbers) == 1 else "lines"
    more = f"\u2026 and {len(rest)} more like this, {word} {named}"
    return f"{_INDENT}{look.style('dim', more)}\n"


def _finding(
    finding: Finding, source: Source, lines: Lines, look: Look, *, advise: bool
) -> Iterator[str]:
    place = lines.place(finding.span.start)
    severity = str(finding.severity)
    lead = f"  {place.line}:{place.column}  {severity}  "
    message = _wrapped(visible(finding.message), len(lead), look.width)
    dressed = lead.replace(severity, look.style(severity, severity))
    yield f"{dressed}{message}\n"
    yield from _quoted(finding, source, lines, place, look)
    note = [visible(finding.advice)] if advise and finding.advice else []
    if finding.fix and finding.fix.safety != "show":
        note.append("(--fix)" if finding.fix.safety == "safe" else "(--unsafe-fixes)")
    lead = f"{_INDENT}{finding.rule}  "
    rule = lead.replace(finding.rule, look.style("rule", finding.rule))
    yield (
        f"{rule}{_wrapped(' '.join(note), len(_INDENT) + 2, look.width, len(lead))}".rstrip() + "\n"
    )
    if finding.fix and finding.fix.safety == "show":
        said = _wrapped(visible(_suggested(finding, source)), len(_INDENT) + 2, look.width)
        yield f"{_INDENT}{look.style('dim', 'could read:')} {said}\n"


def _suggested(finding: Finding, source: Source) -> str:
    """The words of the finding as the fix that is only shown has them."""
    start = finding.span.start
    edits = sorted(finding.fix.edits) if finding.fix else []
    pieces: list[str] = []
    for edit in edits:
        pieces += (source.text[start : edit.span.start], edit.text)
        start = edit.span.end
    return "".join([*pieces, source.text[start : finding.span.end]])


def _wrapped(words: str, indent: int, width: int, first: int = 0) -> str:
    """`words` in lines of at most `width`, all but the first (which begins at `first`) indented."""
    if (first or indent) + len(words) <= width:
        return words
    out, column = [], first or indent
    for i, word in enumerate(words.split(" ")):
        if i and column + 1 + len(word) > width and column > indent:
            out.append("\n" + " " * indent + word)
            column = indent + len(word)
        else:
            out.append(" " * bool(i) + word)
            column += bool(i) + len(word)
    return "".join(out)


def _quoted(
    finding: Finding, source: Source, lines: Lines, place: Place, look: Look
) -> Iterator[str]:
    """The line of the finding and a marker under its words; nothing for a blank line."""
    whole = source.line_span(finding.span.start)
    start, end = finding.span.start, min(finding.span.end, whole.end)
    if not source.excerpt(whole).strip() or (finding.span == Span(0, 0)):
        return
    gutter = f"{_INDENT}{place.line} | "
    room = max(look.width - len(gutter), 20)
    line, before, marked = _window(
        source.excerpt(whole), start - whole.start, end - whole.start, room
    )
    last = lines.place(max(finding.span.end - 1, finding.span.start)).line
    tail = f" to line {last}" if last > place.line else ""
    yield f"{look.style('dim', gutter)}{line}\n"
    under = " " * (len(gutter) - 2) + "| "
    yield f"{look.style('dim', under)}{' ' * before}{look.style('mark', '^' * marked + tail)}\n"


def _window(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """(the part of `line` around `start` that fits in `room` cells, cells before the marker, cells
    of the marker). What is cut off is shown as an ellipsis."""
    left, right = max(0, start - room), min(len(line), start + room)
    near = line[left:right]
    plain = near.isascii() and near.isprintable()  # as most lines are
    cells = list(near) if plain else [_cell(char) for char in near]
    sizes = [1] * len(near) if plain else [_width(cell) for cell in cells]
    at, stop = start - left, max(end, start + 1) - left
    first, last = _fit(sizes, at, min(stop, len(cells)), room - 2)
    cut = left + first > 0
    more = left + last < len(line)
    shown = "\u2026" * cut + "".join(cells[first:last]) + "\u2026" * more
    before = cut + sum(sizes[first:at])
    return shown, before, max(1, sum(sizes[at : min(stop, last)]))


def _fit(sizes: Sequence[int], at: int, stop: int, room: int) -> tuple[int, int]:
    """The widest run around `at` that fits: all if it can, else a third of the room goes before."""
    if sum(sizes) <= room:
        return 0, len(sizes)
    first, used = at, 0
    while first > 0 and used + sizes[first - 1] <= room // 3:
        first -= 1
        used += sizes[first]
    last = at
    while last < len(sizes) and used + sizes[last] <= room:
        used += sizes[last]
        last += 1
    while first > 0 and used + sizes[first - 1] <= room:
        first -= 1
        used += sizes[first]
    return first, last


def _cell(char: str) -> str:
    return " " if char == "\t" else visible(char)


def _width(text: str) -> int:
    """Terminal cells: 2 for wide characters, 0 for marks that stand on the one before."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1
        for c in text
    )
