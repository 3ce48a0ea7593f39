"""What was found in an article, and what was asked of the site for that, as both are kept.

Findings depend on an article's own text, on the rules and settings, on the day, and on other pages,
as far as an article asks for them: where a link leads, whether another page has its title. So with
its findings are kept what was asked of the site and what it answered. Where the site has changed
the questions are put again, and findings hold while the answers are the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from . import kinds
from .model import SEVERITIES, Checked, Edit, Finding, Fix, Page, Source, Span
from .pages import alike
from .report.concise import concise
from .report.escape import inert, visible
from .report.result import Look, Result

if TYPE_CHECKING:
    from .site import Question, Resolved, Site

_SAFE = ("safe", "ask", "show")
# Methods of Site, with the texts that they take; and "twins", of the article itself.
_QUESTIONS = frozenset({"resolve", "related", "by_title", "nearest", "surest"})
_TWINS = "twins"
_OUT_OF_SHAPE = (AttributeError, KeyError, LookupError, RecursionError, TypeError, ValueError)


class Brief(NamedTuple):
    """An article as the concise report without colours says it: its `lines`, the severities of what
    is found, its language, and how many rules do not know it."""

    lines: str
    levels: frozenset[str]
    lang: str
    unspoken: int


def questions(asked: Mapping[Question, Any], site: Site) -> str:
    """What was asked of a site, and the answers in brief, as JSON."""
    return _json([[question, _brief(site, question, answer)] for question, answer in asked.items()])


def texts(held: str) -> list[str]:
    """The texts of a JSON list; none of anything else."""
    try:
        return list(kinds.texts(json.loads(held)))
    except _OUT_OF_SHAPE:
        return []


def holds(asked: str, site: Site, *, bodies: bool = False) -> bool:
    """True if the site's pages still give the answers to what was `asked`. `bodies`: nothing has
    changed in them but what they say in their bodies."""
    try:
        return all(
            _brief(site, question, _put(site, *question)) == answer
            for question, answer in json.loads(asked)
            if not bodies or question[0] == _TWINS
        )
    except _OUT_OF_SHAPE:
        return False


def _put(site: Site, name: str, *given: str) -> Resolved | Page | list[Page] | None:
    """What the site says to a question. Raises KeyError for one that is none."""
    if name == _TWINS:
        return site.twins(site.pages[given[0]])
    if name not in _QUESTIONS:
        raise KeyError(name)
    answer: Resolved | Page | None = getattr(site, name)(*given)
    return answer


def _brief(site: Site, question: Question, answer: Resolved | Page | list[Page] | None) -> str:
    """All that a check can tell of an answer."""
    from .site import Resolved

    if isinstance(answer, Resolved):
        near = site.pages.get(answer.hint)
        told = (answer.state, *_told(answer.page), answer.anchor, answer.hint, *_told(near))
        return repr(told)
    if isinstance(answer, list):
        page = site.pages.get(question[1])
        return repr([(_told(one), page is None or alike(page, one)) for one in answer])
    return repr(_told(answer))


def _told(page: Page | None) -> tuple[Any, ...]:
    return (page.path, page.title, page.slug, page.lang, page.draft) if page else ()


def result(kept: str, facts: str, source: Source) -> Result | None:
    """What was found in `source`; None if what is kept is out of shape. `facts`: "" for none."""
    try:
        held = json.loads(kept)
        size = len(source.text)
        checked = Checked(
            tuple(_finding(one, size) for one in held["findings"]),
            tuple(_finding(one, size) for one in held["suppressed"]),
            tuple(kinds.texts(held["unspoken"])),
        )
        told = kinds.loaded(facts) if facts else None
        if told is not None and type(told) is not dict:
            return None
        return Result(source, checked, kinds.plain(held["lang"]), told)
    except _OUT_OF_SHAPE:
        return None


def frozen(of: Result) -> tuple[str, str]:
    """What was found, and its facts, for `result`."""
    checked = of.checked
    held = {
        "lang": of.lang,
        "unspoken": checked.unspoken,
        "findings": [_plain(f) for f in checked.findings],
        "suppressed": [_plain(f) for f in checked.suppressed],
    }
    return _json(held), "" if of.facts is None else _json(of.facts)


def shortened(of: Result) -> str:
    """The same for `brief`."""
    levels = sorted({str(finding.severity) for finding in of.checked.findings})
    head = _json([levels, of.lang, len(of.checked.unspoken)])
    return "".join((head, "\n", *concise([of], Look())))


def brief(kept: str) -> Brief | None:
    """None if what is kept is out of shape, or no report would say so: what is kept may have been
    changed by others, and goes to a terminal or a log as it is."""
    head, _, lines = kept.partition("\n")
    flat = lines.replace("\n", " ")
    if visible(flat) != flat or inert(lines) != lines:
        return None
    told = _counted(head)
    return told._replace(lines=lines) if told and bool(told.levels) == bool(lines) else None


@lru_cache(maxsize=256)  # few differ
def _counted(head: str) -> Brief | None:
    """What the first line of what is kept says; None if it is out of shape."""
    try:
        levels, lang, unspoken = json.loads(head)
        if not frozenset(levels) <= frozenset(SEVERITIES):
            return None
        return Brief("", frozenset(levels), kinds.plain(lang), kinds.count(unspoken))
    except _OUT_OF_SHAPE:
        return None


def _plain(found: Finding) -> list[Any]:
    fix = found.fix
    edits = [fix.safety, [[e.span.start, e.span.end, e.text] for e in fix.edits]] if fix else None
    return [found.rule, *found.span, found.message, found.severity, found.advice, edits]


def _finding(held: Any, size: int) -> Finding:
    """A finding in a text of `size` code points. Raises ValueError or TypeError for none."""
    rule, start, end, message, severity, advice, fix = held
    if severity not in SEVERITIES or (fix and fix[0] not in _SAFE):
        raise ValueError(severity)
    edits = [Edit(_span(a, b, size), kinds.text(text)) for a, b, text in fix[1]] if fix else []
    mends = Fix(tuple(edits), fix[0]) if fix else None
    said, todo = kinds.text(message), kinds.text(advice)
    return Finding(kinds.plain(rule), _span(start, end, size), said, severity, todo, mends)


def _span(start: Any, end: Any, size: int) -> Span:
    if not kinds.count(start) <= kinds.count(end) <= size:
        raise ValueError("no span of the text")
    return Span(start, end)


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
