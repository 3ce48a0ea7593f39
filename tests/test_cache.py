"""Rules come out of the cache as they went in, and a damaged cache costs nothing but time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from cramplint import cache, needs, patterns, phrases, rules
from cramplint.check import VOCABULARY
from cramplint.config import Config
from cramplint.prove import prove
from cramplint.rules import load
from cramplint.selection import rules_of


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_cached_rules_equal_read_ones():
    read = load(VOCABULARY, cached=False)
    load(VOCABULARY)
    kept = load(VOCABULARY)
    assert {r: replace(x, examples=()) for r, x in read.rules.items()} == dict(kept.rules)
    assert all(kept.data[name] == read.data[name] for name in read.data)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"made of": [], "rules": [{"id": 1}], "data": {}}', b"\xff" * 9]
)
def test_a_damaged_cache_is_rebuilt(own_cache, damage):
    load(VOCABULARY)
    (file,) = own_cache.glob("*rules.json")
    good = file.read_bytes()
    file.write_bytes(damage)
    assert len(load(VOCABULARY).rules) == len(load(VOCABULARY, cached=False).rules)
    assert file.read_bytes() == good


def test_what_is_damaged_anywhere_is_not_taken(own_cache):
    cache.keep("key", {"a": [1, 2], "b": "cc"}, b"rest")
    assert cache.fetch("key") == {"a": [1, 2], "b": "cc"}
    assert bytes(cache.fetch_with("key")[1]) == b"rest"
    (file,) = own_cache.glob("*-key.json")
    good = file.read_bytes()
    for place in range(len(good)):
        file.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert (cache.fetch("key"), bytes(cache.fetch_with("key")[1])) == (None, b"")
        file.write_bytes(good[:place])
        assert cache.fetch("key") is None


@pytest.mark.parametrize("shipped", [None, b"", b"[]", b'{"words0": {}}', b"\xff", b"[" * 10_000])
def test_words_that_did_not_come_with_the_package_or_are_damaged_are_worked_out(
    monkeypatch, tmp_path, shipped
):
    monkeypatch.setattr(cache, "SHIPPED", tmp_path / "words.json")
    if shipped is not None:
        (tmp_path / "words.json").write_bytes(shipped)
    assert cache.shipped(needs.VERSION) is None
    needs.know(cache.shipped(needs.VERSION))
    assert needs.of("zyzzyva(?:s|n)", 0) & needs.lacking("none of them")


def test_words_that_came_with_the_package_are_taken_without_a_cache(monkeypatch, tmp_path):
    table = {"quokka|numbat": "wombat"}  # not what would be worked out
    (tmp_path / "words.json").write_text(json.dumps({needs.VERSION: table}), "utf-8")
    monkeypatch.setattr(cache, "SHIPPED", tmp_path / "words.json")
    rules_of(Config(root=tmp_path), cached=False)
    assert not needs.of("quokka|numbat", 0) & needs.lacking("a wombat and no other")


def test_a_changed_page_is_read_again(tmp_path):
    house = tmp_path / "house" / "artifact"
    house.mkdir(parents=True)
    page = house / "our-name.md"
    text = (
        "---\ncheck: scan\nseverity: note\nmessage: a zebra\nadvice: Leave it.\nfind: [zebra]\n---\n"
        "# Zebra\n\nZebras tell readers nothing.\n\n```bad\nA ⟦zebra⟧.\n```\n\n```good\nA horse.\n```\n"
    )
    page.write_text(text, "utf-8")
    before = load(VOCABULARY, [tmp_path / "house"]).rules["artifact/our-name"]
    page.write_text(text.replace("\n# ", "\n# Our ", 1), "utf-8")
    after = load(VOCABULARY, [tmp_path / "house"]).rules["artifact/our-name"]
    assert after.title == f"Our {before.title}"


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert load(VOCABULARY).rules
    cache.keep("key", {"a": 1})
    assert cache.fetch("key") is None


def test_patterns_from_their_codes_find_the_same(monkeypatch):
    monkeypatch.setattr(patterns, "_known", {})
    monkeypatch.setattr(patterns, "_made", {})
    made = patterns.compiled(r"(?P<a>mag\w+)|(b)(?<!x)", re.IGNORECASE)
    table, codes = patterns.table()
    patterns.know(json.loads(json.dumps(table)), codes)
    kept = patterns.compiled(r"(?P<a>mag\w+)|(b)(?<!x)", re.IGNORECASE)
    text = "Magnesium and xB or b"
    assert [m.groups() for m in kept.finditer(text)] == [m.groups() for m in made.finditer(text)]
    assert kept.search(text)["a"] == "Magnesium"
    assert (kept.groupindex, kept.flags, kept.groups) == (made.groupindex, made.flags, made.groups)


@pytest.mark.parametrize(
    "code",
    [
        None,
        [],
        [34, 0, {}, 0, 4],
        [34, 0, {}, 0, 3],
        [34, 0, {}, 4, 12],
        [34, 0, {"a": 7}, 0, 4],
        "x",
        [1, 2, 3, 4],
    ],
)
def test_a_code_that_is_none_is_compiled_anew(monkeypatch, code):
    patterns.know({"2 a+": code}, b"\0\0\0\0abc")
    assert patterns.compiled("a+", 2).findall("caAt") == ["aA"]


def test_two_runs_find_the_same(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Sore Feet\nSigns include:\nRest is best. It helps.\n", "utf-8")
    run = [sys.executable, "-m", "cramplint", "check", "--isolated", "a.txt"]
    first = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
    kept = list((tmp_path / "cache").glob("*patterns*"))
    second = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
    assert kept
    assert first.returncode == 1
    assert (first.stdout, first.returncode) == (second.stdout, second.returncode)
    bare = subprocess.run([*run, "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    assert bare.stdout == first.stdout


def test_every_rule_page_holds_with_known_codes_too(monkeypatch):
    """What the words of a pattern leave out is never a match."""
    monkeypatch.setattr(patterns, "_known", {})
    monkeypatch.setattr(patterns, "_made", {})
    for module in (rules, phrases, sys.modules["cramplint.understand.topics"]):
        for name in vars(module):
            getattr(getattr(module, name), "cache_clear", lambda: None)()
    pages = load(VOCABULARY, cached=False)
    first = [line for rule in pages.rules.values() for line in prove(rule, pages)]
    patterns.know(*patterns.table())
    assert len(patterns._known) > 100
    second = [line for rule in pages.rules.values() for line in prove(rule, pages)]
    assert first == second == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("sure thing", "\u017fure th\u0131ng"),
        ("kidney", "\u212aidney"),
        ("5 \u00b5g", "5 \u03bcg"),
        ("x{3,}", "XXXX"),
    ],
)
def test_letters_that_count_as_others_are_not_passed_over(monkeypatch, pattern, text):
    monkeypatch.setattr(patterns, "_known", {})
    monkeypatch.setattr(patterns, "_made", {})
    assert patterns.compiled(pattern, re.IGNORECASE).search(text)
    assert not needs.of(pattern, re.IGNORECASE) & needs.lacking(patterns.lowered(text))


@pytest.mark.parametrize(
    "kept", [5, [], [2, 0, "q", 0, 4], [2, 0, {}, 0, 9], [2, 0, {}, -1, 4], [2, 0, {}, 0, 4.0]]
)
def test_a_kept_pattern_out_of_shape_is_not_taken(monkeypatch, kept):
    monkeypatch.setattr(patterns, "_known", {})
    patterns.know({"2 a+": kept}, b"\0\0\0\0")
    assert patterns.compiled("a+", 2).findall("caAt") == ["aA"]


def test_words_of_an_earlier_run_are_taken(monkeypatch):
    monkeypatch.setattr(needs, "_known", {})
    monkeypatch.setattr(needs, "_of", {})
    monkeypatch.setattr(needs, "_said", {})
    needs.of("quite (?:rare|unheard of)", 0)
    table = json.loads(json.dumps(needs.table()))
    for kept in (None, [], {"a": 5}, table):
        needs.know(kept)
    assert needs._known == table
    needs._of.clear()
    needs._said.clear()
    assert needs.of("quite (?:rare|unheard of)", 0) & needs.lacking("calm words")
    assert needs.table() is None
