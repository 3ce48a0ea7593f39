"""The images and files beside the articles that their pages show or lead to, and which of them may
be published."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote

from ..outdir import unsafe
from ..patterns import lazy
from ..render.body import Size

LIMIT = 20_000_000  # bytes: a page is read on telephones
GONE = "there is no such file"
_WIDEST = 100_000  # pixels: what is wider was never meant to be seen
_HEAD = 16  # bytes that tell what kind of file it is
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

KINDS = tuple(_BEGINS)  # endings


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
        stated = unquote(re.split("[?#]", target)[0])
        whole = (
            stated.lstrip("/") if stated.startswith("/") else f"{posixpath.dirname(path)}/{stated}"
        )
        file = posixpath.normpath(whole.lstrip("/"))
        if not file.startswith("../"):
            yield Local(target, file)


def taken(root: Path, file: str) -> tuple[bytes, str]:
    """The bytes of a file below `root`; or b"" and why it is not published."""
    try:
        with _opened(root, file) as held:
            return held.read(), ""
    except _Refused as error:
        return b"", str(error)
    except OSError as error:
        return b"", f"it cannot be read: {error.strerror}"


def size(root: Path, file: str) -> Size | None:
    """The width and height of an image below `root` as a browser shows it, (0, 0) if its head does
    not tell; None if it is not published."""
    from imagesize import get

    try:
        with _opened(root, file) as held:
            width, height = get(held)
    except (_Refused, OSError):
        return None
    return (width, height) if min(width, height) > 0 and max(width, height) < _WIDEST else (0, 0)


class _Refused(Exception):
    """Says why a file is not published."""


def _opened(root: Path, file: str) -> BinaryIO:
    """A file below `root` that may be published, open at its beginning. Raises _Refused, OSError"""
    if why := unsafe(file):
        raise _Refused(why)
    begins = _BEGINS.get(posixpath.splitext(file)[1].lower())
    place = os.path.realpath(root / file)
    if not os.path.isfile(place):
        raise _Refused(GONE)
    if not place.startswith(os.path.join(os.path.realpath(root), "")):
        raise _Refused("it is a link that leads out of the articles")
    if begins is None:
        svg = file.lower().endswith((".svg", ".svgz"))
        known = " ".join(sorted(KINDS))
        raise _Refused("an SVG may hold a program" if svg else f"only these are: {known}")
    held = open(place, "rb")  # noqa: SIM115 -- whoever asked closes it
    head = held.read(_HEAD)
    why = "" if re.match(begins, head, re.DOTALL) else "it does not hold what its ending says"
    if os.fstat(held.fileno()).st_size > LIMIT:
        why = f"it is larger than {LIMIT // 1_000_000} MB"
    if why:
        held.close()
        raise _Refused(why)
    held.seek(0)
    return held
