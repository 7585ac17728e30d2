"""The one hierarchy of semantic types (types.ttl)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from nutrigraph.ontology import names
from nutrigraph.ontology.namespaces import NGO, OWL, RDF, RDFS, SKOS

THING: Final = "Thing"
"""The type at the top: everything is one."""


@dataclass(frozen=True, slots=True)
class Type:
    """One type: `name` is the local name ("AnatomicalStructure"), `words` are all that tables may call it,
    `parent` the type directly above (None at the top)."""

    name: str
    label: str
    definition: str
    parent: str | None
    words: tuple[str, ...]
    top_kind: bool


@dataclass(frozen=True, slots=True)
class TypeHierarchy:
    """All types by name. Methods take local names; one that no type has is a KeyError."""

    types: Mapping[str, Type]
    _by_word: Mapping[str, str]
    _above: Mapping[str, tuple[str, ...]]

    def ancestors(self, type: str) -> tuple[str, ...]:
        """The types above it, nearest first, without itself."""
        return self._above[type]

    def is_a(self, type: str, ancestor: str) -> bool:
        """Whether `type` is `ancestor` or stands below it."""
        return type == ancestor or ancestor in self.ancestors(type)

    def label(self, type: str) -> str:
        """What people call it: "Anatomical structure"."""
        return self.types[type].label

    def kind(self, type: str) -> str:
        """The top kind it belongs to; things of two kinds are never one thing. A type above all kinds is its own."""
        return next((name for name in (type, *self.ancestors(type)) if self.types[name].top_kind), type)

    def same_kind(self, one: str | None, other: str | None) -> bool:
        """Whether things of these types can be one thing; an unknown type (None) rules nothing out."""
        if one is None or other is None:
            return True
        return self.kind(one) == self.kind(other) or self.is_a(one, other) or self.is_a(other, one)

    def named(self, word: str) -> str | None:
        """The type that a table means by `word` ("Hormone (class)", "cell type", "AnatomicalStructure"), or None.

        Whether a concept is a class or an instance is no matter of its type.
        """
        return self._by_word.get(_plain(word))

    def near(self, word: str) -> tuple[str, ...]:
        """The labels that come closest to a word that no type has."""
        found = difflib.get_close_matches(_plain(word), self._by_word, n=3)
        return names.unique([self.label(self._by_word[name]) for name in found])


@cache
def load_types() -> TypeHierarchy:
    """The types of types.ttl."""
    data = files("nutrigraph.ontology").joinpath("types.ttl").read_bytes()
    graph = ox.Store()
    graph.load(data, format=ox.RdfFormat.TURTLE)
    classes = [quad.subject for quad in graph.quads_for_pattern(None, _node(RDF, "type"), _node(OWL, "Class"))]
    types = sorted(
        (_read(graph, node) for node in classes if isinstance(node, ox.NamedNode)), key=lambda type: type.name
    )
    by_word = {_plain(word): type.name for type in types for word in (type.name, *type.words)}
    by_name = {type.name: type for type in types}
    above = {type.name: tuple(_ancestors(type, by_name)) for type in types}
    return TypeHierarchy(by_name, by_word, above)


def _ancestors(type: Type, types: Mapping[str, Type]) -> Iterator[str]:
    parent = type.parent
    while parent is not None:
        yield parent
        parent = types[parent].parent


def _read(graph: ox.Store, node: ox.NamedNode) -> Type:
    def values(namespace: str, name: str) -> list[str]:
        found = [quad.object for quad in graph.quads_for_pattern(node, _node(namespace, name), None)]
        return sorted(term.value for term in found if isinstance(term, ox.Literal | ox.NamedNode))

    (label,) = values(RDFS, "label")
    (definition,) = values(SKOS, "definition")
    parents = values(RDFS, "subClassOf")
    return Type(
        name=node.value.removeprefix(NGO),
        label=label,
        definition=definition,
        parent=parents[0].removeprefix(NGO) if parents else None,
        words=(label, *values(SKOS, "altLabel")),
        top_kind=values(NGO, "topKind") == ["true"],
    )


def _node(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + name)


def _plain(word: str) -> str:
    """`word` without what does not tell types apart: case, spaces, "(class)"."""
    lowered = names.key(word).removesuffix("(class)").removesuffix("(instance)")
    return "".join(lowered.split())
