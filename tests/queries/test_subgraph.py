"""What a map draws: the nearest and best supported, never what is rejected or negated."""

from __future__ import annotations

import sys

import pytest

from nutrigraph.errors import QueryError
from nutrigraph.queries.subgraph import Subgraph, subgraph
from nutrigraph.store import Store

NG = "https://w3id.org/nutrigraph/concept/"
OWN = "https://www.example.org/glossary/concept/"


def labels(part: Subgraph) -> list[str]:
    return [card.label for card in part.concepts]


def test_the_best_supported_neighbours_come_first(glossary: Store) -> None:
    part = subgraph(glossary, [NG + "insulin"], 3)
    assert part.title == "Insulin"
    assert part.focus == (NG + "insulin",)
    assert labels(part) == ["Insulin", "Pancreas", "Beta cell"]
    assert [record.id for record in part.statements] == ["a1", "a2", "b8"]


def test_then_their_neighbours(glossary: Store) -> None:
    assert labels(subgraph(glossary, [NG + "insulin"]))[-1] == "Insulin resistance"


def test_candidates_are_marked(glossary: Store) -> None:
    part = subgraph(glossary, [NG + "insulin"])
    assert [card.label for card in part.concepts if card.candidate] == ["sugar lumps"]


def test_every_statement_is_between_two_drawn_and_may_be_shown(glossary: Store) -> None:
    part = subgraph(glossary)
    drawn = {card.id for card in part.concepts}
    assert part.statements
    for record in part.statements:
        assert {record.subject.id, record.object.id} <= drawn
        assert record.status in ("published", "hedged")


def test_held_ones_only_when_asked_for(glossary: Store) -> None:
    focus = [NG + "insulin-pump"]
    assert labels(subgraph(glossary, focus)) == ["Insulin pump"]
    part = subgraph(glossary, focus, held=True)
    assert (labels(part), [record.status for record in part.statements]) == (["Insulin pump", "Pump therapy"], ["held"])


def test_a_joined_concept_stands_where_the_statements_have_it(glossary: Store) -> None:
    assert subgraph(glossary, [OWN + "pump"], held=True).focus == (NG + "insulin-pump",)


def test_without_a_focus_the_most_central_is_in_the_middle(glossary: Store) -> None:
    part = subgraph(glossary)
    assert part.focus == (NG + "insulin",)
    assert "Type 2 diabetes" in labels(part)
    assert subgraph(glossary) == part


def test_the_limit_holds(glossary: Store) -> None:
    for limit in range(1, 12):
        assert len(subgraph(glossary, (), limit).concepts) <= limit
    with pytest.raises(QueryError, match="no room"):
        subgraph(glossary, [NG + "insulin", NG + "cell"], 1)
    assert subgraph(Store.memory()).concepts == ()


def test_without_a_limit_everything_that_is_stated_is_drawn_once(glossary: Store) -> None:
    part = subgraph(glossary, limit=sys.maxsize)
    drawn = [card.id for card in part.concepts]
    assert len(drawn) == len(set(drawn))
    assert {record.id for record in part.statements} == {"a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "b7", "b8"}
