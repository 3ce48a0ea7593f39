"""What the manifest says of a run: what was judged by, what was let pass, what was held back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from json import dumps
from typing import Any

from ..check import Selection
from ..config import Config
from ..model import VERSION, Rule
from ..render.theme import OURS, Theme
from ..rules import RuleSet, folder

# What says where things lie on one machine, or on which day the run was.
_UNSAID = frozenset({"root", "file", "paths", "exclude", "rule_paths", "output_format", "today"})
_UNSAID |= {"baseline", "template"}


def said_of(
    config: Config, rules: RuleSet, selection: Selection, theme: Theme = OURS
) -> dict[str, Any]:
    """What articles were judged and drawn by: the tool's version; the settings in force, those that
    waive rules among them; each rule that there is, the tables and own templates, by a hash."""
    settings = {
        field.name.replace("_", "-"): _plain(getattr(config, field.name))
        for field in fields(config)
        if field.name not in _UNSAID
    }
    settings |= {"select": list(selection.select), "ignore": list(selection.ignore)}
    settings["waivers"] = [w._replace(at="")._asdict() for w in config.waivers]
    return {
        "tool": {"name": "cramplint", "version": VERSION},
        "configuration": {"sha256": _digest(settings), "settings": settings},
        "rules": {id_: _digest(_said(rule))[:16] for id_, rule in sorted(rules.rules.items())},
        "tables": _tables(),
        **({"templates": _digest(theme.files)[:16]} if theme.files else {}),
    }


def _said(rule: Rule) -> dict[str, Any]:
    """All of a rule that decides what it finds and says; where its page lies is none of it."""
    left_out = ("examples", "path")
    return {f.name: getattr(rule, f.name) for f in fields(rule) if f.name not in left_out}


def _tables() -> str:
    made = sha256()
    for file in sorted((folder() / "data").iterdir()):
        made.update(file.read_bytes())
    return made.hexdigest()[:16]


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else value


def _digest(value: object) -> str:
    return sha256(dumps(value, sort_keys=True, default=str).encode()).hexdigest()
