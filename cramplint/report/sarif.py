"""Findings as SARIF 2.1.0, for code scanning and for viewers.

What an article silences is left out: GitHub reads no `suppressions` and would show it as open.
`primaryLocationLineHash` is left to GitHub's upload action, which warns of every other value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ..model import SEVERITIES, VERSION, Finding, Fix, Rule, Source, Span
from ..patterns import lazy
from .escape import dumped, visible, whole
from .result import Lines, Look, Result, fingerprints, inserted, told

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_MOST = 25_000  # results of a run that GitHub takes; it refuses a file with more
_LONGEST = 1024  # characters of a description
_ROOT = "%SRCROOT%"
# What a rule of each severity sets out to keep, see DECISIONS.md; viewers sort by it.
_PRECISION = {"error": "high", "warning": "medium", "note": "medium"}
_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}
_LINK = lazy(r"\](?=\()")  # a message with [words](target) would be shown as a link
_DRIVE = lazy(r"[A-Za-z]:/")


def sarif(results: Sequence[Result], look: Look) -> str:
    """One run. Of more results than GitHub takes the most severe are kept, and a notification says
    how many are not."""
    every = [finding for result in results for finding in result.checked.findings]
    kept = _kept(every)
    named = sorted({every[i].rule for i in kept})
    indices = {rule: i for i, rule in enumerate(named)}
    made, first = [], 0
    for result in results:
        stop = first + len(result.checked.findings)
        chosen = [i - first for i in range(first, stop) if i in kept]
        made += list(_results(result, chosen, indices))
        first = stop
    firsts = {finding.rule: finding for finding in reversed(every)}
    run = {
        "tool": {
            "driver": {
                "name": "cramplint",
                "version": VERSION,
                "semanticVersion": VERSION,
                "rules": [_rule(firsts[rule], look.rules.get(rule)) for rule in named],
            }
        },
        "automationDetails": {"id": "cramplint/"},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the run."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, **_cut(len(every) - len(kept))}],
        "results": made,
        "properties": {"suppressed": sum(len(result.checked.suppressed) for result in results)},
    }
    return dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _kept(findings: Sequence[Finding]) -> frozenset[int]:
    """The indices of the most severe."""
    severe = {str(level): i for i, level in enumerate(SEVERITIES)}
    order = sorted(range(len(findings)), key=lambda i: severe[str(findings[i].severity)])
    return frozenset(order[:_MOST])


def _cut(left_out: int) -> Mapping[str, Any]:
    if not left_out:
        return {}
    text = f"{left_out} findings are left out, the least severe: GitHub takes no more than {_MOST}."
    return {"toolExecutionNotifications": [{"level": "warning", "message": {"text": text}}]}


def _rule(found: Finding, page: Rule | None) -> dict[str, Any]:
    """A rule by its page; by one of its findings where the page is not at hand."""
    group, _, name = found.rule.partition("/")
    severity = str(page.severity if page else found.severity)
    short = page.title if page else found.rule
    why = page.why if page else visible(found.advice) or short
    return {
        "id": found.rule,
        "name": "".join(word.capitalize() for word in f"{group}-{name}".split("-") if word)[:255],
        "shortDescription": {"text": _shortened(short)},
        "fullDescription": {"text": _shortened(" ".join(why.partition("\n\n")[0].split()))},
        "help": _help(page) if page else {"text": why},
        "defaultConfiguration": {"level": severity},
        "properties": {
            "tags": [group, *(["health"] if page and page.scope == "health" else [])],
            "precision": _PRECISION[severity],
            "problem.severity": _PROBLEM[severity],
        },
    }


def _help(page: Rule) -> dict[str, str]:
    """Why the rule is there, what to do, and who says so."""
    text, marked = [page.why, page.advice], [page.why, f"**What to do:** {page.advice}"]
    for source in page.sources:
        title = f"{source.get('title', '')} ({source.get('year', 'n.d.')})"
        url = str(source.get("url") or "")
        text.append(f"{title} {url}".strip())
        plain = title.replace("[", "(").replace("]", ")")
        marked.append(f"- [{plain}](<{url}>)" if url else f"- {plain}")
    return {"text": "\n\n".join(text), "markdown": "\n\n".join(marked)}


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "\u2026"


def _results(
    result: Result, chosen: Sequence[int], indices: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    source = result.source
    findings = result.checked.findings
    known = fingerprints(result)
    lines = Lines(source.text)
    place = {"uri": _uri(result.path), "uriBaseId": _ROOT}
    if place["uri"].startswith("file:"):
        del place["uriBaseId"]
    for i in chosen:
        finding = findings[i]
        yield {
            "ruleId": finding.rule,
            "ruleIndex": indices[finding.rule],
            "level": finding.severity,
            "message": {"text": _LINK.sub("] ", visible(told(finding)))},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": place,
                        "region": _region(lines, finding.span),
                    }
                }
            ],
            "partialFingerprints": {"cramplint/v1": known[i]},
            **_fixes(finding.fix, source, lines, place),
        }


def _fixes(
    fix: Fix | None, source: Source, lines: Lines, place: Mapping[str, str]
) -> dict[str, Any]:
    if fix is None or fix.safety == "show" or not fix.edits:
        return {}
    said = "Safe: no word changes." if fix.safety == "safe" else "To be looked at by a person."
    replacements = [
        {
            "deletedRegion": _region(lines, edit.span),
            "insertedContent": {"text": whole(inserted(source, edit.text))},
        }
        for edit in sorted(fix.edits)
    ]
    change = {"artifactLocation": dict(place), "replacements": replacements}
    return {"fixes": [{"description": {"text": said}, "artifactChanges": [change]}]}


def _region(lines: Lines, span: Span) -> dict[str, int]:
    """1-based, its end exclusive; columns count code points."""
    start, end = lines.place(span.start), lines.place(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _uri(path: str) -> str:
    if path.startswith("/"):
        return "file://" + quote(whole(path))
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{quote(whole(path[2:]))}"
    return quote(whole(path))
