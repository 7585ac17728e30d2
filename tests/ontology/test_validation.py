from __future__ import annotations

import builtins
from typing import Any

import pyoxigraph as ox
import pytest

from nutrigraph.errors import MissingExtra
from nutrigraph.ontology.finding import Finding
from nutrigraph.ontology.namespaces import NG, NGO, OA, OWL, PROV, RDF, SCHEMA, SH, SKOS, XSD
from nutrigraph.ontology.validation import _shapes, check_shapes, ontology_triples

PREFIXES = "".join(
    f"@prefix {name}: <{iri}> .\n"
    for name, iri in (
        *(("ngo", NGO), ("ng", NG), ("skos", SKOS), ("owl", OWL), ("rdf", RDF), ("oa", OA), ("prov", PROV)),
        *(("schema", SCHEMA), ("xsd", XSD), ("rdfs", "http://www.w3.org/2000/01/rdf-schema#")),
    )
)
PAGE = """
<https://e.org/p> a ngo:Page, schema:MedicalWebPage ; ngo:path "pages/p.md" ; schema:name "P" ;
  schema:about ng:insulin ; schema:mentions ng:insulin ; schema:lastReviewed "2024-05-01"^^xsd:date ;
  schema:reviewedBy <https://e.org/p#reviewer> ;
  ngo:relatedTerm "Glucose" .
<https://e.org/p#reviewer> a schema:Person ; schema:name "Ada" .
<https://e.org/p#sugar> a ngo:CandidateTerm ; skos:prefLabel "sugar lump" .
<https://e.org/p#statement-1> a ngo:Statement ; rdf:subject ng:insulin ; rdf:predicate ngo:is_a ;
  rdf:object <https://e.org/p#sugar> ; ngo:modality ngo:asserted ; ngo:confidence "0.9"^^xsd:decimal ;
  prov:wasDerivedFrom <https://e.org/p> ; oa:exact "It is." ; oa:start 3 ; oa:end 9 ; ngo:subjectSpan "0-2" ;
  ngo:resolved "subject" ; ngo:status ngo:held ; ngo:decision "reject" .
"""
INSULIN = ox.NamedNode(NG + "insulin")


def found(turtle: str) -> list[Finding]:
    quads = ox.parse((PREFIXES + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return check_shapes((quad.triple for quad in quads), source="here", concepts=[INSULIN])


def test_the_ontology_has_its_own_shape() -> None:
    assert check_shapes(ontology_triples()) == []


def test_a_page_as_a_build_writes_it_is_right() -> None:
    assert found(PAGE) == []


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        ("page-path", 'ngo:path "pages/p.md" ;', ""),
        ("page-title", 'schema:name "P" ;', ""),
        ("page-about", "schema:about ng:insulin", "schema:about ng:nothing"),
        ("page-mentions", "schema:mentions ng:insulin", "schema:mentions ng:nothing"),
        ("page-reviewed", '"2024-05-01"^^xsd:date', '"spring 2024"'),
        ("page-person", "a schema:Person ;", ""),
        ("person-name", 'schema:name "Ada"', 'schema:name ""'),
        ("candidate-label", '; skos:prefLabel "sugar lump"', ""),
        ("statement-subject", "rdf:subject ng:insulin ;", ""),
        ("statement-subject", "rdf:subject ng:insulin ;", "rdf:subject ng:nothing ;"),
        ("statement-predicate", "ngo:is_a", "ngo:is_an"),
        ("statement-object", "rdf:object <https://e.org/p#sugar>", 'rdf:object "sugar"'),
        ("statement-modality", "ngo:asserted", "ngo:asserted, ngo:negated"),
        ("statement-modality", "ngo:asserted", "ngo:guessed"),
        ("statement-confidence", '"0.9"', '"1.1"'),
        ("statement-page", "prov:wasDerivedFrom <https://e.org/p>", "prov:wasDerivedFrom <https://e.org/q>"),
        ("statement-quote", 'oa:exact "It is." ;', ""),
        ("statement-start", "oa:start 3", "oa:start 10"),
        ("statement-span", '"0-2"', '"0:2"'),
        ("statement-resolved", 'resolved "subject"', 'resolved "verb"'),
        ("statement-status", "ngo:held", "ngo:unsure"),
        ("statement-decision", '"reject"', '"perhaps"'),
    ],
)
def test_each_shape_of_a_page_finds_what_is_wrong(check: str, old: str, new: str) -> None:
    assert old in PAGE
    findings = [one for one in found(PAGE.replace(old, new, 1)) if one.check == check]

    assert findings
    assert all(one.source == "here" and one.resource.startswith("https://e.org/p") for one in findings)


@pytest.mark.parametrize(
    ("check", "turtle"),
    [
        ("concept-label", "ng:a a skos:Concept ."),
        ("concept-one-label", 'ng:a a skos:Concept ; skos:prefLabel "A"@en, "B"@en .'),
        ("concept-names", 'ng:a a skos:Concept ; skos:prefLabel "A"@en ; skos:altLabel ng:b .'),
        ("concept-definition", 'ng:a a skos:Concept ; skos:prefLabel "A"@en ; skos:definition "x"@en, "y"@en .'),
        ("concept-links", 'ng:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader "food" .'),
        ("concept-exact-or-broad", 'ng:a a skos:Concept ; skos:prefLabel "A" ; skos:exactMatch ng:b ; '
                                   "skos:broadMatch ng:b ."),
        ("concept-exact-or-related", 'ng:a a skos:Concept ; skos:prefLabel "A" ; skos:exactMatch ng:b ; '
                                     "skos:relatedMatch ng:b ."),
        ("concept-iri", '[] a skos:Concept ; skos:prefLabel "A" .'),
        ("relation-kind", 'ngo:eats ngo:phrase "S eats O" ; rdfs:label "eats" .'),
        ("relation-label", 'ngo:eats a owl:ObjectProperty ; ngo:phrase "S eats O" .'),
        ("relation-inverse-label", 'ngo:eats a owl:ObjectProperty ; ngo:phrase "S eats O" .'),
        ("relation-definition", 'ngo:eats a owl:ObjectProperty ; ngo:phrase "S eats O" .'),
        ("relation-ends", "ngo:eats a owl:ObjectProperty ; ngo:domain ngo:Animal ."),
        ("relation-phrase", 'ngo:eats a owl:ObjectProperty ; ngo:phrase "somebody eats" .'),
    ],
)  # fmt: skip
def test_each_shape_of_concepts_and_relations_finds_what_is_wrong(check: str, turtle: str) -> None:
    assert check in {one.check for one in found(turtle)}


def test_a_sound_concept_in_two_languages_is_right() -> None:
    assert found('ng:a a skos:Concept, ngo:Hormone ; skos:prefLabel "A"@en, "Ä"@de ; skos:broader ng:b .') == []


def test_every_shape_has_a_message_that_says_what_to_do() -> None:
    pytest.importorskip("pyshacl")
    shapes = _shapes()
    import rdflib

    for shape in shapes.subjects(rdflib.URIRef(RDF + "type"), rdflib.URIRef(SH + "PropertyShape")):
        (message,) = shapes.objects(shape, rdflib.URIRef(SH + "message"))
        assert str(message).count(".") + str(message).count(":") >= 2, shape


@pytest.mark.no_cover
def test_the_shapes_are_valid_shacl() -> None:
    pyshacl = pytest.importorskip("pyshacl")
    import rdflib

    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=_shapes(), meta_shacl=True)
    assert conforms, text


def test_without_pyshacl_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "pyshacl":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"nutrigraph\[validate\]"):
        check_shapes([])
