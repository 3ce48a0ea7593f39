"""The site around the files that were asked for."""

from __future__ import annotations

from cramplint.config import Config
from cramplint.corpus import gather


def around(tmp_path, monkeypatch, text, *others):
    for name in others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# Feet\n\nFeet hurt.\n", "utf-8")
    (tmp_path / "blog").mkdir(exist_ok=True)
    (tmp_path / "blog" / "a.md").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    from pathlib import Path

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
