"""What tells without a search that a pattern has no match never passes over one that there is."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint import needs, patterns

sys.path.insert(0, str(Path(__file__).parent))
strategies = import_module("strategies")


@given(st.sampled_from(strategies.PATTERNS), strategies.WORDS)
def test_a_text_that_lacks_a_need_holds_no_match(pattern, text):
    wanted = needs.of(pattern, re.IGNORECASE)
    if wanted & needs.lacking(patterns.lowered(text)):
        assert not re.search(pattern, text, re.IGNORECASE)


@given(strategies.WORDS, strategies.WORDS)
def test_what_two_texts_lack_is_what_each_of_them_lacks(one, other):
    both = needs.lacking(one.lower(), other.lower())
    assert both == needs.lacking(one.lower()) & needs.lacking(other.lower())


@given(st.lists(strategies.WORDS, min_size=2, max_size=2), st.sampled_from(strategies.PATTERNS))
def test_needs_that_come_late_are_asked_of_the_texts_themselves(lows, pattern):
    lows = tuple(map(patterns.lowered, lows))
    needs._words.every, every = 0, needs._words.every
    try:
        late = needs.late(needs.of(pattern, re.IGNORECASE), lows)
    finally:
        needs._words.every = every
    assert late is bool(needs.of(pattern, re.IGNORECASE) & needs.lacking(*lows))


def test_a_need_that_comes_later_rules_nothing_out():
    lacks = needs.lacking("calm words of a page")
    late = needs.of("zyzzyvas", 0)
    assert late
    assert not late & lacks
    assert late & needs.lacking("calm words of another page")


@pytest.mark.parametrize(
    ("pattern", "text", "meets"),
    [
        ("cure", "an incurable thing", False),
        ("cure", "obscured", True),
        (r"\bcure", "obscured", False),
        (r"\bcure", "the_cure", False),
        (r"\bcan't\b", "(can't)", True),
        (r"\bcan't\b", "it can", False),
        ("50%", "of 50%, they", True),
        ("(?:one|two) pills?", "two pill", True),
        ("(?:one|two) pills?", "three pills", False),
        (r"\d+", "no number", True),
        ("µg", "10 µg", True),
    ],
)
def test_needs_are_words_or_parts_of_them(pattern, text, meets):
    assert (not needs.of(pattern, 0) & needs.lacking(text)) is meets


def test_long_words_are_looked_through_and_not_remembered():
    for long in ("obscured" * 5000, "ob-scured/" * 5000):
        needs.learn()
        before = len(needs._words)
        assert not needs.of("cure", 0) & needs.lacking(long)
        assert needs.of(r"\bcure", 0) & needs.lacking(long)
        assert len(needs._words) == before
