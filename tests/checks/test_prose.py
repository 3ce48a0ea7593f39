"""proselint: its spans are places of the source, it is registered once and asks nothing of the machine."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.check import VOCABULARY
from cramplint.checks import prose
from cramplint.checks.prose import style
from cramplint.model import Source
from cramplint.parse import parse
from cramplint.rules import Tables, folder, page
from cramplint.site import Site
from cramplint.understand import understand

pytest.importorskip("proselint")

DATA = Tables(folder() / "data")
RULE = page(folder() / "prose" / "style.md", folder(), VOCABULARY)
BAD = "first and foremost"
PIECES = st.sampled_from(
    [
        "Rest",
        BAD,
        "irregardless",
        "“quoted",
        "”",
        '"',
        "\n\n",
        "\n- ",
        " ",
        "— ",
        "é",
        "🦵",
        "1 1 ",
        "of of",
        "`x x`",
        "[of](x) of",
    ]
)


def found(text, site=None):
    reading = understand(parse(Source("a.md", text, "markdown")), DATA)
    return list(style(reading, RULE, site or Site(data=DATA)))


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_a_finding_is_where_its_words_are(text):
    for one in found(text):
        words = text[one.span.start : one.span.end]
        assert words == words.strip() != ""
        if "cliché" in one.message:
            assert words.casefold() == BAD
        if "Nonword" in one.message:
            assert words.casefold() == "irregardless"


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_blocks_are_read_one_by_one(text):
    """Reading all blocks at once to see which hold something loses nothing."""
    blocks = text.split("\n\n")
    checks = tuple(RULE.params["checks"])
    alone = [hit for i in range(len(blocks)) for hit in prose._in_block(blocks, i, checks)]
    assert prose._linted(blocks, checks) == [list(hit) for hit in alone]


def test_all_is_told_once():
    assert len(found(f"{BAD.capitalize()}, rest.")) == 1
    prose._chosen.cache_clear()  # as another list of checks would
    assert len(found(f"{BAD.capitalize()}, rest.")) == 1


@pytest.mark.parametrize(
    "text", ["", "\n\n", "---\ntitle: x\n---\n", "```\n\n```\n", "&nbsp;", "#\n"]
)
def test_nothing_is_read_without_fault(text):
    assert found(text) == []


def test_no_settings_are_read(tmp_path, monkeypatch):
    (tmp_path / "proselint.json").write_text('{"checks": {"cliches": false}}')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert len(found(f"{BAD.capitalize()}, rest.")) == 1


def test_every_named_check_is_one_of_proselint():
    every = {check.path for check in prose._chosen(tuple(RULE.params["checks"]))}
    for name in RULE.params["checks"]:
        assert any(path == name or path.startswith(f"{name}.") for path in every), name


def test_what_is_kept_is_not_asked_again(monkeypatch):
    site = Site(data=DATA)
    first = found(f"{BAD.capitalize()}, rest.", site)
    kept = json.loads(json.dumps(site.kept))
    monkeypatch.setattr(prose, "_linted", None)
    moved = found(f"\n\n\n{BAD.capitalize()}, rest.", Site(data=DATA, kept=kept))
    assert [replace(one, span=first[0].span) for one in moved] == first
    assert moved[0].span.start == first[0].span.start + 3


@pytest.mark.parametrize(
    "damage",
    [
        "x",
        {},
        [1],
        [[1, 2]],
        [[9, 0, 1, "a", "b"]],
        [[0, 5, 99, "a", "b"]],
        [["0", 0, 1, "a", "b"]],
    ],
)
def test_what_is_kept_and_damaged_does_no_harm(damage):
    site = Site(data=DATA)
    found(f"{BAD.capitalize()}, rest.", site)
    found(f"{BAD.capitalize()}, rest.", Site(data=DATA, kept=dict.fromkeys(site.kept, damage)))
