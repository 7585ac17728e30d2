"""Exports are complete, safe to open, and the same each time."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import networkx
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from nutrigraph.errors import QueryError
from nutrigraph.queries.export import FORMATS, cell, export
from nutrigraph.queries.network import to_networkx
from nutrigraph.queries.network_export import xml_text
from nutrigraph.queries.statements import statements
from nutrigraph.store import Store

NG = "https://w3id.org/nutrigraph/concept/"


def test_a_node_is_a_labelled_concept(glossary: Store) -> None:
    graph = to_networkx(glossary)
    assert graph.nodes[NG + "insulin"] == {
        "label": "Insulin",
        "type": "Hormone",
        "page": "pages/insulin.txt",
        "url": "https://www.example.org/glossary/insulin",
        "candidate": False,
    }
    assert graph.nodes["https://www.example.org/glossary/concept/sugar-lumps"]["candidate"] is True


def test_an_edge_has_its_relation_and_its_evidence(glossary: Store) -> None:
    edge = to_networkx(glossary).edges[NG + "pancreas", NG + "insulin", "produces"]
    assert (edge["label"], edge["origin"], edge["status"]) == ("produces", "statement", "published")
    assert edge["statements"] == ["a1", "b8"]
    assert [evidence.quote_text for evidence in edge["evidence"]] == [
        "Insulin is made by the pancreas.",
        "The pancreas makes insulin.",
    ]


def test_what_may_not_be_shown_is_no_edge(glossary: Store) -> None:
    graph = to_networkx(glossary)
    assert not graph.has_edge(NG + "zinc", NG + "type-2-diabetes")
    assert not graph.has_edge(NG + "insulin-pump", NG + "csii-therapy")
    assert to_networkx(glossary, held=True).has_edge(NG + "insulin-pump", NG + "csii-therapy")
    assert {facts["status"] for _, _, facts in graph.edges(data=True)} == {"published", "hedged"}


def test_a_mapping_joins_concepts_and_not_identifiers(glossary: Store) -> None:
    graph = to_networkx(glossary)
    assert graph.has_edge("https://www.example.org/glossary/concept/pump", NG + "insulin-pump", "exactMatch")
    assert all("obo" not in node for node in graph)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_gives_the_same_bytes(glossary: Store, format: str) -> None:
    again = Store.memory(reversed(list(glossary.quads())))
    assert export(glossary, format) == export(again, format) != b""


@pytest.mark.parametrize("format", ["trig", "nquads", "jsonld"])
def test_rdf_comes_back_whole(glossary: Store, format: str) -> None:
    syntax = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}[format]
    assert set(parse(export(glossary, format), format=syntax)) == set(glossary.quads())


def test_graphml_can_be_read_by_others(glossary: Store) -> None:
    graph = networkx.parse_graphml(export(glossary, "graphml").decode())
    assert graph.nodes[NG + "insulin"]["label"] == "Insulin"
    assert len(graph.edges) == len(to_networkx(glossary).edges)


def test_csv_has_a_row_a_statement(glossary: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(export(glossary, "csv").decode(), newline="")))
    assert [row["id"] for row in rows] == [record.id for record in statements(glossary)]
    assert rows[0]["quote"] == "Insulin is made by the pancreas."


def test_hostile_text_does_no_harm(graph_of: Callable[..., Store]) -> None:
    label = '=HYPERLINK(1)"><script>\\u0007\\u202Eאב'
    store = graph_of(
        f'ng:a a skos:Concept ; skos:prefLabel "{label.replace(chr(34), chr(92) + chr(34))}" .',
        'GRAPH <https://x.org/p> { <https://x.org/p> ngo:path "=p.txt" . <https://x.org/p#statement-1> a '
        "ngo:Statement ; rdf:subject ng:a ; rdf:predicate ngo:affects ; rdf:object ng:b ; ngo:modality ngo:asserted ;"
        ' ngo:confidence 0.5 ; oa:exact "+1\\n2" ; oa:start 0 ; oa:end 4 . }',
    )
    ET.fromstring(export(store, "graphml"))
    (row,) = csv.DictReader(io.StringIO(export(store, "csv").decode(), newline=""))
    assert row["subject_label"].startswith("'=HYPERLINK")
    assert row["page"] == "'=p.txt"
    assert row["quote"] == "'+1\n2"


@given(st.text())
def test_no_text_is_a_formula_or_breaks_xml(text: str) -> None:
    assert not cell(text).lstrip().startswith(("=", "+", "-", "@"))
    assert cell(text).removeprefix("'") == text.removeprefix("'")
    ET.fromstring(f"<a>{xml_text(text).replace('&', '').replace('<', '')}</a>")


def test_an_unknown_format_is_named_with_the_known_ones(glossary: Store) -> None:
    with pytest.raises(QueryError, match=r"Use one of: .*graphml"):
        export(glossary, "docx")


def test_json_ld_has_a_context_and_the_same_data(glossary: Store) -> None:
    data = export(glossary, "jsonld")
    document = json.loads(data)
    assert document["@context"]["skos"] == "http://www.w3.org/2004/02/skos/core#"
    assert '"skos:prefLabel"' in data.decode()
    assert set(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.JSON_LD)) == set(glossary.raw)


def test_a_prefix_that_is_the_scheme_of_an_iri_is_no_prefix() -> None:
    node, label = pyoxigraph.NamedNode("mesh:D007328"), pyoxigraph.NamedNode("http://id.nlm.nih.gov/mesh/label")
    store = Store.memory([pyoxigraph.Quad(node, label, pyoxigraph.NamedNode("http://id.nlm.nih.gov/mesh/D1"))])
    data = export(store, "jsonld")
    assert "mesh" not in json.loads(data)["@context"]
    assert set(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.JSON_LD)) == set(store.raw)


def test_kgx_has_nodes_and_edges_with_terms_of_biolink(glossary: Store) -> None:
    document = json.loads(export(glossary, "kgx"))
    insulin = next(node for node in document["nodes"] if node["name"] == "Insulin")
    assert insulin["category"] == ["biolink:ChemicalEntity"]
    made = next(edge for edge in document["edges"] if edge["original_predicate"] == "ngo:produces")
    assert made["predicate"] == "biolink:produces"
    assert made["publications"]
    assert made["supporting_text"]
    known = {node["id"] for node in document["nodes"]}
    assert {edge["subject"] for edge in document["edges"]} | {edge["object"] for edge in document["edges"]} <= known


def test_cytoscape_reads_it_as_networkx_does(glossary: Store) -> None:
    document = json.loads(export(glossary, "cytoscape"))
    graph = networkx.cytoscape_graph({"data": [], "directed": True, "multigraph": True, **document})
    assert {facts["name"] for _, facts in graph.nodes(data=True)} >= {"Insulin", "Pancreas"}
    assert graph.number_of_edges() == len(document["elements"]["edges"])
    assert len({edge["data"]["id"] for edge in document["elements"]["edges"]}) == len(document["elements"]["edges"])
