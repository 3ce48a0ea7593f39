"""Findings -> text, by the name of a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from .result import Look, Result

# What a format is called -> the module here that writes it, and its function there.
FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("text", "text"),
    "concise": ("concise", "concise"),
    "json": ("json", "document"),
    "jsonl": ("json", "lines"),
    "github": ("github", "github"),
    "gitlab": ("gitlab", "gitlab"),
    "sarif": ("sarif", "sarif"),
    "junit": ("junit", "junit"),
    "rdjson": ("rdjson", "rdjson"),
    "markdown": ("markdown", "markdown"),
}


def report(name: str, results: Sequence[Result], look: Look) -> str:
    """The report of a format in FORMATS, files in the order of their paths."""
    module, function = FORMATS[name]
    write: Callable[[Sequence[Result], Look], str] = getattr(
        import_module(f".{module}", __package__), function
    )
    return write(sorted(results, key=lambda result: result.path), look)
