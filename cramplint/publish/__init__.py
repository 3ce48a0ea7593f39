"""Checked articles -> pages on disk: the gate, the links between pages, whole files or nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from .. import cache
from ..check import Selection
from ..config import Config
from ..corpus import Corpus
from ..judging import Judged, judge, mend
from ..model import SEVERITIES, Article, CrampError, Finding, Suppression
from ..outdir import OutDir, opened
from ..render.document import GENERATOR, dump
from ..render.theme import OURS, Theme
from ..report.result import Result
from ..rules import RuleSet
from ..site import Site
from ..suppression import ended, suppressions, waived
from .again import entry_again, frozen, key, signature
from .article import Item, made
from .listing import site_files
from .local import GONE, placed, taken
from .names import MANIFEST, Wanted, files, judge_names, same
from .past import Past, past, stands
from .record import said_of
from .shelf import Shelf

if TYPE_CHECKING:
    from datetime import date


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
    `problems`: articles that could not be read or mended, whose pages stay as they are. `results`:
    of all that were checked, after their safe fixes. `left`: files of articles that are gone, which
    somebody changed since and which so stay. `uncopied`: files that pages show or lead to and that
    are not published: the article, the file, why."""

    published: tuple[str, ...]
    unchanged: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    removed: tuple[str, ...]
    drafts: tuple[str, ...]
    problems: tuple[CrampError, ...] = ()
    results: tuple[Result, ...] = ()
    left: tuple[str, ...] = ()
    uncopied: tuple[tuple[str, str, str], ...] = ()


def publish(
    corpus: Corpus,
    config: Config,
    rules: RuleSet,
    selection: Selection,
    out: Path,
    along: Callable[[Collection[str]], Iterable[str]] = iter,
    *,
    cached: bool = False,
    dry: bool = False,
    theme: Theme = OURS,
) -> Summary:
    """Mend, check and write all articles of `corpus`; its files stay as they are. `along` is given
    the names of the articles and gives them back one by one, to tell how far the work is. With
    `cached` what is kept of earlier runs spares what would come out the same; with `dry` nothing is
    written. `theme`: what pages are drawn by.

    Raises CrampError, before anything is written, for names that collide or cannot be used and for
    places that must not be written to; and for what the disk refuses.
    """
    homes = [*(config.paths or (config.root / "articles",)), *corpus.asked]
    problems = list(corpus.problems)
    mended: dict[str, Article] = {}
    results: dict[str, Judged] = {}
    site = corpus.site(config, rules)
    for name in along(corpus.articles.keys()):
        article = corpus.articles[name]
        result = judge(article, rules, site, selection, scored=True)
        safe_ones = [f for f in result.checked.findings if f.fix and f.fix.safety == "safe"]
        try:
            mended[name] = mend(article, rules, site, selection).article if safe_ones else article
            results[name] = result
        except CrampError as error:
            problems.append(error)
    if any(mended[name] is not corpus.articles[name] for name in mended):
        # What one article says may change what is found in another.
        site = corpus.having(mended).site(config, rules)
        results = {n: judge(a, rules, site, selection, scored=True) for n, a in mended.items()}
    items = [
        Item(
            _from_root(corpus.files.get(name, Path(name)), homes),
            corpus.articles[name].source,
            result.reading,
            result.checked.findings,
            result.scores,
            len(result.checked.suppressed),
            tuple(_waived(result, selection, config.today)),
            _root(corpus.files.get(name), homes),
        )
        for name, result in results.items()
    ]
    rest = {page.path: Path(page.path) for page in corpus.around if not page.draft}
    rest |= {name: file for name, file in corpus.files.items() if name not in mended}
    others = {name: _from_root(file, homes) for name, file in rest.items()}
    judged_by = said_of(config, rules, selection, theme)
    where = f"published-{crc32(os.path.realpath(out).encode('utf-8', 'surrogateescape')):08x}"
    kept = cache.fetch(where) if cached else None
    known = dict(kept) if isinstance(kept, dict) else {}
    done = write(
        items,
        site,
        out,
        config.fail_on,
        config.site_name,
        others,
        judged_by,
        known=known,
        dry=dry,
        theme=theme,
    )
    if cached and not dry and known != kept:
        cache.keep(
            where, {name: known[name] for name in known if name in results or name in others}
        )
    told = tuple(one.result() for one in results.values())
    return replace(done, problems=tuple(problems), results=told)


def _from_root(file: Path, homes: Iterable[Path]) -> str:
    """The path of `file` from the first of `homes` that holds it, else its bare name."""
    whole = os.path.abspath(file)
    for home in homes:
        root = os.path.join(os.path.abspath(home), "")
        if whole.startswith(root):
            path = whole[len(root) :].replace(os.sep, "/")
            return path.encode("utf-8", "backslashreplace").decode("utf-8")
    return os.path.basename(whole).encode("utf-8", "backslashreplace").decode("utf-8")


def _root(file: Path | None, homes: Iterable[Path]) -> Path | None:
    """The folder from which the path of `file` is seen; None for what is no file."""
    if file is None:
        return None
    depth = _from_root(file, homes).count("/")
    return Path(os.path.abspath(file)).parents[depth]


