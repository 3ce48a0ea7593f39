"""What a published page leaves out of what its article says, and what stays of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.model import Event, Source
from cramplint.parse import parse
from cramplint.render.body import Links
from cramplint.render.tidying import places, tidied, ways
from cramplint.render.urls import Shown, safe

LINKS = Links(lambda target: None if target.startswith("gone") else safe(target), {}.get)


def events(text: str) -> tuple[Event, ...]:
    return parse(Source("a.md", text, "markdown")).events


def body(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## \n\nWords.\n", "<p>Words.</p>"),
        ("## [](x)\n\nWords.\n", "<p>Words.</p>"),
        ('## <a id="here"></a>\n\n[Up](#here)\n', '<p><span id="here"></span></p><p><a href="#here">Up</a></p>'),
        ("## <script>x</script>\n\nWords.\n", "<p></p><p>Words.</p>"),
        ("## <b> </b>\n\nWords.\n", "<p><b> </b></p><p>Words.</p>"),
        ('## <img src="a.png" alt="Feet">\n', '<h2 id="section"><img src="a.png" alt="Feet" loading="lazy" decoding="async"></h2>'),
        ("- [](x)\n- Words.\n", "<ul><li></li><li>Words.</li></ul>"),
        ("> [](x)\n", "<blockquote></blockquote>"),
        ("[ ](x)Words.\n", "<p> Words.</p>"),
        ("[![](a.png)](x)\n", '<p><img src="a.png" alt="" loading="lazy" decoding="async"></p>'),
        ("[![Feet](a.png)](x)\n", '<p><a href="x"><img src="a.png" alt="Feet" loading="lazy" decoding="async"></a></p>'),
        ('Words <a href="x"></a><a href="y"> <b></b>&nbsp;</a>.\n', "<p>Words  <b></b>&nbsp;.</p>"),
        ('<a href="x"><img src="a.png" alt="Feet"></a>\n', '<p><a href="x"><img src="a.png" alt="Feet" loading="lazy" decoding="async"></a></p>'),
        ("[a](#gone) [b](gone.md) [c](irc://x) [d](#) [e](#top)\n", '<p>a b c <a href="#">d</a> <a href="#top">e</a></p>'),
    ],
)  # fmt: skip
def test_what_says_nothing_or_leads_nowhere_is_left_out(make, text, html):
    assert body(make(f"---\ntitle: T\n---\n\n{text}").html) == html


def test_a_heading_without_words_is_no_section_either(make):
    made = make("---\ntitle: T\n---\n\n## One\n\na\n\n## \n\nb\n\n[to it](#section)\n")
    assert [(part.id, part.text) for part in made.parts] == [("one", "a\n\nb\n\nto it")]
    assert "<a " not in made.html


def test_a_place_is_found_by_heading_or_by_raw_html_in_any_case():
    named = events('## Signs\n\n<a name="Old"></a>\n\nx <i id="Inner">y</i>\n')
    known = places(named, {"signs": "signs", "warning": "signs"})
    assert known == {"signs": "signs", "warning": "signs", "old": "Old", "inner": "Inner"}
    led = ways(LINKS, known)
    found = {name: led.href(f"#{name}") for name in ("WARNING", "OLD", "%49nner", "", "top", "x")}
    assert found == {
        "WARNING": "#signs", "OLD": "#Old", "%49nner": "#Inner", "": "#", "top": "#top", "x": None,
    }  # fmt: skip


def test_an_image_is_shown_where_its_file_is_there_or_its_size_is_not_ours_to_know():
    sizes = {"a.png": (4, 3), "unknown.png": (0, 0)}
    led = ways(LINKS._replace(size=sizes.get), {})
    assert led.image("a.png") == Shown("a.png", (4, 3))
    assert led.image("unknown.png") == Shown("unknown.png", (0, 0))
    assert led.image("https://e.org/a.png") == Shown("https://e.org/a.png", (0, 0))
    assert [led.image(src) for src in ("", "b.png", "data:image/png;base64,x", "mailto:a@b.c")] == [
        None
    ] * 4


@given(
    st.lists(
        st.sampled_from(
            ["# ", "## x\n", "[](a)", "[x](a)", "![](a)", "\n\n", "- ", "> ", "<b>", "word "]
        )
    )
)
def test_tidying_twice_is_tidying_once_and_elements_still_pair(pieces):
    once = tidied(events("".join(pieces)))
    assert tidied(once) == once
    opened: list[str] = []
    for event in once:
        if event.kind == "start":
            opened.append(event.tag)
        elif event.kind == "end":
            assert opened.pop() == event.tag
    assert not opened


@given(st.text("# x[]()!\n-<b>", max_size=40))
def test_tidying_takes_no_word_away(text):
    def words(found: tuple[Event, ...]) -> list[str]:
        return [
            event.text for event in found if event.kind in ("text", "code", "inline_html", "html")
        ]

    found = events(text)
    assert words(tidied(found)) == words(found)
