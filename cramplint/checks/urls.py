"""tracking: parameters that follow readers about. link_format: links that cannot work, or that do
not say where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..expressions import pattern
from ..meaning import Reading
from ..model import Article, Edit, Finding, Fix, Link, Rule, Safety, Span
from ..patterns import lazy
from ..rules import finding
from ..site import Site
from ..understand.surface import surface

# In Markdown a backslash may stand before a mark ("utm\_source").
_URL = lazy(r"https?://(?:[^\s<>\"'`“”|\\^{}\[\]]|\\(?=[_*&~#=-]))+", re.IGNORECASE)
_DOUBLED = lazy(r"https?[:;]?/{0,2}(?=https?:/)", re.IGNORECASE)
_SCHEME = lazy(
    r"(?P<name>h{1,2}t{1,3}p{1,2}s{0,2}|t{1,2}ps?|htps?|hxxps?)(?:[:;]\s*[/\\]{0,4}|//)(?=[\w\[])",
    re.IGNORECASE,
)
_SOUND = lazy(r"https?://[\w\[]", re.IGNORECASE)
_HOST = lazy(
    r"(?:www(?:\.[\w-]+){2,}|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|nhs\.uk|gov\.uk|org\.uk|co\.uk|ac\.uk))(?:/\S*)?"
)
_MAIL = lazy(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NOWHERE = lazy(
    r"(?:javascript|vbscript|data|file|about|blob|chrome-extension|[a-z]):|[\\/]{0,3}[a-z]:[\\/]|https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b",
    re.IGNORECASE,
)
_CURLY = lazy(r"[“”‘„]|’\Z|\A’|%E2%80%9[CDcd]")
_ENDS = "“”‘’„\"' "
_BLANKS = lazy(
    r"\((?<=\]\()(?P<target>(?:https?://|/(?!/)|\./|\.\./|mailto:)(?=[^()\s<>\"'{}]+[ ])"
    r"[^()\n<>\"'{}]{1,300}[^()\s<>\"'{}])\)"
)


def tracking(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Query parameters whose name matches `params`, in any web address outside code. An address
    that pays the site (table `commerce`) is left whole: that is another rule's matter."""
    article = reading.article
    names, partners = pattern(rule.params["params"]), pattern(site.data["commerce"]["affiliate"])
    for found in _URL.finditer(surface(article)):
        url = found[0].rstrip(".,;:!?)*_")
        query = url.find("?")
        if query < 0 or partners.search(url):
            continue
        fragment = url.find("#", query)
        end = fragment if fragment >= 0 else len(url)
        parts = _parts(url, query + 1, end)
        bad = [
            bool(names.fullmatch(url[slice(*p)].partition("=")[0].replace("\\", ""))) for p in parts
        ]
        if not any(bad):
            continue
        cuts = [_shift(s, found.start()) for s in _cuts(parts, bad, query, end)]
        told = [p for p, yes in zip(parts, bad, strict=True) if yes]
        span = _shift(Span(told[0].start, told[-1].end), found.start())
        # An address that readers see is part of the words.
        shown = article.prose[slice(*span)].strip()
        fix = Fix(tuple(Edit(c, "") for c in cuts), "ask" if shown else "safe")
        yield finding(rule, reading, span, fix=fix)


def _parts(url: str, start: int, end: int) -> list[Span]:
    """The parameters of a query; `&amp;` parts them as `&` does."""
    spans: list[Span] = []
    for mark in re.finditer(r"&amp;|&", url[:end]):
        if mark.start() >= start:
            spans.append(Span(start, mark.start()))
            start = mark.end()
    return [*spans, Span(start, end)]


