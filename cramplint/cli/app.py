"""The group of verbs. Each lives in a module of its own, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from ..model import VERSION
from ..near import hint

VERBS = ("check", "publish", "rule", "init", "config", "schema", "completion", "clean")


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            raise click.UsageError(f"there is no command {name!r}; {hint(name, VERBS)}", ctx)
        verb = getattr(import_module(f".{name}", __package__), name)
        return verb if isinstance(verb, click.Command) else None


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    VERSION, "-V", "--version", prog_name="cramplint", message="%(prog)s %(version)s"
)
def app() -> None:
    """Check consumer health articles, and publish clean versions of them.

    \b
    Examples:
      cramplint check                    the articles of this folder
      cramplint check articles/iron.md   one of them
      cramplint check --fix              mend what can be mended safely
      cramplint publish --out site       clean HTML and JSON of what passes
      cramplint rule artifact/list-lost  what a rule wants, and why
      cramplint init                     a first configuration
    """
