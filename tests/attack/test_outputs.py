"""Scripts in every disguise, in every place of an article: none survives in what is published."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cramplint.model import Settings, Source
from cramplint.pages import page_of
from cramplint.parse import parse
from cramplint.publish.article import Item, made
from cramplint.publish.listing import site_files
from cramplint.publish.names import files
from cramplint.publish.shelf import Shelf
from cramplint.rules import Tables, folder
from cramplint.site import Site
from cramplint.understand import understand

sys.path.insert(0, str(Path(__file__).parent))
cases, verdicts = map(import_module, ("cases", "verdicts"))

VECTORS = sorted({*cases.vectors(), *cases.COMMANDS})
ALL = os.environ.get("CRAMPLINT_ATTACK") == "all"
PARTS, STEP = (8, 1) if ALL else (1, 16)  # a sample everywhere, all with `make attack`
OLD = "old/index.html"
TABLES = Tables(folder() / "data")


def line(words: str) -> str:
    return " ".join(words.split())


def yaml(words: str) -> str:
    """A scalar, whatever it says."""
    plain = (c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08x}" for c in words)
    return f'"{"".join(plain)}"'


def article(words: str) -> str:
    """An article that says `words` in each place where words may stand, one by one."""
    flat = line(words)
    said, cell, name = yaml(flat), flat.replace("|", "\\|"), flat.replace("]", "")
    target, quoted = flat.replace(" ", "%20"), flat.replace('"', "'")
    return (
        f"---\ntitle: {said}\ndescription: {said}\ntopics: [{said}]\ncreated: 2026-01-01\n"
        f"authors: [{{name: {said}, credentials: {said}, url: {said}}}]\nreviewed_by: {said}\n"
        f"related: [{said}]\naliases: [old]\nfunding: {said}\n{yaml(flat[:40])}: {said}\n"
        f"references: [{said}, {{title: {said}, publisher: {said}, url: {said}}}]\n---\n\n"
        f"Lead. {flat}\n\n## {flat}\n\nText.\n\n## Heading {{#{name[:30]}}}\n\n{flat}\n\n"
        f"- {flat}\n\n1. {flat}\n\n> {flat}\n\n> [!WARNING]\n> {flat}\n\n"
        f"| {cell} | b |\n|---|---|\n| {cell} | {cell} |\n\n"
        f'[{name}]({target} "{quoted}") [{name}](<{flat}>) [{name}][ref] <{target}>\n\n'
        f'[ref]: {target} \'{quoted}\'\n\n![{name}]({target} "{quoted}") ![{name}](a.png "{quoted}")\n\n'
        f'<a href="{quoted}" title="{quoted}">x</a> <img src="{quoted}" alt="{quoted}">\n\n'
        f"<a href='{flat}' id='{flat}'>x</a> <abbr title='{flat}'>GP</abbr> GP\n\n"
        f"*[GP]: {flat}\n*[{name[:30]}]: meaning\n\n```{flat}\n{words}\n```\n\n"
        f"## Questions\n\n### Is {flat} bad?\n\nNo: {flat}\n\n### Does it last?\n\n{flat}\n\n"
        f"## Call 911 if\n\n- {flat}\n- you faint\n\nA note[^a] and[^{name[:20]}].\n\n"
        f"[^a]: {flat}\n\n[^{name[:20]}]: {flat}\n\n::: tip {flat}\n{flat}\n:::\n\n"
        f"Read More →{flat}\n\n<div>\n{words}\n</div>\n\n{words}\n"
    )


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """(key, text) of every text in a JSON document."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one, key)
    elif isinstance(value, str):
        yield key, value


def followed(address: str, *, web: bool = True) -> bool:
    """True for an address that does no more than lead to a page; of the web only, or also to one
    of the site, by mail or by telephone."""
    if re.match(r"https?://[!-~]+$", address):
        return True
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address)
    return not web and (not scheme or scheme[0].lower() in ("mailto:", "tel:"))


def faults(name: str, data: bytes) -> Iterator[str]:
    text = data.decode("utf-8")
    if name.endswith(".html"):
        if name == OLD:
            text, found = re.subn(
                r'<meta http-equiv="refresh" content="0; url=([!-~]*)">', "", text
            )
            assert found == 1
        yield from verdicts.page(text)
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text):
            for key, said in texts(json.loads(script)):
                if key in ("url", "@id", "item", "relatedLink") and not followed(said):
                    yield f"JSON-LD: {key} {said!r}"
    elif name.endswith(".json"):
        yield from verdicts.driven(text)
        for key, said in texts(json.loads(text)):
            if key in ("html", "content_html", "answer_html"):
                yield from (f"{key}: {fault}" for fault in verdicts.page(said))
            elif key in ("url", "home_page_url", "feed_url") and not followed(said, web=False):
                yield f"{key}: {said!r}"
    elif name.endswith(".xml"):
        for element in verdicts.ElementTree.fromstring(text).iter():
            for address in [element.get("href")] if element.get("href") else []:
                if not followed(address):
                    yield f"href {address!r}"
            if element.tag.endswith(("}loc", "}id", "}uri")) and not followed(element.text or ""):
                yield f"{element.tag} {element.text!r}"
    elif not re.fullmatch(r"# .*\n(?:/[!-~]* /[!-~]* 301\n)*", text):
        yield f"redirects: {text!r}"


def published(words: str, number: int) -> Iterator[str]:
    """The faults of all that is made of an article that says `words`, in its name as well."""
    stem = re.sub(r"[/\x00\n\r]", "", line(words))[:40].strip(". ") or "x"
    name = f"{stem}.md"
    read = parse(Source(name, article(words), "markdown"))
    site = Site.of([page_of(read)], Settings(site_url="https://a.example"), TABLES)
    shelf = Shelf(site, line(words), {name: files(name)[0]})
    done = made(Item(name, name, b""), read.source, understand(read, TABLES), shelf)
    every = {**done.files, **site_files([done.entry], shelf)}
    assert {"feed.xml", "feed.json", "sitemap.xml", "index.html", "index.json"} <= every.keys()
    for file, data in every.items():
        yield from (f"{number} {file}: {fault}" for fault in faults(file, data))


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_acts_is_published(part: int) -> None:
    found = [
        fault
        for number, words in enumerate(VECTORS)
        if number % (PARTS * STEP) == part
        for fault in published(words, number)
    ]
    assert found == []


def test_there_are_many_and_they_stand_everywhere() -> None:
    assert len(VECTORS) > 1_000
    assert article("zzz").count("zzz") > 50


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"content_html": "<p onclick=x>"}'),
        ("a.json", '{"url": "javascript:x"}'),
        ("a.json", '{"x": "##[command]"}'),
        ("a.html", '<script type="application/ld+json">{"url": "data:x"}</script>'),
        ("a.xml", '<a href="javascript:x"/>'),
        ("a.xml", '<a xmlns="b"><id>javascript:x</id></a>'),
        ("_redirects", "# x\n/a b /c 301\n"),
    ],
)
def test_faults_in_any_file_would_be_seen(name: str, text: str) -> None:
    assert list(faults(name, text.encode()))
