"""What a program can tell of the questions that checklists for health pages ask.

Each answer is a proxy: true, false, or None where the page gives nothing to judge by. None of them
is a score of the checklist itself, which only trained people can give. Items and their numbers are
those of DISCERN (Charnock et al. 1999), PEMAT-P (AHRQ 2013) and the CDC Clear Communication Index;
the four benchmarks are those of Silberg, Lundberg and Musacchio (JAMA 1997).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..meaning import Reading
from ..model import Block
from ..needs import Lines
from ..patterns import lazy

Answers = Mapping[str, bool | None]

HUMAN_ONLY = (
    "the medical content is right and complete",
    "a clinician has approved it",
    "each source supports the claim that it is cited for",
    "the aims are clear and met, and the page is relevant to its readers (DISCERN 1-3)",
    "the page is balanced and unbiased (DISCERN 6)",
    "what treatment means for quality of life (DISCERN 13)",
    "the overall quality of the page (DISCERN 16)",
    "pictures and tables are right, needed and clear (PEMAT 15-19)",
    "readers of the intended group understood it and could act on it",
    "credentials, funding and conflicts of interest are as stated",
)
_EASY = 8  # school grade of words that most readers know
_LONG = 250  # words: more than that without a heading is no chunk
_SHORT = 150  # words: so short a page needs neither headings nor summary
_PASSIVE = 0.2  # of the sentences
_SUPPORT = 2  # pages of health bodies to go on to
_YOU = 0.01  # of the words

_UNCERTAIN = (
    r"\b(?:not (?:yet )?(?:known|clear|certain|proven|understood)|unclear|uncertain|unknown|"
    r"no one knows|"
    r"(?:little|limited|weak|mixed|not enough|no good|some|low-quality) (?:\w+ )?evidence|"
    r"evidence is|"
    r"more (?:research|studies|trials)|may not (?:work|help)|does not (?:always )?(?:work|help)|"
    r"not everyone|experts disagree|results (?:are|were) mixed|trials (?:found|showed) (?:little|"
    r"no))\b"
)
_HOW = (
    r"\b(?:works? by|helps? by|acts? by|this (?:is because|works|helps|relaxes|stops|lets)|"
    r"because it|blocks?|"
    r"so that (?:the|your)|which (?:relaxes|blocks|slows|lowers|calms|stretches|widens))\b"
)
_BENEFIT = (
    r"\b(?:(?:may|can|could|might) (?:\w+ )?(?:help|ease|relieve|reduce|lower|prevent|improve|"
    r"treat)|helps?|eases?|"
    r"relieves?|benefits?|reduces?|improves?)\b"
)
_RISK = (
    r"\b(?:side[- ]effects?|risks?|harms?|unsafe|not safe|interact\w*|too much|overdose|diarrh\w+|"
    r"do not take|should not (?:take|use)|not suitable|avoid)\b"
)
_LEFT_ALONE = (
    r"\b(?:without (?:any )?treatment|untreated|not treated|no treatment|(?:go(?:es)?|going|"
    r"pass(?:es)?|gets? better|clears?(?: up)?|stops?|"
    r"heals?|settles?|improves?)(?: away)? (?:on (?:its|their|your) own|by (?:itself|themselves))|"
    r"if you (?:do nothing|leave it)|leave it alone)\b"
)
_OPTIONS = (
    r"\b(?:options?|other (?:ways|treatments|medicines)|alternatives?|treatments? (?:include|"
    r"such as|depends?)|"
    r"you can also|another (?:way|treatment|choice)|or (?:medicines?|surgery|therapy|exercises?)|"
    r"what (?:may|can|might) help|self-care)\b"
)
_SHARED = (
    r"\b(?:(?:talk|speak) (?:to|with) (?:a|your|the|an) \w+[^.\n]{0,30}(?:about|before|if)|"
    r"ask (?:a|your|the) "
    r"(?:doctor|pharmacist|nurse|midwife|gp|health)|decide (?:together|with)|with your (?:doctor|"
    r"gp|nurse|care team)|"
    r"discuss (?:it|this|these|your|the|with))"
)
_PASSIVE_VERB = lazy(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w{3,}(?:ed|en)\b", re.IGNORECASE
)
_STATISTICS = (
    r"\b(?:odds ratio|hazard ratio|confidence interval|95 ?% ?ci|relative risk|p ?[<=] ?0?\.\d|"
    r"standard deviation|"
    r"\w+-?fold|per 100,000 person|quartile|percentile)\b"
)
_SUMS = (
    r"\b(?:per (?:kg|kilo(?:gram)?|pound|lb)|m?c?g/kg|multiply|divide (?:your|the|by)|subtract|"
    r"work out your|"
    r"body ?weight (?:in|times|x|×))"
)
_SUMMARY = lazy(
    r"\b(?:summary|key (?:points|facts|messages|takeaways)|at a glance|in (?:short|brief)|"
    r"main points|takeaways?|"
    r"what you need to know|quick facts|overview|tl;?dr|bottom line)\b",
    re.IGNORECASE,
)
_ACTION = lazy(
    r"\W*(?:(?:please|always|then|first|if [^,.\n]{3,80},) )?(?:call|see|ask|drink|stretch|take|"
    r"talk|speak|get|go|make|try|keep|"
    r"avoid|check|rest|use|wear|eat|stop|start|walk|book|tell|dial|visit|stay|put|do not|don['’]t|"
    r"raise|massage|move|"
    r"look|read|limit|choose|wash|sit|lie|phone|contact|seek|breathe|add|bring|write|follow|cut)\b",
    re.IGNORECASE,
)
_YOURS = lazy(r"\byou(?:r|rs|rself|['’](?:re|ve|ll|d))?\b", re.IGNORECASE)
_PATIENTS = lazy(
    r"\b(?:patients|sufferers|individuals|people) (?:should|must|are advised|need to)\b",
    re.IGNORECASE,
)
_WORD = lazy(r"[^\W\d_]+")
_CALLED = lazy(r"[^\W\d_]{4,}")


def jama(reading: Reading) -> int:
    """How many of four benchmarks are met: who wrote it and what they are, what it rests on, who
    stands to gain, and from when it is."""
    credits = reading.credits
    authors = credits.named("author")
    return sum(
        (
            any(c.organisation or c.credentials for c in authors),
            bool(reading.evidence.sources),
            credits.interests is not None,
            credits.latest("created", "updated", "last_reviewed") is not None,
        )
    )


def proxies(reading: Reading, grade: float | None = None) -> dict[str, Answers]:
    """The answers by checklist. `grade`: the school grade that the page reads at, if known."""
    page = _Page(reading)
    easy = None if grade is None else grade <= _EASY
    return {
        "discern": {
            "4_sources": bool(reading.evidence.sources),
            "5_date": reading.credits.latest("created", "updated", "last_reviewed") is not None,
            "7_further_support": page.support,
            "8_uncertainty": page.says(_UNCERTAIN),
            "9_how_it_works": page.says(_HOW),
            "10_benefits": page.says(_BENEFIT),
            "11_risks": page.says(_RISK),
            "12_no_treatment": page.says(_LEFT_ALONE),
            "14_more_than_one_option": page.says(_OPTIONS),
            "15_shared_decision": page.says(_SHARED),
        },
        "pemat": {
            "3_everyday_words": easy,
            "5_active_voice": page.active,
            "6_clear_numbers": page.lacks(_STATISTICS) if page.numbers else None,
            "7_no_calculations": page.lacks(_SUMS),
            "8_chunks": page.chunked,
            "9_informative_headers": page.headed,
            "11_summary": page.summed_up,
            "12_visual_cues": page.listed,
            "18_pictures_have_text": page.pictured,
            "20_action": page.acts,
            "21_addresses_reader": page.addressed,
            "22_steps": page.steps,
        },
        "cdc_cci": {
            "main_message_at_top": page.leads,
            "call_to_action": page.acts,
            "active_voice": page.active,
            "everyday_words": easy,
            "lists": page.listed,
            "headings": page.headed,
            "most_important_first": page.urgent_first,
            "what_is_unknown": page.says(_UNCERTAIN),
            "numbers_explained": page.lacks(_STATISTICS, _SUMS) if page.numbers else None,
        },
    }


class _Page:
    """Counts of a page that several answers are made of."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        article = reading.article
        self._prose = article.prose
        self._lines = Lines(article.prose)
        self._sentences = [article.prose[s.span.start : s.span.end] for s in reading.sentences]
        self._heads = [b for b in article.blocks if b.kind == "heading"]
        self._items = [b for b in article.blocks if b.kind == "item"]
        self._words = sum(1 for _ in _WORD.finditer(article.prose))
        self.numbers = bool(re.search(r"\d", article.prose))

    def says(self, words: str) -> bool | None:
        """Whether the page says it; None in a language that the words are not of."""
        return self._lines.says(words) if self._reading.lang == "en" else None

    def lacks(self, *some: str) -> bool | None:
        said = [self.says(words) for words in some]
        return None if None in said else not any(said)

    @property
    def support(self) -> bool:
        sources = self._reading.evidence.sources
        return sum(r.standing == "authority" for r in sources) >= _SUPPORT

    @property
    def active(self) -> bool | None:
        if self._reading.lang != "en":
            return None
        passive = sum(bool(_PASSIVE_VERB.search(s)) for s in self._sentences)
        return passive <= _PASSIVE * len(self._sentences) if self._sentences else None

    @property
    def chunked(self) -> bool | None:
        if self._words <= _LONG:
            return None
        sections = self._reading.article.sections
        return all(self._count(s.blocks) <= _LONG for s in sections)

    def _count(self, blocks: tuple[Block, ...]) -> int:
        """The words before the next heading."""
        words = 0
        for block in blocks:
            if block.kind == "heading":
                break
            words += len(_WORD.findall(self._prose[block.span.start : block.span.end]))
        return words

    @property
    def headed(self) -> bool | None:
        told = sum(len(self._reading.article.words(h.span).split()) > 1 for h in self._heads)
        return told > 1 if self._words > _SHORT else None

    @property
    def summed_up(self) -> bool | None:
        if self._words <= _LONG:
            return None
        return any(_SUMMARY.search(self._reading.article.words(h.span)) for h in self._heads)

    @property
    def listed(self) -> bool:
        return len(self._items) > 1

    @property
    def pictured(self) -> bool | None:
        pictures = [x for x in self._reading.article.links if x.image]
        return all(x.text.strip() for x in pictures) if pictures else None

    @property
    def acts(self) -> bool | None:
        if self._reading.lang != "en":
            return None
        return any(_ACTION.match(s) for s in self._sentences)

    @property
    def addressed(self) -> bool | None:
        if not self._words or self._reading.lang != "en":
            return None
        you = len(_YOURS.findall(self._prose))
        return you >= _YOU * self._words and you > 2 * len(_PATIENTS.findall(self._prose))

    @property
    def steps(self) -> bool | None:
        if self._reading.lang != "en":
            return None
        words = (self._reading.article.words(b.span) for b in self._items)
        return sum(bool(_ACTION.match(w)) for w in words) > 1

    @property
    def leads(self) -> bool | None:
        """Whether the first paragraph speaks of what the title says."""
        article = self._reading.article
        title = {w.lower() for w in _CALLED.findall(article.title)}
        first = next((b for b in article.blocks if b.kind == "paragraph"), None)
        if not title or not first:
            return None
        lead = article.words(first.span).lower()
        return 2 * sum(w.rstrip("s") in lead for w in title) >= len(title)

    @property
    def urgent_first(self) -> bool | None:
        sections = self._reading.red_flags.sections
        return 2 * sections[0].start <= len(self._prose) if sections else None
