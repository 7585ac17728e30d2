from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.ontology import defined_terms, names, rdf_files, rdf_terms, terms_table
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.mappings import mappings_of, read_sssom
from nutrigraph.ontology.namespaces import NG, OBO, SKOS
from nutrigraph.ontology.skos import concept_triples
from nutrigraph.queries.export import FORMATS, export
from nutrigraph.queries.vocabulary_export import VOCABULARY_FORMATS, Heading, export_vocabulary
from nutrigraph.store import Store

OWN = "https://www.example.org/glossary/concept/"
HEADING = Heading(OWN, "A glossary")


def read(format: str, data: bytes) -> tuple[Concept, ...]:
    """What a project that has the file among its vocabularies knows from it."""
    if format == "terms-csv":
        return terms_table.read_terms("t.csv", data, namespace=OWN)
    path = {"skos": "t.ttl"}.get(format, "t.jsonld")
    if format == "definedterms":
        data = defined_terms.with_context(path, data, OWN)
    return rdf_terms.concepts(rdf_files.read_triples(path, data, base_iri=OWN), source="")


def plain(concepts: Iterable[Concept]) -> list[Concept]:
    """Concepts without what depends on order or file."""
    return sorted((_plain(concept) for concept in concepts), key=lambda concept: concept.iri)


def _plain(concept: Concept) -> Concept:
    return replace(
        concept,
        source="",
        alt_labels=tuple(sorted(concept.alt_labels)),
        hidden_labels=tuple(sorted(concept.hidden_labels)),
        broader=tuple(sorted(concept.broader)),
        exact_matches=tuple(sorted(concept.exact_matches)),
        close_matches=tuple(sorted(concept.close_matches)),
    )


def stored(concepts: Iterable[Concept]) -> Store:
    return Store.memory(ox.Quad(*triple) for triple in concept_triples(concepts, OWN, "en"))


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="|¦")).map(names.clean).filter(bool)
IRIS = st.integers(0, 30).map(lambda number: f"{OWN}c{number}")
OTHERS = st.integers(0, 30).map(lambda number: f"{OBO}CHEBI_{number}")


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    iri = draw(IRIS)
    given_names = draw(st.lists(WORDS, min_size=1, max_size=5, unique=True))
    cut = draw(st.integers(1, len(given_names)))
    exact = draw(st.sets(OTHERS, max_size=3))
    return Concept(
        iri=iri,
        label=given_names[0],
        alt_labels=tuple(given_names[1:cut]),
        hidden_labels=tuple(given_names[cut:]),
        type=draw(st.sampled_from([None, "Hormone", "Food", "AnatomicalStructure"])),
        definition=draw(st.none() | WORDS),
        broader=tuple(draw(st.sets(IRIS, max_size=2)) - {iri}),
        exact_matches=tuple(exact),
        close_matches=tuple(draw(st.sets(OTHERS, max_size=2)) - exact),
    )


@pytest.mark.parametrize("format", ["skos", "skos-jsonld", "definedterms", "terms-csv"])
@given(st.lists(concepts(), max_size=5, unique_by=lambda concept: concept.iri))
def test_what_is_written_is_loaded_again_without_loss(format: str, given_concepts: list[Concept]) -> None:
    data = export_vocabulary(stored(given_concepts), format, HEADING)

    if given_concepts or format != "terms-csv":
        assert plain(read(format, data)) == plain(given_concepts)


@given(st.lists(concepts(), max_size=5, unique_by=lambda concept: concept.iri))
def test_mappings_are_loaded_again_without_loss(given_concepts: list[Concept]) -> None:
    data = export_vocabulary(stored(given_concepts), "sssom", HEADING)

    assert read_sssom("t.sssom.tsv", data) == mappings_of(given_concepts)


def test_every_format_is_offered() -> None:
    assert set(VOCABULARY_FORMATS) < set(FORMATS)
    assert export(stored([Concept(OWN + "a", "A")]), "terms-csv").startswith(b"id,label,")


def test_skos_keeps_languages_and_what_else_is_said(graph_of: Callable[..., Store]) -> None:
    turtle = (
        'ng:a a skos:Concept ; skos:prefLabel "A"@en, "Ä"@de ; skos:note [ rdf:value "deep" ] ; ngo:causes ng:b . '
        "ng:s a skos:ConceptScheme ; skos:hasTopConcept ng:a ."
    )
    before = graph_of(turtle)
    after = Store.memory(
        ox.Quad(*triple) for triple in rdf_files.read_triples("t.ttl", export_vocabulary(before, "skos", HEADING))
    )
    assert len(after) == len(before) == 8
    json_ld = export_vocabulary(before, "skos-jsonld", HEADING)
    again = Store.memory(ox.Quad(*triple) for triple in rdf_files.read_triples("t.jsonld", json_ld))
    assert len(again) == 8
    assert json.loads(json_ld)["@context"]["skos"] == SKOS
    assert after.rows(f"SELECT ?l {{ ?c <{SKOS}prefLabel> ?l }} ORDER BY ?l") == [("A",), ("Ä",)]


def test_classes_of_other_ontologies_become_concepts(graph_of: Callable[..., Store]) -> None:
    prefixes = "PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    store = graph_of(prefixes, 'obo:A_1 a owl:Class ; rdfs:label "one" ; rdfs:subClassOf obo:A_2 .')
    (concept,) = read("skos", export_vocabulary(store, "skos", HEADING))
    assert (concept.label, concept.broader) == ("one", (OBO + "A_2",))


def test_neither_facts_nor_the_ontology_are_part_of_the_vocabulary(glossary: Store) -> None:
    for format in VOCABULARY_FORMATS:
        data = export_vocabulary(glossary, format, HEADING)
        assert b"produces" not in data
        assert b"ngo:Statement" not in data
    assert len(read("skos", export_vocabulary(glossary, "skos", HEADING))) == 16
    assert plain(read("terms-csv", export_vocabulary(glossary, "terms-csv", HEADING)))


def test_equal_graphs_give_equal_bytes() -> None:
    some = [Concept(OWN + name, name.upper(), alt_labels=("x", "y", "z")) for name in "abcdef"]
    for format in VOCABULARY_FORMATS:
        assert export_vocabulary(stored(some), format, HEADING) == export_vocabulary(
            stored(some[::-1]), format, HEADING
        )


def test_a_defined_term_set_is_schema_org_s() -> None:
    concept = Concept(NG + "a", "A", ("B",), type="Hormone", definition="Def.", exact_matches=(OBO + "CHEBI_1",))
    document = json.loads(export_vocabulary(stored([concept]), "definedterms", HEADING))
    assert document["@type"] == "DefinedTermSet"
    assert document["hasDefinedTerm"] == [
        {
            "@type": ["DefinedTerm", "ngo:Hormone"],
            "@id": NG + "a",
            "termCode": "ng:a",
            "name": "A",
            "alternateName": ["B"],
            "description": "Def.",
            "inDefinedTermSet": OWN,
            "sameAs": [OBO + "CHEBI_1"],
        }
    ]


def test_no_cell_of_the_table_is_a_formula() -> None:
    concept = Concept(NG + "a", "=cmd()", ("+1", "-1"), definition="@x")
    (row,) = csv.DictReader(io.StringIO(export_vocabulary(stored([concept]), "terms-csv", HEADING).decode()))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert row["id"] == NG + "a"
