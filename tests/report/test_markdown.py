"""The summary of a CI step."""

from __future__ import annotations

import dataclasses

from cramplint.report import report
from cramplint.report.result import Look


def test_counts_then_rules_then_findings_by_file(made):
    text = "ok\nbad bad\n"
    found = [
        made.found(text, "bad"),
        made.found(text, "bad", nth=1),
        made.found(text, "ok", rule="a/b", severity="note", message="so | short"),
    ]
    rules = {"artifact/list-lost": made.rule()}
    results = [made.result(text, *found, path="b_c.md"), made.result("Fine.", path="d.md")]
    assert report("markdown", results, Look(rules=rules)) == (
        "## cramplint: 2 errors, 1 note\n"
        "\n"
        "2 files: 2 errors, 1 note.\n"
        "\n"
        "| Found | Level | Rule | What it is about |\n"
        "| ---: | --- | --- | --- |\n"
        "| 2 | error | artifact/list-lost | A list that is gone |\n"
        "| 1 | note | a/b |  |\n"
        "\n"
        "### b&#95;c.md\n"
        "\n"
        "| Line | Level | Rule | What is wrong |\n"
        "| ---: | --- | --- | --- |\n"
        "| 2:1 | error | artifact/list-lost | a list is lost |\n"
        "| 2:5 | error | artifact/list-lost | a list is lost |\n"
        "| 1:1 | note | a/b | so &#124; short |\n"
    )


def test_nothing_found_and_nothing_read(made):
    assert report("markdown", [made.result("Fine.")], Look()) == (
        "## cramplint: nothing found\n\n1 file: nothing found.\n"
    )
    assert report("markdown", [], Look()) == "## cramplint\n\nNo file was checked.\n"


def test_a_long_list_is_cut_and_says_so(made):
    text = "bad"
    found = made.found(text, "bad", message="\u8db3" * 400)
    results = [made.result(text, *[found] * 500, path=f"{n}.md") for n in range(3)]
    out = report("markdown", results, Look())
    assert 900_000 < len(out.encode()) < 1 << 20
    shown = out.count("| 1:1 |")
    assert out.endswith(
        f"\n**The list is cut here: {1500 - shown} findings more would not fit in a summary.**\n"
    )
    assert out.startswith("## cramplint: 1500 errors\n")


def test_rules_with_titles_without_end_leave_room_for_findings(made):
    names = [f"own/r{n}" for n in range(100)]
    page = dataclasses.replace(made.rule(), title="|" * 9_000)
    found = [made.found("bad", "bad", rule=name) for name in names]
    out = report("markdown", [made.result("bad", *found)], Look(rules=dict.fromkeys(names, page)))
    assert len(out.encode()) < 1 << 20
    shown = out.count("&#124; |\n")
    assert 0 < shown < 100
    assert f"| and {100 - shown} rules more |" in out
    assert out.count("| 1:1 |") == 100
