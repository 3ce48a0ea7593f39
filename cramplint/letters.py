"""The letters that a regular expression tells apart, and its tree, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

_SAMPLED = 300  # members of a long range that are looked at
# Of each kind some: blanks, marks, letters of one or two cases, digits of other scripts.
_SAMPLES = (
    "\u00a0\u2003\u2019\u201c\u201d\u2022\u00a7\u00b0\u00b2\u00bd\u00e9\u00df\u00e7\u00f1\u00c9\u0130\u0131\u017f"
    "\u0660\u0663\u093e\u4e2d\u3042\u043a\u0434\u03a9\u03b1\ua000\ua123"
)


def items(parsed: Any) -> Iterator[tuple[str, Any]]:
    """Every piece of a pattern's tree."""
    for op, held in parsed:
        name = str(op)
        yield name, held
        if name == "SUBPATTERN":
            yield from items(held[3])
        elif name == "ATOMIC_GROUP":
            yield from items(held)
        elif name == "BRANCH":
            for branch in held[1]:
                yield from items(branch)
        elif name.endswith("REPEAT"):
            yield from items(held[2])
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from items(held[1])


def takes(name: str, held: Any, char: str) -> bool:
    """True if a piece of a pattern that stands for one letter takes `char`, whatever its case."""
    if name == "ANY":
        return True
    if name in ("LITERAL", "NOT_LITERAL"):
        return _same(char, held) == (name == "LITERAL")
    negated = bool(held) and str(held[0][0]) == "NEGATE"
    return negated != any(_member(str(op), value, char) for op, value in held)


def letters(parsed: Any) -> str:
    """Letters that tell all that a pattern takes apart: if two of its classes share a letter, they
    share one of these, but for odd corners of long ranges."""
    found = set(_SAMPLES) | {chr(i) for i in (9, 10, 13, *range(32, 127))}
    for name, held in items(parsed):
        members = held if name == "IN" else [(name, held)]
        for op, value in members:
            if str(op) in ("LITERAL", "NOT_LITERAL"):
                found.add(chr(value))
            elif str(op) == "RANGE":
                low, high = value
                step = max((high - low) // _SAMPLED, 1)
                found.update(chr(i) for i in (*range(low, high + 1, step), high))
    return "".join(sorted(found | {other for c in found for other in _cases(c)}))


def branching(parsed: Any) -> bool:
    """True if a sequence of pieces can match in several ways by alternatives or repeats."""
    return any(str(name) == "BRANCH" or str(name).endswith("REPEAT") for name, _ in parsed)


def leaving_out(name: str, held: Any) -> bool:
    """True for a class that says which letters it does not take."""
    return name == "NOT_LITERAL" or (name == "IN" and str(held[0][0]) == "NEGATE")


@lru_cache(10_000)
def _cases(char: str) -> tuple[str, ...]:
    return tuple(c for c in (char, char.lower(), char.upper(), char.swapcase()) if len(c) == 1)


def _same(char: str, code: int) -> bool:
    return chr(code) in _cases(char) or char in _cases(chr(code))


def _member(op: str, value: Any, char: str) -> bool:
    if op == "LITERAL":
        return _same(char, value)
    if op == "RANGE":
        return any(value[0] <= ord(c) <= value[1] for c in _cases(char))
    if op == "CATEGORY":
        return bool(_CATEGORIES[str(value)](char))
    return False


_CATEGORIES: Mapping[str, Callable[[str], Any]] = {
    "CATEGORY_DIGIT": re.compile(r"\d").match,
    "CATEGORY_NOT_DIGIT": re.compile(r"\D").match,
    "CATEGORY_SPACE": re.compile(r"\s").match,
    "CATEGORY_NOT_SPACE": re.compile(r"\S").match,
    "CATEGORY_WORD": re.compile(r"\w").match,
    "CATEGORY_NOT_WORD": re.compile(r"\W").match,
}
