"""What a page rests on: sources, what cites them, how they are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.meaning import Evidence
from cramplint.model import Source
from cramplint.parse import parse
from cramplint.rules import Tables, folder
from cramplint.understand import understand

DATA = Tables(folder() / "data")


def found(text: str, name: str = "page.md") -> Evidence:
    return understand(
        parse(Source(name, text, "text" if name.endswith(".txt") else "markdown")), DATA
    ).evidence


def listed(text: str, name: str = "page.md") -> list[tuple[str, str]]:
    return [(r.kind, r.label) for r in found(text, name).references]


@pytest.mark.parametrize(
    ("text", "name", "kinds"),
    [
        ("Rest helps.[^a]\n\n[^a]: NHS, 2023.\n", "a.md", [("footnote", "a")]),
        ("Rest [1].\n\n## References\n\n1. NHS leg cramps page\n", "a.md", [("entry", "1")]),
        ("# T\n\nx\n\n## Sources\n\n- NHS leg cramps page\n", "a.md", [("entry", "")]),
        ("T\nRest [1].\n\nReferences\n[1] NHS leg cramps page\n", "a.txt", [("entry", "1")]),
        (
            "Rest [1].\n\n[1] NHS leg cramps page\n[2] CDC on rest\n",
            "a.md",
            [("entry", "1"), ("entry", "2")],
        ),
        (
            "Rest [1].\n\n1. Example body. 2020.\n2. Another body. 2021.\n",
            "a.md",
            [("entry", "1"), ("entry", "2")],
        ),
        ("Rest helps.\n\nSource: NHS, 2023\n", "a.md", [("entry", "")]),
        ("See [the NHS](https://www.nhs.uk/x).", "a.md", [("link", "")]),
        ("See https://www.nhs.uk/x for more.", "a.txt", [("link", "")]),
        ("Rest helps (Rai et al., 2017).", "a.md", [("mention", "")]),
        (
            "---\nreferences:\n  - {title: A, url: https://who.int/a}\n---\nx",
            "a.md",
            [("stated", "")],
        ),
    ],
)
def test_a_source_is_known_in_each_of_its_forms(
    text: str, name: str, kinds: list[tuple[str, str]]
) -> None:
    assert listed(text, name) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Rest [sic] and bicyclo[2.2.1] and [18]F helps.",
        "- [ ] call\n- [x] walk\n",
        "[Our page](/a), ![a](https://x.org/a.png), [mail](mailto:a@b.org), [top](#t).",
        "[Find a clinic](https://www.nhs.uk/find).",
        "A trial in March 2019 (May 2019) did not help.",
        "1. Stand up\n2. Walk for 2019 steps\n",
    ],
)
def test_what_cites_nothing_is_no_source(text: str) -> None:
    assert found(text).references == ()
    assert all(m.loose for m in found(text).markers)


def test_a_link_to_a_shop_or_home_is_no_source() -> None:
    text = "---\ncanonical: https://leg.org/a\n---\n[a](https://leg.org/b) [c](https://www.amazon.com/d)"
    assert found(text).sources == ()


def test_a_link_to_the_same_folders_is_to_ones_own_site() -> None:
    own = (
        "[A cold](/conditions/cold) or [measles](http://www.nhs.uk/Conditions/measles/page.aspx).\n"
    )
    assert listed(own) == []
    other = "[A cold](/conditions/cold) or [measles](http://www.nhs.uk/vaccines/measles).\n"
    assert listed(other) == [("link", "")]


def test_marks_name_the_entries_that_they_cite() -> None:
    text = "A [1], b [2, 5-7], c.[^Note] D [8][9].\n\n[^note]: NHS leg cramps.\n"
    labels = [m.labels for m in found(text).markers]
    assert labels == [("1",), ("2", "5", "6", "7"), ("note",), ("8",), ("9",)]


def test_one_address_counts_once_and_the_front_matter_repeats_the_list() -> None:
    link = "[a](https://who.int/a)"
    assert found(f"{link} and {link}").count == 1
    text = (
        "---\nreferences: [A of 2020, B of 2021]\n---\nx [1]\n\n## References\n\n1. A of the year\n"
    )
    assert found(text).count == 2


@pytest.mark.parametrize(
    ("entry", "year"),
    [
        ("Rai A. Leg cramps. BMJ 2015;351:h5153.", 2015),
        ("NHS. Leg cramps, 2019. Accessed 4 May 2024.", 2019),
        ("Leg cramps. https://x.org/2022/03/a", None),
    ],
)
def test_the_year_is_that_of_the_source(entry: str, year: int | None) -> None:
    assert found(f"x\n\n## References\n\n- {entry}\n").newest == year


@given(st.text("[]()^1a. \n#-:", max_size=60), st.sampled_from(["a.md", "a.txt"]))
def test_places_lie_in_the_text(text: str, name: str) -> None:
    evidence = found(text, name)
    for span in (*(r.span for r in evidence.references), *(m.span for m in evidence.markers)):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("It helps [3].", True),
        ("It helps.[3] ", True),
        ("It helps (Rai, 2017).", True),
        ("A 2020 Cochrane review found so.", True),
        ("The AAFP (2012) says so.", True),
        ("See doi 10.1002/abc.", True),
        ("It fell by half (Am J Obstet Gynecol, 1998; 179: 444-52).", True),
        ("It fell by half, BMJ 1999;318(7195):1375-81.", True),
        ("We met in June 1998; 179: the room.", False),
        ("The NHS says so.", False),
        ("It was found in 2020 (May 2020).", False),
        ("Write to [us](mailto:a@b.org).", False),
        ("See [the trial](https://x.org/a).", True),
    ],
)
def test_a_sentence_knows_whether_it_names_its_source(sentence: str, cited: bool) -> None:
    reading = understand(parse(Source("a.md", sentence, "markdown")), DATA)
    assert ("cited" in reading.sentences[0].guards) == cited
