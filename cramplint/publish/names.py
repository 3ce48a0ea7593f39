"""Which files articles and aliases become: names that every file system takes, and no two alike."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from ..model import CrampError
from ..outdir import unsafe

MANIFEST, INDEX, LIST = "manifest.json", "index.html", "index.json"
JSON_FEED, ATOM, SITEMAP = "feed.json", "feed.xml", "sitemap.xml"
LOST, REDIRECTS = "404.html", "_redirects"
# In the top folder, whether or not they are written this time.
_TAKEN = (INDEX, LIST, MANIFEST, JSON_FEED, ATOM, SITEMAP, LOST, REDIRECTS)
_WEB = (".html", ".htm")
_SOURCES = (".md", ".markdown", ".mdx", ".txt")


class Wanted(NamedTuple):
    """An article that asks for files: `path` from its root, ending and all; `name` in messages;
    the addresses that it had before."""

    path: str
    name: str
    aliases: tuple[str, ...] = ()


def files(path: str) -> tuple[str, str]:
    """The page and the document of the article at `path`.

    >>> files("cramps/night.md")
    ('cramps/night.html', 'cramps/night.json')
    """
    stem = posixpath.splitext(path)[0]
    return f"{stem}.html", f"{stem}.json"


def stub(alias: str) -> str:
    """The file that answers for an old address, "" if the address is none of this site's.

    >>> stub("/blog/old"), stub("old.html"), stub("/old/night.md")
    ('blog/old/index.html', 'old.html', 'old/night.html')
    """
    path = unquote(alias.partition("#")[0].partition("?")[0]).strip()
    if ":" in path.split("/")[0] or path.startswith("//"):
        return ""
    path = path.strip("/")
    stem, ending = posixpath.splitext(path)
    if ending.lower() in _WEB:
        return path
    if ending.lower() in _SOURCES:
        return f"{stem}.html"
    return f"{path}/{INDEX}" if path else INDEX


def stubs(one: Wanted) -> Iterator[str]:
    """The files of an article's aliases, but for its own page."""
    own = same(files(one.path)[0])
    for alias in one.aliases:
        file = stub(alias)
        if file and same(file) != own:
            yield file


def judge_names(wanted: Sequence[Wanted], others: Sequence[Wanted]) -> None:
    """Raises CrampError if a name cannot be used, or two articles ask for one file on a file system
    where case does not count, or one asks for a folder that is another's file. `others` are not
    written this time, and so their own names are nobody's business."""
    for path, name, aliases in wanted:
        if why := unsafe(path):
            raise CrampError(f"cannot be published under this name: {why}", name, "rename it")
        for alias in aliases:
            file = stub(alias)
            why = unsafe(file) if file else "it leads to another site"
            if why:
                said = f"the alias {alias!r} cannot be used: {why}"
                raise CrampError(said, name, "write a path of this site, such as /old/name")
    owners = {same(file): "cramplint's own" for file in _TAKEN}
    folders: dict[str, str] = {}
    every = (*wanted, *others)
    asked = [(one, file) for one in every for file in (*files(one.path), *stubs(one))]
    for one, file in asked:
        key = same(file)
        if owners.setdefault(key, one.name) != one.name:
            raise CrampError(
                f"would be published as {file}, and so would {owners[key]}",
                one.name,
                "rename one of them, or change its aliases",
            )
        parents = [key[:i] for i, char in enumerate(key) if char == "/"]
        folders.update((parent, one.name) for parent in parents)
    for key in folders.keys() & owners.keys():
        raise CrampError(
            f"would be published in a folder {key}, which is a file of {owners[key]}",
            folders[key],
            "rename one of them",
        )


def same(file: str) -> str:
    """The form in which names are compared: file systems may fold case and accents."""
    return unicodedata.normalize("NFC", file).casefold()
