"""Who answers for a page, and from when it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.days import day_of, iso
from cramplint.meaning import Credits
from cramplint.model import Source
from cramplint.parse import parse
from cramplint.rules import Tables, folder
from cramplint.understand import understand

DATA = Tables(folder() / "data")
BODY = "\n\nMost cramps pass by themselves. Stretching helps some people.\n"


def found(text: str, name: str = "page.md") -> Credits:
    return understand(
        parse(Source(name, text, "text" if name.endswith(".txt") else "markdown")), DATA
    ).credits


def people(text: str, name: str = "page.md") -> list[tuple[str, str, str]]:
    return [(c.role, c.name, c.credentials) for c in found(text, name).people]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ana Ruiz, RN", ("author", "Ana Ruiz", "RN")),
        ("By Ana Ruiz RN", ("author", "Ana Ruiz", "RN")),
        ("*By Pat Lane, N.D.*", ("author", "Pat Lane", "N.D.")),
        ("Written by Ana Ruiz | Updated 3 March 2024", ("author", "Ana Ruiz", "")),
        ("By Eric Van Dam, MD January 03, 2011", ("author", "Eric Van Dam", "MD")),
        ("Author: Ana Ruiz, leg clinic nurse", ("author", "Ana Ruiz", "leg clinic nurse")),
        ("By Mayo Clinic Staff", ("author", "Mayo Clinic Staff", "")),
        (
            "Written by HealthInfo clinical advisers.",
            ("author", "HealthInfo clinical advisers", ""),
        ),
        ("This leaflet was written by the leg clinic team.", ("author", "leg clinic team", "")),
        (
            "Medically reviewed by Sam Oke, MRPharmS, on 3 March 2024",
            ("reviewer", "Sam Oke", "MRPharmS"),
        ),
        ("**Reviewed by:** Sam Oke (pharmacist)", ("reviewer", "Sam Oke", "pharmacist")),
        ("Medical reviewer: Dr Sam Oke, GP", ("reviewer", "Dr Sam Oke", "GP")),
    ],
)
def test_a_line_credits_somebody(line: str, expected: tuple[str, str, str]) -> None:
    assert people(f"# Cramps{BODY.rstrip()}\n\n{line}\n") == [expected]
    assert people(f"# Cramps\n\n{line}{BODY}") == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "By restoring your sleep, cramps pass.",
        "By 2025 most people will know.",
        "A book written by Ana Ruiz tells more, and I have read all of it twice since then, with great care.",
        "Reviewed by",
        "© 2025 Ana Ruiz",
        "The cream is used by Ana.",
    ],
)
def test_other_lines_credit_nobody(line: str) -> None:
    assert found(f"# Cramps\n\n{line}{BODY}").people == ()


def test_the_front_matter_goes_before_the_text() -> None:
    text = "---\nauthors: [{name: Lee Park, credentials: RN}]\n---\n# T\n\nBy Ana Ruiz" + BODY
    assert people(text) == [("author", "Lee Park", "RN")]
    text = "---\nauthor: Lee Park\npublisher: Leg Trust\nreviewer: Pending clinical review\n---\nx"
    credits = found(text)
    assert [(c.name, c.organisation) for c in credits.people] == [
        ("Lee Park", False),
        ("Leg Trust", True),
    ]
    assert credits.unreviewed is not None


def test_a_note_on_the_author_names_the_author() -> None:
    text = f"# T{BODY}{BODY}{BODY}\nPam Lane, N.D., studied natural health at a school.\n"
    assert people(text) == [("author", "Pam Lane", "N.D.")]


@pytest.mark.parametrize(
    ("line", "name", "day"),
    [
        ("Page last reviewed: 3 March 2024", "last_reviewed", date(2024, 3, 3)),
        ("Next review due: March 2027", "next_review", date(2027, 3, 1)),
        ("Last updated on March 3rd, 2024", "updated", date(2024, 3, 3)),
        ("Medically reviewed by Sam Oke, RN, on 3 March 2024", "last_reviewed", date(2024, 3, 3)),
        ("Published 2024-03-03", "created", date(2024, 3, 3)),
        ("Posted by on April 15, 2016 1:24 pm", "created", date(2016, 4, 15)),
        ("Thursday, 29 November 2012", "created", date(2012, 11, 29)),
        ("Page last updated 2024", "updated", date(2024, 1, 1)),
    ],
)
def test_a_line_gives_the_date_of_the_page(line: str, name: str, day: date) -> None:
    dates = found(f"# Cramps\n\n{line}{BODY}").dates
    assert [(d.name, d.day) for d in dates] == [(name, day)]


@pytest.mark.parametrize(
    "line",
    [
        "© 2025 Leg Pages",
        "A trial published in 2019 found little.",
        "The guideline was last updated in March 2012.",
        "Page last reviewed:",
        "In 2024 we walked.",
    ],
)
def test_other_dates_are_not_the_page_s(line: str) -> None:
    assert found(f"# Cramps\n\n{line}{BODY}").dates == ()


@pytest.mark.parametrize(
    ("text", "day", "said"),
    [
        ("2024-02-30", None, ""),
        ("2024-02", date(2024, 2, 1), "2024-02"),
        ("5 Sept 2023", date(2023, 9, 5), "2023-09-05"),
        ("March 2024", date(2024, 3, 1), "2024-03"),
        ("2024", date(2024, 1, 1), "2024"),
        ("03/04/2024", date(2024, 3, 4), "2024-03-04"),
        ("25/12/2023", date(2023, 12, 25), "2023-12-25"),
        ("soon", None, ""),
    ],
)
def test_days_are_read_as_written(text: str, day: date | None, said: str) -> None:
    assert day_of(text) == day
    assert iso(text) == said


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_words_and_figures(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%A, %d %b %Y"):
        assert day_of(day.strftime(form)) == day


@given(st.text("By reviwd|,.()-\n1A", max_size=80))
def test_places_lie_in_the_text(text: str) -> None:
    credits = found(text)
    for span in (*(c.span for c in credits.people), *(d.span for d in credits.dates)):
        assert 0 <= span.start < span.end <= len(text)


def test_interests_and_an_open_word_on_review_are_found() -> None:
    credits = found("No clinician has reviewed this page yet.\n\nWe earn a commission on sales.\n")
    assert credits.unreviewed
    assert credits.interests
    assert not found("This tea makes you feel better. A doctor reviewed it.").interests


@pytest.mark.parametrize(
    ("entry", "credentials"),
    [
        ("{name: Ana Ruiz, health coach}", "health coach"),
        ("{name: Ana Ruiz, N.D.}", "N.D."),
        ("{name: Ana Ruiz, credentials: RN, url: }", "RN"),
        ("{name: Ana Ruiz, mum of three}", ""),
        ("{name: Ana Ruiz, 5: , null: }", ""),
    ],
)
def test_what_follows_a_comma_in_the_front_matter_is_a_title(entry, credentials):
    text = f"---\ntitle: Cramps\nauthors:\n  - {entry}\n---{BODY}"
    assert people(text) == [("author", "Ana Ruiz", credentials)]
