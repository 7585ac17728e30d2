"""A small graph in the shape that a build writes: two pages with what they state, and a vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pyoxigraph import RdfFormat

from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
PREFIXES = """
@prefix ng: <https://w3id.org/nutrigraph/concept/> .
@prefix ngo: <https://w3id.org/nutrigraph/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix schema: <https://schema.org/> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix mesh: <http://id.nlm.nih.gov/mesh/> .
@prefix own: <https://www.example.org/glossary/concept/> .
"""

VOCABULARY = """
ng:hormone a skos:Concept, ngo:Hormone ; skos:prefLabel "Hormone"@en .
ng:insulin a skos:Concept, ngo:Hormone ; skos:prefLabel "Insulin"@en, "Insuline"@fr ; skos:altLabel "human insulin"@en ;
  skos:definition "Hormone of the pancreas."@en ; skos:broader ng:hormone ;
  skos:exactMatch obo:CHEBI_145810, mesh:D007328 .
ng:glucagon a skos:Concept, ngo:Hormone ; skos:prefLabel "Glucagon"@en ; skos:broader ng:hormone .
ng:leptin a skos:Concept, ngo:Hormone ; skos:prefLabel "Leptin"@en ; skos:broader ng:hormone .
ng:pancreas a skos:Concept, ngo:Organ ; skos:prefLabel "Pancreas"@en .
ng:beta-cell a skos:Concept, ngo:CellType ; skos:prefLabel "Beta cell"@en .
ng:cell a skos:Concept, ngo:CellType ; skos:prefLabel "Cell"@en .
ng:fat-cell a skos:Concept, ngo:CellType ; skos:prefLabel "Fat cell"@en ; skos:broader ng:cell .
ng:glucose-uptake a skos:Concept ; skos:prefLabel "Glucose uptake"@en .
ng:insulin-resistance a skos:Concept ; skos:prefLabel "Insulin resistance"@en .
ng:hyperinsulinemia a skos:Concept ; skos:prefLabel "Hyperinsulinemia"@en .
ng:type-2-diabetes a skos:Concept ; skos:prefLabel "Type 2 diabetes"@en .
ng:insulin-pump a skos:Concept ; skos:prefLabel "Insulin pump"@en .
ng:csii-therapy a skos:Concept ; skos:prefLabel "Pump therapy"@en .
ng:zinc a skos:Concept ; skos:prefLabel "Zinc"@en .
own:pump a skos:Concept ; skos:prefLabel "Pump"@en ; skos:exactMatch ng:insulin-pump .
"""


@dataclass(frozen=True)
class Claim:
    """A statement to write: the ends as (local name, words in the sentence or None)."""

    id: str
    subject: tuple[str, str | None]
    predicate: str
    object: tuple[str, str | None]
    sentence: str
    modality: str = "asserted"
    confidence: str = "0.9"
    more: str = ""


INSULIN = (
    Claim("a1", ("ng:pancreas", "pancreas"), "produces", ("ng:insulin", "Insulin"), "Insulin is made by the pancreas."),
    Claim("a2", ("ng:beta-cell", "beta cells"), "produces", ("ng:insulin", "insulin"), "The beta cells make insulin."),
    Claim("a3", ("ng:insulin", "It"), "is_a", ("ng:hormone", "hormone"), "It is a hormone.",
          more='; ngo:resolved "subject"'),
    Claim("a4", ("ng:insulin", "Insulin"), "increases", ("ng:glucose-uptake", "take up glucose"),
          "Insulin helps cells take up glucose."),
    Claim("a5", ("ng:insulin", "Insulin"), "affects", ("ng:cell", "cells"), "Insulin helps cells take up glucose."),
)  # fmt: skip
RESISTANCE = (
    Claim("b1", ("ng:insulin-resistance", "Insulin resistance"), "decreases", ("ng:glucose-uptake", "uptake"),
          "Insulin resistance lowers the uptake of glucose."),
    Claim("b2", ("ng:insulin-resistance", "insulin resistance"), "causes", ("ng:type-2-diabetes", "Type 2 diabetes"),
          "Type 2 diabetes comes from insulin resistance."),
    Claim("b3", ("ng:insulin-resistance", None), "causes", ("ng:hyperinsulinemia", "hyperinsulinemia"),
          "This may lead to hyperinsulinemia.", "hedged", "0.7"),
    Claim("b4", ("ng:insulin-resistance", "It"), "affects", ("ng:cell", "cells"), "It acts on cells."),
    Claim("b5", ("ng:insulin-pump", "pump"), "same_as", ("ng:csii-therapy", "pump therapy"),
          "The pump is also called pump therapy.", more='; ngo:flag "different kinds called the same"'),
    Claim("b6", ("ng:zinc", "Zinc"), "prevents", ("ng:type-2-diabetes", "type 2 diabetes"),
          "Zinc does not prevent type 2 diabetes.", "negated"),
    Claim("b7", ("ng:insulin", "insulin"), "transports", ("own:sugar-lumps", "sugar lumps"),
          "So insulin carries sugar lumps.",
          more='; ngo:from ng:pancreas ; ngo:to ng:cell, ng:fat-cell '
               '; ngo:rawQuote "So <b>insulin</b> carries sugar&nbsp;lumps."'),
    Claim("b8", ("ng:pancreas", "pancreas"), "produces", ("ng:insulin", "insulin"), "The pancreas makes insulin."),
)  # fmt: skip
DECISIONS = f"""
GRAPH <https://w3id.org/nutrigraph/graph/decisions> {{
  <{SITE}resistance#statement-b5> ngo:status ngo:held .
  <{SITE}insulin#statement-a2> ngo:decision "accept" ; ngo:decidedBy "Ann" ;
    ngo:decidedOn "2024-06-01" ; ngo:note "yes" .
  <{SITE}insulin#statement-a5> ngo:status ngo:rejected ; ngo:decision "reject" ; ngo:decidedBy "Ann" .
}}"""
FACTS = """
ng:pancreas ngo:produces ng:insulin . ng:beta-cell ngo:produces ng:insulin . ng:insulin ngo:is_a ng:hormone .
ng:insulin ngo:increases ng:glucose-uptake . ng:insulin-resistance ngo:decreases ng:glucose-uptake ;
  ngo:causes ng:type-2-diabetes ; ngo:affects ng:cell .
