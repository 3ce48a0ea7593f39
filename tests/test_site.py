"""The site: what its pages are called, where links lead, and which pages are twins."""

from __future__ import annotations

import struct
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.model import Settings, Source
from cramplint.pages import Bodies, alike, likeness, page_of
from cramplint.parse import parse
from cramplint.site import Site


def article(name, text):
    return parse(Source(name, text, "text" if name.endswith(".txt") else "markdown"))


def site_of(files):
    return Site.of([page_of(article(n, t)) for n, t in files.items()], Settings(), {})


FILES = {
    "articles/night-cramps.md": """\
---
title: Cramps at night
aliases: [/old/night, leg-cramp]
---
# Cramps at night

## When to call for help

## Doses {#how-much}

## Doses

## Doses

## It’s “only” a cramp, isn’t it?

<a id="Here"></a>Text [^1] with `<a id="code">`.

[^1]: Note.
""",
    "articles/heart/magnesium.md": """\
---
title: "Magnesium and the heart: what is known"
slug: magnesium-heart
---
## Palpitations
""",
    "articles/heart/index.md": "---\ntitle: The heart\n---\n",
    "articles/Sleep.md": "---\ntitle: Sleep\n---\n",
    "articles/planned.md": "---\ntitle: Still to come\ndraft: true\n---\n",
    "articles/feet/burning feet.txt": "Burning Feet at Night\n\nWhy they burn\n\nThey burn.\n",
}
SITE = site_of(FILES)
NIGHT, HEART = "articles/night-cramps.md", "articles/heart/magnesium.md"
INDEX, SLEEP = "articles/heart/index.md", "articles/Sleep.md"
FEET, DRAFT = "articles/feet/burning feet.txt", "articles/planned.md"


@pytest.mark.parametrize(
    ("start", "target", "state", "path"),
    [
        # relative, to a file
        (NIGHT, "heart/magnesium.md", "ok", HEART),
        (NIGHT, "./heart/../heart/magnesium.md", "ok", HEART),
        (HEART, "../night-cramps.md", "ok", NIGHT),
        (HEART, "index.md", "ok", INDEX),
        (NIGHT, "feet/burning%20feet.txt", "ok", FEET),
        (NIGHT, "heart/magnesium.html", "ok", HEART),
        (NIGHT, "heart/magnesium.MD", "ok", HEART),
        (HEART, "magnesium-heart.md", "ok", HEART),
        (NIGHT, "nigth-cramps.md", "missing", None),
        (NIGHT, "heart/night-cramps.md", "missing", None),
        (NIGHT, "heart/magnesium.md?print=1#palpitations", "ok", HEART),
        # out of the corpus: another tool's files
        (NIGHT, "../CONTRIBUTING.md", "unknown", None),
        (HEART, "../../../etc/passwd", "unknown", None),
        (NIGHT, "leaflet.pdf", "unknown", None),
        (NIGHT, "/images/calf.PNG", "unknown", None),
        # of the site
        (NIGHT, "/heart/magnesium", "ok", HEART),
        (NIGHT, "/heart/magnesium/", "ok", HEART),
        (NIGHT, "/heart/magnesium-heart", "ok", HEART),
        (NIGHT, "/magnesium-heart", "ok", HEART),
        (NIGHT, "/blog/magnesium-heart/", "ok", HEART),
        (NIGHT, "/blog/night-cramps/", "ok", NIGHT),
        (NIGHT, "/blog/2024/night-cramps.html", "ok", NIGHT),
        (NIGHT, "/articles/heart/magnesium.md", "ok", HEART),
        (NIGHT, "/heart/", "ok", INDEX),
        (NIGHT, "/heart/index.html", "ok", INDEX),
        (NIGHT, "/", "ok", None),
        (NIGHT, "/index.html", "ok", None),
        (NIGHT, "/feet/", "unknown", None),
        (SLEEP, "/old/night", "ok", NIGHT),
        (SLEEP, "/leg-cramp#doses-1", "ok", NIGHT),
        (SLEEP, "leg-cramp", "ok", NIGHT),
        (NIGHT, "heart/magnesium", "ok", HEART),
        (HEART, "../night-cramps", "ok", NIGHT),
        (INDEX, "../night-cramps/", "ok", NIGHT),
        (NIGHT, "/nobody-wrote-this", "missing", None),
        (NIGHT, "/heart/nobody-wrote-this", "missing", None),
        (NIGHT, "/conditions/cold", "unknown", None),
        (NIGHT, "/conditions/cold#signs", "unknown", None),
        # case, drafts
        (NIGHT, "/Heart/magnesium", "case", HEART),
        (NIGHT, "/sleep", "case", SLEEP),
        (NIGHT, "sleep.md", "case", SLEEP),
        (NIGHT, "Sleep.md", "ok", SLEEP),
        (NIGHT, "planned.md", "draft", DRAFT),
        (NIGHT, "/planned", "draft", DRAFT),
        (DRAFT, "planned.md", "ok", DRAFT),
        # anchors
        (NIGHT, "#when-to-call-for-help", "ok", NIGHT),
        (NIGHT, "#its-only-a-cramp-isnt-it", "ok", NIGHT),
        (NIGHT, "#how-much", "ok", NIGHT),
        (NIGHT, "#doses-1", "ok", NIGHT),
        (NIGHT, "#doses-9", "anchor", NIGHT),
        (NIGHT, "#Here", "ok", NIGHT),
        (NIGHT, "#here", "anchor", NIGHT),
        (NIGHT, "#", "ok", NIGHT),
        (NIGHT, "#top", "ok", NIGHT),
        (NIGHT, "#fn-1", "ok", NIGHT),
        (NIGHT, "?page=2", "ok", NIGHT),
        (NIGHT, "heart/magnesium.md#nothing", "anchor", HEART),
        (NIGHT, "/feet/burning%20feet#burning-feet-at-night", "ok", FEET),
        # not ours
        (NIGHT, "https://www.example.org/x#y", "outside", None),
        (NIGHT, "//example.org/x", "outside", None),
        (NIGHT, "mailto:a@example.org", "outside", None),
        (NIGHT, "javascript:alert(1)", "outside", None),
        (NIGHT, "www.example.org", "outside", None),
        (NIGHT, "{{ base }}/night", "unknown", None),
        (NIGHT, "", "empty", None),
        (NIGHT, "   ", "empty", None),
    ],
)
def test_resolve(start, target, state, path):
    found = SITE.resolve(start, target)
    assert (found.state, found.page and found.page.path) == (state, path)


