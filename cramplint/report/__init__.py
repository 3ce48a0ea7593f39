"""Findings -> text, by the name of a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

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


# Those that need no more than one file at a time.
STREAMED = frozenset({"text", "concise", "jsonl"})


def report(name: str, results: Sequence[Result], look: Look) -> str:
    """The report of a format in FORMATS, files in the order of their paths."""
    ordered = sorted(results, key=lambda result: result.path)
    return (
        "".join(stream(name, ordered, look)) if name in STREAMED else _format(name)(ordered, look)
    )


def stream(name: str, results: Iterable[Result], look: Look) -> Iterator[str]:
    """The same of a format in STREAMED, piece by piece, of results that come in that order."""
    pieces: Iterator[str] = _format(name)(results, look)
    return pieces


def _format(name: str) -> Callable[..., Any]:
    module, function = FORMATS[name]
    made: Callable[..., Any] = getattr(import_module(f".{module}", __package__), function)
    return made
