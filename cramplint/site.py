"""All articles' facts -> what one article is judged against: the link graph, settings, tables.

A target is judged only where the corpus can know. A relative link to an article's file, a bare
anchor and an entry of `related` always are. A path of the site ("/x", "/blog/x", "x") is judged
where its first folder is the corpus's own: an article with front matter lives there, or half of
the links into it or more find one; or where a page has nearly that name. All else may be answered
by another part of the site, and is "unknown".
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Any, Literal, NamedTuple, TypeVar
from urllib.parse import unquote

from .digests import digest
from .model import Page, Settings
from .names import fold
from .pages import Bodies, alike, split
from .patterns import lazy

State = Literal["ok", "outside", "unknown", "empty", "draft", "case", "missing", "anchor"]

_ARTICLE = frozenset({".md", ".markdown", ".mdx", ".txt"})
_WEB = frozenset({".html", ".htm"})
_OUTSIDE = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2}|www\.", re.IGNORECASE)
_TEMPLATE = lazy(r"\{\{|\{%|\{#|<%|\$\{")
_SLASH = lazy("/")
# What browsers and renderers answer without a heading: the page's top, a text fragment, footnotes.
_GIVEN = lazy(r"top|:~:.*|(?:user-content-)?fn(?:ref)?[-:_]?\d+", re.IGNORECASE)
_NEAR, _VERY_NEAR = 72, 88  # likeness, 0 to 100: worth a hint; worth a verdict
_SURE = 90  # of the same: a title with a slip in it

_LONG = 200  # code points of a title or name that are compared
_DEEP = 30  # folders

# What is asked of the pages: a method of Site and the texts that it takes.
Question = tuple[str, ...]
Answer = TypeVar("Answer", bound="Resolved | Page | list[Page] | None")

# Key -> page, and the ends of keys -> page; of two pages with one name the first counts.
Names = tuple[dict[str, Page], dict[str, Page]]


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


def _key(path: str) -> str:
    """The form of a path that names are compared in: no ending, no "index", no outer slashes."""
    path = posixpath.normpath("/" + path).strip("/")
    folder, stem, ending = split(path)
    if ending not in _ARTICLE | _WEB:
        stem += path[len(path) - len(ending) :] if ending else ""
    return posixpath.join(folder, stem if stem != "index" else "").strip("/")


def _first(key: str) -> str:
    """The first folder of a key, "" for the top."""
    return key.split("/", 1)[0] if "/" in key else ""


@dataclass(frozen=True)
class Site:
    """`pages`: by path, relative to the site's root. `data`: the tables of `rules/data/`. `kept`:
    what slow checks worked out before, for `once`. `asked`: where it is a dict, what was asked of
    the pages, and the answers."""

    pages: Mapping[str, Page] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    data: Mapping[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    asked: dict[Question, Any] | None = None

    @staticmethod
    def of(
        pages: Iterable[Page],
        settings: Settings,
        data: Mapping[str, Any],
        kept: dict[str, Any] | None = None,
    ) -> Site:
        """The site of these pages, sorted by path; of two with one path the last counts."""
        by_path = {page.path: page for page in pages}
        ordered = {path: by_path[path] for path in sorted(by_path)}
        return Site(ordered, settings, data, {} if kept is None else kept)

    def once(
        self, name: str, text: str, work: Callable[[], Any], good: Callable[[Any], bool]
    ) -> Any:
        """What `work` gives: JSON that depends on `name` and `text` alone, so that it is worked out
        once, by this run or an earlier one. `good` tells whether what was kept is such a value.
        The last used stands last in `kept`."""
        key = f"{name} {digest(text).hex()}"
        value = self.kept.pop(key, None)
        self.kept[key] = value if value is not None and good(value) else work()
        return self.kept[key]

    def resolve(self, from_path: str, target: str) -> Resolved:
        """Where a link of the article `from_path` leads; `target` as written. Never raises."""
        return self._noted(("resolve", from_path, target), self._resolve(from_path, target))

    def _resolve(self, from_path: str, target: str) -> Resolved:
        target = target.strip()
        if not target:
            return Resolved("empty")
        if _OUTSIDE.match(target):
            return Resolved("outside")
        if _TEMPLATE.search(target):
            return Resolved("unknown")
        path, anchor = _split_off(target), unquote(target.partition("#")[2])
        if not path:
            return self._anchored(self.pages.get(from_path), anchor)
        ending = split(path)[2]
        keys = self._candidates(from_path, path, ending)
        if not keys:
            return Resolved("unknown", None, anchor)
        if keys[0] not in self._exact[0] and keys[0] in self._folders and ending not in _ARTICLE:
            # The home page is written by whoever publishes; other folders may have a list page.
            return Resolved("unknown" if keys[0] else "ok", None, anchor)
        if found := self._lookup(keys, loose=ending not in _ARTICLE or path.startswith("/")):
            return self._met(*found, anchor, from_path)
        if ending in _ARTICLE and not path.startswith("/"):
            return _missing(anchor, self._closest(split(path)[1], from_path))
        if (ending and ending not in _ARTICLE | _WEB) or len(self.pages) < 2:
            return Resolved("unknown", None, anchor)
        near = self._closest(keys[0].rpartition("/")[2], from_path)
        folder = _first(keys[0])
        named = near and near[1] >= _VERY_NEAR and self._answers(folder)
        if named or folder in self._own:
            return _missing(anchor, near)
        return Resolved("unknown", None, anchor)

    def related(self, from_path: str, entry: str) -> Resolved:
        """Where an entry of the front matter's `related` leads: a slug, a path or a title."""
        return self._noted(("related", from_path, entry), self._related(from_path, entry))

    def _related(self, from_path: str, entry: str) -> Resolved:
        entry = entry.strip()
        if not entry:
            return Resolved("empty")
        if title := self.by_title(entry):
            return Resolved("draft" if title.draft else "ok", title)
        if _OUTSIDE.match(entry) and not re.search(r"\s", entry):
            return Resolved("outside")
        path, anchor = _split_off(entry), unquote(entry.partition("#")[2])
        keys = [*self._candidates(from_path, path, split(path)[2]), _key(path)]
        if path and (found := self._lookup(keys, loose=True)):
            return self._met(*found, anchor, from_path)
        near = self._closest(split(path)[1], from_path) or self._closest(entry, from_path)
        return _missing(anchor, near)

    def by_title(self, title: str) -> Page | None:
        """The page of this title, case, quotes and dashes aside; a published one before a draft."""
        return self._noted(("by_title", title), self._titles.get(fold(title)))

    def nearest(self, text: str, but: str = "") -> Page | None:
        """The published page whose title or name is most like `text`, if any is; never `but`."""
        near = self._closest(text, but)
        return self._noted(("nearest", text, but), near[0] if near else None)

    def surest(self, text: str, but: str = "") -> Page | None:
        """The one published page whose title or name is `text` but for a slip; never `but`."""
        self._closest(text, but)
        near = [
            page
            for page, score in self._likely.get(fold(text[:_LONG]), ())
            if score >= _SURE and page.path != but
        ]
        sure = near[0] if len({page.path for page in near}) == 1 else None
        return self._noted(("surest", text, but), sure)

    def twins(self, page: Page) -> list[Page]:
        """The other published pages that have the title, the slug or nearly the body of `page`."""
        named = {
            p.path for n in (fold(page.title), fold(page.slug)) for p in self._spoken.get(n, ())
        }
        near = {p for p in self.sharing(page) if alike(page, self.pages[p])}
        paths = sorted((named | near) - {page.path})
        found = [self.pages[path] for path in paths if not self.pages[path].draft]
        return self._noted(("twins", page.path), found)

    def sharing(self, page: Page) -> set[str]:
        """The paths of pages that may have nearly the body of `page`, not one passage of it."""
        return self._bodies.sharing(page)

    def way(self, from_path: str, page: Page) -> str:
        """The relative path from one article's file to another's."""
        return posixpath.relpath("/" + page.path, posixpath.dirname("/" + from_path))

    def _noted(self, question: Question, answer: Answer) -> Answer:
        if self.asked is not None:
            self.asked[question] = answer
        return answer

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

    def _lookup(
        self, keys: Iterable[str], *, loose: bool, anywhere: bool = False
    ) -> tuple[Page, bool] | None:
        """The page under the first of `keys` that names one, and whether case agrees too. `loose`:
        a part of its path will do, and so will a folder in front where the site may serve it."""
        given = list(keys)
        new = [k for k in given if loose and "/" in k and _first(k) not in self._folders]
        served = [t for k in new if anywhere or self._answers(_first(k)) for t in _ends(k)]
        for names in (given, served) if loose else (given,):
            for exact in (True, False):
                for which in (0, 1) if loose else (0,):
                    for name in names:
                        if found := self._named(name, which, exact=exact):
                            return found, exact
        return None

    def _named(self, name: str, which: int, *, exact: bool) -> Page | None:
        """The page of a name (`which` 0) or of the end of one (1), as written or without case."""
        name = name if exact else name.casefold()
        return (not exact and self._folded[which].get(name)) or self._exact[which].get(name)

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
        if self.pages.keys() <= {but}:
            return None
        wanted = fold(text[:_LONG])
        if wanted not in self._likely:
            self._likely[wanted] = self._all_near(wanted)
        return next((near for near in self._likely[wanted] if near[0].path != but), None)

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
        folder = split(inside)[0]
        yield _key(inside)
        if split(inside)[1] != "index" or page.slug != "index":
            yield _key(posixpath.join(folder, page.slug))
        yield _key(page.path)
        yield from (_key(_split_off(alias)) for alias in page.aliases)

    @cached_property
    def _root(self) -> str:
        """The folder that holds all pages, "" if none does."""
        folders = [posixpath.dirname(path).split("/") for path in self.pages]
        levels = takewhile(lambda level: len(set(level)) == 1, zip(*folders, strict=False))
        return "/".join(level[0] for level in levels)

    @cached_property
    def _exact(self) -> Names:
        return self._tables(str)

    @cached_property
    def _folded(self) -> Names:
        """The same without case, where any name of that kind has some: few sites have many."""
        names = (name for page in self.pages.values() for name in self._names(page))
        every = (one for name in names for one in (name, *_ends(name)))
        return self._tables(str.casefold, {f for one in every if (f := one.casefold()) != one})

    def _tables(self, form: Callable[[str], str], only: Set[str] | None = None) -> Names:
        whole, parts = dict[str, Page](), dict[str, Page]()
        named = ((form(name), page) for page in self.pages.values() for name in self._names(page))
        for name, page in named:
            for table, key in ((whole, name), *((parts, end) for end in _ends(name))):
                if only is None or key in only:
                    table.setdefault(key, page)
        return whole, parts

    @cached_property
    def _folders(self) -> frozenset[str]:
        """Every folder that articles live in or under; "" is the top."""
        inside = (self._inside(path) for path in self.pages)
        return frozenset(
            {"", *(path[: at.start()] for path in inside for at in _SLASH.finditer(path))}
        )

    @cached_property
    def _asked(self) -> dict[str, list[bool]]:
        """First folder -> for each path in it that articles link to, whether one answers."""
        linked = {_split_off(t) for p in self.pages.values() for t in p.targets}
        asked: dict[str, list[bool]] = {}
        for key in sorted({_key(t) for t in linked if split(t)[2] in {"", *_ARTICLE, *_WEB}}):
            answer = self._lookup([key], loose=True, anywhere=True)
            asked.setdefault(_first(key), []).append(bool(answer))
        return asked

    def _answers(self, folder: str) -> bool:
        """False for a folder most links into which find no article: it is another site's."""
        found = self._asked.get(folder, [])
        return 2 * sum(found) >= len(found)

    @cached_property
    def _own(self) -> frozenset[str]:
        """The first folders whose paths the corpus answers for."""
        lived = {_first(n) for p in self.pages.values() if p.stated for n in self._names(p)}
        return frozenset(lived | {f for f, found in self._asked.items() if self._answers(f)})

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
            for name in {fold(page.title), fold(page.slug), fold(split(page.path)[1])} - {""}:
                if not page.draft:
                    spoken.setdefault(name, []).append(page)
        return spoken

    @cached_property
    def _bodies(self) -> Bodies:
        return Bodies(self.pages)


def _missing(anchor: str, near: tuple[Page, float] | None) -> Resolved:
    return Resolved("missing", None, anchor, near[0].path if near else "")


def _split_off(target: str) -> str:
    """The path of a target, decoded, without query and fragment."""
    return unquote(target.partition("#")[0].partition("?")[0])


def _ends(key: str) -> list[str]:
    """What stands behind each "/" of a key, the longest first; none of a key too deep."""
    return [key[at.end() :] for at in _SLASH.finditer(key)] if key.count("/") <= _DEEP else []
