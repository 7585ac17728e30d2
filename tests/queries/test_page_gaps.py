"""Gaps of pages: each kind where it is found, and the nearest case where it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nutrigraph.page_cache import Hyperlink, PageRecord
from nutrigraph.queries.page_gaps import page_gaps
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
Graph = Callable[..., Store]


def page(name: str, *targets: str, about: str | None = None) -> PageRecord:
    """A page with links, written `target` or `target=IRI`."""
    links = []
    for number, target in enumerate(targets):
        written, _, iri = target.partition("=")
        links.append(Hyperlink(number * 10, number * 10 + 5, written, iri or SITE + written.removesuffix(".md")))
    return PageRecord(f"pages/{name}.md", SITE + name, name, "glossary", about, (), tuple(links))


def found(kind: str, *pages: PageRecord, store: Store | None = None, base_url: str = SITE) -> list[str | None]:
    """The pages that have a gap of that kind."""
    return [gap.page for gap in page_gaps(store or Store.memory(), pages, base_url) if gap.kind == kind]


@pytest.mark.parametrize(
    "link", ["gone.md=" + SITE + "gone.md", "gone", SITE + "gone/", "gone.html=" + SITE + "gone.html"]
)
def test_dead_link(link: str) -> None:
    (gap,) = [gap for gap in page_gaps(Store.memory(), [page("a", link)], SITE) if gap.kind == "dead-link"]
    assert (gap.severity, gap.page) == ("error", "pages/a.md")
    assert link.partition("=")[0] in gap.message
    assert [place.as_json()["start"] for place in gap.evidence] == [0]


@pytest.mark.parametrize(
    "link",
    [
        "b.md",
        "x=https://elsewhere.example/gone",
        "picture.png=" + SITE + "picture.png",
        "top=" + SITE,
        "other part of the site=https://www.example.org/shop",
    ],
)
def test_no_dead_link(link: str) -> None:
    assert found("dead-link", page("a", link), page("b")) == []


def test_two_dead_links_on_a_page_are_two_gaps() -> None:
    gaps = [gap for gap in page_gaps(Store.memory(), [page("a", "one", "two")], SITE) if gap.kind == "dead-link"]
    assert len({gap.id for gap in gaps}) == 2


def test_page_without_inlinks() -> None:
    assert found("page-without-inlinks", page("a", "b"), page("b")) == ["pages/a.md"]
    assert found("page-without-inlinks", page("a", "b"), page("b", "a")) == []
    assert found("page-without-inlinks", page("a", "a"), page("b", "a", "b")) == ["pages/b.md"]


def test_page_without_outlinks() -> None:
    assert found("page-without-outlinks", page("a", "b"), page("b")) == ["pages/b.md"]
    assert found("page-without-outlinks", page("a", "b"), page("b", "a")) == []
    outside = "x=https://elsewhere.example/b"
    assert found("page-without-outlinks", page("a", "a", outside), page("b", "a")) == ["pages/a.md"]


def test_the_only_page_cannot_link_to_others() -> None:
    assert found("page-without-inlinks", page("a")) == found("page-without-outlinks", page("a")) == []


CLAIM = """GRAPH <{site}{page}> {{ <{site}{page}#statement-1> rdf:subject ng:x ; rdf:predicate ngo:affects ;
  rdf:object ng:{object} ; ngo:modality ngo:asserted ; ngo:confidence "0.9"^^xsd:decimal }}"""


def test_island(graph_of: Graph) -> None:
    main = [page("a", "b"), page("b", "c"), page("c")]
    island = [page("y", "z"), page("z")]
    (gap,) = [gap for gap in page_gaps(Store.memory(), [*main, *island], SITE) if gap.kind == "island"]
    assert (gap.page, gap.severity) == ("pages/y.md", "warning")
    assert "pages/y.md, pages/z.md." in gap.message
    # one link ties it to the rest
    assert found("island", *main, page("y", "z", "a"), page("z")) == []
    # and so does one thing that both say something about
    said = [CLAIM.format(site=SITE, page=name, object=name) for name in ("c", "z")]
    assert found("island", *main, *island, store=graph_of(*said)) == []
    other = [CLAIM.format(site=SITE, page="c", object="c"), CLAIM.format(site=SITE, page="z", object="z")]
    apart = graph_of(other[0].replace("ng:x", "ng:y"), other[1])
    assert found("island", *main, *island, store=apart) == ["pages/y.md"]


def test_a_page_all_by_itself_is_no_island() -> None:
    assert found("island", page("a", "b"), page("b"), page("alone")) == []


PAGE = 'GRAPH <{site}{name}> {{ <{site}{name}> ngo:path "pages/{name}.md" {more} }}'
REVIEWED = "; schema:reviewedBy <https://www.example.org/x#reviewer>"


def test_missing_reviewer_and_date(graph_of: Graph) -> None:
    store = graph_of(
        PAGE.format(site=SITE, name="nobody", more='; schema:lastReviewed "2024-05-01"'),
        PAGE.format(site=SITE, name="undated", more=REVIEWED),
        PAGE.format(site=SITE, name="both", more=REVIEWED + '; schema:lastReviewed "2024-05-01"^^xsd:date'),
    )
    assert found("missing-reviewer", store=store) == ["pages/nobody.md"]
    assert found("missing-review-date", store=store) == ["pages/undated.md"]
