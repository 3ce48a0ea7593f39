"""Articles that did not change since an earlier run are not parsed and judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from . import found
from .config import Config
from .found import Brief
from .model import CrampError
from .read import decode
from .report.result import Result
from .seen import USUAL, Along, Asked, Ground, Means, Seen, look, standing, unwatched
from .store import Store

if TYPE_CHECKING:
    from .check import Selection
    from .rules import RuleSet
    from .site import Site

T = TypeVar("T")

_AT_ONCE = 500  # articles whose findings are read or kept at once
_FOUND, _TOLD = "found", "told"  # what is kept of an article, without its facts and with them


class Task(NamedTuple):
    """An article that is to be judged."""

    name: str
    one: Seen

    @property
    def size(self) -> int:
        return len(self.one.data) or USUAL


class Work(NamedTuple):
    """What judging needs. `told`: the facts of articles are wanted too."""

    rules: RuleSet
    selection: Selection
    site: Site
    told: bool

    @property
    def kept(self) -> dict[str, Any]:
        return self.site.kept


class Judged(NamedTuple):
    """What was found in an article, its facts, the same in brief, and what it asked of the site, as
    they are kept."""

    found: str
    facts: str
    brief: str
    asked: str


class Again:
    """What is found in the articles among `paths`, as by `gather` and `judge`. `told`: their facts
    too. `jobs`: how many processes share the work, 0 for as many as can run at a time.

    `problems` is complete, and `judged`, how many articles were judged anew, is known, once all
    results were taken. Raises CrampError for a path that does not exist.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        config: Config,
        store: Store,
        means: Means,
        *,
        told: bool = False,
        force: bool = False,
        jobs: int = 0,
    ) -> None:
        looked = look(paths, config, store, force=force)
        self._seen = looked.seen
        self._made_of = {n: one.judged_on(config.today) for n, one in looked.seen.items()}
        self._ground = Ground(looked.every, config, means, looked.former)
        self._store, self._means = store, means
        self._told, self._jobs = told, jobs
        self.problems, self.asked, self.files = looked.problems, looked.asked, looked.files
        self.judged = 0

    def results(self, along: Along = unwatched) -> Iterator[Result]:
        """What is found in each article, in the order of their names. `along` shows how far the
        work has come. What is new is kept."""
        return self._each(along, ("found", "facts"), self._result)

    def briefs(self, along: Along = unwatched) -> Iterator[Brief]:
        """The same as lines: of articles that did not change none is read again or counted out."""
        return self._each(along, ("brief",), lambda name, brief: found.brief(brief))

    def _each(
        self, along: Along, columns: Sequence[str], thawed: Callable[..., T | None]
    ) -> Iterator[T]:
        """What `thawed` makes of the name of each article and these `columns` of what is kept of it
        or judged now; None of it if they are damaged."""
        good = self._standing()
        fresh = [name for name in self._seen if name not in good]
        self.judged = len(fresh)
        anew = self._judge(fresh)
        names = iter(along(self._seen.keys(), "Checking"))
        while chunk := list(islice(names, _AT_ONCE)):
            kept = self._store.some("judged", " ".join(("name", *columns)), chunk[0], chunk[-1])
            new: dict[str, Judged] = {}
            for name in chunk:
                judged = None if name in good else next(anew)
                try:
                    done = None
                    if judged is None and name in kept:
                        done = thawed(*kept[name])
                    if done is None:
                        judged = judged or judge_one(Task(name, self._seen[name]), self._work)
                        if isinstance(judged, CrampError):
                            raise judged
                        new[name] = judged
                        done = thawed(name, *(getattr(judged, column) for column in columns))
                except CrampError as error:
                    self.problems.append(error)
                else:
                    assert done is not None
                    yield done
            self._keep(new)

    def _standing(self) -> set[str]:
        """The articles of which what was found before still holds."""
        asked = Asked(self._store, "judged", "asked")
        known = standing(
            self._store,
            _TOLD if self._told else _FOUND,
            self._made_of,
            self._ground.signed,
            lambda name, then: self._ground.holds(name, then, asked.of),
        )
        self._store.keep({"held": known.moved})
        return known.names

    def _result(self, name: str, kept: str, facts: str) -> Result | None:
        """Raises CrampError if the file is not what it was."""
        source = decode(self._seen[name].bytes_of(name), name)
        if self._told and not facts:
            return None
        return found.result(kept, facts if self._told else "", source)

    @cached_property
    def _work(self) -> Work:
        rules, selection, _ = self._means()
        return Work(rules, selection, self._ground.site, self._told)

    def _judge(self, names: Sequence[str]) -> Iterator[Judged | CrampError]:
        """What is found in articles of which nothing is known, in their order."""
        if not names:
            return
        from .workers import each

        tasks = (Task(name, self._seen[name]) for name in names)
        yield from each(judge_one, tasks, len(names), self._work, self._jobs)

    def _keep(self, new: Mapping[str, Judged]) -> None:
        signed = self._ground.signed
        rows = [(name, one.asked, one.found, one.facts, one.brief) for name, one in new.items()]
        places = (_FOUND, _TOLD) if self._told else (_FOUND,)
        held = [(p, name, self._made_of[name], signed) for name in new for p in places]
        gone = [] if self._told else [(_TOLD, name) for name in new]
        if new:
            self._store.keep({"judged": rows, "held": held}, {"held": gone})


def judge_one(task: Task, work: Work) -> Judged | CrampError:
    """What is found; the error if the file is not what it was, or holds too much. Raises CrampError
    for a rule page that cannot be used."""
    from .judging import judge, of_article
    from .parse import parse

    asked = {} if work.site.asked is None else work.site.asked
    asked.clear()
    try:
        article = parse(decode(task.one.bytes_of(task.name), task.name))
        judged = judge(article, work.rules, work.site, work.selection, scored=work.told)
    except CrampError as error:
        return of_article(error, task.name)
    result = judged.result(told=work.told)
    return Judged(*found.frozen(result), found.shortened(result), found.questions(asked, work.site))
