"""The communities that a large network opens on: a tree of them, each with a name."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nutrigraph.queries.communities import communities, community_name

_AT_ONCE: Final = 40
"""Communities on one level: more could not be told apart."""
_LEAST: Final = 3
"""Nodes that make a community; smaller parts go together."""
_REST: Final = "Smaller groups"


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes (their numbers, the best connected first) that are joined more with each other than with others, named
    after the first of them. `within` is the number of the community that it is a part of."""

    name: str
    within: int | None
    nodes: tuple[int, ...]


def grouped(names: Sequence[str], links: Sequence[tuple[int, int]], room: int) -> list[Community]:
    """The communities of a graph, each after the one that it is a part of; none if it is all one.

    Those of more than `room` nodes are divided again if they can be. On each level the largest come first, and what is
    left over last.
    """
    near: list[Counter[int]] = [Counter() for _ in names]
    for one, two in links:
        if one != two:
            near[one][two] += 1
            near[two][one] += 1
    found: list[Community] = []
    whole = sorted(range(len(names)), key=lambda node: (-len(near[node]), node))
    waiting: deque[tuple[list[int], int | None]] = deque([(whole, None)])
    while waiting:
        nodes, within = waiting.popleft()
        for name, part in _parts(nodes, names, near):
            found.append(Community(name, within, tuple(part)))
            if len(part) > room:
                waiting.append((part, len(found) - 1))
    return found


def _parts(nodes: Sequence[int], names: Sequence[str], near: Sequence[Counter[int]]) -> list[tuple[str, list[int]]]:
    """What some nodes fall into, with its name; nothing if that is all one, or nothing but small parts."""
    number = {node: at for at, node in enumerate(nodes)}
    links = [
        (at, number[other], weight)
        for at, node in enumerate(nodes)
        for other, weight in near[node].items()
        if at < number.get(other, -1)
    ]
    parts = sorted((sorted(part) for part in communities(len(nodes), links)), key=lambda part: (-len(part), part[0]))
    large = [part for part in parts[:_AT_ONCE] if len(part) >= _LEAST]
    if not large or len(parts) < 2:
        return []
    rest = [[at for part in parts[len(large) :] for at in part]]
    named = [(community_name(names[nodes[at]] for at in part), part) for part in large]
    named += [(_REST, sorted(part)) for part in rest if part]
    return [(name, [nodes[at] for at in part]) for name, part in named]
