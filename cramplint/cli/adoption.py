"""The options of `check` by which a team takes it up in pages that are there already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..config import Config
from ..model import CrampError
from ..report.result import Result, counted
from ..rewrite import rewrite

if TYPE_CHECKING:  # most runs have no use for these
    from ..baseline import Baseline, Entry
    from ..caused import Cause
    from ..changes import Changes
    from ..model import Article

_NAMED = 3  # entries or files of which a notice speaks one by one


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was asked for on the command line."""

    baseline: str | None
    no_baseline: bool
    write_baseline: str | None
    since: str | None
    staged: bool
    changed_lines: bool
    add_ignore: bool
    reason: str | None

    @staticmethod
    def taken(options: dict[str, Any]) -> Adoption:
        """Those of `options`, which are taken out of it. Raises CrampError for two that do not go
        together."""
        asked = Adoption(**{field.name: options.pop(field.name) for field in fields(Adoption)})
        if asked.no_baseline and asked.baseline:
            raise CrampError("one asks for a baseline, one for none", "--no-baseline, --baseline")
        if asked.since is not None and asked.staged:
            todo = "--staged for a hook, --since for a branch"
            raise CrampError("one goes without the other", "--since, --staged", todo)
        if asked.changed_lines and asked.since is None and not asked.staged:
            raise CrampError(
                "changed since when?", "--changed-lines", "add --since REF or --staged"
            )
        if asked.reason is not None and not asked.add_ignore:
            raise CrampError("a reason for what?", "--reason", "add --add-ignore")
        return asked

    def changes(self, *, mending: bool, typed: bool) -> Changes | None:
        """What changed, if only that is to be judged; `mending`: files are to be changed; `typed`:
        standard input is to be judged. Raises CrampError."""
        if self.add_ignore and (mending or typed or self.staged or self.write_baseline):
            what = "goes with none of --fix, --diff, --staged, --write-baseline, standard input"
            raise CrampError(what, "--add-ignore", "do one, then the other")
        if self.since is None and not self.staged:
            return None
        option = "--staged" if self.staged else "--since"
        if typed:
            raise CrampError("standard input has no history", option, f"leave out - or {option}")
        if mending and self.staged:
            todo = "mend the files, then stage them"
            raise CrampError("fixes change files, not what is staged of them", option, todo)
        if mending and self.changed_lines:
            todo = "leave out one of them"
            raise CrampError("fixes are made to whole articles", "--changed-lines", todo)
        if self.write_baseline and self.changed_lines:
            todo = "leave out --changed-lines"
            raise CrampError("a baseline is made of whole articles", "--write-baseline", todo)
        from ..changes import since, staged

        return staged(Path()) if self.since is None else since(Path(), self.since)

    def known(self, config: Config) -> Baseline | None:
        """The baseline in force, if there is one. Raises CrampError for one that cannot be read."""
        file = Path(self.baseline) if self.baseline else config.baseline
        if self.no_baseline:
            file = None
        if self.write_baseline:
            file = Path(self.write_baseline)
        if file is None:
            return None
        from ..baseline import Baseline, load

        return Baseline(file) if self.write_baseline and not file.exists() else load(file)

    def caused(
        self, results: list[Result], cause: Cause, *, scored: bool
    ) -> tuple[list[Result], list[str]]:
        """The results that count since the change, those of articles that it did not touch among
        them, and what there is to say of that."""
        if self.changed_lines:
            results = cause.narrowed(results)
        others = cause.elsewhere(scored=scored)
        told = f"{counted(len(results), 'article')} changed since {cause.changes.since}"
        if others:
            told += f"; what changed brought findings to {len(others)} more"
        return [*results, *others], [told]

    def sifted(
        self,
        results: list[Result],
        baseline: Baseline | None,
        files: Mapping[str, Path],
        ran: Collection[str],
    ) -> tuple[list[Result], list[str]]:
        """The results without what is known, and what there is to say of that. Writes the baseline
        first if that was asked for. Raises CrampError."""
        if baseline is None:
            return results, []
        from ..baseline import made_of, save, sift

        said = []
        if self.write_baseline:
            baseline = made_of(results, baseline, files, ran)
            save(baseline)
            many = counted(len(baseline.entries), "finding")
            said.append(
                f"{many} of {counted(len(baseline.texts), 'file')} written to {baseline.file}"
            )
        sifted = sift(results, baseline, files, ran)
        if sifted.known and not self.write_baseline:
            known_ones = counted(sifted.known, "known finding")
            said.append(f"{known_ones} left out, by {baseline.file}")
        if sifted.gone:
            said.append(_gone(sifted.gone, baseline.file))
        return sifted.results, said

    def ignored(
        self,
        results: list[Result],
        files: Mapping[str, Path],
        judge: Callable[[Article], Result],
        problems: list[CrampError],
    ) -> tuple[list[Result], list[str]]:
        """The results after suppressions for all findings were written into the articles, and what
        there is to say of that. What fails is one of `problems`. Raises CrampError for a reason
        that will not do."""
        if not self.add_ignore:
            return results, []
        from ..ignoring import fitting, ignore, refused

        reason = fitting(self.reason or "")
        done = [ignore(result, reason, judge) for result in results]
        out, count, articles = [], 0, 0
        for before, after in zip(results, done, strict=True):
            old, new = before.source, after.source
            try:
                if new is not old:
                    rewrite(files[before.path], old, new)
                    count += len(before.checked.findings) - len(after.checked.findings)
                    articles += 1
                elif after.checked.findings:
                    problems.append(refused(old))
                out.append(after)
            except CrampError as error:
                problems.append(error)
                out.append(before)
        where = counted(articles, "article")
        return out, [f"{counted(count, 'finding')} silenced in {where}"]


def stale(config: Config) -> list[str]:
    """What there is to say of waivers whose article is not there."""
    return [
        f"{one.at}: the waiver of {one.rule} is for {one.path}, which is not there: take it out"
        for one in config.waivers
        if not (config.root / one.path).is_file()
    ]


def _gone(entries: tuple[Entry, ...], file: Path) -> str:
    named = [f"{e.path}: {e.rule}" + f' "{e.words}"' * bool(e.words) for e in entries[:_NAMED]]
    more = f"; and {len(entries) - _NAMED} more" if len(entries) > _NAMED else ""
    are = "entry of the baseline answers" if len(entries) == 1 else "entries of the baseline answer"
    told = f"{len(entries)} {are} to no finding any more ({'; '.join(named)}{more})"
    return f"{told}: --write-baseline {file} takes them out"


def adopting(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `Adoption`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--baseline",
        metavar="FILE",
        help="Leave out the findings that FILE knows; report new ones.",
    ),
    click.option(
        "--no-baseline", is_flag=True, help="Report known findings too, whatever is configured."
    ),
    click.option(
        "--write-baseline", metavar="FILE", help="Write what is found now to FILE, as known."
    ),
    click.option(
        "--add-ignore",
        is_flag=True,
        help="Write suppressions for what is found now; with --reason, for errors too.",
    ),
    click.option("--reason", metavar="TEXT", help="Why: written into each suppression."),
    click.option(
        "--since", metavar="REF", help="Judge what changed since HEAD and the commit REF parted."
    ),
    click.option("--staged", is_flag=True, help="Judge what is staged, as it is in the index."),
    click.option(
        "--changed-lines",
        is_flag=True,
        help="With these: report lines that changed, and what the change broke elsewhere.",
    ),
)
