"""The nouns. Frozen, standard library only.

One unit of position everywhere: an offset is a 0-based count of Unicode code
points into `Source.text` (LF line ends, no byte-order mark); a span is
half-open. Lines and columns exist in the report layer only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

VERSION = "0.1.0"

Kind = Literal["markdown", "text"]
Severity = Literal["error", "warning", "note"]
Safety = Literal["safe", "ask", "show"]
BlockKind = Literal[
    "heading", "paragraph", "item", "quote", "row", "code", "html", "rule", "footnote"
]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
# What a fix leaves for a health professional to write. It is an error for as long as it stands.
STUB = "TODO(clinician)"


class CrampError(Exception):
    """Anything that stops the work and that a person can put right.

    `what` is wrong, `where` ("path", "path:line" or a setting's name), and what `todo`.
    """

    def __init__(self, what: str, where: str = "", todo: str = "") -> None:
        super().__init__(what, where, todo)
        self.what, self.where, self.todo = what, where, todo

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} ({self.todo})" if self.todo else text


class Span(NamedTuple):
    """Code points `start` (inclusive) to `end` (exclusive) of `Source.text`."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """True if the two share at least one code point (or an empty one lies inside)."""
        return self.start < max(other.end, other.start + 1) and other.start < max(
            self.end, self.start + 1
        )


@dataclass(frozen=True, slots=True)
class Source:
    """One file as text: LF only, no BOM. `newline` and `bom` say how to write it back."""

    name: str
    text: str
    kind: Kind
    newline: str = "\n"
    bom: bool = False

    def excerpt(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def line_span(self, offset: int) -> Span:
        """The line around `offset`, its newline left out."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return Span(start, len(self.text) if end < 0 else end)


class Event(NamedTuple):
    """One step through an article, the same for Markdown and for plain text.

    `kind`: start, end, text, code (inline), softbreak, hardbreak, html (a piece of an
    HTML block), inline_html, rule, footnote_ref, task.
    `tag` of start and end: paragraph, heading, list, item, quote, table, head, row, cell,
    code_block, html_block, footnote, em, strong, strike, link, image.
    `text`: the literal text of a leaf, entities decoded; the target of a link or image;
    the language of a code block; the label of a footnote.
    `value`: the level of a heading; the first number of an ordered list (None for bullets);
    the alignments of a table ("", left, center, right); the title of a link; task done (1) or not.
    """

    kind: str
    tag: str
    start: int
    end: int
    text: str = ""
    value: Any = None


class Block(NamedTuple):
    """A piece of an article that a reader sees as one. Blocks are flat, in document order.

    `level`: 1 to 6 for a heading; the nesting depth, from 1, for an item and what else
    stands inside a list; 0 elsewhere. `inferred`: the source does not mark it as what it is
    (a heading that is a bold or a plain line).
    """

    kind: BlockKind
    span: Span
    level: int = 0
    inferred: bool = False


class Section(NamedTuple):
    """A heading and all that follows up to the next heading of the same or a higher level.

    `heading` is None for what stands before the first one. `blocks` leaves the heading out.
    """

    heading: Block | None
    span: Span
    blocks: tuple[Block, ...]


class Link(NamedTuple):
    """`span` covers the whole link, `text` is what is shown, `target` as written."""

    span: Span
    text: str
    target: str
    image: bool = False


@dataclass(frozen=True, slots=True)
class Meta:
    """Front matter: `data` (JSON-safe), `keys` (dotted path -> span of the key), and the span
    of the whole, fences included; empty span if there is none. The body begins at `span.end`."""

    data: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Span] = field(default_factory=dict)
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """A parsed source, equal to none but itself: what is worked out from it can be kept for it.

    `len(prose) == len(source.text)`: the prose mask holds the words at their places, and blanks
    (newlines kept) for all else. `links` are sorted by their place."""

    source: Source
    meta: Meta
    prose: str
    events: tuple[Event, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    _words: dict[Span, str] = field(init=False, repr=False, default_factory=dict)

    def words(self, span: Span) -> str:
        """The prose inside `span`, runs of blanks folded into one. Most spans are a block's, which
        a dozen rules ask for: they are kept."""
        if span not in self._words:
            self._words[span] = " ".join(self.prose[span.start : span.end].split())
        return self._words[span]

    def lines_in(self, span: Span) -> Iterator[Span]:
        """The lines of the prose inside `span` that hold something, up to their last letter."""
        at = span.start
        for line in self.prose[span.start : span.end].split("\n"):
            if line.strip():
                yield Span(at, at + len(line.rstrip()))
            at += len(line) + 1

    def links_in(self, span: Span) -> Iterator[Link]:
        """The links that `span` meets, last first."""
        for i in range(bisect_left(self.links, ((span.end, -1),)) - 1, -1, -1):
            link = self.links[i]
            if link.span.end > span.start:
                yield link
            elif not link.image:  # an image may stand inside a link that goes on
                return

    def block_at(self, offset: int) -> Block | None:
        """The block that `offset` lies in, its end included."""
        i = bisect_right(self.blocks, offset, key=lambda b: b.span.start) - 1
        return self.blocks[i] if i >= 0 and offset <= self.blocks[i].span.end else None

    def kind_at(self, offset: int) -> str:
        """The kind of the block that `offset`, in code points, lies in; "" for none."""
        block = self.block_at(offset)
        return block.kind if block else ""

    @property
    def title(self) -> str:
        """The front matter's title, else the first level-1 heading, else ""."""
        stated = self.meta.data.get("title")
        if isinstance(stated, str) and stated.strip():
            return " ".join(stated.split())
        first = next((b for b in self.blocks if b.kind == "heading" and b.level == 1), None)
        return self.words(first.span) if first else ""


class Edit(NamedTuple):
    """Replace `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """All edits land together or not at all. safe: the words stay the same; ask: for a person
    to agree to; show: only ever shown."""

    edits: tuple[Edit, ...]
    safety: Safety = "safe"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say of a place. `severity` None leaves it to the rule and the profile;
    a check sets it where one rule has two strengths."""

    rule: str
    span: Span
    message: str
    severity: Severity | None = None
    advice: str = ""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """`findings` in the order of their places, each with its severity; `suppressed` those that a
    comment or the front matter silenced. `unspoken`: the selected rules that do not know the
    article's language and so were not run."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    unspoken: tuple[str, ...] = ()


class Suppression(NamedTuple):
    """`rules`: ids or group/*. `span`: what it covers. `mark`: the comment or front matter key.
    `owner`, and `expires`, its last day as written, are "" where none is named; `at`: file:line of
    a waiver that the configuration states; `odd`: a key of it that means nothing."""

    mark: Span
    span: Span
    rules: tuple[str, ...]
    reason: str
    owner: str = ""
    expires: str = ""
    at: str = ""
    odd: str = ""


class Waiver(NamedTuple):
    """What the configuration lets stand in one article: `rule`, an id or group/*; `path`, seen from
    the configuration's folder; `expires`, the last day, YYYY-MM-DD; `at`, file:line."""

    rule: str
    path: str
    reason: str
    owner: str
    expires: str
    at: str = ""


class Example(NamedTuple):
    """A fenced example of a rule page. `text` has its marks removed; `flagged` are the marked
    spans; `fixed` is the text after the fix, None if none is shown. `files`: the other files
    of a small site, name -> text."""

    good: bool
    name: str
    text: str
    flagged: tuple[Span, ...]
    fixed: str | None
    files: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule page. `scope`: health (only health articles) or any. `langs`: the languages that
    its patterns know, empty for all. `levels`: profile -> severity. `house`: it is not one of
    ours, but a team's own."""

    id: str
    title: str
    check: str
    severity: Severity
    message: str
    advice: str
    why: str
    path: str
    scope: Literal["health", "any"]
    langs: tuple[str, ...]
    levels: Mapping[str, Severity]
    params: Mapping[str, Any]
    sources: tuple[Mapping[str, Any], ...]
    examples: tuple[Example, ...]
    house: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What checks may know of the configuration. `locale` is empty where none is set: each page is
    then judged by the country that its own words tell of. What a fix puts in where a page has no
    disclaimer, or does not say that it earns, is `disclaimer_text` and `disclosure_text`; nothing
    where they are empty. `today` is the date that pages are judged
    by; None, and nothing is said that depends on it. `max_grade` is None where the rule decides."""

    locale: str = ""
    dialects: frozenset[str] = frozenset()
    disclaimer: str = ""
    disclaimer_text: str = ""
    disclosure_text: str = ""
    site_url: str = ""
    site_name: str = ""
    profile: str = "writer"
    today: date | None = None
    max_grade: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the site keeps of one article, for links between articles. `path` is relative to
    the site's root, with "/"; `anchors` are the ids that a link may name; `shingles` are a sketch
    of the body, packed. `stated`: it has front matter. `targets`: its links that begin with "/"."""

    path: str
    title: str
    slug: str
    aliases: tuple[str, ...]
    anchors: frozenset[str]
    draft: bool
    lang: str
    shingles: bytes
    stated: bool = False
    targets: frozenset[str] = frozenset()
