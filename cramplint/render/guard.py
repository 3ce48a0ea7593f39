"""Finished HTML once more, by another parser: nothing passes that is not on the list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..patterns import lazy
from .raw import BLOCK, INLINE
from .urls import LINKS

if TYPE_CHECKING:
    from nh3 import Cleaner

_TURNS = 5  # two settle what was ever seen
_CONTROLS = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What Writer writes, and nothing besides.
_TAGS = set(INLINE | BLOCK) | {"h2", "h3", "h4", "h5", "h6", "section"}
_ATTRIBUTES = {
    "a": {"href", "rel", "title", "id", "class", "aria-label"},
    "abbr": {"title"},
    "code": {"class"},
    "dfn": {"title"},
    "div": {"class", "role"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class", "lang"},
    "section": {"class", "id", "aria-label", "aria-labelledby", "tabindex"},
    "span": {"role", "aria-label"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "scope", "colspan", "rowspan"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
for _name in INLINE | BLOCK:  # what raw HTML may carry
    _ATTRIBUTES.setdefault(_name, set()).add("id")


def guard(html: str) -> str:
    """`html` again, by another parser, with nothing left that is not on the list. It reads as it
    is written: tags that are nested as none may be are moved, which may take more than one turn."""
    clean = _cleaner().clean
    made = _CONTROLS.sub("", html)
    for _ in range(_TURNS):
        before, made = made, clean(made)
        if made == before:  # as most are at once
            break
    return made


@cache
def _cleaner() -> Cleaner:
    from nh3 import Cleaner

    return Cleaner(
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        url_schemes=set(LINKS),
        link_rel=None,
    )
