"""Gaps of hyperlinks and reviews: each kind where it is found, and the nearest case where it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from nutrigraph.graph_builder.statement import Mention
from nutrigraph.page_cache import Hyperlink, PageRecord
from nutrigraph.queries.gap import Gap
from nutrigraph.queries.link_gaps import dead_links, islands, pages_without_links
from nutrigraph.queries.review_gaps import outdated_reviews, reviews
from nutrigraph.queries.site import Site
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
Graph = Callable[..., Store]


def page(name: str, *targets: str, about: str | None = None, names: str | None = None) -> PageRecord:
    """A page with links, written `target` or `target=IRI`."""
    links = []
    mentions = (Mention(100, 105, "words", "words", names),) if names else ()
    for number, target in enumerate(targets):
        written, _, iri = target.partition("=")
        links.append(Hyperlink(number * 10, number * 10 + 5, written, iri or SITE + written.removesuffix(".md")))
    return PageRecord(f"pages/{name}.md", SITE + name, name, "glossary", about, mentions, tuple(links))


def page_gaps(store: Store, pages: Sequence[PageRecord], base_url: str) -> list[Gap]:
    site = Site(store, pages, base_url)
    return [*dead_links(site), *pages_without_links(site), *islands(site), *reviews(store)]


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
    a, naming = page("a", "b", about="urn:a"), page("b", names="urn:a")
    assert found("page-without-outlinks", a, naming) == ["pages/b.md"]
    assert found("page-without-outlinks", page("a", "b"), page("b", "a")) == []
    outside = "x=https://elsewhere.example/b"
    assert found("page-without-outlinks", a, page("b", "b", outside, names="urn:a")) == ["pages/b.md"]
    # it names nothing that could be linked
    assert found("page-without-outlinks", a, page("b")) == []


def test_a_site_without_any_links_is_one_gap() -> None:
    a, b = page("a", about="urn:a"), page("b", "x=https://elsewhere.example/b", names="urn:a")
    (gap,) = page_gaps(Store.memory(), [a, b], SITE)
    assert (gap.kind, gap.page) == ("page-without-inlinks", None)


def test_the_only_page_cannot_link_to_others() -> None:
    assert found("page-without-inlinks", page("a")) == found("page-without-outlinks", page("a")) == []


def test_island() -> None:
    main = [page("a", "b"), page("b", "c", names="urn:y"), page("c")]
    island = [page("y", "z", about="urn:y"), page("z")]
    (gap,) = [gap for gap in page_gaps(Store.memory(), [*main, *island], SITE) if gap.kind == "island"]
    assert (gap.page, gap.severity) == ("pages/y.md", "warning")
    assert "pages/y.md, pages/z.md." in gap.message
    assert "The cheapest bridge: link “words” on pages/b.md to pages/y.md." in gap.message
    # one link ties it to the rest
    assert found("island", *main, page("y", "z", "a"), page("z")) == []


def test_without_a_page_to_link_the_bridge_is_what_both_name() -> None:
    main = [page("a", "b", names="urn:milk"), page("b", "c"), page("c")]
    (gap,) = islands(Site(Store.memory(), [*main, page("y", "z", names="urn:milk"), page("z")]))
    assert "pages/y.md and pages/a.md both name “words”" in gap.message
    (gap,) = islands(Site(Store.memory(), [*main, page("y", "z"), page("z")]))
    assert "Nothing that they name stands on another page" in gap.message


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


def test_a_glossary_without_reviewers_is_one_gap(graph_of: Graph) -> None:
    store = graph_of(*(PAGE.format(site=SITE, name=name, more="") for name in ("a", "b")))
    (gap,) = reviews(store)
    assert gap.page is None
    assert 'off = ["missing-reviewer"]' in gap.message


@pytest.mark.parametrize(
    ("reviewed", "outdated"),
    [("2022-06-15", True), ("2022-06-16", False), ("2022-05", True), ("2022-06", False), ("2021", True),
     ("2022", False), ("spring 2010", False), ("2022-13-40", False)],
)  # fmt: skip
def test_outdated_review(graph_of: Graph, reviewed: str, outdated: bool) -> None:
    store = graph_of(PAGE.format(site=SITE, name="a", more=REVIEWED + f'; schema:lastReviewed "{reviewed}"'))
    assert bool(list(outdated_reviews(store, 24, date(2024, 6, 15)))) == outdated
