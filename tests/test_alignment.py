"""Lines that stay are told from those that change, soon."""

from __future__ import annotations

import difflib
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.alignment import changes, runs, unified

LINES = st.lists(st.sampled_from("abcdefg") | st.text("xyz", min_size=2, max_size=4), max_size=30)


@given(LINES, LINES)
def test_runs_are_equal_lines_in_order_and_the_rest_changes(old, new) -> None:
    i = j = 0
    for run in runs(old, new):
        assert run.lines > 0
        assert run.old >= i
        assert run.new >= j
        assert old[run.old : run.old + run.lines] == new[run.new : run.new + run.lines]
        i, j = run.old + run.lines, run.new + run.lines
    made, at = [], 0
    for one in changes(old, new):
        made += old[at : one.old] + new[one.new : one.new_end]
        at = one.old_end
    assert made + old[at:] == new


@given(LINES)
def test_a_text_beside_itself_is_one_run(lines) -> None:
    assert [run.lines for run in runs(lines, lines)] == [len(lines)] * bool(lines)
    assert list(unified(lines, lines, "a")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b c d e f g h i j k l m n", "a b X d e f g h i j k l m n"),
        ("a b c", ""),
        ("", "a b c"),
        ("a", "b"),
        ("a b c d e f g h i", "a c d e f g h i Z"),
        ("a b c d e f g h i j k l m n o p", "a c d e f g h i j k l m n X p"),
    ],
)
def test_a_diff_is_what_others_write(old: str, new: str) -> None:
    before, after = ([f"{line}\n" for line in text.split()] for text in (old, new))
    assert list(unified(before, after, "a")) == list(difflib.unified_diff(before, after, "a", "a"))


@pytest.mark.parametrize(("kinds", "step"), [(120, 50), (150, 3), (2, 5), (10**6, 10)])
def test_thousands_of_lines_much_alike_are_compared_soon(kinds: int, step: int) -> None:
    old = [f"line {n % kinds}\n" for n in range(40_000)]
    new = [f"- {line}" if n % step == 0 else line for n, line in enumerate(old)]
    start = process_time()
    assert sum(one.new_end - one.new for one in changes(old, new)) >= 40_000 / step
    assert process_time() - start < 6
