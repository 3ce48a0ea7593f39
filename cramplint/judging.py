"""Article -> what is found in it, and the article after its fixes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from .check import Checking, Selection, check, mending
from .checks.readability import Scores, scores
from .fix import Agree, Fixed, fix, parsed
from .meaning import Reading
from .model import Article, Checked, CrampError, Finding, Source
from .report.facts import facts
from .report.result import Result
from .rules import RuleSet
from .site import Question, Site
from .understand import understand


class Judged(NamedTuple):
    """One article: what it means and what was found in it. `scores`: how hard it reads, if that was
    asked for and can be told."""

    reading: Reading
    checked: Checked
    scores: Scores | None = None

    def result(self, *, told: bool = False) -> Result:
        """What reports need of it; `told`: its facts too."""
        reading = self.reading
        known = facts(reading, self.checked, self.scores) if told else None
        return Result(reading.article.source, self.checked, reading.lang, known)


def judge(
    article: Article, rules: RuleSet, site: Site, selection: Selection, *, scored: bool = False
) -> Judged:
    """What the selected rules find in one article; `scored`: and how hard it reads."""
    reading = understand(article, rules.data)
    checked = check(reading, rules, site, selection)
    return Judged(reading, checked, scores(reading, site) if scored else None)


def of_article(error: CrampError, name: str) -> CrampError:
    """`error`, if it is of the article called `name`; raises it if it is of what judges it."""
    if error.where == name or error.where.startswith(f"{name}:"):
        return error
    raise error


class Drafts:
    """One article in the states that fixes may give it. Each is judged as far as somebody asks, and
    no rule looks at one twice."""

    def __init__(self, rules: RuleSet, site: Site, selection: Selection) -> None:
        self._rules, self._site, self._selection = rules, site, selection
        self._mending = mending(rules, selection)
        self._known: dict[str, tuple[Checking, dict[Question, Any]]] = {}

    def find(self, source: Source) -> tuple[Finding, ...]:
        """All that is found."""
        return self.judged(source).checked.findings

    def some(self, source: Source, names: Collection[str] | None) -> list[Finding]:
        """What rules of these names find; None: those that may have safe fixes."""
        with self._noting(source) as checking:
            return checking.of(self._mending if names is None else names)

    def judged(self, source: Source) -> Judged:
        with self._noting(source) as checking:
            return Judged(checking.reading, checking.all)

    def asked(self, *sources: Source) -> dict[Question, Any]:
        """What judging these states asked of the site, as far as it went; without any, all."""
        texts = [one.text for one in sources] or list(self._known)
        return {q: answer for text in texts for q, answer in self._known[text][1].items()}

    @contextmanager
    def _noting(self, source: Source) -> Iterator[Checking]:
        noted: dict[Question, Any] = {} if self._site.asked is None else self._site.asked
        noted.clear()
        if source.text not in self._known:
            reading = understand(parsed(source), self._rules.data)
            checking = Checking(reading, self._rules, self._site, self._selection)
            self._known[source.text] = checking, {}
        checking, asked = self._known[source.text]
        try:
            yield checking
        finally:
            asked.update(noted)


def mend(
    source: Source,
    rules: RuleSet,
    site: Site,
    selection: Selection,
    *,
    unsafe: bool = False,
    agree: Agree | None = None,
) -> Fixed:
    """An article after its fixes have settled. `unsafe`: those that ask too; `agree` is asked for
    each of them. Raises CrampError for fixes that never settle."""
    drafts = Drafts(rules, site, selection)
    return fix(source, drafts.find, sooner=drafts.some, unsafe=unsafe, agree=agree)
