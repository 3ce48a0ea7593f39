"""Which lines of a text are lines of another, in time that grows with their length: difflib alone
takes minutes where thousands of lines are much alike."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SMALL = 40_000  # pairs of lines; of more that stand for nothing else, none is put beside another
_AROUND = 3  # lines of a diff shown before and behind what changes


class Run(NamedTuple):
    """`lines` equal lines, from `old` in the one text and from `new` in the other."""

    old: int
    new: int
    lines: int


class Change(NamedTuple):
    """Lines [old, old_end) of the one text became [new, new_end) of the other."""

    old: int
    old_end: int
    new: int
    new_end: int


def runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The lines that stay, in order. Lines that stand once in each text
    are taken for the same, and so are equal ones beside them."""
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < most - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ends = len(old) - tail, len(new) - tail
    found = [Run(0, 0, start)]
    i, j = start, start
    for at, to in (*_anchors(old, new, Change(start, ends[0], start, ends[1])), ends):
        if at < i:
            continue  # it stays as part of a run
        back = 0
        while at - back > i and to - back > j and old[at - back - 1] == new[to - back - 1]:
            back += 1
        found += _between(old, new, Change(i, at - back, j, to - back))
        found.append(Run(at - back, to - back, back))
        i, j = at, to
        while i < ends[0] and j < ends[1] and old[i] == new[j]:
            i, j = i + 1, j + 1
        found.append(Run(at, to, i - at))
    found.append(Run(*ends, tail))
    return _joined(found)


def changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """What lies between the runs, in order."""
    i = j = 0
    for run in (*runs(old, new), Run(len(old), len(new), 0)):
        if i < run.old or j < run.new:
            yield Change(i, run.old, j, run.new)
        i, j = run.old + run.lines, run.new + run.lines


def unified(old: Sequence[str], new: Sequence[str], name: str) -> Iterator[str]:
    """The lines of a unified diff of lines with their ends; none where nothing changed."""
    hunks: list[list[Change]] = []
    for one in changes(old, new):
        if hunks and one.old - hunks[-1][-1].old_end <= 2 * _AROUND:
            hunks[-1].append(one)
        else:
            hunks.append([one])
    if hunks:
        yield from (f"--- {name}\n", f"+++ {name}\n")
    for hunk in hunks:
        before = min(_AROUND, hunk[0].old)
        behind = min(_AROUND, len(old) - hunk[-1].old_end)
        first, last = hunk[0], hunk[-1]
        was = _range(first.old - before, last.old_end + behind)
        now = _range(first.new - before, last.new_end + behind)
        yield f"@@ -{was} +{now} @@\n"
        at = first.old - before
        for one in hunk:
            yield from (f" {line}" for line in old[at : one.old])
            yield from (f"-{line}" for line in old[one.old : one.old_end])
            yield from (f"+{line}" for line in new[one.new : one.new_end])
            at = one.old_end
        yield from (f" {line}" for line in old[at : at + behind])


def _range(start: int, end: int) -> str:
    """Lines as the head of a hunk names them: an empty range by the line before it."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"


def _anchors(old: Sequence[str], new: Sequence[str], where: Change) -> list[tuple[int, int]]:
    """Pairs of lines that stand once in each part, as many as keep their order."""
    once, other = _once(old, where.old, where.old_end), _once(new, where.new, where.new_end)
    pairs = [(i, other[line]) for line, i in once.items() if i >= 0 and other.get(line, -1) >= 0]
    ends: list[int] = []  # the least end in `new` of a chain of each length
    chains: list[int] = []  # the pair that stands there
    behind: list[int] = []  # the pair before each pair
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        behind.append(chains[at - 1] if at else -1)
        ends[at : at + 1], chains[at : at + 1] = [j], [n]
    made = []
    n = chains[-1] if chains else -1
    while n >= 0:
        made.append(pairs[n])
        n = behind[n]
    return made[::-1]


def _once(lines: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Line -> where it stands, in the order of the lines; -1 if it stands there twice."""
    made: dict[str, int] = {}
    for n in range(start, end):
        made[lines[n]] = -1 if lines[n] in made else n
    return made


def _between(old: Sequence[str], new: Sequence[str], where: Change) -> Iterator[Run]:
    """The runs in what no anchor tells apart, if it is little."""
    i, i_end, j, j_end = where
    if 0 < (i_end - i) * (j_end - j) <= _SMALL:
        import difflib

        matcher = difflib.SequenceMatcher(None, old[i:i_end], new[j:j_end], autojunk=False)
        yield from (Run(i + a, j + b, n) for a, b, n in matcher.get_matching_blocks())


def _joined(found: Sequence[Run]) -> list[Run]:
    """Without empty ones, those that touch in both texts as one."""
    made: list[Run] = []
    for run in found:
        if not run.lines:
            continue
        last = made[-1] if made else Run(0, 0, 0)
        if (last.old + last.lines, last.new + last.lines) == (run.old, run.new):
            made[-1:] = [last._replace(lines=last.lines + run.lines)]
        else:
            made.append(run)
    return made
