"""`cramplint schema`: the JSON Schema of what is written and read."""

from __future__ import annotations

import click

from ..schema import NAMES
from ..schema import schema as schema_of
from .terminal import say
from .values import Choice


@click.command()
@click.argument("name", type=Choice(NAMES), metavar="NAME")
def schema(name: str) -> int:
    """Print a JSON Schema (draft 2020-12): article, findings or config.

    article: what `cramplint publish` writes beside each page; findings: what `cramplint check
    --output-format json` prints; config: cramplint.toml, for editors that check and complete it.

    \b
    Examples:
      cramplint schema findings
      cramplint schema config > cramplint.schema.json
    """
    import json

    say(json.dumps(schema_of(name), indent=2) + "\n")
    return 0
