"""What turns the sense of a claim, and what only looks as if it did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.guards import guards_at
from cramplint.model import Source, Span
from cramplint.parse import parse
from cramplint.understand.sentences import sentences

HIT = "cures cramps"


def _guards(text, hit=HIT, kind="markdown"):
    article = parse(Source("a.md" if kind == "markdown" else "a.txt", text, kind))
    start = article.prose.index(hit)
    span = Span(start, start + len(hit))
    own = next(s for s in sentences(article) if s.span.holds(span))
    return guards_at(article, own, span)


@pytest.mark.parametrize(
    "text",
    [
        "There is no evidence that tea cures cramps.",
        "Tea never cures cramps.",
        "No tea is known that cures cramps.",
        "It does **not** mean that tea cures cramps.",
        "Nobody has shown that tea\ncures cramps.",
        "I tried one tea after the other to find any that cures cramps.",
        "He was hoping for something that cures cramps.",
        "That tea cures cramps is a myth.",
        "Tea cures cramps: this has never been shown.",
        "Tea cures cramps, but there is no good evidence for it.",
        "Tea cures cramps. That is not true.",
        "Tea cures cramps. There is no evidence for this.",
        "## Tea cures cramps\n\nFalse. It only tastes nice.",
        "Be wary of a page that says: the tea cures cramps.",
        "Do not fall for it; no tea cures cramps, and nothing else does.",
        "Myth: tea cures cramps.\n\nFact: it does not.",
        "**Myth 2:** Tea cures cramps.",
        "# Teas\n\n## Common myths\n\n- Tea cures cramps",
        "# Teas\n\nClaims to be wary of:\n\n- one cup cures cramps\n",
        "# Teas\n\n## Warning signs of a scam\n\n- The seller's tea cures cramps and colds",
        "# Five detox myths\n\n## Tea cures cramps\n\nIt warms you, and that is all.",
        "# Teas\n\n| Myth | Fact |\n|---|---|\n| Tea cures cramps | It does not |\n",
    ],
)
def test_denied(text):
    assert "negated" in _guards(text)


@pytest.mark.parametrize(
    "text",
    [
        "No drugs, no doctors: this tea cures cramps.",
        "Stretching does not last, but tea cures cramps.",
        "It has no side effects and it cures cramps.",
        "With no side effects and no fuss - it cures cramps.",
        "If you are not sleeping, tea cures cramps.",
        "Not only does it taste nice, tea cures cramps.",
        "Without magnesium, muscles ache; tea cures cramps.",
        "Without pills or doctors, tea cures cramps.",
        "You won't believe how fast tea cures cramps.",
        "Do not worry. Tea cures cramps.",
        "I tried everything, until I found that tea cures cramps.",
        "Most say it is a myth, but the truth is that tea cures cramps.",
        "Myth: cramps are normal.\n\nFact: tea cures cramps.",
        "## Common myths\n\n- Cramps are normal\n- Fact: tea cures cramps",
        "# Tea\n\n## What to know\n\n- Tea cures cramps",
        "| Truth | Myth |\n|---|---|\n| Tea cures cramps | Cramps are normal |\n",
        "Tea cures cramps. It is not hard to make.",
    ],
)
def test_not_denied(text):
    assert "negated" not in _guards(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sellers say their tea cures cramps.",
        "The FDA warned a company whose label said its tea cures cramps.",
        "Some people swear that tea cures cramps.",
        "You may have read that tea cures cramps.",
        "It is often advertised as a tea that cures cramps.",
        "According to folklore, tea cures cramps.",
    ],
)
def test_said_by_others(text):
    assert "attributed" in _guards(text)


@pytest.mark.parametrize(
    "text",
    [
        "We promise that our tea cures cramps.",
        "According to new research, tea cures cramps.",
        "An FDA-registered tea that cures cramps.",
        "Tea cures cramps, as sellers say.",
    ],
)
def test_said_by_the_page(text):
    assert "attributed" not in _guards(text)


@pytest.mark.parametrize(
    "text",
    [
        'The label says "it cures cramps" in red.',
        "The label: “It is easy. It cures cramps. Try it.”",
        "“It was hard.\n\n“Then I found that tea cures cramps.”",
        "The advert reads ‘it cures cramps’.",
        "> She told me that tea cures cramps.",
    ],
)
def test_quoted(text):
    assert "quoted" in _guards(text)


@pytest.mark.parametrize(
    "text",
    [
        "She said “yes”. Tea cures cramps.",
        "It's the players’ tea that cures cramps, and it isn’t dear.",
        '"Yes," she said. Tea cures cramps.',
        'A 5" pot of tea cures cramps.',
        "> **Tip:** tea cures cramps.",
    ],
)
def test_not_quoted(text):
    assert "quoted" not in _guards(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("## Is it true that tea cures cramps?", True),
        ("## Do we know that tea cures cramps", True),
        ("## Tea cures cramps", False),
        ("Ready for a tea that cures cramps?", False),
        ("What if one tea cures cramps?", False),
        ("How to tell whether tea cures cramps.", True),
    ],
)
def test_questions(text, asked):
    assert ("question" in _guards(text)) is asked


def test_a_title_between_the_marks_of_yaml_is_no_quotation():
    text = '---\ntitle: "Tea cures cramps"\n---\n\nTea.\n'
    article = parse(Source("a.md", text, "markdown"))
    line = Span(text.index(' "Tea'), text.index("\n---\n\n"))
    at = text.index(HIT)
    own = next(iter(sentences(article)))._replace(span=line)
    assert guards_at(article, own, Span(at, at + len(HIT))) == frozenset()


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("In 1930 a tea that cures cramps was sold.", True),
        ("Tea was once thought to be a drink that cures cramps.", True),
        ("Traditionally told as a tea that cures cramps.", True),
        ("Used for centuries, tea cures cramps.", False),
    ],
)
def test_the_past(text, past):
    assert ("past" in _guards(text)) is past


def test_a_link_that_is_the_whole_line_is_a_title():
    assert "linked" in _guards("- [Why tea cures cramps](https://example.org/tea)")
    assert "linked" not in _guards(
        "A cup of warm tea at night cures cramps, as [one page](https://example.org) says."
    )


@given(st.text(st.sampled_from("a “”‘’\"'\n-#>|.?:,")), st.text(st.sampled_from('a ”’"\n-|.?')))
def test_any_surroundings_are_read(before, after):
    article = parse(Source("a.md", f"{before} {HIT} {after}", "markdown"))
    for sentence in sentences(article):
        at = article.prose.find(HIT, *sentence.span)
        if at >= 0:
            guards_at(article, sentence, Span(at, at + len(HIT)))
