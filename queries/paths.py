"""The chains of relations that lead from one concept to another, best first, each step with its sentences.

The graph is that of everything stated, published or (marked) hedged, and the hierarchies of the vocabularies; concepts
joined by a mapping are one node. Steps may be walked in either direction, and a chain costs the same from both ends.
What a step costs says how much it explains: what pages say plainly, and more than once or accepted by a person, costs
least; going up to something general costs more the more there is below it, since `insulin is a hormone, glucagon is a
hormone` explains nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import NGO
from nutrigraph.ontology.relations import load_relations
from nutrigraph.ontology.types import load_types
from nutrigraph.queries.concepts import types_of
from nutrigraph.queries.edges import (
    MAPPING,
    Edge,
    count_below,
    hierarchy_above,
    predicate_record,
    stated_edges,
    statement_id,
)
from nutrigraph.queries.joined import all_joined
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import (
    ConceptRef,
    Evidence,
    Json,
    PredicateRecord,
    StatementRecord,
    statements_named,
)
from nutrigraph.queries.wording import EXACT_MATCH, hedged, inverse_label, sentence
from nutrigraph.store import Store

if TYPE_CHECKING:
    import networkx

_COST: Final = {
    NGO + "same_as": 0.6,
    NGO + "involved_in": 1.1,
    NGO + "affects": 1.15,
    NGO + "associated_with": 1.4,
}
"""Of relations that say more or less than others (1)."""
_HIERARCHY_COST: Final = 1.5
_VOCABULARY_COST: Final = 0.2
"""On top, for what no page says."""
_HEDGED_COST: Final = 0.5
_MANY: Final = 15
"""From so many neighbours on, a concept explains less the more it has."""
_TURN_COST: Final = 0.4
"""Where two steps meet head to head (a → c ← b) or part (a ← c → b): weaker than steps that follow each other."""
_SIBLINGS_COST: Final = 2.0
"""Where that happens in a hierarchy: two things are of one kind, or one thing is of two."""
_DEAREST: Final = 12.0
"""A chain that costs more explains nothing any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a chain, as it is stated; `direction` is "forward" if the chain goes from its subject to its
    object, else "backward". `origin` is "statement", "vocabulary" or "mapping"."""

    subject: ConceptRef
    predicate: PredicateRecord
    object: ConceptRef
    direction: str
    origin: str
    hedged: bool
    statements: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def as_json(self) -> Json:
        return {
            "subject": self.subject.as_json(),
            "predicate": self.predicate.as_json(),
            "object": self.object.as_json(),
            "direction": self.direction,
            "origin": self.origin,
            "hedged": self.hedged,
            "statements": list(self.statements),
            "evidence": [evidence.as_json() for evidence in self.evidence],
        }

    @property
    def text(self) -> str:
        """The step in words, in the direction of the chain: "Insulin is produced by Pancreas"."""
        forward = self.direction == "forward"
        label = self.predicate.label if forward else inverse_label(self.predicate.id)
        first, last = (self.subject, self.object) if forward else (self.object, self.subject)
        return sentence(first.label, hedged(label) if self.hedged else label, last.label)


@dataclass(frozen=True, slots=True)
class Path:
    """A chain between two concepts; `score` is from 0 to 1, `text` all its steps in words."""

    score: float
    nodes: tuple[ConceptRef, ...]
    steps: tuple[Step, ...]

    @property
    def text(self) -> str:
        return "; ".join(step.text for step in self.steps)

    def as_json(self) -> Json:
        return {
            "score": self.score,
            "text": self.text,
            "nodes": [node.as_json() for node in self.nodes],
            "steps": [step.as_json() for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class NoPath:
    """Why there is no chain: what is nearest to either end, and what kind of statement would join the two."""

    start: ConceptRef
    end: ConceptRef
    reached_from_start: tuple[ConceptRef, ...]
    reached_from_end: tuple[ConceptRef, ...]
    message: str

    def as_json(self) -> Json:
        return {
            "start": self.start.as_json(),
            "end": self.end.as_json(),
            "reached_from_start": [concept.as_json() for concept in self.reached_from_start],
            "reached_from_end": [concept.as_json() for concept in self.reached_from_end],
            "message": self.message,
        }


def paths(store: Store, start: str, end: str, k: int = 3) -> list[Path]:
    """The `k` best chains from concept `start` to concept `end` (IRIs), best first; none if there is none worth it.

    QueryError if both are one concept or `k` is below 1.
    """
    if k < 1:
        raise QueryError(f"The number of chains must be 1 or more, not {k}.")
    network = _network(store, start, end)
    if network.node(start) == network.node(end):
        label = labels_of(store, [start])[start]
        raise QueryError(f'Both ends are one concept, "{label}". Name two different concepts.')
    chains = [chain for chain in network.chains(start, end, k) if chain.cost <= _DEAREST][:k]
    return _in_words(store, chains)


def no_path(store: Store, start: str, end: str) -> NoPath:
    """What to tell somebody whose two concepts no chain connects."""
    network = _network(store, start, end)
    near = [network.nearest(one) for one in (start, end)]
    labels = labels_of(store, {start, end, *near[0], *near[1]})
    refs = {iri: ConceptRef(iri, label) for iri, label in labels.items()}
    first, last = refs[start], refs[end]
    lines = [f"No chain of relations explains how {first.label} and {last.label} hang together."]
    for ref, reached in ((first, near[0]), (last, near[1])):
        names = ", ".join(labels[iri] for iri in reached)
        lines.append(f"Nearest to {ref.label}: {names}." if reached else f"Nothing is stated about {ref.label}.")
    sides = [
        ", ".join(labels[one] for one in [iri, *reached][:3]) for iri, reached in ((start, near[0]), (end, near[1]))
    ]
    lines.append(f"Missing is a statement that relates one of these ({sides[0]}) to one of those ({sides[1]}).")
    fitting = _fitting(types_of(store, (start, end)), start, end)
    if fitting:
        lines.append(f"Relations that could lead from {first.label} to {last.label}: {', '.join(fitting)}.")
    held = _network(store, start, end, held=True).chains(start, end, 1)
    waiting = [statement for chain in held if chain.cost <= _DEAREST for statement in chain.held]
    if waiting:
        lines.append(f"A chain would appear if these were accepted (nutrigraph review accept ID): {', '.join(waiting)}")
    reached_from = [tuple(refs[iri] for iri in reached) for reached in near]
    return NoPath(first, last, reached_from[0], reached_from[1], "\n".join(lines))


def _fitting(types: Mapping[str, str], start: str, end: str) -> list[str]:
    """The labels of the relations made for a subject and an object of these types."""
    hierarchy = load_types()

    def fits(iri: str, expected: tuple[str, ...]) -> bool:
        return types.get(iri) in hierarchy.types and any(hierarchy.is_a(types[iri], type) for type in expected)

    return [each.label for each in load_relations().values() if fits(start, each.domain) and fits(end, each.range)]


@dataclass(frozen=True, slots=True)
class _Chain:
    """Edges in the order of walking; `start` and `end` are the concepts as they were asked for."""

    cost: float
    start: str
    end: str
    edges: tuple[tuple[Edge, bool], ...]
    """Each with whether it is walked from subject to object."""

    @property
    def held(self) -> list[str]:
        return [statement_id(edge.claims[0].statement) for edge, _ in self.edges if edge.status == "held"]


def _network(store: Store, start: str, end: str, *, held: bool = False) -> _Network:
    """Everything stated, and the hierarchy above that and above both ends: what has nothing but a hierarchy below
    leads nowhere."""
    joined = all_joined(store)
    stated = stated_edges(store, held=held)
    met = {start, end, *(each for edge in stated for each in (edge.subject, edge.object))}
    nodes = {joined.get(iri, iri) for iri in met}
    hierarchy = hierarchy_above(store, met | {iri for iri, node in joined.items() if node in nodes})
    below = count_below(store, (edge.object for edge in hierarchy))
    return _Network([*stated, *hierarchy], joined, below)


class _Network:
    """All edges between nodes, where a node is a concept with those joined with it; `below` counts the concepts that
    vocabularies have under one."""

    def __init__(self, edges: Iterable[Edge], joined: Mapping[str, str], below: Mapping[str, int]) -> None:
        self._joined = joined
        self._between: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
        self._near: defaultdict[str, set[str]] = defaultdict(set)
        under: defaultdict[str, set[str]] = defaultdict(set)
        for edge in edges:
            one, other = self.node(edge.subject), self.node(edge.object)
            if one != other:
                self._between[min(one, other), max(one, other)].append(edge)
                self._near[one].add(other)
                self._near[other].add(one)
                if edge.is_hierarchy:
                    under[other].add(one)
        self._below = {node: len(those) for node, those in under.items()}
        for iri, count in below.items():
            self._below[self.node(iri)] = max(count, self._below.get(self.node(iri), 0))

    def node(self, iri: str) -> str:
        return self._joined.get(iri, iri)

    def nearest(self, iri: str, count: int = 5) -> list[str]:
        """The concepts next to one, those that explain most first."""
        node = self.node(iri)
        near = sorted(self._near.get(node, ()), key=lambda other: (self._cost(node, other), other))
        best = [self._best(node, other) for other in near[:count]]
        return [edge.object if self.node(edge.subject) == node else edge.subject for edge in best]

    def chains(self, start: str, end: str, k: int) -> list[_Chain]:
        """Chains from `start` to `end`, the cheapest first, equal ones in an order that does not depend on which end
        they are looked at from."""
        import networkx

        graph = self._graph()
        first, last = self.node(start), self.node(end)
        if first not in graph or last not in graph or not networkx.has_path(graph, first, last):
            return []
        # always walked from the same end, so that asking the other way round gives the same chains
        walks = networkx.shortest_simple_paths(graph, min(first, last), max(first, last), weight="cost")
        found = [walk if first < last else walk[::-1] for walk in islice(walks, 4 * k + 16)]
        return _varied(sorted((self._chain(start, end, nodes) for nodes in found), key=_cheapest))[:k]

    def _graph(self) -> networkx.Graph[str]:
        import networkx

        graph: networkx.Graph[str] = networkx.Graph()
        graph.add_nodes_from(sorted(self._near))
        for one, other in sorted(self._between):
            graph.add_edge(one, other, cost=self._cost(one, other))
        return graph

    def _cost(self, one: str, other: str) -> float:
        """Of the best edge between two nodes, with half of what it costs to pass through either."""
        step = self._edge_cost(self._best(one, other))
        return round(step + (self._passing(one) + self._passing(other)) / 2, 6)

    def _passing(self, node: str) -> float:
        """What it costs to pass through a concept: much, if it is general or connected with everything."""
        general = 0.4 * math.log2(1 + self._below.get(node, 0))
        return general + 0.5 * max(0.0, math.log2(len(self._near[node]) / _MANY))

    def _edge_cost(self, edge: Edge) -> float:
        if edge.is_hierarchy:
            cost = _HIERARCHY_COST + 0.3 * math.log2(1 + self._below.get(self.node(edge.object), 0))
        else:
            cost = _COST.get(edge.predicate, 1.0)
        if not edge.claims:
            return cost + _VOCABULARY_COST
        best = edge.strongest
        cost += 1.0 - max(claim.confidence for claim in best)
        cost += _HEDGED_COST if edge.status != "published" else 0.0
        cost -= 0.25 if any(claim.reviewed for claim in best) else 0.0
        return cost - 0.1 * min(len({claim.page for claim in best}) - 1, 2)

    def _chain(self, start: str, end: str, nodes: Sequence[str]) -> _Chain:
        walked: list[tuple[Edge, bool]] = []
        for one, other in pairwise(nodes):
            edge = self._best(one, other)
            walked.append((edge, self.node(edge.subject) == one))
        cost = sum(self._cost(one, other) for one, other in pairwise(nodes))
        cost += sum(_turn_cost(before, after) for before, after in pairwise(walked))
        return _Chain(round(cost, 6), start, end, tuple(walked))

    def _best(self, one: str, other: str) -> Edge:
        edges = self._between[min(one, other), max(one, other)]
        return min(edges, key=lambda edge: (self._edge_cost(edge), edge.predicate, edge.subject, edge.object))


def _turn_cost(before: tuple[Edge, bool], after: tuple[Edge, bool]) -> float:
    """What it costs on top that two steps do not follow each other: they meet head to head, or part."""
    if before[1] == after[1]:
        return 0.0
    return _SIBLINGS_COST if before[0].is_hierarchy and after[0].is_hierarchy else _TURN_COST


def _cheapest(chain: _Chain) -> tuple[float, int, list[str]]:
    words = [f"{edge.subject} {edge.predicate} {edge.object}" for edge, _ in chain.edges]
    return chain.cost, len(words), min(words, words[::-1])


def _varied(chains: Sequence[_Chain]) -> list[_Chain]:
    """Chains that say the same of something else (of each of three cells) after those that say something new."""
    new: dict[tuple[tuple[str, bool], ...], _Chain] = {}
    for chain in chains:
        new.setdefault(tuple((edge.predicate, forward) for edge, forward in chain.edges), chain)
    first = list(new.values())
    return first + [chain for chain in chains if chain not in first]


def _in_words(store: Store, chains: Sequence[_Chain]) -> list[Path]:
    edges = [edge for chain in chains for edge, _ in chain.edges]
    records = statements_named(store, (claim.statement for edge in edges for claim in edge.strongest))
    ends = {end for edge in edges for end in (edge.subject, edge.object)}
    labels = labels_of(store, ends.union(*((chain.start, chain.end) for chain in chains)))
    refs = {iri: ConceptRef(iri, label) for iri, label in labels.items()}
    return [_path(chain, refs, records) for chain in chains]


def _path(chain: _Chain, refs: Mapping[str, ConceptRef], records: Mapping[str, StatementRecord]) -> Path:
    steps: list[Step] = []
    here = chain.start
    for edge, forward in chain.edges:
        entry, leaving = (edge.subject, edge.object) if forward else (edge.object, edge.subject)
        if entry != here:
            steps.append(_mapping_step(refs[here], refs[entry]))
        steps.append(_step(edge, forward, refs, records))
        here = leaving
    if here != chain.end:
        steps.append(_mapping_step(refs[here], refs[chain.end]))
    nodes = [refs[chain.start]]
    nodes += [step.object if step.direction == "forward" else step.subject for step in steps]
    return Path(round(1 / (1 + 0.12 * chain.cost), 3), tuple(nodes), tuple(steps))


def _step(edge: Edge, forward: bool, refs: Mapping[str, ConceptRef], records: Mapping[str, StatementRecord]) -> Step:
    found = [records[claim.statement] for claim in edge.strongest if claim.statement in records]
    return Step(
        refs[edge.subject],
        predicate_record(edge.predicate),
        refs[edge.object],
        "forward" if forward else "backward",
        edge.origin,
        edge.status == "hedged",
        tuple(record.id for record in found),
        tuple(record.evidence for record in found),
    )


def _mapping_step(one: ConceptRef, other: ConceptRef) -> Step:
    return Step(one, predicate_record(EXACT_MATCH), other, "forward", MAPPING, False, (), ())
