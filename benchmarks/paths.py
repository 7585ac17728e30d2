"""How long paths take against networkx that loads the same edges first: on the graph of a project, and on generated
graphs. Part of `queries.py`."""

from __future__ import annotations

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable
from itertools import islice

import networkx

import nutrigraph
from nutrigraph.ontology.namespaces import NGO
from nutrigraph.queries.edges import Edge, all_edges
from nutrigraph.queries.path_index_writing import index_of
from nutrigraph.queries.paths import no_path, paths

PAIRS = 40
GENERATED = {"60,000 concepts": (65_000, 120_000), "dense, 5,000 concepts": (5_000, 60_000)}
"""Concepts and edges; some concepts have very many, as in real graphs."""


def against_networkx(kg: nutrigraph.KnowledgeGraph, found: dict[str, float]) -> None:
    """Three chains between concepts of the vocabulary drawn by chance and between concepts of the pages."""
    edges = all_edges(kg.store)
    stated = [edge for edge in edges if edge.claims]
    chance = random.Random(5)
    pairs = [pair for group in (edges, stated) for pair in pairs_of(group, chance, PAIRS // 2)]
    measure(kg, "", kg._files[2], pairs, found)
    found["path, ratio to networkx"] = against_plain(lambda: all_edges(kg.store), pairs) / found["path, median ms"]
    for name, (concepts, count) in GENERATED.items():
        made = generated(concepts, count, chance)
        pairs = pairs_of(made, chance, PAIRS // 2)
        measure(kg, f", {name}", index_of(made, {}, {}), pairs, found)
        theirs = against_plain(lambda made=made: made, pairs)  # type: ignore[misc]
        found[f"path, {name}, ratio to networkx"] = theirs / found[f"path, {name}, median ms"]


def measure(
    kg: nutrigraph.KnowledgeGraph,
    name: str,
    index: sqlite3.Connection,
    pairs: Iterable[tuple[str, str]],
    found: dict[str, float],
) -> None:
    """The median and the slowest answer; for two that no chain connects it says what is nearest."""

    def ask(one: str, other: str) -> bool:
        if paths(kg.store, one, other, 3, index=index):
            return True
        no_path(kg.store, one, other, index=index)
        return False

    times: list[float] = []
    unconnected = 0
    for pair in pairs:
        took = [timed(lambda pair=pair: ask(*pair)) for _ in range(3)]  # type: ignore[misc]
        unconnected += not ask(*pair)
        times.append(min(took))
    nodes, edges = (index.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("concept", "edge"))
    print(f"paths{name}: {nodes:,} concepts, {edges:,} edges; {unconnected} of {len(times)} pairs are not connected")
    found[f"path{name}, median ms"] = statistics.median(times)
    found[f"path{name}, slowest ms"] = max(times)


def against_plain(load: Callable[[], Iterable[Edge]], pairs: list[tuple[str, str]]) -> float:
    """The median of networkx for some of the pairs, with loading the graph."""

    def plain(one: str, other: str) -> None:
        graph: networkx.Graph[str] = networkx.Graph()
        graph.add_edges_from((edge.subject, edge.object) for edge in load())
        if networkx.has_path(graph, one, other):
            list(islice(networkx.shortest_simple_paths(graph, one, other), 3))

    return statistics.median(timed(lambda pair=pair: plain(*pair)) for pair in pairs[::8])  # type: ignore[misc]


def pairs_of(edges: Iterable[Edge], chance: random.Random, count: int) -> list[tuple[str, str]]:
    ends = sorted({end for edge in edges for end in (edge.subject, edge.object)})
    return [(one, other) for one, other in (chance.sample(ends, 2) for _ in range(count))]


def generated(concepts: int, count: int, chance: random.Random) -> list[Edge]:
    """Edges between concepts of which the first ones have most."""
    relations = [NGO + name for name in ("affects", "causes", "produces")]
    drawn = ((int(concepts * chance.random() ** 2), chance.randrange(concepts)) for _ in range(count))
    made = {(one, chance.choice(relations), other) for one, other in drawn if one != other}
    return [Edge(f"urn:c:{one}", relation, f"urn:c:{other}") for one, relation, other in sorted(made)]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)
