"""`show`: one concept with everything the graph says of it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from nutrigraph.errors import UnknownConcept
from nutrigraph.queries.concepts import cards, concept, type_label
from nutrigraph.store import Store

NG = "https://w3id.org/nutrigraph/concept/"
OWN = "https://www.example.org/glossary/concept/"


def test_a_concept_with_its_names_hierarchy_identifiers_and_page(glossary: Store) -> None:
    card = concept(glossary, NG + "insulin")
    assert card.label == "Insulin"
    assert "human insulin" in card.synonyms
    assert (card.type, card.type_label) == ("Hormone", "Hormone")
    assert card.definition == "Hormone of the pancreas."
    assert set(card.identifiers) == {"CHEBI:145810", "MESH:D007328"}
    assert [ref.label for ref in card.broader] == ["Hormone"]
    assert (card.page, card.url) == ("pages/insulin.txt", "https://www.example.org/glossary/insulin")
    assert card.reviewed_by == "Kim Roe, Ph.D., RD"


def test_its_statements_are_told_apart_by_direction(glossary: Store) -> None:
    card = concept(glossary, NG + "insulin")
    assert [record.id for record in card.statements] == ["a3", "a5", "a4", "b7"]
    assert [record.id for record in card.statements_about] == ["a1", "a2", "b8"]
    assert [record.id for record in card.relations] == ["a1", "a2", "a3", "a5", "a4", "b7", "b8"]


def test_narrower_concepts_are_found_from_below(glossary: Store) -> None:
    card = concept(glossary, NG + "hormone")
    assert [ref.label for ref in card.narrower] == ["Glucagon", "Insulin", "Leptin"]


def test_joined_concepts_add_what_they_know(glossary: Store) -> None:
    card = concept(glossary, OWN + "pump")
    assert card.label == "Pump"
    assert card.synonyms == ("Insulin pump",)
    assert "ng:insulin-pump" in card.identifiers
    assert [record.id for record in card.statements] == ["b5"]


def test_a_candidate_term_is_shown_as_one(glossary: Store) -> None:
    card = concept(glossary, OWN + "sugar-lumps")
    assert card.candidate
    assert card.label == "sugar lumps"
    assert card.as_json()["candidate"] is True
    assert [record.id for record in card.statements_about] == ["b7"]


def test_what_the_graph_does_not_know_is_an_error(glossary: Store) -> None:
    with pytest.raises(UnknownConcept):
        concept(glossary, NG + "no-such-thing")


def test_the_object_is_plain_json(glossary: Store) -> None:
    shape = concept(glossary, NG + "insulin").as_json()
    assert json.loads(json.dumps(shape)) == shape
    assert {"id", "label", "synonyms", "type", "definition", "identifiers", "broader", "narrower"} <= shape.keys()


def test_several_cards_at_once_are_the_same_without_statements(glossary: Store) -> None:
    found = cards(glossary, [NG + "zinc", NG + "insulin"])
    assert list(found) == [NG + "zinc", NG + "insulin"]
    assert found[NG + "insulin"].statements == ()
    assert found[NG + "insulin"].definition == concept(glossary, NG + "insulin").definition


def test_without_a_label_the_end_of_the_iri_stands_for_it(graph_of: Callable[..., Store]) -> None:
    store = graph_of("<https://example.org/x/vitamin-b12> a skos:Concept .")
    assert concept(store, "https://example.org/x/vitamin-b12").label == "vitamin b12"


def test_classes_of_owl_files_are_concepts_too(graph_of: Callable[..., Store]) -> None:
    store = graph_of(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .",
        'obo:FOODON_1 a owl:Class ; rdfs:label "apple" ; rdfs:subClassOf obo:FOODON_2, [ a owl:Restriction ] .',
        'obo:FOODON_2 a owl:Class ; rdfs:label "fruit" .',
    )
    card = concept(store, "http://purl.obolibrary.org/obo/FOODON_1")
    assert (card.label, [ref.label for ref in card.broader]) == ("apple", ["fruit"])


def test_types_have_words() -> None:
    assert type_label("AnatomicalStructure") == "Anatomical structure"
    assert type_label("SomethingElse") == "Something else"
