from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.ontology.finding import Finding
from nutrigraph.ontology.namespaces import NGO, OBO, OWL, RDF, RDFS, SKOS
from nutrigraph.ontology.structure import check_structure
from nutrigraph.ontology.vocabulary import load_vocabulary
from nutrigraph.project import Project

PREFIXES = f"""
@prefix : <https://example.org/terms/> .
@prefix obo: <{OBO}> .
@prefix owl: <{OWL}> .
@prefix rdfs: <{RDFS}> .
@prefix skos: <{SKOS}> .
@prefix ngo: <{NGO}> .
"""
HERE = "https://example.org/terms/"
SOUND = """
:s a skos:ConceptScheme .
:food a skos:Concept ; skos:inScheme :s ; skos:prefLabel "Food"@en ; skos:definition "What is eaten."@en .
:fruit a skos:Concept ; skos:inScheme :s ; skos:prefLabel "Fruit"@en ; skos:definition "Sweet part of a plant."@en ;
  skos:broader :food .
:apple a skos:Concept ; skos:inScheme :s ; skos:prefLabel "Apple"@en ; skos:definition "A fruit."@en ;
  skos:broader :fruit ; skos:exactMatch obo:FOODON_1 .
:pear a skos:Concept ; skos:inScheme :s ; skos:prefLabel "Pear"@en ; skos:definition "A fruit."@en ;
  skos:broader :fruit ; skos:exactMatch obo:FOODON_2 .
"""


