"""Links between articles: what changes when one of them comes, goes, or is renamed."""

from __future__ import annotations

import pytest

from cramplint.check import VOCABULARY, Selection, check
from cramplint.fix import fix
from cramplint.model import Settings, Source
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.rules import RuleSet, Tables, folder, page
from cramplint.site import Site
from cramplint.understand import understand

IDS = ("links/related-broken", "links/internal-anchor")
DATA = Tables(folder() / "data")
RULES = RuleSet({i: page(folder() / f"{i}.md", folder(), VOCABULARY) for i in IDS}, DATA)

CORPUS = {
    "cramps.md": """\
---
title: Cramps at night
related: [heart, Sleeping badly]
---
Read about [the heart](/heart#red-flags) or [sleep](sleep.md).

## Signs

Enjoy my supporting article: Thirst in Summer
""",
    "heart.md": """\
---
title: Heart flutters
slug: heart
---
## Red flags

See [signs](cramps.md#signs).
""",
    "sleep.md": "---\ntitle: Sleeping badly\nrelated: [cramps]\n---\nGo to bed.\n",
    "chain.txt": """\
Tired Legs

They ache.

Heart Flutters
Read More →Salt and Cramps
Read More →
""",
}
THIRST = "---\ntitle: Thirst in summer\n---\nDrink.\n"


def source(name, text):
    return Source(name, text, "text" if name.endswith(".txt") else "markdown")


def findings(files):
    """(file, rule, severity, flagged text) of every finding about links."""
    articles = [parse(source(name, text)) for name, text in files.items()]
    site = Site.of(map(page_of, articles), Settings(), DATA)
    return {
        (a.source.name, f.rule.partition("/")[2], f.severity, a.source.excerpt(f.span))
        for a in articles
        for f in check(understand(a, DATA), RULES, site, Selection()).findings
    }


def changed(files):
    """(what is found now and was not before, what was found before and is not now)."""
    now, before = findings(files), findings(CORPUS)
    return now - before, before - now


BROKEN = "related-broken"
UNLINKED = ("chain.txt", BROKEN, "warning", "Heart Flutters")
SALT = ("chain.txt", BROKEN, "error", "Salt and Cramps")
PROMISED = ("cramps.md", BROKEN, "error", "Thirst in Summer")


def test_the_corpus_itself():
    assert findings(CORPUS) == {PROMISED, SALT, UNLINKED}


def test_removing_an_article_breaks_what_led_to_it():
    files = {k: v for k, v in CORPUS.items() if k != "heart.md"}
    assert changed(files) == (
        {
            ("cramps.md", BROKEN, "error", "heart"),
            ("cramps.md", BROKEN, "error", "[the heart](/heart#red-flags)"),
            ("chain.txt", BROKEN, "error", "Heart Flutters"),
        },
        {UNLINKED},
    )
    files = {k: v for k, v in CORPUS.items() if k != "sleep.md"}
    assert changed(files) == (
        {
            ("cramps.md", BROKEN, "error", "Sleeping badly"),
            ("cramps.md", BROKEN, "error", "[sleep](sleep.md)"),
        },
        set(),
    )
    files = {k: v for k, v in CORPUS.items() if k != "chain.txt"}
    assert changed(files) == (set(), {SALT, UNLINKED})


def test_adding_the_promised_article_leaves_the_missing_link():
    assert changed({**CORPUS, "thirst.md": THIRST}) == (
        {("cramps.md", BROKEN, "warning", "Thirst in Summer")},
        {PROMISED},
    )
    # As long as it is a draft the promise is not kept.
    draft = THIRST.replace("title", "draft: true\ntitle")
    assert changed({**CORPUS, "thirst.md": draft}) == (set(), set())
    assert changed({**CORPUS, "other.md": "---\ntitle: Something else\n---\n"}) == (set(), set())


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("related: [heart,", "related: [hart,", {("cramps.md", BROKEN, "error", "hart")}),
        ("(sleep.md)", "(slep.md)", {("cramps.md", BROKEN, "error", "[sleep](slep.md)")}),
        ("(sleep.md)", "(Sleep.md)", {("cramps.md", BROKEN, "error", "[sleep](Sleep.md)")}),
        ("(sleep.md)", "()", {("cramps.md", BROKEN, "error", "[sleep]()")}),
        (
            "#red-flags",
            "#red-flag",
            {("cramps.md", "internal-anchor", "error", "[the heart](/heart#red-flag)")},
        ),
        (
            "## Signs",
            "## Signals",
            {("heart.md", "internal-anchor", "error", "[signs](cramps.md#signs)")},
        ),
        ("[heart, ", "[heart, cramps, ", {("cramps.md", BROKEN, "warning", "cramps")}),
        ("title: Cramps at night", "title: Cramps in bed", set()),
    ],
)
def test_breaking_one_thing_changes_one_finding(old, new, found):
    broken = CORPUS["cramps.md"].replace(old, new)
    assert broken != CORPUS["cramps.md"]
    assert changed({**CORPUS, "cramps.md": broken}) == (found, set())


def test_a_draft_is_no_article_for_readers_but_may_lead_to_other_drafts():
    files = {**CORPUS, "sleep.md": CORPUS["sleep.md"].replace("title", "draft: true\ntitle")}
    lost = {
        ("cramps.md", BROKEN, "error", "Sleeping badly"),
        ("cramps.md", BROKEN, "error", "[sleep](sleep.md)"),
    }
    assert changed(files) == (lost, set())
    files["cramps.md"] = files["cramps.md"].replace("title", "draft: true\ntitle")
    found = findings(files)
    assert not found & lost
    assert ("sleep.md", BROKEN, "error", "cramps") not in found


def test_renaming_with_an_alias_breaks_nothing():
    files = {k: v for k, v in CORPUS.items() if k not in ("heart.md", "sleep.md")}
    files["flutters.md"] = CORPUS["heart.md"].replace("slug: heart", "aliases: [/heart]")
    files["nights.md"] = CORPUS["sleep.md"].replace("related", "aliases: [sleep.md]\nrelated")
    assert changed(files) == (set(), set())


def test_the_missing_link_is_put_in_where_a_person_agrees():
    one = source("a/cramps.md", "# Cramps\n\nSee also: Thirst in Summer\n")
    pages = [page_of(parse(source("b c/thirst.md", THIRST))), page_of(parse(one))]
    site = Site.of(pages, Settings(), DATA)

    def find(given):
        return check(understand(parse(given), DATA), RULES, site, Selection()).findings

    assert fix(one, find).source == one
    mended = fix(one, find, unsafe=True).source
    assert mended.text.endswith("See also: [Thirst in Summer](../b%20c/thirst.md)\n")
    assert find(mended) == ()
