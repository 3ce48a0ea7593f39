"""Annotations: what a step of GitHub Actions shows of the findings."""

from __future__ import annotations

import re

from cramplint.report import report
from cramplint.report.result import Look


def lines(results):
    return report("github", results, Look()).splitlines()


def test_an_annotation_says_where_and_what(made):
    text = "ok\n\u00e9 bad word\n"
    one = made.found(text, "bad word", message='"bad, 100%": no')
    (line,) = lines([made.result(text, one, path="articles/a,b:c.md")])
    where = "file=articles/a%2Cb%3Ac.md,line=2,endLine=2,col=3,endColumn=11"
    said = '"bad, 100%25": no%0APut it back.'
    assert line == f"::error {where},title=artifact/list-lost::{said}"


def test_levels_have_their_commands_and_the_severe_come_first(made):
    text = "one two three"
    found = [
        made.found(text, "one", severity="note", advice=""),
        made.found(text, "two", severity="warning", advice=""),
        made.found(text, "three", severity="error", advice=""),
    ]
    out = lines([made.result(text, *found)])
    assert [line.split(" ")[0] for line in out] == ["::error", "::warning", "::notice"]


def test_no_columns_over_several_lines_and_no_line_for_a_line_end(made):
    text = "one\ntwo\nthree\n"
    (several,) = lines([made.result(text, made.found(text, "one\ntwo\n"))])
    assert "line=1,endLine=2,title=" in several
    (single,) = lines([made.result(text, made.found(text, "two\n"))])
    assert "line=2,endLine=2,col=1" in single


def test_nothing_found_is_nothing_said(made):
    assert lines([made.result("Fine.")]) == []
    assert lines([]) == []


def test_ten_of_a_level_and_a_line_on_the_others(made):
    text = "bad " * 30
    errors = [made.found(text, "bad", nth=n) for n in range(14)]
    notes = [made.found(text, "bad", nth=n, severity="note") for n in range(14, 24)]
    out = lines([made.result(text, *errors, *notes)])
    assert sum(line.startswith("::error ") for line in out) == 10
    assert sum(line.startswith("::notice ") for line in out) == 10
    assert out[-1] == (
        "::notice title=cramplint::Not shown here, since GitHub shows 10 of a level: "
        "4 errors, 1 note.%0AAll of them: --output-format markdown=FILE."
    )


def test_ten_are_all_shown_where_there_are_ten(made):
    text = "bad " * 10
    found = [
        made.found(text, "bad", nth=n, severity=level)
        for level in ("error", "note")
        for n in range(10)
    ]
    out = lines([made.result(text, *found)])
    assert len(out) == 20
    assert "cramplint::" not in "".join(out)


def test_one_of_each_rule_and_file_comes_before_a_repeat(made):
    text = "bad " * 20
    loud = [made.found(text, "bad", nth=n, rule="a/loud") for n in range(15)]
    rare = made.found(text, "bad", nth=19, rule="z/rare")
    results = [
        made.result(text, *loud, path="a.md"),
        made.result(text, *loud, rare, path="b.md"),
    ]
    out = [line for line in lines(results) if line.startswith("::error")]
    assert len(out) == 10
    assert sum("z/rare" in line for line in out) == 1
    # What is chosen is told in the order of the files.
    files = [re.search("file=(.)", line)[1] for line in out]
    assert files == sorted(files)
    assert files.count("a") == 5


def test_many_rules_come_before_many_files(made):
    text = "bad " * 3
    rules = [f"a/r{n}" for n in range(3)]
    results = [
        made.result(
            text, *(made.found(text, "bad", nth=n, rule=r) for n, r in enumerate(rules)), path=path
        )
        for path in [f"{n:02}.md" for n in range(20)]
    ]
    out = [line for line in lines(results) if line.startswith("::error")]
    told = [re.search("title=([^:]+)::", line)[1] for line in out]
    assert sorted(told.count(rule) for rule in rules) == [3, 3, 4]
