"""What a rule page of a team's own may hold, and may cost.

Such a page may come with a pull request of a stranger. It is data: it names a check of ours and
patterns. So that no page reads what is not its own, runs anything or holds up a run, there are
limits, and what cannot be told to keep to them is refused.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from .bounds import LOOP, bounded, cost, width
from .effort import Effort, Refused
from .model import CrampError

CHECKS = ("match", "scan", "titles", "reword")  # for any pattern; others know their own pages
PAGES = 500
SIZE = 64_000  # bytes of a page
ALL = 2_000_000  # bytes of all pages of a folder
VALUES = 2_000  # keys, items and texts of a front matter
LONG = 2_000  # code points of a pattern
WAYS = 100  # in which a pattern may be tried at one place of a text
STEPS = 20_000  # those ways, by the letters that each may look at
_GROUPS = 4  # of a frame, which may stand in any order

_PATTERNS = ("find", "mild", "across", "source", "about", "beside", "unless")
_LISTS = ("find", "mild", "across", "source")  # of which there may be several
_FRAMES = ("frames", "hints")
_BLANK = re.compile(r" (?<![\\\[] )(?![+*?{\]])")  # where a page means any run of blanks
_NAME = re.compile(r"\{[a-z]+\}")  # a list of words, by its name
_WORDS = r"\b[\ua000-\ua48c]{1,60}(?!\w)"  # what stands for it
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)+\.md")


def pages(root: Path) -> list[Path]:
    """The pages below the folder `root`: ordinary files inside it, no larger than SIZE and ALL, no
    more than PAGES. Raises CrampError."""
    home, size = root.resolve(), 0
    found = sorted(path for path in root.rglob("*.md") if path.parent != root)
    if len(found) > PAGES:
        raise CrampError(f"there are more than {PAGES} rule pages", str(root), "split them")
    for path in found:
        try:
            known = path.stat()
        except OSError as error:
            raise CrampError(f"cannot be read: {error.strerror}", str(path)) from error
        if not path.resolve().is_relative_to(home):
            raise CrampError("leads out of the folder of rule pages", str(path), "copy it there")
        if not stat.S_ISREG(known.st_mode):
            raise CrampError("is no ordinary file", str(path))
        if known.st_size > SIZE:
            raise CrampError(f"is larger than {SIZE // 1000} KB", str(path), "a rule is one page")
        size += known.st_size
    if size > ALL:
        raise CrampError(
            f"the rule pages are larger than {ALL // 1000} KB", str(root), "split them"
        )
    return found


def plain(value: Any) -> bool:
    """True for a front matter of texts, numbers, lists and tables, not too many of them however
    they are nested: an alias may stand for more than memory holds."""
    left, seen = [value], 0
    while left:
        one = left.pop()
        seen += 1
        if seen > VALUES:
            return False
        if isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list):
            left += one
        elif not isinstance(one, str | int | float | None):
            return False
    return True


def tamed(
    name: str,
    check: str,
    params: Mapping[str, Any],
    said: Iterable[str],
    at: Callable[[str], str],
    effort: Effort | None = None,
) -> dict[str, Any]:
    """The parameters of a page, each repeat in its patterns with an upper bound. `name`: its path
    in the folder; `said`: what it tells people; `at`: where a key stands; `effort`: that of all
    pages, by which their patterns are judged. Raises CrampError."""
    effort = effort or Effort()
    if not _ID.fullmatch(name):
        what = "the path of a page is its id: small letters, digits, - and _, in a folder"
        raise CrampError(what, at("check"), "such as tone/shouting.md")
    if check not in CHECKS:
        what = f"the check {check} is for pages of cramplint itself"
        raise CrampError(what, at("check"), "a house rule takes " + ", ".join(CHECKS))
    for text in said:
        fillable(text, at("message"))
    made = dict(params)
    for key in _PATTERNS:
        if key in params:
            made[key] = _patterns(key, check, params[key], at(key), effort)
    if "swap" in params:
        swap = params["swap"]
        if not isinstance(swap, dict) or not all(isinstance(x, str) for x in swap.values()):
            raise CrampError("swap holds patterns and what to say instead", at("swap"))
        made["swap"] = {_one(str(old), at("swap"), effort): new for old, new in swap.items()}
    for key in _FRAMES:
        if key in params and any(str(one).count("&") >= _GROUPS for one in _listed(params[key])):
            raise CrampError(f"a frame has {_GROUPS} groups at most", at(key))
    return made


def fillable(message: str, where: str) -> None:
    """Raise CrampError for a message that asks for more than names: an attribute, a width."""
    try:
        pieces = list(Formatter().parse(message))
    except ValueError as error:
        raise CrampError(f"this is no message: {error}", where, "{{ stands for {") from error
    for _, name, form, turned in pieces:
        if name is not None and (not name.isidentifier() or form or turned):
            what = f"a message takes names only, not {{{name}{'!' * bool(turned)}{form}}}"
            raise CrampError(what, where, "such as {it}")


def _patterns(key: str, check: str, value: Any, where: str, effort: Effort) -> Any:
    listed = _listed(value)
    if not listed or not all(isinstance(x, str) for x in listed):
        raise CrampError(f"{key} is a pattern, or a list of patterns", where)
    made = [_one(x, where, effort) for x in listed]
    if key not in _LISTS:
        if isinstance(value, list):
            raise CrampError(f"{key} is one pattern", where)
        return made[0]
    return made[0] if isinstance(value, str) and check == "match" else made


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one(text: str, where: str, effort: Effort) -> str:
    """A pattern that is known to be cheap, wherever it is looked for. Raises CrampError."""
    if len(text) > LONG:
        raise CrampError(f"a pattern is {LONG} letters long at most", where, "write several")
    made = bounded(_BLANK.sub(rf"\\s{{1,{LOOP}}}", text))
    asked = _NAME.sub(lambda _: _WORDS, made)
    try:
        ways, why = cost(asked, effort=effort)
        steps = ways * width(asked)
    except Refused as error:
        raise CrampError(
            f"this pattern could hang: {error}", where, "see docs/rule-authors.md"
        ) from error
    except (re.error, RecursionError, OverflowError) as error:
        raise CrampError(f"the pattern does not compile: {error}", where) from error
    if ways > WAYS:
        raise CrampError(
            f"this pattern could take long: {why}",
            where,
            "say how often each repeat goes at most, such as [^.]{0,40}, or let them take "
            "different letters",
        )
    if steps > STEPS:
        raise CrampError(
            f"this pattern could take long: it may look {steps} letters far",
            where,
            "say how often each repeat goes at most, such as (?:\\w+ ){0,4}",
        )
    return made
