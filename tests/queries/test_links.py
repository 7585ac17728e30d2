"""Missing hyperlinks: where one is suggested, and where none may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from nutrigraph.graph_builder.decisions import Decision
from nutrigraph.graph_builder.page_graph import known_addresses, resolve_link
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.ontology.namespaces import NG, SKOS
from nutrigraph.page_cache import PageRecord, PageText, Passage
from nutrigraph.page_results import hyperlinks, passages
from nutrigraph.project import LinkRules
from nutrigraph.queries.links import LinkSuggestion, least_linked_first, link_id, missing_links
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
GLUCOSE = NG + "glucose"
PAGES = {
    "glucose": "# Glucose\n\nGlucose is a sugar in the blood.",
    "insulin": "# Insulin\n\nInsulin is a hormone of the blood.",
    "fiber": "# Dietary fiber\n\nDietary fiber is not digested.",
    "scalability": "# Tolerability\n\nHow well a diet is borne.",
}


def about(name: str) -> str:
    return NG + name


@pytest.fixture(scope="module")
def store() -> Store:
    names = [
        (GLUCOSE, "prefLabel", "Glucose"),
        (GLUCOSE, "altLabel", "dextrose"),
        (GLUCOSE, "altLabel", "GLC"),
        (GLUCOSE, "exactMatch", "http://purl.obolibrary.org/obo/CHEBI_17234"),
        (NG + "grape-sugar", "exactMatch", "http://purl.obolibrary.org/obo/CHEBI_17234"),
        (NG + "insulin", "prefLabel", "Insulin"),
        (NG + "fiber", "prefLabel", "Dietary fiber"),
    ]
    return Store.memory(
        Quad(
            NamedNode(thing), NamedNode(SKOS + name), NamedNode(value) if name == "exactMatch" else Literal(value)
        )
        for thing, name, value in names
    )  # fmt: skip


def read(texts: dict[str, str], articles: tuple[str, ...] = ()) -> list[tuple[PageRecord, tuple[Passage, ...]]]:
    """Pages as a build reads them, by path; each is about the concept with its file's name, articles are about none."""
    documents = [read_page(f"pages/{name}.md", text.encode()) for name, text in sorted(texts.items())]
    known = known_addresses({d.path: SITE + d.path[6:-3] for d in documents})
    found = []
    for d in documents:
        name = d.path[6:-3]
        links = tuple(replace(h, iri=resolve_link(h.target, d.path, SITE + name, known)) for h in hyperlinks(d))
        concept = None if name in articles else about(name)
        found.append((PageRecord(d.path, SITE + name, d.title, d.kind, concept, (), links), passages(d)))
    return found


def suggested(
    store: Store,
    text: str = "",
    rules: LinkRules | None = None,
    decisions: tuple[Decision, ...] = (),
    min_probability: float = 0,
    others: Mapping[str, str] | None = None,
) -> list[LinkSuggestion]:
    """The suggestions on an article with that text, among the glossary's pages and `others`."""
    site = read({**PAGES, **(others or {}), "news": text}, articles=("news",))
    records = [record for record, _ in site]
    found = missing_links(store, records, [PageText(r.path, p) for r, p in site], decisions, min_probability, rules)
    return [link for link in found if link.page == "pages/news.md"]


def targets(found: list[LinkSuggestion]) -> dict[str, str]:
    return {link.target.removeprefix("pages/").removesuffix(".md"): link.text for link in found}


