"""Boxes, lines and labels push each other apart, without a box ever jumping over a line.

Forces give the direction; how far a box may go in one step is bounded by how near the lines around it are (Bertault's
rule), so that crossings never become more.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from nutrigraph.visualizations.geometry import Array
from nutrigraph.visualizations.scene import GAP, Scene
from nutrigraph.visualizations.stress import Rows

_HOMEWARDS: Final = 0.2
_FAR: Final = 120.0
_LABEL_GAP: Final = 4.0


def relax(scene: Scene, rounds: int) -> None:
    """Moves the boxes of a scene in `rounds` steps."""
    count, links = len(scene.at), scene.links
    if not len(links):
        separate(scene)
        return
    one, two = links[:, 0], links[:, 1]
    own = scene.own.T
    halves = np.concatenate([scene.half + GAP, scene.label_half + _LABEL_GAP])
    far_x, far_y = (halves[:, None, axis] + halves[None, :, axis] for axis in (0, 1))
    not_self = ~np.eye(len(halves), dtype=bool)
    owned = np.concatenate([own, np.eye(len(links), dtype=bool)])
    for round_ in range(rounds):
        late = round_ / rounds
        at = scene.at
        centres = scene.label_centres()
        points = np.concatenate([at, centres])
        move = _HOMEWARDS * (1 - late) * (scene.home - at)
        # rectangles that cover each other, along the axis that needs less
        dx, dy = points[:, None, 0] - points[None, :, 0], points[:, None, 1] - points[None, :, 1]
        over_x, over_y = far_x - np.abs(dx), far_y - np.abs(dy)
        covered = (over_x > 0) & (over_y > 0) & not_self
        across = over_x < over_y * 1.3
        shove = np.stack(
            [
                np.where(covered & across, np.copysign(over_x, dx), 0.0).sum(axis=1),
                np.where(covered & ~across, np.copysign(over_y, dy), 0.0).sum(axis=1),
            ],
            axis=1,
        )
        # lines that run through rectangles: off to the side
        start, end = at[one], at[two]
        step = end - start
        square = np.maximum((step**2).sum(axis=-1), 1e-9)
        rel_x, rel_y = points[:, None, 0] - start[:, 0], points[:, None, 1] - start[:, 1]
        part = np.clip((rel_x * step[:, 0] + rel_y * step[:, 1]) / square, 0.0, 1.0)
        off_x, off_y = rel_x - part * step[:, 0], rel_y - part * step[:, 1]
        away = np.maximum(np.sqrt(off_x**2 + off_y**2), 1e-6)
        reach = (halves[:, 0, None] * np.abs(off_x) + halves[:, 1, None] * np.abs(off_y)) / away
        push = np.where(owned, 0.0, np.maximum(reach - away, 0.0)) / away
        push_x, push_y = push * off_x, push * off_y
        shove += np.stack([push_x.sum(axis=1), push_y.sum(axis=1)], axis=1)
        back = np.stack([push_x, push_y], axis=-1)
        move += 0.45 * shove[:count]
        of_label = 0.35 * shove[count:]
        np.add.at(move, one, -0.3 * (back * (1 - part)[..., None]).sum(axis=0) + of_label)
        np.add.at(move, two, -0.3 * (back * part[..., None]).sum(axis=0) + of_label)
        # never over a line: both keep to their side of what lies between them
        away = np.where(own, np.inf, away[:count])
        unit_x, unit_y = off_x[:count] / away, off_y[:count] / away
        room = 0.45 * away
        towards = -(move[:, 0, None] * unit_x + move[:, 1, None] * unit_y)
        free = np.where(towards > 1e-9, room / np.maximum(towards, 1e-9), np.inf).min(axis=1)
        for ends, before in ((one, part[:count]), (two, part[:count] - 1.0)):
            shift = move[ends, 0] * unit_x + move[ends, 1] * unit_y
            behind = before * (step[:, 0] * unit_x + step[:, 1] * unit_y)
            limit = np.where(shift > 1e-9, (room + np.maximum(behind, 0.0)) / np.maximum(shift, 1e-9), np.inf)
            np.minimum.at(free, ends, limit.min(axis=0))
        far = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        most = np.minimum(free, (80.0 * (1 - late) + 6.0) / far)
        scene.at = scene.kept(at + move * np.minimum(1.0, most)[:, None], scene.half)


def separate(scene: Scene, rounds: int = 200) -> None:
    """Moves boxes that cover each other apart, in no more than `rounds` steps."""
    half = scene.half + GAP
    one, two = _near(scene.at, half)
    moved = 0.0
    for _ in range(rounds):
        if moved > _FAR / 2:
            one, two, moved = *_near(scene.at, half), 0.0
        apart = scene.at[one] - scene.at[two]
        over = half[one] + half[two] - np.abs(apart)
        covered = (over > 0.5).all(axis=-1)
        if not covered.any():
            break
        across = covered & (over[:, 0] < over[:, 1])
        shift = np.zeros_like(apart)
        shift[across, 0] = over[across, 0] * np.where(apart[across, 0] < 0, -1.0, 1.0)
        down = covered & ~across
        shift[down, 1] = np.copysign(over[down, 1], apart[down, 1])
        move = np.zeros_like(scene.at)
        np.add.at(move, one, shift)
        np.add.at(move, two, -shift)
        at = scene.kept(scene.at + 0.45 * np.clip(move, -60, 60), scene.half)
        moved += float(np.abs(at - scene.at).max())
        scene.at = at


def _near(at: Array, half: Array) -> tuple[Rows, Rows]:
    """The pairs of boxes that can meet before one of them has moved half of _FAR."""
    across, down = (
        np.abs(at[:, None, axis] - at[:, axis]) < half[:, None, axis] + half[:, axis] + _FAR for axis in (0, 1)
    )
    one, two = np.nonzero(np.triu(across & down, 1))
    return one, two
