"""Findings against labels -> Scores. Pure: what finds and what reads is handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path

from labels import Case, DoseLabel

from cramplint.meaning import Dose
from cramplint.model import Finding, Span

DOSE_FIELDS = ("found", "amount", "per", "nutrient", "class")


@dataclass(frozen=True, slots=True)
class Place:
    """Something to look at: `kind` is false (flagged, no label) or missed (labelled, not flagged).
    `line` is 1-based, 0 for the page as a whole."""

    kind: str
    rule: str
    path: Path
    line: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Tally:
    """`true` and `missed` count labels, `false` counts findings that answer to no label."""

    true: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.true + other.true, self.false + other.false, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Score:
    """What one folder of cases came to. `by_rule` holds only rules with something to count;
    `hard_false`: false alarms in hard negatives."""

    cases: int
    hard: int
    labels: int
    by_rule: Mapping[str, Tally]
    places: tuple[Place, ...]
    hard_false: int


@dataclass(frozen=True, slots=True)
class DoseScore:
    """How labelled amounts were read: class -> Counter of "labels" and of what of DOSE_FIELDS was
    right. All but `found` are asked only of amounts that were found."""

    by_class: Mapping[str, Counter[str]] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


def score(
    cases: Sequence[Case],
    find: Callable[[Case], Iterable[Finding]],
    counts: Callable[[str], bool] = lambda rule: True,
) -> Score:
    """`find` gives the findings of a case; `counts` says which rules are scored at all."""
    by_rule: Counter[tuple[str, str]] = Counter()
    places: list[Place] = []
    hard_false = labels = 0
    for case in cases:
        expect = [label for label in case.expect if counts(label.rule)]
        unsure = [label for label in case.unsure if counts(label.rule)]
        labels += len(expect)
        met: set[int] = set()
        for found in find(case):
            if not counts(found.rule) or not case.judges(found.rule):
                continue
            hits = {n for n, x in enumerate(expect) if x.answers(found.rule, found.span)}
            met |= hits
            if hits or any(label.answers(found.rule, found.span) for label in unsure):
                continue
            by_rule[found.rule, "false"] += 1
            hard_false += case.hard
            places.append(_place("false", case, found.rule, found.span))
        for n, label in enumerate(expect):
            by_rule[label.rule, "true" if n in met else "missed"] += 1
            if n not in met:
                places.append(_place("missed", case, label.rule, label.span))
    tallies = {
        rule: Tally(*(by_rule[rule, kind] for kind in ("true", "false", "missed")))
        for rule in sorted({rule for rule, _ in by_rule})
    }
    hard = sum(case.hard for case in cases)
    places.sort(key=lambda p: (p.rule, p.kind, p.path, p.line))
    return Score(len(cases), hard, labels, tallies, tuple(places), hard_false)


def _place(kind: str, case: Case, rule: str, span: Span | None) -> Place:
    if span is None:
        return Place(kind, rule, case.path, 0, "the page as a whole")
    line = case.text.count("\n", 0, span.start) + 1
    return Place(kind, rule, case.path, line, " ".join(case.text[span.start : span.end].split()))


def score_doses(cases: Sequence[Case], read: Callable[[Case], Iterable[Dose]]) -> DoseScore:
    """`read` gives the doses that the program sees in a case."""
    by_class: dict[str, Counter[str]] = {}
    places: list[Place] = []
    for case in cases:
        seen = list(read(case)) if case.doses else []
        for label in case.doses:
            right = _right(label, seen)
            by_class.setdefault(label.kind, Counter())["labels"] += 1
            by_class[label.kind].update(right)
            wrong = [name for name in DOSE_FIELDS if name not in right] if right else ["found"]
            if wrong:
                kind = "missed" if not right else f"wrong {', '.join(wrong)}"
                places.append(_place(kind, case, f"dose ({label.kind})", label.span))
    return DoseScore(dict(sorted(by_class.items())), tuple(places))


def _right(label: DoseLabel, seen: Sequence[Dose]) -> set[str]:
    """What of the dose nearest to the label is right; empty if there is none at its place."""
    best: set[str] = set()
    given = label.kind == "prescribed"
    for dose in seen:
        if dose.span.start >= label.span.end or label.span.start >= dose.span.end:
            continue
        amount = isclose(dose.low, label.low) and isclose(dose.high, label.high)
        right = {
            "found": True,
            "amount": amount and dose.unit == label.unit,
            "per": dose.per == label.per,
            "nutrient": dose.nutrient == label.nutrient,
            # A dose that somebody was given is no advice to readers, whatever else it is called.
            "class": dose.kind == label.kind or (given and dose.kind != "recommend"),
        }
        best = max(best, {name for name, well in right.items() if well}, key=len)
    return best
