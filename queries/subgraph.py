"""What a concept map draws: the concepts around some, and what the pages state among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import SCHEMA
from nutrigraph.queries.concepts import ConceptCard, cards
from nutrigraph.queries.edges import Claim, Edge, stated_edges
from nutrigraph.queries.joined import joined_with
from nutrigraph.queries.statements import StatementRecord, in_order, statements_named
from nutrigraph.store import Store

_ABOUT: Final = f"SELECT ?concept WHERE {{ GRAPH ?page {{ ?page <{SCHEMA}about> ?concept }} }}"
_WEIGHT: Final = {"published": 1.0, "hedged": 0.6, "held": 0.3}
_REVIEWED: Final = 0.5
"""On top, for a statement that a person accepted."""

_Near = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A part of the graph to be drawn: `focus` are the IRIs it is about, `concepts` (without their own statements)
    come best first, `statements` are all between two of them, in the order of the pages."""

    title: str
    focus: tuple[str, ...]
    concepts: tuple[ConceptCard, ...]
    statements: tuple[StatementRecord, ...]


def subgraph(store: Store, focus: Sequence[str] = (), limit: int = 28, *, held: bool = False) -> Subgraph:
    """At most `limit` concepts around those of `focus` (IRIs; none given: the most central), best first, and the
    published and hedged statements among them; with `held` also those that wait for a person.

    First come the neighbours, those with the most and best statements before others, then the neighbours of those.
    QueryError if `limit` is below 1 or too small for `focus`.
    """
    return next(subgraphs(store, [focus], limit, held=held))


def community_subgraph(store: Store, name: str, concepts: Sequence[str], limit: int, *, held: bool = False) -> Subgraph:
    """The first `limit` of the concepts of a community (IRIs, the best connected first), and what is stated among
    them."""
    edges = [edge for edge in stated_edges(store, held=held) if edge.claims]
    return replace(_drawn(store, edges, concepts[:limit], (concepts[0],)), title=name)


def subgraphs(
    store: Store, focuses: Iterable[Sequence[str]], limit: int = 28, *, held: bool = False
) -> Iterator[Subgraph]:
    """`subgraph` for each focus in turn; what the pages state is read once."""
    edges = [edge for edge in stated_edges(store, held=held) if edge.claims]
    near = _weights(edges)
    for focus in focuses:
        if limit < max(1, len(set(focus))):
            raise QueryError(f"A map of at most {limit} concepts has no room for the {len(set(focus))} asked for.")
        chosen = _around(near, _as_stated(store, focus, near), limit) if focus else _central(near, limit)
        yield _drawn(store, edges, chosen, tuple(chosen[: len(set(focus)) or 1]))


def _drawn(store: Store, edges: Sequence[Edge], chosen: Sequence[str], about: tuple[str, ...]) -> Subgraph:
    inside = set(chosen)
    among = [edge for edge in edges if edge.subject in inside and edge.object in inside]
    records = statements_named(store, (claim.statement for edge in among for claim in edge.claims))
    drawn = cards(store, chosen)
    return Subgraph(
        title=", ".join(drawn[iri].label for iri in about),
        focus=about,
        concepts=tuple(drawn[iri] for iri in chosen),
        statements=tuple(in_order(records.values())),
    )


def _weights(edges: Sequence[Edge]) -> dict[str, dict[str, float]]:
    """How well each concept is connected with each of its neighbours."""
    near: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for edge in edges:
        weight = sum(_claim_weight(claim) for claim in edge.claims)
        near[edge.subject][edge.object] += weight
        near[edge.object][edge.subject] += weight
    return {iri: dict(others) for iri, others in near.items()}


def _claim_weight(claim: Claim) -> float:
    return _WEIGHT[claim.status] * claim.confidence + (_REVIEWED if claim.reviewed else 0.0)


def _as_stated(store: Store, focus: Sequence[str], near: _Near) -> list[str]:
    """The focus by the IRIs that statements use: of concepts joined by a mapping one may stand for all."""
    joined = joined_with(store, focus)
    stated = [iri if iri in near else min((one for one in joined[iri] if one in near), default=iri) for iri in focus]
    return list(dict.fromkeys(stated))


def _around(near: _Near, focus: Sequence[str], limit: int, rings: int = 2) -> list[str]:
    """The focus, then ring after ring the concepts best connected with what is nearer."""
    chosen = list(focus)
    taken = set(focus)
    inner: Sequence[str] = focus
    for _ in range(rings):
        pull: defaultdict[str, float] = defaultdict(float)
        for one in inner:
            for other, weight in near.get(one, {}).items():
                if other not in taken:
                    pull[other] += weight
        # among equally strong ones, those that have more to say themselves
        ring = sorted(pull, key=lambda iri: (-round(pull[iri], 6), -len(near[iri]), iri))
        if not ring or len(chosen) >= limit:
            break
        chosen += ring[: limit - len(chosen)]
        taken.update(ring)
        inner = ring
    return chosen[:limit]


def _central(near: _Near, limit: int) -> list[str]:
    """The best connected concept with everything around it; where that ends, the next one that is left."""
    chosen: dict[str, None] = {}
    by_weight = sorted(near, key=lambda iri: (-round(sum(near[iri].values()), 6), iri))
    for start in by_weight:
        if len(chosen) >= limit:
            break
        if start not in chosen:
            found = _around(near, [start], limit - len(chosen), rings=len(near))
            chosen.update(dict.fromkeys(found))
    return list(chosen)


def concepts_with_page(store: Store) -> list[str]:
    """The IRIs of the concepts that a page is about, in order."""
    return sorted({str(row[0]) for row in store.rows(_ABOUT)})
