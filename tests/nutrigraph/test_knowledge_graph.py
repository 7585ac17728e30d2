"""What Python users get from `nutrigraph.open`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import Dataset, Literal, URIRef, Variable

import nutrigraph
from nutrigraph.ontology.namespaces import NG, NGO
from tests.nutrigraph.few_terms import add_few_terms

HORMONES = f"SELECT ?hormone WHERE {{ ?hormone a <{NGO}Hormone> }}"
STATED = f"""SELECT ?what WHERE {{
  #VALUES concept
  ?concept <{NGO}produces> ?what
}}"""
PAGE = URIRef("https://www.example.org/glossary/insulin")


def hormones(dataset: Dataset) -> set[str | None]:
    return {str(row[Variable("hormone")]) for row in dataset.query(HORMONES).bindings}


@pytest.fixture
def few(project: Path) -> Path:
    """A project of a few terms that was never built."""
    add_few_terms(project)
    return project


@pytest.fixture(scope="module")
def kg(built: Path) -> nutrigraph.KnowledgeGraph:
    return nutrigraph.open(built)


def test_concepts_are_found_by_name_synonym_iri_and_curie(kg: nutrigraph.KnowledgeGraph) -> None:
    assert kg.search("insuln")[0].label == "Insulin"
    for name in ("insulin", "INSULIN", NG + "insulin", "ng:insulin"):
        assert kg.concept(name).id == NG + "insulin"
    with pytest.raises(nutrigraph.UnknownConcept) as caught:
        kg.concept("insulinn")
    assert "Insulin" in caught.value.near


def test_paths_have_a_sentence_for_each_step(kg: nutrigraph.KnowledgeGraph) -> None:
    [best, *_] = kg.paths("obesity", "type 2 diabetes", k=1)

    assert all(step.evidence for step in best.steps)
    assert kg.paths("vitamin d", "insulin resistance") == []
    assert "Vitamin D" in kg.no_path("vitamin d", "insulin resistance").message


def test_a_query_takes_concepts_however_they_are_given(kg: nutrigraph.KnowledgeGraph) -> None:
    expected = ((NG + "insulin",),)

    assert kg.select(STATED, concept="pancreas").rows == expected
    assert kg.select(STATED, concept=kg.concept("pancreas")).rows == expected
    assert kg.select(STATED, concept=kg.search("pancreas")[0]).rows == expected
    assert kg.select(STATED, concept=["pancreas", "obesity"]).rows == expected
    assert kg.select(STATED, concept="pancreas", timeout=60).rows == expected
    with pytest.raises(nutrigraph.QueryError, match="#VALUES other"):
        kg.select(STATED, other="pancreas")
    with pytest.raises(nutrigraph.QueryError, match="more than 1 rows"):
        kg.select("SELECT ?s WHERE { ?s ?p ?o }", max_rows=1)


def test_a_named_query_answers_or_says_that_nothing_is_stated(kg: nutrigraph.KnowledgeGraph) -> None:
    rows = kg.ask("risk-factors", {"concept": "insulin resistance"})

    assert "Obesity" in {row["factor"] for row in rows.json}
    assert list(rows.to_pandas()["factor"]) == rows.to_polars()["factor"].to_list()
    assert kg.ask("risk-factors", {"concept": "vitamin d"}).not_stated


def test_the_graph_is_a_live_dataset_of_rdflib(kg: nutrigraph.KnowledgeGraph) -> None:
    assert hormones(kg.graph) == {row[0] for row in kg.select(HORMONES).rows}
    assert len(kg.graph.graph(PAGE)) > 0
    assert (None, URIRef(NGO + "produces"), URIRef(NG + "insulin")) in kg.graph


def test_the_graph_cannot_be_changed_and_asks_nobody_else(kg: nutrigraph.KnowledgeGraph) -> None:
    triple = (URIRef("http://a.example/"), URIRef("http://b.example/"), Literal("c"))

    with pytest.raises(nutrigraph.StoreError, match="to_rdflib"):
        kg.graph.add(triple)
    with pytest.raises(nutrigraph.StoreError, match="read-only"):
        kg.graph.remove(triple)
    with pytest.raises(nutrigraph.StoreError, match="read-only"):
        kg.graph.update("DROP ALL")
    with pytest.raises(nutrigraph.QueryError, match="SERVICE"):
        kg.graph.query("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }")


def test_a_copy_in_rdflib_can_be_changed(kg: nutrigraph.KnowledgeGraph) -> None:
    copy = kg.to_rdflib()
    size = len(copy)
    copy.add((URIRef("http://a.example/"), URIRef("http://b.example/"), Literal("c")))

    assert len(copy) == size + 1
    assert hormones(copy) == {row[0] for row in kg.select(HORMONES).rows}


def test_networkx_nodes_are_labelled_concepts(kg: nutrigraph.KnowledgeGraph) -> None:
    graph = kg.to_networkx()

    assert graph.nodes[NG + "insulin"]["label"] == "Insulin"
    assert graph.has_edge(NG + "pancreas", NG + "insulin", key="produces")


def test_a_map_shows_itself_in_a_notebook_and_is_saved_as_a_file(kg: nutrigraph.KnowledgeGraph, tmp_path: Path) -> None:
    drawn = kg.map("insulin")
    drawn.save(tmp_path / "map.html")

    assert (tmp_path / "map.html").read_text(encoding="utf-8") == drawn.html
    shown = drawn._repr_html_()
    assert shown.startswith("<iframe")
    assert "<script" not in shown


def test_the_network_is_one_of_pyvis(kg: nutrigraph.KnowledgeGraph) -> None:
    network = kg.network()

    assert NG + "insulin" in network.get_nodes()
    assert network.generate_html() == kg.network().generate_html()


def test_a_build_is_seen_at_once_and_by_others_when_they_open_anew(few: Path) -> None:
    kg = nutrigraph.open(few)
    with pytest.raises(nutrigraph.NotBuiltError):
        kg.search("insulin")
    done: list[tuple[int, int]] = []
    kg.build(lambda *counts: done.append(counts))
    assert done[-1] == (3, 3)
    other = nutrigraph.open(few)
    before = len(other.statements())

    (few / "pages" / "glucagon.md").write_text("# Glucagon\n\nGlucagon is a hormone.\n", encoding="utf-8")
    kg.build()

    assert len(kg.statements()) > before
    assert len(other.statements()) == before


def test_what_was_opened_stays_when_others_build_or_delete(few: Path) -> None:
    nutrigraph.open(few).build()
    asked, searched = nutrigraph.open(few), nutrigraph.open(few)
    card = asked.concept("insulin")
    searched.search("insulin")
    shutil.rmtree(few / ".nutrigraph")
    assert asked.concept("insulin") == card
    assert asked.mentions()
    assert searched.search("insuln")[0].label == "Insulin"
    with pytest.raises(nutrigraph.StoreError, match="there no more"):
        searched.concept("insulin")
    searched.build()
    assert searched.concept("insulin") == card


@pytest.mark.parametrize("damaged", ["names.sqlite", "pages.sqlite", "store/CURRENT"])
def test_a_damaged_graph_says_what_to_do(few: Path, damaged: str) -> None:
    nutrigraph.open(few).build()
    for file in (few / ".nutrigraph" / "snapshots").glob(f"*/{damaged}"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(nutrigraph.StoreError, match=r"damaged.*Run: nutrigraph build"):
        nutrigraph.open(few).concept("insulin")


def test_what_is_no_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(nutrigraph.ProjectError, match="nutrigraph init"):
        nutrigraph.open(tmp_path)


def test_an_answer_can_be_cited_and_asked_again(kg: nutrigraph.KnowledgeGraph) -> None:
    rows = kg.ask("produced-by", {"concept": "insulin"})
    assert rows.citation is not None
    assert (rows.citation.name, rows.citation.title) == ("produced-by", "A small glossary")
    assert rows.citation.content_hash == kg.snapshot.name
    assert rows.citation.content_hash in str(rows.citation)
    assert kg.select(rows.citation.query).rows == rows.rows
    assert kg.cite("produced-by", {"concept": "insulin"}) == rows.citation
    assert kg.select(STATED, concept="pancreas").citation == kg.cite(STATED, {"concept": "pancreas"})


def test_two_concepts_compared_and_the_whole_from_far(kg: nutrigraph.KnowledgeGraph) -> None:
    assert kg.compare("insulin", "vitamin d").first.label == "Insulin"
    assert kg.overview().pages == 3
    assert kg.overview().central[0].concept.label in {"Insulin", "Insulin resistance"}


def test_chains_by_the_names_of_relations_and_concepts(kg: nutrigraph.KnowledgeGraph) -> None:
    assert kg.paths(
        "obesity", "type 2 diabetes", relations=["risk factor for", "causes"], through=["insulin resistance"]
    )
    assert kg.paths("obesity", "type 2 diabetes", without_relations=["causes", "broader"], hedged=False) == []
    with pytest.raises(nutrigraph.QueryError, match="Did you mean: causes"):
        kg.paths("obesity", "type 2 diabetes", relations=["cause"])
