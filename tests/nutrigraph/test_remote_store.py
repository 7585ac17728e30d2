"""A store behind an endpoint: the same answers as from a folder, or an error, whatever the server does to them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat
from pyoxigraph import serialize as rdf

from nutrigraph.endpoint import Endpoint, Limits
from nutrigraph.errors import EndpointError, QueryError, QueryTimeout
from nutrigraph.remote_store import RemoteStore
from nutrigraph.store import Store
from tests.nutrigraph.bad_server import Handler, Server, Step, replying

E = "https://e.org/"
QUICK = Limits(timeout=5, connect=2, attempts=2, wait=0.001)
NUMBERS = "SELECT ?s ?n WHERE { ?s <https://e.org/n> ?n }"
Servers = Callable[..., Server]


def numbers(count: int) -> Store:
    return Store.memory(
        Quad(NamedNode(f"{E}{n % 7}"), NamedNode(E + "n"), Literal(n), DefaultGraph()) for n in range(count)
    )


def answering(store: Store, most: int | None = None, unless: Callable[[str], bool] | None = None) -> Step:
    """Answers from `store` as a server does that cuts after `most` rows, and fails where `unless` says so."""

    def step(handler: Handler) -> None:
        query = handler.server.requests[-1].query
        if unless is not None and unless(query):
            handler.reply(400, b"cannot do that", "text/plain")
            return
        if "DESCRIBE" in query:
            triples = store.construct(query)[:most]
            handler.reply(200, rdf(triples, format=RdfFormat.N_TRIPLES) or b"", "application/n-triples")
            return
        data = store.solutions_bytes(query, "json")
        document = json.loads(data)
        if most is not None and "results" in document:
            del document["results"]["bindings"][most:]
        handler.reply(200, json.dumps(document).encode())

    return step


def remote(server: Server, limits: Limits = QUICK) -> RemoteStore:
    return RemoteStore(Endpoint(server.url, limits, {}))


@pytest.mark.parametrize(
    "query",
    [
        NUMBERS,
        NUMBERS + " ORDER BY DESC(?n)",
        "SELECT DISTINCT ?n WHERE { ?s ?p ?n }",
        "SELECT * { ?s ?p ?n } # the end",
        "# first\nPREFIX e: <https://e.org/>\nSELECT ?s (SUM(?n) AS ?sum) { ?s e:n ?n FILTER(?n > 3) } GROUP BY ?s ?n",
        "SELECT ?s ?n { ?s ?p ?n } LIMIT 8",
        "SELECT ?s { ?s ?p ?n FILTER(?n > 100) }",
    ],
)
def test_what_a_server_cuts_is_asked_for_in_pages(servers: Servers, query: str) -> None:
    store = numbers(25)
    ours, theirs = store.select(query), remote(servers(answering(store, 10))).select(query)
    assert theirs.variables == ours.variables
    if "ORDER" in query:
        assert theirs.rows == ours.rows
    elif "LIMIT" in query:
        assert len(theirs.rows) == 8
    else:
        assert sorted(theirs.rows, key=repr) == sorted(ours.rows, key=repr)


def test_every_format_has_all_rows(servers: Servers) -> None:
    store = numbers(25)
    cut = remote(servers(answering(store, 10)))
    for format in ("json", "csv", "tsv", "xml"):
        query = NUMBERS + " ORDER BY ?n"
        ours, theirs = store.solutions_bytes(query, format), cut.solutions_bytes(query, format)
        assert json.loads(theirs) == json.loads(ours) if format == "json" else theirs == ours


def test_a_server_that_cannot_count_is_asked_for_one_more(servers: Servers) -> None:
    store = numbers(25)
    server = servers(answering(store, 10, unless=lambda query: "COUNT" in query))
    assert sorted(remote(server).rows(NUMBERS)) == sorted(store.rows(NUMBERS))
    server = servers(answering(store, None, unless=lambda query: "COUNT" in query))
    assert sorted(remote(server).rows(NUMBERS)) == sorted(store.rows(NUMBERS))
    assert len(server.requests) == 3


def test_a_server_that_does_not_sort_far_is_asked_within_another_query(servers: Servers) -> None:
    store = numbers(25)
    too_far = re.compile(r"^[^{]*\{[^{]*\}\s*ORDER BY.*OFFSET [1-9]", re.DOTALL)
    server = servers(answering(store, 10, unless=lambda query: bool(too_far.search(query))))
    assert sorted(remote(server).rows(NUMBERS)) == sorted(store.rows(NUMBERS))


def test_what_cannot_be_had_whole_is_an_error(servers: Servers) -> None:
    store = numbers(30)
    with pytest.raises(EndpointError, match=r"cuts answers: it gave 10 rows"):
        remote(servers(answering(store, 10))).rows(NUMBERS + " LIMIT 20")
    same = store.solutions_bytes(NUMBERS + " ORDER BY ?n LIMIT 10", "json")
    count = Store.memory().solutions_bytes("SELECT ?nutrigraph_rows { VALUES ?nutrigraph_rows { 30 } }", "json")

    def without_offset(handler: Handler) -> None:
        handler.reply(200, count if "COUNT" in handler.server.requests[-1].query else same)

    with pytest.raises(EndpointError, match="the same rows again"):
        remote(servers(without_offset)).rows(NUMBERS)
    with pytest.raises(EndpointError, match="part of the answer only"):
        remote(servers(replying(200, same, X_SQL_State="S1TAT"))).rows(NUMBERS)


def test_small_answers_are_not_counted_again_and_again(servers: Servers) -> None:
    server = servers(answering(numbers(25), 10))
    graph = remote(server)
    assert len(graph.rows(NUMBERS)) == 25
    before = len(server.requests)
    assert len(graph.rows(NUMBERS + " LIMIT 9")) == 9
    assert graph.rows(NUMBERS + " LIMIT 0") == []
    assert len(server.requests) == before + 2
    assert len(graph.rows(NUMBERS + " LIMIT 10")) == 10  # perhaps cut: the server's limit is no more than that
    assert len(server.requests) == before + 4


def test_more_rows_than_allowed_are_an_error(servers: Servers) -> None:
    graph = remote(servers(answering(numbers(25), 10)))
    assert len(graph.rows(NUMBERS, max_rows=25)) == 25
    for allowed in (3, 24):
        with pytest.raises(QueryError, match=f"more than {allowed} rows"):
            graph.rows(NUMBERS, max_rows=allowed)


def test_long_lists_of_values_are_asked_in_parts(servers: Servers) -> None:
    store = numbers(25)
    server = servers(answering(store, 10))
    query = "SELECT ?s ?n WHERE {\n#VALUES n\n?s ?p ?n }"
    assert sorted(remote(server).rows(query, {"n": list(range(-900, 100))})) == sorted(store.rows(NUMBERS))
    assert max(len(request.query) for request in server.requests) < 50_000


@pytest.mark.parametrize(
    ("body", "type", "message"),
    [
        (b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":', "application/json", "broken"),
        (b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"odd","value":1}}]}}', "a/b", "broken"),
        (b"{}", "application/sparql-results+json", "broken"),
        (b"<!DOCTYPE html><html>Welcome</html>", "text/html", "answers with text/html"),
        (b'<?xml version="1.0"?><html><p>Welcome</p></html>', "application/xhtml+xml", "answers with"),
        (b"s,n\r\n1,2\r\n", "text/csv", "answers with text/csv"),
        (b"", "\x1b[31mred", "answers with something unknown"),
        (b"", "application/sparql-results+json", "answers with application/sparql-results"),
        (b'{"head":{},"boolean":true}', "application/sparql-results+json", "with yes or no"),
    ],
)
def test_what_is_no_answer_is_an_error(servers: Servers, body: bytes, type: str, message: str) -> None:
    with pytest.raises(EndpointError, match=message):
        remote(servers(replying(200, body, type))).rows(NUMBERS)


def test_results_are_known_by_their_form(servers: Servers) -> None:
    rows = [("1",)]
    store = Store.memory()
    query = 'SELECT ?x { VALUES ?x { "1" } }'
    for format, type in (("json", "text/plain"), ("xml", "text/xml"), ("json", ""), ("xml", "application/xml")):
        assert remote(servers(replying(200, store.solutions_bytes(query, format), type))).rows(query, None) == rows


def test_the_kind_of_query_and_its_form_are_checked_before_it_is_sent(servers: Servers) -> None:
    server = servers()
    graph = remote(server)
    for ask in (graph.rows, graph.construct):
        with pytest.raises(QueryError, match="This is not a"):
            ask("ASK {}")
    with pytest.raises(QueryError, match="line 1, column 12"):
        graph.rows("SELECT * { ")
    for forbidden in (
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o # \\u000A SERVICE <http://127.0.0.1/> { ?a ?b ?c }\n}",
        'SELECT * { ?s ?p "\\u0022 . SERVICE <http://127.0.0.1/> { ?a ?b \\u0022" }',
        "SELECT * { ?s ?p ?o # \\U0000000A \\u0053ERVICE <http://127.0.0.1/> { ?a ?b ?c }\n}",
    ):
        with pytest.raises(QueryError, match="SERVICE"):
            graph.rows(forbidden)
    with pytest.raises(QueryError, match="only questions"):
        graph.rows("LOAD <http://127.0.0.1/>")
    assert server.requests == []


def test_a_query_that_would_be_long_to_evaluate_is_checked_at_once(servers: Servers) -> None:
    many = " ".join(map(str, range(1000)))
    endless = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {many} }} VALUES ?b {{ {many} }} VALUES ?c {{ {many} }} }}"
    with pytest.raises(QueryTimeout):
        remote(servers(lambda handler: handler.server.stopping.wait(5) and None)).rows(endless, timeout=0.2)


def test_ask_and_describe(servers: Servers) -> None:
    assert remote(servers(replying(200, b'{"head":{},"boolean":true}'))).ask("ASK {}")
    triple = Quad(NamedNode(E), NamedNode(E), Literal("é")).triple
    describe = f"DESCRIBE <{E}>"
    two = numbers(2).solutions_bytes("SELECT * { ?s ?p ?o }", "json")
    for syntax in (RdfFormat.N_TRIPLES, RdfFormat.TURTLE, RdfFormat.RDF_XML):
        body = replying(200, rdf([triple], format=syntax) or b"", syntax.media_type)
        graph = remote(servers(body, replying(200, two), body))
        assert graph.construct(describe) == [triple]
        assert "é".encode() in graph.solutions_bytes(describe, "turtle")  # known to give more: not asked again
    with pytest.raises(EndpointError, match="broken"):
        remote(servers(replying(200, b"<a", "text/turtle"))).construct(describe)
    with pytest.raises(EndpointError, match="answers with text/html"):
        remote(servers(replying(200, b"<html>", "text/html"))).construct(describe)
    with pytest.raises(EndpointError, match="with rows"):
        remote(servers()).ask("ASK {}")


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s ?p ?n } WHERE { ?s ?p ?n }",
        "CONSTRUCT WHERE { ?s ?p ?n }",
        "CONSTRUCT { ?s a <https://e.org/x> ; ?p 'a } b', ?n # }\n } { ?s ?p ?n }",
        'PREFIX e: <https://e.org/>\nCONSTRUCT { ?s e:t "}" ; e:b ?b ; ?n ?p } { ?s ?p ?n OPTIONAL { ?s e:none ?b } }',
        "CONSTRUCT { <https://e.org/a> <https://e.org/b> 1 } WHERE { ?s ?p ?n FILTER(?n > 3) }",
        "CONSTRUCT { ?s <https://e.org/sum> ?t } { { SELECT ?s (SUM(?n) AS ?t) { ?s ?p ?n } GROUP BY ?s } }",
        "CONSTRUCT { ?s ?p ?n } { ?s ?p ?n } ORDER BY ?n LIMIT 4",
        "CONSTRUCT { ?s ?p ?n } { ?s ?p ?n FILTER(?n > 100) }",
    ],
)
def test_a_construct_gives_all_triples_of_a_server_that_cuts(servers: Servers, query: str) -> None:
    store = numbers(25)
    assert set(remote(servers(answering(store, 10))).construct(query)) == set(store.construct(query))


def test_blank_nodes_of_a_construct_are_kept_apart(servers: Servers) -> None:
    one, other, p = BlankNode(), BlankNode(), NamedNode(E + "p")
    store = Store.memory([Quad(one, p, other), Quad(NamedNode(E), p, one)])
    made = remote(servers(answering(store))).construct("CONSTRUCT { ?s ?p ?o . ?o ?s _:new } { ?s ?p ?o }")
    assert len(made) == 3  # no triple has a blank node as its predicate
    (new,) = [triple.object for triple in made if triple.predicate == NamedNode(E)]
    (middle,) = [triple.object for triple in made if triple.subject == NamedNode(E)]
    assert len([triple for triple in made if triple.subject == middle and triple.predicate == p]) == 1
    assert isinstance(new, BlankNode)


def test_a_description_that_may_be_cut_is_an_error(servers: Servers) -> None:
    store = numbers(25)
    star = f"DESCRIBE ?s {{ ?s <{E}n> ?n }}"
    with pytest.raises(EndpointError, match="this description, of 10 triples, may be a part only"):
        remote(servers(answering(store, 10))).construct(star)
    assert set(remote(servers(answering(store))).construct(star)) == set(store.construct(star))


def test_quads_are_those_of_the_graph(servers: Servers) -> None:
    store = numbers(25)
    store.add([Quad(NamedNode(E + "x"), NamedNode(E + "n"), Literal("a", language="en"), NamedNode(E + "g"))])
    graph = remote(servers(answering(store, 10)))
    assert len(graph) == 26
    assert graph.dump("nquads") == store.dump("nquads")
    one = next(store.quads())
    for pattern in (
        (None, None, None, NamedNode(E + "g")),
        (NamedNode(E + "1"), None, None, DefaultGraph()),
        (one.subject, one.predicate, one.object, None),
        (None, NamedNode(E + "none"), None, None),
        (BlankNode("b"), None, None, None),
    ):
        assert set(graph.quads(*pattern)) == set(store.quads(*pattern))
    assert graph.knows(NamedNode(E + "x"))
    assert not graph.knows(NamedNode(E + "y"))
    with pytest.raises(EndpointError, match="to read only"):
        graph.add([one])


def test_blank_nodes_of_several_answers_are_not_mixed_up(servers: Servers) -> None:
    nodes = [BlankNode(f"b{n}") for n in range(25)]
    store = Store.memory(Quad(one, NamedNode(E + "p"), other) for one, other in pairwise(nodes))
    assert len(list(remote(servers(answering(store))).quads())) == 24
    with pytest.raises(EndpointError, match="blank nodes"):
        list(remote(servers(answering(store, 10))).quads())
