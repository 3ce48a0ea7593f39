"""Source + findings -> Source: fixes are applied until they settle, and the words stay the same."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from .amounts import plainly
from .model import Article, CrampError, Edit, Finding, Fix, Source, Span
from .parse import parse
from .patterns import lazy

_WORD = lazy(r"[^\W_]+")
_ROUNDS = 20  # each round settles at least one fix; damage nests a few deep at most
_PROOFS = 64  # tries to tell good fixes from bad ones: fewer in a long text, where each takes long
_LONG = 2_000_000  # code points of all these tries together

Findings = Callable[[Source], Iterable[Finding]]
# A fix by its rule and what it would do: the same again is as bad, wherever it stands.
Deed = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """`source` after the fixes; `applied`: rule -> number of fixes."""

    source: Source
    applied: Counter[str]


def fix(source: Source, find: Findings, *, unsafe: bool = False) -> Fixed:
    """Apply the safe fixes of what `find` finds, with `unsafe` those that ask too, until none is
    left.

    A safe fix that would change the words is left out: its finding stays, all others are mended.
    Raises CrampError for fixes that never settle, a fault of a rule.
    """
    wanted = {"safe", "ask"} if unsafe else {"safe"}
    applied: Counter[str] = Counter()
    seen = {source.text}
    refused: set[Deed] = set()
    stuck = False
    for _ in range(_ROUNDS):
        fixes = [(f.rule, f.fix) for f in find(source) if f.fix and f.fix.safety in wanted]
        fixes = [(rule, one) for rule, one in fixes if _deed(source, rule, one) not in refused]
        done, bad = _chosen(source, fixes)
        text = _edited(source.text, [e for _, one in done for e in one.edits])
        refused |= bad
        if text == source.text:
            if stuck or not bad:
                return Fixed(source, applied)
            stuck = True  # what a bad fix stood in the way of has its turn
            continue
        stuck = False
        if text in seen:
            break
        seen.add(text)
        applied.update(rule for rule, _ in done)
        source = replace(source, text=text)
    names = ", ".join(sorted({rule for rule, _ in fixes}))
    raise CrampError(
        f"the fixes of {names} do not settle",
        source.name,
        "nothing was written; please report this",
    )


def _deed(source: Source, rule: str, one: Fix) -> Deed:
    return rule, tuple((source.excerpt(e.span), e.text) for e in one.edits)


def _chosen(
    source: Source, fixes: Iterable[tuple[str, Fix]]
) -> tuple[list[tuple[str, Fix]], set[Deed]]:
    """The fixes to apply, none touching another, and the safe ones that would change words."""
    taken: list[Span] = []  # in order
    free: list[tuple[str, Fix]] = []
    for rule, one in fixes:
        if not any(_touches(edit.span, taken) for edit in one.edits):
            for edit in one.edits:
                insort(taken, edit.span)
            free.append((rule, one))
    safe = [(rule, one) for rule, one in free if one.safety == "safe"]
    good, bad = _proved(source, safe)
    return [*good, *(asks for asks in free if asks[1].safety != "safe")], bad


def _proved(
    source: Source, fixes: list[tuple[str, Fix]]
) -> tuple[list[tuple[str, Fix]], set[Deed]]:
    """Those of `fixes` that together keep the words, and those that do not: found by halving."""
    good: list[tuple[str, Fix]] = []
    bad: set[Deed] = set()
    waiting = [fixes] if fixes else []
    tries = max(1, min(_PROOFS, _LONG // (len(source.text) + 1)))
    while waiting and tries:
        some = waiting.pop()
        tries -= 1
        if _same_words(source, [e for _, one in (*good, *some) for e in one.edits]):
            good += some
        elif len(some) == 1:
            bad.add(_deed(source, *some[0]))
        else:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
    return good, bad


def _same_words(source: Source, edits: Iterable[Edit]) -> bool:
    """True if the prose keeps its words, and code what it says. Where an edit mends an encoding,
    what it replaces is no word yet (donâ€™t), so only the ASCII letters, which no wrong encoding
    touches, are compared. An amount keeps its value and unit, however it is written."""
    edits = list(edits)
    old, new = parse(source), parse(replace(source, text=_edited(source.text, edits)))
    if _code(old) != _code(new):
        return False
    before, after = plainly(old.prose), plainly(new.prose)
    if _WORD.findall(before) == _WORD.findall(after):
        return True
    mends = any(not source.excerpt(e.span).isascii() for e in edits)
    return mends and _ascii_words(before) == _ascii_words(after)


def _code(article: Article) -> list[str]:
    """The words of code, which is no prose and yet nothing to lose."""
    whole = (b.span for b in article.blocks if b.kind == "code")
    code = [*whole, *(Span(e.start, e.end) for e in article.events if e.kind == "code")]
    return [word for span in code for word in _WORD.findall(article.source.excerpt(span))]


def _ascii_words(prose: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"[^\x00-\x7f]|'", "", prose.casefold()))


def _touches(span: Span, taken: Sequence[Span]) -> bool:
    """True if `span` meets or borders on one of `taken`, which are in order and apart."""
    at = bisect_left(taken, span)
    near = taken[max(at - 1, 0) : at + 1]
    return any(span.start <= one.end and one.start <= span.end for one in near)


def _edited(text: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join([*pieces, text[at:]])
