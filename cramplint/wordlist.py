"""Lists of words. A WordList is searched where it stands: no page needs more than a few look-ups,
and making a set of forty thousand words would take longer than checking a page."""

from __future__ import annotations

from collections.abc import Iterator, Set

_MOST = 4096  # words of which it is remembered whether they stand there


class WordList(Set[str]):
    """The lines of `text`, sorted by code point; lines that begin with # are comments."""

    def __init__(self, text: str) -> None:
        start = 0
        while text.startswith("#", start):
            start = text.find("\n", start) + 1 or len(text)
        words = text[start:].strip("\n")
        self._text = f"\n{words}\n" if words else "\n"
        self._told: dict[str, bool] = {}

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or not word or "\n" in word:
            return False
        if word not in self._told:  # pages say much the same words
            if len(self._told) >= _MOST:
                self._told.clear()
            self._told[word] = self._holds(word)
        return self._told[word]

    def _holds(self, word: str) -> bool:
        text, low, high = self._text, 0, len(self._text) - 1
        while low < high:  # both are newlines, and the word's line lies between them if anywhere
            middle = text.rfind("\n", low, (low + high) // 2 + 1)
            end = text.find("\n", middle + 1)
            found = text[middle + 1 : end]
            if found == word:
                return True
            if found < word:
                low = end
            else:
                high = middle
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.split())

    def __len__(self) -> int:
        return self._text.count("\n") - 1


def counted(text: str) -> dict[str, int]:
    """Words and a number each, of lines that hold the number and then words; lines that begin with
    # are comments. For tables that every word of a page is looked up in."""
    found: dict[str, int] = {}
    for line in text.splitlines():
        number, *words = line.split() or ["#"]
        if not number.startswith("#"):
            found.update(dict.fromkeys(words, int(number)))
    return found
