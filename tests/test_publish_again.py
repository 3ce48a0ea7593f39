"""Publishing again what changed gives what publishing all for the first time would give."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.model import CrampError
from cramplint.publish import Summary, publish
from cramplint.render.theme import OURS, Theme
from cramplint.rules import load
from cramplint.store import Store, opened

T = TypeVar("T")
RULES = load(VOCABULARY)
DAMAGED = "Signs:\n-\ntight calves\n-\nsore feet\n\nSee [feet](feet.md#sore-toes) and rest.\n"
LONG = " ".join(f"Calm{n} and able{n} after every{n} day." for n in range(40))  # has twins
TEXTS = (
    "---\ntitle: Sore feet\n---\n\nRest helps. See [cramps](leg-cramps.md#signs).\n\n## Sore toes\n\nRest.\n",
    "---\ntitle: Leg cramps\nslug: calves\nrelated: [feet, more.md]\naliases: [/old/cramps]\n---\n\n## Signs\n\nRest.\n",
    f"---\ntitle: More\n---\n\n{DAMAGED}",
    "---\ntitle: More\ndraft: true\n---\n\nRead [this](feet.md).\n",
    "---\ntitle: Sore feet\nrelated: [Leg cramps]\n---\n\nThis tea cures cramps. See [more](more.md).\n",
    "Sore feet\n\nRest well, all of you, and often.\n\nRead More →Leg cramps\nRead More →Lost\n",
    f"---\ntitle: Long\n---\n\n{LONG}\n",
    f"---\ntitle: Longer\n---\n\n{LONG} One more line of words.\n",
    f"---\ntitle: Long\n---\n\n{LONG[::-1]}\n",
)
NAMES = ("feet.md", "leg-cramps.md", "more.md", "sub/feet.md", "note.txt")
THEME = Theme("look", (("page.css", "body{color:navy}"),))
CHANGES = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.sampled_from((*TEXTS, None))),
    st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(
        st.just("set"),
        st.sampled_from(
            (
                {"fail_on": "never"},
                {"fail_on": "note"},
                {"site_url": "https://calm.example/x"},
                {"site_name": "Calm"},
                {"today": date(2027, 5, 1)},
                {"locale": "gb"},
            )
        ),
    ),
    st.tuples(st.just("theme"), st.sampled_from((OURS, THEME))),
    st.tuples(st.just("damage"), st.integers(0, 3)),
)


def go(config: Config, out: Path, store: Store | None = None, theme: Theme = OURS) -> Summary:
    return publish((), config, lambda: (RULES, Selection(), {}), out, store=store, theme=theme)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def put(home: Path, name: str, text: str | None) -> None:
    file = home / "articles" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        file.unlink(missing_ok=True)
    else:
        file.write_text(text, "utf-8")


def damage(file: Path, how: int) -> None:
    data = file.read_bytes()
    if how == 0:
        file.write_bytes(data[: len(data) // 2])
    elif how == 1:
        file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    else:
        # One that is not in use may be damaged already.
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file)) as base, base:
            for table in ("articles", "mended", "gated", "made"):
                column = "page" if table == "articles" else "asked"
                value = ("{", 7)[how % 2]
                base.execute(f"UPDATE {table} SET {column} = ?", (value,))
            base.execute("UPDATE held SET site = x'00'")


@pytest.mark.parametrize("wrong", [1.5, [1.5], {"a": []}, -1])
@pytest.mark.parametrize(
    ("table", "column"),
    [("mended", "page"), ("gated", "verdict"), ("made", "entry"), ("made", "files")],
)
def test_no_value_of_another_kind_is_taken(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    leaves: Callable[[object], Iterator[tuple[Any, ...]]],
    table: str,
    column: str,
    wrong: object,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "kept"))
    put(tmp_path, "feet.md", TEXTS[0])
    put(tmp_path, "leg-cramps.md", TEXTS[1])
    config = Config(root=tmp_path, today=date(2026, 1, 1), fail_on="never")
    with closing(opened(config)) as store:
        go(config, tmp_path / "out", store)
    expected = tree(tmp_path / "out")
    (file,) = (tmp_path / "kept").glob("found-*.db")
    asked = f"{table} WHERE name = 'articles/leg-cramps.md'"
    with closing(sqlite3.connect(file)) as base:
        whole = base.execute(f"SELECT {column} FROM {asked}").fetchone()[0]
    for way in leaves(json.loads(whole)):
        changed = at = json.loads(whole)
        for key in way[:-1]:
            at = at[key]
        old = at[way[-1]]
        if type(old) is type(wrong) or (isinstance(wrong, float) and way[0] == "scores"):
            continue  # this may stand there
        at[way[-1]] = wrong
        with closing(sqlite3.connect(file)) as base, base:
            where = f"{column} = ? WHERE name = 'articles/leg-cramps.md'"
            base.execute(f"UPDATE {table} SET {where}", (json.dumps(changed),))
            base.execute("UPDATE held SET site = x'00'")
        with closing(opened(config)) as store:
            done = go(config, tmp_path / "out", store)
        assert done.problems == (), way
        assert tree(tmp_path / "out") == expected, way


@settings(max_examples=12, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=5))
def test_whatever_changes_a_rerun_gives_the_bytes_of_a_first_run(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[object, ...]]
) -> None:
    home = tmp_path_factory.mktemp("home")
    config = Config(root=home, today=date(2026, 1, 1))
    theme = OURS
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setenv("CRAMPLINT_CACHE_DIR", str(home / "kept"))
        for name, text in zip(NAMES, TEXTS, strict=False):
            put(home, name, text)
        for change in ((), *changes):
            config, theme = changed(home, change, config, theme)
            try:
                with closing(opened(config)) as store:
                    done = go(config, home / "out", store, theme)
            except CrampError as error:  # two articles for one place
                with pytest.raises(CrampError, match=re.escape(str(error))):
                    go(config, home / "fresh", theme=theme)
                assert tree(home / "out") == tree(home / "last")
                return
            # An article that is withheld keeps its last good page: the first run of all has none.
            shutil.rmtree(home / "fresh", ignore_errors=True)
            if done.withheld and any(one.kept for one in done.withheld):
                shutil.copytree(home / "last", home / "fresh")
            assert go(config, home / "fresh", theme=theme).withheld == done.withheld
            assert tree(home / "out") == tree(home / "fresh")
            shutil.rmtree(home / "last", ignore_errors=True)
            shutil.copytree(home / "out", home / "last")
            with closing(opened(config)) as store:
                assert not go(config, home / "out", store, theme).published


def changed(
    home: Path, change: tuple[object, ...], config: Config, theme: Theme
) -> tuple[Config, Theme]:
    from dataclasses import replace

    match change:
        case ("move", str(old), str(new)):
            file = home / "articles" / old
            if file.is_file() and old != new:
                put(home, new, file.read_text("utf-8"))
                file.unlink()
        case ("set", dict(given)):
            return replace(config, **given), theme
        case ("theme", Theme() as other):
            return config, other
        case ("damage", int(how)):
            for file in (home / "kept").glob("found-*.db"):
                damage(file, how)
        case (str(name), text):
            put(home, name, text if isinstance(text, str) else None)
    return config, theme


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "kept"))
    for number in range(12):
        put(
            tmp_path,
            f"a{number}.md",
            f"---\ntitle: Cramp {number}\n---\n\n{DAMAGED}\nRest {number * 7919} times, see"
            f" [next](a{(number + 1) % 12}.md#sore-toes).\n\n## Sore toes\n\nRest.\n",
        )
    return tmp_path


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done with articles in this process, as it is done."""
    from cramplint import judging, parse, publish

    did: list[str] = []

    def watch(module: object, name: str) -> None:
        work = getattr(module, name)

        def watched(*given: object, **named: object) -> object:
            did.append(name)
            return work(*given, **named)

        monkeypatch.setattr(module, name, watched)

    watch(parse, "parse")
    watch(judging, "understand")
    watch(publish, "understand")
    watch(publish, "made")
    return did


