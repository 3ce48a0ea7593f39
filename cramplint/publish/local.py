"""The images and files beside the articles that their pages show or lead to, and which of them may
be published."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from ..outdir import unsafe
from ..patterns import lazy

LIMIT = 20_000_000  # bytes: a page is read on telephones
_TARGET = lazy(r'\s(?:src|href)="([^"]*)"')
_ELSEWHERE = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|$")
_PAGES = frozenset({"", ".html", ".htm", ".json", ".md", ".markdown", ".mdx", ".txt"})
# Ending -> how such a file begins. A browser goes by the ending, and so must what is inside.
_BEGINS = {
    ".png": rb"\x89PNG\r\n\x1a\n",
    ".jpg": rb"\xff\xd8\xff",
    ".jpeg": rb"\xff\xd8\xff",
    ".gif": rb"GIF8[79]a",
    ".webp": rb"RIFF....WEBP",
    ".avif": rb"....ftypavi[fs]",
    ".pdf": rb"%PDF-",
}


class Local(NamedTuple):
    """`target` as the page writes it, without its fragment; `file` where it is to be published,
    from the site's root."""

    target: str
    file: str


def targets(html: str) -> tuple[str, ...]:
    """What a page's body shows or leads to that is a file of the site and no page, each once."""
    from html import unescape

    found: dict[str, None] = {}
    for one in _TARGET.finditer(html):
        target = re.split("[?#]", unescape(one[1]))[0]
        ending = posixpath.splitext(unquote(target))[1].lower()
        if ending not in _PAGES and not _ELSEWHERE.match(target):
            found[target] = None
    return tuple(found)


def placed(path: str, these: tuple[str, ...]) -> Iterator[Local]:
    """Where the targets of the article at `path` lie; those outside the site are left out."""
    for target in these:
        stated = unquote(target)
        whole = (
            stated.lstrip("/") if stated.startswith("/") else f"{posixpath.dirname(path)}/{stated}"
        )
        file = posixpath.normpath(whole.lstrip("/"))
        if not file.startswith("../"):
            yield Local(target, file)


def taken(root: Path, file: str) -> tuple[bytes, str]:
    """The bytes of a file below `root`; or b"" and why it is not published, "" for one that is not
    there."""
    if why := unsafe(file):
        return b"", why
    begins = _BEGINS.get(posixpath.splitext(file)[1].lower())
    place = os.path.realpath(root / file)
    if not os.path.isfile(place):
        return b"", ""
    if not place.startswith(os.path.join(os.path.realpath(root), "")):
        return b"", "it is a link that leads out of the articles"
    if begins is None:
        svg = file.lower().endswith((".svg", ".svgz"))
        known = " ".join(sorted(_BEGINS))
        return b"", "an SVG may hold a program" if svg else f"only these are: {known}"
    try:
        with open(place, "rb") as held:
            data = held.read(LIMIT + 1)
    except OSError as error:
        return b"", f"it cannot be read: {error.strerror}"
    if len(data) > LIMIT:
        return b"", f"it is larger than {LIMIT // 1_000_000} MB"
    if not re.match(begins, data, re.DOTALL):
        return b"", "it does not hold what its ending says"
    return data, ""
