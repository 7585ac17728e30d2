"""The formats in which other people keep their vocabularies: OBO, OBO graphs, SKOS-XL, MeSH, DefinedTermSet, Excel."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.errors import MissingExtra, SourceError
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import OBO, RDFS
from nutrigraph.ontology.rdf_files import read_quads
from nutrigraph.ontology.rdf_terms import TermReader, Terms
from nutrigraph.ontology.term_cache import TermCache
from nutrigraph.ontology.vocabulary import Vocabulary, load_vocabulary
from nutrigraph.project import Project

OWN = "https://www.example.org/glossary/concept/"
OBO_FILE = """format-version: 1.2
ontology: test

[Term]
id: FOODON:1
name: oats
def: "A \\"cereal\\"." [PMID:1]
synonym: "oat" EXACT []
synonym: "porridge" RELATED []
alt_id: FOODON:9
is_a: FOODON:2 ! cereal
relationship: part_of FOODON:3
property_value: http://www.w3.org/2004/02/skos/core#exactMatch http://x.org/y

[Term]
id: FOODON:2
name: cereal

[Term]
id: FOODON:5
name: obsolete thing
is_obsolete: true
replaced_by: FOODON:1

[Typedef]
id: part_of
name: part of
xref: BFO:0000050
"""
OBO_GRAPH: dict[str, Any] = {
    "graphs": [
        {
            "nodes": [
                {
                    "id": OBO + "FOODON_1",
                    "lbl": "oats",
                    "type": "CLASS",
                    "meta": {
                        "definition": {"val": "A cereal."},
                        "synonyms": [{"pred": "hasExactSynonym", "val": "oat"}],
                        "basicPropertyValues": [
                            {"pred": "http://www.w3.org/2004/02/skos/core#exactMatch", "val": "http://x.org/y"}
                        ],
                    },
                },
                {
                    "id": OBO + "FOODON_5",
                    "lbl": "old",
                    "type": "CLASS",
                    "meta": {
                        "deprecated": True,
                        "basicPropertyValues": [{"pred": OBO + "IAO_0100001", "val": "FOODON:1"}],
                    },
                },
            ],
            "edges": [
                {"sub": OBO + "FOODON_1", "pred": "is_a", "obj": OBO + "FOODON_2"},
                {"sub": OBO + "FOODON_1", "pred": OBO + "BFO_0000050", "obj": OBO + "FOODON_3"},
            ],
        }
    ]
}


def read(path: str, content: str | bytes) -> tuple[Terms, set[tuple[str, str, str]]]:
    reader = TermReader(path)
    data = content.encode() if isinstance(content, str) else content
    quads = list(read_quads(path, data, base_iri=OWN + "scheme/x", terms=reader))
    return reader.terms(), {(quad.subject.value, quad.predicate.value, str(quad.object)) for quad in quads}  # type: ignore[union-attr]


def as_n_triples(turtle: str) -> bytes:
    return ox.serialize(ox.parse(turtle, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""


def test_obo_format() -> None:
    terms, triples = read("x.obo", OBO_FILE)
    oats, cereal = terms.concepts
    assert oats == Concept(
        iri=OBO + "FOODON_1",
        label="oats",
        alt_labels=("oat",),
        definition='A "cereal".',
        broader=(OBO + "FOODON_2",),
        exact_matches=("http://x.org/y",),
        source="x.obo",
    )
    assert cereal.label == "cereal"
    assert terms.replaced == {OBO + "FOODON_5": OBO + "FOODON_1", OBO + "FOODON_9": OBO + "FOODON_1"}
    assert (OBO + "FOODON_1", OBO + "BFO_0000050", f"<{OBO}FOODON_3>") in triples
    assert (OBO + "BFO_0000050", RDFS + "label", '"part of"') in triples


def test_obo_graph() -> None:
    terms, triples = read("x.json", json.dumps(OBO_GRAPH))
    (oats,) = terms.concepts
    assert (oats.names, oats.definition, oats.broader) == (("oats", "oat"), "A cereal.", (OBO + "FOODON_2",))
    assert oats.exact_matches == ("http://x.org/y",)
    assert terms.replaced == {OBO + "FOODON_5": OBO + "FOODON_1"}
    assert (OBO + "FOODON_1", OBO + "BFO_0000050", f"<{OBO}FOODON_3>") in triples


def test_skos_xl_labels() -> None:
    turtle = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix xl: <http://www.w3.org/2008/05/skos-xl#> . @prefix ex: <http://e.org/> .
        ex:a a skos:Concept ; xl:prefLabel ex:l1 ; xl:altLabel [ xl:literalForm "oat"@en ] .
        ex:l1 a xl:Label ; xl:literalForm "Oats"@en, "Hafer"@de ."""
    for path, data in (("x.ttl", turtle.encode()), ("x.nt", as_n_triples(turtle))):
        assert [concept.names for concept in read(path, data)[0].concepts] == [("Oats", "oat")]


