"""Cards: entries of other articles, each with a button such as "Read More →"."""

from __future__ import annotations

import re
from typing import Final

from .needs import rx
from .patterns import lazy, lowered
from .shapes import BUTTON

ARROW = lazy(r"[→»>›➔▸]")
# Of these, one stands in every mark; they are rarer than the verbs before them.
_SIGNS: Final = (
    *(" more", " reading", "article", "post", "story", "click to read", "read on"),
    *("leer más", "seguir leyendo", "ver más", "leia mais", "saiba mais", "leggi ", "lire "),
    *("en savoir plus", "weiterlesen", "mehr ", "lees ", "läs mer", "les mer", "læs mere"),
    "czytaj ",
)
# The mark of an entry in lower case, and what is left of its arrow.
_MARK: Final = rf"\[?(?:{BUTTON})[\s.…]*[→»>›➔▸:|-]*[\s»>]*\]?"


def marks(text: str) -> list[re.Match[str]]:
    """The marks of entries in `text`, such as "Read More →", matched in lower case."""
    low = lowered(text)
    return list(rx(_MARK).finditer(low)) if any(map(low.__contains__, _SIGNS)) else []


def is_mark(text: str) -> bool:
    """True if `text` is such a mark and nothing else."""
    return rx(_MARK).fullmatch(lowered(text)) is not None
