"""What the README shows is what the tool says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from cramplint.cli.app import app
from cramplint.config import load

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def fences(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def test_the_example_prints_what_the_readme_shows(folder):
    (folder / "sore-feet.txt").write_text(fences("text")[0], "utf-8")
    command, _, shown = fences("console")[0].partition("\n")
    done = CliRunner().invoke(app, command.removeprefix("$ cramplint ").split())
    assert done.stdout == shown


def test_the_settings_are_settings(folder):
    toml = fences("toml")[0]
    (folder / "cramplint.toml").write_text(toml, "utf-8")
    config = load(folder)
    assert config.dialects == frozenset({"admonitions"})
    assert dict(config.severity) == tomllib.loads(toml)["severity"]
