"""What connects concepts: one edge for each triple that pages state or vocabularies hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode

from nutrigraph.ontology.namespaces import DECISIONS_GRAPH, NGO, RDF, RDFS, SKOS
from nutrigraph.ontology.relations import load_relations
from nutrigraph.queries.statements import ConceptRef, Json, PredicateRecord
from nutrigraph.queries.wording import BROADER, relation_label, relation_name
from nutrigraph.store import Store

STATEMENT: Final = "statement"
VOCABULARY: Final = "vocabulary"
MAPPING: Final = "mapping"

_STATED: Final = f"""SELECT ?page ?statement ?s ?p ?o ?modality ?confidence WHERE {{
  #VALUES s
  #VALUES o
  GRAPH ?page {{
    ?statement <{RDF}subject> ?s ; <{RDF}object> ?o ; <{RDF}predicate> ?p ; <{NGO}modality> ?modality ;
      <{NGO}confidence> ?confidence
  }}
}}"""
_DECIDED: Final = f"""SELECT ?statement ?property ?value WHERE {{
  GRAPH <{DECISIONS_GRAPH}> {{ VALUES ?property {{ <{NGO}status> <{NGO}decision> }} ?statement ?property ?value }}
}}"""
# Of predicates or around concepts: with both as VALUES the engine would read all triples of the predicates.
_OF_PREDICATES: Final = """SELECT ?s ?p ?o WHERE {
  #VALUES p
  ?s ?p ?o
  FILTER(isIRI(?s) && isIRI(?o))
}"""
_ANY_AROUND: Final = """SELECT ?s ?p ?o WHERE {
  #VALUES s
  #VALUES o
  ?s ?p ?o
  FILTER(isIRI(?s) && isIRI(?o) && ?p IN (%s))
}"""
_COUNT_BELOW: Final = f"""SELECT ?o (COUNT(DISTINCT ?s) AS ?count) WHERE {{
  #VALUES o
  ?s ?p ?o
  FILTER(isIRI(?s) && ?p IN (<{BROADER}>, <{RDFS}subClassOf>))
}} GROUP BY ?o"""
HIERARCHY_OF_VOCABULARIES: Final = (BROADER, RDFS + "subClassOf")
"""The relations of vocabularies whose object is something more general than the subject; no page states them."""
_NEARLY_THE_SAME: Final = tuple(SKOS + name for name in ("closeMatch", "broadMatch", "narrowMatch", "relatedMatch"))
"""Mappings that say how two concepts are related, and do not make them one."""
_AT_ONCE: Final = 500
_ORDER: Final = ("published", "hedged", "held")

Triple = tuple[str, str, str]
"""Subject, predicate and object, as IRIs."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement behind an edge: its IRI, its page's IRI, `status` published, hedged or held."""

    statement: str
    page: str
    status: str
    confidence: float
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A triple between two concepts. `claims` are the statements it rests on, the strongest first; a triple of a
    vocabulary has none."""

    subject: str
    predicate: str
    object: str
    claims: tuple[Claim, ...] = ()

    @property
    def triple(self) -> Triple:
        return self.subject, self.predicate, self.object

    @property
    def origin(self) -> str:
        """ "statement", "vocabulary" or "mapping"."""
        if self.claims:
            return STATEMENT
        return MAPPING if self.predicate in _NEARLY_THE_SAME else VOCABULARY

    @property
    def status(self) -> str:
        """That of its strongest statement."""
        return self.claims[0].status if self.claims else "published"

    @property
    def is_hierarchy(self) -> bool:
        """Whether the object is something more general than the subject."""
        return self.predicate in HIERARCHY

    @property
    def strongest(self) -> tuple[Claim, ...]:
        """The claims of the best status alone: where a page says it plainly, the hedged ones are not needed."""
        return tuple(claim for claim in self.claims if claim.status == self.status)


@dataclass(frozen=True, slots=True)
class ConnectionRecord:
    """An edge as people see it: `origin` is "statement", "vocabulary" or "mapping", `statements` are statement ids."""

    subject: ConceptRef
    predicate: PredicateRecord
    object: ConceptRef
    origin: str
    status: str
    statements: tuple[str, ...]

    def as_json(self) -> Json:
        return {
            "subject": self.subject.as_json(),
            "predicate": self.predicate.as_json(),
            "object": self.object.as_json(),
            "origin": self.origin,
            "status": self.status,
            "statements": list(self.statements),
        }


HIERARCHY: Final = frozenset({*HIERARCHY_OF_VOCABULARIES, NGO + "is_a", NGO + "has_role"})


def all_edges(store: Store, *, held: bool = False, mappings: bool = False) -> list[Edge]:
    """Every edge of the graph in a fixed order: published and hedged statements, with `held` those that wait for a
    person too, and what vocabularies hold (their hierarchy, relations in people's own files, with `mappings` also
    those mappings that do not make two concepts one)."""
    return _edges(store, [{}], held=held, held_in_vocabularies=(*HIERARCHY_OF_VOCABULARIES, *_between(mappings)))


def stated_edges(store: Store, *, held: bool = False, mappings: bool = False) -> list[Edge]:
    """All edges but those of the vocabularies' hierarchy, which may be very many."""
    return _edges(store, [{}], held=held, held_in_vocabularies=_between(mappings))


