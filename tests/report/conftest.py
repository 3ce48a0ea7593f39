"""Results to report, made without a rule being run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest

from cramplint.judging import Judged
from cramplint.meaning import Disclaimers, Reading, RedFlags
from cramplint.model import Article, Checked, Example, Finding, Meta, Rule, Source, Span
from cramplint.report.result import Result


def _result(
    text: str,
    *findings: Finding,
    path: str = "articles/a.md",
    suppressed: Sequence[Finding] = (),
    newline: str = "\n",
) -> Result:
    article = Article(
        source=Source(path, text, "markdown", newline=newline),
        meta=Meta(),
        prose=text,
        events=(),
        blocks=(),
        sections=(),
        links=(),
    )
    reading = Reading(
        article=article,
        zones=(),
        sentences=(),
        pairs=(),
        related=(),
        topics=(),
        health=True,
        type="article",
        lang="en",
        disclaimers=Disclaimers(level="none"),
        red_flags=RedFlags(level="none"),
        testimonials=0,
    )
    return Judged(reading, Checked(findings, tuple(suppressed))).result(told=True)


def _found(text: str, words: str, rule: str = "artifact/list-lost", **more: Any) -> Finding:
    """A finding on the `nth` place of `words`."""
    start = -1
    for _ in range(more.pop("nth", 0) + 1):
        start = text.index(words, start + 1)
    known = {"message": "a list is lost", "severity": "error", "advice": "Put it back.", **more}
    return Finding(rule, Span(start, start + len(words)), **known)


def _rule(id_: str = "artifact/list-lost", **more: Any) -> Rule:
    known: dict[str, Any] = {
        "id": id_,
        "title": "A list that is gone",
        "check": "match",
        "severity": "warning",
        "message": "a list is lost",
        "advice": "Put it back.",
        "why": "A page promises\na list.\n\nNobody sees `that`.",
        "path": "rules/x.md",
        "scope": "health",
        "langs": ("en",),
        "levels": {},
        "params": {},
        "sources": ({"title": "Care [cards]", "year": 2024, "url": "https://e.org/a"},),
        "examples": tuple[Example, ...](),
    }
    return Rule(**{**known, **more})


class Made(NamedTuple):
    result: Callable[..., Result] = _result
    found: Callable[..., Finding] = _found
    rule: Callable[..., Rule] = _rule


@pytest.fixture(scope="session")
def made() -> Made:
    return Made()
