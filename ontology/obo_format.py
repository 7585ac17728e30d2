"""OBO format: the text format of OBO ontologies, read with fastobo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

import pyoxigraph as ox

from nutrigraph.errors import SourceError
from nutrigraph.ontology.namespaces import OBO, OBO_IN_OWL, OWL, RDF, RDFS
from nutrigraph.ontology.obo_graphs import iri
from nutrigraph.ontology.unpacking import Content, Tell, opened, text

_SYNONYMS: Final = {
    "EXACT": "hasExactSynonym",
    "RELATED": "hasRelatedSynonym",
    "NARROW": "hasNarrowSynonym",
    "BROAD": "hasBroadSynonym",
}
_LINKS: Final = {"is_a": RDFS + "subClassOf", "equivalent_to": OWL + "equivalentClass"}
_TEXTS: Final = {"alt_id": "hasAlternativeId", "namespace": "hasOBONamespace", "consider": "consider"}


def quads(path: str, content: Content, tell: Tell | None = None) -> Iterator[ox.Quad]:
    """What an OBO file says as quads of the default graph, in the terms of its translation to OWL.

    `relationship` lines give plain relations. SourceError with the line if it is not OBO format.
    """
    fastobo: Any = import_module("fastobo")  # a compiled module without types
    with opened(path, content, tell) as file:
        try:
            frames = fastobo.iter(file, ordered=True, threads=1)
            relations: dict[str, str] = {}
            late: list[tuple[ox.NamedNode, str, str]] = []
            for frame in frames:
                if isinstance(frame, fastobo.typedef.TypedefFrame):
                    relations[str(frame.id)] = _relation(frame)
                yield from _frame(frame, late)
        except SyntaxError as error:
            raise SourceError(path, f"this is not valid OBO format: {error.msg}", line=error.lineno) from None
        except SourceError:
            raise
        except (OSError, TypeError, ValueError) as error:
            text(path, content)  # says where, if it is not UTF-8 or the compressed file is damaged
            raise SourceError(path, f"it cannot be read as OBO format: {error}") from None
    for subject, name, value in late:
        predicate, target = iri(relations.get(name) or name) or ox.NamedNode(_local(name)), iri(value)
        if target is not None:
            yield ox.Quad(subject, predicate, target)


def _frame(frame: Any, late: list[tuple[ox.NamedNode, str, str]]) -> Iterator[ox.Quad]:
    """One term or relation; `relationship` lines wait in `late` until all relations are known."""
    kind = {"TermFrame": "Class", "TypedefFrame": "ObjectProperty"}.get(type(frame).__name__, "NamedIndividual")
    given = _relation(frame) if kind == "ObjectProperty" else str(frame.id)
    subject = iri(given) or ox.NamedNode(_local(given))
    yield ox.Quad(subject, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + kind))
    for clause in frame:
        tag = clause.raw_tag()
        if tag == "relationship":
            late.append((subject, str(clause.typedef), str(clause.term)))
        elif tag in _LINKS or tag == "replaced_by":
            target = iri(str(clause.term)) if kind == "Class" else None
            predicate = _LINKS.get(tag, OBO + "IAO_0100001")
            if target is not None:
                yield ox.Quad(subject, ox.NamedNode(predicate), target)
        elif tag == "property_value":
            yield from _property_value(subject, clause.property_value)
        else:
            for predicate, said in _texts(tag, clause):
                yield ox.Quad(subject, ox.NamedNode(predicate), ox.Literal(said))


def _texts(tag: str, clause: Any) -> Iterator[tuple[str, str]]:
    if tag == "name":
        yield RDFS + "label", clause.name
    elif tag == "def":
        yield OBO + "IAO_0000115", str(clause.definition)
    elif tag == "synonym":
        yield OBO_IN_OWL + _SYNONYMS.get(clause.synonym.scope, "hasRelatedSynonym"), clause.synonym.desc
    elif tag == "is_obsolete":
        yield OWL + "deprecated", "true" if clause.obsolete else "false"
    elif tag == "xref":
        yield OBO_IN_OWL + "hasDbXref", str(clause.xref.id)
    elif tag == "comment":
        yield RDFS + "comment", clause.raw_value()
    elif tag in _TEXTS:
        yield OBO_IN_OWL + _TEXTS[tag], clause.raw_value()


def _property_value(subject: ox.NamedNode, pair: Any) -> Iterator[ox.Quad]:
    predicate, value = iri(str(pair.relation)) or ox.NamedNode(_local(str(pair.relation))), pair.value
    target = iri(str(value)) if not isinstance(value, str) else None
    yield ox.Quad(subject, predicate, target if target is not None else ox.Literal(str(value)))


def _relation(frame: Any) -> str:
    """The identifier of a relation: many write a short name and give the real one as an xref (part_of: BFO:0000050)."""
    for clause in frame:
        if clause.raw_tag() == "xref" and re.fullmatch(r"(RO|BFO|OBI|UBERON|CL|GO):\d+", str(clause.xref.id)):
            return str(clause.xref.id)
    return str(frame.id)


def _local(name: str) -> str:
    """The IRI of a name that has no prefix."""
    return f"{OBO}obo#{re.sub(r'[^A-Za-z0-9_.-]', '_', name)}"
