"""Findings for reviewdog: one DiagnosticResult as JSON, with fixes as suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from ..model import Fix, Source, Span
from .escape import dumped, visible, whole
from .result import Lines, Look, Result, inserted, told

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}
_JOINED = 4000  # code points from the first edit of a fix to its last that a suggestion repeats


def rdjson(results: Sequence[Result], look: Look) -> str:
    """One JSON document of diagnostics, ended by a newline."""
    found = [diagnostic for result in results for diagnostic in _diagnostics(result)]
    return dumped({"source": {"name": "cramplint"}, "diagnostics": found})


def _diagnostics(result: Result) -> Iterator[dict[str, Any]]:
    source = result.source
    findings = result.checked.findings
    suggested = [_suggestion(finding.fix, source) for finding in findings]
    spans = [finding.span for finding in findings]
    places = _Places(source.text, [*spans, *(span for span, _ in filter(None, suggested))])
    for finding, suggestion in zip(findings, suggested, strict=True):
        yield {
            "message": visible(told(finding)),
            "location": {"path": whole(result.path), "range": places.range(finding.span)},
            "severity": _SEVERITIES[str(finding.severity)],
            "code": {"value": finding.rule},
            **_suggestions(suggestion, places),
        }


def _suggestions(suggestion: tuple[Span, str] | None, places: _Places) -> dict[str, Any]:
    if suggestion is None:
        return {}
    span, text = suggestion
    return {"suggestions": [{"range": places.range(span), "text": whole(text)}]}


def _suggestion(fix: Fix | None, source: Source) -> tuple[Span, str] | None:
    """All edits of a fix as one, since they land together or not at all; what stands between them
    is repeated. None for a fix that is only shown, or whose edits lie far apart."""
    if fix is None or fix.safety == "show" or not fix.edits:
        return None
    edits = sorted(fix.edits)
    span = Span(edits[0].span.start, edits[-1].span.end)
    if len(edits) > 1 and span.end - span.start > _JOINED:
        return None
    text = edits[0].text
    for before, after in pairwise(edits):
        text += source.text[before.span.end : after.span.start] + after.text
    return span, inserted(source, text)


class _Places:
    """Lines, and columns in bytes of UTF-8, as reviewdog counts them; both 1-based. One walk over
    the text for all places that are asked for."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self._lines = Lines(text)
        ends = {offset for span in spans for offset in span}
        starts = {offset - self._lines.place(offset).column + 1 for offset in ends}
        self._bytes: dict[int, int] = {}
        at = size = 0
        for offset in sorted(ends | starts):
            size += len(text[at:offset].encode("utf-8", "surrogatepass"))
            self._bytes[offset] = size
            at = offset

    def range(self, span: Span) -> dict[str, Any]:
        return {"start": self._place(span.start), "end": self._place(span.end)}

    def _place(self, offset: int) -> dict[str, int]:
        line, column = self._lines.place(offset)
        before = self._bytes[offset] - self._bytes[offset - column + 1]
        return {"line": line, "column": before + 1}