def test_a_suggestion_has_the_shape_that_scripts_rest_on(store: Store) -> None:
    (link,) = suggested(store, "Muscles burn glucose.")
    shape = link.as_json()
    assert 0.5 < link.probability < 1
    assert shape == {
        "id": link_id("pages/news.md", "glucose", "pages/glucose.md"),
        "page": "pages/news.md",
        "target": "pages/glucose.md",
        "start": 13,
        "end": 20,
        "surface": "glucose",
        "text": "glucose",
        "probability": link.probability,
        "concept": {"id": GLUCOSE, "label": "Glucose"},
        "reasons": list(link.reasons),
    }
    assert "first mention on the page" in link.reasons


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        ("It has dextrose in it.", "glucose", "dextrose"),
        ("It has Dietary-Fibre in it.", "fiber", "Dietary-Fibre"),
        ("It has dietary fibers in it.", "fiber", "dietary fibers"),
        ("A tolerable diet.", "scalability", "tolerable"),
        ("A DF-rich diet: DF is good.", "fiber", "DF"),
    ],
    ids=["synonym", "hyphen and British spelling", "plural", "word family", "initials"],
)
def test_forms_of_a_name(store: Store, text: str, target: str, words: str) -> None:
    assert targets(suggested(store, text)) == {target: words}


@pytest.mark.parametrize(
    "text",
    [
        "# Glucose\n\nNothing here.",
        "`glucose` and\n\n    glucose\n",
        "> glucose in a quotation",
        "[glucose](https://www.example.org/glossary/glucose)",
        "[sugar](glucose.md) is glucose",
        "[of glucose](https://elsewhere.example/)",
        "![glucose](glucose.png)",
        "[glucose][nowhere]",
        "glucosidase",
    ],
    ids=[
        "heading",
        "code",
        "quotation",
        "link",
        "linked elsewhere",
        "within another link",
        "image",
        "broken link",
        "part of a word",
    ],
)
def test_no_suggestion(store: Store, text: str) -> None:
    assert suggested(store, text) == []


def test_a_page_gets_no_link_to_itself_or_to_another_page_about_its_concept(store: Store) -> None:
    site = read({"glucose": "# Glucose\n\nglucose", "grape-sugar": "# Grape sugar\n\nglucose, and grape sugar"})
    assert missing_links(store, [r for r, _ in site], [PageText(r.path, p) for r, p in site], (), 0) == []


def test_concepts_joined_by_a_mapping_have_one_page(store: Store) -> None:
    site = read({"grape-sugar": "# Grape sugar\n\nIt is sweet.", "insulin": "# Insulin\n\nIt lowers glucose."})
    (link,) = missing_links(store, [r for r, _ in site], [PageText(r.path, p) for r, p in site], (), 0)
    assert (link.page, link.target, link.text) == ("pages/insulin.md", "pages/grape-sugar.md", "glucose")


def test_the_site_s_own_words_for_a_page_are_learned(store: Store) -> None:
    others = {f"p{n}": f"# Page {n}\n\nWe eat [roughage](fiber.md) on day {n}." for n in range(4)}
    assert suggested(store, "Eat roughage.") == []
    (link,) = suggested(store, "Eat roughage.", others=others)
    assert link.target == "pages/fiber.md"
    assert "linked in 4 of 4 other pages with these words" in link.reasons


def test_what_the_site_never_links_becomes_less_probable(store: Store) -> None:
    linking = {f"p{n}": f"# Page {n}\n\nThere is [glucose](glucose.md) in number {n}." for n in range(6)}
    naming = {f"p{n}": f"# Page {n}\n\nThere is glucose in number {n}." for n in range(6)}
    (likely,) = suggested(store, "Muscles burn glucose.", others=linking)
    (unlikely,) = suggested(store, "Muscles burn glucose.", others=naming)
    assert unlikely.probability < likely.probability


def test_part_of_a_longer_name_is_no_mention_of_the_shorter(store: Store) -> None:
    pages = {"resistance": "# Insulin resistance\n\nA state."}
    found = suggested(store, "Much insulin resistance is found.", others=pages)
    assert targets(found) == {"resistance": "insulin resistance"}


def test_words_tied_to_another_by_a_hyphen_are_part_of_a_longer_name(store: Store) -> None:
    (tied,) = suggested(store, "It is an insulin-dependent state.")
    (alone,) = suggested(store, "It is an insulin dependent state.")
    assert "but the words are part of a longer name" in tied.reasons
    assert tied.probability < alone.probability
    (second,) = suggested(store, "It is an insulin-dependent state. And insulin.")
    assert second.start > 30


