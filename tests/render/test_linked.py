"""What a page says of itself in the words of schema.org."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cramplint.meaning import Pair
from cramplint.model import Span
from cramplint.render.body import Neighbour, Place
from cramplint.render.facts import facts
from cramplint.render.linked import Step, graph, script
from cramplint.render.page import page

TEXT = """---
title: Leg cramps
description: What helps.
topics: [leg_cramps]
authors: [{name: Ann Lee, credentials: RN, url: "https://e.org/ann"}, {name: The editors}]
reviewed_by: {name: Dr Cy, credentials: MD}
created: 2026-01-02
last_reviewed: 2026-02-03
references: [{title: A review, year: 2020, url: "https://e.org/r"}, A book]
---

Lead.

## Is it bad?

No, it *passes*.
"""
PLACE = Place("legs/cramps.html", "https://h.org/site/legs/cramps.html", "Well")
TRAIL = (Step("Well", "https://h.org/site/"), Step("Leg cramps", PLACE.url))


@pytest.fixture
def told(read, make):
    def run(text=TEXT, place=PLACE, related=(), trail=TRAIL, pairs=(), **known):
        reading, body = read(text, **known), make(text, pairs=pairs)
        return {
            one["@type"]: one
            for one in graph(body, facts(reading), place, related, trail)["@graph"]
        }

    return run


def pair(text, question, answer):
    at = text.index(answer)
    start = text.index(question)
    return Pair(Span(start, start + len(question)), Span(at, at + len(answer)))


def test_a_page_says_what_its_front_matter_states(told):
    said = told(related=(Neighbour("sleep", "Sleep", "../sleep.html"),))["MedicalWebPage"]
    assert said == {
        "@type": "MedicalWebPage",
        "@id": f"{PLACE.url}#Page",
        "url": PLACE.url,
        "name": "Leg cramps",
        "description": "What helps.",
        "inLanguage": "en",
        "datePublished": "2026-01-02",
        "lastReviewed": "2026-02-03",
        "author": [
            {"@type": "Person", "name": "Ann Lee", "description": "RN", "url": "https://e.org/ann"},
            {"@type": "Organization", "name": "The editors"},
        ],
        "reviewedBy": [{"@type": "Person", "name": "Dr Cy", "description": "MD"}],
        "keywords": ["leg_cramps"],
        "citation": [
            {"@type": "CreativeWork", "name": "A review. 2020", "url": "https://e.org/r"},
            {"@type": "CreativeWork", "name": "A book"},
        ],
        "isPartOf": {"@type": "WebSite", "name": "Well", "url": "https://h.org/site/"},
        "breadcrumb": {"@id": f"{PLACE.url}#Page-trail"},
        "relatedLink": ["https://h.org/site/sleep.html"],
    }


def test_nothing_is_said_that_is_not_stated(told):
    bare = "# Leg cramps\n\nThey hurt.\n"
    nowhere = Place("t.html", "", "")
    said = told(bare, nowhere, trail=[Step("All articles", "")], topics=("leg-cramps",))
    assert set(said) == {"MedicalWebPage", "BreadcrumbList"}
    assert set(said["MedicalWebPage"]) == {
        *("@type", "@id", "name", "description", "inLanguage", "breadcrumb"),
    }
    assert "MedicalWebPage" not in told(bare, nowhere, health=False)


@pytest.mark.parametrize("nobody", ["pending", "TBD", "to be confirmed", "[]"])
def test_a_reviewer_who_is_nobody_is_not_named(told, nobody):
    text = TEXT.replace("{name: Dr Cy, credentials: MD}", nobody)
    assert "reviewedBy" not in told(text)["MedicalWebPage"]


def test_the_trail_is_numbered(told):
    crumbs = told()["BreadcrumbList"]["itemListElement"]
    assert [(c["position"], c["name"], c["item"]) for c in crumbs] == [
        (1, "Well", "https://h.org/site/"),
        (2, "Leg cramps", PLACE.url),
    ]


def test_questions_are_listed_with_their_answers(told):
    said = told(pairs=(pair(TEXT, "## Is it bad?", "No, it *passes*."),))["FAQPage"]
    (one,) = said["mainEntity"]
    assert one["name"] == "Is it bad?"
    assert one["acceptedAnswer"] == {"@type": "Answer", "text": "No, it passes."}


@pytest.mark.parametrize("question", ["?", "Why?", "It is bad", "Questions"])
def test_what_is_no_whole_question_is_not_listed(told, question):
    text = TEXT.replace("Is it bad?", question)
    assert "FAQPage" not in told(text, pairs=(pair(text, question, "No, it *passes*."),))


def test_a_question_without_an_answer_is_not_listed(told):
    at = len(TEXT)
    start = TEXT.index("## Is")
    pairs = (Pair(Span(start, start + 13), Span(at, at)),)
    assert "FAQPage" not in told(pairs=pairs)


class Scripts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside, self.found = False, []

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "script"
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, data):
        if self.inside:
            self.found[-1] += data


JSON = st.recursive(
    st.one_of(st.text(), st.sampled_from(["</script>", "<!--", "]]>", "\u2028", "&lt;"])),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@given(JSON)
@example("</script><script>alert(1)</script><!-- ]]> \u2028\u2029")
def test_any_value_stays_inside_its_script(value):
    made = script(value)
    assert json.loads(made) == value
    assert made.isascii()
    assert not set("<>&") & set(made)
    parser = Scripts()
    parser.feed(f"<script>{made}</script>")
    assert parser.found == [made]


def test_the_page_holds_the_graph_and_no_other_script(read, make):
    text = TEXT.replace("Leg cramps", "'</script><script>alert(1)</script>'", 1)
    html = page(make(text), facts(read(text)), PLACE, ())
    parser = Scripts()
    parser.feed(html)
    (held,) = parser.found
    assert json.loads(held)["@graph"][0]["name"] == "</script><script>alert(1)</script>"
