"""Texts that make a regular expression work as hard as it can, made from its own tree: what leads to
a repeat, then what the repeat takes, over and over, and nothing that ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

MANY = 50  # a repeat that may take as many is worth feeding
_LETTERS = "a1 -.,\n'\"(<[/:é“"
_ONE = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
_OTHERS = [*range(32, 0x250), *range(0x2000, 0x2100), *range(0x250, 0x2000, 7), 0xA000, 0x1F600]


def texts(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Texts of about `length` code points, each once."""
    parsed = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    seen: set[str] = set()
    for head, pump in dict.fromkeys(_pumps(list(parsed), "", flags)):
        for unit in (pump, head + pump, head, f"{head}{pump * 8}\n"):
            if unit:
                text = (head if unit == pump else "") + unit * (length // len(unit) + 1)
                if text not in seen:
                    seen.add(text)
                    yield text


def _pumps(items: list[Any], before: str, flags: int) -> Iterator[tuple[str, str]]:
    """What leads to each repeat, and what it takes."""
    for i, (op, held) in enumerate(items):
        name, here = str(op), before + _sample(items[:i], flags)
        if name == "SUBPATTERN":
            yield from _pumps(list(held[3]), here, flags)
        elif name == "ATOMIC_GROUP":
            yield from _pumps(list(held), here, flags)
        elif name == "BRANCH":
            for branch in held[1]:
                yield from _pumps(list(branch), here, flags)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _pumps(list(held[1]), here, flags)
        elif name.endswith("REPEAT"):
            body = list(held[2])
            if int(held[1]) >= MANY:
                yield from ((here, x) for x in _taken(body, flags) if x)
            yield from _pumps(body, here, flags)


def _taken(body: list[Any], flags: int) -> Iterator[str]:
    yield from (_sample(body, flags, branch) for branch in range(3))
    if len(body) == 1 and str(body[0][0]) in _ONE:
        yield from (c for c in _LETTERS if _takes(str(body[0][0]), _written(*body[0]), c, flags))


def _sample(items: list[Any], flags: int, branch: int = 0) -> str:
    """A short text that the items match, looks ahead and behind aside."""
    out = ""
    for op, held in items:
        name = str(op)
        if name in _ONE:
            out += _letter(name, _written(op, held), flags)
        elif name == "SUBPATTERN":
            out += _sample(list(held[3]), flags, branch)
        elif name == "ATOMIC_GROUP":
            out += _sample(list(held), flags, branch)
        elif name == "BRANCH":
            out += _sample(list(held[1][branch % len(held[1])]), flags, branch)
        elif name.endswith("REPEAT"):
            out += _sample(list(held[2]), flags, branch) * int(held[0])
        elif name == "ASSERT" and held[0] < 0 and not out:
            out += _sample(list(held[1]), flags, branch)
    return out


@cache
def _letter(name: str, written: str, flags: int) -> str:
    found = (c for c in (*_LETTERS, *map(chr, _OTHERS)) if _takes(name, written, c, flags))
    return next(found, "")


@cache
def _takes(name: str, written: str, char: str, flags: int) -> bool:
    return re.match(written, char, flags & (re.IGNORECASE | re.DOTALL)) is not None


def _written(op: Any, held: Any) -> str:
    """A piece of a tree that stands for one letter, as a pattern."""
    if str(op) == "ANY":
        return "."
    if str(op) in ("LITERAL", "NOT_LITERAL"):
        return f"[{'^' * (str(op) == 'NOT_LITERAL')}\\U{held:08x}]"
    out = []
    for kind, value in held:
        if str(kind) == "NEGATE":
            out.append("^")
        elif str(kind) == "LITERAL":
            out.append(f"\\U{value:08x}")
        elif str(kind) == "RANGE":
            out.append(f"\\U{value[0]:08x}-\\U{value[1]:08x}")
        else:
            word = str(value).removeprefix("CATEGORY_")
            letter = word.removeprefix("NOT_")[0].lower()
            out.append(letter.upper() if word.startswith("NOT_") else letter)
            out[-1] = "\\" + out[-1]
    return f"[{''.join(out)}]"
