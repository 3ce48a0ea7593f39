"""The articles that there are, and the site around them. Those whose bytes were seen before are not
parsed; how others are judged by what they say of themselves is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from . import found
from .config import Config
from .digests import digest
from .model import CrampError
from .pages import alike, thawed
from .places import home_of, inside, name_of, named, wanted
from .read import data_of, decode, walk
from .store import Row, Store

if TYPE_CHECKING:
    from datetime import date

    from .check import Selection
    from .model import Page
    from .rules import RuleSet
    from .site import Site

# All that judging needs and a run without changes does not: the rules, which of them run, and what
# slow libraries said before.
Means = Callable[[], "tuple[RuleSet, Selection, dict[str, Any]]"]

T = TypeVar("T")

_HALF = 16  # bytes of a digest
_BEHIND = "\U0010ffff"  # stands behind all names
_HELD = 4_000_000  # bytes of articles that are held; others are read again when they are needed
_FEW = 1000  # names whose files are looked for at any rate
USUAL = 8000  # bytes that an article has if nobody knows
_KNOWN = "name digest page body links"


class Along(Protocol):
    """Gives the items one by one, to tell how far the work of a label is."""

    def __call__(self, items: Collection[T], label: str, /) -> Iterable[T]: ...


def unwatched(items: Collection[T], label: str) -> Iterable[T]:
    """Where nobody is told."""
    return items


class Seen(NamedTuple):
    """An article as it lies there: its `file`, the digest of its bytes, its page as JSON and the
    sketch of its body, what it links to, and its bytes: b"" where they are not held."""

    file: Path
    digest: bytes
    page: str
    body: bytes
    links: str
    data: bytes

    def judged_on(self, day: date | None) -> bytes:
        """Stands for the bytes and the day on which they are judged."""
        return self.digest + str(day).encode()

    def bytes_of(self, name: str) -> bytes:
        """Raises CrampError if the file is not what it was."""
        data = self.data or data_of(self.file, name)
        if not self.data and digest(data) != self.digest:
            raise CrampError("was changed while it was read", name, "run it again")
        return data

    def page_of(self, name: str) -> Page:
        from .pages import page_of

        known = thawed(self.page, self.body)
        if known is None or known.path != name:  # what was kept is damaged
            from .parse import parse

            return page_of(parse(decode(self.bytes_of(name), name)))
        return known


class Looked(NamedTuple):
    """`seen`: the articles that were asked for, by name, sorted; `around`: the site's others;
    `files`: of all that were asked for, with those that cannot be read; `former`: those that
    changed, as they were before. `asked`: the paths that were walked."""

    seen: Mapping[str, Seen]
    around: Mapping[str, Seen]
    files: Mapping[str, Path]
    former: Mapping[str, Seen]
    problems: list[CrampError]
    asked: tuple[Path, ...]

    @property
    def every(self) -> dict[str, Seen]:
        return {**self.around, **self.seen}


def look(
    paths: Sequence[Path],
    config: Config,
    store: Store,
    *,
    force: bool = False,
    along: Along = unwatched,
) -> Looked:
    """The articles among `paths`, as `gather` finds them; what is new of them is kept. `along`
    shows how far the work has come. Raises CrampError for a path that does not exist."""
    home = home_of(config)
    asked = tuple(paths) or home or (Path(),)
    walked = walk(asked, config.exclude, config.root, force=force)
    reader = Reader(store, linked=not home)
    problems = list(walked.problems)
    seen: dict[str, Seen] = {}
    files = dict(sorted((name_of(file), file) for file in walked.files))
    for name in along(files.keys(), "Reading"):
        try:
            seen[name] = reader.seen(files[name], name)
        except CrampError as error:
            problems.append(error)
    around = {}
    for name, file in _beside(files.keys(), seen, config, elsewhere=home != asked):
        try:
            around[name] = reader.seen(file, name)
        except CrampError:  # nobody's business here
            continue
    gone = reader.gone(seen.keys() | around.keys())
    store.keep({"articles": reader.new})
    store.forget(gone)
    return Looked(seen, around, files, reader.former, problems, asked)


def _beside(
    names: Collection[str], seen: Mapping[str, Seen], config: Config, *, elsewhere: bool
) -> Iterator[tuple[str, Path]]:
    """The site's other articles."""
    home = home_of(config)
    beside: list[Path] = []
    if elsewhere and any(inside(name, config.root) for name in names):
        beside += walk(home, config.exclude, config.root).files
    if not home:
        linked = ((name, found.texts(one.links)) for name, one in seen.items())
        beside += named(linked, names)
    for name, file in {name_of(file): file for file in beside}.items():
        if name not in names:
            yield name, file


