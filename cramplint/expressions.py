"""The patterns of rule pages: how they are read, and in which texts they may match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from . import needs, patterns
from .model import Article, CrampError
from .patterns import lazy

# What `_folded` replaces. The character comes first: the engine looks for that fast.
_BLANK = lazy(r" (?<![\\\[] )(?![+*?{\]])")
# A set of letters, with or without an apostrophe; what holds none is kept in one piece.
_SET, _FREE = r"\[\^?+\]?+(?:\\.|[^\]\\])*+\]", r"\[\^?+\]?+(?:\\.|[^\]\\'])*+\]"
_QUOTE = lazy(rf"(?:[^'\\\[]|\\.|{_FREE})++|(?P<set>{_SET})|(?P<mark>')")


_PAGE = "~"  # told apart from what means the same in our own code


@lru_cache(maxsize=4096)
def needed(text: str) -> int:
    """The needs (see `needs`) of the page's pattern `text`."""
    return needs.written(_PAGE + text, lambda: (_folded(text), 0 if _low(text) else re.IGNORECASE))


def may_match(text: str, lacks: int) -> bool:
    """False if the page's pattern `text` has no match in a text that `lacks` these needs."""
    return not needed(text) & lacks


def may_stand(text: str, article: Article) -> bool:
    """False if the page's pattern `text` has no match in the source of `article`, or its prose."""
    return bool(standing((text,), article))


def standing(texts: Iterable[str], article: Article) -> list[str]:
    """Those of a page's patterns that may match in the source of `article`, or its prose."""
    lacking = needs.lacking(patterns.lowered(article.source.text), patterns.lowered(article.prose))
    return [text for text in texts if not needed(text) & lacking]


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    blank = _BLANK.sub(r"\\s++", text)
    return _QUOTE.sub(_quote, blank) if "'" in blank else blank


def _quote(found: re.Match[str]) -> str:
    """Both forms of a quotation mark; in a set of letters, two of its letters."""
    if found["mark"]:
        return "['’]"
    held = found["set"] or ""
    return held.replace("'", "'’") if held and "\\'" not in held else found[0]


@lru_cache(maxsize=4096)
def finder(text: str) -> tuple[re.Pattern[str], bool]:
    """(a page's pattern, True if it is for `lowered` text: that is faster). Both find the same."""
    low = _low(text)
    return (patterns.compiled(_folded(text)) if low else pattern(text)), low


def stands(text: str, said: str) -> bool:
    """True if the page's pattern `text` has a match in `said`."""
    found, low = finder(text)
    return found.search(patterns.lowered(said) if low else said) is not None


@lru_cache(maxsize=4096)
def _low(text: str) -> bool:
    return patterns.caseless(_folded(text))


@lru_cache(maxsize=4096)
def pattern(text: str, where: str = "") -> re.Pattern[str]:
    """A page's pattern, compiled: case ignored, a blank matches any run of blanks, ' matches ’ too.

    Raises CrampError if it does not compile.
    """
    try:
        return patterns.compiled(_folded(text), re.IGNORECASE)
    except re.error as error:
        raise CrampError(f"the pattern does not compile: {error}", where or text) from error
