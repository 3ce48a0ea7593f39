"""Articles that did not change since an earlier run are not parsed and judged again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import found
from .config import Config
from .digests import digest
from .found import Entry, Found
from .model import CrampError, Source
from .places import home_of, inside, name_of, named, wanted
from .read import data_of, decode, walk
from .report.result import Result

if TYPE_CHECKING:
    from .check import Selection
    from .model import Page
    from .rules import RuleSet
    from .site import Site
    from .workers import Judged

# All that judging needs and a run without changes does not: the rules, which of them run, and what
# slow libraries said before.
Means = Callable[[], "tuple[RuleSet, Selection, dict[str, Any]]"]
Along = Callable[[Collection[str]], Iterable[str]]

_MANY = 64  # articles; for fewer it does not pay to start processes
_FIRST = 16


class Done(NamedTuple):
    """`results` by the names of their articles; `files`: where these lie; `asked`: the paths that
    were walked; `judged`: how many articles were judged anew."""

    results: list[Result]
    problems: list[CrampError]
    files: Mapping[str, Path]
    asked: tuple[Path, ...]
    judged: int


class _Seen(NamedTuple):
    """An article as it lies there: its bytes, their digest, its page as JSON, what it links to, and
    what is kept of it, if that is of these bytes."""

    data: bytes
    digest: bytes
    page: str
    links: str
    kept: Entry | None


def again(
    paths: Sequence[Path],
    config: Config,
    store: Found,
    means: Means,
    *,
    told: bool = False,
    force: bool = False,
    along: Along = iter,
    jobs: int = 0,
) -> Done:
    """What is found in the articles among `paths`, as by `gather` and `judge`. `told`: their facts
    too. `along` shows how far the work has come. `jobs`: how many processes share the work, 0 for
    as many as can run at a time.

    Raises CrampError for a path that does not exist.
    """
    home = home_of(config)
    asked = tuple(paths) or home or (Path(),)
    walked = walk(asked, config.exclude, config.root, force=force)
    problems = list(walked.problems)
    before = store.entries()
    files = {name_of(file): file for file in walked.files}
    seen: dict[str, _Seen] = {}
    for name, file in files.items():
        try:
            seen[name] = _seen(file, name, before)
        except CrampError as error:
            problems.append(error)
    around = dict(_around(files, seen, config, home != asked, before))
    place = _Place(around | seen, config, means)
    sources = {name: decode(one.data, name) for name, one in seen.items()}
    known = {name: _known(one, sources[name], place, told=told) for name, one in seen.items()}
    new = {name: _page_only(one) for name, one in around.items() if one.kept is None}
    fresh = [name for name in sorted(seen) if known[name] is None]
    anew = _judged([(name, seen[name]) for name in fresh], place, told=told, jobs=jobs)
    results: list[Result] = []
    for name in along(sorted(seen)):
        one, result = seen[name], known[name]
        if result is None:
            judged = next(anew)
            new[name] = Entry(
                one.digest, one.page, one.links, place.signed, judged.asked, judged.found
            )
            result = found.result(new[name], sources[name])
            assert result is not None
        elif one.kept and one.kept.site != place.signed:
            new[name] = one.kept._replace(site=place.signed)
        results.append(result)
    store.keep(new, _gone(before, seen, around))
    return Done(results, problems, files, asked, len(fresh))


class _Place:
    """The site around the articles, made when first asked for."""

    def __init__(self, seen: Mapping[str, _Seen], config: Config, means: Means) -> None:
        self._seen, self._config, self._means = seen, config, means

    @cached_property
    def signed(self) -> bytes:
        """Stands for all pages of the site."""
        held = ((name, self._seen[name].page) for name in sorted(self._seen))
        return digest(*chain.from_iterable(held))

    @cached_property
    def means(self) -> tuple[RuleSet, Selection, dict[str, Any]]:
        return self._means()

    @cached_property
    def site(self) -> Site:
        from dataclasses import replace

        from .site import Site

        rules, _, kept = self.means
        pages = (_page(name, one) for name, one in self._seen.items())
        site = Site.of(pages, self._config.settings(), rules.data, kept)
        return replace(site, asked={})


def _seen(file: Path, name: str, before: Mapping[str, Entry]) -> _Seen:
    data = data_of(file, name)
    known = digest(data)
    kept = before.get(name)
    if kept is not None and kept.digest == known:
        return _Seen(data, known, kept.page, kept.links, kept)
    from .pages import page_of
    from .parse import parse

    article = parse(decode(data, name))
    links = json.dumps(wanted(article))
    return _Seen(data, known, found.page_json(page_of(article)), links, None)


def _page(name: str, one: _Seen) -> Page:
    known = found.page_of(one.page)
    if known is None:  # what was kept is damaged
        from .pages import page_of
        from .parse import parse

        return page_of(parse(decode(one.data, name)))
    return known


def _around(
    files: Mapping[str, Path],
    seen: Mapping[str, _Seen],
    config: Config,
    elsewhere: bool,
    before: Mapping[str, Entry],
) -> Iterator[tuple[str, _Seen]]:
    """The site's other articles. One that cannot be read is nobody's business here."""
    home = home_of(config)
    beside: list[Path] = []
    if elsewhere and any(inside(name, config.root) for name in files):
        beside += walk(home, config.exclude, config.root).files
    if not home:
        beside += named((name, found.texts(one.links)) for name, one in seen.items())
    for name, file in {name_of(file): file for file in beside}.items():
        if name not in files:
            try:
                yield name, _seen(file, name, before)
            except CrampError:
                continue


def _known(one: _Seen, source: Source, place: _Place, *, told: bool) -> Result | None:
    """What was found in the article before; None if that is not known, or may not hold."""
    if one.kept is None or not one.kept.found:
        return None
    if one.kept.site != place.signed and not found.holds(one.kept, place.site):
        return None
    result = found.result(one.kept, source)
    return None if result is None or (told and result.facts is None) else result


def _judged(
    seen: Sequence[tuple[str, _Seen]], place: _Place, *, told: bool, jobs: int
) -> Iterator[Judged]:
    """What is found in articles of which nothing is known, in their order."""
    if not seen:
        return
    from .workers import Work, available, judge_all, judge_one

    rules, selection, _ = place.means
    work = Work(rules, selection, place.site, told)
    processes = jobs or available()
    # What the first ones need compiled is not compiled by every process again.
    alone = len(seen) if processes < 2 or len(seen) < _MANY else _FIRST
    for name, one in seen[:alone]:
        yield judge_one(name, one.data, work)
    if alone < len(seen):
        yield from judge_all([(name, one.data) for name, one in seen[alone:]], work, processes)


def _page_only(one: _Seen) -> Entry:
    """What is kept of an article that was not judged."""
    return Entry(one.digest, one.page, one.links, b"", "[]", "")


def _gone(before: Mapping[str, Entry], *kept: Mapping[str, object]) -> list[str]:
    """Names of which nothing needs to be known: those whose files are gone, looked for when they
    may be many."""
    unseen = [name for name in before if not any(name in one for one in kept)]
    if len(unseen) * 2 <= len(before):
        return []
    return [name for name in unseen if not Path(name).exists()]
