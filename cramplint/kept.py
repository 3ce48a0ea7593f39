"""The libraries that are slow to load: which are there, and what they said of a text before.

What they say depends on the text, on their version and on the table of syllables. So it is kept
between runs by content, as long as these are the same: an unchanged article costs nothing again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from . import cache
from .rules import folder

# What a check names -> the modules that it cannot do without.
_NEEDS = {"textstat": ("textstat", "pyphen"), "proselint": ("proselint", "re2")}
_MOST = 4000  # values; of older ones the last used stay
_NAME = "said"


def absent(libraries: Iterable[str]) -> list[str]:
    """Those of `libraries` that cannot be loaded, sorted."""
    return sorted(
        library for library in set(libraries) if not all(_origin(name) for name in _NEEDS[library])
    )


def recall() -> dict[str, Any]:
    """What is kept, for `Site.kept`."""
    stored = cache.fetch(_NAME)
    if not isinstance(stored, dict) or stored.get("made of") != _made_of():
        return {}
    said = stored.get("said")
    return said if isinstance(said, dict) else {}


def retain(said: dict[str, Any], before: Iterable[str]) -> None:
    """Keep `said`, if it holds more than the keys that were there `before`."""
    if said.keys() - set(before):
        last = dict(list(said.items())[-_MOST:])
        cache.keep(_NAME, {"made of": _made_of(), "said": last})


def _made_of() -> list[Any]:
    """The libraries and the table, by place, size and time."""
    files = [_origin(name) for names in _NEEDS.values() for name in names]
    made: list[Any] = []
    for file in [*files, str(folder() / "data" / "syllables.counts")]:
        try:
            known = os.stat(file)
        except OSError:
            made.append(file)
            continue
        made += [file, known.st_size, known.st_mtime_ns]
    return made


def _origin(name: str) -> str:
    """The file of a module, "" if there is none."""
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return ""
    return spec.origin or "" if spec else ""
