"""All examples of the CommonMark specification: ours comes out as it says, raw HTML harmless."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from cramplint.render.body import Links
from cramplint.render.html import render
from cramplint.render.urls import safe

EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
# By what they hold, since numbers change: where we know better, and why.
KNOWN = {
    "Foo\n***\nbar\n": "a line alone is a heading that lost its mark",
    "Foo\n= =\n\nFoo\n--- -\n": "a line alone is a heading that lost its mark",
    "Foo\n- bar\n- baz\n": "a line alone is a heading that lost its mark",
    "## \n#\n### ###\n": "a heading without words is none",
    "[foo]: <>\n\n[foo]\n": "a link without a target is none",
    "[](./target.md)\n": "a link without words is none",
    "[link]()\n": "a link without a target is none",
    "[link](<>)\n": "a link without a target is none",
    "[]()\n": "a link without a target is none",
    "[foo]()\n\n[foo]: /url1\n": "a link without a target is none",
    "[link](#fragment)\n\n[link](https://example.com#fragment)\n\n[link](https://example.com?foo=3#frag)\n": "no such fragment",
    "-\n  foo\n-\n  ```\n  bar\n  ```\n-\n      baz\n": "bullets alone on their lines are put back",
    "[link](foo\\)\\:)\n": "what stands before a colon may be taken for a scheme",
    "<irc://foo.bar:2233/baz>\n": "a scheme that pages do not link to",
    "<a+b+c:d>\n": "a scheme that pages do not link to",
    "<made-up-scheme://foo,bar>\n": "a scheme that pages do not link to",
    "<localhost:5001/foo>\n": "a scheme that pages do not link to",
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
    """(text, what the specification makes of it, what we make of it, whether it holds raw HTML)"""
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
    wrong = {
        text: (expected, made)
        for text, expected, made, raw in examples
        if not raw and steps(made) != steps(expected) and text not in KNOWN
    }
    assert wrong == {}


def test_what_we_know_better_is_still_in_the_specification(examples):
    differ = {text for text, said, made, raw in examples if not raw and steps(made) != steps(said)}
    assert set(KNOWN) == differ


def test_raw_html_comes_out_harmless(examples):
    raw = [(text, made) for text, _, made, has in examples if has]
    assert len(raw) > 60
    for text, made in raw:
        for tag, attrs in re.findall(r"<(\w+)([^>]*)>", made):
            assert tag not in ("script", "style", "textarea", "iframe", "form"), text
            assert not re.search(r"\s(?:on\w+|style|data-\w+)\s*=", attrs), text
        assert "<!" not in made, text
        assert "<?" not in made, text
