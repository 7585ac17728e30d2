from __future__ import annotations

import itertools
from random import Random

import networkx
import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.ontology.inference import MOST_PREMISES, Fact, derive, inference_quads, load_rules
from nutrigraph.ontology.namespaces import INFERRED_GRAPH, NGO, RDF, SKOS
from nutrigraph.ontology.relations import load_relations

BROADER = SKOS + "broader"


def facts(text: str) -> list[Fact]:
    """ "a part_of b, b is_a c" as facts."""
    words = [part.split() for part in text.split(",")]
    return [(f"e:{s}", BROADER if p == "broader" else NGO + p, f"e:{o}") for s, p, o in words]


def derived(text: str) -> set[str]:
    found = (inference.triple for inference in derive(facts(text)))
    return {f"{s[2:]} {p.removeprefix(NGO)} {o[2:]}" for s, p, o in found}


def test_every_transitive_or_symmetric_relation_has_its_rule() -> None:
    steps = {rule.concludes: rule.steps for rule in load_rules() if len({step for step, _ in rule.steps}) == 1}
    for relation in load_relations().values():
        if relation.transitive:
            assert steps[relation.iri] == ((relation.iri, False), (relation.iri, False))
        if relation.symmetric:
            assert steps[relation.iri] == ((relation.iri, True),)


def test_rules_speak_of_relations_that_there_are() -> None:
    known = {relation.iri for relation in load_relations().values()} | {BROADER}
    for rule in load_rules():
        assert {rule.concludes, *(step for step, _ in rule.steps)} <= known
        assert 1 <= len(rule.steps) <= 2


def test_a_part_of_a_part_is_part_of_the_whole() -> None:
    assert derived("cell part_of islet, islet part_of pancreas, pancreas part_of body") == {
        "cell part_of pancreas", "cell part_of body", "islet part_of body",
    }  # fmt: skip


def test_chains_of_part_and_place() -> None:
    assert derived("insulin located_in islet, islet part_of pancreas") == {"insulin located_in pancreas"}
    assert derived("islet part_of pancreas, pancreas located_in belly") == {"islet located_in belly"}
    assert derived("digestion occurs_in bowel, bowel part_of body") == {"digestion occurs_in body"}


def test_a_kind_goes_up_the_vocabulary_s_hierarchy_and_the_hierarchy_alone_derives_nothing() -> None:
    assert derived("insulin is_a hormone, hormone broader chemical, chemical broader thing") == {
        "insulin is_a chemical", "insulin is_a thing",
    }  # fmt: skip
    assert derived("a broader b, b broader c") == set()


def test_a_symmetric_relation_holds_from_the_other_side() -> None:
    assert derived("a associated_with b") == {"b associated_with a"}
    assert derived("a associated_with b, b associated_with a") == set()


def test_nothing_follows_from_other_relations_and_nothing_is_part_of_itself() -> None:
    assert derived("a causes b, b causes c") == set()
    assert derived("a part_of b, b part_of a") == set()


def test_the_shortest_derivation_is_given_with_its_rule() -> None:
    found = derive(facts("a part_of b, b part_of c, c part_of d, a part_of c"))
    (first,) = [one for one in found if one.triple == ("e:a", NGO + "part_of", "e:d")]
    assert first.premises == (("e:a", NGO + "part_of", "e:c"), ("e:c", NGO + "part_of", "e:d"))
    assert first.rule == NGO + "rule-part_of"


def test_very_long_derivations_are_left_out() -> None:
    chain = ", ".join(f"n{n} part_of n{n + 1}" for n in range(20))
    assert "n0 part_of n6" in derived(chain)
    assert "n0 part_of n7" not in derived(chain)
    assert max(len(one.premises) for one in derive(facts(chain))) == MOST_PREMISES


FACTS = st.lists(
    st.tuples(
        st.sampled_from(["e:a", "e:b", "e:c", "e:d", "e:e"]),
        st.sampled_from([NGO + "part_of", NGO + "located_in", NGO + "is_a", NGO + "same_as", BROADER]),
        st.sampled_from(["e:a", "e:b", "e:c", "e:d", "e:e"]),
    ),
    max_size=12,
)


@given(FACTS, st.randoms())
def test_neither_order_nor_repetition_matters(given_facts: list[Fact], random: Random) -> None:
    other = [*given_facts, *given_facts[:3]]
    random.shuffle(other)
    assert list(inference_quads(derive(given_facts))) == list(inference_quads(derive(other)))


@given(FACTS)
def test_part_of_is_closed_as_networkx_closes_it(given_facts: list[Fact]) -> None:
    parts = networkx.DiGraph([(s, o) for s, p, o in given_facts if p == NGO + "part_of"])
    closed = {
        (s, o) for s in parts for o in networkx.descendants(parts, s)
        if networkx.shortest_path_length(parts, s, o) <= MOST_PREMISES
    }  # fmt: skip
    triples = [one.triple for one in derive(given_facts)]
    found = {(s, o) for s, p, o in triples if p == NGO + "part_of"}
    assert found == {pair for pair in closed if not parts.has_edge(*pair)}


@given(FACTS)
def test_premises_are_facts_that_lead_from_one_to_the_next(given_facts: list[Fact]) -> None:
    for inference in derive(given_facts):
        assert set(inference.premises) <= set(given_facts)
        assert inference.triple not in given_facts
        for one, other in itertools.pairwise(inference.premises):
            assert {one[0], one[2]} & {other[0], other[2]}


def test_the_graph_of_what_follows_has_no_statement() -> None:
    quads = list(inference_quads(derive(facts("a part_of b, b part_of c"))))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(INFERRED_GRAPH)}
    assert not any(quad.predicate.value.startswith(RDF + "subject") for quad in quads)
    assert len(quads) == 1 + 2 + 3 + 2 * 4
