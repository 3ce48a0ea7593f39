"""A folder with a rule of its own, and a way to run the command line in it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cramplint.cli import main

RULE = """\
---
check: match
severity: {severity}
message: '"{{it}}" is an animal'
advice: Take it out.
find: '{word}'
scope: any
---
# No {word}

Health pages have no {word} in them.

```bad
A ⟦{word}⟧ walks.
```
```good
Nobody walks.
```
"""
CONFIG = 'rule-paths = ["own"]\nselect = ["own/*"]\n'


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: two rules of its own (own/zebra, an error; own/lemur, a note), selected
    by its configuration."""
    for word, severity in (("zebra", "error"), ("lemur", "note")):
        page = tmp_path / "own" / "own" / f"{word}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(RULE.format(word=word, severity=severity), "utf-8")
    (tmp_path / "cramplint.toml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "CRAMPLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `cramplint` with these arguments in this process."""

    def ran(*args: str | os.PathLike[str], stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["cramplint", *map(os.fspath, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return Ran(int(left.value.code or 0), said.out, said.err)

    return ran
