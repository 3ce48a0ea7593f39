"""Where the patterns of a rule stand in what a page says: in its sentences, and in the title and
description that its front matter states."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property, lru_cache, reduce
from itertools import accumulate
from operator import and_, or_
from typing import Generic, NamedTuple, TypeVar

from .expressions import finder, needed
from .frames import Found, Index, placed
from .literals import edged
from .meaning import Reading, Sentence
from .model import Article, Span
from .needs import lacking, lacks, met, places, unknown
from .patterns import lowered
from .vocabulary import Asked, Vocabulary

# Other people's words, or not the article's own prose.
NOT_OWN = ("disclaimer", "references", "related", "testimonial", "bio", "footer", "contact")
_ROW = 5  # sentences
_BLOCK = 4  # rows
_STATED = ("title", "description")  # what the front matter says to readers


def hits(reading: Reading, patterns: str | Sequence[str]) -> Iterator[tuple[Sentence, Span]]:
    """(sentence, place) of every match of one of `patterns` inside a sentence, and in what the
    front matter says to readers. A group called "it" is the place."""
    some = (patterns,) if isinstance(patterns, str) else patterns
    return _plain_hits(reading, [(one, needed(one)) for one in some])


def _plain_hits(
    reading: Reading, asked: Iterable[tuple[str, int]]
) -> Iterator[tuple[Sentence, Span]]:
    """`asked`: patterns, and what they need."""
    ground = _ground(reading)
    lacks = ground.lacks
    for one, needs in asked:
        if needs & lacks:
            continue
        holding = ground.holding(needs) if needs else ground.said
        if needs and not holding:
            continue
        found, low = finder(one)
        if not needs:
            prose = ground.prose if low else reading.article.prose
            yield from _in_sentences(found, prose, reading.sentences)
        for said in holding:
            for hit in found.finditer(said.whole[low], *said.sentence.span):
                if hit.end() > hit.start():
                    yield said.sentence, place_of(hit)


def marked_hits(
    reading: Reading, words: Vocabulary, asked: Iterable[Asked]
) -> Iterator[tuple[Sentence, Span]]:
    """As `hits`, of patterns that name lists of `words`; what stands before a sentence they do not
    see."""
    ground = _ground(reading)
    lacks = ground.listed(words).lacks
    marked, plain = _needing(tuple(asked))
    for one, needs in marked:
        if needs & lacks or not (holding := ground.holding(needs)):
            continue
        found, low = finder(one.pattern)
        for said in holding:
            text = said.marked(words, one.wanted, low)
            for hit in found.finditer(text, said.before):
                if hit.end() > hit.start():
                    yield said.sentence, place_of(hit, said.start)
    yield from _plain_hits(reading, plain)


@lru_cache(maxsize=1024)  # the lists of patterns of all rules
def _needing(
    asked: tuple[Asked, ...],
) -> tuple[Sequence[tuple[Asked, int]], Sequence[tuple[str, int]]]:
    """Patterns that name lists, and those that do not, and what they need."""
    marked = [(one, needed(one.pattern)) for one in asked if one.wanted]
    return marked, [(one.pattern, needed(one.pattern)) for one in asked if not one.wanted]


def across(
    reading: Reading, words: Vocabulary, asked: Iterable[Asked]
) -> Iterator[tuple[Sentence, Span]]:
    """(sentence that the place begins in, place) of every match in the prose that ends in the
    sentence it begins in, or in the next."""
    ground = _ground(reading)
    listed = ground.listed(words)
    for one in asked:
        needs = needed(one.pattern)
        if needs & listed.lacks or ground.lacking(needs):
            continue
        found, low = finder(one.pattern)
        for two, said, behind in ground.pairs.holding(needs):
            text = ground.pair(said, behind, low)
            here = [*said.found, *(behind.shifted(said) if behind else ())]
            for hit in found.finditer(words.marking(text, here, one.wanted, two), said.before):
                place = place_of(hit, said.start)
                if said.start + hit.start() < said.sentence.span.end:
                    second = behind is not None and place.start >= behind.sentence.span.start
                    yield behind.sentence if behind and second else said.sentence, place


def standing(
    reading: Reading, words: Vocabulary, frames: Sequence[str]
) -> Iterator[tuple[Sentence, Span]]:
    """(sentence, place) of what `frames` find in the prose, and in what the front matter says to
    readers."""
    listed = _ground(reading).listed(words) if frames else None
    for one in frames:
        assert listed
        frame = words.frame(one)
        for number in listed.lists.sentences(frame):
            said = listed.said[number]
            for place in placed(frame, said.found, said.low):
                yield said.sentence, Span(place.start + said.start, place.end + said.start)


class _Said:
    """A sentence, and which needs it `lacks`. `low`: its words in lower case, with one letter
    `before` them, or none; they begin at `start`. `whole`: the text that it stands in, as it is and
    in lower case. `found`: the words of lists in it; `lists`: the bits of those, and of such as
    may stand anywhere."""

    __slots__ = (
        "_marked",
        "before",
        "found",
        "lacks",
        "lists",
        "low",
        "sentence",
        "start",
        "whole",
    )

    def __init__(self, sentence: Sentence, plain: str, low: str) -> None:
        """`plain`, `low`: the text that it stands in, as it is and `lowered`."""
        start, end = sentence.span
        self.sentence = sentence
        self.before = int(start > 0)
        self.start = start - self.before
        self.low = low[self.start : end]
        self.whole = plain, low
        self.lacks = lacks(low[start:end])
        self.found: Sequence[Found] = ()
        self.lists: Set[int] = frozenset()
        self._marked: dict[tuple[int, bool], str] = {}

    def shifted(self, earlier: _Said) -> Iterator[Found]:
        """What was found here, by its places in a text that begins where `earlier` does."""
        shift = self.start - earlier.start
        return (Found(start + shift, end + shift, bits) for start, end, bits in self.found)

    def marked(self, words: Vocabulary, wanted: int, low: bool) -> str:
        key = wanted, low
        if key not in self._marked:
            text = self.whole[low][self.start : self.sentence.span.end]
            self._marked[key] = words.marking(text, self.found, wanted, self.lacks)
        return self._marked[key]


class _Two(NamedTuple):
    """A sentence, and the one behind it if there is one; which needs both lack."""

    lacks: int
    said: _Said
    behind: _Said | None


class _Listed(NamedTuple):
    """All that is said, which of it holds words of which lists, and what all of it lacks."""

    said: Sequence[_Said]
    lists: Index
    lacks: int


_T = TypeVar("_T", _Said, _Two)


class _Rows(Generic[_T]):
    """Sentences, which are asked together: first in blocks, then in the rows of a block."""

    def __init__(self, every: Sequence[_T]) -> None:
        cut = (every[at : at + _ROW] for at in range(0, len(every), _ROW))
        rows = [(reduce(and_, (one.lacks for one in row)), row) for row in cut]
        blocks = (rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK))
        self._blocks: list[tuple[int, Sequence[tuple[int, Sequence[_T]]]]] = [
            (reduce(and_, (lacks for lacks, _ in block)), block) for block in blocks
        ]

    def holding(self, needs: int) -> list[_T]:
        """Those that meet `needs`, in order."""
        return [
            one
            for block, rows in self._blocks
            if not needs & block
            for row, held in rows
            if not needs & row
            for one in held
            if not needs & one.lacks
        ]


class _Words:
    """The words of sentences, and the signs of their lists: which hold which."""

    def __init__(self, every: Sequence[_Said], words: Vocabulary | None) -> None:
        """`words`: whose lists were looked for, if any were."""
        holding: dict[str, list[int]] = {}
        for i, one in enumerate(every):
            signs = map(words.signs, one.lists) if words else ()
            for word in {*one.low[one.before :].split(), *signs}:
                holding.setdefault(word, []).append(i)
        texts = [edged(f"{word}\n") for word in holding]
        self._holding = list(holding.values())
        self._whole = "".join(texts)
        self._starts = [0, *accumulate(map(len, texts[:-1]))]

    def holding(self, need: int) -> set[int]:
        """The numbers of the sentences that meet one need."""
        words = {bisect_right(self._starts, at) - 1 for at in places(need, self._whole)}
        return set().union(*map(self._holding.__getitem__, words))


class _Ground:
    """What all patterns are looked for in: what the front matter says, and the prose. `source` and
    `prose` are in lower case."""

    def __init__(self, reading: Reading) -> None:
        article = reading.article
        self.source, self.prose = lowered(article.source.text), lowered(article.prose)
        self.lacks = lacking(self.source, self.prose)
        self.said = [_Said(one, article.source.text, self.source) for one in stated(article)]
        self.own = [_Said(one, article.prose, self.prose) for one in reading.sentences]
        self.every = [*self.own, *self.said]
        self._rows = _Rows(self.every)
        self._plain = article.prose
        self._listed: tuple[Vocabulary, _Listed] | None = None
        self._told: _Words | None = None

    def holding(self, needs: int) -> Sequence[_Said]:
        """Those that meet `needs`."""
        new = unknown(needs)
        if not new:
            return self._rows.holding(needs)
        # Nobody looked at the sentences for the words of a pattern that is met for the first time.
        among = sorted(reduce(and_, map(self._words().holding, new)))
        return [self.every[i] for i in among if not needs & self.every[i].lacks]

    def lacking(self, needs: int) -> bool:
        """True if no sentence meets one of `needs` for whose words nobody looked."""
        new = unknown(needs)
        return bool(new) and not all(map(self._words().holding, new))

    def _words(self) -> _Words:
        if self._told is None:
            self._told = _Words(self.every, self._listed[0] if self._listed else None)
        return self._told

    def listed(self, words: Vocabulary) -> _Listed:
        """The same, with what it holds of the lists of `words`."""
        if not self._listed or self._listed[0] is not words:
            # Lists that stand in a sentence -> the same, held once, and what their words lack.
            known: dict[Set[int], tuple[Set[int], int]] = {}
            for one in self.every:
                one.found = words.found(one.low)
                bits = frozenset((words.loose, *[word.bits for word in one.found]))
                if bits not in known:
                    known[bits] = bits, ~reduce(or_, map(met, map(words.signs, bits)))
                one.lists, left = known[bits]
                one.lacks &= left
            lacks = reduce(and_, (left for _, left in known.values()), self.lacks)
            self._rows = _Rows(self.every)
            self._told = None
            self.__dict__.pop("pairs", None)  # they may lack less now
            lists = Index(one.lists for one in self.every)
            self._listed = words, _Listed(self.every, lists, lacks)
        return self._listed[1]

    @cached_property
    def pairs(self) -> _Rows[_Two]:
        """The sentences of the prose, each with the next."""
        return _Rows(
            [
                _Two(said.lacks & behind.lacks if behind else said.lacks, said, behind)
                for said, behind in zip(self.own, [*self.own[1:], None], strict=False)
            ]
        )

    def pair(self, said: _Said, behind: _Said | None, low: bool) -> str:
        """The prose from `said` to the end of the sentence `behind` it, or of itself."""
        end = (behind or said).sentence.span.end
        return (self.prose if low else self._plain)[said.start : end]


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
                yield sentences[at], place_of(hit)
        at += 1


def place_of(hit: re.Match[str], shift: int = 0) -> Span:
    """Where a match stands: its group "it" if that took part in it. `shift`: code points before the
    text that was searched."""
    named = "it" in hit.re.groupindex and hit["it"] is not None
    start, end = hit.span("it" if named else 0)
    return Span(start + shift, end + shift)


def stands_near(asked: str, text: str, sentence: Sentence, place: Span) -> bool:
    """True if the page's pattern `asked` has a match in the sentence of `text`; in a very long one,
    near `place`."""
    found, low = finder(asked)
    text = lowered(text) if low else text
    near = sentence.near(place)
    if near == sentence.span:
        return found.search(text, *near) is not None
    # There may be thousands of places in such a sentence: it is looked through once.
    spans = _standing(found, text, sentence.span)
    at = bisect_left(spans, near.start, key=lambda span: span.start)
    return at < len(spans) and spans[at].end <= near.end


@lru_cache(maxsize=8)
def _standing(found: re.Pattern[str], text: str, span: Span) -> list[Span]:
    return [Span(*hit.span()) for hit in found.finditer(text, *span)]


def taken_already(place: Span, taken: list[Span]) -> bool:
    """True if `place` meets one of `taken`, which are in order and apart."""
    at = bisect_left(taken, place)
    return any(place.meets(one) for one in taken[max(at - 1, 0) : at + 1])


def take(place: Span, taken: list[Span]) -> bool:
    """Put `place` among `taken`, which are in order and apart; False if it meets one of them."""
    if taken_already(place, taken):
        return False
    taken.insert(bisect_left(taken, place), place)
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
