"""The words of pages in other languages than English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cramplint.render
from cramplint.render.body import TIERS, Entry, Place
from cramplint.render.callouts import KINDS
from cramplint.render.facts import facts
from cramplint.render.html import _NAMES
from cramplint.render.labels import ENGLISH, TABLES, labels
from cramplint.render.page import index, lost, moved, page

FOLDER = Path(next(iter(cramplint.render.__path__)))
ASKED = {
    *TIERS.values(), *_NAMES.values(), *(label for _, label in KINDS.values()), "Done", "To do",
    "Published", "Updated", "Last reviewed", "Next review due", "{} articles",
    *(
        found
        for path in (*FOLDER.glob("*.py"), *FOLDER.glob("templates/*"))
        for found in re.findall(r"label\(\s*\"([^\"]+)\"", path.read_text("utf-8"))
    ),
}  # fmt: skip


@pytest.mark.parametrize("lang", TABLES)
def test_every_label_is_there_in_every_language(lang):
    table = TABLES[lang]
    assert {key for key in table if "{day}" not in key and "January" not in key} == ASKED
    for english, said in table.items():
        assert sorted(re.findall(r"\{\w*\}", english)) == sorted(re.findall(r"\{\w*\}", said))
        assert said == said.strip() or english.startswith(",")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "1 March 2026"), ("en-GB", "1 March 2026"), ("de-AT", "1. März 2026"),
        ("fr", "1er mars 2026"), ("es", "1 de marzo de 2026"), ("it", "1 marzo 2026"),
        ("nl", "1 maart 2026"), ("pt-BR", "1 de março de 2026"), ("ja", "1 March 2026"),
    ],
)  # fmt: skip
def test_dates_are_written_as_the_language_does(lang, said):
    assert labels(lang).day("2026-03-01") == said
    months = {labels(lang).day(f"2026-{month:02}-15") for month in range(1, 13)}
    assert len(months) == 12


def shown(read, make, lang):
    text = (
        f"---\ntitle: T\nlang: {lang}\nupdated: 2026-03-01\nauthors: [A B]\ndisclaimer: site\n"
        "references: [A book]\n---\n\n# T\n\nA[^1].\n\n> [!WARNING]\n> B\n\n[^1]: C\n"
    )
    body = make(text, lang=lang)
    return page(body, facts(read(text, lang=lang)), Place("t.html", "", ""), ())


def test_a_page_speaks_its_language(read, make):
    html = shown(read, make, "de")
    for piece in (
        '<a class="skip" href="#Page-content">Zum Inhalt springen</a>',
        "<li>Von <bdi>A B</bdi></li>",
        '<li>Aktualisiert am <time datetime="2026-03-01">1. März 2026</time></li>',
        '<p class="tag">Warnung</p>',
        'aria-label="Fußnote 1"',
        '<h2 id="Page-references">Quellen</h2>',
        '<p lang="en">This page is general information',
        ">Alle Artikel</a>",
    ):
        assert piece in html


def test_a_page_without_labels_of_its_own_says_that_they_are_english(read, make):
    html = shown(read, make, "ar")
    assert '<html lang="ar" dir="rtl">' in html
    for piece in (
        '<a class="skip" href="#Page-content" lang="en">Skip to the content</a>',
        '<li lang="en">By <bdi>A B</bdi></li>',
        '<p class="tag" lang="en">Warning</p>',
        '<h2 id="Page-references" lang="en">References</h2>',
        '<p lang="en">This page is general information',
    ):
        assert piece in html


def test_the_pages_of_a_site_speak_the_language_that_all_articles_share():
    one = Entry("a.html", "Beinkrämpfe", "", (), "de", "")
    assert '<html lang="de">' in index([one], "", "")
    assert "1 Artikel" in index([one], "", "")
    assert '<html lang="en">' in index([one, one._replace(path="b.html", lang="fr")], "", "")
    assert '<html lang="en">' in index([one._replace(lang="ar")], "", "")
    assert "Page not found" in lost("", "/")
    assert "Seite nicht gefunden" in lost("", "/", label=labels("de"))
    assert "<p>Diese Seite ist umgezogen: <a" in moved(one, "a.html", "")
    assert '<p lang="en">This page has moved: <a' in moved(one._replace(lang="he"), "a.html", "")


def test_english_is_the_key():
    assert ENGLISH("Table {}", 3) == "Table 3"
