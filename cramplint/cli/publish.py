"""`cramplint publish`: clean HTML and JSON of the articles that pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import click

from ..again import Again
from ..config import Config
from ..places import home_of
from ..publish import Summary, Withheld
from ..publish import publish as publish_all
from ..render.theme import OURS
from ..store import Store, opened
from ..templates import read
from .means import Means, Pages
from .options import STDOUT, Options, outputs, shared
from .terminal import along, complain, deliver, foreign, lacking, look, nothing, tell

T = TypeVar("T")

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
@shared
def publish(
    paths: tuple[str, ...], out: str, template: Path | None, dry_run: bool, **options: Any
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

    \b
    Examples:
      cramplint publish --out site
      cramplint publish --out site --dry-run --verbose
      cramplint publish articles --out site --fail-on warning
      cramplint publish --out site --template templates
      cramplint publish articles --out site --output-format json=findings.json
    """
    asked = Options(**options)
    config = asked.settle()
    wanted = outputs(config)
    own = template or config.template
    theme = read(own) if own else OURS
    means = Means(config, {STDOUT: "json"}, cached=not asked.no_cache)  # documents say how hard
    places = [Path(path) for path in paths]

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
            dress = look(asked.color, Pages(means), verbose=asked.verbose, quiet=asked.quiet)
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
