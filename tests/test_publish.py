"""Publishing: what passes the gate is on disk as it should be, and nothing else is touched."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import struct
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cramplint.config import Config
from cramplint.model import CrampError, Settings, Source
from cramplint.outdir import opened, unsafe
from cramplint.pages import frozen, is_draft, page_of
from cramplint.parse import parse
from cramplint.publish.article import Item, made
from cramplint.publish.names import files
from cramplint.publish.writing import Context, write
from cramplint.site import Site
from cramplint.store import Store
from cramplint.understand import understand


def article(title, body="Rest well.", **front):
    keys = "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items())
    return f"---\ntitle: {title}\n{keys}---\n\n{body}\n"


WRONG = (("a/odd", "note", 1), ("a/wrong", "error", 1))


def run(
    texts,
    out,
    *,
    bad=(),
    wrong=WRONG,
    fail_on="error",
    others=None,
    url="",
    dry=False,
    store=None,
    root=None,
):
    """Publish `texts` (path -> text). Articles in `bad` have `wrong`, an error and a note."""
    sources = {
        path: Source(f"articles/{path}", text, "text" if path.endswith(".txt") else "markdown")
        for path, text in texts.items()
    }
    readings = {path: reading(source) for path, source in sources.items()}
    pages = [page_of(read.article) for read in readings.values()]
    site = Site.of(pages, Settings(site_url=url, site_name="Calm"), {})
    items = [
        Item(
            path,
            source.name,
            repr((source.text, path in bad)).encode(),
            is_draft(readings[path].article),
            wrong if path in bad else (),
            root=root,
        )
        for path, source in sources.items()
    ]

    def make(todo, shelf):
        MAKING[:] = [item.path for item in todo]
        return (made(one, sources[one.path], readings[one.path], shelf) for one in todo)

    how = Context(
        site,
        out,
        repr([frozen(page)[0] for page in sorted(pages, key=lambda page: page.path)]).encode(),
        fail_on,
        "Calm" if url else "",
        others or {},
        store=store or Store(None),
        dry=dry,
    )
    return write(items, make, how)


MAKING = []  # the articles that the last run made


@pytest.fixture
def store(tmp_path_factory):
    with closing(Store(tmp_path_factory.mktemp("kept") / "found.db", "these tests")) as kept:
        yield kept


@lru_cache(maxsize=400)
def reading(source):
    from cramplint.rules import Tables, folder

    return understand(parse(source), Tables(folder() / "data"))


def tree(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


TWO = {
    "legs/cramps.md": article("Leg cramps", "See [sleep](../sleep.md#more)."),
    "sleep.md": article("Sleep", "Rest.\n\n## More\n\nRest.", related=["legs/cramps.md", "gone"]),
}
SITE = {"404.html", "index.html", "index.json", "manifest.json"}


def test_each_article_gives_a_page_and_a_document(tmp_path):
    done = run(TWO, tmp_path / "out")
    assert done.published == ("articles/legs/cramps.md", "articles/sleep.md")
    made = tree(tmp_path / "out")
    assert set(made) == SITE | {
        *("legs/cramps.html", "legs/cramps.json", "sleep.html", "sleep.json"),
    }
    assert b'<a href="../sleep.html#more">sleep</a>' in made["legs/cramps.html"]
    assert b'<a href="legs/cramps.html">Leg cramps</a>' in made["sleep.html"]
    assert json.loads(made["sleep.json"])["related"] == [
        {"slug": "cramps", "title": "Leg cramps", "url": "legs/cramps.html"}
    ]
    listed = json.loads(made["index.json"])["articles"]
    assert [entry["path"] for entry in listed] == ["legs/cramps.html", "sleep.html"]
    manifest = json.loads(made["manifest.json"])
    assert {
        name: said["sha256"] for name, said in manifest["outputs"].items()
    } == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in made.items()
        if name != "manifest.json"
    }  # fmt: skip
    assert manifest["outputs"]["sleep.html"]["source"] == "sleep.md"


def test_the_same_input_gives_the_same_bytes_whatever_the_order_and_the_folder(tmp_path):
    run(TWO, tmp_path / "a")
    run(dict(reversed(TWO.items())), tmp_path / "b" / "c")
    assert tree(tmp_path / "a") == tree(tmp_path / "b" / "c")
    assert str(tmp_path).encode() not in b"".join(tree(tmp_path / "a").values())


def test_a_rerun_writes_nothing(tmp_path):
    run(TWO, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    done = run(TWO, tmp_path)
    assert (done.published, len(done.unchanged)) == ((), 2)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_a_change_writes_only_what_it_changes(tmp_path):
    run(TWO, tmp_path)
    before = {p: p.stat().st_ino for p in tmp_path.rglob("*")}
    done = run(TWO | {"sleep.md": TWO["sleep.md"] + "\nMore rest.\n"}, tmp_path)
    assert done.published == ("articles/sleep.md",)
    changed = {p.name for p in tmp_path.rglob("*") if before.get(p) != p.stat().st_ino}
    assert changed == {"sleep.html", "sleep.json", "manifest.json"}


MANY = {
    f"a{i}.md": article(
        f"Cramp {i}", f"See [one](a{(i + 1) % 100}.md#more).", related=[f"a{i % 7}"]
    )
    for i in range(100)
}


def test_of_many_articles_only_what_a_change_concerns_is_made_and_written(tmp_path, store):
    run(MANY, tmp_path, store=store)
    assert len(MAKING) == 100
    run(MANY, tmp_path, store=store)
    assert MAKING == []
    before = {p: p.stat().st_ino for p in tmp_path.rglob("*") if p.is_file()}
    changed = MANY | {"a60.md": MANY["a60.md"] + "\nMore rest.\n"}
    done = run(changed, tmp_path, store=store)
    assert MAKING == ["a60.md"]
    assert (len(done.published), len(done.unchanged)) == (1, 99)
    written = {p.name for p in tmp_path.rglob("*") if before.get(p) != p.stat().st_ino}
    assert written == {"a60.html", "a60.json", "manifest.json"}


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"a60.md": article("Calf", "Rest.\n\n## More")}, {"a59.md", "a60.md"}),  # a new anchor
        ({"a5.md": article("Calf", "Rest.")}, {"a5.md"} | {f"a{i}.md" for i in range(5, 100, 7)}),
        ({"a60.md": article("Cramp 60", draft=True)}, {"a59.md"}),
    ],
    ids=["anchor", "title", "draft"],
)
def test_what_others_say_of_an_article_is_made_again(tmp_path, store, change, names):
    run(MANY, tmp_path / "out", store=store)
    run(MANY | change, tmp_path / "out", store=store)
    assert set(MAKING) == names
    run(MANY | change, tmp_path / "fresh")
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_a_page_that_somebody_changed_or_that_is_gone_is_made_again(tmp_path, store):
    run(TWO, tmp_path, store=store)
    before = tree(tmp_path)
    (tmp_path / "sleep.html").unlink()
    page = tmp_path / "legs" / "cramps.html"
    page.write_text(page.read_text() + "<!-- mine -->")
    run(TWO, tmp_path, store=store)
    assert sorted(MAKING) == sorted(TWO)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("broken", ["", "[]", "{", '[{"sleep.html": 3}, 4]', "[[], []]", 7, None])
@pytest.mark.parametrize("column", ["entry", "files", "asked"])
def test_what_was_kept_may_be_damaged(tmp_path, store, column, broken):
    run(TWO, tmp_path, store=store)
    before = tree(tmp_path)
    with closing(sqlite3.connect(store.file)) as base, base:
        base.execute(f"UPDATE made SET {column} = ?", (broken,))
        base.execute("UPDATE held SET site = x'00'")
    assert len(run(TWO, tmp_path, store=store).unchanged) == 2
    assert tree(tmp_path) == before


def test_other_settings_make_all_again(tmp_path, store):
    run(TWO, tmp_path, store=store)
    run(TWO, tmp_path, store=store, url="https://calm.example")
    assert len(MAKING) == 2


# -- the gate


def test_an_article_with_an_error_is_withheld_and_links_to_it_are_text(tmp_path):
    done = run(TWO, tmp_path, bad=["sleep.md"])
    assert done.published == ("articles/legs/cramps.md",)
    (held,) = done.withheld
    assert (held.name, held.rules, held.kept) == ("articles/sleep.md", {"a/wrong": 1}, False)
    made = tree(tmp_path)
    assert "sleep.html" not in made
    assert b"See sleep." in made["legs/cramps.html"]
    assert json.loads(made["manifest.json"])["withheld"] == [
        {"source": "sleep.md", "rules": {"a/wrong": 1}, "kept": False}
    ]


def test_its_last_good_page_stays_and_is_still_listed_and_linked(tmp_path):
    run(TWO, tmp_path)
    before = tree(tmp_path)
    broken = TWO | {"sleep.md": article("Sleep", "A miracle.\n\n## More\n")}
    done = run(broken, tmp_path, bad=["sleep.md"])
    after = tree(tmp_path)
    assert done.withheld[0].kept
    assert {n for n in before if before[n] != after[n]} == {"manifest.json"}
    assert run(broken, tmp_path, bad=["sleep.md"]).withheld[0].kept
    assert tree(tmp_path) == after


@pytest.mark.parametrize(
    ("fail_on", "rules"),
    [("error", {"a/wrong": 1}), ("note", {"a/odd": 1, "a/wrong": 1}), ("never", None)],
)
def test_the_gate_is_where_it_is_put(tmp_path, fail_on, rules):
    done = run(TWO, tmp_path, bad=["sleep.md"], fail_on=fail_on)
    assert [held.rules for held in done.withheld] == ([] if rules is None else [rules])


@pytest.mark.parametrize(
    ("fail_on", "rules"),
    [
        ("error", {"b/much": 5}),
        ("warning", {"a/odd": 2, "b/much": 5}),
        ("note", {"a/odd": 2, "b/much": 8, "c/bit": 1}),
        ("never", None),
    ],
)
def test_the_gate_counts_what_closed_it_by_rule_in_their_order(tmp_path, fail_on, rules):
    wrong = (
        *(("b/much", "error", 3), ("b/much", "note", 3), ("b/much", "error", 2)),
        *(("c/bit", "note", 1), ("a/odd", "warning", 2)),
    )
    done = run(TWO, tmp_path, bad=["sleep.md"], wrong=wrong, fail_on=fail_on)
    assert [list(held.rules.items()) for held in done.withheld] == (
        [] if rules is None else [list(rules.items())]
    )


def test_a_page_without_findings_that_count_passes(tmp_path):
    done = run(TWO, tmp_path, bad=["sleep.md"], wrong=(("a/odd", "note", 9),))
    assert done.withheld == ()
    assert "sleep.html" in tree(tmp_path)


def test_a_draft_is_never_published_and_leaves_if_it_was(tmp_path):
    run(TWO, tmp_path)
    done = run(TWO | {"sleep.md": article("Sleep", draft=True)}, tmp_path, fail_on="never")
    assert done.drafts == ("articles/sleep.md",)
    assert done.removed == ("sleep.html", "sleep.json")
    assert b"See sleep." in tree(tmp_path)["legs/cramps.html"]


def test_a_related_title_is_linked_only_where_it_is_published(tmp_path):
    text = "A page\n\nRest well, all of you, and often.\n\nRead More →Sleep\nRead More →Lost\n"
    run(TWO | {"a.txt": text}, tmp_path)
    html = tree(tmp_path)["a.html"].decode()
    assert '<a href="sleep.html">Sleep</a>' in html
    assert "Lost" in html
    assert not re.search(r"<a [^>]*>Lost", html)


# -- what is gone


def test_what_has_no_source_any_more_is_removed_and_nothing_else(tmp_path):
    run(TWO, tmp_path)
    (tmp_path / "legs" / "mine.txt").write_text("mine")
    done = run({"sleep.md": TWO["sleep.md"]}, tmp_path)
    assert done.removed == ("legs/cramps.html", "legs/cramps.json")
    assert set(tree(tmp_path)) == SITE | {"sleep.html", "sleep.json", "legs/mine.txt"}


def test_folders_that_are_empty_then_go_too(tmp_path):
    run(TWO, tmp_path)
    run({"sleep.md": TWO["sleep.md"]}, tmp_path)
    assert not (tmp_path / "legs").exists()


def test_a_run_over_one_article_leaves_the_others(tmp_path):
    run(TWO, tmp_path)
    before = tree(tmp_path)
    others = {"articles/legs/cramps.md": "legs/cramps.md"}
    done = run({"sleep.md": TWO["sleep.md"]}, tmp_path, others=others)
    assert done.removed == ()
    assert set(tree(tmp_path)) == set(before)
    assert tree(tmp_path)["index.html"] == before["index.html"]


def test_a_file_that_somebody_put_in_our_place_is_not_removed(tmp_path):
    run(TWO, tmp_path)
    page = tmp_path / "sleep.html"
    page.write_text(page.read_text() + "<!-- mine -->")
    done = run({"legs/cramps.md": TWO["legs/cramps.md"]}, tmp_path)
    assert (done.removed, done.left) == (("sleep.json",), ("sleep.html",))
    assert page.read_text().endswith("<!-- mine -->")
    assert run({"legs/cramps.md": TWO["legs/cramps.md"]}, tmp_path).left == ()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(tmp_path):
    done = run(TWO, tmp_path / "out", dry=True)
    assert len(done.published) == 2
    assert not (tmp_path / "out").exists()
    run(TWO, tmp_path / "out")
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    done = run({"sleep.md": CHANGED["sleep.md"]}, tmp_path / "out", dry=True)
    assert done.published == ("articles/sleep.md",)
    assert done.removed == ("legs/cramps.html", "legs/cramps.json")
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_a_manifest_cannot_name_files_outside(tmp_path):
    out = tmp_path / "out"
    run(TWO, out)
    victim = tmp_path / "victim.html"
    victim.write_text('<meta name="generator" content="cramplint">')
    manifest = json.loads((out / "manifest.json").read_text())
    for name in ("../victim.html", str(victim), "legs/../../victim.html"):
        manifest["outputs"][name] = {"sha256": "x"}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2))
    assert run(TWO, out).removed == ()
    assert victim.exists()


@pytest.mark.parametrize("broken", ["{", '"generator": "cramplint"', "[]", '{"outputs": 3}'])
def test_a_manifest_that_is_none_of_ours_is_not_replaced(tmp_path, broken):
    (tmp_path / "manifest.json").write_text(broken)
    if "cramplint" in broken:
        run(TWO, tmp_path)
        assert json.loads((tmp_path / "manifest.json").read_text())["version"] == 1
    else:
        with pytest.raises(CrampError, match="not written by cramplint"):
            run(TWO, tmp_path)
        assert tree(tmp_path) == {"manifest.json": broken.encode()}


# -- names


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (("a.md", "a.txt"), "a.html"),
        (("a.md", "A.md"), "a.html"),
        (("é.md", "e\u0301.md"), ".html"),
        (("index.md",), "cramplint's own"),
        (("Index.txt",), "cramplint's own"),
        (("manifest.md",), "cramplint's own"),
        (("feed.md",), "cramplint's own"),
        (("404.md",), "cramplint's own"),
        (("a.md", "a.html/b.md"), "a folder a.html"),
        (("con.md",), "Windows"),
        (("a/nul.x.md",), "Windows"),
        (("a:b.md",), "control"),
        (("a\u202eb.md",), "control"),
        (("a\nb.md",), "control"),
        (("x" * 241 + ".md",), "longer"),
        (("/".join(["x" * 90] * 10) + ".md",), "longer"),
        ((".hidden.md",), "hidden"),
        (("../a.md",), "leads out"),
        (("/a.md",), "leads out"),
        (("a /b.md",), "blank"),
    ],
)
def test_names_that_collide_or_cannot_be_used_stop_all(tmp_path, paths, said):
    with pytest.raises(CrampError) as told:
        run({path: article(f"T{i}") for i, path in enumerate(paths)}, tmp_path / "out")
    assert said in str(told.value)
    assert not (tmp_path / "out").exists()


def test_a_folder_may_have_an_index_of_its_own(tmp_path):
    run({"legs/index.md": article("Legs")}, tmp_path)
    assert (tmp_path / "legs" / "index.html").is_file()


@given(st.text(max_size=12), st.text(max_size=12))
@settings(max_examples=300)
def test_a_name_that_is_safe_stays_inside(folder, name):
    path = f"{folder}/{name}"
    if not unsafe(path):
        assert os.path.normpath(path) == path
        assert not os.path.isabs(path)
        assert not set(path) & set('\\:*?"<>|\0\n\x1b')


# -- places


def test_nothing_is_written_through_a_link(tmp_path):
    out, victim = tmp_path / "out", tmp_path / "victim.html"
    victim.write_text('<meta name="generator" content="cramplint">')
    out.mkdir()
    (out / "sleep.html").symlink_to(victim)
    with pytest.raises(CrampError, match="is a link"):
        run(TWO, out)
    (out / "sleep.html").unlink()
    (tmp_path / "elsewhere").mkdir()
    (out / "legs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CrampError, match="is a link"):
        run(TWO, out)
    assert victim.read_text() == '<meta name="generator" content="cramplint">'
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert list(out.iterdir()) == [out / "legs"]


@pytest.mark.parametrize("name", ["sleep.html", "sleep.json", "index.html", "legs/cramps.html"])
def test_a_file_that_is_not_ours_is_never_replaced(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(CrampError, match="not written by cramplint"):
        run(TWO, tmp_path)
    assert tree(tmp_path) == {name: b"mine"}


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(CrampError, match="is no folder"):
        run(TWO, tmp_path / "out")


def test_a_folder_where_a_page_should_be_is_said(tmp_path):
    (tmp_path / "sleep.html").mkdir()
    with pytest.raises(CrampError, match="no ordinary file"):
        run(TWO, tmp_path)


CHANGED = {path: text + "\nNew.\n" for path, text in TWO.items()}


def failing(monkeypatch, name, after):
    """Let the system's call `name` fail, but for the first `after` times."""
    real, count = getattr(os, name), 0

    def full(*args, **named):
        nonlocal count
        count += 1
        if count > after:
            raise OSError(28, "No space left on device")
        return real(*args, **named)

    monkeypatch.setattr(os, name, full)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_disk_that_is_full_is_named_and_changes_nothing(tmp_path, monkeypatch, after):
    run(TWO, tmp_path)
    before = tree(tmp_path)
    failing(monkeypatch, "fsync", after)
    with pytest.raises(CrampError, match="cannot be written: No space left"):
        run(CHANGED, tmp_path)
    assert tree(tmp_path) == before
    assert not (tmp_path / ".cramplint-drafts").exists()


