"""What is drawn: published and hedged statements, held ones when asked for, never negated or rejected ones."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from nutrigraph.queries.concepts import ConceptCard
from nutrigraph.queries.statements import EndRecord, Evidence, PredicateRecord, StatementRecord
from nutrigraph.queries.subgraph import Subgraph
from nutrigraph.visualizations.view import kind_of, map_view, may

A, B = "https://example.org/a", "https://example.org/b"


def record(
    number: int, status: str, subject: str = A, object_: str = B, url: str = "https://example.org/"
) -> StatementRecord:
    return StatementRecord(
        id=str(number),
        subject=EndRecord(subject, "A"),
        predicate=PredicateRecord("https://example.org/causes", "causes", "causes"),
        object=EndRecord(object_, "B"),
        modality="asserted",
        status=status,
        confidence=0.9,
        evidence=Evidence("pages/a.txt", url, None, "raw", "visible", 0, 3, "Ada Example, RD", "2024-05-01"),
    )


def subgraph(*statements: StatementRecord, url: str | None = None) -> Subgraph:
    cards = (ConceptCard(A, "A", type="Hormone", type_label="Hormone", url=url), ConceptCard(B, "B", candidate=True))
    return Subgraph("Title", (B,), cards, statements)


@pytest.mark.parametrize(("held", "shown"), [(False, ["0", "1"]), (True, ["0", "1", "2"])])
def test_which_statements_are_drawn(held: bool, shown: list[str]) -> None:
    statuses = ("published", "hedged", "held", "negated", "rejected")
    view = map_view(subgraph(*(record(i, status) for i, status in enumerate(statuses))), held=held)
    assert [statement.id for statement in view.statements] == shown
    assert [s["id"] for s in view.as_json()["statements"]] == shown  # type: ignore[attr-defined]


def test_statements_about_one_concept_alone_or_one_that_is_not_drawn_are_left_out() -> None:
    view = map_view(subgraph(record(0, "published", A, A), record(1, "published", A, "https://example.org/c")))
    assert view.statements == ()
    assert view.focus == B


def test_statements_that_say_the_same_are_one_arrow_as_strong_as_the_strongest() -> None:
    view = map_view(subgraph(record(0, "hedged"), record(1, "published"), record(2, "held")), held=True)
    assert [(r.status, r.label, len(r.statements)) for r in view.relations()] == [
        ("published", "causes", 2),
        ("held", "causes (under review)", 1),
    ]


def test_a_hedged_relation_says_may() -> None:
    view = map_view(subgraph(record(0, "hedged")))
    assert view.relations()[0].label == "may cause"
    assert may("is part of") == "may be part of"
    assert may("has the role of") == "may have the role of"
    assert may("") == "may"


def test_links_that_could_run_something_are_dropped() -> None:
    view = map_view(subgraph(record(0, "published", url="javascript:alert(1)"), url="data:text/html,x"))
    assert view.statements[0].url is None
    assert view.concepts[0].page is None


def test_every_semantic_type_is_drawn_as_a_kind() -> None:
    ontology = (files("nutrigraph.ontology") / "types.ttl").read_text(encoding="utf-8")
    types = set(re.findall(r"^ngo:(\w+) a owl:Class", ontology, re.MULTILINE)) - {"Thing"}
    assert {type_ for type_ in types if kind_of(type_) == "other"} == set()
    assert kind_of(None) == kind_of("Unheard") == "other"
