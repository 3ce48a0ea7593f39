"""`cramplint completion`: what a shell needs to complete commands, options, rule ids and files."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from ..model import CrampError
from .terminal import say
from .values import Choice

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command()
@click.argument("shell", required=False, type=Choice(SHELLS), metavar="[SHELL]")
@click.pass_context
def completion(ctx: click.Context, shell: str | None) -> int:
    """Print the script that makes a shell complete cramplint: bash, zsh, fish or powershell.

    With no SHELL, the one that $SHELL names. The script asks cramplint itself, so it need not be
    renewed when cramplint is.

    \b
    Examples:
      echo 'eval "$(cramplint completion bash)"' >> ~/.bashrc
      echo 'eval "$(cramplint completion zsh)"' >> ~/.zshrc
      cramplint completion fish > ~/.config/fish/completions/cramplint.fish
      cramplint completion powershell | Out-String | Invoke-Expression   # in $PROFILE
    """
    named = shell or Path(os.environ.get("SHELL", "")).name
    made = get_completion_class(named) if named in SHELLS else None
    if made is None:
        raise CrampError("which shell?", "completion", "one of: " + ", ".join(SHELLS))
    app = ctx.find_root().command
    say(made(app, {}, "cramplint", "_CRAMPLINT_COMPLETE").source())
    return 0
