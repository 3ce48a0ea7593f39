"""cramplint.toml and [tool.cramplint]: found upward, read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from cramplint.config import Config, load
from cramplint.model import CrampError

FULL = """\
select = ["artifact/*"]
extend-select = ["links/format"]
ignore = ["links/pii"]
profile = "strict"
locale = "gb"
dialects = ["admonitions", "mdx"]
paths = ["articles", "more"]
exclude = ["drafts/"]
fail-on = "warning"
disclaimer = "site"
site-url = "https://example.org/health"
site-name = "Health"
rule-paths = ["own-rules"]
output-format = "json"
max-grade = 9
baseline = "known.json"

[severity]
"claim/detox" = "note"
"artifact/*" = "off"
"""


def write(folder: Path, text: str, name: str = "cramplint.toml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_every_key_is_read_and_paths_belong_to_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, FULL)
    config = load(tmp_path)
    assert config == Config(
        root=tmp_path,
        file=file,
        select=("artifact/*",),
        extend_select=("links/format",),
        ignore=("links/pii",),
        severity={"claim/detox": "note", "artifact/*": "off"},
        profile="strict",
        locale="gb",
        dialects=frozenset({"admonitions", "mdx"}),
        paths=(tmp_path / "articles", tmp_path / "more"),
        exclude=("drafts/",),
        fail_on="warning",
        disclaimer="site",
        site_url="https://example.org/health",
        site_name="Health",
        rule_paths=(tmp_path / "own-rules",),
        output_format=("json",),
        max_grade=9,
        baseline=tmp_path / "known.json",
    )


def test_settings_carry_what_checks_may_know(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    settings = load(tmp_path).settings()
    assert (settings.locale, settings.profile, settings.disclaimer) == ("gb", "strict", "site")
    assert settings.dialects == {"admonitions", "mdx"}
    assert settings.site_url == "https://example.org/health"


def test_the_nearest_file_upward_wins(tmp_path: Path) -> None:
    write(tmp_path, 'locale = "gb"')
    write(tmp_path / "a", 'locale = "au"')
    (tmp_path / "a" / "b").mkdir()
    assert load(tmp_path / "a" / "b").locale == "au"
    assert load(tmp_path).locale == "gb"


def test_the_search_ends_at_the_root_of_the_repository(tmp_path: Path) -> None:
    write(tmp_path, 'locale = "gb"')
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "articles").mkdir()
    config = load(tmp_path / "repo" / "articles")
    assert (config.file, config.locale, config.root) == (None, "", tmp_path / "repo" / "articles")


def test_pyproject_counts_only_with_our_table(tmp_path: Path) -> None:
    write(tmp_path, '[tool.cramplint]\nlocale = "nz"', "pyproject.toml")
    write(tmp_path / "in", '[project]\nname = "cramplint-user"', "in.toml")
    write(tmp_path / "in", '[project]\nname = "cramplint-user"', "pyproject.toml")
    assert load(tmp_path / "in").locale == "nz"
    write(tmp_path, 'locale = "ie"')
    assert load(tmp_path / "in").locale == "ie"


def test_isolated_reads_no_file(tmp_path: Path) -> None:
    file = write(tmp_path, "not toml at all")
    assert load(tmp_path, isolated=True) == load(tmp_path, file, isolated=True) == Config(tmp_path)


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cramplint.toml").write_bytes(b'\xef\xbb\xbflocale = "gb"')
    assert load(tmp_path).locale == "gb"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('locale = "us"\nfail_on = "note"', 2, "did you mean fail-on?"),
        ('\nprofil = "strict"', 2, "did you mean profile?"),
        ("zzz = 1", 1, "known: paths"),
        ('select = "artifact/*"', 1, "a list of texts"),
        ("select = [1]", 1, "a list of texts"),
        ('profile = "writer"\nlocale = "fr"', 2, "us, gb, eu"),
        ('disclaimer = "page"', 1, "site"),
        ('fail-on = "off"', 1, "error, warning, note, never"),
        ('dialects = ["admonition"]', 1, "did you mean admonitions?"),
        ('site-url = "example.org"', 1, "web address"),
        ('site-url = "javascript://x/%0aalert(1)"', 1, "web address"),
        ('site-url = "https://a.b/?q=1"', 1, "web address"),
        ("site-name = 3", 1, "a text"),
        ("max-grade = true", 1, "a whole number"),
        ("max-grade = 0", 1, "a whole number"),
        ('max-grade = "8"', 1, "a whole number"),
        ('severity = "error"', 1, "a table of rule ids"),
        ('[severity]\n"a/b" = "error"\n"claim/detox" = "fatal"', 3, "error, warning, note, off"),
        ('locale = "us"\nlocale = "gb"', 2, "no TOML"),
        ('locale = "us"\n\n= 3', 3, "no TOML"),
        ("[paths]\na = 1", 1, "a list of texts"),
        ("select = []\nselect.x = 1", 2, "no TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    file = write(tmp_path, text)
    with pytest.raises(CrampError) as caught:
        load(tmp_path)
    assert caught.value.where == f"{file}:{line}"
    assert said in str(caught.value)


def test_a_line_in_pyproject_is_counted_in_our_table(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        '[project]\nlocale = "x"\n\n[tool.cramplint]\nprofile = "import"\nlocale = "x"\n',
        "pyproject.toml",
    )
    with pytest.raises(CrampError) as caught:
        load(tmp_path)
    assert caught.value.where == f"{file}:6"


def test_a_named_file_must_be_readable_and_hold_settings(tmp_path: Path) -> None:
    with pytest.raises(CrampError, match="cannot be read"):
        load(tmp_path, tmp_path / "gone.toml")
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"# \xe9")
    with pytest.raises(CrampError, match="UTF-8"):
        load(tmp_path, latin)
    with pytest.raises(CrampError, match=r"no \[tool.cramplint\]"):
        load(tmp_path, write(tmp_path, "[project]", "pyproject.toml"))


OUT = [
    'paths = ["/etc"]',
    'paths = ["../secrets"]',
    'paths = ["link"]',
    'paths = ["sub/../../secrets"]',
    'template = "../theme"',
    'template = "link/theme"',
    'baseline = "/dev/zero"',
    'baseline = "link/known.json"',
    'output-format = ["json=/tmp/x.json"]',
    'output-format = ["json=../x.json"]',
    'output-format = "json=link/.bashrc"',
    'output-format = "json=file.json"',
]


@pytest.mark.parametrize("line", OUT)
def test_settings_lead_to_their_own_repository_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    home = tmp_path / "home"
    (home / ".git").mkdir(parents=True)
    (home / "link").symlink_to(tmp_path)
    (home / "file.json").symlink_to(tmp_path / "elsewhere.json")
    monkeypatch.chdir(home)
    write(home, line)
    with pytest.raises(CrampError, match="leads out of the repository") as caught:
        load(home)
    assert caught.value.where == f"{home / 'cramplint.toml'}:1"


@pytest.mark.parametrize("place", [".git/config", "docs/../.GIT/hooks/pre-commit", "sub/.git/x"])
def test_settings_lead_to_no_folder_of_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, f'output-format = "json={place}"')
    with pytest.raises(CrampError, match="git's own folder"):
        load(tmp_path)


def test_settings_may_lead_about_in_their_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path / "tool", 'paths = ["../articles"]\noutput-format = "json=../out.json"')
    monkeypatch.chdir(tmp_path / "tool")
    assert [path.resolve() for path in load(Path()).paths] == [tmp_path / "articles"]
    elsewhere = tmp_path.parent / f"{tmp_path.name}-work"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)  # with --config, reports go to the working folder
    write(tmp_path / "tool", 'output-format = "json=out.json"')
    assert load(Path(), tmp_path / "tool" / "cramplint.toml").output_format == ("json=out.json",)


def test_a_file_of_settings_without_end_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "cramplint.toml").open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(CrampError, match="is larger than 1 MB"):
        load(tmp_path)


@pytest.mark.parametrize("line", ['paths = ["a\\u0000b"]', 'output-format = ["json=\\u0000"]'])
def test_no_file_has_a_nul_in_its_name(tmp_path: Path, line: str) -> None:
    (tmp_path / "cramplint.toml").write_text(line + "\n", "utf-8")
    with pytest.raises(CrampError, match="holds a NUL character"):
        load(tmp_path)
