"""Laws of mending, over texts made of every kind of damage that a fix mends."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, reject

from cramplint.check import VOCABULARY, Selection, mending
from cramplint.cli import main
from cramplint.config import Config
from cramplint.corpus import Articles, Corpus
from cramplint.fix import fix
from cramplint.judging import judge, mend
from cramplint.model import STUB, Article, CrampError, Finding, Kind, Source
from cramplint.parse import parse
from cramplint.report.escape import inert
from cramplint.rules import load

sys.path.insert(0, str(Path(__file__).parent))
strategies = import_module("strategies")

RULES = load(VOCABULARY, cached=False)
CONFIG = Config(
    root=Path(),
    locale="us",
    disclaimer_text="This page is for general information. It does not replace advice from your "
    "doctor. Ask your doctor about your own health.",
    disclosure_text="We earn a commission if you buy through links on this page.",
)
SELECTION = Selection(ignore=("metadata/*", "prose/*", "readability/*"))
TEXTS, KINDS = strategies.TEXTS, strategies.KINDS
FEW = strategies.looked_at(25)


def article(text: str, kind: Kind) -> Article:
    try:
        return parse(Source("a.md" if kind == "markdown" else "a.txt", text, kind))
    except CrampError:
        reject()  # front matter that cannot be read is mended by a person


def mended(one: Article, *, unsafe: bool) -> Article:
    site = Corpus(Articles([one]), {}, (), (), ()).site(CONFIG, RULES)
    return parse(mend(one.source, RULES, site, SELECTION, unsafe=unsafe).source)


def errors(one: Article) -> Counter[str]:
    site = Corpus(Articles([one]), {}, (), (), ()).site(CONFIG, RULES)
    found = judge(one, RULES, site, SELECTION).checked.findings
    return Counter(
        f.rule for f in found if f.severity == "error" and one.source.excerpt(f.span) != STUB
    )


def words(text: str) -> list[str]:
    """ASCII letters and digits: what is left of a word whose encoding was mended, and of an amount
    and a unit that are written otherwise."""
    return re.findall(r"[a-z]", re.sub(r"[^\x00-\x7f]|&nbsp;", "", text.lower()))


@FEW
@given(TEXTS, KINDS)
def test_safe_fixes_settle_bring_no_error_and_are_done_once(text: str, kind: Kind) -> None:
    before = article(text, kind)
    after = mended(before, unsafe=False)
    assert mended(after, unsafe=False).source == after.source
    assert errors(after) <= errors(before)


@FEW
@given(TEXTS, KINDS)
def test_a_text_that_changes_is_looked_at_no_closer_and_comes_out_the_same(
    text: str, kind: Kind
) -> None:
    one = article(text, kind)
    site = Corpus(Articles([one]), {}, (), (), ()).site(CONFIG, RULES)
    every: set[str] = set()

    def find(source: Source) -> tuple[Finding, ...]:
        found = judge(parse(source), RULES, site, SELECTION).checked.findings
        every.update(f.rule for f in found if f.fix and f.fix.safety == "safe")
        return found

    assert fix(one.source, find) == mend(one.source, RULES, site, SELECTION)
    assert every <= mending(RULES, SELECTION)


@FEW
@given(TEXTS.filter(lambda text: "QD" not in text), KINDS)
def test_safe_fixes_keep_the_letters_of_the_prose(text: str, kind: Kind) -> None:
    before = article(text, kind)
    assert words(mended(before, unsafe=False).prose) == words(before.prose)


@FEW
@given(TEXTS, KINDS)
def test_fixes_that_ask_settle_bring_no_error_and_are_done_once(text: str, kind: Kind) -> None:
    before = article(text, kind)
    after = mended(before, unsafe=True)
    assert mended(after, unsafe=True).source == after.source
    assert errors(after) <= errors(before)


def shown(text: str) -> bool:
    """True if a diff holds it as it is: what is not seen is written out, commands are broken."""
    return text.replace("\n", "").isprintable() and inert(text) == text


@strategies.looked_at(10)
@given(TEXTS.filter(shown))
def test_a_diff_patches_a_file_into_what_is_written(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    article(text, "text")
    home = tmp_path_factory.mktemp("diff")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(home)
        patched.setenv("CRAMPLINT_CACHE_DIR", str(home))
        Path("a.txt").write_bytes(text.encode())
        options = ("--isolated", "--no-cache", "-q", "--exit-zero", "--unsafe-fixes", "a.txt")
        diff = run(patched, home, "--diff", *options)
        assert Path("a.txt").read_bytes() == text.encode()
        run(patched, home, "--fix", *options)
        written = Path("a.txt").read_bytes()
        Path("a.txt").write_bytes(text.encode())
        if diff:
            subprocess.run(["patch", "-s", "-f", "-p0"], input=diff, text=True, check=True)
        assert Path("a.txt").read_bytes() == written


def run(patched: pytest.MonkeyPatch, home: Path, *args: str) -> str:
    out = home / "out.log"
    with out.open("w", encoding="utf-8") as stream:
        patched.setattr("sys.argv", ["cramplint", "check", *args])
        patched.setattr("sys.stdout", stream)
        with pytest.raises(SystemExit) as left:
            main()
    assert left.value.code == 0
    return out.read_text("utf-8")
