"""Addresses: which ones a page may hold, and the way between pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.render.urls import IMAGES, LINKS, PLAIN, Shown, between, coded, external, safe


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://e.org/a?b=c&d#e", "https://e.org/a?b=c&d#e"),
        ("HTTPS://E.org", "HTTPS://E.org"),
        (" mailto:a@e.org ", "mailto:a@e.org"),
        ("../b c.pdf", "../b%20c.pdf"),
        ("/é?ü=%41%zz", "/%C3%A9?%C3%BC=%41%25zz"),
        ("//e.org/x", "https://e.org/x"),
        ("\\\\e.org/x", "https://e.org/x"),
        ("www.e.org", "https://www.e.org"),
        ("me@e.org", "mailto:me@e.org"),
        ("#a", "#a"),
        ("?q=a:b", "?q=a:b"),
        ("a/b:c", "a/b:c"),
        ("foo):", "foo):"),
    ],
)
def test_what_may_be_followed(written, url):
    assert safe(written) == url


@pytest.mark.parametrize(
    "written",
    [
        *("javascript:x", "JavaScript:x", " javascript:x", "\x01javascript:x", "java\nscript:x"),
        *("\u200bjavascript:x", "\u00a0javascript:x", "\u2028javascript:x", "data:text/html,x"),
        *("{{ base }}/x", "https://e.org/{% url %}", "<%= x %>", "${base}/x"),
        *("vbscript:x", "file:///x", "blob:x", "c:\\x", "a\x00b", "a\u202eb"),
        *("java script:x", "(javascript:x", "1javascript:x", "java%73cript:x", "%0ajavascript:x"),
        *("a b:c", "1:2", ":x", "javascript):x", "data!:x", "é:x", "\\:x"),
        *("ｊjavascript:x", ":javascript:x", "%64ata:x", "1:javascript:x", "%66ile:x"),
    ],
)
def test_what_may_not(written):
    assert safe(written) is None


def test_an_image_is_fetched_by_http_or_relative():
    assert safe("mailto:a@e.org", IMAGES) is None
    assert safe("a.png", IMAGES) == "a.png"


@pytest.mark.parametrize(
    "written",
    ["javascript:x", "VBScript:x", "file:///x", "data:text/html,x", "data:image/svg+xml,x"],
)
def test_what_runs_is_written_of_no_text(written):
    assert coded(written) is None
    assert PLAIN.image(written) is None


def test_any_other_scheme_is_for_a_page_to_judge():
    assert coded("irc://a/é b") == "irc://a/%C3%A9%20b"
    assert coded("\tjavascript:x") == "%09javascript:x"  # a path, for a browser too
    assert PLAIN.image("data:image/png;base64,x") == Shown("data:image/png;base64,x")


@given(st.text(max_size=30))
def test_a_url_is_plain_ascii_with_a_scheme_that_is_allowed(written):
    url = safe(written)
    if url is not None:
        assert url.isascii()
        assert not set(url) & set(' "<>`{}|\\^\t\n\r\x00')
        assert urlsplit(url).scheme in {"", *LINKS}


def test_the_way_between_pages_is_relative_and_quoted():
    assert between("a.html", "b.html") == "b.html"
    assert between("a/b.html", "a/c d.html") == "c%20d.html"
    assert between("a/b/c.html", "x/y:z.html") == "../../x/y%3Az.html"
    assert external("HTTP://e.org")
    assert not external("httpd.html")
