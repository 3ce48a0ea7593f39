"""What a line says of seeking care: what is left out to be fast, and what may not be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cramplint import leads, phrases
from cramplint.check import VOCABULARY
from cramplint.needs import learn, rx
from cramplint.patterns import lowered
from cramplint.phrases import plain
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


def test_no_line_that_holds_words_of_care_is_passed_over():
    """`rx` looks at no text that lacks the words of a pattern: no match may be lost by that."""
    learn()
    shapes = [
        value
        for module in (phrases, leads)
        for name, value in vars(module).items()
        if isinstance(value, str) and not name.startswith("__")
    ]
    assert len(shapes) > 20
    some = [line for text in _texts() for line in text.split("\n")][::5]
    lines = {lowered(plain(line)) for line in some}
    assert len(lines) > 1000
    for shape in shapes:
        plainly = re.compile(shape)
        for line in lines:
            assert bool(rx(shape).search(line)) == bool(plainly.search(line)), (shape, line)


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
