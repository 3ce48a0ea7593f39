"""Regular expressions that are compiled when first used, and not again in the next run.

Compiling is what a check of one small page spends most of its time on: some 300 patterns take
longer than reading, parsing and checking the page together. So a pattern is compiled when first
used, and its code can be kept: `table` gives the codes of this run, `know` takes those of an
earlier one. Without them, or on another Python, patterns are compiled as ever.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
OR, AND = "\x1f", "\x1e"  # between the words of a set, between sets
SIGN = "\U000f0000"  # first of the letters that stand for lists of words, see `vocabulary`
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
_CODE: Final = "I"  # the numbers that a code is made of
_NO_CODE = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_PAGE = 1000  # code points; a longer text is an article
_MOST = 4000  # patterns in a table; those of old rules must not pile up
_TREES = 64  # parsed patterns that are held: most are asked for their words, then compiled

# What is kept of earlier runs: words of patterns, and by flags and pattern what `_sre` is told of
# it: flags in force, number of groups, their names, place of the code among all codes.
_words: dict[str, str] = {}
_known: dict[str, Any] = {}
_codes: bytes | memoryview = b""
# What this run worked out.
_said: dict[str, str] = {}
_made: dict[str, tuple[_Told, bytes]] = {}


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Stands for `re.compile(pattern, flags)` until one of its methods is asked for."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self._made = pattern, flags

    def __getattr__(self, name: str) -> Any:
        made = compiled(*self._made)
        for method in _METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(pattern, flags)`, from its known code if there is one. Raises re.error."""
    key = f"{int(flags)} {pattern}"
    if kept := _kept(key):
        try:
            return _from_code(pattern, *kept)
        except _NO_CODE:
            del _known[key]  # not what we kept: the engine checks a code before it takes it
    parsed = tree(pattern, int(flags))
    if parsed is None:
        return re.compile(pattern, flags)
    code = array(_CODE, _coded(parsed, int(flags))).tobytes()
    state = parsed.state
    told = _Told(flags | state.flags, state.groups - 1, dict(state.groupdict))
    _made[key] = told, code
    return _from_code(pattern, told, code)


class _Told(NamedTuple):
    """What `_sre` is told of a pattern besides its code."""

    flags: int
    groups: int
    names: dict[str, int]


def _kept(key: str) -> tuple[_Told, bytes | memoryview] | None:
    """What is kept of a pattern; None if that is nothing, or out of shape."""
    kept = _known.get(key)
    if kept is None:
        return None
    match kept:
        case [int(flags), int(groups), dict(names), int(start), int(end)] if (
            0 <= start < end <= len(_codes)
        ):
            return _Told(flags, groups, names), _codes[start:end]
    del _known[key]
    return None


def lowered(text: str) -> str:
    """`text` in lower case, of the same length, with the letters that `re` takes for an i or an s:
    a pattern without capitals finds in it what it finds in `text` where case is ignored, several
    times as fast."""
    return _lowered(text) if len(text) > _PAGE else _lower(text)


@lru_cache(maxsize=4)  # of one article, whose every rule asks for it
def _lowered(text: str) -> str:
    return _lower(text)


def _lower(text: str) -> str:
    if text.isascii():
        return text.lower()
    low = text.replace("\u0130", "i").lower()  # the one letter that two stand for in lower case
    return low.replace("\u0131", "i").replace("\u017f", "s")


# Where a capital is no letter: in classes and anchors, in names of groups.
_NO_LETTER = lazy(r"\\[^uUxN0-9]|\(\?P[<=>]\w+")
_CODED = lazy(r"\\[uUxN0-9]")


def caseless(pattern: str) -> bool:
    """True if `pattern` finds in a `lowered` text, case heeded, what it finds in the text itself
    where case is ignored."""
    if pattern.isascii() and pattern == pattern.lower() and not _CODED.search(pattern):
        return "(?-" not in pattern
    held = _NO_LETTER.sub("", pattern)
    known = held.isascii() or all(c.isascii() or c.lower() == c.upper() for c in set(held))
    return known and "\\" not in held and "(?-" not in held and held == held.lower()


def words(pattern: str, flags: int) -> str:
    """The sets of words, parted by AND, of each of which every match of `pattern` in a `lowered`
    text, or in one whose `lowered` form is looked at, holds a word; those of a set are parted by
    OR. Empty if nothing is known. Raises re.error."""
    known = _words.get(pattern)
    if known is None:
        known = _said.get(pattern)
    if known is None:
        made = tree(pattern, flags)
        sets = () if made is None else _needs(made)
        known = _said[pattern] = AND.join(OR.join(sorted(some)) for some in sets)
    return known


