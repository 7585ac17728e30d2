"""The relations that a page can state (relations.ttl)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from nutrigraph.ontology.namespaces import NGO, OWL, RDF, RDFS, SKOS


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: `name` is spelled as in data ("risk_factor_for").

    `label` and `inverse_label` stand between two names. `domain` and `range` are names of types, one of which the
    subject or object has; empty means any. `same_kind`: both ends are of one top kind. `opposites` are
    names of relations that cannot hold of the same two things at once. `close_matches` are IRIs of
    the closest terms elsewhere, `inverse_close_matches` of those with the ends exchanged. `phrases` are the wordings
    that express it in text, sorted.
    """

    name: str
    iri: str
    label: str
    inverse_label: str
    definition: str
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    same_kind: bool = False
    opposites: tuple[str, ...] = ()
    symmetric: bool = False
    transitive: bool = False
    close_matches: tuple[str, ...] = ()
    inverse_close_matches: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@cache
def load_relations() -> dict[str, Relation]:
    """The relations of relations.ttl by name, in alphabetical order. Shared: not to be changed."""
    data = files("nutrigraph.ontology").joinpath("relations.ttl").read_bytes()
    said: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in ox.parse(data, format=ox.RdfFormat.TURTLE):
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            said[triple.subject.value][triple.predicate.value].add(triple.object.value)
    for iri in list(said):
        for other in said[iri][NGO + "oppositeOf"]:
            said[other][NGO + "oppositeOf"].add(iri)
    relations = (_read(iri, values) for iri, values in said.items() if OWL + "ObjectProperty" in values[RDF + "type"])
    return {relation.name: relation for relation in sorted(relations, key=lambda relation: relation.name)}


def _read(iri: str, values: defaultdict[str, set[str]]) -> Relation:
    def names(predicate: str) -> tuple[str, ...]:
        return tuple(sorted(type.removeprefix(NGO) for type in values[predicate]))

    (label,) = values[RDFS + "label"]
    (inverse_label,) = values[NGO + "inverseLabel"]
    (definition,) = values[SKOS + "definition"]
    return Relation(
        name=iri.removeprefix(NGO),
        iri=iri,
        label=label,
        inverse_label=inverse_label,
        definition=definition,
        domain=names(NGO + "domain"),
        range=names(NGO + "range"),
        same_kind="true" in values[NGO + "sameKind"],
        opposites=names(NGO + "oppositeOf"),
        symmetric=OWL + "SymmetricProperty" in values[RDF + "type"],
        transitive=OWL + "TransitiveProperty" in values[RDF + "type"],
        close_matches=tuple(sorted(values[SKOS + "closeMatch"])),
        inverse_close_matches=tuple(sorted(values[NGO + "inverseCloseMatch"])),
        phrases=tuple(sorted(values[NGO + "phrase"])),
    )
