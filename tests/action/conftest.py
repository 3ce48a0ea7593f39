"""action.yml, its step run as GitHub's runner runs it: the environment, the files and the event
that a runner gives, on a real repository with history; and the log read as a runner reads it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
SHIPPED = ("action.yml", "action", "pyproject.toml", "README.md", "LICENSE", "cramplint", "rules")
BAD = """\
# Night cramps

Take 500 mg of magnesium every night, and the cramps are gone for good.
"""
KNOWN = frozenset(
    {"error", "warning", "notice", "debug", "group", "endgroup", "stop-commands", "echo"}
    | {"set-env", "set-output", "add-path", "add-mask", "save-state"}
    | {"add-matcher", "remove-matcher"}
)


class Command(NamedTuple):
    """What a runner reads from one line of a log."""

    name: str
    properties: dict[str, str]
    words: str


def _decoded(words: str, codes: dict[str, str]) -> str:
    for code, char in codes.items():
        words = words.replace(code, char)
    return words


_DATA = {"%0D": "\r", "%0A": "\n"}
_FORMS = (  # as ActionCommand.cs of the runner reads a line, one form after the other
    (r"\s*::(.*?)::(.*)", ",", _DATA, {"%3A": ":", "%2C": ","}),
    (r".*?##\[(.*?)\](.*)", ";", {"%3B": ";", "%5D": "]", **_DATA}, {}),
)


def _read(line: str, obeyed: frozenset[str]) -> Command | None:
    for form, mark, data, more in _FORMS:
        found = re.match(form, line, re.DOTALL)
        name, _, stated = found[1].partition(" ") if found else ("", "", "")
        if found and name.lower() in obeyed:
            pairs = [pair.partition("=") for pair in stated.split(mark) if "=" in pair]
            codes = {**data, **more, "%25": "%"}
            properties = {key.strip(): _decoded(value, codes) for key, _, value in pairs}
            return Command(name.lower(), properties, _decoded(found[2], {**data, "%25": "%"}))
    return None


def commands(log: str) -> Iterator[Command]:
    """All that a runner obeys in a log."""
    stopped = ""
    for line in re.split(r"\r\n|\r|\n", log):
        command = _read(line, KNOWN | {stopped})
        if command is None:
            continue
        if stopped:
            stopped = "" if command.name == stopped else stopped
        elif command.name == "stop-commands":
            stopped = command.words.lower()
        else:
            yield command


class Ran(NamedTuple):
    code: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def obeyed(self) -> list[Command]:
        return list(commands(self.log))


class Pull(NamedTuple):
    """A pull request: GitHub's merge of it, and what the event tells."""

    ref: str
    sha: str
    told: dict[str, Any]


