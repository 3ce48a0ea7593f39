"""What patterns may cost: those that hang are refused, those that pass are counted, step by step."""

from __future__ import annotations

import contextlib
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cramplint.bounds import LOOP, bounded, cost, width
from cramplint.check import VOCABULARY
from cramplint.effort import Effort, Refused
from cramplint.rules import load

WAYS = 100  # what house rules may have

# From the literature on such patterns and from advisories of well-known software.
HANGING = [
    r"^(a+)+$",
    r"^([a-zA-Z]+)*$",
    r"(a|aa)+",
    r"(a|a?)+",
    r"(.*a){12}",
    r"(a*)*b",
    r"(a|a)*$",  # what both begin with is taken out, and two ways to match nothing are left
    r"(ab|ab)*c",
    r"(?:b(?:a?)?)*c",
    r"(?:b(?:|a?))*c",
    r"(?:b(?:a??)?)*c",
    r"(?:b(?:(?=a)|(?!c)))*d",
    "(?:x(?:a?)?)" * 20,
    r"(a?){30}a{30}",
    "a?" * 30 + "a" * 30,
    r"(x+x+)+y",
    r"(.*?,){11}P",
    r"^(\w+\s?)*$",
    r"(\s*-\s*)+$",
    r"(.*)*x",
    r"([a-zA-Z]+)*\d",
    r"<([^>]*)+>",
    r"(Read More\s*→?\s*)+$",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",  # names of Java classes
    r"^([a-z0-9])(([\-.]|[_]+)?([a-z0-9]+))*(@){1}[a-z0-9]+[.]{1}([a-z]{2,3})$",  # addresses
    r"(?:(?:\"|'|\]|\}|\\|\d|(?:nan|infinity)|\-|\+)+[)]*;?((?:\s|-|~|!|\+)*.*(?:.*=.*)))",
    r"(?:.*,)*[ \t]*([^ \t]+)[ \t]+realm=",  # urllib, CVE-2020-8492
    r"\s*#?\s*$",  # difflib, CVE-2018-1061
    r"\+OK.*(<[^>]+>)",  # poplib, CVE-2018-1060
    r".*include:.*\n(?!-)",
    r"\d*\w*x",
    r"(?=(a+)+b)a",
    r"(?:(?=.*x)\w)+",
    r"(?:a|b|ab)*c",
    r"(?:your |the |all |all your )*x",
    r"(?P<q>a+)(?P=q)",
]
FINE = [
    r"\bin(?:to|stead)?\b",
    r"\w+ \w+",
    r"(?:\w+ ){0,3}cure",
    r"(?:\w+ )*cure",
    r"\bnever\b[^.\n]{0,60}\bdoctor",
    r"[^.]{0,30}x[^.]{0,40}y",
    r"cures?|curing|heal(?:s|ed)?",
    r"\s+$",
    r"\s*,\s*",
    r"\[([^\]]*)\]\(([^)]*)\)",
    r'(?:[^"\\]|\\.)*"',
    r"(\d+\s*mg[\s,]*)+\b$",
    r"^(?=.*doctor)(?=.*see).*$",
    r"(?:(?!\bnot\b)[^.]){0,40}x",
    r"(?<![\w.])\d{1,3}(?:\.\d+)?\s?%",
    r"(?:a|b)*c",
    r"\ba(?:n|nother)? \w+",
]


# Each of them took from ten seconds to minutes to be judged, when only some steps were counted.
INVOLVED = [
    "(?:" + "[a-z]" * 198 + "b){1,3}(?:" + "[a-z]" * 198 + "c){1,3}",
    "(?:" + "a?b?c?d?" * 31 + "z){1,3}",
    "(?:" + "a?b?c?d?" * 248 + "z){1,3}",
    "[a-z]{0,2}x" * 181,
    "(?:[a-z]{5}[0-9]){2}" * 100,
    "(?=" + "[a-z]{0,9}" * 99 + ")" + "(?=" + "[a-y]{0,9}" * 99 + ")",
    "".join(f"[{chr(0x4E00 + 70 * i)}-{chr(0x4E45 + 70 * i)}]" for i in range(300)),
]


@pytest.mark.parametrize("pattern", INVOLVED)
def test_to_judge_a_pattern_takes_few_steps(pattern: str) -> None:
    assert len(pattern) <= 2_100
    began = time.process_time()
    with contextlib.suppress(Refused):
        cost(pattern)
    assert time.process_time() - began < 8  # a second on most machines


