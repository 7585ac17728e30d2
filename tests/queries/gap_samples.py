"""Pages and their graphs for the tests of gaps."""

from __future__ import annotations

from nutrigraph.graph_builder.statement import Mention
from nutrigraph.page_cache import PageRecord

SITE = "https://www.example.org/glossary/"
NAMES = """ng:insulin skos:prefLabel "Insulin" . ng:glucose skos:prefLabel "Glucose" ; skos:altLabel "dextrose" .
ng:blood skos:prefLabel "Blood" ; skos:exactMatch obo:UBERON_1 . own:blood skos:exactMatch obo:UBERON_1 ."""


def page(name: str, about: str | None, *concepts: str) -> PageRecord:
    """A page about a concept that names others."""
    mentions = tuple(Mention(n * 10, n * 10 + 5, "words", "words", concept) for n, concept in enumerate(concepts))
    return PageRecord(f"pages/{name}.md", SITE + name, name, "glossary", about, mentions, ())


def quads(name: str, about: str, *claims: str, more: str = "") -> str:
    """The graph of a page; a claim is "ng:a ngo:affects ng:b" and what else the statement has."""
    lines = [f'<{SITE}{name}> ngo:path "pages/{name}.md" ; schema:about {about} {more} .']
    for number, claim in enumerate(claims):
        subject, relation, object_, *rest = claim.split(" ", 3)
        modality = "" if "ngo:modality" in claim else "ngo:modality ngo:asserted ;"
        lines.append(
            f"<{SITE}{name}#statement-{number}> a ngo:Statement ; rdf:subject {subject} ; rdf:predicate {relation} ; "
            f"rdf:object {object_} ; {modality} prov:wasDerivedFrom <{SITE}{name}> ; "
            f'ngo:confidence "0.9"^^xsd:decimal ; oa:exact "Sentence {number}." ; oa:start {number} ; oa:end 11 '
            f"{''.join(rest)} ."
        )
    return f"GRAPH <{SITE}{name}> {{ {' '.join(lines)} }}"


def decided(name: str, number: int, *values: str) -> str:
    """What the decisions' graph says of a statement."""
    triples = " ; ".join(values)
    return f"GRAPH <https://w3id.org/nutrigraph/graph/decisions> {{ <{SITE}{name}#statement-{number}> {triples} }}"
