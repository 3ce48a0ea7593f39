"""`cramplint config`: the settings in force, and where each comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..config import Config
from ..keys import KEYS, WAIVER
from ..model import Waiver
from ..report.escape import dumped, inert, visible
from .options import Options, settling
from .terminal import colourful, say, style
from .values import COLOURS, Choice

_DEFAULT = "default"


class Setting(NamedTuple):
    """`value` as JSON holds it, None if nothing is set; `origin`: places in files, options, or
    "default"."""

    name: str
    value: Any
    origin: tuple[str, ...]


@click.command()
@settling
@click.option(
    "--output-format", type=Choice(("text", "json")), default="text", help="How to print."
)
@click.option("--color", type=Choice(COLOURS), default="auto")
def config(output_format: str, color: str, **options: Any) -> int:
    """Print the settings in force, and where each comes from: a line of a file, an option, or the
    default. Paths are relative to the folder of the configuration file.

    \b
    Examples:
      cramplint config
      cramplint config --profile strict --ignore 'readability/*'
      cramplint config --output-format json
    """
    asked = Options(**options)
    settled = asked.settle()
    found = list(_settings(settled, asked))
    file = _shown(str(settled.file)) if settled.file else None
    if output_format == "json":
        settings = {one.name: {"value": one.value, "from": list(one.origin)} for one in found}
        root = settled.root.absolute().as_posix()
        say(dumped({"version": 1, "file": file, "root": root, "settings": settings}))
        return 0
    rows = [row for one in found for row in _rows(one)]
    wide, far = (max(len(row[i]) for row in rows) for i in (0, 1))
    out = [f"# {file or 'no configuration file'}"]
    for name, value, origin in rows:
        line = f"{name:<{wide}}  {value:<{far}}  {origin}"
        faint = colourful(color) and origin == _DEFAULT
        out.append(style("dim", line) if faint else line)
    say(inert("\n".join(out)) + "\n")
    return 0


def _settings(settled: Config, asked: Options) -> Iterator[Setting]:
    for name in KEYS:
        key = name.replace("-", "_")
        value = getattr(settled, key)
        stated = bool(getattr(asked, key, None))
        adds = name in ("extend-select", "ignore", "severity")
        origin = [settled.places[name]] if name in settled.places and (adds or not stated) else []
        if name == "severity":
            yield from _levels(settled, asked)
            continue
        shown = tuple(map(_shown, origin)) + (f"--{name}",) * stated
        yield Setting(name, _plain(value, settled.root), shown or (_DEFAULT,))


def _levels(settled: Config, asked: Options) -> Iterator[Setting]:
    """The severities, one by one: each may come from somewhere else."""
    by_option = {one.strip().partition("=")[0] for x in asked.severity for one in x.split(",")}
    for rule, level in settled.severity.items():
        place = "--severity" if rule in by_option else _shown(settled.places[f"severity.{rule}"])
        yield Setting(f"severity.{rule}", level, (place,))


def _plain(value: Any, root: Path) -> Any:
    """A value as JSON holds it; nothing set is None."""
    if isinstance(value, tuple | frozenset):
        listed = [_entry(x, root) for x in value]
        return sorted(listed) if isinstance(value, frozenset) else listed
    if isinstance(value, Mapping):
        return dict(value)
    return _entry(value, root) if value != "" else None


def _entry(value: Any, root: Path) -> Any:
    if isinstance(value, Waiver):
        return {key: getattr(value, key) for key in WAIVER}
    return Path(os.path.relpath(value, root)).as_posix() if isinstance(value, Path) else value


def _rows(setting: Setting) -> Iterator[tuple[str, str, str]]:
    import json

    said = "" if setting.value in (None, [], {}) else json.dumps(setting.value, ensure_ascii=False)
    yield visible(setting.name), visible(said) or "-", visible(", ".join(setting.origin))


def _shown(place: str) -> str:
    """A place in a file as seen from here."""
    return place.removeprefix(os.path.join(os.getcwd(), ""))
