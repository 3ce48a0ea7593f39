"""How an amount is taken: how often, by whom, and what of it a day holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .amounts import Amount, Frequency, frequencies
from .beside import PEOPLE
from .meaning import Dose, Sentence
from .model import Span
from .nutrients import Named, form_behind, fraction
from .patterns import lazy


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


_AGAIN = lazy(
    r"[^.;\n]{0,40}?\b(?:and|then|plus) (?:the|that) same (?:amount |dose )?(?:again )?"
    r"(?:at|in|before|after|with|on)\b",
    re.IGNORECASE,
)


def again(prose: str, end: int, sentence: Sentence) -> bool:
    """True if an amount that ends at `end` is taken twice: "and the same again at night"."""
    return bool(_AGAIN.match(prose, end, sentence.span.end))


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
    for head in over:
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


_LIST = 120  # code points between two entries of a list
# Nothing but what and how much: "Zinc, 20 mg." "And 200 mg of ashwagandha."
_NAMED = lazy(
    r"\W*(?:(?:and|plus|then|also|\d{1,2}[.)])\s+)?(?:(?:[a-z][\w’'-]*\s+){0,3}[a-z][\w’'-]*"
    r"\s?[,:–—-]\s*)?",
    re.IGNORECASE,
)
_OF = lazy(r"(?:\s+(?:of|for)(?:\s+[\w’'-]+){1,3})?(?:,\s+\d+\s+for\s+\w+)?\W*")


def joined(
    prose: str, made: Sequence[Dose], sentences: Callable[[int], Sentence | None]
) -> Iterator[Dose]:
    """Doses in order, with those that say nothing but what and how much taken for advice where the
    one before or behind them is: a list of what to take."""
    before: Sequence[Dose] = ()
    for i, dose in enumerate(made):
        near = (*before, *made[i + 1 : i + 2])
        if dose.kind == "other" and any(
            d.kind == "recommend" and abs(d.span.start - dose.span.start) < _LIST for d in near
        ):
            around = sentences(dose.span.start)
            if around and _is_bare(prose, around, dose):
                dose = dose._replace(kind="recommend")
        before = (dose,)
        yield dose


def _is_bare(prose: str, sentence: Sentence, dose: Dose) -> bool:
    before = prose[sentence.span.start : dose.span.start]
    after = prose[dose.span.end : sentence.span.end]
    return bool(_NAMED.fullmatch(before) and _OF.fullmatch(after))


_ELEMENTAL = lazy(r"\belemental\b", re.IGNORECASE)


def form_of(
    prose: str,
    sentence: Sentence,
    amount: Amount,
    what: Named | None,
    entry: Mapping[str, Any] | None,
    bounds: Span,
) -> tuple[str, bool | None]:
    """(the compound, whether the amount is of the nutrient itself; None if it cannot be told) of an
    amount of `what`, whose table entry is `entry`; `bounds`: between the amounts beside it."""
    if not what or not entry:
        return "", None
    elemental = bool(_ELEMENTAL.search(prose, *bounds))
    tail = prose[amount.span.end : sentence.span.end][:80]
    told = form_behind(entry, tail) if what.span.end <= amount.span.start or not what.form else ""
    if told and not what.form:
        return told, True
    if not sentence.span.holds(what.span) or what.span.end == 0:
        return what.form, True if elemental else None
    if what.form:
        weighed = fraction(entry, what.form) is not None
        return what.form, True if elemental else (False if weighed else None)
    plain = not any("fraction" in one for one in entry.get("compounds", {}).values())
    of = re.match(r"\s*(?:\w+\s+){0,3}?of\s", prose[amount.span.end : what.span.start + 1])
    return "", True if elemental or plain or of else None
