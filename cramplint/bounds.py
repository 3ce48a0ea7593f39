"""What a regular expression may cost, told from its shape: patterns of strangers must not hang.

Python's engine tries one way after the other. So what it may cost is told by in how many ways a
pattern can match the same text: in one way, a step a letter; in many, a step for each of them. Each
letter, class and dot of a pattern is a place, and its loops lead from place to place. If a loop can
come back to where it was by two ways on the same text, the ways double with every letter. If two
loops, one behind the other, take the same text, it can be parted anywhere between them. Whatever is
not understood is refused; a loop with an upper bound counts as one without where only the shape
matters, so what is said here is rather too much than too little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .effort import Effort, Refused
from .knots import knots
from .letters import branching, items, leaving_out, letters, takes
from .patterns import lazy, tree

LOOP = 200  # letters or words that a loop without an upper bound may take, once `bounded`
_WIDE = 10**6  # stands for no upper bound
_PLACES = 10_000


class Cost(NamedTuple):
    """`ways`: how many a match may be tried in on the same text, from one place of it, at most.
    `why`: what multiplies them, for a person; "" if nothing does."""

    ways: int
    why: str


class _Part(NamedTuple):
    """A piece of a pattern: its first and last places, and whether it may match nothing."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    empty: bool


_NOTHING = _Part((), (), True)


def cost(
    pattern: str, flags: int = re.IGNORECASE, small: int = 1, effort: Effort | None = None
) -> Cost:
    """What `pattern` may cost, repeats of `small` times at most aside. Raises Refused where that
    has no bound or takes more than the `effort`, and re.error."""
    effort = effort or Effort()
    effort.begin()
    parsed = _tree(pattern, flags)
    told = letters(parsed)
    effort.take(10 * len(told))
    return _Machine(told, small, effort).cost(parsed)


def _tree(pattern: str, flags: int) -> Any:
    if (parsed := tree(pattern, flags)) is None:
        raise Refused("this Python does not tell what patterns are made of")
    return parsed


def bounded(pattern: str) -> str:
    """`pattern` with an upper bound of LOOP for each repeat that has none.

    >>> bounded(r"a+[*]\\+b{2,}?")
    'a{1,200}[*]\\\\+b{2,200}?'
    """
    return _TOKEN.sub(_limit, pattern)


def width(pattern: str, flags: int = re.IGNORECASE) -> int:
    """How many letters a match of `pattern`, which is `bounded`, may look at, at most."""
    parsed = _tree(pattern, flags)
    looks = (held[1] for name, held in items(parsed) if name in ("ASSERT", "ASSERT_NOT"))
    return int(min(parsed.getwidth()[1] + sum(x.getwidth()[1] for x in looks), _WIDE))


