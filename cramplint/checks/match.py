"""match: words that should not stand in the prose, unless what is around them turns their sense."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ..guards import guards_at
from ..meaning import Reading, Sentence
from ..model import Article, Finding, Rule, Severity, Span
from ..patterns import lowered
from ..rules import finding, may_match, pattern
from ..site import Site

# Other people's words, or not the article's own prose.
_SKIPPED = ("disclaimer", "references", "related", "testimonial", "bio", "footer", "contact")
_GUARDS = ("negated", "attributed", "quoted", "question", "past", "linked")
_STATED = ("title", "description")  # what the front matter says to readers


def match(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of one of `find` in a sentence, or in the title or description that the front
    matter states. A group called "it" is what is marked.

    `beside`: a pattern that the sentence must hold as well. `unless`: one that it may not hold.
    `guards`: those of `guards` that turn the sense (default: negated, attributed,
    quoted, question, past, linked). `softens`: guard -> the severity that is left. `skip`: zones to
    leave out (default: disclaimer, references, related, testimonial, bio, footer, contact).
    """
    params = rule.params
    guards = frozenset(params.get("guards", _GUARDS))
    skip = tuple(params.get("skip", _SKIPPED))
    taken: list[Span] = []
    for sentence, hit in sorted(hits(reading, params["find"])):
        if any(hit.meets(one) for one in taken) or reading.within(hit, *skip):
            continue
        span, text = sentence.span, _text(reading.article, hit)
        if "beside" in params and not pattern(params["beside"]).search(text, *span):
            continue
        if "unless" in params and pattern(params["unless"]).search(text, *span):
            continue
        around = guards_at(reading.article, sentence, hit)
        if guards & around:
            continue
        taken.append(hit)
        yield finding(rule, reading, hit, severity=_softened(params.get("softens", {}), around))


def hits(reading: Reading, patterns: str | Sequence[str]) -> Iterator[tuple[Sentence, Span]]:
    """(sentence, place) of every match of one of `patterns` inside a sentence, and in what the
    front matter says to readers."""
    article = reading.article
    stated = list(_said_in_front(article))
    low = lowered(article.prose + "".join(article.source.excerpt(s.span) for s in stated))
    for one in [patterns] if isinstance(patterns, str) else patterns:
        if not may_match(one, low):
            continue
        found = pattern(one)
        name = "it" if "it" in found.groupindex else 0
        for sentence in stated:
            for hit in found.finditer(article.source.text, *sentence.span):
                yield sentence, Span(*hit.span(name))
        # One search of the whole tells in most articles that none of the sentences holds it.
        first = found.search(article.prose)
        if first is None:
            continue
        at = bisect_right(reading.sentences, first.start(), key=lambda s: s.span.start)
        for sentence in reading.sentences[max(at - 1, 0) :]:
            for hit in found.finditer(article.prose, *sentence.span):
                if hit.end() > hit.start():
                    yield sentence, Span(*hit.span(name))


def _text(article: Article, hit: Span) -> str:
    """What `hit` was found in: the prose, or the front matter, which the prose leaves out."""
    return article.source.text if hit.start < article.meta.span.end else article.prose


def _said_in_front(article: Article) -> Iterator[Sentence]:
    """The front matter's title and description as sentences, each on its line."""
    for name in _STATED:
        key = article.meta.keys.get(name)
        if key and isinstance(article.meta.data.get(name), str):
            line = article.source.line_span(key.end)
            asks = article.source.excerpt(line).rstrip("\"' ").endswith("?")
            span = Span(min(key.end + 1, line.end), line.end)
            yield Sentence(span, frozenset({"question"} if asks else ()))


def _softened(softens: dict[str, Severity], around: frozenset[str]) -> Severity | None:
    """The mildest severity that the guards around leave; None if none of them softens."""
    order: tuple[Severity, ...] = ("note", "warning", "error")
    return next((s for s in order if any(softens.get(g) == s for g in around)), None)
