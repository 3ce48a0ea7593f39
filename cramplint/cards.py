"""Cards: entries of other articles, each with a button such as "Read More →"."""

from __future__ import annotations

import re
from typing import Final

from .needs import rx
from .patterns import lazy, lowered
from .shapes import BUTTON

ARROW = lazy(r"[→»>›➔▸]")
# The mark of an entry in lower case, and what is left of its arrow.
_MARK: Final = rf"\[?(?:{BUTTON})[\s.…]*[→»>›➔▸:|-]*[\s»>]*\]?"


def marks(text: str) -> list[re.Match[str]]:
    """The marks of entries in `text`, such as "Read More →", matched in lower case."""
    return list(rx(_MARK).finditer(lowered(text)))


def is_mark(text: str) -> bool:
    """True if `text` is such a mark and nothing else."""
    return rx(_MARK).fullmatch(lowered(text)) is not None
