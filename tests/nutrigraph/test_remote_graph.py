"""A knowledge graph behind an endpoint answers as the project's folder does, on the command line and in Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import nutrigraph
from nutrigraph import EndpointError, KnowledgeGraph, NutrigraphError, UnknownConcept
from nutrigraph.queries.catalogue import catalogue
from tests.nutrigraph.command import run

FOREIGN = b"""
<http://o.org/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<http://o.org/1> <http://www.w3.org/2000/01/rdf-schema#label> "organ" .
<http://o.org/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<http://o.org/2> <http://www.w3.org/2000/01/rdf-schema#label> "kidney"@en .
<http://o.org/2> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://o.org/1> .
<http://o.org/3> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<http://o.org/3> <http://www.w3.org/2000/01/rdf-schema#label> "liver"@en .
<http://o.org/3> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://o.org/1> .
"""


@pytest.fixture(scope="session")
def here(built: Path) -> KnowledgeGraph:
    return nutrigraph.open(built)


@pytest.fixture(scope="session")
def address(here: KnowledgeGraph, endpoint_of: Callable[[bytes], str]) -> str:
    return endpoint_of(here.export("nquads"))


@pytest.fixture(scope="session")
def there(address: str) -> KnowledgeGraph:
    return nutrigraph.open(address)


def answer(graph: KnowledgeGraph, ask: Callable[[KnowledgeGraph], object]) -> object:
    try:
        return ask(graph)
    except NutrigraphError as error:
        return type(error), str(error)


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: graph.search("insulin"),
        lambda graph: graph.search("insuln resistence"),
        lambda graph: graph.search("MESH:D007328"),
        lambda graph: graph.search(""),
        lambda graph: graph.resolve("Vitamin D"),
        lambda graph: graph.resolve("no such thing"),
        lambda graph: graph.resolve('"> { hostile }'),
        lambda graph: graph.concept("insulin"),
        lambda graph: graph.neighbours("insulin", 2),
        lambda graph: graph.paths("obesity", "type 2 diabetes"),
        lambda graph: graph.paths("pancreas", "insulin", k=2, reviewed=True),
        lambda graph: graph.no_path("vitamin d", "zinc"),
        lambda graph: graph.statements(),
        lambda graph: graph.statements(page="pages/insulin.md", concept="pancreas"),
        lambda graph: graph.statements(page="pages/none.md"),
        lambda graph: graph.select("SELECT ?s { GRAPH ?page { ?s a ?type } } ORDER BY ?s").rows,
        lambda graph: graph.select("SELECT * {\n#VALUES c\n?c ?p ?o } ORDER BY ?p ?o", c="insulin").rows,
        lambda graph: graph.ask("produced-by", {"concept": "insulin"}).rows,
        lambda graph: graph.query_bytes("SELECT ?s { GRAPH ?page { ?s a ?type } } ORDER BY ?s", "csv"),
        lambda graph: graph.query_bytes("ASK { ?s ?p ?o }", "json"),
        lambda graph: sorted(graph.to_networkx().edges(keys=True)),
        *(lambda graph, format=format: graph.export(format) for format in ("trig", "graphml", "csv", "ntriples")),
    ],
)
def test_the_same_answers_as_from_the_folder(
    here: KnowledgeGraph, there: KnowledgeGraph, ask: Callable[[KnowledgeGraph], object]
) -> None:
    assert answer(there, ask) == answer(here, ask)


@pytest.mark.parametrize("name", [query.name for query in catalogue()])
def test_named_queries_give_the_same_rows(here: KnowledgeGraph, there: KnowledgeGraph, name: str) -> None:
    text = next(query.text for query in catalogue() if query.name == name)
    ours, theirs = (graph.select(text) for graph in (here, there))
    assert theirs.columns == ours.columns
    assert sorted(theirs.rows, key=repr) == sorted(ours.rows, key=repr)


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: graph.mentions(),
        lambda graph: graph.links(),
        lambda graph: graph.gaps(),
        lambda graph: graph.build(),
        lambda graph: graph.validate(),
        lambda graph: graph.project,
    ],
)
def test_what_needs_the_files_says_so(there: KnowledgeGraph, ask: Callable[[KnowledgeGraph], object]) -> None:
    with pytest.raises(EndpointError, match="needs the files of a project"):
        ask(there)


def test_a_copy_for_rdflib(here: KnowledgeGraph, there: KnowledgeGraph) -> None:
    assert len(list(there.to_rdflib().quads())) == len(here.store)


@pytest.mark.parametrize(
    "command",
    [
        ["show", "insulin"],
        ["path", "obesity", "type 2 diabetes", "--format", "json"],
        ["query", "produced-by", "--param", "concept=insulin", "--format", "json"],
    ],
)
def test_the_command_line_takes_an_address(built: Path, address: str, command: list[str]) -> None:
    ours, theirs = (run(built, *command, "--project", where) for where in (str(built), address))
    assert (theirs.returncode, theirs.stdout, theirs.stderr) == (ours.returncode, ours.stdout, ours.stderr)


@pytest.mark.parametrize("command", [["mentions"], ["build"], ["vocabulary", "list"]])
def test_commands_that_need_the_files_say_so(address: str, command: list[str], tmp_path: Path) -> None:
    done = run(tmp_path, *command, "--project", address)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "needs" in done.stderr


@pytest.fixture(scope="module")
def foreign(endpoint_of: Callable[[bytes], str]) -> KnowledgeGraph:
    return nutrigraph.open(endpoint_of(FOREIGN))


def test_a_graph_without_statements_has_names_paths_and_queries(foreign: KnowledgeGraph) -> None:
    assert [hit.label for hit in foreign.search("kidny")] == ["kidney"]
    assert foreign.concept("liver").broader[0].label == "organ"
    assert foreign.concept("liver").statements == ()
    (chain,) = foreign.paths("liver", "kidney")
    assert [node.label for node in chain.nodes] == ["liver", "organ", "kidney"]
    assert foreign.statements() == []
    assert foreign.ask("produced-by", {"concept": "liver"}).not_stated
    assert len(foreign.select("SELECT ?s { ?s a ?class }")) == 3
    with pytest.raises(UnknownConcept):
        foreign.resolve("heart")


def test_it_says_where_it_is_and_nobody_there_is_an_error(there: KnowledgeGraph, address: str) -> None:
    assert repr(there) == f"<RemoteGraph at {address}>"
    graph = nutrigraph.open("http://127.0.0.1:1/sparql?key=secret")
    assert "secret" not in repr(graph)
    with pytest.raises(EndpointError, match="cannot be reached") as caught:
        graph.search("insulin")
    assert "secret" not in str(caught.value)
