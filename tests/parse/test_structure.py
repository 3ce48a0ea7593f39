"""Structure put back: what a reader would take for headings, lists, questions and answers."""

from __future__ import annotations

import pytest

from cramplint.model import CrampError, Source
from cramplint.parse import parse


def outline(text, kind="text"):
    """[(kind of block, its words)], headings with their level."""
    article = parse(Source("a", text, kind))
    name = {"heading": "h"}
    return [
        (
            f"{name.get(b.kind, b.kind)}{b.level if b.kind == 'heading' else ''}",
            article.words(b.span),
        )
        for b in article.blocks
    ]


SCRAPED = """\
What to Know About Sore Feet and Tired Legs
Many people have sore feet after a long day. Good shoes help most of them.
Sore feet are often caused by:
-
tight shoes
-
long walks
Rest is the first thing to try. Most people need nothing more.
When Rest Is Not Enough
A foot that hurts at rest should be looked at. Your doctor can find out why.
Can I walk with sore feet?
Yes. Short walks on soft ground are fine for most people.
How long does it take?
A few days. Call your doctor if it takes longer.
"""


@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_a_scraped_page_gets_its_structure_back(kind):
    assert outline(SCRAPED, kind) == [
        ("h1", "What to Know About Sore Feet and Tired Legs"),
        ("paragraph", "Many people have sore feet after a long day. Good shoes help most of them."),
        ("paragraph", "Sore feet are often caused by:"),
        ("item", "tight shoes"),
        ("item", "long walks"),
        ("paragraph", "Rest is the first thing to try. Most people need nothing more."),
        ("h2", "When Rest Is Not Enough"),
        (
            "paragraph",
            "A foot that hurts at rest should be looked at. Your doctor can find out why.",
        ),
        ("h3", "Can I walk with sore feet?"),
        ("paragraph", "Yes. Short walks on soft ground are fine for most people."),
        ("h3", "How long does it take?"),
        ("paragraph", "A few days. Call your doctor if it takes longer."),
    ]


def test_lone_dashes_give_items_and_no_headings():
    text = "Pain is common in the:\n-\ncalves\n-\nfeet\n-\nhands\n"
    assert outline(text, "markdown") == [
        ("paragraph", "Pain is common in the:"),
        ("item", "calves"),
        ("item", "feet"),
        ("item", "hands"),
    ]


def test_a_short_underline_is_still_a_heading():
    assert outline("Night cramps\n-\n\nThey pass.\n", "markdown") == [
        ("h2", "Night cramps"),
        ("paragraph", "They pass."),
    ]


def test_wrapped_paragraphs_stay_whole():
    text = (
        "You can get headaches because of something else, for example a cold,\n"
        "bad posture or stress. Most of them pass within some hours, and you\n"
        "can treat them at home. Rest in a quiet room, and drink water until\n"
        "the pain is gone.\n\nSome people get headaches on holiday. Nobody\nknows why that is.\n"
    )
    for kind in ("text", "markdown"):
        assert [k for k, _ in outline(text, kind)] == ["paragraph", "paragraph"]


def test_one_sentence_a_line_stays_one_paragraph():
    text = "\n\n".join(
        "Cramps are common.\nThey hurt for some minutes.\nThey pass." for _ in range(4)
    )
    assert [k for k, _ in outline(text, "markdown")] == ["paragraph"] * 4


def test_lists_that_lost_their_bullets():
    text = "Feet And Legs\nSymptoms include:\nnumb toes\nburning soles\ntired legs\nCall a doctor if they last."
    assert outline(text)[1:] == [
        ("paragraph", "Symptoms include:"),
        ("item", "numb toes"),
        ("item", "burning soles"),
        ("item", "tired legs"),
        ("paragraph", "Call a doctor if they last."),
    ]


def test_bold_lines_are_headings():
    text = "**1. When to rest**\n\nRest at night.\n\n**Rest well, and often.**\n\nMore.\n"
    assert outline(text, "markdown") == [
        ("h2", "1. When to rest"),
        ("paragraph", "Rest at night."),
        ("paragraph", "Rest well, and often."),
        ("paragraph", "More."),
    ]


def test_call_outs_of_source_dialects_hold_their_content():
    text = "!!! severe\n  ## Call 999 if:\n\n  - you faint\n!!!\n\n!!! note\n    Rest first.\n\n::: reveal More on rest\nSleep.\n:::\n"
    assert outline(text, "markdown") == [
        ("h2", "Call 999 if:"),
        ("item", "you faint"),
        ("quote", "Rest first."),
        ("h4", "More on rest"),
        ("paragraph", "Sleep."),
    ]


