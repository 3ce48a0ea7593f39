"""All examples of the CommonMark specification: ours comes out as it says, raw HTML harmless."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from cramplint.model import CrampError
from cramplint.render.body import Links
from cramplint.render.html import render
from cramplint.render.urls import safe

EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
# By what they hold, since numbers change: what we make of them, and why. DECISIONS.md says more.
KNOWN = {
    "## \n#\n### ###\n": (
        "",
        "a heading without words is a trap for who jumps from one to the next",
    ),
    "[](./target.md)\n": ("<p></p>\n", "a link without words has no name"),
    "[]()\n": ("<p></p>\n", "a link without words has no name"),
    "[link](#fragment)\n\n[link](https://example.com#fragment)\n\n[link](https://example.com?foo=3#frag)\n": (
        (
            '<p>link</p>\n<p><a href="https://example.com#fragment" rel="noopener">link</a></p>\n'
            '<p><a href="https://example.com?foo=3#frag" rel="noopener">link</a></p>\n'
        ),
        "no such place on the page: no dead link is written",
    ),
    "<irc://foo.bar:2233/baz>\n": (
        "<p>irc://foo.bar:2233/baz</p>\n",
        "a scheme that pages do not link to",
    ),
    "<a+b+c:d>\n": ("<p>a+b+c:d</p>\n", "a scheme that pages do not link to"),
    "<made-up-scheme://foo,bar>\n": (
        "<p>made-up-scheme://foo,bar</p>\n",
        "a scheme that pages do not link to",
    ),
    "<localhost:5001/foo>\n": (
        "<p>localhost:5001/foo</p>\n",
        "a scheme that pages do not link to",
    ),
}
BLOCKS = frozenset(["p", "h", "ul", "ol", "li", "blockquote", "pre", "hr", "br"])
KEPT = frozenset({"href", "src", "alt", "title", "start"})


class _Steps(HTMLParser):
    """Tags with the attributes that say something, and words; headings of all levels are alike, and
    regions that only wrap are left out."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("section", "html"):
            kept = {k: v for k, v in attrs if k in KEPT or (tag, k) == ("code", "class")}
            self.found.append((re.sub("^h[1-6]$", "h", tag), tuple(sorted(kept.items()))))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag != "section":
            self.found.append(("/" + re.sub("^h[1-6]$", "h", tag), ()))

    def handle_data(self, data):
        if self.found and self.found[-1][0] == "":
            data = self.found.pop()[1] + data
        self.found.append(("", data))


def steps(html):
    parser = _Steps()
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


@pytest.fixture(scope="module")
def examples(node_modules, read):
    """(text, what the specification makes of it, what we make of it, whether it holds raw HTML).
    The title is the page's, so that the first heading of an example stays in the body."""
    spec = node_modules / "commonmark-spec" / "spec.txt"
    if not spec.is_file():
        pytest.skip("lacks its tool: commonmark-spec")  # installed before it was asked for
    found = []
    for text, expected in EXAMPLE.findall(spec.read_text("utf-8").replace("→", "\t")):
        reading = read(f"---\ntitle: zzz\n---\n\n{text}")
        raw = any(event.kind in ("html", "inline_html") for event in reading.article.events)
        found.append((text, expected, render(reading, Links(safe, {}.get)).html, raw))
    assert len(found) > 640
    return found


def test_markdown_comes_out_as_the_specification_says(examples):
    plain = [one for one in examples if not one[3]]
    assert len(plain) == 580
    assert {t: made for t, said, made, _ in plain if steps(made) != steps(said)} == {
        text: made for text, (made, _) in KNOWN.items()
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
    raw = [(text, made) for text, _, made, has in examples if has]
    assert len(raw) > 60
    for text, made in raw:
        for tag, attrs in re.findall(r"<(\w+)([^>]*)>", made):
            assert tag not in ("script", "style", "textarea", "iframe", "form"), text
            assert not re.search(r"\s(?:on\w+|style|data-\w+)\s*=", attrs), text
        assert "<!" not in made, text
        assert "<?" not in made, text
