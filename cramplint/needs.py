"""Words that patterns need: what tells, without a search, that a pattern cannot match in a text.

Of most patterns it is known that every match holds a word of some set, or of several. Each such set
is a need, and a need is one bit of a number. A text is looked through once, blank by blank, for the
words of all needs; what it lacks is a number too, and a pattern whose needs meet that number has no
match there. So to ask a sentence about a pattern costs one `&`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, reduce
from itertools import chain
from operator import or_

from . import literals, patterns
from .literals import EDGE, edged
from .patterns import lazy

VERSION = "words2"  # names what `table` gives
OR, AND = "\x1f", "\x1e"  # between the words of a set, between sets
_HEAD = 5  # code points of a word by which it is looked up
_MOST = 50_000  # words of articles that are remembered
_LONG = 40  # code points; a longer word is not remembered
_LETTERS = lazy(rf"[\w{EDGE}]+")
_LINE = 600  # nor is a longer text

_bits: dict[str, int] = {}  # the words of a need, as they are kept -> its bit
_joined: list[str] = []  # those words, in the order of the bits
_of: dict[str, int] = {}  # pattern, or what a page has of it -> its needs
_known: dict[str, str] = {}  # the same -> its sets of words, from an earlier run
_said: dict[str, str] = {}  # what this run worked out
_MANY = 4000  # patterns of which words are kept; those of old rules must not pile up
_untaken: list[str] = []  # sets of words that are known, and have no bits yet


class _Parts(dict[str, int]):
    """A word, or the marks between two, as a text holds them -> the needs that these meet alone."""

    def __init__(self) -> None:
        self._heads: dict[str, list[tuple[str, int]]] = {}

    def fresh(self, meeting: Iterable[tuple[str, int]]) -> None:
        self.clear()
        self._heads.clear()
        for word, bits in meeting:
            self._heads.setdefault(word[:_HEAD], []).append((word, bits))

    def __missing__(self, part: str) -> int:
        whole, met = f"{EDGE}{part}{EDGE}", 0
        if len(part) >= _LONG:  # no word
            for head in self._heads.keys() & _pieces(whole):
                for word, bits in self._heads[head]:
                    if word in whole:
                        met |= bits
            return met
        for at in range(len(whole)):
            for end in range(at + 1, at + _HEAD + 1):
                for word, bits in self._heads.get(whole[at:end], ()):
                    if whole.startswith(word, at):
                        met |= bits
        if len(self) > _MOST:
            self.clear()
        self[part] = met
        return met


class _Words(dict[str, int]):
    """What stands between two blanks of a text -> the needs that it meets."""

    def __init__(self) -> None:
        self.every = 0  # the needs that words were last looked up for
        self._parts = _Parts()
        # Words with marks or edges inside: by a part between two edges, or a mark that they hold.
        self._joined: dict[str, list[tuple[str, int]]] = {}
        self._marked: dict[str, list[tuple[str, int]]] = {}

    def fresh(self) -> None:
        """Forget what was looked up before there were more needs, and what would be too much."""
        every = (1 << len(_bits)) - 1
        if self.every != every:
            self.every = every
            meeting: dict[str, int] = {}
            for joined, bit in _bits.items():
                for word in joined.split(OR):
                    meeting[word] = meeting.get(word, 0) | bit
            self._parts.fresh(one for one in meeting.items() if EDGE not in one[0].strip(EDGE))
            self._joined.clear()
            self._marked.clear()
            for word, bits in meeting.items():
                if EDGE in word.strip(EDGE):
                    whole = max(word.split(EDGE)[1:-1], key=_telling, default="")
                    if whole:
                        self._joined.setdefault(whole, []).append((word, bits))
                    else:
                        self._marked.setdefault(_marks(word)[0], []).append((word, bits))
            self.clear()
            _line.cache_clear()
            _long.cache_clear()
        elif len(self) > _MOST:
            self.clear()

    def __missing__(self, token: str) -> int:
        whole, met = edged(token), 0
        parts = set(whole.split(EDGE))
        for part in parts:
            met |= self._parts[part]
        if EDGE in whole.strip(EDGE):
            joined = [self._joined[part] for part in self._joined.keys() & parts]
            marked = [self._marked[mark] for mark in self._marked.keys() & _marks(token)]
            for word, bits in chain(*joined, *marked):
                if word in whole:
                    met |= bits
        if len(token) < _LONG:
            self[token] = met
        return met


def _telling(part: str) -> tuple[bool, int]:
    """How well a part of a word tells that a text may hold the word."""
    return part.isalnum(), len(part)


def _marks(word: str) -> str:
    """What is no letter in `word`, and no edge."""
    return _LETTERS.sub("", word)


def _pieces(token: str) -> set[str]:
    """All that `token` holds which is no longer than a head."""
    return {token[at : at + n] for n in range(1, _HEAD + 1) for at in range(len(token))}


_words = _Words()


def of(pattern: str, flags: int) -> int:
    """The needs of `pattern` in a `lowered` text, or in one whose `lowered` form is looked at; 0 if
    nothing is known. Raises re.error."""
    return written(pattern, lambda: (pattern, flags))


def written(text: str, read: Callable[[], tuple[str, int]]) -> int:
    """The needs of a pattern that a page has as `text`, and whose meaning `read` gives, with its
    flags, where nothing is known of the text: see `of`."""
    known = _of.get(text)
    if known is None:
        held = _known.get(text)
        if held is None:
            held = _said[text] = _words_of(*read())
        known = _of[text] = _summed(held)
    return known


def _words_of(pattern: str, flags: int) -> str:
    parsed = patterns.tree(pattern, flags)
    some = () if parsed is None else literals.sets(parsed)
    return AND.join(OR.join(sorted(words)) for words in some)


def know(table: object) -> None:
    """Take what `table` kept of an earlier run; anything else is ignored."""
    if isinstance(table, Mapping):
        _known.update((k, v) for k, v in table.items() if isinstance(v, str))
        _untaken.extend(_known.values())


def table() -> dict[str, str] | None:
    """What is known of all patterns, as JSON, for `know`; None if there is nothing new."""
    if not _said:
        return None
    return _known | _said if len(_known) + len(_said) <= _MANY else _said


def _summed(held: str) -> int:
    return reduce(or_, map(_bit, held.split(AND) if held else ()), 0)


def _bit(joined: str) -> int:
    bit = _bits.get(joined)
    if bit is None:
        bit = _bits[joined] = 1 << len(_joined)
        _joined.append(joined)
    return bit


def lacks(low: str) -> int:
    """The needs that a text does not meet. Those of patterns that were not asked about when
    `lacking` was last called are left out. `low`: the text, `lowered`."""
    return _line(low) if len(low) < _LINE else _long(low)


@lru_cache(maxsize=2048)  # the lines of an article: several rules ask about each
def _line(low: str) -> int:
    return _lacks(low)


@lru_cache(maxsize=4)  # one long line is asked for several times in a row
def _long(low: str) -> int:
    return _lacks(low)


def _lacks(low: str) -> int:
    return _left(set(low.split()))


def _left(tokens: Iterable[str]) -> int:
    """The needs that none of some words meets."""
    return reduce(or_, map(_words.__getitem__, tokens), 0) ^ _words.every


def unknown(needs: int) -> list[int]:
    """Those of `needs`, one by one, that `lacks` left out because they became known after it: in a
    first run, nearly all."""
    if needs <= _words.every:  # which has all bits up to its highest
        return []
    new, found = needs & ~_words.every, []
    while new:
        found.append(new & -new)
        new &= new - 1
    return found


def places(need: int, whole: str) -> Iterator[int]:
    """Where in `whole`, which is edged, the words of one need stand."""
    for word in _joined[need.bit_length() - 1].split(OR):
        at = whole.find(word)
        while at >= 0:
            yield at
            at = whole.find(word, at + 1)


def met(word: str) -> int:
    """The needs that a word meets, without blanks and `lowered`, by itself or a part of it."""
    return _words[word]


@lru_cache(maxsize=4)  # of one article, for all rules
def lacking(*lows: str) -> int:
    """`lacks`, of all patterns that are known, for all of some texts that many are asked of."""
    learn()
    return _left(set().union(*(low.split() for low in lows)))


def learn() -> None:
    """Have `lacks` know of all patterns that were asked about, or are kept from an earlier run, of
    which most will be. Called once an article: all words are looked up anew if there are more."""
    some = AND.join(filter(None, _untaken))
    for joined in dict.fromkeys(some.split(AND)) if some else ():
        _bit(joined)
    _untaken.clear()
    _words.fresh()


class Sought:
    """A pattern for short texts in lower case, most of which hold no match: those that lack its
    words are passed over. Its methods are those of `re.Pattern`."""

    __slots__ = ("_pattern", "needs")

    def __init__(self, pattern: str) -> None:
        self.needs = of(pattern, 0)
        self._pattern = patterns.lazy(pattern)

    def search(self, low: str) -> re.Match[str] | None:
        return None if self.needs & lacks(low) else self._pattern.search(low)

    def match(self, low: str, start: int = 0) -> re.Match[str] | None:
        return None if self.needs & lacks(low) else self._pattern.match(low, start)

    def fullmatch(self, low: str) -> re.Match[str] | None:
        return None if self.needs & lacks(low) else self._pattern.fullmatch(low)

    def finditer(self, low: str) -> Iterator[re.Match[str]]:
        return iter(()) if self.needs & lacks(low) else self._pattern.finditer(low)

    def sub(self, by: str, low: str) -> str:
        return low if self.needs & lacks(low) else self._pattern.sub(by, low)


class Lines:
    """The lines of a text, for patterns that stay within one: most hold no match."""

    def __init__(self, text: str) -> None:
        rows = zip(text.split("\n"), patterns.lowered(text).split("\n"), strict=True)
        self._rows = [(line, low, lacks(low)) for line, low in rows if low.strip()]

    def holding(self, pattern: str) -> Iterator[tuple[str, str]]:
        """The lines, as they are and `lowered`, that meet the needs of `pattern`."""
        asked = of(pattern, 0)
        return ((line, low) for line, low, lack in self._rows if not asked & lack)

    def says(self, pattern: str) -> bool:
        """True if `pattern`, which is for texts in lower case, has a match."""
        found = patterns.held(pattern)
        return any(found.search(low) for _, low in self.holding(pattern))


@lru_cache(maxsize=256)
def rx(pattern: str) -> Sought:
    """`pattern`, which is for texts in lower case."""
    return Sought(pattern)
