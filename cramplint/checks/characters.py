"""encoding: characters that a wrong encoding, a paste or a scraper left behind."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from ..meaning import Reading
from ..model import Article, Block, Edit, Finding, Fix, Rule, Safety, Severity, Span
from ..patterns import lazy, lowered
from ..rules import finding
from ..site import Site
from ..understand.surface import surface, without_urls

# A lead byte of UTF-8 and what may follow it, both read as one-byte characters. Cheap: it says
# where ftfy, which is slow to import, should look.
_SUSPECT = lazy(
    r"[Â-ô\x80-\x9f‚√РС](?:(?<=[Â-ô])[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?<=[\x80-\x9f])"
    r"|(?<=‚)[ÄÀ]|(?<=[√РС])[^\x00-\x7f])"
)
_TOKEN = lazy(r"[^ \t\n]+")
# What ftfy leaves, since alone it might be meant: a trade mark, a lost last byte, a no-break space.
_LEFT = (
    (lazy("â„¢"), "™"),
    (lazy(r"(?<=[\w.,!?…])â€(?=[\s.,;:!?)]|\Z)"), "”"),
    (lazy(r"(?<![^\W\d_])Â(?=[ \n]|\Z)"), ""),
    # Punctuation that was read as Thai, Greek or Cyrillic.
    *(
        (lazy(rf"(?:[โβ]€|вЂ)[{last}]"), new)
        for last, new in (
            ("”", "—"),
            ("“", "–"),
            ("™\x99", "’"),
            ("˜\x98", "‘"),
            ("œњ\x9c", "“"),
            ("\x9d", "”"),
            ("ฆ¦", "…"),
            ("ข•", "•"),
        )
    ),
    (lazy(r"(?<=[\w.,!?…])(?:[โβ]€|вЂ)(?=[\s.,;:!?)]|\Z)"), "”"),
    # As text of DOS, in America.
    *((lazy(f"ΓÇ{last}"), new) for last, new in zip("ôöÖÿ£¥ªó", "–—’‘“”…•", strict=True)),
    # A blank that was read with the letter before it, and marks of the Macintosh.
    (lazy(r"(?<=[a-z])Â(?=[ \n])"), ""),
    (lazy(r"(?<=[a-z][a-z])[âÕ](?=(?:s|re|ve|ll)\b)|(?<=[a-z]n)[âÕ](?=t\b)"), "’"),
    (lazy(r"(?<=[a-z,] )Ñ(?= [a-z])"), "—"),
    # The same in Russia: no word there has a capital behind this small letter.
    *((lazy(f"тА{last}"), new) for last, new in zip("ФУЩШЬЭжв", "—–’‘“”…•", strict=True)),
)
# One of which each of them holds.
_LEFT_SIGNS = ("Â", "â", "Õ", " Ñ ", "€", "вЂ", "тА", "ΓÇ")
_LOST = lazy(r"\ufffd+")
_CONTRACTED = lazy(r"(?:t|s|re|ve|ll|d|m)\b")
# An apostrophe that became a question mark: only the contractions that leave no doubt.
_QMARK = lazy(
    r"\b(?:(?:(?:do|does|did|is|are|was|were|ca|wo|would|could|should|have|has|had|need)n(?=\?t\b)"
    r"|(?:it|he|she|that|there|what|who|let|here)(?=\?s\b)|(?:you|we|they)(?=\?(?:re|ve|ll|d)\b)"
    r"|I(?=\?(?:m|ve|ll|d)\b)))(?P<mark>\?)",
    re.IGNORECASE,
)
# An apostrophe that became a blank: sure in what is else no word, likely where it happens twice.
_BLANK = lazy(
    r"\b(?:(?P<sure>(?i:do|does|did|is|are|was|were|ca|wo|would|could|should|have|has|had|must)n)"
    r"(?P<t> )t|(?:[a-z]{2,}(?P<s> )s|I(?P<m> )(?:m|ve|ll)|(?i:you|we|they)(?P<re> )(?:re|ve|ll))"
    r"(?= [a-z]))\b"
)
# What all that these two find holds, in lower case; few pages hold any.
_MARKED = ("?t", "?s", "?re", "?ve", "?ll", "?d", "?m")
_PARTED = (" s ", " m ", " ve ", " ll ", " re ")
_PARTED_T = lazy(r"n t\b")
_INVISIBLE = lazy(
    r"[\u200b\u2060\ufeff\ufffc\u200c\u200d\u180e]+|\u00ad+(?=[ \t\n]|\Z)"
    r"|(?<!\U0001f3f4)[\U000e0000-\U000e007f]+"
)
_BIDI = lazy(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]+")
_RTL = lazy(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+|[\u2028\u2029]+")
_PRIVATE = lazy(r"[\ue000-\uf8ff]+")
_LIGATURE = lazy("[\ufb00-\ufb06]")
_NAMED = (
    "nbsp|amp|lt|gt|quot|apos|[lr][sd]quo|[nm]dash|hellip|bull|copy|reg|trade|deg|frac[13][248]"
    "|micro|eacute|egrave|aacute|shy|e[nm]sp|thinsp|middot|times|laquo|raquo"
)
_TWICE = lazy(rf"&amp;(?:{_NAMED}|#x?[0-9a-f]{{2,6}});", re.IGNORECASE)
_ENTITY = lazy(rf"(?:&amp;|&)(?:{_NAMED}|#\d{{2,6}}|#x[0-9a-f]{{2,5}});|&nbsp\b", re.IGNORECASE)
_ESCAPE = lazy(
    r"\\u(?:20[0-3][0-9A-Fa-f]|00[A-Fa-f][0-9A-Fa-f])"
    r"|=(?:C[2-9A-F]|E[0-9A-F])=[89AB][0-9A-F](?:=[89AB][0-9A-F])?|%20(?<=[A-Za-z]%20)(?=[A-Za-z])"
    r"|%(?:C[2-9A-F]|E[0-9A-F])(?:%[89AB][0-9A-F]){1,2}|_x000[AD]_|\\r\\n(?:\\r\\n)*|\\n\\n"
    r"|\\\\*[\"'’“”](?![\\/])"
)
_ESCAPE_SIGNS = ("=", "\\", "%", "_x000")
_AS_WRITTEN = ("code", "html")  # blocks in which an escape is meant as one
_NO_AMPERSAND = lazy(r"(?<![&;\w#])(?:nbsp|[lr][sd]quo|[nm]dash|hellip|#0?39|#8[02]\d\d);")
_STOPS = lazy(r"(?:(?<!…)…\.+|(?<![.…])\.{1,2}…)(?![.…])")
_EMOJI_SIGNS = ("π", "๐", "р", "đ")  # one of which it holds
# What is left of an emoji that was read as Greek (at the start of a line), Thai or Cyrillic.
_EMOJI = lazy(
    r"^[ \t]*(?P<mark>π[₯‘’™•£€¥]?)(?=[ \t]*[A-Z])|(?<!\w)(?P<more>๐Ÿ\S{0,3}|(?:рџ|đź)[^\s\w]\S?)",
    re.MULTILINE,
)
_QUOTES = '“”"„'
_QUOTE = lazy(rf"[{_QUOTES}]")
_LEAD = 12  # code points of bullets and blanks before the first word of a block
_FAR = 3  # blocks over which a quotation may run without a new opening mark


def encoding(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """Text read in a wrong encoding, lost and invisible characters, entities shown as they are,
    quotation marks without a partner. Safe fixes change characters, never words.

    `messages`: mojibake, lost, invisible, private, ligature, apostrophe, blank, entity, quote,
    stops.
    """
    article = reading.article
    text = surface(article)
    # Front matter is published too, so its characters count. It is not prose: the rest does not.
    head = article.meta.span.end
    whole = article.source.text[:head] + text[head:]
    prose = without_urls(article.prose)
    wrong = tuple(_mojibake(whole))
    if wrong:
        # A broken apostrophe may hold a quotation mark that nobody wrote.
        chars = list(prose)
        for _, span, _, _ in wrong:
            chars[span.start : span.end] = " " * (span.end - span.start)
        prose = "".join(chars)
    quotes = tuple(_quotes(article, prose)) if reading.lang == "en" else ()
    told = {i for _, span, _, _ in quotes for i in range(*span)}
    for what, span, new, safety in (
        *wrong,
        *_lost(whole, prose),
        *_hidden(whole),
        *_glyphs(whole, prose),
        *_entities(article, text, prose),
        *quotes,
        *_stops(prose, told),
    ):
        fix = None if new is None else Fix((Edit(span, new),), safety)
        names = ", ".join(dict.fromkeys(map(_name, article.source.excerpt(span)[:3])))
        low: Severity | None = "note" if what == "stops" else None
        yield finding(rule, reading, span, severity=low, fix=fix, variant=what, names=names)


# What is wrong, where, what to put there (None: nobody knows), and how sure that is.
Damage = tuple[str, Span, str | None, Safety]


def _mojibake(text: str) -> Iterator[Damage]:
    if text.isascii():
        return
    taken: set[int] = set()
    for token in _TOKEN.finditer(text) if _SUSPECT.search(text) else ():
        if token[0].isascii() or not _SUSPECT.search(token[0]):
            continue
        import ftfy

        fixed = ftfy.fix_encoding(token[0])
        if fixed == token[0] or _ascii(fixed) != _ascii(token[0]):
            continue
        start, end = _differs(token[0], fixed)
        span = Span(token.start() + start, token.end() - end)
        taken.update(range(*span))
        yield "mojibake", span, fixed[start : len(fixed) - end], "safe"
    for pattern, new in _LEFT if any(map(text.__contains__, _LEFT_SIGNS)) else ():
        for left in pattern.finditer(text):
            if left.start() not in taken:
                yield "mojibake", Span(*left.span()), new, "safe"


def _ascii(text: str) -> str:
    return re.sub(r"[^\x00-\x7f]", "", text)


def _differs(old: str, new: str) -> tuple[int, int]:
    """How many characters `old` and `new` share at the start, and at the end."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i] != new[i]), most)
    most -= start
    return start, next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)


