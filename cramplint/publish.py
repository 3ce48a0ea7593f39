"""Checked articles -> pages on disk: the gate, the links between pages, whole files or nothing."""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from .care import tier
from .check import Selection
from .checks.readability import Scores
from .config import Config
from .corpus import Corpus, judge, mend
from .meaning import Reading
from .model import SEVERITIES, Article, CrampError, Finding, Page, Source
from .outdir import OutDir, opened, unsafe
from .pages import is_draft
from .render.body import Entry, Links, Neighbour, Place
from .render.document import GENERATOR, document, dump, listing
from .render.facts import facts
from .render.html import render
from .render.page import INDEX, index, page
from .render.urls import between, safe
from .report.result import Result
from .rules import RuleSet
from .site import Site

MANIFEST, LIST = "manifest.json", "index.json"
_TAKEN = (INDEX, LIST, MANIFEST, "feed.json")  # in the top folder


@dataclass(frozen=True, slots=True)
class Item:
    """A checked article. `path` from its root, with "/", ending and all; `source` as it was read;
    `reading` and the rest of its text after the safe fixes: `scores` where it can be told how hard
    it reads, `suppressed` findings only counted."""

    path: str
    source: Source
    reading: Reading
    findings: tuple[Finding, ...]
    scores: Scores | None = None
    suppressed: int = 0

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def draft(self) -> bool:
        return is_draft(self.reading.article)


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
    of all that were checked, after their safe fixes."""

    published: tuple[str, ...]
    unchanged: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    removed: tuple[str, ...]
    drafts: tuple[str, ...]
    problems: tuple[CrampError, ...] = ()
    results: tuple[Result, ...] = ()


def publish(
    corpus: Corpus,
    config: Config,
    rules: RuleSet,
    selection: Selection,
    out: Path,
    along: Callable[[Collection[str]], Iterable[str]] = iter,
) -> Summary:
    """Mend, check and write all articles of `corpus`; its files stay as they are. `along` is given
    the names of the articles and gives them back one by one, to tell how far the work is.

    Raises CrampError, before anything is written, for names that collide or cannot be used and for
    places that must not be written to; and for what the disk refuses.
    """
    homes = [*(config.paths or (config.root / "articles",)), *corpus.asked]
    problems = list(corpus.problems)
    mended: dict[str, Article] = {}
    results: dict[str, Result] = {}
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
        )
        for name, result in results.items()
    ]
    rest = {page.path: Path(page.path) for page in corpus.around if not page.draft}
    rest |= {name: file for name, file in corpus.files.items() if name not in mended}
    others = {name: _from_root(file, homes) for name, file in rest.items()}
    done = write(items, site, out, config.fail_on, config.site_name, others)
    return replace(done, problems=tuple(problems), results=tuple(results.values()))


def _from_root(file: Path, homes: Iterable[Path]) -> str:
    """The path of `file` from the first of `homes` that holds it, else its bare name."""
    whole = os.path.abspath(file)
    for home in homes:
        root = os.path.join(os.path.abspath(home), "")
        if whole.startswith(root):
            path = whole[len(root) :].replace(os.sep, "/")
            return path.encode("utf-8", "backslashreplace").decode("utf-8")
    return os.path.basename(whole).encode("utf-8", "backslashreplace").decode("utf-8")


def write(
    items: Sequence[Item],
    site: Site,
    out: Path,
    fail_on: str = "error",
    site_name: str = "",
    others: Mapping[str, str] | None = None,
) -> Summary:
    """Write the pages of `items` that have no finding at or above `fail_on`, and what belongs to
    all of them. `others`: name -> path of articles that exist but are not in this run; their pages
    stay. Raises CrampError."""
    items = sorted(items, key=lambda item: item.path)
    drafts = [item for item in items if item.draft]
    stops = {i.path: _stops(i.findings, fail_on) for i in items if not i.draft}
    good = [item for item in items if stops.get(item.path) == {}]
    stopped = [item for item in items if stops.get(item.path)]
    others = dict(others or {})
    _judge_names([(i.path, i.name) for i in (*good, *stopped)], others)
    with opened(out) as folder:
        past = _past(folder)
        folder.survey([*(f for item in good for f in files(item.path)), INDEX, LIST, MANIFEST])
        folder.sweep({*folder.asked, *past.outputs})
        waiting = others | {item.name: item.path for item in stopped}
        kept = {name: path for name, path in waiting.items() if _kept(folder, past, path)}
        live = kept | {item.name: item.path for item in good}
        shelf = Shelf(site, site_name, {name: files(path)[0] for name, path in live.items()})
        outputs = {f: _said(folder, f, path) for path in kept.values() for f in files(path)}
        entries = [
            past.entries[f] for path in kept.values() if (f := files(path)[0]) in past.entries
        ]
        published: list[str] = []
        for item in good:
            entry, made = _made(item, shelf)
            entries.append(entry)
            written = [folder.put(file, data) for file, data in made.items()]
            if any(written):
                published.append(item.name)
            outputs |= {file: _said(folder, file, item.path) for file in made}
        for file, data in _site_files(entries, shelf).items():
            folder.put(file, data)
            outputs[file] = _said(folder, file)
        twins = {_same(file): file for file in outputs}
        gone = [file for file in sorted(past.outputs) if file not in outputs]
        removed = [file for file in gone if _remove(folder, file, twins)]
        withheld = [Withheld(i.name, stops[i.path], i.name in kept) for i in stopped]
        manifest = {
            "generator": GENERATOR,
            "version": 1,
            "outputs": outputs,
            "drafts": [item.path for item in drafts],
            "withheld": [
                {"source": item.path, "rules": one.rules, "kept": one.kept}
                for item, one in zip(stopped, withheld, strict=True)
            ],
        }
        folder.put(MANIFEST, dump(manifest))
    same = tuple(item.name for item in good if item.name not in published)
    names = tuple(item.name for item in drafts)
    return Summary(tuple(published), same, tuple(withheld), tuple(removed), names)


def files(path: str) -> tuple[str, str]:
    """The page and the document of the article at `path`.

    >>> files("cramps/night.md")
    ('cramps/night.html', 'cramps/night.json')
    """
    stem = posixpath.splitext(path)[0]
    return f"{stem}.html", f"{stem}.json"


def _stops(findings: Iterable[Finding], fail_on: str) -> dict[str, int]:
    """The rules whose findings close the gate -> how many."""
    counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    return dict(sorted(Counter(f.rule for f in findings if f.severity in counted).items()))


def _judge_names(wanted: Sequence[tuple[str, str]], others: Mapping[str, str]) -> None:
    """Raises CrampError if a name cannot be used, or two articles ask for one file on a file system
    where case does not count. `wanted`: path and name of what will be written."""
    for path, name in wanted:
        if why := unsafe(path):
            raise CrampError(f"cannot be published under this name: {why}", name, "rename it")
    owners = {_same(file): "cramplint's own" for file in _TAKEN}
    folders: dict[str, str] = {}
    for path, name in [*wanted, *((path, name) for name, path in others.items())]:
        for file in files(path):
            key = _same(file)
            if key in owners and owners[key] != name:
                raise CrampError(
                    f"would be published as {file}, and so would {owners[key]}",
                    name,
                    "rename one of them",
                )
            owners[key] = name
            parents = [key[:i] for i, char in enumerate(key) if char == "/"]
            folders.update((parent, name) for parent in parents)
    for key in folders.keys() & owners.keys():
        raise CrampError(
            f"would be published in a folder {key}, which is a file of {owners[key]}",
            folders[key],
            "rename one of them",
        )


def _same(file: str) -> str:
    return unicodedata.normalize("NFC", file).casefold()


# -- what the last run left


class Past(NamedTuple):
    """The last manifest: `outputs` by name; and the list of pages, by the name of the page."""

    outputs: Mapping[str, Any]
    entries: Mapping[str, Entry]


def _past(folder: OutDir) -> Past:
    manifest, listed = folder.json(MANIFEST), folder.json(LIST)
    outputs = manifest.get("outputs") if isinstance(manifest, dict) else None
    articles = listed.get("articles") if isinstance(listed, dict) else None
    entries = [_entry(one) for one in articles if isinstance(one, dict)] if articles else []
    return Past(
        {str(file): said for file, said in (outputs or {}).items()},
        {entry.path: entry for entry in entries},
    )


def _entry(said: Mapping[str, Any]) -> Entry:
    path, title, description, lang, updated = (
        str(said.get(key, "")) for key in ("path", "title", "description", "lang", "updated")
    )
    topics = said.get("topics")
    named = tuple(map(str, topics)) if isinstance(topics, list) else ()
    return Entry(path, title, description, named, lang, updated)


def _kept(folder: OutDir, past: Past, path: str) -> bool:
    """True if the page and the document of the last good state are there."""
    return all(file in past.outputs and folder.holds(file) for file in files(path))


def _said(folder: OutDir, file: str, path: str = "") -> dict[str, str]:
    """What the manifest says of a file that is there."""
    said = {"sha256": folder.hashes[file]}
    return said | {"source": path} if path else said


def _remove(folder: OutDir, file: str, twins: Mapping[str, str]) -> bool:
    """Remove what is no longer made. Where case does not count, it may be there under a new name:
    `twins` holds these, by folded name."""
    twin = twins.get(_same(file))
    return not (twin and folder.same(file, twin)) and folder.drop(file)


# -- one article


class Shelf(NamedTuple):
    """All that is published. `pages`: the name of an article -> the path of its page."""

    site: Site
    name: str
    pages: Mapping[str, str]


def _made(item: Item, shelf: Shelf) -> tuple[Entry, dict[str, bytes]]:
    """How an article is listed, and its files."""
    settings = shelf.site.settings
    told = facts(item.reading, settings.locale or "us", settings.disclaimer)
    table = shelf.site.data.get("red_flags")
    body = render(item.reading, _links(item, shelf), partial(tier, table=table) if table else None)
    html, json = files(item.path)
    place = Place(html, _url(settings.site_url, html), shelf.name)
    related = list(_related(item, shelf))
    said = document(
        item.source,
        item.reading,
        body,
        told,
        place,
        related,
        item.findings,
        item.scores,
        item.suppressed,
    )
    updated = told.dates.get("updated") or told.dates.get("created") or ""
    entry = Entry(html, told.title, told.description, told.topics, told.lang, updated)
    shown = page(body, told, place, related).encode("utf-8", "replace")
    return entry, {html: shown, json: dump(said)}


def _site_files(entries: Iterable[Entry], shelf: Shelf) -> dict[str, bytes]:
    ordered = sorted(entries)
    url = shelf.site.settings.site_url
    listed = index(ordered, shelf.name, url).encode("utf-8", "replace")
    return {INDEX: listed, LIST: dump(listing(ordered, url))}


def _url(site_url: str, file: str) -> str:
    return f"{site_url.rstrip('/')}/{quote(file)}" if site_url else ""


def _links(item: Item, shelf: Shelf) -> Links:
    here = files(item.path)[0]

    def href(target: str) -> str | None:
        found = shelf.site.resolve(item.name, target)
        if found.page:
            return _way(shelf, here, found.page, found.anchor)
        if found.state in ("empty", "missing", "draft"):
            return None
        if found.state == "ok":
            return between(here, INDEX)
        return safe(target)

    def find(title: str) -> str | None:
        named = shelf.site.by_title(title)
        return _way(shelf, here, named) if named and named.path != item.name else None

    return Links(href, find)


def _way(shelf: Shelf, here: str, to: Page, anchor: str = "") -> str | None:
    """The link to a page, None if it is not published; an anchor that is not there is left out."""
    there = shelf.pages.get(to.path)
    if there is None:
        return None
    return between(here, there) + (f"#{quote(anchor)}" if anchor in to.anchors else "")


def _related(item: Item, shelf: Shelf) -> Iterator[Neighbour]:
    """The published articles that the front matter names as related, each once."""
    stated = item.reading.article.meta.data.get("related")
    seen = {item.name}
    for entry in stated if isinstance(stated, list) else [stated]:
        found = shelf.site.related(item.name, entry).page if isinstance(entry, str) else None
        href = _way(shelf, files(item.path)[0], found) if found else None
        if found and href and found.path not in seen:
            seen.add(found.path)
            yield Neighbour(found.slug, found.title or found.slug, href)
