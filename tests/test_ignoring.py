"""Suppressions written into articles: what was found is silenced, and the article stays the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.check import VOCABULARY, Selection
from cramplint.ignoring import fitting, ignore
from cramplint.judging import judge
from cramplint.model import Article, CrampError, Kind, Settings, Source
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.report.result import Result
from cramplint.rules import load
from cramplint.site import Site
from cramplint.understand import understand

RULES = load(VOCABULARY)
SELECTION = Selection(("language/suffering", "links/internal-anchor", "suppression/*"))
WHY = "quoted from a letter"


def found(article: Article) -> Result:
    site = Site.of([page_of(article)], Settings(), RULES.data)
    return judge(article, RULES, site, SELECTION).result()


def silenced(text: str, kind: Kind = "markdown", name: str = "a.md") -> tuple[str, list[str]]:
    """(the article with suppressions, the rules of what is left)"""
    before = found(parse(Source(name, text, kind)))
    assert before.checked.findings
    after = ignore(before, WHY, found)
    left = [f.rule for f in after.checked.findings]
    assert [f.rule for f in found(parse(after.source)).checked.findings] == left
    return after.source.text, left


BAD = "Some [ache](#none) with cramps."
HEAD = "---\ntitle: Cramps\ntopics: [leg-cramps]\n---\n"


def test_a_comment_goes_above_a_paragraph():
    above = "<!-- cramplint-disable-next-line links/internal-anchor -- quoted from a letter -->"
    assert silenced(f"Calm.\n\n{BAD}\n") == (f"Calm.\n\n{above}\n{BAD}\n", [])


def test_further_down_in_a_paragraph_it_goes_behind_the_line():
    text, left = silenced(f"Calm and\n{BAD}\nThe end.\n")
    assert left == []
    assert text.splitlines()[1].endswith(
        "cramps. <!-- cramplint-disable-line links/internal-anchor -- quoted from a letter -->"
    )


@pytest.mark.parametrize("where", ["- {}\n", "| a |\n|---|\n| {} |\n", "> {}\n", "1. a\n\n   {}\n"])
def test_where_no_comment_can_stand_front_matter_says_it(where):
    text, left = silenced(HEAD + "\n" + where.format(BAD))
    assert left == []
    head = HEAD.removesuffix("---\n")
    assert text.startswith(
        f'{head}cramplint:\n  ignore:\n    links/internal-anchor: "quoted from a letter"\n---\n'
    )
    assert text.endswith(where.format(BAD))


def test_front_matter_that_silences_already_gets_one_more():
    said = "cramplint:\n   ignore:\n      claim/cure: a quotation\n"
    text, left = silenced(HEAD.replace("---\n", f"---\n{said}", 1) + f"\n- {BAD}\n")
    assert left == ["suppression/unused"] * ("suppression/unused" in left)
    assert f'      links/internal-anchor: "{WHY}"\n      claim/cure: a quotation\n' in text


def test_without_front_matter_a_comment_at_the_top_speaks_for_the_file():
    text, left = silenced(f"- {BAD}\n")
    assert text == (
        "<!-- cramplint-disable-file links/internal-anchor -- quoted from a letter -->\n\n"
        f"- {BAD}\n"
    )
    assert left == []


def test_a_finding_on_the_first_words_is_silenced_for_the_file():
    before = judge(
        parse(Source("a.md", "# Cramps\n\nCalm.\n", "markdown")),
        RULES,
        Site.of([], Settings(), RULES.data),
        Selection(("metadata/front-matter",)),
    ).result()
    select = Selection(("metadata/front-matter", "suppression/*"))
    site = Site.of([], Settings(), RULES.data)
    after = ignore(before, "", lambda article: judge(article, RULES, site, select).result())
    assert before.checked.findings
    assert not after.checked.findings
    assert after.source.text == (
        "<!-- cramplint-disable-file metadata/front-matter -->\n\n# Cramps\n\nCalm.\n"
    )


def test_plain_text_and_mdx_get_no_comment():
    text = f"Cramps at night\n\n{BAD}\n"
    before = found(parse(Source("a.mdx", text, "markdown")))
    assert ignore(before, WHY, found) is before
    made, left = silenced(HEAD + f"\n{BAD}\n", name="a.mdx")
    assert "<!--" not in made
    assert left == []


def test_one_comment_does_not_take_the_line_of_another():
    first = "<!-- cramplint-disable-next-line language/suffering -- quoted -->"
    text, left = silenced(f"{HEAD}\nCalm.\n\n{first}\nPeople suffering from cramps [a](#x).\n")
    assert left == []
    assert f"{first}\nPeople" in text


def test_an_error_needs_a_reason():
    before = found(parse(Source("a.md", f"{BAD}\n", "markdown")))
    assert before.checked.findings[0].severity == "error"
    with pytest.raises(CrampError, match="for a reason only"):
        ignore(before, "", found)


@pytest.mark.parametrize("reason", ["a > b", "a -- b", "a\x1bb", "a --> <script>"])
def test_a_reason_that_would_end_the_comment_is_refused(reason):
    with pytest.raises(CrampError, match="one line without"):
        fitting(reason)
    assert fitting(" two\n words ") == "two words"


PIECES = (
    *("{}", "{}  \n{}", "Calm\n{}\ncalm", "- {}\n- calm", "1. calm\n   - {}", "> {}"),
    *("# {}", "{}\n===", "| a | b |\n|---|---|\n| {} | c |", "```\n{}\n```", "<div>\n{}\n</div>"),
    *("* * *", "[^1]: {}", "Calm\\\n{}", "    {}", "<!-- a comment -->", "**{}**", "\ufeff{}"),
)


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6),
    st.sampled_from(["\n\n", "\n"]),
    st.sampled_from(["", HEAD, "---\ntitle: {}\n---\n\n"]),
    st.booleans(),
)
def test_no_article_is_broken(pieces, between, head, plain):
    text = (head + between.join(pieces) + "\n").replace("{}", BAD.replace("[", "one ["))
    name, kind = ("a.txt", "text") if plain else ("a.md", "markdown")
    try:
        article = parse(Source(name, text, kind))  # type: ignore[arg-type]
    except CrampError:
        return
    before = found(article)
    after = parse(ignore(before, WHY, found).source)
    assert after.prose.split() == article.prose.split()
    own = "<!-- cramplint-"
    shape = [
        [
            (b.kind, b.level, " ".join(one.prose[b.span.start : b.span.end].split()))
            for b in one.blocks
            if not one.source.excerpt(b.span).lstrip().startswith(own)
        ]
        for one in (article, after)
    ]
    assert shape[0] == shape[1]
    assert [k for k in after.meta.data if k != "cramplint"] == list(article.meta.data)
    assert understand(after, RULES.data).health == understand(article, RULES.data).health
    if not plain:
        assert {f.rule for f in found(after).checked.findings} <= {"suppression/unused"}
