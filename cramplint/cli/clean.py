"""`cramplint clean`: delete what runs kept for later ones."""

from __future__ import annotations

from pathlib import Path

import click

from .. import cache
from .terminal import tell


@click.command()
@click.option("--cache-dir", metavar="DIR", help="Where it is kept, if not in the usual place.")
def clean(cache_dir: str | None) -> int:
    """Delete what is kept between runs: compiled patterns, pages, what was found in articles.

    Nothing is lost: the next run works it out again. Files of anybody else are left alone.

    \b
    Examples:
      cramplint clean
      cramplint clean --cache-dir .cache/cramplint
    """
    if cache_dir:
        cache.use(Path(cache_dir))
    files, size = cache.clear()
    many = "1 file" if files == 1 else f"{files} files"
    tell(f"{many} deleted ({size / 1_000_000:.1f} MB) in {cache.folder()}")
    return 0
