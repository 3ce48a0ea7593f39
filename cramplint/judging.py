"""Article -> what is found in it, and the article after its fixes."""

from __future__ import annotations

from typing import NamedTuple

from .check import Selection, check
from .checks.readability import Scores, scores
from .fix import Agree, Fixed, fix
from .meaning import Reading
from .model import Article, Checked, CrampError, Source
from .parse import parse
from .report.facts import facts
from .report.result import Result
from .rules import RuleSet
from .site import Site
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
    return fix(
        source,
        lambda source: judge(parse(source), rules, site, selection).checked.findings,
        unsafe=unsafe,
        agree=agree,
    )
