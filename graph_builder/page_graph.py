"""What a page says, as RDF: one named graph a page, named by the page's IRI."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from nutrigraph.graph_builder.document import Document, Metadata
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.statement import End, Statement
from nutrigraph.ontology.namespaces import DCTERMS, NGO, OA, PROV, RDF, SCHEMA, SKOS, XSD

_A = NamedNode(RDF + "type")
_INTEGER = NamedNode(XSD + "integer")
_DECIMAL = NamedNode(XSD + "decimal")
_DATE = NamedNode(XSD + "date")
_REFERENCES = NamedNode(DCTERMS + "references")
_KEPT_IN_IRIS = "/:?#[]@!$&'()*+,;=%~-._"
_PAGE_ENDING = re.compile(r"(\.(html?|md|markdown|txt))?/?$", re.IGNORECASE)


def page_iri(base_url: str, below_folder: str, canonical: str | None) -> str:
    """The IRI of a page: its own canonical address if that is on the host of `base_url`, else `base_url` and
    `below_folder`, the path below its folder of pages, without ending."""
    if canonical:
        address = _iri(urldefrag(canonical).url)
        if address and urlsplit(address).netloc.lower() == urlsplit(base_url).netloc.lower():
            return address
    return base_url + quote(posixpath.splitext(below_folder)[0], safe="/~")


def known_addresses(iris: Mapping[str, str]) -> dict[str, str]:
    """What hyperlinks may say for a page of the project: `iris` is the IRI of each page by path; the answer has each
    by path and by its address, without ending or final slash."""
    return {**iris, **{_bare(iri): iri for _, iri in sorted(iris.items(), reverse=True)}}


def resolve_link(target: str, path: str, iri: str, known: Mapping[str, str]) -> str | None:
    """Where a hyperlink of the page at `path` (its IRI is `iri`) leads: the IRI of a page of the project where it is
    one of the `known_addresses`, else an absolute address; None within the page and for what is no web address."""
    try:
        address = urldefrag(target.strip()).url
        absolute = _iri(urljoin(iri, address)) if address else None
    except ValueError:  # "http://[": what urllib cannot split leads nowhere
        return None
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))
    found = known.get(file) or (known.get(_bare(absolute), absolute) if absolute else None)
    return None if found == iri else found


def page_quads(document: Document, content: PageContent, iri: str, about: str | None) -> Iterator[Quad]:
    """The graph of a page but for its hyperlinks, which depend on the other pages (`reference_quads`).

    `iri` is the page's, `about` that of the concept it is about.
    """
    page = NamedNode(iri)

    def quad(subject: NamedNode, predicate: str, object_: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(predicate), object_, page)

    yield Quad(page, _A, NamedNode(SCHEMA + "MedicalWebPage"), page)
    yield Quad(page, _A, NamedNode(NGO + "Page"), page)
    yield quad(page, SCHEMA + "name", Literal(document.title))
    yield quad(page, NGO + "path", Literal(document.path))
    if about:
        yield quad(page, SCHEMA + "about", NamedNode(about))
    yield from _metadata(document.metadata, page)
    for term in dict.fromkeys(document.related_terms):
        yield quad(page, NGO + "relatedTerm", Literal(term))
    for concept in sorted({mention.concept for mention in content.mentions}):
        yield quad(page, SCHEMA + "mentions", NamedNode(concept))
    for candidate in content.candidates:
        yield quad(NamedNode(candidate.iri), RDF + "type", NamedNode(NGO + "CandidateTerm"))
        yield quad(NamedNode(candidate.iri), SKOS + "prefLabel", Literal(candidate.label))
    for statement in content.statements:
        yield from _statement(statement, page)


def reference_quads(iri: str, targets: Iterable[str]) -> Iterator[Quad]:
    """The hyperlinks of a page, in its graph; `targets` as `resolve_link` gives them."""
    page = NamedNode(iri)
    for target in sorted(set(targets)):
        yield Quad(page, _REFERENCES, NamedNode(target), page)


def statement_iri(page: str, id_: str) -> str:
    """The IRI of the statement with that id on the page with that IRI."""
    return f"{page}#statement-{id_}"


def _bare(iri: str) -> str:
    """What two addresses of one page have in common: `…/insulin`, `…/insulin/` and `…/insulin.html` are equal."""
    return _PAGE_ENDING.sub("", iri)


def _metadata(metadata: Metadata, page: NamedNode) -> Iterator[Quad]:
    people = []
    if metadata.reviewer:
        people.append(("reviewedBy", "reviewer", metadata.reviewer.name, metadata.reviewer.credentials))
    if metadata.author:
        people.append(("author", "author", metadata.author, ()))
    for role, part, name, credentials in people:
        person = NamedNode(f"{page.value}#{part}")
        yield Quad(page, NamedNode(SCHEMA + role), person, page)
        yield Quad(person, _A, NamedNode(SCHEMA + "Person"), page)
        yield Quad(person, NamedNode(SCHEMA + "name"), Literal(name), page)
        for credential in credentials:
            yield Quad(person, NamedNode(SCHEMA + "honorificSuffix"), Literal(credential), page)
    dates = (
        ("lastReviewed", metadata.reviewed),
        ("datePublished", metadata.published),
        ("dateModified", metadata.modified),
    )
    for name, value in dates:
        if value:
            yield Quad(page, NamedNode(SCHEMA + name), date_literal(value), page)


def _statement(statement: Statement, page: NamedNode) -> Iterator[Quad]:
    node = NamedNode(statement_iri(page.value, statement.id))
    values: list[tuple[str, NamedNode | Literal]] = [
        (RDF + "type", NamedNode(NGO + "Statement")),
        (RDF + "subject", NamedNode(statement.subject.concept)),
        (RDF + "predicate", NamedNode(NGO + statement.predicate)),
        (RDF + "object", NamedNode(statement.object.concept)),
        (NGO + "modality", NamedNode(NGO + statement.modality)),
        (NGO + "confidence", _decimal(statement.confidence)),
        (PROV + "wasDerivedFrom", page),
        (OA + "exact", Literal(statement.quote_text)),
        (OA + "start", Literal(str(statement.start), datatype=_INTEGER)),
        (OA + "end", Literal(str(statement.end), datatype=_INTEGER)),
    ]
    if statement.section is not None:
        values.append((NGO + "section", Literal(statement.section)))
    for role, end in (("subject", statement.subject), ("object", statement.object)):
        values += _span(role, end)
    if statement.quote != statement.quote_text:
        values.append((NGO + "rawQuote", Literal(statement.quote)))
    values += [(NGO + "flag", Literal(flag)) for flag in dict.fromkeys(statement.flags)]
    values += [(NGO + qualifier.role, NamedNode(qualifier.concept)) for qualifier in statement.qualifiers]
    for predicate, value in values:
        yield Quad(node, NamedNode(predicate), value, page)


def _span(role: str, end: End) -> Iterator[tuple[str, Literal]]:
    if end.start is not None and end.end is not None:
        yield NGO + role + "Span", Literal(f"{end.start}-{end.end}")
    if end.resolved:
        yield NGO + "resolved", Literal(role)


def date_literal(value: str) -> Literal:
    """An xsd:date where `value` is a whole date that exists, else plain text ("2024-05", "spring 2024")."""
    try:
        whole = re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) is not None and bool(date.fromisoformat(value))
    except ValueError:
        whole = False
    return Literal(value, datatype=_DATE) if whole else Literal(value)


def _decimal(number: float) -> Literal:
    return Literal(f"{number:.4f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def _iri(address: str) -> str | None:
    """An http(s) address as a valid IRI, with what may not stand in one percent-encoded; None if it is none."""
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        return NamedNode(quote(address, safe=_KEPT_IN_IRIS)).value
    except (ValueError, UnicodeEncodeError):
        return None
