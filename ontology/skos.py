"""Concepts as SKOS: the triples that say all of one, and the one label that each is shown with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import LABELS_GRAPH, NGO, RDF, SKOS

_TYPE = ox.NamedNode(RDF + "type")


def scheme_triples(scheme: str, title: str, language: str) -> Iterator[ox.Triple]:
    """What says that `scheme` is a concept scheme called `title`."""
    node = ox.NamedNode(scheme)
    yield ox.Triple(node, _TYPE, ox.NamedNode(SKOS + "ConceptScheme"))
    yield ox.Triple(node, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(title, language=language))


def concept_triples(concepts: Iterable[Concept], scheme: str, language: str) -> Iterator[ox.Triple]:
    """Everything that a Concept holds, as SKOS in the scheme; texts are tagged with `language`."""
    for concept in concepts:
        node = ox.NamedNode(concept.iri)
        yield ox.Triple(node, _TYPE, ox.NamedNode(SKOS + "Concept"))
        if concept.type is not None:
            yield ox.Triple(node, _TYPE, ox.NamedNode(NGO + concept.type))
        yield ox.Triple(node, ox.NamedNode(SKOS + "inScheme"), ox.NamedNode(scheme))
        texts = [("prefLabel", concept.label), *(("altLabel", name) for name in concept.alt_labels)]
        texts += [("hiddenLabel", name) for name in concept.hidden_labels]
        if concept.definition is not None:
            texts.append(("definition", concept.definition))
        for name, text in texts:
            yield ox.Triple(node, ox.NamedNode(SKOS + name), ox.Literal(text, language=language))
        links = [("broader", iri) for iri in concept.broader]
        links += [("exactMatch", iri) for iri in concept.exact_matches]
        links += [("closeMatch", iri) for iri in concept.close_matches]
        for name, iri in links:
            yield ox.Triple(node, ox.NamedNode(SKOS + name), ox.NamedNode(iri))


def label_quads(concepts: Iterable[Concept]) -> Iterator[ox.Quad]:
    """The label that each concept is shown with, in the graph of labels.

    Several files may label one IRI, each in several languages; which of them speaks, and in which language, is settled
    when they are read, so that a query need not choose.
    """
    graph, label = ox.NamedNode(LABELS_GRAPH), ox.NamedNode(SKOS + "prefLabel")
    for concept in concepts:
        yield ox.Quad(ox.NamedNode(concept.iri), label, ox.Literal(concept.label), graph)
