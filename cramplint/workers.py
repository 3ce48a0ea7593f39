"""One piece of work done on many articles by several processes, with the same outcome as by one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .model import CrampError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_CHUNK = 100_000  # bytes of articles that are handed over at once
_AHEAD = 3  # chunks a process that wait, so that none is idle and few results are held
_MANY = 64  # articles; for fewer it does not pay to start processes
_PATIENCE = 2  # seconds: who interrupts a run is not kept waiting
_FIRST = 16  # what these need compiled is not compiled by every process again


class Work(Protocol):
    """What the work needs. `kept`: what slow libraries said, where what they say is added."""

    @property
    def kept(self) -> dict[str, Any]: ...


class Task(Protocol):
    """An article that is worked on, of so many bytes."""

    @property
    def size(self) -> int: ...


W = TypeVar("W", bound=Work)
T = TypeVar("T", bound=Task)
R = TypeVar("R")
# What comes of a chunk, and what slow libraries said for the first time.
Share = tuple[list[R], dict[str, Any]]


def each(
    do: Callable[[T, W], R], tasks: Iterable[T], count: int, work: W, jobs: int
) -> Iterator[R]:
    """What `do`, a function of a module, gives for each of the `count` tasks, in their order.
    `jobs`: how many processes share the work, 0 for as many as can run at a time. Tasks are taken
    as they are needed. Raises CrampError if such a process is killed."""
    waiting = iter(tasks)
    processes = jobs or available()
    alone = count if processes < 2 or count < _MANY else _FIRST
    for _, task in zip(range(alone), waiting, strict=False):
        yield do(task, work)
    if alone < count:
        yield from _shared(do, _chunks(waiting), work, min(processes, count))


def available() -> int:
    """How many processes this one may run at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shared(
    do: Callable[[T, W], R], chunks: Iterator[list[T]], work: W, processes: int
) -> Iterator[R]:
    from concurrent.futures import ProcessPoolExecutor  # one article does not need it
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(do, work)) as pool:
        waiting: list[Future[Share[R]]] = []
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_share, chunk))
                if len(waiting) >= processes * _AHEAD:
                    yield from _taken(waiting.pop(0), work)
            while waiting:
                yield from _taken(waiting.pop(0), work)
        except BrokenProcessPool as error:
            what = "one of the processes that share the work was ended from outside"
            todo = "if memory is short, --jobs 1 takes least"
            raise CrampError(what, "--jobs", todo) from error
        except BaseException:  # an interrupt above all: nobody waits for what is begun
            _stop(pool)
            raise


def _stop(pool: ProcessPoolExecutor) -> None:
    processes = list((pool._processes or {}).values())
    manager: Any = pool._executor_manager_thread
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    if manager:  # at its end Python would write to what this closes meanwhile
        manager.join(_PATIENCE)


def _taken(future: Future[Share[R]], work: Work) -> Iterator[R]:
    done, said = future.result()
    work.kept.update(said)
    yield from done


def _chunks(tasks: Iterator[T]) -> Iterator[list[T]]:
    chunk: list[T] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += task.size
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


_work: tuple[Callable[[Any, Any], Any], Any] | None = None  # of a process that works for another


def _begin(do: Callable[[T, W], R], work: W) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was started tells when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _work = do, work


def _share(chunk: list[Any]) -> Share[Any]:
    assert _work is not None
    do, work = _work
    before = set(work.kept)
    done = [do(task, work) for task in chunk]
    return done, {k: v for k, v in work.kept.items() if k not in before}
