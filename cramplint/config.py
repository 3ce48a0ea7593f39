"""`cramplint.toml`, or `[tool.cramplint]` of `pyproject.toml`, -> Config.

Strict: an unknown key or a value of the wrong kind is an error with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .model import SEVERITIES, CrampError, Settings

if TYPE_CHECKING:
    from datetime import date

PROFILES = ("writer", "strict", "import")
LOCALES = ("us", "gb", "eu", "ca", "au", "nz", "ie")
DIALECTS = (
    "admonitions",
    "containers",
    "abbreviations",
    "attributes",
    "templates",
    "shortcodes",
    "mdx",
)
LEVELS = (*SEVERITIES, "off")
THRESHOLDS = (*SEVERITIES, "never")

FILE = "cramplint.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. `paths` and `rule_paths` are resolved against `root`, the folder of
    the configuration file (the working folder where there is none); `exclude` holds gitignore
    patterns relative to it. `severity`: rule id or group/* -> error, warning, note or off.
    `output_format`: FORMAT or FORMAT=FILE, each. `today` is no key of the file: the command line
    gives the date to judge by."""

    root: Path
    file: Path | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    profile: str = "writer"
    locale: str = ""
    dialects: frozenset[str] = frozenset()
    paths: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = "error"
    disclaimer: str = ""
    site_url: str = ""
    site_name: str = ""
    rule_paths: tuple[Path, ...] = ()
    output_format: tuple[str, ...] = ()
    max_grade: int | None = None
    today: date | None = None

    def settings(self) -> Settings:
        return Settings(
            locale=self.locale,
            dialects=self.dialects,
            disclaimer=self.disclaimer,
            site_url=self.site_url,
            site_name=self.site_name,
            profile=self.profile,
            today=self.today,
            max_grade=self.max_grade,
        )


# The kind of value that each key takes: a tuple is a choice of one.
_TEXTS, _PATHS, _TEXT, _URL, _LEVELS, _DIALECTS, _GRADE = (
    "texts",
    "paths",
    "text",
    "url",
    "levels",
    "dialects",
    "grade",
)
_KEYS: Mapping[str, str | tuple[str, ...]] = {
    "select": _TEXTS,
    "extend-select": _TEXTS,
    "ignore": _TEXTS,
    "severity": _LEVELS,
    "profile": PROFILES,
    "locale": LOCALES,
    "dialects": _DIALECTS,
    "paths": _PATHS,
    "exclude": _TEXTS,
    "fail-on": THRESHOLDS,
    "disclaimer": ("", "site"),
    "site-url": _URL,
    "site-name": _TEXT,
    "rule-paths": _PATHS,
    "output-format": _TEXTS,
    "max-grade": _GRADE,
}


def load(folder: Path, file: Path | None = None, *, isolated: bool = False) -> Config:
    """The configuration for work in `folder`: `file` if given, else the nearest one found upward
    as far as the repository's root. `isolated` reads no file. Raises CrampError."""
    if file is None and not isolated:
        file = find(folder)
    return Config(root=folder) if file is None or isolated else read(file)


def find(folder: Path) -> Path | None:
    """The nearest configuration file in `folder` or above it, up to the first folder that holds
    `.git`. In one folder `cramplint.toml` wins over `pyproject.toml`."""
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        own, shared = place / FILE, place / "pyproject.toml"
        if own.is_file():
            return own
        if shared.is_file() and _table(shared, _text(shared)) is not None:
            return shared
        if (place / ".git").exists():
            break
    return None


def read(file: Path) -> Config:
    """One file -> Config. Raises CrampError with file:line."""
    text = _text(file)
    table = _table(file, text)
    if table is None:
        raise CrampError(
            "there is no [tool.cramplint] table", str(file), "write one, or name another file"
        )
    lines = _Lines(file, text)
    root = file.parent.resolve()
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise CrampError(f"there is no setting {key!r}", lines.at(key), _nearest(key, _KEYS))
        values[key.replace("-", "_")] = _value(key, value, root, lines)
    return Config(root=root, file=file, **values)


class _Lines:
    """Where a key stands, for messages: "file:line"."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._text = text
        header = re.search(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*\"?cramplint", text, re.MULTILINE)
        self._start = header.start() if header and file.name == "pyproject.toml" else 0

    def at(self, key: str) -> str:
        name = rf"[\"']?{re.escape(key)}[\"']?"
        found = re.compile(
            rf"^[ \t]*{name}[ \t]*[=.]|^[ \t]*\[[^\]\n]*{name}[ \t]*\]|{name}[ \t]*=", re.MULTILINE
        ).search(self._text, self._start)
        return (
            f"{self._file}:{self._text.count(chr(10), 0, found.start()) + 1}"
            if found
            else str(self._file)
        )


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CrampError(f"cannot be read: {error.strerror}", str(file)) from error
    except UnicodeDecodeError as error:
        raise CrampError("is not UTF-8 text", str(file), "save it as UTF-8") from error


def _table(file: Path, text: str) -> dict[str, Any] | None:
    """The settings in `text`; None for a pyproject.toml that has none."""
    shared = file.name == "pyproject.toml"
    if shared and "cramplint" not in text:
        return None
    import tomllib

    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        told = re.search(r"at line (\d+)", str(error))
        line = int(told[1]) if told else text.rstrip().count("\n") + 1
        raise CrampError(f"this is no TOML: {error}", f"{file}:{line}") from error
    if not shared:
        return data
    tool = data.get("tool")
    table = tool.get("cramplint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise CrampError("[tool.cramplint] is a table of settings", str(file))
    return table


def _value(key: str, value: object, root: Path, lines: _Lines) -> object:
    kind = _KEYS[key]
    if isinstance(kind, tuple):
        if not isinstance(value, str) or value not in kind:
            known = ", ".join(repr(x) if x == "" else x for x in kind)
            raise CrampError(f"{key} is one of: {known}", lines.at(key))
        return value
    if kind == _LEVELS:
        return _levels(value, lines)
    if kind == _GRADE:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise CrampError(f"{key} is a grade of school", lines.at(key), f"{key} = 8")
        return value
    if kind in (_TEXT, _URL):
        if not isinstance(value, str):
            raise CrampError(f"{key} is a text", lines.at(key), f'{key} = "…"')
        if (
            kind == _URL
            and value
            and not re.fullmatch(r"https?://[^\s/?#<>\"]+[^\s?#<>\"]*", value)
        ):
            raise CrampError(f"{key} is a web address", lines.at(key), "https://…, or leave it out")
        return value
    if key == "output-format" and isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(x, str) and x for x in value):
        raise CrampError(f"{key} is a list of texts", lines.at(key), f'{key} = ["…"]')
    if kind == _DIALECTS:
        for name in value:
            if name not in DIALECTS:
                raise CrampError(
                    f"there is no dialect {name!r}", lines.at(key), _nearest(name, DIALECTS)
                )
        return frozenset(value)
    return tuple(root / x for x in value) if kind == _PATHS else tuple(value)


def _levels(value: object, lines: _Lines) -> dict[str, str]:
    if not isinstance(value, dict):
        raise CrampError(
            "severity is a table of rule ids", lines.at("severity"), '"claim/detox" = "note"'
        )
    for rule, level in value.items():
        if level not in LEVELS:
            raise CrampError(f"{rule} is one of: {', '.join(LEVELS)}", lines.at(rule))
    return dict(value)


def _nearest(word: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    import difflib

    near = difflib.get_close_matches(word.replace("_", "-"), list(known), 1, 0.5)
    return f"did you mean {near[0]}?" if near else "known: " + ", ".join(known)