@pytest.mark.parametrize(
    ("entry", "state", "path"),
    [
        ("magnesium-heart", "ok", HEART),
        ("heart/magnesium.md", "ok", HEART),
        ("articles/heart/magnesium.md", "ok", HEART),
        ("/magnesium-heart/", "ok", HEART),
        ("Magnesium and the Heart – what is known", "ok", HEART),
        ("Cramps: at night", "ok", NIGHT),
        ("leg-cramp", "ok", NIGHT),
        ("heart", "ok", INDEX),
        ("planned", "draft", DRAFT),
        ("Still to come", "draft", DRAFT),
        ("Night-Cramps", "case", NIGHT),
        ("magnesium-hart", "missing", None),
        ("Cramps: in the day", "missing", None),
        ("https://www.example.org/", "outside", None),
        ("", "empty", None),
    ],
)
def test_related(entry, state, path):
    found = SITE.related(NIGHT, entry)
    assert (found.state, found.page and found.page.path) == (state, path)


def test_hints_name_the_nearest_page_or_id():
    assert SITE.resolve(NIGHT, "heart/magnesum.md").hint == HEART
    assert SITE.resolve(NIGHT, "#when-to-cal-for-help").hint == "when-to-call-for-help"
    assert SITE.resolve(NIGHT, "#here").hint == "Here"
    assert SITE.resolve(NIGHT, "#xyzzy").hint == ""
    assert SITE.related(NIGHT, "magnesium-hart").hint == HEART


def test_titles_are_found_whatever_their_case_quotes_and_dashes():
    assert SITE.by_title("  CRAMPS at night… ").path == NIGHT
    assert SITE.by_title("Cramps") is None
    assert SITE.nearest("Magnesium and Heart").path == HEART
    assert SITE.nearest("Burning Feet at Night? Check These Vitamins").path == FEET
    assert SITE.nearest("Still to come") is None
    assert SITE.nearest("Tooth decay in children") is None
    assert SITE.nearest("Cramps at night", but=NIGHT) is None
    assert SITE.nearest("?") is None


def test_a_page_alone_is_not_judged_for_the_rest_of_the_site():
    alone = site_of({"articles/a.md": "---\ntitle: A\n---\n## B\n"})
    assert alone.resolve("articles/a.md", "/b").state == "unknown"
    assert alone.resolve("articles/a.md", "c").state == "unknown"
    assert alone.resolve("articles/a.md", "/a#b").state == "ok"
    assert alone.resolve("articles/a.md", "b.md").state == "missing"
    assert alone.resolve("articles/a.md", "#c").state == "anchor"


