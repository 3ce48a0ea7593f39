"""What options and arguments take: the nearest where it is wrong, and what a shell completes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from ..config import load
from ..keys import LEVELS
from ..model import CrampError, Rule
from ..near import hint
from ..report import FORMATS
from ..report.escape import visible

COLOURS = ("auto", "always", "never")
Items = list[CompletionItem]


class Choice(click.Choice[str]):
    """One of some words; the message for any other asks for the nearest."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return f"there is no {value!r}; {hint(str(value), self.choices)}"


def rule_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """Ids and, where several are taken, group/*; of a list with commas the last one."""
    before, comma, typed = incomplete.rpartition(",")
    rules = _rules(ctx)
    titled = {name: visible(rule.title) for name, rule in rules.items()}
    if param.multiple:
        titled |= {f"{name.partition('/')[0]}/*": "" for name in rules}
    return [
        CompletionItem(f"{before}{comma}{name}", help=title or None)
        for name, title in sorted(titled.items())
        if name.startswith(typed)
    ]


def rule_levels(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """ID=LEVEL: first the ids, each with its "=", then the levels."""
    rule, mark, typed = incomplete.rpartition("=")
    if mark:
        return [CompletionItem(f"{rule}={x}") for x in LEVELS if x.startswith(typed)]
    return [CompletionItem(f"{i.value}=", help=i.help) for i in rule_ids(ctx, param, incomplete)]


def formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]


def _rules(ctx: click.Context) -> dict[str, Rule]:
    """The rules of the settings in force; those that are shipped where these have a fault, since
    nobody reads an error while a shell completes."""
    from ..check import VOCABULARY
    from ..rules import load as load_rules

    stated, isolated = ctx.params.get("config"), bool(ctx.params.get("isolated"))
    try:
        config = load(Path(), Path(stated) if stated else None, isolated=isolated)
        return dict(load_rules(VOCABULARY, config.rule_paths).rules)
    except CrampError:
        return dict(load_rules(VOCABULARY).rules)
