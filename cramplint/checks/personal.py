"""A person's own address or number in the body of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..expressions import pattern
from ..meaning import Reading
from ..model import Finding, Rule, Span
from ..patterns import lazy
from ..rules import finding
from ..site import Site

_MAIL = lazy(
    r"(?<![\w.+/@-])(?P<who>[\w.+-]{1,64})@(?P<host>(?:[\w-]{1,63}\.){1,4}[a-z]{2,24})\b",
    re.IGNORECASE,
)
_PHONE = lazy(r"\d[\d().\u00a0 -]{5,18}\d")
_NO_PHONE = lazy(r"[\w,/$£€#.-]$")  # before it: an amount, a number of something else
_MOBILE = lazy(
    r"07\d{3}[ -]?\d{3}[ -]?\d{3}\Z|447\d{3}[ -]?\d{6}\Z"
)  # of Britain: a person carries it
_DIGITS = (7, 15)
_AROUND = 90  # code points around a number that tell whose it is


def pii(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Private e-mail addresses and telephone numbers. A `contact` in the front matter says that one
    is meant to be there.

    `roles`: names of mailboxes that are nobody's own; `service`: words around a number that is a
    service's; `own`: words around one that is a person's. Messages: the main one, and phone.
    """
    article = reading.article
    if article.meta.data.get("contact"):
        return
    text, params = article.prose, rule.params
    seen: set[str] = set()
    targets = [x for x in article.links if x.target.lower().startswith("mailto:")]
    if "@" in text or targets:
        roles = pattern(params["roles"])
        for mail in _MAIL.finditer(text):
            span = Span(*mail.span())
            if not roles.fullmatch(mail["who"]) and not reading.within(span, "references"):
                seen.add(mail[0].lower())
                yield finding(rule, reading, span)
        for link in targets:
            linked = _MAIL.match(link.target[7:])
            if linked and not roles.fullmatch(linked["who"]) and linked[0].lower() not in seen:
                yield finding(rule, reading, link.span)
    for phone in _PHONE.finditer(text):
        digits = sum(c.isdigit() for c in phone[0])
        before, after = (
            text[max(phone.start() - 2, 0) : phone.start()].rstrip("+("),
            text[phone.end() : phone.end() + 2],
        )
        if not _DIGITS[0] <= digits <= _DIGITS[1] or _NO_PHONE.search(before):
            continue
        if after[:1] in ("%", "/") or after[:1].isalpha():
            continue
        span = Span(*phone.span())
        around = text[max(span.start - _AROUND, 0) : span.start].rpartition("\n\n")[2]
        around += " # " + text[span.end : span.end + _AROUND].partition("\n\n")[0]
        theirs = pattern(params["service"]).search(around) or reading.within(span, "references")
        own = _MOBILE.match(phone[0]) or pattern(params["own"]).search(around)
        if own and not theirs:
            yield finding(rule, reading, span, variant="phone")
