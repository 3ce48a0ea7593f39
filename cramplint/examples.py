"""The fenced examples of a rule page: bad ones, their flagged words in ⟦ and ⟧, and good ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import CrampError, Example, Span
from .patterns import lazy

_OPEN, _CLOSE = "⟦", "⟧"
_FENCE = lazy(
    r"^(?P<ticks>`{3,})[ ]*(?P<role>bad|good|fixed|file)\b[ ]*(?P<name>[^\n`]*)\n"
    r"(?P<text>.*?)^(?P=ticks)[ ]*$",
    re.MULTILINE | re.DOTALL,
)


def prose(text: str) -> str:
    """What a page says besides its examples."""
    return _FENCE.sub("", text).strip()


def examples(body: str, where: str, line: int) -> Iterator[Example]:
    """Those of the text `body`, which begins at `line` of the page `where`. Raises CrampError."""
    fences = list(_FENCE.finditer(body))
    for i, fence in enumerate(fences):
        if fence["role"] in ("fixed", "file"):
            continue
        at = line + body.count("\n", 0, fence.start())
        name = fence["name"].strip()
        name = {"": "example.md", "txt": "example.txt"}.get(name, name)
        text, flagged = _unmark(fence["text"], f"{where}:{at}")
        good = fence["role"] == "good"
        if good and flagged:
            raise CrampError("a good example holds no marks", f"{where}:{at}")
        if not good and not flagged:
            raise CrampError("a bad example marks what is wrong between ⟦ and ⟧", f"{where}:{at}")
        fixed, files = None, {}
        for more in fences[i + 1 :]:
            if more["role"] == "fixed":
                fixed = more["text"]
            elif more["role"] == "file":
                files[more["name"].strip()] = more["text"]
            else:
                break
        yield Example(good, name, text, flagged, fixed, files, at)


def _unmark(text: str, where: str) -> tuple[str, tuple[Span, ...]]:
    spans: list[Span] = []
    plain, opened = "", -1
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", text):
        if piece == _OPEN and opened < 0:
            opened = len(plain)
        elif piece == _CLOSE and opened >= 0:
            spans.append(Span(opened, len(plain)))
            opened = -1
        elif piece in (_OPEN, _CLOSE):
            raise CrampError("the marks ⟦ and ⟧ come in pairs, one inside none", where)
        else:
            plain += piece
    if opened >= 0:
        raise CrampError("a ⟦ without its ⟧", where)
    return plain, tuple(spans)
