"""OWL in functional syntax (`Ontology(… SubClassOf(ex:oats ex:cereal) …)`), in which some OBO ontologies are kept.

No library that is light reads it. What a vocabulary needs is read: declarations, annotations, hierarchies, class
expressions of restrictions, intersections and unions, and facts about individuals; other axioms are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from nutrigraph.errors import SourceError
from nutrigraph.ontology.namespaces import OWL, RDF, RDFS, XSD

START: Final = (b"Prefix(", b"Ontology(")
_TOKEN: Final = re.compile(
    r"""\s+|\#[^\n]*|(?P<mark>[()=])|<(?P<iri>[^<>"\s]*)>|"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<tag>[A-Za-z0-9-]+))?"""
    r"""|(?P<typed>\^\^)|(?P<name>[^\s()="<>\#^]+)""",
    re.DOTALL,
)
_DEEPEST: Final = 100
_DECLARED: Final = {
    "Class": OWL + "Class",
    "ObjectProperty": OWL + "ObjectProperty",
    "DataProperty": OWL + "DatatypeProperty",
    "AnnotationProperty": OWL + "AnnotationProperty",
    "NamedIndividual": OWL + "NamedIndividual",
    "Datatype": RDFS + "Datatype",
}
_RELATED: Final = {
    "SubClassOf": RDFS + "subClassOf",
    "EquivalentClasses": OWL + "equivalentClass",
    "DisjointClasses": OWL + "disjointWith",
    "SubObjectPropertyOf": RDFS + "subPropertyOf",
    "SubDataPropertyOf": RDFS + "subPropertyOf",
    "SubAnnotationPropertyOf": RDFS + "subPropertyOf",
    "InverseObjectProperties": OWL + "inverseOf",
    "ObjectPropertyDomain": RDFS + "domain",
    "ObjectPropertyRange": RDFS + "range",
    "SameIndividual": OWL + "sameAs",
}
_KINDS: Final = ("TransitiveObjectProperty", "SymmetricObjectProperty", "FunctionalObjectProperty")
_RESTRICTED: Final = {
    "ObjectSomeValuesFrom": OWL + "someValuesFrom",
    "ObjectAllValuesFrom": OWL + "allValuesFrom",
    "ObjectHasValue": OWL + "hasValue",
}
_COMBINED: Final = {"ObjectIntersectionOf": OWL + "intersectionOf", "ObjectUnionOf": OWL + "unionOf"}

_Node = ox.NamedNode | ox.BlankNode
_Part = ox.NamedNode | ox.BlankNode | ox.Literal | list["_Part"] | str


def quads(path: str, text: str) -> Iterator[ox.Quad]:
    """What an ontology in functional syntax says, as quads of the default graph; SourceError with the line."""
    return _Reader(path, text).quads()


