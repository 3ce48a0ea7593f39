"""Regular expressions that are compiled when first used, and not again in the next run.

Compiling is what a check of one small page spends most of its time on: some 300 patterns take
longer than reading, parsing and checking the page together. So a pattern is compiled when first
used, and its code can be kept: `table` gives the codes of this run, `know` takes those of an
earlier one. Without them, or on another Python, patterns are compiled as ever.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_CODE: Final = "I"  # the numbers that a code is made of
_NO_CODE = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_PAGE = 1000  # code points; a longer text is an article
_MOST = 4000  # patterns in a table; those of old rules must not pile up
_TREES = 256  # parsed patterns that are held: most are asked for their words, then compiled


class _Told(NamedTuple):
    """What `_sre` is told of a pattern besides its code."""

    flags: int
    groups: int
    names: dict[str, int]


# What is kept of earlier runs, by flags and pattern: what `_sre` is told of it, and the place of
# its code among all codes.
_known: dict[str, Any] = {}
_codes: bytes | memoryview = b""
_made: dict[str, tuple[_Told, bytes]] = {}  # what this run compiled


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Stands for `re.compile(pattern, flags)` until one of its methods is asked for."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self._made = pattern, flags

    def __getattr__(self, name: str) -> Any:
        made = compiled(*self._made)
        for method in _METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(pattern, flags)`, from its known code if there is one. Raises re.error."""
    key = f"{int(flags)} {pattern}"
    if kept := _kept(key):
        try:
            return _from_code(pattern, *kept)
        except _NO_CODE:
            del _known[key]  # not what we kept: the engine checks a code before it takes it
    parsed = tree(pattern, int(flags))
    if parsed is None:
        return re.compile(pattern, flags)
    code = array(_CODE, _coded(parsed, int(flags))).tobytes()
    state = parsed.state
    told = _Told(flags | state.flags, state.groups - 1, dict(state.groupdict))
    _made[key] = told, code
    return _from_code(pattern, told, code)


@lru_cache(maxsize=512)
def held(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`compiled(pattern, flags)`, once a run."""
    return compiled(pattern, flags)


def _kept(key: str) -> tuple[_Told, bytes | memoryview] | None:
    """What is kept of a pattern; None if that is nothing, or out of shape."""
    kept = _known.get(key)
    if kept is None:
        return None
    match kept:
        case [int(flags), int(groups), dict(names), int(start), int(end)] if (
            0 <= start < end <= len(_codes)
        ):
            return _Told(flags, groups, names), _codes[start:end]
    del _known[key]
    return None


def lowered(text: str) -> str:
    """`text` in lower case, of the same length, with the letters that `re` takes for an i or an s:
    a pattern without capitals finds in it what it finds in `text` where case is ignored, several
    times as fast."""
    return _lowered(text) if len(text) > _PAGE else _lower(text)


@lru_cache(maxsize=4)  # of one article, whose every rule asks for it
def _lowered(text: str) -> str:
    return _lower(text)


def _lower(text: str) -> str:
    if text.isascii():
        return text.lower()
    low = text.replace("\u0130", "i").lower()  # the one letter that two stand for in lower case
    return low.replace("\u0131", "i").replace("\u017f", "s")


# Where a capital is no letter: in classes and anchors, in names of groups.
_NO_LETTER = lazy(r"\\[^uUxN0-9]|\(\?P[<=>]\w+")
_BEYOND = lazy(r"[^\x00-\x7f]")
_CODED = lazy(r"\\[uUxN0-9]")


def caseless(pattern: str) -> bool:
    """True if `pattern` finds in a `lowered` text, case heeded, what it finds in the text itself
    where case is ignored."""
    if pattern.isascii() and pattern == pattern.lower() and not _CODED.search(pattern):
        return "(?-" not in pattern
    held = _NO_LETTER.sub("", pattern)
    if "\\" in held or "(?-" in held or held != held.lower():
        return False
    return held.isascii() or all(c.lower() == c.upper() for c in set(_BEYOND.findall(held)))


def version() -> str:
    """Names the engine whose codes these are."""
    return f"patterns10-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.byteorder}"


def know(table: object, codes: bytes | memoryview) -> None:
    """Take what `table` kept of the patterns of an earlier run with the same `version`; anything
    else is ignored."""
    global _codes, _known
    if isinstance(table, Mapping):
        _known, _codes = dict(table), codes


def table() -> tuple[dict[str, Any], bytes] | None:
    """What is known of all patterns, as JSON, and their codes, for `know`; None if there is nothing
    new."""
    if not _made:
        return None
    new: dict[str, Any] = {}
    codes: list[bytes | memoryview] = []
    end = 0
    known = list(_known) if len(_known) + len(_made) <= _MOST else []
    for key in (*_made, *known):
        if found := _made.get(key) or _kept(key):
            told, code = found
            new[key] = [*told, end, end + len(code)]
            codes.append(code)
            end += len(code)
    return new, b"".join(codes)


@lru_cache(maxsize=_TREES)
def tree(pattern: str, flags: int) -> Any:
    """What `re` makes of a pattern before it compiles it: private to Python, so asked for here and
    nowhere else. None where Python has another engine. Raises re.error."""
    parser = getattr(re, "_parser", None)
    return parser.parse(pattern, flags) if parser and hasattr(re, "_compiler") else None


def _coded(parsed: Any, flags: int) -> Sequence[int]:
    code: Sequence[int] = re._compiler._code(parsed, flags)  # type: ignore[attr-defined]  # private
    return code


def _from_code(pattern: str, told: _Told, code: bytes | memoryview) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]  # private to Python

    by_number = [None, *([None] * told.groups)]
    for name, number in told.names.items():
        by_number[number] = name  # type: ignore[call-overload]  # names of groups
    numbers = memoryview(code).cast(_CODE).tolist()
    made: re.Pattern[str] = _sre.compile(
        pattern, told.flags, numbers, told.groups, dict(told.names), tuple(by_number)
    )
    return made
