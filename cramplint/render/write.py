"""A run of events -> HTML as CommonMark says, and well formed whatever the article holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from ..model import Event
from .abbreviations import Abbreviations
from .elements import Elements
from .labels import Labels
from .runs import Group, Heading, Target, cut, end_of, footnotes
from .tags import abbreviation, attribute, element, note_back, note_call, picture, text
from .text import line
from .urls import Ways

_LEAVES = frozenset({"em", "strong", "strike", "link", "image"})


class Writer:
    """Writes runs of `events`; footnotes are numbered in the order in which runs first name them.

    `headings`: start of a heading -> how to show it, others as they are. `ids`: those that the page
    has besides. `targets`: in order, apart from each other.
    """

    def __init__(
        self,
        events: Sequence[Event],
        ways: Ways,
        abbreviations: Abbreviations,
        label: Labels,
        headings: Mapping[int, Heading] = MappingProxyType({}),
        ids: Collection[str] = (),
        targets: Sequence[Target] = (),
    ) -> None:
        self.events, self.headings, self.targets = events, headings, targets
        self.abbreviations, self.label = abbreviations, label
        self.made = Elements(ways, ids)
        self.notes = footnotes(events)
        tables = (e.start for e in events if (e.kind, e.tag) == ("start", "table"))
        self.tables = {start: number for number, start in enumerate(tables, 1)}
        self.named = {events[i].text: i for i in reversed(self.notes)}
        self.order: list[int] = []  # of footnotes, by number
        self.numbers: dict[int, int] = {}
        self.calls: dict[int, dict[int, int]] = {}
        # Where in `made.out` an event begins, and where what stands before it ends.
        self.begins: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self._reset()

    def _reset(self) -> None:
        self.made.clear()
        self.linked: Target | None = None
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
        out = self.made.out
        begin = len(out)
        waiting = sorted(groups, key=lambda g: (g.start, -g.end), reverse=True)
        wrapped: list[Group] = []
        at = start
        while at < end:
            whole = noted and self._whole()
            if whole:
                self.ends[at] = len(out)
            while wrapped and wrapped[-1].end <= at:
                self._shut()
                wrapped.pop()
            while waiting and waiting[-1].start <= at:
                group = waiting.pop()
                if group.start == at and (not wrapped or group.end <= wrapped[-1].end):
                    self.made.start(group.open, group.close)
                    wrapped.append(group)
            if whole:
                self.begins[at] = len(out)
            at = self._step(at)
        if noted and self._whole():
            self.ends[end] = len(out)
        while self.made.open:
            self._shut()
        return "".join(out[begin:])

    def _whole(self) -> bool:
        """True where nothing is open that the article, and not its blocks, opened."""
        return not (self.made.raws or self.made.silent or self.linked or self.html)

    def again(self, start: int, end: int) -> str | None:
        """Events `start` to `end` as they were written before, without groups that begin or end
        there; None if raw HTML that was open at either end went through them."""
        if start in self.begins and end in self.ends:
            return "".join(self.made.out[self.begins[start] : self.ends[end]])
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
            self.made.raw(event.text, inline=True)
        elif not self.made.silent:
            self.made.out.append(self._leaf(event))
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
                self.made.leave_paragraph()
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
        if tag not in _LEAVES:
            self.made.leave_paragraph()
        if tag == "heading" and event.start in self.headings:
            heading = self.headings[event.start]
            self.title = heading.title
            self.abbreviations.used.clear()
            opening = f'<h{heading.level} id="{attribute(heading.id)}">'
            self.made.start(opening, f"</h{heading.level}>\n")
        elif tag == "link":
            self.made.start_link(event.text, str(event.value or ""))
        elif tag == "html_block":
            self.html = ""
        elif tag in ("table", "head", "row", "cell"):
            self._table(event, empty)
        else:
            self.made.start(*element(event))
        return at + 1

    def _table(self, event: Event, empty: bool) -> None:
        if event.tag == "table":
            self.aligns, self.in_head = list(event.value or ()), False
            title = f": {attribute(self.title)}" if self.title else ""
            name = self.label("Table {}", self.tables[event.start]) + title
            region = f'<section class="table" aria-label="{name}" tabindex="0">'
            self.made.start(f"{region}\n<table>\n", "</table>\n</section>\n")
        elif event.tag in ("head", "row"):
            if self.in_head:
                self.made.go_on("<tbody>\n", "</tbody>\n")
            self.column, self.in_head = 0, event.tag == "head"
            if self.in_head:
                self.made.start("<thead>\n<tr>", "</tr>\n</thead>\n")
            else:
                self.made.start("<tr>", "</tr>\n")
        else:
            align = self.aligns[self.column] if self.column < len(self.aligns) else ""
            kind = f' class="{attribute(align)}"' if align else ""
            self.column += 1
            if self.in_head and not empty:
                self.made.start(f'<th scope="col"{kind}>', "</th>")
            else:
                self.made.start(f"<td{kind}>", "</td>")

    def _end(self, event: Event) -> None:
        if event.tag == "html_block":
            html, self.html = self.html, ""
            self.made.raw(html, inline=False)
        elif event.tag == "link":
            self._shut()
            self.made.links -= 1
        elif event.tag != "footnote":
            self._shut()

    def _shut(self) -> None:
        self._relate(None)
        self.made.shut()

    def _text(self, event: Event) -> None:
        if self.made.silent:
            return
        for words, target in cut(event, self.targets) if self.targets else [(event.text, None)]:
            self._relate(target if not self.made.links or self.linked else None)
            for piece, meaning in self.abbreviations.cut(words) if self._plain() else [(words, "")]:
                shown = text(piece)
                self.made.out.append(abbreviation(shown, meaning) if meaning else shown)

    def _plain(self) -> bool:
        """True where an abbreviation may be explained: in no heading, and not by two at once."""
        return self.abbreviations.find is not None and not self.made.inside("abbr", "</h")

    def _relate(self, target: Target | None) -> None:
        """Open the link of `target`, or close the one that is open."""
        if target == self.linked:
            return
        if self.linked:
            self.made.out.append("</a>")
            self.made.links -= 1
        if target:
            self.made.out.append(f'<a href="{attribute(target.href)}">')
            self.made.links += 1
        self.linked = target

    def _image(self, event: Event, alt: str) -> None:
        if not self.made.silent:
            title = str(event.value or "")
            self.made.out.append(picture(self.made.ways, event.text, alt, title))

    def _note(self, event: Event) -> str:
        at = self.named.get(event.text)
        if at is None or self.made.links:
            return text(f"[^{event.text}]")
        number = self._number(at)
        calls = self.calls[at]
        return note_call(number, calls.setdefault(event.start, len(calls) + 1), self.label)
