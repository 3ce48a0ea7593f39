"""`cramplint publish`: clean HTML and JSON of the articles that pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import click

from ..again import Again
from ..config import FILES, Config
from ..places import home_of
from ..publish import Summary, Withheld
from ..publish import publish as publish_all
from ..publish.local import KINDS
from ..read import ENDINGS
from ..render.theme import OURS
from ..store import Store, opened
from ..templates import ENDINGS as TEMPLATES
from ..templates import read
from .means import Means, Pages
from .options import STDOUT, Options, outputs, shared
from .terminal import along, complain, deliver, foreign, lacking, nothing, tell
from .terminal import look as dressed
from .watching import Stamps, stamps, watch

T = TypeVar("T")

# What a page may be made of: articles and what lies beside them, templates, rule pages.
_WATCHED = (*ENDINGS, *KINDS, *TEMPLATES, ".yaml")
_REASONS = 3  # rules that are named for an article that is withheld
_NAMED = 20  # files that a dry run names


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str), metavar="[PATH]...")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=str),
    metavar="DIR",
    help="The folder to write to.",
)
@click.option(
    "--template",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Templates of your own: article.html, base.css and others; the rest stays.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--watch", "watched", is_flag=True, help="Publish again whenever a file changes.")
@shared
def publish(
    paths: tuple[str, ...],
    out: str,
    template: Path | None,
    dry_run: bool,
    watched: bool,
    **options: Any,
) -> int:
    """Write clean pages of articles to a folder.

    Every article is checked, safe fixes are applied to what is published, not to the file. One with
    a finding at or above --fail-on is withheld and its last good page stays. Exit code 0: all are
    published; 1: some are withheld; 2: an error.

    A rerun writes only what changed and removes the pages of articles that are gone. Nothing is
    touched until all is ready: a run that fails, or that is interrupted, leaves DIR as it was.
    Feeds, a sitemap and canonical links need the setting site-url.

    A template in --template DIR stands in for ours of that name, and may begin with
    {% extends "cramplint/article.html" %}. It is Jinja2, shut off from Python and from other
    folders; what is wrong with it is told with file and line.

    With --watch it goes on until Ctrl-C: articles, what lies beside them, settings, templates and
    rule pages of your own are looked at twice a second, and what is wrong is told meanwhile.

    \b
    Examples:
      cramplint publish --out site
      cramplint publish --out site --watch
      cramplint publish --out site --dry-run --verbose
      cramplint publish articles --out site --fail-on warning
      cramplint publish --out site --template templates
      cramplint publish articles --out site --output-format json=findings.json
    """
    asked = Options(**options)
    places = [Path(path) for path in paths]
    config = asked.settle()  # what is wrong with it now ends the run, watched or not

    def again() -> None:
        nonlocal config
        fresh = asked.settle()
        outputs(fresh)
        config = fresh  # as long as the next is not sound, this one says what is looked at
        _published(asked, config, places, out, template, dry_run)

    def look() -> Stamps:
        here = Path().resolve()
        own = [place / name for place in (here, *here.parents) for name in FILES]
        own = [Path(asked.config)] if asked.config else [] if asked.isolated else own
        made = [Path(out), *(Path(file) for file in outputs(config) if file)]
        theirs = [*config.rule_paths, *filter(None, [template or config.template])]
        named = [*(places or home_of(config) or [Path()]), *theirs]
        return stamps([*own, *named], _WATCHED, made)

    if watched:
        watch(again, look)
    return _published(asked, config, places, out, template, dry_run)


def _published(
    asked: Options,
    config: Config,
    places: Sequence[Path],
    out: str,
    template: Path | None,
    dry_run: bool,
) -> int:
    """Publish once; the exit code."""
    wanted = outputs(config)
    own = template or config.template
    theme = read(own) if own else OURS
    means = Means(config, {STDOUT: "json"}, cached=not asked.no_cache)  # documents say how hard

    def watched(items: Collection[T], label: str) -> Iterable[T]:
        return along(items, label, quiet=asked.quiet)

    with closing(Store(None) if asked.no_cache else opened(config)) as store:
        done = publish_all(
            places,
            config,
            means.judging,
            Path(out),
            store=store,
            along=watched,
            jobs=asked.jobs,
            dry=dry_run,
            theme=theme,
        )
        if asked.output_format or asked.statistics:
            scored = "json" in wanted.values()
            found = Again(places, config, store, means.judging, told=scored, jobs=asked.jobs)
            dress = dressed(asked.color, Pages(means), verbose=asked.verbose, quiet=asked.quiet)
            deliver(list(found.results(watched)), wanted, dress, counts=asked.statistics)
    if not asked.quiet:
        _summarise(done, config, out, verbose=asked.verbose, dry=dry_run)
        lacking(means.needed)
        foreign(done.unspoken)
    for name in done.left:
        tell(f"left: {name} was changed since it was published: remove it if it is not needed")
    for name, target, why in done.uncopied:
        tell(f"not copied: {target}, which {name} names: {why}")
    for article in done.withheld:
        tell(_reason(article))
    complain(done.problems)
    if done.empty and not done.problems:
        nothing(places or home_of(config) or [Path()])
    means.remember()
    if done.problems:
        return 2
    return int(bool(done.withheld) and not asked.exit_zero)


def _summarise(done: Summary, config: Config, out: str, *, verbose: bool, dry: bool) -> None:
    """What was done, on standard error, and where to look."""
    counts = (
        ("published", done.published),
        ("unchanged", done.unchanged),
        ("withheld", done.withheld),
        ("removed", done.removed),
        ("not published, being drafts", done.drafts),
    )
    told = ", ".join(f"{len(names)} {word}" for word, names in counts if names)
    if dry:
        tell(f"dry run, nothing was written; it would be: {told or 'nothing published'}")
    else:
        tell(f"{told or 'nothing published'}: see {Path(out, 'index.html')}")
    if verbose or dry:
        for word, names in (("published", done.published), ("removed", done.removed)):
            for name in names[: None if verbose else _NAMED]:
                tell(f"  {word}: {name}")
            if not verbose and len(names) > _NAMED:
                tell(f"  {word}: {len(names) - _NAMED} more (--verbose names all)")
    if not config.site_url:
        tell("no feeds, sitemap or canonical links: they need the setting site-url")


def _reason(article: Withheld) -> str:
    most = sorted(article.rules.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{rule} ({count})" for rule, count in most[:_REASONS])
    more = f" and {len(most) - _REASONS} more rules" if len(most) > _REASONS else ""
    kept = "; its last good page stays" if article.kept else ""
    return f"withheld: {article.name}: {named}{more}{kept}"
