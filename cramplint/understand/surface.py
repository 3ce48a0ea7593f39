"""What stands in a file outside code: the text that damage is looked for in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..model import Article, Span
from ..parse.repair import blank
from ..patterns import lazy, lowered

_COMMENT = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKS = ("http", "www.", "mailto:")  # one of which every address holds
# The first letter first, then what stands before it: the engine looks for a letter fast.
_URL = lazy(r"[hwm](?<!\w.)(?:ttps?:/|ww\.|ailto:)[^\s<>\"“”\u00a0]+")  # of `lowered` text
_HUMP = lazy(r"[A-Z](?<=[a-z][A-Z])")


@lru_cache(maxsize=4)  # of one article, for all rules
def surface(article: Article, *, comments: bool = False, urls: bool = True) -> str:
    """The source, same length, with front matter and code blanked, newlines kept.

    HTML comments are blanked unless `comments`; web addresses are kept unless `urls` is False.
    """
    text = article.source.text
    pieces: list[str] = []
    at = 0
    for start, end in _hidden(article):
        if start < at:
            continue
        pieces += (text[at:start], blank(text[start:end]))
        at = end
    shown = "".join([*pieces, text[at:]])
    if not comments and "<!--" in shown:
        shown = _COMMENT.sub(lambda m: blank(m[0]), shown)
    return shown if urls else without_urls(shown)


@lru_cache(maxsize=4)  # the same
def without_urls(text: str) -> str:
    """`text`, same length, its web addresses blanked."""
    low = lowered(text)
    if not any(mark in low for mark in _MARKS):
        return text
    pieces: list[str] = []
    at = 0
    for found in _URL.finditer(low):
        pieces += (text[at : found.start()], " " * (found.end() - found.start()))
        at = found.end()
    return "".join([*pieces, text[at:]])


@lru_cache(maxsize=2)  # the same
def humps(text: str) -> tuple[int, ...]:
    """Where a capital stands right behind a small letter, as where two words ran together."""
    return tuple(found.start() for found in _HUMP.finditer(text))


def lines(text: str) -> Iterator[Span]:
    """The lines that hold something."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


def _hidden(article: Article) -> Iterator[tuple[int, int]]:
    yield article.meta.span
    for event in article.events:
        if event.kind == "code" or (event.kind == "start" and event.tag == "code_block"):
            yield event.start, event.end
