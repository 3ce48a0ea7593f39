"""RESULTS.md: the goals first, then every race, then where the time goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import stages
from .goals import Verdict
from .measure import Ran, Spread, ratio, spread
from .profiles import Profile


@dataclass(frozen=True, slots=True)
class Raced:
    """A workload that was run: what it says of itself, and what each contender cost. `peaks`: their
    memory is their own, and not that of the process that started them."""

    name: str
    title: str
    about: str
    when: str
    runs: tuple[Ran, ...]
    left_out: dict[str, str]
    unit: str = "article"
    peaks: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """All that RESULTS.md says. `machine` and `versions` are lines to be listed as they are."""

    machine: Sequence[str]
    versions: Sequence[str]
    verdicts: Sequence[Verdict]
    races: Sequence[Raced]
    profile: Profile | str
    loaded: Sequence[tuple[str, int, int]]
    next: str


_ABOUT = (
    "Written by `make bench`, which makes the articles, fetches the other tools and runs all in",
    "turns. CPU is user and system time of a command and its children; memory is the peak of its",
    "greatest process. A number is a median, in brackets the quartiles. Ratios are formed round",
    "by round, by article: the times of a busy machine drift, the ratios hardly. The goals are",
    "meant for 1,000 articles, and 10,000 in an archive; headings say how many were measured, and",
    "fewer make start-up weigh more.",
)

# Beside whom the others are put: the first run that a user waits for.
_BESIDE = {
    "one file": "cramplint, text seen before",
    "archive": "cramplint, nothing changed",
    "lengths": "half of that",
    "scaling": "half",
    **dict.fromkeys(stages.RACES, stages.PARSE),
    "publish archive": "cramplint, one changed",
}


def written(report: Report) -> str:
    """The whole page, Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# What cramplint costs, beside other tools"
    yield ""
    yield from _ABOUT
    yield ""
    yield from (f"- {line}" for line in report.machine)
    yield ""
    yield "## Goals"
    yield ""
    met = sum(verdict.met for verdict in report.verdicts)
    open_ = sum(verdict.measured is None for verdict in report.verdicts)
    yield f"{met} met, {len(report.verdicts) - met - open_} missed, {open_} not measured."
    yield ""
    yield "| work | goal | measured | |"
    yield "| --- | --- | --- | --- |"
    yield from map(_verdict, report.verdicts)
    for race in report.races:
        yield ""
        yield from _race(race)
    yield ""
    yield from _profile(report)
    yield ""
    yield "## What would be next"
    yield ""
    yield report.next.strip()
    yield ""
    yield "## Versions"
    yield ""
    yield from (f"- {line}" for line in report.versions)


def _verdict(verdict: Verdict) -> str:
    goal, measured = verdict.goal, verdict.measured
    if measured is None:
        return f"| {goal.work} | {goal.said} | not measured | {_cell(verdict.reason)} |"
    unit = "" if goal.theirs else " ms" if goal.of == "cpu" else " MB"
    stands = (
        "met" if verdict.met else f"**missed**, {_number(measured.median / goal.most)} × the goal"
    )
    return f"| {goal.work} | {goal.said} | {_spread(measured, unit)} | {stands} |"


def _race(race: Raced) -> Iterator[str]:
    yield f"## {race.title}"
    yield ""
    yield race.about
    yield ""
    by_name = {ran.name: ran for ran in race.runs}
    beside = by_name.get(_BESIDE.get(race.name, "cramplint"))
    head = f"CPU beside {beside.name}" if beside else "CPU beside cramplint"
    each = f"{'an' if race.unit == 'article' else 'a'} {race.unit}"
    yield f"| tool | CPU s | CPU ms {each} | wall s | peak MB | {head} | rounds |"
    yield "| --- | --- | ---: | --- | ---: | --- | ---: |"
    for ran in race.runs:
        if ran.costs:
            yield _row(ran, beside, race.peaks)
    notes = {ran.name: ran.failed for ran in race.runs if ran.failed} | race.left_out
    if notes:
        yield ""
        yield from (f"- {name}: {_cell(why)}" for name, why in notes.items())
    yield ""
    yield race.when


def _row(ran: Ran, beside: Ran | None, peaks: bool) -> str:
    cpu = spread([cost.cpu for cost in ran.costs])
    wall = spread([cost.wall for cost in ran.costs])
    peak = f"{max(cost.peak for cost in ran.costs) / 1e6:.0f}" if peaks else "–"
    times = ratio(ran, beside) if beside and ran is not beside else None
    each = _number(cpu.median / ran.articles * 1000)
    beside_it = f"{_spread(times)} ×" if times else "–"
    cells = (ran.name, _spread(cpu), each, _spread(wall), peak, beside_it, len(ran.costs))
    return "| " + " | ".join(map(str, cells)) + " |"


def _profile(report: Report) -> Iterator[str]:
    yield "## Where the time goes"
    yield ""
    profile = report.profile
    if isinstance(profile, str):
        yield f"No profile of a cold run: {_cell(profile)}."
    else:
        yield f"A cold run, prose and readability off, {profile.samples:,} samples."
        for head, shares in (
            ("in the function itself", profile.own),
            ("in it and below it", profile.below),
        ):
            yield ""
            yield f"| function | {head} |"
            yield "| --- | ---: |"
            yield from (f"| `{_cell(name)}` | {share:.1%} |" for name, share in shares)
    yield ""
    yield "One clean file, seen before: what Python loads (`-X importtime`, which itself slows it)."
    yield ""
    yield "| package | modules | ms |"
    yield "| --- | ---: | ---: |"
    yield from (f"| {name} | {count} | {time / 1000:.1f} |" for name, count, time in report.loaded)


def _spread(spread: Spread, unit: str = "") -> str:
    middle = f"{_number(spread.median)}{unit}"
    if spread.low == spread.high:
        return middle
    return f"{middle} [{_number(spread.low)}–{_number(spread.high)}]"


def _number(value: float) -> str:
    """Three figures that count, without an exponent."""
    if value >= 100:
        return f"{value:,.0f}"
    for least, figures in ((10, 1), (1, 2), (0.1, 3)):
        if value >= least:
            return f"{value:.{figures}f}"
    return f"{value:.4f}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
