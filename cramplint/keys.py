"""The keys of the configuration: the one place that knows them.

The file is read by it, its schema and the file that `cramplint init` writes are made from it, and
`cramplint config` lists it. What a key stands for without a file is the default in `config.Config`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from .model import SEVERITIES

PROFILES = ("writer", "strict", "import")
# What an article's `disclaimer` may say where the site's template shows one.
ELSEWHERE = ("site", "template")
LOCALES = ("us", "gb", "eu", "ca", "au", "nz", "ie")
DIALECTS = (
    "admonitions",
    "containers",
    "abbreviations",
    "attributes",
    "templates",
    "shortcodes",
    "mdx",
)
LEVELS = (*SEVERITIES, "off")
THRESHOLDS = (*SEVERITIES, "never")

# choice: one text of `known`; choices: a list of such; texts: a list of texts, or for some keys one
# text; paths: a list of paths; path; text; url: a web address or ""; levels: rule id -> text of
# `known`; wording: rule id -> text; count: a whole number from 1; waivers: tables of WAIVER, all
# texts.
Kind = Literal[
    "choice",
    "choices",
    "texts",
    "paths",
    "path",
    "text",
    "url",
    "levels",
    "wording",
    "count",
    "waivers",
]
WAIVER = ("rule", "path", "reason", "owner", "expires")
URL = r'https?://[^\s/?#<>"]+[^\s?#<>"]*'  # the whole of a value


class Key(NamedTuple):
    """`about`: what it is for, one line. `example`: a value, as TOML."""

    kind: Kind
    about: str
    example: str
    known: tuple[str, ...] = ()


KEYS: Mapping[str, Key] = {
    "paths": Key("paths", "where the articles are, seen from this file", '["articles"]'),
    "exclude": Key("texts", "what to leave out: patterns as in .gitignore", '["drafts/"]'),
    "profile": Key("choice", "how strict to be", '"writer"', PROFILES),
    "locale": Key(
        "choice", "where the readers live; without it each page is asked", '"us"', LOCALES
    ),
    "select": Key("texts", "the rules that run, ids or group/*; empty: all", '["artifact/*"]'),
    "extend-select": Key("texts", "rules that run besides those of select", '["own/*"]'),
    "ignore": Key("texts", "rules that do not run", '["readability/*"]'),
    "fail-on": Key("choice", "the least severity that fails a run", '"error"', THRESHOLDS),
    "rule-paths": Key("paths", "folders of rule pages of one's own", '["house-rules"]'),
    "dialects": Key(
        "choices", "marks that the site's own tool knows: no faults", '["admonitions"]', DIALECTS
    ),
    "disclaimer": Key(
        "choice", '"site": the site\'s template shows the disclaimer', '"site"', ("", "site")
    ),
    "disclaimer-text": Key(
        "text",
        "the disclaimer that --unsafe-fixes puts into a page without one",
        '"This page is for general information. It does not replace advice from your doctor."',
    ),
    "disclosure-text": Key(
        "text",
        "what --unsafe-fixes puts above the first link that pays the site",
        '"We earn a commission if you buy through links on this page."',
    ),
    "site-url": Key("url", "where the pages will be published", '"https://example.org"'),
    "site-name": Key("text", "what the site is called", '"Example Health"'),
    "template": Key("path", "a folder of templates of one's own for publish", '"templates"'),
    "output-format": Key(
        "texts", "how to report: FORMAT or FORMAT=FILE", '["text", "sarif=cramplint.sarif"]'
    ),
    "max-grade": Key("count", "the grade of school that pages are written for", "8"),
    "baseline": Key("path", "findings that are known: not reported", '"cramplint-baseline.json"'),
    "waivers": Key(
        "waivers",
        "what may stand in one article until a day, and who answers for it",
        '[{rule = "claim/detox", path = "articles/a.md", reason = "quotes the FDA",'
        ' owner = "Ana Ruiz", expires = "2027-01-31"}]',
    ),
    "messages": Key("wording", "what a rule says instead", '{"claim/cure" = "No cures: {it}"}'),
    "severity": Key("levels", "how severe a rule or group is", '{"claim/detox" = "note"}', LEVELS),
}