def _cuts(parts: list[Span], bad: list[bool], query: int, end: int) -> Iterator[Span]:
    """What goes: the bad parameters with the marks that part them from the ones that stay."""
    if all(bad):
        yield Span(query, end)
        return
    i = 0
    while i < len(parts):
        n = i
        while n < len(parts) and bad[n]:
            n += 1
        if n > i:
            yield (
                Span(parts[i].start, parts[n].start)
                if n < len(parts)
                else Span(parts[i - 1].end, end)
            )
        i = n + 1


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def link_format(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Addresses that are mistyped, empty, on somebody's own computer or broken by blanks or curly
    quotation marks, and links whose words say nothing: `vague` (a warning), `weak` (a note).

    `messages`: address, blanks, empty, nowhere, text, silent.
    """
    article = reading.article
    images = [link.span for link in article.links if link.image]
    for link in article.links:
        target = link.target.strip()
        written = article.source.text[link.span.start]
        if "{" in target or written == "<":
            continue
        place = _place(article, link)
        if _NOWHERE.match(target):
            yield finding(rule, reading, place, variant="nowhere")
        elif target in ("", "#") and not re.search(r"\b(?:top|up)\b", link.text, re.IGNORECASE):
            yield finding(rule, reading, link.span, variant="empty")
        elif (new := mended(target)) != target:
            exact = article.source.excerpt(place) == target and new
            safety: Safety = "ask" if article.prose[slice(*place)].strip() else "safe"
            fix = Fix((Edit(place, new),), safety) if exact else None
            yield finding(rule, reading, place, fix=fix, variant="address")
        if link.image:
            continue
        if not link.text and not any(link.span.holds(s) for s in images):
            yield finding(rule, reading, link.span, variant="silent")
        elif reading.lang == "en":
            words = re.sub(r"^\W+|\W+$", "", link.text)
            if pattern(rule.params["vague"]).fullmatch(words):
                yield finding(rule, reading, link.span, variant="text")
            elif pattern(rule.params["weak"]).fullmatch(words):
                yield finding(rule, reading, link.span, severity="note", variant="text")
    if article.source.kind == "markdown":
        yield from _blanks(reading, rule, surface(article))


def mended(target: str) -> str:
    """`target` as it was meant; itself if nothing is wrong with it, "" if nobody can say.

    >>> mended("http:/example.org/a"), mended("www.example.org"), mended("https://example.org/a")
    ('http://example.org/a', 'https://www.example.org', 'https://example.org/a')
    """
    new = target.strip(_ENDS) if _CURLY.search(target) else target
    if _CURLY.search(new):
        return re.sub(r"(?:%E2%80%9[CD])+\Z", "", new, flags=re.IGNORECASE) if "%" in new else ""
    while doubled := _DOUBLED.match(new):
        new = new[doubled.end() :]
    scheme = _SCHEME.match(new)
    if scheme and not _SOUND.match(new):
        name = "https" if scheme["name"].lower().endswith("s") else "http"
        new = f"{name}://{new[scheme.end() :]}"
    elif _MAIL.fullmatch(new):
        new = f"mailto:{new}"
    elif _HOST.fullmatch(new):
        new = f"https://{new}"
    if re.match(r"mailto:/+", new, re.IGNORECASE):
        new = "mailto:" + new[7:].lstrip("/")
    if _SOUND.match(new):
        new = new.rstrip(".,;") if new[-1:] in ".,;" and not new.endswith("...") else new
    return new


def _place(article: Article, link: Link) -> Span:
    """Where the address of a link stands; the whole link if it stands elsewhere or is empty."""
    target = link.target.strip()
    at = article.source.text.rfind(target, link.span.start, link.span.end) if target else -1
    return Span(at, at + len(target)) if at >= 0 else link.span


def _blanks(reading: Reading, rule: Rule, text: str) -> Iterator[Finding]:
    for found in _BLANKS.finditer(text):
        span = Span(*found.span("target"))
        if reading.article.prose[span.start - 1] == "(":
            new = re.sub(r" +", "%20", found["target"])
            yield finding(rule, reading, span, fix=Fix((Edit(span, new),), "ask"), variant="blanks")
