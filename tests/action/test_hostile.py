"""Articles, names of files and settings that try to speak to the runner, the reader of the log or
the page of the run: they are words, and nothing more."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyromark
import pytest

pytestmark = pytest.mark.xdist_group("wheels")  # an installation takes its time

PIECES = (
    "::error file=owned.md,line=1::owned",
    "::set-output name=owned::1",
    "::add-mask::e",
    "::stop-commands::owned",
    " ::group::owned",
    "##[error]owned",
    "a ##[group]owned",
    "##vso[task.complete]owned",
    "%0A::error::owned",
    "%250A::warning::owned",
    "\x0b::error::owned",
    "\x0c::error::owned",
    "\x85::error::owned",
    "\u2028::error::owned",
    "\x1b[31mowned\x1b[0m",
    "\x1b]8;;https://owned.example\x07owned",
    "\x9b31mowned",
    "\x08\x08\x08owned",
    "\u202edenwo\u2066",
    "]]>owned",
    "`owned`",
    "```owned",
    "| owned | error |",
    "<img src=//owned.example>",
    "<!-- owned -->",
    "![owned](//owned.example)",
    "@owned #1 https://owned.example",
)
HELD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069]")
RULE = """\
---
check: match
severity: error
message: '"{{it}}" ::error::owned ##[error]owned | `x` @owned'
advice: 'Not this: {piece}'
find: 'owned'
scope: any
---
# Owned

{piece}

```bad
It is ⟦owned⟧.
```
```good
It is not.
```
"""


def article(piece: str) -> str:
    """A page that has these words wherever a finding may quote them."""
    quoted = json.dumps(piece)
    return (
        f"---\ntitle: {quoted}\nslug: {quoted}\nrelated: [{quoted}]\n{quoted}: 1\n---\n\n"
        f"# {piece}\n\n{piece}\n\nTake 500 mg of magnesium {piece} every night, and the cramps are "
        f"gone for good {piece}.\n\n[{piece}](<{piece.translate({60: None, 62: None})}.md>)\n\n"
        f"{piece}\nRead More →\n"
    )


def shown(summary: str) -> str:
    return pyromark.html(summary, options=pyromark.Options.ENABLE_TABLES)


@pytest.fixture
def hostile(tmp_path, runner):
    folder = tmp_path / "site"
    files = {}
    for number, piece in enumerate(PIECES):
        name = piece.replace("/", "⁄")
        start = "articles/00" if number % 2 else ""
        files[f"{start}{name}.md"] = article(piece)
    runner.git(folder, "init", "-q", "-b", "main")
    runner.commit(folder, **files)
    return folder


def judge(ran, findings: int) -> None:
    """The runner obeyed nothing but annotations of rules, ten of a level at most, and nothing else
    that was shown can move or colour a terminal."""
    assert HELD.search(ran.log) is None
    assert "##[" not in ran.log
    for said in ran.obeyed:
        assert said.name in ("error", "warning", "notice")
        assert said.properties.keys() <= {"title", "file", "line", "endLine", "col", "endColumn"}
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*/[a-z-]+|cramplint", said.properties["title"])
        assert said.properties.get("file", "articles/.md").endswith(".md")
        assert not said.words.startswith("owned")
    for level in ("error", "warning", "notice"):
        assert sum(said.name == level for said in ran.obeyed) <= 10
    assert set(ran.outputs) == {"exit-code", "errors", "warnings", "notes", "report"}
    page = shown(ran.summary)
    assert set(re.findall(r"<(\w+)", page)) <= {
        *("h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "strong")
    }
    assert len(re.findall(r"<tr><td[^>]*>\d+:\d+</td>", page)) == findings


def test_articles_and_their_names(runner, hostile):
    ran = runner.run(hostile, paths=".")
    assert ran.code == 1, ran.log
    found = json.loads(Path(ran.outputs["report"]).read_text("utf-8"))["findings"]
    assert len({finding["path"] for finding in found}) == len(PIECES)
    judge(ran, len(found))


def test_settings_and_rules(runner, hostile):
    for number, piece in enumerate(PIECES[:10]):
        page = hostile / "own" / "own" / f"p{chr(97 + number)}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(RULE.replace("{piece}", piece.replace("'", "''")).replace("{{it}}", "{it}"))
    settings = 'rule-paths = ["own"]\nselect = ["own/*"]\n'
    (hostile / "cramplint.toml").write_text(settings, "utf-8")
    ran = runner.run(hostile, paths=".")
    assert ran.code == 1, ran.log
    assert "own/pa" in ran.summary
    judge(ran, len(json.loads(Path(ran.outputs["report"]).read_text("utf-8"))["findings"]))


@pytest.mark.parametrize("piece", PIECES[::6])
def test_settings_that_make_cramplint_fail(runner, site, piece):
    # TOML takes the escapes of JSON.
    (site / "cramplint.toml").write_text(json.dumps(piece) + " = 1\n", "utf-8")
    fails(runner.run(site))


def test_a_report_goes_through_no_link_out_of_the_workspace(runner, site):
    beyond = site.parent / "beyond"
    beyond.mkdir()
    (beyond / "x.sarif").write_text("theirs", "utf-8")
    (site / "out").symlink_to(beyond)
    (site / "taken.sarif").mkdir()
    (site / "near").symlink_to("articles")
    for place in ("out/x.sarif", str(site / "out" / "x.sarif"), "taken.sarif", "cramplint.toml/x"):
        fails(runner.run(site, sarif_file=place))
    assert (beyond / "x.sarif").read_text("utf-8") == "theirs"
    for place in ("near/x.sarif", "../beyond/y.sarif"):
        ran = runner.run(site, sarif_file=place)
        assert (ran.code, ran.outputs["sarif-file"]) == (1, place), ran.log


def test_files_that_make_cramplint_fail(runner, tmp_path):
    runner.git(tmp_path / "site", "init", "-q")
    runner.commit(tmp_path / "site")
    for piece in PIECES:
        (tmp_path / "site" / f"{piece.replace('/', '⁄')}.md").write_bytes(b"\xff\xfe")
    fails(runner.run(tmp_path / "site", paths="."))


def fails(ran) -> None:
    assert ran.code == 2
    (said,) = ran.obeyed
    assert (said.name, said.properties) == ("error", {"title": "cramplint"})
    assert not said.words.startswith("owned")
    assert HELD.search(ran.log) is None
    assert "##[" not in ran.log
