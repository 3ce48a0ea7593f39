"""One checked article -> its page, its document, and how it is listed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ..care import tier
from ..checks.readability import Scores
from ..meaning import Reading
from ..model import Article, Finding, Severity, Source, Span
from ..render.body import Entry, Links, Neighbour, Place
from ..render.document import document, dump
from ..render.facts import facts
from ..render.html import render
from ..render.page import page
from .local import placed, size, targets
from .names import files
from .shelf import Shelf, links, neighbour


class Item(NamedTuple):
    """An article that is checked. `path` from its root, with "/", ending and all; `rules`: (rule,
    severity, how many findings) after the safe fixes, `suppressed` findings only counted, `waived`
    as the manifest says what silenced them; `scores` where it can be told how hard it reads.
    `signed` stands for all that its page is made of but for the other articles. `root`: the folder
    that `path` is seen from, None for what is no file."""

    path: str
    name: str
    signed: bytes
    draft: bool = False
    rules: tuple[tuple[str, Severity, int], ...] = ()
    scores: Scores | None = None
    suppressed: int = 0
    waived: tuple[Mapping[str, str], ...] = ()
    root: Path | None = None


class Made(NamedTuple):
    """How an article is listed; its files, name -> bytes; and what its page asked of the others:
    (kind, what was asked for, the answer as JSON); the `local` files that it shows or leads to."""

    entry: Entry
    files: Mapping[str, bytes]
    asked: tuple[tuple[str, str, Any], ...]
    local: tuple[str, ...]


def ways(item: Item, shelf: Shelf) -> Callable[[str, str], Any]:
    """What the page may ask of the others: where a target leads ("href"), where the page of a title
    is ("find"), which page an entry of `related` names ("related"), how large an image is
    ("size")."""
    leads = links(shelf, item.name, item.path)

    def told(kind: str, what: str) -> Any:
        if kind == "href":
            return leads.href(what)
        if kind == "find":
            return leads.find(what)
        if kind == "size":
            return _size(item, what)
        if kind != "related":
            raise KeyError(kind)
        found = neighbour(shelf, item.name, item.path, what)
        return [found[0], *found[1]] if found else None

    return told


def _size(item: Item, target: str) -> list[int] | None:
    """Of an image as a page names it: as JSON what `size` says. Of what begins with "/" and is not
    there the host may know more."""
    found = next(placed(item.path, (target,)), None)
    if item.root is None or found is None:
        return [0, 0]
    known = size(item.root, found.file)
    return [0, 0] if known is None and target.startswith("/") else known and list(known)


def _related(article: Article, ask: Callable[[str, str], Any]) -> list[Neighbour]:
    """The published articles that the front matter names as related, each once."""
    stated = article.meta.data.get("related")
    listed = stated if isinstance(stated, list) else [stated]
    found: dict[str, Neighbour] = {}
    for entry in listed:
        if isinstance(entry, str) and (answer := ask("related", entry)):
            found.setdefault(answer[0], Neighbour(*answer[1:]))
    return list(found.values())


def made(item: Item, source: Source, reading: Reading, shelf: Shelf) -> Made:
    """What is published of an article, the same for the same arguments. `source` as it was read,
    `reading` of its text after the safe fixes."""
    settings, told_by = shelf.site.settings, ways(item, shelf)
    asked: dict[tuple[str, str], Any] = {}

    def ask(kind: str, what: str) -> Any:
        if (kind, what) not in asked:
            asked[kind, what] = told_by(kind, what)
        return asked[kind, what]

    told = facts(reading, settings.locale, settings.disclaimer)
    table = shelf.site.data.get("red_flags")
    tiers = partial(tier, table=table) if table else None
    leads = Links(partial(ask, "href"), partial(ask, "find"), partial(ask, "size"))
    body = render(reading, leads, tiers)
    html, json = files(item.path)
    place = Place(html, shelf.url(html), shelf.name)
    related = _related(reading.article, ask)
    findings = [
        Finding(rule, Span(0, 0), "", level) for rule, level, n in item.rules for _ in range(n)
    ]
    said = document(
        source,
        reading,
        body,
        told,
        place,
        related,
        findings,
        item.scores,
        item.suppressed,
    )
    created, updated = told.dates.get("created", ""), told.dates.get("updated", "")
    entry = Entry(
        html,
        told.title,
        told.description,
        told.topics,
        told.lang,
        updated or created,
        created,
        tuple(person.name for person in told.authors),
        shelf.site.pages[item.name].aliases,
    )
    shown = page(body, told, place, related, shelf.theme).encode("utf-8", "replace")
    answers = tuple((kind, what, answer) for (kind, what), answer in asked.items())
    # What is not shown is named as well, so that somebody is told of it.
    missed = [what for kind, what, answer in answers if kind == "size" and answer is None]
    local = tuple(dict.fromkeys([*targets(body.html), *missed]))
    return Made(entry, {html: shown, json: dump(said)}, answers, local)
