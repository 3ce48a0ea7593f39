"""What tells without a search that a pattern has no match never passes over one that there is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint import needs, patterns

_PATTERNS = [
    r"\bas an? (?:AI|large) model\b",
    r"(?:abc|de+f)[xy]?\d",
    r"x?(?:foo)*bar|q(?=foo)uux",
    "(?:ab){2}c|d",
    r"\bno\b.{0,20}\bcure",
    "['’]s|n['’]t",
]
_TEXT = st.text("abcdefnoxqur1 AI'’.%\n\u0131\u017f\u212a\u00b5\u03bc", max_size=40)


@given(st.sampled_from(_PATTERNS), _TEXT)
def test_a_text_that_lacks_a_need_holds_no_match(pattern, text):
    wanted = needs.of(pattern, re.IGNORECASE)
    if wanted & needs.lacking(patterns.lowered(text)):
        assert not re.search(pattern, text, re.IGNORECASE)


@given(_TEXT, st.data())
def test_blanks_in_the_place_of_words_add_no_word(text, data):
    lacks = needs.lacking(patterns.lowered(text))
    gone = {i for i in range(len(text)) if data.draw(st.booleans())}
    fewer = "".join(" " if i in gone else c for i, c in enumerate(text))
    assert needs.lacks(patterns.lowered(fewer)) & lacks == lacks


def test_a_need_that_comes_later_rules_nothing_out():
    lacks = needs.lacking("calm words of a page")
    late = needs.of("quite unheard of: zyzzyva", 0)
    assert late
    assert not late & lacks
    assert late & needs.lacking("calm words of another page")


@pytest.mark.parametrize(
    ("pattern", "text", "meets"),
    [
        ("cure", "an incurable thing", False),
        ("cure", "obscured", True),
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
    long = "obscured" * 5000
    needs.learn()
    before = len(needs._words)
    assert not needs.of("cure", 0) & needs.lacking(long)
    assert len(needs._words) == before
