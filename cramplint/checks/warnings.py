"""What a page that advises a supplement owes its reader: whom it can harm, with what it clashes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from ..expressions import may_stand, pattern, stands
from ..guards import guards_at
from ..meaning import Advice, Dose, Reading
from ..model import Finding, Rule, Span
from ..patterns import lazy
from ..rules import finding
from ..search import hits
from ..site import Site

_ELSEWHERE = lazy(r"\binteract(?:ions?|s)?\b", re.IGNORECASE)
_ASK = lazy(
    r"\b(?:pharmacist|doctor|gp|nurse|health visitor|professional|provider|dietiti?an|clinician|"
    r"physician|midwife|medical advice|health ?care team)\b",
    re.IGNORECASE,
)
_BID = lazy(
    r"(?:^|[.;:,–—*•-]\s*|\b(?:and|then|or|you (?:should|can|must|could|need to|may)|please|just|"
    r"simply|you)\s+)(?:take|try|use|add|start|begin|have|swallow|drink|get|go|stir|pop|aim|double|"
    r"build|increase|pair|work|combine|stack|choose|give|dissolve|load|top|paint|suck)\b|"
    r"\b(?:suggest|recommend|advise)\b",
    re.IGNORECASE | re.MULTILINE,
)
_KEPT_FROM = lazy(
    r"\b(?:not|never|no|keep|away|reach|avoid|ask|unless|leave|adults only|only for adults)\b|"
    r"n['’]t\b",
    re.IGNORECASE,
)
# Beside those whom a dose is for, or is not for.
_FOR = lazy(
    r"\b(?:for|unless|not|never|only|gi(?:ve|ven|ving)|ask|avoid\w*|away from|(?:safe|suitable|"
    r"intended|meant|recommended|studied|tested|limits?) (?:for|in|to))(?: [\w'’-]+){0,3} ?\Z",
    re.IGNORECASE,
)
_THEY = lazy(
    r"[^\w.!?]*(?:(?!who |that |find|tell)[\w'’-]+[ ,]+){0,3}?(?:only|should\w*|can|cannot|could|"
    r"must|may|might|needs?|takes?|use|ask|avoid|under|over|aged|if|who (?:are|have|could))\b",
    re.IGNORECASE,
)
_WITH_CHILD = lazy(r"pregnan|expect|breast|nursing|-to-be", re.IGNORECASE)
_MENU = frozenset("»›>|?")  # what stands in a heading of the site, or asks
# The age that a row of a table begins with.
_AGED = lazy(r"\W*(?:ages? )?(\d{1,2}) ?(?:to|and|or|[+|–-]|y(?:ea)?rs?)", re.IGNORECASE)
_LISTED = 12  # sentences of a list that are gone back to what leads to it
_BRIEF = 8  # words: an entry of a list names people and no more
_GUARDS = frozenset({"negated", "attributed", "quoted", "question", "past", "study"})
_LEFT_OUT = ("disclaimer", "red_flags", "references", "related", "testimonial")
_NEAR = 2  # sentences: an order and the word that softens it are read together


def interactions(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A supplement is advised, and what it clashes with is not all named (table `interactions`).

    A warning where no dose is given and nothing is sold, where the page sends those who take
    medicines to a professional, and where the table's cells are not verified. `medicines`: the
    words that do that. `other`: group ids that other rules speak of. `stack`, `total`: words for
    taking several at once, and for adding up what they hold.
    """
    if not reading.advised or any(_ELSEWHERE.search(x.text) for x in reading.article.links):
        return
    sent = _found(reading, rule.params["medicines"])
    other = frozenset(rule.params["other"])
    said: set[Span] = set()
    for nutrient, told in _by_nutrient(reading).items():
        groups = site.data["interactions"]["nutrients"].get(nutrient, ())
        lacks = [
            g
            for g in groups
            if g["must"]
            and g["id"] not in other
            and not any(_found(reading, t) for t in g["terms"])
        ]
        if not lacks:
            continue
        sure = [g for g in lacks if g["verified"]]
        if sent and not sure:
            continue  # nobody has looked these up, and the page says whom to ask
        strong = any(a.via == "dose" for a in told) or reading.commercial
        covered = sent and all(g.get("drug") for g in lacks)
        said.add(told[0].span)
        yield finding(
            rule,
            reading,
            told[0].span,
            severity=None if strong and sure and not covered else "warning",
            variant="" if sure else "unverified",
            nutrient=_name(nutrient, site),
            missing=_listed([g["text"] for g in lacks]),
        )
    yield from (f for f in _stacked(reading, rule) if f.span not in said)


