"""Communities: what in a graph is joined more within itself than with the rest."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

_SEED: Final = 42
_NAMES: Final = 3


def community_name(names: Iterable[str]) -> str:
    """What a community is called: after the first few of its members, which are the best connected."""
    return ", ".join(islice(names, _NAMES))


def communities(count: int, edges: Iterable[tuple[int, int, int]]) -> list[list[int]]:
    """The communities of `count` nodes, each a list of their numbers; `edges` are two nodes and a weight.

    Those of the Louvain method (Blondel et al. 2008): of igraph if it is installed, else of networkx, which takes some
    twenty times as long. Equal graphs give equal communities, whatever the order of their edges.
    """
    ordered = sorted((min(one, two), max(one, two), weight) for one, two, weight in edges)
    if not ordered:
        return [[node] for node in range(count)]
    try:
        import igraph  # type: ignore[import-untyped]
    except ImportError:
        return _by_networkx(count, ordered)
    igraph.set_random_number_generator(random.Random(_SEED))
    graph = igraph.Graph(n=count, edges=[edge[:2] for edge in ordered])
    return [list(part) for part in graph.community_multilevel(weights=[edge[2] for edge in ordered])]


def _by_networkx(count: int, edges: Sequence[tuple[int, int, int]]) -> list[list[int]]:
    import networkx
    from networkx.algorithms.community import louvain_communities

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(edges)
    return [sorted(part) for part in louvain_communities(graph, weight="weight", seed=_SEED)]
