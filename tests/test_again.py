"""A run that finds out less anew finds the same."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cramplint import found, store
from cramplint.again import Again
from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.corpus import gather
from cramplint.judging import judge
from cramplint.places import named
from cramplint.report.concise import concise
from cramplint.report.result import Look, Result
from cramplint.rules import load
from cramplint.site import Site
from cramplint.store import Store, opened

RULES = load(VOCABULARY)
LONG = " ".join(f"Calm{n} and able{n} after every{n} day." for n in range(40))  # has twins
TEXTS = (
    "---\ntitle: Sore feet\n---\n\nRest helps. See [cramps](leg-cramps.md) and [more](more.md#rest).\n",
    "---\ntitle: Leg cramps\nslug: cramps\nrelated: [feet, more]\n---\n\nThis tea cures cramps.\n",
    "---\ntitle: More\ndraft: true\n---\n\n## Rest\n\nSigns include:\n\nRead [this](feet.md).\n",
    "# Sore feet\n\nRest helps. See [cramps](cramps.md), [old](gone.md) and [top](#rest).\n",
    "Signs include:\n",
    "",
    f"---\ntitle: Long\n---\n\n{LONG}\n",
    f"---\ntitle: Longer\n---\n\n{LONG} One more line of words.\n",
    f"---\ntitle: Long\n---\n\n{LONG[::-1]}\n",
)
NAMES = ("feet.md", "leg-cramps.md", "more.md", "sub/feet.md", "note.txt")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "kept"))
    return tmp_path


def write(home: Path, name: str, text: str) -> None:
    file = home / "articles" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def config(home: Path) -> Config:
    return Config(root=home, today=date(2026, 1, 1))


class Done(NamedTuple):
    results: list[Result]
    judged: int


def run(home: Path, *paths: Path, told: bool = False) -> Done:
    with closing(opened(config(home))) as kept:
        again = Again(paths, config(home), kept, lambda: (RULES, Selection(), {}), told=told)
        return Done(list(again.results()), again.judged)


def briefs(home: Path) -> list[found.Brief]:
    with closing(opened(config(home))) as kept:
        again = Again((), config(home), kept, lambda: (RULES, Selection(), {}))
        return list(again.briefs())


def anew(home: Path, *paths: Path) -> list[tuple[object, ...]]:
    """(name, what is found) without anything kept."""
    corpus = gather(paths, config(home))
    site = corpus.site(config(home), RULES)
    judged = [judge(a, RULES, site, Selection()).result() for a in corpus.articles.values()]
    return [(one.path, one.checked, one.source, one.lang) for one in judged]


def told(done: Done) -> list[tuple[object, ...]]:
    return [(one.path, one.checked, one.source, one.lang) for one in done.results]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from((*TEXTS, None))), min_size=1, max_size=6
    )
)
def test_whatever_changes_the_findings_are_those_of_a_first_run(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str | None]]
) -> None:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setenv("CRAMPLINT_CACHE_DIR", str(home / "kept"))
        for name, text in zip(NAMES, TEXTS, strict=False):
            write(home, name, text)
        assert told(run(home)) == anew(home)
        for name, text in edits:
            if text is None:
                (home / "articles" / name).unlink(missing_ok=True)
            else:
                write(home, name, text)
            assert told(run(home)) == anew(home)


def test_all_that_can_be_asked_of_a_site_is_kept() -> None:
    """`of` makes one, `once` depends on a text alone, `way` on two paths, `sharing` serves `twins`; all
    else is a question."""
    asked = {name for name, held in vars(Site).items() if callable(held) and name[0] != "_"}
    assert asked - {"of", "once", "sharing", "way"} == {*found._QUESTIONS, "twins"}


def test_what_did_not_change_is_not_judged_again(home: Path) -> None:
    for name, text in zip(NAMES, TEXTS, strict=False):
        write(home, name, text)
    assert run(home).judged == 5
    assert run(home).judged == 0
    write(home, "feet.md", TEXTS[0] + "\nOne more line of words.\n")
    assert run(home).judged == 1
    # A new title is what the others link by.
    write(home, "leg-cramps.md", TEXTS[1].replace("slug: cramps", "slug: calves"))
    assert 1 <= run(home).judged <= 3


def test_one_file_alone_knows_its_site(home: Path) -> None:
    write(home, "feet.md", TEXTS[0])
    one = home / "articles" / "feet.md"
    before = told(run(home, one))
    assert before == anew(home, one)
    write(home, "leg-cramps.md", TEXTS[1])
    after = told(run(home, one))
    assert after == anew(home, one) != before
    assert run(home, one).judged == 0


def test_files_beside_an_article_are_looked_at_where_nothing_names_a_site(home: Path) -> None:
    (home / "a.md").write_text("# A page\n\nSee [b](b.md).\n", "utf-8")
    assert told(run(home, Path("a.md"))) == anew(home, Path("a.md"))
    (home / "b.md").write_text("# Other\n", "utf-8")
    assert told(run(home, Path("a.md"))) == anew(home, Path("a.md"))
    assert run(home, Path("a.md")).judged == 0


def test_facts_are_worked_out_when_asked_for(home: Path) -> None:
    write(home, "feet.md", TEXTS[0])
    assert run(home).results[0].facts is None
    first = run(home, told=True)
    second = run(home, told=True)
    assert (first.judged, second.judged) == (1, 0)
    assert first.results[0].facts == json.loads(json.dumps(second.results[0].facts))
    assert run(home).judged == 0


def test_lines_are_kept_as_the_concise_report_has_them(home: Path) -> None:
    for name, text in zip(NAMES, TEXTS, strict=False):
        write(home, name, text)
    first = briefs(home)
    results = run(home).results
    assert [one.lines for one in first] == ["".join(concise([one], Look())) for one in results]
    assert {level for one in first for level in one.levels} == {
        finding.severity for one in results for finding in one.checked.findings
    }
    assert briefs(home) == first
    write(home, "feet.md", TEXTS[3])
    assert briefs(home) != first


def test_files_that_are_known_are_not_looked_for(home: Path) -> None:
    for name in ("a/one.md", "a/two.md", "b/three.txt", "a/four.html.md", "out.md"):
        write(home, name, "# Page\n")
    (home / "articles" / "link.md").symlink_to(home / "articles" / "out.md")
    paths = ["two", "one.md", "../b/three.txt", "four", "../link", "../../kept/x", "../b/../a/two"]

    def found_of(*known: str) -> set[str]:
        return {path.as_posix() for path in named([("articles/a/one.md", paths)], set(known))}

    assert found_of() == {
        "articles/a/two.md",
        "articles/a/one.md",
        "articles/a/../b/three.txt",
        "articles/a/../link.md",
        "articles/a/../b/../a/two.md",
    }
    assert found_of("articles/a/two.md", "articles/a/one.md", "articles/link.md") == {
        "articles/a/../b/three.txt"
    }


def test_other_settings_and_another_day_are_another_matter(home: Path) -> None:
    write(home, "feet.md", TEXTS[0])
    run(home)
    for other in (Config(root=home, today=date(2026, 1, 2)), Config(root=home, locale="gb")):
        with closing(opened(other)) as kept:
            again = Again((), other, kept, lambda: (RULES, Selection(), {}))
            list(again.results())
            assert again.judged == 1


def damaged(file: Path) -> Iterator[Callable[[], object]]:
    whole = file.read_bytes()
    yield lambda: file.write_bytes(b"")
    yield lambda: file.write_bytes(b"no database at all " * 500)
    yield lambda: file.write_bytes(whole[: len(whole) // 2])
    yield lambda: file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    wrong = '{"findings": [["a", 5, 2, "m", "error", "", null]], "suppressed": []}'
    for table, column, value in (
        ("judged", "found", "{"),
        ("judged", "found", "[]"),
        ("judged", "found", wrong),
        ("judged", "found", 7),
        ("judged", "brief", ""),
        ("judged", "brief", '[["error"],"en",0]\n'),
        ("judged", "brief", '[["fatal"],"en",0]\nx'),
        ("judged", "brief", '[[["error"]],"en",0]\nx'),
        ("judged", "brief", '[["error"],"en",0]\n\x1b[2Jx\n'),
        ("judged", "brief", '[["error"],"en",0]\n::error::x\n'),
        ("judged", "brief", '[["error"],"en",Infinity]\nx'),
        ("judged", "brief", '[["error"],"en",-1]\nx'),
        ("judged", "brief", '[["error"],"\\u001b[2J",0]\nx'),
        ("articles", "page", "7"),
        ("articles", "page", None),
        ("articles", "body", "text"),
        ("articles", "body", b"odd"),
        ("articles", "links", '{"a": 1}'),
        ("judged", "asked", '[[["twins"], 5]]'),
        ("judged", "asked", '[[["__class__", "x"], "y"]]'),
        ("held", "digest", "text"),
    ):

        def put(table: str = table, column: str = column, value: object = value) -> None:
            file.write_bytes(whole)
            with closing(sqlite3.connect(file)) as base, base:
                base.execute(f"UPDATE {table} SET {column} = ?", (value,))
                base.execute("UPDATE held SET site = x'00'")

        yield put


@pytest.mark.parametrize("wrong", [1.5, "\x1b[2J", [1.5], {"a": []}, 10**30, -1])
@pytest.mark.parametrize(("table", "column"), [("judged", "found"), ("articles", "page")])
def test_no_value_of_another_kind_is_taken(
    home: Path,
    leaves: Callable[[object], Iterator[tuple[Any, ...]]],
    table: str,
    column: str,
    wrong: object,
) -> None:
    write(home, "more.md", TEXTS[2])
    write(home, "feet.md", TEXTS[0])
    expected = told(run(home))
    (file,) = (home / "kept").glob("found-*.db")
    with closing(sqlite3.connect(file)) as base:
        asked = f"SELECT {column} FROM {table} WHERE name = 'articles/more.md'"
        whole = base.execute(asked).fetchone()[0]
    for way in leaves(json.loads(whole)):
        changed = at = json.loads(whole)
        for key in way[:-1]:
            at = at[key]
        if type(at[way[-1]]) is type(wrong) and way[-1] not in (0, "path"):
            continue  # this may stand there
        at[way[-1]] = wrong
        with closing(sqlite3.connect(file)) as base, base:
            base.execute(
                f"UPDATE {table} SET {column} = ? WHERE name = 'articles/more.md'",
                (json.dumps(changed),),
            )
            base.execute("UPDATE held SET site = x'00'")
        assert told(run(home)) == expected, way


@pytest.mark.parametrize("facts", ["[]", '{"a": 1e999}', '{"a": NaN}', "7"])
def test_facts_that_are_none_are_worked_out_anew(home: Path, facts: str) -> None:
    write(home, "feet.md", TEXTS[0])
    expected = [one.facts for one in run(home, told=True).results]
    (file,) = (home / "kept").glob("found-*.db")
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("UPDATE judged SET facts = ?", (facts,))
    assert [one.facts for one in run(home, told=True).results] == expected


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE judged ADD COLUMN more",
        (
            "DROP TABLE judged; CREATE VIEW judged AS WITH RECURSIVE n(name) AS"
            " (SELECT 'articles/feet.md' UNION ALL SELECT name || 'x' FROM n)"
            " SELECT name, '' AS asked, '' AS found, '' AS facts, '' AS brief FROM n"
        ),
        "CREATE TRIGGER t AFTER INSERT ON judged BEGIN UPDATE judged SET found = ''; END",
        "DROP TABLE held; CREATE TABLE held (place, name, digest, site)",
        "CREATE TABLE odd (a)",
    ],
)
def test_a_store_of_another_make_is_begun_anew(home: Path, change: str) -> None:
    write(home, "feet.md", TEXTS[0])
    expected = told(run(home))
    (file,) = (home / "kept").glob("found-*.db")
    with closing(sqlite3.connect(file)) as base:
        base.executescript(change)
    assert told(run(home)) == expected
    run(home)
    assert run(home).judged == 0


def test_a_damaged_store_costs_time_and_nothing_else(home: Path) -> None:
    for name, text in zip(NAMES, TEXTS, strict=False):
        write(home, name, text)
    expected, shown = told(run(home)), briefs(home)
    (file,) = (home / "kept").glob("found-*.db")
    for damage in damaged(file):
        damage()
        assert briefs(home) == shown
        assert told(run(home)) == expected
        assert told(run(home)) == expected
    file.unlink()
    file.mkdir()
    assert told(run(home)) == expected


def test_a_store_that_another_run_writes_to_is_left_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_WAIT", 0.01)
    write(home, "feet.md", TEXTS[0])
    expected = told(run(home))
    (file,) = (home / "kept").glob("found-*.db")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    write(home, "feet.md", TEXTS[3])
    assert told(run(home)) == anew(home)
    other.rollback()
    other.close()
    write(home, "feet.md", TEXTS[0])
    assert told(run(home)) == expected


def test_what_is_kept_is_forgotten_when_its_file_is_gone(home: Path) -> None:
    for number in range(8):
        write(home, f"{number}.md", TEXTS[0])
    run(home)
    for number in range(1, 8):
        (home / "articles" / f"{number}.md").unlink()
    run(home)
    (file,) = (home / "kept").glob("found-*.db")
    with closing(opened(config(home))) as kept:
        assert [row[0] for row in kept.rows("articles", "name")] == ["articles/0.md"]
    with closing(Store(file, "other things")) as kept:
        assert list(kept.rows("articles", "name")) == []


def test_settings_in_another_order_are_the_same_settings(tmp_path: Path) -> None:
    """A set is written in another order by each process."""
    code = (
        "from pathlib import Path; from cramplint.config import Config; from cramplint.store import opened;"
        "one = opened(Config(root=Path('/x'), dialects=frozenset({'hugo', 'mdx', 'liquid'})));"
        "print(one.file, one.made)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "CRAMPLINT_CACHE_DIR": str(tmp_path)},
            cwd=tmp_path,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(told) == 1