def test_a_title_in_the_front_matter_leaves_the_first_line_a_paragraph_or_heading():
    text = "---\ntitle: Sore feet\n---\nFeet can hurt. Shoes help.\n"
    article = parse(Source("a", text, "text"))
    assert article.title == "Sore feet"
    assert [b.kind for b in article.blocks] == ["paragraph"]


def test_titles_in_a_chain_are_no_headings():
    text = "Sore Feet and Tired Legs\nRest is best. It helps.\nFive Ways to Sleep\nRead More →Tired After Lunch\nRead More →"
    assert [k for k, _ in outline(text)] == [
        "h1",
        "paragraph",
        "paragraph",
        "paragraph",
        "paragraph",
    ]


def test_html_blocks_show_their_words_only():
    article = parse(Source("a", "<div class='x'>This is <b>no</b> advice.</div>\n", "markdown"))
    assert article.words(article.blocks[0].span) == "This is no advice."
    assert "script" not in parse(Source("a", "<script>let script=1</script>\n", "markdown")).prose


def test_tables_nested_lists_and_footnotes():
    text = (
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n  - two\n\n    more\n\n[^1]: A note.\n\nx[^1]\n"
    )
    assert outline(text, "markdown") == [
        ("row", "a b"),
        ("row", "1 2"),
        ("item", "one"),
        ("item", "two"),
        ("paragraph", "more"),
        ("footnote", "A note."),
        ("paragraph", "x"),
    ]


def test_lists_of_one_numbered_item_are_headings_that_keep_their_number():
    text = """\
Four Ways to Better Sleep

1. GO TO BED EARLY

Most adults need seven to nine hours. Set a time and keep to it all week.

2. AVOID SCREENS

Bright light in the evening keeps many people awake, and so does work.
"""
    assert [b for b in outline(text) if b[0].startswith("h")] == [
        ("h1", "Four Ways to Better Sleep"),
        ("h2", "1. GO TO BED EARLY"),
        ("h2", "2. AVOID SCREENS"),
    ]
    assert outline(text, "markdown") == outline(text)


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Example",
        "Reviewed by Dr. Jo Example",
        "May 4, 2021",
        "Updated: 4 May 2021, 10:15 AM",
        "News | Published May 4, 2021",
        "Advertisement",
    ],
)
def test_a_byline_is_neither_the_title_nor_a_heading(line):
    body = "Most cramps pass within a few minutes, and they need no treatment at all."
    assert outline(f"{line}\n\nCramps at Night\n\n{body}\n") == [
        ("paragraph", line),
        ("h1", "Cramps at Night"),
        ("paragraph", body),
    ]
    assert outline(f"Cramps at Night\n\n{line}\n\n{body}\n") == [
        ("h1", "Cramps at Night"),
        ("paragraph", line),
        ("paragraph", body),
    ]


def test_a_signature_below_an_article_is_no_heading():
    text = """\
Cramps at Night

Most cramps pass within a few minutes, and they need no treatment at all.

Anna Example

Green Lane Clinic
"""
    assert [kind for kind, _ in outline(text)] == ["h1", "paragraph", "paragraph", "paragraph"]


def test_labels_with_text_below_them_are_headings():
    text = """\
Iron keeps the blood able to carry oxygen, and many people have too little of it.
Best sources:
Red meat, beans and dark green vegetables are the best sources of iron for most people.
Side effects:
Iron tablets can upset the stomach and turn stools black, which does no harm by itself.
"""
    assert [b for b in outline(text) if b[0] == "h2"] == [
        ("h2", "Best sources:"),
        ("h2", "Side effects:"),
    ]
    single = text.replace("Best sources:\n", "")
    assert ("paragraph", "Side effects:") in outline(single)


def test_a_list_without_bullets_may_hold_commas_and_end_with_a_full_stop():
    text = """\
Signs of dehydration are:

Dark urine,
Dry lips, a dry mouth and a tongue that sticks, which older people may take for normal at their age and so ignore,
Dizziness and
A headache in the afternoon.

Drink water when you notice them.
"""
    assert [kind for kind, _ in outline(text)] == ["paragraph", *["item"] * 4, "paragraph"]


