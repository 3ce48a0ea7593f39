"""How the patterns of rule pages are read."""

from __future__ import annotations

import pytest

from cramplint.expressions import finder, pattern


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_quotation_mark_matches_both_forms(mark):
    assert pattern("doesn't work").search(f"it doesn{mark}t work")


@pytest.mark.parametrize("mark", ["'", "’"])
@pytest.mark.parametrize("letters", [r"[\w'-]+", r"[\w\'’-]+", r"[^\s']+'s"])
def test_a_quotation_mark_in_a_set_of_letters_is_one_of_them(mark, letters):
    said = f"my mother{mark}s old-fashioned tea"
    assert pattern(rf"\bmy {letters} (?:{letters} )?[\w-]+ tea").search(said)


def test_a_set_of_letters_keeps_its_other_letters():
    assert pattern(r"[\w'’,-]+ [\]'x]").fullmatch("old-time ]")
    assert not pattern(r"^[^']+$").search("don’t")
    assert not pattern(r"^[^]']+$").search("don’t")
    assert pattern(r"[]']x").search("’x")


def test_a_blank_is_any_run_of_blanks():
    found, _ = finder("one two")
    assert found.search("one \n two")
