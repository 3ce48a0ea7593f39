"""What cramplint means to cost beside other tools, and whether it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from . import stages
from .measure import Ran, Spread, ratio, spread

Results = Mapping[str, Mapping[str, Ran]]  # workload → contender → what it cost


@dataclass(frozen=True, slots=True)
class Goal:
    """`ours` costs at most `most` times what `theirs` costs, by article, in the same race.

    `said` is how the limit is written; `of` is what is compared: cpu, wall or peak. Where `theirs`
    is empty, `most` is megabytes of memory, or milliseconds of CPU an article.
    """

    work: str
    said: str
    workload: str
    ours: str
    theirs: str
    most: float
    of: str = "cpu"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a goal stands: what was measured, or why nothing was."""

    goal: Goal
    measured: Spread | None
    reason: str = ""

    @property
    def met(self) -> bool:
        return self.measured is not None and self.measured.median <= self.goal.most


_ONE: Final = "one file, a process"
_SEEN: Final = "cramplint, text seen before"
_EMPTY: Final = "cramplint, empty cache"
_FULL: Final = "cramplint, prose and readability on"
_SAME: Final = "cramplint, nothing changed"
_EDITED: Final = "cramplint, one changed"
_BOTH: Final = "Hugo, HTML and JSON"
_ALL: Final = "whole catalogue"
_TEN: Final = "≤ 10 × a Markdown parse"

GOALS: Final = (
    Goal("cold check", "≤ 3 × rumdl", "cold", "cramplint", "rumdl", 3),
    Goal(
        "cold check", "≤ 1/5 of markdownlint-cli2", "cold", "cramplint", "markdownlint-cli2", 1 / 5
    ),
    Goal("cold check", "≤ 1/12 of proselint", "cold", "cramplint", "proselint", 1 / 12),
    Goal("cold check", "≤ 1/30 of alex", "cold", "cramplint", "alex", 1 / 30),
    Goal("cold check", "≤ 1/30 of textlint", "cold", "cramplint", "textlint", 1 / 30),
    Goal(
        "the same, prose and readability on",
        "≤ 1/3 of proselint",
        "cold",
        _FULL,
        "proselint",
        1 / 3,
    ),
    Goal("nothing changed", "≤ 1/2 of rumdl", "archive", _SAME, "rumdl, nothing changed", 1 / 2),
    Goal("one changed", "≤ 3 × nothing changed", "archive", _EDITED, _SAME, 3),
    Goal(f"{_ONE}, empty cache", "≤ 1/2 of proselint", "one file", _EMPTY, "proselint", 1 / 2),
    Goal(
        f"{_ONE}, empty cache",
        "≤ 1/5 of markdownlint-cli2",
        "one file",
        _EMPTY,
        "markdownlint-cli2",
        1 / 5,
    ),
    Goal(
        f"{_ONE}, text seen before",
        "≤ 4 × Python that does nothing",
        "one file",
        _SEEN,
        "Python that does nothing",
        4,
    ),
    Goal("publish", "≤ Hugo, HTML and JSON", "publish", "cramplint", _BOTH, 1),
    Goal("publish", "≤ 1/2 of Pelican", "publish", "cramplint", "Pelican", 1 / 2),
    Goal("publish", "≤ 1/2 of MkDocs", "publish", "cramplint", "MkDocs", 1 / 2),
    Goal(
        "publish, one changed of many",
        "≤ 1/10 of Hugo",
        "publish archive",
        _EDITED,
        f"{_BOTH}, one changed",
        1 / 10,
    ),
    Goal("memory, many articles", "≤ 200 MB", "archive", "cramplint, first run", "", 200, "peak"),
    Goal(
        "memory, ten times as many articles",
        "≤ 1.1 × many articles",
        "memory",
        "ten times as many",
        "many",
        1.1,
        "peak",
    ),
    Goal("twice the text", "≤ 1.15 × by KB", "lengths", "the longest", "half of that", 1.15),
    Goal("twice the articles", "≤ 1.05 × by article", "scaling", "whole", "half", 1.05),
    Goal(
        "two processes",
        "≤ 1/1.6 of the wall time",
        "scaling",
        "half, two processes",
        "half",
        0.625,
        "wall",
    ),
    *(
        goal
        for where, race in (("our own articles", "own stages"), ("articles made here", "stages"))
        for goal in (
            Goal(f"{_ALL}, {where}", _TEN, race, stages.WHOLE, stages.PARSE, 10),
            Goal("the same, prose and readability on", "≤ 120 ms", race, stages.FULL, "", 120),
        )
    ),
)


def judge(results: Results, left_out: Mapping[str, Mapping[str, str]]) -> list[Verdict]:
    """Every goal, in order."""
    return [_judge(goal, results, left_out) for goal in GOALS]


def _judge(goal: Goal, results: Results, left_out: Mapping[str, Mapping[str, str]]) -> Verdict:
    found: list[Ran] = []
    if goal.workload not in results:
        return Verdict(goal, None, "not run")
    for name in filter(None, (goal.ours, goal.theirs)):
        ran = results[goal.workload].get(name)
        if ran is None:
            return Verdict(goal, None, left_out.get(goal.workload, {}).get(name, "not run"))
        if not ran.costs:
            return Verdict(goal, None, f"{name}: {ran.failed}")
        found.append(ran)
    if len(found) == 1 and goal.of == "cpu":
        each = [cost.cpu / found[0].articles * 1e3 for cost in found[0].costs]
        return Verdict(goal, spread(each))
    if len(found) == 1:
        return Verdict(goal, spread([cost.peak / 1e6 for cost in found[0].costs]))
    if goal.of == "peak":
        ours, theirs = (spread([cost.peak / 1e6 for cost in ran.costs]).median for ran in found)
        return Verdict(goal, spread([ours / theirs]))
    return Verdict(goal, ratio(found[0], found[1], goal.of))
