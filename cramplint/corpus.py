"""Paths -> articles and the site around them: what `check` and `publish` both start from."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .check import Selection, check
from .config import Config
from .fix import fix
from .model import Article, CrampError, Page, Source
from .pages import page_of
from .parse import parse
from .read import read, walk
from .report.result import Result
from .rules import RuleSet
from .site import Site
from .understand import understand


@dataclass(frozen=True, slots=True)
class Corpus:
    """`articles`: those to judge, by name, sorted; `files`: where those that are files lie.
    `around`: pages that links may lead to but nobody asked to judge. `problems`: files that could
    not be read or parsed. `asked`: the paths that were walked."""

    articles: Mapping[str, Article]
    files: Mapping[str, Path]
    around: tuple[Page, ...]
    problems: tuple[CrampError, ...]
    asked: tuple[Path, ...]

    def site(self, config: Config, rules: RuleSet) -> Site:
        pages = (*self.around, *map(page_of, self.articles.values()))
        return Site.of(pages, config.settings(), rules.data)

    def having(self, articles: Mapping[str, Article]) -> Corpus:
        """The same corpus with some articles in a new state."""
        return replace(self, articles={**self.articles, **articles})


def gather(
    paths: Sequence[Path], config: Config, typed: Source | None = None, folder: Path = Path()
) -> Corpus:
    """The articles among `paths` (default: those of the configuration, else `articles/`, else
    `folder`) and `typed`, which is no file, and the site that they belong to.

    Raises CrampError for a path that does not exist.
    """
    home = _home(config)
    asked = tuple(paths) or (() if typed else home or (folder,))
    found = walk(asked, config.exclude, config.root)
    problems = list(found.problems)
    articles: dict[str, Article] = {}
    files = {_name(file): file for file in found.files}
    for name, file in files.items():
        try:
            articles[name] = parse(read(file, name))
        except CrampError as error:
            problems.append(error)
    if typed:
        try:
            articles[typed.name] = parse(typed)
        except CrampError as error:
            problems.append(error)
        files.pop(typed.name, None)
    names = files.keys() | articles.keys()
    inside = any(_inside(name, config.root) for name in names)
    around = _pages(home, config, names) if inside and asked != home else ()
    return Corpus(dict(sorted(articles.items())), files, around, tuple(problems), asked)


def judge(article: Article, rules: RuleSet, site: Site, selection: Selection) -> Result:
    """What the selected rules find in one article."""
    reading = understand(article, rules.data)
    return Result(reading, check(reading, rules, site, selection))


def mend(
    article: Article, rules: RuleSet, site: Site, selection: Selection, *, unsafe: bool = False
) -> Article:
    """The article after its fixes have settled; the same object if there was nothing to mend.
    Raises CrampError for a fix that changes words or never settles."""
    done = fix(
        article.source,
        lambda source: judge(parse(source), rules, site, selection).checked.findings,
        unsafe=unsafe,
    )
    return article if done.source == article.source else parse(done.source)


def _home(config: Config) -> tuple[Path, ...]:
    """Where the site's articles live."""
    usual = config.root / "articles"
    return config.paths or ((usual,) if usual.is_dir() else ())


def _pages(
    home: Sequence[Path], config: Config, but: frozenset[str] | set[str]
) -> tuple[Page, ...]:
    """The site's other articles. One that cannot be read is nobody's business here."""
    pages = []
    for file in walk(home, config.exclude, config.root).files:
        name = _name(file)
        if name not in but:
            try:
                pages.append(page_of(parse(read(file, name))))
            except CrampError:
                continue
    return tuple(pages)


def _name(file: Path) -> str:
    """What reports call a file: its path from the working folder if it lies inside, else in full.
    Bytes of a name that are not UTF-8 are written out."""
    whole, here = os.path.abspath(file), os.path.join(os.getcwd(), "")
    name = whole.removeprefix(here).replace(os.sep, "/")
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _inside(name: str, root: Path) -> bool:
    return os.path.join(os.path.realpath(name), "").startswith(
        os.path.join(os.path.realpath(root), "")
    )
