"""Known findings: by their words, whatever lines they stand on, and told of when they are gone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramplint.baseline import Baseline, alike, load, made_of, save, sift, without
from cramplint.check import VOCABULARY
from cramplint.model import Checked, CrampError, Finding, Source, Span
from cramplint.parse import parse
from cramplint.report import report
from cramplint.report.result import Look, Result
from cramplint.rules import load as load_rules
from cramplint.understand import understand

DATA = load_rules(VOCABULARY).data
RULES = {"own/zebra": "zebra", "own/lemur": "lemur"}


def result(text: str, path: str = "a.md", rules: dict[str, str] = RULES) -> Result:
    """What rules that know an animal each find in `text`."""
    reading = understand(parse(Source(path, text, "markdown")), DATA)
    found = [
        Finding(rule, Span(*at.span()), f"no {animal}", "error")
        for rule, animal in rules.items()
        for at in re.finditer(animal, text)
    ]
    checked = Checked(tuple(sorted(found, key=lambda f: (f.span, f.rule))), ())
    return Result(reading.article.source, checked, reading.lang)


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Baseline]:
    """The baseline of these results, written and read again; their files are there."""

    def written(*results: Result, old: Baseline | None = None) -> Baseline:
        for one in results:
            (tmp_path / one.path).write_text(one.source.text, "utf-8")
        save(
            made_of(
                results, old or Baseline(tmp_path / "known.json"), where(tmp_path, results), RULES
            )
        )
        return load(tmp_path / "known.json")

    return written


def where(folder: Path, results: tuple[Result, ...] | list[Result]) -> dict[str, Path]:
    return {one.path: folder / one.path for one in results}


def left(baseline: Baseline, *results: Result, ran: dict[str, str] = RULES) -> list[str]:
    """The lines of what is new."""
    sifted = sift(results, baseline, where(baseline.file.parent, results), ran)
    out = []
    for one in sifted.results:
        source = one.source
        out += [source.excerpt(source.line_span(f.span.start)) for f in one.checked.findings]
    return out


def gone(
    baseline: Baseline, *results: Result, ran: dict[str, str] = RULES
) -> list[tuple[str, str]]:
    sifted = sift(results, baseline, where(baseline.file.parent, results), ran)
    return [(entry.path, entry.rule) for entry in sifted.gone]


def test_what_is_known_is_set_aside_wherever_it_moves(book):
    known = book(result("A zebra.\n\nA lemur.\n"))
    assert left(known, result("A zebra.\n\nA lemur.\n")) == []
    assert left(known, result("# Title\n\nA lemur and\n\n\na Zebra; a zebra.\n")) == []
    assert left(known, result("A zebra.\n"), result("A zebra b.\n", "b.md")) == ["A zebra b."]


def test_of_several_that_are_alike_the_one_on_a_new_line_is_new(book):
    known = book(result("One zebra.\n\nTwo zebras.\n"))
    assert left(known, result("A new zebra.\n\nOne zebra.\n\nTwo zebras.\n")) == ["A new zebra."]
    assert left(known, result("One zebra.\n\nA zebra between.\n\nTwo zebras.\n")) == [
        "A zebra between."
    ]


def test_an_entry_that_nothing_answers_to_is_gone(book):
    known = book(result("A zebra.\n\nA zebra.\n\nA lemur.\n"), result("A zebra.\n", "b.md"))
    now = result("A zebra.\n")
    assert gone(known, now) == [("a.md", "own/lemur"), ("a.md", "own/zebra")]
    # What was not looked at is not gone: another file, a rule that did not run.
    assert gone(known, now, ran={"own/lemur": ""}) == [("a.md", "own/lemur")]
    (known.file.parent / "b.md").unlink()
    assert ("b.md", "own/zebra") in gone(known, now)


def test_a_renamed_file_keeps_its_entries(book):
    text = "A zebra and a lemur.\n"
    known = book(result(text), result("Another zebra.\n", "b.md"))
    moved = result(text, "c.md")
    assert left(known, moved) == ["A zebra and a lemur."] * 2  # a.md is still there: a copy
    (known.file.parent / "a.md").unlink()
    assert left(known, moved) == []
    assert gone(known, moved) == []
    # One file became two: one of them is the old one.
    assert len(left(known, moved, result(text, "d.md"))) == 2
    # A file that had findings of its own takes over none: b.md knew a zebra, no lemur.
    assert left(known, result(text, "b.md")) == ["A zebra and a lemur."]


def test_writing_anew_keeps_what_was_not_looked_at(book):
    known = book(result("A zebra.\n\nA lemur.\n"), result("A lemur.\n", "b.md"))
    some = {"own/zebra": "zebra"}
    again = made_of(
        [result("Calm.\n", rules=some)], known, {"a.md": known.file.parent / "a.md"}, some
    )
    assert [(e.path, e.rule) for e in again.entries] == [
        ("a.md", "own/lemur"),
        ("b.md", "own/lemur"),
    ]
    (known.file.parent / "b.md").unlink()
    again = made_of([result("Calm.\n")], known, {"a.md": known.file.parent / "a.md"}, RULES)
    assert (again.entries, again.texts) == ((), {})


def test_the_file_is_sorted_and_the_same_whatever_the_order(book):
    one, two = result("A zebra.\n\nA lemur \u202e.\n"), result("A zebra.\n", "B.md")
    file = book(one, two).file
    first = file.read_bytes()
    assert book(two, one).file.read_bytes() == first
    data = json.loads(first)
    assert (data["version"], list(data["texts"])) == (1, ["B.md", "a.md"])
    assert [e["path"] for e in data["findings"]] == ["B.md", "a.md", "a.md"]
    assert first.isascii()
    assert len(first.splitlines()) == 12  # one entry a line: two branches merge


GOOD = '{"path": "a.md", "rule": "r/x", "words": "{", "fingerprint": "0", "line": "1"}'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('{\n"version": 1,\n"texts": {,\n', 3, "is no JSON"),
        ("", 1, "is no JSON"),
        ("[" * 100_000, None, "nested too deeply"),
        ("[]", 1, "an object of version, texts and findings"),
        ('\n{"version": 1, "texts": {}}', 2, "an object of version, texts and findings"),
        ('{"version": 2, "texts": {}, "findings": []}', 1, "version 2"),
        ('{"version": 1, "findings": [],\n"texts": {"a": 1}}', 2, "digests"),
        ('{"version": 1, "texts": {}, "findings": {}}', 1, "is a list"),
        ('{"version": 1,\n"texts": {},\n"findings": [\n' + GOOD + ",\n{}]}", 5, "an entry has"),
        ('{"version": 1, "texts": {}, "findings": [\n"x"]}', 2, "an entry has"),
    ],
)
def test_what_is_no_baseline_is_refused_with_its_line(tmp_path, text, line, said):
    file = tmp_path / "known.json"
    file.write_text(text, "utf-8")
    with pytest.raises(CrampError, match=said) as refused:
        load(file)
    assert refused.value.where == (f"{file}:{line}" if line else str(file))
    assert "--write-baseline" in refused.value.todo


def test_a_baseline_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(CrampError, match="No such file") as refused:
        load(tmp_path / "none.json")
    assert "makes one" in refused.value.todo
    (tmp_path / "latin.json").write_bytes(b'{"\xe9": 1}')
    with pytest.raises(CrampError, match="UTF-8"):
        load(tmp_path / "latin.json")


def test_what_an_earlier_state_had_is_known_by_it():
    before, now = result("A zebra.\n"), result("New zebra.\n\nA zebra.\n\nA lemur.\n")
    assert alike(now, before) == {1}
    # Of what is set aside already none is taken for another.
    assert alike(without(now, {1}), before) == set()


WORDS = st.text(st.sampled_from("ab \n#*-é"), max_size=40)
BODY = WORDS.filter(lambda text: not text.lstrip().startswith("---"))  # no front matter


@given(above=BODY, below=WORDS)
def test_a_fingerprint_outlives_the_lines_above(above, below):
    def prints(text: str) -> list[list[str]]:
        results = [result(text)]
        lines = report("jsonl", results, Look()).splitlines()
        run = json.loads(report("sarif", results, Look()))["runs"][0]["results"]
        issues = json.loads(report("gitlab", results, Look()))
        return [
            [json.loads(line)["fingerprint"] for line in lines],
            [one["partialFingerprints"]["cramplint/v1"] for one in run],
            [one["fingerprint"] for one in issues],
        ]

    page = "A zebra walks.\n\nA lemur, a zebra.\n"
    first = prints(page)
    assert [len(set(one)) for one in first] == [3, 3, 3]
    assert prints(f"{above}\n\n{page}\n{below}") == first


@given(st.lists(st.sampled_from(["A zebra.", "A lemur.", "Calm.", "zebra lemur"]), max_size=8))
def test_no_more_is_set_aside_than_was_known(lines):
    before, now = result("A zebra.\n\nA lemur.\n"), result("\n\n".join(lines))
    known = alike(now, before)
    found = [f.rule for f in now.checked.findings]
    for rule in RULES:
        taken = sum(found[i] == rule for i in known)
        assert taken == min(found.count(rule), 1)
