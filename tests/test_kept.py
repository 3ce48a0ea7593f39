"""What slow libraries said is kept between runs, as long as they and the table are the same."""

from __future__ import annotations

import pytest

from cramplint import cache, kept


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_retained_comes_back():
    kept.retain({"a": [1]}, [])
    assert kept.recall() == {"a": [1]}


def test_nothing_is_written_for_nothing_new(own_cache):
    kept.retain({"a": [1]}, ["a"])
    assert not own_cache.exists()


def test_only_the_last_are_retained(monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 2)
    kept.retain({"a": 1, "b": 2, "c": 3}, [])
    assert kept.recall() == {"b": 2, "c": 3}


def test_other_libraries_make_it_void(monkeypatch):
    kept.retain({"a": [1]}, [])
    monkeypatch.setattr(kept, "_made_of", lambda: ["another version"])
    assert kept.recall() == {}


@pytest.mark.parametrize(
    "damage", [None, [], "x", {}, {"made of": 1}, {"said": 1}, {"said": {"a": 1}}]
)
def test_a_damaged_store_is_empty(damage):
    cache.keep("said", damage)
    assert kept.recall() == {}


def test_a_library_that_is_not_there_is_named(monkeypatch):
    assert kept.absent(["textstat"]) == []
    monkeypatch.setitem(kept._NEEDS, "textstat", ("textstat", "no_such_module_at_all"))
    assert kept.absent(["textstat", "textstat"]) == ["textstat"]
