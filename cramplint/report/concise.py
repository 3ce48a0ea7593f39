"""Findings for tools and quick eyes: one a line, path:line:column: severity rule message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .escape import inert, visible
from .result import Lines, Look, Result


def concise(results: Iterable[Result], look: Look) -> Iterator[str]:
    for result in results:
        places = Lines(result.source.text)
        path = look.style("path", visible(result.path))
        for finding in result.checked.findings:
            line, column = places.place(finding.span.start)
            severity = look.style(str(finding.severity), str(finding.severity))
            rule = look.style("rule", finding.rule)
            yield inert(f"{path}:{line}:{column}: {severity} {rule} {visible(finding.message)}\n")
