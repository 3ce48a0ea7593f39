"""Every rule page proves itself; a bad page fails its own test and no other."""

from __future__ import annotations

import pytest

from cramplint.check import VOCABULARY
from cramplint.prove import prove
from cramplint.rules import folder, page, sort_out

RULES, REFUSED = sort_out(VOCABULARY)


@pytest.mark.parametrize(
    "path", sorted(folder().glob("*/*.md")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_page_is_sound(path):
    page(path, folder(), VOCABULARY)  # strict: all its patterns compile
    assert path not in REFUSED


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.id)
def test_page_proves_itself(rule):
    assert list(prove(rule, RULES)) == []


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.id)
def test_page_shows_two_bad_and_two_good_examples(rule):
    assert sum(not e.good for e in rule.examples) >= 2
    assert sum(e.good for e in rule.examples) >= 2