def test_mesh() -> None:
    turtle = """@prefix m: <http://id.nlm.nih.gov/mesh/> . @prefix v: <http://id.nlm.nih.gov/mesh/vocab#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        m:D1 a v:TopicalDescriptor ; rdfs:label "Avena"@en ; v:broaderDescriptor m:D2 ; v:preferredConcept m:M1 ;
            v:concept m:M2 .
        m:M1 v:scopeNote "A genus."@en ; v:term m:T1 . m:M2 v:term m:T2 .
        m:T1 v:prefLabel "Oats"@en ; v:altLabel "Oat"@en . m:T2 v:prefLabel "Something else"@en .
        m:D3 a v:TopicalDescriptor ; rdfs:label "Gone"@en ; v:active false ."""
    terms, _ = read("mesh.nt", as_n_triples(turtle))
    assert read("mesh.ttl", turtle)[0].concepts == tuple(
        dataclasses.replace(concept, source="mesh.ttl") for concept in terms.concepts
    )
    (avena,) = terms.concepts
    assert avena.names == ("Avena", "Oats", "Oat")
    assert (avena.definition, avena.broader) == ("A genus.", ("http://id.nlm.nih.gov/mesh/D2",))


@pytest.mark.parametrize(
    "context", ["https://schema.org", "http://schema.org/", ["https://schema.org", {"x": "http://x/"}]]
)
def test_schema_org_terms(context: object) -> None:
    document = {
        "@context": context,
        "@type": "DefinedTermSet",
        "@id": "https://e.org/terms",
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "@id": "https://e.org/oats", "name": "Oats", "alternateName": ["oat"]},
            {"@type": "DefinedTerm", "name": "Rye bread", "description": "Bread.", "sameAs": "http://x.org/rye"},
            {"@type": "DefinedTerm", "name": "Rye bread"},
        ],
    }
    terms, _ = read("terms.jsonld", json.dumps(document))
    by_iri = {concept.iri: concept for concept in terms.concepts}
    assert by_iri["https://e.org/oats"].names == ("Oats", "oat")
    found = by_iri[OWN + "scheme/x#rye-bread"]
    assert (found.label, found.definition, found.exact_matches) == ("Rye bread", "Bread.", ("http://x.org/rye",))
    assert by_iri[OWN + "scheme/x#rye-bread-2"].label == "Rye bread"