def found(turtle: str) -> list[Finding]:
    quads = ox.parse((PREFIXES + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return check_structure(quad.triple for quad in quads)


def test_a_sound_vocabulary_has_no_finding() -> None:
    assert found(SOUND) == []


def test_the_bundled_vocabulary_passes_every_check() -> None:
    findings = check_structure(load_vocabulary(Project(Path(), "Test", HERE, HERE)).triples())

    # "HbA1c" is what people call both the substance and the test of it
    ambiguous = [one.value for one in findings if one.check == "name-ambiguous"]
    assert ambiguous == ["hba1c"]
    assert [one for one in findings if one.check not in ("concept-alone", "name-ambiguous")] == []


@pytest.mark.parametrize(
    ("check", "severity", "resource", "turtle"),
    [
        ("name-ambiguous", "info", "apple", ':pear skos:altLabel "Quince"@en . :apple skos:altLabel "quince"@en .'),
        ("hierarchy-cycle", "error", "apple", ":food skos:broader :apple ."),
        ("hierarchy-cycle", "error", "food", ":food skos:broader :food ."),
        ("hierarchy-shortcut", "info", "apple", ":apple skos:broader :food ."),
        ("hierarchy-unknown", "warning", "food", ":food skos:broader :nowhere ."),
        ("hierarchy-top", "warning", "apple", ":apple skos:topConceptOf :s ."),
        ("hierarchy-top", "warning", "apple", ":s skos:hasTopConcept :apple ."),
        ("related-hierarchy", "warning", "food", ":food skos:related :apple ."),
        ("related-siblings", "info", "apple", ":apple skos:related :pear ."),
        ("label-empty", "error", "food", ':food skos:altLabel "  "@en .'),
        ("label-unprintable", "error", "food", ':food skos:altLabel "fo\\u0007od"@en .'),
        ("label-unprintable", "error", "food", ':food skos:altLabel "doof\\u202E"@en .'),
        ("label-spaces", "warning", "food", ':food skos:altLabel "to  eat"@en .'),
        ("label-spaces", "warning", "food", ':food skos:hiddenLabel "foods\\n"@en .'),
        ("label-repeated", "warning", "food", ':food skos:altLabel "Food"@en .'),
        ("language-missing", "info", "s", ':food skos:prefLabel "Essen"@de .'),
        ("mapping-inside", "warning", "apple", ":apple skos:closeMatch :food ."),
        ("mapping-joins", "warning", "apple", ":pear skos:exactMatch obo:FOODON_1 ."),
        ("type-unknown", "error", "food", ":food a ngo:Foot ."),
        ("type-several", "error", "food", ":food a ngo:Food, ngo:Drug ."),
        ("notation-shared", "warning", "apple", ':apple skos:notation "1" . :pear skos:notation "1" .'),
        ("definition-missing", "info", "new", ':new a skos:Concept ; skos:prefLabel "New"@en ; skos:broader :food .'),
        (
            "label-shared",
            "warning",
            "apple",
            ':other a skos:Concept ; skos:inScheme :s ; skos:prefLabel "apple"@en ; skos:broader :food ; '
            'skos:definition "."@en .',
        ),
        (
            "concept-alone",
            "info",
            "s",
            ':new a skos:Concept ; skos:inScheme :s ; skos:prefLabel "New"@en ; skos:definition "."@en .',
        ),
        (
            "mapping-hierarchy",
            "warning",
            "apple",
            'obo:FOODON_2 a owl:Class ; rdfs:label "pear" . '
            'obo:FOODON_9 a owl:Class ; rdfs:label "food" ; rdfs:subClassOf obo:FOODON_2 . '
            ":food skos:exactMatch obo:FOODON_9 .",
        ),
    ],
)
def test_each_check_names_the_concept_and_says_what_to_do(
    check: str, severity: str, resource: str, turtle: str
) -> None:
    findings = [one for one in found(SOUND + turtle) if one.check == check]

    assert [(one.severity, one.resource) for one in findings] in (
        [(severity, HERE + resource)],
        [(severity, OBO + "FOODON_2")],  # of the two ends the first
    )
    assert findings[0].message.rstrip()[-1] in ".>" or ":" in findings[0].message
    assert len(findings[0].message) > 40


def test_having_no_hierarchy_is_no_error() -> None:
    flat = "".join(f':c{n} a skos:Concept ; skos:prefLabel "C{n}"@en ; skos:definition "."@en .\n' for n in range(5))
    assert found(flat) == []


def test_classes_of_other_people_need_no_definition_and_no_label_of_ours() -> None:
    owl = 'obo:A_1 a owl:Class ; rdfs:label "one" . obo:A_2 a owl:Class ; rdfs:subClassOf obo:A_1, obo:B_1 .'
    assert found(owl) == []


def test_what_is_deprecated_is_not_looked_at() -> None:
    assert found(SOUND + ':old a skos:Concept ; owl:deprecated true ; skos:prefLabel "Apple"@en, " "@en .') == []


def test_concepts_that_are_one_may_have_one_label() -> None:
    assert found(SOUND + ':a2 a skos:Concept ; skos:prefLabel "Apple"@en ; skos:definition "."@en ; '
                 "skos:exactMatch obo:FOODON_1 .") == []  # fmt: skip


def test_the_project_s_own_concepts_are_defined_by_their_pages() -> None:
    quads = ox.parse(
        (PREFIXES + ':new a skos:Concept ; skos:inScheme :own ; skos:prefLabel "New"@en .').encode(),
        format=ox.RdfFormat.TURTLE,
    )
    assert check_structure((quad.triple for quad in quads), own_scheme=HERE + "own") == []


def test_findings_say_which_file_they_are_from() -> None:
    quads = ox.parse((PREFIXES + SOUND + ":food skos:broader :food .").encode(), format=ox.RdfFormat.TURTLE)
    (finding,) = check_structure((quad.triple for quad in quads), source_of=lambda iri: f"file of {iri}")
    assert (finding.label, finding.source) == ("Food", f"file of {HERE}food")


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30))
def test_whatever_a_file_says_gives_findings_and_no_failure(label: str, steps: list[tuple[int, int]]) -> None:
    def node(number: int) -> ox.NamedNode:
        return ox.NamedNode(f"{HERE}{number}")

    triples = [ox.Triple(node(n), ox.NamedNode(RDF + "type"), ox.NamedNode(SKOS + "Concept")) for n in range(9)]
    triples += [ox.Triple(node(a), ox.NamedNode(SKOS + "broader"), node(b)) for a, b in steps]
    text = label.encode("utf-8", "replace").decode()
    triples += [ox.Triple(node(0), ox.NamedNode(SKOS + "prefLabel"), ox.Literal(text, language="en"))]

    findings = check_structure(triples)

    assert findings == check_structure(reversed(triples))