def test_many_patterns_are_judged_by_one_effort() -> None:
    effort, pattern = Effort(every=30_000), "[a-z]{0,2}x" * 9
    cost(pattern, effort=effort)
    with pytest.raises(Refused, match="after those before it"):
        deque((cost(pattern, effort=effort) for _ in range(1_000)), maxlen=0)


@pytest.mark.parametrize("pattern", HANGING)
def test_what_could_hang_is_refused(pattern: str) -> None:
    try:
        found = cost(bounded(pattern))
    except Refused:
        return
    assert found.ways > WAYS
    assert found.why


@pytest.mark.parametrize("pattern", FINE)
def test_what_is_fine_passes(pattern: str) -> None:
    assert cost(bounded(pattern)).ways <= WAYS


class Costly(Exception):
    """More steps than a test waits for."""


def steps(pattern: str, text: str, most: int = 300_000) -> int:
    """How many letters an engine that tries one way after the other looks at to match `pattern` at
    the beginning of `text`: a plain one, without any trick."""
    taken = 0
    one = {}

    def single(name: str, held: Any) -> re.Pattern[str]:
        """A piece that stands for a letter, as a pattern of its own."""
        key = name, str(held)
        if key not in one:
            one[key] = re.compile(_source(name, held), re.I | re.S)
        return one[key]

    def run(items: list[Any], i: int, then: Callable[[int], bool]) -> bool:
        nonlocal taken
        if not items:
            return then(i)
        (op, held), rest = items[0], items[1:]
        name = str(op)

        def onward(j: int) -> bool:
            return run(rest, j, then)

        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            taken += 1
            if taken > most:
                raise Costly
            return i < len(text) and bool(single(name, held).match(text[i])) and onward(i + 1)
        if name == "SUBPATTERN":
            return run(list(held[3]), i, onward)
        if name == "BRANCH":
            return any(run(list(branch), i, onward) for branch in held[1])
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            return repeat(held, i, onward, 0, lazy=name == "MIN_REPEAT")
        if name in ("ASSERT", "ASSERT_NOT"):
            found = held[0] > 0 and run(list(held[1]), i, lambda j: True)
            return found == (name == "ASSERT") and onward(i)
        return anchored(str(held), i) and onward(i)

    def repeat(held: Any, i: int, then: Callable[[int], bool], done: int, *, lazy: bool) -> bool:
        least, most_, body = held

        def again() -> bool:
            return done < most_ and run(
                list(body),
                i,
                lambda j: j > i and repeat(held, j, then, done + 1, lazy=lazy),
            )

        if done < least:
            return again()
        return (then(i) or again()) if lazy else (again() or then(i))

    def anchored(name: str, i: int) -> bool:
        if name == "AT_END":
            return i == len(text)
        if name == "AT_BEGINNING":
            return i == 0
        before = i > 0 and bool(re.match(r"\w", text[i - 1]))
        behind = i < len(text) and bool(re.match(r"\w", text[i]))
        return (before != behind) == (name == "AT_BOUNDARY")

    run(list(re._parser.parse(pattern, re.I)), 0, lambda j: True)  # type: ignore[attr-defined]
    return taken


def _source(name: str, held: Any) -> str:
    """A piece of a pattern's tree that stands for one letter, written out again."""
    if name == "ANY":
        return "."
    if name in ("LITERAL", "NOT_LITERAL"):
        return f"[{'^' * (name == 'NOT_LITERAL')}\\U{held:08x}]"
    out = []
    for op, value in held:
        if str(op) == "NEGATE":
            out.append("^")
        elif str(op) == "LITERAL":
            out.append(f"\\U{value:08x}")
        elif str(op) == "RANGE":
            out.append(f"\\U{value[0]:08x}-\\U{value[1]:08x}")
        else:
            word = str(value).removeprefix("CATEGORY_")
            letter = word.removeprefix("NOT_")[0].lower()
            out.append("\\" + (letter.upper() if word.startswith("NOT_") else letter))
    return f"[{''.join(out)}]"


PUMPS = ["a", "1", " ", "a ", "word ", "x", "-", " - ", "ab", ",", '\\"', "[", "all your ", "see "]


