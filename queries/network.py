"""The whole graph as a networkx graph, for algorithms and for the network view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutrigraph.ontology.namespaces import NGO, OWL, SCHEMA, SKOS
from nutrigraph.queries.concepts import type_label, types_of
from nutrigraph.queries.edges import MAPPING, all_edges, statement_id
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import pages, statements_named
from nutrigraph.queries.wording import EXACT_MATCH, relation_label, relation_name
from nutrigraph.store import Store

if TYPE_CHECKING:
    import networkx

_CONCEPTS: Final = f"""SELECT DISTINCT ?concept WHERE {{
  VALUES ?kind {{ <{SKOS}Concept> <{OWL}Class> }}
  ?concept a ?kind
  FILTER(isIRI(?concept))
}}"""
_CANDIDATES: Final = f"SELECT DISTINCT ?concept WHERE {{ GRAPH ?page {{ ?concept a <{NGO}CandidateTerm> }} }}"
_ABOUT: Final = f"SELECT ?concept ?page WHERE {{ GRAPH ?page {{ ?page <{SCHEMA}about> ?concept }} }}"
_MAPPINGS: Final = f"SELECT ?s ?o WHERE {{ ?s <{EXACT_MATCH}> ?o }}"


def to_networkx(store: Store, *, held: bool = False) -> networkx.MultiDiGraph[str]:
    """Every concept and every edge between two.

    A node is a concept's IRI with `label`, `type` (words; "" if unknown), `page` and `url` of the page about it (""
    if there is none) and `candidate`. An edge goes from subject to object, its key is the relation's name; it has
    `label`, `predicate` (IRI), `origin` (statement, vocabulary, mapping), `status` (published, hedged, with `held`
    also held), `confidence` (of its strongest statement), `statements` (ids) and `evidence` (a list of Evidence,
    strongest first). Nodes and edges come in a fixed order.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    edges = all_edges(store, held=held)
    candidates = {str(row[0]) for row in store.rows(_CANDIDATES)}
    stated = {end for edge in edges if edge.claims for end in (edge.subject, edge.object)}
    concepts = {str(row[0]) for row in store.rows(_CONCEPTS)} | stated | candidates
    concepts = {iri for iri in concepts if not iri.startswith(NGO)}
    about = {str(iri): str(page) for iri, page in sorted(store.rows(_ABOUT), key=str, reverse=True)}
    known_pages, labels, types = pages(store), labels_of(store, concepts), types_of(store, concepts)
    for iri in sorted(concepts):
        page = known_pages.get(about.get(iri, ""))
        graph.add_node(
            iri,
            label=labels[iri],
            type=type_label(types[iri]) if iri in types else "",
            page=page.path if page else "",
            url=page.url if page else "",
            candidate=iri in candidates,
        )
    records = statements_named(store, (claim.statement for edge in edges for claim in edge.claims))
    for edge in edges:
        if edge.subject in concepts and edge.object in concepts:
            found = [records[claim.statement] for claim in edge.claims]
            graph.add_edge(
                edge.subject,
                edge.object,
                key=relation_name(edge.predicate),
                label=relation_label(edge.predicate),
                predicate=edge.predicate,
                origin=edge.origin,
                status=edge.status,
                confidence=max((claim.confidence for claim in edge.strongest), default=1.0),
                statements=[statement_id(claim.statement) for claim in edge.claims],
                evidence=[record.evidence for record in found],
            )
    for s, o in sorted((str(s), str(o)) for s, o in store.rows(_MAPPINGS)):
        if s in concepts and o in concepts and s != o:
            graph.add_edge(
                s,
                o,
                key=relation_name(EXACT_MATCH),
                label=relation_label(EXACT_MATCH),
                predicate=EXACT_MATCH,
                origin=MAPPING,
                status="published",
                confidence=1.0,
                statements=[],
                evidence=[],
            )
    return graph
