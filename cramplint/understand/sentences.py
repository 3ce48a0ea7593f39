"""Sentences of the prose and their guards: what tells a claim from a denial or a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..citing import CITES, cites
from ..meaning import Sentence
from ..model import Article, Block, Link, Span
from ..needs import lacks, rx
from ..patterns import held, lazy, lowered

# These three are for text in lower case.
_NEGATED = (
    r"\b(?:no|not|never|none|nothing|neither|nor|cannot|without|hardly|unlikely|unproven|little|lacks?|"
    r"myths?|false(?:ly)?|debunk\w*|disproved?|fails? to|failed to|so-called|rather than|"
    r"instead of)\b|n['’]t\b"
)
_ATTRIBUTED = (
    r"\b(?:claim(?:s|ed|ing)?|allege[ds]?|supposedly|reportedly|purport\w*|is said to|"
    r"are said to|some (?:people )?(?:say|believe|think)|"
    r"people (?:say|believe|think)|proponents|advocates|marketers|advert\w*|according to|"
    r"warn(?:s|ed) (?:that|against|people)|"
    r"historically|in the (?:past|19\d\ds?|18\d\ds?)|once (?:thought|believed)|was (?:thought|"
    r"believed|used) to)\b"
)
_BEHIND = lazy(r"\s?\[\^?\w{1,20}\](?![(\w])")
_CONDITIONAL = r"^\W*(?:if|when|unless|should you|in case)\b|\bif (?:you|your|the|it|they)\b"
_SHAPES = {"negated": _NEGATED, "attributed": _ATTRIBUTED, "conditional": _CONDITIONAL}
# The segmenter ends a sentence after these; a dose or a name goes on behind them.
_GOES_ON = lazy(
    r"\b(?:approx|esp|incl|tsp|tbsp|i\.u|no|dr|mr|mrs|ms|fig|vs|st)\.\s*$", re.IGNORECASE
)
_SHORTENED = (
    *("rox.", "esp.", "incl.", "tsp.", "bsp.", "i.u.", "no.", "dr.", "mr.", "mrs.", "ms.", "fig."),
    *("vs.", "st."),
)
_ABBREVIATED = 8  # code points of the longest of these, its stop included, and what is before it
# It takes the letter of a vitamin for an initial, and small words for abbreviations.
_ENDED = ("itamin ", " ill. ", " fed. ", " may. ", " me. ", " miss. ", "/L. ", "/dL. ")
_END = lazy(
    r"(?:(?<=\b[Vv]itamin [A-EK]\.)|(?<= ill\.)|(?<= fed\.)|(?<= may\.)|(?<= me\.)|(?<= miss\.)|"
    r"(?<=/L\.)|(?<=/dL\.))"
    r"(?=\s+[A-Z“\"])"
)
# A stop and then a blank, no word between: the last stop before the first blank, so that a long run
# of signs is read once.
_ENDS = lazy(r"[.!?…][^\w\s.!?…]*+\s")
_WRAPPED = lazy(r"[^\S ]")
_PROSE = frozenset({"heading", "paragraph", "item", "quote", "row", "html", "footnote"})


def sentences(article: Article) -> Iterator[Sentence]:
    """The sentences of every block of prose, in order; a heading or an item is one at least.

    Spans leave out the blanks around a sentence.
    """
    guards = _Guards(article)
    for block in article.blocks:
        if block.kind not in _PROSE:
            continue
        for span in _split(article, block):
            yield Sentence(span, frozenset(guards.of(block, span)))


def _split(article: Article, block: Block) -> Iterator[Span]:
    start = block.span.start
    prose = article.prose[start : block.span.end]
    if not prose.strip():
        return
    if block.kind == "heading" or not _ENDS.search(prose):
        yield _trimmed(prose, start)
        return
    held = ""
    at = start
    # Newlines inside a block are wrapping, not ends: the segmenter takes two of them for one.
    for piece in _pieces(_WRAPPED.sub(" ", prose)):
        held += piece
        ended = held.rstrip()
        if _shortened(ended) and _GOES_ON.search(held, len(ended) - _ABBREVIATED):
            continue
        if ended:
            yield Span(at + len(held) - len(held.lstrip()), at + len(ended))
        at += len(held)
        held = ""
    if held.strip():
        yield _trimmed(held, at)


def _shortened(ended: str) -> bool:
    """False for what ends in no abbreviation, as nearly all sentences do."""
    return ended.endswith(".") and ended[-_ABBREVIATED:].lower().endswith(_SHORTENED)


def _pieces(text: str) -> Iterable[str]:
    import sentencex

    pieces: Iterable[str] = sentencex.segment("en", text)
    if any(map(text.__contains__, _ENDED)):
        return (part for piece in pieces for part in _END.split(piece))
    return pieces


def _trimmed(text: str, start: int) -> Span:
    lead = len(text) - len(text.lstrip())
    return Span(start + lead, start + lead + len(text.strip()))


class _Guards:
    """The guards of an article's sentences. What stands nowhere in the source is looked for in none
    of them."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._low = lowered(article.prose)
        self._shapes = [(name, rx(shape).needs, held(shape)) for name, shape in _SHAPES.items()]
        self._cites = [sign for sign in CITES if sign in article.source.text]

    def of(self, block: Block, span: Span) -> Iterator[str]:
        article, (start, end) = self._article, span
        text, low = article.prose[start:end], self._low[start:end]
        lack = lacks(low)
        for name, needed, shape in self._shapes:
            if not needed & lack and shape.search(low):
                yield name
        if text.rstrip('"”’)]*_ ').endswith("?"):
            yield "question"
        if block.kind == "quote" or (text[:1] in '“"' and text.rstrip(".!?, ")[-1:] in '”"'):
            yield "quoted"
        # A mark may stand behind the stop; the prose leaves out those that are footnotes.
        source = article.source.text
        said = source[start:end]
        if (
            ("[" in self._cites and _BEHIND.match(source, end))
            or (any(map(said.__contains__, self._cites)) and cites(said))
            or any(map(_leads_out, article.links_in(span)))
        ):
            yield "cited"


def _leads_out(link: Link) -> bool:
    """False for what is no source: a picture, an address to write to or to call."""
    return not link.image and not link.target.lower().startswith(("mailto:", "tel:", "sms:"))
