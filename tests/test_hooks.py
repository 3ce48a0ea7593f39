"""The hooks, run by the real pre-commit on a real repository of articles: pre-commit clones this
project, builds it in an environment of its own, and git asks it at every commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from cramplint.check import VOCABULARY
from cramplint.rules import load

ROOT = Path(__file__).parent.parent
SHIPPED = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE", "cramplint", "rules")
pytestmark = pytest.mark.xdist_group("wheels")  # an installation takes its time

BAD = """\
# Night cramps

Take 500 mg of magnesium every night, and the cramps are gone for good.
"""
CONFIG = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
"""


class Done(NamedTuple):
    code: int
    said: str


class Desk:
    """Where one writer works: a repository, and the variables that its programs run with."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder, self.env = folder, env

    def run(self, *command: str) -> Done:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return Done(done.returncode, done.stdout)

    def git(self, *args: str) -> str:
        done = self.run("git", *args)
        assert done.code == 0, done.said
        return done.said.strip()

    def commit(self, what: str = "Work") -> Done:
        """Add everything and commit it: what the hooks say, and whether git took it."""
        self.git("add", "--all")
        return self.run("git", "commit", "-m", what)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        assert old in self.read(name)
        self.write(name, self.read(name).replace(old, new))

    def use(self, config: str, *hooks: str) -> None:
        """Have these hooks of the configuration's repository asked at every commit."""
        self.write(".pre-commit-config.yaml", config + "".join(f"      - id: {h}\n" for h in hooks))
        self.git("add", "--all")
        self.git("commit", "--no-verify", "-m", "Use the hooks")


def variables(home: Path, wheels: Path) -> dict[str, str]:
    """No settings of this machine, no network: what pip wants comes from a folder."""
    stay = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
    return {
        **{name: os.environ[name] for name in stay if name in os.environ},
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_NAME": "A Writer" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "writer@example.org" for who in ("AUTHOR", "COMMITTER")},
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
        "VIRTUALENV_NO_DOWNLOAD": "1",
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Desk:
    """This project as a repository of its own, as hooks are taken from it."""
    folder = tmp_path_factory.mktemp("cramplint")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            left_out = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, folder / name)
    desk = Desk(folder, variables(tmp_path_factory.mktemp("home"), wheels))
    desk.git("init", "-q", "-b", "main")
    assert desk.commit("All there is").code == 0
    return desk


@pytest.fixture(scope="module")
def config(project: Desk) -> str:
    return CONFIG.format(repo=project.folder.as_uri(), rev=project.git("rev-parse", "HEAD"))


@pytest.fixture
def desk(tmp_path: Path, project: Desk) -> Desk:
    """A repository with the articles of this one, and git that asks pre-commit."""
    desk = Desk(tmp_path / "site", project.env)
    shutil.copytree(ROOT / "articles", desk.folder / "articles")
    desk.write("LICENSE", "All rights reserved.\n")
    desk.git("init", "-q", "-b", "main")
    assert desk.commit("The articles").code == 0
    installed = desk.run(sys.executable, "-m", "pre_commit", "install")
    assert installed.code == 0, installed.said
    return desk


def test_the_manifest_is_one() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_configuration_of_this_repository_is_one() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_hook_can_be_tried_without_being_installed(desk: Desk, project: Desk) -> None:
    tried = ("-m", "pre_commit", "try-repo", str(project.folder), "cramplint", "--files")
    good = desk.run(sys.executable, *tried, "articles/dehydration.md", "LICENSE")
    assert good.code == 0, good.said
    assert "Passed" in good.said


def test_a_good_commit_passes_and_a_bad_one_does_not(desk: Desk, config: str) -> None:
    desk.use(config, "cramplint")
    desk.edit("articles/dehydration.md", "Take small sips often", "Take small sips very often")
    desk.write("LICENSE", "Some rights reserved.\n")  # for pre-commit it is plain text
    good = desk.commit("Say it louder")
    assert good.code == 0, good.said
    assert "cramplint" in good.said
    assert "Passed" in good.said
    before = desk.git("rev-parse", "HEAD")
    desk.write("articles/tea.md", BAD)
    bad = desk.commit("Sell tea")
    assert bad.code == 1
    assert "claim/cure" in bad.said
    assert "articles/tea.md" in bad.said
    assert "Traceback" not in bad.said
    assert desk.git("rev-parse", "HEAD") == before


