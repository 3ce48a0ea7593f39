"""GitLab's Code Quality report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cramplint.report import report
from cramplint.report.result import Look

SCHEMA = json.loads(Path(__file__).with_name("gitlab.schema.json").read_text("utf-8"))


def issues(results):
    out = json.loads(report("gitlab", results, Look()))
    Draft202012Validator(SCHEMA).validate(out)
    return out


def test_an_issue(made):
    text = "ok\nbad\nword\n"
    (issue,) = issues([made.result(text, made.found(text, "bad\nword\n", message="Lost"))])
    assert len(issue.pop("fingerprint")) == 32
    assert issue == {
        "description": "Lost. Put it back.",
        "check_name": "artifact/list-lost",
        "severity": "major",
        "location": {"path": "articles/a.md", "lines": {"begin": 2, "end": 3}},
    }


@pytest.mark.parametrize(
    ("severity", "theirs"), [("error", "major"), ("warning", "minor"), ("note", "info")]
)
def test_severities(made, severity, theirs):
    (issue,) = issues([made.result("bad", made.found("bad", "bad", severity=severity))])
    assert issue["severity"] == theirs


def test_nothing_found_is_an_empty_list(made):
    assert report("gitlab", [made.result("Fine.")], Look()) == "[]\n"
    assert report("gitlab", [], Look()) == "[]\n"


def test_fingerprints_are_unique_over_files_and_know_no_lines(made):
    text = "bad bad"
    found = [made.found(text, "bad", nth=n) for n in range(2)]
    first = issues([made.result(text, *found, path=path) for path in ("a.md", "b.md")])
    known = [issue["fingerprint"] for issue in first]
    assert len(set(known)) == 4
    text = "A new line.\n\nbad then bad"
    found = [made.found(text, "bad", nth=n) for n in range(2)]
    moved = issues([made.result(text, *found, path=path) for path in ("a.md", "b.md")])
    assert [issue["fingerprint"] for issue in moved] == known
