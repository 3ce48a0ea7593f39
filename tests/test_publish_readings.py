"""What is held of an article's meaning until its page is made is all of it."""

from __future__ import annotations

import sys
from dataclasses import fields
from importlib import import_module
from pathlib import Path

from hypothesis import given, reject

from cramplint.check import VOCABULARY
from cramplint.model import CrampError, Kind, Source
from cramplint.parse import parse
from cramplint.publish.readings import packed, unpacked
from cramplint.rules import load
from cramplint.understand import understand

sys.path.insert(0, str(Path(__file__).parent))
strategies = import_module("strategies")

RULES = load(VOCABULARY)


@strategies.looked_at(25)
@given(strategies.TEXTS, strategies.KINDS)
def test_a_reading_that_was_held_says_the_same(text: str, kind: Kind) -> None:
    source = Source("a.md" if kind == "markdown" else "a.txt", text, kind)
    try:
        reading = understand(parse(source), RULES.data)
    except CrampError:
        reject()
    held = unpacked(again := parse(source), packed(reading))
    assert held.article is again
    for one in fields(reading):
        if one.name != "article":
            assert getattr(held, one.name) == getattr(reading, one.name), one.name
