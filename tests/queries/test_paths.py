"""Chains between two concepts are explanations: stated step by step, never a mere meeting in one sentence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import NGO
from nutrigraph.queries.edges import Claim, Triple, stated_edges
from nutrigraph.queries.path_index import Choice
from nutrigraph.queries.path_index_writing import write_path_index
from nutrigraph.queries.paths import ANY, no_path, paths
from nutrigraph.store import Store

NG = "https://w3id.org/nutrigraph/concept/"
SITE = "https://www.example.org/glossary/"


def test_each_step_is_stated_and_has_its_sentence(glossary: Store) -> None:
    best = paths(glossary, NG + "pancreas", NG + "type-2-diabetes")[0]
    assert best.text == (
        "Pancreas produces Insulin; Insulin increases Glucose uptake; "
        "Glucose uptake is decreased by Insulin resistance; Insulin resistance causes Type 2 diabetes"
    )
    assert [step.direction for step in best.steps] == ["forward", "forward", "backward", "forward"]
    assert {step.origin for step in best.steps} == {"statement"}
    assert all(step.statements and step.evidence for step in best.steps)
    assert best.steps[3].evidence[0].quote_text == "Type 2 diabetes comes from insulin resistance."


def test_a_step_that_several_pages_state_has_all_their_sentences(glossary: Store) -> None:
    step = paths(glossary, NG + "pancreas", NG + "insulin")[0].steps[0]
    assert step.statements == ("a1", "b8")
    assert [evidence.page for evidence in step.evidence] == ["pages/insulin.txt", "pages/resistance.txt"]


def test_the_shape_is_plain_json(glossary: Store) -> None:
    (chain,) = paths(glossary, NG + "pancreas", NG + "insulin", 1)
    shape = chain.as_json()
    assert json.loads(json.dumps(shape)) == shape
    assert shape["nodes"] == [{"id": NG + "pancreas", "label": "Pancreas"}, {"id": NG + "insulin", "label": "Insulin"}]
    assert shape.keys() == {"score", "text", "nodes", "steps"}
    (step,) = chain.steps
    assert {"subject", "predicate", "object", "direction", "origin", "statements", "evidence"} <= step.as_json().keys()


def test_chains_are_the_same_from_both_ends(glossary: Store) -> None:
    names = ["pancreas", "type-2-diabetes", "hyperinsulinemia", "cell", "glucagon", "beta-cell"]
    for one, other in combinations(names, 2):
        there = paths(glossary, NG + one, NG + other, 5)
        back = paths(glossary, NG + other, NG + one, 5)
        assert [chain.score for chain in there] == [chain.score for chain in back]
        assert [[node.id for node in chain.nodes] for chain in there] == [
            [node.id for node in reversed(chain.nodes)] for chain in back
        ]


def test_they_are_sorted_by_score_and_simple(glossary: Store) -> None:
    found = paths(glossary, NG + "beta-cell", NG + "hyperinsulinemia", 5)
    assert found
    for chain in found:
        assert 0 < chain.score <= 1
        assert len({node.id for node in chain.nodes}) == len(chain.nodes) == len(chain.steps) + 1


def test_what_is_hedged_says_may(glossary: Store) -> None:
    step = paths(glossary, NG + "insulin-resistance", NG + "hyperinsulinemia")[0].steps[0]
    assert step.text == "Insulin resistance may cause Hyperinsulinemia"
    assert step.as_json()["hedged"] is True


def test_what_is_negated_rejected_or_held_is_no_step(glossary: Store) -> None:
    assert paths(glossary, NG + "zinc", NG + "type-2-diabetes") == []
    assert paths(glossary, NG + "insulin-pump", NG + "csii-therapy") == []
    assert all(
        "a5" not in step.statements for chain in paths(glossary, NG + "insulin", NG + "cell", 5) for step in chain.steps
    )


def test_a_shared_kind_is_the_last_of_explanations(graph_of: Callable[..., Store]) -> None:
    store = with_claims(graph_of, ("glucagon", "increases", "sugar"), ("insulin", "decreases", "sugar"))
    texts = [chain.text for chain in paths(store, NG + "insulin", NG + "glucagon", 2)]
    assert texts == [
        "insulin decreases sugar; sugar is increased by glucagon",
        "insulin is a hormone; hormone includes glucagon",
    ]


def test_a_long_way_up_a_hierarchy_is_a_chain_and_no_shortcut(graph_of: Callable[..., Store]) -> None:
    kinds = ["glucose", "hexose", "monosaccharide", "sugar", "carbohydrate", "organic-compound", "substance", "entity"]
    up = " . ".join(f"ng:{one} skos:broader ng:{other}" for one, other in pairwise(kinds))
    crowds = " . ".join(f"ng:{kind}-{number} skos:broader ng:{kind}" for kind in kinds[2:] for number in range(40))
    store = with_claims(graph_of, ("insulin", "affects", "glucose"), more=f"{up} . {crowds} .")
    (chain,) = paths(store, NG + "glucose", NG + "entity")
    assert [node.id for node in chain.nodes] == [NG + kind for kind in kinds]
    assert {(step.direction, step.predicate.label) for step in chain.steps} == {("forward", "is a kind of")}
    (back,) = paths(store, NG + "entity", NG + "glucose")
    assert back.score == chain.score > 0
    assert [node.id for node in back.nodes] == [NG + kind for kind in reversed(kinds)]
    assert paths(store, NG + "glucose", NG + "substance-7") == []
    assert paths(store, NG + "insulin", NG + "entity") == []
    (through,) = paths(store, NG + "insulin", NG + "entity", 3, Choice(through=(NG + "glucose",)))
    assert [node.id for node in through.nodes] == [NG + "insulin", *(NG + kind for kind in kinds)]
    assert paths(store, NG + "glucose", NG + "entity", 3, Choice(without=frozenset({NG + "sugar"}))) == []


def test_a_concept_that_everything_is_joined_with_is_walked_around(graph_of: Callable[..., Store]) -> None:
    crowd = [(f"thing-{number}", "affects", "body") for number in range(60)]
    store = with_claims(
        graph_of,
        *crowd,
        ("a", "affects", "body"),
        ("b", "affects", "body"),
        ("a", "affects", "middle"),
        ("b", "affects", "middle"),
    )
    best = paths(store, NG + "a", NG + "b", 1)[0]
    assert [node.label for node in best.nodes] == ["a", "middle", "b"]


def test_what_a_person_accepted_goes_first(graph_of: Callable[..., Store]) -> None:
    claims = [("a", "affects", "x"), ("x", "affects", "b"), ("a", "affects", "y"), ("y", "affects", "b")]
    accepted = (
        f'GRAPH <https://w3id.org/nutrigraph/graph/decisions> {{ <{SITE}p#statement-3> ngo:decision "accept" . }}'
    )
    undecided = paths(with_claims(graph_of, *claims), NG + "a", NG + "b", 1)[0]
    decided = paths(with_claims(graph_of, *claims, more=accepted), NG + "a", NG + "b", 1)[0]
    assert undecided.text == "a affects x; x affects b"
    assert decided.text == "a affects y; y affects b"
    assert decided.score > undecided.score


def test_a_mapping_is_shown_where_the_two_concepts_differ(glossary: Store, graph_of: Callable[..., Store]) -> None:
    store = with_claims(
        graph_of, ("a", "affects", "b"), more="ng:b skos:exactMatch obo:X_1 . ng:c skos:exactMatch obo:X_1 ."
    )
    (chain,) = paths(store, NG + "a", NG + "c")
    assert [step.origin for step in chain.steps] == ["statement", "mapping"]
    assert chain.nodes[-1].id == NG + "c"


def test_a_vocabulary_s_step_says_so(glossary: Store) -> None:
    step = paths(glossary, NG + "fat-cell", NG + "cell")[0].steps[0]
    assert (step.origin, step.statements, step.text) == ("vocabulary", (), "Fat cell is a kind of Cell")


def test_two_names_of_one_concept_are_no_question(glossary: Store) -> None:
    with pytest.raises(QueryError, match="one concept"):
        paths(glossary, NG + "insulin-pump", SITE + "concept/pump")
    with pytest.raises(QueryError, match="1 or more"):
        paths(glossary, NG + "insulin", NG + "cell", 0)


def test_without_a_chain_people_learn_what_was_reached_and_what_is_missing(glossary: Store) -> None:
    reason = no_path(glossary, NG + "pancreas", NG + "zinc")
    assert [ref.label for ref in reason.reached_from_start] == ["Insulin"]
    assert reason.reached_from_end == ()
    assert "Nearest to Pancreas: Insulin." in reason.message
    assert "Nothing is stated about Zinc." in reason.message
    assert "Missing is a statement" in reason.message
    assert json.dumps(reason.as_json())


def test_a_statement_that_waits_for_a_person_is_pointed_at(glossary: Store) -> None:
    assert "review accept" in no_path(glossary, NG + "insulin-pump", NG + "csii-therapy").message
    assert "b5" in no_path(glossary, NG + "insulin-pump", NG + "csii-therapy").message


ALL = ["pancreas", "type-2-diabetes", "hyperinsulinemia", "cell", "fat-cell", "glucagon", "beta-cell", "leptin"]


def claims_in(store: Store) -> Iterator[tuple[Triple, Claim]]:
    """What pages state, in an order of its own."""
    for edge in reversed(stated_edges(store, held=True)):
        for claim in reversed(edge.claims):
            yield edge.triple, claim


@pytest.fixture(scope="module")
def index(glossary: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("paths") / "paths.sqlite"
    write_path_index(
        file, claims_in(glossary), glossary, {NG + "fat-cell": "cells.csv", NG + "insulin": "hormones.csv"}
    )
    with closing(sqlite3.connect(file)) as connection:
        yield connection


@pytest.mark.parametrize(
    "choice", [ANY, Choice(hedged=False), Choice(reviewed=True), Choice(without=frozenset(ALL[:1]))]
)
def test_a_prepared_index_gives_the_same_chains(glossary: Store, index: sqlite3.Connection, choice: Choice) -> None:
    for one, other in combinations(ALL, 2):
        prepared = paths(glossary, NG + one, NG + other, 5, choice, index)
        read = paths(glossary, NG + one, NG + other, 5, choice)
        assert [(chain.score, chain.text) for chain in prepared] == [(chain.score, chain.text) for chain in read]


def test_an_index_begun_from_the_last_one_is_the_same(glossary: Store, tmp_path: Path) -> None:
    last, fresh, again = tmp_path / "last", tmp_path / "fresh", tmp_path / "again"
    sources = {NG + "fat-cell": "cells.csv"}
    write_path_index(last, claims_in(glossary), glossary, sources)
    write_path_index(again, claims_in(glossary), glossary, sources, last)
    assert again.read_bytes() == last.read_bytes()
    gone = next(glossary.quads(None, NamedNode(NGO + "modality"), NamedNode(NGO + "asserted")))
    other = Store.memory(quad for quad in glossary.quads() if quad != gone)
    for given in (sources, {NG + "fat-cell": "tissues.csv"}):
        write_path_index(fresh, claims_in(other), other, given)
        write_path_index(again, claims_in(other), other, given, last)
        assert fresh.read_bytes() == again.read_bytes() != last.read_bytes()


def test_a_step_of_a_vocabulary_names_it(glossary: Store, index: sqlite3.Connection) -> None:
    (step,) = paths(glossary, NG + "cell", NG + "fat-cell", 1, ANY, index)[0].steps
    assert (step.origin, step.source, step.as_json()["source"]) == ("vocabulary", "cells.csv", "cells.csv")
    assert paths(glossary, NG + "pancreas", NG + "insulin", 1, ANY, index)[0].steps[0].source == ""


def test_only_some_relations_are_walked(glossary: Store) -> None:
    def texts(choice: Choice) -> list[str]:
        return [chain.text for chain in paths(glossary, NG + "pancreas", NG + "type-2-diabetes", 3, choice)]

    produces, affects, decreases = (NGO + name for name in ("produces", "affects", "decreases"))
    assert texts(Choice(relations=frozenset({produces}))) == []
    assert all("decreased" not in text for text in texts(Choice(without_relations=frozenset({decreases, affects}))))
    assert texts(Choice(relations=frozenset({produces, NGO + "increases", decreases, NGO + "causes"})))


def test_a_chain_comes_by_a_concept_or_never(glossary: Store) -> None:
    ends = (NG + "pancreas", NG + "type-2-diabetes")
    usual = paths(glossary, *ends)[0]
    assert NG + "glucose-uptake" in [node.id for node in usual.nodes]
    for chain in paths(glossary, *ends, 3, Choice(through=(NG + "glucose-uptake",))):
        assert NG + "glucose-uptake" in [node.id for node in chain.nodes]
    assert paths(glossary, *ends, 1, Choice(through=(NG + "glucose-uptake",)))[0] == usual
    for chain in paths(glossary, *ends, 3, Choice(without=frozenset({NG + "glucose-uptake"}))):
        assert NG + "glucose-uptake" not in [node.id for node in chain.nodes]
    assert paths(glossary, *ends, 1, Choice(without=frozenset({ends[0]}))) == []


def test_an_end_is_no_concept_to_go_through(glossary: Store) -> None:
    ends = (NG + "pancreas", NG + "type-2-diabetes")
    for through in ([ends[0]], [ends[1]], [NG + "insulin", NG + "insulin"]):
        with pytest.raises(QueryError, match="Leave it out"):
            paths(glossary, *ends, 1, Choice(through=tuple(through)))


def test_only_what_a_person_accepted(glossary: Store) -> None:
    reviewed = Choice(reviewed=True)
    assert paths(glossary, NG + "pancreas", NG + "insulin", 1, reviewed) == []
    (chain,) = paths(glossary, NG + "beta-cell", NG + "insulin", 1, reviewed)
    assert chain.steps[0].statements == ("a2",)


def test_without_what_is_hedged(glossary: Store) -> None:
    assert paths(glossary, NG + "insulin-resistance", NG + "hyperinsulinemia")
    assert not paths(glossary, NG + "insulin-resistance", NG + "hyperinsulinemia", 1, Choice(hedged=False))


def test_people_learn_that_their_own_restrictions_leave_no_chain(glossary: Store) -> None:
    message = no_path(glossary, NG + "pancreas", NG + "insulin", Choice(reviewed=True)).message
    assert "Without restrictions there is one: Pancreas produces Insulin." in message


def test_a_mapping_that_does_not_make_one_is_a_step(graph_of: Callable[..., Store]) -> None:
    store = with_claims(graph_of, ("a", "affects", "b"), more="ng:b skos:closeMatch ng:c .")
    (chain,) = paths(store, NG + "a", NG + "c")
    assert chain.text == "a affects b; b is nearly the same as c"
    assert [step.origin for step in chain.steps] == ["statement", "mapping"]


def with_claims(graph_of: Callable[..., Store], *claims: tuple[str, str, str], more: str = "") -> Store:
    """A graph of one page; hormones are hormones."""
    kinds = "ng:insulin skos:broader ng:hormone . ng:glucagon skos:broader ng:hormone ."
    stated = [*claims, ("insulin", "is_a", "hormone"), ("glucagon", "is_a", "hormone")]
    written = "".join(
        f"<{SITE}p#statement-{number}> a ngo:Statement ; rdf:subject ng:{s} ; rdf:predicate ngo:{p} ; "
        f'rdf:object ng:{o} ; ngo:modality ngo:asserted ; ngo:confidence 0.9 ; oa:exact "…" ; oa:start 0 ; oa:end 1 .'
        for number, (s, p, o) in enumerate(stated)
    )
    concepts = "".join(f'ng:{name} a skos:Concept ; skos:prefLabel "{name}" .' for s, _, o in stated for name in (s, o))
    return graph_of(concepts, kinds, f'GRAPH <{SITE}p> {{ <{SITE}p> ngo:path "p.txt" . {written} }}', more)
