"""Where everything goes: boxes and the labels between them, so that none covers another and few lines cross.

Distances in the graph give a first arrangement (stress majorisation), which one more concept hardly changes. Boxes
leave it for where fewer lines cross (annealing), and are at home there: boxes, lines and labels push each other apart,
always drawn a little towards home; then boxes that still have a part in a fault are tried at some dozens of places and
put where they disturb least; at last lines bend, or go a detour, around what is in their way. Plain arithmetic in a
fixed order: the same graph gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nutrigraph.visualizations.detours import Route
    from nutrigraph.visualizations.geometry import Array
    from nutrigraph.visualizations.scene import Scene

MARGIN: Final = 14
LARGE: Final = 80
"""A map of more concepts is not read as one picture: its boxes are spread on a sheet to move about on."""

_ROOMY: Final = 1.8
_ROOM_FOR_A_LINE: Final = 0.022
"""How much larger the sheet is than the boxes and labels on it, and how much more so with every line."""
_RELAXING: Final = 120
_PATIENCE: Final = 3
"""Rounds without anything better, after which no more are tried."""
_TRIALS: Final = 8
_FEW: Final = 40
_ATTEMPTS: Final = 16
_GOLDEN: Final = 2.399963


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of boxes and of labels, in the order they were given in, on a sheet of `width` × `height` pixels.

    `bends` says how far, in pixels, the two control points of each link's line (a cubic curve) lie off the straight
    line between the centres of its boxes, to the right of the way from the first to the second. The few links that no
    bend keeps off other boxes have `turns` instead: the points that their lines go around, from the first box to the
    second.
    """

    width: int
    height: int
    boxes: tuple[tuple[int, int], ...]
    labels: tuple[tuple[int, int], ...]
    bends: tuple[tuple[int, int], ...]
    turns: Mapping[int, Route] = field(default_factory=dict)


def arrange(
    boxes: Sequence[Size], links: Sequence[tuple[int, int]], labels: Sequence[Size], *, width: int, names: Sequence[str]
) -> Layout:
    """Places `boxes` on a sheet `width` pixels wide, and on each of `links` (two different boxes) its label.

    `names` are different for each box and the same from one drawing to the next. The sheet is as tall as it takes; for
    more than LARGE boxes it is wider, too. The first box is drawn towards the middle.
    """
    import numpy as np

    if not boxes:
        return Layout(width, 2 * MARGIN, (), (), ())
    ends = np.array(links, dtype=np.int64).reshape(-1, 2)
    return _spread(boxes, ends, labels, width) if len(boxes) > LARGE else _composed(boxes, ends, labels, width, names)


def _composed(
    boxes: Sequence[Size], links: NDArray[np.int64], labels: Sequence[Size], width: int, names: Sequence[str]
) -> Layout:
    """A map that is read as one picture."""
    import numpy as np

    from nutrigraph.visualizations.relaxing import relax
    from nutrigraph.visualizations.routing import Routing
    from nutrigraph.visualizations.scene import Scene
    from nutrigraph.visualizations.stress import arrangement, distances
    from nutrigraph.visualizations.untangling import untangle

    taken = sum((box.width + 16) * (box.height + 16) for box in boxes)
    taken += sum((label.width + 8) * (label.height + 8) for label in labels)
    tallest = max(box.height for box in boxes)
    roomy = _ROOMY + _ROOM_FOR_A_LINE * len(links)
    scene = Scene(boxes, links, labels, np.array([width, max(roomy * taken / width, 3 * tallest + 2 * MARGIN)]), MARGIN)
    reach = 0.8 * np.sqrt((scene.half**2).sum(axis=1))
    steps = distances(len(boxes), links, reach[links[:, 0]] + reach[links[:, 1]] + 2 * scene.label_half[:, 0])
    scene.spread(arrangement(names, steps))
    untangle(scene, names)
    relax(scene, _RELAXING)
    best, fewest = Routing(scene), None
    for trial in range(_TRIALS if len(boxes) <= _FEW else 4):
        _improve(scene, 4 * trial + (6 if trial else 0), 4 if trial else 10)
        routing = Routing(scene)
        if (left := routing.settle(3)).covered:
            routing.shift(_ATTEMPTS)
            left = routing.detour()
        if fewest is None or left < fewest:
            best, fewest = routing, left
        if not fewest.covered:
            break
        scene = best.scene.copy()
        scene.bend[:] = 0.0
        scene.stretch(1.06)
    return _cut(best.scene, best.labels, best.turns)


