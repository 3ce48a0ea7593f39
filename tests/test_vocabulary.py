"""Words that patterns name, found once in a text."""

from __future__ import annotations

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from cramplint.expressions import pattern
from cramplint.vocabulary import vocabulary

TABLE = {
    "condition": "cramps, leg cramps, hay fever, pain, crohn's",
    "nutrient": "magnesium, cramps",
    "apart": "pain relief",
    "lack": [r"\blow (?:\w+ )?{nutrient}"],
}


def _found(asked, text):
    words = vocabulary(TABLE)
    filled, wanted = words.filled(asked)
    return [text[slice(*m.span())] for m in pattern(filled).finditer(words.marked(text, wanted))]


def test_a_name_stands_for_any_phrase_of_its_list():
    assert _found("cures {condition}", "It cures Leg\ncramps and cures hay fever.") == [
        "cures Leg\ncramps",
        "cures hay fever",
    ]
    assert _found("{condition}", "Crohn’s, crampsy, painful, pain-free") == ["Crohn’s", "pain"]


def test_a_phrase_that_is_none_hides_the_word_that_it_holds():
    assert _found("{condition}", "Pain relief is no pain.") == ["pain"]


def test_a_word_of_two_lists_is_found_by_both():
    assert _found("{nutrient}", "Cramps") == _found("{condition}", "Cramps") == ["Cramps"]
    assert _found("{condition} {nutrient}", "pain magnesium") == ["pain magnesium"]


def test_a_list_of_patterns_names_other_lists():
    assert _found("means {lack}", "It means low blood magnesium.") == ["means low blood magnesium"]


def test_other_braces_stay():
    assert _found(r"\w{3} {condition}", "bad pain") == ["bad pain"]


@given(st.text())
def test_a_marked_text_is_as_long_as_its_text(text):
    words = vocabulary(TABLE)
    assert len(words.marked(text, sum(words.bits.values()))) == len(text)


PHRASES = "a", "a b", "a b c", "a-b", "b", "b-a b", "c a", "c’s", "c's a b", "d & a", "d &b"
SAID = st.lists(st.sampled_from(["a", "b", "c", "d", "ab", "-", "&", "'s", "’s", ","]))


@given(SAID, SAID)
def test_phrases_are_found_as_one_long_pattern_finds_them(pieces, more):
    text = "".join(pieces) + " ".join(more)
    longest = sorted(PHRASES, key=len, reverse=True)
    every = pattern(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)".replace("’", "'"))
    found = vocabulary({"one": ", ".join(PHRASES).replace("’", "'")}).found(text)
    assert [one[:2] for one in found] == [one.span() for one in every.finditer(text)]


def test_thousands_of_phrases_are_found_soon():
    words, text = vocabulary(TABLE), "leg cramps pain " * 20_000
    start = process_time()
    assert len(words.found(text)) >= 40_000
    assert process_time() - start < 4
