"""The triples of an RDF file, in every syntax that Oxigraph reads, also compressed (.gz)."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import IO, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from nutrigraph.errors import SourceError
from nutrigraph.ontology import defined_terms, n_triples, obo_format, obo_graphs, owl_functional
from nutrigraph.ontology.namespaces import SKOS_XL
from nutrigraph.ontology.rdf_terms import PREDICATES, TermReader
from nutrigraph.ontology.unpacking import LARGEST_TEXT, Content, Tell, digest, opened, text, whole

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".skos": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
"""The endings of RDF; `.gz` may follow each. A `.json` may also be an OBO graph."""
OBO: Final = ".obo"
_FUNCTIONAL: Final = (".ofn", ".owlf")
ENDINGS: Final = (*FORMATS, OBO, *_FUNCTIONAL)
"""The endings that can be read."""
_CONCEPT_LINES: Final = n_triples.sayings_with(PREDICATES)
_LABELS: Final = SKOS_XL.encode()
_LABEL_LINES: Final = n_triples.lines_about(SKOS_XL)


def ending(path: str) -> str:
    """What tells the format of a file: its last ending before `.gz`, in lower case."""
    return PurePosixPath(path.lower().removesuffix(".gz")).suffix


def read_triples(path: str, content: Content, *, base_iri: str | None = None) -> Iterator[ox.Triple]:
    """The triples of a file, those of its named graphs too, in its order; see `read_quads`."""
    return (quad.triple for quad in read_quads(path, content, base_iri=base_iri))


def read_quads(
    path: str,
    content: Content,
    *,
    base_iri: str | None = None,
    terms: TermReader | None = None,
    tell: Tell | None = None,
) -> Iterator[ox.Quad]:
    """The triples of a file, those of its named graphs too, in its order, as quads of the default graph.

    `path` is the file as the user knows it. What makes concepts is given to `terms` as it passes; `tell` hears of the
    progress. Blank nodes are renamed by the hash of the file and their name or order in it, so that a build does not
    depend on chance and two files' blank nodes never meet. SourceError if it is not in the syntax of its ending, with
    the line where that is known, or a text is longer than LARGEST_TEXT.
    """
    prefix = f"f{digest(content)[:15]}"
    if ending(path) == OBO:
        return _checked(path, obo_format.quads(path, content, tell), terms)
    syntax = _syntax(path, content)
    if syntax is None:
        quads = owl_functional.quads(path, text(path, content, tell))
        return _checked(path, _renamed(path, quads, prefix), terms)
    if syntax is ox.RdfFormat.N_TRIPLES:
        return _n_triples(path, content, prefix, terms, tell)
    if syntax is ox.RdfFormat.JSON_LD:
        return _checked(path, _json(path, content, base_iri, prefix, tell), terms)
    return _checked(path, _renamed(path, _parsed(path, content, syntax, base_iri, tell), prefix), terms)


def _n_triples(
    path: str, content: Content, prefix: str, terms: TermReader | None, tell: Tell | None
) -> Iterator[ox.Quad]:
    def look(block: bytes) -> None:
        if terms is None:
            return
        terms.take_all(_CONCEPT_LINES(block))
        if _LABELS not in block:
            return
        with contextlib.suppress(SyntaxError):  # the store's own reading comes to the same mistake, and knows its line
            lines = b"".join(_LABEL_LINES.findall(b"\n" + block))
            for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES, lenient=True):
                terms.take(quad)

    with opened(path, content, tell) as file:
        stream = cast(IO[bytes], n_triples.RenamedLines(path, file, prefix, look))
        yield from _located(path, ox.RdfFormat.N_TRIPLES, ox.parse(stream, format=ox.RdfFormat.N_TRIPLES))


def _json(path: str, content: Content, base_iri: str | None, prefix: str, tell: Tell | None) -> Iterator[ox.Quad]:
    """JSON-LD, an OBO graph, or schema.org's terms, whose context is known here."""
    data = whole(path, content, tell)
    if obo_graphs.is_obo_graph(data):
        return obo_graphs.quads(path, data)
    data = defined_terms.with_context(path, data, base_iri or "")
    quads = _located(path, ox.RdfFormat.JSON_LD, ox.parse(data, format=ox.RdfFormat.JSON_LD, base_iri=base_iri))
    return _renamed(path, quads, prefix)


