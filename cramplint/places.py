"""Where articles live, what their files are called, and which files belong to their site."""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from .config import Config, repository
from .model import Article
from .read import ENDINGS


def home_of(config: Config) -> tuple[Path, ...]:
    """Where the site's articles live."""
    usual = config.root / "articles"
    if config.paths or not usual.is_dir():
        return config.paths
    # A link may come with a pull request too, and nobody has named this folder.
    return (usual,) if usual.resolve().is_relative_to(repository(config.root)) else ()


def wanted(article: Article) -> list[str]:
    """The paths, as its folder sees them, of what an article links to and calls related and what
    may be a file: without ending where they have none or that of a page."""
    listed = article.meta.data.get("related")
    related = [x for x in listed if isinstance(x, str)] if isinstance(listed, list) else []
    targets = dict.fromkeys([*(link.target for link in article.links if not link.image), *related])
    return [path for path in map(_path, targets) if path]


def _path(target: str) -> str:
    """ "" where it leads out of the files below and beside the folder for certain."""
    path = unquote(target.partition("#")[0].partition("?")[0])
    path = path.removesuffix("/").removesuffix(".html")
    return "" if path.startswith("/") or ":" in path or "\0" in path else path


def named(linked: Iterable[tuple[str, Iterable[str]]], known: Container[str]) -> Iterator[Path]:
    """The files that articles link to, where nothing says which files belong to the site. Only
    files below an article's folder, or beside that folder: a link is no way to the rest. `linked`:
    (name of an article, what it has `wanted`). `known`: names of articles that are not looked
    for."""
    folders = _Folders()
    for name, paths in linked:
        folder = posixpath.dirname(name)
        for path in paths:
            for ending in ("",) if posixpath.splitext(path)[1] in ENDINGS else ENDINGS:
                # Nearly all are known by their names: a disk is slow to ask.
                way = posixpath.join(folder, path + ending)
                if posixpath.normpath(way) not in known and folders.hold(folder, way):
                    yield Path(way)


class _Folders:
    """The folders that articles link into. Many links lead nowhere: what a folder holds is looked
    at once, not file by file."""

    def __init__(self) -> None:
        self._roots: dict[str, str] = {}
        self._reached: dict[tuple[str, str], frozenset[str]] = {}
        self._listed: dict[str, frozenset[str]] = {}

    def hold(self, folder: str, way: str) -> bool:
        """True if `way` leads to a file below an article's `folder`, or beside that folder."""
        if folder not in self._roots:
            self._roots[folder] = os.path.join(os.path.realpath(Path(folder).parent), "")
        root = self._roots[folder]
        where, name = posixpath.split(way)
        if (folder, where) not in self._reached:
            there = os.path.join(os.path.realpath(where), "")
            self._reached[folder, where] = (
                self._names(there) if there.startswith(root) else frozenset()
            )
        if _folded(name) not in self._reached[folder, where]:
            return False
        return os.path.isfile(way) and os.path.realpath(way).startswith(root)

    def _names(self, folder: str) -> frozenset[str]:
        if folder not in self._listed:
            try:
                self._listed[folder] = frozenset(map(_folded, os.listdir(folder)))
            except OSError:
                self._listed[folder] = frozenset()
        return self._listed[folder]


def _folded(name: str) -> str:
    """One form for all names that some file system takes for the same."""
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return plain.casefold().rstrip(". ")


def name_of(file: Path) -> str:
    """What reports call a file: its path from the working folder if it lies inside, else in full.
    Bytes of a name that are not UTF-8 are written out."""
    given = os.fspath(file)
    if os.sep == "/" and given.isascii() and given[0] != "/" and ".." not in given:
        return given  # the usual case, at once: `Path` has taken "." and "//" out
    whole, here = os.path.abspath(file), os.path.join(os.getcwd(), "")
    name = whole.removeprefix(here).replace(os.sep, "/")
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def inside(name: str, root: Path) -> bool:
    """True if the file of that name lies below `root`."""
    return os.path.join(os.path.realpath(name), "").startswith(
        os.path.join(os.path.realpath(root), "")
    )
