"""The JSON document, the list of pages, and the HTML pages made of them."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from itertools import pairwise

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from cramplint.checks.readability import Scores
from cramplint.meaning import Disclaimers, Dose, Pair, RedFlags, Zone
from cramplint.model import Finding, Source, Span
from cramplint.render.body import Entry, Neighbour, Place
from cramplint.render.document import document, dump, listing
from cramplint.render.facts import Person, facts
from cramplint.render.page import index, lost, page
from cramplint.render.schema import article

TEXT = """---
title: "Leg cramps & <sleep>"
description: What helps.
slug: cramps
lang: en
locale: gb
topics: [leg_cramps]
authors:
  - {name: Ann Lee, credentials: RN, url: "https://e.org/ann"}
  - {name: Bo, url: "javascript:alert(1)"}
reviewed_by: Dr. Cy
created: 2026-01-02
updated: soon
references:
  - {title: A review, year: 2020, url: "https://e.org/r"}
  - A book
funding: none
colour: [1, {a: "##[error]x"}]
---

Lead[^1].

## Call now if

- chest pain

## Is it bad?

No.

Not advice.

## Sources

[^1]: [Study](https://e.org/s). 2021.
"""
PLACE = Place("legs/cramps.html", "https://h.org/legs/cramps.html", "Well & good")
NEAR = (Neighbour("sleep", "Sleep <well>", "../sleep.html"),)


@pytest.fixture
def told(read):
    def span(words, end):
        start = TEXT.index(words)
        return Span(start, TEXT.index(end, start) + len(end))

    flags = span("## Call", "chest pain")
    return read(
        TEXT,
        topics=("leg_cramps", "vitamin_b12"),
        pairs=(Pair(span("## Is it", "bad?"), span("No.", "No.")),),
        red_flags=RedFlags("section", True, (flags,)),
        disclaimers=Disclaimers("partial", frozenset(), False, (span("Not advice", "."),)),
        zones=(Zone("disclaimer", span("Not advice", ".")),),
    )


@pytest.fixture
def made(told, make):
    def run(reading=told):
        return make(reading.article.source.text, **known(reading))

    return run


def known(reading):
    names = ("topics", "pairs", "red_flags", "disclaimers", "zones")
    return {name: getattr(reading, name) for name in names}


def valid(said):
    Draft202012Validator(article(), format_checker=FormatChecker()).validate(json.loads(dump(said)))


def test_facts_have_one_shape(told):
    found = facts(told, "us")
    assert found.authors == (Person("Ann Lee", "RN", "https://e.org/ann"), Person("Bo", "", ""))
    assert found.reviewers == (Person("Dr. Cy", "", ""),)
    assert dict(found.dates) == {"created": "2026-01-02"}
    assert (found.slug, found.locale, found.direction) == ("cramps", "gb", "ltr")
    assert [(r.text, r.url) for r in found.references] == [
        ("A review. 2020", "https://e.org/r"),
        ("A book", ""),
    ]
    assert found.extra == {"colour": [1, {"a": "##[error]x"}]}


def test_facts_of_a_bare_page_come_from_its_words_and_name(read):
    found = facts(read("Some words. " * 30 + "\n\nMore.\n", lang="ar"))
    assert found.title == "Leg cramps"
    assert found.slug == "leg-cramps"
    assert found.description.startswith("Some words. Some")
    assert found.description.endswith("…")
    assert len(found.description) <= 201
    assert found.direction == "rtl"
    assert found.authors == found.reviewers == ()


def test_the_document_says_what_the_page_says(told, made):
    source = Source("x/cramps.md", TEXT, "markdown")
    findings = [Finding("a/b", Span(0, 1), "m", "error"), Finding("a/c", Span(0, 1), "m", "note")]
    said = document(source, told, made(), facts(told), PLACE, NEAR, findings, Scores(6.1, 7.0), 2)
    valid(said)
    assert said["id"] == "legs/cramps"
    assert said["source"]["path"] == "legs/cramps.md"
    assert said["url"] == PLACE.url
    assert [s["id"] for s in said["sections"]] == ["", "call-now-if", "is-it-bad", "sources"]
    assert said["faq"] == [
        {"question": "Is it bad?", "answer_text": "No.", "answer_html": "<p>No.</p>\n"}
    ]
    assert said["red_flags"][0]["signs"] == ["chest pain"]
    assert said["disclaimer"] == {"level": "partial", "text": "Not advice."}
    assert said["lint"] == {
        "errors": 1,
        "warnings": 0,
        "notes": 1,
        "suppressed": 2,
        "rules": {"a/b": 1, "a/c": 1},
    }
    assert said["readability"] == {"flesch_kincaid_grade": 6.1, "smog": 7.0}
    assert said["red_flags"][0]["tier"] is None
    assert said["related"] == [{"slug": "sleep", "title": "Sleep <well>", "url": "../sleep.html"}]
    assert said["references"][0] == {"text": "A review. 2020", "url": "https://e.org/r"}
    assert said["extra"] == {"colour": [1, {"a": "##[error]x"}]}
    assert "Call now if\n\n- chest pain\n\nIs it bad?" in said["content_text"]
    assert json.loads(dump(said)) == said


def test_sections_hold_their_blocks(read, make):
    text = (
        "# T\n\nLead *one*.\n\n> [!TIP]\n> Rest.\n\n## List\n\n3. a *b*\n   - c\n4. d\n\n---\n\n"
        "| x | y |\n|---|---|\n| `1` | 2 |\n\n```\ncode\n```\n\n> said\n\n<div>raw</div>\n\n"
        "<script>x</script>\n"
    )
    reading = read(text)
    said = document(reading.article.source, reading, make(text), facts(reading), PLACE, (), ())
    valid(said)
    lead, section = said["sections"]
    assert [(b["kind"], b["html"], b["text"]) for b in lead["blocks"]] == [
        ("paragraph", "<p>Lead <em>one</em>.</p>\n", "Lead one."),
        (
            "callout",
            '<div class="callout tip" role="note">\n<p class="tag">Tip</p>\n<p>Rest.</p>\n</div>\n',
            "Rest.",
        ),
    ]
    kinds = {block["kind"]: block for block in section["blocks"]}
    assert list(kinds) == ["list", "rule", "table", "code", "quote", "html"]
    assert kinds["list"]["ordered"] is True
    assert kinds["list"]["items"] == [
        {"html": "a <em>b</em><ul>\n<li>c</li>\n</ul>\n", "text": "a b\n- c"},
        {"html": "d", "text": "d"},
    ]
    assert kinds["table"]["rows"] == [["x", "y"], ["1", "2"]]
    assert kinds["html"] == {"kind": "html", "html": "<div>raw</div>\n", "text": "raw"}


def test_doses_are_told_as_they_are_written(read, make):
    text = "# T\n\nTake 300–400 mg daily.\n"
    span = Span(text.index("300"), text.index(" daily") + 6)
    dose = Dose(span, "magnesium", 300.0, 400.0, "mg", "day")
    reading = read(text, doses=(dose,))
    said = document(reading.article.source, reading, make(text), facts(reading), PLACE, (), ())
    valid(said)
    assert said["doses"] == [
        {
            "text": "300–400 mg daily",
            "nutrient": "magnesium",
            "low": 300,
            "high": 400,
            "unit": "mg",
            "per": "day",
            "times": 1,
            "class": "recommend",
            "form": None,
            "elemental": None,
            "people": None,
        }
    ]


def test_references_are_those_of_the_text_where_none_are_stated(read, make):
    text = "# T\n\nOne[^1].\n\n[^1]: [Study](https://e.org/s). 2021.\n"
    said = document(
        Source("t.md", text, "markdown"), read(text), make(text), facts(read(text)), PLACE, (), ()
    )
    assert said["references"] == [{"text": "Study. 2021.", "url": "https://e.org/s"}]


def test_json_is_ascii_sorted_and_harmless_in_a_log():
    data = dump({"b": "é\u202e\x1b", "a": "##[error]::x ##vso[y]"})
    assert data.isascii()
    assert data.endswith(b"}\n")
    assert data.index(b'"a"') < data.index(b'"b"')
    assert b"##[" not in data
    assert b"##vso[" not in data
    assert json.loads(data) == {"b": "é\u202e\x1b", "a": "##[error]::x ##vso[y]"}
    with pytest.raises(ValueError, match="JSON"):
        dump({"x": float("nan")})


def test_a_page_has_its_landmarks_and_says_who_wrote_it(told, made):
    html = page(made(), facts(told), PLACE, NEAR)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">')
    assert html.endswith("</html>\n")
    assert "<title>Leg cramps &amp; &lt;sleep&gt; – Well &amp; good</title>" in html
    assert '<meta name="description" content="What helps.">' in html
    assert '<link rel="canonical" href="https://h.org/legs/cramps.html">' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert (
        '<li>By <a href="https://e.org/ann" rel="noopener"><bdi>Ann Lee</bdi></a>, RN, <bdi>Bo</bdi></li>\n'
        "<li>Reviewed by <bdi>Dr. Cy</bdi></li>\n"
        '<li>Published <time datetime="2026-01-02">2 January 2026</time></li>'
    ) in html
    assert '<li><a href="../index.html#Topic-leg_cramps">Leg cramps</a></li>' in html
    assert '<li class="flagged"><a href="#call-now-if">Call now if</a></li>' in html
    assert '<a href="../sleep.html">Sleep &lt;well&gt;</a>' in html
    for mark in ('href="#Page-content"', '<main id="Page-content"', "<article>", "<footer"):
        assert html.count(mark) == 1
    assert re.findall(r"<script[^>]*>", html) == ['<script type="application/ld+json">']
    assert "javascript" not in html
    assert not re.search(r'(?:src|url\()\s*=?["\']?(?:https?:)?//', html)


def test_nothing_is_said_of_who_is_not_named(read, make):
    text = "# Sleep\n\nRest well.\n"
    html = page(make(text), facts(read(text)), Place("sleep.html", "", ""), ())
    for word in ("Reviewed", "By ", "<time", "canonical", "Related articles", "Funding", "<h2"):
        assert word not in html


def test_a_disclaimer_that_is_left_to_the_site_is_shown(read, make):
    text = "---\ntitle: Sleep\ndisclaimer: site\n---\n\nRest well.\n"
    html = page(make(text), facts(read(text)), Place("sleep.html", "", ""), ())
    assert "does not replace the advice" in html


def test_the_stylesheet_is_small_and_asks_for_nothing(read, make):
    article = page(make("# T\n\nx\n"), facts(read("# T\n\nx\n")), Place("t.html", "", ""), ())
    for html in (article, index((), "", ""), lost("", "/")):
        style = html.partition("<style>")[2].partition("</style>")[0]
        assert 2000 < len(style.encode()) < 6000
        assert "url(" not in style
        assert "@import" not in style


def test_a_strict_policy_allows_the_page_what_it_needs_and_no_more(read, make):
    def policy(text):
        html = page(make(text), facts(read(text)), Place("t.html", "", ""), ())
        style = html.partition("<style>")[2].partition("</style>")[0]
        digest = b64encode(sha256(style.encode()).digest()).decode()
        (said,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        assert f"style-src 'sha256-{digest}';" in unescape(said)
        script = html.partition('ld+json">')[2].partition("</script>")[0]
        digest = b64encode(sha256(script.encode()).digest()).decode()
        assert f"script-src 'sha256-{digest}';" in unescape(said)
        assert " style=" not in html
        return unescape(said)

    assert "default-src 'none'; " in policy("# T\n\n![a](b.png)\n")
    assert "img-src 'self';" in policy("# T\n\n![a](b.png)\n")
    assert "img-src 'self' https: http:;" in policy("# T\n\n![a](https://e.org/b.png)\n")


def test_red_flags_that_come_late_are_announced_at_the_top(read, make):
    late = f"# T\n\n{'word ' * 300}\n\n## Call 911 if\n\n- pain\n"
    soon = late.replace("word " * 300, "Lead.")
    for text, announced in ((late, True), (soon, False)):
        span = Span(text.index("## Call"), len(text))
        body = make(text, red_flags=RedFlags("section", True, (span,)), tier=lambda *_: "emergency")
        html = page(body, facts(read(text)), Place("t.html", "", ""), ())
        link = '<li class="flagged emergency"><a href="#call-911-if">Call 911 if</a></li>'
        assert (link in html) == announced


def test_open_graph_says_what_the_page_says(told, made):
    html = page(made(), facts(told), PLACE, NEAR)
    said = {
        name: unescape(value)
        for name, value in re.findall(r'<meta property="([^"]+)" content="([^"]*)">', html)
    }
    assert said == {
        "og:type": "article",
        "og:title": "Leg cramps & <sleep>",
        "og:description": "What helps.",
        "og:url": PLACE.url,
        "og:site_name": "Well & good",
        "og:locale": "en_GB",
        "article:published_time": "2026-01-02",
        "article:tag": "Leg cramps",
    }


def test_long_titles_are_cut_in_the_window_only(read, make):
    text = f"# {'Cramps and ' * 12}sleep\n\nRest.\n"
    html = page(make(text), facts(read(text)), Place("t.html", "", "Site"), ())
    title = html.partition("<title>")[2].partition("</title>")[0]
    assert len(title) <= 71
    assert title.endswith("…")
    assert f"{'Cramps and ' * 12}sleep</h1>" in html


ENTRIES = [
    Entry("b.html", "zinc", "About zinc.", ("zinc",), "en", "2026-01-01"),
    Entry("a/c d.html", "Ärger", "", ("sleep", "zinc"), "de", ""),
]


def test_the_index_lists_pages_by_name_and_by_topic():
    html = index(ENTRIES, "", "")
    assert html.startswith("<!DOCTYPE html>")
    assert html.count('<a href="b.html">zinc</a>') == 2
    assert html.count('<a href="a/c%20d.html">Ärger</a>') == 3
    assert html.index("zinc</a><p>About zinc.") < html.index('<li lang="de">')
    assert re.findall(r'<h3 id="(.+?)">(.+?)</h3>', html) == [
        ("Topic-sleep", "Sleep"),
        ("Topic-zinc", "Zinc"),
    ]
    assert "Nothing is published" in index([], "", "")


def test_the_list_names_the_document_of_each_page():
    said = listing(ENTRIES, "https://h.org/")
    assert said["articles"][1]["document"] == "a/c d.json"
    assert said["articles"][1]["url"] == "https://h.org/a/c%20d.html"
    assert "url" not in listing(ENTRIES, "")["articles"][0]


def test_what_cannot_wait_is_announced_first(read, make):
    text = (
        "# T\n\n"
        + "A long lead. " * 80
        + "\n\n## Book a visit if\n\n- a\n\n## Call 911 if\n\n- b\n\n## See us if\n\n- c\n"
    )
    cuts = [text.index("## Book"), text.index("## Call"), text.index("## See us"), len(text)]
    spans = tuple(Span(a, b) for a, b in pairwise(cuts))
    tiers = {"Book a visit if": "soon", "Call 911 if": "emergency"}
    body = make(
        text, red_flags=RedFlags("section", True, spans), tier=lambda head, _: tiers.get(head, "")
    )
    html = page(body, facts(read(text)), Place("t.html", "", ""), ())
    named = html.partition('aria-label="When to get help"')[2].partition("</nav>")[0]
    assert re.findall(r">([^<]+)</a>", named) == ["Call 911 if", "See us if", "Book a visit if"]
