"""Front matter: positions of keys, plain values, and refusals that name the line."""

from __future__ import annotations

import pytest

from cramplint.model import CrampError, Source
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
