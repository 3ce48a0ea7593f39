"""All examples of the CommonMark specification: what is written of them is what it says, and a
published page is that without what its readers would trip over; raw HTML comes out harmless."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from cramplint.model import CrampError
from cramplint.render.abbreviations import Abbreviations
from cramplint.render.body import Links
from cramplint.render.html import render
from cramplint.render.labels import ENGLISH
from cramplint.render.urls import PLAIN, safe
from cramplint.render.write import Writer

EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
# What a published page leaves out, by what the example holds, since numbers change; and why.
TIDIED = {
    "## \n#\n### ###\n": (
        "",
        "a heading without words is a trap for who jumps from one to the next",
    ),
    "[](./target.md)\n": ("", "a link without words has no name"),
    "[]()\n": ("", "a link without words has no name"),
    "[link](#fragment)\n\n[link](https://example.com#fragment)\n\n[link](https://example.com?foo=3#frag)\n": (
        (
            '<p>link</p>\n<p><a href="https://example.com#fragment" rel="noopener">link</a></p>\n'
            '<p><a href="https://example.com?foo=3#frag" rel="noopener">link</a></p>\n'
        ),
        "no such place on the page: no dead link is written",
    ),
    "<irc://foo.bar:2233/baz>\n": (
        "<p>irc://foo.bar:2233/baz</p>\n",
        "a scheme that no browser opens by itself",
    ),
    "<a+b+c:d>\n": ("<p>a+b+c:d</p>\n", "a scheme that no browser opens by itself"),
    "<made-up-scheme://foo,bar>\n": (
        "<p>made-up-scheme://foo,bar</p>\n",
        "a scheme that no browser opens by itself",
    ),
    "<localhost:5001/foo>\n": (
        "<p>localhost:5001/foo</p>\n",
        "a scheme that no browser opens by itself",
    ),
}
BLOCKS = frozenset(
    ["p", "h", *(f"h{n}" for n in range(1, 7)), "ul", "ol", "li", "blockquote", "pre", "hr", "br"]
)
KEPT = frozenset({"href", "src", "alt", "title", "start"})


class _Steps(HTMLParser):
    """Tags with the attributes that say something, and words; regions that only wrap are left out.
    `level`: False where headings of all levels are alike."""

    def __init__(self, level):
        super().__init__()
        self.found = []
        self.level = level

    def name(self, tag):
        return tag if self.level else re.sub("^h[1-6]$", "h", tag)

    def handle_starttag(self, tag, attrs):
        if tag not in ("section", "html"):
            kept = {k: v for k, v in attrs if k in KEPT or (tag, k) == ("code", "class")}
            self.found.append((self.name(tag), tuple(sorted(kept.items()))))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag != "section":
            self.found.append(("/" + self.name(tag), ()))

    def handle_data(self, data):
        if self.found and self.found[-1][0] == "":
            data = self.found.pop()[1] + data
        self.found.append(("", data))


def steps(html, level=False):
    parser = _Steps(level)
    parser.feed(html)
    parser.close()
    inside, out = False, []
    around = [("p", ()), *parser.found, ("p", ())]
    for before, (tag, said), after in zip(around, around[1:], around[2:], strict=False):
        inside = tag == "pre" or (inside and tag != "/pre")
        if tag == "" and not inside:
            said = re.sub(r"[ \n]+", " ", said)
            said = said.lstrip() if before[0].strip("/") in BLOCKS else said
            said = said.rstrip() if after[0].strip("/") in BLOCKS else said
        if tag or said:
            out.append((tag, said))
    return out


def written(article):
    """What is written of an article by the words of the specification alone."""
    writer = Writer(article.events, PLAIN, Abbreviations({}), ENGLISH)
    return writer.write(0, len(article.events))


@pytest.fixture(scope="module")
def examples(node_modules, read):
    """(text, what the specification makes of it, what we read in it, whether it holds raw HTML).
    The title is the page's, so that the first heading of an example stays in the body."""
    spec = node_modules / "commonmark-spec" / "spec.txt"
    if not spec.is_file():
        pytest.skip("lacks its tool: commonmark-spec")  # installed before it was asked for
    found = []
    for text, expected in EXAMPLE.findall(spec.read_text("utf-8").replace("→", "\t")):
        reading = read(f"---\ntitle: zzz\n---\n\n{text}")
        raw = any(event.kind in ("html", "inline_html") for event in reading.article.events)
        found.append((text, expected, reading, raw))
    assert len(found) > 640
    return found


def published(reading):
    return render(reading, Links(safe, {}.get)).html


def test_markdown_is_written_as_the_specification_says(examples):
    plain = [one for one in examples if not one[3]]
    assert len(plain) == 580
    for text, said, reading, _ in plain:
        assert steps(written(reading.article), level=True) == steps(said, level=True), text


def test_a_published_page_is_that_without_what_readers_would_trip_over(examples):
    made = {text: (said, published(reading)) for text, said, reading, raw in examples if not raw}
    assert {text: html for text, (said, html) in made.items() if steps(html) != steps(said)} == {
        text: html for text, (html, _) in TIDIED.items()
    }


def test_only_what_begins_like_front_matter_is_taken_for_it(examples, read):
    refused, empty = [], []
    for text, said, _, _ in examples:
        if text.startswith("---"):
            try:
                made = render(read(text), Links(safe, {}.get)).html
            except CrampError:
                refused.append(text)
                continue
            if steps(made) != steps(said):
                empty.append(text)
    assert refused == ["---\nFoo\n---\nBar\n---\nBaz\n"]
    assert empty == ["---\n---\n"]


def test_raw_html_comes_out_harmless(examples):
    raw = [(text, reading) for text, _, reading, has in examples if has]
    assert len(raw) > 60
    for text, made in [
        (t, html) for t, one in raw for html in (published(one), written(one.article))
    ]:
        for tag, attrs in re.findall(r"<(\w+)([^>]*)>", made):
            assert tag not in ("script", "style", "textarea", "iframe", "form"), text
            assert not re.search(r"\s(?:on\w+|style|data-\w+)\s*=", attrs), text
        assert "<!" not in made, text
        assert "<?" not in made, text
