"""Articles after their safe fixes, and what is found in them then. Those of which it is known are
neither parsed nor judged again.

Fixes see the site as it is read; the gate sees it as it is published, after the fixes of all. What
one article says may change what is found in another: such a one is judged again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import found, kinds
from ..checks.readability import Scores
from ..config import Config
from ..digests import digest
from ..model import SEVERITIES, CrampError, Severity
from ..pages import is_draft
from ..read import decode
from ..seen import USUAL, Along, Asked, Ground, Looked, Means, Seen, standing
from ..store import Store
from ..workers import each

if TYPE_CHECKING:
    from ..check import Selection
    from ..judging import Judged
    from ..model import Source
    from ..rules import RuleSet
    from ..site import Site

_MENDED, _GATED = "mended", "gated"  # which of what is kept of an article holds
_AT_ONCE = 500  # articles of which is kept what is known at once
_HELD = 32_000_000  # bytes of readings that are held; other articles are understood again
_PAGE = "name page body"
_LEVELS = {level: level for level in SEVERITIES}
_UNREADABLE = (AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Verdict(NamedTuple):
    """What publishing needs to know of an article that is mended. `rules`: (rule, severity, how
    many findings); `suppressed`: how many more there are, and `waived` by what, as the manifest
    says it; `unspoken`: how many rules do not know its `lang`; `mended`: stands for its text if
    fixes changed it, else ""."""

    draft: bool
    rules: tuple[tuple[str, Severity, int], ...]
    suppressed: int
    waived: tuple[Mapping[str, str], ...]
    lang: str
    unspoken: int
    scores: Scores | None
    mended: str


class State(NamedTuple):
    """An article as it is published: its page as others see it, with the sketch of its body; what
    was found in it, and what stands for that; of this run its text, where fixes changed it, and its
    reading, packed, where there is room."""

    page: str
    body: bytes
    verdict: Verdict
    signed: bytes
    text: str | None = None
    reading: bytes = b""


class Task(NamedTuple):
    """An article that is to be mended; or to be judged only, where it is `settled` what it says."""

    name: str
    one: Seen
    settled: bool = False
    text: str | None = None

    @property
    def size(self) -> int:
        return len(self.one.data) or USUAL

    def source(self) -> Source:
        """Raises CrampError if the file is not what it was."""
        return decode(self.one.bytes_of(self.name), self.name)


class Work(NamedTuple):
    """What judging needs."""

    rules: RuleSet
    selection: Selection
    site: Site

    @property
    def kept(self) -> dict[str, Any]:
        return self.site.kept


class Settled(NamedTuple):
    """`text`: None if no fix changed it. `asked`: of the site, for the fixes; `asked_after`: for
    what is found at the end. `verdict` and the questions are JSON. `reading`: of the text at the
    end, packed."""

    asked: str
    text: str | None
    page: str
    body: bytes
    asked_after: str
    verdict: str
    reading: bytes


def settle(task: Task, work: Work) -> Settled | CrampError:
    """The error if the file is not what it was or holds too much, or if fixes never settle. Raises
    CrampError for a rule page that cannot be used."""
    from ..fix import fix
    from ..judging import Drafts, of_article
    from ..pages import frozen, page_of
    from .readings import packed

    site = work.site
    drafts = Drafts(work.rules, site, work.selection)
    try:
        source = first = task.source()
        if task.settled:
            source = replace(first, text=first.text if task.text is None else task.text)
        else:
            source = fix(first, drafts.find, sooner=drafts.some).source
        last = drafts.judged(source)
    except CrampError as error:
        return of_article(error, task.name)
    page, body = frozen(page_of(last.reading.article))
    text = None if source.text == first.text else source.text
    return Settled(
        found.questions(drafts.asked(), site),
        text,
        page,
        body,
        found.questions(drafts.asked(source), site),
        _frozen(last, work, "" if text is None else digest(text).hex()),
        packed(last.reading),
    )


def _frozen(judged: Judged, work: Work, mended: str) -> str:
    from ..checks.readability import scores

    reading, checked = judged.reading, judged.checked
    counts = Counter((f.rule, f.severity or "note") for f in checked.findings)
    measured = scores(reading, work.site)
    held = Verdict(
        is_draft(reading.article),
        tuple((rule, severity, n) for (rule, severity), n in sorted(counts.items())),
        len(checked.suppressed),
        tuple(_waived(judged, work)),
        reading.lang,
        len(checked.unspoken),
        measured,
        mended,
    )
    return json.dumps(held._asdict())


def _waived(judged: Judged, work: Work) -> Iterator[dict[str, str]]:
    """The rules whose findings were silenced, and by what."""
    from ..suppression import ended, suppressions, waived

    article, silenced = judged.reading.article, judged.checked.suppressed
    if silenced:
        waivers = work.selection.waivers.get(article.source.name, ())
        today = work.site.settings.today
        valid = (one for one in suppressions(article, waivers) if not ended(one, today))
        for rule, by in waived(silenced, valid):
            more = {"owner": by.owner, "expires": by.expires}
            yield {"rule": rule, "reason": by.reason} | {k: v for k, v in more.items() if v}


def _state(page: str, body: bytes, said: str, text: str | None = None) -> State | None:
    """None for a verdict that is none."""
    try:
        held = kinds.loaded(said)
        rules = [
            (intern(kinds.plain(rule)), _LEVELS[level], kinds.count(n))
            for rule, level, n in held["rules"]
        ]
        verdict = Verdict(
            kinds.flag(held["draft"]),
            tuple(rules),
            kinds.count(held["suppressed"]),
            tuple({k: kinds.text(v) for k, v in one.items()} for one in held["waived"]),
            intern(kinds.plain(held["lang"])),
            kinds.count(held["unspoken"]),
            Scores(*map(kinds.number, held["scores"])) if held["scores"] else None,
            kinds.text(held["mended"]),
        )
        return State(page, body, verdict, digest(said), text)
    except _UNREADABLE:
        return None


class Mended:
    """The articles that were `looked` at, after their safe fixes: `states` by name, without those
    that cannot be mended, which are among the `problems`; `after`: the site as it is published.
    `along` shows how far the work is; `jobs` processes share it. What is new is kept."""

    def __init__(
        self,
        looked: Looked,
        config: Config,
        store: Store,
        means: Means,
        along: Along,
        jobs: int = 0,
    ) -> None:
        self._seen, self._config, self._store = looked.seen, config, store
        self._means, self._along, self._jobs = means, along, jobs
        self._every = looked.every
        self._made_of = {n: one.judged_on(config.today) for n, one in looked.seen.items()}
        self._before = Ground(self._every, config, means, looked.former)
        self._former: dict[str, Seen] = {}  # mended articles that changed, as they were before
        self._asked: dict[str, str] = {}  # what was asked in this run by what is found
        self._room = _HELD
        self.problems = looked.problems
        self.states: dict[str, State] = {}
        self.states = self._first()
        self.after = self._published()
        self._gate()

    def text_of(self, name: str) -> str | None:
        """The text of an article that fixes changed, else None. Raises CrampError if the file is
        not what it was."""
        state = self.states[name]
        if state.text is not None or not state.verdict.mended:
            return state.text
        row = self._store.some("mended", "name text", name, name).get(name)
        if row and digest(row[1]).hex() == state.verdict.mended:
            return str(row[1])
        done = settle(Task(name, self._seen[name]), self._work(self._before))
        if isinstance(done, CrampError):
            raise done
        return done.text

    def reading_of(self, name: str) -> bytes:
        """The reading of its text, packed, if there is one; it is held no longer."""
        state = self.states[name]
        if state.reading:
            self.states[name] = state._replace(reading=b"")
        return state.reading

    def _with_reading(self, state: State, done: Settled) -> State:
        if state.verdict.draft or len(done.reading) > self._room:
            return state
        self._room -= len(done.reading)
        return state._replace(reading=done.reading)

    def _first(self) -> dict[str, State]:
        """What fixes make of the articles, and what is found in them in the site as it is read."""
        known = self._known(_MENDED, "mended", self._before)
        states: dict[str, State] = {}
        names = sorted(known)
        for some in (names[i : i + _AT_ONCE] for i in range(0, len(names), _AT_ONCE)):
            pages = self._store.some("mended", _PAGE, some[0], some[-1])
            gated = self._store.some("gated", "name verdict", some[0], some[-1])
            for name in some:
                if name in pages and name in gated:
                    (_, page, body), (_, said) = pages[name], gated[name]
                    same = page == self._seen[name].page
                    state = _state(self._seen[name].page if same else page, body, said)
                    states |= {name: state} if state else {}
        fresh = [Task(name, one) for name, one in self._seen.items() if name not in states]
        for task in fresh:
            for row in self._store.some("mended", _PAGE, task.name, task.name).values():
                self._former[task.name] = task.one._replace(page=row[1], body=row[2], data=b"")
        new: dict[str, Settled] = {}
        for name, done in self._settled(fresh, self._before):
            if state := _state(done.page, done.body, done.verdict, done.text):
                states[name], new[name] = self._with_reading(state, done), done
            self._asked[name] = done.asked_after
            if len(new) >= _AT_ONCE:
                self._keep(new)
                new = {}
        self._keep(new)
        return dict(sorted(states.items()))

    def _published(self) -> Ground:
        states = self.states
        seen = {
            name: one._replace(page=states[name].page, body=states[name].body)
            if name in states
            else one
            for name, one in self._every.items()
        }
        return Ground(seen, self._config, self._means, self._former)

    def _gate(self) -> None:
        """Judge again where the site says otherwise after the fixes of all."""
        known, signed = self._known(_GATED, "gated", self.after), self.after.signed
        then, new = self._before.signed, self._asked
        known |= {name for name in new if self.after.holds(name, then, new.__getitem__)}
        self._asked = {}
        tasks = [
            Task(name, self._seen[name], True, self.text_of(name))
            for name in self.states
            if name not in known
        ]
        rows, held = [], []
        for name, done in self._settled(tasks, self.after):
            old = self.states[name]
            if state := _state(old.page, old.body, done.verdict, old.text):
                self._room += len(old.reading)
                self.states[name] = self._with_reading(state, done)
            rows.append((name, done.asked_after, done.verdict))
            held.append((_GATED, name, self._made_of[name], signed))
        self._store.keep({"gated": rows, "held": held})

    def _known(self, place: str, table: str, ground: Ground) -> set[str]:
        """The articles of which what is kept in a table holds in the site on this `ground`."""
        asked = Asked(self._store, table, "asked")
        known = standing(
            self._store,
            place,
            self._made_of,
            ground.signed,
            lambda name, then: ground.holds(name, then, asked.of),
        )
        self._store.keep({"held": known.moved})
        return known.names

    def _settled(self, tasks: Sequence[Task], ground: Ground) -> Iterator[tuple[str, Settled]]:
        """What comes of the tasks that can be done."""
        if not tasks:
            return
        results = each(settle, iter(tasks), len(tasks), self._work(ground), self._jobs)
        for name in self._along([task.name for task in tasks], "Checking"):
            done = next(results)
            if isinstance(done, CrampError):
                self.problems.append(done)
                self.states.pop(name, None)
            else:
                yield name, done

    def _keep(self, new: Mapping[str, Settled]) -> None:
        signed = self._before.signed
        self._store.keep(
            {
                "mended": [(n, x.asked, x.text or "", x.page, x.body) for n, x in new.items()],
                "gated": [(n, x.asked_after, x.verdict) for n, x in new.items()],
                "held": [(p, n, self._made_of[n], signed) for n in new for p in (_MENDED, _GATED)],
            }
        )

    def _work(self, ground: Ground) -> Work:
        rules, selection, _ = self._means()
        return Work(rules, selection, ground.site)
