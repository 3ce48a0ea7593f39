"""Settings -> the rules, and which of them run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import cache, needs, patterns
from .check import VOCABULARY, Selection, libraries, reworded, selected
from .config import Config
from .kept import retain
from .model import CrampError, Waiver
from .places import name_of
from .rules import RuleSet
from .rules import load as load_rules


def rules_of(config: Config, *, cached: bool) -> tuple[RuleSet, Selection]:
    """The rules, and which of them run. Raises CrampError for an id that names none."""
    if cached:
        patterns.know(*cache.fetch_with(patterns.version()))
    words = cache.fetch(needs.VERSION) if cached else None
    needs.know(words or cache.shipped(needs.VERSION))
    rules = load_rules(VOCABULARY, config.rule_paths, cached=cached)
    rules = reworded(rules, config.messages)
    selected(rules, Selection(select=config.extend_select))
    select = config.select + config.extend_select if config.select else ()
    waivers = _waived(config, rules)
    selection = Selection(select, config.ignore, config.severity, config.profile, waivers)
    selected(rules, selection)
    return rules, selection


def _waived(config: Config, rules: RuleSet) -> dict[str, tuple[Waiver, ...]]:
    """The waivers of each article, by its name. Raises CrampError for one of no known rule."""
    waived: dict[str, tuple[Waiver, ...]] = {}
    for waiver in config.waivers:
        try:
            selected(rules, Selection(select=(waiver.rule,)))
        except CrampError as error:
            raise CrampError(error.what, waiver.at, error.todo) from error
        name = name_of(config.root / waiver.path)
        waived[name] = (*waived.get(name, ()), waiver)
    return waived


def slow(rules: RuleSet, selection: Selection, wanted: Iterable[str]) -> frozenset[str]:
    """The slow libraries that this run needs: for its rules, and for the facts of the formats
    `wanted`."""
    return libraries(rules, selection) | ({"textstat"} if "json" in wanted else set())


def remember(said: dict[str, Any], before: Iterable[str]) -> None:
    """Keep what this run worked out and the next one can use. `said`: of slow libraries, where the
    keys `before` were kept already."""
    retain(said, before)
    if (codes := patterns.table()) is not None:
        cache.keep(patterns.version(), *codes)
    if (words := needs.table()) is not None:
        cache.keep(needs.VERSION, words)
