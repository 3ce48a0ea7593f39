"""What an article is about: its conditions, its language, and whether it is on health at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

from .. import needs
from ..model import Article
from ..patterns import held, lazy, lowered

_TITLE, _HEADING, _LEAD, _BODY = 3, 2, 1, 1
_ENOUGH = 3  # a title, or a heading and more; a passing mention never gets there
_HITS = 5  # so often a body names what it is about
_DENSE = 100  # words to a mention, in a body that is about it
_LEADS = 3  # the first paragraphs, which say what an article is about
_HAS_WORDS = lazy(r"[^\W\d_]+")
_HEALTH = ("article", "story")  # what articles of a health site are, by their own front matter
_NOT_HEALTH = ("recipe", "news", "landing", "documentation", "docs", "product", "policy", "legal")

# The commonest small words; no two lists share enough to be confused.
_STOP_WORDS = {
    "en": "the and of to in is that it for are with as you be this on or not your can have if from",
    "fr": "le la les des et est une que qui dans pour pas sur avec vous par plus au ne sont ce",
    "de": "der die das und ist nicht ein eine zu den mit sie von auf für im bei oder auch werden",
    "es": "el los las una que y es por con para del se su al como más pero sus o puede",
    "it": "il gli una che è di per con non del della si sono più anche le nel alla può questo",
    "nl": "de het een en van is niet dat op te voor met zijn aan ook als bij of uw er",
    "pt": "o os uma que não é do da em para com um se dos das mais ao pode são por",
}
# "hair loss", "blood pressure": what words that other fields share mean together.
_PHRASES = lazy(
    r"\b(?:blood (?:pressure|sugar|test|vessels?|thinn\w+)|heart (?:attack|disease|failure|rate)s?|"
    r"hair (?:loss|growth|follicles?)|weight loss|side effects?|mental health)\b"
)
_SAID = 3  # times; so often they are what the page is about
_PASSAGE = 300  # words; a longer text has room for more words of medicine
_FEW = 12  # words that tell nothing of a language
_RATIO = 0.15  # of an English text about 0.3 are words of its list, of another language under 0.05


def topics(article: Article, data: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the conditions that the article is about (table `red_flags`), the weightiest
    first, and what else its front matter lists under `topics`, as slugs.

    The front matter decides where it names a condition of the table; else title, headings, lead and
    body are weighed.
    """
    table = data["red_flags"]["topics"]
    stated = [_known(name, table) for name in _listed(article.meta.data.get("topics"))]
    known = [name for name in stated if name in table]
    if not known:
        # In lower case once, so that the patterns need not look at case: four times as fast.
        title = _plain(article.title)
        texts = [(b.kind, _plain(article.words(b.span))) for b in article.blocks]
        whole = "\n".join([title, *(text for _, text in texts)])
        headings = [text for kind, text in texts if kind == "heading" and text != title]
        body = [text for kind, text in texts if kind in ("paragraph", "item", "quote", "row")]
        lacks = needs.lacks(whole)
        weights = {
            name: _weight(title, headings, body, there)
            for name, entry in table.items()
            if (there := _standing(entry, whole, lacks))["match"]
        }
        heavy = [name for name, weight in weights.items() if weight >= _ENOUGH]
        known = sorted(heavy, key=lambda name: -weights[name])
    return tuple(dict.fromkeys([*known, *stated]))


def is_health(article: Article, topics: Sequence[str], data: Mapping[str, Any]) -> bool:
    """True for an article on health. A `type` of the front matter that is an article or a story
    settles it, any other type that is known rules it out; else the density of health words decides,
    weighed against the words of other fields."""
    if not may_be_health(article):
        return False
    stated = article.meta.data.get("type")
    if isinstance(stated, str) and stated.strip().casefold() in _HEALTH:
        return True
    counts = _counted(article) + _counts(article.title)
    many = counts.total()
    if not many:
        return False
    table = data["health_terms"]
    health = _terms(table["health"].get(language(article), "")) or _terms(table["health"]["en"])
    plurals = _plurals(counts)
    found = _found(counts, plurals, health)
    own = sum(found.values())
    said = len(_PHRASES.findall(lowered(article.prose)))
    own += said if said >= _SAID else 0
    shared = min(own, sum(_found(counts, plurals, _terms(table["shared"])).values()))
    fields = map(_terms, table["other"].values())
    other = max(sum(_found(counts, plurals, field).values()) for field in fields)
    weight = own + shared / 2
    about = any(topic in data["red_flags"]["topics"] for topic in topics)
    # What a title, or the topics that the front matter states, name is what the page is about.
    named = _counts(" ".join([article.title, *_listed(article.meta.data.get("topics"))]))
    titled = bool(_found(named, _plurals(named), health))
    few = 1 if about else 2 if titled or many < 80 else 4
    if many < _PASSAGE and weight >= many * 0.045:
        few = min(few, 3)
    # A page on one thing says few words of medicine, and says them often.
    often = (titled or len(found) > 1) and weight >= many * 0.06
    dense = weight >= many * (0.012 if about else 0.03)
    return (often or (len(found) >= few and dense)) and weight > other


