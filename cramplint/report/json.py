"""Findings as JSON: one document, or one finding a line. Always ASCII; same input, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..model import VERSION, Finding
from .escape import dumped
from .result import Lines, Look, Result, fingerprints, summary

_END = "[]}\n"  # how a document without findings ends
_EXCERPT = 300  # code points: an excerpt says which words are meant, it is no copy of a section


def document(results: Sequence[Result], look: Look) -> str:
    """One JSON document of all results, ended by a newline."""
    counts = summary(results)
    head = dumped(
        {
            "version": 1,
            "tool": {"name": "cramplint", "version": VERSION},
            "summary": {
                "files": counts.files,
                "errors": counts.errors,
                "warnings": counts.warnings,
                "notes": counts.notes,
                "fixable": counts.fixable,
                "fixable_unsafe": counts.asking,
                "suppressed": counts.suppressed,
            },
            "files": [
                {
                    "path": result.path,
                    "kind": result.source.kind,
                    "facts": result.facts,
                }
                for result in results
            ],
            "findings": [],
        }
    )
    # One finding at a time: as objects they weigh ten times what they do as words.
    pieces = [head[: -len(_END)], "["]
    for line in lines(results, look):
        pieces += ("," if len(pieces) > 2 else "", line.rstrip("\n"))
    return "".join((*pieces, "]}\n"))


def lines(results: Iterable[Result], look: Look) -> Iterator[str]:
    """The findings of `document`, one JSON object a line; empty if there are none."""
    return (dumped(finding) for result in results for finding in _findings(result))


def _findings(result: Result) -> Iterator[dict[str, Any]]:
    source = result.source
    places = Lines(source.text)
    prints = fingerprints(result)

    def place(offset: int) -> dict[str, int]:
        line, column = places.place(offset)
        return {"line": line, "column": column, "offset": offset}

    for finding, print_ in zip(result.checked.findings, prints, strict=True):
        excerpt = source.excerpt(finding.span)
        yield {
            "path": result.path,
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message,
            "advice": finding.advice,
            "start": place(finding.span.start),
            "end": place(finding.span.end),
            "excerpt": excerpt if len(excerpt) <= _EXCERPT else excerpt[: _EXCERPT - 1] + "\u2026",
            "fingerprint": print_,
            "url": None,
            "fix": _fix(finding),
        }


def _fix(finding: Finding) -> dict[str, Any] | None:
    if finding.fix is None:
        return None
    edits = [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in finding.fix.edits]
    return {"safety": finding.fix.safety, "edits": edits}
