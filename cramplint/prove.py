"""A rule page proves itself: its bad examples are flagged at their marks, its good ones are not,
and its fixes give the text that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .check import SUPPRESSION, Selection, check
from .fix import fix
from .meaning import Reading
from .model import Article, Example, Finding, Kind, Rule, Settings, Source
from .pages import page_of
from .parse import parse
from .rules import RuleSet
from .site import Site
from .understand import understand


def prove(rule: Rule, rules: RuleSet) -> Iterator[str]:
    """A line for each example of `rule` that does not do what the page says."""
    # No rule hears of another's findings, but those that speak of what silenced them.
    alone = Selection() if rule.check == SUPPRESSION else Selection(select=(rule.id,))
    for example in rule.examples:
        yield from _prove_one(rule, example, rules, alone)


def _prove_one(rule: Rule, example: Example, rules: RuleSet, selection: Selection) -> Iterator[str]:
    where = f"{rule.path}:{example.line}"
    source = _source(example.name, example.text)
    pages = [page_of(parse(_source(n, t))) for n, t in example.files.items()]
    article = parse(source)
    site = Site.of([*pages, page_of(article)], _settings(article), rules.data)

    def find(text: Source) -> list[Finding]:
        reading = _read(parse(text), rules)
        checked = check(reading, rules, site, selection)
        return [f for f in checked.findings if f.rule == rule.id]

    found = find(source)
    spans = tuple(sorted({f.span for f in found}))
    if spans != tuple(sorted(example.flagged)):
        got = ", ".join(repr(source.excerpt(s)) for s in spans) or "nothing"
        want = ", ".join(repr(source.excerpt(s)) for s in example.flagged) or "nothing"
        yield f"{where}: the rule flags {got}, the page says {want}"
    if example.fixed is not None:
        done = fix(source, find, unsafe=True)
        if done.source.text != example.fixed:
            yield f"{where}: the fix gives {done.source.text!r}, the page says {example.fixed!r}"


def _source(name: str, text: str) -> Source:
    kind: Kind = "text" if name.endswith(".txt") else "markdown"
    return Source(name, text, kind)


def _settings(article: Article) -> Settings:
    """An example may set locale, dialects and the texts that fixes put in, for itself, in its front
    matter. All are judged by one date, so that a page proves the same whenever it is read."""
    data = article.meta.data
    return Settings(
        locale=str(data.get("locale", "us")),
        dialects=frozenset(data.get("dialects", ())),
        disclaimer_text=str(data.get("disclaimer-text", "")),
        disclosure_text=str(data.get("disclosure-text", "")),
        today=date(2026, 1, 1),
    )


def _read(article: Article, rules: RuleSet) -> Reading:
    """An example without front matter counts as a health article."""
    reading = understand(article, rules.data)
    return reading if article.meta.data else replace(reading, health=True)