class Runner:
    """A machine with one job on it. `workspace`: a clone, as actions/checkout leaves it."""

    def __init__(self, action: Path, temp: Path, env: dict[str, str]) -> None:
        self.action, self.temp, self.env = action, temp, env

    def git(self, folder: Path, *args: str) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["git", *args], cwd=folder, env=self.env, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, folder: Path, **files: str | None) -> str:
        """Commit these texts (None takes a file away); the commit."""
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_text(text, "utf-8")
        self.git(folder, "add", "--all")
        self.git(folder, "commit", "-q", "--allow-empty", "-m", "Work")
        return self.git(folder, "rev-parse", "HEAD")

    def run(
        self,
        workspace: Path,
        event: str = "workflow_dispatch",
        told: Any = None,
        *,
        sha: str = "",
        **inputs: str,
    ) -> Ran:
        """The step, with the defaults of the inputs that are not stated. `sha`: the commit that the
        event is about, where it is not the one that was checked out."""
        action = yaml.safe_load((self.action / "action.yml").read_text("utf-8"))
        (step,) = action["runs"]["steps"]
        files = {name: self.temp.parent / name for name in ("output", "summary", "event.json")}
        for file in files.values():
            file.write_text("", "utf-8")
        files["event.json"].write_text(json.dumps(told or {}), "utf-8")
        given = {name: made["default"] for name, made in action["inputs"].items()}
        stated = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert stated.keys() <= given.keys()
        given |= stated
        script = self.temp.parent / "step.sh"
        script.write_text(step["run"], "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=workspace,
            env={
                **self.env,
                **{name: self._filled(value, given) for name, value in step["env"].items()},
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(self.action),
                "GITHUB_EVENT_NAME": event,
                "GITHUB_EVENT_PATH": str(files["event.json"]),
                "GITHUB_OUTPUT": str(files["output"]),
                "GITHUB_SHA": sha or self.git(workspace, "rev-parse", "HEAD"),
                "GITHUB_STEP_SUMMARY": str(files["summary"]),
                "GITHUB_WORKSPACE": str(workspace),
                "RUNNER_TEMP": str(self.temp),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        log = done.stdout.decode("utf-8", "replace")
        assert "Traceback" not in log, log
        outputs = dict(
            line.partition("=")[::2] for line in files["output"].read_text("utf-8").splitlines()
        )
        return Ran(done.returncode, log, outputs, files["summary"].read_text("utf-8"))

    def clone(self, site: Path, ref: str, *, depth: int = 1) -> Path:
        """What actions/checkout leaves: one ref, shallow, with nothing else known."""
        folder = site.parent / f"work-{len(list(site.parent.iterdir()))}"
        self.git(folder, "init", "-q")
        self.git(folder, "remote", "add", "origin", site.as_uri())
        limit = [f"--depth={depth}"] if depth else ["+refs/heads/*:refs/remotes/origin/*"]
        self.git(folder, "fetch", "-q", "--no-tags", "origin", *limit, f"+{ref}:refs/work")
        self.git(folder, "checkout", "-q", "--detach", "refs/work")
        return folder

    def pull(self, site: Path, *, fork: bool = False, **files: str | None) -> Pull:
        """A branch off main with these files changed, main gone on, and the merge that GitHub tries."""
        start = self.git(site, "rev-parse", "HEAD")
        self.git(site, "checkout", "-q", "-b", "change")
        head = self.commit(site, **files)
        self.git(site, "checkout", "-q", "main")
        base = self.commit(site, **{"articles/other-work.md": BAD.replace("Night", "Leg")})
        self.git(site, "checkout", "-q", "--detach", "main")
        self.git(site, "merge", "-q", "--no-ff", "-m", f"Merge {head} into {base}", "change")
        self.git(site, "update-ref", "refs/pull/1/merge", "HEAD")
        self.git(site, "update-ref", "refs/pull/1/head", head)
        self.git(site, "checkout", "-q", "main")
        self.git(site, "branch", "-q", "-D", "change")
        assert start != head
        repo = {"full_name": "stranger/site" if fork else "team/site", "fork": fork}
        head_told = {"sha": head, "ref": "::error::owned\n##[error]owned", "repo": repo}
        base_told = {"sha": base, "ref": "main", "repo": {"full_name": "team/site", "fork": False}}
        request = {"number": 1, "title": "::error::`owned`", "head": head_told, "base": base_told}
        sha = self.git(site, "rev-parse", "refs/pull/1/merge")
        return Pull("refs/pull/1/merge", sha, {"pull_request": request})

    @staticmethod
    def _filled(value: str, inputs: dict[str, str]) -> str:
        (name,) = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value).groups()
        return inputs[name]


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Runner:
    """One for all tests: a job installs cramplint once."""
    home = tmp_path_factory.mktemp("runner")
    action = home / "actions" / "cramplint"
    action.mkdir(parents=True)
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, action / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, action / name)
    (home / "temp").mkdir()
    stay = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
    env = {
        **{name: os.environ[name] for name in stay if name in os.environ},
        "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"],
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "1",  # as GitHub's own server allows
        "GIT_CONFIG_KEY_0": "uploadpack.allowAnySHA1InWant",
        "GIT_CONFIG_VALUE_0": "true",
        **{f"GIT_{who}_NAME": "A Writer" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "writer@example.org" for who in ("AUTHOR", "COMMITTER")},
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
    }
    return Runner(action, home / "temp", env)


@pytest.fixture
def site(tmp_path: Path, runner: Runner) -> Path:
    """A repository with this one's articles, and an old finding in one of them."""
    folder = tmp_path / "site"
    shutil.copytree(ROOT / "articles", folder / "articles")
    runner.git(folder, "init", "-q", "-b", "main")
    runner.commit(folder, **{"articles/old.md": BAD, "cramplint.toml": 'paths = ["articles"]\n'})
    return folder


@pytest.fixture
def bad() -> str:
    """An article with errors."""
    return BAD
