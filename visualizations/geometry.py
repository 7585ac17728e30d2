"""Boxes and lines in the plane, for many at once: every function takes arrays that broadcast, the last axis x and y.

Pixels need no more than single precision, and in it everything takes about two thirds of the time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Real = np.float32
Array = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]

_TINY = 1e-9


def overlap(centre: Array, half: Array, other: Array, other_half: Array) -> Array:
    """How far one would have to be moved so that two boxes no longer overlap; 0 where they don't."""
    across = half[..., 0] + other_half[..., 0] - np.abs(centre[..., 0] - other[..., 0])
    down = half[..., 1] + other_half[..., 1] - np.abs(centre[..., 1] - other[..., 1])
    return np.maximum(np.minimum(across, down), 0.0)


def hits(start: Array, end: Array, centre: Array, half: Array) -> Mask:
    """Whether a line passes through a box: no axis separates them, the box's two or across the line."""
    start_x, start_y = start[..., 0], start[..., 1]
    step_x, step_y = end[..., 0] - start_x, end[..., 1] - start_y
    long_x, long_y = np.abs(step_x), np.abs(step_y)
    wide, high = half[..., 0], half[..., 1]
    off_x = start_x + 0.5 * step_x - centre[..., 0]
    off_y = start_y + 0.5 * step_y - centre[..., 1]
    found: Mask = np.abs(step_x * off_y - step_y * off_x) < wide * long_y + high * long_x
    found &= np.abs(off_x, out=off_x) < wide + 0.5 * long_x
    found &= np.abs(off_y, out=off_y) < high + 0.5 * long_y
    return found


def cross(start: Array, end: Array, other_start: Array, other_end: Array) -> Mask:
    """Whether two lines cross: each one's ends are on different sides of the other."""
    x, y, other_x, other_y = start[..., 0], start[..., 1], other_start[..., 0], other_start[..., 1]
    step_x, step_y = end[..., 0] - x, end[..., 1] - y
    other_step_x, other_step_y = other_end[..., 0] - other_x, other_end[..., 1] - other_y
    away_x, away_y = other_x - x, other_y - y
    first = step_x * away_y - step_y * away_x
    last = step_x * (other_end[..., 1] - y) - step_y * (other_end[..., 0] - x)
    found: Mask = first * last < 0.0
    first = other_step_x * away_y - other_step_y * away_x  # with its sign turned
    last = other_step_x * (end[..., 1] - other_y) - other_step_y * (end[..., 0] - other_x)
    found &= first * last > 0.0
    return found


def inside(step: Array, half: Array) -> Array:
    """The part of a line along `step` from a box's centre that lies inside the box, as a fraction of the line."""
    parts = half / np.maximum(np.abs(step), _TINY)
    return np.minimum(np.minimum(parts[..., 0], parts[..., 1]), 1.0)
