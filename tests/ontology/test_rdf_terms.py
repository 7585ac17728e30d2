from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.ontology import names
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.rdf_files import read_triples
from nutrigraph.ontology.rdf_terms import concepts
from nutrigraph.ontology.skos import concept_triples

EX = "https://example.org/"
PREFIXES = f"""
@prefix ex: <{EX}> .
@prefix ngo: <https://w3id.org/nutrigraph/ontology#> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix oio: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def read(turtle: str, language: str = "en") -> tuple[Concept, ...]:
    return concepts(read_triples("x.ttl", (PREFIXES + turtle).encode()), source="x.ttl", language=language)


def test_skos() -> None:
    (concept, above) = read("""
        ex:oats a skos:Concept, ngo:Food ; skos:prefLabel "Oats"@en ; skos:altLabel "oat"@en ;
            skos:hiddenLabel "oatz"@en ; skos:definition "A cereal."@en ; skos:broader ex:cereal ;
            skos:exactMatch obo:FOODON_1 ; skos:closeMatch obo:FOODON_2 .
        ex:grain a skos:Concept ; skos:prefLabel "Grain"@en ; skos:narrower ex:oats .
    """)
    assert concept == Concept(
        iri=EX + "oats",
        label="Oats",
        alt_labels=("oat",),
        hidden_labels=("oatz",),
        type="Food",
        definition="A cereal.",
        broader=(EX + "cereal", EX + "grain"),
        exact_matches=("http://purl.obolibrary.org/obo/FOODON_1",),
        close_matches=("http://purl.obolibrary.org/obo/FOODON_2",),
        source="x.ttl",
    )
    assert above.label == "Grain"


def test_owl_with_labels() -> None:
    (concept,) = read("""
        ex:oats a owl:Class ; rdfs:label "oats" ; oio:hasExactSynonym "oat" ; oio:hasRelatedSynonym "porridge" ;
            obo:IAO_0000115 "A cereal." ; rdfs:subClassOf ex:cereal, [ a owl:Restriction ] .
        ex:old a owl:Class ; rdfs:label "old oats" ; owl:deprecated true .
        ex:unlabelled a owl:Class .
        ex:property a owl:ObjectProperty ; rdfs:label "a property" .
    """)
    assert concept.names == ("oats", "oat")
    assert concept.definition == "A cereal."
    assert concept.broader == (EX + "cereal",)
    assert concept.type is None


def test_labels_are_in_the_language_of_the_project() -> None:
    turtle = """
        ex:a a skos:Concept ; skos:prefLabel "Hafer"@de, "Oats"@en-GB, "avena"@es ; skos:altLabel "Flocken"@de, "oat" .
        ex:b a skos:Concept ; skos:prefLabel "Rye"@en , "seigle"@fr .
        ex:c a skos:Concept ; skos:prefLabel "avoine"@fr , "rogge"@nl .
        ex:d a skos:Concept ; skos:prefLabel "Weizen", "Wheat"@en .
    """
    names_in_german = [concept.names for concept in read(turtle, "de")]
    assert names_in_german == [("Hafer", "Flocken", "oat"), ("Rye",), ("avoine",), ("Weizen",)]
    assert [concept.label for concept in read(turtle, "en")] == ["Oats", "Rye", "avoine", "Wheat"]


def test_labels_are_cleaned_and_empty_ones_are_none() -> None:
    (concept,) = read("""
        ex:a a skos:Concept ; skos:prefLabel "Oat\\n milk\\u202E\\u0007"@en ; skos:altLabel " "@en, "Oat milk"@en .
        ex:b a skos:Concept ; skos:prefLabel " "@en .
    """)
    assert concept.names == ("Oat milk",)


def test_a_type_that_is_not_in_the_hierarchy_is_none() -> None:
    (concept,) = read('ex:a a skos:Concept, ngo:Nonsense ; skos:prefLabel "x"@en .')
    assert concept.type is None


NAME = st.text().map(names.clean).filter(bool)


@given(st.lists(NAME, min_size=1, max_size=4, unique=True), NAME | st.none(), st.sampled_from(["Food", "Cell", None]))
def test_what_is_written_is_read(words: list[str], definition: str | None, type: str | None) -> None:
    concept = Concept(
        iri=EX + "a",
        label=words[0],
        alt_labels=tuple(words[1:]),
        type=type,
        definition=definition,
        broader=(EX + "b",),
        exact_matches=(EX + "c", EX + "d"),
        source="x",
    )
    assert concepts(concept_triples([concept], EX, "en"), source="x") == (concept,)
