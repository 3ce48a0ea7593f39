"""Findings -> text, by the name of a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from .concise import concise
from .github import github
from .gitlab import gitlab
from .json import document, lines
from .junit import junit
from .markdown import markdown
from .rdjson import rdjson
from .result import Look, Result
from .sarif import sarif
from .text import text

FORMATS: Mapping[str, Callable[[Sequence[Result], Look], str]] = {
    "text": text,
    "concise": concise,
    "json": document,
    "jsonl": lines,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "junit": junit,
    "rdjson": rdjson,
    "markdown": markdown,
}


def report(name: str, results: Sequence[Result], look: Look) -> str:
    """The report of a format in FORMATS, files in the order of their paths."""
    return FORMATS[name](sorted(results, key=lambda result: result.path), look)
