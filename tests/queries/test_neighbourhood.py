"""What is around a concept, step by step."""

from __future__ import annotations

import json

import pytest

from nutrigraph.errors import QueryError
from nutrigraph.queries.neighbourhood import neighbourhood
from nutrigraph.store import Store

NG = "https://w3id.org/nutrigraph/concept/"
OWN = "https://www.example.org/glossary/concept/"


def test_the_nearest_come_first_with_what_connects_them(glossary: Store) -> None:
    around = neighbourhood(glossary, NG + "insulin")
    labels = [each.concept.label for each in around.neighbours]
    assert labels == ["Beta cell", "Glucose uptake", "Hormone", "Pancreas", "sugar lumps"]
    assert {each.distance for each in around.neighbours} == {1}
    found = {(each.subject.label, each.predicate.name, each.object.label): each for each in around.connections}
    assert found["Pancreas", "produces", "Insulin"].statements == ("a1", "b8")
    assert found["Insulin", "broader", "Hormone"].origin == "vocabulary"
    assert found["Insulin", "is_a", "Hormone"].origin == "statement"


def test_two_steps_reach_further(glossary: Store) -> None:
    distance = {each.concept.label: each.distance for each in neighbourhood(glossary, NG + "insulin", 2).neighbours}
    assert distance["Pancreas"] == 1
    assert distance["Insulin resistance"] == distance["Glucagon"] == 2
    assert "Type 2 diabetes" not in distance


def test_held_rejected_and_negated_statements_connect_nothing(glossary: Store) -> None:
    assert neighbourhood(glossary, NG + "zinc").neighbours == ()
    assert neighbourhood(glossary, NG + "csii-therapy").neighbours == ()


def test_joined_concepts_are_no_step_apart(glossary: Store) -> None:
    around = neighbourhood(glossary, OWN + "pump")
    assert [(each.concept.label, each.distance) for each in around.neighbours] == [("Insulin pump", 0)]
    assert [each.origin for each in around.connections] == ["mapping"]


def test_it_is_plain_json(glossary: Store) -> None:
    shape = neighbourhood(glossary, NG + "insulin", 2).as_json()
    assert json.loads(json.dumps(shape)) == shape


def test_a_depth_below_one_is_refused(glossary: Store) -> None:
    with pytest.raises(QueryError, match="1 or more"):
        neighbourhood(glossary, NG + "insulin", 0)
