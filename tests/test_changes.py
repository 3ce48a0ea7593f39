"""What changed, as a real git says it, whatever a repository or its names try."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cramplint.changes import Changes, since, staged
from cramplint.git import ask, program
from cramplint.model import CrampError

Git = Callable[..., str]
NAMES = (
    *("a.md", "in/b c.md", "é.txt", "-x.md", "LOUD.MD", ":(top)x.md", "a/x b/x.md"),
    *('q"q.md', "new\nline.md", "back\\slash\x01\x7f.md"),
)


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """git in a new repository, which knows nothing of the person who runs the tests."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Writer")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "writer@example.org")
    home = tmp_path / "repo"
    home.mkdir()

    def said(*words: str) -> str:
        ran = subprocess.run(["git", *words], cwd=home, check=True, capture_output=True, text=True)
        return ran.stdout.strip()

    said("init", "-q", "-b", "main")
    return said


def put(home: Path, name: str, text: str) -> None:
    file = home / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def commit(git: Git, home: Path, **texts: str) -> None:
    for name, text in texts.items():
        put(home, f"{name}.md", text)
    git("add", "-A")
    git("commit", "-qm", "x")


@pytest.fixture
def home(git: Git, tmp_path: Path) -> Path:
    """A repository with the files of NAMES and one commit."""
    folder = tmp_path / "repo"
    for name in NAMES:
        put(folder, name, "one\ntwo\nthree\n")
    put(folder, "code.py", "1\n")
    commit(git, folder)
    return folder


def files(home: Path, changes: Changes) -> dict[str, object]:
    return {os.path.relpath(path, home): one.lines for path, one in changes.files.items()}


def names(home: Path, paths: object) -> list[str]:
    return sorted(os.path.relpath(path, home) for path in paths)  # type: ignore[call-overload]


def test_nothing_changed(git, home):
    assert files(home, since(home, "HEAD")) == {}
    os.utime(home / "a.md", (1, 1))  # only the time is another
    put(home, "é.txt", "one\ntwo\nthree\n")
    os.utime(home / "é.txt", (1, 1))
    put(home, "in/b c.md", "TWO\n")  # what all had, too
    assert files(home, since(home, "HEAD")) == {"in/b c.md": ((1, 1),)}


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_change_and_of_name(git, home, name):
    put(home, name, "one\nTWO\nthree\nfour\nfive\n")
    put(home, "code.py", "2\n")
    assert files(home, since(home, "main")) == {name: ((2, 2), (4, 5))}
    git("add", "-A")
    assert files(home, since(home, "main")) == {name: ((2, 2), (4, 5))}
    git("checkout", "-qb", "topic")
    git("commit", "-qm", "x")
    found = since(home / "in", "main")
    assert files(home, found) == {name: ((2, 2), (4, 5))}
    assert found.before() == {os.path.realpath(home / name): b"one\ntwo\nthree\n"}


def test_what_the_other_branch_did_since_is_not_ours(git, home):
    git("checkout", "-qb", "topic")
    commit(git, home, ours="1\n")
    git("checkout", "-q", "main")
    commit(git, home, a="theirs\n")
    git("checkout", "-q", "topic")
    assert files(home, since(home, "main")) == {"ours.md": None}


def test_untracked_removed_and_renamed(git, home):
    put(home, "new.md", "1\n")
    put(home, ".gitignore", "drop.md\n")
    put(home, "drop.md", "1\n")
    (home / "é.txt").unlink()
    git("mv", "a.md", "z.md")
    put(home, "z.md", "one\ntwo\nthree\nfour\n")
    found = since(home, "HEAD")
    assert files(home, found) == {"new.md": None, "z.md": ((4, 4),)}
    assert names(home, found.gone) == ["a.md", "é.txt"]
    was = {path: data for path, data in found.before().items() if path.endswith("a.md")}
    assert list(was.values()) == [b"one\ntwo\nthree\n"]


def test_lines_that_look_like_a_patch_are_no_patch(git, home):
    text = "diff --git a/x b/x\n@@ -1 +900,5 @@\n--- a\n+++ b\n"
    put(home, "a.md", text)
    put(home, "in/b c.md", "one\ntwo\nthree\n" + text)
    assert files(home, since(home, "HEAD")) == {"a.md": ((1, 4),), "in/b c.md": ((4, 7),)}


