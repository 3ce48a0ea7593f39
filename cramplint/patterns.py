"""Regular expressions that are compiled when first used, and not again in the next run.

Compiling is what a check of one small page spends most of its time on: some 300 patterns take
longer than reading, parsing and checking the page together. So a pattern is compiled when first
used, and its code can be kept: `table` gives the codes of this run, `know` takes those of an
earlier one. Without them, or on another Python, patterns are compiled as ever.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_PARTS = 5  # of what is kept of a pattern: flags in force, groups, names, code, words
_SHORT = 2  # letters; a single one stands in most texts
_REPEATED = 4
_NO_CODE = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_PAGE = 1000  # code points; a longer text is an article
_MOST = 4000  # codes in a table; patterns of old rules must not pile up

_known: dict[str, Any] = {}  # flags and pattern -> what is kept of it
_made: dict[str, tuple[str, int]] = {}  # what this run compiled


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
    if key in _known:
        try:
            return _from_code(pattern, *_known[key])
        except _NO_CODE:
            del _known[key]  # not what we kept: the engine checks a code before it takes it
    made = re.compile(pattern, flags)
    _made[key] = pattern, flags
    return made


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


def caseless(pattern: str) -> bool:
    """True if `pattern` finds in a `lowered` text, case heeded, what it finds in the text itself
    where case is ignored."""
    held = _NO_LETTER.sub("", pattern)
    known = held.isascii() or all(c.isascii() or c.lower() == c.upper() for c in held)
    return known and "\\" not in held and "(?-" not in held and held == held.lower()


def needed(pattern: str, flags: int) -> Sequence[Sequence[str]]:
    """Sets of words, in lower case, of each of which every match of `pattern` holds one, as far as
    what is kept of it tells; empty if nothing does."""
    known = _known.get(f"{int(flags)} {pattern}") or _known.get(f"0 {pattern}")
    return known[-1] if known else ()


def may_match(pattern: str, flags: int, low: str) -> bool:
    """False if the text whose `lowered` form is `low` holds no match: it lacks all words of a set
    of which every match holds one."""
    return all(any(word in low for word in words) for words in needed(pattern, flags))


def version() -> str:
    """Names the engine whose codes these are."""
    return f"patterns2-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.byteorder}"


def know(table: object) -> None:
    """Take the codes of an earlier run with the same `version`; anything else is ignored."""
    if isinstance(table, Mapping):
        _known.update((key, kept) for key, kept in table.items() if _whole(kept))


def _whole(kept: object) -> bool:
    """True for what `table` makes of a pattern, as far as `may_match` relies on it."""
    return (
        isinstance(kept, list)
        and len(kept) == _PARTS
        and isinstance(kept[-1], list)
        and all(
            isinstance(some, list) and some and all(isinstance(word, str) for word in some)
            for some in kept[-1]
        )
    )


def table() -> dict[str, Any] | None:
    """All codes, as JSON, for `know`; None if there is nothing new, or this Python has no codes."""
    if not _made or not hasattr(re, "_compiler"):
        return None
    from base64 import b64encode

    new: dict[str, Any] = {}
    for key, (pattern, flags) in _made.items():
        made = re.compile(pattern, flags)
        parsed = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]  # private to Python
        code = re._compiler._code(parsed, flags)
        packed = b64encode(b"".join(int(x).to_bytes(4, sys.byteorder) for x in code))
        words = [sorted(some) for some in _needs(parsed)]
        new[key] = [made.flags, made.groups, dict(made.groupindex), packed.decode(), words]
    kept = _known if len(_known) + len(new) <= _MOST else {}
    return {**kept, **new}


def _needs(parsed: Any) -> Iterator[set[str]]:
    """Sets of words, in lower case: every match holds one word at least of each set."""
    run = ""
    for op, held in [*parsed, (None, None)]:
        name = str(op)
        char = chr(held) if name == "LITERAL" else ""
        if char and (char.isascii() or char.lower() == char.upper()):
            run += char.lower()  # other letters have more forms than one lower case
            continue
        if name == "AT":
            continue
        if len(run) >= _SHORT or (run and not run.isalnum()):
            yield {run}
        run = ""
        if name == "SUBPATTERN":
            yield from _needs(held[3])
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and held[0]:
            # "x{3,}" holds "xxx".
            yield from _needs(list(held[2]) * min(held[0], _REPEATED))
        elif name == "BRANCH":
            branches = [_rarest(_needs(branch)) for branch in held[1]]
            if all(branches):
                yield set().union(*branches)


def _rarest(sets: Iterable[set[str]]) -> set[str]:
    """Of some sets the one that fewest texts will meet: longer words, then fewer; empty if none."""
    return max(sets, key=lambda words: (min(map(len, words)), -len(words)), default=set())


def _from_code(
    pattern: str, flags: int, groups: int, names: Mapping[str, int], packed: str, words: object
) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]  # private to Python
    from base64 import b64decode

    by_number = [None, *([None] * groups)]
    for name, number in names.items():
        by_number[number] = name  # type: ignore[call-overload]  # names of groups
    code = memoryview(b64decode(packed)).cast("I").tolist()
    made: re.Pattern[str] = _sre.compile(
        pattern, flags, code, groups, dict(names), tuple(by_number)
    )
    return made
