"""`cramplint check`: find; on request mend, or show how."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from ..again import Again
from ..config import Config
from ..model import Article, CrampError, Source
from ..read import LIMIT, decode
from ..report import STREAMED, stream
from ..report.escape import inert, visible
from ..report.result import Result, plain
from ..rewrite import restored
from ..store import Store, opened
from .adoption import Adoption, adopting, stale
from .means import Means, Pages
from .options import STDOUT, Options, outputs, shared
from .terminal import (
    Passing,
    along,
    complain,
    deliver,
    foreign,
    lacking,
    look,
    nothing,
    say,
    say_all,
    tell,
)

if TYPE_CHECKING:
    from ..changes import Changes
    from ..corpus import Corpus
    from ..fix import Agree
    from ..site import Site

T = TypeVar("T")


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

    What no page holds is refused, with exit code 2: an article over 2 MiB, of more than 25,000
    sentences, 40,000 numbers or 320,000 pieces (headings, lines, links), or with more than 50,000
    findings.

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
    means = Means(config, wanted, cached=not asked.no_cache)
    typed, data = _typed(stdin_filename) if "-" in paths else (None, b"")
    mending = safe_fixes or unsafe_fixes
    changes = adoption.changes(mending=mending or diff, typed=typed is not None)
    if asked.verbose and config.file:
        tell(f"settings: {config.file}")
    task = _Task([Path(p) for p in paths if p != "-"], config, means, asked, force_exclude)
    scored = "json" in wanted.values()
    whole = typed or mending or diff or changes or adoption.add_ignore
    if whole:
        corpus = task.gathered(typed, changes)
        problems = list(corpus.problems)
        changed: Mapping[str, Source] = {}
        if mending or diff:
            changed = task.mended(corpus, problems, agree, unsafe=unsafe_fixes, writing=not diff)
            if diff:
                from .mending import show

                show(corpus.articles.sources, changed, asked.color)
            corpus = corpus.having(changed.values())
        results, notices = task.judged(corpus, changes, adoption, problems, scored=scored)
        run = _Run(results, notices, corpus.files, problems)
        run = run._replace(asked=corpus.asked, changed=changed)
        if typed and mending and not diff and typed.name in corpus.articles:
            sys.stdout.buffer.write(restored(data, typed, corpus.articles.sources[typed.name]))
    elif (
        baseline is None
        and not asked.statistics
        and wanted[STDOUT] in STREAMED
        and len(wanted) == 1
    ):
        return task.streamed(wanted[STDOUT])
    else:
        run = task.again(scored=scored)
    results = run.results
    more: list[str] = []
    if baseline is not None:
        from ..check import selected

        ran = selected(means.rules, means.selection).keys()
        results, more = adoption.sifted(results, baseline, run.files, ran)
    written: list[str] = []
    if adoption.add_ignore:
        anew = task.judge(task.site(corpus), scored=scored)
        results, written = adoption.ignored(results, run.files, anew, run.problems)
    if not diff:
        dress = look(asked.color, Pages(means), verbose=asked.verbose, quiet=asked.quiet)
        echo = typed is not None and mending
        deliver(results, wanted, dress, counts=asked.statistics, err=echo)
    if run.changed and not asked.quiet:
        verb = "would be mended" if diff else "mended"
        tell(f"{len(run.changed)} file{'s' * (len(run.changed) != 1)} {verb}")
    if not asked.quiet:
        for notice in (*run.notices, *more, *written, *stale(config)):
            tell(notice)
        if means.used:
            lacking(means.needed)
        foreign((one.lang, len(one.checked.unspoken)) for one in results)
    complain(run.problems)
    if not results and not run.problems and not changes:
        nothing(run.asked)
    means.remember()
    found = (finding.severity for one in results for finding in one.checked.findings)
    code = asked.status(found, config, broken=bool(run.problems))
    return code or int(diff and bool(run.changed) and not asked.exit_zero)


class _Run(NamedTuple):
    """What came of a run. `files`: where the articles lie; `asked`: the paths that were walked;
    `changed`: the articles that fixes changed, or would change."""

    results: list[Result]
    notices: list[str]
    files: Mapping[str, Path]
    problems: list[CrampError]
    asked: Sequence[Path] = ()
    changed: Mapping[str, Source] = {}


class _Task(NamedTuple):
    """What is to be checked, and how. `force`: files that are named are left out like others."""

    paths: list[Path]
    config: Config
    means: Means
    asked: Options
    force: bool

    def again(self, *, scored: bool) -> _Run:
        """The articles as they lie there; those that did not change are not judged again."""

        with closing(self.store()) as store:
            run = self._begun(store, scored=scored)
            results = list(run.results(self._watched))
        return _Run(results, [], run.files, run.problems, run.asked)

    def streamed(self, name: str) -> int:
        """The same, written as it comes: however many articles there are, few are held. Gives the
        exit code."""
        asked, config, means = self.asked, self.config, self.means
        dress = look(asked.color, Pages(means), verbose=asked.verbose, quiet=asked.quiet)
        passing = Passing()
        with closing(self.store()) as store:
            run = self._begun(store, scored=False)
            if name == "concise" and dress.style is plain:
                say_all(passing.lines(run.briefs(self._watched)))
            else:
                say_all(stream(name, passing.through(run.results(self._watched)), dress))
        if not asked.quiet:
            for notice in stale(config):
                tell(notice)
            if means.used:
                lacking(means.needed)
            foreign(passing.unspoken)
        complain(run.problems)
        if not passing.count and not run.problems:
            nothing(run.asked)
        means.remember()
        return asked.status(passing.found, config, broken=bool(run.problems))

    def _begun(self, store: Store, *, scored: bool) -> Again:
        means, jobs = self.means.judging, self.asked.jobs
        return Again(
            self.paths, self.config, store, means, told=scored, force=self.force, jobs=jobs
        )

    def _watched(self, items: Collection[T], label: str) -> Iterable[T]:
        return along(items, label, quiet=self.asked.quiet)

    def store(self) -> Store:
        return Store(None) if self.asked.no_cache else opened(self.config)

    def gathered(self, typed: Source | None, changes: Changes | None) -> Corpus:
        from ..corpus import gather

        with closing(self.store()) as store:
            return gather(
                self.paths,
                self.config,
                typed,
                store=store,
                kept=self.means.kept,
                force=self.force,
                changes=changes,
            )

    def mended(
        self,
        corpus: Corpus,
        problems: list[CrampError],
        agree: Agree | None,
        *,
        unsafe: bool,
        writing: bool,
    ) -> Mapping[str, Source]:
        from .mending import mended

        return mended(
            corpus,
            self.config,
            self.means.rules,
            self.means.selection,
            problems,
            unsafe=unsafe,
            agree=agree,
            writing=writing,
            quiet=self.asked.quiet,
        )

    def judge(self, site: Site, *, scored: bool) -> Callable[[Article], Result]:
        from ..judging import judge

        rules, selection, _ = self.means.judging()

        def judged(article: Article) -> Result:
            return judge(article, rules, site, selection, scored=scored).result(told=scored)

        return judged

    def site(self, corpus: Corpus) -> Site:
        return corpus.site(self.config, self.means.rules)

    def judged(
        self,
        corpus: Corpus,
        changes: Changes | None,
        adoption: Adoption,
        problems: list[CrampError],
        *,
        scored: bool,
    ) -> tuple[list[Result], list[str]]:
        """What is found in the articles of `corpus`, and what there is to say of what changed. What
        holds too much becomes one of `problems`."""
        from ..judging import of_article

        judge, results = self.judge(self.site(corpus), scored=scored), []
        for article in along(corpus.articles.values(), "Checking", quiet=self.asked.quiet):
            try:
                results.append(judge(article))
            except CrampError as error:
                told = of_article(error, article.source.name)
                if str(told) not in map(str, problems):  # as fixing met it too
                    problems.append(told)
        if not changes:
            return results, []
        from ..caused import Cause

        rules, selection, _ = self.means.judging()
        return adoption.caused(
            results, Cause(corpus, changes, self.config, rules, selection), scored=scored
        )


def _listed(
    paths: tuple[str, ...], config: Config, adoption: Adoption, asked: Options, *, force: bool
) -> int:
    """Say which files would be checked, and if asked to, why others would not."""
    if "-" in paths:
        raise CrampError("standard input is no file", "--show-files", "leave out -")
    changes = adoption.changes(mending=False, typed=False)
    from ..corpus import listed

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
    if sys.stdin is None:
        raise CrampError("standard input is closed", "-", "give it a text, or name a file")
    data = sys.stdin.buffer.read(LIMIT + 1)
    return decode(data, Path(name).as_posix()), data
