"""Call-outs: quotes and stretches of an article that its author marks as a note or a warning.

Three ways of writing them are known: `> [!WARNING]`, `!!! warning` above lines indented by four,
and `!!! warning` or `::: warning` above with `!!!` or `:::` below. Marks of another kind are left
out, and what they hold is shown like any other text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Event, Span
from ..patterns import lazy
from .labels import Labels

# Kind as written -> (class, label). Those that several dialects share.
KINDS = {
    **dict.fromkeys(("note", "info", "information", "info_compact", "abstract"), ("note", "Note")),
    **dict.fromkeys(("tip", "hint", "success"), ("tip", "Tip")),
    **dict.fromkeys(("important", "attention"), ("important", "Important")),
    **dict.fromkeys(("warning", "caution", "alert", "warn"), ("warning", "Warning")),
    **dict.fromkeys(("danger", "severe", "error", "failure"), ("danger", "Danger")),
}
_ALERT = lazy(r"\s*\[!([A-Za-z]+)\][+-]?[ \t]*")
_MARK = lazy(r"[ ]{0,3}(:{3,}|!{3})[ \t]*\{?(\w*)\}?[^\n]*")
_FENCE = lazy(r"[ ]{0,3}(?:`{3,}|~{3,})")


class Stretch(NamedTuple):
    """A call-out between two marks: `kind` and `label` as in KINDS; `span` without the marks."""

    span: Span
    kind: str
    label: str


def opening(kind: str, name: str, label: Labels) -> str:
    """The tags that open a call-out; `</div>` closes it. Not a landmark: a page may have many."""
    tag = f'<p class="tag"{label.mark}>{label(name)}</p>'
    return f'<div class="callout {kind}" role="note">\n{tag}\n'


def marked(events: Sequence[Event], text: str, label: Labels) -> tuple[Event, ...]:
    """The events, neighbouring texts joined, with the quotes that are call-outs as elements
    `callout`, whose value is the HTML that opens them, and without the words that mark them.
    `text`: of the source."""
    found = list(events)
    opened: list[bool] = []
    for i, event in enumerate(events):
        if event.tag != "quote":
            continue
        if event.kind == "end":
            if opened.pop():
                found[i] = event._replace(tag="callout")
            continue
        kind = _above(text, event.start)
        first = events[i + 1 : i + 3]
        if len(first) == 2 and first[0].tag == "paragraph" and first[1].kind == "text":
            mark = _ALERT.match(first[1].text)
            named = KINDS.get(mark[1].lower()) if mark else None
            if mark and named:
                kind = named
                rest, start = first[1].text[mark.end() :], first[1].start + mark.end()
                found[i + 2] = first[1]._replace(text=rest, start=start)
        opened.append(kind is not None)
        if kind:
            found[i] = event._replace(tag="callout", value=opening(*kind, label))
    return tuple(_without_empty(found))


def _without_empty(events: Sequence[Event]) -> Iterator[Event]:
    """The events without empty texts, and without the line end behind one."""
    bare = False
    for event in events:
        if event.kind == "text" and not event.text:
            bare = True
            continue
        if not (bare and event.kind in ("softbreak", "hardbreak")):
            yield event
        bare = False


def _above(text: str, start: int) -> tuple[str, str] | None:
    """The kind that the line above the one at `start` gives."""
    end = text.rfind("\n", 0, start)
    while end > 0 and not text[text.rfind("\n", 0, end) + 1 : end].strip():
        end = text.rfind("\n", 0, end)
    line = text[text.rfind("\n", 0, max(end, 0)) + 1 : max(end, 0)]
    mark = _MARK.fullmatch(line)
    return KINDS.get(mark[2].lower()) if mark and mark[1] == "!!!" else None


def stretches(text: str) -> Iterator[Stretch]:
    """The call-outs of `text` that marks above and below enclose, in order, none in another."""
    fenced = False
    start, mark, kind = 0, "", ("", "")
    at = 0
    for line in text.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        found = None if fenced else _MARK.fullmatch(line)
        if found and mark == found[1] and not found[2]:
            if kind[0]:
                yield Stretch(Span(start, at), *kind)
            mark = ""
        elif found and found[2]:
            start, mark = at + len(line) + 1, found[1]
            kind = KINDS.get(found[2].lower(), ("", ""))
        at += len(line) + 1
