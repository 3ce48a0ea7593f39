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


# ---- waivers

WAIVER = """
[[waivers]]
rule = "own/zebra"
path = "articles/a.md"
reason = "quotes the zoo"
owner = "Ana Ruiz"
expires = {expires}
"""


def waive(home: Path, expires: str = "2026-03-31", **other: str) -> None:
    config = (home / "cramplint.toml").read_text("utf-8").partition("[[")[0]
    config = config.replace('["own/*"]', '["own/*", "suppression/*"]')
    text = WAIVER.replace("{expires}", expires)
    for key, value in other.items():
        text = text.replace(f"{key} =", f"{key} = {value} #")
    (home / "cramplint.toml").write_text(config + text, "utf-8")


def judged(run, *more: str, day: str = "2026-03-31") -> list[tuple[str, str]]:
    ran = run("check", "--output-format", "jsonl", "--today", day, *more)
    return found(ran.out)


@pytest.mark.parametrize("expires", ['"2026-03-31"', "2026-03-31"])
def test_a_waiver_silences_one_rule_in_one_article_until_its_day(home, run, monkeypatch, expires):
    put(home, "articles/a.md")
    put(home, "articles/b.md")
    waive(home, expires)
    zebra, lemur = [(f"articles/{n}.md", "own/zebra") for n in "ab"], ("articles/a.md", "own/lemur")
    assert judged(run) == [lemur, zebra[1], ("articles/b.md", "own/lemur")]
    expired = ("articles/a.md", "suppression/expired")
    assert judged(run, "articles/a.md", day="2026-04-01") == [expired, zebra[0], lemur]
    monkeypatch.chdir(home / "articles")
    assert judged(run, "a.md") == [("a.md", "own/lemur")]
    monkeypatch.chdir(home / "own")
    assert judged(run, "../articles/a.md") == [((home / "articles/a.md").as_posix(), "own/lemur")]


def test_a_waiver_that_is_over_names_its_owner_and_its_place(home, run):
    put(home, "articles/a.md")
    waive(home)
    ran = run("check", "--today", "2026-04-01", "--output-format", "concise")
    assert (
        "warning suppression/expired The waiver of own/zebra "
        "(cramplint.toml:4) ended on 2026-03-31; who answers for it: Ana Ruiz"
    ) in ran.out


def test_a_waiver_that_silences_nothing_is_a_finding(home, run):
    put(home, "articles/a.md", "# Calm\n\nNobody walks.\n")
    waive(home)
    assert judged(run) == [("articles/a.md", "suppression/unused")]


def test_a_waiver_for_an_article_that_is_not_there_is_told(home, run):
    put(home, "articles/b.md", "# Calm\n\nNobody walks.\n")
    waive(home)
    ran = run("check")
    assert ran.code == 0
    assert ran.err == (
        "cramplint.toml:4: the waiver of own/zebra is for articles/a.md, "
        "which is not there: take it out\n"
    )


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"expires": '"soon"'}, "a waiver expires on a day, not on 'soon' (write YYYY-MM-DD)"),
        ({"expires": "2026-03-31T10:00:00"}, "a waiver needs a text expires"),
        ({"reason": '" "'}, "a waiver needs a text reason"),
        ({"owner": "1"}, "a waiver needs a text owner"),
        ({"rule": '"own/zebras"'}, "no rule is called own/zebras (did you mean own/zebra?)"),
        ({"owner": '"A"\nuntil = "May"'}, "a waiver has no 'until'"),
    ],
)
def test_a_waiver_that_says_too_little_is_refused_with_its_line(home, run, other, said):
    put(home, "articles/a.md")
    waive(home, **other)
    ran = run("check")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert f"cramplint.toml:4: {said}" in ran.err


def test_waivers_are_among_the_settings(home, run):
    put(home, "articles/a.md")
    waive(home)
    settings = json.loads(run("config", "--output-format", "json").out)["settings"]
    assert settings["waivers"]["value"] == [
        {
            "rule": "own/zebra",
            "path": "articles/a.md",
            "reason": "quotes the zoo",
            "owner": "Ana Ruiz",
            "expires": "2026-03-31",
        }
    ]


# ---- suppressions for what is there


def test_suppressions_are_written_for_what_is_found(home, run):
    put(home, "a.md", "# Walks\r\n\r\nA zebra walks with a lemur.\r\n")
    put(home, "b.md", "Calm.\n")
    ran = run("check", "--add-ignore", "--reason", "a fable", "a.md", "b.md")
    assert ran == (
        0,
        "2 files: nothing found; 2 suppressed\n",
        "2 findings silenced in 1 article\n",
    )
    assert (home / "a.md").read_bytes() == (
        b"# Walks\r\n\r\n"
        b"<!-- cramplint-disable-next-line own/lemur, own/zebra -- a fable -->\r\n"
        b"A zebra walks with a lemur.\r\n"
    )
    assert run("check", "a.md").code == 0
    assert run("check", "--add-ignore", "--reason", "x", "a.md").err == (
        "0 findings silenced in 0 articles\n"
    )


def test_only_what_is_reported_is_silenced(home, run):
    put(home, "a.md")
    run("check", "a.md", "--write-baseline", "known.json")
    put(home, "a.md", ZEBRA + "\nA lemur.\n")
    ran = run("check", "a.md", "--baseline", "known.json", "--add-ignore")
    assert "1 finding silenced" in ran.err
    assert (home / "a.md").read_text("utf-8") == (
        ZEBRA + "\n<!-- cramplint-disable-next-line own/lemur -->\nA lemur.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--add-ignore"], "errors are silenced for a reason only (--reason TEXT)"),
        (["--add-ignore", "--reason", "a > b"], "one line without"),
        (["--reason", "x"], "a reason for what?"),
        (["--add-ignore", "--reason", "x", "--fix"], "--fix, --diff, --staged"),
        (["--add-ignore", "--reason", "x", "--diff"], "--fix, --diff, --staged"),
    ],
)
def test_what_would_silence_for_nothing_is_refused(home, run, words, said):
    put(home, "a.md")
    ran = run("check", "a.md", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert (home / "a.md").read_text("utf-8") == ZEBRA


def test_plain_text_without_front_matter_has_no_place_for_it(home, run):
    put(home, "a.txt", "A zebra.\n")
    ran = run("check", "a.txt", "--add-ignore", "--reason", "x")
    assert ran.code == 2
    assert (
        "error: a.txt: has no place where a suppression can stand "
        "(give it front matter, or a waiver in the configuration)"
    ) in ran.err
    assert "own/zebra" in ran.out
