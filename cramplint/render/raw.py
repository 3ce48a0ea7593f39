"""Raw HTML inside an article -> the few harmless pieces of it that a page may show."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

from ..patterns import lazy


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE = _names(
    "a abbr b bdi br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup u"
    " var wbr"
)
BLOCK = _names(
    "blockquote caption dd details div dl dt figcaption figure hr li ol p pre summary table tbody"
    " td tfoot th thead tr ul"
)
VOID = frozenset({"br", "hr", "img", "wbr"})
# A tag of the first kind is kept only where one of the second is open.
INSIDE = {
    **dict.fromkeys(("caption", "tbody", "td", "tfoot", "th", "thead", "tr"), ("table",)),
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "summary": ("details",),
    "figcaption": ("figure",),
}
# What these hold is never text for a reader.
SILENT = _names(
    "head iframe math noembed noframes noscript object script select style svg template textarea"
    " title"
)
# Those of them that do not hide their text from a Markdown parser: it comes as an event.
HUSHING = frozenset({"script", "style"})
# Elements of HTML that are left out while their text stays; any other bare <word> is text.
_DROPPED = _names(
    "acronym address applet area article aside audio base basefont bdo bgsound big blink body"
    " button canvas center col colgroup data datalist dialog dir embed fieldset font footer form"
    " frame frameset h1 h2 h3 h4 h5 h6 header hgroup html input isindex keygen label legend link"
    " listing main map marquee menu menuitem meta meter nav nobr optgroup option output param"
    " picture plaintext progress rb rp rt rtc ruby search section slot source spacer strike time"
    " track tt video xmp"
)
_NUMBERS = {
    "colspan": ("td", "th"),
    "rowspan": ("td", "th"),
    "start": ("ol",),
    "height": ("img",),
    "width": ("img",),
}


_COMMENT_END = lazy(r"--\s*!?>")
_SECTION = lazy(r"<!\[(?!CDATA\[)")
_ID = lazy(r"[\w-]{1,80}")


class Piece(NamedTuple):
    """`kind`: open, close or text. `name` of the tag; `text` of a text; `attrs`: id, href, src,
    alt, title and small numbers, as written and not yet judged."""

    kind: str
    name: str
    text: str
    attrs: dict[str, str]


def pieces(html: str) -> list[Piece]:
    """The tags of `html` that a page may show, and its text with entities decoded. Comments,
    other tags, and what stands inside scripts and their like are left out."""
    parser = _Pieces()
    parser.feed(_closable(html))
    parser.close()
    return parser.found


def _closable(html: str) -> str:
    """`html` without what the parser fails on or looks for the end of again and again: a comment or
    tag that never ends is text, and a "<![" of no known kind is, as in a browser, a comment."""
    ends = [found.end() for found in _COMMENT_END.finditer(html)]
    last = ends[-1] if ends else 0
    html = html[:last] + html[last:].replace("<!--", "&lt;!--")
    last = html.rfind("]]>") + 1
    html = _SECTION.sub("<!x", html[:last]) + html[last:].replace("<![", "<!x")
    last = html.rfind(">") + 1
    return html[:last] + html[last:].replace("<", "&lt;")


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
            self.found.append(Piece("open", tag, "", {}))
        elif self.silent:
            return
        elif tag in INLINE or tag in BLOCK:
            self.found.append(Piece("open", tag, "", _kept(tag, attrs)))
        elif _is_text(tag, written := self.get_starttag_text() or ""):
            self.found.append(Piece("text", "", written, {}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            if tag in self.silent:
                del self.silent[self.silent.index(tag) :]
            self.found.append(Piece("close", tag, "", {}))
        elif not self.silent and tag not in VOID and (tag in INLINE or tag in BLOCK):
            self.found.append(Piece("close", tag, "", {}))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(Piece("text", "", data, {}))


def _is_text(tag: str, written: str) -> bool:
    """True for <word> that is no element of HTML, no component and no custom element."""
    bare = written[1:-1].strip()
    return tag not in _DROPPED and bare.islower() and not set(bare) & set("=-/\"'{")


def _kept(tag: str, attrs: list[tuple[str, str | None]]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in attrs:
        name = "id" if (tag, name) == ("a", "name") else name
        wanted = (
            (name == "id" and bool(_ID.fullmatch(value or "")))
            or (tag == "a" and name == "href")
            or (tag == "img" and name in ("src", "alt"))
            or (tag in ("a", "abbr", "dfn", "img") and name == "title")
            or (
                tag in _NUMBERS.get(name, ()) and (value or "").isdecimal() and len(value or "") < 5
            )
        )
        if wanted and name not in kept:
            kept[name] = value or ""
    return kept
