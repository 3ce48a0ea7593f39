"""Findings for GitLab's Code Quality report: a JSON array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .escape import dumped, visible, whole
from .result import Lines, Look, Result, fingerprints, told

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def gitlab(results: Sequence[Result], look: Look) -> str:
    """One JSON list of issues, ended by a newline."""
    return dumped([issue for result in results for issue in _issues(result)])


def _issues(result: Result) -> Iterator[dict[str, Any]]:
    from hashlib import blake2b  # imported where it is used: slow to load

    source = result.source
    findings = result.checked.findings
    lines = Lines(source.text)
    path = whole(result.path)
    for finding, known in zip(findings, fingerprints(result), strict=True):
        last = max(finding.span.end - 1, finding.span.start)
        # GitLab takes equal fingerprints of two files for one issue.
        own = blake2b(f"{path}\0{known}".encode(), digest_size=16).hexdigest()
        yield {
            "description": visible(told(finding)),
            "check_name": finding.rule,
            "fingerprint": own,
            "severity": _SEVERITIES[str(finding.severity)],
            "location": {
                "path": path,
                "lines": {
                    "begin": lines.place(finding.span.start).line,
                    "end": lines.place(last).line,
                },
            },
        }
