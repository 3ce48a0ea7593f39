"""Hostile articles through check in every format, through fix and through publish.

A sample of them in every run of the tests, some groups of our own with CRAMPLINT_ATTACK=ci, all of
these and a part of each suite with CRAMPLINT_ATTACK=part, all with `make attack`. Each group goes
into one folder, so that one article can harm another, and through the real command line, so that a
crash, a hang or memory is seen.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
cases, verdicts = map(import_module, ("cases", "verdicts"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")

ASKED = os.environ.get("CRAMPLINT_ATTACK", "")
SUITES = {"commonmark": 3, "gfm": 3, "naughty": 4, "yaml": 2, "vectors": 10}  # parts of each
OWN = cases.own()
SAMPLE = 24  # cases of all that are run everywhere
Suites = Callable[[], dict[str, list[str]]]


def laid(folder: Path, group: list) -> Path:
    """The folder with the articles of a group, and beside it what no run may touch."""
    articles = folder / "box" / "articles"
    articles.mkdir(parents=True)
    (folder / "secret.md").write_text("# A secret\n")
    for case in group:
        try:
            (articles / case.name).write_bytes(case.data)
        except OSError:
            continue  # a name that this file system does not take
    return articles


def attack(folder: Path, group: list) -> list[str]:
    """Every fault of the runs over a group."""
    articles = laid(folder, group)
    box, around = articles.parent, verdicts.tree(folder)
    faults: list[str] = []

    def ran(*words: str) -> str:
        done = verdicts.run(box, *words, "--isolated")
        faults.extend(f"{' '.join(words)}: {fault}" for fault in verdicts.ended(done))
        return str(done.out)

    formats = [f"--output-format={name}={name}.out" for name in verdicts.FILES]
    ran("check", "articles", *formats)
    faults += verdicts.reported(box)
    ran("check", "articles", "--diff", "--unsafe-fixes")
    before = verdicts.errors((box / "json.out").read_text())
    for name in verdicts.FILES:
        (box / f"{name}.out").unlink()
    ran("publish", "articles", "--out", "site", "--fail-on=never", "--site-url=https://a.example")
    faults += verdicts.published(box / "site")
    made = verdicts.tree(box / "site")
    ran("publish", "articles", "--out", "site", "--fail-on=never", "--site-url=https://a.example")
    if verdicts.tree(box / "site") != made:
        faults.append("a second run publishes other files")
    now = verdicts.tree(folder)
    left = {n: h for n, h in now.items() if not n.startswith(("box/site/", "box/cache/"))}
    if left != around:
        faults.append(f"files changed: {sorted(left.items() ^ around.items())[:4]}")
    ran("check", "articles", "--fix", "--exit-zero")
    mended = verdicts.tree(articles)
    ran("check", "articles", "--fix", "--exit-zero")
    if verdicts.tree(articles) != mended:
        faults.append("a second --fix changes what the first one left")
    if mended.keys() != verdicts.tree(articles).keys():
        faults.append("--fix left other files")
    after = verdicts.errors(ran("check", "articles", "--output-format=json"))
    if more := {key: n for key, n in after.items() if n > before[key]}:
        faults.append(f"--fix brought errors: {list(more.items())[:4]}")
    return faults


@pytest.fixture(scope="session")
def suites(node: Callable[..., str]) -> Suites:
    """Suite -> texts."""
    held: dict[str, list[str]] = {}

    def read() -> dict[str, list[str]]:
        if not held:
            held.update(json.loads(node("suites.mjs")))
            held["vectors"] = list(cases.packed(cases.vectors()))
        return held

    return read


def test_a_sample(tmp_path: Path) -> None:
    every = [case for group in OWN.values() for case in group if len(case.data) < 2_000]
    assert attack(tmp_path, every[:: len(every) // SAMPLE]) == []


def parts() -> Iterator[tuple[str, int]]:
    for name, count in SUITES.items():
        yield from ((name, part) for part in range(count if ASKED != "part" else 1))


@pytest.mark.skipif(ASKED not in ("part", "all"), reason="make attack")
@pytest.mark.parametrize(("name", "part"), [*parts()])
def test_a_public_suite(suites: Suites, tmp_path: Path, name: str, part: int) -> None:
    group = list(cases.suite(name, suites()[name]))
    assert len(group) > 300
    assert attack(tmp_path, group[part :: SUITES[name]]) == []


@pytest.mark.skipif(ASKED not in ("ci", "part", "all"), reason="make attack")
@pytest.mark.parametrize("name", [n for n in OWN if ASKED != "ci" or "families" not in n])
def test_a_group_of_our_own(tmp_path: Path, name: str) -> None:
    assert attack(tmp_path, OWN[name]) == []


@pytest.mark.skipif(ASKED not in ("part", "all"), reason="make attack")
@pytest.mark.parametrize("name", cases.LARGEST)
def test_the_largest_articles_take_less_than_a_minute(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(cases.LARGEST[name])
    words = ("check", name, "--isolated", "--no-cache", "--output-format=json=found.json")
    ran = verdicts.run(tmp_path, *words)
    assert [*verdicts.ended(ran)] == []
    assert ran.code in (0, 1), ran.err
    assert ran.seconds < 60


def test_faults_would_be_seen() -> None:
    seen = verdicts.ended(verdicts.Ran(-9, "\x1b[31m", "Traceback", 1 << 40))
    assert len(list(seen)) == 4
    assert list(verdicts.driven("a\n  ::error::x\n##[x]", commands=True))
    assert not list(verdicts.driven("::error file=a::b\n", commands=True))
    for bad in (
        "<svg>",
        "<p onclick=x>",
        "<a href='java\tscript:x'>",
        "<b>",
        "</b>",
        "<!doctype x>",
    ):
        assert list(verdicts.page(bad)), bad
