"""Reports: what a writer sees, and what a program reads."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.judging import Judged
from cramplint.meaning import (
    Credit,
    Credits,
    Dated,
    Disclaimers,
    Evidence,
    Reading,
    RedFlags,
    Reference,
    Zone,
)
from cramplint.model import Article, Block, Checked, Edit, Finding, Fix, Link, Meta, Source, Span
from cramplint.report import FORMATS, report
from cramplint.report.escape import inert, visible
from cramplint.report.result import Lines, Look, Result
from cramplint.report.text import statistics

RLO, ZERO = "\u202e", "\u200b"


def result(text: str, *findings: Sequence[Finding], **more: Any) -> Result:
    return judged(text, *findings, **more).result(told=True)


def judged(
    text: str,
    findings: Sequence[Finding] = (),
    *,
    path: str = "articles/a.md",
    suppressed: Sequence[Finding] = (),
    data: dict[str, Any] | None = None,
    blocks: tuple[Block, ...] = (),
    links: tuple[Link, ...] = (),
    zones: tuple[Zone, ...] = (),
) -> Judged:
    article = Article(
        source=Source(path, text, "markdown"),
        meta=Meta(data=data or {}),
        prose=text,
        events=(),
        blocks=blocks,
        sections=(),
        links=links,
    )
    reading = Reading(
        article=article,
        zones=zones,
        sentences=(),
        pairs=(),
        related=(),
        topics=("leg-cramps",),
        health=True,
        type="article",
        lang="en",
        disclaimers=Disclaimers(level="partial"),
        red_flags=RedFlags(level="section", adequate=True),
        testimonials=2,
    )
    return Judged(reading, Checked(tuple(findings), tuple(suppressed)))


def found(
    text: str, words: str, nth: int = 0, rule: str = "artifact/list-lost", **more: Any
) -> Finding:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    known = {"message": "a list is lost", "severity": "error", "advice": "Put it back.", **more}
    return Finding(rule, Span(start, start + len(words)), **known)


def marked(out: str) -> str:
    """The words above the carets of the first marker in `out`, cell by cell."""
    lines = out.split("\n")
    i = next(i for i, line in enumerate(lines) if re.fullmatch(r" *\| *\^+( to line \d+)?", line))
    under = re.search(r"\^+", lines[i])
    assert under
    return lines[i - 1][under.start() : under.end()]


# ---- lines and columns


@given(st.text("ab\n\u2028\U0001f600", max_size=40), st.integers(0, 40))
def test_places_count_line_feeds_and_code_points(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    before = text[:offset]
    line, column = Lines(text).place(offset)
    assert line == before.count("\n") + 1
    assert column == len(before.rpartition("\n")[2]) + 1


# ---- text


def test_text_is_what_a_writer_enjoys() -> None:
    text = "# Cramps\n\nCommon signs include:\n\nRest.\n"
    first = found(text, "Common signs include:", fix=Fix((Edit(Span(0, 0), ""),)))
    second = found(text, "Rest", rule="structure/x", severity="note", message="so short", advice="")
    assert report("text", [result(text, [first, second], suppressed=[first])], Look()) == (
        "articles/a.md\n"
        "  3:1  error  a list is lost\n"
        "    3 | Common signs include:\n"
        "      | ^^^^^^^^^^^^^^^^^^^^^\n"
        "    artifact/list-lost  Put it back. (--fix)\n"
        "  5:1  note  so short\n"
        "    5 | Rest.\n"
        "      | ^^^^\n"
        "    structure/x\n"
        "\n"
        "1 file: 1 error, 1 note; 1 fixable with --fix; 1 suppressed\n"
    )


def test_a_clean_file_costs_one_line() -> None:
    assert report("text", [result("Fine.\n")], Look()) == "1 file: nothing found\n"
    assert report("text", [], Look()) == ""


def test_many_places_of_a_rule_are_folded_after_the_third() -> None:
    text = "bad\n" * 25 + "odd\n"
    findings = [found(text, "bad", n) for n in range(25)] + [found(text, "odd", rule="a/odd")]
    out = report("text", [result(text, findings)], Look())
    assert re.findall(r"^  (\d+):1", out, re.MULTILINE) == ["1", "2", "3", "26"]
    assert "… and 22 more like this, lines 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 …\n" in out
    assert out.count("Put it back.") == 2
    assert out.endswith("1 file: 26 errors\n")
    unfolded = report("text", [result(text, findings)], Look(fold=0))
    assert unfolded.count("a list is lost") == 26


def test_exactly_one_more_is_said_in_the_singular() -> None:
    text = "bad\n" * 4
    out = report("text", [result(text, [found(text, "bad", n) for n in range(4)])], Look())
    assert "… and 1 more like this, line 4\n" in out


def test_the_marker_stands_under_the_words_whatever_their_width() -> None:
    text = "e\u0301 \t脚が痛い and 🦵 leg cramps here"
    out = report("text", [result(text, [found(text, "leg cramps")])], Look())
    line, under = out.split("\n")[2:4]
    cells = sum(0 if c == "\u0301" else 2 if c in "脚が痛い🦵" else 1 for c in line.split("leg")[0])
    assert under.index("^") == cells
    assert under.count("^") == len("leg cramps")


@given(st.integers(0, 3000), st.integers(1, 300), st.integers(30, 120))
def test_a_long_line_is_cut_around_the_words(before: int, length: int, width: int) -> None:
    text = "x" * before + "Y" * length + "x" * 500
    out = report("text", [result(text, [found(text, "Y" * length)])], Look(width=width))
    shown = next(line for line in out.split("\n") if line.startswith("    1 | "))
    assert len(shown) <= max(width, 28)
    assert marked(out).strip("…") == "Y" * min(length, shown.count("Y"))
    assert shown.count("Y") >= min(length, 10)
    assert shown.endswith("…")


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    text = "one two\nthree\nfour"
    out = report("text", [result(text, [found(text, "two\nthree")])], Look())
    assert marked(out) == "two"
    assert "^^^ to line 2\n" in out


def test_a_place_without_words_shows_no_line() -> None:
    nowhere = Finding("disclaimer/missing", Span(0, 0), "no disclaimer", "error", "Add one.")
    out = report("text", [result("Text.\n", [nowhere])], Look())
    assert "|" not in out
    empty = Finding("a/b", Span(2, 2), "here", "error")
    assert marked(report("text", [result("Text.\n", [empty])], Look())) == "x"


def test_long_advice_is_wrapped_and_dressing_is_the_callers() -> None:
    text = "bad"
    finding = found(text, "bad", advice="word " * 30 + "end.")
    out = report("text", [result(text, [finding])], Look(lambda role, t: f"<{role}>{t}</>", 60))
    assert "<path>articles/a.md</>\n" in out
    assert "<error>error</>" in out
    assert "<rule>artifact/list-lost</>" in out
    assert all(len(re.sub("<.*?>", "", line)) <= 60 for line in out.split("\n"))


def test_statistics_count_by_rule() -> None:
    text = "bad bad odd"
    mended = found(text, "bad", fix=Fix(()))
    findings = [mended, found(text, "bad", 1), found(text, "odd", rule="a/odd", severity="note")]
    assert statistics([result(text, findings)], Look()) == (
        "     2  error    artifact/list-lost  1 with --fix\n"
        "     1  note     a/odd\n"
        "\n"
        "     3  articles/a.md  2 errors, 1 note\n"
        "\n"
        "1 file: 2 errors, 1 note; 1 fixable with --fix\n"
    )


def test_statistics_name_the_files_with_most_first_and_some_only() -> None:
    bad = [found("bad", "bad")]
    results = [result("bad", bad, path=f"{n:02}.md") for n in range(25)]
    results.append(result("bad bad", [found("bad bad", "bad", n) for n in (0, 1)], path="x\x1b.md"))
    lines = statistics(results, Look()).splitlines()
    assert lines[2:4] == ["     2  x\\x1b.md  2 errors", "     1  00.md  1 error"]
    assert lines[22] == "        and 6 more files (-v names all)"
    assert "24.md" in statistics(results, Look(fold=0))


# ---- nothing that is printed drives a terminal or a runner


HOSTILE = (
    "\x1b[2J\x1b]8;;https://evil.example\x07link",
    "a\rb\x08\x9b31m\x7f",
    f"{RLO}txt.exe{ZERO}\u2066x\u2069\ufeff\u2028\u2029\x85",
    "::error file=x::owned",
    "  ::set-output name=x::y",
    "##[error]owned and ##vso[task.complete]",
    "x\n::add-mask::secret",
    "\U000e0041\ud800",
)


@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_and_never_obeyed(name: str, words: str) -> None:
    text = f"{words} bad"
    bad = Finding("a/b", Span(0, len(text)), f"{words} says", "error", f"Do {words}")
    out = report(name, [result(text, [bad], path=f"{words}.md")], Look())
    assert (
        re.search(
            r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]",
            out,
        )
        is None
    )
    own = "::error file=" if name == "github" else "\n"
    commands = [line for line in re.split(r"[\r\n]", out) if line.strip().startswith("::")]
    assert all(line.startswith(own) for line in commands)
    assert len(commands) <= 1
    assert "##[" not in out
    assert "##vso[" not in out
    if name.startswith("json"):
        assert out.isascii()
        doc = json.loads(out)
        finding = doc["findings"][0] if name == "json" else doc
        assert finding["message"] == f"{words} says"
        assert finding["path"] == f"{words}.md"


def test_what_is_unseen_is_written_out() -> None:
    assert visible(f"a{RLO}b\x1b\n\U000e0041") == "a\\u202eb\\x1b\\n\\U000e0041"
    assert visible("Fußkrämpfe – 足 ❤️ 12\u00a0mg") == "Fußkrämpfe – 足 ❤️ 12\u00a0mg"
    assert inert("a ::b\n ::c\n##[x]") == "a ::b\n \\u003a:c\n\\u0023#[x]"


# ---- concise


def test_concise_is_one_line_a_finding_sorted_by_path() -> None:
    text = "ok\nbad"
    results = [result(text, [found(text, "bad")], path=path) for path in ("b.md", "a.md")]
    assert report("concise", results, Look()) == (
        "a.md:2:1: error artifact/list-lost a list is lost\n"
        "b.md:2:1: error artifact/list-lost a list is lost\n"
    )
    assert report("concise", [result(text)], Look()) == ""


# ---- json


def test_json_says_all_of_a_finding() -> None:
    text = "é\nbad bad\n"
    fix = Fix((Edit(Span(2, 5), "good"),), "ask")
    doc = json.loads(report("json", [result(text, [found(text, "bad", fix=fix)])], Look()))
    assert (doc["version"], doc["tool"]["name"]) == (1, "cramplint")
    assert doc["summary"] == {
        "files": 1,
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "fixable": 0,
        "fixable_unsafe": 1,
        "suppressed": 0,
    }
    (finding,) = doc["findings"]
    assert re.fullmatch("[0-9a-f]{16}", finding.pop("fingerprint"))
    assert finding == {
        "path": "articles/a.md",
        "rule": "artifact/list-lost",
        "severity": "error",
        "message": "a list is lost",
        "advice": "Put it back.",
        "start": {"line": 2, "column": 1, "offset": 2},
        "end": {"line": 2, "column": 4, "offset": 5},
        "excerpt": "bad",
        "url": None,
        "fix": {"safety": "ask", "edits": [{"start": 2, "end": 5, "text": "good"}]},
    }


def test_json_tells_the_facts() -> None:
    text = (
        "See [a](/a), [b](b.md#x), [c](#c), [d](mailto:x@y.z). [e](https://e.org) ref\n[^1]: note\n"
    )
    links = tuple(
        Link(Span(m.start(), m.end()), m[1], m[2]) for m in re.finditer(r"\[(.)\]\((.*?)\)", text)
    )
    here = Span(0, 1)
    people = (
        Credit("author", "Ana Ruiz", here),
        Credit("author", "Sam Oke", here, "RN"),
        Credit("reviewer", "Lee Park", here, url="https://lee.example"),
    )
    dates = (
        Dated("updated", "2 January 2026", here, date(2026, 1, 2)),
        Dated("last_reviewed", "March 2025", here, date(2025, 3, 1)),
        Dated("created", "soon", here, None),
    )
    shop = Reference(here, "link", url="https://shop.example", standing="shop")
    sources = (
        Reference(here, "footnote"),
        Reference(here, "link"),
        Reference(here, "stated"),
        shop,
    )
    made = judged(text, data={"title": "Leg cramps"}, links=links)
    reading = replace(
        made.reading, evidence=Evidence(sources), credits=Credits(people, dates, None, here)
    )
    told = made._replace(reading=reading).result(told=True)
    facts = json.loads(report("json", [told], Look()))["files"][0]["facts"]
    answers = facts.pop("proxies")
    assert sorted(answers) == ["cdc_cci", "discern", "pemat"]
    assert answers["discern"]["4_sources"] is True
    assert answers["pemat"]["3_everyday_words"] is None
    assert all(isinstance(x, str) for x in facts.pop("human_only"))
    assert facts == {
        "health_article": True,
        "type": "article",
        "lang": "en",
        "title": "Leg cramps",
        "topics": ["leg-cramps"],
        "disclaimer": "partial",
        "red_flags": "section",
        "red_flags_adequate": True,
        "doses": [],
        "testimonials": 2,
        "citations": 2,
        "authors": [{"name": "Ana Ruiz"}, {"name": "Sam Oke", "credentials": "RN"}],
        "reviewers": [{"name": "Lee Park", "url": "https://lee.example"}],
        "dates": {"created": "soon", "updated": "2026-01-02", "last_reviewed": "2025-03"},
        "internal_links": 2,
        "words": 21,
        "readability": None,
        "unchecked_rules": 0,
        "jama": 4,
    }


def prints(text: str, *words: str) -> list[str]:
    """The fingerprints of findings on `words`, in their order in `text`."""
    at: dict[str, int] = {}
    findings = []
    for word in words:
        findings.append(found(text, word, at.get(word, 0)))
        at[word] = at.get(word, 0) + 1
    out = report("jsonl", [result(text, findings)], Look())
    return [json.loads(line)["fingerprint"] for line in out.splitlines()]


def test_a_fingerprint_knows_words_and_occurrence_but_no_line() -> None:
    first = prints("x “Bad” y “Bad” z", "“Bad”", "“Bad”")
    assert first[0] != first[1]
    assert prints("a\n\nx *bad*  y\n“Bad” z", "*bad*", "“Bad”") == first
    assert prints("worse", "worse")[0] not in first


def test_a_long_excerpt_is_cut() -> None:
    text = "y" * 2000
    (line,) = report("jsonl", [result(text, [found(text, text)])], Look()).splitlines()
    assert json.loads(line)["excerpt"] == "y" * 299 + "…"


def test_same_input_same_bytes_whatever_the_order() -> None:
    results = [result("bad", [found("bad", "bad")], path=f"{n}.md") for n in range(5)]
    for name in FORMATS:
        assert report(name, results, Look()) == report(name, results[::-1], Look())
