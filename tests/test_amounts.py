"""Amounts and how often they are taken, as people write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.amounts import amounts, frequencies, plainly, units


def read(text: str) -> list[tuple[str, float, float, str]]:
    return [(text[a.span.start : a.span.end], a.low, a.high, a.unit) for a in amounts(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("benefit from 300–400mg daily", ("300–400mg", 300, 400, "mg")),
        ("300 mg to 400 mg", ("300 mg to 400 mg", 300, 400, "mg")),
        ("300mg-400mg", ("300mg-400mg", 300, 400, "mg")),
        ("500 mg–1 g", ("500 mg–1 g", 0.5, 1, "g")),
        ("between 300 and 400 mg", ("300 and 400 mg", 300, 400, "mg")),
        ("1,500-2,000mg", ("1,500-2,000mg", 1500, 2000, "mg")),
        ("10 000 IU", ("10 000 IU", 10000, 10000, "IU")),
        ("5k IU", ("5k IU", 5000, 5000, "IU")),
        ("1,5 mg", ("1,5 mg", 1.5, 1.5, "mg")),
        (".5 mg", (".5 mg", 0.5, 0.5, "mg")),
        ("400 \u00b5g", ("400 \u00b5g", 400, 400, "mcg")),
        ("400 \u03bcg", ("400 \u03bcg", 400, 400, "mcg")),
        ("400 ug", ("400 ug", 400, 400, "mcg")),
        ("10&nbsp;mg", ("10&nbsp;mg", 10, 10, "mg")),
        ("400 i.u. of it", ("400 i.u.", 400, 400, "IU")),
        ("half a gram", ("half a gram", 0.5, 0.5, "g")),
        ("one and a half grams", ("one and a half grams", 1.5, 1.5, "g")),
        ("three hundred milligrams", ("three hundred milligrams", 300, 300, "mg")),
        ("ten to fifteen milligrams", ("ten to fifteen milligrams", 10, 15, "mg")),
        ("1 1/2 teaspoons", ("1 1/2 teaspoons", 1.5, 1.5, "tsp")),
        ("two 250 mg tablets", ("two 250 mg tablets", 500, 500, "mg")),
        ("2 500 mg tablets", ("2 500 mg tablets", 1000, 1000, "mg")),
        ("a pair of 200 mg capsules", ("a pair of 200 mg capsules", 400, 400, "mg")),
        ("2 x 200 mg", ("2 x 200 mg", 400, 400, "mg")),
        ("two tablets of 250 mg", ("two tablets of 250 mg", 500, 500, "mg")),
        ("2 capsules (400 mg each)", ("2 capsules (400 mg", 800, 800, "mg")),
        ("vitamin B12 1000 mcg", ("1000 mcg", 1000, 1000, "mcg")),
        ("vitamin B 12 500 mcg", ("500 mcg", 500, 500, "mcg")),
        ("B-12 500 mcg", ("500 mcg", 500, 500, "mcg")),
        ("omega 3 500 mg", ("500 mg", 500, 500, "mg")),
        ("omega-3 1000 mg", ("1000 mg", 1000, 1000, "mg")),
        ("CoQ10 100 mg", ("100 mg", 100, 100, "mg")),
        ("B6 50 mg", ("50 mg", 50, 50, "mg")),
    ],
)
def test_an_amount_is_read(text, found):
    assert read(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "for 8 hours",
        "ages 9 to 18",
        "in 2024",
        "$400 a month",
        "120/80 mmHg",
        "4.5 mmol/L",
        "30 ng/mL",
        "70 kg",
        "200 calories",
        "version 1.2.3",
        "a 5G network",
        "take 2 a day",
    ],
)
def test_what_is_no_amount(text):
    assert read(text) == []


@pytest.mark.parametrize("text", ["90 mg/dL", "20 mg of magnesium per litre", "5 mg / L"])
def test_a_concentration_is_told(text):
    assert [a.ratio for a in amounts(text)] == [True]


@pytest.mark.parametrize(
    "text", ["9" * 400 + " mg", "1" + ",000" * 200 + " mg", "1." + "9" * 400 + " g"]
)
def test_no_amount_is_larger_than_a_number(text):
    assert all(amount.high < 1e16 for amount in amounts(text))


def test_two_amounts_stay_two():
    assert [a[0] for a in read("5 mg and 10 mg of zinc")] == ["5 mg", "10 mg"]


@pytest.mark.parametrize(
    ("text", "per", "times"),
    [
        ("daily", "day", 1),
        ("a day", "day", 1),
        ("400 mg/day", "day", 1),
        ("each night", "day", 1),
        ("with breakfast", "day", 1),
        ("before bed", "day", 1),
        ("twice a day", "day", 2),
        ("three to four times a day", "day", 4),
        ("3x/day", "day", 3),
        ("every 8 hours", "day", 3),
        ("every hour", "day", 16),
        ("spread over the day", "day", 1),
        ("every 4 to 6 hours", "day", 6),
        ("every other day", "day", 0.5),
        ("with every meal", "day", 3),
        ("400 mg b.i.d.", "day", 2),
        ("TID", "day", 3),
        ("QOD", "day", 0.5),
        ("weekly", "week", 1),
        ("twice weekly", "week", 2),
        ("every two weeks", "week", 0.5),
        ("once a month", "month", 1),
        ("once a year", "month", 1 / 12),
        ("as a single dose", "dose", 1),
        ("a one-off injection", "dose", 1),
        ("10 mg per kg", "kg", 1),
        ("morning and evening", "day", 2),
        ("at breakfast and one at dinner", "day", 2),
    ],
)
def test_how_often(text, per, times):
    assert [(f.per, f.times) for f in frequencies(text)] == [(per, times)]


@pytest.mark.parametrize("text", ["for a week", "in a month", "daily life", "more than a day"])
def test_a_stretch_of_time_is_no_frequency(text):
    assert list(frequencies(text)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5.0 mg", "5 mg"),
        (".5 mg", "0.5 mg"),
        ("100000 IU", "100,000 IU"),
        ("400 µg QD", "400 mcg once a day"),
        ("400µg", "400 micrograms"),
    ],
)
def test_the_same_dose_in_other_signs_is_the_same(one, other):
    assert plainly(one).split() == plainly(other).split()


def test_another_dose_is_another():
    assert plainly("5.0 mg") != plainly("50 mg")
    assert plainly("5 mg") != plainly("5 mcg")


PIECES = st.sampled_from(
    re.split(
        r"[|]",
        (
            "300|–|400| mg|mg| to |half a gram|two |250 mg tablets| twice a day|1,000|.5|B12 |/|½| IU|and |"
            "one |hundred |x|\n|&nbsp;|µg|k|٣| 000"
        ),
    )
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_amounts_lie_in_the_text_in_order(text):
    last = 0
    for amount in amounts(text):
        assert last <= amount.span.start < amount.span.end <= len(text)
        assert amount.low <= amount.high
        assert all(amount.span.holds(n) for n in (*amount.numbers, *amount.units))
        last = amount.span.start
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in frequencies(text))
    plainly(text)


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    for amount in amounts(text):
        assert amount.high > 0
    assert all(0 <= at < len(text) for at in units(text))