def test_a_fixing_commit_fails_once_and_keeps_every_word(desk: Desk, config: str) -> None:
    desk.use(config, "cramplint-fix")
    text = desk.read("articles/dehydration.md")
    desk.edit("articles/dehydration.md", "Take small sips often", "Take small sips â€” often")
    first = desk.commit("Sips")
    assert first.code == 1
    assert "files were modified by this hook" in first.said
    mended = text.replace("Take small sips often", "Take small sips — often")
    assert desk.read("articles/dehydration.md") == mended
    second = desk.commit("Sips")
    assert second.code == 0, second.said


def test_links_that_a_commit_breaks_elsewhere_are_found(desk: Desk, config: str) -> None:
    desk.use(config, "cramplint", "cramplint-corpus")
    desk.git("mv", "articles/dehydration.md", "articles/water.md")
    desk.edit("articles/water.md", "slug: dehydration", "slug: water")
    renamed = desk.commit("A new slug")
    assert renamed.code == 1
    files, corpus = renamed.said.split("links between", 1)
    assert "Passed" in files
    assert "articles/dizziness.md" in corpus
    assert "links/related-broken" in corpus
    desk.git("reset", "-q", "--hard")
    desk.git("rm", "-q", "articles/dehydration.md")
    gone = desk.commit("Less is more")
    assert gone.code == 1
    assert "no files to check" in gone.said  # the hook that is given files
    assert "articles/headaches.md" in gone.said


def test_old_findings_need_not_hold_up_a_commit(desk: Desk, config: str) -> None:
    old = "[water](wather.md)\n"
    desk.write("articles/old.md", f"# Old\n\nOld words on {old}")
    desk.use(config, "cramplint", "cramplint-corpus")
    desk.edit("articles/dizziness.md", "too little fluid", "much too little fluid")
    assert "articles/old.md" in desk.commit().said
    gentle = "        args: [--staged, --changed-lines]\n"
    stated = re.sub(r"(- id: .*\n)", rf"\1{gentle}", desk.read(".pre-commit-config.yaml"))
    desk.write(".pre-commit-config.yaml", stated)
    good = desk.commit()
    assert good.code == 0, good.said
    desk.git("rm", "-q", "articles/dehydration.md")
    bad = desk.commit()
    assert bad.code == 1
    assert "articles/headaches.md" in bad.said
    assert "articles/old.md" not in bad.said


def test_a_link_to_what_a_commit_does_not_touch_holds(desk: Desk, config: str) -> None:
    desk.use(config, "cramplint")
    desk.edit("articles/dizziness.md", "too little fluid", "far too little fluid")
    good = desk.commit()
    assert good.code == 0, good.said
    desk.edit(
        "articles/dizziness.md", "(dehydration.md#signs-to-look-for)", "(dehydration.md#sings)"
    )
    bad = desk.commit()
    assert bad.code == 1
    assert "links/internal-anchor" in bad.said


def test_what_the_configuration_leaves_out_stays_out(desk: Desk, config: str) -> None:
    desk.use(config, "cramplint", "cramplint-corpus")
    desk.write("cramplint.toml", 'paths = ["articles"]\nexclude = ["articles/drafts/"]\n')
    desk.write("articles/drafts/tea.md", BAD)
    done = desk.commit("A draft")
    assert done.code == 0, done.said


def test_a_list_that_is_cut_gives_what_the_whole_list_gives(desk: Desk, config: str) -> None:
    desk.use(config, "cramplint")
    folder = "articles/" + "long-" * 30
    for number in range(700):  # pre-commit gives at most 128 KiB of names to one process
        text = BAD if number in (0, 699) else "See [water](../dehydration.md).\n"
        desk.write(f"{folder}/{number:03}-{'name-' * 12}.md", text)
    done = desk.commit("Many")
    assert done.code == 1
    assert done.said.count("claim/cure") == 2
    assert done.said.count(" files: ") > 1  # the sums of several parts
    assert "links/related-broken" not in done.said


def test_the_rules_that_the_corpus_hook_asks_for_are_there() -> None:
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    (asked,) = (
        line.partition("--select ")[2] for line in manifest.splitlines() if "--select" in line
    )
    assert set(asked.split(",")) <= load(VOCABULARY).rules.keys()
