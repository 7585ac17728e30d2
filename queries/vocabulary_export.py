"""The concepts of a graph for other programs: SKOS, schema.org, SSSOM and a table; each can be loaded again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.mappings import mappings_in, mappings_of, write_sssom
from nutrigraph.ontology.namespaces import NGO, RDF, SKOS, compact
from nutrigraph.ontology.rdf_terms import concepts as read_concepts
from nutrigraph.ontology.relations import load_relations
from nutrigraph.ontology.skos import concept_triples
from nutrigraph.queries.skos_json import json_ld
from nutrigraph.store import Store

BETWEEN: Final = "|"
"""What stands between the values of a cell; within a value it becomes a broken bar."""
_TYPE: Final = NamedNode(RDF + "type")
_STATED: Final = f"""SELECT DISTINCT ?s ?p ?o WHERE {{
  GRAPH ?page {{ ?x <{RDF}subject> ?s ; <{RDF}predicate> ?p ; <{RDF}object> ?o ; <{NGO}modality> <{NGO}asserted> }}
}}"""
_COLUMNS: Final = (
    *("id", "label", "alt_labels", "hidden_labels", "semantic_type", "definition"),
    *("broader", "exact_match", "close_match"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a vocabulary is called: `scheme` is its IRI, `language` that of labels without another tag."""

    scheme: str
    title: str
    language: str = "en"


def export_vocabulary(store: Store, format: str, heading: Heading) -> bytes:
    """The vocabulary of a graph in one of VOCABULARY_FORMATS; equal graphs give equal bytes.

    SKOS and JSON-LD keep every language; the others have the names in the language of `heading`, and only exact and
    close matches, hierarchy and one semantic type of what is no label. What pages state is not part of it.
    """
    return VOCABULARY_FORMATS[format](sorted(_vocabulary(store), key=str), heading)


def _vocabulary(store: Store) -> Iterator[Triple]:
    """The triples of all vocabularies: the default graph without the ontology itself and without facts."""
    stated = set(store.rows(_STATED))
    relations = {relation.iri for relation in load_relations().values()}
    for quad in store.quads(graph=DefaultGraph()):
        subject = quad.subject
        if isinstance(subject, NamedNode) and (subject.value.startswith(NGO) or subject.value == NGO.rstrip("#")):
            continue
        if quad.predicate.value in relations and (_value(subject), quad.predicate.value, _value(quad.object)) in stated:
            continue
        yield quad.triple


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _skos(triples: Sequence[Triple], heading: Heading) -> bytes:
    return Store.memory(_as_skos(triples, heading)).dump("turtle")


def _skos_jsonld(triples: Sequence[Triple], heading: Heading) -> bytes:
    return json_ld(quad.triple for quad in _as_skos(triples, heading))


def _as_skos(triples: Sequence[Triple], heading: Heading) -> Iterator[Quad]:
    """Schemes and SKOS concepts as they are, with the blank nodes that they lead to; classes as SKOS concepts."""
    schemes = {SKOS + "ConceptScheme", SKOS + "Concept"}
    named = {triple.subject for triple in triples if triple.predicate.value == SKOS + "prefLabel"}
    kept: set[object] = {
        triple.subject
        for triple in triples
        if triple.predicate == _TYPE
        and _value(triple.object) in schemes
        and (triple.subject in named or _value(triple.object) != SKOS + "Concept")
    }
    reached = True
    while reached:
        parts = {t.object for t in triples if t.subject in kept and isinstance(t.object, BlankNode)}
        reached = not parts <= kept
        kept |= parts
    for triple in triples:
        if triple.subject in kept:
            yield Quad(*triple)
    others = (concept for concept in _concepts(triples, heading) if NamedNode(concept.iri) not in kept)
    for triple in concept_triples(others, heading.scheme, heading.language):
        if triple.predicate.value != SKOS + "inScheme":
            yield Quad(*triple)


def _concepts(triples: Iterable[Triple], heading: Heading) -> list[Concept]:
    found = read_concepts(triples, source="", language=heading.language)
    return sorted(found, key=lambda concept: concept.iri)


def _defined_terms(triples: Sequence[Triple], heading: Heading) -> bytes:
    """schema.org has no word for hierarchy, hidden names and close matches: those are SKOS in the same document."""
    terms = [_defined_term(concept, heading) for concept in _concepts(triples, heading)]
    document = {
        "@context": ["https://schema.org", {"@language": heading.language, "ngo": NGO, "skos": SKOS}],
        "@type": "DefinedTermSet",
        "@id": heading.scheme,
        "name": heading.title,
        "inLanguage": heading.language,
        "hasDefinedTerm": terms,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _defined_term(concept: Concept, heading: Heading) -> dict[str, object]:
    term: dict[str, object] = {
        "@type": ["DefinedTerm", f"ngo:{concept.type}"] if concept.type else "DefinedTerm",
        "@id": concept.iri,
        "termCode": compact(concept.iri),
        "name": concept.label,
        "alternateName": sorted(concept.alt_labels),
        "description": concept.definition,
        "inDefinedTermSet": heading.scheme,
        "sameAs": sorted(concept.exact_matches),
        "skos:hiddenLabel": sorted(concept.hidden_labels),
        "skos:broader": [{"@id": iri} for iri in sorted(concept.broader)],
        "skos:closeMatch": [{"@id": iri} for iri in sorted(concept.close_matches)],
    }
    return {key: value for key, value in term.items() if value}


def _sssom(triples: Sequence[Triple], heading: Heading) -> bytes:
    concepts = _concepts(triples, heading)
    labels = {concept.iri: concept.label for concept in concepts}
    stated = mappings_in(triples, labels)
    known = {(row.subject, row.predicate, row.object) for row in stated}
    read = (row for row in mappings_of(concepts) if (row.subject, row.predicate, row.object) not in known)
    metadata = {
        "mapping_set_id": f"{heading.scheme}mappings",
        "mapping_set_title": json.dumps(heading.title, ensure_ascii=False),
        "license": "https://w3id.org/sssom/license/unspecified",
    }
    return write_sssom(sorted([*stated, *read]), metadata)


def _table(triples: Sequence[Triple], heading: Heading) -> bytes:
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for concept in _concepts(triples, heading):
        cells = (
            concept.iri,
            concept.label,
            _several(concept.alt_labels),
            _several(concept.hidden_labels),
            concept.type or "",
            concept.definition or "",
            _several(concept.broader),
            _several(concept.exact_matches),
            _several(concept.close_matches),
        )
        table.writerow(map(_cell, cells))
    return written.getvalue().encode("utf-8", "replace")


def _several(values: Iterable[str]) -> str:
    return BETWEEN.join(value.replace(BETWEEN, "¦") for value in sorted(values))


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; reading a table takes the apostrophe away again."""
    return "'" + text if text.lstrip("'").startswith(("=", "+", "-", "@")) else text


VOCABULARY_FORMATS: Final[dict[str, Callable[[Sequence[Triple], Heading], bytes]]] = {
    "skos": _skos,
    "skos-jsonld": _skos_jsonld,
    "definedterms": _defined_terms,
    "sssom": _sssom,
    "terms-csv": _table,
}
"""SKOS in Turtle and in JSON-LD, schema.org's DefinedTermSet, mappings in SSSOM, and the table of terms."""
