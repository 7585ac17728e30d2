"""The cheapest walks between two nodes of a graph, cheapest first.

First Dijkstra's algorithm from the end tells how far from it everything near is; then the walks grow from the start in
the order of what they will cost at least (A*), so that hardly a step is taken that leads to none of the walks wanted.
A step has a kind, and two kinds that follow each other may cost something on top: both parts count that in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Final, NamedTuple

MOST_STEPS: Final = 50_000
"""So many steps are looked at before the search ends with the walks that it has."""
_SLACK: Final = 1.5
"""The distances are known for what is by so much further from the end than the start is."""
_SAME: Final = 1e-6


class Kind(NamedTuple):
    """`forward`: the step goes from an edge's subject to its object; `hierarchy`: that is something more general."""

    forward: bool
    hierarchy: bool


class Link(NamedTuple):
    """A step that can be taken from a node: where it leads, what it costs, along which edge."""

    other: int
    cost: float
    kind: Kind
    edge: int


Links = Callable[[int], Sequence[Link]]
"""The steps that can be taken from a node. Every step can be taken back at the same cost."""
Turn = Callable[[Kind, Kind], float]
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


def cheapest_walks(links: Links, turn: Turn, start: int, end: int, wanted: int, dearest: float) -> list[Walk]:
    """The `wanted` cheapest walks from `start` to `end` (two nodes) that cost at most `dearest`, and those that cost
    as much as the last of them; of walks through the same nodes the cheapest one."""
    distance, reached = _distances(links, turn, start, end, dearest)
    found: dict[tuple[int, ...], Walk] = {}
    number = count()
    waiting = [_Step(0.0, next(number), 0.0, start, None, None)] if start in distance else []
    last = dearest
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
        before = set(_nodes(step))
        for link in links(step.node):
            if link.other in before:
                continue
            cost = step.cost + link.cost + (turn(step.link.kind, link.kind) if step.link else 0.0)
            least = cost + _left(distance, reached, turn, link, end)
            if least <= last + _SAME:
                heappush(waiting, _Step(least, next(number), cost, link.other, link, step))
    return list(found.values())


def _distances(
    links: Links, turn: Turn, start: int, end: int, dearest: float
) -> tuple[dict[int, dict[Kind, float]], float]:
    """For the nodes near `end` what is left from there, by the kind of the next step; and how far that is known: what
    is not there is at least so far away. `start` is among them if it is not further away than `dearest`."""
    distance: dict[int, dict[Kind, float]] = {}
    number = count()
    waiting: list[tuple[float, int, int, Kind | None]] = [(0.0, next(number), end, None)]
    until = dearest
    while waiting:
        far, _, node, next_kind = heappop(waiting)
        if far > until:
            return distance, far
        known = distance.setdefault(node, {})
        if next_kind is not None:
            if next_kind in known:
                continue
            known[next_kind] = far
        if node == start:
            until = min(until, far + _SLACK)
            continue
        for link in links(node):
            if link.other == end:
                continue
            kind = Kind(not link.kind.forward, link.kind.hierarchy)
            if kind not in distance.get(link.other, ()):
                more = link.cost + (turn(kind, next_kind) if next_kind else 0.0)
                heappush(waiting, (far + more, next(number), link.other, kind))
    return distance, dearest


def _left(distance: dict[int, dict[Kind, float]], reached: float, turn: Turn, link: Link, end: int) -> float:
    """What a walk whose last step is `link` costs at least from there."""
    if link.other == end:
        return 0.0
    least = reached
    for kind, far in distance.get(link.other, {}).items():
        least = min(least, far + turn(link.kind, kind))
    return least


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
