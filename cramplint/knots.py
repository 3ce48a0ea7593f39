"""The knots of a graph: what can be reached from each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def knots(edges: Sequence[Iterable[int]]) -> list[list[int]]:
    """The strongly connected parts of a graph, by Tarjan's algorithm without recursion."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    held: set[int] = set()
    found = []
    for root in range(len(edges)):
        work = [] if root in order else [(root, iter(edges[root]))]
        while work:
            at, onward = work[-1]
            if at not in order:
                order[at] = low[at] = len(order)
                stack.append(at)
                held.add(at)
            for x in onward:
                if x not in order:
                    work.append((x, iter(edges[x])))
                    break
                if x in held:
                    low[at] = min(low[at], order[x])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == order[at]:
                    cut = stack.index(at)
                    found.append(stack[cut:])
                    held.difference_update(stack[cut:])
                    del stack[cut:]
    return found
