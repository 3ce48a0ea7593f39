"""Paths -> articles and the site around them: what `check` and `publish` both start from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .config import Config
from .model import Article, CrampError, Page, Source
from .pages import page_of
from .parse import parse
from .places import home_of, inside, name_of, named, wanted
from .read import left_out, read, walk
from .rules import RuleSet
from .seen import Reader
from .site import Site
from .store import Store

if TYPE_CHECKING:
    from .changes import Changes


class Articles(Mapping[str, Article]):
    """Articles by name, sorted. An article weighs a hundred times its text: what is held are the
    `sources` and the `pages`, and each article is parsed anew when it is asked for."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self.sources: dict[str, Source] = {}
        self.pages: dict[str, Page] = {}
        self._last: Article | None = None
        for article in articles:
            self.add(article)

    def add(self, article: Article) -> None:
        """Another one, or another state of one."""
        name = article.source.name
        self.sources[name], self.pages[name] = article.source, page_of(article)
        self._last = article

    def __getitem__(self, name: str) -> Article:
        source = self.sources[name]
        if self._last is None or self._last.source is not source:
            self._last = None  # one at a time
            self._last = parse(source)
        return self._last

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.sources))

    def __len__(self) -> int:
        return len(self.sources)


@dataclass(frozen=True, slots=True)
class Corpus:
    """`articles`: those to judge; `files`: where those that are files lie.
    `around`: pages that links may lead to but nobody asked to judge. `problems`: files that could
    not be read or parsed. `asked`: the paths that were walked. `kept`: what slow libraries said of
    texts before, and what they say now."""

    articles: Articles
    files: Mapping[str, Path]
    around: tuple[Page, ...]
    problems: tuple[CrampError, ...]
    asked: tuple[Path, ...]
    kept: dict[str, Any] = field(default_factory=dict)

    def site(self, config: Config, rules: RuleSet) -> Site:
        pages = (*self.around, *self.articles.pages.values())
        return Site.of(pages, config.settings(), rules.data, self.kept)

    def having(self, sources: Iterable[Source]) -> Corpus:
        """The same corpus with some articles in a new state."""
        articles = Articles()
        articles.sources, articles.pages = {**self.articles.sources}, {**self.articles.pages}
        for source in sources:
            articles.add(parse(source))
        return replace(self, articles=articles)


def gather(
    paths: Sequence[Path],
    config: Config,
    typed: Source | None = None,
    folder: Path = Path(),
    *,
    store: Store | None = None,
    kept: dict[str, Any] | None = None,
    force: bool = False,
    changes: Changes | None = None,
) -> Corpus:
    """The articles among `paths` (default: those of the configuration, else `articles/`, else
    `folder`) and `typed`, which is no file, and the site that they belong to. `store`: what is
    kept there of the site's other articles serves as long as their files are the same. `kept`: what
    slow libraries said of texts before; what they say now is added. `force`: files that are named
    are left out like those that are found. With `changes` only what changed is judged, the others
    of `paths` are part of the site.

    Raises CrampError for a path that does not exist.
    """
    home = home_of(config)
    asked = tuple(paths) or (() if typed else home or (folder,))
    found = walk(asked, config.exclude, config.root, force=force)
    problems = list(found.problems)
    articles, linked = Articles(), dict[str, list[str]]()
    every = {name_of(file): file for file in found.files if not changes or changes.counts(file)}
    files = {n: f for n, f in every.items() if not changes or changes.changed(f)}
    for name, file in files.items():
        try:
            articles.add(one := parse(_read(file, name, changes)))
        except CrampError as error:
            problems.append(error)
        else:
            linked[name] = [] if home else wanted(one)
    problems += _lost(changes, asked)
    if typed:
        try:
            articles.add(one := parse(typed))
        except CrampError as error:
            problems.append(error)
        else:
            linked[typed.name] = [] if home else wanted(one)
        files.pop(typed.name, None)
    names = files.keys() | articles.keys()
    beside = [file for name, file in every.items() if name not in files]
    if home != asked and any(inside(name, config.root) for name in names):
        beside += walk(home, config.exclude, config.root).files
    if not home:
        beside += named(linked.items(), names)
    if changes:
        beside = [file for file in beside if changes.counts(file)]
    around = _pages(beside, names, changes, store or Store(None))
    known = {} if kept is None else kept
    return Corpus(articles, files, around, tuple(problems), asked, known)


class Listed(NamedTuple):
    """`files`: what would be judged, by name, sorted; `left`: (name, why) of the rest; `problems`:
    folders that could not be entered."""

    files: Mapping[str, Path]
    left: tuple[tuple[str, str], ...]
    problems: tuple[CrampError, ...]


def listed(
    paths: Sequence[Path],
    config: Config,
    folder: Path = Path(),
    *,
    force: bool = False,
    changes: Changes | None = None,
) -> Listed:
    """The files that `gather` takes; none is read. Raises CrampError as `gather` does."""
    asked = tuple(paths) or home_of(config) or (folder,)
    found = walk(asked, config.exclude, config.root, force=force)
    named = {name_of(file): file for file in found.files}
    same = [
        n for n, f in named.items() if changes and not (changes.counts(f) and changes.changed(f))
    ]
    skipped = left_out(asked, found.files, config.exclude, config.root)
    left = [*((name_of(Path(p)) + "/" * p.endswith("/"), why) for p, why in skipped)]
    left += [(name, f"unchanged since {changes.since}") for name in same if changes]
    files = {name: file for name, file in sorted(named.items()) if name not in set(same)}
    return Listed(files, tuple(sorted(left)), found.problems)


def _read(file: Path, name: str, changes: Changes | None) -> Source:
    """The file, or what stands for it. Raises CrampError."""
    held = changes.source(file, name) if changes else None
    return held or read(file, name)


def _lost(changes: Changes | None, asked: Iterable[Path]) -> Iterator[CrampError]:
    """What would have to be judged, and is where no walk finds it."""
    homes = [os.path.realpath(path) for path in asked]
    for path in changes.lost() if changes else ():
        if any(path == home or path.startswith(os.path.join(home, "")) for home in homes):
            todo = "put it back, or unstage it"
            yield CrampError("is staged, and not in the work tree", name_of(Path(path)), todo)


def _pages(
    files: Sequence[Path], but: Set[str], changes: Changes | None, store: Store
) -> tuple[Page, ...]:
    """The site's other articles. One that cannot be read is nobody's business here."""
    found: dict[str, Page] = {}
    reader = Reader(store)
    for file in files:
        name = name_of(file)
        if name in but or name in found:
            continue
        try:
            held = changes.source(file, name) if changes else None
            page = page_of(parse(held)) if held else reader.seen(file, name).page_of(name)
        except CrampError:
            continue
        found[name] = page
    store.keep({"articles": reader.new})
    return tuple(found.values())
