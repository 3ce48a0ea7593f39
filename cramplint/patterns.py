"""Regular expressions that are compiled when first used, and not again in the next run.

Compiling is what a check of one small page spends most of its time on: some 300 patterns take
longer than reading, parsing and checking the page together. So a pattern is compiled when first
used, and its code can be kept: `table` gives the codes of this run, `know` takes those of an
earlier one. Without them, or on another Python, patterns are compiled as ever.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_NO_CODE = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_MOST = 4000  # codes in a table; patterns of old rules must not pile up

_known: dict[str, Any] = {}  # pattern and flags -> [flags in force, groups, names, code]
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


def version() -> str:
    """Names the engine whose codes these are."""
    return f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.byteorder}"


def know(table: object) -> None:
    """Take the codes of an earlier run with the same `version`; anything else is ignored."""
    if isinstance(table, Mapping):
        _known.update(table)


def table() -> dict[str, Any] | None:
    """All codes, as JSON, for `know`; None if there is nothing new, or this Python has no codes."""
    if not _made or not hasattr(re, "_compiler"):
        return None
    from base64 import b64encode

    new: dict[str, Any] = {}
    for key, (pattern, flags) in _made.items():
        made = re.compile(pattern, flags)
        code = re._compiler._code(re._parser.parse(pattern, flags), flags)  # type: ignore[attr-defined]  # private to Python
        packed = b64encode(b"".join(int(x).to_bytes(4, sys.byteorder) for x in code))
        new[key] = [made.flags, made.groups, dict(made.groupindex), packed.decode()]
    kept = _known if len(_known) + len(new) <= _MOST else {}
    return {**kept, **new}


def _from_code(
    pattern: str, flags: int, groups: int, names: Mapping[str, int], packed: str
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
