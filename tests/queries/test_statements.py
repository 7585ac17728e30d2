"""Everything that `statements` prints is in the RDF."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nutrigraph.errors import QueryError
from nutrigraph.queries.statements import StatementRecord, statements, statements_named
from nutrigraph.store import Store

NG = "https://w3id.org/nutrigraph/concept/"
SITE = "https://www.example.org/glossary/"


def by_id(store: Store) -> dict[str, StatementRecord]:
    return {record.id: record for record in statements(store)}


def test_a_statement_has_the_shape_that_people_rely_on(glossary: Store) -> None:
    assert by_id(glossary)["a2"].as_json() == {
        "id": "a2",
        "subject": {"id": NG + "beta-cell", "label": "Beta cell", "surface": "beta cells", "start": 4, "end": 14},
        "predicate": {
            "id": "https://w3id.org/nutrigraph/ontology#produces",
            "name": "produces",
            "label": "produces",
        },
        "object": {"id": NG + "insulin", "label": "Insulin", "surface": "insulin", "start": 20, "end": 27},
        "modality": "asserted",
        "status": "published",
        "review": {"decision": "accept", "by": "Ann", "date": "2024-06-01", "note": "yes", "mark": ""},
        "flags": [],
        "confidence": 0.9,
        "qualifiers": [],
        "evidence": {
            "page": "pages/insulin.txt",
            "url": SITE + "insulin",
            "section": None,
            "quote": "The beta cells make insulin.",
            "quote_text": "The beta cells make insulin.",
            "start": 33,
            "end": 61,
            "reviewed_by": "Kim Roe, Ph.D., RD",
            "date": "2024-05-01",
        },
    }


def test_they_come_in_the_order_of_the_pages_and_of_the_words(glossary: Store) -> None:
    found = statements(glossary)
    assert [record.id for record in found] == [*"a1 a2 a3 a5 a4 b1 b2 b3 b4 b5 b6 b7 b8".split()]
    places = [(record.evidence.page, record.evidence.start) for record in found]
    assert places == sorted(places)


def test_the_status_is_the_first_that_holds(glossary: Store) -> None:
    status = {record.id: record.status for record in statements(glossary)}
    assert status["a1"] == "published"
    assert status["b3"] == "hedged"
    assert status["b6"] == "negated"
    assert status["b5"] == "held"
    assert status["a5"] == "rejected"


def test_the_surface_is_the_slice_of_the_raw_quote(glossary: Store) -> None:
    found = by_id(glossary)
    subject = found["b7"].subject
    assert found["b7"].evidence.quote == "So <b>insulin</b> carries sugar&nbsp;lumps."
    assert found["b7"].evidence.quote_text == "So insulin carries sugar lumps."
    assert (subject.surface, subject.start, subject.end) == ("insulin", 6, 13)
    for record in found.values():
        for end in (record.subject, record.object):
            assert end.surface == (None if end.start is None else record.evidence.quote[end.start : end.end])


def test_an_end_that_no_word_stands_for_has_no_surface(glossary: Store) -> None:
    assert by_id(glossary)["b3"].subject.as_json() == {
        "id": NG + "insulin-resistance",
        "label": "Insulin resistance",
        "surface": None,
        "start": None,
        "end": None,
    }


def test_pronouns_and_candidates_are_marked(glossary: Store) -> None:
    found = by_id(glossary)
    assert found["a3"].subject.as_json()["resolved"] is True
    assert found["b7"].object.as_json()["candidate"] is True
    assert found["b7"].object.label == "sugar lumps"
    assert "candidate" not in found["a1"].subject.as_json()
    assert "resolved" not in found["a1"].subject.as_json()


def test_qualifiers_say_where_something_moves(glossary: Store) -> None:
    roles = [(each.role, each.concept.label) for each in by_id(glossary)["b7"].qualifiers]
    assert roles == [("from", "Pancreas"), ("to", "Cell"), ("to", "Fat cell")]


def test_flags_and_dates_come_along(glossary: Store) -> None:
    found = by_id(glossary)
    assert found["b5"].flags == ("different kinds called the same",)
    assert found["b5"].evidence.date == "2023-02-02"
    assert found["b5"].evidence.reviewed_by is None


@pytest.mark.parametrize("page", ["pages/insulin.txt", "./pages/insulin.txt", "pages\\insulin.txt", SITE + "insulin"])
def test_one_page_as_people_write_it(glossary: Store, page: str) -> None:
    assert {record.id for record in statements(glossary, page=page)} == {"a1", "a2", "a3", "a4", "a5"}


def test_a_page_that_does_not_exist_is_named_with_the_near_miss(glossary: Store) -> None:
    with pytest.raises(QueryError, match=r'"pages/insuline\.txt".*Did you mean: pages/insulin\.txt'):
        statements(glossary, page="pages/insuline.txt")


def test_one_concept_as_subject_or_object(glossary: Store) -> None:
    found = statements(glossary, concept=NG + "glucose-uptake")
    assert [record.id for record in found] == ["a4", "b1"]
    assert found == [record for record in statements(glossary) if record.id in ("a4", "b1")]
    assert statements(glossary, concept=NG + "glucose-uptake", page="pages/resistance.txt") == found[1:]


def test_a_concept_comes_with_those_joined_with_it(glossary: Store) -> None:
    assert [record.id for record in statements(glossary, concept=SITE + "concept/pump")] == ["b5"]


def test_many_are_found_by_name_and_none_is_lost(graph_of: Callable[..., Store]) -> None:
    names = [f"{SITE}p#statement-{number}" for number in range(1201)]
    written = "".join(
        f"<{name}> a ngo:Statement ; rdf:subject ng:a ; rdf:predicate ngo:affects ; rdf:object ng:b ." for name in names
    )
    store = graph_of(f'GRAPH <{SITE}p> {{ <{SITE}p> ngo:path "pages/p.txt" . {written} }}')
    found = statements_named(store, [*names, SITE + "p#statement-none"])
    assert set(found) == set(names)
    assert {record.evidence.page for record in found.values()} == {"pages/p.txt"}


def test_what_the_decisions_say_of_a_statement_is_told(graph_of: Callable[..., Store]) -> None:
    store = graph_of(
        f'GRAPH <{SITE}p> {{ <{SITE}p> ngo:path "pages/p.txt" . <{SITE}p#statement-1> a ngo:Statement ; '
        'rdf:subject ng:a ; rdf:predicate ngo:affects ; rdf:object ng:b ; ngo:flag "odd" }'
        f'GRAPH <https://w3id.org/nutrigraph/graph/decisions> {{ <{SITE}p#statement-1> ngo:decision "accept" ; '
        'ngo:decisionMark "moved" ; ngo:flag "contradicts a reviewed statement" }'
    )
    (record,) = statements(store)
    assert record.flags == ("contradicts a reviewed statement", "odd")
    assert record.review is not None
    assert record.review.as_json()["mark"] == "moved"


def test_an_empty_graph_has_none() -> None:
    assert statements(Store.memory()) == []


def test_hostile_labels_stay_text(graph_of: Callable[..., Store]) -> None:
    labels = ['"><script>alert(1)</script>', "} UNION { ?s ?p ?o", "אינסולין", "a\\b {} # --"]
    written = "".join(f"ng:x{number} skos:prefLabel {quoted(label)} ." for number, label in enumerate(labels, 1))
    claims = "".join(
        f"<{SITE}p#statement-{number}> a ngo:Statement ; rdf:subject ng:x{number} ; rdf:predicate ngo:affects ; "
        f"rdf:object ng:x1 ; ngo:modality ngo:asserted ; ngo:confidence 0.5 ; oa:exact {quoted(label)} ; "
        f"oa:start {number} ; oa:end 9 ."
        for number, label in enumerate(labels, 1)
    )
    store = graph_of(written, f'GRAPH <{SITE}p> {{ <{SITE}p> ngo:path "pages/p.txt" . {claims} }}')
    found = statements(store)
    assert [record.subject.label for record in found] == labels
    assert [record.evidence.quote_text for record in found] == labels


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
