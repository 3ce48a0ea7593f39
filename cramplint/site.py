"""All articles' facts -> what one article is judged against: the link graph, settings, tables.

A target is judged only where the corpus can know. A relative link to an article's file, a bare
anchor and an entry of `related` always are. A path of the site ("/x", "/blog/x", "x") is judged
where its first folder is the corpus's own: an article with front matter lives there, or another
link into it resolves; or where a page has nearly that name. All else may be answered by another
part of the site, and is "unknown".
"""

from __future__ import annotations

import heapq
import posixpath
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import punctuation
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

from .model import Article, Page, Settings, anchors, fold

State = Literal["ok", "outside", "unknown", "empty", "draft", "case", "missing", "anchor"]

_ARTICLE = frozenset({".md", ".markdown", ".mdx", ".txt"})
_WEB = frozenset({".html", ".htm"})
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2}|www\.", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%|\{#|<%|\$\{")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,5}$")
_HTML_ID = re.compile(r"<[A-Za-z][^<>]{0,300}?\s(?:id|name)\s*=\s*[\"']?([^\s\"'<>]+)", re.I)
# What browsers and renderers answer without a heading: the page's top, a text fragment, footnotes.
_GIVEN = re.compile(r"top|:~:.*|(?:user-content-)?fn(?:ref)?[-:_]?\d+", re.IGNORECASE)
_NO_PUNCTUATION = bytes(32 if chr(i) in punctuation else i for i in range(256))
_SHINGLE = 5  # words
_SKETCH = 64  # hashes kept of a body: enough to tell 0.8 from 0.7, 4 KB a page
_SHORT = 8  # hashes: two bodies with fewer, some 30 words, may well be alike by chance
_LIKE = 8  # the smallest hashes of two bodies more alike than 0.8 meet within these
_NEAR, _VERY_NEAR = 72, 88  # likeness, 0 to 100: worth a hint; worth a verdict


class Resolved(NamedTuple):
    """Where a target leads.

    `state`: ok; outside (another site or scheme); unknown (the corpus cannot tell); empty (no
    target at all); draft (`page` is not published); case (`page` is meant, upper and lower case
    differ); missing (no such page); anchor (`page` is there, its `anchor` is not).
    `page` None with ok: the site's home. `anchor`: the decoded fragment, without "#".
    `hint`: the nearest page's path where it is missing, the nearest id where the anchor is; or "".
    """

    state: State
    page: Page | None = None
    anchor: str = ""
    hint: str = ""


def page_of(article: Article) -> Page:
    """What the site keeps of one article."""
    data = article.meta.data
    path = article.source.name
    slug = data.get("slug")
    lang = data.get("lang")
    return Page(
        path=path,
        title=article.title,
        slug=slug if isinstance(slug, str) and slug else _split(path)[1],
        aliases=_texts(data.get("aliases")),
        anchors=frozenset(_ids(article)),
        draft=data.get("draft") is True,
        lang=lang if isinstance(lang, str) else "",
        shingles=_sketch(article.prose),
        stated=bool(data),
        targets=frozenset(
            link.target
            for link in article.links
            if link.target.startswith("/") and not (link.image or link.target.startswith("//"))
        ),
    )


def _texts(value: object) -> tuple[str, ...]:
    """A text, or the texts of a list; what is neither is left to the metadata rules."""
    listed = value if isinstance(value, list) else [value]
    return tuple(x for x in listed if isinstance(x, str) and x.strip())


def _ids(article: Article) -> Iterator[str]:
    yield from anchors(article.events).values()
    yield from (e.text for e in article.events if e.tag == "heading" and e.text)
    yield from (found[1] for found in _HTML_ID.finditer(article.source.text))


def _sketch(prose: str) -> frozenset[int]:
    """The smallest hashes of the body's runs of five words (bottom-k MinHash), taken where a word's
    first letter says so: a quarter of the runs tells as much, and every page pays for this."""
    for mark in "’‘“”–—":
        prose = prose.replace(mark, " ")
    words = prose.casefold().encode().translate(_NO_PUNCTUATION).split()
    starts = (i for i, word in enumerate(words[: 1 - _SHINGLE]) if word[0] & 3 == 1)
    hashes = {zlib.crc32(b" ".join(words[i : i + _SHINGLE])) for i in starts}
    return frozenset(sorted(hashes)[:_SKETCH] if len(hashes) >= _SHORT else ())


