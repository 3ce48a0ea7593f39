"""What a change caused: findings on its lines, those that were not there before it, and those that
it brought to articles that it did not touch, such as a link to a page that it renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from .baseline import alike, without
from .changes import Changes, Ranges
from .check import Selection
from .config import Config
from .corpus import Corpus
from .judging import judge
from .model import Article, CrampError, Page, Source
from .names import fold
from .pages import page_of, split
from .parse import parse
from .places import home_of, name_of
from .read import decode, excluded, read
from .report.result import Lines, Result
from .rules import RuleSet
from .site import Site


@dataclass(frozen=True)
class Cause:
    """The changes and the corpus after them."""

    corpus: Corpus
    changes: Changes
    config: Config
    rules: RuleSet
    selection: Selection

    def narrowed(self, results: Sequence[Result]) -> list[Result]:
        """The results of what changed, without the findings that were there before on lines that
        stayed the same."""
        return [self._narrowed(result) for result in results]

    def elsewhere(self, *, scored: bool = False) -> list[Result]:
        """What is new in articles that did not change; of each only that is reported."""
        found = []
        for article in self._touched():
            after = self._judged(article, self._site, told=scored)
            before = self._judged(article, self._former)
            new = without(after, alike(after, before))
            if new.checked.findings:
                found.append(new)
        return found

    def _narrowed(self, result: Result) -> Result:
        file = self.corpus.files.get(result.path)
        change = self.changes.files.get(os.path.realpath(file)) if file else None
        old = self._before.get(change.was) if change else None
        if change is None or old is None:
            return result
        known = alike(result, self._judged(old, self._former))
        source = result.source
        # A lone carriage return ends a line for us, and not for git.
        ranges = None if source.newline == "\r" else change.lines
        return without(result, {i for i in known if not _meets(result, i, ranges)})

    def _judged(self, article: Article, site: Site, *, told: bool = False) -> Result:
        return judge(article, self.rules, site, self.selection, scored=told).result(told=told)

    @cached_property
    def _site(self) -> Site:
        return self.corpus.site(self.config, self.rules)

    @cached_property
    def _before(self) -> Mapping[str, Article]:
        """Real path -> the article that was there."""
        names = {os.path.realpath(file): name for name, file in self.corpus.files.items()}
        found = {}
        for path, data in self.changes.before().items():
            if path not in names and not self._belongs(path):
                continue
            try:
                found[path] = parse(decode(data, names.get(path) or name_of(Path(path))))
            except CrampError:
                continue  # what could not be read then had no findings
        return found

    def _belongs(self, path: str) -> bool:
        """True if the walk would have found the file that was there."""
        homes = [os.path.realpath(home) for home in (*self.corpus.asked, *home_of(self.config))]
        inside = any(path == home or path.startswith(os.path.join(home, "")) for home in homes)
        return inside and not excluded(Path(path), self.config.exclude, self.config.root)

    @cached_property
    def _former(self) -> Site:
        """The site before the changes."""
        pages = (*self.corpus.around, *map(page_of, self._before.values()))
        return Site.of(pages, self.config.settings(), self.rules.data, self.corpus.kept)

    def _touched(self) -> Iterator[Article]:
        """The unchanged articles that use a name which a page has no more."""
        lost = set(self._lost())
        for page in self.corpus.around if lost else ():
            try:
                source = self._source(page)
                text = unquote(source.text)
                words = f" {fold(text)} "
                low = text.casefold()
                if any(one in (low if one[0] == "#" else words) for one in lost):
                    yield parse(source)
            except CrampError:
                continue  # it is not among what was asked for

    def _source(self, page: Page) -> Source:
        file = Path(page.path)
        return self.changes.source(file, page.path) or read(file, page.path)

    def _lost(self) -> Iterator[str]:
        """What pages were called before and are not now: folded words, or an anchor behind "#"."""
        now = {page.path: page for page in self.corpus.around}
        now |= self.corpus.articles.pages
        for path, article in self._before.items():
            old, new = page_of(article), now.get(name_of(Path(path)))
            stays = set(_names(new)) if new and new.draft <= old.draft else set()
            yield from (f" {name} " for name in set(_names(old)) - stays - {""})
            anchors = new.anchors if new else old.anchors
            yield from (f"#{anchor}".casefold() for anchor in old.anchors - anchors)


def _names(page: Page) -> Iterator[str]:
    """What a link or a list may call the page by, folded: the ends of its paths, its title."""
    yield fold(page.title)
    for path in (page.path, page.slug, *page.aliases):
        folder, stem, _ = split(unquote(path).strip("/"))
        yield fold(stem if stem != "index" else folder.rpartition("/")[2])


def _meets(result: Result, index: int, ranges: Ranges | None) -> bool:
    """True if the finding stands on a line of `ranges`; None is all lines."""
    if ranges is None:
        return True
    lines = Lines(result.source.text)
    span = result.checked.findings[index].span
    first = lines.place(span.start).line
    last = lines.place(max(span.end - 1, span.start)).line
    return any(first <= stop and start <= last for start, stop in ranges)
