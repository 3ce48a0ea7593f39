"""Same-length substitutions for the Markdown parser's eyes only.

Damage that would mislead a parser is neutralised before parsing. The text keeps its length, so
every position the parser gives is a position in the source. What is neutralised is still reported:
rules look at the source, not at this view of it.
"""

from __future__ import annotations

import re

from ..patterns import lazy
from ..shapes import GLYPHS, SYMBOL, SYMBOL_FIRST

_BULLETS = "-*+•◦▪●‣–—·∙"
_SIGNS = frozenset(_BULLETS)
_BLANKS = " \t\u00a0"
# Any other line is left as it is, unless it holds a brace.
_OPENERS = frozenset(f"`~:!?*·{GLYPHS}")
_GAP = " " * 4  # the widest behind a marker
_FENCE = lazy(r"[ ]{0,3}(`{3,}|~{3,})")
_BARE = lazy(rf"(?P<indent>[ ]{{0,3}})[{re.escape(_BULLETS)}][{_BLANKS}]*")
_GLYPH = lazy(rf"(?P<indent>[ \t]*)(?P<glyph>[{GLYPHS}·])(?P<gap>[ \t\u00a0]+)(?=\S)")
_QMARK = lazy(r"(?P<indent>[ ]{0,3})\?[ \u00a0](?=[^\W\d_]|[“\"‘'])")
_BLOCKISH = lazy(
    r"[ ]{0,3}(?:[-*+•]\s|[-*+•]$|\d{1,9}[.)]\s|#{1,6}\s|>|\||`{3}|~{3}|[-*_=]{3,}\s*$)"
)
_CONTAINER = lazy(r"(?P<indent>[ ]{0,3})(?P<mark>:{3,}|!{3}|\?{3}\+?)(?P<rest>[^\n]*)")
_ADMONITION = lazy(r"[ ]*(?P<name>\w[\w -]*)?[ ]*(?:\"(?P<title>[^\"\n]*)\")?[ ]*")
_DIRECTIVE = lazy(r"[ ]*(?:\{[\w:-]+\}|[\w-]+)?(?:\[(?P<label>[^\]\n]*)\])?[ ]*(?P<title>[^\n]*)")
_ABBREVIATION = lazy(r"\*\[([^\]\n]+)\]:")
_ATTRIBUTES = lazy(
    r"(?<=[)\]*_`\w])\{:?[ ]*(?:[#.][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[\w-]+))(?:[ ]+[^{}\n]*)?\}"
)
_SLOT_TARGET = lazy(r"(?<=\]\()([^()\n]*\{\{[^{}\n]*\}\}[^()\n]*)(?=\))")


def repair(text: str, start: int = 0) -> str:
    """`text` as the parser should see it, of the same length; `start` is where the body begins,
    all before it is blanked."""
    lines = text[start:].split("\n")
    firsts = [line.lstrip()[:1] for line in lines]
    qmarks = firsts.count("?") >= 2 and sum(bool(_QMARK.match(x)) for x in lines) >= 2
    out: list[str] = []
    fence = ""
    call_out = False  # inside an admonition whose content is indented by four
    for i, line in enumerate(lines):
        if not (fence or call_out) and firsts[i] in SYMBOL_FIRST and (found := _symbol(lines, i)):
            line = found
        if not (fence or call_out or firsts[i] in _OPENERS or "{" in line):
            out.append(line)
            continue
        opened = _FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence) and not line[opened.end() :].strip():
                fence = ""
        elif opened and "`" not in line[opened.end() :]:
            fence = opened[1]
        elif call_out and line.startswith("    "):
            # A quote, the nearest thing that Markdown has to a call-out.
            line = ">" + line[1:]
        else:
            call_out = call_out and not line.strip()
            container = _CONTAINER.fullmatch(line)
            if container:
                below = (lines[k] for k in range(i + 1, len(lines)))
                following = next((x for x in below if x.strip()), "")
                call_out = container["mark"] != ":::" and following.startswith("    ")
                line = _container(container)
            elif explained(line):
                line = " " * len(line)
            else:
                line = _line(line, qmarks)
        assert len(line) == len(lines[i])
        out.append(line)
    return blank(text[:start]) + _join_bare(out, lines)


