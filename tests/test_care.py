"""How soon advice asks for care."""

from __future__ import annotations

import pytest

from cramplint.care import tier
from cramplint.check import VOCABULARY
from cramplint.rules import load

TABLE = load(VOCABULARY).data["red_flags"]


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("Call 911 now if:", "pain in the chest", "emergency"),
        ("Call or text 988 at any time if:", "you feel that you cannot cope", "emergency"),
        ("Go to the emergency room right away if", "", "emergency"),
        ("Get help the same day if:", "a cramp lasts long", "urgent"),
        ("Ask for an urgent GP appointment if:", "", "urgent"),
        ("Book an appointment if:", "Call 911 if it gets worse.", "soon"),
        ("Warning signs", "Call an ambulance if you faint.", "emergency"),
        ("Warning signs", "Book a visit for this. Call 911 for that.", ""),
        ("See a doctor if", "it hurts. Call 911 if you faint.", ""),
        ("When to seek help", "if it hurts", ""),
    ],
)
def test_words_say_how_soon(heading, text, expected):
    assert tier(heading, text, TABLE) == expected
