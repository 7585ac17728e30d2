"""Gaps of concepts and statements: each kind where it is found, and the nearest case where it is not."""

from __future__ import annotations

from collections.abc import Callable

from nutrigraph.graph_builder.statement import Mention
from nutrigraph.ontology.namespaces import NG
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.concept_gaps import concept_gaps
from nutrigraph.queries.gap import Gap
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
Graph = Callable[..., Store]
NAMES = """ng:insulin skos:prefLabel "Insulin" . ng:glucose skos:prefLabel "Glucose" ; skos:altLabel "dextrose" .
ng:blood skos:prefLabel "Blood" ; skos:exactMatch obo:UBERON_1 . own:blood skos:exactMatch obo:UBERON_1 ."""


def page(name: str, about: str | None, *concepts: str) -> PageRecord:
    mentions = tuple(Mention(n * 10, n * 10 + 5, "words", "words", concept) for n, concept in enumerate(concepts))
    return PageRecord(f"pages/{name}.md", SITE + name, name, "glossary", about, mentions, ())


def quads(name: str, about: str, *claims: str, more: str = "") -> str:
    """The graph of a page; a claim is "ng:a ngo:affects ng:b" and what else the statement has."""
    lines = [f'<{SITE}{name}> ngo:path "pages/{name}.md" ; schema:about {about} {more} .']
    for number, claim in enumerate(claims):
        subject, relation, object_, *rest = claim.split(" ", 3)
        lines.append(
            f"<{SITE}{name}#statement-{number}> a ngo:Statement ; rdf:subject {subject} ; rdf:predicate {relation} ; "
            f"rdf:object {object_} ; ngo:modality ngo:asserted ; prov:wasDerivedFrom <{SITE}{name}> ; "
            f'ngo:confidence "0.9"^^xsd:decimal ; oa:exact "A sentence." ; oa:start 0 ; oa:end 11 {"".join(rest)} .'
        )
    return f"GRAPH <{SITE}{name}> {{ {' '.join(lines)} }}"


def decided(name: str, number: int, *values: str) -> str:
    triples = " ; ".join(values)
    return f"GRAPH <https://w3id.org/nutrigraph/graph/decisions> {{ <{SITE}{name}#statement-{number}> {triples} }}"


def found(kind: str, store: Store, *pages: PageRecord) -> list[Gap]:
    return [gap for gap in concept_gaps(store, pages) if gap.kind == kind]


def test_concept_without_page(graph_of: Graph) -> None:
    pages = [page(name, NG + "insulin", NG + "blood", NG + "insulin", NG + "blood") for name in ("a", "b", "c")]
    (gap,) = found("concept-without-page", graph_of(NAMES), *pages)
    assert gap.concept is not None
    assert (gap.concept.label, gap.severity) == ("Blood", "warning")
    assert "named 6 times on 3 pages" in gap.message
    assert [place.page for place in gap.evidence][:3] == ["pages/a.md", "pages/a.md", "pages/b.md"]
    (gap,) = found("concept-without-page", graph_of(NAMES), page("a", NG + "insulin", NG + "blood"))
    assert gap.severity == "info"
    assert "named once on 1 page " in gap.message


def test_a_page_about_a_joined_concept_is_its_page(graph_of: Graph) -> None:
    pages = [page("insulin", NG + "insulin", NG + "blood"), page("blood", SITE + "concept/blood")]
    assert found("concept-without-page", graph_of(NAMES), *pages) == []


def test_the_most_wanted_page_ranks_first(graph_of: Graph) -> None:
    pages = [page("a", None, NG + "glucose", NG + "blood", NG + "blood"), page("b", None, NG + "blood")]
    gaps = found("concept-without-page", graph_of(NAMES), *pages)
    ranked = [gap.concept.label for gap in sorted(gaps, key=lambda gap: gap.rank) if gap.concept]
    assert ranked == ["Blood", "Glucose"]


