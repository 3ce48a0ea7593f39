"""Where articles live, what their files are called, and which files belong to their site."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from .config import Config, repository
from .model import Article
from .read import ENDINGS


def home_of(config: Config) -> tuple[Path, ...]:
    """Where the site's articles live."""
    usual = config.root / "articles"
    if config.paths or not usual.is_dir():
        return config.paths
    # A link may come with a pull request too, and nobody has named this folder.
    return (usual,) if usual.resolve().is_relative_to(repository(config.root)) else ()


def wanted(article: Article) -> list[str]:
    """What an article links to, and what its front matter calls related."""
    listed = article.meta.data.get("related")
    related = [x for x in listed if isinstance(x, str)] if isinstance(listed, list) else []
    return [link.target for link in article.links if not link.image] + related


def named(linked: Iterable[tuple[str, Iterable[str]]]) -> Iterator[Path]:
    """The files that articles link to, where nothing says which files belong to the site. Only
    files below an article's folder, or beside that folder: a link is no way to the rest. `linked`:
    (name of an article, what it has `wanted`)."""
    for name, targets in linked:
        folder = Path(name).parent
        root = os.path.join(os.path.realpath(folder.parent), "")
        for target in targets:
            path = unquote(re.split(r"[?#]", target)[0]).removesuffix("/")
            if not path or path.startswith("/") or ":" in path or "\0" in path:
                continue
            for ending in ("", *ENDINGS):
                file = folder / f"{path.removesuffix('.html')}{ending}"
                if os.path.realpath(file).startswith(root) and file.suffix in ENDINGS:
                    yield from [file] if file.is_file() else []


def name_of(file: Path) -> str:
    """What reports call a file: its path from the working folder if it lies inside, else in full.
    Bytes of a name that are not UTF-8 are written out."""
    given = os.fspath(file)
    if os.sep == "/" and given.isascii() and given[0] != "/" and ".." not in given:
        return given  # the usual case, at once: `Path` has taken "." and "//" out
    whole, here = os.path.abspath(file), os.path.join(os.getcwd(), "")
    name = whole.removeprefix(here).replace(os.sep, "/")
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def inside(name: str, root: Path) -> bool:
    """True if the file of that name lies below `root`."""
    return os.path.join(os.path.realpath(name), "").startswith(
        os.path.join(os.path.realpath(root), "")
    )
