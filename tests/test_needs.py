"""What tells without a search that a pattern has no match never passes over one that there is."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint import literals, needs, patterns
from cramplint.check import VOCABULARY
from cramplint.model import Source
from cramplint.parse import parse
from cramplint.rules import load
from cramplint.search import hits
from cramplint.understand import understand

sys.path.insert(0, str(Path(__file__).parent))
strategies = import_module("strategies")
DATA = load(VOCABULARY).data


@given(st.sampled_from(strategies.PATTERNS), strategies.WORDS)
def test_a_text_that_lacks_a_need_holds_no_match(pattern, text):
    wanted = needs.of(pattern, re.IGNORECASE)
    if wanted & needs.lacking(patterns.lowered(text)):
        assert not re.search(pattern, text, re.IGNORECASE)


@given(strategies.WORDS, strategies.WORDS)
def test_what_two_texts_lack_is_what_each_of_them_lacks(one, other):
    both = needs.lacking(one.lower(), other.lower())
    assert both == needs.lacking(one.lower()) & needs.lacking(other.lower())


@given(strategies.WORDS, st.sampled_from(strategies.PATTERNS))
def test_needs_that_come_late_are_looked_for_where_they_are_met(text, pattern):
    low = patterns.lowered(text)
    wanted = needs.of(pattern, re.IGNORECASE)
    with as_new():
        late = needs.unknown(wanted)
    told = "".join(literals.edged(f"{word}\n") for word in low.split())
    met = all(any(True for _ in needs.places(one, told)) for one in late)
    assert met is not bool(wanted & needs.lacking(low))


SENTENCES = [
    "It cures cramps.",
    "No cure is known for a cramp.",
    "Take one pill, then two pills.",
    "The obscured cramp can't be cured.",
    "It helps 50% of people.",
    "10 µg is what one takes.",
]


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9),
    st.sampled_from(
        [r"\bcures? ", "cure", "(?:one|two) pills?", r"\bcan't\b", "50%", "µg", "cramps?.+cure"]
    ),
)
def test_what_is_found_is_the_same_whenever_a_pattern_is_met(texts, pattern):
    text = "\n\n".join(texts) + "\n"
    reading = understand(parse(Source("a.md", text, "markdown")), DATA)
    known = list(hits(reading, pattern))
    assert len(known) == sum(len(re.findall(pattern, one, re.IGNORECASE)) for one in texts)
    with as_new():
        assert list(hits(reading, pattern)) == known


@contextmanager
def as_new():
    """No pattern was asked about before, nor of any text."""
    needs.lacking.cache_clear()
    needs._words.every, every = 0, needs._words.every
    try:
        yield
    finally:
        needs._words.every = every


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
