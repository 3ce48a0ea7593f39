"""Reading + Rules + Site -> Findings: which rules run, how severe they are, what is suppressed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import islice

from . import house
from .checks import CHECKS
from .meaning import Reading
from .model import (
    SEVERITIES,
    Checked,
    CrampError,
    Finding,
    Rule,
    Severity,
    Suppression,
    Waiver,
)
from .near import hint
from .rules import RuleSet, Vocabulary, finding
from .site import Site
from .suppression import ended, last_day, names, suppress, suppressions, taken_out

# Rules of this check speak of suppressions; they run here, after all others.
SUPPRESSION = "suppression"
VOCABULARY: Vocabulary = {
    **{name: (check.needs, check.takes) for name, check in CHECKS.items()},
    SUPPRESSION: (frozenset({"of"}), frozenset()),
}
_MOST = 50_000  # findings in one article; each takes some kilobytes, and nobody reads them
# What the import profile still calls an error: the text is damaged, whoever wrote it.
_DAMAGE = ("artifact/", "structure/", "redflag/list-lost", "redflag/hollow-section")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run and how severe they are. Patterns are ids or group/*; empty `select` is all.
    `severity`: id or group/* -> a severity, or "off". `waivers`: name of an article -> what the
    configuration lets stand there."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    profile: str = "writer"
    waivers: Mapping[str, tuple[Waiver, ...]] = field(default_factory=dict)


def selected(rules: RuleSet, selection: Selection) -> Mapping[str, Rule]:
    """The rules that `selection` leaves, by id. Raises CrampError for a pattern that names none."""
    if not (_latest and _latest[0][0] is rules and _latest[0][1] is selection):
        _latest[:] = [(rules, selection, _selected(rules, selection))]  # every article asks
    return _latest[0][2]


_latest: list[tuple[RuleSet, Selection, Mapping[str, Rule]]] = []


def _selected(rules: RuleSet, selection: Selection) -> dict[str, Rule]:
    for asked in (*selection.select, *selection.ignore, *selection.severity):
        if not any(fnmatchcase(rule, asked) for rule in rules.rules):
            raise CrampError(f"no rule is called {asked}", "", nearest(asked, rules))
    off = [name for name, level in selection.severity.items() if level == "off"]

    def wanted(rule: str) -> bool:
        asked = not selection.select or any(fnmatchcase(rule, s) for s in selection.select)
        return asked and not any(fnmatchcase(rule, s) for s in (*selection.ignore, *off))

    return {id_: rule for id_, rule in rules.rules.items() if wanted(id_)}


def reworded(rules: RuleSet, messages: Mapping[str, str]) -> RuleSet:
    """The rules with other messages: id -> message. Raises CrampError for an id that is unknown and
    a message that asks for more than names."""
    changed = {}
    for name, message in messages.items():
        if name not in rules.rules:
            raise CrampError(f"no rule is called {name}", "messages", nearest(name, rules))
        house.fillable(message, f"messages.{name}")
        changed[name] = replace(rules.rules[name], message=message)
    return replace(rules, rules={**rules.rules, **changed}) if changed else rules


def nearest(name: str, rules: RuleSet) -> str:
    """ "did you mean …", or where the list is."""
    groups = dict.fromkeys(f"{rule.partition('/')[0]}/*" for rule in rules.rules)
    known = groups if name.endswith("*") else rules.rules
    return hint(name, known, "`cramplint rule` lists them")


def check(reading: Reading, rules: RuleSet, site: Site, selection: Selection) -> Checked:
    """All findings of the selected rules in one article. Raises CrampError with the article's name
    for more of them than anybody reads, and with that of a house rule that cannot be used."""
    return Checking(reading, rules, site, selection).all


class Checking:
    """An article whose rules run when somebody asks what they find, each once. Raises CrampError as
    `check` does."""

    def __init__(self, reading: Reading, rules: RuleSet, site: Site, selection: Selection) -> None:
        self.reading = reading
        self._rules, self._site, self._selection = rules, site, selection
        self._chosen = selected(rules, selection)
        self._found: dict[str, list[Finding]] = {}
        self._room = _MOST
        waivers = selection.waivers.get(reading.article.source.name, ())
        self._stated = suppressions(reading.article, waivers)
        self._over = {one for one in self._stated if ended(one, site.settings.today)}

    def of(self, names: Collection[str]) -> list[Finding]:
        """What `all` says is found by the selected ones of these rules, in the same order."""
        asked = [rule for id_, rule in self._chosen.items() if id_ in names]
        if self._stated and any(rule.check == SUPPRESSION for rule in asked):
            return [f for f in self.all.findings if f.rule in names]
        return sorted(self._kept(asked)[0], key=_place)

    @cached_property
    def all(self) -> Checked:
        """What all selected rules find."""
        chosen, reading = self._chosen, self.reading
        kept, silenced, used = self._kept(chosen.values())
        for rule in chosen.values():
            if rule.check == SUPPRESSION:
                told = _told(rule, reading, self._stated, used, self._over, self._rules, chosen)
                kept += [replace(f, severity=level(f, rule, self._selection)) for f in told]
        unspoken = tuple(id_ for id_, rule in chosen.items() if not speaks(rule, reading))
        return Checked(
            tuple(sorted(kept, key=_place)), tuple(sorted(silenced, key=_place)), unspoken
        )

    def _kept(self, asked: Iterable[Rule]) -> tuple[list[Finding], list[Finding], set[Suppression]]:
        """What rules that do not speak of suppressions find: see `suppress`."""
        found = [f for rule in asked if rule.check != SUPPRESSION for f in self._run(rule)]
        return suppress(found, (one for one in self._stated if one not in self._over))

    def _run(self, rule: Rule) -> list[Finding]:
        """What one rule finds, suppressed or not."""
        if rule.id not in self._found:
            found: list[Finding] = []
            if applies(rule, self.reading):
                found += islice(_found(self.reading, rule, self._site), self._room + 1)
                self._room -= len(found)
            if self._room < 0:
                raise _too_many(self.reading, rule)
            self._found[rule.id] = [
                replace(f, severity=level(f, rule, self._selection)) for f in found
            ]
        return self._found[rule.id]


def _too_many(reading: Reading, rule: Rule) -> CrampError:
    what = f"has more than {_MOST:,} findings, the last of {rule.id}"
    return CrampError(what, reading.article.source.name, "no article has: split it, or exclude it")


def _found(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """What a rule finds. A fault of a house rule is told as one; one of ours is a bug."""
    try:
        yield from CHECKS[rule.check].run(reading, rule, site)
    except Exception as error:
        if not rule.house or isinstance(error, CrampError):
            raise
        what = f"the check {rule.check} cannot use this page: {type(error).__name__}: {error}"
        raise CrampError(what, rule.path, "see docs/rule-authors.md") from error


def applies(rule: Rule, reading: Reading) -> bool:
    """False for a health rule on another page, or a rule that does not know the language."""
    return speaks(rule, reading) and (rule.scope == "any" or reading.health)


def speaks(rule: Rule, reading: Reading) -> bool:
    """False for a rule whose patterns do not know the article's language."""
    return not rule.langs or reading.lang in rule.langs


