"""What the shipped patterns cost on texts made from themselves: no more than in proportion."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from cramplint.check import VOCABULARY
from cramplint.expressions import pattern
from cramplint.model import CrampError
from cramplint.rules import RuleSet, load

sys.path.insert(0, str(Path(__file__).parent))
pumped = import_module("pumped")

SHORT, TIMES = 1_500, 4  # code points; the longer text has as many times as many
ENOUGH = 0.002  # seconds: what costs less on SHORT is in proportion, or as good as that
MOST = 10.0  # times: in proportion it is four, with the square of the length sixteen
TEXTS = 40  # of one pattern
LONGEST = 3  # seconds of processor time for one text; who takes longer has no bound
_SAID = ("messages", "frames", "hints", "words")  # words, and what patterns are made of
_LINES = ("artifact/boilerplate",)  # must match lines as they are: from one place only
_LIST = "\\b[\\ua000-\\ua48c]+(?!\\w)"  # stands for a list of words, by its name


def patterns(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Where each stands, and its text, names of lists filled in."""
    held: list[tuple[str, dict[str, Any], Any]] = [
        (
            rule.id,
            rule.params.get("words", {}),
            [v for k, v in rule.params.items() if k not in _SAID],
        )
        for rule in rules.rules.values()
    ]
    held += [(f"data/{name}", {}, rules.data[name]) for name in rules.data]
    for where, words, params in held:
        left, seen = [params], set()
        while left:
            one = left.pop()
            if isinstance(one, dict):
                left += [*one, *one.values()]
            elif isinstance(one, list | tuple):
                left += one
            elif isinstance(one, str) and re.search(r"[*+]|,\d*\}| (?![+*?{\]])", one):
                for name in reversed(list(words) if isinstance(words, dict) else []):
                    one = one.replace(f"{{{name}}}", f"(?:{words[name]})")
                text = re.sub(r"\{[a-z]+\}", lambda found: _LIST, one)
                if text not in seen and re.search(r"[\\\[(|]", text):
                    seen.add(text)
                    yield where, text


class Late(Exception):
    """More time than a pattern may take."""


def cost(made: re.Pattern[str], text: str, tries: int, *, whole: bool = False) -> float:
    """Seconds to look `text` through, or to match the `whole` of it, the least of `tries`; LONGEST
    if it is not done by then."""
    best = float("inf")

    def stop(*_: object) -> None:
        raise Late

    before = signal.signal(signal.SIGPROF, stop)
    try:
        for _ in range(tries):
            signal.setitimer(signal.ITIMER_PROF, LONGEST)
            start = process_time()
            for _ in [made.fullmatch(text)] if whole else made.finditer(text):
                pass
            best = min(best, process_time() - start)
            if best < ENOUGH:
                break
    except Late:
        return LONGEST
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return best


def costly(text: str, *, whole: bool = False) -> str:
    """A text that the pattern takes more than its share for; empty if there is none."""
    try:
        made = pattern(text)
    except CrampError:
        return ""  # no pattern, but words
    for once in islice(pumped.texts(made.pattern, made.flags, SHORT), TEXTS):
        if (least := cost(made, once, 3, whole=whole)) > ENOUGH:
            longer = cost(made, once * TIMES, 1, whole=whole)
            if MOST * least < longer < LONGEST:  # a busy machine, perhaps
                least = min(least, cost(made, once, 5, whole=whole))
                longer = min(longer, cost(made, once * TIMES, 5, whole=whole))
            if MOST * least < longer < LONGEST:  # what grows so goes on to
                least, longer = longer, cost(made, once * TIMES * TIMES, 3, whole=whole)
            if longer >= LONGEST or longer > MOST * least:
                return f"{least:.3f} s, {longer:.3f} s for {TIMES} times {once[:60]!r}"
    return ""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such clock")
@pytest.mark.skipif(not os.environ.get("CRAMPLINT_ATTACK"), reason="make attack")
@pytest.mark.parametrize("part", range(4))
def test_no_shipped_pattern_grows_faster_than_its_text(part: int) -> None:
    every = list(patterns(load(VOCABULARY, cached=False)))
    assert len(every) > 400
    found = [
        (where, text[:90], why)
        for where, text in every[part::4]
        if (why := costly(text, whole=where in _LINES))
    ]
    assert found == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such clock")
@pytest.mark.parametrize("text", [r"(a+)+b", r"\w+@x", r"\s*-?\s*x", r"-.*x"])
def test_what_grows_faster_would_be_seen(text: str) -> None:
    assert costly(text)
    assert not costly(r"\bwords? that (?:heal|cure) [^.]{0,40}\byou\b")