def test_a_short_line_above_a_list_is_a_heading():
    text = """\
Cramps at Night

Causes

- hard work
- some medicines

When to rest

- after a long day
- in the heat

Look for

- swelling
"""
    assert [b for b in outline(text) if b[0] in ("h2", "paragraph")] == [
        ("h2", "Causes"),
        ("h2", "When to rest"),
        ("paragraph", "Look for"),
    ]


def test_a_question_with_its_letter_may_hold_two_sentences():
    text = "Q: I wake up with cramps. Should I worry?\n\nA: No. Most of them are harmless.\n"
    assert outline(text)[0] == ("h2", "Q: I wake up with cramps. Should I worry?")


def test_numbers_that_touch_their_text_make_a_list_where_they_count_up():
    text = "Rest well.\n\n1.Sleep eight hours\n2.Eat fruit\n\nAdd 3.Five more if you like.\n"
    assert outline(text) == [
        ("paragraph", "Rest well."),
        ("item", "Sleep eight hours"),
        ("item", "Eat fruit"),
        ("paragraph", "Add 3.Five more if you like."),
    ]
    assert [kind for kind, _ in outline("Of note.\n\n4.Years is a long time to wait.\n")] == [
        "paragraph",
        "paragraph",
    ]


def test_the_speaker_of_a_quotation_is_no_item():
    text = "“It helped me to sleep.”\n\n— Anna Example, 44\n\nRest is best.\n"
    assert [kind for kind, _ in outline(text)] == ["paragraph"] * 3
    assert [kind for kind, _ in outline("— rest\n— water\n")] == ["item", "item"]


def test_an_item_ends_where_its_sentence_ends():
    text = "- Rest when you can.\nwoman asleep on a sofa\n- Drink enough\nwater every day\n"
    assert outline(text) == [
        ("item", "Rest when you can."),
        ("paragraph", "woman asleep on a sofa"),
        ("item", "Drink enough water every day"),
    ]


def test_numbers_with_colons_make_a_list_beside_others():
    text = "Rest well.\n\n1: Sleep eight hours\n3: Eat fruit\n\nMix it well.\n\n2: one is the usual ratio.\n"
    assert outline(text) == [
        ("paragraph", "Rest well."),
        ("item", "Sleep eight hours"),
        ("item", "Eat fruit"),
        ("paragraph", "Mix it well."),
        ("paragraph", "2: one is the usual ratio."),
    ]


def test_a_heading_may_stand_right_above_another_one():
    prose = "Most people need seven to nine hours of sleep, and some of them need more than that."
    text = f"Tired Legs\n\n{prose}\n\nHidden Reasons For It\n\nToo Little Iron\n\n{prose}\n"
    assert [b for b in outline(text) if b[0].startswith("h")] == [
        ("h1", "Tired Legs"),
        ("h2", "Hidden Reasons For It"),
        ("h2", "Too Little Iron"),
    ]


def test_addresses_below_a_list_are_no_part_of_its_last_item():
    text = """\
Sore feet are common after a long day, and most of them need no more than a rest and a foot bath. Some do.
Signs to know:
- heat
- a blue toe
When to see a doctor?
- At once if the foot is cold
- Soon if it stays sore
https://example.org/feet
https://example.org/toes
"""
    kinds = [kind for kind, _ in outline(text, "markdown")]
    assert kinds == [
        "paragraph",
        "paragraph",
        *["item"] * 2,
        "h2",
        *["item"] * 2,
        *["paragraph"] * 2,
    ]


def test_a_line_on_copyright_is_no_heading():
    text = "Sore Feet\n\nRest is best for most sore feet, most of the time.\n\nCopyright 2020 Sole Clinic\n\nPrinted for you by the clinic.\n"
    assert [kind for kind, _ in outline(text)] == ["h1", *["paragraph"] * 3]


def test_lines_that_are_lettered_from_a_on_are_headings():
    text = (
        "Sage\n\nA. What it is:\n\nA grey shrub with leaves that smell.\n\nB. Good for:\n\nTea\n\n"
    )
    text += "C. Ask a nurse if:\n\nYou take tablets\n"
    heads = [words for kind, words in outline(text) if kind == "h2"]
    assert heads == ["A. What it is:", "B. Good for:", "C. Ask a nurse if:"]


