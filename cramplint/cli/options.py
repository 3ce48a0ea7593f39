"""The options that the verbs share, and how they override the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import cache
from ..config import Config, load
from ..keys import LEVELS, LOCALES, PROFILES, THRESHOLDS
from ..model import SEVERITIES, CrampError
from ..near import hint
from ..report import FORMATS
from .values import COLOURS, Choice, formats, rule_ids, rule_levels

if TYPE_CHECKING:
    from datetime import date

STDOUT = ""  # the file name of standard output


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line; None and () leave it to the configuration."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    profile: str | None = None
    locale: str | None = None
    output_format: tuple[str, ...] = ()
    fail_on: str | None = None
    exit_zero: bool = False
    statistics: bool = False
    today: str | None = None
    no_cache: bool = False
    cache_dir: str | None = None
    jobs: int = 0
    config: str | None = None
    isolated: bool = False
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False

    def settle(self) -> Config:
        """The configuration in force. A stated --select, --profile, … replaces the configured one;
        --extend-select, --ignore and --severity add to it. Raises CrampError."""
        if self.cache_dir:
            cache.use(Path(self.cache_dir))
        base = load(Path(), Path(self.config) if self.config else None, isolated=self.isolated)
        return replace(
            base,
            select=_listed(self.select) or base.select,
            extend_select=base.extend_select + _listed(self.extend_select),
            ignore=base.ignore + _listed(self.ignore),
            severity={**base.severity, **dict(map(_level, _listed(self.severity)))},
            profile=self.profile or base.profile,
            locale=self.locale or base.locale,
            fail_on=self.fail_on or base.fail_on,
            output_format=self.output_format or base.output_format,
            today=_date(self.today),
        )

    def status(self, found: Iterable[str | None], config: Config, *, broken: bool) -> int:
        """The exit code: 2 if something could not be checked, 1 if the severity of what was `found`
        meets the threshold, else 0."""
        if broken:
            return 2
        if self.exit_zero or config.fail_on == "never":
            return 0
        counted = SEVERITIES[: SEVERITIES.index(config.fail_on) + 1]
        return int(any(severity in counted for severity in found))


def outputs(config: Config) -> dict[str, str]:
    """File name -> format; one of them is standard output, as text unless asked otherwise."""
    out: dict[str, str] = {}
    for asked in config.output_format:
        name, _, file = asked.partition("=")
        if name not in FORMATS:
            said = f"there is no output format {name!r}"
            raise CrampError(said, "--output-format", hint(name, FORMATS))
        if file in out:
            raise CrampError(
                f"two output formats go to {file or 'standard output'}",
                "--output-format",
                "send one of them to a file: FORMAT=FILE",
            )
        out[file] = name
    return {STDOUT: "text", **out}


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `Options`, for a verb that checks."""
    return settling(_with(command, _RUNNING))


def settling(command: Callable[..., Any]) -> Callable[..., Any]:
    """Those of them that override the configuration, or say which it is."""
    return _with(command, _SETTING)


def _with(command: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


_MANY: dict[str, Any] = {"multiple": True, "metavar": "ID[,ID]", "shell_complete": rule_ids}
_SETTING = (
    click.option("--select", **_MANY, help="Run these rules only: ids, or group/*."),
    click.option("--extend-select", **_MANY, help="Run these rules too."),
    click.option("--ignore", **_MANY, help="Leave these rules out."),
    click.option(
        "--severity",
        multiple=True,
        metavar="ID=LEVEL",
        shell_complete=rule_levels,
        help=f"Change how severe a rule is: {', '.join(LEVELS)}.",
    ),
    click.option("--profile", type=Choice(PROFILES), help="How strict to be."),
    click.option("--locale", type=Choice(LOCALES), help="Where the readers live."),
    click.option("--fail-on", type=Choice(THRESHOLDS), help="What makes the exit code 1 [error]."),
    click.option(
        "--config",
        type=click.Path(path_type=str),
        metavar="FILE",
        help="Read this configuration file.",
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
)
_RUNNING = (
    click.option(
        "--output-format",
        multiple=True,
        metavar="FORMAT[=FILE]",
        shell_complete=formats,
        help=f"{', '.join(FORMATS)}; several with FORMAT=FILE.",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found."),
    click.option("--statistics", is_flag=True, help="Count by rule instead of showing places."),
    click.option(
        "--today",
        metavar="DATE",
        help="The date to judge by, YYYY-MM-DD [today].",
    ),
    click.option(
        "--no-cache", is_flag=True, help="Keep nothing between runs, and use nothing kept."
    ),
    click.option("--cache-dir", metavar="DIR", help="Keep there what later runs can use."),
    click.option(
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="How many processes share the work; 0: as many as can run at a time [0].",
    ),
    click.option(
        "--color", type=Choice(COLOURS), default="auto", help="Overrides NO_COLOR and FORCE_COLOR."
    ),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but findings and errors."),
    click.option("-v", "--verbose", is_flag=True, help="Show every place, and what is read."),
)


def _listed(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _level(stated: str) -> tuple[str, str]:
    rule, mark, level = stated.partition("=")
    if not mark or level not in LEVELS:
        raise CrampError(f"{stated!r} is no ID=LEVEL", "--severity", hint(level, LEVELS))
    return rule, level


def _date(stated: str | None) -> date:
    """The date to judge by: the clock is read here and nowhere else."""
    from datetime import date

    if stated is None:
        return date.today()
    try:
        return date.fromisoformat(stated)
    except ValueError as error:
        raise CrampError(f"{stated!r} is no date", "--today", "write YYYY-MM-DD") from error
