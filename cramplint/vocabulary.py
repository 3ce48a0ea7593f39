"""Words that patterns name: `{condition}` in a pattern stands for any phrase of that list.

Lists of hundreds of phrases would make patterns that are slow to compile and slow to search. So the
phrases are found once in a text, word by word, and marked: in the marked text each letter of a
phrase is one of some letters that stand for its lists, and `{condition}` is a run of those. Nothing
moves: the marked text is as long as its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, product
from typing import Any

from .expressions import pattern
from .frames import Found, Frame, Index, framed, placed
from .model import Span
from .patterns import lazy, lowered

_WORD = lazy(r"\w+")
_NAME = lazy(r"\{([a-z]+)\}")
_NONE = "apart"  # the list of phrases that hold a word of another list and are none
_AHEAD = (3, 2, 1, 0)  # code points behind a phrase's first word that phrases are told apart by
_KEPT = 48  # texts of one article, its sentences and its marked forms
_FIRST = 0xA000  # a letter of a script with 1,165 of them: `\w` and `\b` take marks for words


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`starts`: the first word of phrases -> what follows it -> (phrase, its bits), longest first.
    `bits`: list -> its bit. `patterns`: list -> patterns instead of phrases; they may name lists of
    phrases."""

    starts: Mapping[str, Mapping[str, Sequence[tuple[str, int]]]]
    bits: Mapping[str, int]
    patterns: Mapping[str, Sequence[str]]
    frames: dict[str, Frame] = field(default_factory=dict)

    def filled(self, text: str) -> tuple[str, int]:
        """A page's pattern -> (the pattern for a marked text, the bits to mark; 0 for none)."""
        return _filled(self, text) if "{" in text else (text, 0)

    def asked(
        self, patterns: str | Sequence[str], own: Mapping[str, str]
    ) -> Iterator[tuple[str, Callable[[str], str]]]:
        """(pattern, what marks a text for it) of each of a page's patterns. `own`: words of the
        page itself, name -> pattern, that a pattern names like the lists."""
        named = tuple(own.items())
        for one in [patterns] if isinstance(patterns, str) else patterns:
            filled, wanted = self.filled(_with(one, named))
            yield filled, partial(self.marked, wanted=wanted)

    def marked(self, text: str, wanted: int) -> str:
        """`text` with the phrases of the `wanted` lists marked."""
        return _marked(self, text, wanted) if wanted else text

    def run(self, name: str, wanted: int) -> str:
        """A run of marks of the list `name`, where only `wanted` lists are marked."""
        bit = self.bits.get(name, 0)
        asked = _singles(wanted)
        marks = [
            chr(_FIRST + n)
            for n in range(1, 1 << len(asked))
            if any(one == bit and n >> i & 1 for i, one in enumerate(asked))
        ]
        return rf"\b[{''.join(marks)}]+(?!\w)" if bit else ""

    def found(self, text: str) -> tuple[Found, ...]:
        """The phrases in `text`, which is in lower case, by their places; none of no list."""
        return _found(self, text)

    def frame(self, asked: str) -> Frame:
        """What a page asks to stand together. Raises KeyError for a list that is unknown."""
        if asked not in self.frames:
            self.frames[asked] = framed(asked, self.bits)
        return self.frames[asked]

    def standing(
        self, asked: Sequence[str], text: str, sentences: Sequence[Span]
    ) -> Iterator[tuple[int, Span]]:
        """(number of the sentence, place) of what `asked` frames find in the `sentences` of `text`,
        which is in lower case; the sentences in order and apart."""
        if not asked or not sentences:
            return
        index = _index(self, text, tuple(sentences))
        for one in asked:
            frame = self.frame(one)
            for number in index.sentences(frame):
                for place in placed(frame, index.words[number], text):
                    yield number, place


