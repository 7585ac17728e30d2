"""What is above what: cycles and shortcuts in a hierarchy, without recursion and in bounded time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final

Above = Mapping[str, Collection[str]]
"""For each thing those directly above it."""
STEPS: Final = 5_000_000
"""Searches upwards stop after so many steps: a hostile file must not hold up a check for ever."""


def cycles(above: Above) -> Iterator[list[str]]:
    """The groups of things each of which is above all others of its group and itself, sorted (Tarjan's algorithm)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for start in above:
        if start in number:
            continue
        work: list[tuple[str, Iterator[str]]] = []
        _enter(start, above, number, low, path, on_path, work)
        while work:
            node, parents = work[-1]
            parent = next(parents, None)
            if parent is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    group = _leave(node, path, on_path)
                    if len(group) > 1 or node in above.get(node, ()):
                        yield sorted(group)
            elif parent not in number:
                _enter(parent, above, number, low, path, on_path, work)
            elif parent in on_path:
                low[node] = min(low[node], number[parent])


def _enter(
    node: str,
    above: Above,
    number: dict[str, int],
    low: dict[str, int],
    path: list[str],
    on_path: set[str],
    work: list[tuple[str, Iterator[str]]],
) -> None:
    number[node] = low[node] = len(number)
    path.append(node)
    on_path.add(node)
    work.append((node, iter(above.get(node, ()))))


def _leave(node: str, path: list[str], on_path: set[str]) -> list[str]:
    group: list[str] = []
    while not group or group[-1] != node:
        group.append(path.pop())
    on_path.difference_update(group)
    return group


class Climber:
    """Answers what is above something; gives up (`tired`) after STEPS steps in all."""

    def __init__(self, above: Above) -> None:
        self._above = above
        self._depth = depths(above)
        self._left = STEPS

    @property
    def tired(self) -> bool:
        """Whether some answers were cut short."""
        return self._left <= 0

    def ancestors(self, start: str) -> set[str]:
        """Everything above `start`; itself only if it is in a cycle."""
        return self._reached([start], -1)

    def shortcuts(self, start: str) -> list[str]:
        """What stands directly above `start` although a longer way leads there too; nothing below a cycle."""
        direct = set(self._above.get(start, ())) - {start}
        if len(direct) < 2 or start not in self._depth:
            return []
        return sorted(direct & self._reached(direct, min(self._depth[one] for one in direct)))

    def _reached(self, starts: Collection[str], least: int) -> set[str]:
        """Everything above `starts` down to that depth (0 is the top)."""
        found: set[str] = set()
        todo = list(starts)
        while todo and self._left > 0:
            self._left -= 1
            for node in self._above.get(todo.pop(), ()):
                if node not in found and self._depth.get(node, least) >= least:
                    found.add(node)
                    todo.append(node)
        return found


def depths(above: Above) -> dict[str, int]:
    """How many steps the longest way to a top has; without what is in a cycle or below one."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    waiting = {node: len(parents) for node, parents in above.items()}
    for node, parents in above.items():
        for parent in parents:
            below[parent].append(node)
            waiting.setdefault(parent, 0)
    found = {node: 0 for node, count in waiting.items() if count == 0}
    todo = list(found)
    while todo:
        node = todo.pop()
        for child in below[node]:
            waiting[child] -= 1
            if waiting[child] == 0:
                found[child] = 1 + max(found[parent] for parent in above[child])
                todo.append(child)
    return found