def test_a_link_is_no_article_and_a_file_that_became_one_is_gone(git, home):
    (home / "a.md").unlink()
    (home / "a.md").symlink_to("é.txt")
    put(home, "é.txt", "other\n")
    assert "é.txt" in files(home, since(home, "HEAD"))


def test_what_a_link_leads_to_counts_as_changed_where_git_does_not_tell(git, home):
    put(home, "data.raw", "one\n")
    put(home, "other.raw", "one\n")
    (home / "links").mkdir()
    for name, to in (("data", "data.raw"), ("a", "a.md"), ("moved", "é.txt")):
        (home / "links" / f"{name}.md").symlink_to(f"../{to}")
    commit(git, home)
    put(home, "data.raw", "worse\n")  # and its link is what it was
    (home / "links" / "moved.md").unlink()
    (home / "links" / "moved.md").symlink_to("../LOUD.MD")
    (home / "links" / "new.md").symlink_to("../other.raw")
    git("add", "-A")
    git("commit", "-qm", "y")
    found = since(home, "HEAD~1")
    told = {name: found.changed(home / "links" / f"{name}.md") for name in ("data", "new", "moved")}
    assert told == {"data": True, "new": True, "moved": True}
    same = [home / "links" / "a.md", *(home / name for name in NAMES if name != "LOUD.MD")]
    assert not [file for file in same if found.changed(file)]


# ---- what is staged


def test_what_is_staged_is_read_from_the_index(git, home):
    put(home, "a.md", "staged\n")
    git("add", "a.md")
    put(home, "a.md", "later\n")
    put(home, "in/b c.md", "not staged\n")
    put(home, "new.md", "untracked\n")
    found = staged(home)
    assert files(home, found) == {"a.md": ((1, 1),)}
    text = found.source(home / "a.md", "a.md")
    assert text is not None
    assert text.text == "staged\n"
    other = found.source(home / "in" / "b c.md", "b.md")
    assert other is not None
    assert other.text == "one\ntwo\nthree\n"
    assert found.source(home / "é.txt", "é.txt") is None
    assert (found.counts(home / "a.md"), found.counts(home / "new.md")) == (True, False)
    (home / "a.md").unlink()
    assert names(home, found.lost()) == ["a.md"]


def test_a_link_that_is_not_staged_takes_no_article_away(git, home):
    put(home, "a.md", "staged\n")
    git("add", "a.md")
    (home / "link.md").symlink_to("a.md")
    found = staged(home)
    assert (found.counts(home / "a.md"), found.changed(home / "a.md")) == (True, True)


def test_before_the_first_commit_all_that_is_staged_is_new(git, tmp_path):
    put(tmp_path / "repo", "a.md", "1\n")
    git("add", "a.md")
    put(tmp_path / "repo", "b.md", "1\n")
    assert files(tmp_path / "repo", staged(tmp_path / "repo")) == {"a.md": None}
    with pytest.raises(CrampError, match="no commit yet"):
        since(tmp_path / "repo", "main")


def test_a_staged_blob_larger_than_any_article_is_refused_not_read(git, home):
    put(home, "a.md", "x\n" * 1_500_000)
    git("add", "a.md")
    with pytest.raises(CrampError, match="larger than 2 MiB"):
        staged(home).source(home / "a.md", "a.md")


def test_the_marks_of_a_conflict_are_changed_lines(git, home):
    git("checkout", "-qb", "topic")
    commit(git, home, a="one\nours\nthree\n")
    git("checkout", "-q", "main")
    commit(git, home, a="one\ntheirs\nthree\n")
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "topic")
    assert files(home, since(home, "HEAD")) == {"a.md": ((2, 2), (4, 6))}
    assert files(home, staged(home)) == {"a.md": None}


# ---- what is wrong is told


@pytest.mark.parametrize("ref", ["", " ", "--output=/tmp/x", "-", "a\0b"])
def test_an_option_is_no_commit(git, home, ref):
    with pytest.raises(CrampError, match="names no commit"):
        since(home, ref)


def test_an_unknown_commit_names_the_nearest(git, home):
    git("branch", "release-2")
    with pytest.raises(CrampError, match="no commit is called relaese-2") as told:
        since(home, "relaese-2")
    assert told.value.todo == "did you mean release-2?"
    with pytest.raises(CrampError) as told:
        since(home, "zzzz")
    assert told.value.todo == "there are main, release-2"


