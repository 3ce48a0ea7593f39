"""`cramplint clean` and where things are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_what_was_kept_is_deleted_and_nothing_else(home: Path, run: Run) -> None:
    (home / "a.md").write_text("# Sore feet\n\nRest helps.\n", "utf-8")
    kept = home / "kept"
    assert run("check", "--cache-dir", "kept", "a.md").code in (0, 1)
    (kept / "mine.txt").write_text("mine", "utf-8")
    (kept / "0.1.0-linked.json").symlink_to(kept / "mine.txt")
    names = sorted(file.name for file in kept.iterdir())
    assert any(name.startswith("found-") for name in names)
    ran = run("clean", "--cache-dir", "kept")
    assert ran.code == 0
    assert f"{len(names) - 2} files deleted" in ran.err
    assert sorted(file.name for file in kept.iterdir()) == ["0.1.0-linked.json", "mine.txt"]
    assert run("clean", "--cache-dir", "kept").err.startswith("0 files deleted (0.0 MB)")
