"""The front matter: whatever stands in it is judged where it stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.check import VOCABULARY, Selection, check
from cramplint.model import Settings, Source
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.rules import RuleSet, Tables, folder, page
from cramplint.site import Site
from cramplint.understand import understand

DATA = Tables(folder() / "data")
IDS = ("metadata/front-matter", "metadata/duplicate", "links/related-broken")
RULES = RuleSet({i: page(folder() / f"{i}.md", folder(), VOCABULARY) for i in IDS}, DATA)
KEYS = [
    "title",
    "description",
    "slug",
    "lang",
    "locale",
    "type",
    "topics",
    "authors",
    "reviewed_by",
    "created",
    "updated",
    "last_reviewed",
    "next_review",
    "disclaimer",
    "related",
    "aliases",
    "references",
    "funding",
    "draft",
    "cramplint",
    "other",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab-2 :/é", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "title", "url", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def found(text, profile="writer", name="a.md", rule="metadata/front-matter"):
    """(severity, flagged text) of the findings of one rule in an article alone."""
    article = parse(Source(name, text, "text" if name.endswith(".txt") else "markdown"))
    site = Site.of([page_of(article)], Settings(), DATA)
    selection = Selection(select=(rule,), profile=profile)
    findings = check(understand(article, DATA), RULES, site, selection).findings
    return [(f.severity, article.source.excerpt(f.span)) for f in findings]


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=6))
def test_any_value_is_judged_at_its_key(data):
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in data.items())
    for _, flagged in found(f"---\n{lines}---\nText.\n"):
        assert flagged == "---" or flagged in data
    found(f"---\n{lines}---\nText.\n", rule="metadata/duplicate")
    found(f"---\n{lines}---\nText.\n", rule="links/related-broken")


@pytest.mark.parametrize(
    ("profile", "severity"), [("writer", "warning"), ("strict", "error"), ("import", "warning")]
)
def test_the_profile_says_how_bad_it_is(profile, severity):
    assert found("---\ntitle: 5\ndescription: x\n---\n", profile) == [(severity, "title")]
    assert found("Text.\n", profile) == [(severity, "Text.")]
    assert found("Text.\n", profile, "a.txt") == [("note", "Text.")]


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("created: 2024-02-29", True),
        ("created: 2023-02-29", False),
        ("created: 20240229", False),
        ("created: 2024-2-9", False),
        ("created: 2024-W09-4", False),
        ("created: 2024-02-29 10:30", True),
        ("created: 29 February 2024", False),
        ("slug: night-cramps-2", True),
        ("slug: -night", False),
        ("slug: ../night", False),
        ("slug: nächte", False),
        (f"slug: {'a' * 80}", True),
        (f"slug: {'a' * 81}", False),
        ("lang: pt-BR", True),
        ("lang: EN", False),
        ("locale: gb", True),
        ("locale: GB", False),
        ("authors: [{name: Ana}, {name: Sam, url: https://example.org}]", True),
        ("authors: [Ana]", False),
        ("authors: []", False),
        ("authors: {name: Ana, credentials: [RN]}", False),
        ("references: [{title: A}, {url: https://example.org}, B]", True),
        ("references: [{year: 2020}]", False),
        ("draft: false", True),
        ("draft: yes", False),
        ("topics: []", True),
        ("topics: [leg-cramps, 5]", False),
        ("cramplint: {ignore: {}}", True),
        ("anything: [else, {goes: 1}]", True),
    ],
)
def test_one_value(line, good):
    text = f"---\ntitle: T\ndescription: D\n{line}\n---\n"
    assert found(text) == ([] if good else [("warning", line.partition(":")[0])])


def test_an_empty_front_matter_lacks_its_keys():
    assert found("---\n---\nText.\n") == [("warning", "---")]
    assert found("") == [("warning", "")]
