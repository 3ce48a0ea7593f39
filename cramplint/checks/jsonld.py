"""What a page's structured data would say, or does say, that the page itself does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..meaning import Reading
from ..model import Article, Finding, Rule, Span
from ..names import fold
from ..patterns import lazy
from ..rules import finding
from ..site import Site

_KEYS = ("jsonld", "json_ld", "json-ld", "schema", "structured_data", "structuredData")
_SCRIPT = lazy(
    r"<script[^>]{0,200}\bapplication/ld\+json\b[^>]{0,200}>(?P<json>.*?)(?:</script\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_NOBODY = lazy(
    r"(?:pending|none|tb[acd]|to be|n/?a\b|not (?:yet|applicable)|unknown|await|todo|anonymous|xx)",
    re.IGNORECASE,
)
_MOST = 5000  # values of one block that are looked at
_NUMBER = lazy(r"[^\w\s]|\s+")


def jsonld(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Structured data that would not be true: a reviewer who is the author, or nobody; a reviewer,
    a review or questions that only the data know.

    Messages: the main one (reviewer is the author), nobody, broken, reviewer, reviewed, question.
    """
    credits = reading.credits
    authors = {fold(c.name) for c in credits.named("author")}
    for credit in credits.named("reviewer"):
        if fold(credit.name) in authors:
            yield finding(rule, reading, credit.span, name=credit.name)
            break
    data, keys = reading.article.meta.data, reading.article.meta.keys
    held = data.get("reviewed_by")
    name = held.get("name") if isinstance(held, Mapping) else held
    if isinstance(name, str) and _NOBODY.match(name.strip()):
        yield finding(rule, reading, keys["reviewed_by"], variant="nobody", name=name)
    for span, value in _blocks(reading):
        if value is None:
            yield finding(rule, reading, span, variant="broken")
            continue
        yield from _untrue(reading, rule, span, value)


def _blocks(reading: Reading) -> Iterator[tuple[Span, Any]]:
    """(place, what it holds) of each block of structured data; None for what is no JSON."""
    import json

    article = reading.article
    for key in _KEYS:
        value = article.meta.data.get(key)
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            yield article.meta.keys[key], _parsed(json.loads, value)
        elif isinstance(value, (Mapping, list)):
            yield article.meta.keys[key], value
    text = article.source.text
    if "ld+json" not in text.lower():
        return
    for script in _SCRIPT.finditer(text):
        start = script.start()
        head = text.find(">", start) + 1
        if not any(e.start <= start < e.end for e in article.events if e.tag == "code_block"):
            yield Span(start, head), _parsed(json.loads, script["json"])


def _parsed(loads: Any, text: str) -> Any:
    try:
        return loads(text)
    except (ValueError, RecursionError):
        return None


def _untrue(reading: Reading, rule: Rule, span: Span, value: Any) -> Iterator[Finding]:
    """What the data say and the page does not; each kind once a block."""
    credits = reading.credits
    reviewers = {fold(c.name) for c in credits.named("reviewer")}
    days = {str(d.day) for d in credits.dates if d.name == "last_reviewed" and d.day}
    shown = _NUMBER.sub("", fold(f"{_shown(reading.article)} {reading.article.title}"))
    said: set[str] = set()
    for key, held in _walk(value):
        if key == "reviewedBy":
            for name in _names(held):
                if fold(name) not in reviewers and "reviewer" not in said:
                    said.add("reviewer")
                    yield finding(rule, reading, span, variant="reviewer", name=name)
        elif key == "lastReviewed" and str(held)[:10] not in days and "reviewed" not in said:
            said.add("reviewed")
            yield finding(rule, reading, span, variant="reviewed", date=str(held)[:10])
        elif key == "mainEntity" and "question" not in said:
            for text in _asked(held):
                if _NUMBER.sub("", fold(text)) not in shown:
                    said.add("question")
                    yield finding(rule, reading, span, variant="question", text=text[:60])
                    break


def _shown(article: Article) -> str:
    """The prose without what stands in scripts."""
    prose, at, pieces = article.prose, 0, []
    for script in _SCRIPT.finditer(article.source.text):
        pieces.append(prose[at : script.start()])
        at = script.end()
    return " ".join([*pieces, prose[at:]])


def _walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key and its value, at any depth."""
    stack, left = [value], _MOST
    while stack and left:
        left -= 1
        one = stack.pop()
        if isinstance(one, Mapping):
            yield from ((str(k), v) for k, v in one.items())
            stack += list(one.values())[::-1]
        elif isinstance(one, list):
            stack += one[::-1]


def _names(held: Any) -> Iterator[str]:
    for one in held if isinstance(held, list) else [held]:
        name = one.get("name") if isinstance(one, Mapping) else one
        if isinstance(name, str) and name.strip():
            yield name


def _asked(held: Any) -> Iterator[str]:
    """The questions of a FAQPage, and their answers."""
    for one in held if isinstance(held, list) else [held]:
        if isinstance(one, Mapping) and one.get("@type") == "Question":
            answer = one.get("acceptedAnswer")
            texts = (one.get("name"), answer.get("text") if isinstance(answer, Mapping) else None)
            yield from (re.sub(r"<[^<>]{0,200}>", " ", x) for x in texts if isinstance(x, str))
