"""Benchmarks and proxies of checklists: what a program can tell, and no more."""

from __future__ import annotations

from cramplint.meaning import Reading
from cramplint.model import Source
from cramplint.parse import parse
from cramplint.rules import Tables, folder
from cramplint.understand import understand
from cramplint.understand.proxies import HUMAN_ONLY, jama, proxies

DATA = Tables(folder() / "data")
GOOD = """\
---
authors: [{name: Leg clinic team}]
updated: 2025-03-01
funding: none
---
# Cramps at night

Cramps at night are common. They often go away on their own.

## What may help

1. Stretch your calf.
2. Walk about.

You can also ask your doctor about other treatments. Magnesium may help some people, but there is
little evidence [1]. It can have side effects.

## References

1. [NHS leg cramps](https://www.nhs.uk/a)
2. [NIH on magnesium](https://ods.od.nih.gov/b)
"""


def read(text: str) -> Reading:
    return understand(parse(Source("a.md", text, "markdown")), DATA)


def test_each_benchmark_counts_for_itself() -> None:
    assert jama(read(GOOD)) == 4
    assert jama(read(GOOD.replace("funding: none\n", ""))) == 3
    assert jama(read("# T\n\nBy Ana Ruiz\n\nx\n")) == 0
    assert jama(read("# T\n\nBy Ana Ruiz, RN\n\nx\n")) == 1


def test_a_careful_page_answers_what_a_bare_one_does_not() -> None:
    good, bare = proxies(read(GOOD), 5.0), proxies(read("x"), None)
    assert good["discern"]["12_no_treatment"]
    assert good["discern"]["15_shared_decision"]
    assert good["discern"]["7_further_support"]
    assert good["pemat"]["22_steps"]
    assert good["pemat"]["3_everyday_words"]
    assert not any(bare["discern"].values())
    assert bare["pemat"]["3_everyday_words"] is None
    assert bare["pemat"]["18_pictures_have_text"] is None


def test_words_of_another_language_are_not_judged() -> None:
    text = "---\nlang: fr\n---\nLes crampes sont fréquentes. Étirez le mollet.\n"
    answers = proxies(read(text))
    assert answers["discern"]["11_risks"] is None
    assert answers["pemat"]["7_no_calculations"] is None
    assert answers["discern"]["4_sources"] is False


def test_what_only_people_can_tell_is_listed() -> None:
    assert any("clinician" in one for one in HUMAN_ONLY)
