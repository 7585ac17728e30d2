"""The report of gaps as a whole: its kinds, its order, and what people silenced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from nutrigraph.errors import QueryError
from nutrigraph.graph_builder.decisions import Decision
from nutrigraph.graph_builder.statement import Mention
from nutrigraph.ontology.namespaces import NG, NGO, RDF
from nutrigraph.page_cache import Hyperlink, PageRecord
from nutrigraph.project import GapSettings
from nutrigraph.queries.gap import KINDS, Gap
from nutrigraph.queries.gaps import find_gaps
from nutrigraph.queries.site import Site
from nutrigraph.queries.statements import ConceptRef
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
BLOOD = Mention(0, 5, "blood", "blood", NG + "blood")
PAGES = (
    PageRecord("pages/a.md", SITE + "a", "a", "glossary", None, (BLOOD,), (Hyperlink(0, 1, "b", SITE + "b"),)),
    PageRecord(
        "pages/b.md", SITE + "b", "b", "glossary", None, (),
        (Hyperlink(0, 1, "gone", SITE + "gone"), Hyperlink(5, 6, "lost", SITE + "lost")),
    ),
)  # fmt: skip

_STATEMENT, _PAGE = NamedNode(SITE + "a#statement-1"), NamedNode(SITE + "a")
GRAPH = Store.memory(
    Quad(_STATEMENT, NamedNode(predicate), value, _PAGE)
    for predicate, value in (
        (RDF + "subject", NamedNode(NG + "blood")),
        (RDF + "predicate", NamedNode(NGO + "affects")),
        (RDF + "object", NamedNode(NG + "cell")),
        (NGO + "modality", NamedNode(NGO + "asserted")),
        (NGO + "confidence", Literal("0.9")),
    )
)
"""One statement about blood, which makes it a concept worth a page."""


def gaps(*decisions: Decision, off: tuple[str, ...] = ()) -> list[Gap]:
    return find_gaps(Site(GRAPH, PAGES, SITE), GapSettings(min_pages=1, off=off), decisions)


def decision(**fields: str) -> Decision:
    names = "id kind page subject predicate object quote decision reviewer date note".split()
    return Decision(**{**dict.fromkeys(names, ""), "kind": "gap", "decision": "silence", **fields}, line=2)


def kinds(found: list[Gap]) -> list[str]:
    return [gap.kind for gap in found]


def test_errors_come_first_and_every_kind_is_documented() -> None:
    assert kinds(gaps()) == [
        "dead-link",
        "dead-link",
        "page-without-inlinks",
        "concept-without-page",
    ]
    assert set(kinds(gaps())) < set(KINDS)
    assert all(kind.title and kind.why and kind.remedy for kind in KINDS.values())


def test_a_kind_can_be_switched_off() -> None:
    assert kinds(gaps(off=("dead-link", "concept-without-page"))) == ["page-without-inlinks"]
    with pytest.raises(QueryError, match=r'\[gaps\] off: .*"dead-lnk"\. Did you mean "dead-link"\?'):
        gaps(off=("dead-lnk",))


def test_every_gap_has_the_shape_that_scripts_rest_on() -> None:
    for gap in gaps():
        shape = gap.as_json()
        assert list(shape) == ["id", "kind", "severity", "concept", "page", "message", "evidence"]
        assert shape["severity"] in ("info", "warning", "error")
    assert len({gap.id for gap in gaps()}) == len(gaps())


def test_the_id_depends_on_labels_and_not_on_iris() -> None:
    gap = Gap("concept-without-page", "…", ConceptRef(NG + "blood", "Blood"))
    assert gap.id == replace(gap, concept=ConceptRef("https://other.example/1", "blood"), message="!").id
    assert gap.id != replace(gap, concept=ConceptRef(NG + "blood", "Bloods")).id


def test_a_silenced_gap_is_left_out() -> None:
    for gap in gaps():
        left = gaps(decision(id=gap.id))
        assert [one.id for one in left] == [one.id for one in gaps() if one.id != gap.id]


@pytest.mark.parametrize(
    ("fields", "silenced"),
    [
        ({"predicate": "page-without-inlinks", "page": "pages/a.md"}, ["page-without-inlinks"]),
        ({"predicate": "concept-without-page", "subject": "BLOOD "}, ["concept-without-page"]),
        ({"predicate": "page-without-inlinks", "page": "pages/b.md"}, []),
        ({"predicate": "dead-link", "page": "pages/b.md"}, []),  # which was meant is not known
        ({"predicate": "dead-link", "page": "pages/b.md", "object": "lost"}, ["dead-link"]),
        ({"predicate": "dead-link", "page": "pages/b.md", "object": "mended"}, []),
        ({"predicate": "page-without-inlinks", "page": "pages/a.md", "decision": "accept"}, []),
        ({"predicate": "page-without-inlinks", "page": "pages/a.md", "kind": "statement"}, []),
    ],
)
def test_a_decision_whose_id_fits_nothing_is_matched_by_what_it_says(
    fields: dict[str, str], silenced: list[str]
) -> None:
    left = gaps(decision(**{"id": "0000000000000000", **fields}))
    assert sorted(kinds(gaps())) == sorted([*kinds(left), *silenced])


def test_a_silenced_dead_link_hides_no_other_on_its_page() -> None:
    page = PageRecord("pages/c.md", SITE + "c", "c", "glossary", None, (), (Hyperlink(0, 1, "gone2", SITE + "gone2"),))
    mended = decision(id="0000000000000000", predicate="dead-link", page="pages/c.md", object="gone1")
    assert "dead-link" in kinds(find_gaps(Site(Store.memory(), [page], SITE), GapSettings(), [mended]))
