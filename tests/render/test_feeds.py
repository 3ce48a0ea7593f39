"""Feeds and sitemap: they validate, and say nothing that the pages do not state."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cramplint.render.body import Entry
from cramplint.render.feeds import atom, json_feed
from cramplint.render.sitemap import sitemaps

BASE = "https://calm.example/health"
ENTRIES = (
    Entry("a.html", "A & <b>B</b>", "Why.", ("sleep",), "en", "2026-03-04", "2026-01-02", ("Ann",)),
    Entry("legs/b c.html", "Second", "", (), "en", "", ""),
    Entry("d.html", "Third", "What.", ("x", "y"), "en", "2026-05-06", "2026-05-06"),
)

# JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/, as strict as its words.
AUTHOR = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
    "additionalProperties": False,
    "minProperties": 1,
}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
ADDRESS = {"type": "string", "pattern": "^https?://[!-~]+$"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "patternProperties": {"^_[a-zA-Z]+$": {"type": "object"}},
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "language": {"type": "string"},
        "items": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "additionalProperties": False,
                "properties": {
                    "id": ADDRESS,
                    "url": ADDRESS,
                    "title": {"type": "string", "minLength": 1},
                    "content_text": {"type": "string", "minLength": 1},
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "authors": {"type": "array", "minItems": 1, "items": AUTHOR},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                },
            },
        },
    },
}

SPACE = "{http://www.w3.org/2005/Atom}"
FEED_ONCE, ENTRY_ONCE = {"id", "title", "updated"}, {"id", "title", "updated", "summary"}
KNOWN = FEED_ONCE | ENTRY_ONCE | {"link", "author", "category", "generator", "entry", "published"}


def held(parent: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return parent.findall(SPACE + tag)


def good_atom(data: bytes) -> ElementTree.Element:
    """The feed, held to what RFC 4287 asks for with MUST."""
    feed = ElementTree.fromstring(data)
    assert feed.tag == f"{SPACE}feed"
    assert {e.tag.removeprefix(SPACE) for e in feed.iter()} - {"feed", "name"} <= KNOWN
    for whole, once in ((feed, FEED_ONCE), *((entry, ENTRY_ONCE) for entry in held(feed, "entry"))):
        for tag in once:  # 4.1.1, 4.1.2
            assert len(held(whole, tag)) == 1, tag
        assert (held(whole, "id")[0].text or "").startswith("https://")  # 4.2.6: an absolute IRI
        for person in held(whole, "author"):  # 3.2
            assert len(held(person, "name")) == 1
        for link in held(whole, "link"):  # 4.2.7
            assert link.get("href")
        kinds = [(x.get("rel"), x.get("type"), x.get("hreflang")) for x in held(whole, "link")]
        assert len(set(kinds)) == len(kinds)
        for moment in (*held(whole, "updated"), *held(whole, "published")):  # 3.3
            assert (moment.text or "").endswith("Z")
            datetime.fromisoformat(moment.text or "")
        for topic in held(whole, "category"):  # 4.2.2
            assert topic.get("term")
    assert held(feed, "author")
    for entry in held(feed, "entry"):  # an entry without content leads somewhere
        assert "alternate" in {link.get("rel") for link in held(entry, "link")}
    ids = [held(entry, "id")[0].text for entry in held(feed, "entry")]
    assert len(set(ids)) == len(ids)
    return feed


def test_the_json_feed_is_one_and_shows_the_newest_first() -> None:
    feed = json_feed(ENTRIES, "Calm", BASE)
    jsonschema.validate(feed, JSON_FEED)
    assert [item["title"] for item in feed["items"]] == ["Third", "A & <b>B</b>", "Second"]
    assert feed["items"][1] == {
        "id": f"{BASE}/a.html",
        "url": f"{BASE}/a.html",
        "title": "A & <b>B</b>",
        "content_text": "Why.",
        "date_published": "2026-01-02T00:00:00Z",
        "date_modified": "2026-03-04T00:00:00Z",
        "authors": [{"name": "Ann"}],
        "tags": ["sleep"],
        "language": "en",
    }
    assert feed["items"][2] == {
        "id": f"{BASE}/legs/b%20c.html",
        "url": f"{BASE}/legs/b%20c.html",
        "title": "Second",
        "content_text": "Second",
        "language": "en",
    }


def test_the_atom_feed_is_one_and_leaves_out_what_has_no_date() -> None:
    feed = good_atom(atom(ENTRIES, "Calm", BASE))
    titles = [held(entry, "title")[0].text for entry in held(feed, "entry")]
    assert titles == ["Third", "A & <b>B</b>"]
    assert held(feed, "updated")[0].text == "2026-05-06T00:00:00Z"
    assert [held(x, "name")[0].text for x in held(feed, "author")] == ["Calm"]
    assert atom(ENTRIES[1:2], "Calm", BASE) == b""


def test_a_site_without_a_name_is_called_by_its_host() -> None:
    feed = good_atom(atom(ENTRIES, "", BASE))
    assert held(held(feed, "author")[0], "name")[0].text == "calm.example"


def test_a_feed_reader_reads_the_feed() -> None:
    import feedparser

    feed = feedparser.parse(atom(ENTRIES, "Calm", BASE))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [(e.link, e.get("author")) for e in feed.entries] == [
        (f"{BASE}/d.html", None),
        (f"{BASE}/a.html", "Ann"),
    ]


def test_a_feed_holds_the_newest_hundred() -> None:
    many = [Entry(f"{i}.html", "T", "", (), "en", f"2026-01-{i % 28 + 1:02}") for i in range(150)]
    assert len(json_feed(many, "", BASE)["items"]) == 100
    assert len(held(good_atom(atom(many, "", BASE)), "entry")) == 100


SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(data: bytes) -> list[tuple[str, ...]]:
    """(loc, lastmod, …) of each entry."""
    root = ElementTree.fromstring(data)
    assert root.tag in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex")
    assert {e.tag for e in root} <= {f"{SITEMAP}url", f"{SITEMAP}sitemap"}
    assert {e.tag for one in root for e in one} <= {f"{SITEMAP}loc", f"{SITEMAP}lastmod"}
    return [tuple(e.text or "" for e in one) for one in root]


def test_the_sitemap_lists_the_pages_with_the_dates_that_they_state() -> None:
    made = sitemaps(ENTRIES, BASE, "sitemap.xml")
    assert places(made.pop("sitemap.xml")) == [
        (f"{BASE}/",),
        (f"{BASE}/a.html", "2026-03-04"),
        (f"{BASE}/legs/b%20c.html",),
        (f"{BASE}/d.html", "2026-05-06"),
    ]
    assert made == {}


def test_the_sitemap_is_one_by_the_schema_of_its_protocol(node_modules: Path) -> None:
    import xmlschema

    stated = node_modules / "sitemap" / "schema" / "sitemap.xsd"
    if not stated.is_file():
        pytest.skip("lacks its tool: sitemap")  # installed before it was asked for
    schema = xmlschema.XMLSchema(stated)
    odd = [Entry(f"é ß'\"&<{i}>.html", "T", "", (), "en", "2026-02-28") for i in range(3)]
    for entries in (ENTRIES, odd, ()):
        schema.validate(ElementTree.fromstring(sitemaps(entries, BASE, "s.xml")["s.xml"]))
    wrong = sitemaps([Entry("a.html", "T", "", (), "en", "soon")], BASE, "s.xml")["s.xml"]
    assert not schema.is_valid(ElementTree.fromstring(wrong))


def test_a_site_too_large_for_one_sitemap_has_several() -> None:
    many = [Entry(f"{i}.html", "T", "", (), "en", "", "") for i in range(50_000)]
    made = sitemaps(many, BASE, "sitemap.xml")
    assert places(made["sitemap.xml"]) == [(f"{BASE}/sitemap-1.xml",), (f"{BASE}/sitemap-2.xml",)]
    assert len(places(made["sitemap-1.xml"])) == 50_000
    assert places(made["sitemap-2.xml"]) == [(f"{BASE}/49999.html",)]


@given(st.text(), st.text(), st.lists(st.text(min_size=1), max_size=3))
@settings(max_examples=200)
def test_whatever_the_words_both_feeds_are_good(title: str, name: str, said: list[str]) -> None:
    entry = Entry("a.html", title or "T", title, tuple(said), "en", "2026-01-02", "", tuple(said))
    feed: Any = json_feed([entry], name, BASE)
    jsonschema.validate(json.loads(json.dumps(feed)), JSON_FEED)
    root = good_atom(atom([entry], name, BASE))
    assert {e.tag.removeprefix(SPACE) for e in root.iter()} <= KNOWN | {"feed", "name"}
