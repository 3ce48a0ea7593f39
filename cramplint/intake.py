"""How an amount is taken: how often, by whom, and what of it a day holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .amounts import Amount, Frequency, frequencies
from .beside import PEOPLE
from .meaning import Dose, Sentence


def how_often(
    amount: Amount, k: int, all_of: Sequence[Amount], often: Sequence[Frequency]
) -> Frequency | None:
    """How often: what is said behind the amount, else before it, else for the whole sentence."""
    floor = all_of[k - 1].span.end if k else 0
    ceiling = all_of[k + 1].span.start if k + 1 < len(all_of) else 2**62
    behind = [f for f in often if amount.span.end <= f.span.start < ceiling]
    ahead = [f for f in often if floor <= f.span.start and f.span.end <= amount.span.start]
    for near in (behind, [] if k else ahead[::-1], list(often)):
        if near:
            first = next((f for f in near if f.per in ("dose", "kg") or f.times != 1), near[0])
            return next((f for f in near if f.per == "kg"), first)
    return None


def end_of(
    prose: str, amount: Amount, how: Frequency | None, all_of: Sequence[Amount], k: int
) -> int:
    """The end of what belongs to an amount: how often, if it stands right behind."""
    if not how or how.span.start < amount.span.end:
        return amount.span.end
    return how.span.end if len(prose[amount.span.end : how.span.start].split()) <= 3 else 0


def people(prose: str, sentence: Sentence, amount: Amount, over: tuple[str, ...]) -> str:
    """Whom an amount is for: the last ones named before it, else behind it, else over it."""
    before = list(PEOPLE.finditer(prose, sentence.span.start, amount.span.start))
    found = before[-1] if before else PEOPLE.search(prose, amount.span.end, sentence.span.end)
    if len(before) > 1 and prose[before[-2].end() : before[-1].start()].strip() in ("and", "or"):
        found = before[-2]  # "adults and children over 4"
    for head in over[:2]:
        found = found or PEOPLE.search(head)
    return str(found.lastgroup) if found else ""


def summed(prose: str, made: Sequence[Dose]) -> Iterator[Dose]:
    """ "200 mg in the morning and 300 mg at night": the second one closes the day of both."""
    before: Dose | None = None
    for dose in made:
        joined = before and before.nutrient == dose.nutrient and before.kind == dose.kind
        if before and joined and before.daily and dose.daily and dose.nutrient:
            between = prose[before.span.end : dose.span.start].lower()
            apart = re.fullmatch(r"[\s,]*(?:and|plus|then|with|another)\s+(?:\w+\s+)?", between)
            when = [_when(prose, d) for d in (before, dose)]
            if apart and all(when) and when[0] != when[1]:
                dose = dose._replace(daily=before.daily + dose.daily)
        yield dose
        before = dose


def _when(prose: str, dose: Dose) -> str:
    """The time of the day that a dose names, "" if it names none."""
    found = [f for f in frequencies(prose, *dose.span) if f.moment and f.times == 1]
    return prose[found[0].span.start : found[0].span.end].lower() if found else ""
