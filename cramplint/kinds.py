"""JSON that was kept, and may have been changed by others: values are what they must be, or there
are none. All raise ValueError for what is none."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any


def loaded(kept: str) -> Any:
    """The value, which holds no number that JSON has not."""
    return json.loads(kept, parse_constant=_finite, parse_float=_finite)


def text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError("no text")
    return value


def plain(value: Any) -> str:
    """A text that is shown as it is."""
    if not text(value).isprintable():
        raise ValueError("no plain text")
    return str(value)


def texts(value: Any) -> Iterable[str]:
    if type(value) is not list or not all(type(one) is str for one in value):
        raise ValueError("no list of texts")
    return value


def count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no count")
    return value


def flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError("no flag")
    return value


def number(value: Any) -> float:
    if type(value) not in (int, float):
        raise ValueError("no number")
    return float(value)


def _finite(written: str) -> float:
    made = float(written)
    if made - made != 0:  # infinite, or none
        raise ValueError("no number of JSON")
    return made
