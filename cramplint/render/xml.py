"""XML that any parser reads, whatever the words in it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, indent, tostring

from ..patterns import lazy

# What XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = lazy("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words(text: str) -> str:
    """`text` without the characters that XML has no way to write."""
    return _FORBIDDEN.sub("", text)


def document(root: Element) -> bytes:
    """The element as a file, the same bytes for the same element."""
    indent(root, " ")
    made: bytes = tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + made + b"\n"
