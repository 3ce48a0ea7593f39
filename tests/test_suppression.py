"""Suppressions: what they say, and how one that has nothing to silence is taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.check import VOCABULARY, Selection, check
from cramplint.fix import fix
from cramplint.model import Finding, Settings, Source, Span, Suppression, Waiver
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.rules import load
from cramplint.site import Site
from cramplint.suppression import ended, suppress, suppressions, waived
from cramplint.understand import understand

RULES = load(VOCABULARY)
UNUSED = "<!-- cramplint-disable-{} links/internal-anchor -- the template makes it -->"


def found(source: Source, selection: Selection):
    article = parse(source)
    site = Site.of([page_of(article)], Settings(), RULES.data)
    return check(understand(article, RULES.data), RULES, site, selection).findings


def mended(text: str, *select: str) -> str:
    selection = Selection(select or ("links/*", "suppression/*"))
    done = fix(Source("a.md", text, "markdown"), lambda source: found(source, selection))
    return done.source.text


LINE, NEXT = UNUSED.format("line"), UNUSED.format("next-line")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{NEXT}\nCalm.\n", "Calm.\n"),
        (f"{NEXT}\n\nCalm.\n", "Calm.\n"),
        (f"One.\n\n{NEXT}\nTwo.\n", "One.\n\nTwo.\n"),
        (f"One.\n\n{NEXT}\n\nTwo.\n", "One.\n\nTwo.\n"),
        (f"One.\n{NEXT}\n\nTwo.\n", "One.\n\nTwo.\n"),
        (f"One.\n{NEXT}\nTwo.\n", "One.\n\nTwo.\n"),
        (f"One. {LINE}\nTwo.\n", "One.\nTwo.\n"),
        (f"One {LINE} two.\n", "One  two.\n"),
        (f"One.\n\n{NEXT}", "One.\n\n"),
        (f"See [it](#x). {LINE}\n", f"See [it](#x). {LINE}\n"),
    ],
)
def test_a_comment_that_silences_nothing_is_taken_out(before, after):
    assert mended(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "<!-- cramplint-disable links/* -- why -->\nCalm.\n\n<!-- cramplint-enable links/* -->\n",
        "---\ntitle: A\ncramplint:\n  ignore:\n    links/internal-anchor: why\n---\nCalm.\n",
        "<!-- cramplint-disable-file readability/grade -- why -->\n\nCalm.\n",  # textstat may lack
        "`<!-- cramplint-disable-file links/* -- why -->`\n",
    ],
)
def test_what_more_hangs_on_is_left_to_a_person(text):
    assert mended(text, "links/*", "suppression/*", "readability/*") == text


PIECES = ("Calm.", "- one\n- two", "> said", "# Head", "```\ncode\n```", NEXT, LINE, f"- {LINE}")


@given(st.lists(st.sampled_from(PIECES), max_size=7), st.sampled_from(["\n", "\n\n"]))
def test_taking_out_keeps_words_and_blocks(pieces, between):
    text = between.join(pieces) + "\n"
    before, after = (parse(Source("a.md", t, "markdown")) for t in (text, mended(text)))
    assert len(suppressions(after)) == pieces.count(f"- {LINE}")
    assert after.prose.split() == before.prose.split()
    kinds = [[b.kind for b in one.blocks if one.words(b.span)] for one in (before, after)]
    assert kinds[0] == kinds[1]


def said(text: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    """(comment, what it covers, rules, reason) of each."""

    def words(span: Span) -> str:
        return text[span.start :][: span.end - span.start]

    found = suppressions(parse(Source("a.md", text, "markdown")))
    return [(words(one.mark), words(one.span), one.rules, one.reason) for one in found]


A, B = "<!-- cramplint-disable a/b -- Why not. -->", "<!-- cramplint-disable c/d -->"
BOTH = "<!-- cramplint-disable a/b c/d -- Why not. -->"
ON, OFF_A = "<!-- cramplint-enable -->", "<!-- cramplint-enable a/b -->"
THIS, BELOW = "<!-- cramplint-disable-line a, c -->", "<!-- cramplint-disable-next-line a -- x -->"
ALL = "<!-- cramplint-disable-file a -->"
CODE = f"Say `{A}` so.\n\n    {B}\n\n```\n{BELOW}\n```\n\n"


@pytest.mark.parametrize(
    ("text", "those"),
    [
        (f"One.\n\n{A}\n\nTwo.\n", [(A, "\n\nTwo.\n", ("a/b",), "Why not.")]),
        (
            f"{A}\nOne.\n{B}\nTwo.\n{ON}\nThree.\n",
            [
                (A, f"\nOne.\n{B}\nTwo.\n", ("a/b",), "Why not."),
                (B, "\nTwo.\n", ("c/d",), ""),
            ],
        ),
        (
            # In the order of their places, whatever their names.
            f"{B}\nOne.\n{A}\nTwo.\n<!-- cramplint-enable a/b c/d -->\nThree.\n",
            [
                (B, f"\nOne.\n{A}\nTwo.\n", ("c/d",), ""),
                (A, "\nTwo.\n", ("a/b",), "Why not."),
            ],
        ),
        (
            f"{B}\nOne.\n{A}\nTwo.\n<!-- cramplint-enable x/y a/b -->\nThree.\n",
            [
                (A, "\nTwo.\n", ("a/b",), "Why not."),
                (
                    B,
                    f"\nOne.\n{A}\nTwo.\n<!-- cramplint-enable x/y a/b -->\nThree.\n",
                    ("c/d",),
                    "",
                ),
            ],
        ),
        (
            # What one comment says together may end apart.
            f"{BOTH}\nOne.\n{OFF_A}\nTwo.\n{ON}\nThree.\n",
            [
                (BOTH, "\nOne.\n", ("a/b",), "Why not."),
                (BOTH, f"\nOne.\n{OFF_A}\nTwo.\n", ("c/d",), "Why not."),
            ],
        ),
        (
            f"{BOTH}\nOne.\n{OFF_A}\nTwo.\n",
            [
                (BOTH, "\nOne.\n", ("a/b",), "Why not."),
                (BOTH, f"\nOne.\n{OFF_A}\nTwo.\n", ("c/d",), "Why not."),
            ],
        ),
        (
            # What is said twice is ended once, and holds from the first time on.
            f"{A}\nOne.\n{A}\nTwo.\n{OFF_A}\nThree.\n",
            [
                (A, f"\nOne.\n{A}\nTwo.\n", ("a/b",), "Why not."),
                (A, "\nTwo.\n", ("a/b",), "Why not."),
            ],
        ),
        (f"One.\nTwo. {THIS} More.\nThree.\n", [(THIS, f"Two. {THIS} More.", ("a", "c"), "")]),
        (f"One.\n\n{BELOW}\nTwo.\nThree.\n", [(BELOW, "\nTwo.", ("a",), "x")]),
        (f"{BELOW}\n  \n\n T\nThree.\n", [(BELOW, "\n  \n\n T", ("a",), "x")]),
        (f"{BELOW}\nI\nThree.\n", [(BELOW, "\nI", ("a",), "x")]),
        (f"{BELOW}\nTwo.", [(BELOW, "\nTwo.", ("a",), "x")]),
        (f"{BELOW}\n\n", [(BELOW, "\n\n", ("a",), "x")]),
        (BELOW, [(BELOW, "", ("a",), "x")]),
        (f"One.\n\n{ALL}\n\nTwo.\n", [(ALL, f"One.\n\n{ALL}\n\nTwo.\n", ("a",), "")]),
        (CODE, []),
        (CODE + THIS, [(THIS, THIS, ("a", "c"), "")]),
        (
            "<!-- cramplint-disable a -- x-->",
            [("<!-- cramplint-disable a -- x-->", "", ("a",), "x")],
        ),
        (f"`x`{THIS}\n", [(THIS, f"`x`{THIS}", ("a", "c"), "")]),
        ("<!-- cramplint-disable-->\nI.", [("<!-- cramplint-disable-->", "\nI.", (), "")]),
        (f"<!-- cramplint-disable->\n{THIS}", [(THIS, THIS, ("a", "c"), "")]),
        (f"<!-- cramplint-disable-line a > b\n{THIS}", [(THIS, THIS, ("a", "c"), "")]),
        (f"<!-- cramplint-disable-file {'a ' * 1000}-->\n\n{THIS}", [(THIS, THIS, ("a", "c"), "")]),
        ("<!-- cramplint-disable-file a", []),
    ],
)
def test_a_comment_covers_what_it_says_and_code_says_nothing(text, those) -> None:
    assert said(text) == those


def test_a_waiver_covers_the_whole_article_and_is_marked_at_its_start() -> None:
    waiver = Waiver("claim/*", "a.md", "why", "who", "2026-01-02", "cramplint.toml:3")
    article = parse(Source("a.md", "One.\n\nTwo.\n", "markdown"))
    expected = Suppression(
        *(Span(0, 0), Span(0, 11), ("claim/*",)), "why", "who", "2026-01-02", "cramplint.toml:3"
    )
    assert suppressions(article, [waiver]) == (expected,)


def test_front_matter_covers_the_whole_article_and_is_marked_where_it_stands() -> None:
    text = "---\ncramplint: {ignore: {a/b: {reason: r, until: 2026}, c/d: w}}\n---\nOne.\n"
    first, second = suppressions(parse(Source("a.md", text, "markdown")))
    assert first.span == second.span == Span(0, len(text))
    assert text.index("a/b") == first.mark.start < second.mark.start == text.index("c/d")
    assert (first.odd, second.odd) == ("until", "")


@pytest.mark.parametrize(
    ("expires", "today", "over"),
    [
        ("2026-01-02", date(2026, 1, 2), False),
        ("2026-01-02", date(2026, 1, 3), True),
        ("2026-01-02", date(2026, 1, 1), False),
        ("2026-01-02", None, False),
        ("soon", date(2026, 1, 2), True),
        ("soon", None, False),
        ("", date(2026, 1, 2), False),
        ("", None, False),
    ],
)
def test_the_last_day_still_counts_and_what_is_no_date_does_not(expires, today, over) -> None:
    one = Suppression(Span(0, 0), Span(0, 9), ("a/b",), "why", expires=expires)
    assert ended(one, today) is over


def test_front_matter_may_say_who_and_until_when():
    text = (
        "---\ncramplint:\n  ignore:\n    claim/cure: {reason: r, owner: o, expires: 2026-01-02}\n"
        "    claim/detox: why\n    claim/fear:\n---\n"
    )
    said = suppressions(parse(Source("a.md", text, "markdown")))
    assert [(s.rules, s.reason, s.owner, s.expires) for s in said] == [
        (("claim/cure",), "r", "o", "2026-01-02"),
        (("claim/detox",), "why", "", ""),
        (("claim/fear",), "", "", ""),
    ]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("xyz"), st.booleans()), max_size=8),
    st.lists(
        st.tuples(
            st.integers(0, 30), st.integers(0, 9), st.sampled_from(["x", "*", "y"]), st.booleans()
        ),
        max_size=8,
    ),
)
def test_what_is_silenced_is_what_the_suppressions_cover(places, comments) -> None:
    findings = [
        Finding(rule, Span(at, at + 1), "m", "error" if grave else "note", "")
        for at, rule, grave in sorted(places)
    ]
    by = [
        Suppression(Span(n, n), Span(start, start + long), (rule,), "why" if reason else "")
        for n, (start, long, rule, reason) in enumerate(comments)
    ]

    def covering(one: Finding) -> list[Suppression]:
        return [
            s
            for s in by
            if s.span.start <= one.span.start <= s.span.end and s.rules[0] in ("*", one.rule)
        ]

    kept, silenced, used = suppress(findings, by)
    good = [any(s.reason or one.severity != "error" for s in covering(one)) for one in findings]
    assert kept == [one for one, yes in zip(findings, good, strict=True) if not yes]
    assert silenced == [one for one, yes in zip(findings, good, strict=True) if yes]
    assert used == {s for one in findings for s in covering(one)}
    told = list(waived(silenced, by))
    assert set(told) == {(one.rule, s) for one in silenced for s in covering(one)}
    assert len(told) == len(set(told))


def test_thousands_of_comments_are_put_beside_thousands_of_findings_soon() -> None:
    comments = "".join(
        f"<!-- cramplint-disable-file artifact/a{n} -- x -->\n<!-- cramplint-disable a/b{n} -->\n\n"
        f"`code` <!-- cramplint-enable a/c{n} -->\n\n"
        for n in range(3_000)
    )
    article = parse(Source("a.md", comments, "markdown"))
    start = process_time()
    found = suppressions(article)
    assert len(found) == 6_000
    one = Finding("artifact/a7", Span(5, 9), "x", "error", "")
    findings = [replace(one, span=Span(n, n + 1), rule=f"artifact/a{n % 9}") for n in range(9_000)]
    kept, silenced, used = suppress(findings, found)
    assert (len(kept), len(silenced), len(used)) == (0, 9_000, 9)
    assert [rule for rule, _ in waived(silenced, found)] == [f"artifact/a{n}" for n in range(9)]
    assert process_time() - start < 6


def test_comments_that_never_end_are_looked_through_once() -> None:
    text = "<!-- cramplint-disable " * 40_000
    start = process_time()
    assert suppressions(parse(Source("a.md", text, "text"))) == ()
    assert process_time() - start < 6
