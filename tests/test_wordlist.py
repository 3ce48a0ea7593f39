"""Word lists are searched as they stand, so they must be in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.rules import folder
from cramplint.wordlist import WordList

WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=5)


@given(st.sets(WORDS, max_size=40), WORDS)
def test_a_list_holds_what_its_set_holds(words, other):
    found = WordList("# a comment\n" + "\n".join(sorted(words)) + "\n")
    assert all(word in found for word in words)
    assert (other in found) == (other in words)
    assert set(found) == words
    assert len(found) == len(words)


@pytest.mark.parametrize("word", ["", "\n", "a\nb", "# a comment", None])
def test_what_is_no_word_is_not_in_it(word):
    assert word not in WordList("# a comment\na\nb\n")


@pytest.mark.parametrize("path", sorted((folder() / "data").glob("*.txt")), ids=lambda p: p.name)
def test_the_shipped_lists_are_in_order(path):
    words = [x for x in path.read_text("utf-8").splitlines() if not x.startswith("#")]
    assert words == sorted(set(words))
