"""What an article, or the configuration, says to leave unsaid: comments, front matter, waivers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from .model import Article, Edit, Finding, Fix, Span, Suppression, Waiver
from .patterns import lazy

_VERB = lazy(
    r"<!--\s{0,99}cramplint-(?P<verb>disable-next-line|disable-line|disable-file|disable|enable)\b"
)
_REASON = lazy(r"\s--\s")
_LONG = 2000  # code points of a comment; one that goes on for longer is none of these
KEYS = ("reason", "owner", "expires")


def suppressions(article: Article, waivers: Iterable[Waiver] = ()) -> tuple[Suppression, ...]:
    """All that there are: of comments, of the front matter, and `waivers`, those of the
    configuration for this article, whose mark is its start."""
    whole = Span(0, len(article.source.text))
    waived = (
        Suppression(Span(0, 0), whole, (w.rule,), w.reason, w.owner, w.expires, w.at)
        for w in waivers
    )
    return (*_comments(article), *_front_matter(article), *waived)


def last_day(suppression: Suppression) -> date | None:
    """The day after which it silences nothing; None if what is written is no date."""
    try:
        return date.fromisoformat(suppression.expires)
    except ValueError:
        return None


def ended(suppression: Suppression, today: date | None) -> bool:
    """True for one whose time is over, or whose end is no date; without `today` none is over."""
    if not suppression.expires or today is None:
        return False
    last = last_day(suppression)
    return last is None or last < today


def names(suppression: Suppression, rule: str) -> bool:
    return any(rule == name or fnmatchcase(rule, name) for name in suppression.rules)


def suppress(
    findings: Iterable[Finding], by: Iterable[Suppression]
) -> tuple[list[Finding], list[Finding], set[Suppression]]:
    """(kept, silenced, the suppressions used). Without a reason none silences an error."""
    found, these = tuple(findings), tuple(by)
    if not these:
        return list(found), [], set()
    covered = {rule: _Covered(starts, rule, these) for rule, starts in _by_rule(found).items()}
    kept: list[Finding] = []
    silenced: list[Finding] = []
    for one in found:
        good = covered[one.rule].silences(one)
        (silenced if good else kept).append(one)
    return kept, silenced, {one for held in covered.values() for _, one in held.used}


def waived(
    silenced: Iterable[Finding], by: Iterable[Suppression]
) -> Iterator[tuple[str, Suppression]]:
    """The rules that were silenced, in the order of their places, each with what silenced it."""
    these = tuple(by)
    pairs = [
        (first, number, rule)
        for rule, starts in _by_rule(silenced).items()
        for first, number in _Covered(starts, rule, these).numbers
    ]
    yield from ((rule, these[number]) for _, number, rule in sorted(pairs))


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[int]]:
    """Where the findings of each rule start, the first one first."""
    made: dict[str, list[int]] = {}
    for one in findings:
        made.setdefault(one.rule, []).append(one.span.start)
    return {rule: sorted(starts) for rule, starts in made.items()}


class _Covered:
    """What suppressions say of the findings of one rule: an article may hold thousands of both, so
    none is put beside each of the others."""

    def __init__(self, starts: list[int], rule: str, by: Sequence[Suppression]) -> None:
        those = [(number, one) for number, one in enumerate(by) if names(one, rule)]
        first = [bisect_left(starts, one.span.start) for _, one in those]
        self.used = [
            (starts[i], one)
            for i, (_, one) in zip(first, those, strict=True)
            if i < len(starts) and starts[i] <= one.span.end
        ]
        self.numbers = [
            (starts[i], number)
            for i, (number, one) in zip(first, those, strict=True)
            if i < len(starts) and starts[i] <= one.span.end
        ]
        self._any = _joined(one.span for _, one in those)
        self._reasoned = _joined(one.span for _, one in those if one.reason)

    def silences(self, found: Finding) -> bool:
        spans = self._reasoned if found.severity == "error" else self._any
        i = bisect_right(spans, found.span.start, key=lambda span: span.start)
        return i > 0 and found.span.start <= spans[i - 1].end


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans, their ends included, without those that others hold, in order."""
    made: list[Span] = []
    for span in sorted(spans):
        if made and span.start <= made[-1].end:
            made[-1] = Span(made[-1].start, max(made[-1].end, span.end))
        else:
            made.append(span)
    return made


class _Comment(NamedTuple):
    """A comment that says what to leave unsaid."""

    mark: Span
    verb: str
    rules: tuple[str, ...]
    reason: str


