"""Findings as JUnit XML: a suite for each file, a failed test for each error and warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..model import Finding
from ..patterns import lazy
from .escape import visible
from .result import Lines, Look, Place, Result, told

# Characters that XML has no way to write; all others of the kind are written out by `visible`.
_UNWRITABLE = lazy("[\ufffe\uffff]")
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_MARK = lazy(r'[&<>"]|#(?=#\w*\[)')


def junit(results: Sequence[Result], look: Look) -> str:
    """A note is a test that passes, with its words as output: it is no reason to stop."""
    tests = sum(len(result.checked.findings) or 1 for result in results)
    failures = sum(map(_failures, results))
    suites = "".join(line for result in results for line in _suite(result))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="cramplint" tests="{tests}" failures="{failures}" errors="0">\n'
        f"{suites}</testsuites>\n"
    )


def _failures(result: Result) -> int:
    return sum(finding.severity != "note" for finding in result.checked.findings)


def _suite(result: Result) -> Iterator[str]:
    findings = result.checked.findings
    path = _xml(result.path)
    tests, failures = len(findings) or 1, _failures(result)
    yield f'  <testsuite name="{path}" tests="{tests}" failures="{failures}" errors="0">\n'
    if not findings:
        yield f'    <testcase classname="{path}" name="nothing found"/>\n'
    lines = Lines(result.source.text)
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.rule] += 1
        # A name without its line: the same test in the next run, when lines have moved.
        nth = f" ({seen[finding.rule]})" if seen[finding.rule] > 1 else ""
        place = lines.place(finding.span.start)
        name = f'name="{_xml(finding.rule)}{nth}" file="{path}" line="{place.line}"'
        yield f'    <testcase classname="{path}" {name}>\n'
        yield f"      {_outcome(finding, path, place)}\n"
        yield "    </testcase>\n"
    yield "  </testsuite>\n"


def _outcome(finding: Finding, path: str, place: Place) -> str:
    body = f"{path}:{place.line}:{place.column}: {_xml(told(finding))}"
    if finding.severity == "note":
        return f"<system-out>{body}</system-out>"
    return f'<failure type="{finding.severity}" message="{_xml(finding.message)}">{body}</failure>'


def _xml(words: str) -> str:
    seen = _UNWRITABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", visible(words))
    return _MARK.sub(lambda m: _MARKS.get(m[0], "&#35;"), seen)
