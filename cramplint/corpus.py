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


@dataclass(frozen=True, slots=True)
class Corpus:
    """`articles`: those to judge, by name, sorted; `files`: where those that are files lie.
    `around`: pages that links may lead to but nobody asked to judge. `problems`: files that could
    not be read or parsed. `asked`: the paths that were walked. `kept`: what slow libraries said of
    texts before, and what they say now."""

    articles: Mapping[str, Article]
    files: Mapping[str, Path]
    around: tuple[Page, ...]
    problems: tuple[CrampError, ...]
    asked: tuple[Path, ...]
    kept: dict[str, Any] = field(default_factory=dict)

    def site(self, config: Config, rules: RuleSet) -> Site:
        pages = (*self.around, *map(page_of, self.articles.values()))
        return Site.of(pages, config.settings(), rules.data, self.kept)

    def having(self, articles: Mapping[str, Article]) -> Corpus:
        """The same corpus with some articles in a new state."""
        return replace(self, articles={**self.articles, **articles})


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
    articles: dict[str, Article] = {}
    every = {name_of(file): file for file in found.files if not changes or changes.counts(file)}
    files = {n: f for n, f in every.items() if not changes or changes.changed(f)}
    for name, file in files.items():
        try:
            articles[name] = parse(_read(file, name, changes))
        except CrampError as error:
            problems.append(error)
    problems += _lost(changes, asked)
    if typed:
        try:
            articles[typed.name] = parse(typed)
        except CrampError as error:
            problems.append(error)
        files.pop(typed.name, None)
    names = files.keys() | articles.keys()
    beside = [file for name, file in every.items() if name not in files]
    if home != asked and any(inside(name, config.root) for name in names):
        beside += walk(home, config.exclude, config.root).files
    if not home:
        beside += named((name, wanted(one)) for name, one in articles.items())
    if changes:
        beside = [file for file in beside if changes.counts(file)]
    around = _pages(beside, names, changes, store or Store(None))
    known = {} if kept is None else kept
    return Corpus(dict(sorted(articles.items())), files, around, tuple(problems), asked, known)


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
