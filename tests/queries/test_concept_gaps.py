"""Concepts without a page: where they are found, and the nearest case where they are not."""

from __future__ import annotations

from collections.abc import Callable

from nutrigraph.ontology.namespaces import NG
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.concept_gaps import missing_from_glossary, without_page
from nutrigraph.queries.gap import Gap
from nutrigraph.queries.site import Site
from nutrigraph.store import Store
from tests.queries.gap_samples import NAMES, SITE, page, quads

Graph = Callable[..., Store]
SAID = quads("a", "ng:insulin", "ng:insulin ngo:affects ng:blood", "ng:glucose ngo:located_in ng:blood")


def found(store: Store, *pages: PageRecord, min_pages: int = 1) -> list[Gap]:
    return list(without_page(Site(store, pages), min_pages))


def test_concept_without_page(graph_of: Graph) -> None:
    pages = [page(name, NG + "insulin", NG + "blood", NG + "insulin", NG + "blood") for name in ("a", "b", "c")]
    (gap,) = found(graph_of(NAMES, SAID), *pages, min_pages=3)
    assert gap.concept is not None
    assert (gap.concept.label, gap.severity) == ("Blood", "warning")
    assert "named 6 times on 3 pages, which relate it to 2 other concepts" in gap.message
    assert [place.page for place in gap.evidence][:3] == ["pages/a.md", "pages/a.md", "pages/b.md"]
    assert found(graph_of(NAMES, SAID), *pages[:2], min_pages=3) == []
    assert "named twice on 1 page," in found(graph_of(NAMES, SAID), pages[0])[0].message


def test_what_pages_state_nothing_about_needs_no_page(graph_of: Graph) -> None:
    pages = [page(name, NG + "insulin", NG + "blood") for name in ("a", "b", "c")]
    assert found(graph_of(NAMES), *pages) == []
    only_a_kind = quads("a", "ng:insulin", "ng:insulin ngo:is_a ng:blood")
    assert found(graph_of(NAMES, only_a_kind), *pages) == []


def test_a_page_about_a_joined_concept_is_its_page(graph_of: Graph) -> None:
    pages = [page("insulin", NG + "insulin", NG + "blood"), page("blood", SITE + "concept/blood")]
    assert found(graph_of(NAMES, SAID), *pages) == []


def test_the_most_wanted_page_ranks_first(graph_of: Graph) -> None:
    pages = [page("a", None, NG + "glucose", NG + "blood", NG + "blood"), page("b", None, NG + "blood")]
    gaps = found(graph_of(NAMES, SAID), *pages)
    ranked = [gap.concept.label for gap in sorted(gaps, key=lambda gap: gap.rank) if gap.concept]
    assert ranked == ["Blood", "Glucose"]


def test_missing_from_glossary(graph_of: Graph) -> None:
    group = 'ng:v skos:prefLabel "Vitamin" . ' + " ".join(
        f'ng:v{one} skos:broader ng:v ; skos:prefLabel "Vitamin {one}" .' for one in "ABCDEK"
    )
    pages = [page(one, NG + "v" + one) for one in "ABCDE"]
    (gap,) = missing_from_glossary(Site(graph_of(group), pages))
    assert "pages about 5 of the 6 kinds of Vitamin" in gap.message
    assert "none about: Vitamin K." in gap.message
    # a group that the glossary hardly covers, one too small, and one that is whole
    assert list(missing_from_glossary(Site(graph_of(group), pages[:2]))) == []
    assert list(missing_from_glossary(Site(graph_of(group), [*pages, page("K", NG + "vK")]))) == []
    many = group + " ".join(f"ng:w{n} skos:broader ng:v ." for n in range(10))
    assert list(missing_from_glossary(Site(graph_of(many), pages))) == []
