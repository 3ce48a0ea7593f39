"""Laws of parsing: positions lie in the text, the prose mask keeps its length, nothing is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cramplint.model import CrampError, Source
from cramplint.parse import parse
from cramplint.parse.repair import repair

PIECES = [
    "# Leg cramps",
    "## Wann? – “Über” cafés",
    "Signs include:",
    "-",
    "•",
    "- calves",
    "  • feet",
    "? “Quoted”",
    "? Pro tip",
    "1. one",
    "> quoted",
    "| a | b |",
    "|---|---|",
    "```",
    "~~~",
    "    code",
    "<div>x</div>",
    "<!-- c -->",
    "&amp; &nbsp;x",
    "*em* **strong** `code`",
    '[l](http://x.y "t") ![i](j.png)',
    "[^1]",
    "[^1]: note",
    "Is it safe?",
    "Yes. It is.",
    "No.",
    "Q: Why?",
    "Read More →Burning Feet at Night",
    "::: reveal Title",
    ":::",
    "!!! note",
    "*[A]: b",
    "{rel=external}",
    "👨‍👩‍👧 family",
    "日本語のテキスト",
    "\ttab",
    "  ",
    "",
    "---",
    "***",
    "===",
    "Muscles relax. They rest.",
    "—Alicia, 39",
    "\u00a0nbsp",
    "{{ name }}",
    "[F]({{ a b }}c)",
    "**Bold line**",
    "© 2025",
    "Setext",
    "-----",
    "\u2028line",
    "e\u0301",
    "\ufeffbom",
]
ARTICLES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=25).map(
    "\n".join
)
KINDS = st.sampled_from(["markdown", "text"])


@given(ARTICLES, KINDS)
@settings(max_examples=300, deadline=None)
def test_every_position_lies_in_the_text(text, kind):
    text = text.replace("\r", "")
    try:
        article = parse(Source("a", text, kind))
    except CrampError:
        return  # front matter that cannot be read says so
    assert len(article.prose) == len(text)
    spans = [b.span for b in article.blocks] + [x.span for x in article.links]
    spans += [s.span for s in article.sections]
    assert all(0 <= s.start <= s.end <= len(text) for s in spans)
    assert all(0 <= e.start <= e.end <= len(text) for e in article.events)
    starts = [b.span.start for b in article.blocks]
    assert starts == sorted(starts)


@given(ARTICLES, KINDS)
@settings(max_examples=200, deadline=None)
def test_the_prose_shows_what_the_source_shows(text, kind):
    text = text.replace("\r", "")
    try:
        article = parse(Source("a", text, kind))
    except CrampError:
        return
    for at, (shown, there) in enumerate(zip(article.prose, text, strict=True)):
        # An entity's character stands at the entity's first place; all else stands at its own.
        assert shown in (" ", there) or text[at] == "&"
    assert [i for i, c in enumerate(text) if c == "\n"] == [
        i for i, c in enumerate(article.prose) if c == "\n"
    ]


@given(ARTICLES)
@settings(max_examples=200, deadline=None)
def test_repair_keeps_the_length(text):
    assert len(repair(text)) == len(text)


@given(ARTICLES)
@settings(max_examples=200, deadline=None)
def test_plain_text_loses_no_word(text):
    text = text.replace("\r", "")
    try:
        article = parse(Source("a.txt", text, "text"))
    except CrampError:
        return
    body = text[article.meta.span.end :]
    words = re.findall(r"[^\W\d_]{2,}", body)
    assert re.findall(r"[^\W\d_]{2,}", article.prose) == words


@given(ARTICLES, KINDS)
@example("-\nSigns include:\nSigns include:\nSigns include:\n  • feet\n{rel=external}", "markdown")
@example("- a.\nOne.\nTwo.\nThree.\n\n  Below.\n\n  > Said.\n- b.\n", "markdown")
@settings(max_examples=100, deadline=None)
def test_events_are_balanced(text, kind):
    try:
        article = parse(Source("a", text.replace("\r", ""), kind))
    except CrampError:
        return
    opened: list[str] = []
    for event in article.events:
        if event.kind == "start":
            opened.append(event.tag)
        elif event.kind == "end":
            assert opened.pop() == event.tag
    assert opened == []


@pytest.mark.parametrize("text", ["", "\n", " ", "---", "---\n", "-", "•\n", "\u00a0"])
@pytest.mark.parametrize("kind", ["markdown", "text"])
def test_hardly_anything_is_an_article_too(text, kind):
    article = parse(Source("a", text, kind))
    assert len(article.prose) == len(text)
    assert not article.prose.strip("-• \u00a0\n")
