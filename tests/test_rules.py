"""Every rule page proves itself; a bad page fails its own test and no other."""

from __future__ import annotations

import re

import pytest

from cramplint.check import VOCABULARY, Selection, check, mending
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
def test_page_proves_itself_and_its_check_says_if_it_has_safe_fixes(rule, monkeypatch):
    brought = set()

    def watched(*given):
        checked = check(*given)
        brought.update(f.fix.safety for f in checked.findings if f.fix and f.rule == rule.id)
        return checked

    monkeypatch.setattr("cramplint.prove.check", watched)
    assert list(prove(rule, RULES)) == []
    assert "safe" not in brought or rule.id in mending(RULES, Selection())


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.id)
def test_page_shows_two_bad_and_two_good_examples(rule):
    assert sum(not e.good for e in rule.examples) >= 2
    assert sum(e.good for e in rule.examples) >= 2


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.id)
def test_page_names_its_sources(rule):
    # Suppressions are our own affair.
    assert rule.sources or rule.id.startswith("suppression/")


# Words that readers in different countries spell differently; messages do without them.
SPELLED = re.compile(
    r"\b(?:\w*(?:haem|hem(?=at|or)|anaemi|anemi|oedem|diarrh|paed|pediat|oesoph|esophag|tumou?r|"
    r"colou?r|flavou?r|behaviou?r|labou?r|odou?r|favou?r)\w*|\w+i[sz]ations?|centres?|centers?|"
    r"fibres?|fibers?|lit(?:re|er)s?|programmes?|grey|gray|licence|practise[sd]?|mould\w*)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.id)
def test_messages_are_spelled_alike_everywhere(rule):
    for text in (rule.message, rule.advice, *rule.params.get("messages", {}).values()):
        assert not SPELLED.search(text)


def test_what_messages_take_from_tables_is_spelled_alike_everywhere():
    signs = [
        sign["text"]
        for topic in RULES.data["red_flags"]["topics"].values()
        for tier in ("emergency", "urgent", "routine")
        for sign in topic[tier]
    ]
    owed = [g["text"] for some in RULES.data["interactions"]["nutrients"].values() for g in some]
    assert signs
    assert owed
    assert [text for text in (*signs, *owed) if SPELLED.search(text)] == []