class _Reader:
    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._place = 0
        self._prefixes = {"owl:": OWL, "rdf:": RDF, "rdfs:": RDFS, "xsd:": XSD}
        self._blank = 0
        self._found: list[ox.Quad] = []

    def quads(self) -> Iterator[ox.Quad]:
        inside = False
        while (token := self._next()) is not None:
            if token["mark"] == ")" and inside:
                inside = False
            elif token["name"] is None:
                if not (inside and token["iri"] is not None):  # the ontology's own IRI
                    raise self._error("here an axiom should begin")
            elif token["name"] == "Ontology" and not inside:
                self._expect("(")
                inside = True
            else:
                self._expect("(")
                parts = self._arguments()
                if token["name"] == "Prefix":
                    self._prefix(parts)
                else:
                    self._axiom(token["name"], [part for part in parts if not _is_annotation(part)])
                    yield from self._found
                    self._found.clear()
        if inside:
            raise self._error("it ends in the middle of the ontology")

    # Reading

    def _next(self) -> re.Match[str] | None:
        while self._place < len(self._text):
            token = _TOKEN.match(self._text, self._place)
            if token is None:
                raise self._error(f"{self._text[self._place]!r} is not understood")
            self._place = token.end()
            if token.lastgroup is not None:
                return token
        return None

    def _expect(self, mark: str) -> None:
        token = self._next()
        if token is None or token["mark"] != mark:
            raise self._error(f'here "{mark}" should stand')

    def _arguments(self) -> list[_Part]:
        """What stands up to the bracket that closes the one just read."""
        outer: list[_Part] = []
        open_lists = [outer]
        while open_lists:
            token = self._next()
            current = open_lists[-1]
            if token is None:
                raise self._error("it ends in the middle of an axiom")
            if token["mark"] == ")":
                open_lists.pop()
            elif token["mark"] == "(":
                if len(open_lists) > _DEEPEST or not current or not isinstance(current[-1], str):
                    raise self._error("this bracket opens nothing that is understood")
                inner: list[_Part] = [current[-1]]
                current[-1] = inner
                open_lists.append(inner)
            else:
                current.append(self._part(token))
        return outer

    def _part(self, token: re.Match[str]) -> _Part:
        if token["iri"] is not None:
            return self._iri(token["iri"])
        if token["text"] is not None:
            return self._literal(re.sub(r"\\(.)", r"\1", token["text"], flags=re.DOTALL), token["tag"])
        name = token["name"]
        if name is None or ":" not in name:
            return name or token[0]
        if name.startswith("_:"):
            return ox.BlankNode(re.sub(r"\W", "_", name[2:]) or "b")
        prefix, _, local = name.partition(":")
        if f"{prefix}:" not in self._prefixes:
            return name  # in Prefix(name:=<…>)
        return self._iri(self._prefixes[f"{prefix}:"] + local)

    def _literal(self, value: str, tag: str | None) -> ox.Literal:
        if tag is not None:
            try:
                return ox.Literal(value, language=tag)
            except ValueError:
                raise self._error(f"{tag!r} is no language") from None
        place = self._place
        token = self._next()
        if token is None or token["typed"] is None:
            self._place = place
            return ox.Literal(value)
        datatype = self._next()
        node = self._part(datatype) if datatype is not None else None
        if not isinstance(node, ox.NamedNode):
            raise self._error("behind ^^ a datatype should stand")
        return ox.Literal(value, datatype=node)

    def _iri(self, iri: str) -> ox.NamedNode:
        try:
            return ox.NamedNode(iri)
        except ValueError:
            raise self._error(f"<{iri[:100]}> is no IRI") from None

    def _error(self, problem: str) -> SourceError:
        line = self._text.count("\n", 0, self._place) + 1
        return SourceError(self._path, f"this is not valid OWL in functional syntax: {problem}", line=line)

    # Meaning

    def _prefix(self, parts: list[_Part]) -> None:
        names = [part for part in parts if isinstance(part, str) and part != "="]
        if len(names) == 1 and isinstance(parts[-1], ox.NamedNode):
            self._prefixes[names[0]] = parts[-1].value
        elif len(parts) != 3 or not isinstance(parts[-1], ox.NamedNode):
            raise self._error("a prefix is written Prefix(name:=<IRI>)")

    def _axiom(self, name: str, parts: list[_Part]) -> None:
        nodes = [node for part in parts if (node := self._node(part)) is not None]
        if name == "Declaration" and len(parts) == 1 and isinstance(parts[0], list) and len(parts[0]) == 2:
            kind, declared = parts[0]
            if isinstance(declared, ox.NamedNode) and isinstance(kind, str) and kind in _DECLARED:
                self._say(declared, RDF + "type", ox.NamedNode(_DECLARED[kind]))
        elif len(nodes) != len(parts):
            self._found.clear()  # an expression that is not read: half of an axiom is none
        elif name in ("AnnotationAssertion", "ObjectPropertyAssertion", "DataPropertyAssertion") and len(nodes) == 3:
            if isinstance(nodes[0], ox.NamedNode):
                self._say(nodes[1], nodes[0].value, nodes[2])
        elif name == "ClassAssertion" and len(nodes) == 2:
            self._say(nodes[1], RDF + "type", nodes[0])
        elif name in _RELATED and len(nodes) > 1:
            for other in nodes[1:]:
                self._say(nodes[0], _RELATED[name], other)
        elif name in _KINDS and len(nodes) == 1:
            self._say(nodes[0], RDF + "type", ox.NamedNode(OWL + name.replace("Object", "")))

    def _node(self, part: _Part) -> _Node | ox.Literal | None:
        """The node of a name, a text, or a class expression, whose triples are said."""
        if not isinstance(part, list):
            return None if isinstance(part, str) else part
        kind, arguments = part[0], [self._node(one) for one in part[1:]]
        if not isinstance(kind, str) or not arguments or None in arguments:
            return None
        if kind in _RESTRICTED and len(arguments) == 2:
            node = self._new(OWL + "Restriction")
            self._say(node, OWL + "onProperty", arguments[0])
            self._say(node, _RESTRICTED[kind], arguments[1])
            return node
        if kind in _COMBINED:
            node = self._new(OWL + "Class")
            rest: _Node = ox.NamedNode(RDF + "nil")
            for argument in reversed(arguments):
                cell = self._new(None)
                self._say(cell, RDF + "first", argument)
                self._say(cell, RDF + "rest", rest)
                rest = cell
            self._say(node, _COMBINED[kind], rest)
            return node
        return None

    def _new(self, kind: str | None) -> ox.BlankNode:
        self._blank += 1
        node = ox.BlankNode(f"owl{self._blank}")
        if kind is not None:
            self._say(node, RDF + "type", ox.NamedNode(kind))
        return node

    def _say(self, subject: object, predicate: str, value: object) -> None:
        if isinstance(subject, _Node) and isinstance(value, _Node | ox.Literal):
            self._found.append(ox.Quad(subject, ox.NamedNode(predicate), value))


def _is_annotation(part: _Part) -> bool:
    return isinstance(part, list) and part[0] == "Annotation"
