"""Missing hyperlinks: where one is suggested, and where none may be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from nutrigraph.graph_builder.decisions import Decision
from nutrigraph.graph_builder.statement import Mention
from nutrigraph.ontology.namespaces import NG, SKOS
from nutrigraph.page_cache import Hyperlink, PageRecord
from nutrigraph.queries.links import LinkSuggestion, link_id, missing_links
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
GLUCOSE, INSULIN = NG + "glucose", NG + "insulin"


def mention(start: int, text: str, concept: str, place: str = "text", linked: bool = False) -> Mention:
    return Mention(start, start + len(text), text, text, concept, place, linked)


def page(
    name: str, about: str | None, *mentions: Mention, links: tuple[Hyperlink, ...] = (), kind: str = "glossary"
) -> PageRecord:
    return PageRecord(f"pages/{name}.md", SITE + name, name.capitalize(), kind, about, mentions, links)


GLUCOSE_PAGE = page("glucose", GLUCOSE)


@pytest.fixture(scope="module")
def store() -> Store:
    names = [
        (GLUCOSE, "prefLabel", "Glucose"),
        (GLUCOSE, "altLabel", "dextrose"),
        (GLUCOSE, "altLabel", "GLC"),
        (GLUCOSE, "exactMatch", "http://purl.obolibrary.org/obo/CHEBI_17234"),
        (NG + "grape-sugar", "exactMatch", "http://purl.obolibrary.org/obo/CHEBI_17234"),
        (INSULIN, "prefLabel", "Insulin"),
    ]
    return Store.memory(
        Quad(
            NamedNode(thing), NamedNode(SKOS + name), NamedNode(value) if name == "exactMatch" else Literal(value)
        )
        for thing, name, value in names
    )  # fmt: skip


def suggested(store: Store, *pages: PageRecord, decisions: tuple[Decision, ...] = ()) -> list[LinkSuggestion]:
    return missing_links(store, pages, decisions, min_probability=0)


def test_a_suggestion_has_the_shape_that_scripts_rest_on(store: Store) -> None:
    insulin = page("insulin", INSULIN, mention(310, "glucose", GLUCOSE))
    (link,) = suggested(store, insulin, GLUCOSE_PAGE)
    assert link.as_json() == {
        "id": link_id("pages/insulin.md", "glucose", "pages/glucose.md"),
        "page": "pages/insulin.md",
        "target": "pages/glucose.md",
        "start": 310,
        "end": 317,
        "surface": "glucose",
        "text": "glucose",
        "probability": 0.8,
        "concept": {"id": GLUCOSE, "label": "Glucose"},
        "reasons": ["“glucose” is the name of what pages/glucose.md is about"],
    }


def test_one_suggestion_for_a_page_and_a_target_at_the_first_mention_by_name(store: Store) -> None:
    insulin = page(
        "insulin",
        INSULIN,
        mention(50, "glucose", GLUCOSE),
        mention(10, "take up of glucose", GLUCOSE),
        mention(90, "Glucose", GLUCOSE),
    )
    (link,) = suggested(store, insulin, GLUCOSE_PAGE)
    assert link.start == 50


@pytest.mark.parametrize(
    "source",
    [
        page("insulin", INSULIN, mention(0, "Glucose", GLUCOSE, "heading")),
        page("insulin", INSULIN, mention(9, "glucose", GLUCOSE, linked=True)),
        page("insulin", INSULIN, mention(9, "glucose", GLUCOSE), links=(Hyperlink(50, 55, "g", SITE + "glucose"),)),
        page("insulin", INSULIN, mention(9, "insulin", INSULIN)),
        page("more-glucose", GLUCOSE, mention(9, "glucose", GLUCOSE)),
        page("insulin", INSULIN, mention(9, "blood", NG + "blood")),
    ],
    ids=["heading", "inside a link", "linked elsewhere on the page", "itself", "same concept", "no page about it"],
)
def test_no_suggestion(store: Store, source: PageRecord) -> None:
    assert suggested(store, GLUCOSE_PAGE, source) == []


def test_a_link_to_another_page_does_not_count_as_this_one(store: Store) -> None:
    other = (Hyperlink(50, 55, "x", SITE + "glycogen"), Hyperlink(60, 61, "#top", None))
    assert (
        len(suggested(store, GLUCOSE_PAGE, page("insulin", INSULIN, mention(9, "glucose", GLUCOSE), links=other))) == 1
    )


def test_concepts_joined_by_a_mapping_have_one_page(store: Store) -> None:
    source = page("insulin", INSULIN, mention(9, "grape sugar", NG + "grape-sugar"))
    (link,) = suggested(store, GLUCOSE_PAGE, source)
    assert link.target == "pages/glucose.md"
    about_other = replace(GLUCOSE_PAGE, about=NG + "grape-sugar")
    (link,) = suggested(store, about_other, page("insulin", INSULIN, mention(9, "glucose", GLUCOSE)))
    assert link.target == "pages/glucose.md"


def test_an_article_may_link_and_is_no_target(store: Store) -> None:
    article = page("news", None, mention(9, "glucose", GLUCOSE), kind="article")
    (link,) = suggested(store, GLUCOSE_PAGE, article)
    assert (link.page, link.target) == ("pages/news.md", "pages/glucose.md")


def test_better_names_and_more_evidence_are_more_probable(store: Store) -> None:
    def probability(*mentions: Mention, others: tuple[PageRecord, ...] = ()) -> float:
        found = suggested(store, GLUCOSE_PAGE, page("insulin", INSULIN, *mentions), *others)
        return next(link.probability for link in found if link.page == "pages/insulin.md")

    by_label = probability(mention(9, "glucose", GLUCOSE))
    by_synonym = probability(mention(9, "dextrose", GLUCOSE))
    by_abbreviation = probability(mention(9, "GLC", GLUCOSE))
    by_other_words = probability(mention(9, "the sugar in blood", GLUCOSE))
    habit = tuple(
        page(
            f"p{n}", None, mention(5, "glucose", GLUCOSE, linked=True), links=(Hyperlink(5, 12, "g", SITE + "glucose"),)
        )
        for n in range(3)
    )
    linked_elsewhere = probability(mention(9, "glucose", GLUCOSE), others=habit)
    often = probability(*(mention(n, "glucose", GLUCOSE) for n in (9, 30, 60)))
    assert 1 > linked_elsewhere > often > by_label > by_synonym > by_abbreviation > by_other_words > 0


def test_the_least_probable_are_left_out_unless_asked_for(store: Store) -> None:
    source = page("insulin", INSULIN, mention(9, "the sugar in blood", GLUCOSE))
    assert missing_links(store, [GLUCOSE_PAGE, source]) == []
    assert len(missing_links(store, [GLUCOSE_PAGE, source], (), 0.1)) == 1


def decided(decision: str = "reject", kind: str = "link", id_: str = "", **fields: str) -> Decision:
    empty = dict.fromkeys("page subject predicate object quote reviewer date note".split(), "")
    return Decision(id=id_, kind=kind, decision=decision, line=2, **{**empty, **fields})


REFUSED = decided(page="pages/insulin.md", subject="glucose", object="pages/glucose.md")


@pytest.mark.parametrize(
    ("decision", "left"),
    [
        (REFUSED, 1),
        (replace(REFUSED, decision="silence"), 1),
        (decided(id_=link_id("pages/insulin.md", "Glucose", "pages/glucose.md")), 1),
        (replace(REFUSED, decision="accept"), 2),
        (replace(REFUSED, page="pages/other.md"), 2),
        (replace(REFUSED, object="pages/insulin.md"), 2),
        (replace(REFUSED, kind="gap"), 2),
    ],
)
def test_what_people_refused_is_left_out(store: Store, decision: Decision, left: int) -> None:
    sources = [page(name, None, mention(9, "Glucose", GLUCOSE)) for name in ("insulin", "pancreas")]
    assert len(suggested(store, GLUCOSE_PAGE, *sources, decisions=(decision,))) == left


def test_refused_words_leave_room_for_others(store: Store) -> None:
    source = page("insulin", INSULIN, mention(9, "glucose", GLUCOSE), mention(40, "dextrose", GLUCOSE))
    (link,) = suggested(store, GLUCOSE_PAGE, source, decisions=(REFUSED,))
    assert link.text == "dextrose"


def test_the_id_does_not_depend_on_where_the_words_stand(store: Store) -> None:
    ids = {
        suggested(store, GLUCOSE_PAGE, page("insulin", INSULIN, mention(start, "glucose", GLUCOSE)))[0].id
        for start in (3, 400)
    }
    assert len(ids) == 1
