"""Stretches without a heading, where headings are written in HTML."""

from __future__ import annotations

import pytest

from cramplint.check import VOCABULARY, Selection, check
from cramplint.model import Settings, Source
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.rules import RuleSet, Tables, folder, page
from cramplint.site import Site
from cramplint.understand import understand

ID = "structure/headings"
DATA = Tables(folder() / "data")
RULES = RuleSet({ID: page(folder() / f"{ID}.md", folder(), VOCABULARY)}, DATA)
TEXT = "Walk a little every day and drink enough water. " * 20


@pytest.mark.parametrize(
    ("heading", "found"), [("<h2>Sleep</h2>", 0), ("<p>And sleep.</p>", 1), ("## Sleep", 0)]
)
def test_a_heading_may_be_written_in_html(heading, found):
    article = parse(Source("a.md", f"# Tired legs\n\n{TEXT}\n\n{heading}\n\n{TEXT}\n", "markdown"))
    site = Site.of([page_of(article)], Settings(), DATA)
    findings = check(understand(article, DATA), RULES, site, Selection()).findings
    assert len(findings) == found
