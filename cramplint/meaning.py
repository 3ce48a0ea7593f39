"""What an article means as a health page: the nouns that `understand` finds. Frozen; spans count
code points of `Source.text`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from .model import Article, Block, Span

if TYPE_CHECKING:
    from datetime import date

_NEAR = 600  # code points; sentences of prose are shorter
_FAR = 2**62  # behind the end of any text


class Sentence(NamedTuple):
    """A sentence of the prose and its guards, a subset of: negated, attributed, cited,
    quoted, question, conditional."""

    span: Span
    guards: frozenset[str]

    def near(self, place: Span) -> Span:
        """The sentence, or what of a very long one stands near `place`."""
        start, end = self.span
        return Span(max(start, place.start - _NEAR), min(end, place.end + _NEAR))


class Zone(NamedTuple):
    """A stretch with a meaning. `kind`: title, lead, faq, disclaimer, red_flags, references,
    related, testimonial, bio, contact, footer. `heading` is the heading that opens it."""

    kind: str
    span: Span
    heading: Block | None = None


class Pair(NamedTuple):
    """A question (its block's span) and the span of its answer; the answer may be empty."""

    question: Span
    answer: Span


class Related(NamedTuple):
    """A promise of another article: a title without a link, as "Read More" chains leave it.

    `title` is the title as written, `span` its place. `glued`: it stands right behind another
    entry's "Read More" mark."""

    span: Span
    title: str
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Disclaimers:
    """What is there of a medical disclaimer. `parts`, a subset of purpose (information only),
    substitute (does not replace medical advice), consult (ask a professional), delay (do not
    put off care), emergency (whom to call). `formula`: the "not intended to diagnose, treat,
    cure" words of product labels stand there. `level`: full (purpose, substitute, consult),
    partial or none."""

    level: Literal["full", "partial", "none"] = "none"
    parts: frozenset[str] = frozenset()
    formula: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class RedFlags:
    """What is there of "see a doctor" advice. `level`: section (headings or call-outs that name
    signs), mention (a sentence or one answer) or none. `adequate`: it names signs a reader can
    recognise, and whom to turn to. `hollow`: sections whose signs are lost. `listed`: signs above
    the advice that speaks of them ("if you have any of these symptoms")."""

    level: Literal["section", "mention", "none"] = "none"
    adequate: bool = False
    sections: tuple[Span, ...] = ()
    mentions: tuple[Span, ...] = ()
    hollow: tuple[Span, ...] = ()
    listed: tuple[Span, ...] = ()


class Dose(NamedTuple):
    """A mention of an amount of a nutrient or a medicine: `span` from the amount to what belongs to
    it ("300–400mg daily").

    `nutrient`: an id of the table `nutrients`, "" if it cannot be told. `low`, `high`: the amount,
    in `unit` (mg, mcg, g, IU, mL, tsp, tbsp, drop); equal where it is no range. `per`: day, week,
    month, dose (once and no more), kg (of the body), or "" where nothing is said; `times`: how
    often in that time. `kind`: recommend, limit, food, lab, study, strength (of a product) or other
    (prescribed, reported, asked about, denied). `form`: the compound or form that is
    named ("glycinate"), else "". `elemental`: the amount is of the nutrient itself; None if it
    cannot be told. `people`: whom it is for (adults, children, pregnancy, older), "" if not said.
    `daily`: the most that a day takes in, in the unit of the table, of a compound only what it
    holds of the nutrient; once a day where nothing is said; None if it cannot be told. `total`: it
    is all that a day holds, food included ("the RDA is 420 mg")."""

    span: Span
    nutrient: str
    low: float
    high: float
    unit: str
    per: str = ""
    times: float = 1
    kind: str = "recommend"
    form: str = ""
    elemental: bool | None = None
    people: str = ""
    daily: float | None = None
    total: bool = False


class Advice(NamedTuple):
    """Words that tell the reader to take a nutrient (an id of the table `nutrients`). `via`: dose
    (with an amount), supplement, or food."""

    span: Span
    nutrient: str
    via: str


class Reference(NamedTuple):
    """A source that a page names. `kind`: entry (of a list of references), footnote, stated (in
    the front matter), link (out of the prose) or mention ("Rai et al., 2017", where nothing is
    listed). `label`: its number or the footnote's name, "" for none. `year`: the latest that it
    tells, without the day it was looked up. `host`: of its address, without "www.". `standing`, of
    that host: authority, shop, social, blog, encyclopedia, or "" for any other. `keep`: the front
    matter says that its age does not matter."""

    span: Span
    kind: str
    label: str = ""
    text: str = ""
    url: str = ""
    host: str = ""
    year: int | None = None
    standing: str = ""
    keep: bool = False


class Marker(NamedTuple):
    """A mark that cites entries by their labels: "[3]", "[2-4]", "[^note]". `loose`: it may as well
    be something else in brackets."""

    span: Span
    labels: tuple[str, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page rests on. `references`: its sources in the order of their places, each address
    once; `markers`: what cites its entries."""

    references: tuple[Reference, ...] = ()
    markers: tuple[Marker, ...] = ()

    @property
    def entries(self) -> tuple[Reference, ...]:
        """The sources that are listed: entries and footnotes."""
        return tuple(r for r in self.references if r.kind in ("entry", "footnote"))

    @property
    def sources(self) -> tuple[Reference, ...]:
        """The references without the links out of the prose to shops and networks."""
        aside = ("shop", "social")
        return tuple(r for r in self.references if r.kind != "link" or r.standing not in aside)

    @property
    def count(self) -> int:
        """How many sources there are, those that the front matter repeats counted once."""
        kinds = Counter(r.kind for r in self.sources)
        listed = kinds["entry"] + kinds["footnote"]
        return max(listed, kinds["stated"]) + kinds["link"] + kinds["mention"]

    @property
    def newest(self) -> int | None:
        """The latest year of a source."""
        return max((r.year for r in self.sources if r.year), default=None)


class Credit(NamedTuple):
    """Somebody that a page names as its author or reviewer (`role`). `credentials`: letters, a job
    or an employer, as written. `organisation`: a team or a body, no person. `stated`: the front
    matter says so, else the text. `note`: what is said in brackets behind the name."""

    role: str
    name: str
    span: Span
    credentials: str = ""
    organisation: bool = False
    stated: bool = False
    url: str = ""
    note: str = ""


class Dated(NamedTuple):
    """A date that a page gives of itself. `name`: created, updated, last_reviewed or next_review.
    `day`: the first day that `text` may mean ("March 2024"), None where it is no date."""

    name: str
    text: str
    span: Span
    day: date | None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Credits:
    """Who answers for a page and from when it is. `unreviewed`: where it says itself that nobody
    with clinical training has reviewed it. `interests`: where it says who paid for it, or what its
    authors stand to gain."""

    people: tuple[Credit, ...] = ()
    dates: tuple[Dated, ...] = ()
    unreviewed: Span | None = None
    interests: Span | None = None

    def named(self, role: str) -> tuple[Credit, ...]:
        return tuple(c for c in self.people if c.role == role)

    def latest(self, *names: str) -> Dated | None:
        """The latest real date of one of `names`."""
        known = [d for d in self.dates if d.day and d.name in names]
        return max(known, key=lambda d: str(d.day), default=None)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What an article means as a health page; computed once, used by every rule. `commercial`: it
    sells, or earns by what it links to. `covered`: what the zones of a kind cover, zones that meet
    joined, sorted. `starts`: where the sentences begin."""

    article: Article
    zones: tuple[Zone, ...]
    sentences: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    related: tuple[Related, ...]
    topics: tuple[str, ...]
    health: bool
    type: str
    lang: str
    disclaimers: Disclaimers
    red_flags: RedFlags
    testimonials: int
    doses: tuple[Dose, ...] = ()
    advised: tuple[Advice, ...] = ()
    commercial: bool = False
    evidence: Evidence = Evidence()
    credits: Credits = Credits()
    covered: Mapping[str, tuple[Span, ...]] = field(init=False, default_factory=dict)
    starts: tuple[int, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        joined: dict[str, list[Span]] = {}
        for zone in sorted(self.zones, key=lambda z: z.span):
            spans = joined.setdefault(zone.kind, [])
            if spans and zone.span.start <= spans[-1].end:
                spans[-1] = Span(spans[-1].start, max(spans[-1].end, zone.span.end))
            else:
                spans.append(zone.span)
        object.__setattr__(self, "starts", tuple(s.span.start for s in self.sentences))
        object.__setattr__(self, "covered", {kind: tuple(s) for kind, s in joined.items()})

    def sentences_in(self, span: Span) -> Iterator[Sentence]:
        """The sentences that begin in `span`, in order; headings and items are sentences too."""
        for i in range(bisect_left(self.sentences, ((span.start, -1),)), len(self.sentences)):
            if self.sentences[i].span.start >= span.end:
                return
            yield self.sentences[i]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that `offset` lies in."""
        i = bisect_right(self.sentences, ((offset, _FAR),)) - 1
        found = self.sentences[i] if i >= 0 else None
        return found if found and offset < found.span.end else None

    def index_at(self, offset: int) -> int:
        """The place in `sentences` of the one that `offset` lies in or behind; -1 before all."""
        return bisect_right(self.starts, offset) - 1

    def zone(self, kind: str) -> tuple[Zone, ...]:
        return tuple(z for z in self.zones if z.kind == kind)

    def within(self, span: Span, *kinds: str) -> bool:
        """True if `span` lies in a zone of one of `kinds`."""
        for kind in kinds:
            zones = self.covered.get(kind, ())
            i = bisect_right(zones, (span.start, _FAR)) - 1
            if i >= 0 and zones[i].holds(span):
                return True
        return False


class Spans:
    """Spans that begin one after the other, for asking which of them a place lies in."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [s.start for s in self._spans]

    def index(self, offset: int) -> int:
        """The index of the last span that begins at or before `offset`, -1 for none."""
        return bisect_right(self._starts, offset) - 1

    def at(self, offset: int) -> bool:
        i = self.index(offset)
        return i >= 0 and offset < self._spans[i].end
