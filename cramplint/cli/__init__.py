"""The command line: the group of verbs, and the one boundary where errors become messages."""

from __future__ import annotations

import click

from ..model import VERSION


@click.group()
@click.version_option(VERSION, prog_name="cramplint")
def main() -> None:
    """Check consumer health articles, and publish clean versions of them."""
