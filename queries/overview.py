"""The whole of what pages state, seen from far: what is central, what belongs together, what stands alone, and which
relations alone hold parts together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import NGO
from nutrigraph.queries.communities import communities, community_name
from nutrigraph.queries.edges import ConnectionRecord, Edge, connection, stated_edges
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import ConceptRef
from nutrigraph.store import Store

if TYPE_CHECKING:
    import networkx

_CONCEPTS: Final = 10
_BRIDGES: Final = 20
_LEAST_SIDE: Final = 2
"""A relation whose loss cuts off one concept alone holds no parts together."""
_COUNT_PAGES: Final = f"SELECT (COUNT(DISTINCT ?page) AS ?n) WHERE {{ GRAPH ?page {{ ?page <{NGO}path> ?path }} }}"


@dataclass(frozen=True, slots=True)
class Central:
    """A concept with how many concepts it is related with, and how many statements say so."""

    concept: ConceptRef
    neighbours: int
    statements: int

    def as_json(self) -> dict[str, object]:
        return {**self.concept.as_json(), "neighbours": self.neighbours, "statements": self.statements}


@dataclass(frozen=True, slots=True)
class Group:
    """Concepts that are related more with each other than with others, the best connected first; it is named after
    those. An island is related with no other concept at all."""

    name: str
    concepts: tuple[ConceptRef, ...]

    def as_json(self) -> dict[str, object]:
        return {"name": self.name, "concepts": [concept.as_json() for concept in self.concepts]}


@dataclass(frozen=True, slots=True)
class Bridge:
    """A relation without which `separated` concepts (the smaller side) would be an island."""

    connections: tuple[ConnectionRecord, ...]
    separated: int

    def as_json(self) -> dict[str, object]:
        return {"connections": [each.as_json() for each in self.connections], "separated": self.separated}


@dataclass(frozen=True, slots=True)
class Overview:
    """What pages state as a whole: `pages`, `statements` (published and hedged) and `concepts` are counts; the lists
    come with what matters most first."""

    pages: int
    statements: int
    concepts: int
    central: tuple[Central, ...]
    communities: tuple[Group, ...]
    islands: tuple[Group, ...]
    bridges: tuple[Bridge, ...]

    def as_json(self) -> dict[str, object]:
        """The object that `overview --format json` prints."""
        return {
            "pages": self.pages,
            "statements": self.statements,
            "concepts": self.concepts,
            "central": [each.as_json() for each in self.central],
            "communities": [each.as_json() for each in self.communities],
            "islands": [each.as_json() for each in self.islands],
            "bridges": [each.as_json() for each in self.bridges],
        }


def overview(store: Store) -> Overview:
    """An overview of what pages state, published or hedged; the vocabularies' own hierarchy is left out.

    Communities are weighted by the number of statements.
    """
    import networkx

    edges = [edge for edge in stated_edges(store) if edge.claims]
    graph: networkx.Graph[str] = networkx.Graph()
    said: Counter[str] = Counter()
    for edge in edges:
        known = graph.get_edge_data(edge.subject, edge.object, {"weight": 0})
        graph.add_edge(edge.subject, edge.object, weight=known["weight"] + len(edge.claims))
        said.update({edge.subject: len(edge.claims), edge.object: len(edge.claims)})
    labels = labels_of(store, graph)
    refs = {iri: ConceptRef(iri, label) for iri, label in labels.items()}
    order = sorted(graph, key=lambda iri: (-graph.degree(iri), -said[iri], labels[iri].casefold(), iri))
    rank = {iri: place for place, iri in enumerate(order)}
    parts = sorted(networkx.connected_components(graph), key=lambda part: (-len(part), min(rank[iri] for iri in part)))
    whole = graph.subgraph(parts[0]) if parts else graph
    return Overview(
        pages=int(store.rows(_COUNT_PAGES)[0][0] or 0),
        statements=sum(len(edge.claims) for edge in edges),
        concepts=len(graph),
        central=tuple(Central(refs[iri], graph.degree(iri), said[iri]) for iri in order[:_CONCEPTS]),
        communities=_groups(_communities(whole), rank, refs),
        islands=_groups(parts[1:], rank, refs),
        bridges=_bridges(whole, edges, refs),
    )


def community_named(found: Overview, name: str, concept: str | None) -> Group:
    """The community or island that the overview calls `name`, whatever the case, else the one that `concept` (an IRI)
    is in. QueryError says which there are."""
    groups = (*found.communities, *found.islands)
    for group in groups:
        if group.name.casefold() == name.casefold() or concept in {each.id for each in group.concepts}:
            return group
    names = "; ".join(group.name for group in groups[:_CONCEPTS]) or "none yet"
    raise QueryError(f'No community is called "{name}", and none has a concept of that name. There are: {names}.')


def _groups(parts: Iterable[Iterable[str]], rank: dict[str, int], refs: dict[str, ConceptRef]) -> tuple[Group, ...]:
    ordered = sorted(
        (sorted(part, key=rank.__getitem__) for part in parts), key=lambda part: (-len(part), rank[part[0]])
    )
    return tuple(
        Group(community_name(refs[iri].label for iri in part), tuple(refs[iri] for iri in part)) for part in ordered
    )


def _communities(graph: networkx.Graph[str]) -> Sequence[Iterable[str]]:
    names = sorted(graph)
    number = {name: at for at, name in enumerate(names)}
    links = ((number[str(one)], number[str(two)], int(facts["weight"])) for one, two, facts in graph.edges(data=True))
    return [[names[at] for at in part] for part in communities(len(names), links)]


def _bridges(graph: networkx.Graph[str], edges: Iterable[Edge], refs: dict[str, ConceptRef]) -> tuple[Bridge, ...]:
    """Those that separate most first."""
    import networkx

    between: dict[frozenset[str], list[Edge]] = {}
    for edge in edges:
        between.setdefault(frozenset((edge.subject, edge.object)), []).append(edge)
    cuts: list[tuple[str, str]] = list(networkx.bridges(cast("Any", graph))) if graph.number_of_edges() else []
    rest = graph.copy()
    rest.remove_edges_from(cuts)
    parts: list[set[str]] = list(networkx.connected_components(rest))
    block = {iri: at for at, part in enumerate(parts) for iri in part}
    sizes = {at: len(part) for at, part in enumerate(parts)}
    tree: networkx.Graph[int] = networkx.Graph()
    tree.add_nodes_from(sizes)
    tree.add_edges_from((block[one], block[other]) for one, other in cuts)
    below = _sizes_below(tree, sizes)
    found: list[Bridge] = []
    for one, other in cuts:
        far = min(below[block[one]], below[block[other]])
        separated = min(far, len(graph) - far)
        if separated >= _LEAST_SIDE:
            found.append(Bridge(tuple(connection(edge, refs) for edge in between[frozenset((one, other))]), separated))
    found.sort(
        key=lambda bridge: (-bridge.separated, bridge.connections[0].subject.label, bridge.connections[0].object.label)
    )
    return tuple(found[:_BRIDGES])


def _sizes_below(tree: networkx.Graph[int], sizes: dict[int, int]) -> dict[int, int]:
    """In a tree of blocks, hung up at the first, how many concepts are in each block with all that hangs from it."""
    import networkx

    below = dict(sizes)
    if tree:
        for above, under in reversed(list(networkx.bfs_edges(tree, min(tree)))):
            below[above] += below[under]
    return below
