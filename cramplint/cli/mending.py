"""What `check` does to articles where it is asked to: mends them, or shows how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..alignment import unified
from ..check import Selection
from ..config import Config
from ..corpus import Corpus
from ..fix import Agree, Left
from ..judging import mend
from ..model import CrampError, Source
from ..report.escape import inert, visible
from ..rewrite import rewrite
from ..rules import RuleSet
from .terminal import colourful, say, style, tell


def mended(
    corpus: Corpus,
    config: Config,
    rules: RuleSet,
    selection: Selection,
    problems: list[CrampError],
    *,
    unsafe: bool,
    agree: Agree | None,
    writing: bool,
    quiet: bool,
) -> dict[str, Source]:
    """The articles that fixes change, after them, by name; with `writing`, each is written as soon
    as it is done. What fails is one of `problems`, and the article then stays as it was."""
    site = corpus.site(config, rules)
    changed = {}
    for name, source in sorted(corpus.articles.sources.items()):
        try:
            done = mend(source, rules, site, selection, unsafe=unsafe, agree=agree)
            if not quiet:
                _admit(name, done.left)
            if done.source == source:
                continue
            if writing and name in corpus.files:
                rewrite(corpus.files[name], source, done.source)
            changed[name] = done.source
        except CrampError as error:
            problems.append(error)
    return changed


def _admit(name: str, left: tuple[Left, ...]) -> None:
    """Say which fixes were left out, and why."""
    for one, count in Counter(left).items():
        fixes = f"{count} fixes of {one.rule} are" if count > 1 else f"a fix of {one.rule} is"
        tell(f"{name}: {fixes} left out: {one.why}")


def show(before: Mapping[str, Source], changed: Mapping[str, Source], color: str) -> None:
    """Unified diffs. Controls are written out and CI commands broken, so a diff of lines that hold
    such things is for reading, not for patching."""
    coloured = colourful(color)
    roles = {"-": "removed", "+": "added", "@": "rule"}
    for name, source in changed.items():
        old, new = _lines(before[name].text), _lines(source.text)
        for line in unified(old, new, visible(name)):
            shown = inert(visible(line.removesuffix("\n")).replace("\\x09", "\t"))
            role = roles.get(line[:1])
            say((style(role, shown) if coloured and role else shown) + "\n")
            if not line.endswith("\n"):
                say("\\ No newline at end of file\n")


def _lines(text: str) -> list[str]:
    """Lines with their ends: a form feed or U+2028 ends none, unlike in str.splitlines."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + [rest] * bool(rest)
