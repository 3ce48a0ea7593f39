"""Links between the articles of a site: promised articles that are not there, and ids likewise."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import quote

from ..meaning import Reading
from ..model import Edit, Finding, Fix, Link, Meta, Page, Rule, Span
from ..rules import finding
from ..site import Resolved, Site

_SHOWN = 80  # code points of a target that a message repeats


def related(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Promises of an article that no reader can follow: entries of the front matter's `related`,
    links, and titles that stand there without a link.

    `elsewhere`: first folders or names of a site's paths that are no articles (contact, shop), so
    that a link there is not missed. Messages besides the main one: draft, case, empty, self,
    promised (a title that no article has) and unlinked (a title that one has; a warning).
    """
    article = reading.article
    here = article.source.name
    elsewhere = frozenset(rule.params.get("elsewhere", ()))
    drafted = article.meta.data.get("draft") is True
    reached = set()
    for span, entry in _entries(article.meta):
        found = site.related(here, entry)
        if found.state == "ok" and found.page:
            reached.add(found.page.path)
        yield from _told(reading, rule, site, span, entry, found, drafted)
        if found.state == "ok" and found.page and found.page.path == here:
            yield finding(
                rule, reading, span, severity="warning", variant="self", target=_short(entry)
            )
    for link in article.links:
        if not link.image:
            found = site.resolve(here, link.target)
            first = link.target.strip("/").partition("/")[0].partition("#")[0].partition("?")[0]
            if found.state == "missing" and not found.hint and first in elsewhere:
                continue
            fix = _retargeted(reading, site, link, found)
            yield from _told(reading, rule, site, link.span, link.target, found, drafted, fix)
    for one in reading.related:
        page = site.by_title(one.title)
        if page is None:
            hint = _did_you_mean(site.nearest(one.title, here))
            sure = site.surest(one.title, here)
            fix = _linked(reading, one.span, site.way(here, sure)) if sure else None
            yield finding(rule, reading, one.span, variant="promised", fix=fix, hint=hint)
        elif page.draft and not drafted:
            yield from _told(
                reading, rule, site, one.span, one.title, Resolved("draft", page), drafted
            )
        elif page.path != here and page.path not in reached:
            fix = _linked(reading, one.span, site.way(here, page))
            yield finding(
                rule,
                reading,
                one.span,
                severity="warning",
                variant="unlinked",
                fix=fix,
                path=page.path,
            )


def anchors(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Links to an id that their page, this one or another, does not have. Where it does but for
    upper and lower case (message: case), the fix mends the link."""
    here = reading.article.source.name
    for link in reading.article.links:
        found = site.resolve(here, link.target)
        if link.image or found.state != "anchor" or not found.page:
            continue
        own = found.page.path == here
        cased = found.hint.casefold() == found.anchor.casefold()
        yield finding(
            rule,
            reading,
            link.span,
            variant="case" if cased else "",
            fix=_recased(reading, link.span, found) if cased else None,
            anchor=_short(found.anchor),
            page="This page" if own else found.page.path,
            right=found.hint,
            hint=f'; did you mean "#{found.hint}"?' if found.hint else "",
        )


def _entries(meta: Meta) -> Iterator[tuple[Span, str]]:
    """The texts of `related` and their places; what is no text is left to the metadata rules."""
    listed = meta.data.get("related")
    for i, entry in enumerate(listed if isinstance(listed, list) else [listed]):
        if isinstance(entry, str):
            yield meta.keys.get(f"related.{i}", meta.keys.get("related", meta.span)), entry


def _told(
    reading: Reading,
    rule: Rule,
    site: Site,
    span: Span,
    target: str,
    found: Resolved,
    drafted: bool,
    fix: Fix | None = None,
) -> Iterator[Finding]:
    if found.state == "draft" and drafted:
        return  # neither is published: they wait together
    variant = {"missing": "", "draft": "draft", "case": "case", "empty": "empty"}.get(found.state)
    if variant is not None:
        yield finding(
            rule,
            reading,
            span,
            variant=variant,
            fix=fix,
            target=_short(target),
            path=found.page.path if found.page else "",
            hint=_did_you_mean(site.pages.get(found.hint)),
        )


def _did_you_mean(page: Page | None) -> str:
    return f"; did you mean “{_short(page.title or page.slug)}” ({page.path})?" if page else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def _linked(reading: Reading, span: Span, way: str) -> Fix | None:
    """The title at `span` as a link; None in plain text, or where the title has brackets."""
    title = reading.article.source.excerpt(span)
    if reading.article.source.kind == "text" or set(title) & set("[]\n"):
        return None
    return Fix((Edit(span, f"[{title}]({quote(way, safe='/')})"),), "ask")


def _retargeted(reading: Reading, site: Site, link: Link, found: Resolved) -> Fix | None:
    """The target as the page that is meant has it: safe where only upper and lower case differ,
    to be agreed to where one page alone has nearly that name."""
    here = reading.article.source.name
    path, mark, anchor = link.target.partition("#")
    name = posixpath.splitext(posixpath.basename(path))[0]
    page = found.page if found.state == "case" else None
    if found.state == "missing" and name:
        page = site.surest(name, here)
    at = reading.article.source.text.rfind(link.target, *link.span)
    if page is None or at < 0 or "?" in path:
        return None
    new = path.replace(name, page.slug) if path.count(name) == 1 else ""
    if not new or site.resolve(here, new).state != "ok":
        new = quote(site.way(here, page), safe="/")
    edit = Edit(Span(at, at + len(link.target)), new + mark + anchor)
    return Fix((edit,), "safe" if found.state == "case" else "ask")


def _recased(reading: Reading, span: Span, found: Resolved) -> Fix | None:
    """The id as the page has it; None where the source writes it in another form."""
    written = f"#{found.anchor}"
    at = reading.article.source.text.rfind(written, span.start, span.end)
    return Fix((Edit(Span(at, at + len(written)), f"#{found.hint}"),)) if at >= 0 else None