def may_be_health(article: Article) -> bool:
    """False if the `type` that the front matter states is no article."""
    kind = article.meta.data.get("type")
    return not (isinstance(kind, str) and kind.strip().casefold() in _NOT_HEALTH)


def language(article: Article) -> str:
    """The code that the front matter gives, else that of the language whose small words fill the
    text; "en" where there is too little to tell, "und" for another script than the Latin one."""
    stated = article.meta.data.get("lang") or article.meta.data.get("language")
    if isinstance(stated, str) and (code := re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", stated.strip())):
        return code[0].lower()
    counts = _counted(article)
    many = counts.total()
    if many < _FEW:
        return "en"
    scores = {
        code: sum(map(counts.__getitem__, stop.split())) / many
        for code, stop in _STOP_WORDS.items()
    }
    if scores["en"] < _RATIO and sum(n for w, n in counts.items() if w[0] > "\u024f") * 2 > many:
        return "und"
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    return best if scores[best] >= _RATIO else "en"


def _listed(value: object) -> Iterator[str]:
    """The names of a front matter value that is a list, or one text with commas."""
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
    for name in given:
        if isinstance(name, str) and (slug := "-".join(_words(name))):
            yield slug


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.casefold())


def _known(slug: str, table: Mapping[str, Any]) -> str:
    """The id of the table that `slug` means ("muscle-cramps": leg-cramps), else `slug` itself."""
    if slug in table:
        return slug
    plain = _plain(slug.replace("-", " "))
    lacks = needs.lacks(plain)
    standing = ((name, _standing(entry, plain, lacks)) for name, entry in table.items())
    return next((name for name, entry in standing if _hits(plain, entry)), slug)


def _standing(entry: Mapping[str, Any], whole: str, lacks: int) -> Mapping[str, Sequence[str]]:
    """The patterns of `entry` that stand in `whole`, which `lacks` these needs: no other need be
    looked for in its parts."""
    return {
        key: [p for p in entry[key] if not needs.of(p, 0) & lacks and held(p).search(whole)]
        for key in ("match", "unless")
    }


def _weight(
    title: str, headings: Sequence[str], body: Sequence[str], entry: Mapping[str, Any]
) -> int:
    weight = _TITLE * bool(_hits(title, entry))
    weight += _HEADING * sum(bool(_hits(heading, entry)) for heading in headings)
    # One count of the whole does where nothing in a part of it can rule that part out.
    hits = sum(_hits(text, entry) for text in (body if entry["unless"] else ["\n".join(body)]))
    if hits >= _HITS:
        weight += _BODY + (hits * _DENSE >= sum(len(text.split()) for text in body))
        weight += _LEAD * any(_hits(text, entry) for text in body[:_LEADS])
    return weight


def _hits(text: str, entry: Mapping[str, Any]) -> int:
    """How many matches of the topic's patterns stand in `text`, which is in lower case; none where
    one of `unless` does."""
    hits = sum(len(held(p).findall(text)) for p in entry["match"])
    return 0 if hits and any(held(p).search(text) for p in entry["unless"]) else hits


def _plain(text: str) -> str:
    return text.replace("’", "'").lower()


@lru_cache(maxsize=32)
def _terms(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=2)  # of one article: its language, and whether it is on health
def _counted(article: Article) -> Counter[str]:
    return _counts(article.prose)


def _counts(text: str) -> Counter[str]:
    """How often each word of `text` stands there."""
    return Counter(map(str.casefold, _HAS_WORDS.findall(text)))


def _plurals(counts: Counter[str]) -> Mapping[str, int]:
    """Words with an s behind them -> how often that stands there."""
    return {word[:-1]: n for word, n in counts.items() if word[-1:] == "s"}


def _found(counts: Counter[str], plurals: Mapping[str, int], terms: Set[str]) -> Counter[str]:
    """How often each of `terms` stands there, its plain plural included."""
    found = Counter({term: counts[term] for term in terms & counts.keys()})
    for term in terms & plurals.keys():
        if f"{term}s" not in terms:
            found[term] += plurals[term]
    return found
