"""`cramplint.toml`, or `[tool.cramplint]` of `pyproject.toml`, -> Config.

Strict: an unknown key or a value of the wrong kind is an error with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .keys import KEYS, URL, WAIVER, Key
from .model import CrampError, Settings, Waiver
from .near import hint
from .ordinary import SETTINGS, whole

if TYPE_CHECKING:
    from datetime import date

FILE, SHARED = FILES = ("cramplint.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. `paths`, `template`, `rule_paths` and `baseline` are resolved against
    `root`, the folder of the configuration file (the working folder where there is none); `exclude`
    holds gitignore patterns relative to it. `severity`: rule id or group/* -> error, warning, note
    or off. `output_format`: FORMAT or FORMAT=FILE, each. `today` is no key of the file: the command
    line gives the date to judge by. `places`: key, or severity.RULE -> file:line, of what
    the file states."""

    root: Path
    file: Path | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    profile: str = "writer"
    locale: str = ""
    dialects: frozenset[str] = frozenset()
    paths: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = "error"
    disclaimer: str = ""
    disclaimer_text: str = ""
    disclosure_text: str = ""
    site_url: str = ""
    site_name: str = ""
    template: Path | None = None
    rule_paths: tuple[Path, ...] = ()
    output_format: tuple[str, ...] = ()
    max_grade: int | None = None
    baseline: Path | None = None
    waivers: tuple[Waiver, ...] = ()
    today: date | None = None
    places: Mapping[str, str] = field(default_factory=dict, compare=False)

    def settings(self) -> Settings:
        return Settings(
            locale=self.locale,
            dialects=self.dialects,
            disclaimer=self.disclaimer,
            disclaimer_text=self.disclaimer_text,
            disclosure_text=self.disclosure_text,
            site_url=self.site_url,
            site_name=self.site_name,
            profile=self.profile,
            today=self.today,
            max_grade=self.max_grade,
        )


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
        own, shared = place / FILE, place / SHARED
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
        if key not in KEYS:
            raise CrampError(f"there is no setting {key!r}", lines.at(key), hint(key, KEYS))
        values[key.replace("-", "_")] = _value(key, KEYS[key], value, root, lines)
    levels = (f"severity.{rule}" for rule in values.get("severity", ()))
    places = {name: lines.at(name.removeprefix("severity.")) for name in (*table, *levels)}
    return Config(root=root, file=file, places=places, **values)


