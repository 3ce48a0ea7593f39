"""Doses: the amounts of nutrients and medicines that a page names, of what, how often, and why."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from ..amounts import Amount, Frequency, amounts, each, frequencies, pieces, units
from ..beside import acts, follows, labelled, of_another, of_what, precedes
from ..dosing import Place, kind_of
from ..guards import guards_at
from ..intake import again, end_of, form_of, how_often, joined, people, summed
from ..meaning import Dose, Reading, Sentence
from ..model import Block, Span
from ..nutrients import KIND, MEDICINE, Named, Names, compound, convert, fraction, named, names
from ..patterns import lazy

_SKIPPED = ("references", "related", "footer", "bio", "contact")
_BACK = 6  # sentences that may say what an amount is of
_HEADINGS = 40  # that are looked through for those over a sentence
_MAIN = 3  # mentions at least of what a page is about
_MOST = 200  # amounts that are read of one sentence
_NEAR = 800  # code points of a sentence on each side of an amount that tell what it is for
_PIECES = 4  # sentences behind the strength of a product that tell how many to take
_GRAMS = 3  # the most that a dose in grams weighs where its nutrient stands elsewhere
_BASE = 25  # g or mL at least of food, for which it is told what it holds
_WEIGHED = ("mg", "mcg", "IU")  # units that stand for doses even where nothing names the nutrient

_GIVES = lazy(
    r"(?:[^.;()\n]{0,40}?[\s(,:])?(?:(?:that|which|it|they|and) )?(?:gives?|giving|provid\w+|"
    r"contain\w*|yield\w*|suppl(?:y|ies|ying)|deliver\w*|holds?|of which|equals?|equivalent to|"
    r"[=≈])\s+(?:(?:you|about|around|roughly|only|just|some|approximately|up to)\s+)*~?",
    re.IGNORECASE,
)
_EACH = lazy(
    r"\beach (?:with|of|at|has|having|hold(?:s|ing)|contain(?:s|ing)|pack(?:s|ing)) (?:\w+ )?\Z",
    re.IGNORECASE,
)
_PER = lazy(r"(?:\b(?:per|in|each|every|for)|/)\s*\Z", re.IGNORECASE)
_DIVIDED = lazy(r"\b(?:divid\w+|split\w*|spread (?:over|across))\b", re.IGNORECASE)


def doses(reading: Reading, data: Mapping[str, Any]) -> tuple[Dose, ...]:
    """The doses of a page in the order of their places. Amounts that are concentrations, or that
    stand in references and the like, are none; of what is weighed in g, mL or spoons only what is
    plainly of a nutrient or a medicine."""
    prose = reading.article.prose
    places = ((at, reading.index_at(at)) for at in units(prose))
    named_in = {i for at, i in places if i >= 0 and at < reading.sentences[i].span.end}
    if not named_in:
        return ()
    table = data["nutrients"]
    page = _Page(reading, table, names(table))
    near = {j for i in named_in for j in range(i, i + _PIECES + 1) if j < len(reading.sentences)}
    made = (page.doses(i) if i in named_in else page.taken(i) for i in sorted(near))
    every = [dose for some in made for dose in some]
    return tuple(joined(prose, every, reading.sentence_at))


@dataclass
class _Page:
    """What the sentences of a page are read by."""

    reading: Reading
    table: Mapping[str, Any]
    words: Names
    known: dict[Span, tuple[Named, ...]] = field(default_factory=dict)
    subject: str | None = None
    strength: tuple[int, Named, Amount] | None = None  # of a product, and the sentence it is in

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        return tuple(b for b in self.reading.article.blocks if b.kind == "heading")

    @cached_property  # all that the page names
    def every(self) -> tuple[Named, ...]:
        return tuple(named(self.reading.article.prose, self.words))

    def names(self, span: Span) -> tuple[Named, ...]:
        if span not in self.known:
            self.known[span] = tuple(named(self.reading.article.prose, self.words, *span))
        return self.known[span]

    def doses(self, i: int) -> Iterator[Dose]:
        reading, prose = self.reading, self.reading.article.prose
        sentence = reading.sentences[i]
        if reading.within(sentence.span, *_SKIPPED):
            return
        all_of = list(islice(amounts(prose, *sentence.span), _MOST))
        often = list(frequencies(prose, *sentence.span))
        over = self._over(i)
        made: list[Dose] = []
        last: Named | None = None
        for k, amount in enumerate(all_of):
            if amount.ratio or _per(prose, sentence, amount):
                continue  # "16 mg per 100 g"
            what, sure = self._of(i, all_of, k, last)
            if amount.unit not in _WEIGHED and not (sure or (what and _little(amount))):
                continue
            if _is_units(all_of[k : k + 2]) and not self._in_units(what):
                what = self._of_units()  # no zinc is told in IU
            last = what or last
            column = self._column(sentence, amount)
            heads = (*column, *over[: 2 - bool(column)])
            dose = self._dose(sentence, all_of, k, what, often, heads)
            made.append(dose)
            apiece = each(prose, amount.span.end) or _EACH.search(
                prose, max(sentence.span.start, amount.span.start - 30), amount.span.start
            )
            if what and dose.nutrient and (amount.product or apiece or dose.kind == "strength"):
                self.strength = (i, what, amount)
        yield from summed(prose, made)
        yield from self.taken(i)

    def taken(self, i: int) -> Iterator[Dose]:
        """The doses that are told as a number of pieces, whose strength stands before: "Each has
        200 mg of magnesium. Take three a day." """
        if not self.strength or not self._speaks_on(i):
            return
        at, what, one = self.strength
        sentence = self.reading.sentences[i]
        prose = self.reading.article.prose
        often = [*frequencies(prose, *sentence.span)]
        all_of = [*islice(amounts(prose, *sentence.span), _MOST)]
        if all_of and at != i:
            return
        for span, count in pieces(prose, *sentence.span):
            if any(span.meets(a.span) for a in all_of) or (at == i and count == 1):
                continue
            high = count * one.high / max(one.pieces, 1)
            amount = one._replace(span=span, low=high, high=high, pieces=count, product="pieces")
            near = [
                f._replace(span=Span(span.end, span.end + 1), times=1) if span.meets(f.span) else f
                for f in often
            ]
            if near:
                yield self._dose(sentence, [amount], 0, what, near, self._over(i)[:2])

    def _speaks_on(self, i: int) -> bool:
        """True if sentence `i` is near the strength that was told last, and in no other entry of a
        list or section."""
        assert self.strength
        at, _, one = self.strength
        if i - at > _PIECES:
            return False
        here = self.reading.sentences[i].span.start
        block = self.reading.article.block_at(one.span.start)
        over = self._headings(i)
        apart = block is not None and block.kind in ("item", "row") and here >= block.span.end
        return not apart and (not over or over[0].span.start < one.span.start)

    def _column(self, sentence: Sentence, amount: Amount) -> tuple[str, ...]:
        """The head of the column that an amount of a table stands in, and those of all columns."""
        article = self.reading.article
        row = article.block_at(amount.span.start)
        if not row or row.kind != "row":
            return ()
        last = bisect_left(article.blocks, row.span.start, key=lambda b: b.span.start)
        first = last
        while first > max(0, last - _HEADINGS) and article.blocks[first - 1].kind == "row":
            first -= 1
        cells = article.source.excerpt(article.blocks[first].span).split("|")
        n = article.source.text[row.span.start : amount.span.start].count("|")
        named = first < last and n < len(cells)
        return (cells[n].strip(), " ; ".join(c.strip() for c in cells)) if named else ()

    # -- of what

    def _of(
        self, i: int, all_of: Sequence[Amount], k: int, last: Named | None
    ) -> tuple[Named | None, bool]:
        """What an amount is of, and whether the words beside it say so. None: something else."""
        prose, sentence = self.reading.article.prose, self.reading.sentences[i]
        amount = all_of[k]
        floor = all_of[k - 1].span.end if k else sentence.span.start
        ceiling = all_of[k + 1].span.start if k + 1 < len(all_of) else sentence.span.end
        names = self.names(sentence.span)
        behind = [n for n in names if amount.span.end <= n.span.start < ceiling]
        done_to = bool(behind) and acts(prose, amount.span.end, behind[0].span.start)
        behind = [] if done_to else behind  # "more than 40 mg a day can lower copper"
        inside = [n for n in names if amount.span.holds(n.span)]
        if inside:  # "two 300 mg magnesium capsules"
            return _thing(inside[0]), True
        ahead = [n for n in names if floor <= n.span.start and n.span.end <= amount.span.start]
        if behind and follows(prose, amount.span.end, behind[0].span.start):
            return _thing(behind[0]), True
        if ahead and precedes(prose, ahead[-1].span.end, amount.span.start):
            return _thing(ahead[-1]), True
        # "One 15 mg lozenge melts": behind a product stands what is done with it.
        said = None if amount.product else of_what(prose, amount.span.end, sentence.span.end)
        if said:
            salt = self._compound(i, last, said)
            return salt, salt is not None
        block = self.reading.article.block_at(amount.span.start)
        lined = block and block.kind in ("item", "row", "paragraph") and not ahead and not last
        if block and lined and labelled(prose, block.span.start, amount.span.start):
            return None, False
        weighed = amount.unit in _WEIGHED or bool(last)
        free = [n for n in names if not _weighed_by(prose, n, all_of[k + 1 :])]
        for one in (*ahead[::-1], *behind, *([] if last or done_to else free)):
            if one.id != KIND:
                return one, weighed and one.id != MEDICINE
        if last:
            return last, True
        if not names and of_another(
            prose, *(s.span for s in self.reading.sentences[i + 1 : i + 2])
        ):
            return None, False
        return self._inherited(i), False

    def _compound(self, i: int, last: Named | None, word: Span) -> Named | None:
        """The compound of what is spoken of that `word` names ("the bisglycinate"), else None."""
        of = last or self._inherited(i)
        entry = self.table["nutrients"].get(of.id) if of else None
        form = compound(entry, self.reading.article.prose[word.start : word.end]) if entry else ""
        return Named(word, of.id, form) if of and form else None

    def _inherited(self, i: int) -> Named | None:
        """What the sentences before speak of, else the headings, the title, the whole page."""
        sentences = self.reading.sentences
        over = self._headings(i)
        floor = over[0].span.start if over else 0
        held = {n.id for h in over for n in self.names(h.span)} | {self._about()}
        for back in range(i - 1, max(i - 1 - _BACK, -1), -1):
            if sentences[back].span.start < floor:
                break
            said = [n for n in self.names(sentences[back].span) if n.id != KIND]
            if said:
                return _thing(next((n for n in said if n.id in held), said[0]))
        for heading in over:
            said = [n for n in self.names(heading.span) if n.id != KIND]
            if said:
                return _thing(said[0])
        about = self._about()
        return Named(Span(0, 0), about) if about else None

    def _in_units(self, what: Named | None) -> bool:
        """True if amounts of `what` are told in IU."""
        return bool(
            what and (what.id == MEDICINE or "iu" in self.table["nutrients"].get(what.id, ()))
        )

    def _of_units(self) -> Named | None:
        """The one nutrient of the page whose amounts are told in IU; None for several, or none."""
        every = {n.id: n for n in self.every if n.id != MEDICINE and self._in_units(n)}
        return next(iter(every.values())) if len(every) == 1 else None

    def _about(self) -> str:
        """The nutrient that the title or the topics name, else the one that the page names most."""
        if self.subject is None:
            article = self.reading.article
            stated = article.meta.data.get("topics")
            listed = " ; ".join(map(str, stated)) if isinstance(stated, list) else str(stated or "")
            said = [
                n.id for n in named(f"{article.title} ; {listed}".replace("-", " "), self.words)
            ]
            said = [id_ for id_ in said if id_ in self.table["nutrients"]]
            if not said:
                most = Counter(n.id for n in self.every if n.id != KIND)
                (first, count), (_, second) = [*most.most_common(2), ("", 0), ("", 0)][:2]
                main = count >= (_MAIN if second else 2) and count >= 2 * second
                said = [first if main else ""]
            self.subject = said[0]
        return self.subject

    # -- where

    def _headings(self, i: int) -> list[Block]:
        """The headings over a sentence, the nearest first, each of a higher level."""
        at = self.reading.sentences[i].span.start
        last = bisect_left(self.headings, at, key=lambda b: b.span.start)
        found: list[Block] = []
        for block in self.headings[max(0, last - _HEADINGS) : last][::-1]:
            if not found or block.level < found[-1].level:
                found.append(block)
        return found

    def _over(self, i: int) -> tuple[str, ...]:
        """The lead-in and the headings over a sentence, as text."""
        article, sentences = self.reading.article, self.reading.sentences
        heads: list[str] = []
        floor = self._headings(i)
        block = article.block_at(sentences[i].span.start)
        if block and block.kind in ("item", "row"):
            for back in range(i - 1, max(i - 30, -1), -1):
                span = sentences[back].span
                if floor and span.start <= floor[0].span.start:
                    break
                held = article.block_at(span.start)
                if held and held.kind != block.kind:
                    heads.append(article.words(span))
                    break
        return (*heads, *(article.words(h.span) for h in floor))

    # -- how

    def _dose(
        self,
        whole: Sentence,
        all_of: Sequence[Amount],
        k: int,
        what: Named | None,
        often: Sequence[Frequency],
        over: tuple[str, ...],
    ) -> Dose:
        reading, prose = self.reading, self.reading.article.prose
        amount = all_of[k]
        sentence = _clipped(whole, amount)
        how = how_often(amount, k, all_of, often)
        nutrient = what.id if what and what.id != MEDICINE else ""
        entry = self.table["nutrients"].get(nutrient)
        end = max(amount.span.end, end_of(prose, amount, how, all_of, k))
        span = Span(amount.span.start, end)
        floor = all_of[k - 1].span.end if k else sentence.span.start
        ceiling = all_of[k + 1].span.start if k + 1 < len(all_of) else sentence.span.end
        bounds = Span(floor, max(floor, ceiling))
        form, elemental = form_of(prose, sentence, amount, what, entry, bounds)
        divided = bool(how and _DIVIDED.search(prose, *sentence.span))
        times = 1.0 if divided or not how else how.times
        times += again(prose, amount.span.end, sentence)
        per = how.per if how else ""
        daily = None
        most = convert(amount.high, amount.unit, entry) if entry else None
        if entry and most is not None and per not in ("dose", "kg"):
            part = fraction(entry, form) if elemental is False else None
            daily = round(most * times * (part or 1) / {"week": 7, "month": 30}.get(per, 1), 6)
        small = bool(
            entry and daily is not None and daily <= entry.get("need", {"value": 0})["value"]
        )
        place = Place(
            prose,
            sentence.span,
            amount.span,
            guards_at(reading.article, sentence, amount.span),
            over,
            bool(amount.product),
            amount.pieces > 1,
            how is not None,
            small,
            k + 1 < len(all_of)
            and bool(_GIVES.fullmatch(prose, amount.span.end, all_of[k + 1].span.start)),
        )
        kind, total = kind_of(place)
        if reading.within(sentence.span, "testimonial"):
            kind, total = "other", False
        return Dose(
            span=span,
            nutrient=nutrient,
            low=amount.low,
            high=amount.high,
            unit=amount.unit,
            per=per,
            times=times,
            kind=kind,
            form=form,
            elemental=elemental,
            people=people(prose, sentence, amount, over),
            daily=daily,
            total=total,
        )


