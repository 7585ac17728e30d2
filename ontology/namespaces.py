"""The only file that writes IRIs: prefixes, graph names, and how names become IRIs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote

NGO: Final = "https://w3id.org/nutrigraph/ontology#"
"""The ontology: types, relations, and what statements are made of."""
NG: Final = "https://w3id.org/nutrigraph/concept/"
"""The concepts of the bundled vocabulary."""
GRAPHS: Final = "https://w3id.org/nutrigraph/graph/"
DECISIONS_GRAPH: Final = GRAPHS + "decisions"
INFERRED_GRAPH: Final = GRAPHS + "inferred"
MANIFEST_GRAPH: Final = GRAPHS + "manifest"
LABELS_GRAPH: Final = GRAPHS + "labels"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SKOS_XL: Final = "http://www.w3.org/2008/05/skos-xl#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
SCHEMA: Final = "https://schema.org/"
SCHEMA_OLD: Final = "http://schema.org/"
"""How schema.org was written before; much data still has it."""
SH: Final = "http://www.w3.org/ns/shacl#"
SHAPES: Final = "https://w3id.org/nutrigraph/shapes#"
"""The shapes of shapes.ttl."""
DCTERMS: Final = "http://purl.org/dc/terms/"
OBO: Final = "http://purl.obolibrary.org/obo/"
OBO_IN_OWL: Final = "http://www.geneontology.org/formats/oboInOwl#"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
MESH: Final = "http://id.nlm.nih.gov/mesh/"
MESH_VOCABULARY: Final = "http://id.nlm.nih.gov/mesh/vocab#"
EFO: Final = "http://www.ebi.ac.uk/efo/"
BIOLINK: Final = "https://w3id.org/biolink/vocab/"

PREFIXES: Final[dict[str, str]] = {
    "ngo": NGO,
    "ng": NG,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "oa": OA,
    "schema": SCHEMA,
    "dcterms": DCTERMS,
    "obo": OBO,
    "mesh": MESH,
    "efo": EFO,
    "biolink": BIOLINK,
}

_OBO_ID = re.compile(r"([A-Za-z]+):(C?\d+)")


def slug(name: str) -> str:
    """The part of an IRI that a name gives: lower case ASCII words with hyphens.

    >>> slug("Type 2 diabetes (T2D)")
    'type-2-diabetes-t2d'

    A name without any ASCII letter or digit keeps its own letters, percent-encoded.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if words:
        return words
    own = re.sub(r"\W+", "-", unicodedata.normalize("NFC", name).casefold()).strip("-")
    return quote(own, safe="") or "unnamed"


def expand(curie: str) -> str | None:
    """The IRI of a CURIE such as `CHEBI:145810`, `MESH:D007328` or `ng:insulin`; None if the prefix is unknown.

    OBO ontologies share one pattern (https://obofoundry.org/id-policy), so any `LETTERS:DIGITS` is taken for one
    (`NCIT:C944` too); EFO has a namespace of its own.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or not local or local.startswith("//"):
        return None
    if prefix.lower() == "mesh":
        return MESH + local
    if prefix == "EFO":
        return f"{EFO}EFO_{local}"
    if prefix in PREFIXES:
        return PREFIXES[prefix] + local
    if _OBO_ID.fullmatch(curie):
        return f"{OBO}{prefix}_{local}"
    return None


def compact(iri: str) -> str:
    """The CURIE of an IRI where a prefix is known, else the IRI itself."""
    if iri.startswith(OBO) and (match := re.fullmatch(r"([A-Za-z]+)_(C?\d+)", iri[len(OBO) :])):
        return f"{match[1]}:{match[2]}"
    if iri.startswith(MESH):
        return f"MESH:{iri[len(MESH) :]}"
    if iri.startswith(EFO + "EFO_"):
        return f"EFO:{iri[len(EFO) + 4 :]}"
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w.-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
