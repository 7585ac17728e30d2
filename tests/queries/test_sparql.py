"""Every query of the catalogue says the same on Oxigraph and on plain rdflib, and says what it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from nutrigraph.ontology.namespaces import (
    DCTERMS,
    DECISIONS_GRAPH,
    NG,
    NGO,
    OA,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
)

SITE = "https://www.example.org/glossary/"
TYPES = {"insulin": "Hormone", "insulin-pump": "Device", "metformin": "Drug", "physician": "PersonRole"}
LABELS = {
    "insulin": "Insulin",
    "hormone": "Hormone",
    "beta-cell": "Beta cell",
    "pancreas": "Pancreas",
    "glucose": "Glucose",
    "blood": "Blood",
    "muscle-tissue": "Muscle tissue",
    "elevated-blood-glucose": "Elevated blood glucose",
    "insulin-secretion": "Insulin secretion",
    "insulin-resistance": "Insulin resistance",
    "blood-glucose-level": "Blood glucose level",
    "glucagon": "Glucagon",
    "meal": "Meal",
    "fpg-test": "Fasting plasma glucose test",
    "physician": "Physician",
    "age": "Age",
    "obesity": "Obesity",
    "modifiable-risk-factor": "Modifiable risk factor",
    "non-modifiable-risk-factor": "Non-modifiable risk factor",
    "type-2-diabetes": "Type 2 diabetes",
    "hyperinsulinemia": "Hyperinsulinemia",
    "insulin-pump": "Insulin pump",
    "metformin": "Metformin",
    "glycemic-index": "Glycemic index",
    "dietary-fiber": "Dietary fiber",
    "oats": "Oats",
    "energy-metabolism": "Energy metabolism",
}
# page, subject, relation, object, sentence; then, where it applies: modality, status, flag, from/to
STATEMENTS: list[tuple[str, str, str, str, str] | tuple[str, str, str, str, str, Mapping[str, str]]] = [
    ("insulin", "insulin", "is_a", "hormone", "Insulin is a hormone."),
    ("insulin", "beta-cell", "produces", "insulin", "Beta cells in the pancreas make insulin."),
    ("insulin", "beta-cell", "part_of", "pancreas", "Beta cells in the pancreas make insulin."),
    ("glucose", "beta-cell", "produces", "insulin", "Insulin comes from beta cells."),
    ("insulin", "elevated-blood-glucose", "increases", "insulin-secretion", "High blood glucose brings insulin out."),
    ("insulin", "insulin", "affects", "muscle-tissue", "Insulin acts on muscle."),
    ("insulin", "insulin", "involved_in", "energy-metabolism", "Insulin takes part in energy metabolism."),
    ("insulin", "insulin", "decreases", "blood-glucose-level", "Insulin lowers blood glucose."),
    ("glucose", "meal", "increases", "blood-glucose-level", "A meal raises blood glucose."),
    ("glucose", "insulin", "increases", "blood-glucose-level", "Insulin raises blood glucose."),
    (
        "insulin",
        "insulin",
        "transports",
        "glucose",
        "Insulin moves glucose from blood into muscle.",
        {"from": "blood", "to": "muscle-tissue", "flag": "simplified"},
    ),
    ("resistance", "fpg-test", "diagnoses", "insulin-resistance", "A fasting test or a physician finds it."),
    ("resistance", "physician", "diagnoses", "insulin-resistance", "A fasting test or a physician finds it."),
    ("resistance", "age", "risk_factor_for", "insulin-resistance", "Age adds to the risk."),
    ("resistance", "obesity", "risk_factor_for", "insulin-resistance", "Obesity adds to the risk."),
    ("resistance", "age", "has_role", "non-modifiable-risk-factor", "Nobody can change their age."),
    ("resistance", "obesity", "has_role", "modifiable-risk-factor", "Obesity can be changed."),
    ("resistance", "insulin-resistance", "causes", "hyperinsulinemia", "It may cause more.", {"modality": "hedged"}),
    ("resistance", "insulin-resistance", "causes", "type-2-diabetes", "It causes type 2 diabetes."),
    ("glucose", "insulin-resistance", "causes", "type-2-diabetes", "It may cause type 2.", {"modality": "hedged"}),
    ("insulin", "insulin-resistance", "causes", "type-2-diabetes", "It never causes it.", {"modality": "negated"}),
    ("resistance", "type-2-diabetes", "has_manifestation", "elevated-blood-glucose", "Its sign is high glucose."),
    ("insulin", "insulin-pump", "treats", "type-2-diabetes", "A pump helps in diabetes."),
    ("insulin", "insulin-pump", "delivers", "insulin", "The pump gives insulin."),
    ("resistance", "metformin", "treats", "type-2-diabetes", "Metformin treats it."),
    ("resistance", "metformin", "treats", "insulin-resistance", "Metformin treats that.", {"status": "rejected"}),
    ("insulin", "insulin", "is_a", "beta-cell", "Insulin is a beta cell.", {"status": "held", "flag": "odd"}),
    ("glucose", "oats", "contains", "dietary-fiber", "Oats are rich in fiber."),
    ("glucose", "glucose", "is_a", "https://www.example.org/glossary/concept/simple-sugar", "Glucose is a sugar."),
]
PAGES = {"insulin": "insulin", "glucose": "glucose", "resistance": "insulin-resistance"}


def concept(name: str) -> NamedNode:
    return NamedNode(name if ":" in name else NG + name)


def quads() -> Iterator[Quad]:
    def page_quad(page: str, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(predicate), value, NamedNode(SITE + page))

    for name, label in LABELS.items():
        yield Quad(concept(name), NamedNode(SKOS + "prefLabel"), Literal(label, language="en"))
    yield Quad(concept("pancreas"), NamedNode(SKOS + "prefLabel"), Literal("Bauchspeicheldrüse", language="de"))
    for name, kind in TYPES.items():
        yield Quad(concept(name), NamedNode(RDF + "type"), NamedNode(NGO + kind))
    yield Quad(NamedNode(NGO + "Drug"), NamedNode(RDFS + "subClassOf"), NamedNode(NGO + "Chemical"))
    yield Quad(concept("glucagon"), NamedNode(SKOS + "broader"), concept("hormone"))
    yield Quad(concept("insulin"), NamedNode(SKOS + "broader"), concept("hormone"))
    yield Quad(concept("glucose"), NamedNode(SKOS + "altLabel"), Literal("dextrose", language="en"))
    for page, about in PAGES.items():
        iri = NamedNode(SITE + page)
        yield page_quad(page, iri, NGO + "path", Literal(f"pages/{page}.txt"))
        yield page_quad(page, iri, SCHEMA + "name", Literal(LABELS[about]))
        yield page_quad(page, iri, SCHEMA + "about", concept(about))
        yield page_quad(page, iri, SCHEMA + "mentions", concept("glycemic-index"))
    insulin, reviewer = NamedNode(SITE + "insulin"), NamedNode(SITE + "insulin#reviewer")
    yield page_quad("insulin", insulin, SCHEMA + "reviewedBy", reviewer)
    yield page_quad("insulin", reviewer, SCHEMA + "name", Literal("Ada Diet"))
    yield page_quad("insulin", reviewer, SCHEMA + "honorificSuffix", Literal("RD"))
    yield page_quad("insulin", reviewer, SCHEMA + "honorificSuffix", Literal("Ph.D."))
    yield page_quad("insulin", insulin, SCHEMA + "lastReviewed", Literal("2024-05-01", datatype=NamedNode(XSD + "date")))
    yield page_quad("insulin", insulin, DCTERMS + "references", NamedNode(SITE + "glucose"))
    for page, term in (("insulin", "Glycemic Index"), ("insulin", "dextrose"), ("glucose", "Insulin")):
        yield page_quad(page, NamedNode(SITE + page), NGO + "relatedTerm", Literal(term))
    sugar = concept(SITE + "concept/simple-sugar")
    yield page_quad("glucose", sugar, RDF + "type", NamedNode(NGO + "CandidateTerm"))
    yield page_quad("glucose", sugar, SKOS + "prefLabel", Literal("simple sugar"))
    for number, (page, subject, relation, object_, quote, *rest) in enumerate(STATEMENTS):
        more = dict(rest[0]) if rest else {}
        iri = NamedNode(f"{SITE}{page}#statement-{number:016x}")
        yield page_quad(page, iri, RDF + "type", NamedNode(NGO + "Statement"))
        yield page_quad(page, iri, RDF + "subject", concept(subject))
        yield page_quad(page, iri, RDF + "predicate", NamedNode(NGO + relation))
        yield page_quad(page, iri, RDF + "object", concept(object_))
        yield page_quad(page, iri, NGO + "modality", NamedNode(NGO + more.get("modality", "asserted")))
        yield page_quad(page, iri, PROV + "wasDerivedFrom", NamedNode(SITE + page))
        yield page_quad(page, iri, OA + "exact", Literal(quote))
        yield page_quad(page, iri, OA + "start", Literal(number * 100))
        if "flag" in more:
            yield page_quad(page, iri, NGO + "flag", Literal(more["flag"]))
        for role in more.keys() & {"from", "to"}:
            yield page_quad(page, iri, NGO + role, concept(more[role]))
        if "status" in more:
            yield Quad(iri, NamedNode(NGO + "status"), NamedNode(NGO + more["status"]), NamedNode(DECISIONS_GRAPH))
        if more.get("status") == "rejected":
            yield Quad(iri, NamedNode(NGO + "decision"), Literal("reject"), NamedNode(DECISIONS_GRAPH))
        for mentioned in {subject, object_}:
            if ":" not in mentioned:
                yield page_quad(page, NamedNode(SITE + page), SCHEMA + "mentions", concept(mentioned))
    for fact in (("glucose", "is_a", "hormone"),):
        yield Quad(concept(fact[0]), NamedNode(NGO + fact[1]), concept(fact[2]))


Rows = list[tuple[str | None, ...]]
SPARQL = {
    path.name.removesuffix(".rq"): path.read_text("utf-8")
    for path in files("nutrigraph.queries").joinpath("sparql").iterdir()
}


def filled(name: str, values: Mapping[str, str]) -> str:
    text = SPARQL[name]
    for variable, term in values.items():
        text, places = re.subn(rf"#VALUES {variable}\b", f"VALUES ?{variable} {{ {term} }}", text)
        assert places, f"{name} has {places} places for {variable}"
    return text
