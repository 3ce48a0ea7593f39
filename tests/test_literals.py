"""What is said to stand in every match of a pattern stands there."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint import patterns
from cramplint.literals import EDGE, edged, sets

sys.path.insert(0, str(Path(__file__).parent))
strategies = import_module("strategies")


def _words(pattern):
    return list(sets(re._parser.parse(pattern, re.IGNORECASE)))


@given(st.sampled_from(strategies.PATTERNS), strategies.WORDS)
def test_a_text_with_a_match_holds_a_word_of_each_set(pattern, text):
    if re.search(pattern, text, re.IGNORECASE):
        held = " ".join(map(edged, patterns.lowered(text).split()))
        assert all(any(word in held for word in words) for words in _words(pattern))


@given(st.sampled_from(strategies.PATTERNS), strategies.WORDS, st.data())
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
