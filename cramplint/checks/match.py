"""match: words that should not stand in the prose, unless what is around them turns their sense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ..expressions import pattern
from ..guards import guards_at
from ..meaning import Reading, Sentence
from ..model import Finding, Rule, Severity, Span
from ..rules import finding
from ..search import NOT_OWN, across, marked_hits, standing, take, taken_already, text_at
from ..site import Site
from ..vocabulary import Vocabulary, vocabulary

# Which of two hits that meet counts: patterns know best where what they mark begins and ends.
_RANKS = {"find": 0, "across": 0, "frames": 1, "mild": 2, "hints": 3, "loose": 4}
_LEFT: Mapping[str, Severity] = {"mild": "warning", "hints": "warning", "loose": "warning"}
_GUARDS = ("negated", "attributed", "quoted", "question", "past", "linked")
_STRICT = frozenset((*_GUARDS, "hedged", "cited", "study"))
_KINDS = 2  # so many kinds of boasts make a page that boasts


def match(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Every match of one of `find` in a sentence, or in the title or description that the front
    matter states. A group called "it" is what is marked. `{condition}` in any pattern stands for
    the words of that name in the table `vocabulary`.

    `frames`: words of lists that stand together in a clause (see cramplint/frames.py). `mild` and
    `hints`: as `find` and `frames`, a warning at most. `loose`: frames for a page that boasts: it
    makes two kinds of the claims in the table `boasts`; a warning too, and never where words are
    hedged or cited. `across`: patterns that may run over the ends of sentences ("Tired? That is
    iron."). `beside`: a pattern that the sentence must hold
    as well. `unless`: one that it may not hold. `about`: one that shows, anywhere in the article,
    that all of it is about something else.
    `guards`: those of `guards` that turn the sense (default: negated, attributed,
    quoted, question, past, linked). `softens`: guard -> the severity that is left. `skip`: zones to
    leave out (default: disclaimer, references, related, testimonial, bio, footer, contact).
    """
    params = rule.params
    guards = frozenset(params.get("guards", _GUARDS))
    skip = tuple(params.get("skip", NOT_OWN))
    words = vocabulary(site.data["vocabulary"])
    taken: list[Span] = []  # sorted; none meets another
    fitting: dict[Span, bool] = {}
    found = sorted(_hits(reading, params, words), key=_order)
    about = params.get("about", "")
    if found and about and pattern(about).search(reading.article.source.text):
        return
    for key, sentence, hit in found:
        if taken_already(hit, taken) or reading.within(hit, *skip):
            continue
        if sentence.span not in fitting:  # a long sentence may hold many hits
            said = text_at(reading.article, hit)[slice(*sentence.span)]
            fitting[sentence.span] = _fits(said, params, words)
        if not fitting[sentence.span]:
            continue
        around = guards_at(reading.article, sentence, hit)
        if guards & around:
            continue
        if key == "loose" and (_STRICT & around or not boasts(reading, words, site.data["boasts"])):
            continue
        take(hit, taken)
        softened = _softened(params.get("softens", {}), around)
        yield finding(rule, reading, hit, severity=softened or _LEFT.get(key))


def _hits(
    reading: Reading, params: Mapping[str, object], words: Vocabulary
) -> Iterator[tuple[str, Sentence, Span]]:
    """(parameter that asks for it, sentence, place) of all matches."""
    for key in ("find", "mild"):
        if key in params:
            for sentence, hit in marked_hits(reading, words, words.asked(_listed(params[key]), {})):
                yield key, sentence, hit
    for key in ("frames", "hints", "loose"):
        if key in params:
            for sentence, hit in standing(reading, words, _listed(params[key])):
                yield key, sentence, hit
    if "across" in params:
        asked = words.asked(_listed(params["across"]), {})
        for sentence, hit in across(reading, words, asked):
            yield "across", sentence, hit


def boasts(reading: Reading, words: Vocabulary, table: Mapping[str, Sequence[str]]) -> bool:
    """True if the page makes claims of two kinds or more. `table`: kind -> frames of its claims."""
    return _boasts(reading, words, tuple(map(tuple, table.values())))


@lru_cache(maxsize=2)
def _boasts(reading: Reading, words: Vocabulary, kinds: tuple[tuple[str, ...], ...]) -> bool:
    made = (any(_claimed(reading, words, frames)) for frames in kinds)
    return sum(made) >= _KINDS


def _claimed(reading: Reading, words: Vocabulary, frames: Sequence[str]) -> Iterator[bool]:
    for sentence, hit in standing(reading, words, frames):
        if not reading.within(hit, *NOT_OWN):
            yield not _STRICT & guards_at(reading.article, sentence, hit)


def _listed(given: object) -> Sequence[str]:
    """One pattern or several, as a page gives them."""
    assert isinstance(given, str | Sequence)
    return [given] if isinstance(given, str) else given


def _fits(said: str, params: Mapping[str, str], words: Vocabulary) -> bool:
    """True if the sentence holds what must stand beside a hit, and not what may not."""
    beside, unless = params.get("beside"), params.get("unless")
    if beside and not _holds(said, beside, words):
        return False
    return not (unless and _holds(said, unless, words))


def _holds(said: str, asked: str, words: Vocabulary) -> bool:
    filled, wanted = words.filled(asked)
    return bool(pattern(filled).search(words.marked(said, wanted)))


def _order(found: tuple[str, Sentence, Span]) -> tuple[int, int, int]:
    """Of two that meet the stronger one counts, then a pattern, then the first, then the longer."""
    key, _, hit = found
    return _RANKS[key], hit.start, -hit.end


def _softened(softens: dict[str, Severity], around: frozenset[str]) -> Severity | None:
    """The mildest severity that the guards around leave; None if none of them softens."""
    order: tuple[Severity, ...] = ("note", "warning", "error")
    return next((s for s in order if any(softens.get(g) == s for g in around)), None)
