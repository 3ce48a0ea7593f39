"""Words of lists that stand together."""

from __future__ import annotations

import pytest

from cramplint.frames import Found, Index, framed, placed

BITS = {"cures": 1, "ailment": 2, "forever": 4, "care": 8}
WORDS = {"heals": 1, "ends": 1, "gout": 2, "rash": 2, "forever": 4, "surgery": 8}


def words(text: str) -> list[Found]:
    found = [
        Found(at, at + len(word), bits)
        for word, bits in WORDS.items()
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    return sorted(found)


def hits(asked: str, text: str) -> list[str]:
    return [text[slice(*hit)] for hit in placed(framed(asked, BITS), words(text), text)]


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("cures > ailment", "tea heals any gout", ["heals any gout"]),
        ("cures > ailment", "gout: tea heals", []),
        ("cures & ailment", "gout that tea heals", ["gout that tea heals"]),
        ("cures >> ailment", "heals your old and very stubborn gout", []),
        ("cures > ailment within 3", "heals any gout", []),
        ("cures|forever > ailment", "forever without end: gout", []),
        ("cures > ailment & forever", "forever it heals gout", ["forever it heals gout"]),
        ("cures > ailment not care", "surgery heals gout", []),
        ("cures > ailment within 3 & forever", "heals any gout forever", []),
        (
            "cures > ailment within 9 & forever",
            "heals any gout yes and forever",
            ["heals any gout yes and forever"],
        ),
        ("cures > ailment", "heals; gout stays", []),
        ("cures > ailment over 80", "heals; then gout", ["heals; then gout"]),
        ("cures > ailment", "heals no gout", []),
        ("cures > ailment", "heals what may be gout", []),
    ],
)
def test_where_a_frame_stands(asked: str, text: str, expected: list[str]) -> None:
    assert hits(asked, text) == expected


def test_a_list_that_is_unknown_is_an_error() -> None:
    with pytest.raises(KeyError):
        framed("cures > nobody", BITS)


def test_the_sentences_that_hold_a_word_of_each_list() -> None:
    text = "tea heals gout. rash and gout. heals"
    index = Index({w.bits for w in words(text[a:b])} for a, b in [(0, 15), (16, 30), (31, 36)])
    assert index.sentences(framed("cures > ailment", BITS)) == [0]
    assert index.sentences(framed("ailment", BITS)) == [0, 1]