@pytest.fixture(scope="module", autouse=True)
def deep() -> Iterator[None]:
    """The counter calls itself for every letter."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    yield
    sys.setrecursionlimit(before)


def texts(letters: int) -> Iterator[str]:
    for pump in PUMPS:
        for head in ("", "never ", "[", "the "):
            yield head + pump * (letters // len(pump)) + "!"


@pytest.mark.parametrize("pattern", FINE)
def test_what_passes_takes_steps_in_proportion(pattern: str) -> None:
    once = max(steps(pattern, text) for text in texts(60))
    twice = max(steps(pattern, text) for text in texts(120))
    assert twice <= 2.3 * once + 40


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^(a+)+$", "a" * 24 + "!"),
        (r"(a|aa)+$", "a" * 32 + "!"),
        (r"^(\w+\s?)*$", "a" * 24 + "!"),
        (r"(x+x+)+y", "x" * 24),
        (r"([a-zA-Z]+)*\d", "a" * 24 + "!"),
    ],
)
def test_the_counter_sees_what_hangs(pattern: str, text: str) -> None:
    with pytest.raises(Costly):
        steps(pattern, text, 30_000)


LEAF = st.sampled_from(["a", "b", "ab", "[ab]", "[^a]", r"\w", ".", r"\s", " "])
TREE = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda x: f"(?:{x[0]}|{x[1]})"),
        inner.map(lambda x: f"(?:{x}|{x})"),
        st.tuples(inner, inner).map(lambda x: f"(?:{x[0]}{x[1]}|{x[0]})"),
        inner.map(lambda x: f"(?:(?:{x})?)?"),
        inner.map(lambda x: f"(?:|{x})"),
        inner.map(lambda x: f"(?:{x})*"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{0,9}", "+?", "*?"])).map(
            lambda x: f"(?:{x[0]}){x[1]}"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=600)
@given(TREE, st.text("ab 1", min_size=1, max_size=4), st.text("ab 1!", max_size=2))
def test_no_pattern_that_passes_doubles_with_each_letter(tree: str, pump: str, tail: str) -> None:
    pattern = bounded(tree) + "$"
    try:
        ways = cost(pattern).ways
    except Refused:
        return
    text = pump * (24 // len(pump)) + tail
    places = len(re.findall(r"[ab.\]sw ]", pattern)) + 1
    assert steps(pattern, text) <= 4 * ways * places * (len(text) + 2)


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        (r"a+b*c{2,}", f"a{{1,{LOOP}}}b{{0,{LOOP}}}c{{2,{LOOP}}}"),
        (r"a+?b*+", f"a{{1,{LOOP}}}?b{{0,{LOOP}}}+"),
        (r"\+[*+]\*[]+]a{3}b{1,2}?", r"\+[*+]\*[]+]a{3}b{1,2}?"),
        (r"(?P<it>a)?(?:b)(?!c)[^]*]", r"(?P<it>a)?(?:b)(?!c)[^]*]"),
        (r"x{900,}", "x{900,900}"),
        (r"{condition}+", f"{{condition}}{{1,{LOOP}}}"),
    ],
)
def test_repeats_without_end_get_one(pattern: str, made: str) -> None:
    assert bounded(pattern) == made
    re.compile(made.replace("{condition}", "x"))


@given(TREE, st.text("ab 1", max_size=30))
def test_an_end_far_away_changes_nothing_in_short_texts(tree: str, text: str) -> None:
    whole = re.compile(tree)
    assert [m.span() for m in re.finditer(bounded(tree), text)] == [
        m.span() for m in whole.finditer(text)
    ]
    assert width(bounded(tree)) < 10**6 or "*" in tree or "+" in tree


def shipped() -> Iterator[tuple[str, str]]:
    """Patterns of the shipped pages that repeat a group without end; others cannot double."""
    for rule in load(VOCABULARY, cached=False).rules.values():
        words = rule.params.get("words", {})
        left = [v for k, v in rule.params.items() if k not in ("messages", "frames", "hints")]
        while left:
            one = left.pop()
            if isinstance(one, dict | list):
                left += one
            elif isinstance(one, str):
                for name in reversed(list(words) if isinstance(words, dict) else []):
                    one = one.replace(f"{{{name}}}", f"(?:{words[name]})")
                text = re.sub(r"\{[a-z]+\}", r"\\b[\\ua000-\\ua48c]+(?!\\w)", one)
                text = text.replace(" ", r"\s+") if "[" not in text else text
                if re.search(r"(?<!\\)\)(?:[*+]|\{\d*,\})", text):
                    yield rule.id, text


def test_no_shipped_pattern_doubles_with_each_letter() -> None:
    doubling = []
    for rule, text in shipped():
        try:
            cost(
                text, small=10**6, effort=Effort(10**9, 10**9)
            )  # what has an end has one that we gave it
        except Refused as error:
            if "groupref" not in str(error):
                doubling.append((rule, text[:80], str(error)))
    assert doubling == []
