"""What README.md and the pages in docs/ show is what the tool says."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from cramplint.cli.app import app
from cramplint.config import load

ROOT = Path(__file__).parent.parent


def _player() -> ModuleType:
    spec = importlib.util.spec_from_file_location("consoles", ROOT / "tools" / "consoles.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLAYER = _player()


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of all pages: to compile patterns takes longer than most commands."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.skipif(os.name == "nt", reason="the pages are for a POSIX shell")
@pytest.mark.parametrize("page", PLAYER.PAGES, ids=named)
def test_a_page_shows_what_is_printed(page: Path, tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "play"
    folder.mkdir()
    wrong = [
        f"$ {one.command}\n{one.printed}"
        for one in PLAYER.played(page, folder, cache)
        if not PLAYER.holds(one.shown, one.printed)
    ]
    assert wrong == [], "tools/consoles.py puts it into the page"


@pytest.mark.parametrize("page", PLAYER.PAGES, ids=named)
def test_settings_on_a_page_are_settings(page: Path, tmp_path: Path) -> None:
    for toml in PLAYER.fences(page, "toml"):
        (tmp_path / "cramplint.toml").write_text(toml, "utf-8")
        load(tmp_path)


def test_links_between_the_pages_lead_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    pages = [named(page) for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))]
    asked = ["--isolated", "--select", "links/*,artifact/*", "--fail-on", "note"]
    ran = CliRunner().invoke(app, ["check", *asked, *pages])
    assert ran.exit_code == 0, ran.output


@pytest.mark.skipif(os.name == "nt", reason="the pages are for a POSIX shell")
def test_a_page_that_shows_something_else_is_found_out(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```text a/b.txt\none\ntwo\nthree\n```\n<!-- run\necho four >> a/b.txt\n-->\n"
        "```console\n$ cat a/b.txt\none\n…\nfour\n$ cat a/b.txt\none\n$ true\n```\n",
        "utf-8",
    )
    (folder := tmp_path / "play").mkdir()
    shown = list(PLAYER.played(page, folder, tmp_path))
    assert [PLAYER.holds(one.shown, one.printed) for one in shown] == [True, False, True]
    after = PLAYER.rewritten(page.read_text("utf-8"), shown)
    assert after.endswith("…\nfour\n$ cat a/b.txt\none\ntwo\nthree\nfour\n$ true\n```\n")