"""


def page(name: str, metadata: str, claims: tuple[Claim, ...], more: str = "") -> str:
    """One page's graph: each sentence stands where the one before ends, one space apart."""
    iri, place, written, at = f"<{SITE}{name}>", dict[str, int](), list[str](), 0
    for claim in claims:
        if claim.sentence not in place:
            place[claim.sentence] = at
            at += len(claim.sentence) + 1
        start = place[claim.sentence]
        raw = claim.more.partition('ngo:rawQuote "')[2].rstrip('"') or claim.sentence
        spans = ""
        for role, (_, words) in (("subject", claim.subject), ("object", claim.object)):
            if words is not None and words in raw:
                spans += f'; ngo:{role}Span "{raw.index(words)}-{raw.index(words) + len(words)}" '
        written.append(
            f"<{SITE}{name}#statement-{claim.id}> a ngo:Statement ; rdf:subject {claim.subject[0]} ; "
            f"rdf:predicate ngo:{claim.predicate} ; rdf:object {claim.object[0]} ; ngo:modality ngo:{claim.modality} ; "
            f'ngo:confidence "{claim.confidence}"^^xsd:decimal ; prov:wasDerivedFrom {iri} ; '
            f'oa:exact "{claim.sentence}" ; oa:start {start} ; oa:end {start + len(raw)} {spans}{claim.more} .'
        )
    about = f'{iri} a schema:MedicalWebPage, ngo:Page ; ngo:path "pages/{name}.txt" ; {metadata} .'
    return f"GRAPH {iri} {{\n{about}\n" + "\n".join(written) + f"\n{more}\n}}\n"


REVIEWED = (
    'schema:about ng:insulin ; schema:lastReviewed "2024-05-01"^^xsd:date ; '
    'schema:dateModified "2024-09-09"^^xsd:date ; '
    f"schema:reviewedBy <{SITE}insulin#reviewer>"
)
REVIEWER = f'<{SITE}insulin#reviewer> a schema:Person ; schema:name "Kim Roe" ; schema:honorificSuffix "RD", "Ph.D." .'
CANDIDATE = 'own:sugar-lumps a ngo:CandidateTerm ; skos:prefLabel "sugar lumps" .'


def graph(*parts: str) -> Store:
    """A store in memory with some TriG, prefixes given."""
    store = Store.memory()
    store.raw.load((PREFIXES + "\n".join(parts)).encode(), format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def graph_of() -> Callable[..., Store]:
    """A function that makes a graph of TriG."""
    return graph


@pytest.fixture(scope="session")
def glossary() -> Store:
    """The whole small graph, not to be changed."""
    insulin = page("insulin", REVIEWED, INSULIN, REVIEWER)
    resistance = page("resistance", 'schema:dateModified "2023-02-02"', RESISTANCE, CANDIDATE)
    return graph(VOCABULARY, FACTS, insulin, resistance, DECISIONS)
