"""The store: rows, values in queries, refusals, time limits, and exports that are the same each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from nutrigraph.errors import QueryError, QueryTimeout, StoreError
from nutrigraph.query_text import kind_of, refuse_services, with_values
from nutrigraph.store import RDF_FORMATS, Store
from tests.nutrigraph.bad_server import Server, replying

E = "https://e.org/"
SELECT = "SELECT ?s ?o WHERE {\n  #VALUES s\n  ?s <https://e.org/p> ?o } ORDER BY ?o"


def quad(subject: str, value: str, graph: str | None = None) -> Quad:
    terms = NamedNode(E + subject), NamedNode(E + "p"), Literal(value)
    return Quad(*terms, NamedNode(E + graph)) if graph else Quad(*terms)


@pytest.fixture
def store() -> Store:
    return Store.memory([quad("a", "1"), quad("b", "2"), quad("a", "3", "g")])


def test_rows_are_plain_strings(store: Store) -> None:
    assert store.rows(SELECT) == [(E + "a", "1"), (E + "b", "2")]
    unbound = store.select("SELECT ?s ?x WHERE { ?s ?p ?o OPTIONAL { ?s <https://e.org/none> ?x } }")
    assert unbound.variables == ("s", "x")
    assert {row[1] for row in unbound.rows} == {None}


def test_rows_are_never_cut_silently(store: Store) -> None:
    assert len(store.rows(SELECT, max_rows=2)) == 2
    with pytest.raises(QueryError, match="more than 1 rows"):
        store.rows(SELECT, max_rows=1)


def test_values_are_put_at_their_place(store: Store) -> None:
    assert store.rows(SELECT, {"s": E + "b"}) == [(E + "b", "2")]
    assert len(store.rows(SELECT, {"s": [E + "a", E + "b"]})) == 2
    assert store.rows(SELECT, {"s": []}) == []
    assert store.rows(SELECT.replace("#VALUES s", "#VALUES o"), {"o": Literal("2")}) == [(E + "b", "2")]


def test_a_value_without_a_place_is_an_error(store: Store) -> None:
    with pytest.raises(QueryError, match="#VALUES concept"):
        store.rows("SELECT * { ?s ?p ?o }", {"concept": E + "a"})


@given(st.text())
def test_a_value_can_say_nothing_but_itself(text: str) -> None:
    query = "SELECT ?v WHERE {\n#VALUES v\n}"
    assert Store.memory().rows(query, {"v": Literal(text)}) == [(text,)]
    try:
        with_iri = with_values(query, {"v": E + text})
    except QueryError:
        return
    assert Store.memory().rows(with_iri) == [(E + text,)]


@pytest.mark.parametrize("value", ["no IRI", object(), {"a": object()}])
def test_a_value_that_is_no_term_is_refused(value: object) -> None:
    with pytest.raises(QueryError, match="'v'"):
        with_values("#VALUES v\n", {"v": value})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service silent<http://127.0.0.1/>{ ?s ?p ?o } }",
        'SELECT * { ?s ?p "# not a comment" . SERVICE <http://127.0.0.1/> { ?a ?b ?c } }',
        "PREFIX : <http://127.0.0.1/> SELECT * { ?s ?p ?o . SERVICE:x { ?a ?b ?c } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1/>{} }",
        "SELECT * { BIND(<http://127.0.0.1/> AS ?c) FILTER(?a<?b)SERVICE#>\n?c{?s?p?o} }",
        "SELECT * { <http://e.org/)#> ?p ?o FILTER(?a<?b)SERVICE#>\n?c{?s?p?o} }",
        "ASK { GRAPH ?g { SERVICE ?x { ?s ?p ?o } } }",
    ],
)
def test_no_query_goes_to_another_server(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        store.solutions_bytes(query, "json")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        'SELECT * { ?s ?p "SERVICE <http://127.0.0.1/> {}" }',
        "SELECT * { ?s <https://e.org/service#SERVICE> ?o } # SERVICE <x> {}",
        "PREFIX service: <https://e.org/> SELECT * { ?s service:service service:Service }",
    ],
)
def test_the_word_service_may_be_used(query: str) -> None:
    refuse_services(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <HERE> { ?s ?p ?o } }",
        "SELECT * { service silent<HERE>{ ?s ?p ?o } }",
        "SELECT * { BIND('SERVICE <http://127.0.0.2/> {' AS ?x) SERVICE\n<HERE> { ?s ?p ?o } } # SERVICE ?y",
    ],
)
def test_an_allowed_server_is_asked(servers: Callable[..., Server], tmp_path: Path, query: str) -> None:
    one = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"there"}}]}}'
    server = servers(replying(200, one))
    Store.create(tmp_path / "store")
    store = Store.open(tmp_path / "store", {server.url.split("/")[2]})
    query = query.replace("HERE", server.url)
    for timeout in (None, 60):
        answer = store.select(query, timeout=timeout)
        assert answer.rows[0][answer.variables.index("s")] == "there"
    assert len(server.requests) == 2
    with pytest.raises(QueryError, match=r"\[queries\] services"):
        Store.open(tmp_path / "store").rows(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://e.org@127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://e.org:81/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <ftp://e.org/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <//e.org/> { ?s ?p ?o } }",
        "BASE <http://127.0.0.1/> SELECT * { SERVICE <http:e.org/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://e.org\\u002Eevil.example/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "PREFIX e: <http://e.org/> SELECT * { SERVICE e:x { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://e.org/> { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } }",
        "SELECT * { SERVICE # <http://e.org/>\n <http://127.0.0.1/> { ?s ?p ?o } }",
    ],
)
def test_no_server_but_the_allowed_one_is_asked(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        refuse_services(query, {"e.org"})


def test_a_query_is_checked_without_being_evaluated() -> None:
    many = " ".join(map(str, range(1000)))
    counted = (
        f"SELECT (COUNT(*) AS ?service) {{ VALUES ?a {{ {many} }} VALUES ?b {{ {many} }} VALUES ?c {{ {many} }} }}"
    )
    assert [kind_of(query) for query in (counted, "ASK {}", "DESCRIBE <a:b>", "SELECT * {} VALUES ?x { 1 }")] == [
        *("rows", "truth", "graph", "rows")
    ]
    refuse_services(counted)


def test_updates_are_refused(store: Store) -> None:
    for update in ("LOAD <http://127.0.0.1/>", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA { <a:b> <a:b> <a:b> }"):
        with pytest.raises(QueryError, match="only questions"):
            store.rows(update)
    assert len(store) == 3


def test_a_syntax_error_has_its_position(store: Store) -> None:
    with pytest.raises(QueryError, match="line 2, column 16") as caught:
        store.rows("SELECT ?x\nWHERE { ?x ?y }")
    assert "WHERE { ?x ?y }\n" in str(caught.value)
    with pytest.raises(QueryError, match="Prefix not found"):
        store.rows("SELECT * { ?s foo:x ?o }")


def test_the_kind_of_query_is_checked(store: Store) -> None:
    for ask in (store.rows, store.construct):
        with pytest.raises(QueryError, match="This is not a"):
            ask("ASK {}")
    with pytest.raises(QueryError, match="This is not an ASK"):
        store.ask(SELECT)
    with pytest.raises(QueryError, match="no format"):
        store.solutions_bytes(SELECT, "xlsx")


def test_formats_of_answers(store: Store) -> None:
    assert store.solutions_bytes(SELECT, "csv") == b"s,o\r\nhttps://e.org/a,1\r\nhttps://e.org/b,2\r\n"
    assert b'"boolean":true' in store.solutions_bytes("ASK { ?s ?p ?o }", "json")
    construct = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    for format in RDF_FORMATS:
        data = store.solutions_bytes(construct, format)
        assert len(list(pyoxigraph.parse(data, format=RDF_FORMATS[format]))) == 2
    assert len(store.construct(construct)) == 2


def test_a_query_with_a_time_limit_gives_the_same_answer(tmp_path: Path) -> None:
    Store.create(tmp_path / "store").add([quad("a", "1"), quad("b", "é\n")])
    store = Store.open(tmp_path / "store")
    assert store.select(SELECT, timeout=60) == store.select(SELECT)
    assert store.ask("ASK { ?s ?p ?o }", timeout=60)
    with pytest.raises(QueryError, match="line 1, column"):
        store.rows("SELECT * { ?s", timeout=60)


def test_a_query_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    Store.create(tmp_path / "store").add(quad(str(n), str(n)) for n in range(300))
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f . ?g ?p ?h . ?i ?p ?j FILTER(?b != ?d) }"
    with pytest.raises(QueryTimeout, match="longer than 1 seconds"):
        Store.open(tmp_path / "store").rows(endless, timeout=1)


def test_a_query_with_a_time_limit_stops_at_the_most_rows(tmp_path: Path) -> None:
    writing = Store.create(tmp_path / "store")
    writing.add(Quad(NamedNode(f"http://e.org/{n}"), NamedNode("http://e.org/p"), Literal(n)) for n in range(200))
    writing.raw.flush()
    del writing
    graph = Store.open(tmp_path / "store")
    assert len(graph.rows("SELECT ?s { ?s ?p ?o }", timeout=60, max_rows=200)) == 200
    with pytest.raises(QueryError, match="more than 10 rows"):
        # 1.6 thousand million rows, which would not be counted in time
        graph.rows("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", timeout=60, max_rows=10)


@pytest.mark.parametrize("format", ["json", "csv", "tsv", "xml"])
def test_answers_in_every_format_have_a_limit(store: Store, format: str) -> None:
    everything = "SELECT ?v { VALUES ?v { 1 2 3 } }"
    for query in (everything, everything + " LIMIT 3", everything + " ORDER BY ?v # end"):
        assert store.solutions_bytes(query, format, max_rows=3) == store.solutions_bytes(query, format)
        with pytest.raises(QueryError, match="more than 2 rows"):
            store.solutions_bytes(query, format, max_rows=2)
    assert store.solutions_bytes("ASK {}", format, max_rows=0)
    graph = store.solutions_bytes("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", format, max_rows=1)
    assert len(list(pyoxigraph.parse(graph, format=RdfFormat.TURTLE))) == 2


def test_limits_that_are_none_are_refused(store: Store) -> None:
    for timeout in (0, -1, float("nan"), float("inf")):
        with pytest.raises(QueryError, match="number of seconds"):
            store.rows(SELECT, timeout=timeout)
    with pytest.raises(QueryError, match="number of rows"):
        store.rows(SELECT, max_rows=-1)


def test_a_time_limit_needs_a_folder(store: Store) -> None:
    with pytest.raises(QueryError, match="in a folder"):
        store.rows(SELECT, timeout=1)


def test_a_store_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nutrigraph build"):
        Store.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_equal_data_gives_equal_bytes(format: str) -> None:
    quads = [quad(subject, value, graph) for subject in "cab" for value in "21\n" for graph in ("h", "g", None)]
    first = Store.memory(quads).dump(format)
    random.Random(1).shuffle(quads)
    assert Store.memory(quads).dump(format) == first
    back = set(pyoxigraph.parse(first, format=RDF_FORMATS[format]))
    assert back == (
        set(quads) if format in ("nquads", "trig", "jsonld") else {q for q in quads if "<" not in str(q.graph_name)}
    )


def test_turtle_has_prefixes_in_order(store: Store) -> None:
    lines = store.dump("turtle").decode().splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert any(line.startswith("@prefix skos:") for line in prefixes)
    assert list(pyoxigraph.parse(store.dump("turtle"), format=RdfFormat.TURTLE))
