"""Triples as JSON-LD that people can read: short names by a context, one object a subject."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from nutrigraph.ontology.namespaces import PREFIXES, RDF, XSD

_LOCAL = re.compile(r"[\w-]+")
_Value = str | dict[str, str]


def json_ld(triples: Iterable[Triple]) -> bytes:
    """The triples with a context of the prefixes that they use; those in the same order give the same bytes."""
    used: dict[str, str] = {}
    subjects: dict[str, dict[str, list[_Value]]] = {}
    for triple in triples:
        said = subjects.setdefault(_address(triple.subject), {})
        if triple.predicate.value == RDF + "type" and isinstance(triple.object, NamedNode | BlankNode):
            said.setdefault("@type", []).append(_short(_address(triple.object), used))
        else:
            said.setdefault(_short(triple.predicate.value, used), []).append(_value(triple.object, used))
    graph = [{"@id": subject, **said} for subject, said in subjects.items()]
    document = {"@context": dict(sorted(used.items())), "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _address(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _value(term: object, used: dict[str, str]) -> _Value:
    if not isinstance(term, Literal):
        return {"@id": _address(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": _short(term.datatype.value, used)}


def _short(iri: str, used: dict[str, str]) -> str:
    """The IRI with a prefix, which is noted as used, where that leads back to it."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            used[prefix] = namespace
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