def test_scraped_pages_are_judged_where_they_link_to_each_other():
    scraped = {
        "x/cough.txt": "A cough\n",
        "x/cold.md": "[Flu](/conditions/flu), [cough](/conditions/cough)\n",
        "x/hives.md": "[Rash](/symptoms/rash), [next](sleeping-well)\n",
    }
    site = site_of(scraped)
    assert site.resolve("x/cold.md", "/conditions/cough").page.path == "x/cough.txt"
    assert site.resolve("x/cold.md", "/conditions/flu").state == "missing"
    assert site.resolve("x/hives.md", "/symptoms/rash").state == "unknown"
    assert site.resolve("x/hives.md", "sleeping-well").state == "unknown"
    del scraped["x/cough.txt"]
    assert site_of(scraped).resolve("x/cold.md", "/conditions/cough").state == "unknown"


def test_a_name_found_by_chance_does_not_claim_another_sites_folder():
    pages = {
        "dehydration.md": "---\ntitle: Dehydration\n---\n",
        "copied.md": "[a](/conditions/cold) [b](/conditions/flu) [c](/conditions/dehydration#how)",
    }
    site = site_of(pages)
    assert site.resolve("copied.md", "/conditions/cold").state == "unknown"
    assert site.resolve("copied.md", "/conditions/dehydration#how").state == "unknown"
    pages["copied.md"] += " [d](/conditions/copied) [pdf](/conditions/leaflet.pdf)"
    assert site_of(pages).resolve("copied.md", "/conditions/cold").state == "missing"


def test_a_name_that_is_almost_right_is_judged_anywhere():
    site = site_of({"x/hives.md": "A\n", "x/dehydration.md": "B\n"})
    found = site.resolve("x/hives.md", "/conditions/dehydratoin")
    assert (found.state, found.hint) == ("missing", "x/dehydration.md")


@pytest.mark.parametrize("root", ["", "/srv/site/", "../elsewhere/", "C:/docs/"])
def test_paths_are_relative_to_the_folder_that_holds_all_pages(root):
    site = site_of({f"{root}a.md": "A\n", f"{root}b/c.md": "C\n"})
    assert site.resolve(f"{root}a.md", "/b/c").page.path == f"{root}b/c.md"
    assert site.resolve(f"{root}b/c.md", "../a.md").page.path == f"{root}a.md"
    assert site.way(f"{root}b/c.md", site.pages[f"{root}a.md"]) == "../a.md"


def test_a_page_keeps_its_facts():
    page = SITE.pages[NIGHT]
    assert (page.title, page.slug, page.draft) == ("Cramps at night", "night-cramps", False)
    assert page.aliases == ("/old/night", "leg-cramp")
    assert page.anchors >= {"doses", "doses-1", "how-much", "Here", "cramps-at-night"}
    assert SITE.pages[DRAFT].draft
    assert SITE.pages[FEET].title == "Burning Feet at Night"


WORDS = [f"{c}{i}" for i in range(500) for c in "abcd"]


def body(words):
    return page_of(article("x.md", " ".join(words)))


@pytest.mark.parametrize(
    ("kept", "low", "high"), [(1000, 1, 1), (970, 0.82, 1), (700, 0.4, 0.72), (0, 0, 0)]
)
def test_likeness_is_near_to_the_share_of_runs_of_five_words(kept, low, high):
    one, other = body(WORDS[:1000]), body(WORDS[1000 - kept : 2000 - kept])
    assert low <= likeness(one, other) <= high
    assert len(one.shingles) <= 64 * 4


def test_twins_share_a_title_a_slug_or_a_body():
    words = " ".join(WORDS[:100])
    site = site_of(
        {
            "a.md": f"---\ntitle: One\n---\n{words}",
            "b.md": "---\ntitle: one!\n---\nx",
            "c.md": "---\ntitle: Three\nslug: a\n---\nx",
            "d.txt": f"A title\n\n{words}",
            "e.md": f"---\ntitle: One\ndraft: true\n---\n{words}",
            "f.md": "---\ntitle: Other\n---\nx",
        }
    )
    assert [p.path for p in site.twins(site.pages["a.md"])] == ["b.md", "c.md", "d.txt"]
    assert likeness(site.pages["a.md"], site.pages["d.txt"]) > 0.9
    assert likeness(site.pages["b.md"], site.pages["f.md"]) == 0


NOWHERE = page_of(article("", ""))
SKETCHES = st.builds(
    lambda hashes: struct.pack(f">{len(hashes)}I", *sorted(hashes)),
    st.sets(st.integers(0, 90), max_size=64),
)