def test_a_folder_that_was_made_for_nothing_goes_again(tmp_path, monkeypatch):
    failing(monkeypatch, "fsync", 2)
    with pytest.raises(CrampError, match="No space left"):
        run(TWO, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("after", range(1, 9))
def test_a_run_that_is_stopped_between_files_leaves_whole_ones(tmp_path, monkeypatch, after):
    out = tmp_path / "out"
    old, new = run_of(TWO, tmp_path / "old"), run_of(CHANGED, tmp_path / "new")
    run(TWO, out)
    failing(monkeypatch, "replace", after)
    with suppress(CrampError):  # of eight moves the last is the run's own
        run(CHANGED, out)
    monkeypatch.undo()
    left = {name: data for name, data in tree(out).items() if not name.startswith(".")}
    assert set(left) == set(old)
    assert all(left[name] in (old[name], new[name]) for name in old)
    # What has no source any more when the next run comes is known as ours all the same.
    rest = {"sleep.md": CHANGED["sleep.md"]}
    done = run(rest, out)
    assert done.left == ()
    assert tree(out) == run_of(rest, tmp_path / "rest")


def run_of(texts, out):
    run(texts, out)
    return tree(out)


def test_what_a_run_that_was_killed_left_is_cleared(tmp_path):
    run(TWO, tmp_path)
    before = tree(tmp_path)
    drafts = tmp_path / ".cramplint-drafts"
    drafts.mkdir()
    (drafts / "0").write_text("half")
    (drafts / "journal.json").write_text("{")
    run(TWO, tmp_path)
    assert tree(tmp_path) == before
    drafts.mkdir()
    (drafts / "mine.txt").write_text("mine")
    run(CHANGED, tmp_path)
    assert set(tree(tmp_path)) == {*before, ".cramplint-drafts/mine.txt"}


@pytest.mark.parametrize("kind", ["link", "file"])
def test_drafts_go_through_no_link(tmp_path, kind):
    (tmp_path / "elsewhere").mkdir()
    out = tmp_path / "out"
    out.mkdir()
    if kind == "link":
        (out / ".cramplint-drafts").symlink_to(tmp_path / "elsewhere")
    else:
        (out / ".cramplint-drafts").write_text("x")
    with pytest.raises(CrampError, match="no folder"):
        run(TWO, out)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_two_runs_never_write_at_once(tmp_path):
    pytest.importorskip("fcntl")
    with opened(tmp_path), pytest.raises(CrampError, match="another run"):
        run(TWO, tmp_path)
    assert tree(tmp_path) == {}


# -- from paths to pages


def test_paths_become_pages_after_the_safe_fixes(tmp_path, monkeypatch):
    from cramplint.check import VOCABULARY, Selection
    from cramplint.publish import publish
    from cramplint.rules import load

    monkeypatch.chdir(tmp_path)
    home = tmp_path / "articles" / "legs"
    home.mkdir(parents=True)
    damaged = article("Leg cramps", "Signs:\n-\ntight calves\n-\nsore feet\n\nRest.")
    (home / "cramps.md").write_text(damaged)
    (home / "broken.md").write_text("---\n[\n---\n")
    rules = load(VOCABULARY)
    config = Config(tmp_path, fail_on="never")

    def go(*paths):
        asked = [Path(p) for p in paths]
        return publish(asked, config, lambda: (rules, Selection(), {}), Path("out"))

    done = go("articles")
    assert done.published == ("articles/legs/cramps.md",)
    assert [problem.where.partition(":")[0] for problem in done.problems] == [
        "articles/legs/broken.md"
    ]
    html = (tmp_path / "out" / "legs" / "cramps.html").read_text()
    assert re.search(r"<ul>\s*<li>tight calves</li>\s*<li>sore feet</li>\s*</ul>", html)
    assert (home / "cramps.md").read_text() == damaged
    assert go("articles/legs/cramps.md").unchanged == done.published
    assert files("legs/cramps.md") == ("legs/cramps.html", "legs/cramps.json")


# -- what belongs to the whole site

OLD = {
    "night.md": article("Night", aliases=["/old/night", "before.html", "night.md", "/a b/é.md"]),
    "sleep.md": article("Sleep", created="2026-01-02", updated="2026-02-03"),
}


def test_old_addresses_lead_on(tmp_path):
    run(OLD, tmp_path, url="https://calm.example/health/")
    made = tree(tmp_path)
    assert {name for name in made if b'http-equiv="refresh"' in made[name]} == {
        "old/night/index.html",
        "before.html",
        "a b/é.html",
    }
    page = made["old/night/index.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=../../night.html">' in page
    assert '<link rel="canonical" href="https://calm.example/health/night.html">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert made["_redirects"].decode().splitlines() == [
        "# generator: cramplint",
        "/health/a%20b/%C3%A9.html /health/night.html 301",
        "/health/before.html /health/night.html 301",
        "/health/old/night /health/night.html 301",
    ]
    done = run({"sleep.md": OLD["sleep.md"]}, tmp_path)
    assert "_redirects" in done.removed
    assert not (tmp_path / "old").exists()


def test_without_an_address_old_ones_lead_on_by_the_way_to_the_page(tmp_path):
    run(OLD, tmp_path)
    assert b"canonical" not in tree(tmp_path)["before.html"]
    assert b"/before.html /night.html 301\n" in tree(tmp_path)["_redirects"]


@pytest.mark.parametrize(
    ("aliases", "said"),
    [
        (["sleep.md"], "so would"),
        (["SLEEP.html"], "so would"),
        (["/"], "cramplint's own"),
        (["404.html"], "cramplint's own"),
        (["sleep.html/x"], "a folder sleep.html"),
        (["../x"], "leads out"),
        (["x/../../y"], "leads out"),
        (["https://other.example/x"], "another site"),
        (["//other.example/x"], "another site"),
        (["a\nb"], "control"),
        (["con"], "Windows"),
        (["/x?y=1#z", "x"], ""),
    ],
)
def test_old_addresses_that_cannot_be_used_stop_all(tmp_path, aliases, said):
    texts = OLD | {"night.md": article("Night", aliases=aliases)}
    if said:
        with pytest.raises(CrampError, match=said):
            run(texts, tmp_path / "out")
        assert not (tmp_path / "out").exists()
    else:
        run(texts, tmp_path / "out")
        assert (tmp_path / "out" / "x" / "index.html").is_file()


def test_two_articles_cannot_have_had_one_address(tmp_path):
    texts = {n: article(n[0], aliases=["/old"]) for n in ("a.md", "b.md")}
    with pytest.raises(CrampError, match=r"old/index\.html, and so would articles/a\.md"):
        run(texts, tmp_path)


def test_what_needs_an_address_is_left_out_without_one(tmp_path):
    run(OLD, tmp_path / "with", url="https://calm.example")
    run(OLD, tmp_path / "without")
    assert set(tree(tmp_path / "with")) - set(tree(tmp_path / "without")) == {
        "feed.json",
        "feed.xml",
        "sitemap.xml",
    }
    run(OLD, tmp_path / "with")
    assert set(tree(tmp_path / "with")) == set(tree(tmp_path / "without"))


def test_no_feed_makes_up_a_date(tmp_path):
    run({"night.md": OLD["night.md"]}, tmp_path, url="https://calm.example")
    assert "feed.xml" not in tree(tmp_path)
    assert b"lastmod" not in tree(tmp_path)["sitemap.xml"]
    assert "date_" not in (tmp_path / "feed.json").read_text()


def test_the_page_for_lost_readers_leads_home_from_anywhere(tmp_path):
    run(OLD, tmp_path, url="https://calm.example/health")
    assert b'<a href="/health/">' in tree(tmp_path)["404.html"]


# -- images and files beside the articles

PNG = b"\x89PNG\r\n\x1a\n...."
SHOWN = {
    "legs/cramps.md": article(
        "Leg cramps",
        "![A](img/a.png) ![A again](../legs/img/a.png) [leaflet](/files/leaflet.pdf#page=2)"
        ' <img src="img/raw%20one.png" alt="">\n\n![Gone](img/gone.png) ![Far](https://x.example/b.png)',
    ),
    "sleep.md": article("Sleep", "![A](legs/img/a.png)"),
}


def shelf(folder, more=()):
    files = {"legs/img/a.png": PNG, "legs/img/raw one.png": PNG, "files/leaflet.pdf": b"%PDF-1.7"}
    for name, data in (files | dict(more)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_images_and_files_of_articles_are_published_beside_them(tmp_path):
    root, out = shelf(tmp_path / "articles"), tmp_path / "out"
    done = run(SHOWN, out, root=root)
    assert done.uncopied == (("articles/legs/cramps.md", "img/gone.png", "there is no such file"),)
    made = tree(out)
    page = made["legs/cramps.html"].decode()
    assert '<p>Gone <img src="https://x.example/b.png" alt="Far"' in page
    assert "gone.png" not in page
    assert {n for n in made if n.endswith((".png", ".pdf"))} == {
        *("files/leaflet.pdf", "legs/img/a.png", "legs/img/raw one.png"),
    }
    assert made["legs/img/a.png"] == PNG
    said = json.loads(made["manifest.json"])["outputs"]["legs/img/a.png"]
    assert said["for"] == ["legs/cramps.md", "sleep.md"]
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    run(SHOWN, out, root=root)
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*")} == before


def test_an_image_goes_with_the_last_page_that_shows_it(tmp_path):
    root, out = shelf(tmp_path / "articles"), tmp_path / "out"
    run(SHOWN, out, root=root)
    done = run({"sleep.md": SHOWN["sleep.md"]}, out, root=root)
    assert "legs/img/raw one.png" in done.removed
    assert (out / "legs/img/a.png").is_file()
    others = {"articles/sleep.md": "sleep.md"}
    assert run({}, out, root=root, others=others).removed == ()
    assert run({}, out, root=root).removed == ("legs/img/a.png", "sleep.html", "sleep.json")


@pytest.mark.parametrize(
    ("target", "data", "why"),
    [
        ("a.svg", b"<svg/>", "an SVG may hold a program"),
        ("a.png", b"<html><script>", "does not hold what its ending says"),
        ("a.exe", b"MZ", "only these are"),
        ("a.png", PNG + b"x" * 20_000_000, "larger than 20 MB"),
        (".a.png", PNG, "hidden"),
        ("con.png", PNG, "Windows"),
        ("../../secret.png", PNG, None),
        ("%2e%2e/%2e%2e/secret.png", PNG, None),
        ("link.png", None, "a link that leads out"),
        ("A.png", PNG, None),
    ],
)
def test_what_is_no_image_or_lies_outside_is_not_copied(tmp_path, target, data, why):
    root, out = tmp_path / "articles", tmp_path / "out"
    (root / "legs").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    if data is None:
        (root / "legs" / target).symlink_to(tmp_path / "secret.png")
    elif "secret" not in target:
        (root / "legs" / target).write_bytes(data)
    texts = {"legs/a.md": article("A", f"![x]({target})")}
    done = run(texts, out, root=root)
    if why is None:
        assert done.uncopied == ()
    else:
        ((name, named, told),) = done.uncopied
        assert (name, named) == ("articles/legs/a.md", target)
        assert why in told
    copied = {p.name for p in out.rglob("*.*") if p.suffix not in (".html", ".json")}
    assert copied == ({"A.png"} if target == "A.png" else set())


def test_two_images_of_one_name_but_for_case_are_not_both_published(tmp_path):
    root = shelf(tmp_path / "articles", {"a.png": PNG, "A.png": PNG + b"other"})
    done = run({"a.md": article("A", "![x](a.png) ![y](A.png)")}, tmp_path / "out", root=root)
    assert [named for _, named, _ in done.uncopied] == ["A.png"]


def test_an_image_of_somebody_else_is_not_replaced(tmp_path):
    root, out = shelf(tmp_path / "articles"), tmp_path / "out"
    (out / "legs/img").mkdir(parents=True)
    (out / "legs/img/a.png").write_bytes(b"mine")
    with pytest.raises(CrampError, match="not written by cramplint"):
        run(SHOWN, out, root=root)
    (out / "legs/img/a.png").write_bytes(PNG)
    assert len(run(SHOWN, out, root=root).uncopied) == 1


def wide(width, height):
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


def turned(width, height):
    """A JPEG that its camera says to show on its side."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    app1 = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    sof = (
        b"\xff\xc0\0\x11\x08"
        + struct.pack(">HH", height, width)
        + b"\x03\x01\x11\0\x02\x11\1\x03\x11\1"
    )
    return b"\xff\xd8" + app1 + sof + b"\xff\xd9"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.png", wide(640, 480), ' width="640" height="480"'),
        ("a.jpg", turned(640, 480), ' width="480" height="640"'),
        ("a.gif", b"GIF89a" + struct.pack("<HH", 30, 20) + b"\0\0\0;", ' width="30" height="20"'),
        ("a.png", wide(0, 480), ""),
        ("a.png", wide(2**31, 1), ""),
        ("a.png", PNG, ""),
        ("a.jpg", b"\xff\xd8\xff" + b"\xe1\xff\xff" * 9, ""),
        ("a.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X", ""),
        ("a.avif", b"\0\0\0\x18ftypavif" + b"\xff" * 40, ""),
        ("a.gif", b"GIF89a", ""),
    ],
)
def test_an_image_says_how_large_it_is(tmp_path, name, data, said):
    root, out = tmp_path / "articles", tmp_path / "out"
    root.mkdir()
    (root / name).write_bytes(data)
    run(
        {"a.md": article("A", f'![x]({name}?v=1 "t") <img src="{name}" alt="y" width="9">')},
        out,
        root=root,
    )
    page = (out / "a.html").read_text()
    assert f'<img src="{name}?v=1" alt="x"{said} title="t" loading' in page
    assert f'<img src="{name}" alt="y" width="9" loading' in page


def test_an_image_that_comes_or_changes_changes_its_page(tmp_path, store):
    root, out = tmp_path / "articles", tmp_path / "out"
    root.mkdir()
    texts = {"a.md": article("A", "![x](a.png)")}
    seen = []
    for data in (None, wide(3, 4), wide(5, 6), wide(5, 6)):
        if data:
            (root / "a.png").write_bytes(data)
        done = run(texts, out, root=root, store=store)
        seen.append(bool(done.published))
    assert seen == [True, True, True, False]
    assert 'width="5" height="6"' in (out / "a.html").read_text()
