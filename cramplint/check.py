"""Reading + Rules + Site -> Findings: which rules run, how severe they are, what is suppressed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from .checks import CHECKS
from .meaning import Reading
from .model import SEVERITIES, Article, CrampError, Finding, Rule, Severity, Span, Suppression
from .near import hint
from .patterns import lazy
from .rules import RuleSet, Vocabulary, finding
from .site import Site

# Rules of this check speak of suppressions; they run here, after all others.
SUPPRESSION = "suppression"
VOCABULARY: Vocabulary = {
    **{name: (check.needs, check.takes) for name, check in CHECKS.items()},
    SUPPRESSION: (frozenset({"of"}), frozenset()),
}
_COMMENT = lazy(
    r"<!--\s*cramplint-(?P<verb>disable-next-line|disable-line|disable-file|disable|enable)\b"
    r"(?P<rules>[^>]*?)(?:\s--\s(?P<reason>[^>]*?))?\s*-->"
)
# What the import profile still calls an error: the text is damaged, whoever wrote it.
_DAMAGE = ("artifact/", "structure/", "redflag/list-lost", "redflag/hollow-section")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run and how severe they are. Patterns are ids or group/*; empty `select` is all.
    `severity`: id or group/* -> a severity, or "off"."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    profile: str = "writer"


@dataclass(frozen=True, slots=True)
class Checked:
    """`findings` in the order of their places, each with its severity; `suppressed` those that a
    comment or the front matter silenced. `unspoken`: the selected rules that do not know the
    article's language and so were not run."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    unspoken: tuple[str, ...] = ()


def selected(rules: RuleSet, selection: Selection) -> dict[str, Rule]:
    """The rules that `selection` leaves, by id. Raises CrampError for a pattern that names none."""
    for asked in (*selection.select, *selection.ignore, *selection.severity):
        if not any(fnmatchcase(rule, asked) for rule in rules.rules):
            raise CrampError(f"no rule is called {asked}", "", nearest(asked, rules))
    off = [name for name, level in selection.severity.items() if level == "off"]

    def wanted(rule: str) -> bool:
        asked = not selection.select or any(fnmatchcase(rule, s) for s in selection.select)
        return asked and not any(fnmatchcase(rule, s) for s in (*selection.ignore, *off))

    return {id_: rule for id_, rule in rules.rules.items() if wanted(id_)}


def nearest(name: str, rules: RuleSet) -> str:
    """ "did you mean …", or where the list is."""
    groups = dict.fromkeys(f"{rule.partition('/')[0]}/*" for rule in rules.rules)
    known = groups if name.endswith("*") else rules.rules
    return hint(name, known, "`cramplint rule` lists them")


def check(reading: Reading, rules: RuleSet, site: Site, selection: Selection) -> Checked:
    """All findings of the selected rules in one article."""
    chosen = selected(rules, selection)
    found: list[Finding] = []
    for rule in chosen.values():
        if rule.check != SUPPRESSION and applies(rule, reading):
            found += CHECKS[rule.check].run(reading, rule, site)
    suppressions = tuple(_suppressions(reading.article))
    judged = [replace(f, severity=level(f, chosen[f.rule], selection)) for f in found]
    kept, silenced, used = _suppress(judged, suppressions)
    for rule in chosen.values():
        if rule.check == SUPPRESSION:
            told = _told(rule, reading, suppressions, used, rules, chosen, selection)
            kept += [replace(f, severity=level(f, rule, selection)) for f in told]
    unspoken = tuple(id_ for id_, rule in chosen.items() if not speaks(rule, reading))
    return Checked(tuple(sorted(kept, key=_place)), tuple(sorted(silenced, key=_place)), unspoken)


def applies(rule: Rule, reading: Reading) -> bool:
    """False for a health rule on another page, or a rule that does not know the language."""
    return speaks(rule, reading) and (rule.scope == "any" or reading.health)


def speaks(rule: Rule, reading: Reading) -> bool:
    """False for a rule whose patterns do not know the article's language."""
    return not rule.langs or reading.lang in rule.langs


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


def _suppressions(article: Article) -> Iterator[Suppression]:
    text = article.source.text
    code = [e for e in article.events if e.kind == "code" or e.tag == "code_block"]
    opened: dict[tuple[str, ...], tuple[Span, str]] = {}
    for comment in _COMMENT.finditer(text):
        mark = Span(*comment.span())
        if any(e.start <= mark.start < e.end for e in code):
            continue
        rules = tuple(re.findall(r"[^\s,]+", comment["rules"]))
        reason = (comment["reason"] or "").strip()
        verb = comment["verb"]
        if verb == "enable":
            for names in [n for n in opened if not rules or set(n) & set(rules)]:
                first, why = opened.pop(names)
                yield Suppression(first, Span(first.end, mark.start), names, why)
        elif verb == "disable":
            opened[rules] = mark, reason
        else:
            line = article.source.line_span(mark.end)
            if verb == "disable-next-line":
                line = _next_line(text, line)
            span = Span(0, len(text)) if verb == "disable-file" else line
            yield Suppression(mark, span, rules, reason)
    for rules, (first, why) in opened.items():
        yield Suppression(first, Span(first.end, len(text)), rules, why)
    own = article.meta.data.get("cramplint")
    ignored = own.get("ignore") if isinstance(own, dict) else None
    for name, why in ignored.items() if isinstance(ignored, dict) else ():
        mark = article.meta.keys.get(f"cramplint.ignore.{name}", article.meta.span)
        yield Suppression(mark, Span(0, len(text)), (str(name),), str(why or "").strip())


def _next_line(text: str, line: Span) -> Span:
    """The next line that holds something, and the blank ones up to it."""
    end = line.end
    while end < len(text):
        start, end = end + 1, text.find("\n", end + 1)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            break
    return Span(line.end, end)


def _names(suppression: Suppression, rule: str) -> bool:
    return any(fnmatchcase(rule, name) for name in suppression.rules)


def _suppress(
    findings: list[Finding], suppressions: tuple[Suppression, ...]
) -> tuple[list[Finding], list[Finding], set[Suppression]]:
    """(kept, silenced, the suppressions used). Without a reason none silences an error."""
    kept: list[Finding] = []
    silenced: list[Finding] = []
    used: set[Suppression] = set()
    for found in findings:
        by = [
            s
            for s in suppressions
            if s.span.start <= found.span.start <= s.span.end and _names(s, found.rule)
        ]
        used.update(by)
        good = any(s.reason or found.severity != "error" for s in by)
        (silenced if good else kept).append(found)
    return kept, silenced, used


def _told(
    rule: Rule,
    reading: Reading,
    suppressions: tuple[Suppression, ...],
    used: set[Suppression],
    rules: RuleSet,
    chosen: Mapping[str, Rule],
    selection: Selection,
) -> Iterator[Finding]:
    """What there is to say of the suppressions themselves; `of`: unused, unknown or reason."""
    for one in suppressions:
        unknown = [n for n in one.rules if not any(fnmatchcase(r, n) for r in rules.rules)]
        ran = [r for r in chosen if _names(one, r)]
        if rule.params["of"] == "unknown" and (unknown or not one.rules):
            name = unknown[0] if unknown else ""
            yield finding(rule, reading, one.mark, name=name, hint=nearest(name, rules))
        elif rule.params["of"] == "unused" and not unknown and ran and one not in used:
            yield finding(rule, reading, one.mark, name=", ".join(one.rules))
        elif rule.params["of"] == "reason" and one in used and not one.reason:
            strict = [r for r in ran if rules.rules[r].severity == "error"]
            if strict:
                yield finding(rule, reading, one.mark, name=", ".join(one.rules))
