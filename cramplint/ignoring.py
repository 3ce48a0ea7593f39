"""Suppressions written into an article for what is found in it now, and nothing else changed.

Where a finding stands on the first line of a paragraph or heading, a comment goes above it; further
down in a paragraph, behind its line; anywhere else, and for the article as a whole, front matter
says it. Each is tried, and kept only if words and blocks of the article stay the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from .model import Article, CrampError, Finding, Source, Span
from .names import fold
from .parse import parse
from .report.result import Result
from .suppression import suppressions

_OPEN, _CLOSE = "<!-- cramplint-", " -->"
_OWN = "suppression/"  # what is said of suppressions is mended, not silenced


def fitting(reason: str) -> str:
    """The reason, its blanks folded. Raises CrampError for one that a comment cannot hold."""
    plain = " ".join(reason.split())
    if not plain.isprintable() or ">" in plain or "--" in plain:
        raise CrampError("a reason is one line without > and --", "--reason", "say it in words")
    return plain


def ignore(result: Result, reason: str, judge: Callable[[Article], Result]) -> Result:
    """The result for the article with suppressions for its findings: what is left in it could not
    be silenced. The article is the same object if nothing could be. `judge` gives the findings of
    the article as it is then.

    Raises CrampError for an error where `reason` is "".
    """
    wanted = [f for f in result.checked.findings if not f.rule.startswith(_OWN)]
    if not reason and any(f.severity == "error" for f in wanted):
        raise CrampError("errors are silenced for a reason only", "--add-ignore", "--reason TEXT")
    first = _ignored(result, wanted, frozenset(), reason, judge)
    # A finding on an article's first words moves on to the comment that is put above them.
    moved = {f.rule for f in first.checked.findings if not f.rule.startswith(_OWN)}
    if not moved or first is result:
        return first
    second = _ignored(result, wanted, moved, reason, judge)
    return min(first, second, key=lambda one: len(one.checked.findings))


def _ignored(
    result: Result,
    wanted: Sequence[Finding],
    of_the_whole: Collection[str],
    reason: str,
    judge: Callable[[Article], Result],
) -> Result:
    """The result with suppressions for `wanted`; rules `of_the_whole` are silenced for it all."""
    article = parse(result.source)
    rest = [f for f in wanted if f.rule in of_the_whole or _whole(article, f)]
    text = article.source.text
    for line, found in _by_line(article, [f for f in wanted if f not in rest]):
        tried = _tried(article, _at_line(text, line, _rules(found), reason, article))
        text, rest = (tried, rest) if tried else (text, [*rest, *found])
    if rest:
        here = parse(replace(article.source, text=text))
        text = _tried(article, _at_top(here, _rules(rest), reason)) or text
    if text == article.source.text:
        return result
    after = judge(parse(replace(article.source, text=text)))
    known = Counter(_words(result, f) for f in result.aside)
    left = []
    for finding in after.checked.findings:
        key = _words(after, finding)
        known[key] -= 1
        if known[key] < 0:
            left.append(finding)
    return after._replace(checked=replace(after.checked, findings=tuple(left)))


def _words(result: Result, finding: Finding) -> tuple[str, str]:
    return finding.rule, fold(result.source.excerpt(finding.span))


def _whole(article: Article, finding: Finding) -> bool:
    """True for one that no line can be marked for: in lists, tables, quotes, code and front matter,
    and for one of the article as a whole."""
    block = article.block_at(finding.span.start)
    line = block and (block.kind == "heading" or (block.kind == "paragraph" and not block.level))
    return not line or not _marked(article) or finding.span.end <= article.meta.span.end


def _marked(article: Article) -> bool:
    """True if comments can stand in it: in MDX they stop the page from being built."""
    return article.source.kind == "markdown" and not article.source.name.lower().endswith(".mdx")


def _by_line(article: Article, findings: Iterable[Finding]) -> Iterator[tuple[Span, list[Finding]]]:
    """The lines that findings begin on, the last first, so that the others stay where they are."""
    lines: dict[Span, list[Finding]] = {}
    for finding in findings:
        lines.setdefault(article.source.line_span(finding.span.start), []).append(finding)
    yield from sorted(lines.items(), reverse=True)


def _rules(findings: Iterable[Finding]) -> list[str]:
    return sorted({finding.rule for finding in findings})


def _comment(verb: str, rules: Sequence[str], reason: str) -> str:
    return f"{_OPEN}{verb} {', '.join(rules)}{f' -- {reason}' * bool(reason)}{_CLOSE}"


def _at_line(
    text: str, line: Span, rules: Sequence[str], reason: str, article: Article
) -> Iterator[str]:
    """The text with a comment for one line: above it, else behind it."""
    block = article.block_at(line.end)
    before = text[: line.start].rstrip().rpartition("\n")[2]
    # One comment above another would speak of that, not of the line.
    if block and line.start <= block.span.start and f"{_OPEN}disable-next-line" not in before:
        above = _comment("disable-next-line", rules, reason)
        yield f"{text[: line.start]}{above}\n{text[line.start :]}"
    if not text[line.start : line.end].endswith(("  ", "\\")):  # a hard break has to stay last
        behind = _comment("disable-line", rules, reason)
        yield f"{text[: line.end]} {behind}{text[line.end :]}"


def _at_top(article: Article, rules: Sequence[str], reason: str) -> Iterator[str]:
    """The text with front matter that names the rules, else with a comment for the whole file."""
    text, meta = article.source.text, article.meta
    if meta.span.end:
        keys = [key for key in meta.keys if key.startswith("cramplint.ignore.")]
        said = [f"{rule}: {json.dumps(reason, ensure_ascii=False)}\n" for rule in rules]
        if keys and "cramplint" in meta.data:
            first = article.source.line_span(meta.keys[keys[0]].start).start
            indent = text[first : meta.keys[keys[0]].start]
            if not indent.strip():
                yield text[:first] + "".join(indent + one for one in said) + text[first:]
        elif "cramplint" not in meta.data:
            fence = text.rfind("\n", 0, meta.span.end) + 1
            made = "cramplint:\n  ignore:\n" + "".join(f"    {one}" for one in said)
            yield text[:fence] + made + text[fence:]
    if _marked(article):
        whole, end = _comment("disable-file", rules, reason), meta.span.end
        yield f"{text[:end]}\n\n{whole}{text[end:]}" if end else f"{whole}\n\n{text}"
        yield f"{text.rstrip()}\n\n{whole}\n"


def _tried(article: Article, texts: Iterable[str]) -> str:
    """The first of `texts` that is the same article but for suppressions; "" if none is."""
    same = _shape(article)
    for text in texts:
        try:
            tried = parse(replace(article.source, text=text))
        except CrampError:
            continue
        if _shape(tried) == same and len(suppressions(tried)) > len(suppressions(article)):
            return text
    return ""


def _shape(article: Article) -> tuple[Any, ...]:
    """What a reader sees: blocks and words; and what front matter says but for suppressions."""
    blocks = [
        (block.kind, block.level, block.inferred, _seen(article, block.span))
        for block in article.blocks
        if not article.source.excerpt(block.span).lstrip().startswith(_OPEN)
    ]
    meta = {key: value for key, value in article.meta.data.items() if key != "cramplint"}
    return blocks, article.prose.split(), meta, [link.target for link in article.links]


def _seen(article: Article, span: Span) -> str:
    return article.words(span) or " ".join(article.source.excerpt(span).split())


def refused(source: Source) -> CrampError:
    """What there is to say of an article that has no place for a suppression."""
    todo = "give it front matter, or a waiver in the configuration"
    return CrampError("has no place where a suppression can stand", source.name, todo)