def write(
    items: Sequence[Item],
    site: Site,
    out: Path,
    fail_on: str = "error",
    site_name: str = "",
    others: Mapping[str, str] | None = None,
    judged_by: Mapping[str, Any] | None = None,
    *,
    known: dict[str, Any] | None = None,
    dry: bool = False,
    theme: Theme = OURS,
) -> Summary:
    """Write the pages of `items` that have no finding at or above `fail_on`, and what belongs to
    all of them. `others`: name -> path of articles that exist but are not in this run; their pages
    stay. `judged_by`: what the manifest says of that. `known`: what an earlier run kept of the
    articles that it made, by name; those that would come out the same are not made again, and what
    this run makes is added. `dry`: write nothing, say what would be done. Raises CrampError."""
    known = {} if known is None else known
    basis = signature({**(judged_by or {}), "theme": theme.files})
    items = sorted(items, key=lambda item: item.path)
    drafts = [item for item in items if item.draft]
    stops = {i.path: _stops(i.findings, fail_on) for i in items if not i.draft}
    good = [item for item in items if stops.get(item.path) == {}]
    stopped = [item for item in items if stops.get(item.path)]
    others = dict(others or {})
    aliases = {name: page.aliases for name, page in site.pages.items()}
    judge_names(
        [Wanted(i.path, i.name, aliases.get(i.name, ())) for i in (*good, *stopped)],
        [Wanted(path, name, aliases.get(name, ())) for name, path in others.items()],
    )
    with opened(out, dry=dry) as folder:
        last = past(folder)
        folder.survey([*(f for item in good for f in files(item.path)), MANIFEST])
        waiting = others | {item.name: item.path for item in stopped}
        stay = {name: path for name, path in waiting.items() if stands(folder, last, path)}
        live = stay | {item.name: item.path for item in good}
        shelf = Shelf(site, site_name, {name: files(path)[0] for name, path in live.items()}, theme)
        outputs = {f: path for path in stay.values() for f in files(path)}
        entries = [
            last.entries[f] for path in stay.values() if (f := files(path)[0]) in last.entries
        ]
        published: list[str] = []
        for item in good:
            outputs |= dict.fromkeys(files(item.path), item.path)
            old = aliases.get(item.name, ())
            named = key(item, shelf, old, basis)
            entry = entry_again(known.get(item.name), named, item, shelf, folder)
            if entry is None:
                fresh = made(item, shelf, old)
                entry, known[item.name] = fresh.entry, frozen(named, fresh)
                written = [folder.put(file, data) for file, data in fresh.files.items()]
                if any(written):
                    published.append(item.name)
            entries.append(entry)
        local = _still(folder, last, set(stay.values()))
        uncopied = _copy(folder, good, known, local)
        whole = site_files(entries, shelf)
        folder.survey(whole)
        for file, data in whole.items():
            folder.put(file, data)
            outputs[file] = ""
        removed = _drop(
            folder, sorted(last.outputs.keys() - {*outputs, *local}), [*outputs, *local]
        )
        withheld = [Withheld(i.name, stops[i.path], i.name in stay) for i in stopped]
        manifest = {
            "generator": GENERATOR,
            "version": 1,
            **(judged_by or {}),
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
            "waived": [
                {"source": item.path, "rule": rule, "reason": by.reason}
                | {key: value for key in ("owner", "expires") if (value := getattr(by, key))}
                for item in good
                for rule, by in item.waived
            ],
        }
        folder.land(MANIFEST, dump(manifest))
        return Summary(
            tuple(published),
            tuple(item.name for item in good if item.name not in set(published)),
            tuple(withheld),
            removed,
            tuple(item.name for item in drafts),
            left=tuple(folder.left),
            uncopied=tuple(uncopied),
        )


def _waived(
    result: Judged, selection: Selection, today: date | None
) -> Iterator[tuple[str, Suppression]]:
    """The rules whose findings were silenced, and by what."""
    article, silenced = result.reading.article, result.checked.suppressed
    if silenced:
        all_of = suppressions(article, selection.waivers.get(article.source.name, ()))
        yield from waived(silenced, (one for one in all_of if not ended(one, today)))


def _stops(findings: Iterable[Finding], fail_on: str) -> dict[str, int]:
    """The rules whose findings close the gate -> how many."""
    counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    return dict(sorted(Counter(f.rule for f in findings if f.severity in counted).items()))


def _still(folder: OutDir, last: Past, stay: Set[str]) -> dict[str, set[str]]:
    """The images and files of pages that stay as they are -> which pages these are."""
    held = {
        file: {path for path in map(str, said["for"]) if path in stay}
        for file, said in last.outputs.items()
        if isinstance(said, dict) and isinstance(said.get("for"), list)
    }
    return {file: paths for file, paths in held.items() if paths and folder.holds(file)}


def _copy(
    folder: OutDir, good: Iterable[Item], known: Mapping[str, Any], local: dict[str, set[str]]
) -> list[tuple[str, str, str]]:
    """Put the images and files of the articles beside their pages, add them to `local`, and say
    which could not be: (article, file, why)."""
    refused: list[tuple[str, str, str]] = []
    seen = {same(file): file for file in local}
    for item in good:
        for target, file in placed(item.path, tuple(known[item.name]["local"])):
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
