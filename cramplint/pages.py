"""Article -> Page: the few facts of an article that other articles are judged by."""

from __future__ import annotations

import json
import posixpath
import re
import struct
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from string import punctuation

from . import kinds
from .model import Article, Page
from .names import anchors
from .patterns import lazy

_HTML_ID = lazy(r"<[A-Za-z][^<>]{0,300}?\s(?:id|name)\s*=\s*[\"']?([^\s\"'<>]+)", re.I)
_ENDING = lazy(r"\.[A-Za-z][A-Za-z0-9]{0,5}$")
_NO_PUNCTUATION = bytes(32 if chr(i) in punctuation else i for i in range(256))
_LISTS = ("aliases", "anchors", "targets")
_NONE: frozenset[str] = frozenset()  # each empty one that is made takes 200 bytes, of every page
_SHINGLE = 5  # words
_SKETCH = 64  # hashes kept of a body: enough to tell 0.8 from 0.7, 256 bytes
_SHORT = 8  # hashes: two bodies with fewer, some 30 words, may well be alike by chance
_ALIKE = 0.8  # of two bodies, measured in runs of five words
_MEETING = 3  # so many of their rarest hashes must be shared before two bodies are compared
_PLACE = 32  # bits of the place of a page, of 64 with a hash above it
_LAST = (1 << _PLACE) - 1
_PARTS = 64  # of the hashes of a site, sorted one by one: while they are, they take much room
_MOST_COUNTS = 1 << 20  # of hashes that are counted apart, four bytes each


def page_of(article: Article) -> Page:
    """What the site keeps of one article."""
    data = article.meta.data
    path = article.source.name
    slug = data.get("slug")
    lang = data.get("lang")
    return Page(
        path=path,
        title=article.title,
        slug=slug if isinstance(slug, str) and slug else split(path)[1],
        aliases=_texts(data.get("aliases")),
        anchors=frozenset(_ids(article)),
        draft=is_draft(article),
        lang=lang if isinstance(lang, str) else "",
        shingles=_sketch(article.prose),
        stated=bool(data),
        targets=frozenset(
            link.target
            for link in article.links
            if link.target.startswith("/") and not (link.image or link.target.startswith("//"))
        ),
    )


def frozen(page: Page) -> tuple[str, bytes]:
    """The page as JSON, and the sketch of its body, which changes more often than the rest."""
    held = {f.name: getattr(page, f.name) for f in fields(page) if f.name != "shingles"}
    plain = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in held.items()}
    return json.dumps(plain, separators=(",", ":")), page.shingles


def thawed(kept: str, body: bytes) -> Page | None:
    """The page of such a JSON; None if it is not one."""
    try:
        held = json.loads(kept)
        lists = {k: kinds.texts(held[k]) for k in _LISTS}
        for key in ("path", "title", "slug", "lang"):
            kinds.text(held[key])
        for key in ("draft", "stated"):
            kinds.flag(held[key])
        sets = {k: frozenset(lists[k]) or _NONE for k in ("anchors", "targets")}
        return Page(**{**held, **sets, "aliases": tuple(lists["aliases"]), "shingles": body})
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None


def is_draft(article: Article) -> bool:
    """True for any `draft` that does not plainly say no: what is in doubt is not published."""
    stated = article.meta.data.get("draft")
    return bool(stated) and str(stated).lower() not in ("false", "no", "off", "n")


def split(path: str) -> tuple[str, str, str]:
    """(folder, stem, ending in lower case): "a/B.md" -> ("a", "B", ".md")."""
    folder, name = posixpath.split(path)
    ending = _ENDING.search(name)
    cut = ending.start() if ending and ending.start() else len(name)
    return folder, name[:cut], name[cut:].lower()


def _texts(value: object) -> tuple[str, ...]:
    """A text, or the texts of a list; what is neither is left to the metadata rules."""
    listed = value if isinstance(value, list) else [value]
    return tuple(x for x in listed if isinstance(x, str) and x.strip())


