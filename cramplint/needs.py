"""Words that patterns need: what tells, without a search, that a pattern cannot match in a text.

Of most patterns it is known that every match holds a word of some set, or of several. Each such set
is a need, and a need is one bit of a number. A text is looked through once, blank by blank, for the
words of all needs; what it lacks is a number too, and a pattern whose needs meet that number has no
match there. So to ask a sentence about a pattern costs one `&`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, reduce
from operator import or_

from . import patterns

_HEAD = 4  # code points of a word by which it is looked up
_MOST = 50_000  # words of articles that are remembered
_LONG = 40  # code points; a longer word is not remembered
_LINE = 600  # nor is a longer text

_bits: dict[str, int] = {}  # the words of a need, as they are kept -> its bit
_joined: list[str] = []  # those words, in the order of the bits
_of: dict[tuple[str, int], int] = {}  # pattern and flags -> its needs
_taken: list[object] = []  # the kept patterns whose needs are known


class _Words(dict[str, int]):
    """Any word of a text -> the needs that it meets."""

    def __init__(self) -> None:
        self.every = 0  # the needs that words were last looked up for
        self._heads: dict[str, list[tuple[str, int]]] = {}

    def fresh(self) -> None:
        """Forget what was looked up before there were more needs, and what would be too much."""
        every = (1 << len(_bits)) - 1
        if self.every != every:
            self.every = every
            meeting: dict[str, int] = {}
            for joined, bit in _bits.items():
                for word in joined.split(patterns.OR):
                    meeting[word] = meeting.get(word, 0) | bit
            self._heads.clear()
            for word, bits in meeting.items():
                self._heads.setdefault(word[:_HEAD], []).append((word, bits))
            self.clear()
        elif len(self) > _MOST:
            self.clear()

    def __missing__(self, token: str) -> int:
        met = 0
        if len(token) >= _LONG:  # no word, but a line without blanks
            for head in self._heads.keys() & _pieces(token):
                for word, bits in self._heads[head]:
                    if word in token:
                        met |= bits
            return met
        for at in range(len(token)):
            for end in range(at + 1, at + _HEAD + 1):
                for word, bits in self._heads.get(token[at:end], ()):
                    if token.startswith(word, at):
                        met |= bits
        self[token] = met
        return met


def _pieces(token: str) -> set[str]:
    """All that `token` holds which is no longer than a head."""
    return {token[at : at + n] for n in range(1, _HEAD + 1) for at in range(len(token))}


_words = _Words()


def of(pattern: str, flags: int) -> int:
    """The needs of `pattern` in a `lowered` text, or in one whose `lowered` form is looked at; 0 if
    nothing is known. Raises re.error."""
    known = _of.get((pattern, flags))
    if known is None:
        known = _of[pattern, flags] = _summed(patterns.words(pattern, flags))
    return known


def _summed(held: str) -> int:
    return reduce(or_, map(_bit, held.split(patterns.AND) if held else ()), 0)


def _bit(joined: str) -> int:
    bit = _bits.get(joined)
    if bit is None:
        bit = _bits[joined] = 1 << len(_joined)
        _joined.append(joined)
    return bit


def lacks(low: str) -> int:
    """The needs that a text does not meet; nor does any text that has blanks in the place of some
    of its words. Those of patterns that were not asked about when `lacking` was last called are
    left out. `low`: the text, `lowered`."""
    return _line(low) if len(low) < _LINE else _lacks(low)


@lru_cache(maxsize=2048)  # the lines of an article: several rules ask about each
def _line(low: str) -> int:
    return _lacks(low)


def _lacks(low: str) -> int:
    return _words.every & ~reduce(or_, map(_words.__getitem__, set(low.split())), 0)


def late(needs: int, low: str) -> bool:
    """True if the text `low` does not meet one of those `needs` that `lacks` left out because they
    became known after it: in a first run, nearly all of them."""
    new = needs & ~_words.every
    while new:
        lowest = new & -new
        if not any(word in low for word in _joined[lowest.bit_length() - 1].split(patterns.OR)):
            return True
        new ^= lowest
    return False


def met(word: str) -> int:
    """The needs that a word meets, without blanks and `lowered`, by itself or a part of it."""
    return _words[word]


@lru_cache(maxsize=4)  # of one article, for all rules
def lacking(low: str) -> int:
    """`lacks`, of all patterns that are known, for a text that many of them are asked of."""
    learn()
    return lacks(low)


def learn() -> None:
    """Have `lacks` know of all patterns that were asked about, or are kept from an earlier run, of
    which most will be. Called once an article: all words are looked up anew if there are more."""
    if not _taken or _taken[0] is not patterns.known():
        _taken[:] = [patterns.known()]
        for held in patterns.known().values():
            _summed(held)
    _words.fresh()


class Sought:
    """A pattern for short texts in lower case, most of which hold no match: those that lack its
    words are passed over. Its methods are those of `re.Pattern`."""

    __slots__ = ("_needs", "_pattern")

    def __init__(self, pattern: str) -> None:
        self._needs = of(pattern, 0)
        self._pattern = patterns.lazy(pattern)

    def search(self, low: str) -> re.Match[str] | None:
        return None if self._needs & lacks(low) else self._pattern.search(low)

    def match(self, low: str, start: int = 0) -> re.Match[str] | None:
        return None if self._needs & lacks(low) else self._pattern.match(low, start)

    def fullmatch(self, low: str) -> re.Match[str] | None:
        return None if self._needs & lacks(low) else self._pattern.fullmatch(low)

    def finditer(self, low: str) -> Iterator[re.Match[str]]:
        return iter(()) if self._needs & lacks(low) else self._pattern.finditer(low)

    def sub(self, by: str, low: str) -> str:
        return low if self._needs & lacks(low) else self._pattern.sub(by, low)


@lru_cache(maxsize=256)
def rx(pattern: str) -> Sought:
    """`pattern`, which is for texts in lower case."""
    return Sought(pattern)