def _symbol(lines: list[str], i: int) -> str:
    """Line `i` with a dash for what is left of a bullet, if a line beside it begins likewise."""
    found = SYMBOL.match(lines[i])
    if not found:
        return ""
    above = next((x for x in lines[max(i - 2, 0) : i][::-1] if x.strip()), "")
    below = next((x for x in lines[i + 1 : i + 3] if x.strip()), "")
    if not any(x.lstrip().startswith(found["mark"]) and SYMBOL.match(x) for x in (above, below)):
        return ""
    # Four blanks or more before a marker, or behind it, would make a code block of its text.
    width = found.end()
    before = min(max(width - 1 - len(_GAP), found.start("mark")), 3)
    if width - before - 1 > len(_GAP):
        return ""
    return (" " * before + "-").ljust(width) + lines[i][width:]


def blank(text: str) -> str:
    """Blanks in place of `text`, its newlines kept."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def explained(line: str) -> tuple[str, str] | None:
    """The abbreviation that a line explains, and its meaning: `*[GP]: general practitioner`. A line
    that ends with a star is emphasised, and none."""
    found = _ABBREVIATION.match(line)
    meaning = line[found.end() :].strip() if found else ""
    return (found[1].strip(), meaning) if found and not meaning.endswith("*") else None


def _line(line: str, qmarks: bool) -> str:
    glyph = _GLYPH.match(line)
    if glyph:
        # Four blanks or more after a marker would make its text a code block.
        gap = " " * len(glyph["gap"])
        mark = "-" if len(gap) < 5 else " " * (len(gap) - 1) + "-"
        line = glyph["indent"] + (mark + gap)[: 1 + len(gap)] + line[glyph.end() :]
    elif qmarks and _QMARK.match(line):
        at = line.index("?")
        line = f"{line[:at]}- {line[at + 2 :]}"
    if "{" in line:
        line = _ATTRIBUTES.sub(lambda m: " " * len(m[0]), line)
        line = _SLOT_TARGET.sub(lambda m: re.sub(r"[\s<>]", "-", m[0]), line)
    return line


def _container(found: re.Match[str]) -> str:
    """`::: reveal Title` -> a heading that holds the title; marks without a title -> blanks."""
    line = found[0]
    shape = _DIRECTIVE if found["mark"].startswith(":") else _ADMONITION
    inner = shape.fullmatch(found["rest"])
    title = (inner["title"] or "").strip() if inner else ""
    if not title:
        return " " * len(line)
    at = line.index(title, len(found["indent"]) + len(found["mark"]))
    return ("####" + " " * at)[:at] + title + " " * (len(line) - at - len(title))


def _join_bare(lines: list[str], originals: list[str]) -> str:
    """A bullet alone on its line joins the text below it: the newline between becomes a blank.

    A single dash under a line of text, with a blank line below, is a heading's underline and stays.
    """
    text = "\n".join(lines)
    alone = [i for i, line in enumerate(originals) if line.strip(_BLANKS) in _SIGNS]
    bares = {i: found for i in alone if (found := _BARE.fullmatch(originals[i]))}
    if not bares:
        return text
    at = 0
    edits: list[tuple[int, int, str]] = []
    spaced = sum(not originals[i + 1].strip() for i in bares if i + 1 < len(originals))
    for i, line in enumerate(lines):
        bare = bares.get(i)
        if bare and line == originals[i]:
            # The text may stand one blank line below, if that is this page's way.
            skip = 2 if spaced >= 2 and i + 2 < len(lines) and not lines[i + 1].strip() else 1
            below = lines[i + skip] if i + skip < len(lines) else ""
            gap = len(line) + sum(len(x) + 1 for x in lines[i + 1 : i + skip]) + 1
            lead = len(below) - len(below.lstrip())
            if skip == 1 and lead > len(bare["indent"]) and bare[0].strip() in "-*+":
                pass  # a parser knows that it belongs to the bullet
            elif below.strip() and not _BLOCKISH.match(below) and gap + lead <= 8:
                before = max(0, gap + lead - 5)
                blanks = " " * (gap + lead - before - 1)
                edits.append((at, gap + lead, " " * before + "-" + blanks))
        at += len(line) + 1
    pieces: list[str] = []
    at = 0
    for start, length, new in edits:
        pieces += (text[at:start], new)
        at = start + length
    return "".join([*pieces, text[at:]])
