"""Twice the text costs at most twice the time, whatever it is made of; by `make attack`.

Time is measured: that of the processor, the least of several runs in turns, on texts so long that
what they cost is far above what a clock adds. What a busy machine makes of it is told apart by a
text of four times the length: where cost grows with the square, it costs sixteen times as much.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from time import process_time

import pytest

from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.corpus import gather
from cramplint.judging import judge
from cramplint.model import CrampError, Kind, Source
from cramplint.render.body import Links
from cramplint.render.html import render
from cramplint.render.urls import safe
from cramplint.rules import RuleSet, load

sys.path.insert(0, str(Path(__file__).parent))
cases = import_module("cases")

SHORT, LONG = 8_000, 500_000  # code points of the first text that is tried, and of the last
ENOUGH = 0.1  # seconds: a text that costs as much is compared with one twice as long
MOST = 2.3
TRIES = 5


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return load(VOCABULARY)


def seconds(text: str, kind: Kind, rules: RuleSet) -> float:
    """What checking and rendering the text costs; 0 if it is refused."""
    config = Config(Path("/nowhere"))
    start = process_time()
    try:
        corpus = gather([], config, Source("a.md", text, kind))
        (one,) = corpus.articles.values() or [None]
        if one is None:
            return 0.0
        result = judge(one, rules, corpus.site(config, rules), Selection())
        render(result.reading, Links(safe, {}.get))
    except CrampError:
        return 0.0
    return process_time() - start


@pytest.mark.skipif(os.environ.get("CRAMPLINT_ATTACK") not in ("part", "all"), reason="make attack")
@pytest.mark.parametrize("kind", ["markdown", "text"])
@pytest.mark.parametrize("name", cases.FAMILIES)
def test_twice_the_text_costs_twice_the_time(name: str, kind: Kind, rules: RuleSet) -> None:
    make = cases.FAMILIES[name]
    seconds(make(1000), kind, rules)  # patterns are compiled, libraries loaded
    length = SHORT
    while seconds(make(length), kind, rules) < ENOUGH and length < LONG:
        length *= 2
    told = []
    for times, most in ((2, MOST), (4, MOST**2)):
        texts = make(length), make(times * length)
        least = [float("inf"), float("inf")]
        for _ in range(TRIES):
            least = [
                min(b, seconds(text, kind, rules)) for b, text in zip(least, texts, strict=True)
            ]
            if least[1] <= max(most * least[0], ENOUGH):
                return
        told += [f"{len(t)} letters: {cost:.2f} s" for t, cost in zip(texts, least, strict=True)]
    pytest.fail("; ".join(told))
