"""What a page says, as RDF: one named graph a page, named by the page's IRI."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from nutrigraph.graph_builder.document import Document, Metadata
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.statement import Statement
from nutrigraph.graph_builder.wikilinks import file_named, linked_name, names_of_files
from nutrigraph.ontology.namespaces import DCTERMS, PREFIXES, XSD

_DATE = NamedNode(XSD + "date")
_PREFIXES = " ".join(f"@prefix {name}: <{PREFIXES[name]}> ." for name in "ngo oa prov rdf schema skos xsd".split())
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


@dataclass(frozen=True, slots=True)
class KnownAddresses:
    """What hyperlinks may say for a page of the project: the IRI of each page by its path and by its address, without
    ending or final slash; and the paths of the pages whose file has a name, as wikilinks say it."""

    iris: Mapping[str, str]
    named: Mapping[str, tuple[str, ...]]


def known_addresses(iris: Mapping[str, str]) -> KnownAddresses:
    """What hyperlinks may say for pages, of which `iris` is the IRI by path."""
    bare = {_bare(iri): iri for _, iri in sorted(iris.items(), reverse=True)}
    return KnownAddresses({**iris, **bare}, names_of_files(iris))


def resolve_link(target: str, path: str, iri: str, known: KnownAddresses) -> str | None:
    """Where a hyperlink of the page at `path` (its IRI is `iri`) leads: the IRI of a page of the project where it is
    one of the known addresses, else an absolute address; None within the page and for what is no web address.

    A wikilink leads to the page whose file has its name, else to what it says as an address.
    """
    if (name := linked_name(target)) is not None:
        file = file_named(name, path, known.named)
        return resolve_link(name, path, iri, known) if file is None else None if file == path else known.iris[file]
    try:
        address = urldefrag(target.strip()).url
        absolute = _iri(urljoin(iri, address)) if address else None
    except ValueError:  # "http://[": what urllib cannot split leads nowhere
        return None
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))
    found = known.iris.get(file) or (known.iris.get(_bare(absolute), absolute) if absolute else None)
    return None if found == iri else found


def page_graph(document: Document, content: PageContent, iri: str, about: str | None) -> str:
    """The graph of a page in TriG, but for its hyperlinks, which depend on the other pages (`reference_quads`).

    `iri` is the page's, `about` that of the concept it is about. It is written as text because making a million terms
    costs more than a page's reading; the IRIs given must be valid, as those of vocabularies and `page_iri` are.
    """
    lines = [_PREFIXES, f"<{iri}> {{"]
    own = [f"a schema:MedicalWebPage, ngo:Page; schema:name {_text(document.title)}; ngo:path {_text(document.path)}"]
    if about:
        own.append(f"schema:about <{about}>")
    own += [f"ngo:relatedTerm {_text(term)}" for term in dict.fromkeys(document.related_terms)]
    own += [f"schema:mentions <{concept}>" for concept in sorted({mention.concept for mention in content.mentions})]
    lines.append(f"<{iri}> {'; '.join(own)} .")
    lines += _metadata(document.metadata, iri)
    for candidate in content.candidates:
        lines.append(f"<{candidate.iri}> a ngo:CandidateTerm; skos:prefLabel {_text(candidate.label)} .")
    lines += [_statement(statement, iri) for statement in content.statements]
    return "\n".join([*lines, "}\n"])


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


def _metadata(metadata: Metadata, iri: str) -> Iterator[str]:
    people = []
    if metadata.reviewer:
        people.append(("reviewedBy", "reviewer", metadata.reviewer.name, metadata.reviewer.credentials))
    if metadata.author:
        people.append(("author", "author", metadata.author, ()))
    for role, part, name, credentials in people:
        yield f"<{iri}> schema:{role} <{iri}#{part}> . <{iri}#{part}> a schema:Person; schema:name {_text(name)} ."
        for credential in credentials:
            yield f"<{iri}#{part}> schema:honorificSuffix {_text(credential)} ."
    dates = (
        ("lastReviewed", metadata.reviewed),
        ("datePublished", metadata.published),
        ("dateModified", metadata.modified),
    )
    for name, value in dates:
        if value:
            yield f"<{iri}> schema:{name} {date_literal(value)} ."


def _statement(statement: Statement, page: str) -> str:
    subject, object_ = statement.subject, statement.object
    values = [
        f"<{statement_iri(page, statement.id)}> a ngo:Statement; rdf:subject <{subject.concept}>; "
        f"rdf:predicate ngo:{statement.predicate}; rdf:object <{object_.concept}>; "
        f"ngo:modality ngo:{statement.modality}; ngo:confidence {_decimal(statement.confidence)}; "
        f"prov:wasDerivedFrom <{page}>; oa:exact {_text(statement.quote_text)}; "
        f"oa:start {statement.start}; oa:end {statement.end}"
    ]
    if statement.section is not None:
        values.append(f"ngo:section {_text(statement.section)}")
    for role, end in (("subject", subject), ("object", object_)):
        if end.start is not None and end.end is not None:
            values.append(f'ngo:{role}Span "{end.start}-{end.end}"')
        if end.resolved:
            values.append(f'ngo:resolved "{role}"')
    if statement.quote != statement.quote_text:
        values.append(f"ngo:rawQuote {_text(statement.quote)}")
    values += [f"ngo:flag {_text(flag)}" for flag in dict.fromkeys(statement.flags)]
    values += [f"ngo:{qualifier.role} <{qualifier.concept}>" for qualifier in statement.qualifiers]
    return "; ".join(values) + " ."


def _text(words: str) -> str:
    """A plain literal, as Turtle writes it."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def date_literal(value: str) -> Literal:
    """An xsd:date where `value` is a whole date that exists, else plain text ("2024-05", "spring 2024")."""
    try:
        whole = re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) is not None and bool(date.fromisoformat(value))
    except ValueError:
        whole = False
    return Literal(value, datatype=_DATE) if whole else Literal(value)


def _decimal(number: float) -> str:
    return f'"{number:.4f}'.rstrip("0").rstrip(".") + '"^^xsd:decimal'


def _iri(address: str) -> str | None:
    """An http(s) address as a valid IRI, with what may not stand in one percent-encoded; None if it is none."""
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        return NamedNode(quote(address, safe=_KEPT_IN_IRIS)).value
    except (ValueError, UnicodeEncodeError):
        return None
