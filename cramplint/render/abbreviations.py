"""Abbreviations that an article explains: `*[GP]: general practitioner`, on a line of its own that
no reader sees, as in Markdown Extra."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..model import Article
from ..parse.repair import explained

# An article explains a few, in a few words; more would make a page of any size out of a short text.
_MOST = 100
_SHORT, _LONG = 40, 200  # code points


class Abbreviations:
    """What stands for what. `used`: those that a reader of the section has been told."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = meanings
        self.used: set[str] = set()
        longest = sorted(meanings, key=len, reverse=True)
        names = "|".join(map(re.escape, longest))
        self.find = re.compile(rf"(?<![^\W_])(?:{names})(?![^\W_])") if names else None

    def cut(self, words: str) -> Iterator[tuple[str, str]]:
        """`words` in pieces, each with what it means, "" for most: at its first use in a section
        only, since again at every use it would be noise to who hears the page."""
        at = 0
        for found in self.find.finditer(words) if self.find else ():
            if found[0] not in self.used:
                self.used.add(found[0])
                yield words[at : found.start()], ""
                yield found[0], self.meanings[found[0]]
                at = found.end()
        yield words[at:], ""


def abbreviations(article: Article) -> Abbreviations:
    """Those of the article; of two meanings the first."""
    source, body = article.source, article.meta.span.end
    meanings: dict[str, str] = {}
    if source.kind == "markdown" and "\n*[" in f"\n{source.text[body:]}":
        code = [
            (e.start, e.end) for e in article.events if (e.kind, e.tag) == ("start", "code_block")
        ]
        at = body
        for line in source.text[body:].split("\n"):
            while code and code[0][1] <= at:
                del code[0]
            told = None if code and code[0][0] <= at else explained(line)
            if (
                told
                and 0 < len(told[1]) <= _LONG
                and len(told[0]) <= _SHORT
                and len(meanings) < _MOST
            ):
                meanings.setdefault(*told)
            at += len(line) + 1
    return Abbreviations(meanings)
