"""When to seek care: whether a page says so, for which signs, how soon, and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..meaning import Reading
from ..model import Finding, Rule, Span
from ..patterns import lazy, lowered
from ..rules import finding, may_match, pattern
from ..site import Site
from ..understand.country import Call, calls, country
from ..understand.opening import opening, shown

_TIERS = {"emergency": "emergency", "urgent": "same day", "routine": "by appointment"}


def section_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """No word on when to seek care; a warning only where no topic of the table is concerned."""
    flags = reading.red_flags
    if flags.level != "none" or flags.hollow:
        return
    about = _known(reading, site)
    yield finding(
        rule,
        reading,
        opening(reading.article),
        severity=None if about else "warning",
        variant="" if about else "other",
        topic=_named(about),
    )


def lead_lost(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Leads whose signs are gone. `ends`: "colon" for those that end with one, else "other"."""
    starts = [s.span.start for s in reading.sentences]
    for span in reading.red_flags.hollow:
        colon = reading.article.words(span).rstrip("*_ ").endswith(":")
        if colon == (rule.params["ends"] == "colon"):
            last = bisect_left(starts, span.end) - 1
            place = reading.sentences[last].span if colon and last >= 0 else span
            yield finding(rule, reading, shown(reading.article, place))


def no_emergency(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Advice that never says what to do at once, on a topic whose core signs include an emergency.

    `find`: the words that send to emergency care.
    """
    about = [
        t for t in _known(reading, site) if any(s["core"] for s in _signs(t, site, "emergency"))
    ]
    place = _first(reading)
    if about and place and not pattern(rule.params["find"]).search(_advice(reading)):
        signs = [s for t in about for s in _signs(t, site, "emergency") if s["core"]]
        number = site.data["red_flags"]["numbers"].get(_locale(reading, site), {})
        number = number.get("emergency", ["your emergency number"])[0]
        yield finding(
            rule,
            reading,
            place,
            severity=None if any(s["verified"] for s in signs) else "warning",
            topic=_named(about),
            sign=signs[0]["text"],
            number=number,
        )


def no_urgency(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Advice that does not say how soon. `find`: the words that do."""
    place = _first(reading)
    if place and not pattern(rule.params["find"]).search(_advice(reading)):
        yield finding(rule, reading, place)


def signs_missing(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Core signs of the page's topics that its advice does not name; a warning while half of them
    are there. The front matter's `covers` lists the ids of signs that other words name."""
    place = _first(reading)
    if not place:
        return
    advice = _advice(reading)
    given = reading.article.meta.data.get("covers")
    covered = {str(x) for x in given} if isinstance(given, list) else {str(given)}
    for topic in _known(reading, site):
        core = {tier: [s for s in _signs(topic, site, tier) if s["core"]] for tier in _TIERS}
        lacks = {
            tier: [s for s in signs if not _names(advice, s, covered, topic)]
            for tier, signs in core.items()
        }
        total = sum(map(len, core.values()))
        count = sum(map(len, lacks.values()))
        if count:
            yield finding(
                rule,
                reading,
                place,
                severity="warning" if count * 2 <= total else None,
                topic=_named([topic]),
                named=total - count,
                total=total,
                signs=_listed(lacks),
            )


def _names(advice: str, sign: Mapping[str, Any], covered: set[str], topic: str) -> bool:
    if sign["id"] in covered or f"{topic}/{sign['id']}" in covered:
        return True
    low = lowered(advice)
    return any(may_match(t, low) and pattern(t).search(advice) for t in sign["terms"])


def _listed(lacks: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The missing signs by tier; those that nobody has looked up yet are worded as suggestions."""
    said = []
    for tier, how in _TIERS.items():
        sure = [s["text"] for s in lacks[tier] if s["verified"]]
        if sure:
            said.append(f"{how}: {'; '.join(sure)}")
    unsure = [s["text"] for signs in lacks.values() for s in signs if not s["verified"]]
    if unsure:
        said.append(f"consider also: {'; '.join(unsure)}")
    return ". ".join([*said[:1], *(s[0].upper() + s[1:] for s in said[1:])])


def _known(reading: Reading, site: Site) -> list[str]:
    table = site.data["red_flags"]["topics"]
    return [topic for topic in reading.topics if topic in table]


def _named(topics: Sequence[str]) -> str:
    return " and ".join(topic.replace("-", " ") for topic in topics[:2])


def _signs(topic: str, site: Site, tier: str) -> Sequence[Mapping[str, Any]]:
    signs: Sequence[Mapping[str, Any]] = site.data["red_flags"]["topics"][topic][tier]
    return signs


def _first(reading: Reading) -> Span | None:
    """The heading or sentence that the advice begins with: its first line."""
    spans = sorted((*reading.red_flags.sections, *reading.red_flags.mentions))
    if not spans:
        return None
    start = spans[0].start
    block = next((b.span for b in reading.article.blocks if b.span.start == start), spans[0])
    end = reading.article.source.line_span(start).end
    return shown(reading.article, Span(start, max(start + 1, min(end, block.end))))


def _advice(reading: Reading) -> str:
    """All that the page says on when to seek care, a line a block, and the signs elsewhere that
    this advice speaks of ("any of these symptoms")."""
    sections = [*reversed(reading.red_flags.sections)]
    lines = []
    for block in reading.article.blocks:
        while sections and sections[-1].end <= block.span.start:
            sections.pop()
        if sections and sections[-1].start <= block.span.start:
            lines.append(reading.article.words(block.span))
    flags = reading.red_flags
    lines += [reading.article.words(span) for span in (*flags.mentions, *flags.listed)]
    return "\n".join(lines).replace("’", "'")


# -- emergency numbers

_LINE = lazy(
    r"\bnon-?emergency\b|\bnot (?:an?|a 999|life)\b|\bless urgent\b|\bisn't\b", re.IGNORECASE
)
_GRAVE = lazy(
    r"\bin an emergency\b|\bambulance\b|\blife-threatening (?:emergenc|situation)|\bunconscious\b|"
    r"\bcollaps|\bnot breathing\b|\bemergency services\b",
    re.IGNORECASE,
)
_REGIONS = {"uk": "gb", "usa": "us"}


def number_locale(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """An emergency number of another country, or an urgent line named for an emergency. Pages that
    name the country of a number, or numbers of several countries, are left alone; a number in the
    disclaimer excuses none elsewhere."""
    called = list(calls(reading))
    table = site.data["red_flags"]["numbers"]
    locale = _locale(reading, site, called) if called else ""
    if locale not in table:
        return
    own = table[locale]
    apart = [reading.within(call.span, "disclaimer") for call in called]
    both = any(
        call.number in own["emergency"] and not aside
        for call, aside in zip(called, apart, strict=True)
    )
    for call, aside in zip(called, apart, strict=True):
        number = call.number
        foreign = number not in own["emergency"] and number not in own["urgent"]
        if foreign and (both or (aside and _names_own(called, own["emergency"]))):
            continue
        kept = number in own["emergency"] or _apart(call.said, own["emergency"])
        if foreign or (number in own["urgent"] and not kept and _GRAVE.search(call.said)):
            theirs = [t["name"] for t in table.values() if number in t["emergency"]]
            yield finding(
                rule,
                reading,
                call.span,
                variant="" if foreign else "line",
                number=number,
                own=own["emergency"][0],
                country=own["name"],
                theirs=" and ".join(theirs[:2]),
            )


def _names_own(called: Sequence[Call], own: Sequence[str]) -> bool:
    return any(call.number in own for call in called)


def _apart(sentence: str, emergency: Sequence[str]) -> bool:
    """True if the sentence keeps an urgent line apart from the emergency number."""
    return bool(_LINE.search(sentence)) or any(re.search(rf"\b{n}\b", sentence) for n in emergency)


def _locale(reading: Reading, site: Site, called: Sequence[Call] | None = None) -> str:
    """The country of the front matter's `locale` or `lang` ("en-GB"), else of the settings, else
    the one that the page's own words tell of. `called`: its emergency numbers, if known."""
    for key in ("locale", "lang"):
        stated = reading.article.meta.data.get(key)
        if isinstance(stated, str) and (key == "locale" or re.search(r"[-_]", stated)):
            region = re.split(r"[-_]", stated.strip().lower())[-1]
            return _REGIONS.get(region, region)
    if site.settings.locale:
        return site.settings.locale
    numbers = list(calls(reading)) if called is None else called
    return country(reading, numbers, site.data["red_flags"]["numbers"])
