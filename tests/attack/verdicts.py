"""What is wrong with a run over hostile articles: each function gives faults, in words."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

MEMORY = 400 << 20  # bytes that a run may hold at once
SECONDS = 240  # of processor time that a run may take before it counts as hung
FILES = ("json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson", "markdown", "concise")

# Control characters but for tab and line feed; what turns the direction of writing, or is not seen.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)
_OURS = re.compile(r"^::(?:error|warning|notice)(?: [^\n:]|::)", re.MULTILINE)


class Ran(NamedTuple):
    code: int
    out: str
    err: str
    memory: int  # bytes, at most
    seconds: float = 0.0  # of processor time


# A process begins with the weight of the one that starts it, which here is that of all the tests:
# so a small one starts it, and writes down how it ended.
_RUNNER = """\
import os, resource, sys
limit, told = int(sys.argv[1]), sys.argv[2]
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execv(sys.executable, [sys.executable, "-P", "-m", "cramplint", *sys.argv[3:]])
_, status, used = os.wait4(child, 0)
with open(told, "w") as file:
    seconds = used.ru_utime + used.ru_stime
    file.write(f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss} {seconds}")
"""


def run(folder: Path, *words: str) -> Ran:
    """`cramplint` in `folder`, held to processor time, its memory measured."""
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": str(root), "CRAMPLINT_CACHE_DIR": str(folder / "cache")}
    out, err, end = folder / "out.log", folder / "err.log", folder / "end.log"
    with out.open("wb") as told, err.open("wb") as said:
        subprocess.run(
            [sys.executable, "-c", _RUNNER, str(SECONDS), str(end), *words],
            cwd=folder,
            env={k: v for k, v in env.items() if not k.startswith("GITHUB_")},
            stdout=told,
            stderr=said,
            stdin=subprocess.DEVNULL,
            check=True,
        )
    code, memory, seconds = end.read_text().split()
    scale = 1 if sys.platform == "darwin" else 1024
    texts = [log.read_bytes().decode("utf-8") for log in (out, err)]
    for log in (out, err, end):
        log.unlink()
    return Ran(int(code), *texts, int(memory) * scale, float(seconds))


def ended(ran: Ran) -> Iterator[str]:
    """A run ends with 0, 1 or 2, within its limits, and says why in lines that drive nothing."""
    if ran.code not in (0, 1, 2):
        yield f"it ended with {ran.code}"
    if ran.memory > MEMORY:
        yield f"it took {ran.memory >> 20} MB"
    for word in ("Traceback", "internal error", "RecursionError"):
        if word in ran.err:
            yield f"{word}: {ran.err[-800:]}"
    if ran.code == 2 and "error" not in ran.err:
        yield "2, and no word of why"
    yield from (f"standard output: {fault}" for fault in driven(ran.out))
    yield from (f"standard error: {fault}" for fault in driven(ran.err))


def driven(text: str, *, commands: bool = False) -> Iterator[str]:
    """What moves a terminal or gives a runner a command; `commands`: but for those of ours."""
    if found := _UNSEEN.search(text):
        yield f"{found[0]!r} in {text[max(0, found.start() - 60) : found.end() + 20]!r}"
    for found in _COMMAND.finditer(text):
        if not (commands and _OURS.match(text, found.start())):
            yield f"a command in {text[found.start() : found.end() + 60]!r}"


def reported(folder: Path) -> Iterator[str]:
    """The reports of one run agree, are what their readers take, and say nothing that is obeyed."""
    texts = {name: (folder / f"{name}.out").read_bytes().decode("utf-8") for name in FILES}
    for name, text in texts.items():
        yield from (f"{name}: {f}" for f in driven(text, commands=name == "github"))
    found = json.loads(texts["json"])["findings"]
    lines = [json.loads(line) for line in texts["jsonl"].splitlines()]
    if lines != found:
        yield "jsonl says other than json"
    if len(json.loads(texts["gitlab"])) != len(found):
        yield "gitlab has other findings"
    if len(json.loads(texts["rdjson"])["diagnostics"]) != len(found):
        yield "rdjson has other findings"
    if len(texts["concise"].splitlines()) != len(found):
        yield "concise has other lines than findings"
    (sarif,) = json.loads(texts["sarif"])["runs"]
    if len(sarif["results"]) != len(found) and "left out" not in texts["sarif"]:
        yield "sarif has other findings"
    cases = [case for case in ElementTree.fromstring(texts["junit"]).iter("testcase") if len(case)]
    if len(cases) != len(found):
        yield "junit has other findings"
    if texts["github"].count("\n") > 31:
        yield "github has more annotations than are shown"
    for one in found:
        start, end = one["start"], one["end"]
        if not (
            0 <= start["offset"] <= end["offset"] and start["line"] > 0 and start["column"] > 0
        ):
            yield f"{one['rule']} stands at {start} to {end}"


class _Page(HTMLParser):
    """The tags of a page, its scripts, and whether what is opened is closed."""

    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
        ]
    )
    ACTIVE = frozenset(
        [
            "iframe",
            "frame",
            "object",
            "embed",
            "applet",
            "form",
            "input",
            "button",
            "textarea",
            "select",
        ]
    )
    ACTIVE |= frozenset(
        ["svg", "math", "noscript", "template", "base", "frameset", "marquee", "xmp", "plaintext"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.opened: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in self.ACTIVE:
            self.faults.append(f"<{tag}>")
        if tag == "script" and said.get("type") != "application/ld+json":
            self.faults.append(f"a script: {said}")
        if tag == "meta" and said.get("http-equiv", "").lower() not in (
            "",
            "content-security-policy",
        ):
            self.faults.append(f"<meta {said}>")
        for name, value in attrs:
            address = re.sub(
                r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028\u2029\ufeff]", "", value or ""
            )
            # No browser takes for a scheme what does not end like one.
            scheme = re.match(r"[^/?#:]*(?<![!$&'()*,;=@_~]):", address.lower())
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping", "target"):
                self.faults.append(f"<{tag} {name}>")
            if name in ("href", "src", "cite", "action", "poster", "background", "xlink:href"):
                allowed = ("http:", "https:", "mailto:", "tel:")
                if scheme and scheme[0] not in allowed:
                    self.faults.append(f"<{tag} {name}={value!r}>")
        if tag not in self.VOID:
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if self.opened[-1:] == ["script"]:
            self.script += data

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.faults.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def page(text: str) -> Iterator[str]:
    """A page is well formed, and nothing in it acts."""
    parser = _Page()
    parser.feed(text)
    parser.close()
    yield from parser.faults
    if parser.opened:
        yield f"{parser.opened} stay open"
    if parser.script:
        json.loads(parser.script)


def published(out: Path) -> Iterator[str]:
    """Every file in the folder is whole and of a kind that is published, and pages are harmless."""
    if not out.exists():
        return
    for path in sorted(out.rglob("*")):
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            yield f"{path.name!r} is no file"
        elif path.is_file():
            text = path.read_bytes().decode("utf-8")
            try:
                if path.suffix == ".html":
                    yield from (f"{path.name!r}: {fault}" for fault in page(text))
                elif path.suffix == ".json":
                    json.loads(text)
                elif path.suffix == ".xml":
                    ElementTree.fromstring(text)
                elif path.name not in ("_redirects",):
                    yield f"nobody asked for {path.name!r}"
            except (ValueError, ElementTree.ParseError) as error:
                yield f"{path.name!r} is not whole: {error}"


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder, by the digest of what it holds."""
    return {
        os.fsdecode(os.path.relpath(path, folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def errors(report: str) -> Counter[tuple[str, str]]:
    """The errors of each rule in each file, but for stubs, which a fix may bring."""
    found = json.loads(report)["findings"]
    return Counter(
        (one["path"], one["rule"])
        for one in found
        if one["severity"] == "error" and "TODO(clinician)" not in one["excerpt"]
    )
