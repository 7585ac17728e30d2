"""The chains of relations that lead from one concept to another, best first, each step with its sentences.

The graph is that of everything stated, published or (marked) hedged, the hierarchies of the vocabularies and their
mappings; concepts joined by a mapping are one node. Steps may be walked in either direction, and a chain costs the same
from both ends. What a step costs says how much it explains (see `path_index`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Final

from nutrigraph.errors import QueryError
from nutrigraph.ontology.relations import load_relations
from nutrigraph.ontology.types import load_types
from nutrigraph.queries.concepts import types_of
from nutrigraph.queries.edges import MAPPING, Edge, predicate_record, statement_id
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.path_climbs import back, climbs, is_climb
from nutrigraph.queries.path_index import DEAREST, Choice, PathIndex, turn_cost
from nutrigraph.queries.path_index_writing import index_in_memory
from nutrigraph.queries.path_search import Walk, cheapest_walks
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

ANY: Final = Choice()
"""No restriction: everything published or hedged."""
_NEAREST: Final = 5
_MOST_ON_A_LEG: Final = 40


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a chain, as it is stated; `direction` is "forward" if the chain goes from its subject to its
    object, else "backward". `origin` is "statement", "vocabulary" or "mapping"; `source` names the vocabulary that a
    step without statements is from ("" where that is not known)."""

    subject: ConceptRef
    predicate: PredicateRecord
    object: ConceptRef
    direction: str
    origin: str
    hedged: bool
    statements: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    source: str = ""

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
            "source": self.source or None,
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


def paths(
    store: Store, start: str, end: str, k: int = 3, choice: Choice = ANY, index: sqlite3.Connection | None = None
) -> list[Path]:
    """The `k` best chains from concept `start` to concept `end` (IRIs), best first; none if there is none worth it.

    `choice` says which steps a chain may have. `index` is what `write_path_index` wrote of this graph;
    without it the edges are read from the graph each time. QueryError if both are one concept, `k` is below 1, or an
    end is a concept to go through or not to go through.
    """
    if k < 1:
        raise QueryError(f"The number of chains must be 1 or more, not {k}.")
    with _edges(store, (start, end, *choice.through), index) as edges:
        ground = PathIndex(edges, choice)
        if start == end or (ground.node(start) is not None and ground.node(start) == ground.node(end)):
            label = labels_of(store, [start])[start]
            raise QueryError(f'Both ends are one concept, "{label}". Name two different concepts.')
        stops = [iri if (node := ground.node(iri)) is None else node for iri in (start, end, *choice.through)]
        if len(set(stops)) < len(stops):
            raise QueryError("A concept to go through is an end of the chain, or is named twice. Leave it out.")
        return _in_words(store, _chains(ground, start, end, k))


def no_path(
    store: Store, start: str, end: str, choice: Choice = ANY, index: sqlite3.Connection | None = None
) -> NoPath:
    """What to tell somebody whose two concepts no chain connects."""
    with _edges(store, (start, end, *choice.through), index) as edges:
        ground = PathIndex(edges, choice)
        near = [_nearest(ground, one) for one in (start, end)]
        freely = _chains(PathIndex(edges, ANY), start, end, 1) if choice != ANY else []
        held = [] if freely else _chains(PathIndex(edges, replace(choice, held=True)), start, end, 1)
    labels = labels_of(store, {start, end, *near[0], *near[1]})
    refs = {iri: ConceptRef(iri, label) for iri, label in labels.items()}
    first, last = refs[start], refs[end]
    lines = [f"No chain of relations explains how {first.label} and {last.label} hang together."]
    if freely:
        lines = [
            f"No chain of the relations that you allow leads from {first.label} to {last.label}. "
            f"Without restrictions there is one: {_in_words(store, freely)[0].text}."
        ]
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
    waiting = [statement for chain in held for statement in chain.held]
    if waiting:
        lines.append(f"A chain would appear if these were accepted (nutrigraph review accept ID): {', '.join(waiting)}")
    reached_from = [tuple(refs[iri] for iri in reached) for reached in near]
    return NoPath(first, last, reached_from[0], reached_from[1], "\n".join(lines))


@contextmanager
def _edges(store: Store, ends: Sequence[str], index: sqlite3.Connection | None) -> Iterator[sqlite3.Connection]:
    with nullcontext(index) if index else closing(index_in_memory(store, ends)) as edges:
        yield edges


def _fitting(types: Mapping[str, str], start: str, end: str) -> list[str]:
    """The labels of the relations made for a subject and an object of these types."""
    hierarchy = load_types()

    def fits(iri: str, expected: tuple[str, ...]) -> bool:
        return types.get(iri) in hierarchy.types and any(hierarchy.is_a(types[iri], type) for type in expected)

    return [each.label for each in load_relations().values() if fits(start, each.domain) and fits(end, each.range)]


