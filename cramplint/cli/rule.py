"""`cramplint rule`: what a rule wants and why; or all of them; or whether their examples hold."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import click

from ..check import VOCABULARY, nearest
from ..config import load
from ..model import CrampError, Rule
from ..prove import prove
from ..report.escape import inert, visible
from ..report.result import counted
from ..rules import RuleSet
from ..rules import load as load_rules
from .terminal import colourful, say, style, tell
from .values import COLOURS, Choice, rule_ids


@click.command()
@click.argument("rule_id", required=False, metavar="[ID]", shell_complete=rule_ids)
@click.option(
    "--test", is_flag=True, help="Run the examples of every page (of folder ID, if given)."
)
@click.option("--config", metavar="FILE", help="Read this configuration file.")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option("--color", type=Choice(COLOURS), default="auto")
def rule(rule_id: str | None, test: bool, config: str | None, isolated: bool, color: str) -> int:
    """Print the page of a rule, list all rules, or prove their pages.

    \b
    Examples:
      cramplint rule
      cramplint rule artifact/list-lost
      cramplint rule --test
      cramplint rule --test my-rules
    """
    settings = load(Path(), Path(config) if config else None, isolated=isolated)
    if test:
        own = [Path(rule_id)] if rule_id else list(settings.rule_paths)
        return _test(load_rules(VOCABULARY, own, cached=False), own[0] if rule_id else None)
    rules = load_rules(VOCABULARY, settings.rule_paths, cached=False)
    if rule_id is None:
        say(_listing(rules.rules.values(), colourful(color)))
        return 0
    if rule_id not in rules.rules:
        raise CrampError(f"no rule is called {rule_id}", "", nearest(rule_id, rules))
    _print(rules.rules[rule_id], colourful(color))
    return 0


def _listing(rules: Iterable[Rule], coloured: bool) -> str:
    """Rules by group: id, severity, title."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    width = max((len(rule.id) for rule in ordered), default=0)
    out = []
    for group, members in groupby(ordered, key=lambda rule: rule.id.partition("/")[0]):
        out.append(f"{style('path', group) if coloured else group}\n")
        for rule in members:
            level = f"{rule.severity:<7}"
            shown = style(rule.severity, level) if coloured else level
            out.append(f"  {rule.id:<{width}}  {shown}  {visible(rule.title)}\n")
        out.append("\n")
    return inert("".join(out))


def _print(rule: Rule, coloured: bool) -> None:
    """The page as it stands in its file; on a terminal, laid out."""
    page = Path(rule.path).read_text("utf-8-sig")
    lines = [visible(line) for line in page.split("\n")]
    if not (coloured and sys.stdout.isatty()):
        say(inert("\n".join(lines)))
        return
    from rich.console import Console
    from rich.markdown import Markdown

    body = lines.index("---", 1) + 1
    say(f"{style('rule', rule.id)}  {style(rule.severity, rule.severity)}\n\n")
    Console().print(Markdown("\n".join(lines[body:])))


def _test(rules: RuleSet, folder: Path | None) -> int:
    """Prove the pages of `folder`, or all; what does not hold is listed."""
    home = folder.resolve() if folder else None
    chosen = [
        rule
        for rule in rules.rules.values()
        if home is None or home in Path(rule.path).resolve().parents
    ]
    failures = [line for rule in chosen for line in prove(rule, rules)]
    for line in failures:
        say(inert(visible(line)) + "\n")
    examples = sum(len(rule.examples) for rule in chosen)
    proved = f"{counted(len(chosen), 'rule')}, {counted(examples, 'example')}"
    tell(f"{proved}; {len(failures)} do not hold")
    return int(bool(failures))
