"""Related terms: which are unsupported or one-way, and the nearest cases that are neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nutrigraph.ontology.namespaces import NG
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.gap import Gap
from nutrigraph.queries.related_term_gaps import related_terms
from nutrigraph.queries.site import Site
from nutrigraph.store import Store
from tests.queries.gap_samples import NAMES, decided, page, quads

Graph = Callable[..., Store]
PAGES = (page("insulin", NG + "insulin"), page("glucose", NG + "glucose"))


def found(kind: str, store: Store, *pages: PageRecord) -> list[Gap]:
    return [gap for gap in related_terms(Site(store, pages)) if gap.kind == kind]


def listed(*terms: str) -> str:
    return "".join(f'; ngo:relatedTerm "{term}" ' for term in terms)


def test_unsupported_related_term(graph_of: Graph) -> None:
    alone = quads("insulin", "ng:insulin", more=listed("dextrose"))
    (gap,) = found("unsupported-related-term", graph_of(NAMES, alone), *PAGES)
    assert (gap.page, gap.detail) == ("pages/insulin.md", "dextrose")
    elsewhere = quads("glucose", "ng:glucose", "ng:glucose ngo:affects ng:insulin")
    assert found("unsupported-related-term", graph_of(NAMES, alone, elsewhere), *PAGES) == []
    rejected = decided("glucose", 0, "ngo:status ngo:rejected")
    assert len(found("unsupported-related-term", graph_of(NAMES, alone, elsewhere, rejected), *PAGES)) == 1


@pytest.mark.parametrize(
    "pages",
    [
        (page("insulin", NG + "insulin", NG + "glucose"), PAGES[1]),
        (PAGES[0], page("glucose", NG + "glucose", NG + "insulin")),
        (*PAGES, page("third", None, NG + "glucose", NG + "insulin")),
    ],
)
def test_a_page_that_names_both_supports_a_related_term(graph_of: Graph, pages: tuple[PageRecord, ...]) -> None:
    store = graph_of(NAMES, quads("insulin", "ng:insulin", more=listed("Glucose")))
    assert found("unsupported-related-term", store, *pages) == []


def test_a_related_term_that_nobody_knows_is_unsupported_and_not_one_way(graph_of: Graph) -> None:
    store = graph_of(NAMES, quads("insulin", "ng:insulin", "ng:insulin ngo:affects ng:blood", more=listed("Zzz")))
    assert len(found("unsupported-related-term", store, *PAGES)) == 1
    assert found("one-way-related-term", store, *PAGES) == []


def test_one_way_related_term(graph_of: Graph) -> None:
    insulin = quads("insulin", "ng:insulin", more=listed("Glucose"))
    others = quads("glucose", "ng:glucose", more=listed("Blood"))
    gaps = found("one-way-related-term", graph_of(NAMES, insulin, others), *PAGES)
    assert [(gap.page, gap.severity) for gap in gaps] == [("pages/insulin.md", "info")]
    returned = quads("glucose", "ng:glucose", more=listed("Insulin"))
    assert found("one-way-related-term", graph_of(NAMES, insulin, returned), *PAGES) == []
    # a page without such a list, and a term without a page
    nothing = quads("glucose", "ng:glucose")
    assert found("one-way-related-term", graph_of(NAMES, insulin, nothing), *PAGES) == []
    assert found("one-way-related-term", graph_of(NAMES, insulin), *PAGES[:1]) == []
