"""Laws of the whole line, over articles in any state: what is said of a text is true of it."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from hypothesis import given

from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.corpus import Articles, Corpus
from cramplint.judging import Judged, judge
from cramplint.model import Article, CrampError, Kind, Source
from cramplint.parse import parse
from cramplint.render.body import Links, Place
from cramplint.render.facts import facts
from cramplint.render.html import render
from cramplint.render.page import page
from cramplint.render.urls import safe
from cramplint.report import report
from cramplint.report.result import Look
from cramplint.rules import load

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "attack")]
strategies, verdicts = map(import_module, ("strategies", "verdicts"))

RULES = load(VOCABULARY, cached=False)
CONFIG = Config(root=Path())


def article(text: str, kind: Kind, name: str = "a") -> Article | None:
    """None for front matter that cannot be read, which is said."""
    try:
        return parse(Source(f"{name}.{'md' if kind == 'markdown' else 'txt'}", text, kind))
    except CrampError:
        return None


def judged(*articles: Article) -> list[Judged]:
    """What is found in each, beside the others."""
    corpus = Corpus(Articles(articles), {}, (), (), ())
    site = corpus.site(CONFIG, RULES)
    return [judge(one, RULES, site, Selection(), scored=True) for one in articles]


def told(name: str, found: list[Judged]) -> str:
    return report(name, [one.result(told=True) for one in found], Look())


@strategies.looked_at(40)
@given(strategies.TEXTS, strategies.KINDS)
def test_a_finding_stands_where_it_says(text: str, kind: Kind) -> None:
    one = article(text, kind)
    if one is None:
        return
    assert len(one.prose) == len(text)
    for found in json.loads(told("json", judged(one)))["findings"]:
        start, end = found["start"], found["end"]
        assert 0 <= start["offset"] <= end["offset"] <= len(text)
        for place in (start, end):
            before = text[: place["offset"]]
            assert place["line"] == before.count("\n") + 1
            assert place["column"] == len(before) - (before.rfind("\n") + 1) + 1
        there = text[start["offset"] : end["offset"]]
        shown = found["excerpt"]
        assert shown == there or (shown.endswith("…") and there.startswith(shown[:-1]))
        edits = found.get("fix", {}).get("edits", []) if found.get("fix") else []
        assert all(0 <= e["start"] <= e["end"] <= len(text) for e in edits)
        ordered = sorted(edits, key=lambda e: (e["start"], e["end"]))
        assert all(a["end"] <= b["start"] for a, b in pairwise(ordered))


@strategies.looked_at(15)
@given(strategies.TEXTS, strategies.TEXTS, strategies.KINDS)
def test_the_order_of_articles_changes_nothing(first: str, second: str, kind: Kind) -> None:
    a, b = article(first, kind, "a"), article(second, kind, "b")
    if a is None or b is None:
        return
    forth, back, again = judged(a, b), judged(b, a), judged(a, b)
    for name in ("json", "sarif", "text"):
        assert told(name, forth) == told(name, back)
        assert told(name, forth) == told(name, again)


@strategies.looked_at(25)
@given(strategies.TEXTS, strategies.KINDS)
def test_a_page_is_well_formed_and_nothing_in_it_acts(text: str, kind: Kind) -> None:
    one = article(text, kind)
    if one is None:
        return
    (result,) = judged(one)
    body = render(result.reading, Links(safe, {}.get))
    known = facts(result.reading)
    assert list(verdicts.page(page(body, known, Place("a.html", "", ""), ()))) == []
