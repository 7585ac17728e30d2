"""The bundled vocabulary, as data."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pyoxigraph as ox

from nutrigraph.ontology import names, rdf_terms
from nutrigraph.ontology.namespaces import NG, NGO, RDF, RDFS, SKOS
from nutrigraph.ontology.types import load_types

DATA = files("nutrigraph.ontology").joinpath("nutrition.ttl").read_bytes()
TRIPLES = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in ox.parse(DATA, format=ox.RdfFormat.TURTLE)]
CONCEPTS = {concept.iri: concept for concept in rdf_terms.concepts(TRIPLES, source="nutrition")}
SCHEME = ox.NamedNode(NG)


def _count(predicate: str) -> Counter[str]:
    return Counter(str(triple.subject) for triple in TRIPLES if triple.predicate.value == predicate)


def test_every_concept_has_one_label_one_definition_and_one_type() -> None:
    assert len(CONCEPTS) >= 189
    types = Counter(
        triple.subject.value
        for triple in TRIPLES
        if triple.predicate.value == RDF + "type"
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value.startswith(NGO)
    )
    labels, definitions = _count(SKOS + "prefLabel"), _count(SKOS + "definition")
    for iri, concept in CONCEPTS.items():
        assert types[iri] == labels[f"<{iri}>"] == definitions[f"<{iri}>"] == 1, iri
        assert concept.type in load_types().types


def test_no_two_concepts_share_a_preferred_label() -> None:
    labels = Counter(names.key(concept.label) for concept in CONCEPTS.values())
    assert [label for label, count in labels.items() if count > 1] == []


def test_a_name_stands_once_in_a_concept() -> None:
    for concept in CONCEPTS.values():
        assert len(set(concept.names)) == len(concept.names), concept.iri
        assert all(names.clean(name) == name for name in concept.names)


def test_the_hierarchy_has_no_cycle_and_stays_in_one_kind() -> None:
    types = load_types()

    def above(iri: str, path: tuple[str, ...]) -> None:
        assert iri not in path, path
        for parent in CONCEPTS[iri].broader:
            assert types.same_kind(CONCEPTS[iri].type, CONCEPTS[parent].type), (iri, parent)
            above(parent, (*path, iri))

    for iri in CONCEPTS:
        above(iri, ())


def test_an_identifier_is_the_exact_match_of_one_concept() -> None:
    matches = Counter(match for concept in CONCEPTS.values() for match in concept.exact_matches)
    assert [match for match, count in matches.items() if count > 1] == []
    assert not set(matches) & set(CONCEPTS)


def test_it_states_names_types_hierarchy_and_mappings_alone() -> None:
    said = {triple.predicate.value for triple in TRIPLES if triple.subject != SCHEME}
    labels = {SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "definition")}
    links = {SKOS + name for name in ("inScheme", "broader", "exactMatch", "closeMatch")}
    assert said <= {RDF + "type", RDFS + "label", *labels, *links}


def test_every_word_is_tagged_as_english() -> None:
    texts = [triple.object for triple in TRIPLES if isinstance(triple.object, ox.Literal)]
    assert {text.language for text in texts} == {"en"}
