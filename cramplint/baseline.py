"""Findings that are known: written once, left out of later reports, and told of when they are gone.

A finding is known by its file, its rule, its words and how many such there are, never by a line
number. Where several are alike, those count as known whose lines are the same as before.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from .model import CrampError
from .names import fold
from .ordinary import BASELINE, whole
from .patterns import lazy
from .report.result import Result, fingerprints
from .write import write

_VERSION = 1
_SHOWN = 80  # code points of the words: enough to know them by
_REWRITE = "write it anew with --write-baseline"
_TOKEN = lazy(r'"(?:[^"\\]|\\.)*"|[{\n]')


class Entry(NamedTuple):
    """A known finding. `path` is seen from the folder of the baseline, with "/"; `words` are for
    people; `fingerprint` is that of reports; `line` is a digest of the line's words."""

    path: str
    rule: str
    words: str
    fingerprint: str
    line: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """`texts`: path -> digest of the text that the entries were found in. A file that was renamed
    is known by it."""

    file: Path
    entries: tuple[Entry, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


class Sifted(NamedTuple):
    """`results` with what is known set aside; `known`: how many that are; `gone`: entries that
    answer to nothing any more, though file and rule were looked at or the file is not there."""

    results: list[Result]
    known: int
    gone: tuple[Entry, ...]


def load(file: Path) -> Baseline:
    """The baseline in `file`. Raises CrampError, with the line, for what is none."""
    import json

    where = str(file)
    try:
        text = whole(file, BASELINE).decode("utf-8-sig")
    except CrampError as error:
        todo = f"--write-baseline {file} makes one" if not file.exists() else error.todo
        raise CrampError(f"the baseline {error.what}", where, todo) from error
    except UnicodeDecodeError as error:
        raise CrampError("the baseline is not UTF-8 text", where, _REWRITE) from error
    try:
        data = json.loads(text)
    except ValueError as error:
        line, what = getattr(error, "lineno", 1), getattr(error, "msg", error)
        raise CrampError(f"the baseline is no JSON: {what}", f"{where}:{line}", _REWRITE) from error
    except RecursionError as error:
        raise CrampError("the baseline is nested too deeply", where, _REWRITE) from error
    return _baseline(data, file, text)


def _baseline(data: Any, file: Path, text: str) -> Baseline:
    def bad(what: str, nth: int = 0) -> CrampError:
        return CrampError(what, f"{file}:{_line(text, nth)}", _REWRITE)

    if not isinstance(data, dict) or data.keys() != {"version", "texts", "findings"}:
        raise bad("a baseline is an object of version, texts and findings")
    if data["version"] != _VERSION:
        raise bad(f"this is version {data['version']!r} of a baseline, not {_VERSION}")
    texts, listed = data["texts"], data["findings"]
    if not isinstance(texts, dict) or not all(isinstance(x, str) for x in texts.values()):
        raise bad("texts is an object of digests", 1)
    if not isinstance(listed, list):
        raise bad("findings is a list")
    # In the text the objects are: the whole, texts, and one an entry.
    first = 2 if text.find('"texts"') < text.find('"findings"') else 1
    entries = []
    for i, one in enumerate(listed):
        fields = one if isinstance(one, dict) else {}
        if fields.keys() != set(Entry._fields) or not all(
            isinstance(x, str) for x in fields.values()
        ):
            raise bad(f"an entry has the texts {', '.join(Entry._fields)}", i + first)
        entries.append(Entry(**fields))
    return Baseline(file, tuple(entries), texts)


def _line(text: str, nth: int) -> int:
    """The line of the `nth` brace that opens an object, else the last."""
    line = 1
    for token in _TOKEN.finditer(text):
        if token[0] == "{":
            if not nth:
                break
            nth -= 1
        line += token[0] == "\n"
    return line


def save(baseline: Baseline) -> None:
    """Write it: one entry a line, sorted, so that what people change apart merges. Raises
    CrampError."""
    import json

    def made(value: object) -> str:
        return json.dumps(value, ensure_ascii=True)

    texts = [f"{made(path)}: {made(text)}" for path, text in sorted(baseline.texts.items())]
    entries = [made(entry._asdict()) for entry in sorted(baseline.entries)]
    parts = (
        f'{{\n"version": {_VERSION},\n"texts": {{',
        ",".join("\n " + one for one in texts),
        '\n},\n"findings": [',
        ",".join("\n " + one for one in entries),
        "\n]\n}\n",
    )
    write(baseline.file, "".join(parts).encode())


def made_of(
    results: Iterable[Result], old: Baseline, files: Mapping[str, Path], ran: Collection[str]
) -> Baseline:
    """The baseline of all that was found. Of `old` stays what was not looked at: other files, as
    long as they are there, and rules that did not run. `files`: name -> file of what was checked;
    `ran`: the rules."""
    folder = old.file.parent
    checked: dict[str, Result] = {
        _seen_from(folder, files.get(r.path, Path(r.path))): r for r in results
    }
    kept = [
        entry
        for entry in old.entries
        if (entry.rule not in ran if entry.path in checked else (folder / entry.path).exists())
    ]
    found = [entry for path, result in checked.items() for entry in _entries(path, result)]
    entries = tuple(sorted({*kept, *found}))
    known = {entry.path for entry in entries}
    texts = {**old.texts, **{path: _digest(_text(result)) for path, result in checked.items()}}
    return Baseline(old.file, entries, {p: t for p, t in texts.items() if p in known})


def sift(
    results: Sequence[Result], baseline: Baseline, files: Mapping[str, Path], ran: Collection[str]
) -> Sifted:
    """Set aside what `baseline` knows. `files` and `ran` as in `made_of`."""
    folder = baseline.file.parent
    paths = [_seen_from(folder, files.get(r.path, Path(r.path))) for r in results]
    known: dict[str, list[Entry]] = {}
    for entry in baseline.entries:
        known.setdefault(entry.path, []).append(entry)
    # A file that is not there has been renamed if its text is found where nothing was known.
    absent = {path for path in known if path not in paths and not (folder / path).exists()}
    moved = {baseline.texts[path]: path for path in sorted(absent) if path in baseline.texts}
    out, count = [], 0
    gone: list[Entry] = []
    for path, result in zip(paths, results, strict=True):
        if path not in known and moved and (old := moved.pop(_digest(_text(result)), None)):
            path = old
            absent.discard(old)
        left, aside = _matched(result, known.get(path, []))
        gone += [entry for entry in left if entry.rule in ran]
        count += len(aside)
        out.append(without(result, aside))
    gone += [entry for path in absent for entry in known[path]]
    return Sifted(out, count, tuple(sorted(gone)))


def without(result: Result, aside: Collection[int]) -> Result:
    """The result with the findings of these indices set aside."""
    every = result.checked.findings
    kept = tuple(f for i, f in enumerate(every) if i not in aside)
    put = tuple(f for i, f in enumerate(every) if i in aside)
    checked = replace(result.checked, findings=kept)
    return result._replace(checked=checked, aside=(*result.aside, *put))


def alike(result: Result, before: Result) -> set[int]:
    """The indices of the findings that `before`, an earlier state of the article, had too."""
    return _matched(result, _entries(result.path, before))[1]


def _entries(path: str, result: Result) -> list[Entry]:
    """One for each finding, then one for each that is set aside."""
    source = result.source
    every = (*result.checked.findings, *result.aside)
    whole = result._replace(checked=replace(result.checked, findings=every), aside=())
    made = []
    for finding, known in zip(every, fingerprints(whole), strict=True):
        words = " ".join(source.excerpt(finding.span).split())
        shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "\u2026"
        line = fold(source.excerpt(source.line_span(finding.span.start)))
        made.append(Entry(path, finding.rule, shown, known, _digest(line)))
    return made


def _matched(result: Result, entries: Sequence[Entry]) -> tuple[list[Entry], set[int]]:
    """(the entries that nothing answers to, the indices of the findings that are known)."""
    source, findings = result.source, result.checked.findings
    own = _entries(result.path, result)
    answers = {one.fingerprint for one in own}
    known = [entry for entry in entries if entry.fingerprint in answers]
    listed = {entry.fingerprint for entry in known}
    lines = Counter((entry.rule, fold(entry.words), entry.line) for entry in known)
    alike: dict[tuple[str, str], list[int]] = {}
    for i, finding in enumerate((*findings, *result.aside)):
        alike.setdefault((finding.rule, fold(source.excerpt(finding.span))), []).append(i)
    chosen: set[int] = set()
    for some in alike.values():
        many = sum(own[i].fingerprint in listed for i in some)
        same = set()
        for i in some:
            place = own[i].rule, fold(own[i].words), own[i].line
            if lines[place] > 0:
                lines[place] -= 1
                same.add(i)
        chosen.update(sorted(some, key=lambda i: i not in same)[:many])
    left = [entry for entry in entries if entry.fingerprint not in answers]
    return left, {i for i in chosen if i < len(findings)}


def _text(result: Result) -> str:
    return result.source.text


def _digest(text: str) -> str:
    from hashlib import blake2b  # imported where it is used: slow to load

    return blake2b(text.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def _seen_from(folder: Path, file: Path) -> str:
    """The path of `file` as `folder` sees it, with "/"; in full where no way leads there."""
    try:
        way = os.path.relpath(os.path.realpath(file), os.path.realpath(folder))
    except ValueError:  # another drive
        way = os.path.realpath(file)
    return way.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode("utf-8")