def _lost(whole: str, prose: str) -> Iterator[Damage]:
    apostrophe = "’" if "’" in whole else "'"
    for lost in _LOST.finditer(whole) if "\ufffd" in whole else ():
        inside = whole[lost.start() - 1 : lost.start()].isalpha() and len(lost[0]) == 1
        known = inside and _CONTRACTED.match(whole, lost.end())
        yield "lost", Span(*lost.span()), apostrophe if known else None, "ask"
    low = lowered(prose)
    for mark in _QMARK.finditer(prose) if any(map(low.__contains__, _MARKED)) else ():
        if prose[mark.end() - 1 : mark.end() + 12].isprintable():
            yield "apostrophe", Span(*mark.span("mark")), apostrophe, "ask"
    parted = any(map(low.__contains__, _PARTED)) or _PARTED_T.search(low)
    blanks = list(_BLANK.finditer(prose)) if parted else []
    for blank in blanks:
        if blank["sure"] or len(blanks) > 1:
            at = next(g for g in ("t", "s", "m", "re") if blank[g])
            new = prose[blank.start() : blank.start(at)] + apostrophe
            yield "blank", Span(*blank.span()), new + prose[blank.end(at) : blank.end()], "ask"


def _hidden(text: str) -> Iterator[Damage]:
    if "\ufffc" not in text and text.replace("\n", "").replace("\t", "").isprintable():
        return
    for found in _INVISIBLE.finditer(text):
        before, after = _beside(text, *found.span())
        if "\ufffc" in found[0] or "\u00ad" in found[0] or (_plain(before) and _plain(after)):
            # Between two words it stood for a blank; inside one, or beside a blank, for nothing.
            between = after.isupper() and not (before.isupper() or before.isspace())
            between = between or (before in ".,;:!?" and after.isalnum() and before != "")
            # Without it, a number at the start of a line could become that of an item.
            line = text[max(found.start() - 12, 0) : found.end() + 4].rpartition("\n")[2]
            numbers = re.match(r"\W*\d*\W?\d*\W?[.)]", line) is not None
            new: tuple[str, Safety] = (
                (" ", "ask") if between else ("", "ask" if numbers else "safe")
            )
            yield "invisible", Span(*found.span()), *new
    end, leftward = -1, False  # of the line, which may hold thousands of them
    for found in _BIDI.finditer(text):
        if found.end() > end:
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.end())
            end = len(text) if end < 0 else end
            leftward = _RTL.search(text, start, end) is not None
        if not leftward or set(found[0]) & set("\u202d\u202e"):
            yield "invisible", Span(*found.span()), "", "safe"
    for found in _CONTROL.finditer(text):
        before, after = _beside(text, *found.span())
        breaks = found[0][0] in "\x0b\x0c\u2028\u2029"
        certain = not breaks and all(c.isalpha() or c.isspace() for c in (before + after))
        certain = certain and not (before.isalpha() and after.isalpha())
        yield "invisible", Span(*found.span()), "\n" * breaks, "safe" if certain else "ask"


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(start - 1, 0) : start], text[end : end + 1]


