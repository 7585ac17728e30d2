"""How lines bend and where their labels sit, once the boxes have their places.

A line is a cubic curve from centre to centre; its `bend` is how far, in pixels, its two control points lie off the
straight line, beside its thirds. Straight is best; a line bends where that keeps it off a box, a label or another line,
to one side if that will do.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from nutrigraph.visualizations.detours import Route, detours, label_place
from nutrigraph.visualizations.geometry import Array, Mask, Real, cross, hits, overlap
from nutrigraph.visualizations.scene import CROSSING, THROUGH_LABEL, Scene
from nutrigraph.visualizations.stress import Rows

_PIECES: Final = 8
_FRACTIONS: Final = np.linspace(0, 1, _PIECES + 1, dtype=Real)
_BOWS: Final = (0.08, 0.16, 0.24, 0.35, 0.48, 0.67)
_FINE: Final = np.linspace(0, 1, 33, dtype=Real)
_BENDS: Final = np.array([(part, part) for part in (0.0, *(side * b for b in _BOWS for side in (1, -1)))], dtype=Real)
"""In parts of the line's length: bows to either side."""
_DETOURS: Final = np.array(
    [(one, two) for one in (0.0, 0.3, -0.3, 0.7, -0.7, 1.1, -1.1) for two in (0.0, 0.3, -0.3, 0.7, -0.7, 1.1, -1.1)
     if one != two], dtype=Real,
)  # fmt: skip
"""Curves that are not even, tried where no bow will do."""
_MOST_BEND: Final = 420.0
_PLACES: Final = np.array([0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82], dtype=Real)
_TRIED: Final = 12
_LIKELY: Final = 4
_ATTEMPTS: Final = 4
_CLEAR: Final = 4.0
_EDGE: Final = 3.0
_TOO_SHORT: Final = 30.0
"""What each pixel costs that a line is too short for its label."""
_NEAR: Final = 12.0
"""What it costs that a label leaves no room for the head of an arrow."""
_COVERS: Final = 1000.0
"""What it costs that something covers a word: more than any crossing or detour."""
_OUTSIDE: Final = 100 * _COVERS
"""What it costs that a line leaves the sheet: a straight one never does."""


class Faults(NamedTuple):
    """How often a box or a label is covered, and how many labels a line runs under."""

    covered: int
    under: int


