"""Where the patterns of a rule stand in what a page says: in its sentences, and in the title and
description that its front matter states."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .meaning import Reading, Sentence
from .model import Article, Span
from .patterns import lowered
from .rules import finder, needed

# Other people's words, or not the article's own prose.
NOT_OWN = ("disclaimer", "references", "related", "testimonial", "bio", "footer", "contact")
_NEAR = 600  # code points; sentences of prose are shorter
_PIECE = 4  # code points
_NOWHERE: frozenset[int] = frozenset()
_ONE = (0,)  # where the only sentence of a text begins
_STATED = ("title", "description")  # what the front matter says to readers


def hits(
    reading: Reading,
    patterns: str | Sequence[str],
    marked: Callable[[str], str] = lambda text: text,
) -> Iterator[tuple[Sentence, Span]]:
    """(sentence, place) of every match of one of `patterns` inside a sentence, and in what the
    front matter says to readers. A group called "it" is the place. `marked`: a text -> the text
    that the patterns are for, as long as it, with the same words but where it has marks."""
    article = reading.article
    ground = _ground(article)
    for one in [patterns] if isinstance(patterns, str) else patterns:
        words = needed(one)
        if ground.said and all(ground.front.of_any(some, _ONE) for some in words):
            found, low = finder(one)
            text = marked(ground.source if low else article.source.text)
            for sentence in ground.said:
                for hit in found.finditer(text, *sentence.span):
                    yield sentence, _place(hit)
        if words:
            # Few sentences hold the words of a pattern; to find those costs less than one search.
            held = _holding(words, reading, ground.places)
            if not held:
                continue
            found, low = finder(one)
            text = marked(ground.prose if low else article.prose)
            for sentence in held:
                for hit in found.finditer(text, *sentence.span):
                    if hit.end() > hit.start():
                        yield sentence, _place(hit)
        else:
            found, low = finder(one)
            text = marked(ground.prose if low else article.prose)
            yield from _in_sentences(found, text, reading.sentences)


def standing(
    reading: Reading, asked: Callable[[str, Sequence[Span]], Iterator[tuple[int, Span]]]
) -> Iterator[tuple[Sentence, Span]]:
    """(sentence, place) of what `asked` finds in the prose, and in what the front matter says to
    readers: it is given a text in lower case and its sentences, and gives their numbers."""
    article = reading.article
    ground = _ground(article)
    for text, sentences in ((ground.prose, reading.sentences), (ground.source, ground.said)):
        for number, place in asked(text, [sentence.span for sentence in sentences]):
            yield sentences[number], place


class _Places:
    """Which sentences of a text hold a word, or one of a set: asked for by many patterns, looked
    for once."""

    def __init__(self, prose: str) -> None:
        """`prose` is in lower case."""
        self._prose = prose
        self._known: dict[str, frozenset[int]] = {}
        self._sets: dict[Sequence[str], frozenset[int]] = {}
        # Of the many words that patterns know an article holds few; these tell which may be there.
        self._pieces = {prose[i : i + _PIECE] for i in range(len(prose) - _PIECE + 1)}

    def of_any(self, words: tuple[str, ...], starts: Sequence[int]) -> frozenset[int]:
        """The indexes of the sentences, which begin at `starts`, that hold one of `words`."""
        there = self._sets.get(words)
        if there is None:
            pieces = self._pieces
            likely = [word for word in words if word[:_PIECE] in pieces or len(word) < _PIECE]
            there = _NOWHERE.union(*(self._of(word, starts) for word in likely))
            self._sets[words] = there
        return there

    def _of(self, word: str, starts: Sequence[int]) -> frozenset[int]:
        if word not in self._known:
            self._known[word] = frozenset(self._look(word, starts))
        return self._known[word]

    def _look(self, word: str, starts: Sequence[int]) -> Iterator[int]:
        at = self._prose.find(word)
        while at >= 0:
            i = bisect_right(starts, at) - 1
            if i >= 0:
                yield i
            if i + 1 == len(starts):
                return
            # The same word again in the same sentence tells no more.
            at = self._prose.find(word, max(at + 1, starts[i + 1] - len(word) + 1))


class _Ground(NamedTuple):
    """What all patterns are looked for in: `said` by the front matter, and the `prose`, with the
    `places` of their words. `source` and `prose` are in lower case."""

    said: tuple[Sentence, ...]
    front: _Places
    source: str
    prose: str
    places: _Places


@lru_cache(maxsize=2)
def _ground(article: Article) -> _Ground:
    said, front = _said_in_front(article)
    source, prose = lowered(article.source.text), lowered(article.prose)
    return _Ground(said, _Places(front), source, prose, _Places(prose))


def _holding(
    needed: Sequence[tuple[str, ...]], reading: Reading, places: _Places
) -> list[Sentence]:
    """The sentences that hold, of each of some sets of words, one at least."""
    left: frozenset[int] | None = None
    for words in needed:
        there = places.of_any(words, reading.starts)
        left = there if left is None else left & there
        if not left:
            return []
    return [reading.sentences[i] for i in sorted(left or ())]


def _in_sentences(
    found: re.Pattern[str], prose: str, sentences: Sequence[Sentence]
) -> Iterator[tuple[Sentence, Span]]:
    """Every match inside a sentence that is not empty. One search of the whole tells in most
    articles that there is none; after one, where the next sentence is that may hold one."""
    at = 0
    while at < len(sentences):
        ahead = found.search(prose, sentences[at].span.start)
        if ahead is None:
            return
        at = max(at, bisect_right(sentences, ahead.start(), at, key=lambda s: s.span.start) - 1)
        for hit in found.finditer(prose, *sentences[at].span):
            if hit.end() > hit.start():
                yield sentences[at], _place(hit)
        at += 1


def _place(hit: re.Match[str]) -> Span:
    named = "it" in hit.re.groupindex and hit["it"] is not None
    return Span(*hit.span("it" if named else 0))


def around(sentence: Sentence, place: Span) -> Span:
    """The sentence, or what of a very long one stands near `place`."""
    return Span(
        max(sentence.span.start, place.start - _NEAR), min(sentence.span.end, place.end + _NEAR)
    )


def take(place: Span, taken: list[Span]) -> bool:
    """Put `place` among `taken`, which are in order and apart; False if it meets one of them."""
    at = bisect_left(taken, place)
    if any(place.meets(one) for one in taken[max(at - 1, 0) : at + 1]):
        return False
    taken.insert(at, place)
    return True


def text_at(article: Article, place: Span) -> str:
    """What `place` was found in: the prose, or the front matter, which the prose leaves out."""
    return article.source.text if place.start < article.meta.span.end else article.prose


@lru_cache(maxsize=2)
def _said_in_front(article: Article) -> tuple[tuple[Sentence, ...], str]:
    """The front matter's title and description as sentences, each on its line, and their words in
    lower case."""
    said = tuple(_stated(article))
    return said, lowered(" ".join(article.source.excerpt(s.span) for s in said))


def _stated(article: Article) -> Iterator[Sentence]:
    for name in _STATED:
        key = article.meta.keys.get(name)
        if key and isinstance(article.meta.data.get(name), str):
            line = article.source.line_span(key.end)
            asks = article.source.excerpt(line).rstrip("\"' ").endswith("?")
            span = Span(min(key.end + 1, line.end), line.end)
            yield Sentence(span, frozenset({"question"} if asks else ()))
