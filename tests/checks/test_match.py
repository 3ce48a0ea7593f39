"""Words that count only where a page boasts."""

from __future__ import annotations

from datetime import date

import pytest

from cramplint.check import VOCABULARY, Selection, check
from cramplint.model import Settings, Source
from cramplint.parse import parse
from cramplint.rules import load
from cramplint.site import Site
from cramplint.understand import understand

RULES = load(VOCABULARY, cached=False)
BOASTS = ["It never fails.", "It has no side effects.", "Big pharma is lying to you."]
LOOSE = "Zinc is gone, and your nose runs."


def _found(*sentences: str) -> list[tuple[str, str]]:
    text = "---\ntype: article\n---\n\n# Zinc drops\n\n" + "\n\n".join(sentences) + "\n"
    source = Source("drops.md", text, "markdown")
    site = Site.of([], Settings(today=date(2026, 1, 1)), RULES.data)
    reading = understand(parse(source), RULES.data)
    found = check(reading, RULES, site, Selection(select=("claim/deficiency-inference",))).findings
    return [(source.excerpt(one.span), one.severity) for one in found]


@pytest.mark.parametrize("boast", BOASTS)
def test_one_kind_of_claim_makes_no_boasting_page(boast):
    assert _found(boast, LOOSE) == []


def test_on_a_boasting_page_looser_words_count():
    assert _found(*BOASTS[:2], LOOSE) == [("Zinc is gone, and your", "warning")]
    assert _found(*BOASTS[1:], LOOSE) == [("Zinc is gone, and your", "warning")]


def test_claims_that_are_denied_or_quoted_are_no_boasts():
    denied = ["No herb never fails.", "It is a myth that it has no side effects."]
    assert _found(*denied, LOOSE) == []
    asked = "Do herbs have no side effects? Hardly."
    assert _found('"It never fails", says the label.', asked, LOOSE) == []


def test_hedged_words_do_not_count_even_there():
    assert _found(*BOASTS, "Zinc is gone, perhaps, and your nose runs.") == []


def test_what_rules_surely_find_are_boasts_too():
    cures = "Turmeric cures arthritis."
    assert _found(cures, LOOSE) == []
    assert _found(cures, "Bloating is really just a gut problem.", LOOSE) == [
        ("Zinc is gone, and your", "warning")
    ]
    hedged = "Turmeric may cure arthritis."
    assert _found(hedged, "It never fails.", LOOSE) == []