def _nearest(ground: PathIndex, iri: str) -> list[str]:
    """The concepts next to one, those that explain most first."""
    node = ground.node(iri)
    if node is None:
        return []
    best: dict[int, str] = {}
    for link in sorted(ground.links(node), key=lambda link: (link.cost, link.edge)):
        edge, _ = ground.edge(link.edge)
        best.setdefault(link.other, edge.object if link.is_forward else edge.subject)
    return list(best.values())[:_NEAREST]


@dataclass(frozen=True, slots=True)
class _Chain:
    """Edges in the order of walking; `start` and `end` are the concepts as they were asked for."""

    cost: float
    start: str
    end: str
    edges: tuple[tuple[Edge, bool, str], ...]
    """Each with whether it is walked from subject to object, and the vocabulary that it is from."""

    @property
    def held(self) -> list[str]:
        return [statement_id(edge.claims[0].statement) for edge, *_ in self.edges if edge.status == "held"]


def _chains(ground: PathIndex, start: str, end: str, k: int) -> list[_Chain]:
    """The best chains, equal ones in an order that does not depend on which end they are looked at from."""
    walks = _walks(ground, [start, *ground.choice.through, end], 4 * k + 16)
    chains = [
        _Chain(
            round(walk.cost, 6),
            start,
            end,
            tuple((edge, link.is_forward, source) for link in walk.links for edge, source in [ground.edge(link.edge)]),
        )
        for walk in walks
    ]
    return _varied(sorted(chains, key=_cheapest))[:k]


def _walks(ground: PathIndex, stops: Sequence[str], wanted: int) -> list[Walk]:
    """The cheapest walks that come by all stops in their order."""
    places = [ground.node(stop) for stop in stops]
    nodes = [node for node in places if node is not None and node not in ground.without]
    if len(nodes) < len(stops):
        return []
    for node in nodes:
        ground.allow(node)
    legs = [_leg(ground, one, other, wanted if len(nodes) == 2 else _MOST_ON_A_LEG) for one, other in pairwise(nodes)]
    joined = [walk for parts in product(*legs) if (walk := _joined(parts)) is not None]
    return sorted(joined, key=lambda walk: walk.cost)[: max(wanted, len(legs[0]))]


def _leg(ground: PathIndex, one: int, other: int, wanted: int) -> list[Walk]:
    """The cheapest walks between two nodes; if one of them is something more general than the other, also the way
    there, however long: each of its steps is part of what the other is."""
    walks = cheapest_walks(ground.links, turn_cost, one, other, wanted, DEAREST)
    if len(walks) >= wanted or any(is_climb(walk) for walk in walks):
        return walks
    return [*walks, *(climbs(ground.links, one, other) or map(back, climbs(ground.links, other, one)))]


def _joined(parts: Sequence[Walk]) -> Walk | None:
    """Walks one behind the other as one; None if that comes by a node twice, or costs too much where no leg does."""
    nodes = parts[0].nodes + tuple(node for part in parts[1:] for node in part.nodes[1:])
    cost = sum(part.cost for part in parts)
    cost += sum(turn_cost(one.links[-1].kind, other.links[0].kind) for one, other in pairwise(parts))
    if len(set(nodes)) < len(nodes) or cost > DEAREST >= max(part.cost for part in parts):
        return None
    return Walk(cost, nodes, tuple(link for part in parts for link in part.links))


def _cheapest(chain: _Chain) -> tuple[float, int, list[str]]:
    words = [f"{edge.subject} {edge.predicate} {edge.object}" for edge, *_ in chain.edges]
    return chain.cost, len(words), min(words, words[::-1])


def _varied(chains: Sequence[_Chain]) -> list[_Chain]:
    """Chains that say the same of something else (of each of three cells) after those that say something new."""
    new: dict[tuple[tuple[str, bool], ...], _Chain] = {}
    for chain in chains:
        new.setdefault(tuple((edge.predicate, forward) for edge, forward, _ in chain.edges), chain)
    first = list(new.values())
    return first + [chain for chain in chains if chain not in first]


def _in_words(store: Store, chains: Sequence[_Chain]) -> list[Path]:
    edges = [edge for chain in chains for edge, *_ in chain.edges]
    records = statements_named(store, (claim.statement for edge in edges for claim in edge.strongest))
    ends = {end for edge in edges for end in (edge.subject, edge.object)}
    labels = labels_of(store, ends.union(*((chain.start, chain.end) for chain in chains)))
    refs = {iri: ConceptRef(iri, label) for iri, label in labels.items()}
    return [_path(chain, refs, records) for chain in chains]


def _path(chain: _Chain, refs: Mapping[str, ConceptRef], records: Mapping[str, StatementRecord]) -> Path:
    steps: list[Step] = []
    here = chain.start
    for edge, forward, source in chain.edges:
        entry, leaving = (edge.subject, edge.object) if forward else (edge.object, edge.subject)
        if entry != here:
            steps.append(_mapping_step(refs[here], refs[entry]))
        steps.append(replace(_step(edge, forward, refs, records), source=source))
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