def workbook(rows: list[list[object]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "Test", "https://www.example.org/glossary/", OWN, bundled=())


def load(project: Project, name: str, data: bytes, **settings: Any) -> Vocabulary:
    (project.folder / name).write_bytes(data)
    return load_vocabulary(dataclasses.replace(project, files=(name,), **settings))


def test_excel(project: Project) -> None:
    rows: list[list[object]] = [
        ["Term", "Synonyms", "Notes"],
        ["Oats", "oat|oat grain", None],
        [None],
        ["Vitamin B", 12.0],
    ]
    vocabulary = load(project, "terms.xlsx", workbook(rows))
    assert [concept.names for concept in vocabulary.concepts.values()] == [
        ("Oats", "oat", "oat grain"),
        ("Vitamin B", "12"),
    ]


def test_a_mistake_in_a_workbook_is_named_with_its_row(project: Project) -> None:
    with pytest.raises(SourceError, match=r"terms\.xlsx, line 3.*label"):
        load(project, "terms.xlsx", workbook([["label", "type"], ["Oats", "Food"], [None, "Food"]]))


def test_excel_needs_its_extra(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook([["label"], ["Oats"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match="office"):
        load(project, "terms.xlsx", data)


def test_a_replaced_identifier_leads_to_what_replaces_it(project: Project) -> None:
    chain = OBO_FILE.replace("replaced_by: FOODON:1", "replaced_by: FOODON:6") + (
        "\n[Term]\nid: FOODON:6\nname: obsolete too\nis_obsolete: true\nreplaced_by: FOODON:1\n"
        "\n[Term]\nid: FOODON:7\nname: round\nis_obsolete: true\nreplaced_by: FOODON:8\n"
        "\n[Term]\nid: FOODON:8\nname: and round\nis_obsolete: true\nreplaced_by: FOODON:7\n"
    )
    vocabulary = load(project, "x.obo", chain.encode())
    for old in ("FOODON_5", "FOODON_6", "FOODON_9"):
        assert vocabulary.speaker(OBO + old) == OBO + "FOODON_1"
        assert [concept.label for concept in vocabulary.joined(OBO + old)] == ["oats"]
    assert vocabulary.speaker(OBO + "FOODON_7") == OBO + "FOODON_7"
    assert vocabulary.named("obsolete thing") == ()


def test_restrictions_as_plain_relations_on_request(project: Project) -> None:
    turtle = b"""@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix ex: <http://e.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        ex:bread a owl:Class ; rdfs:label "bread" ;
            rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:has_part ; owl:someValuesFrom ex:flour ] ."""
    plain = ox.Triple(*(ox.NamedNode("http://e.org/" + name) for name in ("bread", "has_part", "flour")))
    without = set(load(project, "x.ttl", turtle).triples())
    assert plain not in without
    assert set(load(project, "x.ttl", turtle, restrictions=True).triples()) == without | {plain}


@pytest.mark.parametrize(
    ("path", "data", "line"),
    [
        ("x.obo", b"format-version: 1.2\n\n[Term]\nid: A:1\nname: x\nbogus\n", 6),
        ("x.obo", b"format-version: 1.2\n\n[Term]\nid: A:1\nname: \xff\n", 5),
        ("x.json", b'{"graphs": [\n{]}', 2),
        ("x.json", b'{"graphs": [{"nodes": 3}]}', None),
        ("x.jsonld", b'{"@context": "https://schema.org",\n"name" 3}', 2),
        ("x.json", b'{"graphs": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", None),
    ],
)
def test_a_mistake_is_named_with_its_line(path: str, data: bytes, line: int | None) -> None:
    with pytest.raises(SourceError) as caught:
        read(path, data)
    assert caught.value.line == line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(OBO + "FOODON_1"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "lbl", "type", "meta", "synonyms", "pred", "val", "sub", "obj"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=3), st.lists(JSON, max_size=3))
def test_any_graph_is_read_or_refused(nodes: list[object], edges: list[object]) -> None:
    with contextlib.suppress(SourceError):
        read("x.json", json.dumps({"graphs": [{"nodes": nodes, "edges": edges}]}))


@given(JSON)
def test_any_terms_are_read_or_refused(terms: object) -> None:
    document = {"@context": "https://schema.org", "@type": "DefinedTermSet", "hasDefinedTerm": terms}
    with contextlib.suppress(SourceError):
        read("x.jsonld", json.dumps(document))


@given(st.sampled_from(["x.obo", "x.json", "x.xlsx", "x.nt"]), st.binary())
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(SourceError):
        load(Project(Path(folder), "Test", "https://www.example.org/", OWN, bundled=()), name, data)


FUNCTIONAL = """Prefix(:=<http://e.org/>)
Prefix(rdfs:=<http://www.w3.org/2000/01/rdf-schema#>)
Prefix(owl:=<http://www.w3.org/2002/07/owl#>)
Ontology(<http://e.org/o>
Annotation(rdfs:comment "Ours (\\\\"quoted\\\\")")
# a comment
Declaration(Class(:oats))
AnnotationAssertion(Annotation(:source "x"@en) rdfs:label :oats "Oats"@en)
AnnotationAssertion(rdfs:label :oats "Hafer"@de)
AnnotationAssertion(owl:deprecated :old "true"^^<http://www.w3.org/2001/XMLSchema#boolean>)
SubClassOf(:oats <http://e.org/cereal>)
SubClassOf(:oats ObjectSomeValuesFrom(:has_part ObjectIntersectionOf(:starch :fibre)))
SubClassOf(:oats ObjectMinCardinality(1 :has_part :starch))
)
"""


def test_owl_in_functional_syntax(project: Project) -> None:
    terms, triples = read("x.owl", FUNCTIONAL)
    (oats,) = terms.concepts
    assert (oats.label, oats.broader) == ("Oats", ("http://e.org/cereal",))
    assert ("http://e.org/oats", RDFS + "label", '"Hafer"@de') in triples
    assert [o for s, p, o in triples if p.endswith("#onProperty")] == ["<http://e.org/has_part>"]
    assert len([s for s, p, o in triples if p.endswith("#first")]) == 2
    assert read("x.ofn", FUNCTIONAL)[1] == triples


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FUNCTIONAL.rstrip().removesuffix(")"), 14),
        (FUNCTIONAL.replace("SubClassOf(:oats <http", "SubClassOf(:oats <<http"), 11),
        ("Prefix(:=<http://e.org/>)\nOntology(\nSubClassOf" + "(:a" * 200_000 + "\n", 3),
        ('Ontology(\nAnnotationAssertion(rdfs:label <http://e.org/a> "x\n', 2),
    ],
)
def test_a_mistake_in_functional_syntax_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(SourceError) as caught:
        read("x.ofn", text)
    assert caught.value.line == line


WORDS = ["Ontology(", "Prefix(", "SubClassOf(", ":a", "(", ")", '"x"', "^^", "@en", "=", "<http://e/>"]


@given(st.lists(st.sampled_from(WORDS)))
def test_any_words_of_functional_syntax_are_read_or_refused(words: list[str]) -> None:
    with contextlib.suppress(SourceError):
        read("x.ofn", " ".join(words))


def test_a_circle_in_the_hierarchy_does_no_harm(project: Project) -> None:
    turtle = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <http://e.org/> .
        ex:a a skos:Concept ; skos:prefLabel "a" ; skos:broader ex:b ; skos:exactMatch ex:b .
        ex:b a skos:Concept ; skos:prefLabel "b" ; skos:broader ex:a, ex:b ; skos:exactMatch ex:a ."""
    vocabulary = load(project, "x.ttl", turtle)
    assert {concept.label: concept.broader for concept in vocabulary.concepts.values()} == {
        "a": ("http://e.org/b",),
        "b": ("http://e.org/a",),
    }


def test_what_a_file_names_is_known_again_without_reading_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.folder / "x.obo").write_text(OBO_FILE, encoding="utf-8")
    settings = dataclasses.replace(project, files=("x.obo",))
    first = load_vocabulary(settings, cache=TermCache(project.folder / "one"))
    monkeypatch.setattr("nutrigraph.ontology.part.rdf_files.read_quads", None)
    again = load_vocabulary(settings, cache=TermCache(project.folder / "two", project.folder / "one"))
    assert (again.concepts, again.replaced) == (first.concepts, first.replaced)
    for file in (project.folder / "two").iterdir():
        file.write_text("{", encoding="utf-8")
    with pytest.raises(TypeError):  # a damaged one counts as none: the file is read
        load_vocabulary(settings, cache=TermCache(project.folder / "two"))
