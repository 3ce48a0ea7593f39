"""Small pieces of HTML, each from plain values, in the form in which the guard writes them."""

from __future__ import annotations

from ..model import Event
from ..patterns import lazy
from .labels import Labels
from .urls import Ways, external

# Ids of the page's own. Those of headings have no capital, so the two never meet.
OWN_ID = lazy(r"(?:Fn|FnRef|Page|Topic)-")
_INLINE = {"em": "em", "strong": "strong", "strike": "del"}
_BLOCK = {"paragraph": "p", "quote": "blockquote", "item": "li"}
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", 0xA0: "&nbsp;"}
_ATTRIBUTE = _TEXT | {ord('"'): "&quot;"}
_SPECIAL = lazy('[&<>"\u00a0]')


def text(words: str) -> str:
    """`words` as text of a page."""
    return words.translate(_TEXT) if _SPECIAL.search(words) else words


def attribute(words: str) -> str:
    """`words` as the value of an attribute, to stand between double quotes."""
    return words.translate(_ATTRIBUTE) if _SPECIAL.search(words) else words


def element(event: Event) -> tuple[str, str]:
    """What opens and what closes the element that begins with `event`, where its kind says all."""
    match event.tag:
        case "list":
            if event.value is None:
                return "<ul>\n", "</ul>\n"
            start = "" if event.value == 1 else f' start="{int(event.value)}"'
            return f"<ol{start}>\n", "</ol>\n"
        case "code_block":
            language = event.text.split()[:1]
            kind = f' class="language-{attribute(language[0])}"' if language else ""
            return f"<pre><code{kind}>", "</code></pre>\n"
        case "heading":
            return f"<h{int(event.value)}>", f"</h{int(event.value)}>\n"
        case "callout":
            return str(event.value), "</div>\n"
    if event.tag in _INLINE:
        return f"<{_INLINE[event.tag]}>", f"</{_INLINE[event.tag]}>"
    name = _BLOCK.get(event.tag, "div")
    return f"<{name}>", f"</{name}>\n"


def picture(ways: Ways, src: str, alt: str, title: str, size: str = "") -> str:
    """The image, or its alternative text where it cannot be shown. `size`: its attributes as the
    author states them, else those of the file."""
    shown = ways.image(src)
    if shown is None:
        return text(alt)
    if not size and all(shown.size):
        size = ' width="{}" height="{}"'.format(*shown.size)
    said = f' title="{attribute(title)}"' if title else ""
    named = f'src="{attribute(shown.src)}" alt="{attribute(alt)}"{size}{said}'
    return f'<img {named} loading="lazy" decoding="async">'


def anchor(href: str, title: str) -> str:
    """The tag that opens a link."""
    rel = ' rel="noopener"' if external(href) else ""
    said = f' title="{attribute(title)}"' if title else ""
    return f'<a href="{attribute(href)}"{rel}{said}>'


def abbreviation(shown: str, meaning: str) -> str:
    return f'<abbr title="{attribute(meaning)}">{shown}</abbr>'


def note_id(number: int, place: int) -> str:
    return f"FnRef-{number}" + (f"-{place}" if place > 1 else "")


def note_call(number: int, place: int, label: Labels) -> str:
    id_, name = note_id(number, place), label("Note {}", number)
    return f'<sup><a id="{id_}" href="#Fn-{number}" aria-label="{name}">{number}</a></sup>'


def note_back(number: int, place: int, label: Labels) -> str:
    which, shown = (label(", place {}", place), str(place)) if place > 1 else ("", "↩")
    said = label("Back to the text of note {}", number) + which
    return f' <a class="back" href="#{note_id(number, place)}" aria-label="{said}">{shown}</a>'
