"""OWL's existential restrictions as plain relations: "every wheat flour has some part that is starch" becomes
`wheat flour — has part → starch`, beside the restriction itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from nutrigraph.ontology.namespaces import OWL, RDFS

_ABOVE: Final = ox.NamedNode(RDFS + "subClassOf")
_PROPERTY: Final = ox.NamedNode(OWL + "onProperty")
_SOME: Final = ox.NamedNode(OWL + "someValuesFrom")


def with_plain(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, and at their end the plain relation of each `subClassOf [onProperty P; someValuesFrom C]`."""
    holders: list[tuple[ox.NamedNode, ox.BlankNode]] = []
    properties: dict[ox.BlankNode, ox.NamedNode] = {}
    values: dict[ox.BlankNode, ox.NamedNode] = {}
    for quad in quads:
        yield quad
        subject, value = quad.subject, quad.object
        if isinstance(value, ox.BlankNode):
            if isinstance(subject, ox.NamedNode) and quad.predicate == _ABOVE:
                holders.append((subject, value))
        elif isinstance(subject, ox.BlankNode) and isinstance(value, ox.NamedNode):
            if quad.predicate == _PROPERTY:
                properties[subject] = value
            elif quad.predicate == _SOME:
                values[subject] = value
    for holder, restriction in holders:
        if restriction in properties and restriction in values:
            yield ox.Quad(holder, properties[restriction], values[restriction])
