"""Where everything goes: boxes and the labels between them, so that none covers another and few lines cross.

Distances in the graph give a first arrangement (stress majorisation); boxes, lines and labels push each other apart;
then boxes that still have a part in a fault are tried at some dozens of places and put where they disturb least; at
last lines bend around what is in their way. Plain arithmetic in a fixed order and no chance: the same graph gives the
same picture, and one more concept leaves most of it as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nutrigraph.visualizations.scene import Scene

MARGIN: Final = 14
LARGE: Final = 80
"""A map of more concepts is not read as one picture: its boxes are spread on a sheet to move about on."""

_ROOMY: Final = 1.8
_ROOM_FOR_A_LINE: Final = 0.022
"""How much larger the sheet is than the boxes and labels on it, and how much more so with every line."""
_STARTS: Final = 6
_UNTANGLING: Final = 10
_TRIALS: Final = 5
_FEW: Final = 40
_ATTEMPTS: Final = 60
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
    line between the centres of its boxes, to the right of the way from the first to the second.
    """

    width: int
    height: int
    boxes: tuple[tuple[int, int], ...]
    labels: tuple[tuple[int, int], ...]
    bends: tuple[tuple[int, int], ...]


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

    taken = sum((box.width + 16) * (box.height + 16) for box in boxes)
    taken += sum((label.width + 8) * (label.height + 8) for label in labels)
    tallest = max(box.height for box in boxes)
    roomy = _ROOMY + _ROOM_FOR_A_LINE * len(links)
    scene = Scene(boxes, links, labels, np.array([width, max(roomy * taken / width, 3 * tallest + 2 * MARGIN)]), MARGIN)
    reach = 0.8 * np.sqrt((scene.half**2).sum(axis=1))
    steps = distances(len(boxes), links, reach[links[:, 0]] + reach[links[:, 1]] + 2 * scene.label_half[:, 0])
    scene.spread(arrangement(names, steps))
    _untangle(scene)
    for rounds in (150, 100, 60):
        relax(scene, steps, rounds)
        scene.spread(scene.at)
    best, fewest = scene, None
    for trial in range(_TRIALS if len(boxes) <= _FEW else 2):
        _improve(scene, 4 * trial + (6 if trial else 0), 4 if trial else 10)
        routing = Routing(scene)
        left = routing.settle(3)
        if left.covered:
            left = routing.shift(_ATTEMPTS)
        if fewest is None or left < fewest:
            best, fewest = scene, left
        if not fewest.covered:
            break
        scene = best.copy()
        scene.bend[:] = 0.0
        scene.stretch(1.06)
    return _cut(best)


def _untangle(scene: Scene) -> None:
    """Moves boxes whose lines cross others to where they cross fewer: the best of some tries."""
    import numpy as np

    start, best = scene.at.copy(), (scene.tangled(), scene.at.copy())
    for attempt in range(_STARTS):
        scene.at = start.copy()
        for number in range(attempt * 100, attempt * 100 + _UNTANGLING):
            tangle = scene.tangle()
            worst = [int(box) for box in np.argsort(-tangle, kind="stable") if tangle[box] > 0]
            if not worst:
                break
            scene.sweep(worst, *_tried(scene, 24, 8, number), labels=False)
        left = scene.tangled()
        if left < best[0]:
            best = left, scene.at.copy()
        if not left:
            break
    scene.at = best[1]


def _tried(scene: Scene, near: int, far: int, number: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
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
    for number in range(done, done + rounds):
        blame = scene.blame()
        worst = [int(box) for box in np.argsort(-blame, kind="stable") if blame[box] > 0]
        if not worst:
            break
        scene.sweep(worst, *_tried(scene, 28, 4, number))
        scene.place_labels()


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
    return _cut(scene)


def _cut(scene: Scene) -> Layout:
    """The scene in whole pixels, cut to what is on it above and below."""
    from nutrigraph.visualizations.routing import label_centres

    centres = label_centres(scene)
    top = min(
        float(part.min()) for part in ((scene.at - scene.half)[:, 1], (centres - scene.label_half)[:, 1]) if len(part)
    )
    bottom = max(
        float(part.max()) for part in ((scene.at + scene.half)[:, 1], (centres + scene.label_half)[:, 1]) if len(part)
    )
    up = round(top) - MARGIN
    boxes, labels = (
        tuple((round(float(x)), round(float(y)) - up) for x, y in points) for points in (scene.at, centres)
    )
    bends = tuple((round(float(one)), round(float(two))) for one, two in scene.bend)
    return Layout(round(float(scene.sheet[0])), round(bottom) - up + MARGIN, boxes, labels, bends)
