"""How much work it may be to tell what patterns cost: telling it must not hang either."""

from __future__ import annotations

_EACH = 400_000  # steps that telling the cost of a pattern may take: about half a second
_ALL = 20_000_000  # and of all that are told by one effort


class Refused(ValueError):
    """A pattern whose cost has no bound, or is not understood; says why."""


class Effort:
    """The steps left to tell what patterns cost: `each` for one of them, `every` for all."""

    def __init__(self, each: int = _EACH, every: int = _ALL) -> None:
        self._each, self._left, self._every = each, each, every

    def begin(self) -> None:
        """The next pattern."""
        self._left = self._each

    def take(self, steps: int) -> None:
        """Raises Refused if there are not so many left."""
        self._left -= steps
        self._every -= steps
        if self._left < 0 or self._every < 0:
            whole = "" if self._left < 0 else ", after those before it"
            raise Refused(f"it is too involved to tell its cost{whole}")
