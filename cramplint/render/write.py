"""A run of events -> HTML that is well formed whatever the article holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote

from ..model import Event
from .abbreviations import Abbreviations
from .body import Links
from .labels import Labels
from .raw import BLOCK, HUSHING, INLINE, INSIDE, SILENT, VOID, Piece, pieces
from .runs import Group, Heading, Target, cut, end_of, footnotes
from .tags import (
    OWN_ID,
    abbreviation,
    anchor,
    attribute,
    element,
    note_back,
    note_call,
    picture,
    text,
)
from .text import line

_LEVELS = 400  # elements inside each other: browsers stop at some 500, and a parser takes long
_DEPTH = 50  # raw tags that may be open in one element: no article needs as many
_RAW = frozenset({"html", "inline_html"})
_LEAVES = frozenset({"em", "strong", "strike", "link", "image"})


class _Open(NamedTuple):
    """An open element: what closes it, and the raw tags that the article opened inside it."""

    close: str
    raw: list[tuple[str, str]]


class Writer:
    """Writes runs of `events`; footnotes are numbered in the order in which runs first name them.

    `headings`: start of a heading -> how to show it. `ids`: what a link may name -> the id.
    `targets`: in order, apart from each other.
    """

    def __init__(
        self,
        events: Sequence[Event],
        headings: Mapping[int, Heading],
        ids: Mapping[str, str],
        targets: Sequence[Target],
        links: Links,
        abbreviations: Abbreviations,
        label: Labels,
    ) -> None:
        self.events, self.headings, self.targets, self.links = events, headings, targets, links
        self.abbreviations, self.label = abbreviations, label
        raw = (p for e in events if e.kind in _RAW for p in pieces(e.text) if "id" in p.attrs)
        self.ids = {piece.attrs["id"]: piece.attrs["id"] for piece in raw} | dict(ids)
        self.ids = {name.casefold(): id_ for name, id_ in self.ids.items()}
        self.given = set(ids.values())
        self.notes = footnotes(events)
        tables = (e.start for e in events if (e.kind, e.tag) == ("start", "table"))
        self.tables = {start: number for number, start in enumerate(tables, 1)}
        self.named = {events[i].text: i for i in reversed(self.notes)}
        self.order: list[int] = []  # of footnotes, by number
        self.numbers: dict[int, int] = {}
        self.calls: dict[int, dict[int, int]] = {}
        self.out: list[str] = []
        # Where in `out` an event begins, and where what stands before it ends.
        self.begins: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self._reset()

    def _reset(self) -> None:
        self.open: list[_Open] = [_Open("", [])]
        self.linked: Target | None = None
        self.in_link = 0
        self.raws = 0
        self.silent = ""
        self.title = ""
        self.html = ""
        self.aligns: list[str] = []
        self.column = 0
        self.in_head = False

    def write(
        self, start: int, end: int, groups: Sequence[Group] = (), *, noted: bool = True
    ) -> str:
        """The HTML of events `start` to `end`, whole blocks, inside their `groups`. `noted`: it is
        remembered for `again`."""
        self._reset()
        if not noted:
            self.abbreviations.used.clear()
        begin = len(self.out)
        waiting = sorted(groups, key=lambda g: (g.start, -g.end), reverse=True)
        wrapped: list[Group] = []
        at = start
        while at < end:
            whole = noted and self._whole()
            if whole:
                self.ends[at] = len(self.out)
            while wrapped and wrapped[-1].end <= at:
                self._shut()
                wrapped.pop()
            while waiting and waiting[-1].start <= at:
                group = waiting.pop()
                if group.start == at and (not wrapped or group.end <= wrapped[-1].end):
                    self._start(group.open, group.close)
                    wrapped.append(group)
            if whole:
                self.begins[at] = len(self.out)
            at = self._step(at)
        if noted and self._whole():
            self.ends[end] = len(self.out)
        while self.open:
            self._shut()
        return "".join(self.out[begin:])

    def _whole(self) -> bool:
        """True where nothing is open that the article, and not its blocks, opened."""
        return not (self.raws or self.silent or self.linked or self.html)

    def again(self, start: int, end: int) -> str | None:
        """Events `start` to `end` as they were written before, without groups that begin or end
        there; None if raw HTML that was open at either end went through them."""
        if start in self.begins and end in self.ends:
            return "".join(self.out[self.begins[start] : self.ends[end]])
        return None

    def footnotes(self) -> str:
        """The list of footnotes: those that were named, in that order, then the others."""
        items: list[str] = []
        for at in self.notes:
            # Writing one may name others: what was named goes first.
            while len(items) < len(self.order):
                items.append(self._footnote(len(items) + 1))
            self._number(at)
        while len(items) < len(self.order):
            items.append(self._footnote(len(items) + 1))
        region = f'<section class="notes" aria-label="{self.label("Footnotes")}">\n<ol>\n'
        return "".join([region, *items, "</ol>\n</section>\n"]) if items else ""

    def _footnote(self, number: int) -> str:
        at = self.order[number - 1]
        html = self.write(at + 1, self.notes[at]).rstrip()
        back = "".join(note_back(number, n, self.label) for n in self.calls[at].values())
        html = f"{html[:-4]}{back}</p>" if html.endswith("</p>") else html + back
        return f'<li id="Fn-{number}">{html}</li>\n'

    def _number(self, at: int) -> int:
        """The number of the footnote at `at`, a new one if it has none yet."""
        if at not in self.numbers:
            self.order.append(at)
            self.numbers[at] = len(self.order)
            self.calls[at] = {}
        return self.numbers[at]

    def _step(self, at: int) -> int:
        """Write the event at `at`; returns where to go on."""
        event = self.events[at]
        if event.kind == "text":
            self._text(event)
            return at + 1
        self._relate(None)
        if event.kind == "start":
            return self._begin(at, event)
        if event.kind == "end":
            self._end(event)
        elif event.kind == "html":
            self.html += event.text
        elif event.kind == "inline_html":
            self._raw(event.text, inline=True)
        elif not self.silent:
            self.out.append(self._leaf(event))
        return at + 1

    def _leaf(self, event: Event) -> str:
        match event.kind:
            case "code":
                return f"<code>{text(event.text)}</code>"
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "<br>\n"
            case "rule":
                self._leave_paragraph()
                return "<hr>\n"
            case "task":
                mark, name = ("☑", "Done") if event.value else ("☐", "To do")
                return f'<span role="img" aria-label="{self.label(name)}">{mark}</span> '
            case "footnote_ref":
                return self._note(event)
        return ""

    def _begin(self, at: int, event: Event) -> int:
        tag, empty = event.tag, self.events[at + 1].kind == "end"
        if tag == "footnote" and at in self.notes:
            return self.notes[at] + 1
        if tag == "image":
            last = end_of(self.events, at)
            self._image(event, line(self.events[at + 1 : last]))
            return last + 1
        if tag in ("heading", "paragraph") and empty:
            return at + 2
        if tag not in _LEAVES:
            self._leave_paragraph()
        if tag == "heading" and event.start in self.headings:
            heading = self.headings[event.start]
            self.title = heading.title
            self.abbreviations.used.clear()
            self._start(
                f'<h{heading.level} id="{attribute(heading.id)}">', f"</h{heading.level}>\n"
            )
        elif tag == "link":
            self._link(event, line(self.events[at + 1 : end_of(self.events, at)]))
        elif tag == "html_block":
            self.html = ""
        elif tag in ("table", "head", "row", "cell"):
            self._table(event, empty)
        else:
            self._start(*element(event))
        return at + 1

    def _table(self, event: Event, empty: bool) -> None:
        if event.tag == "table":
            self.aligns, self.in_head = list(event.value or ()), False
            title = f": {attribute(self.title)}" if self.title else ""
            name = self.label("Table {}", self.tables[event.start]) + title
            region = f'<section class="table" aria-label="{name}" tabindex="0">'
            self._start(f"{region}\n<table>\n", "</table>\n</section>\n")
        elif event.tag in ("head", "row"):
            if self.in_head and self.open[-1].close:
                self.out.append("<tbody>\n")
                self.open[-1] = self.open[-1]._replace(close=f"</tbody>\n{self.open[-1].close}")
            self.column, self.in_head = 0, event.tag == "head"
            if self.in_head:
                self._start("<thead>\n<tr>", "</tr>\n</thead>\n")
            else:
                self._start("<tr>", "</tr>\n")
        else:
            align = self.aligns[self.column] if self.column < len(self.aligns) else ""
            kind = f' class="{attribute(align)}"' if align else ""
            self.column += 1
            if self.in_head and not empty:
                self._start(f'<th scope="col"{kind}>', "</th>")
            else:
                self._start(f"<td{kind}>", "</td>")

    def _end(self, event: Event) -> None:
        if event.tag == "html_block":
            html, self.html = self.html, ""
            self._raw(html, inline=False)
        elif event.tag == "link":
            self.in_link -= 1
            self._shut()
        elif event.tag != "footnote":
            self._shut()

    def _start(self, opening: str, closing: str) -> None:
        if len(self.open) > _LEVELS:
            opening = closing = ""
        self.out.append(opening)
        self.open.append(_Open(closing, []))

    def _shut(self) -> None:
        """Close the innermost element, and first what the article left open in it."""
        self._relate(None)
        self._leave_raw(0)
        self.silent = ""
        self.out.append(self.open.pop().close)

    def _leave_raw(self, depth: int) -> None:
        """Close raw tags of the innermost element until `depth` of them are open."""
        raw = self.open[-1].raw
        while len(raw) > depth:
            name, closing = raw.pop()
            self.raws -= 1
            self.in_link -= name == "a"
            self.out.append(closing)

    def _leave_paragraph(self) -> None:
        """A block ends a raw <p>, as it does in a browser."""
        names = [name for name, _ in self.open[-1].raw]
        if "p" in names:
            self._leave_raw(names.index("p"))

    def _text(self, event: Event) -> None:
        if self.silent:
            return
        for words, target in cut(event, self.targets) if self.targets else [(event.text, None)]:
            self._relate(target if not self.in_link or self.linked else None)
            for piece, meaning in self.abbreviations.cut(words) if self._plain() else [(words, "")]:
                shown = text(piece)
                self.out.append(abbreviation(shown, meaning) if meaning else shown)

    def _plain(self) -> bool:
        """True where an abbreviation may be explained: in no heading, and not by two at once."""
        return self.abbreviations.find is not None and not any(
            one.close.startswith("</h") or "abbr" in dict(one.raw) for one in self.open
        )

    def _relate(self, target: Target | None) -> None:
        """Open the link of `target`, or close the one that is open."""
        if target == self.linked:
            return
        if self.linked:
            self.out.append("</a>")
            self.in_link -= 1
        if target:
            self.out.append(f'<a href="{attribute(target.href)}">')
            self.in_link += 1
        self.linked = target

    def _href(self, target: str) -> str | None:
        if not target.startswith("#"):
            return self.links.href(target)
        name = unquote(target[1:])
        found = name if name in ("", "top") else self.ids.get(name.casefold())
        return None if found is None else "#" + quote(found)

    def _anchor(self, target: str, title: str) -> str:
        """The tag that opens a link, "" if `target` leads nowhere or a link is open already."""
        href = self._href(target) if not self.in_link else None
        return "" if href is None else anchor(href, title)

    def _link(self, event: Event, words: str) -> None:
        opening = self._anchor(event.text, str(event.value or "")) if words else ""
        self.in_link += 1
        self._start(opening, "</a>" if opening else "")

    def _image(self, event: Event, alt: str) -> None:
        if not self.silent:
            self.out.append(picture(self.links, event.text, alt, str(event.value or "")))

    def _note(self, event: Event) -> str:
        at = self.named.get(event.text)
        if at is None or self.in_link:
            return text(f"[^{event.text}]")
        number = self._number(at)
        calls = self.calls[at]
        return note_call(number, calls.setdefault(event.start, len(calls) + 1), self.label)

    def _raw(self, html: str, inline: bool) -> None:
        for piece in pieces(html):
            if piece.name in SILENT:
                self._hush(piece, inline)
            elif self.silent:
                continue
            elif piece.kind == "text":
                self.out.append(text(piece.text))
            elif piece.name in INLINE or not inline:
                self._raw_tag(piece)

    def _hush(self, piece: Piece, inline: bool) -> None:
        """Between <script> and </script> inside a paragraph stand events of their own."""
        if inline and piece.kind == "open" and piece.name in HUSHING:
            self.silent = piece.name
        elif piece.kind == "close" and piece.name == self.silent:
            self.silent = ""

    def _raw_tag(self, piece: Piece) -> None:
        name, raw = piece.name, self.open[-1].raw
        names = [n for n, _ in raw]
        if piece.kind == "close":
            if name in names:
                self._leave_raw(len(names) - 1 - names[::-1].index(name))
            return
        if len(raw) >= _DEPTH or (name in INSIDE and not set(INSIDE[name]) & set(names)):
            return
        if name in BLOCK:
            self._leave_paragraph()
        attrs = dict(piece.attrs)
        if name == "img":
            if {"0", "1"} & {attrs.get("width"), attrs.get("height")}:
                return  # it counts readers
            size = "".join(f' {k}="{attrs[k]}"' for k in ("width", "height") if k in attrs)
            src, alt, title = (attrs.get(k, "") for k in ("src", "alt", "title"))
            self.out.append(picture(self.links, src, alt, title, size))
            return
        if name in VOID:
            self.out.append(f"<{name}>")
            return
        if attrs.get("id") in self.given or OWN_ID.match(attrs.get("id", "")):
            del attrs["id"]
        self.given.update(v for k, v in attrs.items() if k == "id")
        self.raws += 1
        if name == "a":
            mark = f'<span id="{attrs["id"]}"></span>' if "id" in attrs else ""
            opening = self._anchor(attrs.get("href", ""), attrs.get("title", ""))
            self.out.append(mark + opening)
            self.in_link += 1
            raw.append((name, "</a>" if opening else ""))
        else:
            said = "".join(f' {k}="{attribute(v)}"' for k, v in attrs.items())
            self.out.append(f"<{name}{said}>")
            raw.append((name, f"</{name}>"))
