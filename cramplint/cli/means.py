"""What judging needs and a run in which nothing changed does not: loaded when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..config import Config
from ..model import Rule

if TYPE_CHECKING:
    from ..check import Selection
    from ..rules import RuleSet


class Means:
    """The rules, which of them run, and what slow libraries said before. `wanted`: the formats that
    are asked for."""

    def __init__(self, config: Config, wanted: Mapping[str, str], *, cached: bool) -> None:
        self._config, self._wanted, self._cached = config, wanted, cached

    @cached_property
    def _loaded(self) -> tuple[RuleSet, Selection]:
        from ..selection import rules_of

        return rules_of(self._config, cached=self._cached)

    @property
    def rules(self) -> RuleSet:
        return self._loaded[0]

    @property
    def selection(self) -> Selection:
        return self._loaded[1]

    @cached_property
    def needed(self) -> frozenset[str]:
        """The slow libraries that this run needs."""
        from ..selection import slow

        return slow(self.rules, self.selection, self._wanted.values())

    @cached_property
    def _said(self) -> tuple[dict[str, Any], list[str]]:
        from ..kept import recall

        kept = recall() if self.needed and self._cached else {}
        return kept, list(kept)

    @property
    def kept(self) -> dict[str, Any]:
        """What slow libraries said before; what they say in this run is added."""
        return self._said[0]

    def judging(self) -> tuple[RuleSet, Selection, dict[str, Any]]:
        """All of it."""
        return self.rules, self.selection, self.kept

    @property
    def used(self) -> bool:
        """True if the rules were loaded."""
        return "_loaded" in self.__dict__

    def remember(self) -> None:
        """Keep what this run worked out."""
        if self._cached and self.used:
            from ..selection import remember

            remember(*self._said)


class Pages(Mapping[str, Rule]):
    """The pages of the rules by id, loaded when first asked for: few reports are."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def __getitem__(self, name: str) -> Rule:
        return self._means.rules.rules[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._means.rules.rules)

    def __len__(self) -> int:
        return len(self._means.rules.rules)
