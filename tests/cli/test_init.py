"""`cramplint init`: files that are written, and files that are not."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cramplint.config import load

Run = Callable[..., Any]
ARTICLE = (
    "# Leg cramps at night\n\nLeg cramps are sudden pains in a muscle of the leg. Stretching may "
    "ease the pain. See a doctor if the cramps come back every night or the leg is swollen.\n"
)
NEWS = "# The spring fair\n\nThe fair opens on Monday with a band, cakes and a quiz for children.\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two folders of health articles, one of news, and a README."""
    for name, text in {
        "content/cramps/legs.md": ARTICLE,
        "content/feet/feet.md": ARTICLE.replace("Leg", "Foot").replace("leg", "foot"),
        "news/fair.md": NEWS,
        "README.md": "# A site\n\nHow to build it: run make.\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


def test_without_options_it_writes_settings_and_finds_the_articles(place: Path, run: Run) -> None:
    ran = run("init")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == 'wrote cramplint.toml\n  paths = ["content"]\nnext: cramplint check\n'
    assert load(place).paths == (place / "content",)
    assert sorted(p.name for p in place.iterdir() if p.is_file()) == ["README.md", "cramplint.toml"]


def test_what_options_say_is_in_force(place: Path, run: Run) -> None:
    site = "https://example.org"
    ran = run("init", "news", "--profile", "strict", "--locale", "gb", "--site-url", site)
    assert ran.code == 0
    config = load(place)
    assert config.paths == (place / "news",)
    assert (config.profile, config.locale, config.site_url) == ("strict", "gb", site)


def test_a_folder_that_is_not_there_is_refused_before_anything_is_written(
    place: Path, run: Run
) -> None:
    ran = run("init", "gone")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: gone: there is no such folder\n"
    assert not (place / "cramplint.toml").exists()


@pytest.mark.parametrize("name", ["cramplint.toml", ".pre-commit-config.yaml"])
def test_no_file_is_overwritten(place: Path, run: Run, name: str) -> None:
    (place / name).write_text("# mine\n", "utf-8")
    ran = run("init", "--pre-commit")
    assert ran.code == 0
    assert f"left as it is: {name}" in ran.err
    assert (place / name).read_text("utf-8") == "# mine\n"


def test_a_hook_that_cannot_be_written_is_shown(place: Path, run: Run) -> None:
    (place / ".pre-commit-config.yaml").write_text("repos: []\n", "utf-8")
    ran = run("init", "--pre-commit")
    assert "  - repo: local\n" in ran.out.replace("    - repo", "  - repo")
    assert "add to its `repos`" in ran.err


def test_settings_in_pyproject_are_settings(place: Path, run: Run) -> None:
    (place / "pyproject.toml").write_text('[tool.cramplint]\npaths = ["news"]\n', "utf-8")
    ran = run("init", "--pre-commit")
    assert "left as it is: pyproject.toml" in ran.err
    assert not (place / "cramplint.toml").exists()
    written = yaml.safe_load((place / ".pre-commit-config.yaml").read_text("utf-8"))
    assert written["repos"][0]["hooks"][0]["files"].startswith("^(news)/")


def test_settings_above_are_named(place: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "cramplint.toml").write_text('paths = ["content"]\n', "utf-8")
    monkeypatch.chdir(place / "content")
    ran = run("init")
    assert ran.code == 0
    assert f"no longer {place / 'cramplint.toml'}" in ran.err


def test_a_link_in_the_place_of_a_file_is_not_followed(place: Path, run: Run) -> None:
    (place / "cramplint.toml").symlink_to(place / "elsewhere")
    run("init")
    assert not (place / "elsewhere").exists()


def test_nothing_found_is_said(place: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place / "news")
    ran = run("init")
    assert ran.code == 0
    assert "no folder of health articles was found" in ran.err
    assert load(place / "news").paths == ()


def test_the_hook_passes_the_validator_and_pre_commit_runs_it(place: Path, run: Run) -> None:
    ran = run("init", "--pre-commit")
    assert ran.out.endswith("next: pre-commit install\n")
    (place / ".git").rmdir()
    (place / "content" / "bad.md").write_text(f"{ARTICLE}\nIt cures cramps for good.\n", "utf-8")
    where = os.path.dirname(sys.executable)
    shim = place / "bin" / "cramplint"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cramplint "$@"\n', "utf-8")
    shim.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{shim.parent}:{where}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        "PRE_COMMIT_HOME": str(place / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(words, capture_output=True, text=True, env=env, check=False)

    assert call("pre-commit", "validate-config").returncode == 0
    assert call("git", "init", "-q").returncode == 0
    assert call("git", "add", "content", "news", "README.md").returncode == 0
    failed = call("pre-commit", "run", "--all-files")
    assert failed.returncode == 1, failed.stderr
    assert "content/bad.md" in failed.stdout
    assert "README.md" not in failed.stdout
    assert "news/fair.md" not in failed.stdout
    call("git", "rm", "-q", "-f", "content/bad.md")
    only = call("pre-commit", "run", "--files", "news/fair.md")
    assert only.returncode == 0
    assert "Skipped" in only.stdout


def test_a_workflow_says_where_it_gets_the_tool(place: Path, run: Run) -> None:
    refused = run("init", "--workflow", "--repo", "")
    assert refused.code == 2  # an editable install tells no place
    assert "--repo URL" in refused.err
    assert not (place / "cramplint.toml").exists()
    assert run("init", "--workflow", "--repo", "https://example.org/c.git").code == 0
    written = yaml.safe_load((place / ".github/workflows/cramplint.yml").read_text("utf-8"))
    assert written["permissions"] == {"contents": "read"}
    steps = written["jobs"]["articles"]["steps"]
    assert steps[2]["env"] == {"WANTED": "git+https://example.org/c.git@v0.1.0"}
    assert "cramplint check" in steps[3]["run"]


def test_on_a_terminal_it_asks(place: Path) -> None:
    main, end = pty.openpty()
    command = [sys.executable, "-m", "cramplint", "init"]
    started = subprocess.Popen(
        command,
        stdin=end,
        stdout=subprocess.PIPE,
        stderr=end,
        env={**os.environ, "TERM": "dumb", "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )
    os.write(main, b"content/feet, news\nstric\nstrict\ngb\ny\n")
    out, _ = started.communicate(timeout=60)
    os.close(end)
    said = os.read(main, 65536).decode()
    os.close(main)
    assert started.returncode == 0, said
    assert "Folders of articles" in said
    assert "did you mean strict?" in said
    config = load(place)
    assert config.paths == (place / "content/feet", place / "news")
    assert (config.profile, config.locale) == ("strict", "gb")
    assert b"wrote .pre-commit-config.yaml\n" in out
