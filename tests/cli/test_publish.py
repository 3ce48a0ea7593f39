"""`cramplint publish`: what it says and how it exits. What it writes is tested beside publish."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

PAGE = "---\ntitle: {0}\ntype: article\nlang: en\n---\n\n# {0}\n\n{1}\n"


@pytest.fixture
def site(home: Path) -> Path:
    (home / "articles").mkdir()
    write(home, "calm", "Rest your legs.")
    write(home, "walks", "A zebra walks.")
    return home


def write(home: Path, name: str, words: str) -> None:
    (home / "articles" / f"{name}.md").write_text(PAGE.format(name.title(), words), "utf-8")


def test_what_passes_is_published_and_the_rest_is_named(site: Path, run: Run) -> None:
    ran = run("publish", "--out", "site")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0] == "1 published, 1 withheld: see site/index.html"
    assert "withheld: articles/walks.md: own/zebra (1)\n" in ran.err
    assert (site / "site" / "calm.html").is_file()
    assert not (site / "site" / "walks.html").exists()


def test_a_rerun_says_what_changed(site: Path, run: Run) -> None:
    run("publish", "--out", "site", "--fail-on", "never")
    ran = run("publish", "--out", "site", "--fail-on", "never")
    assert ran.code == 0
    assert ran.err.startswith("2 unchanged: see site/index.html\n")
    (site / "articles" / "calm.md").unlink()
    ran = run("publish", "--out", "site", "--exit-zero", "-v")
    assert ran.code == 0
    assert ran.err.startswith("1 withheld, ")
    assert "its last good page stays" in ran.err
    assert "removed: calm.html" in ran.err


def test_findings_are_reported_if_asked_for(site: Path, run: Run) -> None:
    ran = run("publish", "--out", "site", "--output-format", "json", "-q")
    assert [f["rule"] for f in json.loads(ran.out)["findings"]] == ["own/zebra"]
    assert ran.err == "withheld: articles/walks.md: own/zebra (1)\n"


def test_a_bad_file_is_2_and_the_others_are_published(site: Path, run: Run) -> None:
    (site / "articles" / "walks.md").write_bytes(b"caf\xe9")
    ran = run("publish", "--out", "site")
    assert ran.code == 2
    assert "error: articles/walks.md:1: is not UTF-8" in ran.err
    assert (site / "site" / "calm.html").is_file()


def test_nothing_to_publish_is_said(home: Path, run: Run) -> None:
    (home / "empty").mkdir()
    ran = run("publish", "empty", "--out", "site")
    assert ran.code == 0
    assert "nothing was checked" in ran.err


def test_out_is_needed(home: Path, run: Run) -> None:
    ran = run("publish")
    assert ran.code == 2
    assert "--out" in ran.err


def test_templates_of_ones_own_are_used(site: Path, run: Run) -> None:
    (site / "look").mkdir()
    (site / "look" / "page.css").write_text("body{color:navy}", "utf-8")
    ran = run("publish", "--out", "site", "--template", "look", "--exit-zero")
    assert ran.code == 0
    assert "body{color:navy}</style>" in (site / "site" / "calm.html").read_text("utf-8")
    config = site / "cramplint.toml"
    config.write_text(f'{config.read_text("utf-8")}template = "look"\n', "utf-8")
    again = run("publish", "--out", "site", "--exit-zero")
    assert again.err.startswith("1 unchanged")


def test_what_is_wrong_with_a_template_is_said_before_anything_is_written(
    site: Path, run: Run
) -> None:
    (site / "look").mkdir()
    for text, said in (
        ("\n\n{{ titel }}", "'titel' is undefined"),
        ("\n\n{% if %}", "Expected an"),
    ):
        (site / "look" / "article.html").write_text(text, "utf-8")
        ran = run("publish", "--out", "site", "--template", "look")
        assert ran.code == 2
        assert "look/article.html:3: " in ran.err
        assert said in ran.err
        assert "Traceback" not in ran.err
        assert not list(site.glob("site/*.html"))
