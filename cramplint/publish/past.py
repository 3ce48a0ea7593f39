"""What the last run left in the folder that is published into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..outdir import OutDir
from ..render.body import Entry
from .names import LIST, MANIFEST, files


class Past(NamedTuple):
    """The last manifest: `outputs` by name; and the list of pages, by the name of the page."""

    outputs: Mapping[str, Any]
    entries: Mapping[str, Entry]


def past(folder: OutDir) -> Past:
    """What manifest and list say; nothing where they say nothing that can be read."""
    manifest, listed = folder.json(MANIFEST), folder.json(LIST)
    outputs = manifest.get("outputs") if isinstance(manifest, dict) else None
    articles = listed.get("articles") if isinstance(listed, dict) else None
    if isinstance(outputs, dict):
        folder.know(
            {file: str(x.get("sha256")) for file, x in outputs.items() if isinstance(x, dict)}
        )
    entries = [_entry(one) for one in articles if isinstance(one, dict)] if articles else []
    return Past(
        dict(outputs) if isinstance(outputs, dict) else {},
        {entry.path: entry for entry in entries},
    )


def stands(folder: OutDir, last: Past, path: str) -> bool:
    """True if the page and the document of the last good state are there."""
    return all(file in last.outputs and folder.holds(file) for file in files(path))


def _entry(said: Mapping[str, Any]) -> Entry:
    path, title, description, lang, updated, created = (
        str(said.get(key, ""))
        for key in ("path", "title", "description", "lang", "updated", "created")
    )
    topics, authors, aliases = (_texts(said.get(key)) for key in ("topics", "authors", "aliases"))
    return Entry(path, title, description, topics, lang, updated, created, authors, aliases)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