class Reader:
    """Reads articles; `new`: rows of those that were not known. `linked`: what articles link to is
    asked for."""

    def __init__(self, store: Store, *, linked: bool = False) -> None:
        self._known = {row[0]: row for row in store.rows("articles", _KNOWN)}
        self._linked = linked
        self._room = _HELD
        self.new: list[Row] = []
        self.former: dict[str, Seen] = {}

    def seen(self, file: Path, name: str) -> Seen:
        """Raises CrampError for what cannot be read or parsed."""
        data = data_of(file, name)
        known, made = self._known.get(name), digest(data)
        self._room -= len(data)
        held = data if self._room > 0 else b""
        if known is not None and known[1] == made:
            _, _, page, body, links = known
            return Seen(file, made, page, body, links if self._linked else "", held)
        from .pages import frozen, page_of
        from .parse import parse

        article = parse(decode(data, name))
        page, body = frozen(page_of(article))
        links = json.dumps(wanted(article))
        self.new.append((name, made, page, body, links))
        if known is not None:
            self.former[name] = Seen(file, known[1], known[2], known[3], "", b"")
        return Seen(file, made, page, body, links, held)

    def gone(self, there: Collection[str]) -> list[str]:
        """Names of which nothing needs to be known: those whose files are gone, looked for if they
        are not too many."""
        unseen = [name for name in self._known if name not in there]
        few = len(unseen) <= max(len(there), _FEW)
        return [name for name in unseen if not Path(name).exists()] if few else []


class Ground:
    """The pages of a site; the site itself is made when first asked for."""

    def __init__(
        self,
        seen: Mapping[str, Seen],
        config: Config,
        means: Means,
        former: Mapping[str, Seen] | None = None,
    ) -> None:
        """`former`: those that changed, as they were before."""
        self._seen, self._config, self._means = seen, config, means
        self._former = {n: one for n, one in (former or {}).items() if n in seen}

    @cached_property
    def signed(self) -> bytes:
        """Stands for all pages: its first half for what they are called and lead to, the second for
        their bodies."""
        return _signed(self._seen)

    @cached_property
    def _then(self) -> bytes:
        """The same for the site as it was before."""
        return _signed({**self._seen, **self._former}) if self._former else b""

    @cached_property
    def _touched(self) -> set[str]:
        """The articles that are nearly the same as others and were not, or the other way round."""
        touched = set(self._former)
        for name, one in self._former.items():
            old, new = thawed(one.page, one.body), self.site.pages[name]
            if old is None:
                continue
            for other in self.site.sharing(old) | self.site.sharing(new):
                page = self.site.pages[other]
                if alike(page, old) != alike(page, new):
                    touched.add(other)
        return touched

    @cached_property
    def site(self) -> Site:
        from .site import Site

        rules, _, kept = self._means()
        return Site(Pages(self._seen), self._config.settings(), rules.data, kept, asked={})

    @property
    def links(self) -> bytes:
        """Stands for what all pages are called and lead to."""
        return self.signed[:_HALF]

    def holds(self, name: str, then: bytes, asked: Callable[[str], str]) -> bool:
        """True if what was `asked` by the article of that name of the site as it was `then` would
        be answered the same."""
        if then == self.signed:
            return True
        bodies = then[:_HALF] == self.links
        if bodies and then == self._then and name not in self._touched:
            return True
        good = found.holds(asked(name), self.site, bodies=bodies)
        (self.site.asked or {}).clear()
        return good


def _signed(seen: Mapping[str, Seen]) -> bytes:
    names = sorted(seen)
    links = digest(*chain.from_iterable((name, seen[name].page) for name in names))
    return links + digest(*(seen[name].body for name in names))


class Pages(Mapping[str, "Page"]):
    """The pages of articles that were seen, by name, sorted; each is made when first asked for."""

    def __init__(self, seen: Mapping[str, Seen]) -> None:
        self._seen = {name: seen[name] for name in sorted(seen)}
        self._made: dict[str, Page] = {}

    def __getitem__(self, name: str) -> Page:
        if name not in self._made:
            self._made[name] = self._seen[name].page_of(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._seen)

    def __len__(self) -> int:
        return len(self._seen)

    def __contains__(self, name: object) -> bool:
        return name in self._seen


class Asked:
    """What articles asked of the site, as a `column` of a `table` has it."""

    def __init__(self, store: Store, table: str, column: str, place: str = "") -> None:
        self._rows = store.rows(table, f"name {column}", place)
        self._now: Row = ("", "[")

    def of(self, name: str) -> str:
        """To be called with names in their order; what no list can be where nothing is known."""
        while self._now[0] < name:
            self._now = next(self._rows, (_BEHIND, "["))
        return str(self._now[1]) if self._now[0] == name else "["


class Standing(NamedTuple):
    """`names` of which what is kept still holds; `moved`: rows that say so for the site as it is
    now."""

    names: set[str]
    moved: list[Row]


def standing(
    store: Store,
    place: str,
    made_of: Mapping[str, bytes],
    signed: bytes,
    holds: Callable[[str, bytes], bool],
) -> Standing:
    """The articles of which what is kept in `place` holds: it was `made_of` the same, and the site
    is the same, or `holds` (name, site then) says that its answers are."""
    good: set[str] = set()
    moved: list[Row] = []
    for name, known, site in store.rows("held", "name digest site", place):
        if made_of.get(name) != known:
            continue
        if site != signed:
            if not holds(name, site):
                continue
            moved.append((place, name, known, signed))
        good.add(name)
    return Standing(good, moved)