def _written(text: str) -> Iterator[_Comment]:
    """The comments of a text. No letter is looked at more than twice."""
    start = 0
    while opened := _VERB.search(text, start):
        start = opened.end()
        end = text.find(">", start, start + _LONG)
        if end < 0 or text[end - 2 : end] != "--" or end - 2 < start:
            continue
        said = text[start : end - 2]
        parted = _REASON.search(said)
        rules, reason = (said[: parted.start()], said[parted.end() :]) if parted else (said, "")
        start = end + 1
        named = tuple(re.findall(r"[^\s,]+", rules))
        yield _Comment(Span(opened.start(), start), opened["verb"], named, reason.strip())


def _comments(article: Article) -> Iterator[Suppression]:
    text = article.source.text
    code = _joined(
        Span(e.start, e.end) for e in article.events if e.kind == "code" or e.tag == "code_block"
    )
    opened: dict[int, tuple[Span, dict[str, None], str]] = {}  # number -> mark, open rules, reason
    naming: dict[str, list[int]] = {}  # rule -> the numbers of those that are open for it
    for number, (mark, verb, rules, reason) in enumerate(_written(text)):
        at = bisect_right(code, mark.start, key=lambda span: span.start)
        if at and mark.start < code[at - 1].end:
            continue
        if verb == "enable":
            ending: dict[int, list[str]] = {}
            for rule in dict.fromkeys(rules):
                for n in naming.pop(rule, ()):
                    ending.setdefault(n, []).append(rule)
            if not rules:
                ending = {n: list(left) for n, (_, left, _) in opened.items()}
                naming.clear()
            for n, over in sorted(ending.items()):
                first, left, why = opened[n]
                yield Suppression(first, Span(first.end, mark.start), tuple(over), why)
                for rule in over:
                    del left[rule]
                if not left:
                    del opened[n]
        elif verb == "disable":
            opened[number] = mark, dict.fromkeys(rules), reason
            for rule in opened[number][1]:
                naming.setdefault(rule, []).append(number)
        else:
            line = article.source.line_span(mark.end)
            if verb == "disable-next-line":
                line = _next_line(text, line)
            span = Span(0, len(text)) if verb == "disable-file" else line
            yield Suppression(mark, span, rules, reason)
    for first, left, why in opened.values():
        yield Suppression(first, Span(first.end, len(text)), tuple(left), why)


def _front_matter(article: Article) -> Iterator[Suppression]:
    """Those of `cramplint: {ignore: {rule: reason}}`, where for a reason there may be a mapping of
    reason, owner and expires."""
    whole = Span(0, len(article.source.text))
    own = article.meta.data.get("cramplint")
    ignored = own.get("ignore") if isinstance(own, dict) else None
    for name, stated in ignored.items() if isinstance(ignored, dict) else ():
        mark = article.meta.keys.get(f"cramplint.ignore.{name}", article.meta.span)
        held: dict[Any, Any] = stated if isinstance(stated, dict) else {"reason": stated}
        reason, owner, expires = (str(held.get(key) or "").strip() for key in KEYS)
        odd = next((str(key) for key in held if key not in KEYS), "")
        yield Suppression(mark, whole, (str(name),), reason, owner, expires, odd=odd)


def _next_line(text: str, line: Span) -> Span:
    """The next line that holds something, and the blank ones up to it."""
    end = line.end
    while end < len(text):
        start, end = end + 1, text.find("\n", end + 1)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            break
    return Span(line.end, end)


def taken_out(article: Article, one: Suppression) -> Fix | None:
    """The fix that takes a suppression out: a comment, with its line where it stands alone. None
    where more hangs on it: a comment that another one ends, or that is all there is in an item, a
    key of front matter, the configuration."""
    text, mark = article.source.text, one.mark
    comment = next(_written(text[mark.start : mark.end]), None)
    if comment is None or comment.verb == "disable":
        return None
    line = article.source.line_span(mark.start)
    before, behind = text[line.start : mark.start], text[mark.end : line.end]
    if article.prose[line.start : line.end].strip():
        blanks = len(before) - len(before.rstrip(" ")) if not behind.strip() else 0
        return Fix((Edit(Span(mark.start - blanks, mark.end), ""),), "safe")
    if before or behind.strip():
        return None  # what is left of an item or a quotation might read as something else
    above = not line.start or text[: line.start].endswith("\n\n")
    below = text[line.end : line.end + 2] in ("\n\n", "\n", "")
    if not above and not below:  # it parts two paragraphs
        return Fix((Edit(Span(line.start, line.end), ""),), "safe")
    many = 2 if above and text.startswith("\n\n", line.end) else 1
    return Fix((Edit(Span(line.start, min(line.end + many, len(text))), ""),), "safe")