class _Machine:
    """The places of a pattern and the ways between them."""

    def __init__(self, letters: str, small: int, effort: Effort) -> None:
        self._letters = letters
        self._small = small
        self._take = effort.take
        self._effort = effort
        self._known: dict[tuple[str, str], int] = {}  # masks
        self._masks: list[int] = []  # place -> what it takes, a bit for each letter
        self._next: list[Counter[int]] = []  # place -> the places behind it, and by how many ways
        self._within: list[tuple[int, ...]] = []  # place -> the loops that it stands in
        self._choices: list[int] = []  # loop -> in how many lengths it can match
        self._looks = 1

    def cost(self, parsed: Any) -> Cost:
        self._sequence(parsed, ())
        ways, why = self._loops()
        whole = min(ways * self._turns(parsed, 0) * self._looks, _WIDE)
        other = "alternatives that match the same text"
        return Cost(whole, why or (other if whole > 1 else ""))

    # The places, from the pattern's tree.

    def _sequence(self, items: Iterable[Any], loops: tuple[int, ...]) -> _Part:
        whole = _NOTHING
        for item in items:
            part = self._part(item, loops)
            self._lead(whole.last, part.first)
            whole = _Part(
                whole.first + (part.first if whole.empty else ()),
                part.last + (whole.last if part.empty else ()),
                whole.empty and part.empty,
            )
        return whole

    def _lead(self, last: Iterable[int], first: Sequence[int]) -> None:
        for a in last:
            self._take(len(first))
            self._next[a].update(first)

    def _part(self, item: tuple[Any, Any], loops: tuple[int, ...]) -> _Part:
        name, held = str(item[0]), item[1]
        match name:
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                return self._place(name, held, loops)
            case "SUBPATTERN":
                # A class that leaves out one case takes more than one that leaves out both.
                if held[2] and any(leaving_out(*one) for one in items(held[3])):
                    raise Refused("a class that leaves letters out, where case counts")
                return self._sequence(held[3], loops)
            case "ATOMIC_GROUP":
                return self._sequence(held, loops)
            case "BRANCH":
                parts = [self._sequence(branch, loops) for branch in held[1]]
                self._nothing(sum(part.empty for part in parts), loops)
                return _Part(
                    tuple(x for part in parts for x in part.first),
                    tuple(x for part in parts for x in part.last),
                    any(part.empty for part in parts),
                )
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeat(held, loops)
            case "ASSERT" | "ASSERT_NOT":
                self._look(held[1], loops)
                return _NOTHING
            case "AT":
                return _NOTHING
        raise Refused(f"{name.lower().replace('_', ' ')}: its cost cannot be told")

    def _place(self, name: str, held: Any, loops: tuple[int, ...]) -> _Part:
        if len(self._masks) >= _PLACES:
            raise Refused("it has too many places where it can go on")
        self._masks.append(self._mask(name, held))
        self._next.append(Counter())
        self._within.append(loops)
        only = (len(self._masks) - 1,)
        return _Part(only, only, False)

    def _repeat(self, held: Any, loops: tuple[int, ...]) -> _Part:
        least, most, body = int(held[0]), int(held[1]), held[2]
        if most == 0:
            return _NOTHING
        if most <= self._small:
            part = self._sequence(body, loops)
            self._nothing(part.empty + (least == 0), loops)
            return part._replace(empty=part.empty or least == 0)
        low, high = body.getwidth()
        self._choices.append(max(min(_WIDE, high * most) - low * least + 1, 1))
        part = self._sequence(body, (*loops, len(self._choices) - 1))
        if part.empty:
            raise Refused("a repeat of what may be empty")
        self._lead(part.last, part.first)
        return part._replace(empty=least == 0)

    def _nothing(self, ways: int, loops: tuple[int, ...]) -> None:
        """In how many ways a piece can match nothing: that leaves no trace among the places."""
        if ways > 1 and loops:
            raise Refused("a repeat of what can match nothing in several ways")
        self._looks = min(self._looks * max(ways, 1), _WIDE)

    def _look(self, body: Any, loops: tuple[int, ...]) -> None:
        """A look ahead or behind is a pattern of its own; in a loop it is tried every time."""
        inner = _Machine(self._letters, self._small, self._effort)
        ways = inner.cost(body).ways
        if loops and inner._choices:
            ways *= int(min(body.getwidth()[1], _WIDE))
        self._looks = min(self._looks * ways, _WIDE)

    # What places take.

    def _mask(self, name: str, held: Any) -> int:
        key = name, str(held)
        if key not in self._known:
            self._take(len(self._letters) * (len(held) if name == "IN" else 1))
            taken = (1 << i for i, c in enumerate(self._letters) if takes(name, held, c))
            self._known[key] = sum(taken)
        return self._known[key]

    # In how many ways loops can part a text.

    def _loops(self) -> tuple[int, str]:
        found = [knot for knot in knots(self._next) if self._turning(knot)]
        for knot in found:
            self._refuse_doubling(knot)
        reach = [self._reached(min(knot)) for knot in found]
        times = [1] * len(found)
        before: dict[int, list[int]] = {i: [] for i in range(len(found))}
        for i, one in enumerate(found):
            for j, other in enumerate(found):
                if i != j and min(other) in reach[i]:
                    before[j].append(i)
                    if self._shares(one, other):
                        times[j] = max(times[j], min(self._lengths(one), self._lengths(other)))
        # The most that stand one behind the other, multiplied.
        total: dict[int, int] = {}

        def along(j: int) -> int:
            if j not in total:
                total[j] = times[j] * max((along(i) for i in before[j]), default=1)
            return total[j]

        ways = max((along(j) for j in range(len(found))), default=1)
        return ways, "repeats, one behind the other, that match the same text" if ways > 1 else ""

    def _turning(self, knot: Sequence[int]) -> bool:
        return len(knot) > 1 or knot[0] in self._next[knot[0]]

    def _lengths(self, knot: Sequence[int]) -> int:
        """In how many lengths the loop of `knot` can match: those of its outermost repeat."""
        return self._choices[self._within[knot[0]][0]] if self._within[knot[0]] else 1

    def _reached(self, place: int) -> set[int]:
        seen, left = {place}, [place]
        while left:
            onward = self._next[left.pop()]
            self._take(len(onward))
            left += onward.keys() - seen
            seen |= onward.keys()
        return seen

    def _refuse_doubling(self, knot: Sequence[int]) -> None:
        """Raise Refused if a loop comes back to one place by two ways on the same text."""
        inside = set(knot)
        doubled = "a repeat inside a repeat, or alternatives in one, that match the same text"
        if any(n > 1 for p in knot for x, n in self._next[p].items() if x in inside):
            raise Refused(doubled)
        # Pairs of places that two ways may have reached by the same letters.
        left = [(p, p) for p in knot]
        seen = set(left)
        back: dict[tuple[int, int], list[tuple[int, int]]] = {}
        while left:
            pair = left.pop()
            xs, ys = (self._next[p].keys() & inside for p in pair)
            self._take(1 + len(xs) * len(ys))
            for x in xs:
                for y in ys:
                    if self._masks[x] & self._masks[y]:
                        back.setdefault((x, y), []).append(pair)
                        if (x, y) not in seen:
                            seen.add((x, y))
                            left.append((x, y))
        left = [(p, p) for p in knot]
        found = set(left)
        while left:
            for pair in back.get(left.pop(), ()):
                if pair[0] != pair[1]:
                    raise Refused(doubled)
                if pair not in found:
                    found.add(pair)
                    left.append(pair)

    def _shares(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """True if a text can stay in the loop `one`, go from it to `other`, or stay there."""
        here, there = set(one), set(other)
        self._take(len(one) * len(other))
        met = [any(self._masks[p] & self._masks[q] for q in other) for p in one]
        return any(met) and any(self._parts(p, q, here, there) for p in one for q in other)

    def _parts(self, p: int, q: int, here: set[int], there: set[int]) -> bool:
        """True if the same letters lead from `p` to `p`, from `p` to `q` and from `q` to `q`."""
        left = [(p, p, q)]
        seen = set(left)
        while left:
            a, b, c = left.pop()
            xs, zs = self._next[a].keys() & here, self._next[c].keys() & there
            self._take(1 + len(xs) * len(zs))
            for x in xs:
                for z in zs:
                    both = self._masks[x] & self._masks[z]
                    self._take(len(self._next[b]) if both else 0)
                    for y in self._next[b] if both else ():
                        if both & self._masks[y] and (x, y, z) not in seen:
                            if (x, y, z) == (p, q, q):
                                return True
                            seen.add((x, y, z))
                            left.append((x, y, z))
        return False

    # In how many ways alternatives and what is optional can match, outside of loops.

    def _turns(self, items: Any, follow: int) -> int:
        """The ways of a sequence. `follow`: the letters that what is behind it may begin with."""
        ways = 1
        for i in range(len(items) - 1, -1, -1):
            name, held = str(items[i][0]), items[i][1]
            if name == "SUBPATTERN":
                ways *= self._turns(held[3], follow)
            elif name == "ATOMIC_GROUP":
                ways *= self._turns(held, follow)
            elif name == "BRANCH":
                ways *= self._branches(held[1], follow)
            elif name.endswith("REPEAT") and int(held[1]) <= self._small:
                ways *= self._turns(held[2], follow)
                if int(held[0]) == 0 and self._opening([*held[2]]) & (follow or -1):
                    ways *= 2
            ways = min(ways, _WIDE)
            opening = self._opening([items[i]])
            follow = opening | (follow if self._may_be_empty(items[i]) else 0)
        return ways

    def _branches(self, branches: Sequence[Any], follow: int) -> int:
        """Of alternatives those count that can match at the same place: one a beginning of the
        other, as far as their beginnings are plain."""
        heads = [self._head(branch) for branch in branches]
        self._take(len(heads) ** 2)
        most = 1
        for head in heads:
            alike = sum(all(x & y for x, y in zip(head, other, strict=False)) for other in heads)
            most = max(most, alike)
        return most * max(self._turns(branch, follow) for branch in branches)

    def _head(self, items: Any) -> list[int]:
        """What the first letters of a sequence are, as far as each is one."""
        out: list[int] = []
        for item in items:
            name, held = str(item[0]), item[1]
            if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
                out.append(self._mask(name, held))
            elif name == "SUBPATTERN" and len(held[3]) and not branching(held[3]):
                out += self._head(held[3])
            elif name != "AT":
                break
        return out

    def _opening(self, items: Iterable[Any]) -> int:
        """The letters that a sequence may begin with."""
        mask = 0
        for item in items:
            name, held = str(item[0]), item[1]
            if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
                return mask | self._mask(name, held)
            if name == "SUBPATTERN":
                mask |= self._opening(held[3])
            elif name == "ATOMIC_GROUP":
                mask |= self._opening(held)
            elif name == "BRANCH":
                for branch in held[1]:
                    mask |= self._opening(branch)
            elif name.endswith("REPEAT"):
                mask |= self._opening(held[2])
            if not self._may_be_empty(item):
                return mask
        return mask

    def _may_be_empty(self, item: Any) -> bool:
        name, held = str(item[0]), item[1]
        if name == "SUBPATTERN":
            return int(held[3].getwidth()[0]) == 0
        if name == "ATOMIC_GROUP":
            return int(held.getwidth()[0]) == 0
        if name == "BRANCH":
            return any(branch.getwidth()[0] == 0 for branch in held[1])
        if name.endswith("REPEAT"):
            return int(held[0]) == 0 or held[2].getwidth()[0] == 0
        return name in ("AT", "ASSERT", "ASSERT_NOT")


def _limit(token: re.Match[str]) -> str:
    if token["open"] is None:
        return token[0]
    least = int({"*": 0, "+": 1}.get(token["open"], token["least"] or 0))
    return f"{{{least},{max(least, LOOP)}}}{token['kind']}"


# What is escaped, classes, repeats without an upper bound, all other repeats, openings of groups.
_TOKEN = lazy(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>[*+]|\{(?P<least>\d*),\})(?P<kind>[+?]?)"
    r"|(?:\?|\{\d*,?\d+\})[+?]?|\(\?",
    re.DOTALL,
)