def test_the_least_probable_are_left_out_unless_asked_for(store: Store) -> None:
    assert suggested(store, "A tolerable diet.", min_probability=0.5) == []


RULED = "Much dextrose, then glucose. And insulin. And dietary fiber."


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        (LinkRules(), {"glucose": "glucose", "insulin": "insulin", "fiber": "dietary fiber"}),
        (LinkRules(never=("Insulin", "dietary-fibers")), {"glucose": "glucose"}),
        (LinkRules(most=0), {}),
        (LinkRules(leave=("pages/ne*",)), {}),
        (LinkRules(prefer=(("insulin", "pages/glucose.md"),)), {"glucose": "glucose", "fiber": "dietary fiber"}),
    ],
    ids=["none", "never", "most", "leave", "prefer"],
)
def test_rules_of_the_house(store: Store, rules: LinkRules, left: dict[str, str]) -> None:
    found = targets(suggested(store, RULED, rules))
    assert found.keys() == left.keys()


def test_at_most_so_many_links_counts_those_that_are_there(store: Store) -> None:
    text = "[Glucose](glucose.md), insulin and dietary fiber."
    assert len(suggested(store, text)) == 2
    assert len(suggested(store, text, LinkRules(most=2))) == 1


def test_first_mention_only(store: Store) -> None:
    text = "Dextrose is one of them. Much later there is glucose."
    (link,) = suggested(store, text, LinkRules(first_mention=True))
    assert link.text == "Dextrose"


def test_least_linked_first(store: Store) -> None:
    site = read({**PAGES, "news": "insulin, glucose", "p": "[x](insulin.md)"}, articles=("news", "p"))
    records = [r for r, _ in site]
    found = missing_links(store, records, [PageText(r.path, p) for r, p in site], (), 0)
    news = [link.target for link in least_linked_first(found, records) if link.page == "pages/news.md"]
    assert news == ["pages/glucose.md", "pages/insulin.md"]


def decided(decision: str = "reject", kind: str = "link", id_: str = "", **fields: str) -> Decision:
    empty = dict.fromkeys("page subject predicate object quote reviewer date note".split(), "")
    return Decision(id=id_, kind=kind, decision=decision, line=2, **{**empty, **fields})


REFUSED = decided(page="pages/news.md", subject="glucose", object="pages/glucose.md")


@pytest.mark.parametrize(
    ("decision", "left"),
    [
        (REFUSED, 0),
        (replace(REFUSED, decision="silence"), 0),
        (decided(id_=link_id("pages/news.md", "Glucose", "pages/glucose.md")), 0),
        (replace(REFUSED, decision="accept"), 1),
        (replace(REFUSED, page="pages/other.md"), 1),
        (replace(REFUSED, object="pages/insulin.md"), 1),
        (replace(REFUSED, kind="gap"), 1),
    ],
)
def test_what_people_refused_is_left_out(store: Store, decision: Decision, left: int) -> None:
    assert len(suggested(store, "It is Glucose.", decisions=(decision,))) == left


def test_refused_words_leave_room_for_others(store: Store) -> None:
    (link,) = suggested(store, "It is glucose. Or dextrose.", decisions=(REFUSED,))
    assert link.text == "dextrose"


def test_a_span_belongs_to_one_target(store: Store) -> None:
    pages = {"fat-food": "# Fat (food)\n\nIn food.", "fat-body": "# Fat (body)\n\nIn the body."}
    assert len(suggested(store, "There is fat.", others=pages)) == 1


def test_the_source_s_span_is_found_behind_entities_and_line_ends(store: Store) -> None:
    text = "It &amp; dietary\nfiber."
    (link,) = suggested(store, text)
    assert (link.surface, link.text) == ("dietary\nfiber", "dietary fiber")
    assert text[link.start : link.end] == link.surface


def test_a_site_without_pages_has_no_suggestions(store: Store) -> None:
    assert missing_links(store, [], [], (), 0) == []
