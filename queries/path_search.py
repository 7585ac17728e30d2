"""The cheapest walks between two nodes of a graph, cheapest first.

Dijkstra's algorithm runs from both ends at once, until it is known what the cheapest walk costs, or that there is none:
each half looks at few nodes, also where every node has many neighbours. Then the walks grow from the start in the order
of what they will cost at least (A*, with what is known from the end), so that hardly a step is taken that leads to none
of the walks wanted; what is known from the end grows with them, so that neither half does much more work than the
other. A step has a kind, and two kinds that follow each other may cost something on top: both parts count that in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Final, NamedTuple

MOST_STEPS: Final = 50_000
"""So many steps are looked at before the search ends with the walks that it has."""
_SAME: Final = 1e-6


FORWARD: Final = 1
"""In a step's kind: it goes from an edge's subject to its object."""
HIERARCHY: Final = 2
"""In a step's kind: the object is something more general."""
_KINDS: Final = range(4)


class Link(NamedTuple):
    """A step that can be taken from a node: where it leads, what it costs, its kind (FORWARD, HIERARCHY, both or
    neither), along which edge."""

    other: int
    cost: float
    kind: int
    edge: int

    @property
    def is_forward(self) -> bool:
        return bool(self.kind & FORWARD)

    @property
    def in_hierarchy(self) -> bool:
        return bool(self.kind & HIERARCHY)

    def back_to(self, node: int) -> Link:
        """The same step taken back: it leads to `node`, from which this one starts."""
        return self._replace(other=node, kind=self.kind ^ FORWARD)


Links = Callable[[int], Sequence[Link]]
"""The steps that can be taken from a node. Every step can be taken back at the same cost."""
Turn = Callable[[int, int], float]
"""What it costs on top that a step of one kind is followed by one of the other; the same taken back."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The nodes from start to end and the steps between them, no node twice."""

    cost: float
    nodes: tuple[int, ...]
    links: tuple[Link, ...]


class _Step(NamedTuple):
    """A walk that is not at its end yet, by its last step."""

    least: float
    number: int
    cost: float
    node: int
    link: Link | None
    before: _Step | None


_NO_STEP: Final = len(_KINDS)
"""Instead of a kind where no step was taken."""


def cheapest_walks(links: Links, turn: Turn, start: int, end: int, wanted: int, dearest: float) -> list[Walk]:
    """The `wanted` cheapest walks from `start` to `end` (two nodes) that cost at most `dearest`, and those that cost
    as much as the last of them; of walks through the same nodes the cheapest one."""
    turns = [[turn(before, after) for after in _KINDS] for before in _KINDS]
    from_end = _Distances(links, turns, end, start, dearest)
    if not _meet(_Distances(links, turns, start, end, dearest), from_end, dearest):
        return []
    found: dict[tuple[int, ...], Walk] = {}
    number = count()
    waiting = [_Step(0.0, next(number), 0.0, start, None, None)]
    last = dearest
    looked_at = 0
    for _ in range(MOST_STEPS):
        if not waiting or waiting[0].least > last + _SAME:
            break
        step = heappop(waiting)
        if step.node == end:
            walk = _walk(step)
            if walk.nodes not in found:
                found[walk.nodes] = walk
                if len(found) == wanted:
                    last = walk.cost
            continue
        if step.link is not None:
            if step.node not in from_end.left:
                from_end.grow(looked_at)
            least = step.cost + from_end.least_after(step.link)
            if least > step.least + _SAME:
                heappush(waiting, _Step(least, *step[1:]))
                continue
        before = set(_nodes(step))
        after = turns[step.link.kind] if step.link else None
        for link in links(step.node):
            looked_at += 1
            if link.other in before:
                continue
            cost = step.cost + link.cost + (after[link.kind] if after else 0.0)
            least = max(step.least, cost + from_end.least_after(link))
            if least <= last + _SAME:
                heappush(waiting, _Step(least, next(number), cost, link.other, link, step))
    return list(found.values())


class _Distances:
    """How far the nodes around `origin` are from it, by Dijkstra's algorithm, which goes on as far as it is asked to
    and does not walk through `other_end`.

    `left` gives for a node what is left from there to the origin after a step to it of each kind.
    """

    def __init__(
        self, links: Links, turns: Sequence[Sequence[float]], origin: int, other_end: int, dearest: float
    ) -> None:
        self._links = links
        self._before = [*zip(*turns, strict=True), (0.0,) * len(_KINDS)]
        self._other_end = other_end
        self._dearest = dearest
        self._waiting: list[tuple[float, int, int]] = [(0.0, origin, _NO_STEP)]
        self.left: dict[int, list[float]] = {}
        self.looked_at = 0

    @property
    def reached(self) -> float:
        """Of what is not known yet, all is at least so far away."""
        return self._waiting[0][0] if self._waiting else inf

    def least_after(self, link: Link) -> float:
        """What a walk whose last step is `link` costs at least from there."""
        known = self.left.get(link.other)
        return self.reached if known is None else min(known[link.kind], self.reached)

    def grow(self, until: int) -> None:
        """Goes on until it has looked at so many links, if there are so many."""
        while self._waiting and self.looked_at < until:
            for _ in self.step():
                pass

    def step(self) -> Iterator[tuple[float, int, int]]:
        """Settles the nearest node that waits; gives how far those next to it are, and the kind of step from them."""
        far, node, kind = heappop(self._waiting)
        before = self._before[kind]
        left = self.left.setdefault(node, [inf] * len(_KINDS))
        better = [number for number, cost in enumerate(before) if far + cost < left[number]]
        for number in better:
            left[number] = far + before[number]
        if better and node != self._other_end:
            yield from self._spread(node, better)

    def _spread(self, node: int, kinds: Sequence[int]) -> Iterator[tuple[float, int, int]]:
        """Steps to `node` of those kinds."""
        left = self.left[node]
        links = self._links(node)
        self.looked_at += len(links)
        for link in links:
            kind = link.kind ^ FORWARD
            far = left[kind] + link.cost
            if kind in kinds and far <= self._dearest:
                known = self.left.get(link.other)
                if known is None or far < max(known):
                    heappush(self._waiting, (far, link.other, kind))
                yield far, link.other, kind


def _meet(from_start: _Distances, from_end: _Distances, dearest: float) -> bool:
    """Goes on from both ends until it is sure what the cheapest walk costs; whether there is one."""
    best = inf
    while from_start.reached + from_end.reached < min(best, dearest + _SAME):
        one, other = from_start, from_end
        if one.looked_at > other.looked_at:
            one, other = other, one
        for far, node, kind in one.step():
            if node in other.left:
                best = min(best, far + other.left[node][kind ^ FORWARD])
    return best <= dearest + _SAME


def _nodes(step: _Step | None) -> Iterator[int]:
    while step is not None:
        yield step.node
        step = step.before


def _walk(step: _Step) -> Walk:
    links: list[Link] = []
    nodes = tuple(_nodes(step))[::-1]
    here: _Step | None = step
    while here is not None and here.link is not None:
        links.append(here.link)
        here = here.before
    return Walk(step.cost, nodes, tuple(reversed(links)))
