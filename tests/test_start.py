"""What is written into a repository is what its readers take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cramplint.config import load
from cramplint.keys import KEYS
from cramplint.model import CrampError
from cramplint.start import Home, home, hook, settings, workflow

ROOT = Path(__file__).parent.parent
PLACES = [Home("https://github.com/o/n", "v1"), Home("ssh://git@h/n.git", "v1"), Home(indexed=True)]


def test_settings_name_every_key_and_set_none_unasked(tmp_path: Path) -> None:
    text = settings({})
    (tmp_path / "cramplint.toml").write_text(text, "utf-8")
    assert load(tmp_path).places == {}
    for name in KEYS:
        assert re.search(rf"^# \[{{0,2}}{name}\b", text, re.MULTILINE)


def test_every_example_in_the_comments_can_be_put_in_force(tmp_path: Path) -> None:
    text = re.sub(r"^# (\w[\w-]* = |\"[^\"]+\" =|\[)", r"\1", settings({}), flags=re.MULTILINE)
    (tmp_path / "cramplint.toml").write_text(text, "utf-8")
    assert {name for name in load(tmp_path).places if "severity." not in name} == set(KEYS)


@given(
    st.lists(
        # Names of folders in this one: nothing that leads elsewhere, or that no folder can have.
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/\\:")).map(
            "a{}".format
        ),
        min_size=1,
    )
)
def test_any_name_of_a_folder_is_written_as_it_is(tmp_path_factory, names) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("start")
    (folder / "cramplint.toml").write_text(settings({"paths": names}), "utf-8", newline="\n")
    assert load(folder).paths == tuple(folder / name for name in names)


@pytest.mark.parametrize("place", [*PLACES, Home()])
def test_a_hook_runs_on_articles_only(place: Home) -> None:
    (entry,) = yaml.safe_load(hook(place, ["a b", "c.d"]))
    (one,) = entry["hooks"]
    assert one["id"] == "cramplint"
    files = re.compile(one["files"])
    assert files.search("a b/x.md")
    assert files.search("c.d/e/x.TXT".lower())
    assert not files.search("README.md")
    assert not files.search("cxd/x.md")


@pytest.mark.parametrize("place", PLACES)
def test_a_workflow_may_read_and_nothing_else(place: Home) -> None:
    text = workflow(place)
    made = yaml.load(text, Loader=yaml.BaseLoader)
    assert made["permissions"] == {"contents": "read"}
    assert list(made["on"]) == ["pull_request"]
    assert "${{" not in text
    for step in made["jobs"]["articles"]["steps"]:
        if "uses" in step and not step["uses"].startswith("o/n@"):
            assert re.search(r"@[0-9a-f]{40}$", step["uses"])


def test_actions_are_those_that_our_own_workflows_use() -> None:
    own = "".join(p.read_text("utf-8") for p in (ROOT / ".github/workflows").glob("*.yml"))
    used = re.findall(r"uses: (actions/\S+ # \S+)", workflow(PLACES[1]))
    assert len(used) == 2
    for one in used:
        assert one in own


def test_an_address_cannot_add_to_a_file() -> None:
    sly = Home('https://h/"\n  - repo: x\n', "v1\n        id: y")
    (entry,) = yaml.safe_load(hook(sly, ["a"]))
    assert (entry["repo"], entry["rev"]) == (sly.url, sly.rev)
    steps = yaml.safe_load(workflow(sly))["jobs"]["articles"]["steps"]
    assert steps[2]["env"]["WANTED"] == f"git+{sly.url}@{sly.rev}"


def test_no_workflow_without_a_place_to_get_the_tool_from() -> None:
    with pytest.raises(CrampError, match="--repo URL"):
        workflow(Home())


def test_a_repository_that_is_named_is_taken_at_our_version() -> None:
    assert home("https://h/n") == Home("https://h/n", "v0.1.0")
    assert home("https://h/n", "abc") == Home("https://h/n", "abc")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (None, Home(indexed=True)),
        ('{"url": "file:///x", "dir_info": {"editable": true}}', Home()),
        (
            '{"url": "https://h/n", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
            Home("https://h/n", "abc"),
        ),
        ('{"url": "https://h/n.whl", "archive_info": {}}', Home()),
    ],
)
def test_an_installed_package_says_where_it_came_from(
    monkeypatch: pytest.MonkeyPatch, said: str | None, found: Home
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            return said if name == "direct_url.json" else None

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())
    assert home() == found
