"""What `cramplint init` writes into a repository, and where it finds the articles there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .keys import KEYS, Key
from .model import VERSION, CrampError
from .parse import parse
from .read import read, walk
from .understand import understand

HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/cramplint.yml"
_TRIED = 5  # pages of a folder that are read to tell whether it holds articles
_NAME = "cramplint"
# What the workflow builds on, by commit: a tag can be moved.
_CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"
_PYTHON = "actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0"
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


class Home(NamedTuple):
    """Where others get cramplint from: the git repository at `url`, at `rev`; or, where `url` is
    "", the package index that this one was installed from, if `indexed`."""

    url: str = ""
    rev: str = ""
    indexed: bool = False


def home(url: str = "", rev: str = "") -> Home:
    """The repository that is named, else what the installed package says of itself."""
    if url:
        return Home(url, rev or f"v{VERSION}")
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        said = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return Home()
    if said is None:
        return Home(indexed=True)
    known = json.loads(said)
    git = known.get("vcs_info")
    return Home(known["url"], git["commit_id"]) if git and git["vcs"] == "git" else Home()


def article_folders(root: Path, data: Mapping[str, Any]) -> tuple[str, ...]:
    """The folders below `root`, with "/", most of whose pages are health articles, as far as a few
    of each tell; "." is `root` itself. `data`: the tables that tell what is about health."""
    held: dict[str, list[Path]] = {}
    for file in walk([root]).files:
        held.setdefault(file.parent.relative_to(root).as_posix(), []).append(file)
    found = [
        folder
        for folder, files in held.items()
        if sum(_is_article(file, data) for file in files[:_TRIED]) * 2 > len(files[:_TRIED])
    ]
    # Several folders of one folder are that folder's.
    tops = Counter(folder.split("/")[0] for folder in found)
    whole = {top for top, many in tops.items() if many > 1}
    named = {top if (top := folder.split("/")[0]) in whole else folder for folder in found}
    return (".",) if "." in named else tuple(sorted(named))


def _is_article(file: Path, data: Mapping[str, Any]) -> bool:
    try:
        return understand(parse(read(file)), data).health
    except CrampError:
        return False


def settings(chosen: Mapping[str, Any]) -> str:
    """A cramplint.toml of every key: as a comment where `chosen` has no value for it."""
    out = [
        "# Settings of cramplint. A line that begins with # is not in force: it is an example.",
        "# `cramplint config` lists what is in force.",
        "",
    ]
    for name, key in KEYS.items():
        out += _entry(name, key, chosen.get(name))
    return "\n".join(out)


def _entry(name: str, key: Key, value: Any) -> Iterator[str]:
    yield f"# {key.about[:1].upper()}{key.about[1:]}."
    if key.known and all(key.known):
        yield f"# Known: {', '.join(key.known)}."
    if value is not None:
        yield f"{name} = {_toml(value)}"
    elif key.kind in ("levels", "wording"):
        yield f"# [{name}]"
        yield f"# {key.example[1:-1]}"
    elif key.kind == "waivers":
        yield f"# [[{name}]]"
        yield from (f"# {part}" for part in re.split(r", (?=[a-z]+ = )", key.example[2:-2]))
    else:
        yield f"# {name} = {key.example}"
    yield ""


def _toml(value: Any) -> str:
    """A text or a list of texts as TOML, which takes what JSON writes, but for one control."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def hook(place: Home, folders: Sequence[str]) -> str:
    """The entry for `repos` of a pre-commit configuration, indented as a list item. It runs on what
    lies in `folders`: a README is no article."""
    inside = "|".join(re.escape(folder) for folder in folders if folder != ".")
    files = rf"^({inside})/.*\.(md|markdown|mdx|txt)$" if inside else r"\.(md|markdown|mdx|txt)$"
    if place.url:
        return (
            f"  - repo: {_yaml(place.url)}\n"
            f"    rev: {_yaml(place.rev)}\n"
            "    hooks:\n"
            "      - id: cramplint\n"
            f"        files: {_yaml(files)}\n"
        )
    # Where nothing tells where to get it from, the one that is installed serves.
    language = (
        f"        language: python\n        additional_dependencies: ['{_NAME}=={VERSION}']\n"
        if place.indexed
        else "        language: system\n"
    )
    return (
        "  - repo: local\n"
        "    hooks:\n"
        "      - id: cramplint\n"
        "        name: cramplint\n"
        "        entry: cramplint check\n"
        f"{language}"
        f"        files: {_yaml(files)}\n"
        "        require_serial: true\n"
    )


def workflow(place: Home) -> str:
    """A GitHub workflow that checks the articles of a pull request. Raises CrampError where nothing
    tells where a runner gets cramplint from."""
    if not place.url and not place.indexed:
        raise CrampError(
            "a workflow has to get cramplint from somewhere, and this one was installed from a "
            "folder",
            "--workflow",
            "name its git repository: --repo URL",
        )
    return f"""\
name: cramplint

on:
  pull_request:

permissions:
  contents: read

jobs:
  articles:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
      - uses: {_CHECKOUT}
        with:
          persist-credentials: false
{_steps(place)}"""


def _steps(place: Home) -> str:
    action = _GITHUB.fullmatch(place.url)
    if action:
        return f"      - uses: {_yaml(f'{action[1]}@{place.rev}')}\n"
    wanted = f"git+{place.url}@{place.rev}" if place.url else f"{_NAME}=={VERSION}"
    return f"""\
      - uses: {_PYTHON}
        with:
          python-version: "3.13"
      - name: Install cramplint
        env:
          WANTED: {_yaml(wanted)}
        run: python -m pip install --quiet --disable-pip-version-check "$WANTED"
      - name: Check the articles
        run: |
          cramplint check --output-format github \\
            --output-format "markdown=$GITHUB_STEP_SUMMARY"
"""


def _yaml(text: str) -> str:
    """A text as YAML, which takes what JSON writes; plain where nothing needs quotes."""
    return text if re.fullmatch(r"[A-Za-z][\w./:@+=-]*", text) else json.dumps(text)


def create(path: Path, text: str) -> bool:
    """Write a new file, and the folders it needs; False if something stands there already, which
    is left as it is. Raises CrampError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise CrampError(f"cannot be written: {error.strerror}", str(path)) from error
    return True
