"""When a page sends its reader to care: sections, mentions, what is neither, and what is hollow."""

from __future__ import annotations

import pytest

from cramplint.model import Article, RedFlags, Source
from cramplint.parse import parse
from cramplint.understand.safety import is_red_flag, red_flags
from cramplint.understand.sentences import sentences
from cramplint.understand.zones import pairs

INTRO = "# Sore calves\n\nMost sore calves settle in a few days with rest and a warm bath.\n\n"


def read(text: str, name: str = "page.md") -> tuple[Article, RedFlags]:
    article = parse(Source(name, text, "text" if name.endswith(".txt") else "markdown"))
    return article, red_flags(article, tuple(sentences(article)), tuple(pairs(article)))


SECTIONS = cases("red-flag-sections")


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_names_signs_under_a_lead(name):
    text = SECTIONS[name]
    _, found = read(
        text if name == "scraped text" else INTRO + text,
        "page.txt" if name == "scraped text" else "page.md",
    )
    assert found.level == "section"
    assert found.hollow == ()


MENTIONS = cases("red-flag-mentions")


@pytest.mark.parametrize("name", MENTIONS)
def test_a_sentence_that_sends_the_reader_for_a_sign_is_a_mention(name):
    _, found = read(INTRO + MENTIONS[name] + "\n")
    assert found.level == "mention", found
    assert found.hollow == ()


def test_one_answer_of_a_faq_is_a_mention():
    text = "## Questions\n\n### When should I see a doctor?\n\nIf cramps are severe or come with numbness.\n\n### Is it common?\n\nYes, very.\n"
    article, found = read(INTRO + text)
    assert found.level == "mention"
    assert found.adequate
    (span,) = found.mentions
    assert article.words(span).startswith("When should I see a doctor? If cramps are severe")


NEITHER = cases("no-red-flags")


@pytest.mark.parametrize("name", NEITHER)
def test_what_is_no_advice_to_seek_care(name):
    text = (
        "# When to see a doctor\n\nRest helps.\n"
        if name == "title only"
        else INTRO + NEITHER[name] + "\n"
    )
    _, found = read("" if name == "empty" else text)
    assert (found.level, found.hollow) == ("none", ()), found


HOLLOW = {
    "lead-in before prose": (
        "Red flags include:",
        "Red flags include:\n\nMuscles need minerals to relax properly.\n",
    ),
    "lead-in before a heading": (
        "See a doctor if you have:",
        "See a doctor if you have:\n\n## Causes\n\nMany.\n",
    ),
    "lead-in at the end": ("Call 911 if:", "Call 911 if:\n"),
    "heading before a heading": ("Red flags", "## Red flags\n\n## Causes\n\nMany.\n"),
    "heading at the end": ("When to see a doctor", "## When to see a doctor\n"),
    "heading over other prose": (
        "Warning signs",
        "## Warning signs\n\nMagnesium is found in nuts, seeds and leafy greens.\n\n## Causes\n\nMany.\n",
    ),
    "card heading": ("See a GP if:", "## See a GP if:\n\n## Treatment\n\nRest.\n"),
    "lead-in inside its section": (
        "See your doctor if you have:",
        "## When to see a doctor\n\nSee your doctor if you have:\n\n## Causes\n\nMany.\n",
    ),
    "two lead-ins": ("Call 999 if:", "Call 999 if:\n\nSee a GP if:\n\n- it lasts a week\n"),
}


@pytest.mark.parametrize("name", HOLLOW)
def test_a_lead_whose_signs_are_lost_is_hollow(name):
    lead, text = HOLLOW[name]
    article, found = read(INTRO + text)
    assert [article.words(span).lstrip("# ") for span in found.hollow] == [lead]


NOT_HOLLOW = {
    "points to another page": "## When to see a doctor\n\nRead [our page on leg pain](/leg-pain).\n",
    "signs in the heading": "## Call 999 if someone has chest pain\n\n## Causes\n\nMany.\n",
    "tiers below": "## When to get help\n\n### Call 911 if\n\n- you faint\n",
    "lists lost their bullets": "See a doctor if you have:\n\nnumb toes\n\na fever\n\n## Causes\n\nMany.\n",
    "same heading again": "## When to see a doctor\n\n## Causes\n\nMany.\n\n## When to see a doctor\n\n- Fever\n",
    "code": "See a doctor if:\n\n```\nfever\n```\n",
    "other lost list": "Magnesium helps to:\n\nNuts hold a lot of it.\n",
}


@pytest.mark.parametrize("name", NOT_HOLLOW)
def test_what_is_not_hollow(name):
    _, found = read(INTRO + NOT_HOLLOW[name])
    assert found.hollow == ()


@pytest.mark.parametrize(
    ("text", "adequate"),
    [
        ("## See a GP if:\n\n- you have a fever\n- the calf swells\n", True),
        ("If you feel unwell or notice side effects, speak to your GP.\n", False),
        ("Numbness with weakness needs to be checked by a doctor.\n", True),
        ("", False),
    ],
)
def test_adequate_is_signs_and_whom_to_turn_to(text, adequate):
    assert read(INTRO + text)[1].adequate is adequate


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Red flags include:", True),
        ("Call 999 if the person:", True),
        ("When to see a doctor", True),
        ("**Seek medical help if:**", True),
        ("Magnesium helps to:", False),
        ("Warning signs of low magnesium include:", False),
        ("Your GP may check for:", False),
        ("", False),
    ],
)
def test_a_line_that_announces_red_flags(text, says):
    assert is_red_flag(text) is says


def test_spans_lie_in_the_text_and_in_order():
    cards = "\n".join(SECTIONS[n] for n in ("nhs card", "999 card", "red flags"))
    text = INTRO + MENTIONS["gp"] + "\n\n" + cards
    article, found = read(text)
    for spans in (found.sections, found.mentions, found.hollow):
        assert list(spans) == sorted(spans)
        assert all(0 <= s.start < s.end <= len(article.source.text) for s in spans)
    assert len(found.sections) == 3
    assert len(found.mentions) == 1
