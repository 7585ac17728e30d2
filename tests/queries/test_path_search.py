"""The cheapest walks are those that trying everything finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from nutrigraph.queries.path_index import turn_cost
from nutrigraph.queries.path_search import FORWARD, HIERARCHY, Link, cheapest_walks

_NODES = st.integers(0, 6)
_EDGES = st.lists(st.tuples(_NODES, _NODES, st.integers(1, 8), st.booleans()), max_size=14)


def links_of(edges: list[tuple[int, int, int, bool]]) -> dict[int, list[Link]]:
    """Both ends of (subject, object, cost, hierarchy)."""
    links: dict[int, list[Link]] = {node: [] for node in range(7)}
    for number, (one, other, cost, hierarchy) in enumerate(edges):
        if one != other:
            kind = HIERARCHY if hierarchy else 0
            links[one].append(Link(other, cost / 2, kind | FORWARD, number))
            links[other].append(Link(one, cost / 2, kind, number))
    return links


def every_walk(
    links: dict[int, list[Link]], node: int, end: int, taken: list[Link], seen: list[int]
) -> Iterator[float]:
    """What each walk costs that comes by no node twice."""
    if node == end:
        turns = sum(turn_cost(one.kind, other.kind) for one, other in pairwise(taken))
        yield sum(link.cost for link in taken) + turns
        return
    for link in links[node]:
        if link.other not in seen:
            yield from every_walk(links, link.other, end, [*taken, link], [*seen, link.other])


@settings(max_examples=60)
@given(_EDGES, st.integers(1, 5))
def test_the_walks_are_the_cheapest_ones(edges: list[tuple[int, int, int, bool]], wanted: int) -> None:
    links = links_of(edges)
    found = cheapest_walks(links.__getitem__, turn_cost, 0, 6, wanted, dearest=9.0)
    costs = sorted(cost for cost in every_walk(links, 0, 6, [], [0]) if cost <= 9.0)
    assert bool(found) == bool(costs)
    if found:
        assert abs(min(walk.cost for walk in found) - costs[0]) < 1e-9
    assert len({walk.nodes for walk in found}) == len(found)
    for walk in found:
        assert (walk.nodes[0], walk.nodes[-1]) == (0, 6)
        assert len(set(walk.nodes)) == len(walk.nodes) == len(walk.links) + 1
        assert any(abs(walk.cost - cost) < 1e-9 for cost in costs)
    assert [walk.cost for walk in found] == sorted(walk.cost for walk in found)


@settings(max_examples=60)
@given(_EDGES)
def test_none_is_left_out_that_costs_less_than_one_that_is_found(edges: list[tuple[int, int, int, bool]]) -> None:
    links = links_of([edge for at, edge in enumerate(edges) if edge[:2] not in [each[:2] for each in edges[:at]]])
    single = {node: list({link.other: link for link in those}.values()) for node, those in links.items()}
    both = {node: [link for link in those if any(b.other == node and b.edge == link.edge for b in single[link.other])]
            for node, those in single.items()}  # fmt: skip
    every = sorted(cost for cost in every_walk(both, 0, 6, [], [0]) if cost <= 9.0)
    found = [walk.cost for walk in cheapest_walks(both.__getitem__, turn_cost, 0, 6, 3, dearest=9.0)]
    assert len(found) >= min(3, len(every))
    assert [round(cost, 6) for cost in found] == [round(cost, 6) for cost in every[: len(found)]]


@settings(max_examples=60)
@given(_EDGES)
def test_they_cost_the_same_from_both_ends(edges: list[tuple[int, int, int, bool]]) -> None:
    links = links_of(edges)
    there = cheapest_walks(links.__getitem__, turn_cost, 0, 6, 3, dearest=9.0)
    back = cheapest_walks(links.__getitem__, turn_cost, 6, 0, 3, dearest=9.0)
    assert sorted(walk.nodes for walk in there) == sorted(walk.nodes[::-1] for walk in back)
    assert sorted(round(walk.cost, 6) for walk in there) == sorted(round(walk.cost, 6) for walk in back)


def test_of_a_graph_in_which_everything_is_near_a_small_part_is_read() -> None:
    chance = random.Random(3)
    links: list[list[Link]] = [[] for _ in range(4_000)]
    for number in range(40_000):
        one, other = int(4_000 * chance.random() ** 2), chance.randrange(4_000)  # the first ones have hundreds
        if one != other:
            cost, kind = 1.5 + chance.random(), 0 if number % 5 else HIERARCHY
            links[one].append(Link(other, cost, kind | FORWARD, number))
            links[other].append(Link(one, cost, kind, number))
    read: set[int] = set()

    def read_links(node: int) -> list[Link]:
        read.add(node)
        return links[node]

    for start, end in ((5, 3_990), (3_000, 3_500), (1_000, 3_999)):
        read.clear()
        found = cheapest_walks(read_links, turn_cost, start, end, 28, 12.0)
        assert len(found) == 28
        assert len(read) < 800
        back = cheapest_walks(links.__getitem__, turn_cost, end, start, 28, 12.0)
        assert {walk.nodes for walk in back} == {walk.nodes[::-1] for walk in found}
