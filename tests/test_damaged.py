"""Damaged articles of our own, with every kind of damage that scraped pages show.

`damaged/expected.txt` names each finding as file:line severity rule; it was written against the
articles, line by line, and is read before it is changed. `damaged/mended.diff` shows what the safe
fixes make of each article, and then those that ask.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.corpus import Corpus, gather
from cramplint.judging import judge, mend
from cramplint.parse import parse
from cramplint.rules import load

HERE = Path(__file__).parent / "damaged"
RULES = load(VOCABULARY, cached=False)
# What an article owes its reader of authors, dates and sources is no damage.
SELECTION = Selection(ignore=("metadata/*", "authorship/*", "currency/*", "evidence/*"))
FILES = sorted(p for p in HERE.iterdir() if p.name not in ("expected.txt", "mended.diff"))


def alone(path: Path) -> Corpus:
    return gather([path], Config(root=HERE))


def findings(corpus: Corpus):
    site = corpus.site(Config(root=HERE), RULES)
    (article,) = corpus.articles.values()
    for found in judge(article, RULES, site, SELECTION).checked.findings:
        line = article.source.text.count("\n", 0, found.span.start) + 1
        yield f"{line} {found.severity} {found.rule}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_all_damage_is_found_and_nothing_else(path):
    wanted = [
        line.partition(":")[2]
        for line in (HERE / "expected.txt").read_text("utf-8").splitlines()
        if line.startswith(f"{path.name}:")
    ]
    assert list(findings(alone(path))) == wanted


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_safe_fixes_keep_every_word_and_settle(path):
    corpus = alone(path)
    site = corpus.site(Config(root=HERE), RULES)
    (article,) = corpus.articles.values()
    mended = parse(mend(article.source, RULES, site, SELECTION).source)
    words = [
        re.findall(r"[a-z0-9]+", re.sub(r"[^\x00-\x7f]|'", "", x.prose.lower()))
        for x in (article, mended)
    ]
    assert words[0] == words[1]
    assert mend(mended.source, RULES, site, SELECTION).source == mended.source
    before, after = (
        sum("error" in f for f in findings(c)) for c in (corpus, corpus.having([mended.source]))
    )
    assert after <= before


ASKED = Config(
    root=HERE,
    locale="us",
    disclaimer_text="This page is for general information. It does not replace advice from your "
    "doctor. Ask your doctor about your own health.",
)


def changes(path: Path) -> Iterator[str]:
    """What --fix, and then --unsafe-fixes, change in one article, as lines of a diff."""
    corpus = alone(path)
    site = corpus.site(ASKED, RULES)
    (article,) = corpus.articles.values()
    before = article.source
    for option in ("--fix", "--unsafe-fixes"):
        done = mend(before, RULES, site, SELECTION, unsafe=option == "--unsafe-fixes")
        assert done.left == ()
        old, new = (x.text.split("\n") for x in (before, done.source))
        yield from difflib.unified_diff(old, new, path.name, option, n=0, lineterm="")
        before = done.source


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_fixes_make_of_an_article_what_was_read_and_accepted(path):
    known = re.split(r"(?m)^(?=--- )", (HERE / "mended.diff").read_text("utf-8"))
    wanted = "".join(part for part in known if part.startswith(f"--- {path.name}\n"))
    assert "".join(f"{line.rstrip()}\n" for line in changes(path)) == wanted


def test_bare_bullets_become_a_list():
    corpus = alone(HERE / "dizzy-bare-bullets.txt")
    (article,) = corpus.articles.values()
    site = corpus.site(Config(root=HERE), RULES)
    mended = mend(article.source, RULES, site, SELECTION).source
    text = mended.text
    assert "- the room may seem to turn\n- the legs feel weak\n" in text
    again = parse(mended)
    shown = [
        (b.kind, article_words) for b in again.blocks if (article_words := again.words(b.span))
    ]
    assert shown == [(b.kind, w) for b in article.blocks if (w := article.words(b.span))]