def _plain(char: str) -> bool:
    """True if no script that uses joiners, and no emoji, stands there."""
    return not char or char.isspace() or char < "\u0250" or "\u2010" <= char <= "\u203a"


def _glyphs(whole: str, prose: str) -> Iterator[Damage]:
    if whole.isascii():
        return
    for found in _EMOJI.finditer(prose) if any(map(prose.__contains__, _EMOJI_SIGNS)) else ():
        yield "mojibake", Span(*found.span("mark" if found["mark"] else "more")), None, "ask"
    for found in _PRIVATE.finditer(whole):
        bullet = found[0] in "\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf06e\uf0a1"
        yield "private", Span(*found.span()), "•" if bullet else None, "safe"
    for found in _LIGATURE.finditer(prose):
        yield "ligature", Span(*found.span()), unicodedata.normalize("NFKC", found[0]), "ask"


def _entities(article: Article, text: str, prose: str) -> Iterator[Damage]:
    """Markdown shows an entity as its character, unless its own ampersand was escaped."""
    markdown = article.source.kind == "markdown"
    for found in (_TWICE if markdown else _ENTITY).finditer(text) if "&" in text else ():
        once = _unescaped(found[0])
        shown = once if markdown else _unescaped(once).replace("\u00a0", " ")
        yield "entity", Span(*found.span()), shown, "ask"
    held = any(map(prose.__contains__, _ESCAPE_SIGNS))
    written = _ESCAPE.finditer(prose) if held else ()
    escapes = (one for one in written if article.kind_at(one.start()) not in _AS_WRITTEN)
    for found in (*escapes, *(_NO_AMPERSAND.finditer(text) if ";" in text else ())):
        yield "entity", Span(*found.span()), _decoded(found[0]), "ask"


