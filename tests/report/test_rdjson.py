"""reviewdog's format, with fixes as suggestions."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cramplint.model import Edit, Finding, Fix, Span
from cramplint.report import report
from cramplint.report.result import Look

SCHEMA = json.loads(Path(__file__).with_name("rdjson.schema.json").read_text("utf-8"))


def diagnostics(results):
    out = json.loads(report("rdjson", results, Look()))
    Draft202012Validator(SCHEMA).validate(out)
    return out["diagnostics"]


def test_a_diagnostic(made):
    text = "ok\n\u00e9\U0001f9b5 bad\n"
    fix = Fix((Edit(Span(6, 9), "good"),), "ask")
    (one,) = diagnostics([made.result(text, made.found(text, "bad", fix=fix, severity="note"))])
    # Columns count bytes of UTF-8: two, four and one before "bad".
    where = {"start": {"line": 2, "column": 8}, "end": {"line": 2, "column": 11}}
    assert one == {
        "message": "a list is lost. Put it back.",
        "location": {"path": "articles/a.md", "range": where},
        "severity": "INFO",
        "code": {"value": "artifact/list-lost"},
        "suggestions": [{"range": where, "text": "good"}],
    }


def test_nothing_found(made):
    assert diagnostics([made.result("Fine.")]) == []
    assert diagnostics([]) == []


def test_a_fix_that_is_only_shown_is_no_suggestion(made):
    fix = Fix((Edit(Span(0, 3), "x"),), "show")
    (one,) = diagnostics([made.result("bad", made.found("bad", "bad", fix=fix))])
    assert "suggestions" not in one


def test_edits_that_lie_far_apart_are_no_suggestion(made):
    text = "bad" + " word" * 1000
    edits = (Edit(Span(0, 3), ""), Edit(Span(5000, 5001), ""))
    (one,) = diagnostics([made.result(text, made.found(text, "bad", fix=Fix(edits)))])
    assert "suggestions" not in one


def test_a_suggestion_has_the_line_ends_of_the_file(made):
    text = "a\nbad\nb"
    fix = Fix((Edit(Span(2, 5), "x\ny"),))
    found = made.found(text, "bad", fix=fix)
    (one,) = diagnostics([made.result(text, found, newline="\r\n")])
    assert one["suggestions"][0]["text"] == "x\r\ny"


@given(st.data(), st.text("ab\u00e9\u8db3\U0001f9b5\n", min_size=1, max_size=40))
def test_a_suggestion_put_in_by_bytes_is_the_fix(made, data, text):
    cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True))
    cuts.sort()
    words = st.text("xy\n\u00e9", max_size=4)
    edits = [
        Edit(Span(a, b), data.draw(words)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    fixed = text
    for edit in reversed(edits):
        fixed = fixed[: edit.span.start] + edit.text + fixed[edit.span.end :]
    found = Finding("a/b", Span(0, 1), "here", "error", "", Fix(tuple(edits)))
    (one,) = diagnostics([made.result(text, found)])
    (suggestion,) = one["suggestions"]
    starts = [0, *(i + 1 for i, byte in enumerate(text.encode()) if byte == 10)]
    start, end = (
        starts[place["line"] - 1] + place["column"] - 1
        for place in (suggestion["range"]["start"], suggestion["range"]["end"])
    )
    raw = text.encode()
    assert raw[:start] + suggestion["text"].encode() + raw[end:] == fixed.encode()
