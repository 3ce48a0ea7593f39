"""The words that every match of a pattern holds, as far as its form tells.

A word has an EDGE where it is known to begin or end: each match of `\\bcure\\s` holds "cure"
between two edges, each match of `\\bcure\\w*` holds it behind one. `edged` writes a text in the
same way, so that what a match holds is a part of what is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

EDGE = "\x1d"
SIGN = "\U000f0000"  # first of the letters that stand for lists of words, see `vocabulary`
_EDGES = re.compile(r"\b")
_SHORT = 2  # letters; a single one stands in most texts
_REPEATED = 4
_RANKS = 2
_FORMS = 6
# Words that most texts hold; others are the rarer, the longer they are. A list is one letter.
_WORDS = (
    "a about after all also an any are as at be been before being but by can do does for "
    "from get had has have if in into is it its just like more most my no not of off on "
    "one only or our out over people so than that the their them then there these they "
    "this those to up us was we were what when which who will with you your"
)
_COMMON = frozenset(_WORDS.split())
_OFTEN = {1: 0.6, 2: 0.5, 3: 0.08, 4: 0.04}
_RARELY = 0.02
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_HOLDING = _REPEATS | {"SUBPATTERN", "ATOMIC_GROUP", "BRANCH", "IN"}
_AROUND = frozenset(("ASSERT", "ASSERT_NOT"))
_APART = frozenset(("CATEGORY_SPACE", "CATEGORY_NOT_WORD"))


def edged(word: str) -> str:
    """`word`, which is without blanks, with all its edges."""
    return _EDGES.sub(EDGE, word)


def sets(parsed: Sequence[Any], before: bool = False, after: bool = False) -> Iterator[set[str]]:
    """Sets of words, in lower case: every match of what `re` has `parsed` holds one word at least
    of each set. `before`, `after`: a letter at its beginning or end has an edge there."""
    parsed = _parts(parsed)
    whole, closed = _head(parsed)
    if closed and whole:  # as most branches are
        yield from _told({_bounded(whole, before, after)})
        return
    runs = {""}  # what stands right before, in all its forms
    opens = before
    for i, (op, held) in enumerate(parsed):
        name = op.name
        letters = _letters(name, held)
        if letters and len(runs) * len(letters) <= _FORMS:
            runs = {run + letter for run in runs for letter in letters}
            continue
        if runs != {""}:
            yield from _ended(runs, opens, parsed, i, after)
            opens = not any(_is_letter(run[-1]) for run in runs)
            runs = {""}
        if name in _HOLDING:
            yield from _within(name, held, opens, _apart(parsed[i + 1 :], True, after))
        opens = _apart([(op, held)], False, opens)
    if runs != {""}:
        yield from _ended(runs, opens, parsed, len(parsed), after)


def _parts(parsed: Sequence[Any]) -> list[Any]:
    """The parts one after the other: what the parser made is slow to walk."""
    return getattr(parsed, "data", None) or list(parsed)


def _ended(
    runs: set[str], opens: bool, parsed: Sequence[Any], at: int, after: bool
) -> Iterator[set[str]]:
    """The words of the `runs` that the part number `at` ends; none if they would tell little."""
    branches = [
        _head(branch) for op, held in parsed[at : at + 1] for branch in _branches(op.name, held)
    ]
    if branches and all(head for head, _ in branches):
        # "s(?:o|ince)" is "so" or "since": the parser has taken their first letter out.
        behind = _apart(parsed[at + 1 :], True, after)
        ends = {(run + head, whole and behind) for run in runs for head, whole in branches}
    else:
        closes = _apart(parsed[at:], True, after)
        ends = {(run, closes) for run in runs}
    yield from _told({_bounded(word, opens, closes) for word, closes in ends})


def _told(words: set[str]) -> Iterator[set[str]]:
    """`words`, unless there are such among them as stand in most texts."""
    if all(len(word) >= _SHORT or not word.isalnum() for word in words):
        yield words


def _within(name: str, held: Any, before: bool, after: bool) -> Iterator[set[str]]:
    """The sets of what stands within a part."""
    if branches := _branches(name, held):
        # Each branch holds its rarest set, and perhaps one more.
        ranked = [sorted(sets(one, before, after), key=_seen)[:_RANKS] for one in branches]
        for same in zip(*ranked, strict=False):
            yield set().union(*same)
    elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
        yield from sets(_body(name, held), before, after)
    elif name in _REPEATS and held[0]:
        # "x{3,}" holds "xxx".
        least, most, body = held
        yield from sets(_parts(body) * min(least, _REPEATED), before, after and least == most)
    elif name == "IN" and (sign := _sign(held)):
        yield {sign}


def _apart(parsed: Sequence[Any], onwards: bool, beyond: bool) -> bool:
    """True if a letter that stands right before what is `parsed` has an edge there, or right behind
    it if not `onwards`. `beyond`: what is true if all of it may match nothing."""
    for op, held in _parts(parsed) if onwards else reversed(_parts(parsed)):
        name = op.name
        if name == "AT":
            return bool(held.name != "AT_NON_BOUNDARY")
        if name in _AROUND:
            way, body = held
            if (way > 0) is onwards and (
                _apart(body, onwards, False) if name == "ASSERT" else _any_letter(body)
            ):
                return True
        elif name in _REPEATS:
            least, _, body = held
            apart = _apart(body, onwards, False)
            if least or not apart:
                return apart
        elif branches := _branches(name, held):
            return all(_apart(branch, onwards, False) for branch in branches)
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            return _apart(_body(name, held), onwards, False)
        else:
            return _no_letter(name, held)
    return beyond


def _no_letter(name: str, held: Any) -> bool:
    """True if a literal or a class is no letter of a word."""
    if name == "LITERAL":
        return not _is_letter(chr(held))
    return name == "IN" and all(
        not _is_letter(chr(what))
        if op.name == "LITERAL"
        else op.name == "CATEGORY" and what.name in _APART
        for op, what in held
    )


def _any_letter(parsed: Sequence[Any]) -> bool:
    """True if what is `parsed` is one letter, of which every letter of a word is one."""
    if len(parsed) != 1 or parsed[0][0].name != "IN":
        return False
    members = parsed[0][1]
    return members[0][0].name != "NEGATE" and any(
        op.name == "CATEGORY" and what.name == "CATEGORY_WORD" for op, what in members
    )


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _bounded(word: str, opens: bool, closes: bool) -> str:
    """`word` with the edges inside, and those at its ends that are known."""
    inside = edged(word).strip(EDGE)
    head = EDGE if opens and _is_letter(word[0]) else ""
    return head + inside + (EDGE if closes and _is_letter(word[-1]) else "")


def _letters(name: str, held: Any) -> Sequence[str]:
    """The letters, in lower case, of which a literal or a small class is one; empty for any other
    part, and where a letter has more forms than one lower case."""
    if name == "LITERAL" and held < 128:  # as most are
        letter = chr(held).lower()
        return () if letter.isspace() else (letter,)
    codes = [held] if name == "LITERAL" else []
    if name == "IN" and len(held) <= _FORMS and all(op.name == "LITERAL" for op, _ in held):
        codes = [code for _, code in held]
    letters = [chr(code) for code in codes]
    # A blank may stand in the place of what is no prose.
    plain = all(
        (c.isascii() or c.lower() == c.upper()) and not c.isspace() and c < SIGN for c in letters
    )
    return [c.lower() for c in letters] if plain else []


def _branches(name: Any, held: Any) -> Sequence[Any]:
    """The branches of an alternation, whether it stands by itself or in brackets."""
    if name == "SUBPATTERN" and len(held[3]) == 1:
        name, held = held[3][0]
        name = name.name
    return held[1] if name == "BRANCH" else ()


def _body(name: str, held: Any) -> Sequence[Any]:
    """What stands in the brackets of a group."""
    body: Sequence[Any] = held[3] if name == "SUBPATTERN" else held
    return body


def _head(branch: Sequence[Any]) -> tuple[str, bool]:
    """The literal by which a branch begins; True if that is all of it."""
    head = ""
    for op, held in _parts(branch):
        letters = _letters(op.name, held)
        if len(letters) != 1:
            return head, False
        head += letters[0]
    return head, True


def _sign(members: Sequence[tuple[Any, Any]]) -> str:
    """The sign of a list that a class of letters holds among its marks; empty if it holds none."""
    codes = [code for op, code in members if op.name == "LITERAL"]
    highest = chr(max(codes, default=0))
    return highest if highest > SIGN and len(codes) == len(members) else ""


def _seen(words: set[str]) -> float:
    """How often, about, a text of some sentences holds one of `words`."""
    return sum(
        1 if word.strip(EDGE) in _COMMON else _OFTEN.get(len(word), _RARELY) for word in words
    )
