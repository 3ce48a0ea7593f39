"""`cramplint check`: find; on request mend, or show how."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..check import selected
from ..config import Config
from ..corpus import gather, judge, listed
from ..fix import Agree
from ..kept import recall
from ..model import Article, CrampError, Source
from ..read import LIMIT, decode
from ..report.escape import inert, visible
from ..rewrite import restored
from .adoption import Adoption, adopting, stale
from .mending import mended, show
from .options import Options, outputs, remember, rules_of, shared, slow
from .terminal import (
    along,
    complain,
    deliver,
    foreign,
    lacking,
    look,
    nothing,
    say,
    tell,
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str), metavar="[PATH]...")
@click.option("--fix", "safe_fixes", is_flag=True, help="Apply the safe fixes: no word changes.")
@click.option("--unsafe-fixes", is_flag=True, help="Apply those too that a person should look at.")
@click.option("--ask", is_flag=True, help="With --fix: show each of those, and ask.")
@click.option("--diff", is_flag=True, help="Show the fixes as a diff, write nothing.")
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Leave out named files too that are excluded or of no kind that is checked: for hooks.",
)
@click.option(
    "--show-files",
    is_flag=True,
    help="List the files that would be checked, one a line; with -v, why others are not.",
)
@click.option("--stdin-filename", metavar="NAME", help="The name of what PATH - reads.")
@adopting
@shared
def check(
    paths: tuple[str, ...],
    safe_fixes: bool,
    unsafe_fixes: bool,
    ask: bool,
    diff: bool,
    force_exclude: bool,
    show_files: bool,
    stdin_filename: str | None,
    **options: Any,
) -> int:
    """Check articles: files, folders, or - for standard input.

    With no PATH, those of the configuration, else articles/, else this folder. Exit code 0: nothing
    at or above --fail-on; 1: findings (or, with --diff, something to mend); 2: an error.

    \b
    Examples:
      cramplint check articles/leg-cramps-at-night.md
      cramplint check --fix articles
      cramplint check --fix --ask articles
      cramplint check --diff --unsafe-fixes articles
      cramplint check --select 'artifact/*,links/*' --profile import scraped/
      cramplint check --output-format json --output-format concise=log.txt
      cat a.md | cramplint check - --stdin-filename articles/a.md
      cramplint check --write-baseline known.json
      cramplint check --baseline known.json
      cramplint check --since main --changed-lines
      cramplint check --select claim/cure --add-ignore --reason 'quotes the FDA'
    """
    adoption = Adoption.taken(options)
    asked = Options(**options)
    config = asked.settle()
    if show_files:
        return _listed(paths, config, adoption, asked, force=force_exclude)
    baseline = adoption.known(config)
    wanted = outputs(config)
    agree = _asker(asked, ask, safe_fixes, unsafe_fixes or diff or "-" in paths)
    rules, selection = rules_of(config, cached=not asked.no_cache)
    typed, data = _typed(stdin_filename) if "-" in paths else (None, b"")
    asked_for = [Path(p) for p in paths if p != "-"]
    needed = slow(rules, selection, wanted.values())
    kept = recall() if needed and not asked.no_cache else {}
    before = list(kept)
    mending = safe_fixes or unsafe_fixes
    changes = adoption.changes(mending=mending or diff, typed=typed is not None)
    corpus = gather(
        asked_for,
        config,
        typed,
        cached=not asked.no_cache,
        kept=kept,
        force=force_exclude,
        changes=changes,
    )
    problems = list(corpus.problems)
    if asked.verbose and config.file:
        tell(f"settings: {config.file}")
    changed: dict[str, Article] = {}
    if mending or diff:
        changed = mended(
            corpus,
            config,
            rules,
            selection,
            problems,
            unsafe=unsafe_fixes,
            agree=agree,
            writing=not diff,
            quiet=asked.quiet,
        )
        if diff:
            show(corpus.articles, changed, asked.color)
        corpus = corpus.having(changed)
    site = corpus.site(config, rules)
    watched = along(corpus.articles.values(), "Checking", quiet=asked.quiet)
    scored = "json" in wanted.values()
    results = [judge(a, rules, site, selection, scored=scored) for a in watched]
    notices: list[str] = []
    if changes:
        from ..caused import Cause

        cause = Cause(corpus, changes, config, rules, selection)
        results, notices = adoption.caused(results, cause, scored=scored)
    ran = selected(rules, selection).keys()
    results, more = adoption.sifted(results, baseline, corpus.files, ran)
    again = partial(judge, rules=rules, site=site, selection=selection, scored=scored)
    results, written = adoption.ignored(results, corpus.files, again, problems)
    echo = typed is not None and mending and not diff
    if echo and typed and typed.name in corpus.articles:
        sys.stdout.buffer.write(restored(data, typed, corpus.articles[typed.name].source))
    if not diff:
        dress = look(asked.color, rules, verbose=asked.verbose, quiet=asked.quiet)
        deliver(results, wanted, dress, counts=asked.statistics, err=echo)
    if changed and not asked.quiet:
        verb = "would be mended" if diff else "mended"
        tell(f"{len(changed)} file{'s' * (len(changed) != 1)} {verb}")
    if not asked.quiet:
        for notice in (*notices, *more, *written, *stale(config)):
            tell(notice)
        lacking(needed)
        foreign(results)
    complain(problems)
    if not results and not problems and not changes:
        nothing(corpus.asked)
    if not asked.no_cache:
        remember(kept, before)
    code = asked.status(results, config, broken=bool(problems))
    return code or int(diff and bool(changed) and not asked.exit_zero)


def _listed(
    paths: tuple[str, ...], config: Config, adoption: Adoption, asked: Options, *, force: bool
) -> int:
    """Say which files would be checked, and if asked to, why others would not."""
    if "-" in paths:
        raise CrampError("standard input is no file", "--show-files", "leave out -")
    changes = adoption.changes(mending=False, typed=False)
    found = listed([Path(p) for p in paths], config, force=force, changes=changes)
    say(inert("".join(f"{visible(name)}\n" for name in found.files)))
    for name, why in found.left if asked.verbose else ():
        tell(f"{name}: {why}")
    complain(found.problems)
    return 2 if found.problems else 0


def _asker(asked: Options, ask: bool, fix: bool, otherwise: bool) -> Agree | None:
    """Who is asked for each fix; None where nobody is. `otherwise`: what leaves nothing to ask."""
    if not ask:
        return None
    if not fix or otherwise:
        raise CrampError(
            "goes with --fix, and not with --unsafe-fixes, --diff or standard input",
            "--ask",
            "cramplint check --fix --ask PATH",
        )
    from .ask import asker  # few runs have somebody to ask

    return asker(asked.color)


def _typed(name: str | None) -> tuple[Source, bytes]:
    if not name:
        raise CrampError("PATH - needs a name", "--stdin-filename", "such as articles/new.md")
    data = sys.stdin.buffer.read(LIMIT + 1)
    return decode(data, Path(name).as_posix()), data
