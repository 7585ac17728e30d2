"""Boxes and lines in the plane, for many at once: every function takes arrays that broadcast, the last axis x and y."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_TINY = 1e-9


def overlap(centre: Array, half: Array, other: Array, other_half: Array) -> Array:
    """How far one would have to be moved so that two boxes no longer overlap; 0 where they don't."""
    depth = half + other_half - np.abs(centre - other)
    return np.maximum(np.minimum(depth[..., 0], depth[..., 1]), 0.0)


def hits(start: Array, end: Array, centre: Array, half: Array) -> Mask:
    """Whether a line passes through a box."""
    step = end - start
    step = np.where(np.abs(step) < _TINY, _TINY, step)
    one, two = (centre - half - start) / step, (centre + half - start) / step
    near, far = np.minimum(one, two), np.maximum(one, two)
    enters = np.maximum(near[..., 0], near[..., 1])
    leaves = np.minimum(far[..., 0], far[..., 1])
    return (enters < leaves) & (leaves > 0.0) & (enters < 1.0)


def cross(start: Array, end: Array, other_start: Array, other_end: Array) -> Mask:
    """Whether two lines cross."""
    one = _side(start, end, other_start) * _side(start, end, other_end)
    two = _side(other_start, other_end, start) * _side(other_start, other_end, end)
    return (one < 0.0) & (two < 0.0)


def inside(step: Array, half: Array) -> Array:
    """The part of a line along `step` from a box's centre that lies inside the box, as a fraction of the line."""
    parts = half / np.maximum(np.abs(step), _TINY)
    return np.minimum(np.minimum(parts[..., 0], parts[..., 1]), 1.0)


def _side(start: Array, end: Array, point: Array) -> Array:
    line, towards = end - start, point - start
    side: Array = line[..., 0] * towards[..., 1] - line[..., 1] * towards[..., 0]
    return side
