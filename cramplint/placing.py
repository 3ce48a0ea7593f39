"""Where in a page a fix puts what is missing."""

from __future__ import annotations

from .meaning import Reading
from .model import STUB, Block, Edit, Fix, Span

# What stands behind the article's own words.
_END_MATTER = ("related", "references", "footer", "contact", "bio")
_SENTENCE = 3  # words; fewer without a stop are an address, a label, a row of emoji


def behind(reading: Reading, text: str, *aside: str) -> Fix | None:
    """`text` as a paragraph behind the article's last words, those in zones `aside` left out; None
    where that is not safe, and where the page says it already."""
    own = _last(reading, *aside)
    if own is None:
        return None
    end = own.span.end
    source = reading.article.source.text
    apart = "" if not source[end:].strip() or source[end : end + 2] == "\n\n" else "\n"
    return _put(reading, end, f"\n\n{text}{apart}", text)


def _last(reading: Reading, *aside: str) -> Block | None:
    """The block of the article's own last words, those in zones `aside` left out; None if a
    paragraph cannot follow it."""
    own = [
        b
        for b in reading.article.blocks
        if b.kind not in ("rule", "footnote", "heading")
        and not reading.within(b.span, *_END_MATTER, *aside)
        and _says_something(reading.article.words(b.span))
    ]
    return own[-1] if own and own[-1].kind not in ("code", "html", "row") else None


def moved(reading: Reading, span: Span) -> Fix | None:
    """The paragraph `span` behind the article's own last words; None where that is not safe."""
    text = reading.article.source.text
    own = _last(reading, "disclaimer")
    block = reading.article.block_at(span.start)
    if own is None or block is None or block.span != span or block.kind != "paragraph":
        return None
    end = own.span.end
    gone = Span(len(text[: span.start].rstrip()), span.end)
    if gone.start <= end:
        return None
    return Fix((Edit(Span(end, end), f"\n\n{text[slice(*span)]}"), Edit(gone, "")), "ask")


def after(reading: Reading, block: Block, text: str) -> Fix | None:
    """`text` as a paragraph right behind `block`; None where the page says it already."""
    end = block.span.end
    source = reading.article.source
    below = source.text[end : end + 2]
    if source.kind == "text" and below.strip() and below[0] == "\n":
        return _put(reading, end, f"\n{text}", text)  # each line is a paragraph there
    apart = "" if not below.strip() else "\n"
    return _put(reading, end, f"\n\n{text}{apart}", text)


def before(reading: Reading, block: Block, text: str) -> Fix | None:
    """`text` as a paragraph above the line in which `block` begins; None where the page says it
    already."""
    article = reading.article
    start = article.source.line_span(block.span.start).start
    above = article.source.text[article.meta.span.end : start]
    if article.source.kind == "text" and above.strip() and not above.endswith("\n\n"):
        return _put(reading, start, f"{text}\n", text)
    apart = "" if not above.strip() or above.endswith("\n\n") else "\n"
    return _put(reading, start, f"{apart}{text}\n\n", text)


def _put(reading: Reading, at: int, added: str, text: str) -> Fix | None:
    article = reading.article
    if text in article.source.text[article.meta.span.end :]:
        return None
    return Fix((Edit(Span(at, at), added),), "ask")


def _says_something(words: str) -> bool:
    plain = [word for word in words.split() if any(map(str.isalnum, word))]
    return len(plain) > _SENTENCE or words.rstrip('"”*_ ')[-1:] in (".", "!", "?") or STUB in words
