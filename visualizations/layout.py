"""Where everything goes: boxes and the labels between them, so that none covers another and few lines cross.

Distances in the graph give a first arrangement (stress majorisation). Then box after box is tried at some dozens of
places and put where it disturbs least: first with an eye on crossings alone, from a few starts, then with the labels.
Plain arithmetic in a fixed order with a fixed random stream: the same graph gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nutrigraph.visualizations.scene import Scene

MARGIN: Final = 14
_WORK: Final = 80_000
"""Boxes × links × sweeps that are worth a reader's time; a map of 28 concepts gets its full number of sweeps."""
_SMALL: Final = 40
"""Up to so many boxes it is worth trying more than one arrangement to the end."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of boxes and of labels, in the order they were given in, on a sheet of `width` × `height` pixels."""

    width: int
    height: int
    boxes: tuple[tuple[int, int], ...]
    labels: tuple[tuple[int, int], ...]


def arrange(boxes: Sequence[Size], links: Sequence[tuple[int, int]], labels: Sequence[Size], *, width: int) -> Layout:
    """Places `boxes` on a sheet `width` pixels wide, and on each of `links` (two different boxes) its label.

    The sheet is as tall as it takes. The first box is drawn towards the middle.
    """
    from nutrigraph.visualizations.scene import Scene

    if not boxes:
        return Layout(width, 2 * MARGIN, (), ())
    sweeps = max(2, min(40, _WORK // (len(boxes) * (len(links) + 1))))
    start = Scene(boxes, links, labels, width=width, margin=MARGIN)
    trials = sorted(_untangled(start, sweeps), key=lambda trial: trial.crossings())
    best: tuple[int, int] | None = None
    for trial in trials[: 3 if len(boxes) <= _SMALL else 1]:
        _make_room(trial, sweeps)
        score = (trial.faults(), trial.crossings())
        if best is None or score < best:
            best, start = score, trial
        if score <= (0, 2):
            break
    return _cut(start)


def _untangled(scene: Scene, sweeps: int) -> Iterator[Scene]:
    """The scene untangled from a few starts, until there is one with hardly a crossing."""
    for start in range(4 if len(scene.at) <= 2 * _SMALL else 1):
        trial = scene.copy(seed=start + 1)
        for sweep in range(sweeps):
            done = sweep / sweeps
            trial.sweep(reach=0.6 * (1 - done) ** 2 + 0.01, noise=250 * max(0.0, 0.8 - done), labels=False)
        yield trial
        if trial.crossings() <= 1:
            break


def _make_room(scene: Scene, sweeps: int) -> None:
    """Finds places for the labels, on a taller sheet if need be."""
    _refine(scene, (sweeps + 2) // 3, reach=0.25)
    for _ in range(3):
        if not scene.faults():
            break
        scene.stretch(1.08)
        _refine(scene, (sweeps + 7) // 8, reach=0.15)


def _refine(scene: Scene, sweeps: int, reach: float) -> None:
    """Makes room for the labels; boxes move less and less far."""
    for sweep in range(sweeps):
        left = 1 - sweep / sweeps
        scene.sweep(reach=reach * left**2 + 0.006, noise=40 * max(0.0, left - 0.4), labels=True)
        if sweep % 3 == 2 or sweep == sweeps - 1:
            scene.place_labels()


def _cut(scene: Scene) -> Layout:
    """The scene in whole pixels, cut to what is on it above and below."""
    top, bottom = scene.extent()
    up = round(top) - MARGIN
    boxes, labels = (
        tuple((round(float(x)), round(float(y)) - up) for x, y in points)
        for points in (scene.at, scene.label_centres())
    )
    return Layout(int(scene.sheet[0]), round(bottom) - up + MARGIN, boxes, labels)
