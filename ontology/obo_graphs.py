"""OBO graphs: the JSON in which OBO ontologies are given to programs (https://github.com/geneontology/obographs)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyoxigraph as ox

from nutrigraph.errors import SourceError
from nutrigraph.ontology.namespaces import OBO, OBO_IN_OWL, OWL, RDF, RDFS, expand

_TYPES: Final = {"CLASS": "Class", "PROPERTY": "ObjectProperty", "INDIVIDUAL": "NamedIndividual"}
_HIERARCHY: Final = {"is_a": RDFS + "subClassOf", "subPropertyOf": RDFS + "subPropertyOf", "type": RDF + "type"}


def is_obo_graph(data: bytes) -> bool:
    """Whether a JSON document is an OBO graph and no JSON-LD."""
    return b'"graphs"' in data and b'"@context"' not in data and b'"@graph"' not in data


def quads(path: str, data: bytes) -> Iterator[ox.Quad]:
    """What an OBO graph says as quads of the default graph: classes with their names, and its edges as plain relations.

    SourceError if it is not JSON (with the line) or not built like an OBO graph.
    """
    for graph in _documents(path, data):
        for node in graph.get("nodes", []):
            yield from _node(node)
        for edge in graph.get("edges", []):
            subject, predicate, value = (edge.get(key) for key in ("sub", "pred", "obj"))
            yield from _link(subject, _HIERARCHY.get(str(predicate), predicate), value)
        for group in graph.get("equivalentNodesSets", []):
            first, *others = group.get("nodeIds") or [None]
            for other in others:
                yield from _link(first, OWL + "equivalentClass", other)


def _documents(path: str, data: bytes) -> list[dict[str, Any]]:
    problem = "this is no OBO graph: it needs a list of graphs, each with nodes and edges that are lists of objects"
    try:
        document = json.loads(data)
    except UnicodeDecodeError:
        raise SourceError(path, "this is not UTF-8 text; save the file in UTF-8") from None
    except json.JSONDecodeError as error:
        raise SourceError(path, f"this is not valid JSON: {error.msg}", line=error.lineno) from None
    except RecursionError:
        raise SourceError(path, problem) from None
    graphs = document.get("graphs") if isinstance(document, dict) else None
    if not isinstance(graphs, list):
        raise SourceError(path, problem)
    for graph in graphs:
        parts = [graph.get(key, []) for key in ("nodes", "edges", "equivalentNodesSets")] if _is(graph) else [None]
        if not all(isinstance(part, list) and all(map(_is, part)) for part in parts):
            raise SourceError(path, problem)
    return graphs


def _node(node: Mapping[str, Any]) -> Iterator[ox.Quad]:
    subject = node.get("id")
    meta = _object(node.get("meta"))
    kind = str(node.get("type"))
    if kind in _TYPES or meta:
        yield from _link(subject, RDF + "type", OWL + _TYPES.get(kind, "Class"))
    yield from _text(subject, RDFS + "label", node.get("lbl"))
    yield from _text(subject, OBO + "IAO_0000115", _object(meta.get("definition")).get("val"))
    if meta.get("deprecated") is True:
        yield from _text(subject, OWL + "deprecated", "true")
    for synonym in filter(_is, _list(meta.get("synonyms"))):
        kind = synonym.get("pred")
        if isinstance(kind, str):
            yield from _text(subject, OBO_IN_OWL + kind, synonym.get("val"))
    for reference in filter(_is, _list(meta.get("xrefs"))):
        yield from _text(subject, OBO_IN_OWL + "hasDbXref", reference.get("val"))
    for value in filter(_is, _list(meta.get("basicPropertyValues"))):
        target = value.get("val")
        if isinstance(target, str) and target.startswith(("http://", "https://")):
            yield from _link(subject, value.get("pred"), target)
        else:
            yield from _text(subject, value.get("pred"), target)


def _link(subject: object, predicate: object, value: object) -> Iterator[ox.Quad]:
    nodes = [iri(one) for one in (subject, predicate, value)]
    if nodes[0] and nodes[1] and nodes[2]:
        yield ox.Quad(nodes[0], nodes[1], nodes[2])


def _text(subject: object, predicate: object, value: object) -> Iterator[ox.Quad]:
    node, name = iri(subject), iri(predicate)
    if node and name and isinstance(value, str):
        yield ox.Quad(node, name, ox.Literal(value))


def iri(given: object) -> ox.NamedNode | None:
    """The node of an IRI or of an OBO identifier such as GO:0008150; None if it is neither."""
    if not isinstance(given, str):
        return None
    try:
        return ox.NamedNode(given if given.startswith(("http://", "https://")) else expand(given) or given)
    except ValueError:
        return None


def _is(value: object) -> bool:
    return isinstance(value, dict)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
