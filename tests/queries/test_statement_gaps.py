"""Gaps in what pages state: each kind where it is found, and the nearest case where it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nutrigraph.ontology.namespaces import NG
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.gap import Gap
from nutrigraph.queries.site import Site
from nutrigraph.queries.statement_gaps import (
    circles,
    contradictions,
    hedged_and_asserted,
    missing_on_own_page,
    to_review,
    unknown_terms,
)
from nutrigraph.store import Store
from tests.queries.gap_samples import NAMES, SITE, decided, page, quads

Graph = Callable[..., Store]
CLAIM = "ng:insulin ngo:affects ng:blood"
NEGATED = CLAIM + " ; ngo:modality ngo:negated"
HEDGED = CLAIM + " ; ngo:modality ngo:hedged"
KINDS = ' ; ngo:flag "different kinds called the same"'


def places(gaps: list[Gap]) -> list[str | None]:
    return [gap.page for gap in gaps]


def site(store: Store, *pages: PageRecord) -> Site:
    return Site(store, pages)


def test_unknown_term(graph_of: Graph) -> None:
    said = quads("a", "ng:insulin", "own:lump ngo:is_a ng:glucose", CLAIM)

    def terms(label: str) -> list[Gap]:
        candidate = f'GRAPH <{SITE}a> {{ own:lump a ngo:CandidateTerm ; skos:prefLabel "{label}" . }}'
        return list(unknown_terms(site(graph_of(NAMES, said, candidate))))

    (gap,) = terms("Sugar lump")
    assert gap.concept is not None
    assert (gap.concept.label, gap.page, len(gap.evidence)) == ("Sugar lump", "pages/a.md", 1)
    assert terms("Sugar lumps") != []
    assert terms("Values") == terms("Database-") == []
    assert list(unknown_terms(site(graph_of(NAMES, said)))) == []
    # the page does not say what it is
    used = quads("a", "ng:insulin", "own:lump ngo:affects ng:glucose", "ng:glucose ngo:is_a own:lump")
    candidate = f'GRAPH <{SITE}a> {{ own:lump a ngo:CandidateTerm ; skos:prefLabel "Sugar lump" . }}'
    assert list(unknown_terms(site(graph_of(NAMES, used, candidate)))) == []


def test_statement_to_review(graph_of: Graph) -> None:
    held = decided("a", 0, "ngo:status ngo:held")
    (gap,) = to_review(site(graph_of(NAMES, quads("a", "ng:insulin", CLAIM + KINDS), held)))
    assert (gap.severity, gap.page) == ("warning", "pages/a.md")
    assert "different kinds called the same" in gap.message
    assert "nutrigraph review accept" in gap.message
    assert gap.evidence[0].as_json()["quote_text"] == "Sentence 0."
    # what reading has doubts about is in the queue of `review list`
    doubt = quads("a", "ng:insulin", CLAIM + ' ; ngo:flag "an end of another kind than the relation expects"')
    assert list(to_review(site(graph_of(NAMES, doubt, held)))) == []


def test_decided_statements_need_no_review(graph_of: Graph) -> None:
    said = quads("a", "ng:insulin", *[CLAIM + KINDS] * 2)
    accepted = decided("a", 0, 'ngo:decision "accept"')
    rejected = decided("a", 1, "ngo:status ngo:rejected", 'ngo:decision "reject"')
    assert list(to_review(site(graph_of(NAMES, said, accepted, rejected)))) == []


def test_contradiction(graph_of: Graph) -> None:
    said = quads("a", "ng:insulin", CLAIM), quads("b", "ng:blood", NEGATED)
    (gap,) = contradictions(site(graph_of(NAMES, *said)))
    assert (gap.page, len(gap.evidence)) == ("pages/b.md", 2)
    assert "contradicts what stands on pages/a.md" in gap.message
    other = quads("b", "ng:blood", NEGATED.replace("ngo:affects", "ngo:regulates"))
    assert list(contradictions(site(graph_of(NAMES, said[0], other)))) == []
    rejected = decided("b", 0, "ngo:status ngo:rejected", 'ngo:decision "reject"')
    assert list(contradictions(site(graph_of(NAMES, *said, rejected)))) == []


def test_hedged_and_asserted(graph_of: Graph) -> None:
    (gap,) = hedged_and_asserted(site(graph_of(NAMES, quads("a", "ng:insulin", CLAIM), quads("b", "ng:blood", HEDGED))))
    assert (gap.page, gap.severity) == ("pages/b.md", "info")
    # within one page it is how prose is written; and two doubts agree
    assert list(hedged_and_asserted(site(graph_of(NAMES, quads("a", "ng:insulin", CLAIM, HEDGED))))) == []
    both = quads("a", "ng:insulin", HEDGED), quads("b", "ng:blood", HEDGED)
    assert list(hedged_and_asserted(site(graph_of(NAMES, *both)))) == []


def test_circular_hierarchy(graph_of: Graph) -> None:
    up, down = "ng:insulin ngo:is_a ng:hormone", "ng:hormone ngo:is_a ng:insulin"
    said = quads("a", "ng:insulin", up), quads("b", "ng:hormone", down)
    (gap,) = circles(site(graph_of(NAMES, *said)))
    assert gap.page == "pages/a.md"
    assert len(gap.evidence) == 2
    # a page against a vocabulary
    (gap,) = circles(site(graph_of("ng:insulin skos:broader ng:hormone .", said[1])))
    assert gap.page == "pages/b.md"
    assert list(circles(site(graph_of(NAMES, said[0])))) == []
    # circles of a vocabulary alone are for `validate`
    ring = "ng:x skos:broader ng:y . ng:y skos:broader ng:x ."
    assert list(circles(site(graph_of(ring, said[0])))) == []


TWO = "ng:age ngo:risk_factor_for ng:insulin", "ng:smoking ngo:risk_factor_for ng:insulin"


@pytest.mark.parametrize(
    ("claims", "named", "expected"),
    [
        (TWO, (), ["pages/insulin.md"]),
        (TWO, (NG + "age", NG + "smoking"), []),
        (TWO, (NG + "old-age", NG + "smoking"), []),  # a kind of it
        (TWO[:1], (), []),  # said in passing
        (("ng:insulin ngo:is_a ng:age", "ng:insulin ngo:is_a ng:smoking"), (), []),
    ],
)
def test_missing_on_own_page(
    graph_of: Graph, claims: tuple[str, ...], named: tuple[str, ...], expected: list[str]
) -> None:
    store = graph_of(NAMES, "ng:old-age skos:broader ng:age .", quads("other", "ng:other", *claims))
    pages = page("insulin", NG + "insulin", *named), page("other", NG + "other")
    assert places(list(missing_on_own_page(site(store, *pages)))) == expected