def _clipped(sentence: Sentence, amount: Amount) -> Sentence:
    """The sentence as far as it is near the amount: scraped lists may be one long sentence."""
    start = max(sentence.span.start, amount.span.start - _NEAR)
    return Sentence(Span(start, min(sentence.span.end, amount.span.end + _NEAR)), sentence.guards)


def _weighed_by(prose: str, one: Named, others: Sequence[Amount]) -> bool:
    """True if `one` is what another amount is of: "10 mcg a day, along with 16 mg of iron"."""
    return any(follows(prose, x.span.end, one.span.start) for x in others)


def _is_units(some: Sequence[Amount]) -> bool:
    """True if the first amount is told in IU: "4,000 IU", "100 mcg (4,000 IU)"."""
    close = len(some) > 1 and some[1].span.start - some[0].span.end < 3
    return some[0].unit == "IU" or (close and some[1].unit == "IU")


def _per(prose: str, sentence: Sentence, amount: Amount) -> bool:
    """True for the weight of food that another amount is told for."""
    if amount.unit not in ("g", "mL") or amount.high < _BASE:
        return False
    return bool(_PER.search(prose, sentence.span.start, amount.span.start))


def _little(amount: Amount) -> bool:
    """True for grams that may be a dose: nobody eats so little."""
    return amount.unit == "g" and amount.high <= _GRAMS


def _thing(one: Named) -> Named | None:
    """None for what an amount is plainly of, and which is no nutrient ("5 g of protein")."""
    return None if one.id == KIND else one