def test_what_did_not_change_is_neither_parsed_nor_judged_nor_made(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Config(root=home, today=date(2026, 1, 1), fail_on="never")

    def run() -> Summary:
        with closing(opened(config)) as store:
            return publish(
                (), config, lambda: (RULES, Selection(), {}), Path("out"), store=store, jobs=1
            )

    did = counted(monkeypatch)
    assert len(run().published) == 12
    assert did.count("made") == 12
    assert did.count("understand") == 24  # before the fixes and after them, not for the pages
    did.clear()
    assert len(run().unchanged) == 12
    assert did == []
    file = home / "articles" / "a3.md"
    file.write_text(file.read_text("utf-8") + "\nOne more line of words.\n", "utf-8")
    assert run().published == ("articles/a3.md",)
    assert did.count("made") == 1
    assert did.count("understand") <= 3  # before its fixes, after them, and once the site is known


def test_articles_whose_readings_find_no_room_come_out_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Config(root=home, today=date(2026, 1, 1), fail_on="never")
    go(config, home / "held")
    monkeypatch.setattr("cramplint.publish.mended._HELD", 3000)
    did = counted(monkeypatch)
    go(config, home / "out")
    assert 24 < did.count("understand") < 36
    assert tree(home / "out") == tree(home / "held")


def test_the_number_of_processes_makes_no_difference(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cramplint.workers._MANY", 4)
    monkeypatch.setattr("cramplint.workers._FIRST", 2)
    put(home, "broken.md", "---\n[\n---\n")
    config = Config(root=home, today=date(2026, 1, 1), site_url="https://calm.example")

    def run(out: Path, jobs: int) -> Summary:
        with closing(opened(config)) as store:
            return publish(
                (), config, lambda: (RULES, Selection(), {}), out, store=store, jobs=jobs
            )

    alone = run(home / "alone", 1)
    assert len(alone.published) + len(alone.withheld) == 12
    kept = home / "kept"
    for chunk in (1, 2000, 10_000_000):
        monkeypatch.setattr("cramplint.workers._CHUNK", chunk)
        shutil.rmtree(kept)
        shutil.rmtree(home / "shared", ignore_errors=True)
        shared = run(home / "shared", 3)
        assert list(map(str, shared.problems)) == list(map(str, alone.problems))
        assert (shared.published, shared.withheld) == (alone.published, alone.withheld)
        assert tree(home / "shared") == tree(home / "alone")


def test_a_file_that_changes_while_it_is_published_stops_all(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cramplint.seen._HELD", 0)
    config = Config(root=home, today=date(2026, 1, 1), fail_on="never")
    victim = home / "articles" / "a3.md"

    def meddle(items: Collection[T], label: str) -> Iterable[T]:
        if label == "Rendering":
            victim.write_text("# Other words\n", "utf-8")
        return items

    with pytest.raises(CrampError, match="was changed while it was read"):
        publish((), config, lambda: (RULES, Selection(), {}), home / "out", along=meddle)
    assert not (home / "out").exists()
    victim.unlink()
    done = go(config, home / "out")
    assert len(done.published) == 11


def test_what_disappears_while_it_is_checked_is_said_and_its_page_stays(home: Path) -> None:
    config = Config(root=home, today=date(2026, 1, 1), fail_on="never")
    go(config, home / "out")
    before = tree(home / "out")
    victim = home / "articles" / "a3.md"

    def meddle(items: Collection[T], label: str) -> Iterable[T]:
        if label == "Checking":
            victim.unlink(missing_ok=True)
        return items

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cramplint.seen._HELD", 0)
        done = publish((), config, lambda: (RULES, Selection(), {}), home / "out", along=meddle)
    (problem,) = done.problems
    assert problem.where == "articles/a3.md"
    assert tree(home / "out") == before


def test_every_long_phase_tells_how_far_it_is(home: Path) -> None:
    told: dict[str, list[int]] = {}

    def watch(items: Collection[T], label: str) -> Iterable[T]:
        told.setdefault(label, []).append(len(items))
        return items

    config = Config(root=home, today=date(2026, 1, 1), fail_on="never")
    done = publish((), config, lambda: (RULES, Selection(), {}), home / "out", along=watch)
    pages = len(done.published)
    # A page and its document each; the list as page and data, and the page of what is not there.
    assert told["Writing"] == [2 * pages + 3]
    assert told["Rendering"] == [pages]
    assert {"Reading", "Checking"} <= told.keys()
    told.clear()
    publish((), config, lambda: (RULES, Selection(), {}), home / "out", along=watch)
    assert "Writing" not in told
