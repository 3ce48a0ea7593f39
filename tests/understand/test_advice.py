"""Advice to take a nutrient: what tells the reader to, and what only speaks of it."""

from __future__ import annotations

import pytest

from cramplint.model import Source
from cramplint.parse import parse
from cramplint.rules import Tables, folder
from cramplint.understand import advice, understand

DATA = Tables(folder() / "data")
NAMED = (
    r"\b(?:(?P<magnesium>magnesium)|(?P<potassium>potassium)|(?P<zinc>zinc)|(?P<iron>iron)|"
    r"(?P<vitamin_b6>vitamin b6)|(?P<vitamin_a>vitamin a))\b"
)


def advised(text: str) -> list[tuple[str, str]]:
    reading = understand(parse(Source("a.md", text, "markdown")), DATA)
    return [(one.nutrient, one.via) for one in advice.advised(reading, (), NAMED)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Add a potassium tablet each night.", [("potassium", "supplement")]),
        ("You should take magnesium before bed.", [("magnesium", "supplement")]),
        ("If your calves cramp, try a magnesium supplement.", [("magnesium", "supplement")]),
        ("Eat well, and add a zinc lozenge.", [("zinc", "supplement")]),
        ("Most adults need a magnesium supplement.", [("magnesium", "supplement")]),
        (
            "Pair magnesium with vitamin B6.",
            [("magnesium", "supplement"), ("vitamin_b6", "supplement")],
        ),
        ("Add potassium from bananas and beans to your meals.", [("potassium", "food")]),
        ("Take 200 mg of magnesium a day.", [("magnesium", "supplement")]),
    ],
)
def test_what_tells_the_reader_to_take_it(text: str, told: list[tuple[str, str]]) -> None:
    assert advised(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium is a mineral.",
        "Do not take magnesium tablets for cramps.",
        "If you take magnesium tablets, tell your doctor.",
        "Ask a pharmacist before you take zinc.",
        "Take magnesium only if your doctor tells you to.",
        "Your doctor may suggest you take iron tablets.",
        "In one trial people were told to take a magnesium tablet.",
        "“You should take magnesium,” said the salesman.",
        "Should you take magnesium tablets?",
        "Influencers say you should take magnesium.",
        "People who take potassium tablets need blood tests.",
        "Too much vitamin A from supplements can harm.",
    ],
)
def test_what_only_speaks_of_it(text: str) -> None:
    assert advised(text) == []