def known() -> Mapping[str, str]:
    """The `words` of the patterns that are known from an earlier run."""
    return _words


def version() -> str:
    """Names the engine whose codes these are."""
    return f"patterns9-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.byteorder}"


def know(table: object, codes: bytes | memoryview) -> None:
    """Take what `table` kept of the patterns of an earlier run with the same `version`; anything
    else is ignored."""
    global _codes, _known, _words
    match table:
        case {"words": dict(words), "codes": dict(known)}:
            _known, _codes = known, codes
            _words = {text: held for text, held in words.items() if isinstance(held, str)}


def table() -> tuple[dict[str, dict[str, Any]], bytes] | None:
    """What is known of all patterns, as JSON, and their codes, for `know`; None if there is nothing
    new."""
    if not _made and not _said:
        return None
    places: dict[str, Any] = {}
    codes: list[bytes | memoryview] = []
    end = 0
    known = list(_known) if len(_known) + len(_made) <= _MOST else []
    for key in (*_made, *known):
        if found := _made.get(key) or _kept(key):
            told, code = found
            places[key] = [*told, end, end + len(code)]
            codes.append(code)
            end += len(code)
    words = _words if len(_words) + len(_said) <= _MOST else {}
    return {"words": words | _said, "codes": places}, b"".join(codes)


@lru_cache(maxsize=_TREES)
def tree(pattern: str, flags: int) -> Any:
    """What `re` makes of a pattern before it compiles it: private to Python, so asked for here and
    nowhere else. None where Python has another engine. Raises re.error."""
    parser = getattr(re, "_parser", None)
    return parser.parse(pattern, flags) if parser and hasattr(re, "_compiler") else None


def _coded(parsed: Any, flags: int) -> Sequence[int]:
    code: Sequence[int] = re._compiler._code(parsed, flags)  # type: ignore[attr-defined]
    return code


def _needs(parsed: Any) -> Iterator[set[str]]:
    """Sets of words, in lower case: every match holds one word at least of each set."""
    runs = {""}  # what stands right before, in all its forms
    for op, held in [*parsed, (None, None)]:
        name = op.name if op else ""
        letters = _letters(name, held)
        if letters and len(runs) * len(letters) <= _FORMS:
            runs = {run + letter for run in runs for letter in letters}
            continue
        if name == "AT":
            continue
        branches = _branches(name, held)
        if branches and runs != {""} and all(heads := [_head(branch) for branch in branches]):
            # "s(?:o|ince)" is "so" or "since": the parser has taken their first letter out.
            runs = {run + head for run in runs for head in heads}
        if all(len(run) >= _SHORT or (run and not run.isalnum()) for run in runs):
            yield runs
        runs = {""}
        if branches:
            # Each branch holds its rarest set, and perhaps one more.
            ranked = [sorted(_needs(branch), key=_seen)[:_RANKS] for branch in branches]
            for same in zip(*ranked, strict=False):
                yield set().union(*same)
        elif name == "SUBPATTERN":
            yield from _needs(held[3])
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and held[0]:
            # "x{3,}" holds "xxx".
            yield from _needs(list(held[2]) * min(held[0], _REPEATED))
        elif name == "IN" and (sign := _sign(held)):
            yield {sign}


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


def _branches(name: str, held: Any) -> Sequence[Any]:
    """The branches of an alternation, whether it stands by itself or in brackets."""
    if name == "SUBPATTERN" and len(held[3]) == 1:
        (op, held) = held[3][0]
        name = op.name
    return held[1] if name == "BRANCH" else ()


def _head(branch: Any) -> str:
    """The literal by which a branch begins."""
    head = ""
    for op, held in branch:
        letters = _letters(op.name, held)
        if len(letters) != 1:
            break
        head += letters[0]
    return head


def _sign(members: Sequence[tuple[Any, Any]]) -> str:
    """The sign of a list that a class of letters holds among its marks; empty if it holds none."""
    codes = [code for op, code in members if op.name == "LITERAL"]
    highest = chr(max(codes, default=0))
    return highest if highest > SIGN and len(codes) == len(members) else ""


def _seen(words: set[str]) -> float:
    """How often, about, a text of some sentences holds one of `words`."""
    return sum(1 if word in _COMMON else _OFTEN.get(len(word), _RARELY) for word in words)


def _from_code(pattern: str, told: _Told, code: bytes | memoryview) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]  # private to Python

    by_number = [None, *([None] * told.groups)]
    for name, number in told.names.items():
        by_number[number] = name  # type: ignore[call-overload]  # names of groups
    numbers = memoryview(code).cast(_CODE).tolist()
    made: re.Pattern[str] = _sre.compile(
        pattern, told.flags, numbers, told.groups, dict(told.names), tuple(by_number)
    )
    return made
