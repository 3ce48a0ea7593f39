"""The country that a page's own words tell of, and the numbers it has its readers call."""

from __future__ import annotations

import pytest

from cramplint.check import VOCABULARY, Selection, check
from cramplint.meaning import Reading
from cramplint.model import Settings, Source
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.rules import Tables, folder, load
from cramplint.site import Site
from cramplint.understand import understand
from cramplint.understand.country import ELSEWHERE, calls, country

DATA = Tables(folder() / "data")
TABLE = DATA["red_flags"]["numbers"]


def read(text: str) -> Reading:
    return understand(parse(Source("page.md", text, "markdown")), DATA)


def lives(text: str) -> str:
    reading = read(text)
    return country(reading, list(calls(reading)), TABLE)


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("gb", "Ask your GP. Call 999 or go to A&E if your chest hurts."),
        ("gb", "Call NHS 111 if you are worried, and 999 if you cannot breathe."),
        ("gb", "Call 999 if you faint. Read [more](https://www.nhs.uk/fainting)."),
        ("gb", "See your GP or go to A&E. The NHS can help. Dial 911 if your chest hurts."),
        ("ie", "The HSE asks you to call your GP. Dial 112 or 999 in an emergency."),
        ("au", "Call triple zero (000), or Lifeline on 13 11 14."),
        ("au", "Call 000 for an ambulance. Your GP can see children with diarrhoea."),
        ("nz", "Call 111 for an ambulance. Healthline is there day and night."),
        ("nz", "Ring 111 for an ambulance if the tumour bleeds."),
        ("ca", "Call 9-1-1 if your chest hurts, or 8-1-1 to talk to a nurse in Alberta."),
        ("us", "Call 911 or go to the ER. The CDC has more on diarrhea."),
        ("us", "Call 911 if your chest hurts. A paediatrician can see your child."),
        ("us", "The NHS has a page on this, too. Call 911 if your chest hurts."),
        ("gb", "Call 999 if your chest hurts."),
        ("au", "Call triple zero if your chest hurts."),
        ("nz", "Call 111 for an ambulance if your chest hurts."),
        (ELSEWHERE, "Call 999 if your chest hurts. Dial 911 if you faint."),
        (ELSEWHERE, "Dial 999 if your chest hurts. Ask a physician about fiber."),
        (ELSEWHERE, "Rest helps."),
    ],
)
def test_the_country_of_a_page(where, text):
    assert lives(f"# Chest pain\n\n{text}\n") == where


def flagged(text: str, **settings: str) -> list[str]:
    article = parse(Source("page.md", text, "markdown"))
    rules = load(VOCABULARY)
    site = Site.of([page_of(article)], Settings(**settings), rules.data)
    found = check(understand(article, rules.data), rules, site, Selection()).findings
    return [article.source.excerpt(f.span) for f in found if f.rule == "redflag/number-locale"]


BRITISH = "# Chest pain\n\nSee your GP about chest pain.\n\nCall {} or go to A&E if you faint.\n"


def test_an_unset_locale_is_read_off_the_page():
    assert flagged(BRITISH.format(999)) == []
    american = "# Chest pain\n\nAsk a physician about chest pain.\n\nCall 999 if you faint.\n"
    assert flagged(american) == ["999"]


def test_a_locale_that_is_set_wins():
    assert flagged(BRITISH.format(999), locale="us") == ["999"]
    assert flagged("---\ntitle: Chest pain\nlocale: us\n---\n" + BRITISH.format(999)) == ["999"]
    assert flagged(BRITISH.format(911), locale="us") == []
    assert flagged(BRITISH.format(911), locale="gb") == ["911"]


def test_a_number_in_the_disclaimer_excuses_none_elsewhere():
    text = "# Chest pain\n\n## Call 999 if you have chest pain\n\n- and you faint\n\n"
    text += "This page is for general information only and is no substitute for medical advice."
    assert flagged(text + " In an emergency call 911.\n", locale="us") == ["999"]
    assert flagged(text + "\n\n## Help\n\nCall 911 if your arm hurts.\n", locale="us") == []


def test_an_advice_line_is_no_emergency_number():
    assert flagged("# Chest pain\n\nIn an emergency call 111.\n", locale="gb") == ["111"]
    assert (
        flagged("# Clots\n\nCall 111 about clots, which can be life-threatening.\n", locale="gb")
        == []
    )
