"""Small pieces of HTML, each from plain values."""

from __future__ import annotations

from html import escape

from ..patterns import lazy
from .urls import IMAGES, safe

# Ids of the page's own. Those of headings have no capital, so the two never meet.
OWN_ID = lazy(r"(?:Fn|FnRef|Page|Topic)-")


def picture(src: str, alt: str, title: str, size: str) -> str:
    """The image, or its alternative text where it may not be shown."""
    url = safe(src, IMAGES) if src else None
    if not url:
        return escape(alt, quote=False)
    said = f' title="{escape(title)}"' if title else ""
    return (
        f'<img src="{escape(url)}" alt="{escape(alt)}"{size}{said} loading="lazy" decoding="async">'
    )


def note_id(number: int, place: int) -> str:
    return f"FnRef-{number}" + (f"-{place}" if place > 1 else "")


def note_back(number: int, place: int) -> str:
    which, shown = (f", place {place}", str(place)) if place > 1 else ("", "↩")
    label = f"Back to the text of note {number}{which}"
    return f' <a class="back" href="#{note_id(number, place)}" aria-label="{label}">{shown}</a>'