def _decoded(escape: str) -> str:
    if escape.startswith("\\u"):
        return chr(int(escape[2:], 16)).replace("\u00a0", " ")
    if escape.startswith("="):
        return bytes.fromhex(escape.replace("=", "")).decode("utf-8", "replace")
    if escape.startswith("%"):
        pairs = bytes.fromhex(escape.replace("%", ""))
        return pairs.decode("utf-8", "replace").replace("\u00a0", " ")
    if escape.startswith("_x"):
        return ""
    if escape.startswith(("\\r", "\\n")):
        return "\n"
    if escape.startswith("\\"):
        return escape.lstrip("\\")
    return _unescaped(f"&{escape}").replace("\u00a0", " ")


def _unescaped(text: str) -> str:
    from html import unescape  # its table of names is slow to load, and most pages need none

    return unescape(text)


def _stops(prose: str, told: set[int]) -> Iterator[Damage]:
    for found in _STOPS.finditer(prose) if "…." in prose or ".…" in prose else ():
        if found.start() not in told and found.end() - 1 not in told:
            apart = not prose[found.end() : found.end() + 1].isalnum()
            yield "stops", Span(*found.span()), "…", "safe" if apart else "ask"


def _quotes(article: Article, prose: str) -> Iterator[Damage]:
    """Curly marks without a partner. A quotation may run on into a further paragraph, which then
    begins with the mark again; a straight mark closes a curly one; 6” is a length."""
    opened, since = -1, 0
    marked = any(map(prose.__contains__, _QUOTES))
    marks = [found.start() for found in _QUOTE.finditer(prose)] if marked else []
    low = "„" in prose
    for n, block in enumerate(article.blocks if marks else ()):
        start, end = block.span
        if block.kind in ("code", "rule", "row", "html") or (low and "„" in prose[start:end]):
            continue
        if opened >= 0 and n - since > _FAR:
            yield _unpaired(prose, opened)
            opened = -1
        straight = 0
        for at in marks[bisect_left(marks, start) : bisect_left(marks, end)]:
            if prose[at] == '"':
                straight += opened < 0
                opened = -1
            elif _opens(prose, at):
                if opened >= 0 and not _first(prose, block, at):
                    yield _unpaired(prose, opened)
                opened, since = at, n
            elif opened >= 0:
                opened = -1
            elif straight % 2:
                straight += 1
            elif not _measure(prose, at):
                yield _unpaired(prose, at)
    if opened >= 0:
        yield _unpaired(prose, opened)


def _unpaired(prose: str, at: int) -> Damage:
    end = at + 1
    while prose[at] == "”" and prose[end : end + 1] in ("…", "."):
        end += 1
    # A single stop behind the mark is the sentence's own.
    return "quote", Span(at, end if end - at > 2 else at + 1), None, "show"


def _first(prose: str, block: Block, at: int) -> bool:
    return at - block.span.start < _LEAD and not any(map(str.isalnum, prose[block.span.start : at]))


def _opens(prose: str, at: int) -> bool:
    """The side that a mark turns to the word tells more than its shape: ”so” is a pair too."""
    before, after = _beside(prose, at, at + 1)
    if (not before or before in " \n([—–-‘/") and (after.isalnum() or after in "‘'([$£€…"):
        return True
    if (before.isalnum() or before in ".,!?…’") and (not after or after in " \n.,;:!?)]…—–"):
        return False
    return prose[at] == "“"


def _measure(prose: str, at: int) -> bool:
    before = prose[max(at - 2, 0) : at].rstrip()[-1:]
    return before.isdigit() or before in tuple("½¼¾⅛⅜⅝⅞")


def _name(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip().lower().replace("u+", "U+")
