"""Several reports of one run."""

from __future__ import annotations

import json

from cramplint.report import FORMATS


def test_every_format_can_go_to_its_file_in_one_run(home, run):
    (home / "a.md").write_text("A zebra and a lemur.\n", "utf-8")
    asked = [f"--output-format={name}={name}.out" for name in FORMATS]
    done = run("check", *asked, "a.md")
    assert done.code == 1
    for name in FORMATS:
        assert (home / f"{name}.out").read_bytes().endswith(b"\n")


def test_reports_tell_of_a_rule_by_its_page(home, run):
    (home / "a.md").write_text("A zebra.\n", "utf-8")
    done = run("check", "--output-format=sarif", "--output-format=markdown=summary.md", "a.md")
    (rule,) = json.loads(done.out)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "No zebra"
    assert "| 1 | error | own/zebra | No zebra |" in (home / "summary.md").read_text("utf-8")
