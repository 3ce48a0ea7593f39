"""What commands cost, run in turns so that a busy machine is as busy for one as for the other."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_UNIT: Final = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes

# The system counts as a command's peak what the process that starts it holds, if that is more. So a
# small one starts it, and says what it cost: [status, CPU seconds, wall seconds, ru_maxrss], or why
# it cannot be started.
_START: Final = """
import json, os, sys, time
said, *argv = sys.argv[1:]
start = time.perf_counter()
child = os.fork()
if not child:
    try:
        os.execvp(argv[0], argv)
    except OSError as error:
        with open(said, "w") as file:
            json.dump(error.strerror, file)
    os._exit(0)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - start
if not os.path.getsize(said):
    with open(said, "w") as file:
        json.dump([status, used.ru_utime + used.ru_stime, wall, used.ru_maxrss], file)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: CPU and wall seconds; peak memory in bytes of its greatest process.

    CPU is user and system time of the process and of all its children that it waited for.
    """

    cpu: float
    wall: float
    peak: int


@dataclass(frozen=True, slots=True)
class Contender:
    """A command that takes part: run in `cwd`, after `before`, which is not measured.

    `accepts` are its exit codes that mean that it did its work; `most` is how many rounds it runs;
    `after` names a contender without whose first run this one makes no sense. `proof` is given the
    file of its output, and says what shows that it did nothing, or "".
    """

    name: str
    argv: Sequence[str]
    cwd: Path
    articles: int
    before: Callable[[], None] = lambda: None
    env: Mapping[str, str] = field(default_factory=dict)
    accepts: frozenset[int] = frozenset({0, 1})
    most: int = 1000
    after: str = ""
    proof: Callable[[Path], str] = lambda output: ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a contender's rounds cost, one entry a round; why it has fewer, if it failed."""

    name: str
    articles: int
    costs: tuple[Cost, ...]
    failed: str = ""


def environment(env: Mapping[str, str]) -> dict[str, str]:
    """Ours and `env`, without what makes every Python slower."""
    slow = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    return {name: value for name, value in os.environ.items() if name not in slow} | dict(env)


class Failed(Exception):
    """A command that did not do its work; the text says how."""


def run(contender: Contender, timeout: float, output: Path) -> Cost:
    """Run it once, its output going to a file.

    Raises:
        Failed: it cannot be started, takes too long or ends with a code that is not accepted.
    """
    contender.before()
    with open(output, "wb") as said, tempfile.NamedTemporaryFile("r", encoding="utf-8") as cost:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _START, cost.name, *contender.argv],
            cwd=contender.cwd,
            env=environment(contender.env),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        late = threading.Event()

        def stop() -> None:
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        clock = threading.Timer(timeout, stop)
        clock.start()
        try:
            process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # an interrupt does not reach its session
            raise
        finally:
            clock.cancel()
        told = json.loads(cost.read() or "null")
    if late.is_set():
        raise Failed(f"not done in {timeout:.0f} s")
    if not isinstance(told, list):
        raise Failed(f"cannot be started: {told}")
    status, cpu, wall, peak = told
    code = os.waitstatus_to_exitcode(status)
    if code not in contender.accepts:
        last = output.read_text("utf-8", "replace").strip().rpartition("\n")[2][:160]
        raise Failed(f"exit code {code}: {last}")
    if wrong := contender.proof(output):
        raise Failed(wrong)
    return Cost(cpu, wall, peak * _UNIT)


def race(
    contenders: Sequence[Contender],
    rounds: int,
    budget: float,
    timeout: float,
    output: Path,
    tell: Callable[[str], None],
) -> list[Ran]:
    """Run each in turn, `rounds` times.

    Who has used `budget` seconds of wall time, or has failed, sits out the rounds that are left.
    """
    costs: dict[str, list[Cost]] = {contender.name: [] for contender in contenders}
    failed: dict[str, str] = {}
    for turn in range(rounds):
        for one in contenders:
            done = costs[one.name]
            if one.name in failed or len(done) >= one.most or sum(c.wall for c in done) > budget:
                continue
            if one.after in failed:
                failed[one.name] = f"needs “{one.after}” to be done first"
                continue
            try:
                cost = run(one, timeout, output)
            except Failed as error:
                failed[one.name] = str(error)
                tell(f"  {one.name}: {error}")
                continue
            done.append(cost)
            tell(f"  {turn + 1}: {one.name}: {cost.cpu:.3f} s CPU, {cost.wall:.3f} s")
    return [
        Ran(c.name, c.articles, tuple(costs[c.name]), failed.get(c.name, "")) for c in contenders
    ]


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some values, and the quartiles around it; of one value, three times itself."""

    median: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """The middle half of `values`, of which there is at least one."""
    if len(values) < 2:
        return Spread(values[0], values[0], values[0])
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(median, low, high)


def ratio(ours: Ran, theirs: Ran, of: str = "cpu") -> Spread | None:
    """Ours to theirs for each article, round by round; None if either has no round.

    Rounds are paired, since both met the same machine; the last one stands for those it sat out.
    """
    if not ours.costs or not theirs.costs:
        return None
    turns = max(len(ours.costs), len(theirs.costs))
    mine = [getattr(_turn(ours, turn), of) / ours.articles for turn in range(turns)]
    other = [getattr(_turn(theirs, turn), of) / theirs.articles for turn in range(turns)]
    return spread([a / max(b, 1e-9) for a, b in zip(mine, other, strict=True)])


def _turn(ran: Ran, turn: int) -> Cost:
    return ran.costs[min(turn, len(ran.costs) - 1)]
