"""The triples of an RDF file, in every syntax that Oxigraph reads, also compressed (.gz)."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from nutrigraph.errors import SourceError

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
"""The endings that can be read; `.gz` may follow each."""


def ending(path: str) -> str:
    """What tells the format of a file: its last ending before `.gz`, in lower case."""
    return PurePosixPath(path.lower().removesuffix(".gz")).suffix


def opened(path: str, data: bytes) -> IO[bytes]:
    """The content of a file to read from, unpacked if its name ends in `.gz`."""
    if path.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.open(io.BytesIO(data)))
    return io.BytesIO(data)


def read_triples(path: str, data: bytes, *, base_iri: str | None = None) -> Iterator[ox.Triple]:
    """The triples of a file, those of its named graphs too, in its order.

    `path` is the file as the user knows it, `data` its bytes. Blank nodes are renamed by the hash of the file and the
    order in which they come, so that a build does not depend on chance and two files' blank nodes never meet.
    SourceError if it is not RDF in the syntax of its ending, with the line where that is known.
    """
    names = _BlankNodes(f"f{hashlib.sha256(data).hexdigest()[:16]}n")
    syntax: ox.RdfFormat | None = None
    try:
        syntax = _syntax(path, data)
        if syntax is ox.RdfFormat.RDF_XML:
            _check_xml(path, data)
        for quad in ox.parse(opened(path, data), format=syntax, base_iri=base_iri):
            if isinstance(quad.object, ox.Triple):
                raise SourceError(path, "it has triples inside of triples (RDF 1.2), which cannot be read")
            subject = names.of(quad.subject) if isinstance(quad.subject, ox.BlankNode) else quad.subject
            value = names.of(quad.object) if isinstance(quad.object, ox.BlankNode) else quad.object
            yield ox.Triple(subject, quad.predicate, value)
    except SyntaxError as error:
        raise SourceError(path, _problem(syntax, error.msg), line=error.lineno) from None
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(path, f"the compressed file is damaged ({error}); compress it again") from None


def _problem(syntax: ox.RdfFormat | None, message: str) -> str:
    """Oxigraph's message without the place, which stands in front already."""
    if "LoadDocumentCallback" in message:
        return "its @context is on the web, from where nothing is fetched; put the context itself into the file"
    cause = re.sub(r"^Parser error (at|between) line [^:]*: ", "", message)
    return f"this is not valid {syntax.name if syntax else 'RDF'}: {cause}"


class _BlankNodes:
    """Gives each blank node of a file the next number."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._given: dict[ox.BlankNode, ox.BlankNode] = {}

    def of(self, node: ox.BlankNode) -> ox.BlankNode:
        if node not in self._given:
            self._given[node] = ox.BlankNode(f"{self._prefix}{len(self._given)}")
        return self._given[node]


def _syntax(path: str, data: bytes) -> ox.RdfFormat:
    """The syntax of a file by its ending; `.owl` is a habit and no syntax, so there its first characters tell."""
    expected = FORMATS[ending(path)]
    if expected is not ox.RdfFormat.RDF_XML:
        return expected
    start = opened(path, data).read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"Ontology(", b"Prefix(", b"Prefix:", b"Ontology:", b"format-version:")):
        raise SourceError(path, "it is OWL or OBO in a syntax that is not RDF; save it as RDF/XML or Turtle")
    return ox.RdfFormat.TURTLE if start.startswith((b"@", b"#", b"PREFIX", b"BASE")) else expected


def _check_xml(path: str, data: bytes) -> None:
    """Refuses what is not XML, and entities that would grow without end: Oxigraph knows no line and no limit there."""
    parser = expat.ParserCreate()
    try:
        parser.ParseFile(opened(path, data))
    except expat.ExpatError as error:
        problem = f"this is not valid RDF/XML: {expat.errors.messages.get(error.code, str(error))}"
        raise SourceError(path, problem, line=error.lineno) from None
