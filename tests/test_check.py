"""Which rules run, how severe they are, and what is said of suppressions: through `check` itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cramplint.check import (
    VOCABULARY,
    Checking,
    Selection,
    check,
    level,
    libraries,
    nearest,
    reworded,
)
from cramplint.check import selected as chosen
from cramplint.model import Checked, CrampError, Finding, Settings, Source, Span, Waiver
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.rules import load
from cramplint.site import Site
from cramplint.understand import understand

RULES = load(VOCABULARY)
BROKEN = "links/internal-anchor"  # of any page, an error
BAD = "# Leg cramps\n\nRest your calf, see [it](#x).\n"
AT = f"{BROKEN} (cramplint.toml:7)"
WHO = "who answers for it: nobody is named"
SETTINGS = Settings(today=date(2026, 3, 4))


def checked(text: str, *select: str, settings: Settings = SETTINGS, **more) -> Checked:
    article = parse(Source("a.md", text, "markdown"))
    site = Site.of([page_of(article)], settings, RULES.data)
    return check(understand(article, RULES.data), RULES, site, Selection(select, **more))


def told(text: str, *select: str, **more) -> list[str]:
    return [one.message for one in checked(text, *select, **more).findings]


def rules(select=(), **more) -> set[str]:
    return set(chosen(RULES, Selection(select, **more)))


def test_what_some_rules_find_is_of_what_all_find() -> None:
    stated = "<!-- cramplint-disable-next-line links/internal-anchor -- the template makes it -->"
    article = parse(Source("a.md", f"{stated}\nSee [it](#x).\n\n{stated}\n{BAD}", "markdown"))
    site = Site.of([page_of(article)], SETTINGS, RULES.data)
    reading = understand(article, RULES.data)
    whole = check(reading, RULES, site, Selection())
    for names in (
        {BROKEN},
        {"suppression/unused"},
        {BROKEN, "suppression/unused"},
        set(RULES.rules),
    ):
        begun = Checking(reading, RULES, site, Selection())
        assert begun.of(names) == [f for f in whole.findings if f.rule in names]
        assert begun.all == whole
    assert {f.rule for f in whole.findings} >= {BROKEN, "suppression/unused"}
    assert Checking(reading, RULES, site, Selection(ignore=(BROKEN,))).of({BROKEN}) == []


# -- which rules run


def test_without_a_choice_every_rule_runs() -> None:
    assert rules() == set(RULES.rules)


def test_rules_are_chosen_and_left_out_by_id_and_by_group() -> None:
    links = {one for one in RULES.rules if one.startswith("links/")}
    assert len(links) > 2
    assert rules(("links/*",)) == links
    assert rules(("links/*", "claim/cure")) == links | {"claim/cure"}
    assert rules(("links/*",), ignore=(BROKEN,)) == links - {BROKEN}
    assert rules(("links/*",), severity={BROKEN: "off"}) == links - {BROKEN}
    assert rules(("links/*",), severity={"links/*": "off"}) == set()
    assert rules((BROKEN,), severity={"links/*": "note"}) == {BROKEN}
    assert rules((BROKEN,), ignore=("claim/*",)) == {BROKEN}


@pytest.mark.parametrize("where", ["select", "ignore", "severity"])
def test_a_name_of_no_rule_is_an_error_that_names_the_nearest(where) -> None:
    asked = {"links/internal-ancor": "off"} if where == "severity" else ("links/internal-ancor",)
    with pytest.raises(CrampError) as error:
        chosen(RULES, Selection(**{where: asked}))
    assert (error.value.what, error.value.where) == ("no rule is called links/internal-ancor", "")
    assert BROKEN in error.value.todo


def test_groups_are_near_to_groups_and_what_is_near_to_nothing_is_told_where_the_list_is() -> None:
    assert "links/*" in nearest("link/*", RULES)
    assert nearest("zzzzzzzzzz", RULES) == "`cramplint rule` lists them"


def test_a_message_may_be_worded_anew() -> None:
    done = reworded(RULES, {BROKEN: "Look at {text}"})
    assert done.rules[BROKEN].message == "Look at {text}"
    assert {**done.rules, BROKEN: None} == {**RULES.rules, BROKEN: None}
    assert reworded(RULES, {}) is RULES
    with pytest.raises(CrampError) as error:
        reworded(RULES, {"links/internal-ancor": "x"})
    assert (error.value.what, error.value.where) == (
        "no rule is called links/internal-ancor",
        "messages",
    )
    assert BROKEN in error.value.todo
    with pytest.raises(CrampError, match=f"messages.{BROKEN}"):
        reworded(RULES, {BROKEN: "{a.b}"})


def test_health_rules_leave_other_pages_alone_and_rules_without_a_page_s_language_are_named() -> (
    None
):
    health = "redflag/section-missing"
    assert RULES.rules[health].scope == "health"
    assert [f.rule for f in checked(BAD, health).findings] == [health]
    assert told("---\ntype: news\n---\n\n# A day out\n\nWe went out.\n", health) == []
    german = f"---\nlang: de\n---\n\n{BAD}"
    done = checked(german, health, BROKEN)
    assert [f.rule for f in done.findings] == [BROKEN]
    assert done.unspoken == (health,)
    assert checked(BAD, health, BROKEN).unspoken == ()


def test_libraries_are_those_of_the_rules_that_run() -> None:
    assert libraries(RULES, Selection(("readability/grade",))) == {"textstat"}
    assert libraries(RULES, Selection((BROKEN, "suppression/*"))) == set()


# -- how severe


def severity(rule: str, stated: str = "", **more) -> str:
    one = Finding(rule, Span(0, 0), "m", stated, "")
    return level(one, RULES.rules[rule], Selection(**more))


def test_the_severity_is_the_user_s_else_the_profile_s_lowered_by_the_check() -> None:
    assert RULES.rules[BROKEN].severity == "error"
    assert severity(BROKEN) == "error"
    assert severity(BROKEN, "note") == "note"
    assert severity(BROKEN, severity={BROKEN: "note"}) == "note"
    assert severity(BROKEN, severity={"claim/*": "note", "links/*": "warning"}) == "warning"
    assert severity(BROKEN, severity={BROKEN: "note", "links/*": "warning"}) == "note"
    assert severity(BROKEN, "note", severity={BROKEN: "error"}) == "error"
    assert severity(BROKEN, severity={BROKEN: "off"}) == "error"
    missing = "authorship/author-missing"
    usual = RULES.rules[missing].severity
    assert usual != "error"
    assert severity(missing) == usual
    assert severity(missing, "error") == usual, "a check lowers, it never raises"
    assert severity(missing, profile="strict") == "error"


def test_what_is_imported_has_errors_of_damage_only() -> None:
    errors = [rule for rule, one in RULES.rules.items() if one.severity == "error"]
    still = {rule for rule in errors if severity(rule, profile="import") == "error"}
    assert {rule.partition("/")[0] for rule in still} <= {"artifact", "structure", "redflag"}
    assert severity(BROKEN, profile="import") == "warning"
    assert severity(BROKEN, "note", profile="import") == "note"
    slight = next(rule for rule, one in RULES.rules.items() if one.severity == "note")
    assert severity(slight, profile="import") == "note"
    damaged = next(rule for rule in errors if rule.startswith("artifact/"))
    assert severity(damaged, profile="import") == "error"


# -- what is found, silenced, and said of suppressions


def test_findings_come_in_the_order_of_their_places() -> None:
    done = checked(f"{BAD}\nSee [that](#y) and [this](#z).\n", BROKEN, "redflag/*", "structure/*")
    places = [(f.span.start, f.rule, f.span.end) for f in done.findings]
    assert len(places) > 3
    assert places == sorted(places)
    quiet = checked(f"<!-- cramplint-disable-file * -- why -->\n\n{BAD}\n[t](#y)\n", BROKEN)
    assert quiet.findings == ()
    assert [f.rule for f in quiet.suppressed] == [BROKEN, BROKEN]
    assert quiet.suppressed[0].span < quiet.suppressed[1].span


COMMENT = "<!-- cramplint-disable-file {} -->\n\n"


@pytest.mark.parametrize(
    ("said", "those"),
    [
        (f"{BROKEN} -- why", []),
        (BROKEN, [f'An error is not silenced without a reason ("{BROKEN}")']),
        ("links/*", ['An error is not silenced without a reason ("links/*")']),
        ("redflag/* -- why", []),
        ("structure/lists -- why", []),
        ("-- why", ['No rule is called "" (`cramplint rule` lists them)']),
        ("zzz/zzz -- why", ['No rule is called "zzz/zzz" (`cramplint rule` lists them)']),
        (f"{BROKEN} zzz/zzz -- why", ['No rule is called "zzz/zzz" (`cramplint rule` lists them)']),
    ],
)
def test_what_is_said_of_a_comment(said, those) -> None:
    which = ("suppression/no-reason", "suppression/unknown-rule")
    found = told(COMMENT.format(said) + BAD, BROKEN, *which)
    assert [one for one in found if "silence" in one or "No rule" in one] == those


def test_only_a_comment_whose_rules_ran_is_said_to_be_unused() -> None:
    calm = "# A day out\n\nWe went out.\n"
    unused = "suppression/unused"
    message = f'"{BROKEN}, claim/*" has nothing to silence here'
    text = COMMENT.format(f"{BROKEN} claim/* -- why") + calm
    assert told(text, BROKEN, unused) == [message]
    assert told(text, "structure/lists", unused) == []
    assert told(COMMENT.format(f"{BROKEN} zzz/zzz -- why") + calm, BROKEN, unused) == []
    assert told(COMMENT.format(f"{BROKEN} -- why") + BAD, BROKEN, unused) == []
    # What would have needed a library may be missing: it is said, but no fix takes it out.
    for rule, mended in ((BROKEN, True), ("readability/grade", False)):
        (one,) = checked(COMMENT.format(f"{rule} -- why") + calm, rule, unused).findings
        assert (one.fix is not None) is mended


@pytest.mark.parametrize(
    ("expires", "silenced", "said"),
    [
        ("2026-03-04", 1, []),
        ("", 1, []),
        (
            "2026-03-03",
            0,
            [
                f"The waiver of {AT} ended on 2026-03-03; {WHO}",
            ],
        ),
        (
            "soon",
            0,
            [
                f'The waiver of {AT} ends on "soon", which is no date; {WHO}',
            ],
        ),
    ],
)
def test_a_waiver_of_the_configuration_holds_until_its_day(expires, silenced, said) -> None:
    waiver = Waiver(BROKEN, "a.md", "why", "", expires, "cramplint.toml:7")
    done = checked(BAD, BROKEN, "suppression/*", waivers={"a.md": (waiver,)})
    assert len(done.suppressed) == silenced
    assert [f.message for f in done.findings if f.rule == "suppression/expired"] == said
    assert len([f for f in done.findings if f.rule == BROKEN]) == 1 - silenced
    assert not [f for f in done.findings if f.rule == "suppression/unused"]
    named = checked(BAD, "suppression/expired", waivers={"a.md": (waiver._replace(owner="Ann"),)})
    assert all(f.message.endswith("who answers for it: Ann") for f in named.findings)
    other = checked(BAD, BROKEN, "suppression/*", waivers={"b.md": (waiver,)})
    assert [f.rule for f in other.findings] == [BROKEN]


def test_a_key_that_means_nothing_is_named() -> None:
    text = f"---\ncramplint: {{ignore: {{{BROKEN}: {{reason: r, until: x}}}}}}\n---\n{BAD}"
    assert told(text, BROKEN, "suppression/expired") == [
        f'A waiver has reason, owner and expires; "until" means nothing (waiver of {BROKEN})'
    ]


def test_the_severity_of_what_is_said_of_suppressions_can_be_set() -> None:
    text = COMMENT.format(BROKEN) + BAD
    done = checked(text, BROKEN, "suppression/no-reason", severity={"suppression/*": "note"})
    assert {f.rule: f.severity for f in done.findings} == {
        BROKEN: "error",
        "suppression/no-reason": "note",
    }


# -- a page of a team's own that its check cannot use


def test_a_fault_of_a_house_rule_is_told_as_one_and_a_fault_of_ours_is_a_bug() -> None:
    rule = replace(RULES.rules["artifact/chat-residue"], params={}, path="own/calf.md", house=True)
    article = parse(Source("a.md", BAD, "markdown"))
    reading = understand(article, RULES.data)
    site = Site.of([page_of(article)], SETTINGS, RULES.data)

    def run(one) -> Checked:
        return check(
            reading,
            replace(RULES, rules={one.id: one}),
            site,
            Selection(),
        )

    with pytest.raises(CrampError) as error:
        run(rule)
    assert error.value.where == "own/calf.md"
    assert error.value.what == f"the check {rule.check} cannot use this page: KeyError: 'find'"
    assert error.value.todo == "see docs/rule-authors.md"
    with pytest.raises(KeyError):
        run(replace(rule, house=False))