def _ids(article: Article) -> Iterator[str]:
    yield from anchors(article.events).values()
    yield from (e.text for e in article.events if e.tag == "heading" and e.text)
    yield from (found[1] for found in _HTML_ID.finditer(article.source.text))


def _sketch(prose: str) -> bytes:
    """The smallest hashes of the body's runs of five words (bottom-k MinHash), sorted, taken where
    a word's first letter says so: a quarter of the runs tells as much, and every page pays for
    this. Packed, since a site holds those of all its pages."""
    for mark in "’‘“”–—":
        prose = prose.replace(mark, " ")
    words = prose.casefold().encode().translate(_NO_PUNCTUATION).split()
    starts = (i for i, word in enumerate(words[: 1 - _SHINGLE]) if word[0] & 3 == 1)
    hashes = {zlib.crc32(b" ".join(words[i : i + _SHINGLE])) for i in starts}
    kept = sorted(hashes)[:_SKETCH] if len(hashes) >= _SHORT else []
    return struct.pack(f">{len(kept)}I", *kept)


def _hashes(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(packed) // 4}I", packed[: len(packed) // 4 * 4])


class Bodies:
    """Which of many pages may have nearly the body of one. What is held of a page are some 120
    bytes.

    Two sketches that are alike share more than _ALIKE of their hashes, so that, both in the same
    order, they share some of the first few (prefix filtering: Chaudhuri et al. 2006). The order is
    the rarest first: a passage that stands on every page, such as a disclaimer, brings none
    together, and what is compared does not grow with the square of the pages."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._paths = list(pages)
        self._often = array("I", [0]) * min(_MOST_COUNTS, 1 << (4 * len(pages)).bit_length() + 4)
        self._mask = len(self._often) - 1
        for page in pages.values():
            for one in _hashes(page.shingles):
                self._often[one & self._mask] += 1
        parts = [array("Q") for _ in range(_PARTS)]
        for place, page in enumerate(pages.values()):
            for one in self._rarest(page):
                parts[one % _PARTS].append(one << _PLACE | place)
        self._parts = [array("Q", sorted(part)) for part in parts]

    def sharing(self, page: Page) -> set[str]:
        """The paths of all pages that are `alike` to `page` and of some that are not."""
        rarest = self._rarest(page)
        shared: Counter[int] = Counter()
        for one in rarest:
            part = self._parts[one % _PARTS]
            start = bisect_left(part, one << _PLACE)
            end = bisect_left(part, (one + 1) << _PLACE, start)
            shared.update(held & _LAST for held in part[start:end])
        least = min(_MEETING, len(rarest))
        return {self._paths[place] for place, times in shared.items() if times >= least}

    def _rarest(self, page: Page) -> list[int]:
        """So many of a body's hashes, the rarest first, that a body alike to it shares _MEETING of
        its own such ones. How often a hash occurs is counted together with some others: any order
        will do if it is one for all."""
        often, mask = self._often, self._mask
        ordered = sorted(often[one & mask] << _PLACE | one for one in _hashes(page.shingles))
        least = int(_ALIKE * len(ordered)) + 1  # of an alike body at least so many are shared
        return [one & _LAST for one in ordered[: len(ordered) - least + _MEETING]]


def alike(one: Page, other: Page) -> bool:
    """True if two bodies are nearly the same."""
    ours, theirs = frozenset(_hashes(one.shingles)), frozenset(_hashes(other.shingles))
    # The estimate is no greater than this, which most pairs need not be sorted for.
    most = len(ours & theirs) / max(min(_SKETCH, len(ours | theirs)), 1)
    return most > _ALIKE and likeness(one, other) > _ALIKE


def likeness(one: Page, other: Page) -> float:
    """How alike two bodies are: their Jaccard index, 0 to 1, estimated."""
    ours, theirs = frozenset(_hashes(one.shingles)), frozenset(_hashes(other.shingles))
    shared = ours & theirs
    both = sorted(ours | theirs)[:_SKETCH]
    return sum(x in shared for x in both) / max(len(both), 1)
