"""Running text: the whole sentences of a page's own prose, which measures of reading are made for.
Headings, fragments, tables, references, other people's words and small print are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .meaning import Reading
from .model import Block, Span
from .patterns import lazy

_NOT_OWN = ("disclaimer", "references", "related", "testimonial", "bio", "footer", "contact")
_KINDS = frozenset({"paragraph", "item"})
_FEWEST = {"paragraph": 3, "item": 5}  # words; a shorter item is a fragment with a stop
_WORD = lazy(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_ENDS = lazy(r"[.!?…][\"'”’)\]*_]*$")
_NO_WORDS = lazy(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.\w+"
    r"|\[[\d,;\s–-]{1,20}\]|\(\d{1,3}(?:[,–-] ?\d{1,3}){0,9}\)",
    re.IGNORECASE,
)
_BREAKS = lazy(r"[‐-―−/_-]")
_SIGNS = lazy(r"[^\w\s']")
# A capital behind a word or a comma: no sentence begins there.
_CAPITAL = lazy(r"(?<=[^\W\d_,;][  ])[A-Z][a-z’']+")


def sentences(reading: Reading) -> Iterator[tuple[Block, Span]]:
    """The whole sentences of the page's own prose, each with its block, in order."""
    article = reading.article
    for sentence in reading.sentences:
        block = article.block_at(sentence.span.start)
        if block is None or block.kind not in _KINDS:
            continue
        text = article.prose[sentence.span.start : sentence.span.end]
        if not _ENDS.search(text.rstrip()) or reading.within(sentence.span, *_NOT_OWN):
            continue
        if len(_WORD.findall(text)) >= _FEWEST[block.kind]:
            yield block, sentence.span


def words(text: str) -> list[str]:
    """The words of `text`, numbers included; addresses and marks of citations are none."""
    return _WORD.findall(_NO_WORDS.sub(" ", text))


def names(prose: str) -> frozenset[str]:
    """The words that stand with a capital inside sentences and nowhere in lower case."""
    found = {name.replace("’", "'") for name in _CAPITAL.findall(prose)}
    small = set(_WORD.findall(prose)) if found else set()
    return frozenset(name for name in found if name.lower() not in small)


def line(text: str, left_out: frozenset[str] = frozenset()) -> str:
    """A sentence as measures of reading want it: words and one stop, on one line. `left_out`: names
    that say nothing of how hard it reads."""
    plain = _BREAKS.sub(" ", _NO_WORDS.sub(" ", text).replace("’", "'"))
    kept = [word for word in _SIGNS.sub("", plain).split() if word not in left_out]
    return " ".join(kept) + "." if kept else ""