def _split(path: str) -> tuple[str, str, str]:
    """(folder, stem, ending in lower case): "a/B.md" -> ("a", "B", ".md")."""
    folder, name = posixpath.split(path)
    ending = _ENDING.search(name)
    cut = ending.start() if ending and ending.start() else len(name)
    return folder, name[:cut], name[cut:].lower()


def _key(path: str) -> str:
    """The form of a path that names are compared in: no ending, no "index", no outer slashes."""
    path = posixpath.normpath("/" + path).strip("/")
    folder, stem, ending = _split(path)
    if ending not in _ARTICLE | _WEB:
        stem += path[len(path) - len(ending) :] if ending else ""
    return posixpath.join(folder, stem if stem != "index" else "").strip("/")


def _first(key: str) -> str:
    """The first folder of a key, "" for the top."""
    return key.split("/", 1)[0] if "/" in key else ""


@dataclass(frozen=True)
class Site:
    """`pages`: by path, relative to the site's root. `data`: the tables of `rules/data/`."""

    pages: Mapping[str, Page] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    data: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def of(pages: Iterable[Page], settings: Settings, data: Mapping[str, Any]) -> Site:
        """The site of these pages, sorted by path; of two with one path the last counts."""
        by_path = {page.path: page for page in pages}
        return Site({path: by_path[path] for path in sorted(by_path)}, settings, data)

    def resolve(self, from_path: str, target: str) -> Resolved:
        """Where a link of the article `from_path` leads; `target` as written. Never raises."""
        target = target.strip()
        if not target:
            return Resolved("empty")
        if _OUTSIDE.match(target):
            return Resolved("outside")
        if _TEMPLATE.search(target):
            return Resolved("unknown")
        path, _, fragment = target.partition("#")
        path, anchor = unquote(path.partition("?")[0]), unquote(fragment)
        if not path:
            return self._anchored(self.pages.get(from_path), anchor)
        ending = _split(path)[2]
        keys = self._candidates(from_path, path, ending)
        if not keys:
            return Resolved("unknown", None, anchor)
        if keys[0] not in self._exact[0] and keys[0] in self._folders and ending not in _ARTICLE:
            # The home page is written by whoever publishes; other folders may have a list page.
            return Resolved("unknown" if keys[0] else "ok", None, anchor)
        found = self._lookup(keys, loose=ending not in _ARTICLE or path.startswith("/"))
        if found:
            return self._met(*found, anchor, from_path)
        if ending in _ARTICLE and not path.startswith("/"):
            near = self._closest(_split(path)[1], from_path)
            return Resolved("missing", None, anchor, near[0].path if near else "")
        if (ending and ending not in _ARTICLE | _WEB) or len(self.pages) < 2:
            return Resolved("unknown", None, anchor)
        near = self._closest(keys[0].rpartition("/")[2], from_path)
        own = _first(keys[0]) in self._own
        if own or (near and near[1] >= _VERY_NEAR):
            return Resolved("missing", None, anchor, near[0].path if near else "")
        return Resolved("unknown", None, anchor)

    def related(self, from_path: str, entry: str) -> Resolved:
        """Where an entry of the front matter's `related` leads: a slug, a path or a title."""
        entry = entry.strip()
        if not entry:
            return Resolved("empty")
        if title := self.by_title(entry):
            return Resolved("draft" if title.draft else "ok", title)
        if _OUTSIDE.match(entry) and not re.search(r"\s", entry):
            return Resolved("outside")
        path, _, fragment = entry.partition("#")
        anchor = unquote(fragment)
        path = unquote(path.partition("?")[0])
        keys = [*self._candidates(from_path, path, _split(path)[2]), _key(path)]
        if path and (found := self._lookup(keys, loose=True)):
            return self._met(*found, anchor, from_path)
        near = self._closest(_split(path)[1], from_path) or self._closest(entry, from_path)
        return Resolved("missing", None, anchor, near[0].path if near else "")

    def by_title(self, title: str) -> Page | None:
        """The page of this title, case, quotes and dashes aside; a published one before a draft."""
        return self._titles.get(fold(title))

    def nearest(self, text: str, but: str = "") -> Page | None:
        """The published page whose title or name is most like `text`, if any is like it at all;
        never the page `but`."""
        near = self._closest(text, but)
        return near[0] if near else None

    def twins(self, page: Page) -> list[Page]:
        """The other published pages that have the title, the slug or part of the body of `page`."""
        named = [p for n in (fold(page.title), fold(page.slug)) for p in self._spoken.get(n, ())]
        few = heapq.nsmallest(_LIKE, page.shingles)
        paths = {p.path for p in named} | {p for one in few for p in self._bodies.get(one, ())}
        return [self.pages[p] for p in sorted(paths - {page.path}) if not self.pages[p].draft]

    @staticmethod
    def likeness(one: Page, other: Page) -> float:
        """How alike two bodies are: their Jaccard index, 0 to 1, estimated."""
        both = heapq.nsmallest(_SKETCH, one.shingles | other.shingles)
        return sum(x in one.shingles and x in other.shingles for x in both) / max(len(both), 1)

    def way(self, from_path: str, page: Page) -> str:
        """The relative path from one article's file to another's."""
        return posixpath.relpath("/" + page.path, posixpath.dirname("/" + from_path))

    def _candidates(self, from_path: str, path: str, ending: str) -> list[str]:
        """The keys that `path` may mean, the likeliest first; none if it leads out of it all."""
        if path.startswith("/"):
            return [_key(path)]
        here = self._inside(from_path)
        folders = [posixpath.dirname(here)]
        if ending not in _ARTICLE:  # a page may be served as a folder: /blog/a/ with ../b
            folders.append(_key(here))
        joined = (posixpath.normpath(posixpath.join(folder, path)) for folder in folders)
        return [_key(one) for one in joined if not (one + "/").startswith("../")]

    def _inside(self, path: str) -> str:
        """`path` relative to the folder that holds all pages."""
        root = self._root
        inside = path[len(root) + 1 :] if root and path.startswith(root + "/") else path
        return inside.lstrip("/")

    def _lookup(self, keys: Iterable[str], *, loose: bool) -> tuple[Page, bool] | None:
        """The page under the first of `keys` that names one, and whether case agrees too. `loose`:
        a part of its path will do, and so will a folder in front that the corpus does not know
        (the site serves it there)."""
        given = list(keys)
        served = [t for k in given if _first(k) not in self._folders for t in _ends(k)]
        for names in (given, served) if loose else (given,):
            for exact in (True, False):
                whole, parts = self._exact if exact else self._folded
                for table in (whole, parts) if loose else (whole,):
                    for name in names:
                        if found := table.get(name if exact else name.casefold()):
                            return found, exact
        return None

    def _met(self, page: Page, exact: bool, anchor: str, from_path: str) -> Resolved:
        if page.draft and page.path != from_path:
            return Resolved("draft", page, anchor)
        return self._anchored(page, anchor) if exact else Resolved("case", page, anchor, page.path)

    def _anchored(self, page: Page | None, anchor: str) -> Resolved:
        if page is None:
            return Resolved("unknown", None, anchor)
        if not anchor or anchor in page.anchors or _GIVEN.fullmatch(anchor):
            return Resolved("ok", page, anchor)
        folded = {one.casefold(): one for one in sorted(page.anchors)}
        hint = folded.get(anchor.casefold(), "")
        if not hint and folded:
            from rapidfuzz import fuzz, process

            near = process.extractOne(
                anchor.casefold(), list(folded), scorer=fuzz.ratio, score_cutoff=_NEAR
            )
            hint = folded[near[0]] if near else ""
        return Resolved("anchor", page, anchor, hint)

    def _closest(self, text: str, but: str) -> tuple[Page, float] | None:
        """The published page most like `text`, and how like (0 to 100)."""
        wanted = fold(text)
        if wanted not in self._likely:
            self._likely[wanted] = self._all_near(wanted)
        near = ((p, score) for p, score in self._likely[wanted] if p.path != but)
        return next(near, None)

    def _all_near(self, wanted: str) -> list[tuple[Page, float]]:
        """Published pages that are like `wanted` at all, and how like, the likest first."""
        if not wanted:
            return []
        from rapidfuzz import fuzz, process

        found = []
        for name, same, _ in process.extract(
            wanted, self._spoken.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_NEAR, limit=50
        ):
            # A title that merely contains the words is like them only so far as it adds little.
            score = (same + fuzz.token_sort_ratio(wanted, name)) / 2
            found += [(page, score) for page in self._spoken[name] if score >= _NEAR]
        return sorted(found, key=lambda near: -near[1])

    def _names(self, page: Page) -> Iterator[str]:
        """The keys of a page: its path, the same with its slug, its aliases."""
        inside = self._inside(page.path)
        folder = _split(inside)[0]
        yield _key(inside)
        if _split(inside)[1] != "index" or page.slug != "index":
            yield _key(posixpath.join(folder, page.slug))
        yield _key(page.path)
        yield from (_key(_split_off(alias)) for alias in page.aliases)

    @cached_property
    def _root(self) -> str:
        """The folder that holds all pages, "" if none does."""
        folders = [posixpath.dirname(path).split("/") for path in self.pages]
        shared = []
        for level in zip(*folders, strict=False):
            if len(set(level)) > 1:
                break
            shared.append(level[0])
        return "/".join(shared)

    @cached_property
    def _exact(self) -> tuple[dict[str, Page], dict[str, Page]]:
        """Key -> page, and the ends of keys -> page; of two with one name the first counts."""
        return self._tables(str)

    @cached_property
    def _folded(self) -> tuple[dict[str, Page], dict[str, Page]]:
        """The same with case folded."""
        return self._tables(str.casefold)

    def _tables(self, form: Callable[[str], str]) -> tuple[dict[str, Page], dict[str, Page]]:
        whole: dict[str, Page] = {}
        parts: dict[str, Page] = {}
        for page in self.pages.values():
            for name in map(form, self._names(page)):
                whole.setdefault(name, page)
                for end in _ends(name):
                    parts.setdefault(end, page)
        return whole, parts

    @cached_property
    def _folders(self) -> frozenset[str]:
        """Every folder that articles live in or under; "" is the top."""
        folders = {""}
        for path in self.pages:
            folder = posixpath.dirname(self._inside(path))
            while folder not in folders:
                folders.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(folders)

    @cached_property
    def _own(self) -> frozenset[str]:
        """The first folders whose paths the corpus answers for."""
        lived = {_first(n) for p in self.pages.values() if p.stated for n in self._names(p)}
        linked = {_key(_split_off(t)) for p in self.pages.values() for t in p.targets}
        return frozenset(lived | {_first(k) for k in linked if self._lookup([k], loose=True)})

    @cached_property
    def _titles(self) -> dict[str, Page]:
        titles: dict[str, Page] = {}
        for page in sorted(self.pages.values(), key=lambda p: p.draft):
            if name := fold(page.title):
                titles.setdefault(name, page)
        return titles

    @cached_property
    def _likely(self) -> dict[str, list[tuple[Page, float]]]:
        """What was asked for before: one lost title stands below many articles."""
        return {}

    @cached_property
    def _spoken(self) -> dict[str, list[Page]]:
        """Folded titles and slugs of published pages -> pages."""
        spoken: dict[str, list[Page]] = {}
        for page in self.pages.values():
            for name in {fold(page.title), fold(page.slug), fold(_split(page.path)[1])} - {""}:
                if not page.draft:
                    spoken.setdefault(name, []).append(page)
        return spoken

    @cached_property
    def _bodies(self) -> dict[int, list[str]]:
        """A small hash of a body -> the paths of the pages that have it among their smallest."""
        bodies: dict[int, list[str]] = {}
        for page in self.pages.values():
            for one in heapq.nsmallest(_LIKE, page.shingles):
                bodies.setdefault(one, []).append(page.path)
        return bodies


def _split_off(target: str) -> str:
    """The path of a target, decoded, without query and fragment."""
    return unquote(target.partition("#")[0].partition("?")[0])


def _ends(key: str) -> list[str]:
    """What stands behind each "/" of a key, the longest first."""
    return [key[at.end() :] for at in re.finditer("/", key)]
