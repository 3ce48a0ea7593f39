"""`make bench`: run the workloads, write RESULTS.md.

    python -m benchmarks [--scale full|small] [--only NAME[,NAME]] [--home DIR] …

What is measured is kept in the home folder workload by workload, so that a run that was stopped, or
one of some workloads only, leaves the others' last figures in place.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from . import peers, stages
from .goals import judge
from .measure import Cost, Ran, race
from .profiles import Profile, loaded, sampled
from .report import Raced, Report, written
from .stage import SCALES, Stage
from .workloads import WORKLOADS

ROOT: Final = Path(__file__).parent.parent
_TOOLS: Final = (
    ("rumdl", "rumdl"),
    ("lychee", "lychee"),
    ("codespell", "codespell"),
    ("markdownlint-cli2", "markdownlint-cli2"),
    ("proselint", "proselint"),
    ("alex", "alex"),
    ("textlint (write-good, terminology, common-misspellings, no-dead-link)", "textlint"),
    ("pymarkdownlnt", "pymarkdown"),
    ("Hugo", "hugo"),
    ("Eleventy", "eleventy"),
    ("Pelican", "pelican"),
    ("MkDocs", "mkdocs"),
)
_RACED: Final = (*WORKLOADS, *stages.RACES)
_NAMES: Final = (*_RACED, "profile")
_WHOLE: Final = {"left_out": {}, "unit": "article"}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure cramplint beside other tools."
    )
    parser.add_argument("--scale", choices=SCALES, default="full")
    parser.add_argument("--only", help="these workloads: " + ", ".join(_NAMES))
    parser.add_argument("--none", action="store_true", help="write the last figures again")
    parser.add_argument("--home", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--some", type=int, help="articles of the usual runs")
    parser.add_argument("--many", type=int, help="articles of the archive")
    parser.add_argument("--budget", type=float, help="seconds a contender may use in a workload")
    parser.add_argument("--timeout", type=float, help="seconds a run may take")
    asked = parser.parse_args()
    names = [name.strip() for name in asked.only.split(",")] if asked.only else [*_NAMES]
    if asked.none:
        names = []
    for name in names:
        if name not in _NAMES:
            parser.error(f"no workload {name!r}; there are {', '.join(_NAMES)}")
    home = asked.home.resolve()
    found = peers.fetch(home, _tell)
    compileall.compile_dir(ROOT / "cramplint", quiet=1)
    told = {name: getattr(asked, name) for name in ("some", "many", "budget", "timeout")}
    scale = replace(SCALES[asked.scale], **{name: told[name] for name in told if told[name]})
    kept = home / f"{asked.scale}.json"
    state = _load(kept)
    with tempfile.TemporaryDirectory(prefix="cramplint-bench-") as folder:
        stage = Stage(Path(folder), scale, found)
        for name in names:
            _tell(name)
            state[name] = _measured(stage, name)
            kept.write_text(json.dumps(state, indent=1), "utf-8")
    full = asked.scale == "full"
    page = ROOT / "benchmarks" / "RESULTS.md" if full else home / f"RESULTS-{asked.scale}.md"
    page.write_text(written(_report(state, found)), "utf-8", newline="\n")
    _tell(f"wrote {os.path.relpath(page)}")


def _measured(stage: Stage, name: str) -> dict[str, Any]:
    before = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    when = f"Measured {time.strftime('%Y-%m-%d %H:%M')}, {_commit()}, load {before:.1f}."
    if name == "profile":
        return _profile(stage)
    if name in stages.RACES:
        told = stages.RACES[name]
        runs = [asdict(ran) for ran in stages.race(stage, name)]
        return {"title": told.title, "about": told.about, "runs": runs, "when": when} | _WHOLE
    return _raced(stage, name) | {"when": when}


def _raced(stage: Stage, name: str) -> dict[str, Any]:
    workload = WORKLOADS[name](stage)
    scale = stage.scale
    runs = race(
        workload.contenders,
        workload.rounds,
        scale.budget,
        scale.timeout,
        stage.folder / "output.txt",
        _tell,
    )
    return {
        "title": workload.title,
        "about": workload.about,
        "runs": [asdict(ran) for ran in runs],
        "left_out": workload.left_out,
        "unit": workload.unit,
        "peaks": True,
    }


def _profile(stage: Stage) -> dict[str, Any]:
    profile = sampled(stage, stage.scale.some // 5)
    return {
        "profile": profile if isinstance(profile, str) else asdict(profile),
        "loaded": loaded(stage),
    }


def _report(state: dict[str, Any], found: peers.Peers) -> Report:
    races = [
        Raced(
            name,
            raced["title"],
            raced["about"],
            raced["when"],
            tuple(_ran(ran) for ran in raced["runs"]),
            raced["left_out"],
            raced.get("unit", "article"),
            raced.get("peaks", False),
        )
        for name, raced in ((name, state[name]) for name in _RACED if name in state)
    ]
    results = {race.name: {ran.name: ran for ran in race.runs} for race in races}
    seen = state.get("profile", {"profile": "not run", "loaded": []})
    profile = seen["profile"]
    return Report(
        machine=_machine(),
        versions=[
            f"{name} {found.version(tool) or 'is missing: ' + found.why(tool)}"
            for name, tool in _TOOLS
        ],
        verdicts=judge(results, {race.name: race.left_out for race in races}),
        races=races,
        profile=profile
        if isinstance(profile, str)
        else Profile(
            profile["samples"],
            tuple(map(tuple, profile["own"])),
            tuple(map(tuple, profile["below"])),
        ),
        loaded=[(name, count, spent) for name, count, spent in seen["loaded"]],
        next=(ROOT / "benchmarks" / "next.md").read_text("utf-8"),
    )


def _ran(kept: dict[str, Any]) -> Ran:
    costs = tuple(Cost(**cost) for cost in kept["costs"])
    return Ran(kept["name"], kept["articles"], costs, kept["failed"])


def _machine() -> list[str]:
    model = ""
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")
    return [
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors {model}".rstrip(),
        f"{platform.python_implementation()} {platform.python_version()}, {_commit()}",
    ]


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"cramplint at {done.stdout.strip() or 'no commit'}"


def _load(kept: Path) -> dict[str, Any]:
    try:
        state = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
