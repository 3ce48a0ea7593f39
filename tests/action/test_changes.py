"""What is checked and told of a pull request, a push and a merge queue."""

from __future__ import annotations

import shutil

import pytest

pytestmark = pytest.mark.xdist_group("wheels")  # an installation takes its time


def test_a_pull_request_shows_only_what_it_changes(runner, site, bad):
    request = runner.pull(site, **{"articles/new.md": bad})
    for depth in (1, 2, 0):
        work = runner.clone(site, request.ref, depth=depth)
        ran = runner.run(work, "pull_request", request.told, changed_only="files")
        assert ran.code == 1, ran.log
        assert {c.properties["file"] for c in ran.obeyed} == {"articles/new.md"}


def test_a_fork_needs_no_token_and_its_head_can_be_what_is_checked_out(runner, site, bad):
    request = runner.pull(site, fork=True, **{"articles/dizziness.md": bad})
    told = {"told": request.told, "sha": request.sha, "changed_only": "files"}
    work = runner.clone(site, "refs/pull/1/head", depth=1)
    ran = runner.run(work, "pull_request", **told)
    assert ran.code == 1, ran.log
    assert {c.properties["file"] for c in ran.obeyed} == {"articles/dizziness.md"}
    again = runner.clone(site, "refs/pull/1/head", depth=1)
    runner.git(again, "remote", "set-url", "origin", (site.parent / "nowhere").as_uri())
    lost = runner.run(again, "pull_request", **told)
    assert lost.code == 2
    (said,) = lost.obeyed
    assert "fetch-depth: 0" in said.words


def test_a_branch_that_took_main_in_shows_only_its_own(runner, site, bad):
    runner.git(site, "checkout", "-q", "-b", "long")
    runner.commit(site, **{"articles/mine.md": bad})
    runner.git(site, "checkout", "-q", "main")
    base = runner.commit(site, **{"articles/theirs.md": bad.replace("Night", "Leg")})
    runner.git(site, "checkout", "-q", "long")
    runner.git(site, "merge", "-q", "--no-ff", "-m", "Take main in", "main")
    head = runner.git(site, "rev-parse", "HEAD")
    told = {"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}
    work = runner.clone(site, "refs/heads/long", depth=0)
    ran = runner.run(work, "pull_request", told, sha="1" * 40, changed_only="files")
    assert {c.properties["file"] for c in ran.obeyed} == {"articles/mine.md"}, ran.log


def test_lines_tell_of_the_lines_that_changed(runner, site):
    old = (site / "articles/old.md").read_text("utf-8")
    request = runner.pull(site, **{"articles/old.md": old + "\nThis tea works every time.\n"})
    work = runner.clone(site, request.ref, depth=2)
    ran = runner.run(work, "pull_request", request.told, changed_only="lines")
    assert ran.code == 1, ran.log
    assert {c.properties["title"] for c in ran.obeyed} == {"claim/guarantee"}


@pytest.mark.parametrize("mode", ["files", "lines"])
def test_what_a_pull_request_breaks_elsewhere_is_told(runner, site, mode):
    text = (site / "articles/dehydration.md").read_text("utf-8")
    water = text.replace("slug: dehydration", "slug: water")
    change = {"articles/dehydration.md": None, "articles/water.md": water}
    request = runner.pull(site, **change)
    work = runner.clone(site, request.ref, depth=2)
    ran = runner.run(work, "pull_request", request.told, changed_only=mode)
    assert ran.code == 1, ran.log
    broken = {
        c.properties["file"] for c in ran.obeyed if c.properties["title"] == "links/related-broken"
    }
    assert {"articles/dizziness.md", "articles/headaches.md"} <= broken


def test_a_push_is_measured_from_what_was_there_before(runner, site, bad):
    before = runner.git(site, "rev-parse", "HEAD")
    after = runner.commit(site, **{"articles/new.md": bad})
    told = {"before": before, "after": after, "ref": "refs/heads/main"}
    for depth in (1, 0):
        work = runner.clone(site, "refs/heads/main", depth=depth)
        ran = runner.run(work, "push", told, changed_only="files")
        assert {c.properties["file"] for c in ran.obeyed} == {"articles/new.md"}, ran.log
    work = runner.clone(site, "refs/heads/main", depth=1)
    for told in (
        {"before": "0" * 40},
        {"before": "1" * 40},
        {"before": "--upload-pack=touch x"},
        {},
    ):
        first = runner.run(work, "push", told, changed_only="files")
        notice, *rest = first.obeyed
        assert "Every article is checked" in notice.words
        assert "articles/old.md" in {c.properties.get("file") for c in rest}


def test_a_merge_queue_is_measured_from_its_base(runner, site, bad):
    base = runner.git(site, "rev-parse", "HEAD")
    runner.commit(site, **{"articles/new.md": bad})
    work = runner.clone(site, "refs/heads/main", depth=0)
    told = {"merge_group": {"base_sha": base}}
    ran = runner.run(work, "merge_group", told, changed_only="files")
    assert {c.properties["file"] for c in ran.obeyed} == {"articles/new.md"}, ran.log


@pytest.mark.parametrize("lack", ["git", "repository"])
def test_where_git_reads_nothing_that_is_said(runner, tmp_path, monkeypatch, lack):
    (tmp_path / "work").mkdir()
    if lack == "git":
        only = tmp_path / "bin"
        only.mkdir()
        for name in ("python3", "bash"):
            (only / name).symlink_to(shutil.which(name, path=runner.env["PATH"]))
        monkeypatch.setitem(runner.env, "PATH", str(only))
    told = {"sha": "1" * 40, "changed_only": "files"}
    ran = runner.run(tmp_path / "work", "push", {"before": "2" * 40}, **told)
    (said,) = ran.obeyed
    assert (ran.code, said.name) == (2, "error")
    assert "needs a repository that git reads" in said.words