def test_unknown_term(graph_of: Graph) -> None:
    term = 'own:lump a ngo:CandidateTerm ; skos:prefLabel "Sugar lump" .'
    said = quads("a", "ng:insulin", "ng:insulin ngo:affects own:lump", "ng:insulin ngo:affects ng:blood")
    (gap,) = found("unknown-term", graph_of(NAMES, said, f"GRAPH <{SITE}a> {{ {term} }}"))
    assert gap.concept is not None
    assert (gap.concept.label, gap.page, len(gap.evidence)) == ("Sugar lump", "pages/a.md", 1)
    assert found("unknown-term", graph_of(NAMES, said)) == []


def test_statement_to_review(graph_of: Graph) -> None:
    said = quads(
        "a", "ng:insulin", 'ng:insulin ngo:affects ng:blood ; ngo:flag "odd"', "ng:insulin ngo:affects ng:blood"
    )
    held = decided("a", 1, "ngo:status ngo:held")
    gaps = found("statement-to-review", graph_of(NAMES, said, held))
    assert {(gap.severity, gap.page) for gap in gaps} == {("info", "pages/a.md"), ("warning", "pages/a.md")}
    assert "odd" in gaps[0].message
    assert all("nutrigraph review accept" in gap.message for gap in gaps)
    assert gaps[0].evidence[0].as_json()["quote_text"] == "A sentence."


def test_decided_statements_need_no_review(graph_of: Graph) -> None:
    said = quads("a", "ng:insulin", *['ng:insulin ngo:affects ng:blood ; ngo:flag "odd"'] * 2, "ng:a ngo:affects ng:b")
    accepted = decided("a", 0, 'ngo:decision "accept"')
    rejected = decided("a", 1, "ngo:status ngo:rejected", 'ngo:decision "reject"')
    assert found("statement-to-review", graph_of(NAMES, said, accepted, rejected)) == []


def related(*terms: str) -> str:
    """What the writer gives for related terms: the words as written, and a mention."""
    concepts = {"Glucose": "ng:glucose", "dextrose": "ng:glucose", "Insulin": "ng:insulin", "Zzz": None}
    mentioned = "".join(f"; schema:mentions {concepts[term]} " for term in terms if concepts[term])
    return "".join(f'; ngo:relatedTerm "{term}" ' for term in terms) + mentioned


PAGES = (page("insulin", NG + "insulin"), page("glucose", NG + "glucose"))


def test_unsupported_related_term(graph_of: Graph) -> None:
    alone = quads("insulin", "ng:insulin", more=related("dextrose"))
    (gap,) = found("unsupported-related-term", graph_of(NAMES, alone), *PAGES)
    assert (gap.page, gap.detail) == ("pages/insulin.md", "dextrose")
    elsewhere = quads("glucose", "ng:glucose", "ng:glucose ngo:affects ng:insulin")
    assert found("unsupported-related-term", graph_of(NAMES, alone, elsewhere), *PAGES) == []
    rejected = decided("glucose", 0, "ngo:status ngo:rejected")
    assert len(found("unsupported-related-term", graph_of(NAMES, alone, elsewhere, rejected), *PAGES)) == 1


def test_a_related_term_that_nobody_knows_is_unsupported_and_not_one_way(graph_of: Graph) -> None:
    store = graph_of(NAMES, quads("insulin", "ng:insulin", "ng:insulin ngo:affects ng:blood", more=related("Zzz")))
    assert len(found("unsupported-related-term", store, *PAGES)) == 1
    assert found("one-way-related-term", store, *PAGES) == []


def test_one_way_related_term(graph_of: Graph) -> None:
    insulin = quads("insulin", "ng:insulin", more=related("Glucose"))
    glucose = quads("glucose", "ng:glucose")
    (gap,) = found("one-way-related-term", graph_of(NAMES, insulin, glucose), *PAGES)
    assert (gap.page, gap.severity) == ("pages/insulin.md", "info")
    assert "pages/glucose.md has no related terms" in gap.message
    returned = quads("glucose", "ng:glucose", more=related("Insulin"))
    assert found("one-way-related-term", graph_of(NAMES, insulin, returned), *PAGES) == []
    assert found("one-way-related-term", graph_of(NAMES, insulin), *PAGES[:1]) == []
