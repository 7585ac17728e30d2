"""What exact matches make one: the groups of things that are joined directly, or by matching the same thing."""

from __future__ import annotations

from collections.abc import Iterable


def representatives(matches: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For everything that is matched, the one that stands for all joined with it.

    >>> representatives([("a", "x"), ("b", "x"), ("c", "y")])["x"]
    'a'
    """
    parents: dict[str, str] = {}

    def root(one: str) -> str:
        parents.setdefault(one, one)
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    for one, other in matches:
        first, second = sorted((root(one), root(other)))
        parents[second] = first
    return {one: root(one) for one in parents}
