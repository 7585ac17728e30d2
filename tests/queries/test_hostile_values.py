"""No value changes what a query asks: it stands in it as itself, on every store, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat
from rdflib import Dataset

from nutrigraph.endpoint import Endpoint
from nutrigraph.errors import NutrigraphError, QueryError
from nutrigraph.queries.catalogue import NamedQuery, catalogue, find, values_for
from nutrigraph.query_text import kind_of, with_values
from nutrigraph.remote_store import RemoteStore
from nutrigraph.store import Store

P = NamedNode("https://e.org/p")
QUERY = "SELECT ?s ?v WHERE {\n  #VALUES v\n  ?s <https://e.org/p> ?v\n} ORDER BY ?s"
PIECES = (
    *(
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        '\\"',
        "\\u0022",
        "\\U0000000A",
        "{",
        "}",
        "(",
        ")",
        "<",
        ">",
        "#",
        "\n",
        "\r",
        "\t",
    ),
    *("SERVICE <http://127.0.0.1/> {", "} UNION { ?s ?p ?o ", "} } #", "?v", "$v", "VALUES ?v {", "#VALUES v", "UNDEF"),
    *(
        "; DROP ALL",
        "LOAD <http://127.0.0.1/>",
        "^^<https://e.org/p>",
        "@en",
        "\0",
        "\x7f",
        "\u2028",
        "\u202e",
        "é",
        "💥",
    ),
    *("\ud800", "\\ud800", " . ", "||", "&&", "insulin", "https://e.org/p", "%s", "{0}", "\\1", "\\g<0>"),
)
hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=8).map("".join)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """What is stored: the pieces alone and in pairs, each of a subject of its own."""
    whole = [piece for piece in PIECES if piece.isprintable() or piece.isspace()]
    pairs = [one + other for one, other in zip(whole, reversed(whole), strict=True)]
    return {f"https://e.org/{at}": text for at, text in enumerate(dict.fromkeys([*whole, *pairs]))}


@pytest.fixture(scope="module")
def memory(texts: dict[str, str]) -> Store:
    return Store.memory(Quad(NamedNode(iri), P, Literal(text), DefaultGraph()) for iri, text in texts.items())


@pytest.fixture(scope="module")
def server(memory: Store, endpoint_of: Callable[[bytes], str]) -> RemoteStore:
    return RemoteStore(Endpoint(endpoint_of(memory.dump("nquads"))))


@pytest.fixture(scope="module")
def plain(memory: Store) -> Dataset:
    dataset = Dataset()
    dataset.parse(data=memory.dump("trig"), format="trig")
    return dataset


@settings(max_examples=200)
@given(value=hostile)
def test_a_value_finds_itself_and_nothing_else(memory: Store, texts: dict[str, str], value: str) -> None:
    try:
        literal = Literal(value)
    except ValueError:
        return  # half a character is no text
    assert memory.rows(QUERY, {"v": literal}) == sorted((iri, text) for iri, text in texts.items() if text == value)


@settings(max_examples=200)
@given(value=hostile)
def test_a_value_is_one_term_wherever_it_is_put(value: str) -> None:
    """Read on its own as a term it is itself, and around it nothing has changed."""
    try:
        literal = Literal(value)
    except ValueError:
        return
    before, after = QUERY.split("  #VALUES v")
    text = with_values(QUERY, {"v": literal})
    assert text.startswith(f"{before}VALUES ?v {{ ")
    assert text.endswith(f" }}{after}")
    written = text.removeprefix(f"{before}VALUES ?v {{ ").removesuffix(f" }}{after}")
    (triple,) = pyoxigraph.parse(f"<a:b> <a:b> {written} .".encode(), format=RdfFormat.N_TRIPLES)
    assert triple.object == literal
    assert kind_of(text) == "rows"


@settings(max_examples=40)
@given(value=st.sampled_from([*PIECES, *("".join(pair) for pair in zip(PIECES, PIECES[::-1], strict=True))]))
def test_every_store_gives_the_same_rows(memory: Store, server: RemoteStore, plain: Dataset, value: str) -> None:
    try:
        values = {"v": Literal(value)}
    except ValueError:
        return
    expected = memory.rows(QUERY, values)
    assert server.rows(QUERY, values) == expected
    if not any(sign in value for sign in "\\\0"):  # rdflib reads \\u0022 as a quote before anything else
        rows = plain.query(with_values(QUERY, values))
        assert [tuple(map(str, row)) for row in rows] == expected  # type: ignore[arg-type]


@settings(max_examples=200)
@given(value=hostile)
def test_iris_and_numbers_are_what_they_say_or_an_error(memory: Store, value: str) -> None:
    try:
        text = with_values(QUERY, {"v": value})
    except QueryError:
        return
    assert value not in ("", "UNDEF")
    assert f"VALUES ?v {{ <{value}> }}" in text
    assert memory.rows(text) == []


@settings(max_examples=200)
@given(query=st.sampled_from(catalogue()), value=hostile)
def test_what_people_type_is_a_value_or_a_clear_error(query: NamedQuery, value: str) -> None:
    def resolve(name: str) -> list[str]:
        return ["https://e.org/concept"]

    needed = {each.name: "insulin" for each in query.parameters if each.required and each.type == "concept"}
    for parameter in query.parameters:
        try:
            values = values_for(query, resolve, needed | {parameter.name: value})
        except NutrigraphError:
            continue
        assert kind_of(with_values(query.text, values)) == "rows"


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(QueryError, match="not UTF-8"):
        values_for(find("reviewers"), lambda name: [], {"page": "\udcff"})
    with pytest.raises(QueryError, match=r"not UTF-8 text \(line 2\)"):
        Store.memory().rows("SELECT * {\n?s ?p '\udcff' }")
