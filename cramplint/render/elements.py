"""What is written of a body, and what is open in it: whatever the article opens is closed again."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ..patterns import lazy
from .raw import BLOCK, HUSHING, INLINE, INSIDE, SILENT, VOID, Piece, pieces
from .tags import OWN_ID, anchor, attribute, picture, text
from .urls import Ways

_LEVELS = 400  # elements inside each other: browsers stop at some 500, and a parser takes long
_DEPTH = 50  # raw tags that may be open in one element: no article needs as many
# What a reader may be told of a link: words, or the name of a picture.
_NAMED = lazy(r"""(?:alt|aria-label)="[^"]|(?:^|>)(?:\s|&nbsp;)*(?!&nbsp;)[^<\s]""")


class _Raw(NamedTuple):
    """A tag that the article opened: what closes it, and where in `Elements.out` it stands."""

    name: str
    close: str
    at: int


class _Open(NamedTuple):
    """An open element: what closes it, and the raw tags that the article opened inside it."""

    close: str
    raw: list[_Raw]


class Elements:
    """The pieces of HTML in `out`, and the elements that are open behind them. `links`: how many
    of them are links; `silent`: the raw tag whose text is for no reader, "" if none is open.
    `given`: ids that no raw tag may carry."""

    def __init__(self, ways: Ways, given: Collection[str]) -> None:
        self.ways = ways
        self.given = set(given)
        self.out: list[str] = []
        self.clear()

    def clear(self) -> None:
        """Nothing is open any more."""
        self.open: list[_Open] = [_Open("", [])]
        self.links = 0
        self.raws = 0
        self.silent = ""

    def start(self, opening: str, closing: str) -> None:
        if len(self.open) > _LEVELS:
            opening = closing = ""
        self.out.append(opening)
        self.open.append(_Open(closing, []))

    def go_on(self, opening: str, closing: str) -> None:
        """One more tag in the innermost element, which is closed with it."""
        close = self.open[-1].close
        if close:
            self.out.append(opening)
            self.open[-1] = self.open[-1]._replace(close=closing + close)

    def shut(self) -> None:
        """Close the innermost element, and first what the article left open in it."""
        self._leave(0)
        self.silent = ""
        self.out.append(self.open.pop().close)

    def start_link(self, target: str, title: str) -> None:
        opening = self._anchor(target, title)
        self.links += 1
        self.start(opening, "</a>" if opening else "")

    def leave_paragraph(self) -> None:
        """A block ends a raw <p>, as it does in a browser."""
        names = [one.name for one in self.open[-1].raw]
        if "p" in names:
            self._leave(names.index("p"))

    def inside(self, name: str, close: str) -> bool:
        """True in a raw tag `name`, or in an element that what begins with `close` closes."""
        return any(
            one.close.startswith(close) or name in [raw.name for raw in one.raw]
            for one in self.open
        )

    def _anchor(self, target: str, title: str) -> str:
        """The tag that opens a link, "" if `target` leads nowhere or a link is open already."""
        href = None if self.links else self.ways.href(target)
        return "" if href is None else anchor(href, title)

    def _leave(self, depth: int) -> None:
        """Close raw tags of the innermost element until `depth` of them are open."""
        raw = self.open[-1].raw
        while len(raw) > depth:
            name, closing, at = raw.pop()
            self.raws -= 1
            self.links -= name == "a"
            if name == "a" and closing and not _NAMED.search("".join(self.out[at + 1 :])):
                self.out[at] = closing = ""  # a link that says nothing
            self.out.append(closing)

    def raw(self, html: str, inline: bool) -> None:
        """What a page may show of raw HTML. `inline`: it stands among words."""
        for piece in pieces(html):
            if piece.name in SILENT:
                self._hush(piece, inline)
            elif self.silent:
                continue
            elif piece.kind == "text":
                self.out.append(text(piece.text))
            elif piece.name in INLINE or not inline:
                self._tag(piece)

    def _hush(self, piece: Piece, inline: bool) -> None:
        """Between <script> and </script> inside a paragraph stand events of their own."""
        if inline and piece.kind == "open" and piece.name in HUSHING:
            self.silent = piece.name
        elif piece.kind == "close" and piece.name == self.silent:
            self.silent = ""

    def _tag(self, piece: Piece) -> None:
        name, raw = piece.name, self.open[-1].raw
        names = [one.name for one in raw]
        if piece.kind == "close":
            if name in names:
                self._leave(len(names) - 1 - names[::-1].index(name))
            return
        if len(raw) >= _DEPTH or (name in INSIDE and not set(INSIDE[name]) & set(names)):
            return
        if name in BLOCK:
            self.leave_paragraph()
        attrs = dict(piece.attrs)
        if name == "img":
            self._image(attrs)
            return
        if name in VOID:
            self.out.append(f"<{name}>")
            return
        if attrs.get("id") in self.given or OWN_ID.match(attrs.get("id", "")):
            del attrs["id"]
        self.given.update(v for k, v in attrs.items() if k == "id")
        self.raws += 1
        if name == "a":
            if "id" in attrs:
                self.out.append(f'<span id="{attrs["id"]}"></span>')
            opening = self._anchor(attrs.get("href", ""), attrs.get("title", ""))
            self.links += 1
        else:
            said = "".join(f' {k}="{attribute(v)}"' for k, v in attrs.items())
            opening = f"<{name}{said}>"
        self.out.append(opening)
        raw.append(_Raw(name, f"</{name}>" if opening else "", len(self.out) - 1))

    def _image(self, attrs: dict[str, str]) -> None:
        if {"0", "1"} & {attrs.get("width"), attrs.get("height")}:
            return  # it counts readers
        size = "".join(f' {k}="{attrs[k]}"' for k in ("width", "height") if k in attrs)
        src, alt, title = (attrs.get(k, "") for k in ("src", "alt", "title"))
        self.out.append(picture(self.ways, src, alt, title, size))
