"""Boxes, lines and labels while they are being moved, and what a place for a box costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from nutrigraph.visualizations.geometry import Array, cross, hits, inside, overlap

if TYPE_CHECKING:
    from nutrigraph.visualizations.layout import Size

Rows = NDArray[np.int64]

_TRIED: Final = 36
_LABEL_PLACES: Final = np.array([0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74])
_GAP: Final = 8.0

# What a fault costs. A crossing reads better than anything that covers text.
_BOX_ON_BOX, _ON_BOX, _ON_LABEL, _THROUGH_BOX, _THROUGH_LABEL, _CROSSING = 90.0, 60.0, 60.0, 60.0, 24.0, 40.0


class Scene:
    """A sheet `width` pixels wide with boxes, links between two of them, and a label on each link.

    Lines run from centre to centre and are drawn between the borders. `at` holds the boxes' centres, `along` how far
    along the drawn part of its line each label sits.
    """

    def __init__(
        self,
        boxes: Sequence[Size],
        links: Sequence[tuple[int, int]],
        labels: Sequence[Size],
        *,
        width: int,
        margin: float,
    ) -> None:
        self.half = np.array([(box.width / 2 + 1, box.height / 2 + 1) for box in boxes], dtype=np.float64)
        label_half = [(label.width / 2 + 1, label.height / 2 + 1) for label in labels]
        self.label_half = np.array(label_half, dtype=np.float64).reshape(-1, 2)
        self.links = np.array(links, dtype=np.int64).reshape(-1, 2)
        self.margin = margin
        taken = 4 * float(np.prod(self.half + 8, axis=1).sum() + np.prod(self.label_half + 4, axis=1).sum())
        self.sheet = np.array([float(width), max(3.4 * taken / width, 4 * self.half[:, 1].max() + 2 * margin)])
        self.along = np.full(len(self.links), 0.5)
        self.at = self._first_arrangement()
        self.random = _stream(0)
        touches = (self.links[None] == np.arange(len(boxes))[:, None, None]).any(axis=2)
        self._mine = [np.flatnonzero(row) for row in touches]
        self._others = [np.flatnonzero(~row) for row in touches]
        self._order = np.argsort([-len(links) for links in self._mine], kind="stable")

    def copy(self, seed: int) -> Scene:
        """The same scene, to be moved by another stream of chance."""
        twin = object.__new__(Scene)
        twin.__dict__.update(self.__dict__)
        twin.sheet, twin.along, twin.at = self.sheet.copy(), self.along.copy(), self.at.copy()
        twin.random = _stream(seed)
        return twin

    def sweep(self, *, reach: float, noise: float, labels: bool) -> None:
        """Moves each box once, those with most links first, to the best of some places within `reach` (a fraction of
        the sheet); `noise` lets it take a worse one. Without `labels` only boxes and lines count."""
        for box in self._order:
            places = self._places(box, reach)
            costs = self._costs(box, places, labels) + noise * self.random.random_sample(len(places))
            self.at[box] = places[int(np.argmin(costs))]

    def stretch(self, factor: float) -> None:
        """A taller sheet, and everything on it further apart."""
        self.sheet[1] *= factor
        self.at[:, 1] *= factor

    def place_labels(self) -> None:
        """Slides each label along its line to where it covers least, the middle if that is as good as anywhere."""
        start, end = self._ends()
        centres = self.label_centres()
        for link, (one, two) in enumerate(self.links):
            others = np.arange(len(self.links)) != link
            half = self.label_half[link]
            here = _on_line(start[link], end[link], self.half[one], self.half[two], _LABEL_PLACES)
            places = here[:, None]
            cost = np.abs(_LABEL_PLACES - 0.5)
            cost += _ON_BOX * (overlap(places, half, self.at, self.half + 2) > 0).sum(axis=1)
            cost += _ON_LABEL * (overlap(places, half + 2, centres[others], self.label_half[others]) > 0).sum(axis=1)
            cost += _THROUGH_LABEL * hits(start[others], end[others], places, half + 1).sum(axis=1)
            best = int(np.argmin(cost))
            self.along[link], centres[link] = _LABEL_PLACES[best], here[best]

    def label_centres(self) -> Array:
        start, end = self._ends()
        return _on_line(start, end, self.half[self.links[:, 0]], self.half[self.links[:, 1]], self.along)

    def extent(self) -> tuple[float, float]:
        """The topmost and the bottommost pixel that something is drawn on."""
        centres = self.label_centres()
        tops = np.concatenate([self.at - self.half, centres - self.label_half])[:, 1]
        bottoms = np.concatenate([self.at + self.half, centres + self.label_half])[:, 1]
        return float(tops.min()), float(bottoms.max())

    def faults(self) -> int:
        """How many boxes and labels cover each other or are run through by a line that is not theirs."""
        start, end = self._ends()
        centres, half = self.label_centres(), self.label_half
        own = (self.links[:, :, None] == np.arange(len(self.at))).any(axis=1)
        other = ~np.eye(len(self.links), dtype=bool)
        boxes = np.triu(overlap(self.at[:, None], self.half[:, None], self.at, self.half) > 0, 1)
        labels = np.triu(overlap(centres[:, None], half[:, None], centres, half) > 0, 1)
        on_box = overlap(centres[:, None], half[:, None], self.at, self.half) > 0
        through_box = hits(start[:, None], end[:, None], self.at, self.half) & ~own
        through_label = hits(start[:, None], end[:, None], centres, half) & other
        return sum(int(found.sum()) for found in (boxes, labels, on_box, through_box, through_label))

    def crossings(self) -> int:
        """How many pairs of lines cross."""
        start, end = self._ends()
        joined = (self.links[:, None, :, None] == self.links[None, :, None, :]).any(axis=(2, 3))
        return int(np.triu(cross(start[:, None], end[:, None], start, end) & ~joined, 1).sum())

    def _ends(self) -> tuple[Array, Array]:
        return self.at[self.links[:, 0]], self.at[self.links[:, 1]]

    def _first_arrangement(self) -> Array:
        """Boxes as far from each other as the graph has them, filling the sheet, the first in the middle."""
        count = len(self.half)
        turn = np.arange(count) * 2.399963  # by the golden angle no two start in the same direction
        start = np.sqrt(np.arange(count))[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        at = majorise(start, distances(count, self.links), 80)
        at -= at[0]
        room = self.sheet / 2 - self.half.max(axis=0)
        return self._kept(self.sheet / 2 + at / np.maximum(np.abs(at).max(axis=0), 1e-6) * room, self.half)

    def _kept(self, places: Array, half: Array) -> Array:
        """Places moved onto the sheet."""
        edge = half + self.margin
        kept: Array = np.clip(places, np.minimum(edge, self.sheet / 2), np.maximum(self.sheet - edge, self.sheet / 2))
        return kept

    def _places(self, box: np.intp, reach: float) -> Array:
        """Where a box could go: where it is, around there, and a few places anywhere on the sheet."""
        around = self.random.random_sample((_TRIED, 2)) * 2.0 - 1.0
        places = self.at[box] + around * np.abs(around) * reach * self.sheet
        if reach > 0.02:
            anywhere = _TRIED // 5
            places[:anywhere] = self.random.random_sample((anywhere, 2)) * self.sheet
        return self._kept(np.concatenate([self.at[box][None], places]), self.half[box])

    def _costs(self, box: np.intp, places: Array, labels: bool) -> Array:
        """What each place of a box would cost; only what moves with the box is counted."""
        here = places[:, None]
        mine, others = self._mine[box], self._others[box]
        two = self.links[mine]
        far = np.where(two[:, 0] == box, two[:, 1], two[:, 0])
        end = self.at[far]
        start_o, end_o = self.at[self.links[others, 0]], self.at[self.links[others, 1]]
        joined = (self.links[others] == far[:, None, None]).any(axis=2)
        crossed = cross(here[:, :, None], end[:, None], start_o, end_o) & ~joined
        cost = self._cost_of_box(here, box, 2 * _GAP if labels else 40.0)
        cost += _THROUGH_BOX * hits(start_o, end_o, here, self.half[box] + 4).sum(axis=1)
        cost += _THROUGH_BOX * self._run_through(here, end, far, box) + _CROSSING * crossed.sum(axis=(1, 2))
        if not labels:
            cost += 0.03 * np.sqrt(((end - here) ** 2).sum(axis=-1)).sum(axis=1)
            return cost
        along = np.where(two[:, 0] == box, self.along[mine], 1.0 - self.along[mine])
        centre = _on_line(here, end, self.half[box], self.half[far], along)
        half, centre_o, half_o = self.label_half[mine], self.label_centres()[others], self.label_half[others]
        cost += self._cost_of_lengths(here, end, self.half[box], self.half[far], half)
        cost += self._cost_of_own_labels(here, end, centre, half, box)
        cost += _ON_BOX * (overlap(here, self.half[box] + 2, centre_o, half_o) > 0).sum(axis=1)
        touch = overlap(centre[:, :, None], half[:, None] + 2, centre_o, half_o) > 0
        under = hits(start_o, end_o, centre[:, :, None], half[:, None] + 1)
        over = hits(here[:, :, None], end[:, None], centre_o, half_o + 1)
        cost += _ON_LABEL * touch.sum(axis=(1, 2)) + _THROUGH_LABEL * (under.sum(axis=(1, 2)) + over.sum(axis=(1, 2)))
        return cost

    def _cost_of_box(self, here: Array, box: np.intp, gap: float) -> Array:
        """Covering other boxes, and (a little) being far from the middle, for the first box more."""
        depth = overlap(here, self.half[box] + gap, self.at, self.half)
        depth[:, box] = 0.0
        away = np.abs(here[:, 0] / self.sheet - 0.5).sum(axis=1)
        cost: Array = ((depth > 0) * _BOX_ON_BOX + depth * 2.0).sum(axis=1) + away * (16.0 if box == 0 else 3.0)
        return cost

    def _run_through(self, here: Array, end: Array, far: Rows, box: np.intp) -> Array:
        """How many boxes the box's own lines run through."""
        passed = hits(here[:, :, None], end[:, None], self.at, self.half + 4)
        passed[:, np.arange(len(far)), far] = False
        passed[:, :, box] = False
        count: Array = passed.sum(axis=(1, 2)).astype(np.float64)
        return count

    def _cost_of_own_labels(self, here: Array, end: Array, centre: Array, half: Array, box: np.intp) -> Array:
        """The labels of the box's own lines on boxes, on each other, and on the other lines of the box."""
        on_box = overlap(centre[:, :, None], half[:, None], self.at, self.half + 2) > 0
        on_box[:, :, box] = overlap(centre, half, here, self.half[box] + 2) > 0
        other = ~np.eye(len(half), dtype=bool)
        touch = (overlap(centre[:, :, None], half[:, None] + 2, centre[:, None], half) > 0) & other
        run = hits(here[:, :, None], end[:, None], centre[:, None], half + 1) & other
        cost: Array = _ON_BOX * on_box.sum(axis=(1, 2)) + _ON_LABEL / 2 * touch.sum(axis=(1, 2))
        cost += _THROUGH_LABEL * run.sum(axis=(1, 2))
        return cost

    @staticmethod
    def _cost_of_lengths(here: Array, end: Array, half: Array, end_half: Array, label_half: Array) -> Array:
        """Lines too short for label and arrowhead (much), or longer than need be (a little)."""
        step = end - here
        length = np.sqrt((step**2).sum(axis=-1))
        drawn = length * (1.0 - inside(step, half) - inside(step, end_half))
        needed = 2.0 * length * inside(step, label_half + 13.0)
        cost: Array = (np.maximum(needed - drawn, 0.0) * 0.5 + np.maximum(drawn - needed, 0.0) * 0.03).sum(axis=1)
        return cost


