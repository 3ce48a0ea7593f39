"""`cramplint init`: a first configuration, the hook and the workflow."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from ..check import VOCABULARY
from ..config import FILE, find
from ..config import read as read_config
from ..keys import KEYS, LOCALES, PROFILES
from ..model import CrampError
from ..report.escape import inert, visible
from ..rules import load as load_rules
from ..start import HOOKS, WORKFLOW, article_folders, create, home, hook, settings, workflow
from .terminal import say, tell
from .values import Choice


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=str), metavar="[FOLDER]...")
@click.option("--profile", type=Choice(PROFILES), help="How strict to be.")
@click.option("--locale", type=Choice(LOCALES), help="Where the readers live.")
@click.option("--site-url", metavar="URL", help="Where the pages will be published.")
@click.option("--pre-commit/--no-pre-commit", "hooked", default=None, help=f"Write {HOOKS} [no].")
@click.option("--workflow/--no-workflow", "worked", default=None, help=f"Write {WORKFLOW} [no].")
@click.option(
    "--repo",
    default="",
    metavar="URL",
    help="The git repository that hook and workflow get cramplint from.",
)
@click.option("--rev", default="", metavar="REV", help="Its tag or commit.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing.")
def init(
    folders: tuple[str, ...], hooked: bool | None, worked: bool | None, yes: bool, **given: Any
) -> int:
    """Write a commented cramplint.toml, and on request a pre-commit hook and a GitHub workflow.

    On a terminal it asks for what no option says. FOLDER: where the articles are; without it they
    are looked for. A file that is there already is left as it is.

    \b
    Examples:
      cramplint init
      cramplint init --yes
      cramplint init content/health --profile strict --locale gb
      cramplint init --pre-commit --workflow --repo https://example.org/cramplint
    """
    root = Path()
    before = find(root)
    there = read_config(before) if before and before.parent == root.resolve() else None
    chosen = {name: given[name.replace("-", "_")] for name in ("profile", "locale", "site-url")}
    chosen["paths"] = _folders([*map(str, there.paths)] if there else folders, root) or None
    place = home(given["repo"], given["rev"])
    if not yes and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty():
        chosen = chosen if there else _ask(chosen)
        hooked = click.confirm(f"Write {HOOKS}?", err=True) if hooked is None else hooked
        able = bool(place.url or place.indexed)
        worked = (
            click.confirm(f"Write {WORKFLOW}?", err=True) if worked is None and able else worked
        )
    entry = hook(place, chosen["paths"] or ())
    texts = {} if there else {FILE: settings(chosen)}
    if hooked:
        texts[HOOKS] = f"repos:\n{entry}"
    if worked:
        texts[WORKFLOW] = workflow(place)
    if there and before:
        tell(f"left as it is: {before.name}, which holds settings already")
    elif before:
        tell(f"from now on {FILE} holds here, and no longer {before}")
    for name, text in texts.items():
        if create(root / name, text):
            say(inert(f"wrote {name}\n" + "".join(_lines(text))))
        else:
            tell(f"left as it is: {name}, which is there already")
            if name == HOOKS:
                tell("to have the hook, add to its `repos`:")
                say(inert("".join(_lines(entry))))
    if not chosen["paths"]:
        tell(f"no folder of health articles was found: name yours under `paths` in {FILE}")
    say("next: cramplint check\n" + "next: pre-commit install\n" * bool(hooked))
    return 0


def _folders(stated: Sequence[str], root: Path) -> list[str]:
    """Where the articles are, as the configuration names it."""
    for name in stated:
        if not Path(name).is_dir():
            raise CrampError("there is no such folder", name)
    found = stated or article_folders(root, load_rules(VOCABULARY).data)
    return [Path(os.path.relpath(name, root)).as_posix() for name in found]


def _ask(chosen: dict[str, Any]) -> dict[str, Any]:
    """The same with what a person says on the terminal."""
    shown = ", ".join(chosen["paths"] or ())
    typed = click.prompt("Folders of articles, with commas", default=shown, err=True)
    paths = [part.strip() for part in typed.split(",") if part.strip()]
    profile = chosen["profile"] or click.prompt(
        KEYS["profile"].about.capitalize(), type=Choice(PROFILES), default="writer", err=True
    )
    locale = chosen["locale"] or click.prompt(
        "Where the readers live (Enter: judge by each page)",
        type=Choice(("", *LOCALES)),
        default="",
        show_choices=False,
        show_default=False,
        err=True,
    )
    return {**chosen, "paths": paths or None, "profile": profile, "locale": locale or None}


def _lines(text: str) -> Iterable[str]:
    """What is in force of a file, indented."""
    lines = (line for line in text.split("\n") if line.strip() and not line.startswith("#"))
    return (f"  {visible(line)}\n" for line in lines)
