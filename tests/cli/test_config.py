"""`cramplint config`: what is in force, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cramplint.keys import KEYS

Run = Callable[..., Any]
TOML = """\
paths = ["articles"]
profile = "strict"
ignore = ["links/pii"]
dialects = ["mdx", "admonitions"]

[severity]
"claim/detox" = "note"
"claim/cure" = "warning"
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cramplint.toml").write_text(TOML, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(out: str) -> dict[str, list[str]]:
    return {
        line.split()[0]: line.split(None, 1)[1].rsplit("  ", 1) for line in out.splitlines()[1:]
    }


def test_each_setting_is_listed_with_its_origin(place: Path, run: Run) -> None:
    ran = run("config", "--locale", "gb", "--ignore", "claim/*", "--severity", "claim/cure=off")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# cramplint.toml\n")
    found = {name: [part.strip() for part in row] for name, row in rows(ran.out).items()}
    assert found["paths"] == ['["articles"]', "cramplint.toml:1"]
    assert found["profile"] == ['"strict"', "cramplint.toml:2"]
    assert found["ignore"] == ['["links/pii", "claim/*"]', "cramplint.toml:3, --ignore"]
    assert found["dialects"] == ['["admonitions", "mdx"]', "cramplint.toml:4"]
    assert found["locale"] == ['"gb"', "--locale"]
    assert found["fail-on"] == ['"error"', "default"]
    assert found["severity.claim/detox"] == ['"note"', "cramplint.toml:7"]
    assert found["severity.claim/cure"] == ['"off"', "--severity"]
    assert {name for name in KEYS if name != "severity"} <= found.keys()


def test_an_option_replaces_what_the_file_says(place: Path, run: Run) -> None:
    assert [x.strip() for x in rows(run("config", "--profile", "import").out)["profile"]] == [
        '"import"',
        "--profile",
    ]


def test_json_says_the_same(place: Path, run: Run) -> None:
    ran = run("config", "--output-format", "json", "--ignore", "claim/*")
    document = json.loads(ran.out)
    assert document["file"] == "cramplint.toml"
    assert document["root"] == place.as_posix()
    assert document["settings"]["ignore"] == {
        "value": ["links/pii", "claim/*"],
        "from": ["cramplint.toml:3", "--ignore"],
    }
    assert document["settings"]["max-grade"] == {"value": None, "from": ["default"]}


def test_every_kind_of_setting_is_shown(place: Path, run: Run) -> None:
    text = "\n".join(f"{name} = {key.example}" for name, key in KEYS.items())
    (place / "cramplint.toml").write_text(text, "utf-8")
    shown = json.loads(run("config", "--output-format", "json").out)["settings"]
    assert shown["baseline"]["value"] == "cramplint-baseline.json"
    assert shown["messages"]["value"] == {"claim/cure": "No cures: {it}"}
    assert shown["waivers"]["value"][0]["owner"] == "Ana Ruiz"
    assert all(one["value"] for one in shown.values())
    assert run("config").code == 0


def test_isolated_and_no_file_are_said(place: Path, run: Run) -> None:
    ran = run("config", "--isolated")
    assert ran.out.startswith("# no configuration file\n")
    assert {row[1].strip() for row in rows(ran.out).values()} == {"default"}


def test_settings_of_a_folder_above_are_named_in_full(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "in").mkdir()
    monkeypatch.chdir(place / "in")
    assert run("config").out.startswith(f"# {place / 'cramplint.toml'}\n")


def test_a_value_cannot_reach_the_terminal(place: Path, run: Run) -> None:
    (place / "cramplint.toml").write_text(
        'site-name = "a\\u001b[2J\\n::error::x##[group]"', "utf-8"
    )
    out = run("config").out
    assert "\x1b" not in out
    assert "\n::" not in out
    assert "##[" not in out
    assert "##[" not in run("config", "--output-format", "json").out
