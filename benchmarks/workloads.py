"""What is measured: who checks or publishes which articles, and what is put in place before."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from . import corpus
from .measure import Contender
from .peers import OWN
from .stage import QUIET, Stage, Workload, edited, found, made, offers, once

_BROKEN: Final = frozenset({0, 1, 2})  # lychee: 2 is links that go nowhere
_SLIPS: Final = frozenset({0, 65})  # codespell
_WIDE: Final = ("--disable", "MD013")  # lines of articles are as long as they are
_DONE: Final = frozenset({0})
_LONGEST, _HALF = "the longest", "half of that"


def one_file(stage: Stage) -> Workload:
    """A process for one article."""
    file = corpus.files(stage.articles(stage.scale.some), 1)[0]
    other = stage.articles(8, "-other") / corpus.path(7)
    out: dict[str, str] = {}
    empty, new, seen = (
        stage.check(f"cramplint, {name}", kept, 1, path, *QUIET)
        for name, kept, path in (
            ("empty cache", "none", file),
            ("text is new", "new", other),
            ("text seen before", "seen", file),
        )
    )
    contenders = [
        Contender("Python that does nothing", [sys.executable, "-c", "pass"], stage.folder, 1),
        replace(empty, before=lambda: stage.forget("none")),
        replace(new, before=_both(once(new), edited(other))),
        replace(seen, before=once(seen)),
        *stage.peer(out, "rumdl", 1, "rumdl", "check", "--no-cache", str(file)),
        *stage.peer(out, "codespell", 1, "codespell", str(file), accepts=_SLIPS),
        *stage.peer(out, "proselint", 1, "proselint", "check", str(file)),
        *stage.peer(out, "markdownlint-cli2", 1, "markdownlint-cli2", str(file)),
    ]
    return Workload(
        "one file",
        "One file, as a hook checks it",
        "A process for one article; prose and readability off.",
        stage.scale.starts,
        tuple(contenders),
        out,
    )


def cold(stage: Stage) -> Workload:
    """Articles of which nothing is known."""
    count = stage.scale.some
    few = count // 5
    every, fifth = stage.articles(count), stage.articles(few)
    out: dict[str, str] = {}
    ours = stage.check("cramplint", "cold", count, every, *QUIET)
    full = stage.check("cramplint, prose and readability on", "full", count, every)
    style = ("--config", str(OWN / ".markdownlint-cli2.jsonc"), f"{every}/**/*.md")
    home = stage.peers.home  # textlint looks for its rules where it stands
    english = ("--config", str(OWN / "textlint.json"), f"{fifth}/**/*.md")
    offline = ("--offline", "--no-progress", str(every))
    scan = ("-d", "md013", "scan", "-r", str(fifth))
    contenders = [
        replace(ours, before=lambda: stage.forget("cold")),
        replace(full, before=lambda: stage.forget("full")),
        *stage.peer(
            out, "rumdl", count, "rumdl", "check", "--no-cache", *_WIDE, str(every), proof=found
        ),
        *stage.peer(
            out, "lychee, off line", count, "lychee", *offline, accepts=_BROKEN, proof=found
        ),
        *stage.peer(out, "codespell", count, "codespell", str(every), accepts=_SLIPS),
        *stage.peer(out, "markdownlint-cli2", count, "markdownlint-cli2", *style, proof=found),
        *stage.peer(out, "proselint", count, "proselint", "check", str(every), proof=found),
        *stage.peer(out, "alex", few, "alex", str(fifth), most=1, proof=found),
        *stage.peer(out, "textlint", few, "textlint", *english, cwd=home, most=1, proof=found),
        *stage.peer(out, "pymarkdownlnt", few, "pymarkdown", *scan, most=1, proof=found),
    ]
    return Workload(
        "cold",
        f"{count:,} articles of which nothing is known",
        "Prose and readability off unless said. alex, textlint and pymarkdownlnt are slow: they "
        f"check the first {few:,} articles, once. Ratios are by article.",
        stage.scale.rounds,
        tuple(contenders),
        out,
    )


def archive(stage: Stage) -> Workload:
    """Many articles, of which little or nothing changed."""
    count = stage.scale.many
    ours, theirs = stage.articles(count), stage.articles(count, "-copy")
    middle = corpus.path(count // 2)
    out: dict[str, str] = {}
    first = stage.check("cramplint, first run", "many", count, ours, *QUIET)
    again = replace(first, name="cramplint, nothing changed", after=first.name)
    rumdl = ("check", *_WIDE, "--cache-dir", str(stage.folder / "rumdl"), str(theirs))
    change = edited(theirs / middle)
    contenders = [
        replace(first, before=lambda: stage.forget("many"), most=1),
        again,
        replace(again, name="cramplint, one changed", before=edited(ours / middle)),
        *stage.peer(out, "rumdl, first run", count, "rumdl", *rumdl, most=1),
        *stage.peer(out, "rumdl, nothing changed", count, "rumdl", *rumdl),
        *stage.peer(out, "rumdl, one changed", count, "rumdl", *rumdl, before=change),
    ]
    return Workload(
        "archive",
        f"{count:,} articles, checked again and again",
        "Prose and readability off; each keeps what it found in a cache of its own.",
        stage.scale.rounds,
        tuple(contenders),
        out,
    )


def lengths(stage: Stage) -> Workload:
    """Longer articles, each with twice the text of the one before."""
    sizes = [stage.scale.longest]
    while sizes[-1] > 1:
        sizes.append((sizes[-1] + 1) // 2)

    def long(size: int, name: str) -> Contender:
        file = stage.folder / "lengths" / f"{size}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(corpus.long(size * 1000), "utf-8", newline="\n")
        # A kilobyte counts as an article does elsewhere: it is what costs are divided by.
        one = stage.check(name, "lengths", size, file, *QUIET)
        return replace(one, before=_both(once(one), edited(file)))

    refused = long(10_000, "10,000 KB")
    names = {sizes[0]: _LONGEST, sizes[1]: _HALF}
    contenders = [long(size, names.get(size, f"{size:,} KB")) for size in reversed(sizes)]
    contenders.append(replace(refused, accepts=frozenset({2}), proof=_refused))
    return Workload(
        "lengths",
        f"One article of 1 to {sizes[0]:,} KB",
        "The text is new, patterns are compiled; prose and readability off. The longest is "
        f"{sizes[0]:,} KB; 10,000 KB are over the limit of 2 MiB and refused.",
        min(3, stage.scale.rounds),
        tuple(contenders),
        unit="KB",
    )


def _refused(output: Path) -> str:
    return "" if b"is larger than 2 MiB" in output.read_bytes() else "it was not refused"


def scaling(stage: Stage) -> Workload:
    """More articles, and more processes."""
    half, whole = stage.scale.some, stage.scale.some * 2
    out: dict[str, str] = {}
    able = offers("--jobs")

    def alone(count: int, name: str, jobs: int) -> Contender:
        asked = (*QUIET, "--jobs", str(jobs)) if able else QUIET
        one = stage.check(name, f"jobs-{jobs}-{count}", count, stage.articles(count), *asked)
        return replace(one, before=lambda: stage.forget(f"jobs-{jobs}-{count}"))

    contenders = [alone(half, "half", 1), alone(whole, "whole", 1)]
    if able:
        contenders.append(alone(half, "half, two processes", 2))
    else:
        out["half, two processes"] = "`check` has no option `--jobs`"
    for count, wanted in ((100, half > 100), (10_000, stage.scale.many >= 10_000)):
        if wanted:
            contenders.append(replace(alone(count, f"{count:,} articles", 1), most=1))
    return Workload(
        "scaling",
        "More articles, more processes",
        f"{half:,} articles (half) and {whole:,} (whole), empty cache, prose and readability off, "
        "one process unless said.",
        min(3, stage.scale.rounds),
        tuple(contenders),
        out,
    )


def memory(stage: Stage) -> Workload:
    """Ten times as many articles. They are short, so that it is their number that counts."""

    def every(count: int, name: str) -> Contender:
        place = stage.articles(count, short=True)
        return replace(stage.check(name, name, count, place, *QUIET), most=1)

    many = stage.scale.many
    return Workload(
        "memory",
        f"{many:,} and {10 * many:,} short articles",
        "Front matter and first paragraph, so that it is their number that counts. Empty "
        "cache, prose and readability off, as many processes as there are processors.",
        1,
        (every(many, "many"), every(10 * many, "ten times as many")),
    )


def publish(stage: Stage) -> Workload:
    """Articles of which no page is there yet."""
    count = stage.scale.some
    out: dict[str, str] = {}
    contenders = [
        replace(one, before=_emptied(one)) for one in _publishers(stage, count, out, mark="")
    ]
    return Workload(
        "publish",
        f"{count:,} articles published, nothing there before",
        "cramplint checks them (prose and readability off) and writes a page and a JSON document "
        "of each, feeds, lists and a sitemap. The others check nothing; they write pages, and Hugo "
        "JSON where said.",
        stage.scale.rounds,
        tuple(contenders),
        out,
    )


def publish_archive(stage: Stage) -> Workload:
    """Many articles of which the pages are there."""
    count = stage.scale.many
    out: dict[str, str] = {}
    middle = corpus.path(count // 2)
    ours, *hugo = _publishers(stage, count, out, mark="-archive")
    again = replace(ours, name="cramplint, nothing changed", after="cramplint, first run")
    change = edited(ours.cwd / "content" / middle)
    contenders = [
        replace(ours, name="cramplint, first run", before=_emptied(ours), most=1),
        again,
        replace(again, name="cramplint, one changed", before=change),
    ]
    contenders += [
        replace(one, name=f"{one.name}, one changed", before=edited(one.cwd / "content" / middle))
        for one in hugo
    ]
    return Workload(
        "publish archive",
        f"{count:,} articles, published again and again",
        "What was written stays. Hugo builds the whole site each time.",
        min(3, stage.scale.rounds),
        tuple(contenders),
        out,
    )


WORKLOADS: Final[dict[str, Callable[[Stage], Workload]]] = {
    "one file": one_file,
    "cold": cold,
    "publish": publish,
    "lengths": lengths,
    "scaling": scaling,
    "memory": memory,
    "archive": archive,
    "publish archive": publish_archive,
}


def _publishers(stage: Stage, count: int, out: dict[str, str], mark: str) -> Iterator[Contender]:
    """Who publishes, each in a folder that holds its settings, and the articles in `content`.

    With a `mark`, which the names of the folders end in, only cramplint and Hugo with JSON.
    """

    def home(name: str, settings: str = "") -> Path:
        place = stage.folder / f"{name}{mark}"
        if not place.is_dir():
            place.mkdir()
            if settings:
                shutil.copytree(OWN / settings, place, dirs_exist_ok=True)
            shutil.copytree(stage.articles(count), place / "content")
        return place

    ours = home("cramplint")
    (ours / "cramplint.toml").write_text('site-url = "https://example.org/"\n', "utf-8")
    asked = ("publish", "--fail-on", "never", *QUIET, "--quiet", "content", "--out", "public")
    yield stage.cramplint("cramplint", f"site{mark}", count, *asked, cwd=ours)
    built = ("--quiet", "--destination", "public")
    both = (*built, "--config", "hugo.toml,json.toml")
    place = home("hugo-json", "hugo")
    yield from stage.peer(
        out,
        "Hugo, HTML and JSON",
        count,
        "hugo",
        *both,
        cwd=place,
        accepts=_DONE,
        proof=made(place / "public", count),
    )
    if mark:
        return
    pelican = ("-s", str(OWN / "pelicanconf.py"), "-o", "public", "-q", "content")
    for name, tool, settings, arguments in (
        ("Hugo, HTML", "hugo", "hugo", built),
        ("Eleventy", "eleventy", "eleventy", ("--config", "eleventy.config.js", "--quiet")),
        ("Pelican", "pelican", "", pelican),
        ("MkDocs", "mkdocs", "mkdocs", ("build", "-q")),
    ):
        place = home(tool, settings)
        proof = made(place / "public", count)
        yield from stage.peer(
            out, name, count, tool, *arguments, cwd=place, accepts=_DONE, proof=proof
        )


def _emptied(one: Contender) -> Callable[[], None]:
    """What takes away all that the last run wrote and kept."""

    def empty() -> None:
        for name in ("public", "resources"):
            shutil.rmtree(one.cwd / name, ignore_errors=True)
        if kept := one.env.get("CRAMPLINT_CACHE_DIR"):
            shutil.rmtree(kept, ignore_errors=True)

    return empty


def _both(first: Callable[[], None], then: Callable[[], None]) -> Callable[[], None]:
    def act() -> None:
        first()
        then()

    return act
