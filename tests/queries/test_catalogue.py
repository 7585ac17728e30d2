"""The catalogue: what people see of a named query, and what they are told when they ask wrongly."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from nutrigraph.errors import QueryError, UnknownConcept
from nutrigraph.ontology.namespaces import LABELS_GRAPH, NG, NGO, OA, PROV, RDF, SKOS
from nutrigraph.queries.catalogue import AUDIENCES, catalogue, find, read_query, run, values_for
from nutrigraph.store import Store

PAGE = NamedNode("https://www.example.org/glossary/insulin")
STATEMENT = NamedNode(PAGE.value + "#statement-0123456789abcdef")


def resolve(name: str) -> list[str]:
    known = {"insulin": [NG + "insulin", "https://elsewhere.example/insulin"], "blood": [NG + "blood"]}
    if name not in known:
        raise UnknownConcept(name, ("insulin",))
    return known[name]


@pytest.fixture
def store() -> Store:
    values: dict[str, NamedNode | Literal] = {
        RDF + "subject": NamedNode("https://elsewhere.example/insulin"),
        RDF + "predicate": NamedNode(NGO + "is_a"),
        RDF + "object": NamedNode(NG + "hormone"),
        NGO + "modality": NamedNode(NGO + "asserted"),
        PROV + "wasDerivedFrom": PAGE,
        OA + "exact": Literal("Insulin is a hormone."),
        OA + "start": Literal(0),
    }
    quads = [Quad(STATEMENT, NamedNode(name), value, PAGE) for name, value in values.items()]
    quads.append(Quad(PAGE, NamedNode(NGO + "path"), Literal("pages/insulin.txt"), PAGE))
    label = NamedNode(SKOS + "prefLabel")
    quads.append(Quad(NamedNode(NG + "hormone"), label, Literal("Hormone"), NamedNode(LABELS_GRAPH)))
    return Store.memory(quads)


def test_there_are_queries_for_everyone() -> None:
    names = [query.name for query in catalogue()]
    assert len(names) == len(set(names)) >= 40
    assert {query.audience for query in catalogue()} == set(AUDIENCES)


@pytest.mark.parametrize("query", catalogue(), ids=lambda query: query.name)
def test_parameters_are_the_places_in_the_text(query: object) -> None:
    assert query in catalogue()
    named = next(one for one in catalogue() if one is query)
    places = set(re.findall(r"^ *#VALUES (\w+)$", named.text, re.MULTILINE))
    assert places == {parameter.name for parameter in named.parameters}
    assert named.example.startswith(f"nutrigraph query {named.name}")
    used = re.findall(r"--param (\w+)=", named.example)
    assert {parameter.name for parameter in named.parameters if parameter.required} <= set(used) <= places


def test_as_json_has_the_shape_that_scripts_rest_on() -> None:
    assert find("moves").as_json() == {
        "name": "moves",
        "title": "From where to where does it move?",
        "description": "What carries a substance, and the places it is carried from, to or in; one row for each place.",
        "for": "researcher",
        "parameters": [
            {"name": "concept", "type": "concept", "required": True, "description": "what is moved"},
            {"name": "by", "type": "concept", "required": False, "description": "only what is moved by this"},
        ],
        "example": "nutrigraph query moves --param concept=glucose --param by=insulin",
    }  # fmt: skip


def test_run_asks_for_all_joined_concepts(store: Store) -> None:
    rows = run(store, resolve, "kind-of", {"concept": "insulin"})
    assert [row["kind"] for row in rows.json] == ["Hormone"]
    assert not rows.not_stated


def test_a_question_without_answer_is_not_stated_and_an_unknown_concept_an_error(store: Store) -> None:
    rows = run(store, resolve, "kind-of", {"concept": "blood"})
    assert rows.not_stated
    assert not rows.rows
    assert rows.columns[0] == "kind"
    with pytest.raises(UnknownConcept, match="Did you mean: insulin"):
        run(store, resolve, "kind-of", {"concept": "insuline"})


def test_an_editors_check_that_finds_nothing_is_no_missing_statement(store: Store) -> None:
    assert not run(store, resolve, "to-review", {}).not_stated


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("kind_of", {}, 'No query is called "kind_of". Did you mean: kind-of'),
        ("kind-of", {}, "The query kind-of needs concept. For example: nutrigraph query kind-of"),
        ("kind-of", {"concpet": "insulin"}, 'has no parameter "concpet". Did you mean: concept? It takes concept.'),
        ("contradictions", {"page": "x"}, 'has no parameter "page". It takes concept.'),
        ("statements-of", {"concept": "insulin", "relation": "produce"}, "Did you mean: produces"),
    ],
)
def test_mistakes_are_named_with_the_near_miss(
    store: Store, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        run(store, resolve, name, parameters)


@pytest.mark.parametrize(
    "written",
    ["risk_factor_for", "risk factor for", "risk-factor-for", "is a risk factor for", NGO + "risk_factor_for"],
)
def test_a_relation_is_known_by_name_label_and_iri(written: str) -> None:
    values = values_for(find("statements-of"), resolve, {"concept": "insulin", "relation": written})
    assert values["relation"] == NGO + "risk_factor_for"


def test_text_stays_text_whatever_it_holds(store: Store) -> None:
    hostile = '" } DROP ALL # \\" <x> ?page \n'
    assert values_for(find("reviewers"), resolve, {"page": hostile}) == {"page": Literal(hostile)}
    assert run(store, resolve, "reviewers", {"page": hostile}).rows == ()


HEADER = """# title: T
# description: one
#   two
# for: editor
# parameter: n integer optional: a number
# example: nutrigraph query x

SELECT * { #VALUES n
}"""


def test_a_header_is_read_with_its_continued_lines() -> None:
    query = read_query("x", HEADER)
    assert (query.title, query.description, query.audience, query.text) == ("T", "one two", "editor", HEADER)
    assert values_for(query, resolve, {"n": "-12"}) == {"n": -12}
    with pytest.raises(QueryError, match=r'n must be a whole number, not "1\.5"'):
        values_for(query, resolve, {"n": "1.5"})


@pytest.mark.parametrize("wrong", [HEADER.replace("editor", "nobody"), HEADER.replace("integer", "int"), "SELECT * {}"])
def test_an_incomplete_header_is_an_error(wrong: str) -> None:
    with pytest.raises(QueryError, match=r"x\.rq"):
        read_query("x", wrong)