def test_a_clone_that_is_cut_short_says_what_to_set(git, home, tmp_path):
    git("checkout", "-qb", "topic")
    commit(git, home, b="1\n")
    git("checkout", "-q", "main")
    commit(git, home, c="1\n")
    for branch in (["--single-branch", "--branch", "topic"], ["--no-single-branch"]):
        clone = tmp_path / f"clone{len(branch)}"
        git("clone", "-q", "--depth=1", *branch, f"file://{home}", str(clone))
        other = "origin/main" if branch[0] == "--single-branch" else "origin/topic"
        with pytest.raises(CrampError) as told:
            since(clone, other)
        assert "fetch-depth: 0" in told.value.todo


def test_branches_without_a_commit_in_common(git, home):
    git("checkout", "-q", "--orphan", "alone")
    commit(git, home, a="another beginning\n")
    with pytest.raises(CrampError, match="no commit in common"):
        since(home, "main")


@pytest.mark.parametrize("how", [lambda f: since(f, "main"), staged])
def test_outside_a_repository(git, home, tmp_path, monkeypatch, how):
    (tmp_path / "else").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(CrampError, match="no git repository"):
        how(tmp_path / "else")
    git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    with pytest.raises(CrampError, match="no work tree"):
        how(tmp_path / "bare.git")


def test_without_git(home, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CrampError, match="git cannot be run"):
        since(home, "main")


# ---- a hostile repository


def test_a_repository_cannot_run_what_it_names(git, home, tmp_path):
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/caught\ncat\n")
    trap.chmod(0o755)
    for key in (
        *("core.fsmonitor", "diff.external", "core.pager", "diff.evil.command"),
        *("diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "filter.a=b.process"),
        "core.sshCommand",
    ):
        git("config", key, str(trap))
    git("config", "filter.evil.required", "true")
    (home / ".git" / "hooks").mkdir(exist_ok=True)
    for hook in ("post-index-change", "fsmonitor-watchman", "pre-auto-gc"):
        shutil.copy(trap, home / ".git" / "hooks" / hook)
    (home / ".git" / "info").mkdir(exist_ok=True)
    (home / ".git" / "info" / "attributes").write_text(
        "a.md filter=evil diff=evil\n*.txt filter=a=b -diff\n"
    )
    put(home, "a.md", "one\nTWO\nthree\n")
    put(home, "é.txt", "one\nTWO\nthree\n")
    expected = {"a.md": ((2, 2),), "é.txt": ((2, 2),)}
    assert files(home, since(home, "HEAD")) == expected
    assert files(home, staged(home)) == {}
    assert not (tmp_path / "caught").exists()
    # The trap is one: git that is not told otherwise walks into it.
    subprocess.run(["git", "diff", "HEAD"], cwd=home, capture_output=True, check=False)
    assert (tmp_path / "caught").exists()


def test_a_program_in_the_working_folder_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "git.exe").write_bytes(b"a stranger's")
    with pytest.raises(OSError, match="no folder of PATH"):
        program("git.exe", ["", ".", "..", "in", str(tmp_path / "none")])
    own = tmp_path / "own"
    (own / "git.exe").mkdir(parents=True)
    theirs = tmp_path / "git cmd"
    theirs.mkdir()
    (theirs / "git.exe").write_bytes(b"")
    assert program("git.exe", [".", str(own), f'"{theirs}"']) == str(theirs / "git.exe")


def test_settings_that_change_the_form_of_a_diff_change_nothing(git, home, monkeypatch):
    settings = """diff.noprefix=true diff.mnemonicPrefix=true color.ui=always diff.context=5
    diff.interHunkContext=9 core.quotePath=true diff.renames=false diff.relative=true
    diff.colorMoved=zebra diff.algorithm=patience status.renames=false diff.orderFile=none"""
    for key, _, value in (one.partition("=") for one in settings.split()):
        git("config", key, value)
    (home / "none").write_text("z*\n")
    monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=9")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    put(home, "a.md", "one\nTWO\nthree\n")
    put(home, "é.txt", "one\ntwo\nTHREE\n")
    assert files(home, since(home, "HEAD")) == {"a.md": ((2, 2),), "é.txt": ((3, 3),)}


def test_what_a_person_has_set_by_environment_stays(git, home, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Somebody")
    out = ask(home, "config", "--get-all", "user.name", settings={"filter.x.clean": ""}).out
    assert out == b"Somebody\n"
