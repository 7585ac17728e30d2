"""Positions for graphs of any size, quickly: distances to a few pivots first, then neighbours are given room."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutrigraph.visualizations.geometry import Array

_PIVOTS = 40
_ROUNDS = 60
_PUSHED_IN_FULL = 1500
"""Up to so many nodes everything pushes everything; more would take longer than a reader waits."""


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
    """Places for nodes that hang together, about 1 from each other."""
    at = _from_pivots(count, links)
    turn = np.arange(count) * 2.399963  # nodes with the same distances to all pivots would lie on one point
    at += 0.12 * np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.sqrt(1 + np.arange(count))[:, None] / count**0.5
    at *= count**0.5 / max(float(np.abs(at).max()), 1e-9) / 1.6
    if 1 < count <= _PUSHED_IN_FULL:
        at = _relaxed(at, np.array(links, dtype=np.int64).reshape(-1, 2).T)
    return at


def _from_pivots(count: int, links: Sequence[tuple[int, int]]) -> Array:
    """Pivot MDS (Brandes and Pich): the two main directions in the distances to some nodes far from each other."""
    near: list[list[int]] = [[] for _ in range(count)]
    for one, two in links:
        near[one].append(two)
        near[two].append(one)
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


def _steps(start: int, near: Sequence[Sequence[int]]) -> Array:
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


def _relaxed(at: Array, ends: NDArray[np.int64]) -> Array:
    """Fruchterman and Reingold's forces, at a falling temperature, with a light pull to the middle."""
    rounds = max(8, min(_ROUNDS, 30_000_000 // len(at) ** 2 // 4))
    one, two = ends
    for round_ in range(rounds):
        apart = at[:, None] - at
        square = np.maximum(np.einsum("ijk,ijk->ij", apart, apart), 0.01)
        move = np.einsum("ijk,ij->ik", apart, 1 / square) - 0.05 * at
        line = at[one] - at[two]
        pull = line * np.sqrt((line**2).sum(axis=-1))[:, None] * 0.6
        np.add.at(move, one, -pull)
        np.add.at(move, two, pull)
        length = np.maximum(np.sqrt((move**2).sum(axis=-1)), 1e-9)
        heat = 0.6 * (1 - round_ / rounds) + 0.02
        at = at + move / length[:, None] * np.minimum(length, heat)[:, None]
    return at
