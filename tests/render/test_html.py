"""The body of a page: what a reader sees of each kind of block, and what never gets there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from time import process_time
from unittest import mock

import pyromark
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cramplint.meaning import Pair, RedFlags, Related, Zone
from cramplint.model import Span
from cramplint.names import anchors, slugify
from cramplint.parse import parse
from cramplint.render.guard import guard
from cramplint.render.raw import pieces


def span(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def one_line(html):
    return re.sub(r">\n+<", "><", html).strip()


# -- headings


def test_the_title_is_left_to_the_page_and_no_level_is_skipped(make):
    body = make("# Leg cramps\n\n### Causes\n\n###### Rare\n\n# Care\n\n## Now\n\nx\n")
    assert re.findall(r"<(h\d) id=\"(.+?)\">", body.html) == [
        ("h2", "causes"), ("h3", "rare"), ("h2", "care"), ("h3", "now"),
    ]  # fmt: skip
    assert body.title_id == "leg-cramps"
    assert [(p.title, p.level) for p in body.parts] == [
        ("Causes", 2), ("Rare", 3), ("Care", 2), ("Now", 3),
    ]  # fmt: skip


def test_a_heading_that_is_not_the_title_stays(make):
    body = make("---\ntitle: Night cramps\n---\n\n# Something else\n\nText.\n")
    assert '<h2 id="something-else">Something else</h2>' in body.html
    assert body.title_id == ""


def test_an_id_that_the_author_wrote_counts_and_links_to_the_slug_still_work(make):
    body = make("# T\n\n## Warning signs {#signs}\n\n[a](#signs) [b](#warning-signs) [c](#gone)\n")
    assert '<h2 id="signs">' in body.html
    assert body.html.count('href="#signs"') == 2
    assert "c</p>" in body.html


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("When to see a doctor?", "when-to-see-a-doctor"),
        ("Vitamin B12 & you", "vitamin-b12--you"),
        ("Größe — ÉTÉ_2", "größe--été_2"),
        ("दर्द क्यों", "दर्द-क्यों"),
        ("?!", "section"),
    ],
)
def test_slugs_are_those_of_github(heading, slug):
    assert slugify(heading) == slug


def test_equal_headings_get_numbers_that_meet_no_other(make):
    text = "## A\n\n## A\n\n## A-1\n\n## A\n\n## `A` *b*\n"
    found = list(anchors(make_events(text)).values())
    assert found == ["a", "a-1", "a-1-1", "a-2", "a-b"]


def make_events(text):
    from cramplint.model import Source

    return parse(Source("a.md", text, "markdown")).events


@given(st.lists(st.sampled_from(["A", "a", "A 1", "a-1", "A-1-1", "?", "section"]), max_size=12))
def test_ids_are_unique(headings):
    text = "".join(f"## {heading}\n\n" for heading in headings)
    found = list(anchors(make_events(text)).values())
    assert len(set(found)) == len(found) == len(headings)


# -- blocks


def test_lists_keep_their_nesting_start_and_tasks(make):
    html = one_line(make("T\n\n3. three\n4. four\n   - [x] done\n   - [ ] open\n").html)
    assert '<ol start="3"><li>three</li><li>four<ul>' in html
    assert '<li><span role="img" aria-label="Done">☑</span> done</li>' in html
    assert '<li><span role="img" aria-label="To do">☐</span> open</li>' in html


def test_tables_are_regions_with_aligned_cells(make):
    text = "# T\n\n## Doses\n\n| Food | mg |\n|:-----|---:|\n| Oats | 60 |\n| *x* | |\n"
    html = one_line(make(text).html)
    assert '<section class="table" aria-label="Table 1: Doses" tabindex="0"><table><thead>' in html
    assert '<th scope="col" class="left">Food</th><th scope="col" class="right">mg</th>' in html
    assert '<td class="left"><em>x</em></td><td class="right"></td>' in html


def test_footnotes_are_numbered_by_use_and_lead_back(make):
    text = "# T\n\nOne[^b] two[^a] again[^b].\n\n[^a]: First.\n[^b]: Second.\n[^c]: Unused.\n"
    html = one_line(make(text).html)
    assert re.findall(r'<li id="(Fn-\d)"><p>(\w+)', html) == [
        ("Fn-1", "Second"), ("Fn-2", "First"), ("Fn-3", "Unused"),
    ]  # fmt: skip
    assert '<a id="FnRef-1-2" href="#Fn-1" aria-label="Note 1">1</a>' in html
    assert (
        'href="#FnRef-1-2" aria-label="Back to the text of note 1, place 2">2</a></p></li>' in html
    )


def test_footnotes_stand_in_the_section_that_holds_nothing_else(make):
    text = "# T\n\nOne[^a].\n\n## Sources\n\n[^a]: A study.\n\n## More\n\nText.\n"
    html = make(text).html
    assert html.index("Sources</h2>") < html.index("A study") < html.index("More</h2>")


def test_a_footnote_may_name_another(make):
    html = make("# T\n\nOne[^a].\n\n[^a]: See[^b].\n[^b]: End.\n").html
    assert html.index('id="Fn-1"') < html.index("See") < html.index('id="Fn-2"') < html.index("End")


def test_quotes_code_breaks_and_emphasis(make):
    text = "# T\n\n> **a** *b* ~~c~~ `<d>`\n\n```py\nx < 1\n```\n\na\\\nb\n\n---\n\nc\n"
    html = one_line(make(text).html)
    for piece in (
        "<blockquote><p><strong>a</strong> <em>b</em> <del>c</del> <code>&lt;d&gt;</code></p>",
        '<pre><code class="language-py">x &lt; 1\n</code></pre>',
        "<p>a<br>\nb</p>",
        "<hr>",
    ):
        assert piece in html


def test_images_keep_their_text_even_where_they_may_not_be_shown(make):
    html = make('# T\n\n![A *calf*](a.png "t") ![Foot](data:image/png,x) ![Leg](http://h/x)\n').html
    assert '<img src="a.png" alt="A calf" title="t" loading="lazy" decoding="async">' in html
    assert "> Foot <img" in html
    assert "data:" not in html


# -- links


def test_an_image_that_only_counts_readers_is_left_out(make):
    text = (
        "# T\n\n<img src=https://e.org/a.gif width=1 height=1><img src=b.png width=20 height=10>\n"
    )
    html = make(text).html
    assert "a.gif" not in html
    assert '<img src="b.png" alt="" width="20" height="10"' in html


def test_tables_are_numbered_through(make):
    table = "| a |\n|---|\n| b |\n\n"
    html = make(f"# T\n\n{table}Words.\n\n{table}[^1]\n\n[^1]: Note.\n\n{table}").html
    assert re.findall('aria-label="(Table [^"]*)"', html) == ["Table 1", "Table 2", "Table 3"]


def test_links_of_the_web_and_those_that_lead_nowhere(make):
    html = make(
        "# T\n\n[a](https://e.org/?x=1&y=2) [b](gone.md) <me@e.org> [c](tel:+1) [](x)"
        " [d](www.e.org)\n"
    ).html
    assert '<a href="https://e.org/?x=1&amp;y=2" rel="noopener">a</a> b <a href="mailto:me@' in html
    assert '<a href="tel:+1">c</a>  <a href="https://www.e.org" rel="noopener">d</a>' in html


def test_a_title_without_a_link_becomes_one_where_its_page_is_known(make):
    text = "Read More →Sore & tired feet\nRead More →Never published\n"
    title = "Sore & tired feet"
    related = (Related(span(text, title), title), Related(span(text, "Never published"), "Never"))
    html = make(text, "text", {title: "feet.html"}, related=related).html
    assert 'Read More →<a href="feet.html">Sore &amp; tired feet</a>' in html
    assert "Read More →Never published" in html
    assert html.count("<a ") == 1


# -- zones


FAQ = "# T\n\nHi.\n\n## Is it bad?\n\nNo.\n\nRarely.\n\n## When to get help?\n\nNow.\n\nBye.\n"


def test_a_question_and_its_answer_are_one_section(make):
    pairs = (
        Pair(span(FAQ, "## Is it bad?"), span(FAQ, "No.\n\nRarely.")),
        Pair(span(FAQ, "## When to get help?"), span(FAQ, "Now.")),
    )
    body = make(FAQ, pairs=pairs)
    html = one_line(body.html)
    assert (
        '<section class="qa"><h2 id="is-it-bad">Is it bad?</h2><p>No.</p><p>Rarely.</p></section>'
    ) in html
    assert html.endswith("<p>Now.</p></section><p>Bye.</p>")
    assert [(q.question, q.text) for q in body.questions] == [
        ("Is it bad?", "No.\n\nRarely."), ("When to get help?", "Now."),
    ]  # fmt: skip
    assert body.questions[1].html == "<p>Now.</p>\n"


def test_red_flags_are_a_labelled_region_and_their_signs_are_listed(make):
    text = "# T\n\nHi.\n\n## Call now if\n\n- chest *pain*\n- fainting\n\n## Rest\n\nLater.\n"
    section = Span(text.index("## Call"), text.index("## Rest"))
    body = make(text, red_flags=RedFlags("section", True, (section,)))
    html = one_line(body.html)
    assert (
        '<section class="red-flags" aria-labelledby="call-now-if"><p class="tag">Warning signs</p>'
        '<h2 id="call-now-if">Call now if</h2><ul><li>chest <em>pain</em></li>'
        '<li>fainting</li></ul></section><h2 id="rest">'
    ) in html
    (flag,) = body.flags
    assert (flag.title, flag.signs) == ("Call now if", ("chest pain", "fainting"))


def test_red_flags_say_in_words_how_soon(make):
    text = "# T\n\nCall 911 if you have:\n\n- pain\n\n## Book a visit\n\n- cramps\n"
    split = text.index("## Book")
    spans = Span(text.index("Call"), split), Span(split, len(text))
    body = make(
        text,
        red_flags=RedFlags("section", True, spans),
        tier=lambda heading, words: "soon" if heading else "emergency",
    )
    html = one_line(body.html)
    assert (
        '<section class="red-flags emergency" id="Page-flag-1" aria-label="Emergency">'
        '<p class="tag">Emergency</p>'
    ) in html
    assert (
        '<section class="red-flags soon" aria-labelledby="book-a-visit"><p class="tag">Soon</p>'
        in html
    )
    assert [(f.id, f.tier) for f in body.flags] == [
        ("Page-flag-1", "emergency"),
        ("book-a-visit", "soon"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("> [!WARNING]\n> Do not drive.\n", "warning", "Warning"),
        ("> [!tip] Do not drive.\n", "tip", "Tip"),
        ("> [!NOTE]\n>\n> Do not drive.\n", "note", "Note"),
        ("!!! danger\n    Do not drive.\n", "danger", "Danger"),
        ("!!! attention\nDo not drive.\n!!!\n", "important", "Important"),
        ("::: caution\nDo not drive.\n:::\n", "warning", "Warning"),
    ],
)
def test_call_outs_say_what_they_are(make, text, kind, label):
    body = make(f"# T\n\nLead.\n\n{text}\nEnd.\n")
    assert one_line(body.html) == (
        f'<p>Lead.</p><div class="callout {kind}" role="note"><p class="tag">{label}'
        "</p><p>Do not drive.</p></div><p>End.</p>"
    )
    assert body.text == "Lead.\n\nDo not drive.\n\nEnd."


def test_quotes_and_marks_of_no_known_kind_are_no_call_outs(make):
    html = make("# T\n\n> [!x] a\n\n> b\n\n::: reveal\nc\n:::\n\n```\n::: tip\n:::\n```\n").html
    assert "callout" not in html
    assert html.count("<blockquote>") == 2


def test_a_disclaimer_has_a_region_of_its_own(make):
    text = "# T\n\nHi.\n\nNot advice.\n\nAsk a doctor.\n"
    zones = (Zone("disclaimer", span(text, "Not advice.")), Zone("disclaimer", span(text, "Ask a")))
    html = one_line(make(text, zones=zones[:1]).html)
    assert (
        '<section class="disclaimer" aria-label="Disclaimer"><p>Not advice.</p></section>' in html
    )


def test_a_chain_of_related_titles_is_one_region(make):
    text = "Some words, all of them good.\n\nSleep\n\nRead More →\n\nRest\n\nRead More →\n\nEnd.\n"
    zones = (Zone("related", span(text, "Sleep")), Zone("related", span(text, "Rest")))
    html = one_line(make(text, zones=zones).html)
    assert html.count("<section") == 1
    assert '<section class="related" aria-label="More to read"><p>Sleep</p><p>Read More →' in html
    assert "Read More →</p></section><p>End.</p>" in html


def test_wrappers_that_cross_leave_the_page_whole(make):
    pairs = (
        Pair(span(FAQ, "## Is it bad?"), span(FAQ, "No.\n\nRarely.\n\n## When to get help?")),
        Pair(span(FAQ, "## When to get help?"), span(FAQ, "Now.")),
    )
    flags = RedFlags("section", True, (Span(FAQ.index("Rarely."), FAQ.index("Bye.")),))
    html = make(FAQ, pairs=pairs, red_flags=flags).html
    assert html.count("<section") == html.count("</section>")
    for words in ("No.", "Rarely.", "Now.", "Bye."):
        assert html.count(words) == 1


# -- raw HTML


def test_harmless_tags_stay_and_no_attribute_that_acts(make):
    html = make(
        "# T\n\nB<sub>12</sub> <abbr title='a \"b\"' onclick=x>GP</abbr> <kbd style=x>Esc</kbd>"
        ' <a href="https://e.org" target=_top>e</a> <img src=a.png alt=Leg width=20 onerror=x>\n'
    ).html
    assert "B<sub>12</sub>" in html
    assert '<abbr title="a &quot;b&quot;">GP</abbr> <kbd>Esc</kbd>' in html
    assert '<a href="https://e.org" rel="noopener">e</a>' in html
    assert '<img src="a.png" alt="Leg" width="20" loading="lazy" decoding="async">' in html


def test_blocks_of_html_may_hold_markdown_and_are_always_closed(make):
    text = "# T\n\n<details>\n<summary>More</summary>\n\n- *x*\n\n<div>\n\nopen\n\n# Next\n\nend\n"
    html = one_line(make(text).html)
    assert "<details><summary>More</summary><ul><li><em>x</em></li></ul><div><p>open</p>" in html
    assert html.count("<div>") == html.count("</div>") == html.count("</details>") == 1


@pytest.mark.parametrize("section", ["<![x[ a ]]>", "<![if x]>", "<![", "<![ [", "<![1[>"])
def test_sections_of_no_known_kind_stop_nothing(make, section):
    html = make(f"# T\n\n<div>\n{section}\n<b>kept</b>\n</div>\n\nAfter.\n").html
    assert "kept" in html
    assert html.endswith("<p>After.</p>\n")


MARKUP = ["<!--", "-->", "-- >", "<![", "<![CDATA[", "]]>", "<?", "</", "<b ", "<b>", "<", ">", "'"]


@given(
    st.lists(st.sampled_from([*MARKUP, '"', "]", "[", "x", " ", "\n", "&#", "&lt;"]), max_size=12)
)
def test_any_markup_gives_pieces(parts):
    pieces("".join(parts))


@pytest.mark.parametrize(
    "piece", ["<!--", "<!--x>", "<?", "<!x", "<![x[", "<![CDATA[ >", "<b '", "</", "</b "]
)
def test_markup_that_never_ends_is_read_once(piece):
    start = process_time()
    pieces(piece * 40_000)
    assert process_time() - start < 5


def test_blocks_far_inside_each_other_keep_their_text(make):
    start = process_time()
    html = make("# T\n\n" + ">" * 20_000 + " deep\n").html
    assert "deep" in html
    assert html.count("<blockquote>") == html.count("</blockquote>") < 500
    assert process_time() - start < 5


def test_comments_never_reach_the_page(make):
    text = (
        "# T\n\n<!-- cramplint-disable claim/cure -- quoted -->\nText.\n\nOne <!-- two --> three.\n"
        "\n<!-- cramplint-enable claim/cure -->\n"
    )
    body = make(text)
    assert "cramplint" not in body.html + body.text
    assert "<!--" not in body.html
    plain = make("A title here\n\n<!-- cramplint-disable x -- y -->\n\nSome words.\n", "text")
    assert "cramplint" not in plain.html + plain.text
    assert "Some words." in plain.html


def test_a_word_in_angle_brackets_is_a_word(make):
    assert "take &lt;dose&gt; mg" in make("# T\n\ntake <dose> mg <font>x</font>\n").html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "a <script>alert(1)</script> b",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' &#1;javascript:alert(1)'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](<\u2028javascript:alert(1)>)",
        "[x](\u00a0javascript:alert(1))",
        "[x](&#x6a;avascript:alert(1))",
        "[x](vbscript:x) [y](data:text/html,x) [z](file:///etc/passwd)",
        "![x](javascript:alert(1))",
        '![" onerror="alert(1)](x.png)',
        '[x](https://e.org/"onmouseover="alert(1))',
        '[x](https://e.org "\\"onmouseover=\\"alert(1)")',
        '```" onmouseover="alert(1)\nx\n```',
        '# "><script>alert(1)</script>',
        "<form action=x><input autofocus onfocus=alert(1)></form>",
        "<base href=//evil><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
        "<div style='background:url(javascript:alert(1))'>x</div>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p id='Fn-1' onclick=alert(1)>x</p>",
        "<object data=x></object><embed src=x>",
    ],
)
def test_nothing_active_survives(make, attack):
    body = make(f"# T\n\n{attack}\n\nend\n")
    for html in (body.html, *(part.html for part in body.parts)):
        assert active(html) == []
    assert "end" in body.html


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def active(html):
    """Whatever could act in `html`: tags, attributes and addresses that no page of ours has."""
    parser = _Tags()
    parser.feed(html)
    bad = []
    for tag, attrs in parser.found:
        if tag in {"script", "style", "iframe", "object", "embed", "form", "input", "svg", "math"}:
            bad.append(tag)
        if tag in {"base", "link", "meta", "noscript", "template"}:
            bad.append(tag)
        for name, value in attrs.items():
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            scheme = re.match(r"[^/?#]*:", address) if name in ("href", "src") else None
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "target"):
                bad.append(f"{tag} {name}")
            elif scheme and scheme[0] not in ("http:", "https:", "mailto:", "tel:"):
                bad.append(f"{tag} {value}")
    return bad


# -- laws


HOSTILE = st.sampled_from(
    [
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
        "javascript:",
        "<!--",
        "-->",
        "&lt;",
        "&",
        '"',
    ]
)
LINES = st.lists(
    st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=20)), max_size=12
).map(" ".join)


@given(LINES)
@example("Read More →\n<!-- cramplint-disable -->\n-\n<b>x")
def test_any_plain_text_comes_out_as_text(make, text):
    html = make(text, "text").html
    parser = _Tags()
    parser.feed(html)
    assert {tag for tag, _ in parser.found} <= {
        "p", "br", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "section",
    }  # fmt: skip
    assert active(html) == []


PIECES = st.lists(
    st.sampled_from(
        [
            *("# a\n", "### b\n\n", "- x\n", "  - y\n", "1. z\n", "> q\n", "\n", "*em* [l](u)\n"),
            *("| a | b |\n|---|---|\n| c | d |\n\n", "```\ncode\n```\n", "x[^1]\n\n[^1]: n\n\n"),
            *("<div>\n\n", "</div>\n\n", "<b>", "</b>\n", "<details>\n<summary>s</summary>\n\n"),
            *("<p>", "<script>\n", "<td>x</p>\n\n", "<a href=u>", "<!-- c -->", "</section>\n\n"),
            *("![i](u)\n", "---\n", "<ul>\n<li>\n\n", "<table>\n\n", "<i id=a>", "<h2 id=a>\n\n"),
        ]
    ),
    max_size=14,
).map("".join)


@given(PIECES)
def test_what_is_written_is_well_formed_before_the_guard_sees_it(make, text):
    with mock.patch("cramplint.render.parts.guard", lambda html: html):
        html = make(f"Some words.\n\n{text}").html
    opened = []
    for closing, tag in re.findall(r"<(/?)(\w+)", html):
        if closing:
            assert opened.pop() == tag
        elif tag not in ("br", "hr", "img", "wbr"):
            opened.append(tag)
    assert opened == []
    assert active(guard(html)) == []
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(set(ids)) == len(ids)


@given(PIECES)
@example("<ul>\n<li>\n\n<table>\n\n<b><ul>\n<li>\n\n")  # moved by the guard, and then once more
def test_every_piece_of_a_page_is_as_clean_as_the_whole(make, text):
    body = make(f"Some words.\n\n{text}")
    pieces = [piece for part in body.parts for piece in part.pieces]
    items = [item for piece in pieces for item in piece.items]
    for one in (body, *body.parts, *pieces, *items):
        assert guard(one.html) == one.html
        assert active(one.html) == []


@given(PIECES)
def test_what_the_page_shows_is_in_its_pieces(make, text):
    body = make(f"Some words.\n\n{text}")
    for part in body.parts:
        assert words(part.html) == words("".join(piece.html for piece in part.pieces))


def words(html):
    return re.sub(r"<[^>]*>|\s+", "", html)


def test_the_guard_finds_nothing_to_do_in_a_plain_article(make):
    text = (
        "# T\n\nA\u00a0*b* “c” <d> & 'e' \"f\".\n\n| a | b |\n|--|:-:|\n| c | d |\n\n"
        '![A "b" & <c>](d.png \'e "f"\') [g](h?i=1&j "k \'l\'")[^1]\n\n```x&y\n< \u00a0\n```\n\n'
        "1. m\n2. n\n\n   o\n\n> [!TIP]\n> p\n\n[^1]: q\n"
    )
    with mock.patch("cramplint.render.parts.guard", lambda html: html):
        html = make(text).html
    assert guard(html) == html


@pytest.mark.parametrize(
    "text",
    [
        "A *b* **c** ***d*** `e` \\* &amp; &copy; d\n\nnew\nline\n",
        "- a\n- b\n\n  c\n- d\n\n1. x\n   1. y\n2. z\n",
        "> a\n> > b\n>\n> - c\n",
        "    code\n\n~~~\nmore\n~~~\n\n***\n",
        "[a](b 'c') [d]: e ![f](g)\n\n[d]: /h\n\n<http://i.j/?k=l&m>\n",
        "a  \nb\\\nc\n",
        "| a | b |\n|---|:-:|\n| `c` | d |\n",
        "| a |\n|---|\n| b \\| c |\n| *d* | too much |\n\nend\n",
        "~~gone *all*~~ and ~one~, not ~~ this ~~\n",
    ],
)
def test_structure_is_that_of_the_reference_renderer(make, text):
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
    options |= pyromark.Options.ENABLE_STRIKETHROUGH
    first = "Some words before, which are a sentence and no title.\n\n"
    ours, theirs = make(first + text).html, pyromark.html(first + text, options=options)
    assert skeleton(ours) == skeleton(theirs)


def skeleton(html):
    """The tags and words, without what each renderer adds to them."""
    html = re.sub(r"</?(?:section|tbody)[^>]*>", "", html)
    html = re.sub(r'<(\w+)[^>]*?( (?:href|src)="[^"]*")?[^>]*>', r"<\1\2>", html)
    return re.sub(
        r"\s+", " ", re.sub(r"\s*(</?(?:p|ul|ol|li|t\w+|h\w+|pre|blockquote)>)\s*", r"\1", html)
    )


def test_lists_far_inside_each_other_make_no_square_of_blanks(make):
    deep = make("- " * 2_000 + "x\n")
    assert sum(len(part.text) for part in deep.parts) < 200_000


# -- abbreviations


def test_an_abbreviation_says_what_it_means_once_a_section(make):
    text = (
        "# T\n\nSee a GP. A GP helps; `GP` is code, GPS is none.\n\n## GP *or* A&E\n\n- A&E, or GP\n\n"
        '*[GP]: general "practitioner" <b>\n*[A&E]: accident & emergency\n\n```\nGP\n*[X]: y\nX\n```\n'
    )
    body = make(text)
    html = one_line(body.html)
    gp = '<abbr title="general &quot;practitioner&quot; &lt;b&gt;">GP</abbr>'
    assert f"<p>See a {gp}. A GP helps; <code>GP</code> is code, GPS is none.</p>" in html
    assert 'id="gp-or-ae">GP <em>or</em> A&amp;E</h2>' in html
    assert f'<li><abbr title="accident &amp; emergency">A&amp;E</abbr>, or {gp}</li>' in html
    assert "<pre><code>GP\n*[X]: y\nX\n</code></pre>" in body.html
    assert "practitioner" not in body.text
    assert gp in body.parts[0].pieces[0].html


def test_an_abbreviation_that_the_author_explains_in_html_is_explained_once(make):
    html = make("# T\n\n*[GP]: doctor\n\n<abbr title=x>GP</abbr> and GP\n").html
    assert html == '<p><abbr title="x">GP</abbr> and <abbr title="doctor">GP</abbr></p>\n'


def test_emphasis_is_no_abbreviation(make):
    assert "<em>" in make("# T\n\nText.\n\n*[see]: below*\n").html


def test_abbreviations_make_no_page_of_any_size(make):
    words = "".join(f"*[A{n}]: {'x' * 190}\n" for n in range(300)) + "A1 A2 A3 " * 2_000
    html = make(f"# T\n\n{words}\n").html
    assert len(html) < 4 * len(words)
    assert "abbr" not in make(f"# T\n\n*[A]: {'x' * 300}\n\nA\n").html
    start = process_time()
    make("# T\n\n" + "".join(f"*[{'a' * 30}{n}]: x\n" for n in range(300)) + "aaa " * 50_000)
    assert process_time() - start < 5


@pytest.mark.parametrize("inside", [True, False])
def test_a_call_out_around_or_in_red_flags_is_no_second_box(make, inside):
    text = (
        "# T\n\nLead.\n\n::: danger\n## Call 999\n\n- pain\n\nAnd this.\n:::\n\n## Rest\n\nLater.\n"
    )
    end = text.index("And this") if inside else text.index("## Rest")
    body = make(text, red_flags=RedFlags("section", True, (Span(text.index("## Call"), end),)))
    assert body.html.count('<section class="red-flags"') == 1
    assert "callout" not in body.html
    assert "<p>And this.</p>" in body.html
