"""Regular expressions that are compiled when first used.

A run compiles what its articles need: most pages need half of the patterns, and compiling all of
them takes longer than checking a page.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Stands for `re.compile(pattern, flags)` until one of its methods is asked for."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self._made = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._made)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
