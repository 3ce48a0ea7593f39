"""Frames: words of certain lists that stand together in one clause, whatever joins them.

A page names its lists and their order: `ailment > gone` is a word of `ailment` and behind it one
of `gone`, `ailment >> gone` the same with hardly a word between, `ailment & gone` both in either
order. `within 20` gives how many code points at most stand between two of them (`over 90` lets them
run over the ends of clauses); in front of an `&` it is for the words before it alone. `cures|stops`
is a word of one of the two, and `not care hope` names lists of which the sentence holds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain, permutations
from operator import or_
from typing import NamedTuple

from .model import Span
from .patterns import lazy

_WITHIN = 45  # code points
_CLOSE = 12
_MOST = 300  # words of lists in a sentence that are looked at
# What parts two clauses: words behind it are of another thought.
_PARTS = lazy(r"[;|•]|[.!?]\s|\b(?:but|although|though|whereas|unless|if)\b")
# Between two words of a frame it denies what they say together, or doubts it.
_DENIES = lazy(
    r"\b(?:not|cannot|never|no|rarely|seldom|hardly|scarcely|neither|nor|without|free of|free from|"
    r"unlikely|myth)\b|n['’]t\b"
)
_DOUBTS = lazy(
    r"\b(?:can do|may|might|could|perhaps|possibly|possible|sometimes|occasionally|said|thought|"
    r"believed|claim\w*|several|other)\b"
)


class Found(NamedTuple):
    """A word or phrase of some lists. `bits`: which; the sum of one bit each."""

    start: int
    end: int
    bits: int


class Part(NamedTuple):
    """A word of lists, whose `bits` these are, at most `within` code points behind the part before
    it."""

    bits: int
    within: int


class Frame(NamedTuple):
    """`orders`: ways in which its parts may follow each other. `lists`: the bits of each part.
    `never`: the bits of lists of which the sentence may hold no word. `over`: True if it may run
    over the ends of clauses, doubts among them."""

    orders: tuple[tuple[Part, ...], ...]
    lists: frozenset[int]
    never: int
    over: bool


def framed(asked: str, bits: Mapping[str, int]) -> Frame:
    """What a page asks for. `bits`: list -> its bit. Raises KeyError for a list that is unknown."""
    lists, _, excluded = asked.partition(" not ")
    over = " over " in lists
    *groups, last = lists.split("&")
    last, _, given = last.partition(" over " if over else " within ")
    within = int(given or _WITHIN)
    chains = [
        _chain(group, int(own or within), bits)
        for group, _, own in (one.partition(" within ") for one in (*groups, last))
    ]
    orders = tuple(tuple(chain.from_iterable(order)) for order in permutations(chains))
    named = frozenset(part.bits for part in chain.from_iterable(chains))
    return Frame(orders, named, _sum(excluded.split(), bits), over)


def _chain(group: str, within: int, bits: Mapping[str, int]) -> list[Part]:
    """The parts of `a >> b > c`."""
    parts = []
    for i, piece in enumerate(group.split(">>")):
        for j, lists in enumerate(piece.split(">")):
            close = i > 0 and j == 0
            parts.append(Part(_sum(lists.split("|"), bits), _CLOSE if close else within))
    return parts


def _sum(lists: Sequence[str], bits: Mapping[str, int]) -> int:
    return sum({bits[name.strip()] for name in lists})


def placed(frame: Frame, words: Sequence[Found], text: str) -> Iterator[Span]:
    """Where `frame` stands among the `words` of one sentence, which are in order. `text`: the
    sentence."""
    words = words[:_MOST]
    if any(word.bits & frame.never for word in words):
        return
    for order in frame.orders:
        for i, first in enumerate(words):
            if first.bits & order[0].bits:
                end = _ends(frame, order[1:], words, i, text)
                if end:
                    yield Span(first.start, end)


def _ends(
    frame: Frame, order: tuple[Part, ...], words: Sequence[Found], at: int, text: str
) -> int | None:
    """Where the last part of `order` ends that begins behind the word number `at`."""
    here = words[at]
    if not order:
        return here.end
    for i in range(at + 1, len(words)):
        word = words[i]
        if word.start > here.end + order[0].within:
            break
        if word.start < here.end or not word.bits & order[0].bits:
            continue
        if _DENIES.search(text, here.end, word.start):
            break
        if not frame.over and (
            _PARTS.search(text, here.end, word.start) or _DOUBTS.search(text, here.end, word.start)
        ):
            break
        end = _ends(frame, order[1:], words, i, text)
        if end:
            return end
    return None


class Index:
    """Which sentences of a text hold words of which lists."""

    def __init__(self, sentences: Iterable[Iterable[int]]) -> None:
        """`sentences`: the bits of the words of lists in each, without repeats."""
        held: dict[int, list[int]] = {}  # bits of a word -> the sentences that hold one
        for number, words in enumerate(sentences):
            for bits in words:
                held.setdefault(bits, []).append(number)
        self._by_list: dict[int, set[int]] = {}  # the bits of some lists -> the same
        for bits, numbers in held.items():
            for one in singles(bits):
                self._by_list.setdefault(one, set()).update(numbers)
        self._held = reduce(or_, held, 0)

    def sentences(self, frame: Frame) -> list[int]:
        """The numbers of the sentences that hold a word of each list of `frame`, in order."""
        if not all(map(self._held.__and__, frame.lists)):
            return []
        return sorted(set.intersection(*map(self._holding, frame.lists)))

    def _holding(self, lists: int) -> set[int]:
        """The numbers of the sentences that hold a word of one of some lists."""
        held = self._by_list.get(lists)
        if held is None:
            some = (self._by_list.get(one, ()) for one in singles(lists))
            held = self._by_list[lists] = set().union(*some)
        return held


@lru_cache(maxsize=4096)
def singles(bits: int) -> tuple[int, ...]:
    """The single bits of a sum, the lowest first."""
    return tuple(1 << i for i in range(bits.bit_length()) if bits >> i & 1)
