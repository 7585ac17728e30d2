"""Boxes, lines and labels while they are being moved, and what a place for a box costs."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Final

import numpy as np

from nutrigraph.visualizations.geometry import Array, Mask, Real, cross, hits, inside, overlap
from nutrigraph.visualizations.stress import Rows

if TYPE_CHECKING:
    from nutrigraph.visualizations.layout import Size

GAP: Final = 7.0
"""Pixels that a line keeps away from boxes that are not its own."""

_ON_BOX, _ON_LABEL, _THROUGH_BOX, THROUGH_LABEL, CROSSING = 50.0, 40.0, 90.0, 20.0, 60.0
"""What a fault costs. A crossing reads better than anything that covers text."""

_FROM_HOME: Final = 0.15
"""What a pixel away from home costs, so that a map stays as it was unless a fault is worth the move."""
_NEAR: Final = 6.0
_SHORT: Final = 2.0
"""What each pixel costs that a line lacks for its label with the head of the arrow."""
_ROOM_FOR_HEAD: Final = 16.0
_BOX_ON_BOX: Final = 120.0
_ALONG: Final = np.array([0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8], dtype=Real)


class Scene:
    """A sheet with boxes around `at`, links between two of them, and a label on each link, `along` its drawn part.

    `home` is where the boxes would be if they took no room; they are moved away from it only as far as that pays.

    Lines run from centre to centre and are drawn between the borders.
    """

    def __init__(self, boxes: Sequence[Size], links: Rows, labels: Sequence[Size], sheet: Array, margin: float) -> None:
        self.half = np.array([(box.width / 2, box.height / 2) for box in boxes], dtype=Real)
        self.label_half = np.array([(one.width / 2, one.height / 2) for one in labels], dtype=Real).reshape(-1, 2)
        self.links = links
        self.sheet = sheet.astype(Real)
        self.margin = margin
        self.at = np.zeros((len(boxes), 2), dtype=Real)
        self.along = np.full(len(links), 0.5, dtype=Real)
        self.bend = np.zeros((len(links), 2), dtype=Real)
        self.home = self.at
        touches = (links[None] == np.arange(len(boxes))[:, None, None]).any(axis=2)
        self._mine = [np.flatnonzero(row) for row in touches]
        self._others = [np.flatnonzero(~row) for row in touches]
        self.joined = (links[:, None, :, None] == links[None, :, None, :]).any(axis=(2, 3))
        self._weights = np.repeat([_THROUGH_BOX, THROUGH_LABEL], [len(boxes), len(links)])
        self.own = (links[:, :, None] == np.arange(len(boxes))).any(axis=1)

    def spread(self, at: Array) -> None:
        """Puts the boxes where an arrangement of any scale has them, filling the sheet."""
        room = self.sheet - 2 * (self.margin + self.half.max(axis=0))
        low, high = at.min(axis=0), at.max(axis=0)
        self.at = self.kept((at - (low + high) / 2) / np.maximum(high - low, 1e-6) * room + self.sheet / 2, self.half)

    def stretch(self, factor: float) -> None:
        """A taller sheet, and everything on it further apart."""
        taller = np.array([1.0, factor], dtype=Real)
        self.sheet = self.sheet * taller
        self.at, self.home = self.kept(self.at * taller, self.half), self.kept(self.home * taller, self.half)

    def ends(self) -> tuple[Array, Array]:
        return self.at[self.links[:, 0]], self.at[self.links[:, 1]]

    def links_of(self, box: int) -> Rows:
        """The links of a box."""
        return self._mine[box]

    def links_not_of(self, box: int) -> Rows:
        """All other links."""
        return self._others[box]

    def neighbours(self, box: int) -> Rows:
        """The boxes that a box has links with."""
        two = self.links[self._mine[box]]
        return np.where(two[:, 0] == box, two[:, 1], two[:, 0])

    def copy(self) -> Scene:
        """The scene as it is now."""
        twin = copy(self)
        twin.at, twin.along, twin.bend = self.at.copy(), self.along.copy(), self.bend.copy()
        return twin

    def label_centres(self) -> Array:
        start, end = self.ends()
        return on_line(start, end, self.half[self.links[:, 0]], self.half[self.links[:, 1]], self.along)

    def crossings(self) -> int:
        """How many pairs of lines cross."""
        return int(self._crossed().sum()) // 2

    def blame(self) -> Array:
        """For each box what the faults cost that it, its lines or their labels have a part in."""
        start, end = self.ends()
        boxes = overlap(self.at[:, None], self.half[:, None] + GAP, self.at, self.half + GAP) > 0
        np.fill_diagonal(boxes, False)
        through = self._through()
        cost = _BOX_ON_BOX * boxes.sum(axis=1) + _THROUGH_BOX * through.sum(axis=0)
        of_link = 2 * CROSSING * self._crossed().sum(axis=1) + _THROUGH_BOX * through.sum(axis=1)
        centres, half = self.label_centres(), self.label_half
        other = ~np.eye(len(self.links), dtype=bool)
        touch = (overlap(centres[:, None], half[:, None] + 2, centres, half + 2) > 0) & other
        on_box = overlap(centres[:, None], half[:, None] + 1, self.at, self.half + 1) > 0
        under = hits(start[:, None], end[:, None], centres, half + 1) & other
        cost += _ON_BOX * on_box.sum(axis=0)
        of_link += _ON_LABEL * touch.sum(axis=1) + _ON_BOX * on_box.sum(axis=1)
        of_link += THROUGH_LABEL * (under.sum(axis=0) + under.sum(axis=1))
        ends = self.half[self.links[:, 0]], self.half[self.links[:, 1]]
        drawn, needed = _lengths(end - start, *ends, half + _ROOM_FOR_HEAD)
        of_link += _SHORT * np.maximum(needed - drawn, 0.0)
        np.add.at(cost, self.links[:, 0], of_link)
        np.add.at(cost, self.links[:, 1], of_link)
        return np.asarray(cost)

    def sweep(self, boxes: Sequence[int], places: Array, anywhere: Array) -> None:
        """Moves each of `boxes` to where it costs least: `places` around where it is (offsets in pixels, the first of
        them none), and some `anywhere` on the sheet."""
        for box in boxes:
            tried = self.kept(np.concatenate([self.at[box] + places, anywhere]), self.half[box])
            self.at[box] = tried[int(np.argmin(self._costs(box, tried)))]

    def place_labels(self) -> None:
        """Slides each label along its line to where it covers least, the middle if that is as good as anywhere."""
        start, end = self.ends()
        centres = self.label_centres()
        rects = np.concatenate([self.at, centres])
        halves = np.concatenate([self.half + 2, self.label_half + 2])
        weights = np.concatenate([np.full(len(self.at), _ON_BOX), np.full(len(centres), _ON_LABEL)])
        count = len(self.at)
        for link, (one, two) in enumerate(self.links):
            half = self.label_half[link]
            here = on_line(start[link], end[link], self.half[one], self.half[two], _ALONG)
            places = here[:, None]
            weight = weights[count + link]
            weights[count + link] = 0.0
            cost = np.abs(_ALONG - 0.5) + (overlap(places, half + 2, rects, halves) > 0) @ weights
            cost += _NEAR * (overlap(places, half + 12, self.at, self.half) > 0).sum(axis=1)
            weights[count + link] = weight
            run = hits(start, end, places, half + 2)
            run[:, link] = False
            cost += THROUGH_LABEL * run.sum(axis=1)
            best = int(np.argmin(cost))
            self.along[link] = _ALONG[best]
            rects[count + link] = here[best]

    def shortage(self, box: int, places: Array, around: float) -> Array:
        """How many pixels the lines of a box are too short, at each of its places, for their labels with so much
        `around` them."""
        drawn, needed = self._lengths(box, places, around)
        short: Array = np.maximum(needed - drawn, 0.0).sum(axis=1)
        return short

    def _lengths(self, box: int, places: Array, around: float) -> tuple[Array, Array]:
        """How much of each line of a box is drawn, at each of its places, and how much its label takes."""
        far = self.neighbours(box)
        step = self.at[far] - places[:, None]
        return _lengths(step, self.half[box], self.half[far], self.label_half[self._mine[box]] + around)

    def _through(self) -> Mask:
        start, end = self.ends()
        return np.asarray(hits(start[:, None], end[:, None], self.at, self.half + GAP - 2) & ~self.own)

    def _crossed(self) -> Array:
        start, end = self.ends()
        return np.asarray((cross(start[:, None], end[:, None], start, end) & ~self.joined).astype(np.float64))

    def kept(self, places: Array, half: Array) -> Array:
        """Places moved onto the sheet."""
        edge = half + self.margin
        kept: Array = np.clip(places, np.minimum(edge, self.sheet / 2), np.maximum(self.sheet - edge, self.sheet / 2))
        return kept.astype(Real, copy=False)

    def _costs(self, box: int, places: Array) -> Array:
        """What each place of a box would cost; only what moves with the box is counted."""
        here = places[:, None]
        mine, others = self._mine[box], self._others[box]
        two = self.links[mine]
        far = np.where(two[:, 0] == box, two[:, 1], two[:, 0])
        end = self.at[far]
        start_o, end_o = self.at[self.links[others, 0]], self.at[self.links[others, 1]]
        half = self.half[box]
        depth = overlap(here, half + GAP, self.at, self.half + GAP)
        depth[:, box] = 0.0
        cost: Array = ((depth > 0) * _BOX_ON_BOX + depth * 2.0).sum(axis=1)
        away = np.abs(places - self.home[box]).sum(axis=1)
        cost += (12.0 if box == 0 else 2.0) * np.abs(places / self.sheet - 0.5).sum(axis=1) + _FROM_HOME * away
        cost += _THROUGH_BOX * hits(start_o, end_o, here, half + GAP).sum(axis=1)
        if not len(mine):
            return cost
        crossed = cross(here[:, :, None], end[:, None], start_o, end_o) & ~self.joined[mine][:, others]
        cost += 2 * CROSSING * crossed.sum(axis=(1, 2))
        half_o = self.label_half[others]
        centre_o = on_line(
            start_o, end_o, self.half[self.links[others, 0]], self.half[self.links[others, 1]], self.along[others]
        )
        cost += _ON_BOX * (overlap(here, half + 4, centre_o, half_o) > 0).sum(axis=1)
        rects, halves = np.concatenate([self.at, centre_o]), np.concatenate([self.half + GAP, half_o + 2])
        weights = self._weights[: len(rects)]
        run = hits(here[:, :, None], end[:, None], rects, halves)
        run[:, np.arange(len(far)), far] = False
        run[:, :, box] = False
        cost += (run @ weights).sum(axis=1)
        label_half = self.label_half[mine]
        drawn, needed = self._lengths(box, places, _ROOM_FOR_HEAD)
        cost += (np.maximum(needed - drawn, 0.0) * _SHORT + np.maximum(drawn - needed, 0.0) * 0.05).sum(axis=1)
        along = np.where(two[:, 0] == box, self.along[mine], 1.0 - self.along[mine])
        centre = on_line(here, end, half, self.half[far], along)
        own = np.arange(len(mine))
        touch = overlap(centre[:, :, None], label_half[:, None] + 2, rects, halves - GAP + 2) > 0
        touch[:, :, box] = overlap(centre, label_half, here, half + 2) > 0
        if len(mine) > 1:
            each = overlap(centre[:, :, None], label_half[:, None] + 2, centre[:, None], label_half + 2) > 0
            each[:, own, own] = False
            over = hits(here[:, :, None], end[:, None], centre[:, None], label_half + 1)
            over[:, own, own] = False
            cost += 0.5 * _ON_LABEL * each.sum(axis=(1, 2)) + THROUGH_LABEL * over.sum(axis=(1, 2))
        cost += _ON_BOX * touch.sum(axis=(1, 2))
        under = hits(start_o, end_o, centre[:, :, None], label_half[:, None] + 2)
        cost += THROUGH_LABEL * under.sum(axis=(1, 2))
        return cost


def on_line(start: Array, end: Array, half: Array, end_half: Array, along: Array) -> Array:
    """A point `along` the part of a line that is drawn between two boxes (0 at the first, 1 at the second)."""
    step = end - start
    first, last = inside(step, half), 1.0 - inside(step, end_half)
    point: Array = start + step * (first + along * (last - first))[..., None]
    return point


def _lengths(step: Array, half: Array, end_half: Array, label_half: Array) -> tuple[Array, Array]:
    """How much of lines along `step` is drawn between their boxes, and how much their labels take."""
    length = np.sqrt((step**2).sum(axis=-1))
    drawn = length * (1.0 - inside(step, half) - inside(step, end_half))
    return drawn, 2.0 * length * inside(step, label_half)
