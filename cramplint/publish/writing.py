"""Checked articles -> pages on disk: the gate, what changed, what goes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ..digests import digest
from ..model import SEVERITIES, CrampError
from ..outdir import OutDir, opened
from ..render.document import GENERATOR, dump
from ..render.theme import OURS, Theme
from ..seen import Along, unwatched
from ..site import Site
from ..store import Store
from .again import Before, Kept, entry_of
from .article import Item, Made
from .listing import site_files
from .local import GONE, placed, taken
from .names import MANIFEST, Wanted, files, judge_names, same
from .past import Past, listed, past, stands
from .shelf import Shelf

_SEEN = "name sha256 seen"
Make = Callable[[Sequence[Item], Shelf], Iterator[Made]]


class Withheld(NamedTuple):
    """An article that did not pass: `rules` that stopped it, with how often; `kept`: the page of
    its last good state is still there."""

    name: str
    rules: Mapping[str, int]
    kept: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `published`: articles whose page or document was written, by name;
    `unchanged`: those that were as they should be; `removed`: files of articles that are gone;
    `problems`: articles that could not be read or mended, whose pages stay as they are. `unspoken`:
    for each article that not all rules were run on, its language and how many were not. `left`:
    files of articles that are gone, which somebody changed since and which so stay. `uncopied`:
    files that pages show or lead to and that are not published: the article, the file, why."""

    published: tuple[str, ...]
    unchanged: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    removed: tuple[str, ...]
    drafts: tuple[str, ...]
    problems: tuple[CrampError, ...] = ()
    unspoken: tuple[tuple[str, int], ...] = ()
    left: tuple[str, ...] = ()
    uncopied: tuple[tuple[str, str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """True if there was no article at all."""
        return not (self.published or self.unchanged or self.withheld or self.drafts)


class Context(NamedTuple):
    """What is published into `out`, and how. `signed` stands for all that articles are called and
    lead to; `others`: name -> path of articles that exist but are not in this run, whose pages
    stay; `judged_by`: what the manifest says of that; `dry`: nothing is written; `along` shows how
    far the work is."""

    site: Site
    out: Path
    signed: bytes = b""
    fail_on: str = "error"
    site_name: str = ""
    others: Mapping[str, str] = MappingProxyType({})
    judged_by: Mapping[str, Any] = MappingProxyType({})
    store: Store = Store(None)
    dry: bool = False
    theme: Theme = OURS
    along: Along = unwatched


def write(items: Iterable[Item], make: Make, how: Context) -> Summary:
    """Write the pages of `items` that have no finding at or above the gate, and what belongs to
    all of them. Pages that would come out the same are not made again; `make` makes the others.
    Raises CrampError."""
    items = sorted(items, key=lambda item: (item.path, item.name))
    stops = {i.path: _stops(i, how.fail_on) for i in items if not i.draft}
    drafts = [item for item in items if item.draft]
    good = [item for item in items if stops.get(item.path) == {}]
    stopped = [item for item in items if stops.get(item.path)]
    _judge_names([*good, *stopped], how)
    with opened(how.out, dry=how.dry) as folder:
        last = past(folder)
        place = digest(str(folder.root)).hex()
        folder.trust({row[0]: row[1:] for row in how.store.rows("files", _SEEN, place)})
        folder.survey([*(f for item in good for f in files(item.path)), MANIFEST])
        waiting = {**how.others, **{item.name: item.path for item in stopped}}
        stay = {name: path for name, path in waiting.items() if stands(folder, last, path)}
        live = stay | {item.name: item.path for item in good}
        pages = {name: files(path)[0] for name, path in live.items()}
        shelf = Shelf(how.site, how.site_name, pages, how.theme)
        known, before, published = _made(good, make, shelf, folder, place, how)
        paths = (*stay.values(), *(item.path for item in good))
        outputs = {file: path for path in paths for file in files(path)}
        local = _still(folder, last, set(stay.values()))
        uncopied = _copy(folder, good, known, local)
        entries = [known[item.name].entry for item in good]
        entries += [json.dumps(one) for one in listed(folder, stay.values())] if stay else []
        outputs |= dict.fromkeys(_whole(entries, shelf, folder, before), "")
        gone = sorted(last.outputs.keys() - {*outputs, *local})
        removed = _drop(folder, gone, [*outputs, *local])
        withheld = [Withheld(i.name, stops[i.path], i.name in stay) for i in stopped]
        manifest = {
            "generator": GENERATOR,
            "version": 1,
            **how.judged_by,
            "outputs": {
                file: {"sha256": folder.hashes[file]} | ({"source": path} if path else {})
                for file, path in outputs.items()
            }
            | {
                file: {"sha256": folder.hashes[file], "for": sorted(paths)}
                for file, paths in local.items()
            },
            "drafts": [item.path for item in drafts],
            "withheld": [
                {"source": item.path, "rules": one.rules, "kept": one.kept}
                for item, one in zip(stopped, withheld, strict=True)
            ],
            "waived": [{"source": item.path, **said} for item in good for said in item.waived],
        }
        folder.land(MANIFEST, dump(manifest), lambda moves: how.along(moves, "Writing"))
        if not how.dry:
            before.keep()
            seen = [(place, *rest) for rest in folder.seen()]
            how.store.keep({"files": seen}, {"files": [(place, name) for name in removed]})
        return Summary(
            tuple(published),
            tuple(item.name for item in good if item.name not in set(published)),
            tuple(withheld),
            removed,
            tuple(item.name for item in drafts),
            left=tuple(folder.left),
            uncopied=tuple(uncopied),
        )


def _judge_names(items: Iterable[Item], how: Context) -> None:
    aliases = {name: page.aliases for name, page in how.site.pages.items()}
    judge_names(
        [Wanted(i.path, i.name, aliases.get(i.name, ())) for i in items],
        [Wanted(path, name, aliases.get(name, ())) for name, path in how.others.items()],
    )


def _made(
    good: Sequence[Item], make: Make, shelf: Shelf, folder: OutDir, place: str, how: Context
) -> tuple[dict[str, Kept], Before, list[str]]:
    """What is known of each page, old or new; where that is kept; and which articles have files
    that change."""
    asked = (part for name in sorted(shelf.pages) for part in (name, shelf.pages[name]))
    before = Before(how.store, place, shelf, folder, digest(how.signed, *asked))
    known = before.known(good)
    todo = [item for item in good if item.name not in known]
    published: list[str] = []
    made = make(todo, shelf)
    for item in how.along(todo, "Rendering"):
        fresh = next(made)
        known[item.name] = before.add(item, fresh)
        written = [folder.put(file, data) for file, data in fresh.files.items()]
        if any(written):
            published.append(item.name)
    return known, before, published


def _whole(entries: Iterable[str], shelf: Shelf, folder: OutDir, before: Before) -> Collection[str]:
    """See to the files that belong to all pages, and say which these are."""
    listed = sorted(entries)
    key = digest(before.basis, *listed)
    known = before.site(key)
    with suppress(CrampError):  # it is said again below, or what was kept is damaged
        folder.survey(known)
    if known and all(folder.hashes.get(file) == made for file, made in known.items()):
        return known.keys()
    whole = site_files([entry_of(one) for one in listed], shelf)
    folder.survey(whole)
    for file, data in whole.items():
        folder.put(file, data)
    before.add_site(key, {file: folder.hashes[file] for file in whole})
    return whole.keys()


def _stops(item: Item, fail_on: str) -> dict[str, int]:
    """The rules whose findings close the gate -> how many."""
    counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    found: Counter[str] = Counter()
    for rule, severity, number in item.rules:
        found[rule] += number * (severity in counted)
    return dict(sorted((+found).items()))


def _still(folder: OutDir, last: Past, stay: Set[str]) -> dict[str, set[str]]:
    """The images and files of pages that stay as they are -> which pages these are."""
    held = {
        file: {path for path in map(str, said["for"]) if path in stay}
        for file, said in last.outputs.items()
        if isinstance(said, dict) and isinstance(said.get("for"), list)
    }
    return {file: paths for file, paths in held.items() if paths and folder.holds(file)}


def _copy(
    folder: OutDir, good: Iterable[Item], known: Mapping[str, Kept], local: dict[str, set[str]]
) -> list[tuple[str, str, str]]:
    """Put the images and files of the articles beside their pages, add them to `local`, and say
    which could not be: (article, file, why)."""
    refused: list[tuple[str, str, str]] = []
    seen = {same(file): file for file in local}
    for item in good:
        for target, file in placed(item.path, known[item.name].local):
            data, why = taken(item.root, file) if item.root else (b"", "")
            if data and seen.setdefault(same(file), file) != file:
                data, why = (
                    b"",
                    f"its name is that of {seen[same(file)]} but for upper and lower case",
                )
            if data:
                folder.survey([file], {file: data})
                folder.put(file, data)
                local.setdefault(file, set()).add(item.path)
            elif why and not (why == GONE and target.startswith("/")):
                # The host may have it: what begins with "/" is seen from its top.
                refused.append((item.name, target, why))
    return refused


def _drop(folder: OutDir, gone: Iterable[str], made: Iterable[str]) -> tuple[str, ...]:
    """Let go what is no longer made, and say which files these are. Where case does not count, a
    file may be there under a new name."""
    twins = {same(file): file for file in made}
    apart = (f for f in gone if not ((twin := twins.get(same(f))) and folder.same(f, twin)))
    return tuple(file for file in apart if folder.drop(file))