def mending(rules: RuleSet, selection: Selection) -> frozenset[str]:
    """The selected rules that may have safe fixes."""
    return frozenset(
        id_
        for id_, rule in selected(rules, selection).items()
        if rule.check == SUPPRESSION or CHECKS[rule.check].mends
    )


def libraries(rules: RuleSet, selection: Selection) -> frozenset[str]:
    """The slow libraries that the selected rules need."""
    checks = {rule.check for rule in selected(rules, selection).values()} - {SUPPRESSION}
    return frozenset(CHECKS[name].library for name in checks) - {""}


def level(finding: Finding, rule: Rule, selection: Selection) -> Severity:
    """The severity in force: the user's, else the profile's, lowered by the check."""
    for asked, stated in selection.severity.items():
        if fnmatchcase(rule.id, asked) and stated in SEVERITIES:
            return stated
    base = rule.levels.get(selection.profile, rule.severity)
    if selection.profile == "import" and not rule.id.startswith(_DAMAGE):
        base = max(base, "warning", key=SEVERITIES.index)
    return max(base, finding.severity or base, key=SEVERITIES.index)


def _place(finding: Finding) -> tuple[int, str, int]:
    return finding.span.start, finding.rule, finding.span.end


def _told(
    rule: Rule,
    reading: Reading,
    stated: tuple[Suppression, ...],
    used: set[Suppression],
    over: set[Suppression],
    rules: RuleSet,
    chosen: Mapping[str, Rule],
) -> Iterator[Finding]:
    """What there is to say of the suppressions themselves; `of`: unused, unknown, reason or
    expired."""
    for one in stated:
        unknown = [n for n in one.rules if not any(fnmatchcase(r, n) for r in rules.rules)]
        ran = [r for r in chosen if names(one, r)]
        called = ", ".join(one.rules) + f" ({one.at})" * bool(one.at)
        if rule.params["of"] == "unknown" and (unknown or not one.rules):
            name = unknown[0] if unknown else ""
            yield finding(rule, reading, one.mark, name=name, hint=nearest(name, rules))
        elif rule.params["of"] == "expired" and one.odd:
            yield finding(rule, reading, one.mark, variant="key", name=called, key=one.odd)
        elif rule.params["of"] == "expired" and one in over:
            variant = "" if last_day(one) else "never"
            who = one.owner or "nobody is named"
            yield finding(
                rule, reading, one.mark, variant=variant, name=called, date=one.expires, owner=who
            )
        elif rule.params["of"] == "unused" and not unknown and ran and one not in used | over:
            # What a library that may be absent would have found is not known here.
            checks = {chosen[r].check for r in ran} - {SUPPRESSION}
            sure = not any(CHECKS[name].library for name in checks)
            fix = taken_out(reading.article, one) if sure else None
            yield finding(rule, reading, one.mark, name=called, fix=fix)
        elif rule.params["of"] == "reason" and one in used and not one.reason:
            strict = [r for r in ran if rules.rules[r].severity == "error"]
            if strict:
                yield finding(rule, reading, one.mark, name=called)
