"""Ways around boxes for the few lines that no bend keeps off them: the shortest way from corner to corner."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Final

import numpy as np

from nutrigraph.visualizations.geometry import Array, hits, inside, overlap
from nutrigraph.visualizations.scene import Scene

Route = tuple[tuple[int, int], ...]

_CLEAR: Final = 9.0
"""Pixels between a way and the boxes it goes around."""
_TURN: Final = 25.0
_LABEL: Final = 60.0
"""What a turn, and a label on the way, cost in pixels of a longer way."""
_STEP: Final = 6.0


def detours(scene: Scene, through: list[int], labels: Array) -> dict[int, Route]:
    """For each of these links the points where its line turns, on a way that runs through no box; `labels` are the
    centres of all labels, and those of these links are moved to where they cover least. A link for which there is no
    such way is left out."""
    half = scene.half + _CLEAR
    corners = (scene.at[:, None] + half[:, None] * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])).reshape(-1, 2)
    free = ((corners > 2) & (corners < scene.sheet - 2)).all(axis=1)
    free &= ~(overlap(corners[:, None], np.zeros(2), scene.at, half - 1) > 0).any(axis=1)
    ways = _Ways(scene, corners[free], labels.copy())
    found: dict[int, Route] = {}
    for link in through:
        one, two = (int(end) for end in scene.links[link])
        turns = _shortest(ways.lengths(scene.at[one], one), ways, ways.lengths(scene.at[two], two))
        if turns:
            found[link] = tuple((round(float(x)), round(float(y))) for x, y in ways.corners[turns])
            line = np.array([scene.at[one], *found[link], scene.at[two]], dtype=np.float64)
            for end, then, box in ((0, 1, one), (-1, -2, two)):
                way = line[then] - line[end]
                line[end] += way * inside(way, scene.half[box])
            labels[link] = label_place(scene, link, line, labels)
    return found


class _Ways:
    """The straight ways between corners, looked at once they are needed."""

    def __init__(self, scene: Scene, corners: Array, labels: Array) -> None:
        self.corners = corners
        self._boxes, self._half = scene.at, scene.half + _CLEAR - 1
        self._labels, self._label_half = labels, scene.label_half
        self._known: dict[int, Array] = {}

    def __getitem__(self, corner: int) -> Array:
        """How far it is from one corner to each other."""
        if corner not in self._known:
            self._known[corner] = self.lengths(self.corners[corner]) + _TURN
        return self._known[corner]

    def lengths(self, start: Array, own: int = -1) -> Array:
        """How far each corner is, with what labels on the way cost; infinity where a box but the `own` is between."""
        length: Array = np.sqrt(((self.corners - start) ** 2).sum(axis=-1))
        blocked = hits(start, self.corners[:, None], self._boxes, self._half)
        if own >= 0:
            blocked[:, own] = False
        length += _LABEL * hits(start, self.corners[:, None], self._labels, self._label_half).sum(axis=1)
        length[blocked.any(axis=1)] = np.inf
        return length


def _shortest(starts: Array, ways: _Ways, ends: Array) -> list[int]:
    """The corners on the shortest way (Dijkstra), none if there is no way."""
    best = starts.copy()
    before = np.full(len(starts), -1)
    queue = sorted((float(cost), corner) for corner, cost in enumerate(starts) if np.isfinite(cost))
    goal, last = np.inf, -1
    while queue:
        cost, corner = heappop(queue)
        if cost >= goal:
            break
        if cost > best[corner]:
            continue
        if cost + ends[corner] < goal:
            goal, last = cost + float(ends[corner]), corner
        reached = cost + ways[corner]
        nearer = np.flatnonzero(reached < best)
        best[nearer], before[nearer] = reached[nearer], corner
        for other in nearer.tolist():
            heappush(queue, (float(best[other]), other))
    turns: list[int] = []
    while last >= 0:
        turns.append(last)
        last = int(before[last])
    return turns[::-1]


def label_place(scene: Scene, link: int, line: Array, labels: Array) -> Array:
    """The place on a line (its points, from border to border) where its label covers least, the middle if that is as
    good as any."""
    steps = np.sqrt(((line[1:] - line[:-1]) ** 2).sum(axis=1))
    far = np.concatenate([[0.0], np.cumsum(steps)])
    along = np.arange(_STEP, max(float(far[-1]), 2 * _STEP), _STEP)
    places = np.stack([np.interp(along, far, line[:, axis]) for axis in (0, 1)], axis=1)
    half = scene.label_half[link]
    others = np.arange(len(labels)) != link
    cost = np.abs(along / max(float(far[-1]), _STEP) - 0.5)
    cost += 1000.0 * (overlap(places[:, None], half + 1, scene.at, scene.half + 1) > 0).sum(axis=1)
    cost += 1000.0 * (overlap(places[:, None], half + 1, labels[others], scene.label_half[others] + 1) > 0).sum(axis=1)
    cost += 1000.0 * ((places < half + 2) | (places > scene.sheet - half - 2)).any(axis=1)
    start, end = scene.ends()
    cost += 2.0 * hits(start[others], end[others], places[:, None], half + 1).sum(axis=1)
    best: Array = places[int(np.argmin(cost))]
    return best
