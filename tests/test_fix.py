"""Fixes: the words stay, what is bad is left out, and all settles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.fix import fix
from cramplint.model import STUB, CrampError, Edit, Finding, Fix, Safety, Source, Span


def finder(*swaps: tuple[str, str], safety: Safety = "safe"):
    """What replaces each `old` by `new`, one rule a pair."""

    def find(source: Source) -> Iterator[Finding]:
        for old, new in swaps:
            for match in re.finditer(re.escape(old), source.text):
                edit = Edit(Span(*match.span()), new)
                yield Finding(f"own/{old}", edit.span, "", fix=Fix((edit,), safety))

    return find


def fixed(text: str, *swaps: tuple[str, str], safety: Safety = "safe", unsafe: bool = False) -> str:
    return fix(
        Source("a.md", text, "markdown"), finder(*swaps, safety=safety), unsafe=unsafe
    ).source.text


def test_fixes_are_applied_until_none_is_left() -> None:
    assert fixed("It hurts,,,,\n", (",,", ",")) == "It hurts,\n"


def test_a_safe_fix_that_would_change_words_is_left_out_and_the_others_land() -> None:
    text = "Rest,, Salt helps. Rest,, Water,,\n"
    assert fixed(text, (",,", ","), ("Salt", "Sugar")) == "Rest, Salt helps. Rest, Water,\n"
    many = "Rest,, " * 40 + "Salt helps. " + "Rest,, " * 40
    assert fixed(many, (",,", ","), ("Salt", "Sugar")) == many.replace(",,", ",")


def test_code_is_not_lost_either() -> None:
    assert fixed("    Rest\n", ("Rest", "")) == "    Rest\n"
    assert fixed("Type `Rest`.\n", ("Rest", "")) == "Type `Rest`.\n"


def test_what_a_bad_fix_stood_in_the_way_of_has_its_turn() -> None:
    assert fixed("Salt,, helps.\n", ("Salt,,", "Sugar"), (",,", ",")) == "Salt, helps.\n"


def test_fixes_that_change_words_only_together_do_not_land_together() -> None:
    # Either mark parts the two words; without both they are one.
    assert len(re.findall(r"\w+", fixed("Take sea,;salt.\n", (",", ""), (";", "")))) == 3


def test_fixes_that_change_words_are_for_who_asks_for_them() -> None:
    swap = ("Salt", "Sugar")
    assert fixed("Salt.\n", swap, safety="ask") == "Salt.\n"
    assert fixed("Salt.\n", swap, safety="ask", unsafe=True) == "Sugar.\n"


def test_who_asks_for_those_that_change_words_gets_the_safe_ones_too() -> None:
    done = fixed("Salt,, Salt.\n", (",,", ","), safety="safe", unsafe=True)
    assert done == "Salt, Salt.\n"


def test_what_would_change_words_is_named() -> None:
    done = fix(Source("a.md", "Salt,, helps.\n", "markdown"), finder(("Salt", "Sugar")))
    assert done.left == (("own/Salt", "it would change words"),)
    assert not done.applied


def test_a_letter_of_a_wrong_encoding_is_no_word_but_those_around_it_are() -> None:
    assert fixed("I donâ€™t.\n", ("â€™", "’")) == "I don’t.\n"
    assert fixed("A cafÃ©.\n", ("Ã©", "é")) == "A café.\n"
    assert fixed("I donâ€™t.\n", ("â€™t", "’s")) == "I donâ€™t.\n"
    assert fixed("A cafÃ©.\n", ("cafÃ©", "bar")) == "A cafÃ©.\n"
    assert fixed("A cafe.\n", ("cafe", "CAFE")) == "A cafe.\n"


def test_what_a_person_declined_is_not_asked_again_where_it_has_moved_to() -> None:
    put: list[str] = []

    def agree(source: Source, finding: Finding) -> bool:
        put.append(finding.rule)
        return finding.rule == "own/Tea"

    find = finder(("Salt", "Sugar"), ("Tea", "Coffee"), safety="ask")
    done = fix(Source("a.md", "Tea. Salt. Tea. Salt.\n", "markdown"), find, agree=agree)
    assert done.source.text == "Coffee. Salt. Coffee. Salt.\n"
    assert put == ["own/Salt", "own/Salt", "own/Tea", "own/Tea"]


def test_fixes_that_never_settle_are_an_error() -> None:
    with pytest.raises(CrampError) as error:
        fixed("It hurts!\n", ("!", "."), (".", "!"))
    assert error.value.what == "the fixes of own/. do not settle"
    assert error.value.where == "a.md"
    assert error.value.todo == "nothing was written; please report this"
    with pytest.raises(CrampError, match="the fixes of own/!, own/, do not settle"):
        fixed("It hurts! Rest,\n", ("!", "!!"), (",", ",,"))


def counted(text: str) -> Iterator[Finding]:
    """An error for each "harm" in a text."""
    for match in re.finditer("harm", text):
        yield Finding("own/harm", Span(*match.span()), "", "error")


def test_a_fix_that_would_bring_an_error_is_left_out_and_named() -> None:
    swaps = finder(("Salt", "harm"), ("Tea", "Coffee"), safety="ask")

    def find(source: Source) -> Iterator[Finding]:
        yield from swaps(source)
        yield from counted(source.text)

    done = fix(Source("a.md", "Salt. Tea. harm.\n", "markdown"), find, unsafe=True)
    assert done.source.text == "Salt. Coffee. harm.\n"
    assert done.left == (("own/Salt", "it would bring an error of own/harm"),)
    assert done.applied == {"own/Tea": 1}


def test_with_sooner_only_what_comes_out_is_looked_at_whole() -> None:
    swaps = finder(("Salt", "harm,,"), (",,", ","), safety="safe")
    whole: list[str] = []
    asked: list[tuple[str, object]] = []

    def find(source: Source) -> Iterator[Finding]:
        whole.append(source.text)
        yield from swaps(source)
        yield from counted(source.text)

    def sooner(source: Source, rules: Collection[str] | None) -> Iterator[Finding]:
        asked.append((source.text, rules and sorted(rules)))
        yield from swaps(source) if rules is None else counted(source.text)

    one = Source("a.md", "Tea,, harm.\n", "markdown")
    assert fix(one, find, sooner=sooner) == fix(one, find)
    assert whole[0] == "Tea, harm.\n"
    assert asked == [("Tea,, harm.\n", None), ("Tea,, harm.\n", ["own/harm"])]
    bad = Source("a.md", "Salt, Tea\n", "markdown")
    done = fix(bad, find, sooner=sooner)
    assert done == fix(bad, find)
    assert done.source == bad


def test_what_was_left_out_has_another_chance_once_all_else_is_done() -> None:
    swaps = finder(("Salt", "harm"), ("Tea", "Coffee"), safety="ask")

    def find(source: Source) -> Iterator[Finding]:
        yield from swaps(source)
        yield from counted(source.text) if "Tea" in source.text else ()

    def both(text: str) -> str:
        return fix(Source("a.md", text, "markdown"), find, unsafe=True).source.text

    assert both("Salt. Tea.\n") == "harm. Coffee.\n"
    assert both("Salt. Tea. Tea,, Tea.\n") == both(both("Salt. Tea. Tea,, Tea.\n"))


def test_a_stub_is_an_error_that_a_fix_may_bring() -> None:
    swaps = finder(("Signs?", STUB), safety="ask")

    def find(source: Source) -> Iterator[Finding]:
        yield from swaps(source)
        for match in re.finditer(re.escape(STUB), source.text):
            yield Finding("own/stub", Span(*match.span()), "", "error")

    done = fix(Source("a.md", "Signs?\n", "markdown"), find, unsafe=True)
    assert done.source.text == f"{STUB}\n"
    assert done.left == ()


def test_what_is_only_shown_is_never_applied() -> None:
    assert fixed("Salt.\n", ("Salt", "Sugar"), safety="show", unsafe=True) == "Salt.\n"


def test_a_fix_that_changes_nothing_is_no_fix() -> None:
    assert fixed("Salt.\n", ("Salt", "Salt")) == "Salt.\n"


def test_each_fix_that_asks_is_put_before_a_person_who_may_decline() -> None:
    put: list[tuple[str, str]] = []

    def agree(source: Source, finding: Finding) -> bool:
        put.append((source.text, source.excerpt(finding.span)))
        return len(put) != 1  # the first one stays

    done = fix(
        Source("a.md", "Tea,, Salt. Tea. Salt.\n", "markdown"),
        lambda s: [*finder((",,", ","))(s), *finder(("Salt", "Sea salt."), safety="ask")(s)][:9],
        agree=lambda s, f: agree(s, f) and s.text.count("Sea") == 0,
    )
    assert done.source.text == "Tea, Salt. Tea. Sea salt..\n"
    assert put[0] == ("Tea, Salt. Tea. Salt.\n", "Salt")
    assert [word for _, word in put] == ["Salt", "Salt"]


@given(st.lists(st.sampled_from(["Salt", "Rest", ",,", "Salt,,", ".", "\n\n", " "]), max_size=60))
def test_no_mixture_of_good_and_bad_fixes_changes_a_word(parts: list[str]) -> None:
    text = "".join(parts)
    done = fixed(text, ("Salt,,", "Sugar"), (",,", ","), ("Rest", ""))
    assert done == re.sub(",+", ",", text)
