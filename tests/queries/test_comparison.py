"""What two concepts share and where they differ, each with the sentence that says so."""

from __future__ import annotations

import json

import pytest

from nutrigraph.errors import QueryError
from nutrigraph.queries.comparison import compare
from nutrigraph.store import Store

NG = "https://w3id.org/nutrigraph/concept/"
SITE = "https://www.example.org/glossary/"


def test_what_both_have_is_told_from_what_one_has(glossary: Store) -> None:
    found = compare(glossary, NG + "pancreas", NG + "beta-cell")
    assert [(one.text("Pancreas"), other.text("Beta cell")) for one, other in found.shared] == [
        ("Pancreas produces Insulin", "Beta cell produces Insulin")
    ]
    assert (found.only_first, found.only_second) == ((), ())
    pages = [statement.evidence.page for statement in found.shared[0][0].statements]
    assert pages == ["pages/insulin.txt", "pages/resistance.txt"]


def test_the_same_relation_the_other_way_round_is_no_common_trait(glossary: Store) -> None:
    found = compare(glossary, NG + "glucose-uptake", NG + "insulin-resistance")
    assert [trait.text("Glucose uptake") for trait in found.only_first] == [
        "Glucose uptake is decreased by Insulin resistance",
        "Glucose uptake is increased by Insulin",
    ]
    assert "Insulin resistance may cause Hyperinsulinemia" in [t.text("Insulin resistance") for t in found.only_second]


def test_the_nearest_kinds_of_both(glossary: Store) -> None:
    found = compare(glossary, NG + "glucagon", NG + "leptin")
    assert [kind.label for kind in found.kinds] == ["Hormone"]
    assert found.shared == ()
    assert json.loads(json.dumps(found.as_json()))["kinds"] == [{"id": NG + "hormone", "label": "Hormone"}]


def test_what_is_rejected_negated_or_held_is_said_of_neither(glossary: Store) -> None:
    found = compare(glossary, NG + "zinc", NG + "cell")
    assert found.only_first == ()
    assert [trait.text("Cell") for trait in found.only_second] == ["Cell is affected by Insulin resistance"]


def test_one_concept_is_not_compared_with_itself(glossary: Store) -> None:
    with pytest.raises(QueryError, match="one concept"):
        compare(glossary, NG + "insulin-pump", SITE + "concept/pump")
