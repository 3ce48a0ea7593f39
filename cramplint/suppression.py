"""What an article, or the configuration, says to leave unsaid: comments, front matter, waivers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from .model import Article, Edit, Finding, Fix, Span, Suppression, Waiver
from .patterns import lazy

_COMMENT = lazy(
    r"<!--\s*cramplint-(?P<verb>disable-next-line|disable-line|disable-file|disable|enable)\b"
    r"(?P<rules>[^>]*?)(?:\s--\s(?P<reason>[^>]*?))?\s*-->"
)
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
    return any(fnmatchcase(rule, name) for name in suppression.rules)


def suppress(
    findings: Iterable[Finding], by: Iterable[Suppression]
) -> tuple[list[Finding], list[Finding], set[Suppression]]:
    """(kept, silenced, the suppressions used). Without a reason none silences an error."""
    kept: list[Finding] = []
    silenced: list[Finding] = []
    used: set[Suppression] = set()
    suppressions = tuple(by)
    for found in findings:
        these = [s for s in suppressions if _covers(s, found)]
        used.update(these)
        good = any(s.reason or found.severity != "error" for s in these)
        (silenced if good else kept).append(found)
    return kept, silenced, used


def waived(
    silenced: Iterable[Finding], by: Iterable[Suppression]
) -> Iterator[tuple[str, Suppression]]:
    """The rules that were silenced, in the order of their places, each with what silenced it."""
    suppressions = tuple(by)
    said: dict[tuple[str, Suppression], None] = {}
    for found in silenced:
        said |= dict.fromkeys((found.rule, s) for s in suppressions if _covers(s, found))
    yield from said


def _covers(suppression: Suppression, found: Finding) -> bool:
    held = suppression.span.start <= found.span.start <= suppression.span.end
    return held and names(suppression, found.rule)


def _comments(article: Article) -> Iterator[Suppression]:
    text = article.source.text
    code = [e for e in article.events if e.kind == "code" or e.tag == "code_block"]
    opened: dict[tuple[str, ...], tuple[Span, str]] = {}
    for comment in _COMMENT.finditer(text):
        mark = Span(*comment.span())
        if any(e.start <= mark.start < e.end for e in code):
            continue
        rules = tuple(re.findall(r"[^\s,]+", comment["rules"]))
        reason = (comment["reason"] or "").strip()
        verb = comment["verb"]
        if verb == "enable":
            for names in [n for n in opened if not rules or set(n) & set(rules)]:
                first, why = opened.pop(names)
                yield Suppression(first, Span(first.end, mark.start), names, why)
        elif verb == "disable":
            opened[rules] = mark, reason
        else:
            line = article.source.line_span(mark.end)
            if verb == "disable-next-line":
                line = _next_line(text, line)
            span = Span(0, len(text)) if verb == "disable-file" else line
            yield Suppression(mark, span, rules, reason)
    for rules, (first, why) in opened.items():
        yield Suppression(first, Span(first.end, len(text)), rules, why)


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
    comment = _COMMENT.fullmatch(text, mark.start, mark.end) if mark.end else None
    if comment is None or comment["verb"] == "disable":
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
