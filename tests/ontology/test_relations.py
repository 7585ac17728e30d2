from __future__ import annotations

from importlib.resources import files

from nutrigraph.ontology.namespaces import NGO
from nutrigraph.ontology.relations import load_relations
from nutrigraph.ontology.types import load_types

NAMES = (
    "affects associated_with causes contains converted_to decreases delivers diagnoses has_manifestation has_role "
    "increases involved_in is_a located_in measures occurs_in part_of prevents produces regulates requires "
    "risk_factor_for same_as transports treats"
).split()


def test_the_25_relations_are_spelled_as_in_data() -> None:
    relations = load_relations()
    assert list(relations) == NAMES
    assert [relation.iri for relation in relations.values()] == [NGO + name for name in NAMES]


def test_every_relation_reads_in_both_directions() -> None:
    for relation in load_relations().values():
        assert relation.label
        assert relation.definition
        assert (relation.label == relation.inverse_label) == relation.symmetric


def test_domains_and_ranges_are_types() -> None:
    types = load_types().types
    for relation in load_relations().values():
        assert set(relation.domain) | set(relation.range) <= set(types)


def test_characteristics() -> None:
    relations = load_relations().values()
    assert {relation.name for relation in relations if relation.symmetric} == {"associated_with", "same_as"}
    assert {relation.name for relation in relations if relation.transitive} == {"is_a", "part_of"}
    assert {relation.name for relation in relations if relation.same_kind} == {"is_a", "same_as"}


def test_standard_terms_are_close_never_equivalent() -> None:
    text = files("nutrigraph.ontology").joinpath("relations.ttl").read_text(encoding="utf-8")
    assert "equivalentProperty" not in text.partition("@prefix")[2]
    assert "http://purl.obolibrary.org/obo/RO_0003000" in load_relations()["produces"].close_matches
    assert load_relations()["delivers"].close_matches == ()


def test_phrases_come_in_a_fixed_order() -> None:
    for relation in load_relations().values():
        assert list(relation.phrases) == sorted(set(relation.phrases))