def test_a_label_that_pages_share_is_a_heading_beside_another_one():
    below = "Dry skin is rough, and it gets worse in winter when the air is dry indoors."
    text = f"Overview :\n\n{below}\n\nCauses :\n\nTreatment :\n\n- a plain cream\n- a soft towel\n"
    assert [kind for kind, _ in outline(text)] == ["h2", "paragraph", "h2", "h2", "item", "item"]


def test_items_of_which_some_end_with_a_full_stop_make_a_list():
    text = (
        "Please bring what is listed here:\nYour health card.\nLetters from clinics\nYour glasses\n"
    )
    assert [kind for kind, _ in outline(text + "The tablets you take\n")] == ["paragraph"] + [
        "item"
    ] * 4
    prose = "It helps in many ways:\nRest is good.\nSleep is good too.\nWalks help.\nTea may help\n"
    assert "item" not in [kind for kind, _ in outline(prose)]


def test_headings_may_be_written_in_lower_case_between_paragraphs():
    text = "easing a stiff neck\n\n{0}\n\nat your desk\n\n{0}\n\nat night\n\n{0}\n"
    below = "A neck gets stiff when it is held still for long. Look away from the screen often, and move."
    heads = [(kind, words) for kind, words in outline(text.format(below)) if kind[0] == "h"]
    assert heads == [("h1", "easing a stiff neck"), ("h2", "at your desk"), ("h2", "at night")]


@pytest.mark.parametrize("below", ["***\n\nMore of it.\n", "- cold\n- heat\n"])
def test_a_lone_word_right_above_a_rule_or_a_list_is_no_heading(below):
    kinds = [
        kind for kind, _ in outline(f"# Sore feet\n\nShoes help.\n\nTriggers\n{below}", "markdown")
    ]
    assert kinds[:3] == ["h1", "paragraph", "paragraph"]


def test_a_known_heading_or_one_apart_from_its_list_is_one_still():
    text = "Sore Feet\n\nShoes help most people.\n\nSymptoms\n- cold\n- heat\n\nTriggers\n\n- cold\n- heat\n"
    assert [words for kind, words in outline(text, "markdown") if kind == "h2"] == [
        "Symptoms", "Triggers",
    ]  # fmt: skip


def test_what_a_parser_gives_to_a_bare_bullet_is_left_to_it():
    code = outline("# Sore feet\n\nShoes:\n\n-\n      wide\n-\n  soft\n", "markdown")
    assert code[-2:] == [("code", ""), ("item", "soft")]


@pytest.mark.parametrize(
    "text", ["- \n" * 170_000, "|a|b|\n|-|-|\n" + "|c|d|\n" * 65_000, "![]()" * 170_000]
)
def test_what_has_more_pieces_than_any_article_is_refused(text: str) -> None:
    with pytest.raises(CrampError, match="more than 320,000 headings"):
        parse(Source("a.md", text, "markdown"))
    parse(Source("a.md", text[: len(text) // 8], "markdown"))


@pytest.mark.parametrize("text", ["# a\n\n" * 25_001, "So it is. " * 25_002, "A!\n" * 25_002])
def test_what_has_more_sentences_than_any_article_is_refused(text: str) -> None:
    with pytest.raises(CrampError, match="more than 25,000 sentences"):
        parse(Source("a.md", text, "markdown"))
    parse(Source("a.md", text[: len(text) // 2], "markdown"))


def test_what_has_more_numbers_than_any_article_is_refused() -> None:
    text = "Take 5, 10 or 15 of each " * 20_001
    with pytest.raises(CrampError, match="more than 40,000 numbers"):
        parse(Source("a.md", text, "markdown"))
    parse(Source("a.md", text[: len(text) // 2], "markdown"))


@pytest.mark.parametrize("kind", ["text", "markdown"])
@pytest.mark.parametrize("mark", ["\uf0b7", "§", "o", "Ø", "¨", "&bull;"])
def test_what_is_left_of_a_symbol_fonts_bullets_opens_items(mark, kind):
    text = f"# Sore feet\n\nSee a doctor if you have:\n{mark} a fever\n{mark}  a red foot\n"
    assert outline(text, kind)[-2:] == [("item", "a fever"), ("item", "a red foot")]


@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_a_letter_or_sign_that_stands_alone_opens_no_item(kind):
    text = "# Sore feet\n\nRest the foot.\n\n§ 5 of the law says so.\n\no dear\n\nv 2 is out.\n"
    assert [shape for shape, _ in outline(text, kind)][1:] == ["paragraph"] * 4
