"""The published shape of the JSON documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.publish import publish
from cramplint.render.schema import article
from cramplint.rules import load

ROOT = Path(__file__).parents[2]
DAMAGED = sorted((ROOT / "tests/damaged").iterdir())
NO_ARTICLES = ("expected.txt", "mended.diff")
TEXTS = [p for p in (*sorted((ROOT / "articles").iterdir()), *DAMAGED) if p.name not in NO_ARTICLES]


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """What is published of our articles and of damaged texts."""
    out = tmp_path_factory.mktemp("out")
    config = Config(root=ROOT, fail_on="never", site_url="https://h.example/site")
    rules = load(VOCABULARY)
    publish(TEXTS, config, lambda: (rules, Selection(), {}), out)
    found = [
        p for p in out.rglob("*.json") if p.name not in ("index.json", "manifest.json", "feed.json")
    ]
    return {path.stem: json.loads(path.read_bytes()) for path in sorted(found)}


def test_it_is_a_schema():
    Draft202012Validator.check_schema(article())


def test_every_document_is_valid(documents):
    judge = Draft202012Validator(article(), format_checker=FormatChecker())
    assert len(documents) == len(TEXTS)
    wrong = [
        f"{name}: {error.json_path}: {error.message}"
        for name, said in documents.items()
        for error in judge.iter_errors(said)
    ]
    assert wrong == []


def test_nothing_is_left_undescribed(documents):
    said = next(iter(documents.values()))
    judge = Draft202012Validator(article())
    assert judge.is_valid(said)
    assert not judge.is_valid({**said, "more": 1})
    for name in set(said) - {"url"}:
        assert not judge.is_valid({key: value for key, value in said.items() if key != name})


def test_our_articles_say_how_soon_and_how_hard(documents):
    said = documents["leg-cramps-at-night"]
    assert [flag["tier"] for flag in said["red_flags"]] == ["emergency", "urgent", "soon"]
    assert 3 < said["readability"]["flesch_kincaid_grade"] < 9
    assert said["lint"]["errors"] == 0
    doses = documents["magnesium"]["doses"]
    assert {"limit", "food"} & {dose["class"] for dose in doses}
