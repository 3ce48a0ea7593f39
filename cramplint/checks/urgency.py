"""How the advice on when to seek care is given: to whom, where on the page, in which order of
urgency, with which uncertainty, and for how long a reader may wait."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from ..care import advice_of, advises, first_line, known, locale, named
from ..expressions import pattern, stands
from ..guards import guards_at
from ..meaning import Reading, Sentence
from ..model import Block, Edit, Finding, Fix, Link, Rule, Span
from ..needs import rx
from ..patterns import compiled, lazy, lowered
from ..phrases import GRAVE, plain
from ..placing import behind
from ..rules import finding
from ..search import NOT_OWN, hits
from ..seeking import sends
from ..site import Site
from ..understand.opening import opening, shown

_FEW = 4  # places that one short answer can hold
_LISTED = ("item", "row")
# Whom to ring in an emergency is another matter than who looks at what is none.
_RUNG = lazy(r"911|9-1-1|999|112|000|triple|ambulance|emergency number", re.IGNORECASE)
_AWAY = lazy(r"https?:|/|\w[\w./-]*\.(?:md|html?)\b", re.IGNORECASE)
_TURNED = frozenset({"negated", "attributed", "quoted", "question", "past", "linked"})
# "It may cause problems that need a doctor's look" asks for nothing yet.
_OF_PROBLEMS = lazy(
    r"\b(?:may|might|can|could) (?:cause|lead to|mean|bring|have)\b[^.;]*"
    r"\bthat (?:requires?|needs?)\b",
    re.IGNORECASE,
)


def no_service(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Advice that names nobody to turn to. `find`: the words that do. A sentence that asks for
    something and not of whom (`nobody`) needs them in its block, the next one or the heading of the
    advice; for any other they may stand anywhere in the advice."""
    article, flags = reading.article, reading.red_flags
    place = first_line(reading)
    if not place:
        return
    names = pattern(rule.params["find"])
    last = (reading.index_at(span.end - 1) for span in flags.mentions)
    next_ones = (s.span for i in last for s in reading.sentences[i + 1 : i + 2])
    said = "\n".join([advice_of(reading), *map(article.words, next_ones)])
    if not stands(rule.params["find"], said):
        yield finding(rule, reading, place)
        return
    for span in sorted((*flags.sections, *flags.mentions)):
        block = article.block_at(span.start)
        opened = not block or block.kind != "paragraph"
        if opened and names.search(article.words(article.source.line_span(span.start))):
            continue
        for sentence in reading.sentences_in(span):
            said = article.words(sentence.span)
            if not stands(rule.params["nobody"], said) or _OF_PROBLEMS.search(said):
                continue
            if not sends(plain(said)):
                continue
            i = bisect_right(article.blocks, sentence.span.start, key=lambda b: b.span.start) - 1
            some = article.blocks[max(i, 0) : i + 2]
            start, end = some[0].span.start, some[-1].span.end
            ahead = article.words(Span(start, min(sentence.span.end, end)))
            behind = article.words(Span(min(sentence.span.end, end), end))
            found = names.search(ahead) or any(
                not _RUNG.match(m[0]) for m in names.finditer(behind)
            )
            if not found:
                yield finding(rule, reading, shown(article, sentence.span))


