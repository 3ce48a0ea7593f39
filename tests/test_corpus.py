"""The site around the files that were asked for."""

from __future__ import annotations

import os
from pathlib import Path

from cramplint.config import Config
from cramplint.corpus import gather
from cramplint.store import opened


def around(tmp_path, monkeypatch, text, *others):
    for name in others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# Feet\n\nFeet hurt.\n", "utf-8")
    (tmp_path / "blog").mkdir(exist_ok=True)
    (tmp_path / "blog" / "a.md").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)

    found = gather([Path("blog/a.md")], Config(root=tmp_path))
    return sorted(page.path for page in found.around)


def test_without_a_home_the_linked_files_are_the_site(tmp_path, monkeypatch):
    text = "---\nrelated: [c, gone]\n---\n[b](b.md#x) [d](../d.html) [e](http://x.org/e.md)\n"
    found = around(
        tmp_path, monkeypatch, text, "blog/b.md", "blog/c.txt", "d.md", "blog/unasked.md"
    )
    assert found == ["blog/b.md", "blog/c.txt", "d.md"]


def test_a_link_leads_no_further_than_beside_the_folder(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    outside = tmp_path / "secret.md"
    outside.write_text("# Secret\n", "utf-8")
    assert around(tmp_path / "site", monkeypatch, "[s](../../secret.md) [t](/etc/passwd)\n") == []


def test_with_a_home_all_its_articles_are_the_site(tmp_path, monkeypatch):
    found = around(tmp_path, monkeypatch, "Text.\n", "articles/x.md", "articles/y.md")
    assert found == ["articles/x.md", "articles/y.md"]


def test_kept_pages_are_those_that_would_be_read(tmp_path, monkeypatch):
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    for name, text in {
        "a": "See [b](b.md#rest).",
        "b": "## Rest\n\nIt helps.",
        "c": "Text.",
    }.items():
        (tmp_path / "articles" / f"{name}.md").write_text(
            f"---\ntitle: {name}\naliases: [/x{name}]\n---\n{text}\n", "utf-8"
        )
    asked, config = [Path("articles/a.md")], Config(root=tmp_path)
    read = gather(asked, config).around
    assert gather(asked, config, store=opened(config)).around == read
    assert gather(asked, config, store=opened(config)).around == read
    # The same size and the same time, another heading: the link is broken now.
    b = tmp_path / "articles" / "b.md"
    stat = b.stat()
    b.write_text(b.read_text("utf-8").replace("Rest", "Food"), "utf-8")
    os.utime(b, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (changed,) = (p for p in gather(asked, config, store=opened(config)).around if p.title == "b")
    assert changed.anchors == {"food"}


def test_a_home_that_is_a_link_out_of_the_repository_is_none(tmp_path, monkeypatch):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "s.md").write_text("# Secret\n", "utf-8")
    site = tmp_path / "site"
    (site / ".git").mkdir(parents=True)
    monkeypatch.chdir(site)
    (site / "articles").symlink_to(tmp_path / "secrets")
    assert not gather([], Config(root=site)).articles
    (site / "articles").unlink()
    (site / "content").mkdir()
    (site / "content" / "a.md").write_text("# A\n", "utf-8")
    (site / "articles").symlink_to(site / "content")
    assert list(gather([], Config(root=site)).articles) == ["articles/a.md"]


def test_a_file_without_end_beside_an_article_is_not_read_to_it(tmp_path, monkeypatch):
    (tmp_path / "articles").mkdir()
    with (tmp_path / "articles" / "huge.md").open("wb") as file:
        file.truncate(30_000_000_000)
    assert around(tmp_path, monkeypatch, "Text.\n", "articles/x.md") == ["articles/x.md"]
