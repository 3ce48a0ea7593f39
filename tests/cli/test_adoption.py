"""What lets a team take it up: known findings, changed lines, waivers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ZEBRA = "# Walks\n\nA zebra walks with a lemur.\n"


def put(folder: Path, name: str, text: str = ZEBRA) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def found(out: str) -> list[tuple[str, str]]:
    return [(f["path"], f["rule"]) for f in map(json.loads, out.splitlines())]


# ---- known findings


def test_known_findings_are_left_out_and_do_not_count(home, run):
    put(home, "a.md")
    ran = run("check", "a.md", "--write-baseline", "known.json")
    assert ran == (0, "1 file: nothing found\n", "2 findings of 1 file written to known.json\n")
    ran = run("check", "a.md", "--baseline", "known.json")
    assert ran == (0, "1 file: nothing found\n", "2 known findings left out, by known.json\n")
    put(home, "a.md", "# Walks\n\n" + "Long.\n\n" * 9 + ZEBRA + "\nAnother zebra.\n")
    ran = run("check", "a.md", "--baseline", "known.json", "--output-format", "concise")
    assert ran.code == 1
    assert ran.out == 'a.md:25:9: error own/zebra "zebra" is an animal\n'


def test_what_is_gone_is_told_with_what_to_do(home, run):
    put(home, "a.md")
    run("check", "a.md", "--write-baseline", "known.json")
    put(home, "a.md", "# Walks\n\nA zebra walks.\n")
    ran = run("check", "a.md", "--baseline", "known.json")
    assert ran.err == (
        "1 known finding left out, by known.json\n"
        "1 entry of the baseline answers to no finding any more "
        '(a.md: own/lemur "lemur"): --write-baseline known.json takes them out\n'
    )
    run("check", "a.md", "--write-baseline", "known.json")
    assert run("check", "a.md", "--baseline", "known.json").err.count("\n") == 1


def test_the_baseline_of_the_configuration_is_seen_from_its_file(home, run, monkeypatch):
    config = home / "cramplint.toml"
    config.write_text('baseline = "known.json"\n' + config.read_text("utf-8"), "utf-8")
    put(home, "sub/a.md")
    assert "makes one" in run("check", "sub/a.md").err
    run("check", "sub/a.md", "--write-baseline", "known.json")
    assert run("check", "sub/a.md").code == 0
    monkeypatch.chdir(home / "sub")
    assert run("check", "a.md").code == 0
    assert run("check", "a.md", "--no-baseline").code == 1


def test_a_malformed_baseline_is_an_error_with_its_line(home, run):
    put(home, "a.md")
    put(home, "known.json", '{"version": 1,\n "texts": {},\n "findings": [{}]}')
    ran = run("check", "a.md", "--baseline", "known.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: known.json:3: an entry has the texts path, rule, words")
    assert run("check", "a.md", "--baseline", "known.json", "--no-baseline").code == 2


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "rdjson", "junit", "github"])
def test_every_format_gets_only_what_is_new(home, run, form):
    put(home, "a.md")
    run("check", "a.md", "--write-baseline", "known.json")
    put(home, "a.md", ZEBRA + "\nA quagga, a new lemur.\n")
    ran = run("check", "a.md", "--baseline", "known.json", "--output-format", form)
    assert "own/lemur" in ran.out
    assert "own/zebra" not in ran.out
