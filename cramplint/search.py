"""Where the patterns of a rule stand in what a page says: in its sentences, and in the title and
description that its front matter states."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from .meaning import Reading, Sentence
from .model import Article, Span
from .patterns import Need, held, lowered
from .rules import finder, needed

# Other people's words, or not the article's own prose.
NOT_OWN = ("disclaimer", "references", "related", "testimonial", "bio", "footer", "contact")
_NEAR = 600  # code points; sentences of prose are shorter
_NOWHERE: frozenset[int] = frozenset()
_STATED = ("title", "description")  # what the front matter says to readers


def hits(
    reading: Reading,
    patterns: str | Sequence[str],
    marked: Callable[[str], str] = lambda text: text,
) -> Iterator[tuple[Sentence, Span]]:
    """(sentence, place) of every match of one of `patterns` inside a sentence, and in what the
    front matter says to readers. A group called "it" is the place. `marked`: a text -> the text
    that the patterns are for, as long as it, with the same words but where it has marks."""
    ground = _ground(reading)
    article = reading.article
    for one in [patterns] if isinstance(patterns, str) else patterns:
        # Few sentences hold the words of a pattern; to find those costs less than one search.
        said, own = ground.holding(needed(one))
        if not said and own is not None and not own:
            continue
        found, low = finder(one)
        if said:
            text = marked(ground.source if low else article.source.text)
            for sentence in said:
                for hit in found.finditer(text, *sentence.span):
                    yield sentence, _place(hit)
        if own is None:
            text = marked(ground.prose if low else article.prose)
            yield from _in_sentences(found, text, reading.sentences)
        elif own:
            text = marked(ground.prose if low else article.prose)
            for sentence in own:
                for hit in found.finditer(text, *sentence.span):
                    if hit.end() > hit.start():
                        yield sentence, _place(hit)


def standing(
    reading: Reading, asked: Callable[[str, Sequence[Span]], Iterator[tuple[int, Span]]]
) -> Iterator[tuple[Sentence, Span]]:
    """(sentence, place) of what `asked` finds in the prose, and in what the front matter says to
    readers: it is given a text in lower case and its sentences, and gives their numbers."""
    ground = _ground(reading)
    for text, sentences in ((ground.prose, reading.sentences), (ground.source, ground.said)):
        for number, place in asked(text, [sentence.span for sentence in sentences]):
            yield sentences[number], place


class _Ground:
    """What all patterns are looked for in: what the front matter says, and the prose. `source` and
    `prose` are in lower case."""

    def __init__(self, reading: Reading) -> None:
        article = reading.article
        self.source, self.prose = lowered(article.source.text), lowered(article.prose)
        self._own, self.said = reading.sentences, stated(article)
        self._starts = list(reading.starts)
        text = self.prose
        for sentence in self.said:
            self._starts.append(len(text) + 1)
            text += "\n" + self.source[slice(*sentence.span)]
        self._text = text
        self._held = held(self.source)
        self._words: dict[str, frozenset[int]] = {}
        self._needs: dict[Need, frozenset[int]] = {}

    def holding(
        self, needs: Sequence[Need]
    ) -> tuple[Sequence[Sentence], Sequence[Sentence] | None]:
        """(what the front matter says, the sentences) that hold a word of each of `needs`; None for
        the sentences where nothing is needed: any may do."""
        of = self._held.of
        for need in needs:
            if not of(need):
                return (), ()
        left: frozenset[int] | None = None
        for need in needs:
            there = self._needs.get(need)
            if there is None:
                there = self._needs[need] = _NOWHERE.union(*map(self._of, of(need)))
            left = there if left is None else left & there
            if not left:
                return (), ()
        if left is None:
            return self.said, None
        count = len(self._own)
        numbers = sorted(left)
        inside = bisect_left(numbers, count)
        return (
            [self.said[i - count] for i in numbers[inside:]],
            [self._own[i] for i in numbers[:inside]],
        )

    def _of(self, word: str) -> frozenset[int]:
        if word not in self._words:
            self._words[word] = frozenset(self._look(word))
        return self._words[word]

    def _look(self, word: str) -> Iterator[int]:
        """The numbers of the sentences that hold `word`."""
        text, starts = self._text, self._starts
        at = text.find(word)
        while at >= 0:
            i = bisect_right(starts, at) - 1
            if i >= 0:
                yield i
            if i + 1 == len(starts):
                return
            # The same word again in the same sentence tells no more.
            at = text.find(word, max(at + 1, starts[i + 1] - len(word) + 1))


@lru_cache(maxsize=2)
def _ground(reading: Reading) -> _Ground:
    return _Ground(reading)


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
def stated(article: Article) -> tuple[Sentence, ...]:
    """What the front matter says to readers: its title and description, each on its line."""
    return tuple(_stated(article))


def _stated(article: Article) -> Iterator[Sentence]:
    for name in _STATED:
        key = article.meta.keys.get(name)
        if key and isinstance(article.meta.data.get(name), str):
            line = article.source.line_span(key.end)
            asks = article.source.excerpt(line).rstrip("\"' ").endswith("?")
            span = Span(min(key.end + 1, line.end), line.end)
            yield Sentence(span, frozenset({"question"} if asks else ()))
