"""Where a link may lead: the schemes that are allowed, and the way from page to page."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, unquote

from ..patterns import lazy

LINKS = frozenset({"http", "https", "mailto", "tel"})
IMAGES = frozenset({"http", "https"})

_HEAD = lazy(r"[^/?#:]*(?=:)")
_NO_SCHEME = frozenset("!$&'()*,;=@_~")
_EMAIL = lazy(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_RUNS = lazy(
    r"(?:javascript|vbscript|file|data(?!:image/(?:gif|jpeg|png|webp)[;,])):", re.IGNORECASE
)
_ESCAPE = lazy(r"%(?![0-9A-Fa-f]{2})")
_ACTING = ("script", "data", "file", "blob")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_SLOTS = ("{{", "{%", "<%", "${")
_KEPT = "!#$%&'()*+,-./:;=?@_~"


class Shown(NamedTuple):
    """An image as a page shows it. `size`: width and height in pixels, (0, 0) if not known."""

    src: str
    size: tuple[int, int] = (0, 0)


class Ways(NamedTuple):
    """What becomes of a target as it is written: `href` of a link, `image`; None where a reader
    must not be sent."""

    href: Callable[[str], str | None]
    image: Callable[[str], Shown | None]


def coded(target: str) -> str | None:
    """`target` as a URL in plain ASCII, as CommonMark's reference renderer writes it; None, as in
    its safe mode, for what may run in the reader's browser."""
    url = _ESCAPE.sub("%25", quote(target, safe=_KEPT))
    return None if _RUNS.match(url) else url


def _shown(src: str) -> Shown | None:
    url = coded(src)
    return None if url is None else Shown(url)


# What the specification of Markdown says; what a page that is published leads to is for it to say.
PLAIN = Ways(coded, _shown)


def safe(target: str, schemes: frozenset[str] = LINKS) -> str | None:
    """`target` as a URL in plain ASCII, or None if it must not be followed.

    Refused: a scheme that is not in `schemes`, whatever is written around it, control or invisible
    characters, and the slots of templates that nobody filled. Relative ones pass; "//host",
    "www.host" and "me@host" are completed.
    """
    target = target.strip(" \t\r\n\f")
    if any(mark in target for mark in _SLOTS):
        return None
    if not target.isprintable() and any(unicodedata.category(c) in _UNSEEN for c in target):
        return None
    if target.startswith(("//", "\\\\", "/\\", "\\/")):
        target = "https://" + target[2:]
    elif target[:4].lower() == "www.":
        target = "https://" + target
    elif _EMAIL.fullmatch(target):
        target = "mailto:" + target
    head = _HEAD.match(target)
    if head and head[0].lower() not in schemes and not _path(head[0]):
        return None
    return coded(target)


def _path(head: str) -> bool:
    """True if what stands before a colon can be no scheme, not even for a careless reader: none
    ends so."""
    letters = "".join(c for c in unquote(head).lower() if "a" <= c <= "z")
    return head[-1:] in _NO_SCHEME and not letters.endswith(_ACTING)


def external(url: str) -> bool:
    return url.lower().startswith(("http:", "https:"))


def between(here: str, there: str) -> str:
    """The relative URL from the file `here` to the file `there`, both paths from one root.

    >>> between("cramps/night.html", "sleep.html")
    '../sleep.html'
    """
    way = posixpath.relpath("/" + there, posixpath.dirname("/" + here))
    return quote(way, safe="/~!$&'()*+,;=@-._")
