"""The concepts around one, and what connects them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nutrigraph.errors import QueryError
from nutrigraph.queries.edges import MAPPING, ConnectionRecord, Edge, connection, edges_around
from nutrigraph.queries.joined import joined_with
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import ConceptRef
from nutrigraph.queries.wording import EXACT_MATCH
from nutrigraph.store import Store


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A concept and how many steps away it is."""

    concept: ConceptRef
    distance: int

    def as_json(self) -> dict[str, object]:
        return {**self.concept.as_json(), "distance": self.distance}


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The concepts at most `depth` steps from `concept`, nearest first, and every connection that leads to one:
    statements (published or hedged), the hierarchy and relations of vocabularies, and mappings."""

    concept: ConceptRef
    depth: int
    neighbours: tuple[Neighbour, ...]
    connections: tuple[ConnectionRecord, ...]

    def as_json(self) -> dict[str, object]:
        """The object that `neighbours --format json` prints."""
        return {
            "concept": self.concept.as_json(),
            "depth": self.depth,
            "neighbours": [neighbour.as_json() for neighbour in self.neighbours],
            "connections": [connection.as_json() for connection in self.connections],
        }


def neighbourhood(store: Store, iri: str, depth: int = 1) -> Neighbourhood:
    """What is around the concept `iri`. Concepts joined by exactMatch are no step apart. `depth` is at least 1."""
    if depth < 1:
        raise QueryError(f"The depth must be 1 or more, not {depth}.")
    distance: dict[str, int] = {}
    edges: dict[tuple[str, str, str], Edge] = {}
    mappings: set[Edge] = set()
    frontier = {iri}
    for step in range(depth + 1):
        for one, others in joined_with(store, frontier).items():
            mappings |= {Edge(min(one, other), EXACT_MATCH, max(one, other)) for other in others if other != one}
            frontier |= others
        frontier -= distance.keys()
        distance |= dict.fromkeys(frontier, step)
        if step == depth or not frontier:
            break
        around = edges_around(store, frontier)
        edges |= {(edge.subject, edge.predicate, edge.object): edge for edge in around}
        frontier = {end for edge in around for end in (edge.subject, edge.object)}
    return _described(store, iri, depth, distance, [edges[key] for key in sorted(edges)], mappings)


def _described(
    store: Store, iri: str, depth: int, distance: dict[str, int], edges: list[Edge], mappings: Iterable[Edge]
) -> Neighbourhood:
    refs = {one: ConceptRef(one, label) for one, label in labels_of(store, distance).items()}
    neighbours = [Neighbour(refs[one], steps) for one, steps in distance.items() if one != iri]
    connections = [connection(edge, refs) for edge in edges]
    joining = sorted(mappings, key=lambda edge: (edge.subject, edge.object))
    connections += [connection(edge, refs, origin=MAPPING) for edge in joining]
    return Neighbourhood(
        refs[iri],
        depth,
        tuple(sorted(neighbours, key=lambda each: (each.distance, each.concept.label.casefold(), each.concept.id))),
        tuple(connections),
    )
