"""Where the measuring takes place: articles on disk, commands of cramplint and of its peers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count as counting
from pathlib import Path
from typing import Final

from . import corpus
from .measure import Contender, environment
from .peers import Peers

QUIET: Final = ("--ignore", "prose/*,readability/*")
FOUND: Final = frozenset({0, 1})
_TODAY: Final = "2026-01-01"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: articles of the usual runs and of the archive; rounds; seconds.

    `budget` is the wall time after which a contender sits out the rounds that are left; `longest`
    the kilobytes of the longest article.
    """

    some: int
    many: int
    rounds: int
    starts: int
    budget: float
    timeout: float
    longest: int


SCALES: Final = {
    "full": Scale(some=1000, many=10_000, rounds=5, starts=11, budget=60, timeout=600, longest=960),
    "small": Scale(some=100, many=500, rounds=3, starts=5, budget=20, timeout=120, longest=240),
    "least": Scale(some=20, many=30, rounds=2, starts=2, budget=20, timeout=120, longest=8),
}


@dataclass(frozen=True, slots=True)
class Workload:
    """A race by name: its contenders in turn, and who is left out for which reason."""

    name: str
    title: str
    about: str
    rounds: int
    contenders: tuple[Contender, ...]
    left_out: dict[str, str] = field(default_factory=dict)
    unit: str = "article"  # what costs are divided by


@dataclass(frozen=True, slots=True)
class Stage:
    """The folder, outside of any repository: rules of one would hide files from some tools."""

    folder: Path
    scale: Scale
    peers: Peers

    def articles(self, count: int, copy: str = "", *, short: bool = False) -> Path:
        """A folder of the first `count` articles, made once; each `copy` is a folder of its own."""
        place = self.folder / f"articles-{count}{copy}{'-short' * short}"
        if not place.is_dir():
            corpus.write(place, count, short=short)
        return place

    def kept(self, name: str) -> Path:
        """The folder of this name in which cramplint keeps what it knows."""
        return self.folder / "kept" / name

    def forget(self, name: str) -> None:
        shutil.rmtree(self.kept(name), ignore_errors=True)

    def cramplint(
        self, name: str, kept: str, count: int, *asked: str, cwd: Path | None = None
    ) -> Contender:
        """A command of cramplint, as a hook starts it."""
        verb, *rest = asked
        return Contender(
            name,
            [*program(), verb, "--today", _TODAY, *rest],
            cwd or self.folder,
            count,
            env={"CRAMPLINT_CACHE_DIR": str(self.kept(kept)), "NO_COLOR": "1"},
            proof=found if verb == "check" else made((cwd or self.folder) / "public", count),
        )

    def check(self, name: str, kept: str, count: int, path: Path, *asked: str) -> Contender:
        """A check of `path`, without a configuration."""
        told = ("--isolated", "--output-format", "concise", *asked)
        return self.cramplint(name, kept, count, "check", *told, str(path))

    def peer(
        self,
        left_out: dict[str, str],
        name: str,
        count: int,
        tool: str,
        *arguments: str,
        accepts: frozenset[int] = FOUND,
        cwd: Path | None = None,
        most: int = 1000,
        before: Callable[[], None] = lambda: None,
        proof: Callable[[Path], str] = lambda output: "",
    ) -> Iterator[Contender]:
        """The contender; or nothing, and the reason in `left_out`."""
        path = self.peers.program(tool)
        if path:
            yield Contender(
                name,
                [path, *arguments],
                cwd or self.folder,
                count,
                before=before,
                env={"NO_COLOR": "1"},
                accepts=accepts,
                most=most,
                proof=proof,
            )
        else:
            left_out[name] = self.peers.why(tool)


def found(output: Path) -> str:
    """Proof of a check: it names files of the corpus."""
    named = b".md" in output.read_bytes()
    return "" if named else "it found nothing, in articles of which many are damaged"


def made(folder: Path, count: int) -> Callable[[Path], str]:
    """Proof of publishing: as many pages as articles."""

    def counted(output: Path) -> str:
        pages = sum(1 for _ in folder.rglob("*.html"))
        return "" if pages >= count else f"it made {pages:,} pages of {count:,} articles"

    return counted


def program() -> Sequence[str]:
    """The command that pip installs beside this Python, else the package itself."""
    script = Path(sys.executable).with_name("cramplint")
    return [str(script)] if script.exists() else [sys.executable, "-m", "cramplint"]


def offers(option: str) -> bool:
    """Whether `check` has this option."""
    asked = [*program(), "check", "--help"]
    return option in subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def edited(file: Path) -> Callable[[], None]:
    """What gives `file` another text, with another link, each time."""
    before = file.read_text("utf-8")
    turns = counting(1)

    def edit() -> None:
        added = f"\nEdited {next(turns)} times since; see [the first page](#edited).\n"
        file.write_text(before + added, "utf-8", newline="\n")

    return edit


def once(one: Contender) -> Callable[[], None]:
    """What runs `one` the first time, and nothing after that."""
    done: list[bool] = []

    def act() -> None:
        if not done:
            done.append(True)
            env = environment(one.env)
            subprocess.run(one.argv, cwd=one.cwd, env=env, capture_output=True, check=False)

    return act
