"""Time grows with the length of a page, whatever stands on it: pages that were made to tie up."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from time import process_time

import pytest

from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.corpus import gather
from cramplint.judging import judge
from cramplint.model import Kind, Source
from cramplint.rules import RuleSet, load

WORDS = "after because before being could every might never other people really right should some"
SMALL = [a + b for a in WORDS.split() for b in ("", "s", "ing")]
# What grows with the square of the length takes minutes for these; half a second is usual.
PAGES = {
    "marks without a blank": "</" + "?<!--" * 40_000,
    "divisions": "<div>" * 20_000 + "x" + "</div>" * 20_000,
    "one word": "a" * 200_000,
    "chain in one paragraph": "Read More → Title of a page\n" * 8_000,
    "words of a chain, no arrow": "read more " * 20_000,
    "word behind a title": "pThe Best Way " + "a" * 200_000,
    "blanks in a claim": "It makes"
    + " " * 100_000
    + "attacks less likely; the risk of"
    + " " * 100_000,
    "blank lines in a claim": "No more" + "\n" * 100_000 + "cramps. [link to" + " " * 100_000 + "x",
    "signs that turn the text": "\u202ea\u202c" * 30_000,
    "comments that never end": "<!-- cramplint-disable " * 20_000,
    "words run together": " ".join(f"{a}{b}" for a in SMALL for b in map(str.title, SMALL)),
}


@cache
def rules() -> RuleSet:
    return load(VOCABULARY)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kind", ["markdown", "text"])
def test_a_long_page_of_one_thing_is_checked_soon(name: str, kind: Kind, tmp_path: Path) -> None:
    config = Config(tmp_path)
    start = process_time()
    corpus = gather([], config, Source("a.md", PAGES[name], kind))
    site = corpus.site(config, rules())
    judge(corpus.articles["a.md"], rules(), site, Selection())
    assert process_time() - start < 8
