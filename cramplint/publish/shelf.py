"""The way from one published page to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from ..model import Page
from ..render.body import Links, Neighbour
from ..render.theme import OURS, Theme
from ..render.urls import between, safe
from ..site import Site
from .names import INDEX, files


class Shelf(NamedTuple):
    """All that is published. `pages`: the name of an article -> the path of its page. `theme`: what
    pages are drawn by."""

    site: Site
    name: str
    pages: Mapping[str, str]
    theme: Theme = OURS

    @property
    def base(self) -> str:
        """The site's address, with no "/" at its end; "" if it has none."""
        return self.site.settings.site_url.rstrip("/")

    def url(self, file: str) -> str:
        return f"{self.base}/{quote(file)}" if self.base else ""


def links(shelf: Shelf, name: str, path: str) -> Links:
    """Where the links of the article at `path` lead."""
    here = files(path)[0]

    def href(target: str) -> str | None:
        found = shelf.site.resolve(name, target)
        if found.page:
            return _way(shelf, here, found.page, found.anchor)
        if found.state in ("empty", "missing", "draft"):
            return None
        if found.state == "ok":
            return between(here, INDEX)
        return safe(target)

    def find(title: str) -> str | None:
        named = shelf.site.by_title(title)
        return _way(shelf, here, named) if named and named.path != name else None

    return Links(href, find)


def neighbour(shelf: Shelf, name: str, path: str, entry: str) -> tuple[str, Neighbour] | None:
    """Where an entry of the front matter's `related` leads from the article at `path`: the name of
    the other article, and how it is shown; None if that is not published."""
    found = shelf.site.related(name, entry).page
    href = _way(shelf, files(path)[0], found) if found else None
    if not found or not href or found.path == name:
        return None
    return found.path, Neighbour(found.slug, found.title or found.slug, href)


def _way(shelf: Shelf, here: str, to: Page, anchor: str = "") -> str | None:
    """The link to a page, None if it is not published; an anchor that is not there is left out."""
    there = shelf.pages.get(to.path)
    if there is None:
        return None
    return between(here, there) + (f"#{quote(anchor)}" if anchor in to.anchors else "")
