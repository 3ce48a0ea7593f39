"""What is said to stand in every match of a pattern stands there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint import patterns
from cramplint.literals import EDGE, edged, sets

_PATTERNS = [
    r"\bas an? (?:AI|large) model\b",
    r"(?:abc|de+f)[xy]?\d",
    r"x?(?:foo)*bar|q(?=foo)uux",
    "(?:ab){2}c|d",
    r"\bno\b.{0,20}\bcure",
    "['’]s|n['’]t",
    r"(?<![\w-])(?:ab|cd)\s++(?:e\s++)?f(?!\w)",
    r"(?:\A|(?<=[.!]\s))(?:a|b)(?:-|\s++)(?P<it>c(?:d|e)f)\b",
    r"(?>a\b|ab)(?:\W{1,3}b){1,2}",
    r"\Ba+b?|c\B\w",
    r"(?:a |b_|-)(?:cd|e)(?: f)?(?=\sx|\b)",
    r"[^\W\d]+(?:\s|,)c\$?",
]
_TEXT = st.text("abcdefnoxqur1_ AI'’.,!-$%\n\u0131\u017f\u212a\u00b5\u03bc", max_size=40)


def _words(pattern):
    return list(sets(re._parser.parse(pattern, re.IGNORECASE)))


@given(st.sampled_from(_PATTERNS), _TEXT)
def test_a_text_with_a_match_holds_a_word_of_each_set(pattern, text):
    if re.search(pattern, text, re.IGNORECASE):
        held = " ".join(map(edged, patterns.lowered(text).split()))
        assert all(any(word in held for word in words) for words in _words(pattern))


@given(st.sampled_from(_PATTERNS), _TEXT, st.data())
def test_so_does_a_part_of_a_text_that_is_searched_alone(pattern, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if re.compile(pattern, re.IGNORECASE).search(text, start, end):
        held = " ".join(map(edged, patterns.lowered(text[start:end]).split()))
        assert all(any(word in held for word in words) for words in _words(pattern))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bcure\b", ["|cure|"]),
        (r"\bcure\w*", ["|cure"]),
        ("cure", ["cure"]),
        (r"\bcan't\b", ["|can|'|t|"]),
        (r"\bno\s++cure", ["|no|", "|cure"]),
        (r"\bcur(?:e|ing)\s", ["|cure| |curing|", "e| ing|"]),
        (r"(?:one|two)\s++pills?", ["|pill", "one| two|"]),
        (r"\b(?:a\s++)?cure(?!\w)", ["|cure|"]),
        (r"(?<!\w)-?50%", ["|50|%"]),
        (r"\d+", []),
        (r"(?:abc|\d)", []),
        (r"\b(?:abc|)x", []),
        (r"x{3,}", ["xxx"]),
        (r"(?<=[.!]\s)stop", ["|stop"]),
        (r"(?:-|\s)stop(?=\s|$)", ["|stop|"]),
    ],
)
def test_words_and_the_edges_that_are_known(pattern, words):
    found = [" ".join(sorted(some)).replace(EDGE, "|") for some in _words(pattern)]
    assert sorted(found) == sorted(words)
