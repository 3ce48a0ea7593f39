"""JSON Schema (2020-12) of what cramplint writes and reads: article, findings, config.

That of articles stands beside what writes them, that of findings in `schemas/`, and that of the
settings is made from the keys themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from .config import Config
from .keys import KEYS, URL, WAIVER, Key
from .render.schema import article

NAMES = ("article", "findings", "config")
CONFIG_VERSION = 1


def schema(name: str) -> dict[str, Any]:
    """The schema called `name`, one of NAMES."""
    if name == "config":
        return _config()
    if name == "article":
        return article()
    import json

    held = (Path(__file__).parent / "schemas" / f"{name}.json").read_text("utf-8")
    made: dict[str, Any] = json.loads(held)
    return made


def _config() -> dict[str, Any]:
    defaults = {
        one.name.replace("_", "-"): one.default
        for one in fields(Config)
        if isinstance(one.default, str)
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cramplint:schema:config:{CONFIG_VERSION}",
        "title": "Settings of cramplint",
        "description": "cramplint.toml, or the table [tool.cramplint] of pyproject.toml.",
        "type": "object",
        "properties": {name: _property(name, key, defaults) for name, key in KEYS.items()},
        "additionalProperties": False,
    }


def _property(name: str, key: Key, defaults: Mapping[str, str]) -> dict[str, Any]:
    stated = {"default": defaults[name]} if defaults.get(name) else {}
    return {"description": key.about, **stated, **_shape(name, key)}


def _shape(name: str, key: Key) -> dict[str, Any]:
    """What values `config.read` takes for a key."""
    word = {"type": "string", "minLength": 1}
    match key.kind:
        case "choice":
            return {"enum": list(key.known)}
        case "choices":
            return {"type": "array", "items": {"enum": list(key.known)}}
        case "levels":
            return {"type": "object", "additionalProperties": {"enum": list(key.known)}}
        case "wording":
            return {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}}
        case "count":
            return {"type": "integer", "minimum": 1}
        case "text" | "path":
            return {"type": "string"}
        case "url":
            return {"type": "string", "pattern": f"^({URL})?$"}
        case "waivers":
            entries = dict.fromkeys(WAIVER, word) | {
                "expires": {"type": "string", "format": "date"}
            }
            one = {"type": "object", "properties": entries, "required": list(WAIVER)}
            return {"type": "array", "items": {**one, "additionalProperties": False}}
    listed = {"type": "array", "items": word}
    return {"oneOf": [word, listed]} if name == "output-format" else listed
