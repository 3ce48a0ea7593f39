"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cramplint.model import CrampError
from cramplint.write import write


def test_bytes_take_the_place_of_others(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    write(file, b"one")
    write(file, b"two")
    assert file.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a.md"]


def test_permissions_stay_and_new_files_get_the_usual(tmp_path: Path) -> None:
    file, usual = tmp_path / "a.md", tmp_path / "usual"
    usual.touch()
    write(file, b"one")
    assert file.stat().st_mode == usual.stat().st_mode
    file.chmod(0o640)
    write(file, b"two")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"one")
    (tmp_path / "link.md").symlink_to("real.md")
    write(tmp_path / "link.md", b"two")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"two"


def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"one")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CrampError, match="cannot be written: No space left"):
        write(file, b"two")
    assert file.read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["a.md"]
    with pytest.raises(CrampError, match="No such file or directory"):
        write(tmp_path / "gone" / "a.md", b"x")