def _stacked(reading: Reading, rule: Rule) -> Iterator[Finding]:
    """Several supplements advised together, and nobody adds up what they hold."""
    together: dict[Span, set[str]] = {}
    for one in reading.advised:
        sentence = reading.sentence_at(one.span.start)
        if one.via != "food" and sentence:
            together.setdefault(sentence.span, set()).add(one.nutrient)
    many = [
        span
        for span, nutrients in together.items()
        if len(nutrients) > 1
        and pattern(rule.params["stack"]).search(reading.article.prose, span.start, span.end)
    ]
    if many and not _found(reading, rule.params["total"]):
        yield finding(rule, reading, many[0], severity="warning", variant="stack")


def kidney(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """One of `nutrients` is advised, not as food, and no word (`find`) speaks of weak kidneys."""
    told = [
        a for a in reading.advised if a.nutrient in rule.params["nutrients"] and a.via != "food"
    ]
    if told and not _found(reading, rule.params["find"]):
        names = list(dict.fromkeys(_name(a.nutrient, site) for a in told))
        yield finding(rule, reading, told[0].span, nutrient=_listed(names))


def population(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A dose without a word on whom it is for (`find`), a note, once. Sentences that hold one of
    `apart` name people for another reason. An error where the page speaks of children (`children`)
    and the dose is over what `upper_limits` allows them."""
    doses = [d for d in reading.doses if d.kind == "recommend" and d.nutrient]
    if not doses:
        return
    told = False
    for dose, over in _too_much(reading, rule, site, doses):
        if told and dose.people != "children":
            continue
        told = True
        limits = ", ".join(f"{c['value']:g} at {c['from']} to {c['to']} years" for c in over)
        yield finding(
            rule,
            reading,
            dose.span,
            variant="children",
            limits=limits,
            source=over[0]["source"],
        )
    if not told and not any(d.people for d in doses) and not _addressed(reading, rule):
        yield finding(rule, reading, doses[0].span, severity="note")


def _too_much(
    reading: Reading, rule: Rule, site: Site, doses: Sequence[Dose]
) -> Iterator[tuple[Dose, list[dict[str, Any]]]]:
    """The doses that children may be given on a page that speaks of them, each with the limits for
    children that it is over."""
    if not _for_children(reading, rule.params["children"]):
        return
    for dose in doses:
        daily = dose.daily or 0
        block = reading.article.block_at(dose.span.start)
        row = block is not None and block.kind == "row"
        age = _AGED.match(reading.article.words(block.span)) if row and block else None
        over = [c for c in _cells(dose.nutrient, site) if daily > c["value"]]
        over = [c for c in over if not age or c["to"] >= int(age[1])]
        if over and dose.people in ("", "children"):
            yield dose, over


def _for_children(reading: Reading, children: str) -> bool:
    """True if the page speaks of children, and not only to keep it from them."""
    if pattern(children).search(reading.article.title):
        return True
    prose = reading.article.prose
    return any(not _kept_from(reading, m.start()) for m in pattern(children).finditer(prose))


def _kept_from(reading: Reading, at: int) -> bool:
    """True if the sentence at a place, or what leads to the list that it is in, keeps something
    from those whom it names."""
    article, sentence = reading.article, reading.sentence_at(at)
    if sentence is None:
        return False
    if _KEPT_FROM.search(article.prose, *sentence.span):
        return True
    i = reading.index_at(at)
    for before in reading.sentences[max(i - _LISTED, 0) : i + 1][::-1]:
        block = article.block_at(before.span.start)
        if not block or block.kind != "item":
            return before is not sentence and bool(_KEPT_FROM.search(article.prose, *before.span))
    return False


def _addressed(reading: Reading, rule: Rule) -> bool:
    """True if a sentence says for whom a dose is or is not."""
    prose = reading.article.prose
    title = f"{reading.article.title} ; {reading.article.meta.data.get('description') or ''}"
    if any(_FOR.search(title[: m.start()]) for m in pattern(rule.params["find"]).finditer(title)):
        return True  # "The best stack for men"
    told = {reading.index_at(d.span.start) for d in reading.doses if d.kind != "study"}
    for hit in pattern(rule.params["find"]).finditer(prose):
        sentence = reading.sentence_at(hit.start())
        if sentence is None:
            return True  # a heading or the like
        if reading.within(Span(*hit.span()), "testimonial", "related", "references", "bio"):
            continue
        if pattern(rule.params["apart"]).search(prose, *sentence.span):
            continue
        if reading.index_at(hit.start()) in told or _aimed(reading, sentence.span, hit):
            return True
    return False


def _aimed(reading: Reading, sentence: Span, people: re.Match[str]) -> bool:
    """True if `sentence` says something to or of those whom it names as readers of a dose, and does
    not only tell of some."""
    article = reading.article
    if _WITH_CHILD.search(people[0]):
        return True
    block = article.block_at(people.start())
    words = article.prose[sentence.start : sentence.end]
    if block and block.kind in ("heading", "item", "row"):
        return not _MENU & set(words) if block.kind == "heading" else len(words.split()) <= _BRIEF
    near = article.prose[max(sentence.start, people.start() - 60) : people.start()]
    return bool(_FOR.search(near) or _THEY.match(article.prose, people.end(), sentence.end))


def _cells(nutrient: str, site: Site) -> list[dict[str, Any]]:
    """The limits for children of `nutrient`, of whichever body states some."""
    bodies = site.data["upper_limits"]["limits"].get(nutrient, {})
    return [c for cells in bodies.values() for c in cells if c.get("people") == "children"]


def unwarned(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """`nutrient` is advised, not as food, or under another name (`also`), and the harm it can do
    (`find`) is not named. A warning unless the page is about one of `topics`."""
    told = [
        a.span for a in reading.advised if a.nutrient == rule.params["nutrient"] and a.via != "food"
    ]
    told += [a.span for a in reading.advised if _holds(reading, a.span, rule.params["also"])]
    if told and not _found(reading, rule.params["find"]):
        about = any(topic in rule.params["topics"] for topic in reading.topics)
        yield finding(rule, reading, min(told), severity=None if about else "warning")


def contradicted(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """The page says that it is no advice, and orders a dose, or that a medicine be stopped or
    started (`find`), with no word of a professional in the sentences around."""
    if not reading.disclaimers.parts & {"purpose", "substitute"}:
        return
    doses = [d.span for d in reading.doses if d.kind == "recommend" and d.nutrient and not d.total]
    places = [s for s in doses if _bidden(reading, s) and _ordered(reading, s)]
    places += [s for _, s in hits(reading, rule.params["find"]) if _ordered(reading, s)]
    last = 0
    for span in sorted(set(places)):
        if span.start >= last:
            last = span.end
            yield finding(rule, reading, span)


def _bidden(reading: Reading, span: Span) -> bool:
    """True if the reader is told to take the dose at `span`: a list of amounts tells nobody."""
    sentence = reading.sentences[reading.index_at(span.start)].span
    return bool(_BID.search(reading.article.prose[sentence.start : span.start]))


def _ordered(reading: Reading, span: Span) -> bool:
    """True if the sentence speaks to the reader, and those around name nobody to ask."""
    at = bisect_right(reading.sentences, span.start, key=lambda s: s.span.start) - 1
    if at < 0 or reading.within(span, *_LEFT_OUT):
        return False
    sentence = reading.sentences[at]
    if _GUARDS & guards_at(reading.article, sentence, span):
        return False
    around = reading.sentences[max(at - _NEAR, 0) : at + _NEAR + 1]
    notices = reading.disclaimers.spans
    words = (
        reading.article.prose[s.span.start : s.span.end]
        for s in around
        if not any(notice.holds(s.span) for notice in notices)
    )
    return not any(_ASK.search(text) for text in words)


def _by_nutrient(reading: Reading) -> dict[str, list[Advice]]:
    """What is advised, and not as food, by nutrient, in the order of the page."""
    told: dict[str, list[Advice]] = {}
    for one in sorted(reading.advised):
        if one.via != "food":
            told.setdefault(one.nutrient, []).append(one)
    return told


def _holds(reading: Reading, span: Span, words: str) -> bool:
    return bool(pattern(words).search(reading.article.prose, span.start, span.end))


def _found(reading: Reading, words: str) -> bool:
    return may_stand(words, reading.article) and stands(words, reading.article.prose)


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1])] * (len(names) > 1) + list(names[-1:]))


def _name(nutrient: str, site: Site) -> str:
    known = site.data["nutrients"]["nutrients"].get(nutrient)
    return str(known["name"]) if known else nutrient.replace("_", " ")