def _parsed(
    path: str, content: Content, syntax: ox.RdfFormat, base_iri: str | None, tell: Tell | None
) -> Iterator[ox.Quad]:
    if syntax is ox.RdfFormat.RDF_XML:
        _check_xml(path, content)
    with opened(path, content, tell) as file:
        yield from _located(path, syntax, ox.parse(file, format=syntax, base_iri=base_iri))


def _located(path: str, syntax: ox.RdfFormat, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    try:
        yield from quads
    except SyntaxError as error:
        raise SourceError(path, _problem(syntax, error.msg), line=error.lineno) from None


def _problem(syntax: ox.RdfFormat, message: str) -> str:
    """Oxigraph's message without the place, which stands in front already."""
    if "LoadDocumentCallback" in message:
        return "its @context is on the web, from where nothing is fetched; put the context itself into the file"
    cause = re.sub(r"^Parser error (at|between) line [^:]*: ", "", message)
    return f"this is not valid {syntax.name}: {cause}"


def _renamed(path: str, quads: Iterable[ox.Quad], prefix: str) -> Iterator[ox.Quad]:
    """The quads in the default graph, each blank node named by the order in which it comes."""
    given: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(node: ox.BlankNode) -> ox.BlankNode:
        if node not in given:
            given[node] = ox.BlankNode(f"{prefix}{len(given):016x}")  # 32 hexadecimal digits: the store keeps a number
        return given[node]

    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(value, ox.Triple) or isinstance(subject, ox.Triple):
            raise SourceError(path, "it has triples inside of triples (RDF 1.2), which cannot be read")
        subject = named(subject) if isinstance(subject, ox.BlankNode) else subject
        value = named(value) if isinstance(value, ox.BlankNode) else value
        yield ox.Quad(subject, quad.predicate, value)


def _checked(path: str, quads: Iterable[ox.Quad], terms: TermReader | None) -> Iterator[ox.Quad]:
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.Literal) and len(value.value) > LARGEST_TEXT:
            problem = f"{quad.subject} has a text of {len(value.value):,} characters ({quad.predicate}); the most that"
            raise SourceError(path, f"{problem} is read is {LARGEST_TEXT:,}")
        if terms is not None:
            terms.take(quad)
        yield quad


def _syntax(path: str, content: Content) -> ox.RdfFormat | None:
    """The syntax of a file by its ending; `.owl` is a habit and no syntax, so there its first characters tell. None
    for OWL's functional syntax."""
    if ending(path) in _FUNCTIONAL:
        return None
    expected: ox.RdfFormat = FORMATS[ending(path)]
    if expected is not ox.RdfFormat.RDF_XML:
        return expected
    with opened(path, content) as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(owl_functional.START):
        return None
    if start.startswith((b"Prefix:", b"Ontology:")):
        raise SourceError(path, "it is OWL in Manchester syntax, which is not read; save it as RDF/XML or Turtle")
    if start.startswith(b"format-version:"):
        raise SourceError(path, "it is in OBO format; let its name end in .obo")
    return ox.RdfFormat.TURTLE if start.startswith((b"@", b"#", b"PREFIX", b"BASE")) else expected


def _check_xml(path: str, content: Content) -> None:
    """Refuses what is not XML, and entities that would grow without end: Oxigraph knows no line and no limit there."""
    parser = expat.ParserCreate()
    try:
        with opened(path, content) as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        problem = f"this is not valid RDF/XML: {expat.errors.messages.get(error.code, str(error))}"
        raise SourceError(path, problem, line=error.lineno) from None
