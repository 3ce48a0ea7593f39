"""What a line says of seeking care: what is left out to be fast, and what may not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cramplint.check import VOCABULARY
from cramplint.patterns import lowered
from cramplint.phrases import CARE_STEMS, SENT, plain, rx
from cramplint.rules import load
from cramplint.seeking import sends

HERE = Path(__file__).parent


def _texts():
    for folder in (HERE / "evaluation" / "cases", HERE.parent / "articles"):
        for file in sorted(folder.glob("*")):
            if file.suffix in (".md", ".txt"):
                yield file.read_text("utf-8")
    for rule in load(VOCABULARY, cached=False).rules.values():
        yield from (example.text for example in rule.examples)


def test_all_words_that_send_to_care_hold_a_stem():
    """`sends` looks at no text without one of the stems, so each must hold one."""
    found = [
        match[0]
        for text in _texts()
        for line in text.split("\n")
        for match in rx(SENT).finditer(lowered(plain(line)))
    ]
    assert len(found) > 500
    assert not [words for words in found if not any(stem in words for stem in CARE_STEMS)]


@pytest.mark.parametrize(
    "text",
    [
        "See a GP if it lasts.",
        "Talk to someone if you feel low.",
        "It needs to be checked.",
        "Get it looked over.",
        "Chest pain is an emergency.",
        "An urgent medical review is needed.",
        "Ring NHS 24.",
    ],
)
def test_words_that_send_to_care(text):
    assert sends(text)
