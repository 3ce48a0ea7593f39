"""What action.yml runs: install cramplint, check, tell GitHub. Standard library only.

Articles, their names, the configuration and the event may be a stranger's, sent from a fork. So no
code of the workspace is run, no word of it reaches a shell, and while cramplint speaks the runner
obeys no command; only annotations that cramplint made and that look like ones are handed on.
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent.parent
_ANNOTATION = re.compile(r"::(?:error|warning|notice) [^\r\n]*")
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*(?:(?:a|b|rc)[0-9]+)?")
_NEVER = "0" * 40  # what a push of a new branch says was there before
_LEVELS = ("error", "warning", "note")
_REPORTS = ("annotations", "log", "both", "none")
_CHANGES = ("false", "files", "lines")


class Refused(Exception):
    """What the workflow has to change."""


class Asked(NamedTuple):
    """The inputs of action.yml."""

    paths: tuple[str, ...]
    config: str
    version: str
    changed_only: str
    report: str
    fail_on: str
    sarif_file: str
    summary: bool
    args: tuple[str, ...]


def asked(env: Mapping[str, str]) -> Asked:
    """The inputs, from the variables that action.yml sets. Raises Refused."""

    def text(name: str) -> str:
        return env.get("CRAMPLINT_" + name.upper().replace("-", "_"), "").strip()

    def line(name: str) -> str:
        if any(ord(char) < 32 for char in text(name)):
            raise Refused(f"{name} is one line without control characters")
        return text(name)

    def lines(name: str) -> tuple[str, ...]:
        return tuple(one.strip() for one in text(name).splitlines() if one.strip())

    def choice(name: str, choices: Sequence[str]) -> str:
        if text(name) not in choices:
            raise Refused(f"{name} is {text(name)!r}; it can be {', '.join(choices)}")
        return text(name)

    version = line("version")
    if version and not _VERSION.fullmatch(version):
        raise Refused(f"version is {version!r}; it is a release, such as 0.1.0")
    return Asked(
        paths=lines("paths"),
        config=line("config"),
        version=version,
        changed_only=choice("changed-only", _CHANGES),
        report=choice("report", _REPORTS),
        fail_on=line("fail-on"),
        sarif_file=line("sarif-file"),
        summary=choice("summary", ("true", "false")) == "true",
        args=lines("args"),
    )


def installed(version: str, temp: Path) -> str:
    """The Python of an environment that holds cramplint; made once in a job. Raises Refused."""
    home = temp / ("cramplint-" + (version or "here"))
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = home / "installed"
    source = f"cramplint=={version}" if version else str(HERE)
    if done.is_file() and done.read_text("utf-8") == source:
        return str(python)
    try:
        venv.create(home, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(
            f"this Python makes no environment ({error}): put actions/setup-python before"
        ) from error
    quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([str(python), "-I", *quiet, source], cwd=temp).returncode:
        raise Refused(f"cramplint {version} could not be installed; pip says why")
    done.write_text(source, "utf-8")
    return str(python)


def program(name: str, folders: Iterable[str]) -> str:
    """The file of a program in the first of `folders` that has it, "" if none. Windows, left to
    itself, looks into the workspace first, where a stranger may have put one."""
    files = (os.path.join(folder.strip('"'), name) for folder in folders)
    return next((file for file in files if os.path.isabs(file) and os.path.isfile(file)), "")


def git(*args: str) -> str | None:
    """What git answers in the workspace; None where it cannot."""
    # Neither a file system monitor nor a question on the terminal: settings are not to be run.
    own = "git" if os.name != "nt" else program("git.exe", os.get_exec_path())
    if not own:
        return None
    try:
        done = subprocess.run(
            [own, "-c", "core.fsmonitor=false", *args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
        )
    except OSError:
        return None
    return os.fsdecode(done.stdout).strip() if done.returncode == 0 else None


def base(env: Mapping[str, str]) -> str | None:
    """The commit that this event's changes are counted from; None if it has none. Raises Refused
    if the history that is there does not reach so far."""
    if git("rev-parse", "--verify", "--quiet", "HEAD") is None:
        raise Refused(
            "changed-only needs a repository that git reads: put actions/checkout before; in a "
            'container, after it, `git config --global --add safe.directory "$GITHUB_WORKSPACE"`'
        )
    event = env.get("GITHUB_EVENT_NAME", "")
    told = json.loads(Path(env["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    if event in ("pull_request", "pull_request_target"):
        return _merged(env) or _reached(_commit(told, "pull_request", "base", "sha"))
    if event == "merge_group":
        return _reached(_commit(told, "merge_group", "base_sha"))
    before = _commit(told, "before") if event == "push" else ""
    if not before or before == _NEVER:
        return None
    # After a forced push nobody may have that commit any more.
    return _reached(before) if git("cat-file", "-e", before) is not None or _fetch(before) else None


def _commit(told: Any, *keys: str) -> str:
    """A commit that an event names; "" if it names none."""
    for key in keys:
        told = told.get(key) if isinstance(told, dict) else None
    return told if isinstance(told, str) and _SHA.fullmatch(told) else ""


def _merged(env: Mapping[str, str]) -> str | None:
    """The first parent of the commit that GitHub made to try the merge, if that is what was
    checked out: the changes since are those of the pull request, and two commits tell them."""
    head = git("rev-parse", "HEAD")
    if not head or env.get("GITHUB_SHA") != head:
        return None
    # The commit names its parents even where they were not fetched.
    said = git("cat-file", "commit", "HEAD") or ""
    parents = re.findall(r"^parent ([0-9a-f]+)$", said.partition("\n\n")[0], re.MULTILINE)
    if len(parents) != 2:
        return None
    if git("rev-parse", "--verify", "--quiet", "HEAD^1") is None:
        git("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--depth=2", "origin", head)
    return git("rev-parse", "--verify", "--quiet", "HEAD^1")


def _reached(sha: str) -> str:
    """`sha`, with the history between it and HEAD at hand. Raises Refused."""
    if sha and git("merge-base", sha, "HEAD") is None:
        _fetch(sha)
    if not sha or git("merge-base", sha, "HEAD") is None:
        raise Refused(
            "changed-only needs the history that the change started from: give actions/checkout "
            "`fetch-depth: 0`"
        )
    return sha


def _fetch(sha: str) -> bool:
    """Whether a commit, and all that led to it, could be fetched."""
    shallow = git("rev-parse", "--is-shallow-repository") == "true"
    depth = ["--unshallow"] if shallow else []
    quiet = ["--quiet", "--no-tags", "--no-recurse-submodules"]
    return git("fetch", *quiet, *depth, "origin", sha) is not None


def command(wanted: Asked, since: str | None, reports: Mapping[str, Path]) -> list[str]:
    """The arguments of cramplint. `reports`: format -> file."""
    out = ["check", "--color", "never"]
    for name, file in reports.items():
        out += ["--output-format", f"{name}={file}"]
    if wanted.config:
        out += ["--config", wanted.config]
    if wanted.fail_on:
        out += ["--fail-on", wanted.fail_on]
    if since:
        out += ["--since", since]
    if since and wanted.changed_only == "lines":
        out.append("--changed-lines")
    return [*out, *wanted.args, "--", *wanted.paths]


def cleared(name: str, file: Path, workspace: Path) -> None:
    """Take away what an earlier step, or the repository, left where a report goes. Raises Refused:
    the repository may hold a link that leads out of the workspace, or a folder of that name."""
    home = Path(os.path.realpath(workspace))
    stated, real = os.path.normpath(home / file), os.path.realpath(home / file.parent)
    if Path(stated).is_relative_to(home) and not Path(real).is_relative_to(home):
        raise Refused(f"{name} is {str(file)!r}, and a link there leads out of the workspace")
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        why = f"{name} is {str(file)!r}, and cannot be written: {error.strerror}"
        raise Refused(why) from error


def spoken(python: str, arguments: Sequence[str], *, aloud: bool) -> tuple[int, str]:
    """Run cramplint; what it says goes to the log, where the runner takes none of it for a command.
    Gives its exit code, and its standard error."""
    word = secrets.token_hex(16)
    say(f"::stop-commands::{word}")
    done = subprocess.run(
        [python, "-I", "-m", "cramplint", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=None if aloud else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    errors = done.stderr.decode("utf-8", "backslashreplace")
    say(errors.rstrip("\n"))
    say(f"::{word}::")
    return done.returncode, errors


def say(words: str) -> None:
    """Words for the log. At once, since cramplint writes to the same place."""
    if words:
        print(words, flush=True)


def annotate(level: str, words: str) -> None:
    """An annotation of our own, whatever is in its words."""
    said = words.replace("##[", "## [").replace("%", "%25").replace("\r", "%0D")
    say(f"::{level} title=cramplint::" + said.replace("\n", "%0A"))


def append(file: str, words: str) -> None:
    with open(file, "a", encoding="utf-8", newline="\n") as out:
        out.write(words)


def summed(file: Path) -> dict[str, int]:
    """How many findings of each level the JSON report holds; none where there is none."""
    if not file.is_file():
        return {}
    counts = json.loads(file.read_text("utf-8"))["summary"]
    return {f"{level}s": int(counts[f"{level}s"]) for level in _LEVELS}


def run(env: Mapping[str, str]) -> int:
    """The step: its exit code is cramplint's. Raises Refused."""
    wanted = asked(env)
    temp = Path(env["RUNNER_TEMP"])
    since = base(env) if wanted.changed_only != "false" else None
    if wanted.changed_only != "false" and since is None:
        annotate("notice", "Every article is checked: this event tells of no earlier state.")
    python = installed(wanted.version, temp)
    reports = {"json": temp / "cramplint.json"}
    if wanted.report in ("annotations", "both"):
        reports["github"] = temp / "cramplint.annotations"
    if wanted.summary:
        reports["markdown"] = temp / "cramplint.md"
    if wanted.sarif_file:
        reports["sarif"] = Path(wanted.sarif_file)
    for name, file in reports.items():
        cleared(f"{name}-file", file, Path.cwd())
    aloud = wanted.report in ("log", "both")
    code, errors = spoken(python, command(wanted, since, reports), aloud=aloud)
    if code not in (0, 1):
        annotate("error", errors.strip().removeprefix("error: ") or f"cramplint ended with {code}")
    for line in written(reports.get("github")).splitlines():
        if _ANNOTATION.fullmatch(line):
            say(line)
    append(env["GITHUB_STEP_SUMMARY"], written(reports.get("markdown")))
    told: dict[str, object] = {"exit-code": code, **summed(reports["json"])}
    if reports["json"].is_file():
        told["report"] = reports["json"]
    if "sarif" in reports and reports["sarif"].is_file():
        told["sarif-file"] = wanted.sarif_file
    append(env["GITHUB_OUTPUT"], "".join(f"{name}={value}\n" for name, value in told.items()))
    return code


def written(file: Path | None) -> str:
    """A report, "" where cramplint wrote none."""
    return file.read_text("utf-8") if file and file.is_file() else ""


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows would write another encoding
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 -- whichever Python the runner has
            raise Refused("Python 3.11 or newer is needed: put actions/setup-python before")
        return run(os.environ)
    except Refused as why:
        annotate("error", str(why))
        return 2


if __name__ == "__main__":
    sys.exit(main())
