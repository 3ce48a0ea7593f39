"""`cramplint check`: find; on request mend, or show how."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ..check import Selection, selected
from ..config import Config
from ..corpus import Corpus, gather, judge, mend
from ..kept import recall
from ..model import Article, CrampError, Source
from ..read import LIMIT, decode, encode
from ..report.escape import inert, visible
from ..rules import RuleSet
from ..write import write
from .adoption import Adoption, adopting
from .options import Options, outputs, remember, rules_of, shared, slow
from .terminal import (
    along,
    colourful,
    complain,
    deliver,
    foreign,
    lacking,
    look,
    nothing,
    say,
    style,
    tell,
)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--fix", "safe_fixes", is_flag=True, help="Apply the safe fixes: no word changes.")
@click.option("--unsafe-fixes", is_flag=True, help="Apply those too that a person should look at.")
@click.option("--diff", is_flag=True, help="Show the fixes as a diff, write nothing.")
@click.option("--stdin-filename", metavar="NAME", help="The name of what PATH - reads.")
@adopting
@shared
def check(
    paths: tuple[str, ...],
    safe_fixes: bool,
    unsafe_fixes: bool,
    diff: bool,
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
      cramplint check --diff --unsafe-fixes articles
      cramplint check --select 'artifact/*,links/*' --profile import scraped/
      cramplint check --output-format json --output-format concise=log.txt
      cat a.md | cramplint check - --stdin-filename articles/a.md
      cramplint check --write-baseline known.json
      cramplint check --baseline known.json
    """
    adoption = Adoption.taken(options)
    asked = Options(**options)
    config = asked.settle()
    baseline = adoption.known(config)
    wanted = outputs(config)
    rules, selection = rules_of(config, cached=not asked.no_cache)
    typed = _typed(stdin_filename) if "-" in paths else None
    asked_for = [Path(p) for p in paths if p != "-"]
    needed = slow(rules, selection, wanted.values())
    kept = recall() if needed and not asked.no_cache else {}
    before = list(kept)
    corpus = gather(asked_for, config, typed, cached=not asked.no_cache, kept=kept)
    problems = list(corpus.problems)
    if asked.verbose and config.file:
        tell(f"settings: {config.file}")
    mending = safe_fixes or unsafe_fixes
    changed: dict[str, Article] = {}
    if mending or diff:
        changed = _mended(corpus, config, rules, selection, unsafe_fixes, problems)
        if diff:
            _show(corpus.articles, changed, asked.color)
        else:
            changed = _written(changed, corpus.files, problems)
        corpus = corpus.having(changed)
    site = corpus.site(config, rules)
    watched = along(corpus.articles.values(), "Checking", quiet=asked.quiet)
    scored = "json" in wanted.values()
    results = [judge(a, rules, site, selection, scored=scored) for a in watched]
    results, notices = adoption.sifted(
        results, baseline, corpus.files, selected(rules, selection).keys()
    )
    echo = typed is not None and mending and not diff
    if echo and typed and typed.name in corpus.articles:
        sys.stdout.buffer.write(encode(corpus.articles[typed.name].source))
    if not diff:
        dress = look(asked.color, rules, verbose=asked.verbose, quiet=asked.quiet)
        deliver(results, wanted, dress, counts=asked.statistics, err=echo)
    if changed and not asked.quiet:
        verb = "would be mended" if diff else "mended"
        tell(f"{len(changed)} file{'s' * (len(changed) != 1)} {verb}")
    if not asked.quiet:
        for notice in notices:
            tell(notice)
        lacking(needed)
        foreign(results)
    complain(problems)
    if not results and not problems:
        nothing(corpus.asked)
    if not asked.no_cache:
        remember(kept, before)
    code = asked.status(results, config, broken=bool(problems))
    return code or int(diff and bool(changed) and not asked.exit_zero)


def _typed(name: str | None) -> Source:
    if not name:
        raise CrampError("PATH - needs a name", "--stdin-filename", "such as articles/new.md")
    return decode(sys.stdin.buffer.read(LIMIT + 1), Path(name).as_posix())


def _mended(
    corpus: Corpus,
    config: Config,
    rules: RuleSet,
    selection: Selection,
    unsafe: bool,
    problems: list[CrampError],
) -> dict[str, Article]:
    """The articles that fixes change, after them; a fix that fails is one of `problems`."""
    site = corpus.site(config, rules)
    changed = {}
    for name, article in corpus.articles.items():
        try:
            mended = mend(article, rules, site, selection, unsafe=unsafe)
        except CrampError as error:
            problems.append(error)
            continue
        if mended is not article:
            changed[name] = mended
    return changed


def _written(
    changed: Mapping[str, Article], files: Mapping[str, Path], problems: list[CrampError]
) -> dict[str, Article]:
    """Those of `changed` whose files could be written, and what is no file."""
    done = {}
    for name, article in changed.items():
        try:
            if name in files:
                write(files[name], encode(article.source))
            done[name] = article
        except CrampError as error:
            problems.append(error)
    return done


def _show(before: Mapping[str, Article], changed: Mapping[str, Article], color: str) -> None:
    """Unified diffs. Controls are written out and CI commands broken, so a diff of lines that hold
    such things is for reading, not for patching."""
    import difflib

    coloured = colourful(color)
    roles = {"-": "error", "+": "mark", "@": "rule"}
    for name, article in changed.items():
        old, new = _lines(before[name].source.text), _lines(article.source.text)
        lines = difflib.unified_diff(old, new, visible(name), visible(name))
        for line in lines:
            shown = inert(visible(line.removesuffix("\n")).replace("\\x09", "\t"))
            role = roles.get(line[:1])
            say((style(role, shown) if coloured and role else shown) + "\n")
            if not line.endswith("\n"):
                say("\\ No newline at end of file\n")


def _lines(text: str) -> list[str]:
    """Lines with their ends: a form feed or U+2028 ends none, unlike in str.splitlines."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + [rest] * bool(rest)