def _stream(seed: int) -> np.random.RandomState:
    """A stream of random numbers that is frozen for good; that of numpy's newer generators is not."""
    return np.random.RandomState(seed)


def _on_line(start: Array, end: Array, half: Array, end_half: Array, along: Array) -> Array:
    """A point `along` the part of a line that is drawn between two boxes (0 at the first, 1 at the second)."""
    step = end - start
    first, last = inside(step, half), 1.0 - inside(step, end_half)
    point: Array = start + step * (first + along * (last - first))[..., None]
    return point


def distances(count: int, links: Rows) -> Array:
    """Steps from each box to each other; boxes that nothing joins are a step further than any that are joined."""
    steps = np.full((count, count), np.inf)
    near = np.zeros((count, count), dtype=bool)
    near[links[:, 0], links[:, 1]] = near[links[:, 1], links[:, 0]] = True
    reached = np.eye(count, dtype=bool)
    edge, step = reached, 0
    while edge.any():
        steps[edge] = step
        edge = (edge.astype(np.float32) @ near.astype(np.float32) > 0) & ~reached
        reached, step = reached | edge, step + 1
    return np.where(np.isinf(steps), float(step), steps)


def majorise(at: Array, steps: Array, rounds: int) -> Array:
    """Moves points so that their distances come near `steps` (stress majorisation, one point's mean at a time)."""
    weight = 1.0 / np.maximum(steps, 1.0) ** 2
    np.fill_diagonal(weight, 0.0)
    total = np.maximum(weight.sum(axis=1), 1e-9)[:, None]
    for _ in range(rounds):
        apart = at[:, None] - at
        far = np.sqrt((apart**2).sum(axis=-1))
        pull = np.where(far > 1e-9, weight * steps / np.maximum(far, 1e-9), 0.0)
        at = (weight @ at + (pull[..., None] * apart).sum(axis=1)) / total
    return at
