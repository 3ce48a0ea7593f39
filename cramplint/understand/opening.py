"""Where a finding points: to the words of a place, or to the top for what is not there."""

from __future__ import annotations

from ..model import Article, Span


def opening(article: Article) -> Span:
    """The title: the first block if it is a heading, else the front matter's title; without these
    the first heading, else the first line of the body. Empty for an empty file."""
    blocks = article.blocks
    if blocks and blocks[0].kind == "heading":
        return shown(article, blocks[0].span)
    if "title" in article.meta.keys:
        return article.meta.keys["title"]
    heading = next((b for b in blocks if b.kind == "heading"), None)
    if heading:
        return shown(article, heading.span)
    if not blocks:
        return Span(article.meta.span.end, article.meta.span.end)
    start = blocks[0].span.start
    return shown(article, Span(start, article.source.line_span(start).end))


def shown(article: Article, span: Span) -> Span:
    """`span` without the marks and blanks around its words; as it is if it holds no words."""
    words = article.prose[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else span
