"""What was made before: an article that would come out the same is not made again.

While a page is made, it asks where links lead and what its related articles are called. What it
asked and was told is kept; if its text, the settings and all these answers are the same, so is the
page. So a change of one article costs that article and those to which it makes a difference.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

from ..outdir import OutDir
from ..render.body import Entry
from .article import Item, Made, ways
from .shelf import Shelf


def key(item: Item, shelf: Shelf, aliases: tuple[str, ...], basis: str) -> str:
    """Names all that a page is made of but the answers; `basis` what all pages are made by."""
    found = [(finding.rule, finding.severity) for finding in item.findings]
    text = item.reading.article.source.text
    made_of = [basis, item.path, item.source.text, text, found, repr(item.scores), item.suppressed]
    whole = dumps([*made_of, aliases, shelf.name, repr(shelf.site.settings)], default=str)
    return sha256(whole.encode()).hexdigest()


def frozen(key: str, made: Made) -> dict[str, Any]:
    """What to keep of an article, as JSON."""
    hashes = {file: sha256(data).hexdigest() for file, data in made.files.items()}
    return {
        "key": key,
        "asked": made.asked,
        "entry": list(made.entry),
        "files": hashes,
        "local": made.local,
    }


def entry_again(kept: Any, key: str, item: Item, shelf: Shelf, folder: OutDir) -> Entry | None:
    """How the article is listed, if its files are there as they would be made; else None."""
    try:
        if kept["key"] != key or not all(isinstance(one, str) for one in kept["local"]):
            return None
        if any(folder.hashes.get(f) != h for f, h in kept["files"].items()):
            return None
        told = ways(item, shelf)
        if any(told(kind, what) != answer for kind, what, answer in kept["asked"]):
            return None
        path, title, description, topics, lang, updated, created, authors, aliases = kept["entry"]
    except (KeyError, TypeError, ValueError):
        return None
    lists = (tuple(topics), tuple(authors), tuple(aliases))
    return Entry(path, title, description, lists[0], lang, updated, created, lists[1], lists[2])


def signature(basis: Mapping[str, Any]) -> str:
    """Names what all pages are made by: the rules and settings of `basis`, and the code and the
    templates, by size and time as compilers know their sources."""
    root = Path(__file__).parent.parent
    files = sorted(_files(root))
    return sha256(dumps([basis, files], sort_keys=True, default=str).encode()).hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in ("__pycache__", "_rules"):
                yield from _files(Path(entry.path))
        else:
            known = entry.stat()
            yield entry.path, known.st_size, known.st_mtime_ns
