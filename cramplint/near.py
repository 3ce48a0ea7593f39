"""What somebody who wrote a name that is not known may have meant."""

from __future__ import annotations

from collections.abc import Iterable

_CLOSE = 60.0  # of 100
_TIED = 3  # names at most, where several are as near


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names in `known` that are most like `word`, the ties in their order; none if all are far.

    What stands behind the last "/" counts alone too: `list-lost` is near `artifact/list-lost`.

    >>> nearest("artefact/lst-lost", ["artifact/list-lost", "claim/cure"])
    ('artifact/list-lost',)
    """
    from rapidfuzz import fuzz  # takes a while to load, and is needed for mistakes only

    asked = word.replace("_", "-").casefold()
    tail = asked.rpartition("/")[2]
    less = 5 if tail == asked else 15

    def score(name: str) -> float:
        low = name.casefold()
        end = low.rpartition("/")[2]
        return max(fuzz.ratio(asked, low), fuzz.ratio(tail, end) - less if end != low else 0)

    scored = {name: score(name) for name in known}
    best = max(scored.values(), default=0)
    if best < _CLOSE:
        return ()
    return tuple(name for name, its in scored.items() if its > best - 1)[:_TIED]


def hint(word: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """ "did you mean …?", else `otherwise`, by default all that is known."""
    names = list(known)
    if near := nearest(word, names):
        return f"did you mean {' or '.join(near)}?"
    return "known: " + ", ".join(names) if otherwise is None else otherwise
