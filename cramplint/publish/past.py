"""What the last run left in the folder that is published into."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ..outdir import OutDir
from ..render.body import Entry
from .names import LIST, MANIFEST, files


class Past(NamedTuple):
    """The last manifest: `outputs` by name."""

    outputs: Mapping[str, Any]


def past(folder: OutDir) -> Past:
    """What the manifest says; nothing where it says nothing that can be read."""
    manifest = folder.json(MANIFEST)
    outputs = manifest.get("outputs") if isinstance(manifest, dict) else None
    if isinstance(outputs, dict):
        folder.know(
            {file: str(x.get("sha256")) for file, x in outputs.items() if isinstance(x, dict)}
        )
    return Past(dict(outputs) if isinstance(outputs, dict) else {})


def listed(folder: OutDir, paths: Collection[str]) -> Iterator[Entry]:
    """How the last list of pages has those of the articles at `paths`."""
    said = folder.json(LIST)
    articles = said.get("articles") if isinstance(said, dict) else None
    wanted = {files(path)[0] for path in paths}
    for one in articles if isinstance(articles, list) else ():
        if isinstance(one, dict) and one.get("path") in wanted:
            yield _entry(one)


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
