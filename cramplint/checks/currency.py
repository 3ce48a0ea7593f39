"""From when a page is, and whether somebody should have looked at it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..meaning import Dated, Reading
from ..model import Finding, Rule, Severity
from ..rules import finding
from ..site import Site
from ..understand.opening import opening

_MONTHS = 12
_ORDER = (("created", "updated"), ("created", "last_reviewed"), ("last_reviewed", "next_review"))
_ARCHIVED = frozenset({"news", "story", "recipe", "landing"})


def date_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """No date at all; as notes, a date of writing only (message created), and front matter that
    does not say when the next review is due (message next)."""
    credits = reading.credits
    if not credits.latest("updated", "last_reviewed"):
        made = credits.latest("created")
        if made is None:
            yield finding(rule, reading, opening(reading.article))
        elif made.stated:
            yield finding(rule, reading, made.span, severity="note", variant="created")
    elif not credits.latest("next_review"):
        last = credits.latest("last_reviewed") or credits.latest("updated")
        if last and last.stated:
            yield finding(rule, reading, last.span, severity="note", variant="next")


def review_overdue(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A review that was due, a page older than `months` (`dose_months` where it advises a dose), or
    a date that cannot be. Below twice that age, and for what is not an age, a warning at most.

    Messages besides the main one (too old): due, future, order, never (no such date).
    """
    today = site.settings.today
    if today is None or reading.type in _ARCHIVED or reading.article.meta.data.get("archived"):
        return
    credits = reading.credits
    impossible = [*_impossible(reading, today)]
    for variant, dated in impossible:
        yield finding(rule, reading, dated.span, variant=variant, date=dated.text)
    if impossible:
        return
    due = credits.latest("next_review")
    last = credits.latest("last_reviewed") or credits.latest("updated") or credits.latest("created")
    dose = any(d.kind == "recommend" for d in reading.doses)
    months = rule.params["dose_months" if dose else "months"]
    age = _months(last.day, today) if last and last.day else 0
    severity: Severity | None = None if age > 2 * months else "warning"
    if due and due.day and due.day < today:
        yield finding(rule, reading, due.span, severity=severity, variant="due", date=due.text)
    elif last and age > months:
        yield finding(
            rule, reading, last.span, severity=severity, age=_said(age), most=_said(months)
        )


def _impossible(reading: Reading, today: date) -> Iterator[tuple[str, Dated]]:
    """Dates in the future that tell of the past, dates of the text that do not exist (the front
    matter's are for another rule), and dates in the wrong order."""
    credits = reading.credits
    for dated in credits.dates:
        if dated.day is None and not dated.stated:
            yield "never", dated
        elif dated.day and dated.name != "next_review" and dated.day > today:
            yield "future", dated
    for first, second in _ORDER:
        one, other = credits.latest(first), credits.latest(second)
        if one and other and one.day and other.day and other.day < one.day <= today:
            yield "order", other


def _months(since: date, today: date) -> int:
    """Whole months from one day to another."""
    months = (today.year - since.year) * _MONTHS + today.month - since.month
    return months - (today.day < since.day)


def _said(months: int) -> str:
    years, rest = divmod(months, _MONTHS)
    if not years:
        return f"{months} months"
    return f"{years} year{'s' * (years > 1)}" if not rest else f"{years} years and {rest} months"
