"""A page as RDF: exactly the shape that queries rest on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from nutrigraph.graph_builder.document import Document, Metadata, Reviewer
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.page_graph import (
    known_addresses,
    page_graph,
    page_iri,
    reference_quads,
    resolve_link,
)
from nutrigraph.graph_builder.statement import End, Mention, Modality, Qualifier, Statement
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import compact

BASE = "https://www.example.org/glossary/"
PAGE = BASE + "insulin"
NG = "https://w3id.org/nutrigraph/concept/"
QUOTE = "Beta cells produce insulin."


def statement(**changes: object) -> Statement:
    values: dict[str, object] = {
        "id": "0123456789abcdef",
        "subject": End(NG + "beta-cell", "Beta cell", "Beta cells", 0, 10),
        "predicate": "produces",
        "object": End(NG + "insulin", "Insulin", "insulin", 19, 26),
        "modality": Modality.ASSERTED,
        "confidence": 0.9,
        "quote": QUOTE,
        "quote_text": QUOTE,
        "start": 10,
        "end": 37,
        "section": "Who makes it?",
    }
    return Statement(**(values | changes))  # type: ignore[arg-type]


def document(**metadata: object) -> Document:
    return Document("pages/insulin.txt", "", Metadata("Insulin", **metadata), ())  # type: ignore[arg-type]


def page_quads(page: Document, content: PageContent, iri: str, about: str | None) -> list[Quad]:
    """The quads of a page's graph."""
    return list(parse(page_graph(page, content, iri, about), format=RdfFormat.TRIG))


def lines(quads: list[Quad]) -> set[str]:
    """The quads as "predicate object" with short names, for comparing."""
    return {f"{compact(q.predicate.value)} {compact(getattr(q.object, 'value', ''))}" for q in quads}


def test_a_statement_is_lean() -> None:
    quads = list(page_quads(document(), PageContent(statements=(statement(),)), PAGE, None))
    own = [quad for quad in quads if str(quad.subject.value).endswith("#statement-0123456789abcdef")]  # type: ignore[union-attr]
    assert len(own) <= 14
    assert lines(own) == {
        "rdf:type ngo:Statement",
        "rdf:subject ng:beta-cell",
        "rdf:predicate ngo:produces",
        "rdf:object ng:insulin",
        "ngo:modality ngo:asserted",
        "ngo:confidence 0.9",
        f"prov:wasDerivedFrom {PAGE}",
        "ngo:section Who makes it?",
        f"oa:exact {QUOTE}",
        "oa:start 10",
        "oa:end 37",
        "ngo:subjectSpan 0-10",
        "ngo:objectSpan 19-26",
    }


def test_what_is_unusual_about_a_statement_comes_on_top() -> None:
    unusual = statement(
        subject=End(NG + "beta-cell", "Beta cell", "They", 0, 4, resolved=True),
        object=End(NG + "insulin", "Insulin"),
        quote="<b>They</b> make it.",
        quote_text="They make it.",
        flags=("look",),
        qualifiers=(Qualifier("in", NG + "pancreas"),),
        section=None,
    )
    found = lines(page_quads(document(), PageContent(statements=(unusual,)), PAGE, None))
    assert {"ngo:resolved subject", "ngo:rawQuote <b>They</b> make it.", "ngo:flag look", "ngo:in ng:pancreas"} <= found
    assert not any(line.startswith(("ngo:objectSpan", "ngo:section")) for line in found)


def test_a_page_has_its_metadata() -> None:
    content = PageContent(
        mentions=(
            Mention(0, 7, "Insulin", "Insulin", NG + "insulin"),
            Mention(9, 16, "insulin", "insulin", NG + "insulin"),
        ),
        candidates=(Concept(BASE + "concept/x", "X factor"),),
    )
    page = document(
        reviewer=Reviewer("A. Person", ("Ph.D.", "RD")), reviewed="2024-05-01", modified="2024-05", author="B"
    )
    quads = page_quads(page, content, PAGE, NG + "insulin")
    found = lines(quads)
    assert {
        "rdf:type schema:MedicalWebPage",
        "rdf:type ngo:Page",
        "schema:name Insulin",
        "ngo:path pages/insulin.txt",
        "schema:about ng:insulin",
        f"schema:reviewedBy {PAGE}#reviewer",
        "schema:name A. Person",
        "schema:honorificSuffix Ph.D.",
        "schema:honorificSuffix RD",
        "schema:lastReviewed 2024-05-01",
        "schema:dateModified 2024-05",
        "schema:mentions ng:insulin",
        "rdf:type ngo:CandidateTerm",
        "skos:prefLabel X factor",
    } <= found
    assert sum(quad.predicate.value.endswith("mentions") for quad in quads) == 1
    types = {q.predicate.value.rpartition("/")[2]: str(q.object) for q in quads}
    assert types["lastReviewed"].endswith("#date>")
    assert types["dateModified"] == '"2024-05"'


@given(st.text(), st.text())
def test_no_words_of_a_page_break_its_graph(title: str, words: str) -> None:
    page = Document("pages/x.txt", "", Metadata(title, reviewed=words), (), related_terms=(words,))
    content = PageContent(statements=(statement(quote=words, quote_text=title, section=words, flags=(words,)),))
    quads = page_quads(page, content, PAGE, None)
    assert {title, words} <= {getattr(quad.object, "value", None) for quad in quads}
    for quad in quads:
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)
        assert quad.graph_name.value == PAGE  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("below", "canonical", "iri"),
    [
        ("insulin.txt", None, BASE + "insulin"),
        ("a b/ü.v2.md", None, BASE + "a%20b/%C3%BC.v2"),
        ("insulin.txt", "https://www.example.org/other/insulin/#top", "https://www.example.org/other/insulin/"),
        ("insulin.txt", "https://elsewhere.example/insulin", BASE + "insulin"),
        ("insulin.txt", "not an address", BASE + "insulin"),
        ("insulin.txt", "javascript:alert(1)", BASE + "insulin"),
        ("insulin.txt", "https://[broken", BASE + "insulin"),
    ],
)
def test_the_iri_of_a_page(below: str, canonical: str | None, iri: str) -> None:
    assert page_iri(BASE, below, canonical) == iri


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("glucose.md", BASE + "glucose"),
        ("../pages/glucose.md#what", BASE + "glucose"),
        ("glucose", BASE + "glucose"),
        ("/glossary/glucose/", BASE + "glucose"),
        ("https://www.example.org/glossary/glucose.html", BASE + "glucose"),
        ("own.md", "https://www.example.org/own-address/"),
        ("https://www.example.org/own-address", "https://www.example.org/own-address/"),
        ("https://elsewhere.example/a b", "https://elsewhere.example/a%20b"),
        ("missing.md", BASE + "missing.md"),
        ("#what", None),
        ("insulin.txt", None),
        ("mailto:someone@example.org", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_where_a_hyperlink_leads(target: str, leads_to: str | None) -> None:
    known = known_addresses(
        {
            "pages/insulin.txt": PAGE,
            "pages/glucose.md": BASE + "glucose",
            "pages/own.md": "https://www.example.org/own-address/",
        }
    )
    assert resolve_link(target, "pages/insulin.txt", PAGE, known) == leads_to


@given(st.text())
def test_no_target_of_a_hyperlink_breaks_the_graph(target: str) -> None:
    found = resolve_link(target, "pages/insulin.txt", PAGE, known_addresses({}))
    assert len(list(reference_quads(PAGE, [found] if found else []))) == (found is not None)