class Routing:
    """The lines of a scene, from where its boxes and labels are; moves both no more than it must."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        everyone = np.arange(len(scene.links))
        self.lines = curves(scene, everyone, scene.bend, _FRACTIONS)
        self.labels = np.zeros((len(everyone), 2), dtype=Real)
        rects = len(scene.at) + len(everyone)
        self._run = np.zeros((len(everyone), rects), dtype=bool)
        self._touch = np.zeros((len(everyone), rects), dtype=bool)
        self._moved_boxes: set[int] = set(range(len(scene.at)))
        self._moved_links: set[int] = set()
        self.turns: dict[int, Route] = {}
        self._draw(everyone)

    def settle(self, sweeps: int) -> Faults:
        """Bends lines and slides labels that have a part in a fault."""
        for _ in range(sweeps):
            faulty = np.flatnonzero(self._blamed())
            for link in faulty.tolist():
                self._settle(link)
            if not len(faulty):
                break
        return self.faults()

    def shift(self, attempts: int) -> Faults:
        """Moves boxes that lines run through, or else those where these lines end, as long as that leaves fewer
        faults, in no more than so many attempts."""
        scene, left = self.scene, self.faults()
        while left.covered:
            better = False
            for box in self._in_the_way():
                mine = scene.links_of(box)
                for place in self._clearings(box):
                    attempts -= 1
                    kept = scene.at[box].copy(), scene.along[mine], scene.bend[mine]
                    scene.at[box] = place
                    self._moved_boxes.add(box)
                    scene.bend[mine] = 0.0
                    self._draw(mine)
                    for link in mine.tolist():
                        self._settle(link)
                    after = self.faults()
                    if after < left:
                        left, better = after, True
                        break
                    scene.at[box], scene.along[mine], scene.bend[mine] = kept
                    self._moved_boxes.add(box)
                    self._draw(mine)
                if attempts <= 0 or not left.covered:
                    return left
            if not better:
                break
        return left

    def detour(self) -> Faults:
        """Leads lines that still run through boxes around them, and slides labels that still cover something by small
        steps; to be called last."""
        scene = self.scene
        through = np.flatnonzero(self._found()[0].any(axis=1)).tolist()
        if through:
            self.turns = detours(scene, through, self.labels)
            self._moved_links.update(self.turns)
        for link in np.flatnonzero(self._found()[2].any(axis=1)).tolist():
            if link not in self.turns:
                one, bend = np.array([link]), scene.bend[[link]]
                first, last = _drawn(scene, one, bend)
                line = curves(scene, one, bend, first[:, None] + _FINE * (last - first)[:, None])[0]
                self.labels[link] = label_place(scene, link, line, self.labels)
                self._moved_links.add(link)
        return self.faults()

    def faults(self) -> Faults:
        """What is left."""
        through, under, touch = self._found()
        boxes = len(self.scene.at)
        at, half = self.scene.at, self.scene.half + 1
        on_boxes = int((overlap(at[:, None], half[:, None], at, half) > 0).sum()) - boxes
        covered = int(through.sum()) + int(touch[:, :boxes].sum()) + (int(touch[:, boxes:].sum()) + on_boxes) // 2
        return Faults(covered, int(under.sum()))

    def _blamed(self) -> Mask:
        """The links with a part in a fault."""
        through, under, touch = self._found()
        return np.asarray(through.any(axis=1) | under.any(axis=1) | under.any(axis=0) | touch.any(axis=1))

    def _in_the_way(self) -> list[int]:
        """The boxes that lines run through or labels lie on, those with most of it first, then the boxes of the lines
        and labels that do so."""
        through, _, touch = self._found()
        hit = through.sum(axis=0) + touch[:, : len(self.scene.at)].sum(axis=0)
        order = [box for box in np.argsort(-hit, kind="stable").tolist() if hit[box]]
        ends = self.scene.links[through.any(axis=1) | touch.any(axis=1)].ravel().tolist()
        return list(dict.fromkeys(order + ends))

    def _found(self) -> tuple[Mask, Mask, Mask]:
        """Lines through boxes, lines under labels, and labels on boxes and on labels: one row for each link."""
        scene, boxes = self.scene, len(self.scene.at)
        if self._moved_links or self._moved_boxes:
            links = np.array(sorted(self._moved_links), dtype=np.int64)
            rects = np.concatenate([scene.at, self.labels])
            halves = np.concatenate([scene.half + 1, scene.label_half])
            columns = np.concatenate([np.array(sorted(self._moved_boxes), dtype=np.int64), boxes + links])
            everyone = np.arange(len(self.lines))
            for rows, places in ((links, np.arange(len(rects))), (everyone, columns)):
                lines, area = self.lines[rows], (rows[:, None], places)
                self._run[area] = hits(lines[:, :-1, None], lines[:, 1:, None], rects[places], halves[places]).any(
                    axis=1
                )
                touch = overlap(self.labels[rows, None], scene.label_half[rows, None], rects[places], halves[places])
                self._touch[area] = touch > 0
            self._run[:, :boxes] &= ~scene.own
            self._run[list(self.turns)] = False
            for table in (self._run, self._touch):
                table[everyone, boxes + everyone] = False
            self._moved_links.clear()
            self._moved_boxes.clear()
        return self._run[:, :boxes], self._run[:, boxes:], self._touch

    def _draw(self, links: Rows) -> None:
        """Draws some links again, after a box has moved."""
        scene = self.scene
        self._moved_links.update(links.tolist())
        bends = scene.bend[links]
        self.lines[links] = curves(scene, links, bends, _FRACTIONS)
        first, last = _drawn(scene, links, bends)
        parts = first + scene.along[links] * (last - first)
        self.labels[links] = curves(scene, links, bends, parts[:, None])[:, 0]

    def _settle(self, link: int) -> None:
        """Gives one link the bend and its label the place that cost least while all others stay."""
        if self._try(link, _BENDS) >= _COVERS:
            self._try(link, np.concatenate([_BENDS[:1], _DETOURS]))

    def _try(self, link: int, choice: Array) -> float:
        """Takes the best of some bends, and says what is wrong with it."""
        scene = self.scene
        one, two = scene.links[link]
        length = max(float(np.hypot(*(scene.at[two] - scene.at[one]))), 1.0)
        bends = np.clip(choice * length, -_MOST_BEND, _MOST_BEND)
        half = scene.label_half[link]
        lines = curves(scene, np.full(len(bends), link), bends, _FRACTIONS)
        boxes = np.ones(len(scene.at), dtype=bool)
        boxes[[one, two]] = False
        cost = np.abs(bends).mean(axis=1) / length * 90.0 + np.abs(bends[:, 0] - bends[:, 1]) / length * 10.0
        through = hits(lines[:, :-1, None], lines[:, 1:, None], scene.at[boxes], scene.half[boxes] + _CLEAR).any(axis=1)
        cost += _COVERS * through.sum(axis=1)
        cost += _OUTSIDE * ((lines < _EDGE) | (lines > scene.sheet - _EDGE)).any(axis=(1, 2))
        likely = np.argsort(cost, kind="stable")[:_TRIED]  # what goes through boxes need not be looked at further
        bends, lines, cost = bends[likely], lines[likely], cost[likely]
        start, end = lines[:, :-1, None], lines[:, 1:, None]
        low, high = lines.min(axis=(0, 1)) - half - _CLEAR, lines.max(axis=(0, 1)) + half + _CLEAR
        others = ((self.lines.max(axis=1) > low) & (self.lines.min(axis=1) < high)).all(axis=-1)
        others[link] = False
        start_o, end_o = self.lines[others, :-1].reshape(-1, 2), self.lines[others, 1:].reshape(-1, 2)
        near = ((self.labels + scene.label_half > low) & (self.labels - scene.label_half < high)).all(axis=-1)
        near[link] = False
        labels, label_half = self.labels[near], scene.label_half[near]
        cost += THROUGH_LABEL * hits(start, end, labels, label_half + 1).any(axis=1).sum(axis=1)
        crossed = cross(start, end, start_o, end_o).reshape(len(bends), _PIECES, -1, _PIECES)
        cost += CROSSING * crossed.any(axis=(1, 3)).sum(axis=1)
        kept = np.argsort(cost, kind="stable")[:_LIKELY]
        same = np.full(len(kept), link)
        first, last = _drawn(scene, same, bends[kept])
        points = curves(scene, same, bends[kept], first[:, None] + _PLACES * (last - first)[:, None])
        centres = points[:, :, None]
        places = cost[kept, None] + np.abs(_PLACES - 0.5) * 6
        places += _COVERS * (overlap(centres, half + 2, scene.at, scene.half + 2) > 0).sum(axis=-1)
        places += _NEAR * (overlap(centres, half + 12, scene.at, scene.half) > 0).sum(axis=-1)
        places += _COVERS * ((points < half + _EDGE) | (points > scene.sheet - half - _EDGE)).any(axis=-1)
        places += _COVERS * (overlap(centres, half + 2, labels, label_half + 1) > 0).sum(axis=-1)
        under = hits(start_o, end_o, centres, half + 2).reshape(len(kept), len(_PLACES), -1, _PIECES)
        places += THROUGH_LABEL * under.any(axis=-1).sum(axis=-1)
        bend, place = np.unravel_index(int(np.argmin(places)), places.shape)
        scene.bend[link], scene.along[link] = bends[kept[bend]], _PLACES[place]
        self.lines[link], self.labels[link] = lines[kept[bend]], points[bend, place]
        self._moved_links.add(link)
        return float(places[bend, place])

    def _clearings(self, box: int) -> list[Array]:
        """The places near a box that are most clear of everything else, not all in one spot."""
        scene = self.scene
        count = np.arange(60)
        turn, far = count * 2.399963, 14 + 4.0 * count
        around = np.stack([np.cos(turn), np.sin(turn)], axis=1) * far[:, None]
        places = scene.kept(scene.at[box] + around, scene.half[box])
        here, half = places[:, None], scene.half[box]
        others = np.ones(len(scene.links), dtype=bool)
        others[scene.links_of(box)] = False
        lines, labels = self.lines[others], self.labels[others]
        run = hits(lines[:, :-1].reshape(-1, 2), lines[:, 1:].reshape(-1, 2), here, half + _CLEAR)
        cost = 0.2 * far + _COVERS * run.reshape(len(places), -1, _PIECES).any(axis=-1).sum(axis=1)
        touch = overlap(here, half + _CLEAR, scene.at, scene.half + _CLEAR) > 0
        touch[:, box] = False
        cost += 2 * _COVERS * touch.sum(axis=1)
        cost += _COVERS * (overlap(here, half + 2, labels, scene.label_half[others]) > 0).sum(axis=1)
        cost += _TOO_SHORT * scene.shortage(box, places, 4.0)
        ends = scene.neighbours(box)
        through = hits(here[:, None], scene.at[ends, None], scene.at, scene.half)
        through[:, :, box] = False
        through[:, np.arange(len(ends)), ends] = False
        cost += 70.0 * through.sum(axis=(1, 2))
        best: list[Array] = []
        for place in np.argsort(cost, kind="stable").tolist():
            if all(np.abs(places[place] - other).sum() > 30 for other in best):
                best.append(places[place])
            if len(best) == _ATTEMPTS:
                break
        return best


def curves(scene: Scene, links: Rows, bends: Array, at: Array) -> Array:
    """Points at the fractions `at` of the curves of `links`, each bent by its pair of `bends` (pixels)."""
    start, end = scene.at[scene.links[links, 0]], scene.at[scene.links[links, 1]]
    step = end - start
    length = np.maximum(np.sqrt((step**2).sum(axis=-1)), 1e-9)[..., None]
    normal = np.stack([-step[..., 1], step[..., 0]], axis=-1) / length
    part = at[..., None]
    points: Array = start[..., None, :] + part * step[..., None, :]
    off = 3 * at * (1 - at) * ((1 - at) * bends[..., :1] + at * bends[..., 1:])
    points += off[..., None] * normal[..., None, :]
    return points


def _drawn(scene: Scene, links: Rows, bends: Array) -> tuple[Array, Array]:
    """The part of each curve that lies between its two boxes."""
    points = curves(scene, links, bends, _FINE)
    ends = scene.links[links]
    leaves, enters = (
        (np.abs(points - scene.at[ends[:, side], None]) < scene.half[ends[:, side], None]).all(axis=-1)
        for side in (0, 1)
    )
    first = np.where(leaves, _FINE, 0.0).max(axis=1)
    last = np.where(enters, _FINE, 1.0).min(axis=1)
    return np.minimum(first, last), np.maximum(first, last)
