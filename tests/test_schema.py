"""The schemas hold for all that is written, and for no less than is read."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config, load
from cramplint.corpus import gather
from cramplint.judging import judge
from cramplint.keys import KEYS
from cramplint.model import CrampError
from cramplint.report import report
from cramplint.report.result import Look
from cramplint.rules import load as load_rules
from cramplint.schema import NAMES, schema

HERE = Path(__file__).parent
RULES = load_rules(VOCABULARY, cached=False)
AWKWARD = {
    "empty.md": "",
    "blank.txt": "\n\n",
    "odd.md": "---\ntype: [1]\nlang: 3\ntopics: {a: 1}\nauthors: [{name: A}, 3]\n"
    "created: never\ntitle: [x]\n---\nTake 400 mg of magnesium \u202edaily\x1b[2J.\n",
    "controls.txt": "Tired legs\n\n\x00Ask\x07 your doctor.\n".replace("\x00", ""),
    "french.md": "# Crampes\n\nLes crampes nocturnes sont fréquentes et souvent sans gravité.\n",
}


def valid(name: str, document: object) -> None:
    Draft202012Validator(schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        document
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_of_2020_12_and_published_as_it_is_printed(name: str) -> None:
    made = schema(name)
    Draft202012Validator.check_schema(made)
    *_, version = made["$id"].split(":")
    published = HERE.parent / "docs" / "schemas" / f"{name}-{version}.json"
    assert json.loads(published.read_text("utf-8")) == made, (
        f"cramplint schema {name} > {published}"
    )


@pytest.fixture
def corpus(tmp_path: Path) -> list[Path]:
    for name, text in AWKWARD.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [HERE.parent / "articles", HERE / "damaged", tmp_path]


@pytest.mark.parametrize("profile", ["writer", "import"])
def test_findings_of_good_damaged_and_awkward_texts_are_as_the_schema_says(
    corpus: list[Path], profile: str
) -> None:
    config = Config(root=HERE)
    gathered = gather(corpus, config)
    assert not gathered.problems
    site = gathered.site(config, RULES)
    selection = Selection(profile=profile)
    results = [
        judge(article, RULES, site, selection, scored=True).result(told=True)
        for article in gathered.articles.values()
    ]
    document = json.loads(report("json", results, Look()))
    valid("findings", document)
    assert len(document["files"]) >= 18 + 6 + len(AWKWARD)
    assert {finding["severity"] for finding in document["findings"]} == {"error", "warning", "note"}
    assert any(finding["fix"] for finding in document["findings"])
    one_line = {"$defs": schema("findings")["$defs"], "$ref": "#/$defs/finding"}
    lines = report("jsonl", results, Look()).splitlines()
    assert len(lines) == len(document["findings"])
    for one in lines:
        Draft202012Validator(one_line).validate(json.loads(one))


def test_a_finding_that_is_out_of_shape_is_not_valid() -> None:
    document = json.loads(report("json", [], Look()))
    valid("findings", document)
    for wrong in ({"version": 2}, {"more": 1}, {"findings": [{}]}):
        with pytest.raises(ValidationError):
            valid("findings", {**document, **wrong})


@pytest.mark.parametrize("name", KEYS)
def test_the_example_of_each_key_is_valid_and_read(name: str, tmp_path: Path) -> None:
    text = f"{name} = {KEYS[name].example}\n"
    valid("config", tomllib.loads(text))
    (tmp_path / "cramplint.toml").write_text(text, "utf-8")
    assert getattr(load(tmp_path), name.replace("-", "_"))


@pytest.mark.parametrize(
    "text",
    [
        "zzz = 1",
        'profile = "lax"',
        'locale = ""',
        'dialects = ["none"]',
        'dialects = "mdx"',
        'paths = "articles"',
        'paths = [""]',
        "select = [1]",
        "max-grade = 0",
        "max-grade = 8.5",
        'site-url = "example.org"',
        'site-url = "https://a.b/?q=1"',
        "site-name = 1",
        'output-format = ""',
        "output-format = 1",
        '[severity]\n"a/b" = "fatal"',
        'severity = "note"',
    ],
)
def test_what_is_refused_is_not_valid(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        valid("config", tomllib.loads(text))
    (tmp_path / "cramplint.toml").write_text(text, "utf-8")
    with pytest.raises(CrampError):
        load(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        'disclaimer = ""',
        'site-url = ""',
        'output-format = "json"',
        'output-format = ["json", "sarif=x"]',
        "select = []",
        '[severity]\n"a/b" = "off"',
    ],
)
def test_what_is_read_is_valid(text: str, tmp_path: Path) -> None:
    valid("config", tomllib.loads(text))
    (tmp_path / "cramplint.toml").write_text(text, "utf-8")
    load(tmp_path)
