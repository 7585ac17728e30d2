"""Boxes leave their first places for others where fewer lines cross, and fewer run through boxes.

Heat-bath annealing: in each round each box chooses among some places, the cheaper the likelier, and all but surely the
cheapest as the heat falls. Which places it is offered follows from its name alone, so that a map stays much as it was
when a concept is added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Final
from zlib import crc32

import numpy as np

from nutrigraph.visualizations.geometry import Array, Mask, Real, cross, hits
from nutrigraph.visualizations.scene import Scene

_ROUNDS: Final = 40
_NEAR, _FAR = 10, 4
"""How many places around it, and how many anywhere, a box is offered in a round."""
_HEAT: Final = 0.3
_THROUGH_BOX, _HOME, _CROWD = 0.3, 1.0, 0.006
"""What it costs, in crossings: a line through a box, to be as far from home as the sheet is wide, a box very near."""
_CLEAR: Final = 10.0
"""Pixels that lines keep away from boxes, so that they need not bend around them."""


def untangle(scene: Scene, names: Sequence[str]) -> None:
    """Moves the boxes of a scene, which are then at home where they are. Measures in parts of the sheet, so that its
    width counts as much as its height."""
    scene.home = scene.at
    if not scene.crossings():
        return
    edge = scene.half.max(axis=0) + scene.margin
    room = np.maximum(scene.sheet - 2 * edge, 1.0)
    boxes = _Boxes(scene, (scene.at - edge) / room, (scene.half + _CLEAR) / room)
    streams = [Random(crc32(name.encode("utf-8", "surrogatepass"))).random for name in names]
    best, fewest = boxes.at.copy(), np.inf
    for number in range(_ROUNDS):
        left = 1 - number / _ROUNDS
        for box in boxes.joined:
            boxes.choose(box, streams[box], _HEAT * left**1.5, 0.06 + 0.5 * left)
        if (crossings := boxes.crossings()) <= fewest:
            best, fewest = boxes.at.copy(), crossings
        if not fewest and left < 0.5:
            break
    scene.at = scene.home = scene.kept(best * room + edge, scene.half)


class _Boxes:
    """The boxes of a scene as points `at` of the unit square, each with its `half` of width and height."""

    def __init__(self, scene: Scene, at: Array, half: Array) -> None:
        self.at, self.half, self._home = at, half, at.copy()
        self._links = scene.links
        everyone = range(len(at))
        self.joined = [box for box in everyone if len(scene.links_of(box))]
        self._far = [scene.neighbours(box) for box in everyone]
        self._others = [scene.links_not_of(box) for box in everyone]
        self._apart = ~scene.joined
        self._mine = [self._apart[np.ix_(scene.links_of(box), others)] for box, others in enumerate(self._others)]

    def choose(self, box: int, draw: Callable[[], float], heat: float, reach: float) -> None:
        """Moves a box to one of some places, up to `reach` away or anywhere: the cheapest as `heat` has it."""
        count = 1 + _NEAR + _FAR
        drawn = np.array([draw() for _ in range(2 * _NEAR + 2 * _FAR + count)], dtype=Real)
        turn, away = 2 * np.pi * drawn[:_NEAR], reach * np.sqrt(drawn[_NEAR : 2 * _NEAR])
        around = np.stack([np.cos(turn), np.sin(turn)], axis=1) * away[:, None]
        anywhere = drawn[2 * _NEAR : -count].reshape(-1, 2)
        places = np.concatenate([self.at[box, None], self.at[box] + around, anywhere])
        places = 1 - np.abs(1 - np.abs(places) % 2)  # those off the sheet are mirrored back onto it
        chance = -np.log(-np.log(np.clip(drawn[-count:], 1e-6, 1 - 1e-6)))  # of Gumbel's distribution
        self.at[box] = places[int(np.argmin(self._costs(box, places) - heat * chance))]

    def crossings(self) -> int:
        """How often lines cross, twice."""
        start, end = self.at[self._links[:, 0]], self.at[self._links[:, 1]]
        return int((cross(start[:, None], end[:, None], start, end) & self._apart).sum())

    def _costs(self, box: int, places: Array) -> Array:
        """What each place of a box would cost, in crossings."""
        here, far, others = places[:, None], self._far[box], self._links[self._others[box]]
        end, start_o, end_o = self.at[far], self.at[others[:, 0]], self.at[others[:, 1]]
        crossed = cross(here[:, None], end[:, None], start_o, end_o) & self._mine[box]
        cost: Array = crossed.sum(axis=(1, 2)).astype(Real)
        run: Mask = hits(here[:, None], end[:, None], self.at, self.half)
        run[:, :, box] = False
        run[:, np.arange(len(far)), far] = False
        cost += _THROUGH_BOX * (run.sum(axis=(1, 2)) + hits(start_o, end_o, here, self.half[box]).sum(axis=1))
        square = ((here - self.at) ** 2).sum(axis=-1)
        square[:, box] = np.inf
        cost += _CROWD * (1 / (len(self.at) * square + 0.05)).sum(axis=1)
        cost += _HOME * np.sqrt(((places - self._home[box]) ** 2).sum(axis=1))
        return cost
