"""The nearest known name."""

from __future__ import annotations

import pytest

from cramplint.near import hint, nearest

IDS = ["artifact/list-lost", "claim/cure", "claim/detox", "links/pii", "redflag/list-lost"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("artefact/list-lost", ("artifact/list-lost",)),
        ("claim/detocks", ("claim/detox",)),
        ("CLAIM/CURE", ("claim/cure",)),
        ("claim_cure", ("claim/cure",)),
        ("list-lost", ("artifact/list-lost", "redflag/list-lost")),
        ("pii", ("links/pii",)),
        ("xyz", ()),
        ("", ()),
        ("\udc80", ()),
    ],
)
def test_the_nearest_names_are_found_and_far_ones_are_not(word: str, near: tuple[str, ...]) -> None:
    assert nearest(word, IDS) == near


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("a", []) == ()


def test_a_hint_asks_or_lists() -> None:
    assert hint("pi", ["pii"]) == "did you mean pii?"
    assert hint("zzz", ["a", "b"]) == "known: a, b"
    assert hint("zzz", ["a", "b"], "see there") == "see there"
