"""The ways from a concept up to something more general, step by step.

What a step up costs keeps general concepts from shortcutting everything, so a long way up costs more than a chain may.
But that one thing is another, over however many kinds, is what a hierarchy is there to tell; and no shortcut goes by
it, since nothing but what is above a concept can be reached.
"""

from __future__ import annotations

from collections import defaultdict
from math import inf
from typing import Final

from nutrigraph.queries.path_search import FORWARD, HIERARCHY, Link, Links, Walk, cheapest_walks

_WANTED: Final = 3
_ANY_COST: Final = 1e9


def climbs(links: Links, low: int, high: int) -> list[Walk]:
    """The cheapest ways up from node `low` to `high`; none if that is not above it."""
    above: dict[int, list[Link]] = {}
    waiting = [low]
    while waiting:
        node = waiting.pop()
        if node not in above:
            above[node] = [link for link in links(node) if link.kind == FORWARD | HIERARCHY]
            waiting += [link.other for link in above[node]]
    if high not in above:
        return []
    both: defaultdict[int, list[Link]] = defaultdict(list)
    for node, those in above.items():
        for link in those:
            both[node].append(link)
            both[link.other].append(link.back_to(node))
    return cheapest_walks(both.__getitem__, _straight_on, low, high, _WANTED, _ANY_COST)


def is_climb(walk: Walk) -> bool:
    """Whether a walk goes up a hierarchy, or down, all the way."""
    return all(link.in_hierarchy and link.kind == walk.links[0].kind for link in walk.links)


def back(walk: Walk) -> Walk:
    """The same walk from its end to its start."""
    links = [link.back_to(node) for link, node in zip(walk.links, walk.nodes, strict=False)]
    return Walk(walk.cost, walk.nodes[::-1], tuple(reversed(links)))


def _straight_on(before: int, after: int) -> float:
    return 0.0 if before == after else inf
