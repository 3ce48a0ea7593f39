"""Source + findings -> Source: fixes are applied until they settle, and the words stay the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .model import CrampError, Edit, Finding, Fix, Source
from .parse import parse
from .patterns import lazy

_WORD = lazy(r"[^\W_]+")
_ROUNDS = 20  # each round settles at least one fix; damage nests a few deep at most

Findings = Callable[[Source], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """`source` after the fixes; `applied`: rule -> number of fixes."""

    source: Source
    applied: Counter[str]


def fix(source: Source, find: Findings, *, unsafe: bool = False) -> Fixed:
    """Apply the safe fixes of what `find` finds, with `unsafe` those that ask too, until none is
    left.

    A safe fix that would change the words is refused, and one that never settles is an error:
    both are faults of a rule. Raises CrampError for them; the source is left as it was.
    """
    wanted = {"safe", "ask"} if unsafe else {"safe"}
    applied: Counter[str] = Counter()
    seen = {source.text}
    for _ in range(_ROUNDS):
        fixes = [(f.rule, f.fix) for f in find(source) if f.fix and f.fix.safety in wanted]
        text, done = _apply(source, fixes)
        if text == source.text:
            return Fixed(source, applied)
        if text in seen:
            break
        seen.add(text)
        applied.update(done)
        source = replace(source, text=text)
    names = ", ".join(sorted({rule for rule, _ in fixes}))
    raise CrampError(
        f"the fixes of {names} do not settle",
        source.name,
        "nothing was written; please report this",
    )


def _apply(source: Source, fixes: Iterable[tuple[str, Fix]]) -> tuple[str, list[str]]:
    """The text after all fixes that touch no part of an earlier one, and their rules."""
    taken: list[Edit] = []
    safe: list[tuple[str, Fix]] = []
    done: list[str] = []
    for rule, one in fixes:
        if any(_overlap(a, b) for a in one.edits for b in taken):
            continue
        taken += one.edits
        done.append(rule)
        if one.safety == "safe":
            safe.append((rule, one))
    if safe and not _same_words(source, [e for _, one in safe for e in one.edits]):
        blamed = [rule for rule, one in safe if not _same_words(source, one.edits)]
        raise CrampError(
            f"a fix of {', '.join(blamed) or 'several rules together'} would change words",
            source.name,
            "nothing was written; please report this",
        )
    return _edited(source.text, taken), done


def _same_words(source: Source, edits: Iterable[Edit]) -> bool:
    """True if the prose keeps its words. Where an edit mends an encoding, what it replaces is no
    word yet (donâ€™t), so only the ASCII letters, which no wrong encoding touches, are compared."""
    edits = list(edits)
    before = parse(source).prose
    after = parse(replace(source, text=_edited(source.text, edits))).prose
    if _WORD.findall(before) == _WORD.findall(after):
        return True
    mends = any(not source.excerpt(e.span).isascii() for e in edits)
    return mends and _ascii_words(before) == _ascii_words(after)


def _ascii_words(prose: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"[^\x00-\x7f]|'", "", prose.casefold()))


def _overlap(a: Edit, b: Edit) -> bool:
    return a.span.start <= b.span.end and b.span.start <= a.span.end


def _edited(text: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join([*pieces, text[at:]])
