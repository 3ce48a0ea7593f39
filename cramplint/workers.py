"""Many articles judged by several processes, with the same outcome as by one."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from . import found
from .check import Selection
from .judging import judge
from .parse import parse
from .read import decode
from .rules import RuleSet
from .site import Site

if TYPE_CHECKING:
    from concurrent.futures import Future

_CHUNK = 200_000  # bytes of articles that are handed over at once
_AHEAD = 3  # chunks a process that wait, so that none is idle and few results are held


class Work(NamedTuple):
    """What judging needs. `told`: the facts of articles are wanted too."""

    rules: RuleSet
    selection: Selection
    site: Site
    told: bool


class Judged(NamedTuple):
    """What was found in an article and what it asked of the site, both as they are kept."""

    name: str
    found: str
    asked: str


class _Share(NamedTuple):
    """What comes of a chunk. `said`: what slow libraries said for the first time."""

    judged: list[Judged]
    said: dict[str, Any]


def judge_one(name: str, data: bytes, work: Work) -> Judged:
    """Raises CrampError for what cannot be decoded or parsed."""
    asked = {} if work.site.asked is None else work.site.asked
    asked.clear()
    article = parse(decode(data, name))
    judged = judge(article, work.rules, work.site, work.selection, scored=work.told)
    result = found.frozen_result(judged.result(told=work.told))
    return Judged(name, result, found.questions(work.site))


def judge_all(articles: Sequence[tuple[str, bytes]], work: Work, jobs: int) -> Iterator[Judged]:
    """What `judge_one` says of each, in their order. What slow libraries say is added to what the
    site keeps of that."""
    chunks = list(_chunks(articles))
    from concurrent.futures import ProcessPoolExecutor  # one article does not need it

    with ProcessPoolExecutor(min(jobs, len(chunks)), initializer=_begin, initargs=(work,)) as pool:
        waiting: list[Future[_Share]] = []
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_share, chunk))
                if len(waiting) >= jobs * _AHEAD:
                    yield from _taken(waiting.pop(0), work)
            while waiting:
                yield from _taken(waiting.pop(0), work)
        except BaseException:  # an interrupt above all: what waits is not begun
            for future in waiting:
                future.cancel()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def available() -> int:
    """How many processes this one may run at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _taken(future: Future[_Share], work: Work) -> Iterator[Judged]:
    share = future.result()
    work.site.kept.update(share.said)
    yield from share.judged


def _chunks(articles: Sequence[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    chunk: list[tuple[str, bytes]] = []
    size = 0
    for name, data in articles:
        chunk.append((name, data))
        size += len(data)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


_work: Work | None = None  # of a process that works for another


def _begin(work: Work) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was started tells when to stop
    _work = work


def _share(chunk: list[tuple[str, bytes]]) -> _Share:
    assert _work is not None
    before = set(_work.site.kept)
    judged = [judge_one(name, data, _work) for name, data in chunk]
    return _Share(judged, {k: v for k, v in _work.site.kept.items() if k not in before})
