"""Bytes to Source and back, and the walk over paths."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cramplint.model import CrampError
from cramplint.read import LIMIT, decode, encode, read, walk


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Text.\n", "utf-8")


def found(folder: Path, *paths: Path, exclude: tuple[str, ...] = ()) -> list[str]:
    """What a walk over `paths` (default: the folder) finds, relative to `folder`."""
    walked = walk(paths or (folder,), exclude, folder)
    assert walked.problems == ()
    return [p.relative_to(folder).as_posix() for p in walked.files]


# ---- decoding


@pytest.mark.parametrize(
    ("data", "text", "newline", "bom"),
    [
        (b"a\nb\n", "a\nb\n", "\n", False),
        (b"a\r\nb\r\n", "a\nb\n", "\r\n", False),
        (b"a\rb\r", "a\nb\n", "\r", False),
        (b"a\r\nb\nc\r\n", "a\nb\nc\n", "\r\n", False),
        (b"a\n\rb\n", "a\n\nb\n", "\n", False),
        (b"\xef\xbb\xbfa", "a", "\n", True),
        (b"", "", "\n", False),
        ("caf\u00e9\u2028\u0085".encode(), "caf\u00e9\u2028\u0085", "\n", False),
    ],
)
def test_text_has_lf_and_no_bom(data: bytes, text: str, newline: str, bom: bool) -> None:
    source = decode(data, "a.md")
    assert (source.text, source.newline, source.bom) == (text, newline, bom)


@given(
    st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
@example("\n", "\r", True)
@example("\ufeff", "\n", False)
def test_a_file_is_written_back_as_it_was(text: str, newline: str, bom: bool) -> None:
    data = (b"\xef\xbb\xbf" if bom else b"") + text.replace("\n", newline).encode()
    assert encode(decode(data, "a.txt")) == data


@pytest.mark.parametrize(
    ("data", "where", "said"),
    [
        ("Ã©".encode("utf-16"), "a.md", "is UTF-16"),
        ("x".encode("utf-32"), "a.md", "is UTF-32"),
        (b"\x00\x00\xfe\xff\x00\x00\x00x", "a.md", "is UTF-32"),
        ("ab\ncd".encode("utf-16-le"), "a.md:1", "looks like UTF-16"),
        (b"ab\r\nc\0" + b"d" * 40, "a.md:2", "no text"),
        (b"a\rb\nc\r\nfianc\xe9", "a.md:4", "0xe9 at offset 12; it looks like Windows-1252"),
        (b"\xef\xbb\xbf\xff", "a.md:1", "offset 3"),
        (b"x\x81\x8d", "a.md:1", "old encoding"),
        ("é – ü ß".encode() + b"\xff", "a.md:1", "UTF-8 with damaged places"),
        (b"\xed\xa0\x80", "a.md:1", "is not UTF-8"),
    ],
)
def test_other_encodings_are_refused_with_place_and_guess(
    data: bytes, where: str, said: str
) -> None:
    with pytest.raises(CrampError) as caught:
        decode(data, "a.md")
    assert caught.value.where == where
    assert said in caught.value.what
    assert caught.value.todo == "save it as UTF-8"


@given(st.binary(max_size=200))
def test_bytes_give_a_source_or_one_kind_of_error(data: bytes) -> None:
    try:
        source = decode(data, "a.md")
    except CrampError:
        return
    assert "\r" not in source.text
    assert decode(encode(source), "a.md") == source


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big.md").write_bytes(b"a" * (LIMIT + 1))
    with pytest.raises(CrampError, match="larger than 2 MiB"):
        read(tmp_path / "big.md")


def test_kind_goes_by_the_ending() -> None:
    kinds = {name: decode(b"", name).kind for name in ("a.md", "a.MARKDOWN", "a.mdx", "a.Txt")}
    assert list(kinds.values()) == ["markdown", "markdown", "markdown", "text"]
    with pytest.raises(CrampError, match=r"known: \.md"):
        decode(b"", "a.html")


# ---- what is no ordinary file


def test_pipes_and_sockets_are_refused_and_never_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as plug:
        here = os.getcwd()
        os.chdir(tmp_path)
        try:
            plug.bind("plug.md")
        finally:
            os.chdir(here)
        for name in ("pipe.md", "plug.md"):
            with pytest.raises(CrampError, match="no ordinary file"):
                read(tmp_path / name)
        put(tmp_path, "a.md")
        assert found(tmp_path) == ["a.md"]


def test_a_file_that_is_gone_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(CrampError, match="cannot be read: No such file"):
        read(tmp_path / "gone.md")


def test_names_can_always_be_encoded(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9\n.md")
    odd.write_text("x", "utf-8")
    (file,) = walk([tmp_path]).files
    assert read(file).name.encode() == str(tmp_path / "caf\\udce9\n.md").encode()


# ---- the walk


def test_a_folder_gives_its_articles_sorted(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a/z.txt", "a/y.mdx", "a/x.MD", "a/pic.png", "c.markdown", "d.html")
    assert found(tmp_path) == ["a/x.MD", "a/y.mdx", "a/z.txt", "b.md", "c.markdown"]


def test_hidden_and_foreign_folders_are_left_out(tmp_path: Path) -> None:
    put(
        tmp_path, "a.md", ".git/x.md", ".venv/x.md", "node_modules/x.md", ".hidden.md", "in/.x/y.md"
    )
    assert found(tmp_path) == ["a.md"]


def test_a_file_found_twice_counts_once(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b/c.md")
    assert found(tmp_path, tmp_path / "b", tmp_path, tmp_path / "b" / "c.md") == ["a.md", "b/c.md"]


def test_links_out_of_the_tree_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "out/secret.md", "in/a.md", "in/sub/b.md")
    (tmp_path / "in" / "out.md").symlink_to(tmp_path / "out" / "secret.md")
    (tmp_path / "in" / "outdir").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "0.md").symlink_to("sub/b.md")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "nowhere.md").symlink_to("gone.md")
    assert found(tmp_path / "in") == ["a.md", "sub/b.md"]
    # Nor those that stay below the root of the project: only what was named is walked.
    assert found(tmp_path, tmp_path / "in") == ["in/a.md", "in/sub/b.md"]


def test_a_very_deep_tree_is_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    depth = 1100
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    try:
        put(tmp_path, "a.md")
        assert found(tmp_path) == ["a.md"]
    finally:  # deeper than what cleans up after tests can go
        for _ in range(depth):
            os.chdir("..")
            os.rmdir("d")


def test_what_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    put(tmp_path, "leg-cramps.md")
    with pytest.raises(CrampError, match=r"no such file .*did you mean .*leg-cramps\.md\?"):
        walk([tmp_path / "leg-cramp.md"])
    with pytest.raises(CrampError, match="no such file"):
        walk([tmp_path / "leg-cramps.md" / "x.md"])
    (tmp_path / "lost.md").symlink_to("gone")
    with pytest.raises(CrampError, match="leads nowhere"):
        walk([tmp_path / "lost.md"])


def test_a_named_file_is_always_taken_if_its_kind_is_known(tmp_path: Path) -> None:
    put(tmp_path, ".hidden.md", "a.html")
    assert found(tmp_path, tmp_path / ".hidden.md", exclude=("*.md",)) == [".hidden.md"]
    with pytest.raises(CrampError, match="no kind that is checked"):
        walk([tmp_path / "a.html"])


def test_a_named_file_can_be_left_out_like_one_that_is_found(tmp_path: Path) -> None:
    put(tmp_path, "drafts/a.md", "b.md", "LICENSE", "c.html")
    named = [tmp_path / name for name in ("drafts/a.md", "b.md", "LICENSE", "c.html")]
    walked = walk(named, ["drafts/"], tmp_path, force=True)
    assert walked == ((tmp_path / "b.md",), ())
    with pytest.raises(CrampError, match="no such file"):
        walk([tmp_path / "gone.md"], ["drafts/"], tmp_path, force=True)


def test_exclude_has_gitignore_patterns_relative_to_the_root(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "drafts/b.md", "x/drafts/c.md", "x/keep.md", "x/old.md")
    exclude = ("/drafts/", "x/*.md", "!x/keep.md")
    assert found(tmp_path, tmp_path / "x", tmp_path, exclude=exclude) == [
        "a.md",
        "x/drafts/c.md",
        "x/keep.md",
    ]


def test_a_pattern_that_could_take_long_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "a" * 250 + ".md")
    with pytest.raises(CrampError, match="could take long"):
        found(tmp_path, exclude=("*a" * 12 + "b",))
    # One that comes with a folder is left out.
    (tmp_path / ".gitignore").write_text("*a" * 12 + "b\n" + "**/x/*\\*y*\n")
    assert len(found(tmp_path)) == 1


def test_ignore_files_without_end_are_not_read_to_it(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "sub/b.md")
    (tmp_path / ".gitignore").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "sub" / ".gitignore")
    assert found(tmp_path) == ["a.md", "sub/b.md"]


def test_without_git_the_ignore_files_are_read(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b.md", "sub/b.md", "sub/c.md", "build/d.md")
    (tmp_path / ".gitignore").write_text("b.md\nbuild/\n")
    (tmp_path / "sub" / ".gitignore").write_text("!b.md\nc.md\n")
    assert found(tmp_path) == ["a.md", "sub/b.md"]


def test_git_says_what_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "kept.md", "dropped.md", "in/new.md", "in/é \n.md", ".hidden/h.md", "gone.md")
    (tmp_path / ".gitignore").write_text("dropped.md\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for words in (["init", "-q"], ["add", "kept.md", "gone.md"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    (tmp_path / "gone.md").unlink()
    assert found(tmp_path) == ["in/new.md", "in/é \n.md", "kept.md"]
    assert found(tmp_path, tmp_path / "in") == ["in/new.md", "in/é \n.md"]
    monkeypatch.setenv("PATH", "")
    assert found(tmp_path, tmp_path / "in", tmp_path) == ["in/new.md", "in/é \n.md", "kept.md"]


def test_a_folder_that_became_a_link_after_git_knew_it_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "in/sub/a.md", "in/b.md", "out/a.md")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for words in (["init", "-q"], ["add", "in"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    (tmp_path / "in" / "sub" / "a.md").unlink()
    (tmp_path / "in" / "sub").rmdir()
    (tmp_path / "in" / "sub").symlink_to(tmp_path / "out")
    assert found(tmp_path, tmp_path / "in") == ["in/b.md"]


def test_a_closed_folder_is_told_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.md", "shut/b.md")
    scandir = os.scandir

    def closed(folder: Path) -> object:
        if Path(folder).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr("os.scandir", closed)
    walked = walk([tmp_path])
    assert [p.name for p in walked.files] == ["a.md"]
    assert "cannot be entered: Permission denied" in str(walked.problems[0])
