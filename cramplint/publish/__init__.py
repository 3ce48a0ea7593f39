"""Articles -> pages on disk: checked, mended, linked with each other, whole files or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ..config import Config
from ..parse import parse
from ..read import decode
from ..render.theme import OURS, Theme
from ..seen import USUAL, Along, Means, Seen, look, unwatched
from ..store import Store
from ..understand import understand
from ..workers import each
from .article import Item, Made, made
from .mended import Mended
from .readings import unpacked
from .record import said_of
from .shelf import Shelf
from .writing import Context, Summary, Withheld, write

__all__ = ["Summary", "Withheld", "publish"]


class _Task(NamedTuple):
    """A page that is to be made of an article: its text after the safe fixes, None if these did
    not change it; its reading, packed, b"" if it is to be understood."""

    item: Item
    one: Seen
    text: str | None
    reading: bytes

    @property
    def size(self) -> int:
        return len(self.one.data) or USUAL


class _Work(NamedTuple):
    shelf: Shelf

    @property
    def kept(self) -> dict[str, Any]:
        return self.shelf.site.kept


def _make(task: _Task, work: _Work) -> Made:
    """Raises CrampError if the file is not what it was, and for a template that fails."""
    source = decode(task.one.bytes_of(task.item.name), task.item.name)
    article = parse(source if task.text is None else replace(source, text=task.text))
    site = work.shelf.site
    held = task.reading
    reading = unpacked(article, held) if held else understand(article, site.data)
    done = made(task.item, source, reading, work.shelf)
    (site.asked or {}).clear()
    return done


def publish(
    paths: Sequence[Path],
    config: Config,
    means: Means,
    out: Path,
    *,
    store: Store | None = None,
    along: Along = unwatched,
    jobs: int = 0,
    dry: bool = False,
    theme: Theme = OURS,
) -> Summary:
    """Mend, check and write the articles among `paths`; the files themselves stay as they are.
    What is kept in `store` of earlier runs spares what would come out the same. `along` tells how
    far the work is; `jobs` processes share it, 0 for as many as can run at a time. With `dry`
    nothing is written. `theme`: what pages are drawn by.

    Raises CrampError, before anything is written, for names that collide or cannot be used, for
    places that must not be written to, and for files that change meanwhile; and for what the disk
    refuses.
    """
    store = store or Store(None)
    looked = look(paths, config, store, along=along)
    mended = Mended(looked, config, store, means, along, jobs)
    rules, selection, _ = means()
    homes = _Homes([*(config.paths or (config.root / "articles",)), *looked.asked])
    files, states = looked.files, mended.states
    seen_as = {name: homes.seen(files[name]) for name in states}
    items = [
        Item(
            seen_as[name][0],
            name,
            looked.seen[name].digest + state.signed,
            state.verdict.draft,
            state.verdict.rules,
            state.verdict.scores,
            state.verdict.suppressed,
            state.verdict.waived,
            seen_as[name][1],
        )
        for name, state in states.items()
    ]
    pages = mended.after.site.pages
    rest = {name: one.file for name, one in looked.around.items() if not pages[name].draft}
    rest |= {name: file for name, file in files.items() if name not in states}

    def make(todo: Sequence[Item], shelf: Shelf) -> Iterator[Made]:
        tasks = (
            _Task(i, looked.seen[i.name], mended.text_of(i.name), mended.reading_of(i.name))
            for i in todo
        )
        return each(_make, tasks, len(todo), _Work(shelf), jobs)

    how = Context(
        mended.after.site,
        out,
        mended.after.links,
        config.fail_on,
        config.site_name,
        {name: homes.seen(file)[0] for name, file in rest.items()},
        said_of(config, rules, selection, theme),
        store,
        dry,
        theme,
        along,
    )
    done = write(items, make, how)
    verdicts = (state.verdict for state in states.values())
    unspoken = tuple((v.lang, v.unspoken) for v in verdicts if v.unspoken)
    return replace(done, problems=tuple(mended.problems), unspoken=unspoken)


class _Homes:
    """The folders that paths of articles are seen from, the first that holds one."""

    def __init__(self, homes: Iterable[Path]) -> None:
        self._homes = [(os.path.join(os.path.abspath(home), ""), home) for home in homes]

    def seen(self, file: Path) -> tuple[str, Path]:
        """The path of `file` from its home, with "/", and that home; else its bare name, and the
        folder where it lies."""
        whole = os.path.abspath(file)
        for prefix, home in self._homes:
            if whole.startswith(prefix):
                return _plain(whole[len(prefix) :].replace(os.sep, "/")), home
        return _plain(os.path.basename(whole)), Path(whole).parent


def _plain(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
