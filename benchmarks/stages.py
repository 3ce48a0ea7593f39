"""What one article costs stage by stage, in a process in which all is loaded."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt  # rich brings it

from cramplint import cache, needs, patterns
from cramplint.check import VOCABULARY, Selection, check
from cramplint.config import Config
from cramplint.corpus import gather
from cramplint.model import Source
from cramplint.parse import parse
from cramplint.places import name_of
from cramplint.read import decode
from cramplint.rules import load
from cramplint.understand import understand

from . import corpus
from .measure import Cost, Ran
from .stage import QUIET, Stage

PARSE: Final = "Markdown parse, markdown-it-py"
OWN: Final = "read and parse"
KNOWN: Final = "read, parse, understand"
WHOLE: Final = "whole catalogue"
FULL: Final = "whole catalogue, prose and readability on"
_ARTICLES: Final = 30
_WORDS: Final = 1000
_OURS: Final = Path(__file__).parent.parent / "articles"
_HOW: Final = (
    "In one process that has judged them before: rules are loaded, patterns compiled. Each stage "
    "of ours does again what the one above it does. markdown-it-py is the Markdown parser that "
    "most tools written in Python use; ours is another one, in Rust, and what it gives is made "
    "into sections, links and prose."
)


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles that go through the stages, and what is said of them."""

    title: str
    about: str
    texts: Callable[[int], Sequence[str]]


def _made(count: int) -> Sequence[str]:
    return [_cut(made.text) for made in corpus.articles(count)]


def _ours(count: int) -> Sequence[str]:
    return [file.read_text("utf-8") for file in sorted(_OURS.glob("*.md"))[:count]]


RACES: Final = {
    "stages": Articles(
        f"One article of about {_WORDS:,} words, stage by stage",
        f"{_ARTICLES} articles of those made here, which name a dose in every paragraph and hold "
        f"few links. {_HOW}",
        _made,
    ),
    "own stages": Articles(
        "One of our own articles, stage by stage",
        "Those of the folder `articles`, of 700 to 950 words, with sources, links and tables as "
        f"they are written for readers. {_HOW}",
        _ours,
    ),
}


def race(stage: Stage, name: str, articles: int = _ARTICLES) -> list[Ran]:
    """Each stage for all articles of a race, in turns."""
    folder = stage.folder / name.replace(" ", "-")
    folder.mkdir(exist_ok=True)
    texts = RACES[name].texts(articles)
    files = [folder / f"{number}.md" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, "utf-8", newline="\n")
    doing = _doing(texts, files)
    usual = gc.get_threshold()
    gc.set_threshold(100_000)  # as the command line does
    costs: dict[str, list[Cost]] = {name: [] for name in doing}
    for turn in range(stage.scale.rounds + 1):
        for name, act in doing.items():
            cpu, wall = time.process_time(), time.perf_counter()
            act()
            spent = Cost(time.process_time() - cpu, time.perf_counter() - wall, 0)
            if turn:  # the first one loads and compiles
                costs[name].append(spent)
    gc.set_threshold(*usual)
    return [Ran(name, len(texts), tuple(runs)) for name, runs in costs.items()]


def _doing(texts: Sequence[str], files: Sequence[Path]) -> dict[str, Callable[[], object]]:
    patterns.know(*cache.fetch_with(patterns.version()))
    needs.know(cache.fetch(needs.VERSION))
    rules = load(VOCABULARY)
    config = Config(root=files[0].parent, today=date(2026, 1, 1))
    site = gather(files, config).site(config, rules)
    quiet = Selection(ignore=tuple(QUIET[1].split(",")))
    markdown = MarkdownIt("commonmark").enable("table")
    raw = [(text.encode(), name_of(file)) for text, file in zip(texts, files, strict=True)]

    def sources() -> list[Source]:
        return [decode(data, name) for data, name in raw]

    def judged(selection: Selection) -> None:
        for source in sources():
            check(understand(parse(source), rules.data), rules, site, selection)

    return {
        PARSE: lambda: [markdown.parse(text) for text in texts],
        OWN: lambda: [parse(source) for source in sources()],
        KNOWN: lambda: [understand(parse(source), rules.data) for source in sources()],
        WHOLE: lambda: judged(quiet),
        FULL: lambda: judged(Selection()),
    }


def _cut(text: str) -> str:
    """`text` up to the paragraph in which it has as many words as wanted."""
    kept, words = [], 0
    for paragraph in text.split("\n\n"):
        words += len(paragraph.split())
        kept.append(paragraph)
        if words >= _WORDS:
            break
    return "\n\n".join(kept).rstrip("\n") + "\n"
