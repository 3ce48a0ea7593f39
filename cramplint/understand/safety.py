"""What a page says of when to seek care: its red flags, in English.

A lead is a heading, a lead-in or the first words of a paragraph that sends the reader to care
("See a GP if:", "Red flags"). With signs below it, it is a section; with none left, it is hollow.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..model import Article, Pair, RedFlags, Sentence, Span
from ..names import fold
from ..phrases import (
    ASK,
    BEFORE,
    CARE,
    COURSE,
    FLAG_LEAD,
    HELP,
    LABEL,
    LOOSE,
    NOT_LEAD,
    NOT_SENT,
    PLACE,
    PREFACE,
    PROMISES,
    SENT,
    SENT_ALL_THE_SAME,
    SIGN,
    SOLD,
    URGED,
    VAGUE,
    WATCH,
    WHEN,
    WORRY,
    plain,
    rx,
)

_TITLE = 12  # words; no lead that stands alone has more
_LONG = 4000  # code points; no paragraph is longer
# "Ask your doctor whether …", "see a dietitian to find …": a reason other than a sign.
_OTHERWISE = (
    r" (?:whether|which|what|how|why|to \w+|"
    r"for (?:more|the right|advice on|an? (?:\w+ )?(?:prescription|test|referral|check-?up)))\b"
)
_LISTS = r"\b(?:these|following|any)\b"
_LINES = ("item", "row", "quote", "code")


def is_red_flag(text: str) -> bool:
    """True for a heading or lead-in that announces signs to seek care for ("See a GP if:")."""
    last = _last_sentence(plain(text))
    return _lead(last) == "strong" and bool(rx(PROMISES).search(last))


def red_flags(article: Article, sentences: Sequence[Sentence], pairs: Sequence[Pair]) -> RedFlags:
    """The advice on when to seek care that stands in `article`."""
    page = _Page(article, pairs)
    sections, hollow, asides = page.sections()
    taken = _Spans([*sections, *asides])
    mentions = list(asides)
    asked = ""  # "Chest pain? Call 911." names the sign in a question of its own
    before: Sentence | None = None
    for sentence in sentences:
        words = article.words(sentence.span)
        case, before = before, sentence if "conditional" in sentence.guards else None
        if "question" in sentence.guards:
            asked = words if len(words.split()) < _TITLE // 2 else ""
            continue
        told = _advises(words) or (_is_sign(asked) and _opens(plain(words[:_LONG])))
        if not told and case and _lead(words.rstrip(".! ") + ":") == "strong":
            # "It may be the heart if it spreads to the arm. Go to an emergency room."
            told = _is_sign(article.words(case.span)) and case.span not in mentions
            if told and not taken.at(case.span.start) and page.speaks_at(case.span):
                mentions.append(case.span)
        if told and not taken.at(sentence.span.start) and page.speaks_at(sentence.span):
            mentions.append(sentence.span)
        asked = ""
    said = " \n ".join(article.words(span) for span in (*sections, *mentions))
    named = {m[0].lower()[:5] for shape in (SIGN, COURSE) for m in rx(shape).finditer(said)}
    named = {name for name in named if not rx(VAGUE).match(name)}
    listed = sum(b.kind in _LINES and taken.at(b.span.start) for b in article.blocks)
    return RedFlags(
        level="section" if sections else "mention" if mentions else "none",
        adequate=(len(named) > 1 or listed > 1) and bool(rx(rf"\b{CARE}").search(said)),
        sections=tuple(sorted(sections)),
        mentions=tuple(sorted(mentions)),
        hollow=tuple(sorted(hollow)),
    )


class _Spans:
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


class _Page:
    """The blocks of an article, the words of each folded once, cut short where a block is no
    paragraph any more but a page without a line break."""

    def __init__(self, article: Article, pairs: Sequence[Pair]) -> None:
        self._prose = article.prose
        self._blocks = [b for b in article.blocks if b.kind != "rule"]
        self._places = _Spans(b.span for b in self._blocks)
        self._words = [plain(article.words(b.span)[:_LONG]) for b in self._blocks]
        self._seen = Counter(fold(w) for w in self._words if len(w) < 200)
        self._answers = {pair.question: pair.answer for pair in pairs}
        self._linked = [0] * len(self._blocks)  # code points of link text in each block
        for link in article.links:
            self._linked[self._places.index(link.span.start)] += 0 if link.image else len(link.text)
        self._leads = [self._lead_at(i) for i in range(len(self._blocks))]

    def speaks_at(self, span: Span) -> bool:
        """True if `span` lies in running text, and not in a heading or in a link to elsewhere."""
        i = self._places.index(span.start)
        return self._blocks[i].kind != "heading" and not self._points_away(i)

    def sections(self) -> tuple[list[Span], list[Span], list[Span]]:
        """(sections, hollow leads, questions whose one answer says when to seek care)."""
        sections: list[Span] = []
        hollow: list[Span] = []
        asides: list[Span] = []
        for i, block in enumerate(self._blocks):
            words = self._words[i]
            if block.span in self._answers:
                if self._leads[i]:
                    answer = self._answers[block.span]
                    last = self._places.index(answer.end - 1)
                    inside = range(i + 1, last + 1)
                    if any(_is_sign(self._words[j]) for j in inside):
                        many = sum(self._blocks[j].kind in _LINES for j in inside) > 1
                        (sections if many else asides).append(Span(block.span.start, answer.end))
            elif (
                self._run_in(words)
                or (block.kind in ("row", "quote") and _advises(words))
                or (block.kind == "html" and self._html(block.span))
            ):
                sections.append(block.span)
            elif self._leads[i]:
                end = self._last_sign(i)
                if end is not None:
                    sections.append(Span(block.span.start, self._blocks[end].span.end))
                elif self._is_hollow(i):
                    hollow.append(block.span)
        return sections, hollow, asides

    def _lead_at(self, i: int) -> str:
        block, words = self._blocks[i], self._words[i]
        if block.kind == "heading":
            return _lead(words)
        if block.kind not in ("paragraph", "quote", "html", "item"):
            return ""
        last = _last_sentence(words)
        alone = block.kind in ("quote", "html") and len(words.split()) <= _TITLE
        if words.endswith(":") or (alone and not words.endswith(".")):
            return "strong" if _lead(last) == "strong" else ""
        # "If you notice any of these, call your doctor." leads into the list below it, too.
        # "Call your doctor if the child is feverish and", too, with a list that goes on.
        listed = [b.kind for b in self._blocks[i : i + 2]] == ["paragraph", "item"]
        below = listed and (rx(_LISTS).search(last) or words[-1:] not in ".!?")
        return "strong" if below and _lead(last.rstrip(".") + ":") == "strong" else ""

    def _run_in(self, words: str) -> bool:
        """True for a paragraph that opens with its own lead: "When to call: if the pain lasts"."""
        head, colon, rest = words.partition(": ")
        if not colon or len(head.split()) > _TITLE:
            found = re.match(
                r"((?:when|red flags?|warning|danger)\b[^.?!:]{3,70}[.?!–—]) (.+)", words, re.I
            )
            if not found:
                return False
            head, rest = found[1], found[2]
        lead = _lead(head + ":" if colon else head)
        return _is_sign(rest) and (lead == "strong" or (lead == "loose" and bool(_sends(head))))

    def _html(self, span: Span) -> bool:
        """True for a piece of HTML one line of which is a lead and another one names a sign."""
        lines = [plain(x[:_LONG]) for x in self._prose[slice(*span)].split("\n") if x.strip()]
        leads = [i for i, line in enumerate(lines) if _lead(line) == "strong"]
        return bool(leads) and any(_is_sign(line) for line in lines[leads[0] + 1 :])

    def _below(self, i: int) -> Iterator[int]:
        """The blocks that lead `i` speaks of: its section, or the list that follows a lead-in."""
        lead = self._blocks[i]
        for j in range(i + 1, len(self._blocks)):
            block = self._blocks[j]
            if block.kind == "heading":
                if lead.kind != "heading" or block.level <= lead.level or self._is_title(i):
                    return
            elif (
                lead.kind != "heading"
                and block.kind not in _LINES
                and not _fragment(self._words[j])
            ):
                return
            yield j

    def _last_sign(self, i: int) -> int | None:
        """The last block under lead `i` that names a sign; `i` itself if the lead names one; None
        if there is none."""
        strong = self._leads[i] == "strong"
        colon = self._words[i].endswith(":")
        last, sent, signs = None, bool(_sends(self._words[i])), 0
        listed = True  # still in the list that the lead opens
        for n, j in enumerate(self._below(i)):
            kind, words = self._blocks[j].kind, self._words[j]
            if self._leads[j] and kind != "item":
                break
            if self._is_title(i) and kind not in _LINES and not _sends(words):
                continue  # the introduction of a page that is all about when to seek care
            if kind not in _LINES:
                if colon and n == 0 and not _fragment(words):
                    break
                listed = listed and n == 0
            found = _is_sign(words) or (
                _sends(words) is not None and bool(rx(r"\bif\b").search(words))
            )
            sent = sent or bool(_sends(words))
            signs += found
            if found or (strong and listed and kind in _LINES and not self._points_away(j)):
                last = j
        if last is None or not strong:
            named = _is_sign(rx(SENT).sub("", self._words[i]))
            if strong:
                return i if named and not colon and not self._is_title(i) else None
            enough = (signs and sent) or (signs > 1 and self._leads[i] == "named")
            return last if enough else None
        return last

    def _is_title(self, i: int) -> bool:
        return i == 0 and self._blocks[i].kind == "heading" and self._blocks[i].level == 1

    def _points_away(self, j: int) -> bool:
        """True for a block that is a link and little else."""
        return self._linked[j] * 5 > len(self._words[j]) * 4

    def _is_hollow(self, i: int) -> bool:
        words = self._words[i]
        if (
            self._is_title(i)
            or self._leads[i] != "strong"
            or not rx(PROMISES).search(words)
            or self._points_away(i)
        ):
            return False
        below = False
        for j in self._below(i):
            below = True
            if self._leads[j] or self._linked[j]:
                return False
        # "When to get help" may stand right above "Call 911 if:"; one tier does not hold another.
        if not _opens(words) and not below and any(self._leads[i + 1 : i + 2]):
            return False
        return self._seen[fold(words)] < 2


def _last_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?]) ", text)[-1]


def _lead(text: str) -> str:
    """How surely `text` announces red flags: "strong"; "named" (needs two signs below it), "loose"
    (needs a sign and a word that sends to care below it), or ""."""
    line = plain(text)
    if not line or len(line) > _LONG // 10 or rx(NOT_LEAD).search(line):
        return ""
    said = rx(LABEL).sub("", line)
    sent = rx(SENT).search(said)
    if rx(FLAG_LEAD).search(said):
        return "strong"
    if rx(WHEN).search(said) and (sent or rx(WORRY).search(said)):
        # "When to tell your doctor" may be about a medicine, not about a sign.
        return "loose" if sent and rx(ASK).fullmatch(sent["verb"] or "") else "strong"
    urged = rx(URGED).search(said)
    opened = _opens(said)
    if opened and opened["verb"]:
        return _imperative(said, opened, bool(urged))
    if said.endswith(":") and (urged or rx(_LISTS).search(said)) and _sends(said):
        return "strong"
    if rx(WATCH).search(said):
        return "named"
    return "loose" if rx(LOOSE).search(said) else ""


def _opens(said: str) -> re.Match[str] | None:
    """The words that send to care, if `said` opens with them."""
    preface = rx(PREFACE).match(said)
    return rx(SENT).match(said, preface.end() if preface else 0)


def _imperative(said: str, opened: re.Match[str], urged: bool) -> str:
    """The same for a line that opens with the words that send to care ("See a GP if:")."""
    tail = said[opened.end() :]
    if not urged:
        if rx(ASK).fullmatch(opened["verb"]):
            return ""
        if tail not in (" for", " for:") and re.match(
            r",? (?:about|before|for|on|to)\b", tail, re.IGNORECASE
        ):
            return ""
    bare = rx(f"(?:{HELP}|{PLACE})$").search(opened[0])
    return "strong" if urged or bare or said.endswith(":") else "loose"


def _is_sign(text: str) -> bool:
    return bool(rx(SIGN).search(text) or rx(COURSE).search(text))


def _fragment(text: str) -> bool:
    """True for a line that can be an entry of a list that lost its bullets, and names a sign."""
    short = not text.endswith(".") or text[:1].islower() or len(text.split()) < 10
    return short and not text.endswith(":") and _is_sign(text)


def _sends(text: str) -> re.Match[str] | None:
    """The first words of `text` that send the reader to care and are not taken back."""
    for sent in rx(SENT).finditer(text):
        before = text[: sent.start()]
        if rx(NOT_SENT).search(before) and not rx(SENT_ALL_THE_SAME).search(before):
            unless = re.search(r"\bunless (?!directed|told|asked)", text[sent.end() :])
            if not unless:
                continue
        gap = sent["gap"] or ""
        if " or " in gap or not rx(SOLD).search(gap):  # "call us or your GP" sells nothing
            return sent
    return None


def _advises(text: str) -> bool:
    """True if `text` says of which sign to seek care for."""
    if text[:1] in '“"':
        return False
    text = plain(text[:_LONG])
    sent = _sends(text)
    if not sent:
        return False
    after = text[sent.end() :]
    if rx(_OTHERWISE).match(after) and not rx(r"\b(?:if|when|should)\b").search(text):
        return False
    rest = f"{text[: sent.start()]} – {after}"
    return _is_sign(rest) and not rx(BEFORE).search(rest)
