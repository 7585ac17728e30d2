from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from nutrigraph.ontology.namespaces import NG, NGO
from nutrigraph.ontology.vocabulary import Part
from nutrigraph.queries.checks import check_graph
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
GOOD = f"""
ng:insulin a skos:Concept, ngo:Hormone ; skos:prefLabel "Insulin"@en ; skos:definition "A hormone."@en .
own:pump a skos:Concept ; skos:inScheme <{SITE}concept/> ; skos:prefLabel "Pump"@en .
GRAPH <{SITE}pump> {{
  <{SITE}pump> a ngo:Page ; ngo:path "pages/pump.md" ; schema:name "Pump" ; schema:about own:pump ;
    schema:mentions ng:insulin .
  <{SITE}pump#statement-1> a ngo:Statement ; rdf:subject own:pump ; rdf:predicate ngo:delivers ; rdf:object ng:insulin ;
    ngo:modality ngo:asserted ; ngo:confidence 0.9 ; prov:wasDerivedFrom <{SITE}pump> ; oa:exact "It does." ;
    oa:start 0 ; oa:end 8 .
}}
"""


def check(store: Store, parts: list[Part] | None = None) -> list[tuple[str, str, str]]:
    found = check_graph(store, own_scheme=f"{SITE}concept/", parts=lambda: parts or [])
    return [(one.check, one.label, one.source) for one in found]


def test_a_sound_graph_has_no_finding(graph_of: Callable[..., Store]) -> None:
    assert check(graph_of(GOOD)) == []


def test_a_finding_in_a_page_names_the_page(graph_of: Callable[..., Store]) -> None:
    bad = GOOD.replace("ngo:delivers", "ngo:brings")
    assert check(graph_of(bad)) == [("statement-predicate", "statement 1", "pages/pump.md")]


def test_a_decision_is_checked_with_its_page(graph_of: Callable[..., Store]) -> None:
    decision = f'GRAPH <https://w3id.org/nutrigraph/graph/decisions> {{ <{SITE}pump#statement-1> ngo:decision "well" }}'
    assert check(graph_of(GOOD, decision)) == [("statement-decision", "statement 1", "pages/pump.md")]


def test_a_page_without_a_path_is_found(graph_of: Callable[..., Store]) -> None:
    assert [one[0] for one in check(graph_of(GOOD.replace('ngo:path "pages/pump.md" ;', "")))] == ["page-path"]


def test_a_concept_that_a_page_mentions_must_be_there(graph_of: Callable[..., Store]) -> None:
    gone = "\n".join(line for line in GOOD.splitlines() if not line.startswith("ng:insulin"))
    assert {one[0] for one in check(graph_of(gone))} == {"page-mentions", "statement-object"}


def test_a_finding_in_a_vocabulary_names_its_file_or_the_page_about_the_concept(graph_of: Callable[..., Store]) -> None:
    def triples() -> Iterator[ox.Triple]:
        yield ox.Triple(ox.NamedNode(NG + "insulin"), ox.NamedNode(NGO + "x"), ox.Literal("y"))

    store = graph_of(GOOD, "ng:insulin a ngo:Hormon . own:pump a ngo:Pumpe .")
    assert check(store, [Part("terms.csv", (), triples)]) == [
        ("type-unknown", "Pump", "pages/pump.md"),
        ("type-several", "Insulin", "terms.csv"),
        ("type-unknown", "Insulin", "terms.csv"),
    ]


def test_progress_counts_pages(graph_of: Callable[..., Store]) -> None:
    told: list[tuple[int, int]] = []
    check_graph(graph_of(GOOD), own_scheme="", parts=list, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(0, 1)]
