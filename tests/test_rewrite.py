"""A mended article goes back into its file, and nothing else of the file changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.model import CrampError, Source
from cramplint.read import decode, encode
from cramplint.rewrite import restored, rewrite


def mend(path: Path, old: str, new: str) -> None:
    before = decode(path.read_bytes(), path.name)
    text = before.text.replace(old, new)
    rewrite(path, before, Source(before.name, text, before.kind, before.newline, before.bom))


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"one\ntwo", b"one\n2\n3"),
        (b"one\r\ntwo\r\n", b"one\r\n2\r\n3\r\n"),
        (b"one\rtwo\r", b"one\r2\r3\r"),
        (b"\xef\xbb\xbfone\ntwo\n", b"\xef\xbb\xbfone\n2\n3\n"),
        (b"one\r\ntwo\nthree\rfour\n", b"one\r\n2\n3\nthree\rfour\n"),
        (b"one\r\ntwo\r", b"one\r\n2\r3\r\n"),
        (b"a\r\nb\r\ntwo\r\nc\nd\r", b"a\r\nb\r\n2\r\n3\r\nc\nd\r"),
    ],
)
def test_each_line_keeps_its_end(tmp_path: Path, data: bytes, wanted: bytes) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    mend(file, "two", "2\n3")
    assert file.read_bytes() == wanted


@given(st.text(alphabet="ab\r\n", max_size=40), st.text(alphabet="ab\n", max_size=40))
def test_line_ends_never_touch_the_words(old: str, new: str) -> None:
    data = old.encode()
    before = decode(data, "a.txt")
    assert restored(data, before, before) == data
    after = Source("a.txt", new, "text", before.newline)
    assert decode(restored(data, before, after), "a.txt").text == new


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"one\n")
    before = decode(b"one\n", "a.md")
    file.write_bytes(b"one, and what an editor added\n")
    with pytest.raises(CrampError, match=r"a\.md: was changed meanwhile"):
        rewrite(file, before, Source("a.md", "two\n", "markdown"))
    assert file.read_bytes() == b"one, and what an editor added\n"
    file.unlink()
    with pytest.raises(CrampError, match="cannot be read: No such file"):
        rewrite(file, before, before)


def test_a_read_only_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"two\n")
    file.chmod(0o444)
    with pytest.raises(CrampError, match=r"a\.md: is read-only \(make it writable"):
        mend(file, "two", "2")
    assert file.read_bytes() == b"two\n"
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"two\n")
    (tmp_path / "real.md").chmod(0o640)
    (tmp_path / "link.md").symlink_to("real.md")
    mend(tmp_path / "link.md", "two", "2")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"2\n"
    assert (tmp_path / "real.md").stat().st_mode & 0o777 == 0o640


def test_encoding_and_restoring_agree_where_line_ends_are_alike() -> None:
    source = Source("a.md", "one\ntwo\n", "markdown", "\r\n", bom=True)
    assert restored(encode(source), source, source) == encode(source)