def _tried(scene: Scene, near: int, far: int, number: int) -> tuple[Array, Array]:
    """Offsets around a box, close together near it, and places all over the sheet; others with each `number`."""
    import numpy as np

    count = np.arange(near)
    turn = count * _GOLDEN + number * 1.7
    away = 0.5 * scene.sheet.max() * ((count + 0.5) / near) ** 2
    around = np.concatenate([[[0.0, 0.0]], np.stack([np.cos(turn), np.sin(turn)], axis=1) * away[:, None]])
    count = np.arange(far) + number * far
    anywhere = np.stack([(0.5 + count * 0.7548776662) % 1, (0.5 + count * 0.5698402910) % 1], axis=1)
    return around, anywhere * scene.sheet


def _improve(scene: Scene, done: int, rounds: int) -> None:
    """Moves boxes that have a part in a fault, for so many rounds; each round, from number `done`, tries others."""
    import numpy as np

    scene.place_labels()
    last, least, best = done, np.inf, scene.copy()
    for number in range(done, done + rounds + 1):
        blame = scene.blame()
        if (left := float(blame.sum())) < least:
            last, least, best = number, left, scene.copy()
        worst = [int(box) for box in np.argsort(-blame, kind="stable") if blame[box] > 0]
        if not worst or number - last >= _PATIENCE or number == done + rounds:
            break
        scene.sweep(worst, *_tried(scene, 28, 4, number))
        scene.place_labels()
    scene.at, scene.along = best.at, best.along


def _spread(boxes: Sequence[Size], links: NDArray[np.int64], labels: Sequence[Size], width: int) -> Layout:
    """A map to move about on: boxes that cover none, straight lines, labels in their middle."""
    import numpy as np

    from nutrigraph.visualizations.relaxing import separate
    from nutrigraph.visualizations.scene import Scene
    from nutrigraph.visualizations.spread import spread

    area = sum((box.width + 40) * (box.height + 40) for box in boxes)
    side = max(float(width), (2.2 * area) ** 0.5)
    scene = Scene(boxes, links, labels, np.array([side, side]), MARGIN)
    scene.spread(np.array(spread(len(boxes), [(one, two) for one, two in links.tolist()]), dtype=np.float64))
    separate(scene)
    return _cut(scene, scene.label_centres(), {})


def _cut(scene: Scene, centres: Array, turns: Mapping[int, Route]) -> Layout:
    """The scene in whole pixels, cut to what is on it above and below."""
    import numpy as np

    ways = np.array([point for way in turns.values() for point in way]).reshape(-1, 2)
    rects = ((scene.at, scene.half), (centres, scene.label_half), (ways, np.zeros(2)))
    top = min(float((at - half)[:, 1].min()) for at, half in rects if len(at))
    bottom = max(float((at + half)[:, 1].max()) for at, half in rects if len(at))
    up = round(top) - MARGIN
    boxes, labels = (
        tuple((round(float(x)), round(float(y)) - up) for x, y in points) for points in (scene.at, centres)
    )
    bends = tuple((round(float(one)), round(float(two))) for one, two in scene.bend)
    moved = {link: tuple((x, y - up) for x, y in way) for link, way in turns.items()}
    return Layout(round(float(scene.sheet[0])), round(bottom) - up + MARGIN, boxes, labels, bends, moved)
