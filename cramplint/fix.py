"""Source + findings -> Source: fixes are applied until they settle, the words stay the same, and no
error comes in."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from .amounts import plainly
from .model import STUB, Article, CrampError, Edit, Finding, Source, Span
from .parse import parse
from .patterns import lazy

_WORD = lazy(r"[^\W_]+")
_ROUNDS = 20  # each round settles at least one fix; damage nests a few deep at most
_PROOFS = 64  # tries to tell good fixes from bad ones: fewer in a long text, where each takes long
_LONG = 2_000_000  # code points of all these tries together
_CHECKS, _FEW, _CHECKED = 32, 12, 400_000  # the same where each try is a check of the whole page

Findings = Callable[[Source], Iterable[Finding]]
# What rules of these names find in a text, others' findings among it or not; None: the rules that
# may have safe fixes.
Sooner = Callable[[Source, Collection[str] | None], Iterable[Finding]]
Agree = Callable[[Source, Finding], bool]
# A fix by its rule, the words that it is about and what it would do: the same again is as bad,
# wherever it stands.
Deed = tuple[str, str, tuple[tuple[str, str], ...]]


class Left(NamedTuple):
    """A fix that was left out: of what `rule`, and `why`."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """`source` after the fixes; `applied`: rule -> number of fixes; `left`: those that would have
    done harm."""

    source: Source
    applied: Counter[str]
    left: tuple[Left, ...] = ()


@lru_cache(maxsize=2)
def parsed(source: Source) -> Article:
    """As `parse`. Whoever applies fixes, and whoever finds them, looks at the text before and at
    the one after."""
    return parse(source)


def fix(
    source: Source,
    find: Findings,
    *,
    sooner: Sooner | None = None,
    unsafe: bool = False,
    agree: Agree | None = None,
) -> Fixed:
    """Apply the safe fixes of what `find` finds, with `unsafe` those that ask too, until none is
    left. With `agree`, each that asks is put before it, once nothing safe is left to do; it is
    applied where the answer is True.

    A safe fix that would change the words is left out, and so is any that would bring an error
    that was not there: its finding stays, all others are mended. With `sooner`, which spares work,
    a text that changes is looked at no closer than that takes.
    Raises CrampError for fixes that never settle, a fault of a rule.
    """
    wanted = {"safe", "ask"} if unsafe else {"safe"}
    applied: Counter[str] = Counter()
    seen = {source.text}
    refused: dict[Deed, Left] = {}
    declined: set[tuple[str, Span]] = set()
    all_of_it = unsafe or agree  # fixes that ask may come from any rule
    found = list(sooner(source, None) if sooner and not all_of_it else find(source))
    rounds, moved = 0, False  # moved: something landed since nothing was refused
    while True:
        able = [f for f in found if _does(source, f) and _deed(source, f) not in refused]
        chosen = [f for f in able if f.fix and f.fix.safety in wanted]
        asked = None
        if agree and not chosen:
            left = (f for f in able if _asks(f) and (f.rule, f.span) not in declined)
            asked = next(left, None)
            chosen = [asked] if asked else []
        free, bad = _chosen(source, chosen)
        after, now, done, worse = _landed(source, found, free, find, sooner)
        refused |= bad | worse
        if agree and asked and done:
            if not agree(source, asked):
                declined.add((asked.rule, asked.span))
                continue
            rounds = 0  # it is not the rules that keep this going
        rounds += 1
        if done:
            if after.text in seen or rounds > _ROUNDS:
                raise _unsettled(source, done)
            declined = {(rule, _moved(span, done)) for rule, span in declined}
            seen.add(after.text)
            applied.update(f.rule for f in done)
            source, found, moved = after, now, True
        elif (bad or worse) and rounds <= _ROUNDS:
            continue  # what a bad fix stood in the way of has its turn
        elif refused and moved and rounds <= _ROUNDS:
            refused, moved = {}, False  # what was bad before may be good by now
        else:
            return Fixed(source, applied, tuple(sorted(set(refused.values()))))


def _unsettled(source: Source, findings: Iterable[Finding]) -> CrampError:
    names = ", ".join(sorted({f.rule for f in findings}))
    return CrampError(
        f"the fixes of {names} do not settle",
        source.name,
        "nothing was written; please report this",
    )


def _does(source: Source, finding: Finding) -> bool:
    """True if there is a fix that may be applied, and it changes something."""
    edits = _edits([finding])
    shown = finding.fix is not None and finding.fix.safety == "show"
    return not shown and any(source.excerpt(edit.span) != edit.text for edit in edits)


def _asks(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.safety == "ask"


def _edits(findings: Iterable[Finding]) -> list[Edit]:
    return [edit for f in findings if f.fix for edit in f.fix.edits]


def _moved(span: Span, done: Iterable[Finding]) -> Span:
    """Where `span` is after the fixes of `done`, which are all before it or behind it."""
    by = sum(
        len(edit.text) - (edit.span.end - edit.span.start)
        for edit in _edits(done)
        if edit.span.end <= span.start
    )
    return Span(span.start + by, span.end + by)


def _deed(source: Source, finding: Finding) -> Deed:
    edits = tuple((source.excerpt(e.span), e.text) for e in _edits([finding]))
    return finding.rule, source.excerpt(finding.span), edits


def _chosen(source: Source, findings: Iterable[Finding]) -> tuple[list[Finding], dict[Deed, Left]]:
    """Those whose fixes are to be applied, none touching another; and the safe ones that would
    change words."""
    taken: list[Span] = []  # in order
    free: list[Finding] = []
    for one in findings:
        edits = _edits([one])
        if not any(_touches(edit.span, taken) for edit in edits):
            for edit in edits:
                insort(taken, edit.span)
            free.append(one)
    safe = [one for one in free if not _asks(one)]

    def same(some: list[Finding]) -> str:
        return "" if _same_words(source, _edits(some)) else "it would change words"

    tries = max(1, min(_PROOFS, _LONG // (len(source.text) + 1)))
    good, bad = _parted(source, safe, same, tries)
    return [*good, *filter(_asks, free)], bad


def _landed(
    source: Source,
    found: list[Finding],
    findings: list[Finding],
    find: Findings,
    sooner: Sooner | None,
) -> tuple[Source, list[Finding], list[Finding], dict[Deed, Left]]:
    """(the source after the fixes, what `find` finds in it, those that landed, those that would
    have brought an error). No rule may have more errors than before; how many it had is only asked
    of rules that have some."""
    state = source, found

    def harm(some: list[Finding]) -> str:
        nonlocal state
        after = replace(source, text=edited(source.text, _edits(some)))
        now = list(find(after))
        errors = _errors(after, now)
        before = sooner(source, errors.keys()) if sooner and errors else found
        more = sorted((errors - _errors(source, before)).elements())
        if more:
            return f"it would bring an error of {more[0]}"
        state = after, now
        return ""

    tries = max(_FEW, min(_CHECKS, _CHECKED // (len(source.text) + 1)))
    good, bad = _parted(source, findings, harm, tries)
    return (*state, good, bad)


def _errors(source: Source, found: Iterable[Finding]) -> Counter[str]:
    """How many errors each rule has. A stub is meant to be one, until somebody fills it in."""
    return Counter(
        f.rule for f in found if f.severity == "error" and source.excerpt(f.span) != STUB
    )


def _parted(
    source: Source,
    findings: list[Finding],
    harm: Callable[[list[Finding]], str],
    tries: int,
) -> tuple[list[Finding], dict[Deed, Left]]:
    """Those whose fixes do no `harm` together, and those that do: found by halving."""
    good: list[Finding] = []
    bad: dict[Deed, Left] = {}
    waiting = [findings] if findings else []
    while waiting and tries:
        some = waiting.pop()
        tries -= 1
        why = harm([*good, *some])
        if not why:
            good += some
        elif len(some) == 1:
            bad[_deed(source, some[0])] = Left(some[0].rule, why)
        else:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
    return good, bad


def _same_words(source: Source, edits: Iterable[Edit]) -> bool:
    """True if the prose keeps its words, and code what it says. Where an edit mends an encoding,
    what it replaces is no word yet (donâ€™t), so only the ASCII letters, which no wrong encoding
    touches, are compared. An amount keeps its value and unit, however it is written."""
    edits = list(edits)
    old, new = parsed(source), parsed(replace(source, text=edited(source.text, edits)))
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


def edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` after `edits`, none of which meets another."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join([*pieces, text[at:]])
