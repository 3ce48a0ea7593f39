"""Where the patterns of a rule stand in what a page says: in its sentences, and in the title and
description that its front matter states."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from .expressions import finder, needed
from .meaning import Reading, Sentence
from .model import Article, Span
from .needs import lacking, lacks
from .patterns import lowered

# Other people's words, or not the article's own prose.
NOT_OWN = ("disclaimer", "references", "related", "testimonial", "bio", "footer", "contact")
_NEAR = 600  # code points; sentences of prose are shorter
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
        needs = needed(one)
        if needs & ground.lacks:
            continue
        said, own = ground.holding(needs)
        if not said and not own:
            continue
        found, low = finder(one)
        if said:
            text = marked(ground.source if low else article.source.text)
            for sentence in said:
                for hit in found.finditer(text, *sentence.span):
                    yield sentence, _place(hit)
        if not own:
            continue
        text = marked(ground.prose if low else article.prose)
        if not needs:
            yield from _in_sentences(found, text, reading.sentences)
            continue
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
        self.lacks = lacking(self.source)
        self.said, self.own = stated(article), reading.sentences
        self._said = [(one, lacks(self.source[slice(*one.span)])) for one in self.said]
        self._own = [(one, lacks(self.prose[slice(*one.span)])) for one in self.own]

    def holding(self, needs: int) -> tuple[Sequence[Sentence], Sequence[Sentence]]:
        """What of the front matter, and which sentences, meet `needs`."""
        if not needs:
            return self.said, self.own
        return (
            [one for one, lack in self._said if not needs & lack],
            [one for one, lack in self._own if not needs & lack],
        )


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
