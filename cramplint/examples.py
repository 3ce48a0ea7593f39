"""The fenced examples of a rule page: bad ones, their flagged words in ⟦ and ⟧, and good ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .model import CrampError, Example, Span
from .patterns import lazy

_OPEN, _CLOSE = "⟦", "⟧"
_FENCE = lazy(r"(?P<ticks>`{3,})[ ]*(?P<role>bad|good|fixed|file)\b[ ]*(?P<name>[^\n`]*)\n")


class _Fenced(NamedTuple):
    """An example as it stands on its page: from where to where, and what it says."""

    start: int
    end: int
    role: str
    name: str
    text: str


def _fenced(page: str) -> Iterator[_Fenced]:
    """Those that have an end. Each line is looked at once, so that no page can cost more."""
    ends: dict[str, list[int]] = {}  # ticks alone on a line -> where, the last one first
    lines: list[tuple[int, str]] = []
    start = 0
    for line in re.split(r"(?<=\n)", page):
        lines.append((start, line))
        start += len(line)
    for start, line in reversed(lines):
        if line.startswith("```") and not line.strip(" `\n"):
            ends.setdefault(line.rstrip(" \n"), []).append(start)
    done = 0
    for start, line in lines:
        opened = _FENCE.match(line) if start >= done else None
        if opened is None:
            continue
        closing, first = ends.get(opened["ticks"], []), start + len(line)
        while closing and closing[-1] < first:
            closing.pop()
        if closing:
            done = closing[-1] + len(opened["ticks"])
            text = page[first : closing[-1]]
            yield _Fenced(start, done, opened["role"], opened["name"].strip(), text)


def prose(text: str) -> str:
    """What a page says besides its examples."""
    left, done = [], 0
    for one in _fenced(text):
        left.append(text[done : one.start])
        done = one.end
    return "".join([*left, text[done:]]).strip()


def examples(body: str, where: str, line: int) -> Iterator[Example]:
    """Those of the text `body`, which begins at `line` of the page `where`. Raises CrampError."""
    fences = list(_fenced(body))
    for i, fence in enumerate(fences):
        if fence.role in ("fixed", "file"):
            continue
        at = line + body.count("\n", 0, fence.start)
        name = {"": "example.md", "txt": "example.txt"}.get(fence.name, fence.name)
        text, flagged = _unmark(fence.text, f"{where}:{at}")
        good = fence.role == "good"
        if good and flagged:
            raise CrampError("a good example holds no marks", f"{where}:{at}")
        if not good and not flagged:
            raise CrampError("a bad example marks what is wrong between ⟦ and ⟧", f"{where}:{at}")
        fixed, files = None, {}
        for more in fences[i + 1 :]:
            if more.role == "fixed":
                fixed = more.text
            elif more.role == "file":
                files[more.name] = more.text
            else:
                break
        yield Example(good, name, text, flagged, fixed, files, at)


def _unmark(text: str, where: str) -> tuple[str, tuple[Span, ...]]:
    spans: list[Span] = []
    plain, opened = "", -1
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", text):
        if piece == _OPEN and opened < 0:
            opened = len(plain)
        elif piece == _CLOSE and opened >= 0:
            spans.append(Span(opened, len(plain)))
            opened = -1
        elif piece in (_OPEN, _CLOSE):
            raise CrampError("the marks ⟦ and ⟧ come in pairs, one inside none", where)
        else:
            plain += piece
    if opened >= 0:
        raise CrampError("a ⟦ without its ⟧", where)
    return plain, tuple(spans)
