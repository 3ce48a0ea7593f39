"""JUnit XML."""

from __future__ import annotations

from xml.etree import ElementTree

from cramplint.report import report
from cramplint.report.result import Look


def suites(results):
    return ElementTree.fromstring(report("junit", results, Look()))


def shape(root):
    """What every reader of JUnit relies on: counts that are true, names on all."""
    assert root.tag == "testsuites"
    assert all(suite.tag == "testsuite" and suite.get("name") for suite in root)
    for counted in (root, *root):
        cases = list(counted.iter("testcase"))
        assert counted.get("tests") == str(len(cases))
        assert counted.get("failures") == str(len(list(counted.iter("failure"))))
        assert all(case.get("name") and case.get("classname") for case in cases)
    return root


def test_a_suite_is_a_file_and_a_failure_a_finding(made):
    text = "ok\nbad\n"
    root = shape(suites([made.result(text, made.found(text, "bad", message="<&> ]]>"))]))
    (suite,) = root
    (case,) = suite
    assert suite.get("name") == "articles/a.md"
    assert case.attrib == {
        "classname": "articles/a.md",
        "name": "artifact/list-lost",
        "file": "articles/a.md",
        "line": "2",
    }
    (failure,) = case
    assert failure.attrib == {"type": "error", "message": "<&> ]]>"}
    assert failure.text == "articles/a.md:2:1: <&> ]]>. Put it back."


def test_a_note_passes_and_says_so(made):
    root = shape(suites([made.result("bad", made.found("bad", "bad", severity="note"))]))
    assert root.get("failures") == "0"
    assert root.find(".//system-out").text == "articles/a.md:1:1: a list is lost. Put it back."


def test_a_clean_file_is_a_test_that_passes(made):
    root = shape(suites([made.result("Fine.")]))
    assert root.get("tests") == "1"
    assert list(root.find(".//testcase")) == []
    assert list(shape(suites([]))) == []


def test_names_are_unique_and_know_no_lines(made):
    def names(text):
        found = [made.found(text, "bad", nth=n) for n in range(2)]
        return [case.get("name") for case in suites([made.result(text, *found)]).iter("testcase")]

    assert names("bad bad") == ["artifact/list-lost", "artifact/list-lost (2)"]
    assert names("\n\nbad\nbad") == names("bad bad")
