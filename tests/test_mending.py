"""Laws of mending, over texts made of every kind of damage that a fix mends."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cramplint.check import VOCABULARY, Selection
from cramplint.cli import main
from cramplint.config import Config
from cramplint.corpus import Corpus
from cramplint.judging import judge, mend
from cramplint.model import STUB, Article, Kind, Source
from cramplint.parse import parse
from cramplint.rules import load

RULES = load(VOCABULARY, cached=False)
CONFIG = Config(
    root=Path(),
    locale="us",
    disclaimer_text="This page is for general information. It does not replace advice from your "
    "doctor. Ask your doctor about your own health.",
    disclosure_text="We earn a commission if you buy through links on this page.",
)
SELECTION = Selection(ignore=("metadata/*", "prose/*", "readability/*"))
PIECES = (
    "# Leg cramps at night\n\n",
    "Leg cramps are painful and pass in minutes. Stretch the calf.\n",
    "Rest the tenseThat muscle.Then walk about.\n",
    "-\nrest\n-\nsleep well\n",
    "? Pro tip: drink water\n? “Rest helped me a lot last winter.”\n",
    "Five Ways to Sleep Better\nRead More →Tired After Lunch\nRead More →\n",
    "Deep sleep gWhy We Nap at Noonrows lighter as we age.\n",
    "It helps, and donâ€™t wait &nbsp;long. Take .5 mg QD, then 5.0 mg.\n",
    "<span style='color:red'>Wear wide shoes.</span><br/>\n",
    "Diabetics who suffer from cramps can ask a nurse about them.\n",
    "Try [this brand](https://www.amazon.com/dp/B0?tag=cramps-20&utm_source=x) [here] (/x).\n",
    "For educational purposes only.\n",
    "See your doctor if cramps wake you often or your legs feel weak.\n",
    "When should I see a doctor?\nIf cramps are severe.\n",
    "Connect\nhello@clinic.example\n❤️ 📚 🎨\n© Cramps 2024 • All rights reserved.\n",
    "Products / Tools / Resources\n",
    "<!-- cramplint-disable-next-line claim/detox -- quoted -->\n",
    "**Rest well and walk.\n",
    "\n",
    "\n\n",
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)
KINDS = st.sampled_from(("markdown", "text"))
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def article(text: str, kind: Kind) -> Article:
    return parse(Source("a.md" if kind == "markdown" else "a.txt", text, kind))


def mended(one: Article, *, unsafe: bool) -> Article:
    site = Corpus({one.source.name: one}, {}, (), (), ()).site(CONFIG, RULES)
    return mend(one, RULES, site, SELECTION, unsafe=unsafe).article


def errors(one: Article) -> Counter[str]:
    site = Corpus({one.source.name: one}, {}, (), (), ()).site(CONFIG, RULES)
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
    assert mended(after, unsafe=False) is after
    assert errors(after) <= errors(before)


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
    assert mended(after, unsafe=True) is after
    assert errors(after) <= errors(before)


@settings(FEW, max_examples=10)
@given(TEXTS)
def test_a_diff_patches_a_file_into_what_is_written(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
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
            subprocess.run(["patch", "-s", "-p0"], input=diff, text=True, check=True)
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
