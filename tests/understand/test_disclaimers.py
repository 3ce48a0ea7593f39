"""What of a medical disclaimer stands on a page, however it is worded, and what only looks like one."""

from __future__ import annotations

import pytest

from cramplint.model import Article, Disclaimers, Source
from cramplint.parse import parse
from cramplint.understand.disclaimers import disclaimers
from cramplint.understand.sentences import sentences

INTRO = "# Sore calves\n\nMost sore calves settle in a few days with rest and a warm bath.\n\n"
END = "\n\n## Rest\n\nA night of rest helps most people more than anything else.\n"


def read(text: str, name: str = "page.md") -> tuple[Article, Disclaimers]:
    article = parse(Source(name, text, "text" if name.endswith(".txt") else "markdown"))
    return article, disclaimers(article, tuple(sentences(article)))


FULL = cases("disclaimers")


@pytest.mark.parametrize("name", FULL)
def test_a_full_disclaimer(name):
    _, found = read(INTRO + FULL[name] + END)
    assert found.level == "full", found
    assert found.parts >= {"purpose", "substitute", "consult"}


PARTIAL = {
    "purpose only": ("For educational purposes only.", {"purpose"}),
    "purpose in a sentence": ("This article is for informational purposes only.", {"purpose"}),
    "substitute only": ("This page does not replace medical advice.", {"substitute"}),
    "not medical advice": ("None of this is medical advice.", {"substitute"}),
    "purpose and substitute": (
        "This page is for information only and is not medical advice.",
        {"purpose", "substitute"},
    ),
    "substitute and consult": (
        "This does not replace medical advice. Talk to your doctor.",
        {"substitute", "consult"},
    ),
    "doesn't constitute": ("The contents don't constitute medical advice.", {"substitute"}),
    "not to be used instead": (
        "This information is not to be used instead of seeing a doctor.",
        {"substitute"},
    ),
    "formula": ("This content is not intended to diagnose, treat, or cure any condition.", set()),
    "formula and purpose": (
        "For educational purposes only and not intended to diagnose or treat. Always consult a doctor.",
        {"purpose", "consult"},
    ),
    "fda": (
        "These statements have not been evaluated by the Food and Drug Administration. This product is not intended to diagnose, treat, cure, or prevent any disease.",
        set(),
    ),
    "emergency beside": (
        "This page is not medical advice. In an emergency, call 999.",
        {"substitute", "emergency"},
    ),
    "delay beside": (
        "This site does not give medical advice. Never disregard what your doctor told you.",
        {"substitute", "delay"},
    ),
    "label and consult": (
        "Disclaimer: please consult your doctor before you take any supplement.",
        {"consult"},
    ),
    "heading and consult": (
        "## Disclaimer\n\nAlways consult your physician before you begin an exercise programme.",
        {"consult"},
    ),
    "consult far away": (
        "This page is not medical advice.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nTalk to your doctor about tests.",
        {"substitute"},
    ),
}


@pytest.mark.parametrize("name", PARTIAL)
def test_a_partial_disclaimer(name):
    text, parts = PARTIAL[name]
    _, found = read(INTRO + text + END)
    assert (found.level, found.parts) == ("partial", parts)


@pytest.mark.parametrize("name", [n for n in PARTIAL if "formula" in n or n == "fda"])
def test_the_words_of_product_labels_are_told_apart(name):
    assert read(INTRO + PARTIAL[name][0])[1].formula


NONE = cases("no-disclaimers")


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_disclaimer(name):
    _, found = read(INTRO + NONE[name] + END if name != "empty" else "")
    assert found == Disclaimers(), found


@pytest.mark.parametrize("place", ["first line", "footer", "footnote", "table", "plain text"])
def test_a_disclaimer_may_stand_anywhere(place):
    said = "This page is for information only. It is not medical advice. Talk to your doctor."
    text = {
        "first line": f"{said}\n\n{INTRO}",
        "footer": f"{INTRO}{END}\n---\n\n{said} © 2025",
        "footnote": f"{INTRO}Rest.[^1]\n\n[^1]: {said}\n",
        "table": f"{INTRO}| Note |\n|---|\n| {said} |\n",
        "plain text": f"Sore calves\nMost sore calves settle soon.\n{said}\n",
    }[place]
    assert read(text, "page.txt" if place == "plain text" else "page.md")[1].level == "full"


def test_spans_are_the_blocks_that_make_it_a_disclaimer():
    said = "This page is for information only and is not medical advice."
    article, found = read(f"{INTRO}{said}\n\nTalk to your doctor.{END}")
    assert [article.words(span) for span in found.spans] == [said]
    assert found.level == "full"
