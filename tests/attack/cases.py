"""Hostile articles: public suites, and what they lack, from thought."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Case(NamedTuple):
    """One file. `name` is its path without the folder, as bytes where it is no UTF-8."""

    name: str
    data: bytes


def body(words: str) -> str:
    """An article that says `words` where any paragraph may stand, and in what rules look at."""
    return (
        "---\ntitle: Leg cramps at night\ntype: article\nlang: en\n---\n\n# Leg cramps at night\n\n"
        f"Cramps pass. {words}\n\n{words}\n\nSymptoms include:\n\n-\n{words}\n\n"
        f"Read More →{words}\n\nTake 400 mg of {words} daily; it cures cramps.\n\n"
        "See your doctor if cramps are severe.\n"
    )


def front(words: str) -> str:
    """An article whose front matter says `words` wherever text may stand."""
    said = json.dumps(words)
    key = json.dumps(words[:60] or "x")
    return (
        f"---\ntitle: {said}\ndescription: {said}\ntopics: [{said}]\nlang: {said}\n"
        f"authors: [{{name: {said}, credentials: {said}, url: {said}}}]\n"
        f"related: [{said}]\naliases: []\nreferences: [{said}]\nupdated: {said}\n"
        f"funding: {said}\n{key}: {said}\n---\n\nCramps pass.\n"
    )


def suite(name: str, texts: Iterable[str]) -> Iterator[Case]:
    """The texts of a suite, each as it is meant: as an article, in one, or as front matter."""
    for n, text in enumerate(dict.fromkeys(texts)):
        if name in ("commonmark", "gfm"):
            made = {"": text}
        elif name == "yaml":
            made = {"": f"---\n{text.rstrip(chr(10))}\n---\n\nCramps pass.\n"}
        else:
            made = {"b": body(text), "f": front(text)}
        for how, whole in made.items():
            yield Case(f"{name}-{n}{how}.md", whole.encode("utf-8", "surrogatepass"))


def vectors() -> Iterator[str]:
    """Scripts in every disguise: OWASP's, HTML5's, those of sanitisers and filters, mutations."""
    import brs_kb.payloads as held

    for name in sorted(vars(held)):
        table = getattr(held, name)
        for entry in table.values() if isinstance(table, dict) else ():
            text = getattr(entry, "payload", None)
            if isinstance(text, str) and "<" in text:
                yield text


def packed(texts: Iterable[str], size: int = 5) -> Iterator[str]:
    """Several texts in one, apart: those without a tag left open do not swallow the next."""
    seen = list(dict.fromkeys(texts))
    for start in range(0, len(seen), size):
        yield "\n\n## Next\n\n".join(seen[start : start + size])


COMMANDS = (
    *("::error::owned", "::add-mask::a", "::set-output name=x::owned", "::stop-commands::x"),
    *("  ::warning file=/etc/passwd,line=1::owned", "\t::group::x", "\r::error::owned"),
    *("##[error]owned", "a ##[add-mask]b", "##vso[task.complete result=Failed]", "%0A::error::o"),
    *("\u2028::error::owned", "\x85::error::owned", "\x0b::error::owned", "\u200b::error::owned"),
    *("\x1b[2J\x1b[31mowned", "\x1b]0;owned\x07", "\x1b]8;;https://evil.example\x07x", "\x9b31m"),
    *("\x1b]52;c;b3duZWQ=\x07", "\x1bP+q\x1b\\", "\x08\x08\x08owned", "a\rowned", "\x7f", "\x0e"),
    *("\u202eowned\u202c", "\u2066owned", "\u2067\u2069\u2069", "\ufeff", "a\u200bb\u200d\u2060"),
    *("\U000e0041\U000e0042", "\u061c", "\ufff9a\ufffab\ufffb", "\ue000", "\ufdd0\uffff"),
    *("</script><script>alert(1)</script>", "<!--<script>", "]]><x/>", "--><script>alert(1)//"),
    *("|a|b|\n|-|-|", "\n## 0 findings\n", "![p](https://evil.example/p)", "@everyone #1 a@b.c"),
    *("{{ 7*7 }}{% include '/etc/passwd' %}", "{0.__class__}%s%(x)s", "${7*7}", "`id`$(id);id|id"),
    *("<!-- cramplint-disable * -- owned -->", "<!-- cramplint-disable-next-line", "--><!---->"),
    *("javascript:alert(1)", "JaVa\tScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>"),
    *(
        "../../../etc/passwd",
        "..\\..\\x",
        "/etc/passwd",
        "\\\\evil\\x",
        "file:///etc/passwd",
        "CON",
    ),
    *("İıſK", "ﷺ" * 20, "a" + "\u0301" * 300, "👨‍👩‍👧‍👦" * 30, "\U0001f3fb", "ǅ", "ß" * 40),
)
FENCED = {
    "laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "self": "a: &a [*a]",
    "merge": "a: &a {x: 1}\nb: {<<: *a}\n<<: [*a, *a]",
    "run": "x: !!python/object/apply:os.system ['touch owned']",
    "new": "x: !!python/object/new:os.system ['touch owned']",
    "name": "x: !!python/name:os.system",
    "tags": "a: !!binary aGk=\nb: !!set {x}\nc: !!omap [a: 1]\nd: !x y\ne: ! z",
    "twice": "title: a\ntitle: b\ndraft: true\ndraft: false",
    "numbers": "a: 1_000\nb: 0x7fffffff\nc: 1e999\nd: .nan\ne: -.inf\nf: 190:20:30\ng: 0o17\nh: "
    + "9" * 5000,
    "dates": "updated: 2026-99-99\ncreated: 0000-00-00\nlast_reviewed: 99999-01-01T25:61:61Z",
    "types": "title: [a]\ntopics: 3\nauthors: true\nrelated: {a: b}\ndescription: null\naliases: 1.5\nslug: [x]",
    "keys": "? [a, b]\n: c\n1: d\nnull: e\ntrue: f\n{a: b}: g",
    "deep": "a: " + "[" * 20_000,
    "deep maps": "a: " + "{a: " * 5_000,
    "steps": "".join(" " * n + "a:\n" for n in range(1_500)),
    "wide": "".join(f"k{n}: v\n" for n in range(4_000)),
    "long": "title: " + "a" * 500_000,
    "block": "title: |2-\n" + "   x\n" * 5_000,
    "quotes": 'title: "' + "\\" * 30_001,
    "open": 'title: "x\n  y\nb: [c',
    "documents": "title: a\n...\n---\ntitle: b\n--- c",
    "directive": "%YAML 9.9\n%TAG ! tag:evil,2000:\n---\ntitle: x",
    "tabs": "title:\tx\n\ty: z",
    "controls": "title: a\x07b\x00c\u2028d\x85e",
    "comment": "title: a # b\n#" + "x" * 10_000,
}
ENCODED = {
    "utf-16": "Cramps pass. É".encode("utf-16"),
    "utf-16le": "Cramps pass. É".encode("utf-16-le"),
    "utf-32": "Cramps pass. É".encode("utf-32"),
    "latin": "Café, 5 µg.".encode("latin-1"),
    "cp1252": "Don’t “rest”.".encode("cp1252"),
    "shift-jis": "筋肉のけいれん".encode("shift_jis"),
    "nul": b"Cramps \0 pass.",
    "cut": "Cramps pass 🦵".encode()[:-1],
    "surrogate": b"Cramps \xed\xa0\xbd pass.",
    "overlong": b"Cramps \xc0\xaf pass.",
    "beyond": b"Cramps \xf5\x80\x80\x80 pass.",
    "bytes": bytes(range(256)) * 40,
    "bom": b"\xef\xbb\xbf# Cramps\n\nCramps pass.\n",
    "two boms": b"\xef\xbb\xbf\xef\xbb\xbf# Cramps\n",
    "crlf": b"# Cramps\r\n\r\n-\r\nrest\r\n-\r\nsleep\r\n",
    "cr": b"# Cramps\r\r-\rrest\r-\rsleep\r",
    "mixed ends": b"# Cramps\r\n\n-\nrest\r\n-\rsleep\n\r\n",
    "separators": "# Cramps\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029Rest.\n".encode(),
    "nothing": b"",
    "blank": b" \n\t\n",
    "fence": b"---",
    "fences": b"---\n---\n",
    "unclosed": b"---\ntitle: x\n" + b"a: b\n" * 2_000,
    "no newline": b"# Cramps",
    "large": b"Cramps pass. " * 160_000,
}
NAMES = (
    *("-rf.md", "--fix.md", "--output-format=json.md", "a b.md", " a .md", "a'b\"c.md", "$(id).md"),
    *("a\n::error ::owned.md", "##[error]owned.md", "a\r::error::owned.md", "\x1b[31mred.md"),
    *("a\u202egnp.md", "a\u200b.md", "%0A::error::owned%25.md", "<img src=x onerror=alert(1)>.md"),
    *(
        "{{7*7}}.md",
        "a,line=1::owned.md",
        "a|b`c.md",
        "[a](b).md",
        "…" * 80 + ".md",
        "a" * 200 + ".md",
    ),
    *(
        "CON.md",
        "aux.txt",
        "a..md",
        "..a.md",
        "a%2e%2e%2fb.md",
        "a?b#c.md",
        "é.md",
        "é.txt",
        "É.txt",
    ),
    *("a\\b.md", "a:b.md", "*.md", "~.md", "a\x7f.md", "\udcff\udcfe.md", "index.md", "404.md"),
    *("feed.md", "manifest.md", "a.md.md", "a.html.md", "a&amp;b.md", "sitemap.txt", "con.html.md"),
)


def own() -> dict[str, list[Case]]:
    """Cases by thought, in groups that go into one folder each."""

    def all_of(words: Iterable[str], name: str) -> list[Case]:
        return [*suite(name, words)]

    def encoded(table: dict[str, bytes], name: str) -> list[Case]:
        return [
            Case(f"{name}-{n}{ending}", data)
            for n, data in enumerate(table.values())
            for ending in (".md", ".txt")
        ]

    fenced = {key: f"---\n{text}\n---\n\nPass.\n".encode() for key, text in FENCED.items()}
    return {
        "words": all_of(COMMANDS, "words"),
        "front matter": encoded(fenced, "front"),
        "encodings": encoded(ENCODED, "encoded"),
        "names": [
            Case(name, body(name.encode(errors="replace").decode()).encode()) for name in NAMES
        ],
        **{
            f"families{ending} {part}": [
                Case(f"family-{n}{ending}", make(6_000).encode())
                for n, make in list(enumerate(FAMILIES.values()))[part::2]
            ]
            for ending in (".md", ".txt")
            for part in range(2)
        },
    }


def _repeat(unit: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    return lambda n: head + unit * max(1, n // len(unit)) + tail


def _pairs(opening: str, closing: str, middle: str = "x") -> Callable[[int], str]:
    def made(n: int) -> str:
        depth = max(1, n // (len(opening) + len(closing)))
        return opening * depth + middle + closing * depth

    return made


def _steps(n: int) -> str:
    """A list in a list in a list: its indents alone make the square of its depth."""
    return "".join("  " * k + "- a\n" for k in range(int(n**0.5)))


def _numbered(form: str) -> Callable[[int], str]:
    def made(n: int) -> str:
        count = max(1, n // len(form))
        return "".join(form.format(k) for k in range(count))

    return made


# What grows: name -> a text of about n code points. Doubling n may at most double what it costs.
FAMILIES: dict[str, Callable[[int], str]] = {
    "one word": _repeat("a"),
    "one line": _repeat("cramp "),
    "lines": _repeat("Cramps pass.\n"),
    "blank lines": _repeat("\n"),
    "blanks": _repeat(" ", "x", "x"),
    "paragraphs": _repeat("Cramps pass.\n\n"),
    "quotes": _repeat(">", "", " x"),
    "quotes apart": _repeat("> ", "", "x"),
    "quoted lines": _repeat("> a\nb\n"),
    "steps": _steps,
    "bullets in one line": _repeat("- ", "", "x"),
    "numbers in one line": _repeat("1. ", "", "x"),
    "items": _repeat("- a\n"),
    "bare bullets": _repeat("-\nrest\n"),
    "brackets": _pairs("[", "]"),
    "open brackets": _repeat("["),
    "links": _pairs("[a](", ")"),
    "images": _repeat("![[]()"),
    "links in brackets": _pairs("[", "](x)"),
    "open links": _repeat("[a](b"),
    "open targets": _repeat("[a](<b"),
    "definitions": _numbered("[a{0}]: b\n\n[a{0}] "),
    "one definition used": _repeat("[a] ", "", "\n\n[a]: b\n"),
    "footnotes": _numbered("[^{0}] \n\n[^{0}]: x\n\n"),
    "emphasis": _pairs("*a **a ", "b** c*"),
    "open emphasis": _repeat("*a _b "),
    "mixed emphasis": _repeat("a**b_c* "),
    "stars": _repeat("*"),
    "underscores": _repeat("_a"),
    "ticks": lambda n: "".join("e" + "`" * k for k in range(1, int((2 * n) ** 0.5))),
    "tildes": _repeat("~~a "),
    "fences": _repeat("```\nx\n"),
    "entities": _repeat("&amp;&#x41;&bad"),
    "escapes": _repeat("\\"),
    "tags": _repeat("<b>"),
    "divisions": _pairs("<div>", "</div>"),
    "open comments": _repeat("<!--"),
    "comments": _repeat("<!-- x -->"),
    "instructions": _repeat("<?"),
    "declarations": _repeat("<!A "),
    "sections of data": _repeat("<![CDATA["),
    "attributes": _repeat(' a="b"', "<b", ">"),
    "open tags": _repeat("<a "),
    "addresses": _repeat("https://a.example/x "),
    "mail": _repeat("a@b.c "),
    "dots": _repeat("a."),
    "table": lambda n: "|" + "a|" * (n // 5) + "\n|" + "-|" * (n // 5) + "\n|b|\n",
    "rows": _repeat("| a | b |\n", "| a | b |\n|---|---|\n"),
    "headings": _repeat("# a\n"),
    "equal headings": _repeat("## Why?\n\nYes.\n\n"),
    "underlined": _repeat("a\n=\n"),
    "rules": _repeat("***\n"),
    "titles": _repeat("Read More →Title of a Page\n"),
    "words run together": _repeat("tenseThat muscle.Then "),
    "questions": _repeat("? Is it safe?\nYes.\n"),
    "voices": _repeat("“It helped me a lot,” says Ana, 39.\n"),
    "doses": _repeat("Take 300–400 mg of magnesium daily. "),
    "figures": _repeat("1"),
    "figures and units": _repeat("1 mg, "),
    "doctors": _repeat("See your doctor if cramps are severe. "),
    "claims": _repeat("It cures cramps and detoxes. "),
    "denials": _repeat("not never no "),
    "claims without a stop": _repeat("magnesium cures cramps for good and "),
    "orders without a stop": _repeat("stop taking your statin and "),
    "cleanses without a stop": _repeat("it detoxes the liver naturally; "),
    "people without a stop": _repeat("diabetics and sufferers "),
    "doses without a stop": _repeat("take 500 mg of magnesium and "),
    "names without a stop": _repeat("magnesium – zinc – "),
    "foods without a stop": _repeat("eat spinach rich in iron, "),
    "quotations without a stop": _repeat("“it cures cramps” she said, "),
    "marks": _repeat("“"),
    "apostrophes": _repeat("'a' "),
    "containers": _pairs("::: a\n", ":::\n"),
    "admonitions": _repeat("!!! note\n    x\n"),
    "slots": _repeat("{{ a }}"),
    "open slots": _repeat("{{"),
    "suppressions": _repeat("<!-- cramplint-disable claim/cure -- x -->\n"),
    "mojibake": _repeat("donâ€™t "),
    "bidi": _repeat("\u202ea\u202c"),
    "joined": _repeat("a\u200b"),
    "accents": _repeat("\u0301", "e"),
    "families": _repeat("👨‍👩‍👧 "),
    "arrows": _repeat("→ "),
    "keys": lambda n: "---\n" + "".join(f"k{k}: v\n" for k in range(n // 9)) + "---\n\nx\n",
    "long key": _repeat("a", "---\ntitle: ", "\n---\n\nx\n"),
    "deep keys": _pairs("[", "]", "x"),
    "emails and phones": _repeat("Call 911 or 999, +44 20 7946 0958. "),
    "abbreviations": _repeat("e.g. Dr. U.S. "),
    "ends": _repeat("...?!"),
    "code": _repeat("    x\n"),
    "code spans": _repeat("`a` "),
}

# The largest articles that are read, of what costs most: many pieces, and a finding in each.
LARGEST: dict[str, bytes] = {
    "headings.md": b"# a\n\n" * 24_900,
    "images.md": b"![[]()" * 16_000,
    "titles.md": "Read More →Title of a Page\n".encode() * 24_900,
    "titles.txt": "Read More →Title of a Page\n".encode() * 24_900,
    "doses.md": "Take 300–400 mg of magnesium daily. ".encode() * 19_900,
    "amounts.md": b"Take 500 mg of magnesium, 50 mg of zinc and 5,000 IU of vitamin D.\n\n" * 9_900,
    "claims.txt": b"It cures cramps and detoxes.\n" * 24_000,
}


def spoken(text: str) -> str:
    """A name that a file system and pytest take."""
    return re.sub(r"\W+", "-", text)
