from __future__ import annotations

import dataclasses
from pathlib import Path

import pyoxigraph as ox
import pytest

from nutrigraph.errors import ProjectError, SourceError
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import NG, NGO, OBO, SKOS
from nutrigraph.ontology.relations import load_relations
from nutrigraph.ontology.vocabulary import Vocabulary, load_vocabulary
from nutrigraph.project import Project

OWN = "https://www.example.org/glossary/concept/"
PREFIXES = f"""
@prefix ngo: <{NGO}> .
@prefix ng: <{NG}> .
@prefix obo: <{OBO}> .
@prefix skos: <{SKOS}> .
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "Test", "https://www.example.org/glossary/", OWN)


def load(project: Project, **files: str) -> Vocabulary:
    names = []
    for stem, text in files.items():
        name = stem.replace("_", ".")
        (project.folder / name).write_text(text, encoding="utf-8")
        names.append(name)
    return load_vocabulary(dataclasses.replace(project, files=tuple(names)))


def test_the_bundled_vocabulary_is_there_unless_it_is_switched_off(project: Project) -> None:
    assert load_vocabulary(project).concepts[NG + "insulin"].type == "Hormone"
    assert not load_vocabulary(dataclasses.replace(project, bundled=())).concepts


def test_names_are_found_whatever_their_case(project: Project) -> None:
    vocabulary = load_vocabulary(project)
    assert [concept.iri for concept in vocabulary.named("blood  SUGAR")] == [NG + "blood-glucose-level"]
    assert vocabulary.named("blood sugary") == ()


def test_a_name_of_two_concepts_gives_both(project: Project) -> None:
    found = load_vocabulary(project).named("HbA1c")
    assert [concept.iri for concept in found] == [NG + "a1c-test", NG + "hba1c"]


def test_files_speak_before_the_bundled_ones_and_pages_before_all(project: Project) -> None:
    csv = "label,exact_match\nGlucose,CHEBI:17234\n"
    turtle = PREFIXES + 'obo:CHEBI_17234 a skos:Concept ; skos:prefLabel "glucose"@en, "Traubenzucker"@de .'
    vocabulary = load(project, a_csv=csv, b_ttl=turtle)
    assert vocabulary.sources == ("a.csv", "b.ttl", "nutrition")
    assert vocabulary.speaker(NG + "glucose") == vocabulary.speaker(OBO + "CHEBI_17234") == OWN + "glucose"
    assert [c.iri for c in vocabulary.joined(NG + "glucose")] == [OWN + "glucose", OBO + "CHEBI_17234", NG + "glucose"]
    assert [concept.iri for concept in vocabulary.named("dextrose")] == [OWN + "glucose"]
    assert vocabulary.type_of(OWN + "glucose") == "Nutrient"
    own = Concept(OWN + "sugar-2", "Blood glucose (sugar)", exact_matches=(NG + "glucose",))
    with_pages = vocabulary.with_pages([own])
    assert with_pages.sources[0] == "pages"
    assert with_pages.speaker(OBO + "CHEBI_17234") == OWN + "sugar-2"
    assert with_pages.concepts[OWN + "sugar-2"].source == "pages"


def test_concepts_that_match_the_same_thing_are_joined_without_it(project: Project) -> None:
    vocabulary = load(project, a_csv="label,exact_match\nSugar of the blood,MESH:D005947\nOther,MESH:D1\n")
    assert vocabulary.speaker(NG + "glucose") == OWN + "sugar-of-the-blood"
    assert vocabulary.speaker(OWN + "other") == OWN + "other"


def test_a_close_match_joins_nothing(project: Project) -> None:
    vocabulary = load(project, a_csv="label,close_match\nSweet stuff,CHEBI:17234\n")
    assert vocabulary.speaker(NG + "glucose") == NG + "glucose"


def test_an_identifier_leads_to_the_concept_matched_with_it(project: Project) -> None:
    vocabulary = load_vocabulary(project)
    assert vocabulary.speaker(OBO + "CHEBI_17234") == NG + "glucose"
    assert vocabulary.speaker(OBO + "CHEBI_1") == OBO + "CHEBI_1"
    assert vocabulary.joined(OBO + "CHEBI_1") == ()


def test_new_pages_replace_the_pages_before(project: Project) -> None:
    vocabulary = load_vocabulary(project).with_pages([Concept(OWN + "a", "A")]).with_pages([Concept(OWN + "b", "B")])
    assert vocabulary.sources == ("pages", "nutrition")
    assert vocabulary.named("A") == ()


def test_a_file_can_add_names_to_a_concept_of_another(project: Project) -> None:
    vocabulary = load(project, a_csv="label,id,synonyms\nThe hormone insulin,ng:insulin,Insulinum\n")
    concept = vocabulary.concepts[NG + "insulin"]
    assert concept.names == ("The hormone insulin", "Insulinum", "Insulin")
    assert (concept.type, concept.source) == ("Hormone", "a.csv")


def test_the_triples_are_those_of_types_relations_and_all_vocabularies(project: Project) -> None:
    turtle = PREFIXES + "ng:insulin ngo:decreases ng:blood-glucose-level ."
    vocabulary = load(project, a_csv="label,synonyms\nOats,oat\n", b_ttl=turtle)
    graph = ox.Store()
    graph.extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.DefaultGraph())
        for triple in vocabulary.with_pages([Concept(OWN + "pumps", "Pumps")]).triples()
    )
    assert (
        ox.Quad(ox.NamedNode(NG + "insulin"), ox.NamedNode(NGO + "decreases"), ox.NamedNode(NG + "blood-glucose-level"))
        in graph
    )

    def labels(iri: str, predicate: str) -> list[str]:
        found = graph.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)
        return [quad.object.value for quad in found if isinstance(quad.object, ox.Literal)]

    assert labels(OWN + "oats", SKOS + "altLabel") == ["oat"]
    assert labels(OWN + "pumps", SKOS + "prefLabel") == ["Pumps"]
    assert labels(NG + "insulin", SKOS + "prefLabel") == ["Insulin"]
    rdfs_label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert labels(NGO + "Hormone", rdfs_label) == ["Hormone"]
    assert labels(NGO + "treats", rdfs_label) == [load_relations()["treats"].label]


def test_the_bundled_triples_come_once(project: Project) -> None:
    triples = list(load_vocabulary(project).triples())
    assert len(triples) == len(set(triples))


@pytest.mark.parametrize("name", ["terms.csv", "terms.ttl"])
def test_a_missing_file_is_named(project: Project, name: str) -> None:
    with pytest.raises(SourceError, match=name):
        load_vocabulary(dataclasses.replace(project, files=(name,)))


def test_a_file_of_another_kind_is_named_with_what_can_be_read(project: Project) -> None:
    with pytest.raises(SourceError, match=r"\.csv.*\.ttl"):
        load(project, terms_docx="x")


def test_an_unknown_bundled_vocabulary_has_a_near_miss(project: Project) -> None:
    with pytest.raises(ProjectError, match='"nutrition"'):
        load_vocabulary(dataclasses.replace(project, bundled=("nutritoin",)))
