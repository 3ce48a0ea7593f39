"""Front matter: positions of keys, plain values, and refusals that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cramplint.model import CrampError, Source
from cramplint.parse import frontmatter
from cramplint.parse.frontmatter import front_matter


def meta(text):
    return front_matter(Source("a.md", text, "markdown"))


def test_values_keep_what_was_written():
    data = meta(
        "---\ntitle: Sore feet\nno: no\nzip: 012\nat: 12:30\nday: 2026-01-02\nn: 3\nx: 1.5\n"
        "yes: true\nnone:\nlist: [a, 'b']\n---\n"
    ).data
    assert data == {
        "title": "Sore feet", "no": "no", "zip": "012", "at": "12:30", "day": "2026-01-02", "n": 3,
        "x": 1.5, "yes": True, "none": None, "list": ["a", "b"],
    }  # fmt: skip


def test_keys_know_their_place():
    text = "---\ntítle: “é”\nrelated:\n  - a\n  - {slug: b}\n---\nbody"
    found = meta(text)
    for path, word in {
        "títle": "títle",
        "related": "related",
        "related.0": "a",
        "related.1.slug": "slug",
    }.items():
        assert text[slice(*found.keys[path])] == word
    assert text[found.span.end :] == "\nbody"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("---\na: 1\na: 2\n---\n", 3, "twice"),
        ("---\na: &x 1\nb: *x\n---\n", 2, "anchor"),
        ("---\nok: 1\na: !!python/object:os.system x\n---\n", 3, "tag"),
        ("---\n- a\n---\n", 2, "no keys"),
        ("---\na: [b\n---\n", 3, "no YAML"),
        ("---\ntitle: x\n\nbody", 1, "never closed"),
        ("---\na: " + "[" * 3000 + "]" * 3000 + "\n---\n", 2, "nested"),
        ("---\n" + "- " * 3000 + "a\n---\n", 2, "nested"),
        ("---\n? [a]\n: b\n---\n", 2, "key"),
        ("---\na: " + "x" * 70000 + "\n---\n", 1, "64 KiB"),
        ("---\na: \x07\n---\n", 2, "no YAML"),
    ],
)
def test_bad_front_matter_is_refused_with_its_line(text, line, says):
    with pytest.raises(CrampError) as refused:
        meta(text)
    assert refused.value.where == f"a.md:{line}"
    assert says in refused.value.what


@pytest.mark.parametrize(
    "text", ["", "body", "---\n\nbody after a break", "---\n---\n", "--\na: 1\n--\n"]
)
def test_what_is_no_front_matter_gives_none(text):
    assert meta(text).data == {}


WORDS = st.text("abZ09 .-/:,'\"#é[]{}&*!|>%@~?=_+\\", max_size=9)
LINES = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(["a", "b", "long-key", "c_d"]), WORDS),
    st.builds("{}:".format, st.sampled_from(["a", "b", "list"])),
    st.builds("{}- {}".format, st.sampled_from(["", "  ", "    "]), WORDS),
    st.builds("{}: [{}, {}]".format, st.sampled_from(["e", "f"]), WORDS, WORDS),
    st.builds("- {{{}: {}, {}: {}}}".format, *[st.sampled_from(["k", "l"]), WORDS] * 2),
    st.sampled_from(["", "  ", "# note", "x: 012", "y: true", "z: 1.50", "w: 2026-11-21", "v: null", "u: ''"]),
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=6).map("\n".join).filter(str.strip))
@example("a:\n- 0\n  - 0")
@example("a:\n- 0\n\n- 1")
@settings(max_examples=500, deadline=None)
def test_plain_lines_are_read_as_the_library_reads_them(block):
    block += "\n"
    quick = frontmatter._plain(block, 4)
    if quick is not None:
        assert quick == frontmatter._load(
            block, 4, Source("a.md", f"---\n{block}---\n", "markdown")
        )


def test_the_front_matter_of_our_articles_is_plain():
    for file in (Path(__file__).parents[2] / "articles").glob("*.md"):
        source = Source(file.name, file.read_text("utf-8"), "markdown")
        found = front_matter(source)
        block = source.text[4 : found.span.end - 3]
        assert frontmatter._plain(block, 4) == (found.data, found.keys)
