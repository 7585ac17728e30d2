"""Positions for graphs of any size, quickly: distances to a few pivots, then to all nodes, then room for each dot."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from nutrigraph.visualizations.geometry import Array
from nutrigraph.visualizations.stress import apart, distances, majorise

_PIVOTS: Final = 40
_ARRANGED: Final = 1000
"""Up to so many nodes all distances are looked at; with more that would take longer than a reader waits."""
_PARTED: Final = 2000
"""Up to so many nodes dots are kept off each other; of more a network never draws all at once."""
_ROUNDS: Final = 80


def spread(count: int, links: Sequence[tuple[int, int]], *, gap: float = 70.0) -> list[tuple[int, int]]:
    """A place for each of `count` nodes, about `gap` pixels from the next; the same links give the same places.

    Parts that nothing joins are laid out each on its own, the largest on top, the others in rows below it.
    """
    places = np.zeros((count, 2))
    parts = _parts(count, links)
    part_of = {node: number for number, part in enumerate(parts) for node in part}
    left, top, row, wide = 0.0, 0.0, 0.0, 0.0
    index = {node: place for part in parts for place, node in enumerate(part)}
    inside: dict[int, list[tuple[int, int]]] = {}
    for one, two in links:
        inside.setdefault(part_of[one], []).append((index[one], index[two]))
    for number, part in enumerate(parts):
        at = _one_part(len(part), inside.get(number, []))
        at -= at.min(axis=0)
        size = at.max(axis=0) + 1.6
        if left and left + size[0] > wide:
            left, top, row = 0.0, top + row, 0.0
        places[part] = at + np.array([left, top])
        left, row, wide = left + float(size[0]), max(row, float(size[1])), max(wide, float(size[0]))
    return [(round(float(x) * gap), round(float(y) * gap)) for x, y in places]


def _parts(count: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The nodes in groups that hang together, the largest group first."""
    leader = list(range(count))

    def find(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for one, two in links:
        one, two = sorted((find(one), find(two)))
        leader[two] = one
    groups: dict[int, list[int]] = {}
    for node in range(count):
        groups.setdefault(find(node), []).append(node)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def _one_part(count: int, links: Sequence[tuple[int, int]]) -> Array:
    """Places for nodes that hang together: neighbours a little more than 1 from each other, no dot on another."""
    rows = np.unique(np.sort(np.array([pair for pair in links if pair[0] != pair[1]]).reshape(-1, 2), axis=1), axis=0)
    near: list[set[int]] = [set() for _ in range(count)]
    for one, two in rows.tolist():
        near[one].add(two)
        near[two].add(one)
    turn = np.arange(count) * 2.399963  # nodes with the same distances to all pivots would lie on one point
    at = _from_pivots(near) + 0.05 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    if 1 < count <= _ARRANGED:
        # A link is as long as its ends have neighbours of their own, so that there is room around both.
        lengths = np.array([1.0 + len(near[one] ^ near[two]) ** 0.5 for one, two in rows.tolist()])
        steps = distances(count, rows, lengths)
        at = majorise(at * steps.max() / 2, steps, _ROUNDS) * (1.2 / lengths.mean())
    else:
        at *= count**0.5 / 1.6
    if count > _PARTED:
        return at
    return _parted(at, 0.14 + 0.06 * np.array([min(6.0, len(others) ** 0.5) for others in near]))


def _from_pivots(near: Sequence[Collection[int]]) -> Array:
    """Pivot MDS (Brandes and Pich): the two main directions in the distances to some nodes far from each other."""
    count = len(near)
    pivot, least, columns = 0, np.full(count, np.inf), []
    for _ in range(min(_PIVOTS, count)):
        steps = _steps(pivot, near)
        columns.append(steps)
        least = np.minimum(least, steps)
        pivot = int(np.argmax(least))
    table = np.stack(columns, axis=1) ** 2
    table -= table.mean(axis=0) + table.mean(axis=1)[:, None] - table.mean()
    _, axes = np.linalg.eigh(table.T @ table)
    at = np.zeros((count, 2))
    main = axes[:, ::-1][:, :2]
    main = main * np.where(main[np.abs(main).argmax(axis=0), np.arange(main.shape[1])] < 0, -1.0, 1.0)
    at[:, : main.shape[1]] = table @ main
    return at / max(float(np.abs(at).max()), 1e-9)


def _steps(start: int, near: Sequence[Collection[int]]) -> Array:
    """Links from a node to each other; what cannot be reached is a little further than all that can."""
    steps = np.full(len(near), -1.0)
    steps[start] = 0.0
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in near[node]:
            if steps[other] < 0:
                steps[other] = steps[node] + 1
                queue.append(other)
    return np.where(steps < 0, steps.max() + 2, steps)


def _parted(at: Array, radii: Array) -> Array:
    """Pushes dots of these radii off each other, each pair by as much as it overlaps."""
    for _ in range(_ROUNDS if len(at) <= _ARRANGED else _ROUNDS // 8):
        far = apart(at)
        one, two = np.nonzero(np.triu(far < radii[:, None] + radii, 1))
        if not len(one):
            break
        push = (at[one] - at[two]) * (0.45 * (radii[one] + radii[two]) / far[one, two] - 0.45)[:, None]
        at = at.copy()
        np.add.at(at, one, push)
        np.add.at(at, two, -push)
    return at