class _Lines:
    """Where a key stands, for messages: "file:line"."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._text = text
        header = re.search(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*\"?cramplint", text, re.MULTILINE)
        self._start = header.start() if header and file.name == SHARED else 0

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

    def nth(self, key: str, index: int) -> str:
        """Where the table `[[key]]` of this index begins."""
        heads = re.finditer(rf"^[ \t]*\[\[[^\]\n]*{re.escape(key)}[ \t]*\]\]", self._text, re.M)
        head = next(islice(heads, index, None), None)
        line = self._text.count("\n", 0, head.start()) + 1 if head else 0
        return f"{self._file}:{line}" if head else self.at(key)

    def seen(self, at: str) -> str:
        """The place without the folder of the file."""
        return self._file.name + at.removeprefix(str(self._file))


def _text(file: Path) -> str:
    try:
        return whole(file, SETTINGS).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CrampError("is not UTF-8 text", str(file), "save it as UTF-8") from error


def _table(file: Path, text: str) -> dict[str, Any] | None:
    """The settings in `text`; None for a pyproject.toml that has none."""
    shared = file.name == SHARED
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


def _value(name: str, key: Key, value: object, root: Path, lines: _Lines) -> object:
    at = lines.at(name)
    match key.kind:
        case "choice":
            if not isinstance(value, str) or value not in key.known:
                known = ", ".join(x or "''" for x in key.known)
                raise CrampError(f"{name} is one of: {known}", at)
            return value
        case "levels" | "wording":
            return _table_of(name, key, value, lines)
        case "waivers":
            return tuple(_waivers(name, key, value, lines))
        case "count":
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise CrampError(f"{name} is a whole number", at, f"{name} = {key.example}")
            return value
        case "text" | "url" | "path":
            if not isinstance(value, str):
                raise CrampError(f"{name} is a text", at, f"{name} = {key.example}")
            if key.kind == "path":
                return _own(root / value, value, root, at) if value else None
            if key.kind == "url" and value and not re.fullmatch(URL, value):
                raise CrampError(f"{name} is a web address", at, "https://…, or leave it out")
            return value
    if name == "output-format" and isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(x, str) and x for x in value):
        raise CrampError(f"{name} is a list of texts", at, f"{name} = {key.example}")
    if any("\0" in one for one in value):
        raise CrampError(f"{name} holds a NUL character", at, "no file is called so")
    if key.kind == "choices":
        for one in value:
            if one not in key.known:
                raise CrampError(f"{name} knows no {one!r}", at, hint(one, key.known))
        return frozenset(value)
    if name == "output-format":
        for one in value:
            _, _, report = one.partition("=")
            _own(Path(report), report, root, at)
    if key.kind != "paths":
        return tuple(value)
    if name == "rule-paths":
        for one in value:
            if not (root / one).resolve().is_relative_to(root):
                said = f"{one!r} leads out of the folder of the settings"
                raise CrampError(said, at, "keep the pages in the same repository")
    return tuple(_own(root / x, x, root, at) for x in value)


def _own(path: Path, said: str, root: Path, at: str) -> Path:
    """`path`, if links and all it lies in the repository of the settings or in the working folder:
    settings that come with a pull request are no way to the rest of a disk. Raises CrampError."""
    real = path.resolve()
    homes = (repository(root), Path.cwd())
    if not any(real.is_relative_to(home) for home in homes):
        what = f"{said!r} leads out of the repository of the settings"
        raise CrampError(what, at, "name it on the command line instead")
    if any(part.casefold() == ".git" for part in real.parts):
        raise CrampError(f"{said!r} lies in git's own folder", at, "name another place")
    return path


def repository(folder: Path) -> Path:
    """The nearest folder from `folder` up that holds `.git`; `folder` itself where none does."""
    place = folder.resolve()
    return next((up for up in (place, *place.parents) if (up / ".git").exists()), place)


def _table_of(name: str, key: Key, value: object, lines: _Lines) -> dict[str, str]:
    if not isinstance(value, dict):
        raise CrampError(f"{name} is a table of rule ids", lines.at(name), key.example[1:-1])
    for rule, level in value.items():
        if key.known and level not in key.known:
            raise CrampError(f"{rule} is one of: {', '.join(key.known)}", lines.at(rule))
        if not isinstance(level, str) or not level.strip():
            raise CrampError(f"{rule} is a text", lines.at(rule))
    return dict(value)


def _waivers(name: str, key: Key, value: object, lines: _Lines) -> Iterator[Waiver]:
    from datetime import date

    if not isinstance(value, list):
        raise CrampError(f"{name} is a list of tables", lines.at(name), f"{name} = {key.example}")
    for i, one in enumerate(value):
        at = lines.nth(name, i)
        stated = one if isinstance(one, dict) else {}
        for odd in stated.keys() - set(WAIVER):
            raise CrampError(f"a waiver has no {odd!r}", at, hint(odd, WAIVER))
        held = {k: v.isoformat() if type(v) is date else v for k, v in stated.items()}
        for wanted in WAIVER:
            if not isinstance(held.get(wanted), str) or not held[wanted].strip():
                raise CrampError(f"a waiver needs a text {wanted}", at, f"such as {key.example}")
        try:
            date.fromisoformat(held["expires"])
        except ValueError as error:
            what = f"a waiver expires on a day, not on {held['expires']!r}"
            raise CrampError(what, at, "write YYYY-MM-DD") from error
        # Findings tell the place, so it is seen from the file's folder: reports name no machine.
        yield Waiver(**held, at=lines.seen(at))
