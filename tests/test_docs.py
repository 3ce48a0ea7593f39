"""What the pages in docs/ show is what the tool says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cramplint.cli.app import app
from cramplint.config import load

ROOT = Path(__file__).parent.parent
AUTHORS = (ROOT / "docs" / "rule-authors.md").read_text("utf-8")


def fence(language: str, ticks: str = "```") -> str:
    found = re.search(rf"^{ticks}{language}\n(.*?)^{ticks}$", AUTHORS, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_page_for_rule_authors_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "cache"))
    page = tmp_path / "house-rules" / "tone" / "shouting.md"
    page.parent.mkdir(parents=True)
    page.write_text(fence("markdown", "````"), "utf-8")
    command, _, shown = fence("console").partition("\n")
    ran = CliRunner().invoke(app, shlex.split(command.removeprefix("$ cramplint ")))
    assert (ran.exit_code, ran.output) == (0, shown)
    (tmp_path / "cramplint.toml").write_text(fence("toml"), "utf-8")
    assert load(tmp_path).rule_paths == (tmp_path / "house-rules",)
    (tmp_path / "a.md").write_text("# A\n\nAmazing news.\n", "utf-8")
    checked = CliRunner().invoke(app, ["check", "--select", "tone/*", "a.md"])
    assert '"Amazing" shouts' in checked.output
