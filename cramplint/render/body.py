"""What is made of an article's body, for the page and for the JSON document alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

# How soon a red-flag section asks for care -> what the page calls it.
TIERS = {"emergency": "Emergency", "urgent": "Urgent", "soon": "Soon", "": "Warning signs"}


Size = tuple[int, int]


def _unknown(target: str) -> Size | None:
    return 0, 0


class Links(NamedTuple):
    """`href`: the target of a link as written -> what to write, None if it leads nowhere that
    a reader may go. `find`: the title of a related article -> the URL of its page, if any.
    `size`: the target of an image of the site -> its width and height in pixels, (0, 0) if they
    are not known, None if there is no such image to show."""

    href: Callable[[str], str | None]
    find: Callable[[str], str | None]
    size: Callable[[str], Size | None] = _unknown


class Words(NamedTuple):
    html: str
    text: str


class Piece(NamedTuple):
    """A block. `kind`: paragraph, list, table, quote, callout, code, html or rule. `ordered` and
    `items` are of a list, `rows` of a table, its head first; None and empty for others."""

    kind: str
    html: str
    text: str
    ordered: bool | None = None
    items: tuple[Words, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Part(NamedTuple):
    """A heading and what follows up to the next one; `level` on the page (2 to 6), 0 and an
    empty `id` and `title` for what stands before the first."""

    id: str
    title: str
    level: int
    html: str
    text: str
    pieces: tuple[Piece, ...]


class Question(NamedTuple):
    question: str
    html: str
    text: str


class Flag(NamedTuple):
    """A red-flag section; `signs` are the items of its lists. `tier`: how soon it asks for care
    (emergency, urgent, soon), "" where its words do not say. `id`: of its heading, else of itself.
    """

    id: str
    tier: str
    title: str
    text: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """`html` without the title, which is the page's own heading with the id `title_id` ("" if
    the body does not repeat it)."""

    html: str
    text: str
    title_id: str
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]
    flags: tuple[Flag, ...]


class Neighbour(NamedTuple):
    """A published page that another one leads to; `href` as that other one writes it."""

    slug: str
    title: str
    href: str


class Place(NamedTuple):
    """Where a page stands: `path` of its file from the site's root, ending ".html"; `url` of it,
    "" without a site URL; what the site is called, "" if it has no name."""

    path: str
    url: str
    site_name: str


class Entry(NamedTuple):
    """A page in the list of all pages. `path` as in Place; `updated`, the last day that is
    stated, and `created` are ISO dates or ""; `authors` by name; `aliases` as the article states
    them."""

    path: str
    title: str
    description: str
    topics: tuple[str, ...]
    lang: str
    updated: str
    created: str = ""
    authors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
