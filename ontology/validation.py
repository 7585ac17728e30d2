"""Checking triples against the shapes of shapes.ttl, with pySHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from nutrigraph.errors import MissingExtra
from nutrigraph.ontology.finding import ERROR, INFO, WARNING, Finding
from nutrigraph.ontology.namespaces import OWL, RDF, SH, SHAPES, XSD

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

ONTOLOGY: Final = ("types.ttl", "relations.ttl", "statements.ttl", "rules.ttl")
"""The files of the ontology itself."""
_SEVERITIES: Final = {SH + "Violation": ERROR, SH + "Warning": WARNING, SH + "Info": INFO}
_LONGEST_VALUE: Final = 200


def check_shapes(
    triples: Iterable[ox.Triple], *, source: str = "", concepts: Iterable[ox.NamedNode] = ()
) -> list[Finding]:
    """What in `triples` does not have the shape that it should have; `source` becomes that of each finding.

    `concepts` are what `triples` may lead to and need not describe. All is held in memory by rdflib (about 2 kB a
    triple), so give one page, or some concepts. The ontology's types and relations are known. MissingExtra without
    pySHACL.
    """
    try:
        import pyshacl
    except ImportError:
        raise MissingExtra("Checking against shapes", "validate") from None
    import rdflib

    graph = rdflib.Graph()
    # A class is a concept here as well, and no shape is about classes: what is known is not checked again.
    known = (ox.Triple(concept, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "Class")) for concept in concepts)
    for triple in (*triples, *known, *_declared()):
        graph.add((_subject(triple.subject), rdflib.URIRef(triple.predicate.value), _term(triple.object)))
    _, report, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inplace=True, do_owl_imports=False)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"pySHACL gave no report but {report!r}")
    return list(_findings(report, source))


def ontology_triples() -> list[ox.Triple]:
    """The triples of the ontology's own files: types, relations, statements and rules."""
    folder = files("nutrigraph.ontology")
    parsed = (ox.parse(folder.joinpath(name).read_bytes(), format=ox.RdfFormat.TURTLE) for name in ONTOLOGY)
    return [quad.triple for quads in parsed for quad in quads]


@cache
def _declared() -> tuple[ox.Triple, ...]:
    """Which types and relations there are; the rest of the ontology is no concern of pages and vocabularies."""
    kinds = {OWL + "Class", OWL + "ObjectProperty"}
    return tuple(
        triple
        for triple in ontology_triples()
        if triple.predicate.value == RDF + "type"
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value in kinds
    )


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    data = files("nutrigraph.ontology").joinpath("shapes.ttl").read_text(encoding="utf-8")
    return rdflib.Graph().parse(data=data, format="turtle")


def _findings(report: rdflib.Graph, source: str) -> Iterator[Finding]:
    import rdflib

    def value(result: Node, name: str) -> str:
        return str(report.value(result, rdflib.URIRef(SH + name)) or "")

    for result in report.objects(None, rdflib.URIRef(SH + "result")):  # results within results say no more
        yield Finding(
            check=value(result, "sourceShape").removeprefix(SHAPES),
            severity=_SEVERITIES.get(value(result, "resultSeverity"), ERROR),
            resource=value(result, "focusNode"),
            message=value(result, "resultMessage"),
            source=source,
            value=value(result, "value")[:_LONGEST_VALUE],
        )


def _subject(node: object) -> rdflib.URIRef | rdflib.BNode:
    import rdflib

    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    raise TypeError(f"{node} cannot be a subject here")


def _term(node: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    import rdflib

    if not isinstance(node, ox.Literal):
        return _subject(node)
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    if node.datatype.value == XSD + "string":  # which rdflib takes for something else than plain text
        return rdflib.Literal(node.value)
    return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value), normalize=False)
