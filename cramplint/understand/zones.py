"""Zones: which stretch of a page is its title, FAQ, references, testimonials, end matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..cards import ARROW
from ..cards import marks as marks_of
from ..meaning import Pair, Related, Zone
from ..model import Article, Block, Section, Span
from ..needs import rx
from ..patterns import lazy, lowered
from ..shapes import CHAIN, FAQ, title_case
from ..voices import Testimonial, heads_testimonials, testimonials

_EDGE = r"\W*"  # what may stand around the words of a heading
# What the whole of a heading says, in lower case.
_HEADINGS = {
    "references": (
        r"(?:\W|\d)*(?:(?:list of |key |main |selected )?(?:references?|sources?|citations?|"
        r"bibliography|works cited|footnotes|"
        r"evidence base|where this (?:information )?comes from|sources? and further (?:reading|"
        r"information)|further reading))\W*"
    ),
    "related": (
        r"\W*(?:related (?:articles?|posts?|pages?|reading|topics?|content|links|stories|"
        r"information)|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)\b.*|related|"
        r"up next|read (?:next|more)|see also|more (?:from|on|like|about|to explore)\b.*|"
        r"recommended(?: (?:reading|for you|articles|posts))?|also read|keep reading|"
        r"(?:popular|latest|recent|similar|more|other|trending|most (?:popular|read)) "
        r"(?:posts|articles|stories|news|now)|trending|most (?:popular|read)|"
        r"(?:editor[’']s|our|top) picks?)\W*"
    ),
    "bio": (r"\W*(?:about|meet) (?:the |our )?(?:author|writer|reviewer|editor|contributor)s?\W*"),
    "contact": (
        r"\W*(?:contact(?: (?:us|me|details|information))?|connect(?: with (?:us|me))?|"
        r"get in touch)\W*"
    ),
}
_SHORT = 60  # code points of a heading of other articles' titles, and fewer
# How a line begins that may be one.
_ROW_HEAD = lazy(
    rf"^[^\w\n]{{0,{_SHORT}}}{_HEADINGS['related'].removeprefix(_EDGE).removesuffix(_EDGE)}",
    re.MULTILINE,
)
_BIO = lazy(
    r"[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){1,3},? (?:N\.?D\.?|M\.?D\.?|Ph\.?D\.?|D\.?O\.?|R\.?N\.?|"
    r"R\.?D\.?N?\.?|M\.?S\.?|MPH|BSc|MBBS|PharmD|CNS|NP|DC)\b"
    r"|[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){1,2} is an? (?:\w+[ -]){0,3}(?:writer|author|nurse|"
    r"doctor|physician|dietiti?cian|dietitian|nutritionist|"
    r"pharmacist|journalist|coach|naturopath|therapist|editor|researcher)\b"
)
_ABOUT = lazy(
    r"\W*(?:about|meet) (?:the |our )?(?:author|writer|reviewer|editor|contributor)s?\s*[.:–—-]",
    re.IGNORECASE,
)
_FOOT = ("©", "(c)", "rights", "copyright")  # one of which a footer holds
_FOOTER = lazy(r"©|\(c\) ?(?:19|20)\d\d|\ball rights reserved\b|^copyright\b", re.IGNORECASE)
_CUE = lazy(
    r"^\W{0,4}(?:related(?: (?:article|post|reading|story|content))?|see also|"
    r"also (?:see|read)|read(?: (?:also|next|this next|this))?|"
    r"you (?:may|might) also (?:like|enjoy|be interested in)|"
    r"(?:recommended|suggested|further)(?: (?:read(?:ing)?|articles?|posts?))?|"
    r"up next|don['’]t miss|more(?: (?:from|on|about) [\w ’'&]{2,30})?)"
    r"\s*[:→»–—]\s*(?P<named>\S.{5,150})$"
    r"|\b(?:my|our|this|the|a|another)\s+(?:\w+ ){0,2}(?:article|post|guide|blog post|"
    r"piece)s?\b(?: (?:on|about|called|titled|entitled))?"
    r"[”\"’'…\s.:,–—-]+(?P<said>[A-Z“\"].{5,150})$",
    re.IGNORECASE,
)
_TAIL = 3  # lines below a list of titles at the end of a page
# One of which every cue holds: the sign behind it, or what it calls the other page.
_SIGNS = (":", "→", "»", "–", "—", "article", "post", "guide", "piece")
_LOOKS = lazy(
    r"^\W*(?:enjoy|read|see|check(?: out)?|visit|view|find|here['’]?s?|for more|learn|explore|"
    r"don['’]t miss)\b",
    re.IGNORECASE,
)


def zones(article: Article, related: Sequence[Related], pairs: Sequence[Pair]) -> Iterator[Zone]:
    """All zones but those of safety (disclaimer, red flags), in no particular order."""
    blocks = article.blocks
    voices = tuple(testimonials(article))
    for section in article.sections:
        if section.heading is None:
            continue
        title = article.words(section.heading.span)
        for kind in _headed(title):
            yield Zone(kind, section.span, section.heading)
        if heads_testimonials(title):
            yield Zone("testimonial", _to_the_last(voices, section.span), section.heading)
        if section.heading.level > 1 and FAQ.search(title):
            yield Zone("faq", section.span, section.heading)
    if blocks and blocks[0].kind == "heading" and blocks[0].level == 1:
        yield Zone("title", blocks[0].span, blocks[0])
    first = next((b for b in blocks if b.kind == "heading" and b.level > 1), None)
    if blocks:
        start = blocks[0].span.end if blocks[0].kind == "heading" else blocks[0].span.start
        yield Zone("lead", Span(start, first.span.start if first else blocks[-1].span.end))
    for block in blocks:
        if block.kind == "footnote":
            yield Zone("references", block.span)
    for pair in pairs:
        yield Zone("faq", Span(pair.question.start, max(pair.question.end, pair.answer.end)))
    for entry in related:
        yield Zone("related", article.source.line_span(entry.span.start))
    yield from (Zone("testimonial", one.span) for one in voices)
    yield from _end_matter(article)


def _headed(title: str) -> Iterator[str]:
    """What a heading says that its section holds."""
    low = lowered(title)
    return (kind for kind, shape in _HEADINGS.items() if rx(shape).fullmatch(low))


def _to_the_last(voices: Sequence[Testimonial], section: Span) -> Span:
    """The section as far as its last testimonial: what a page says behind that are its own words.
    All of one that holds none."""
    ends = [one.span.end for one in voices if section.holds(one.span)]
    return Span(section.start, max(ends, default=section.end))


def pairs(article: Article) -> Iterator[Pair]:
    """Questions and their answers: headings that ask, under a FAQ heading or as lines of a run.

    Where a run of bare lines ends, nothing marks the end of its last answer: it is taken to be
    as long as the longest of those before it.
    """
    longest = 0
    previous: Section | None = None
    faqs = [
        s.span
        for s in article.sections
        if s.heading and s.heading.level > 1 and FAQ.search(article.words(s.heading.span))
    ]
    for section, following in pairwise([*article.sections, None]):
        assert section is not None
        head = section.heading
        if head is None or not article.words(head.span).rstrip('"”*_ ').endswith("?"):
            continue
        listed = any(f.holds(head.span) and f.start < head.span.start for f in faqs)
        if not head.inferred and not listed:
            continue
        answer = section.blocks
        if any(b.kind == "heading" for b in answer):
            continue
        run = previous is not None and previous.span.end == section.span.start
        longest = longest if run else 0
        last = following is None or not (
            following.heading and article.words(following.heading.span).endswith("?")
        )
        if last and longest and head.inferred and not listed:
            answer = answer[:longest]
        longest = max(longest, len(answer))
        previous = section
        end = answer[-1].span.end if answer else head.span.end
        yield Pair(head.span, Span(answer[0].span.start if answer else head.span.end, end))


def related(article: Article) -> Iterator[Related]:
    """Titles of other articles that stand there without a link."""
    rows = {row.span.start: row for row in _rows(article)}
    told = {one.span.start: one for one in _told(article)}
    yield from (one for _, one in sorted({**rows, **told}.items()))


def _rows(article: Article) -> Iterator[Related]:
    """The titles in lines below "Recommended for you": two at least, to the end of the page, or set
    as titles are."""
    if not _ROW_HEAD.search(lowered(article.prose)):
        return
    shown = [
        (block, line, article.prose[slice(*line)])
        for block in article.blocks
        for line in article.lines_in(block.span)
    ]
    for i, (block, at, head) in enumerate(shown):
        heads = len(head) < _SHORT and not ARROW.search(head)
        known = heads and "related" in _headed(head.strip().lstrip("#").rstrip(":"))
        if not known or block.kind in ("item", "row", "code") or any(article.links_in(at)):
            continue
        end = i + 1
        while end < len(shown) and _titled(article, *shown[end]):
            end += 1
        row = shown[i + 1 : end]
        last = end >= len(shown) - _TAIL
        if len(row) > 1 and (last or all(title_case(text) for _, _, text in row)):
            for entry, line, text in row:
                yield from _entry(entry, text, line.start - entry.span.start, glued=False)


def _titled(article: Article, block: Block, line: Span, text: str) -> bool:
    """True for a line that may be the title of another page."""
    shape = block.kind == "paragraph" or (block.kind == "heading" and block.inferred)
    words = text.split()
    whole = text.rstrip()[-1:] not in ".:;,!" and words[0][:1].isupper() | words[0][:1].isdigit()
    cued = _CUE.search(text) or marks_of(text) or any(article.links_in(line))
    return shape and bool(whole) and 2 < len(words) < 20 and not cued


def _told(article: Article) -> Iterator[Related]:
    """Titles behind a cue, in a chain of cards, or in a section of such titles."""
    blocks = [b for b in article.blocks if b.kind in ("paragraph", "item", "heading", "quote")]
    listed = [
        s.span
        for s in article.sections
        if s.heading and "related" in _headed(article.words(s.heading.span))
    ]
    led = False  # in a list below a line such as "Read more:"
    prose = lowered(article.prose)
    for i, block in enumerate(blocks):
        text, low = article.prose[slice(*block.span)], prose[slice(*block.span)]
        if block.kind != "item":
            led = text.rstrip().endswith(":") and "related" in _headed(text.strip())
        chained = marks_of(text)
        cued = any(map(low.__contains__, _SIGNS))
        listing = (led and block.kind == "item") or any(s.holds(block.span) for s in listed)
        if not (chained or cued or listing):
            continue
        if any(not link.image for link in article.links_in(block.span)):
            continue
        marks = [
            m
            for m in chained
            if ARROW.search(m[0]) or (m.end() == len(text.rstrip()) and not _spoken(text, m))
        ]
        if marks:
            before = text[: marks[0].start()]
            above = blocks[i - 1] if i else None
            if before.strip() and before.rstrip()[-1:] not in ".;:":
                yield from _entry(block, before, 0, glued=False)
            elif above and not _marks(article, above) and _promises(article, above):
                whole = article.prose[above.span.start : above.span.end]
                yield from _entry(above, whole, 0, glued=False)
            for mark, after in pairwise([*marks, None]):
                assert mark is not None
                stop = after.start() if after else len(text)
                yield from _entry(block, text[mark.end() : stop], mark.end(), glued=True)
            continue
        flat = text.replace("\n", " ")
        cue = _CUE.search(flat) if cued else None
        if cue and (cue["named"] or _LOOKS.match(flat)):
            name = "named" if cue["named"] else "said"
            if title_case(cue[name]):
                yield from _entry(
                    block, text[cue.start(name) : cue.end(name)], cue.start(name), glued=False
                )
                continue
        short = block.kind != "heading" and 1 < len(text.split()) < 20
        if short and listing and text.rstrip()[-1:] not in ".:;":
            yield from _entry(block, text, 0, glued=False)


def _spoken(text: str, mark: re.Match[str]) -> bool:
    """True where "keep reading." ends a sentence of the page's own: behind words that are no title,
    in lower case or with a single full stop."""
    said = mark[0].rstrip()
    closed = said.endswith(".") and not said.endswith("..")
    return (closed or said[:1].islower()) and not title_case(text[: mark.start()])


def _marks(article: Article, block: Block) -> bool:
    return bool(CHAIN.search(article.words(block.span)))


def _promises(article: Article, block: Block) -> bool:
    """True if the block above a chain of titles looks like its first title."""
    text = article.words(block.span)
    return (
        block.kind != "heading" and text[-1:] not in ".:;," and title_case(text) and len(text) < 160
    )


def _entry(block: Block, text: str, at: int, *, glued: bool) -> Iterator[Related]:
    lead = len(text) - len(text.lstrip())
    title = " ".join(text.split()).strip()
    if re.search(r"\w{2}", title):
        start = block.span.start + at + lead
        yield Related(Span(start, start + len(text.strip())), title, glued)


def _end_matter(article: Article) -> Iterator[Zone]:
    """The author's note and the footer: only in the last third of a page."""
    blocks, low = article.blocks, lowered(article.prose)
    for block in blocks[2 * len(blocks) // 3 :]:
        footed = any(map(low[slice(*block.span)].__contains__, _FOOT))
        told = block.kind in ("paragraph", "quote")
        text = article.words(block.span) if footed or told else ""
        if told and (_BIO.match(text) or _ABOUT.match(text)):
            yield Zone("bio", block.span)
        elif footed and block.kind != "heading" and _FOOTER.search(text) and len(text) < 200:
            yield Zone("footer", block.span)