def only_in_faq(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Advice that is no more than one short answer (under `words` words) among the questions of a
    page of `page` words or more."""
    flags = reading.red_flags
    spans = sorted({*flags.sections, *flags.mentions})
    if not 0 < len(spans) <= _FEW or len(reading.article.prose.split()) < rule.params["page"]:
        return
    pairs = [p for p in reading.pairs if any(_both(p.question, p.answer).holds(s) for s in spans)]
    apart = [s for s in spans if not any(_both(p.question, p.answer).holds(s) for p in pairs)]
    if apart or len(pairs) != 1:
        return
    if len(reading.article.words(pairs[0].answer).split()) < rule.params["words"]:
        yield finding(rule, reading, shown(reading.article, pairs[0].answer))


def _both(question: Span, answer: Span) -> Span:
    return Span(question.start, max(question.end, answer.end))


def no_time_course(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Advice that does not say how long to wait: `find` the words that do. `topics`: those that it
    is asked of; what is an emergency from the start, or lasts for years, has no such time."""
    topics = [t for t in known(reading, site.data["red_flags"]) if t in rule.params["topics"]]
    place = first_line(reading)
    if topics and place and not advises(reading, rule.params["find"]):
        yield finding(rule, reading, place, topic=named(topics))


def crisis(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """A page that a topic with `crisis` carries (it is in the title, or the weightiest), and that
    names no line to call. `find`: the words that name one, in the text or in a link. A warning
    where its advice sends those who think of suicide to emergency care. The fix adds `text`, where
    a person has said which country the page is for, and its line was looked up."""
    table = site.data["red_flags"]
    about = [t for t in known(reading, table) if table["topics"][t].get("crisis")]
    if not about:
        return
    article = reading.article
    title = article.title.replace("’", "'")
    entry = table["topics"][about[0]]
    titled = _in_any(entry["match"], title) and not _in_any(entry["unless"], title)
    if not titled and reading.topics[0] not in about:
        return
    said = "\n".join([article.prose, *(f"{x.text} {x.target}" for x in article.links)])
    if pattern(rule.params["find"]).search(said):
        return
    advice = advice_of(reading)
    sent = rx(GRAVE).search(lowered(advice)) and pattern(table["times"]["emergency"]).search(advice)
    own = table["numbers"].get(locale(reading, site.settings.locale, table), {})
    number = (own.get("crisis") or [""])[0]
    sure = "crisis" in own.get("verified", ())
    fix = None
    if number and sure and (site.settings.locale or article.meta.data.get("locale")):
        said = rule.params["text"].format(number=number, line=own["line"], country=own["name"])
        fix = behind(reading, said, "disclaimer")
    yield finding(
        rule,
        reading,
        opening(article),
        severity="warning" if sent else None,
        variant="" if number and sure else "unsure" if number else "other",
        topic=named(about),
        fix=fix,
        number=number,
        line=own.get("line", ""),
        country=own.get("name", ""),
    )


def _in_any(patterns: Sequence[str], text: str) -> bool:
    """True if one of a topic's patterns matches in `text`; their blanks are plain ones."""
    return any(compiled(one, re.IGNORECASE).search(text) for one in patterns)


def false_reassurance(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Words that call a symptom harmless (`find`), with no
    exception (`except`) in their sentence or the `near` ones after it in the text.

    On a page whose advice names signs, that advice is the exception; who says never or always
    (`surely`, without a word of `softly`) has to make one in the same paragraph. So has who talks
    down a sign that may be `grave`, in words of `calming`.
    """
    params = rule.params
    flags = reading.red_flags
    warned = flags.adequate or flags.level == "section"
    prose = reading.article.prose
    said_of: list[Span] = []
    for sentence, hit in _first(reading, params["find"]):
        said = prose[slice(*sentence.span)]
        if reading.within(hit, *NOT_OWN) or pattern(params["unless"]).search(said):
            continue
        surely = bool(pattern(params["surely"]).search(said))
        surely = surely and not pattern(params["softly"]).search(said)
        if warned and not surely:
            continue
        if guards_at(reading.article, sentence, hit) & _TURNED:
            continue
        after = _after(reading, sentence, params["near"], alone=surely)
        if not pattern(params["except"]).search(after) and not sends(plain(after)):
            said_of.append(hit)
            yield finding(rule, reading, hit)
    yield from _talked_down(reading, rule, said_of)


def _talked_down(reading: Reading, rule: Rule, said_of: Sequence[Span]) -> Iterator[Finding]:
    """What may be grave, and is called a trifle; but for the places that are `said_of` already."""
    params, prose = rule.params, reading.article.prose
    for sentence, hit in _first(reading, params["calming"]):
        grave = pattern(params["grave"]).search(prose, *sentence.span)
        if any(hit.meets(one) for one in said_of):
            continue
        if not grave or reading.within(hit, *NOT_OWN):
            continue
        said = prose[slice(*sentence.span)]
        if pattern(params["softly"]).search(said) or pattern(params["doubts"]).search(said):
            continue
        if guards_at(reading.article, sentence, hit) & _TURNED:
            continue
        after = _after(reading, sentence, params["near"], alone=True)
        after = after[hit.end - sentence.span.start :]  # "It looks bad, but it is normal"
        if not pattern(params["except"]).search(after) and not sends(plain(after)):
            yield finding(rule, reading, hit)


def _first(reading: Reading, patterns: Sequence[str]) -> Iterator[tuple[Sentence, Span]]:
    """(sentence of the prose, the first place in it where one of `patterns` stands), in order."""
    first: dict[Sentence, Span] = {}
    for sentence, hit in hits(reading, patterns):
        if hit.start >= reading.article.meta.span.end:
            first[sentence] = min(hit, first.get(sentence, hit))
    yield from sorted(first.items())


def _after(reading: Reading, sentence: Sentence, near: int, *, alone: bool) -> str:
    """`sentence` and the `near` ones after it; with `alone`, those of its block only."""
    block = reading.article.block_at(sentence.span.start)
    end = block.span.end if block and alone else len(reading.article.prose)
    some = islice(reading.sentences_in(Span(sentence.span.start, end)), near + 1)
    return "\n".join(reading.article.words(s.span) for s in some).replace("’", "'")


def heading_form(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Lists of signs that readers in a hurry cannot use: `most` items and more (message: long),
    emergencies among what can wait (mixed), links in a list of emergencies (link). A heading over
    the only advice that says nothing of what to do (vague)."""
    yield from _vague(reading, rule)
    times = site.data["red_flags"]["times"]
    blocks = reading.article.blocks
    for section in reading.red_flags.sections:
        first, last = (bisect_left(blocks, at, key=lambda b: b.span.start) for at in section)
        for lead, items in _lists(blocks[first:last]):
            words = [reading.article.words(b.span) for b in items]
            calm = any(stands(times["routine"], w) for w in words)
            place = shown(reading.article, lead.span if lead else items[0].span)
            head = reading.article.words(lead.span) if lead else ""
            urgent = stands(times["emergency"], head)
            if calm and (urgent or any(stands(times["emergency"], w) for w in words)):
                yield finding(rule, reading, place, variant="mixed")
            elif urgent and (linked := _linked(reading, items)):
                fix = _unlinked(reading, linked)
                yield finding(rule, reading, linked.span, variant="link", fix=fix)
            elif len(items) > rule.params["most"]:
                yield finding(rule, reading, place, variant="long", count=len(items))


def _vague(reading: Reading, rule: Rule) -> Iterator[Finding]:
    """The first heading whose blocks are for the most part advice on when to seek care, and that
    sends nobody there (one that holds one of `vague`), on a page with no heading that does."""
    article, flags = reading.article, reading.red_flags
    told = [*flags.sections, *flags.mentions, *flags.hollow]
    if not told:
        return
    heads = [b for b in article.blocks if b.kind == "heading"]
    if any(sends(plain(article.words(b.span))) for b in heads):
        return
    starts = [b.span.start for b in article.blocks]
    asked = {p.question.start for p in reading.pairs}
    for here, nxt in pairwise([*heads, None]):
        assert here is not None
        first = bisect_right(starts, here.span.start)
        last = bisect_left(starts, nxt.span.start) if nxt else len(starts)
        body = [b for b in article.blocks[first:last] if b.kind != "rule"]
        advice = sum(any(b.span.meets(s) for s in told) for b in body)
        fitting = here.level > 1 and here.span.start not in asked
        fitting = fitting and bool(pattern(rule.params["vague"]).search(article.words(here.span)))
        if body and fitting and advice * 2 >= len(body):
            yield finding(rule, reading, shown(article, here.span), variant="vague")
            return


def _lists(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """The lists in `blocks`, each with the block that leads into it; deeper items are left out."""
    lead: Block | None = None
    items: list[Block] = []
    for block in blocks:
        if block.kind in _LISTED:
            items += [block] * (not items or block.level <= items[0].level)
            continue
        if items:
            yield lead, items
            items = []
        lead = block
    if items:
        yield lead, items


def _unlinked(reading: Reading, link: Link) -> Fix | None:
    """The words of a link in the form [words](target) alone."""
    written = re.fullmatch(r"\[([^\[\]]+)\]\([^()\n]*\)", reading.article.source.excerpt(link.span))
    return Fix((Edit(link.span, written[1]),), "ask") if written else None


def _linked(reading: Reading, items: Sequence[Block]) -> Link | None:
    """The first link in `items` that leads away from the page."""
    for item in items:
        for link in reversed([*reading.article.links_in(item.span)]):
            if not link.image and _AWAY.match(link.target):
                return link
    return None
