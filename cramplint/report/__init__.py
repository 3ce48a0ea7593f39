"""Findings -> text, by the name of a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from .concise import concise
from .json import document, lines
from .result import Look, Result
from .text import text

FORMATS: Mapping[str, Callable[[Sequence[Result], Look], str]] = {
    "text": text,
    "concise": concise,
    "json": document,
    "jsonl": lines,
}


def report(name: str, results: Sequence[Result], look: Look) -> str:
    """The report of a format in FORMATS, files in the order of their paths."""
    return FORMATS[name](sorted(results, key=lambda result: result.path), look)
