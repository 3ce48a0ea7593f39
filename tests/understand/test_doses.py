"""Doses: of what, how much a day, and what they are said for."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.meaning import Dose
from cramplint.model import Source
from cramplint.parse import parse
from cramplint.rules import Tables, folder
from cramplint.understand import understand

DATA = Tables(folder() / "data")


def doses(text: str, name: str = "page.md") -> tuple[Dose, ...]:
    kind = "text" if name.endswith(".txt") else "markdown"
    return understand(parse(Source(name, text, kind)), DATA).doses


@pytest.mark.parametrize(
    ("text", "nutrient", "daily"),
    [
        ("Take 500 mg magnesium daily.", "magnesium", 500),
        ("Take 300–400 mg of magnesium twice a day.", "magnesium", 800),
        ("Take two 250 mg tablets of magnesium each night.", "magnesium", 500),
        ("Take magnesium: one 75 mg capsule at breakfast and one at dinner.", "magnesium", 150),
        ("Take half a gram of magnesium before bed.", "magnesium", 500),
        ("Split 400 mg of magnesium between morning and evening.", "magnesium", 400),
        ("Take 50,000 IU of vitamin D once a week.", "vitamin_d", 50_000 / 40 / 7),
        ("Take 60,000 IU of vitamin D monthly.", "vitamin_d", 50),
        ("Take vitamin B12 1000 mcg daily.", "vitamin_b12", 1000),
        ("Take B6 50 mg a day.", "vitamin_b6", 50),
        ("Take 500 mg magnesium glycinate at night.", "magnesium", 70.5),
        ("Take 3 g of vitamin C a day.", "vitamin_c", 3000),
        ("Take 5 mg of magnesium per kg.", "magnesium", None),
        ("Take vitamin D, 100,000 IU as a single dose.", "vitamin_d", None),
        ("Take CoQ10 100 mg daily.", "coq10", None),
        ("Take omega-3 1000 mg daily.", "omega_3", None),
        ("Take ibuprofen 400 mg with magnesium.", "", None),
        ("Take 400 mg of ibuprofen two hours before magnesium.", "", None),
        ("For magnesium users: take 200 mg of wortleberry daily.", "", None),
    ],
)
def test_what_a_day_takes_in(text, nutrient, daily):
    (dose,) = doses(text)
    assert (dose.nutrient, dose.kind) == (nutrient, "recommend")
    assert dose.daily == (None if daily is None else pytest.approx(daily))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Most adults benefit from 300–400mg of magnesium daily.", "recommend"),
        ("You can take up to 600 mg of magnesium a day.", "recommend"),
        ("To avoid cramps, take 800 mg of magnesium nightly.", "recommend"),
        ("According to most experts, 800 mg of magnesium a day is ideal.", "recommend"),
        ("There's no harm in taking 900 mg of magnesium daily.", "recommend"),
        ("Do not take more than 350 mg of magnesium a day.", "limit"),
        ("The FDA warns that nobody should take 1,000 mg of magnesium a day.", "limit"),
        ("Up to 350 mg of magnesium a day is considered safe.", "limit"),
        ("The upper limit of magnesium is 350 mg a day.", "limit"),
        ("A handful of almonds gives 80 mg of magnesium.", "food"),
        ("Three ounces of oysters can contain more than 30 mg of zinc.", "food"),
        ("Adults need 310 to 420 mg of magnesium a day from food.", "food"),
        ("The RDA for magnesium is 420 mg.", "food"),
        ("In one trial, 40 people took 520 mg of magnesium a day.", "study"),
        ("A 2019 study found that 500 mg of magnesium a day helped.", "study"),
        ("Each tablet contains 250 mg of magnesium.", "strength"),
        ("Choose a 400 mg tablet of magnesium.", "recommend"),
        ("The tablets of magnesium come in 250 mg.", "strength"),
        ("Your 24-hour urine was measured: it held 20 mg of magnesium.", "lab"),
        ("Your doctor may prescribe 800 mg of magnesium a day.", "other"),
        ("Some sellers claim that 2,000 mg of magnesium a day is best.", "other"),
        ("Can I take 1,000 mg of magnesium daily?", "other"),
        ('"I take 900 mg of magnesium every night," says Ana.', "other"),
        ("My neighbour takes 800 mg of magnesium a day.", "other"),
        ("If you take 400 mg of magnesium a day, stools may be loose.", "other"),
        ("Taking 600 mg of magnesium can cause diarrhoea.", "other"),
        ("There is no evidence that 500 mg of magnesium a day helps.", "other"),
    ],
)
def test_what_a_dose_is_said_for(text, kind):
    assert [dose.kind for dose in doses(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "form", "elemental"),
    [
        ("Take magnesium glycinate 500 mg.", "glycinate", False),
        ("Take 200 mg of elemental magnesium.", "", True),
        ("Take 120 mg of magnesium (as glycinate).", "glycinate", True),
        ("Take magnesium, 300 mg.", "", None),
        ("Magnesium is sold as a salt. Take 600 mg of the bisglycinate.", "glycinate", False),
    ],
)
def test_compound_or_element(text, form, elemental):
    (dose,) = doses(text)
    assert (dose.nutrient, dose.form, dose.elemental) == ("magnesium", form, elemental)


@pytest.mark.parametrize(
    "text",
    [
        "# Magnesium\n\nMost adults do well on 300 mg daily.",
        "# Cramps\n\n## Magnesium\n\nMost adults do well on 300 mg daily.",
        "# Cramps\n\nMagnesium relaxes. Most adults do well on 300 mg daily.",
        "# Cramps\n\n## FAQ\n\n### Can I take magnesium every day?\n\nYes. Take 300 mg daily.",
        "---\ntitle: Magnesium and cramps\n---\n\nMost adults do well on 300 mg daily.",
        "# Cramps\n\nMagnesium:\n\n- Week 1: 300 mg daily",
        "# Cramps\n\nMagnesium, 300 mg in the morning or 300 mg at night.",
    ],
)
def test_the_nutrient_may_stand_elsewhere(text):
    assert {dose.nutrient for dose in doses(text)} == {"magnesium"}


@pytest.mark.parametrize(
    "text",
    [
        "# Magnesium\n\nAdd 500 g of carrots and 250 ml of water.",
        "# Magnesium\n\nA fasting glucose of 90 mg/dL is normal.",
        "# Magnesium\n\n## References\n\n1. Lee A. 400 mg of magnesium a day. 2019.",
        "# Magnesium\n\nSleep 8 hours, at 45 years, for $20, at 120/80.",
    ],
)
def test_what_is_no_dose(text):
    assert [d for d in doses(text) if d.nutrient] == []


def test_two_doses_of_a_day_add_up():
    first, second = doses("Take magnesium: 200 mg in the morning and 300 mg at night.")
    assert (first.daily, second.daily) == (200, 500)


PIECES = st.sampled_from(
    re.split(
        r"[|]",
        (
            "Take |400 mg|magnesium| glycinate|300–400 mg | daily|. |\n\n|- |# |and |zinc |(|) |of |no |"
            "if you |two |tablets |more than | IU |half a gram "
        ),
    )
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_doses_lie_in_the_text(text):
    for dose in doses(text):
        assert 0 <= dose.span.start < dose.span.end <= len(text)
        assert 0 < dose.low <= dose.high
        assert dose.daily is None or dose.daily >= 0


@pytest.mark.parametrize(
    "text",
    [
        "Take 400 mg of magnesium a day. " * 500,
        "- 400 mg\n" * 1500,
        "400 mg, " * 1500,
        "# Dose\n\n400 mg\n\n" * 800,
        "one hundred " * 5000 + "mg",
        "1 000 " * 8000 + "mg",
    ],
    ids=["sentences", "items", "one sentence", "headings", "words", "thousands"],
)
def test_time_grows_with_the_length(text):
    began = process_time()
    doses(text)
    assert process_time() - began < 20