@given(st.lists(SKETCHES, max_size=12), st.integers(0, 9), st.data())
def test_no_twin_is_overlooked_however_common_its_passages(sketches, changed, data):
    """Also one like what a page was before."""
    pages = {str(i): replace(NOWHERE, path=str(i), shingles=s) for i, s in enumerate(sketches)}
    one = data.draw(st.sampled_from(sketches) if sketches else SKETCHES)
    page = replace(NOWHERE, path="", shingles=one[4 * changed :])
    assert Bodies(pages).sharing(page) >= {p for p in pages if alike(page, pages[p])}


def test_pages_with_one_passage_in_common_are_not_compared():
    same = " ".join(WORDS[:120])
    each = [" ".join(f"a{place}b{i}" for i in range(400)) for place in range(40)]
    bodies = [page_of(article(f"{i}.md", f"{same}\n\n{own}")) for i, own in enumerate(each)]
    last = replace(bodies[-1], path="twin.md")
    pages = {page.path: page for page in [*bodies, last]}
    assert Bodies(pages).sharing(bodies[0]) == {"0.md"}
    assert Bodies(pages).sharing(last) == {"39.md", "twin.md"}


TARGETS = st.one_of(
    st.text(max_size=40),
    st.text("/.#?%20abAé:\\{ -", max_size=30),
    st.sampled_from(["%zz", "%00", "/%2e%2e/", "#%ff", "..", "///", "/./", "a" * 5000, "../" * 99]),
)


@given(TARGETS, st.one_of(st.sampled_from(sorted(FILES)), st.text(max_size=12)))
def test_resolving_never_fails(target, start):
    for found in (SITE.resolve(start, target), SITE.related(start, target)):
        assert found.page is None or found.page.path in FILES
        assert found.state in ("draft", "case", "anchor") or not (found.hint and found.page)
    SITE.nearest(target)
    SITE.by_title(target)


@given(st.text(max_size=200))
def test_facts_of_a_page_are_the_same_each_time(text):
    assert page_of(article("a.md", "# T\n\n" + text)) == page_of(article("a.md", "# T\n\n" + text))


def test_the_order_of_the_pages_does_not_matter():
    pages = [page_of(article(n, t)) for n, t in FILES.items()]
    there, back = (Site.of(p, Settings(), {}) for p in (pages, pages[::-1]))
    assert list(there.pages) == list(back.pages) == sorted(FILES)


def test_bodies_that_are_nearly_the_same_are_compared_and_others_hardly_ever():
    notice = [f"{'abcd'[i % 4]}-notice-{i}" for i in range(40)]
    bodies = {}
    for i in range(100):
        dice = Random(i)
        words = [dice.choice(WORDS) for _ in range(300)]
        bodies[f"{i}.txt"] = " ".join([*words, *notice])
        words[dice.randrange(20, 280)] = "changed"
        bodies[f"{i}-again.txt"] = " ".join([*words, *notice])
    site = site_of(bodies)
    met = {path: site.sharing(page) for path, page in site.pages.items()}
    assert all(f"{i}-again.txt" in met[f"{i}.txt"] for i in range(100))
    assert sum(map(len, met.values())) < 10 * len(met)


@given(
    st.lists(st.sampled_from(("a/Foo", "a/foo", "b/FOO", "b/foo", "Bar/x", "bar/X", "y")), unique=True),
    st.sampled_from(("Foo", "foo", "FOO", "Y", "y", "x", "X")),
)  # fmt: skip
def test_names_without_case_are_those_of_the_first_page(stems: list[str], wanted: str) -> None:
    """As written first, then in any case; whole names before ends of names."""
    site = site_of({f"{stem}.md": "# One\n" for stem in (*stems, "z/other")})

    def wholly(name: str) -> list[str]:
        return [name, name.casefold()]

    def expected() -> tuple[str, str] | None:
        for form, state in ((0, "ok"), (1, "case")):
            for ends in (False, True):
                for stem in sorted(stems, key=lambda stem: f"{stem}.md"):
                    name = stem.partition("/")[2] if ends else stem
                    if name and wholly(name)[form] == wholly(wanted)[form]:
                        return state, f"{stem}.md"
        return None

    found = site.related("z/other.md", f"/{wanted}")
    if expected() is None:
        assert found.state in ("missing", "unknown")
    else:
        assert (found.state, found.page and found.page.path) == expected()


def test_all_bodies_are_found_that_share_some_passages() -> None:
    words = [f"able{n} and more{n}" for n in range(120)]
    files = {f"{n}.md": " ".join(words[n : n + 80]) for n in (0, 1, 2, 40)}
    site = site_of({**files, "empty.md": ""})
    assert site.sharing(site.pages["0.md"]) >= {"0.md", "1.md"}
    assert site.sharing(site.pages["empty.md"]) == set()
