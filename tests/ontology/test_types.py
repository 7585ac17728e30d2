from __future__ import annotations

import itertools

import pytest

from nutrigraph.ontology.types import THING, load_types

TYPES = load_types()


def test_every_type_descends_from_thing() -> None:
    for name in TYPES.types:
        assert TYPES.is_a(name, THING)
        assert name not in TYPES.ancestors(name)


def test_every_type_has_words_of_its_own() -> None:
    seen: dict[str, str] = {}
    for type in TYPES.types.values():
        assert type.label
        assert type.definition
        for word in type.words:
            assert seen.setdefault(word.casefold(), type.name) == type.name
            assert TYPES.named(word) == type.name


def test_a_top_kind_is_never_inside_another() -> None:
    for type in TYPES.types.values():
        above = [name for name in TYPES.ancestors(type.name) if TYPES.types[name].top_kind]
        assert len(above) <= (0 if type.top_kind else 1)


KINDS = (
    "Cell AnatomicalStructure BodyFluid Chemical Food Device Treatment Condition Process "
    "Measure DiagnosticTest Behaviour DemographicFactor Event Role PersonRole Product"
).split()


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(KINDS, 2)))
def test_things_of_different_kinds_cannot_be_one(one: str, other: str) -> None:
    assert TYPES.kind(one) != TYPES.kind(other)
    assert not TYPES.same_kind(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hormone", "Nutrient"),
        ("Macronutrient", "Chemical"),
        ("Drug", "Hormone"),
        ("Organ", "Tissue"),
        ("Disease", "Condition"),
        ("Disease", "Finding"),
        ("BodyPart", "Cell"),
        (None, "Cell"),
    ],
)
def test_things_of_one_kind_can_be_one(one: str | None, other: str | None) -> None:
    assert TYPES.same_kind(one, other)
    assert TYPES.same_kind(other, one)


@pytest.mark.parametrize(
    ("word", "type"),
    [
        ("Hormone", "Hormone"),
        ("Hormone (class)", "Hormone"),
        ("Nutrient / Chemical", "Nutrient"),
        ("Condition / Finding", "Condition"),
        ("Condition/Finding", "Condition"),
        ("Measure / Index", "Measure"),
        ("Role / Class", "Role"),
        ("Person role", "PersonRole"),
        ("cell type", "Cell"),
        ("AnatomicalStructure", "AnatomicalStructure"),
        ("Life stage", "LifeStage"),
        ("Fluid", "BodyFluid"),
        ("Any", "Thing"),
    ],
)
def test_the_words_of_tables_lead_to_types(word: str, type: str) -> None:
    assert TYPES.named(word) == type


def test_class_and_instance_are_no_types() -> None:
    assert TYPES.named("class") is None
    assert TYPES.named("instance") is None


def test_a_misspelt_type_has_a_near_miss() -> None:
    assert TYPES.named("Hormon") is None
    assert "Hormone" in TYPES.near("Hormon")
