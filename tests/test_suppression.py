"""Suppressions: what they say, and how one that has nothing to silence is taken out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.check import VOCABULARY, Selection, check
from cramplint.fix import fix
from cramplint.model import Settings, Source
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.rules import load
from cramplint.site import Site
from cramplint.suppression import suppressions
from cramplint.understand import understand

RULES = load(VOCABULARY)
UNUSED = "<!-- cramplint-disable-{} links/internal-anchor -- the template makes it -->"


def found(source: Source, selection: Selection):
    article = parse(source)
    site = Site.of([page_of(article)], Settings(), RULES.data)
    return check(understand(article, RULES.data), RULES, site, selection).findings


def mended(text: str, *select: str) -> str:
    selection = Selection(select or ("links/*", "suppression/*"))
    done = fix(Source("a.md", text, "markdown"), lambda source: found(source, selection))
    return done.source.text


LINE, NEXT = UNUSED.format("line"), UNUSED.format("next-line")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{NEXT}\nCalm.\n", "Calm.\n"),
        (f"{NEXT}\n\nCalm.\n", "Calm.\n"),
        (f"One.\n\n{NEXT}\nTwo.\n", "One.\n\nTwo.\n"),
        (f"One.\n\n{NEXT}\n\nTwo.\n", "One.\n\nTwo.\n"),
        (f"One.\n{NEXT}\n\nTwo.\n", "One.\n\nTwo.\n"),
        (f"One.\n{NEXT}\nTwo.\n", "One.\n\nTwo.\n"),
        (f"One. {LINE}\nTwo.\n", "One.\nTwo.\n"),
        (f"One {LINE} two.\n", "One  two.\n"),
        (f"One.\n\n{NEXT}", "One.\n\n"),
        (f"See [it](#x). {LINE}\n", f"See [it](#x). {LINE}\n"),
    ],
)
def test_a_comment_that_silences_nothing_is_taken_out(before, after):
    assert mended(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "<!-- cramplint-disable links/* -- why -->\nCalm.\n\n<!-- cramplint-enable links/* -->\n",
        "---\ntitle: A\ncramplint:\n  ignore:\n    links/internal-anchor: why\n---\nCalm.\n",
        "<!-- cramplint-disable-file readability/grade -- why -->\n\nCalm.\n",  # textstat may lack
        "`<!-- cramplint-disable-file links/* -- why -->`\n",
    ],
)
def test_what_more_hangs_on_is_left_to_a_person(text):
    assert mended(text, "links/*", "suppression/*", "readability/*") == text


PIECES = ("Calm.", "- one\n- two", "> said", "# Head", "```\ncode\n```", NEXT, LINE, f"- {LINE}")


@given(st.lists(st.sampled_from(PIECES), max_size=7), st.sampled_from(["\n", "\n\n"]))
def test_taking_out_keeps_words_and_blocks(pieces, between):
    text = between.join(pieces) + "\n"
    before, after = (parse(Source("a.md", t, "markdown")) for t in (text, mended(text)))
    assert len(suppressions(after)) == pieces.count(f"- {LINE}")
    assert after.prose.split() == before.prose.split()
    kinds = [[b.kind for b in one.blocks if one.words(b.span)] for one in (before, after)]
    assert kinds[0] == kinds[1]


def test_front_matter_may_say_who_and_until_when():
    text = (
        "---\ncramplint:\n  ignore:\n    claim/cure: {reason: r, owner: o, expires: 2026-01-02}\n"
        "    claim/detox: why\n    claim/fear:\n---\n"
    )
    said = suppressions(parse(Source("a.md", text, "markdown")))
    assert [(s.rules, s.reason, s.owner, s.expires) for s in said] == [
        (("claim/cure",), "r", "o", "2026-01-02"),
        (("claim/detox",), "why", "", ""),
        (("claim/fear",), "", "", ""),
    ]
