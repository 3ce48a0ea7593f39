"""What the README shows is what the tool says."""

from __future__ import annotations

import re
import shlex
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


@pytest.mark.parametrize(
    ("text", "console"), list(zip(fences("text"), fences("console"), strict=True))
)
def test_the_examples_print_what_the_readme_shows(folder, text, console):
    command, _, shown = console.partition("\n")
    words = shlex.split(command.removeprefix("$ cramplint "))
    (folder / words[-1]).write_text(text, "utf-8")
    assert CliRunner().invoke(app, words).stdout == shown


def test_the_settings_are_settings(folder):
    toml = fences("toml")[0]
    (folder / "cramplint.toml").write_text(toml, "utf-8")
    config = load(folder)
    assert config.dialects == frozenset({"admonitions"})
    assert dict(config.severity) == tomllib.loads(toml)["severity"]
