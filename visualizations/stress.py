"""First places for the boxes of a map: as far from each other as the graph has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nutrigraph.visualizations.geometry import Array

Rows = NDArray[np.int64]

_ROUNDS: Final = 40
_DIMENSIONS: Final = 4


def distances(count: int, links: Rows, lengths: Array) -> Array:
    """The shortest way from each box to each other along links of these lengths; boxes that nothing joins are a little
    further than any that are joined."""
    ways = np.full((count, count), np.inf)
    np.fill_diagonal(ways, 0.0)
    one, two = links[:, 0], links[:, 1]
    np.minimum.at(ways, (one, two), lengths)
    np.minimum.at(ways, (two, one), lengths)
    for middle in range(count):  # Floyd and Warshall
        np.minimum(ways, ways[:, middle, None] + ways[None, middle], out=ways)
    reached = ways[np.isfinite(ways)]
    return np.where(np.isinf(ways), float(reached.max()) * 0.7 + 1.0, ways)


def arrangement(names: Sequence[str], steps: Array) -> Array:
    """Places of any scale, their distances near `steps`: classical scaling in a few dimensions, then stress is lowered
    while all but two of them are pressed flat, which ends in better minima than a start in the plane does.

    Where a box lies follows from its distances alone, so one more of them leaves the others where they are; only boxes
    with the same distances to all others are told apart by their names.
    """
    count = len(names)
    square = steps**2
    table = -0.5 * (square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean())
    values, axes = np.linalg.eigh(table)
    values, axes = np.maximum(values[::-1][:_DIMENSIONS], 0.0), axes[:, ::-1][:, :_DIMENSIONS]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1.0, 1.0)
    at: Array = np.zeros((count, _DIMENSIONS))
    at[:, : axes.shape[1]] = axes * np.sqrt(values)
    turn = np.array([crc32(name.encode("utf-8", "surrogatepass")) for name in names]) / 2**32 * 2 * np.pi
    apart = 0.02 * float(steps.max())
    at += apart * np.stack([np.cos(turn), np.sin(turn), np.cos(2 * turn), np.sin(2 * turn)], axis=1)[:, :_DIMENSIONS]
    at = majorise(at, steps, _ROUNDS // 2)
    for _ in range(_ROUNDS):
        at = majorise(at, steps, 1)
        at[:, 2:] *= 0.93
    return majorise(at[:, :2], steps, _ROUNDS)


def majorise(at: Array, steps: Array, rounds: int) -> Array:
    """Moves points so that their distances come near `steps` (Gansner, Koren and North's stress majorisation, every
    point to its own mean at once)."""
    weight = 1.0 / np.maximum(steps, 1e-9) ** 2
    np.fill_diagonal(weight, 0.0)
    total = np.maximum(weight.sum(axis=1), 1e-9)[:, None]
    wanted = weight * steps
    for _ in range(rounds):
        pull = wanted / apart(at)
        at = (weight @ at + pull.sum(axis=1)[:, None] * at - pull @ at) / total
    return at


def apart(at: Array) -> Array:
    """How far points are from each other; never nothing."""
    square = (at**2).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(square[:, None] + square - 2 * at @ at.T, 1e-12)))