def vocabulary(table: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary of a data table: name -> phrases parted by commas, or a list of patterns."""
    key = id(table)
    if key not in _made or _made[key][0] is not table:
        _made.clear()  # one table a run
        _made[key] = table, _read(table)
    return _made[key][1]


_made: dict[int, tuple[Mapping[str, Any], Vocabulary]] = {}


def _read(table: Mapping[str, Any]) -> Vocabulary:
    names = [name for name in table if name != _NONE]
    bits = {name: 1 << i for i, name in enumerate(names)}
    phrases: dict[str, int] = {}
    patterns: dict[str, Sequence[str]] = {}
    for name, held in table.items():
        if isinstance(held, str):
            for said in chain.from_iterable(map(_forms, held.split(","))):
                phrases[said] = phrases.get(said, 0) | bits.get(name, 0)
        else:
            patterns[name] = held
    starts: dict[str, dict[str, list[tuple[str, int]]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        word = phrase.partition(" ")[0]
        if not word.isalnum():
            first = _WORD.match(phrase)
            word = first[0] if first else ""
        if word:
            ahead = phrase[len(word) : len(word) + _AHEAD[0]]
            starts.setdefault(word, {}).setdefault(ahead, []).append((phrase, phrases[phrase]))
    return Vocabulary(starts, bits, patterns)


def _forms(phrase: str) -> Iterator[str]:
    """A phrase of a table -> that in all its forms: "heal/s/ed" is heal, heals and healed."""
    said = phrase.lower().split()
    if "/" not in phrase:  # most phrases have one form
        return iter([" ".join(said)] if said else [])
    return (" ".join(words) for words in product(*map(_endings, said)))


def _endings(word: str) -> list[str]:
    stem, *ends = word.split("/")
    return [stem, *(stem + end for end in ends)]


def _singles(bits: int) -> list[int]:
    """The single bits of a sum, the lowest first."""
    return [1 << i for i in range(bits.bit_length()) if bits >> i & 1]


@lru_cache(maxsize=1024)
def _with(text: str, own: tuple[tuple[str, str], ...]) -> str:
    """`text` with the words of `own` in place of their names; later ones may name earlier ones."""
    if not _NAME.search(text):
        return text
    for name, words in reversed(own):
        text = text.replace(f"{{{name}}}", f"(?:{words})")
    return text


@lru_cache(maxsize=4096)  # the patterns of all rules
def _filled(words: Vocabulary, text: str) -> tuple[str, int]:
    wanted = 0
    for name in _NAME.findall(text):
        wanted |= words.bits.get(name, 0)
    return _NAME.sub(lambda name: words.run(name[1], wanted) or name[0], text), wanted


@lru_cache(maxsize=_KEPT)
def _marked(words: Vocabulary, text: str, wanted: int) -> str:
    marks: dict[int, int] = {}
    for start, end, bits in _found(words, text):
        if bits & wanted:
            for i in range(start, end):
                marks[i] = marks.get(i, 0) | bits & wanted
    for name, patterns in words.patterns.items():
        bit = words.bits[name]
        if bit & wanted:
            for start, end in _matched(words, text, tuple(patterns)):
                for i in range(start, end):
                    marks[i] = marks.get(i, 0) | bit
    if not marks:
        return text
    asked = _singles(wanted)
    packed = {
        bits: chr(_FIRST + sum(1 << i for i, one in enumerate(asked) if bits & one))
        for bits in set(marks.values())
    }
    letters = list(text)
    for i, bits in marks.items():
        letters[i] = packed[bits]
    return "".join(letters)


@lru_cache(maxsize=4)  # of one article's prose and front matter, for all rules
def _index(words: Vocabulary, text: str, sentences: tuple[Span, ...]) -> Index:
    return Index(words.found(text), sentences)


@lru_cache(maxsize=_KEPT)
def _found(words: Vocabulary, text: str) -> tuple[Found, ...]:
    """(start, end, bits) of the phrases in `text`."""
    return tuple(_search(words, text))


def _search(words: Vocabulary, text: str) -> Iterator[Found]:
    flat = lowered(text).replace("’", "'").replace("\n", " ")
    every = sum(words.bits.values())
    last: list[tuple[int, int]] = []  # (end, bits) of phrases that the next word may lie in
    for word in _WORD.finditer(flat):
        phrases = words.starts.get(word[0])
        if not phrases:
            continue
        start = word.start()
        last = [one for one in last if one[0] > start]
        free = every
        for _, bits in last:
            free &= ~bits
        # Longer ones first: those that go on with the letters that stand here.
        for more in _AHEAD:
            for phrase, bits in phrases.get(flat[word.end() : word.end() + more], ()):
                end = start + len(phrase)
                found = (bits or every) & free
                if found and flat[start:end] == phrase and not flat[end : end + 1].isalnum():
                    free &= ~found
                    last.append((end, found))
                    if bits:
                        yield Found(start, end, found)


@lru_cache(maxsize=_KEPT)
def _matched(
    words: Vocabulary, text: str, patterns: tuple[str, ...]
) -> tuple[tuple[int, int], ...]:
    """(start, end) of what `patterns` match in `text`."""
    return tuple(
        match.span()
        for one in patterns
        for filled, wanted in [words.filled(one)]
        for match in pattern(filled).finditer(words.marked(text, wanted))
    )
