"""Words of articles and names of files, made harmless for terminals and for logs that obey them."""

from __future__ import annotations

import re
import unicodedata

from ..patterns import lazy

# Controls, format characters (bidi, zero width), surrogates, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# What CI runners obey: "::command::" at the start of a line, "##[command]" anywhere in one.
_COLONS = lazy(r"^([^\S\n]*):(?=:)", re.MULTILINE)
_HASHES = lazy(r"#(?=#\w*\[)")


def visible(text: str) -> str:
    """`text` with all that cannot be seen, or that moves what can, written out: \\u202e, \\x1b.

    >>> visible("a\\x1b[2J\\u200bb")
    'a\\\\x1b[2J\\\\u200bb'
    """
    if text.isprintable():
        return text
    return "".join(_written(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def _written(char: str) -> str:
    code = ord(char)
    if char == "\n":
        return "\\n"
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )


def inert(text: str) -> str:
    """A whole output, its lines kept, that no CI runner takes for a command."""
    if "::" in text:
        text = _COLONS.sub(r"\1\\u003a", text)
    return _HASHES.sub(r"\\u0023", text) if "##" in text else text


def whole(text: str) -> str:
    """`text` as it is, but for lone surrogates, which no file can hold: they are written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def dumped(value: object) -> str:
    """`value` as JSON in one line: ASCII, and no runner takes a part of it for a command."""
    import json

    made = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return inert(made) + "\n"