def held_in_vocabularies(store: Store) -> Iterator[Triple]:
    """The relations and mappings between concepts that the graph holds, whoever says them, one at a time."""
    for predicate in _between(mappings=True):
        for quad in store.quads(None, NamedNode(predicate), None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                triple = quad.subject.value, predicate, quad.object.value
                if _is_between_concepts(triple):
                    yield triple


def hierarchy(store: Store, values: Mapping[str, list[str]] | None = None) -> list[Edge]:
    """The whole hierarchy of the vocabularies, or the part of it with these values."""
    return [Edge(*triple) for triple in _held_in_vocabularies(store, HIERARCHY_OF_VOCABULARIES, values or {})]


def hierarchy_above(store: Store, concepts: Iterable[str]) -> list[Edge]:
    """The vocabularies' hierarchy from `concepts` up to the top."""
    found: set[Edge] = set()
    seen: set[str] = set()
    frontier = set(concepts)
    while frontier:
        seen |= frontier
        edges = hierarchy(store, {"s": sorted(frontier)})
        found.update(edges)
        frontier = {edge.object for edge in edges} - seen
    return sorted(found, key=lambda edge: (edge.subject, edge.predicate, edge.object))


def count_below(store: Store, concepts: Iterable[str]) -> dict[str, int]:
    """How many concepts the vocabularies have directly below each of `concepts`; none for those without."""
    wanted = sorted(set(concepts))
    # the engine's time grows with the square of a long list of values
    parts = (wanted[first : first + _AT_ONCE] for first in range(0, len(wanted), _AT_ONCE))
    rows = [row for part in parts for row in store.rows(_COUNT_BELOW, values={"o": part})]
    return {str(iri): int(count or 0) for iri, count in rows if iri is not None}


def stated_around(store: Store, concepts: Iterable[str]) -> list[Edge]:
    """As `stated_edges`, held ones and mappings too, those that begin or end at one of `concepts`."""
    wanted = sorted(set(concepts))
    filters = [{"s": wanted}, {"o": wanted}]
    return _edges(store, filters, held=True, held_in_vocabularies=_between(True)) if wanted else []


def edges_around(store: Store, concepts: Iterable[str], *, held: bool = False) -> list[Edge]:
    """The edges that begin or end at one of `concepts`."""
    wanted = sorted(set(concepts))
    filters = [{"s": wanted}, {"o": wanted}]
    if not wanted:
        return []
    return _edges(store, filters, held=held, held_in_vocabularies=(*HIERARCHY_OF_VOCABULARIES, *_relations()))


def connection(edge: Edge, refs: Mapping[str, ConceptRef], *, origin: str | None = None) -> ConnectionRecord:
    """The edge as people see it; `refs` knows both ends."""
    return ConnectionRecord(
        refs[edge.subject],
        predicate_record(edge.predicate),
        refs[edge.object],
        origin or edge.origin,
        edge.status,
        tuple(statement_id(claim.statement) for claim in edge.claims),
    )


def predicate_record(iri: str) -> PredicateRecord:
    """A relation with its name and label."""
    return PredicateRecord(iri, relation_name(iri), relation_label(iri))


def statement_id(iri: str) -> str:
    """The id of a statement within its IRI."""
    return iri.partition("#statement-")[2] or iri


def _between(mappings: bool) -> tuple[str, ...]:
    return (*_relations(), *(_NEARLY_THE_SAME if mappings else ()))


def _relations() -> tuple[str, ...]:
    return tuple(relation.iri for relation in load_relations().values())


def _edges(
    store: Store, filters: list[dict[str, list[str]]], *, held: bool, held_in_vocabularies: tuple[str, ...]
) -> list[Edge]:
    decided: dict[str, set[str]] = {}
    for statement, _, value in store.rows(_DECIDED):
        decided.setdefault(str(statement), set()).add(str(value).removeprefix(NGO))
    claims: dict[Triple, set[Claim]] = {}
    for values in filters:
        for row in store.rows(_STATED, values=dict(values)):
            page, statement, s, p, o, modality, confidence = map(str, row)
            known = decided.get(statement, set())
            claim = claim_of(page, statement, modality.removeprefix(NGO), float(confidence), known)
            if claim is not None and (held or claim.status != "held") and s != o:
                claims.setdefault((s, p, o), set()).add(claim)
        for triple in _held_in_vocabularies(store, held_in_vocabularies, values):
            claims.setdefault(triple, set())
    return [Edge(*triple, tuple(sorted(claims[triple], key=_strength))) for triple in sorted(claims)]


def _held_in_vocabularies(
    store: Store, predicates: tuple[str, ...], around: Mapping[str, list[str]]
) -> Iterator[Triple]:
    if around:
        rows = store.rows(_ANY_AROUND % ", ".join(f"<{iri}>" for iri in predicates), values=dict(around))
    else:
        rows = store.rows(_OF_PREDICATES, {"p": predicates})
    for row in rows:
        s, p, o = map(str, row)
        if _is_between_concepts((s, p, o)):
            yield s, p, o


def _is_between_concepts(triple: Triple) -> bool:
    return triple[0] != triple[2] and not triple[0].startswith(NGO)  # the types themselves are no concepts


def claim_of(page: str, statement: str, modality: str, confidence: float, decided: Collection[str]) -> Claim | None:
    """A claim that may be shown; None for what is rejected or negated. `decided` are the status that modality does not
    give ("held", "rejected") and what a person said ("accept", "reject"), if any."""
    if "rejected" in decided or modality == "negated":
        return None
    status = "held" if "held" in decided else "hedged" if modality == "hedged" else "published"
    return Claim(statement, page, status, confidence, "accept" in decided)


def _strength(claim: Claim) -> tuple[int, bool, float, str]:
    return _ORDER.index(claim.status), not claim.reviewed, -claim.confidence, claim.statement
