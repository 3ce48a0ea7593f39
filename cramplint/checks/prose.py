"""What proselint says of a page's prose. The only door to proselint.

proselint knows no Markdown, so each block is given to it by itself, as it stands in the prose mask.
It reads no settings from disk here: the rule page names its checks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from ..expressions import pattern
from ..meaning import Reading
from ..model import Finding, Rule, Span
from ..patterns import lazy
from ..rules import finding
from ..site import Site

_KINDS = frozenset({"heading", "paragraph", "item", "row"})
_SKIPPED = ("references", "related", "testimonial", "disclaimer", "bio", "footer", "contact")
_MOST = 1000  # findings in one block; proselint wants a number
_PAD = 1  # proselint puts a newline before what it reads
_BETWEEN = "\n\n"
_HAS_LETTERS = lazy(r"[^\W\d_]{2}")
_TOO_LONG = lazy(r"\w{80,}")


class _Hit(NamedTuple):
    """`start`, `end`: in the block of number `block`. `check`: its dotted name."""

    block: int
    start: int
    end: int
    check: str
    said: str


def style(reading: Reading, rule: Rule, site: Site) -> Iterator[Finding]:
    """What proselint finds by its `checks` (dotted names, or the beginning of some), but not where
    the words themselves match one of `spare`."""
    article = reading.article
    blocks = [
        b.span for b in article.blocks if b.kind in _KINDS and not reading.within(b.span, *_SKIPPED)
    ]
    texts = [article.prose[span.start : span.end] for span in blocks]
    checks = tuple(rule.params["checks"])
    made_of = "\0".join([*checks, "", *texts])
    try:
        kept = site.once(
            "proselint", made_of, lambda: _linted(texts, checks), partial(_are_hits, texts)
        )
    except ImportError:
        return  # whoever runs the checks says so
    for hit in (_Hit(*one) for one in kept):
        words = texts[hit.block][hit.start : hit.end]
        if any(pattern(one).search(words) for one in rule.params.get("spare", ())):
            continue
        lead = len(words) - len(words.lstrip())
        start = blocks[hit.block].start + hit.start + lead
        span = Span(start, start + len(words.strip()))
        # A telephone number repeats its digits; and what stands between two words may be blanked.
        if _HAS_LETTERS.search(words) and article.source.excerpt(span) == words.strip():
            yield finding(rule, reading, span, said=hit.said.rstrip("."), check=hit.check)


def _are_hits(texts: Sequence[str], kept: Any) -> bool:
    return isinstance(kept, list) and all(
        isinstance(one, list)
        and [type(x) for x in one] == [int, int, int, str, str]
        and 0 <= one[0] < len(texts)
        and 0 <= one[1] < one[2] <= len(texts[one[0]])
        for one in kept
    )


def _linted(texts: Sequence[str], checks: tuple[str, ...]) -> list[list[Any]]:
    """The hits, as lists. One pass over all texts together tells which checks find something in
    which blocks; only these are read one by one, since no check may reach from one block into the
    next."""
    chosen = _chosen(checks)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + len(_BETWEEN))
    whole = _plain(_BETWEEN.join(texts) + _BETWEEN)
    suspect: dict[int, set[str]] = {}
    for check in chosen:
        for found in check.check_with_flags(whole):
            first, last = (bisect_right(starts, at) - 1 for at in found.span)
            for number in range(max(first, 0), min(last, len(texts) - 1) + 1):
                suspect.setdefault(number, set()).add(check.path)
    return [
        list(hit)
        for number in sorted(suspect)
        for hit in _in_block(texts, number, sorted(suspect[number]))
    ]


def _plain(text: str) -> str:
    """`text` with blanks for what is too long to be a word: a check takes the square of its length
    in time."""
    return _TOO_LONG.sub(lambda run: " " * len(run[0]), text)


def _in_block(texts: Sequence[str], number: int, checks: Sequence[str]) -> list[_Hit]:
    from proselint.tools import LintFile

    text = _plain(texts[number])
    if not text.strip():
        return []  # proselint fails on nothing
    config: Any = {"max_errors": _MOST, "checks": dict.fromkeys(checks, True)}
    found = {
        _Hit(
            number,
            max(result.check_result.span[0] - _PAD, 0),
            min(result.check_result.span[1] - _PAD, len(text)),
            result.check_result.check_path,
            result.check_result.message,
        )
        for result in LintFile("block", text).lint(config)
    }
    return sorted(found)


@lru_cache(maxsize=4)
def _chosen(checks: tuple[str, ...]) -> tuple[Any, ...]:
    """The checks of proselint that `checks` names. Raises ImportError."""
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry

    registry = CheckRegistry()
    if not registry.checks:  # one list for the whole process: a second time would double all
        registry.register_many(__register__)
    return tuple(registry.get_all_enabled(dict.fromkeys(checks, True)))
