"""What sells, and what only speaks of shops and prices."""

from __future__ import annotations

import pytest

from cramplint.model import Source
from cramplint.parse import parse
from cramplint.rules import Tables, folder
from cramplint.understand import understand
from cramplint.understand.commerce import offers

DATA = Tables(folder() / "data")


def found(text, kind="markdown"):
    return offers(parse(Source("page", text, kind)), DATA)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("affiliate", "Try [this brand](https://shop.example/p?tag=cramps-20)."),
        ("affiliate", "Try [this brand](https://amzn.to/3abc)."),
        ("affiliate", "See https://www.awin1.com/cread.php?id=1 for a lamp."),
        ("affiliate", '<a href="https://shop.example/?aff_id=12">a lamp</a>'),
        ("affiliate", "[A book](https://shop.example/b?utm_source=x&utm_medium=affiliate)"),
        ("coupon", "Use code CALM10 at checkout for 10% off."),
        ("coupon", "Discount code: SLEEP20"),
        ("buy", "SleepMag supports calm nights. Buy now."),
        ("buy", "[Add to cart](/cart?id=2)"),
        ("buy", "Shop our magnesium range"),
        ("buy", "If cramps wake you, try our magnesium spray."),
        ("told", "*As an Amazon Associate I earn from qualifying purchases.*"),
        ("told", "We may earn a small commission if you buy through links on this page."),
        ("told", "Sponsored by SleepMag"),
        ("stated", "---\ncommercial: true\n---\nCramps hurt."),
        ("stated", "---\nsponsored: SleepMag\n---\nCramps hurt."),
    ],
)
def test_what_sells(kind, text):
    assert [offer.kind for offer in found(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The lamp costs $29 in [a shop](https://shop.example/lamp?id=3).",
        "More on [cramps](https://blog.example/?tag=cramps&ref=home).",
        "Magnesium is sold in every pharmacy. You can buy it without a prescription.",
        'Beware of sites that say "buy now" or hide their prices.',
        "We earn no commission. This page contains no affiliate links.",
        "Use code G47.62 for sleep-related leg cramps.",
        "Order a repeat prescription online.",
        "Try our cramp checker, or my ginger tea recipe.",
        "`https://shop.example/p?tag=cramps-20`",
        "---\ncommercial: false\n---\nCramps hurt.",
        "Do not buy our word for it. In short, order a blood test today if your doctor says so.",
    ],
)
def test_what_does_not(text):
    assert found(text) == ()


def test_an_offer_is_the_whole_link():
    text = "Try [this brand](https://amzn.to/3abc)."
    (offer,) = found(text)
    assert text[slice(*offer.span)] == "[this brand](https://amzn.to/3abc)"


def test_the_reading_knows():
    def commercial(text):
        return understand(parse(Source("a.md", text, "markdown")), DATA).commercial

    assert commercial("Cramps hurt.\n\nAdd to cart\n")
    assert not commercial("Cramps hurt.\n")


def test_a_page_that_sells_a_supplement_with_promises_is_on_health():
    def health(text):
        return understand(parse(Source("a.md", text, "markdown")), DATA).health

    praise = "HushBear gummies support restful nights and a steady mood.\n\n"
    assert health(praise + "Add to cart\n")
    assert not health("HushBear gummies taste of peach and buy you time.\n\nAdd to cart\n")
    assert not health("---\ntype: recipe\n---\n" + praise + "Add to cart\n")
