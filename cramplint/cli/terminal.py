"""What a terminal is told: colours, widths, notices, reports."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO, TypeVar, cast

import click

from ..found import Brief
from ..model import CrampError, Rule
from ..report import report
from ..report.escape import inert, visible
from ..report.result import Look, Result
from ..report.text import statistics
from ..write import write
from .options import STDOUT

_COLOURS: dict[str, dict[str, Any]] = {
    "path": {"bold": True, "underline": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "blue", "bold": True},
    "mark": {"fg": "red"},
    "removed": {"fg": "red"},
    "added": {"fg": "green"},
    "rule": {"fg": "cyan"},
    "dim": {"dim": True},
}
T = TypeVar("T")
_AT_ONCE = 100_000  # characters of a report that are written at once
_MANY = 40  # articles; fewer are done before a bar would be seen
_USUAL, _LEAST = 100, 40  # cells of a line where nobody says, and where a terminal is absurd


def colourful(choice: str) -> bool:
    """A stated choice first, then NO_COLOR, then FORCE_COLOR, then whether someone is watching."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def style(role: str, text: str) -> str:
    return click.style(text, **_COLOURS[role])


def look(color: str, rules: Mapping[str, Rule], *, verbose: bool, quiet: bool) -> Look:
    fold = 0 if verbose else 3
    plain = Look(width=_width(), fold=fold, totals=not quiet, rules=rules)
    return plain._replace(style=style) if colourful(color) else plain


def _width() -> int:
    if not sys.stdout.isatty():
        return _USUAL
    import shutil

    return max(shutil.get_terminal_size((_USUAL, 24)).columns, _LEAST)


def along(items: Collection[T], label: str, *, quiet: bool) -> Iterator[T]:
    """The items, with a bar on standard error while they are worked on, if somebody watches there
    and there are enough to wait for."""
    if quiet or len(items) < _MANY or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=cast("TextIO", _Watched(sys.stderr))) as bar:
        yield from bar


class _Watched:
    """A terminal that may be closed while it is written to: that stops no work, least of all half
    of a site on its way to its place."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._terminal.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._terminal.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._terminal, name)


def say(text: str, *, err: bool = False) -> None:
    """Text that is dressed as it should be already: click is not to undress it."""
    click.echo(text, nl=False, err=err, color=True)


def tell(words: str) -> None:
    """One line on standard error, made harmless."""
    say(inert(visible(words)) + "\n", err=True)


def complain(problems: Iterable[CrampError]) -> None:
    for problem in problems:
        tell(f"error: {problem}")


def lacking(libraries: Iterable[str]) -> None:
    """Say which libraries are not there, and what is not done for that."""
    from ..kept import absent  # loads what the rules need

    for library in absent(libraries):
        off = {
            "textstat": "readability/grade and the readability facts are",
            "proselint": "prose/style is",
        }
        tell(f"{off[library]} off: {library} cannot be loaded (see the README on what it needs)")


def foreign(unspoken: Iterable[tuple[str, int]]) -> None:
    """Say which articles only some rules were run on, because of their language: `unspoken` are
    the language of each article and how many rules do not know it."""
    found: dict[str, list[int]] = {}
    for lang, number in unspoken:
        if number:
            found.setdefault(lang, []).append(number)
    for lang, numbers in sorted(found.items()):
        are = "articles are" if len(numbers) > 1 else "article is"
        name = "another script" if lang == "und" else f"another language ({lang})"
        most = max(numbers)
        tell(f"{len(numbers)} {are} in {name}: {most} rules know only English and did not run")


def nothing(asked: Iterable[Path]) -> None:
    """Say that nothing was checked, and why."""
    places = ", ".join(map(str, asked))
    tell(
        f"nothing was checked: no .md, .markdown, .mdx or .txt file in {places} "
        "(hidden, git-ignored and excluded files are left out)"
    )


class Passing:
    """Articles on their way, each seen once: how many there were, what severities were found; and
    for those that not all rules were run on, the language and how many were not."""

    def __init__(self) -> None:
        self.count = 0
        self.found: set[str] = set()
        self.unspoken: list[tuple[str, int]] = []

    def through(self, results: Iterable[Result]) -> Iterator[Result]:
        for result in results:
            levels = {str(finding.severity) for finding in result.checked.findings}
            self._pass(levels, result.lang, len(result.checked.unspoken))
            yield result

    def lines(self, briefs: Iterable[Brief]) -> Iterator[str]:
        """What they say."""
        for brief in briefs:
            self._pass(brief.levels, brief.lang, brief.unspoken)
            yield brief.lines

    def _pass(self, levels: Iterable[str], lang: str, unspoken: int) -> None:
        self.count += 1
        self.found.update(levels)
        if unspoken:
            self.unspoken.append((lang, unspoken))


def say_all(pieces: Iterable[str]) -> None:
    """A report as it comes, unless a bar stands where it would be written."""
    held = sys.stdout.isatty() and sys.stderr.isatty()
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > _AT_ONCE and not held:
            say("".join(waiting))
            waiting, size = [], 0
    say("".join(waiting))


def deliver(
    results: list[Result], wanted: dict[str, str], dress: Look, *, counts: bool, err: bool = False
) -> None:
    """The reports, each to its file; that of standard output to standard error if `err`. `counts`:
    people get statistics instead of places. Raises CrampError for a file that cannot be written."""
    for file, name in wanted.items():
        if file == STDOUT:
            table = counts and name in ("text", "concise")
            say(statistics(results, dress) if table else report(name, results, dress), err=err)
        else:
            text = report(name, results, Look(fold=dress.fold, rules=dress.rules))
            write(Path(file), text.encode("utf-8", "backslashreplace"))
