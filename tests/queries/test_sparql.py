"""Every query of the catalogue says the same on Oxigraph and on plain rdflib, and says what it promises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Dataset

from nutrigraph.endpoint import Endpoint
from nutrigraph.ontology.namespaces import (
    DCTERMS,
    DECISIONS_GRAPH,
    GRAPHS,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    NG,
    NGO,
    OA,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
)
from nutrigraph.queries.catalogue import catalogue
from nutrigraph.query_text import with_values
from nutrigraph.remote_store import RemoteStore
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
TYPES = {
    "insulin": "Hormone",
    "insulin-pump": "Device",
    "metformin": "Drug",
    "physician": "PersonRole",
    "dietary-fiber": "Nutrient",
}
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
    "calcium-absorption": "Calcium absorption",
    "vitamin-d": "Vitamin D",
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
    ("fiber", "calcium-absorption", "requires", "vitamin-d", "Absorbing calcium needs vitamin D."),
    ("fiber", "dietary-fiber", "prevents", "hyperinsulinemia", "Fiber keeps insulin levels down."),
    ("fiber", "fpg-test", "measures", "elevated-blood-glucose", "The test finds 126 mg/dL or more."),
    ("fiber", "obesity", "associated_with", "insulin-resistance", "Obesity and insulin resistance go together."),
]
PAGES = {"insulin": "insulin", "glucose": "glucose", "resistance": "insulin-resistance", "fiber": "dietary-fiber"}
INFERRED = "https://w3id.org/nutrigraph/graph/inferred/0011"
INFERENCE = [
    (INFERRED, "annotatedSource", NG + "glucose"),
    (INFERRED, "annotatedProperty", NGO + "is_a"),
    (INFERRED, "annotatedTarget", NG + "oats"),
    (INFERRED + "/1", "annotatedSource", NG + "glucose"),
    (INFERRED + "/1", "annotatedProperty", SKOS + "broader"),
    (INFERRED + "/1", "annotatedTarget", NG + "meal"),
]


def concept(name: str) -> NamedNode:
    return NamedNode(name if ":" in name else NG + name)


def quads() -> Iterator[Quad]:
    def page_quad(page: str, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(predicate), value, NamedNode(SITE + page))

    for name, label in LABELS.items():
        yield Quad(concept(name), NamedNode(SKOS + "prefLabel"), Literal(label, language="en"))
        yield Quad(concept(name), NamedNode(SKOS + "prefLabel"), Literal(label), NamedNode(LABELS_GRAPH))
    yield Quad(concept("pancreas"), NamedNode(SKOS + "prefLabel"), Literal("Bauchspeicheldrüse", language="de"))
    # two vocabularies that describe one concept: no query may have a row twice for that
    yield Quad(concept("insulin"), NamedNode(SKOS + "prefLabel"), Literal("Insulin (hormone)", language="en"))
    yield Quad(concept("insulin"), NamedNode(SKOS + "prefLabel"), Literal("Insulin", language="de"))
    yield Quad(concept("type-2-diabetes"), NamedNode(SKOS + "prefLabel"), Literal("Type 2 diabetes"))
    for name, kind in TYPES.items():
        yield Quad(concept(name), NamedNode(RDF + "type"), NamedNode(NGO + kind))
    for kind in {*TYPES.values(), "Chemical"}:
        yield Quad(NamedNode(NGO + kind), NamedNode(RDFS + "label"), Literal(f"a {kind}"))
    yield Quad(NamedNode(NGO + "Drug"), NamedNode(RDFS + "subClassOf"), NamedNode(NGO + "Chemical"))
    for name in ("meal", "oats"):
        yield Quad(concept(name), NamedNode(SKOS + "exactMatch"), NamedNode("https://other.example/meal"))
    yield Quad(concept("hormone"), NamedNode(SKOS + "definition"), Literal("A messenger.", language="en"))
    yield Quad(NamedNode("https://other.example/oxytocin"), NamedNode(RDFS + "label"), Literal("oxytocin"))
    yield Quad(NamedNode("https://other.example/oxytocin"), NamedNode(RDFS + "subClassOf"), concept("hormone"))
    for subject, predicate, value in INFERENCE:
        yield Quad(NamedNode(subject), NamedNode(OWL + predicate), NamedNode(value), NamedNode(INFERRED_GRAPH))
    for predicate, value in (("premise", INFERRED + "/1"), ("rule", NGO + "rule-is_a-broader")):
        yield Quad(NamedNode(INFERRED), NamedNode(NGO + predicate), NamedNode(value), NamedNode(INFERRED_GRAPH))
    yield Quad(NamedNode(NGO + "increases"), NamedNode(NGO + "oppositeOf"), NamedNode(NGO + "decreases"))
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
    yield page_quad(
        "insulin", insulin, SCHEMA + "lastReviewed", Literal("2024-05-01", datatype=NamedNode(XSD + "date"))
    )
    yield page_quad("insulin", insulin, DCTERMS + "references", NamedNode(SITE + "glucose"))
    for page, term in (
        ("insulin", "Glycemic Index"),
        ("insulin", "dextrose"),
        ("insulin", "Zebra finch"),
        ("glucose", "Insulin"),
    ):
        yield page_quad(page, NamedNode(SITE + page), NGO + "relatedTerm", Literal(term))
    sugar = concept(SITE + "concept/simple-sugar")
    yield page_quad("glucose", sugar, RDF + "type", NamedNode(NGO + "CandidateTerm"))
    yield Quad(sugar, NamedNode(SKOS + "prefLabel"), Literal("simple sugar"), NamedNode(LABELS_GRAPH))
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


Row = tuple[str | None, ...]
Values = dict[str, str | list[str] | Literal]
QUERIES = {query.name: query for query in catalogue()}


def iris(**names: str) -> Values:
    return {parameter: NG + name for parameter, name in names.items()}


GLUCOSE_PAGE: Values = {"page": Literal("pages/glucose.txt")}
# name, values, columns to look at, what stands in them
ANSWERS: list[tuple[str, Values, str, list[str]]] = [
    ("kind-of", iris(concept="insulin"), "kind", ["Hormone"]),
    ("kind-of", iris(concept="glucose"), "kind", ["simple sugar"]),
    ("produced-by", iris(concept="insulin"), "producer place", ["Beta cell Pancreas", "Beta cell Pancreas"]),
    ("triggers", iris(concept="insulin"), "trigger target", ["Elevated blood glucose Insulin secretion"]),
    ("triggers", iris(concept="blood-glucose-level"), "trigger", ["Insulin", "Meal"]),
    ("acts-on", iris(concept="insulin"), "target", ["Muscle tissue"]),
    ("involved-in", iris(concept="insulin"), "process", ["Energy metabolism"]),
    (
        "regulates",
        iris(concept="insulin"),
        "predicate target",
        ["decreases Blood glucose level", "increases Blood glucose level"],
    ),
    ("changed-by", iris(concept="blood-glucose-level"), "cause", ["Insulin", "Insulin", "Meal"]),
    ("changed-by", iris(concept="blood-glucose-level", kind="hormone"), "cause", ["Insulin", "Insulin"]),
    (
        "changed-by",
        {**iris(concept="blood-glucose-level", kind="hormone"), "relation": NGO + "decreases"},
        "predicate cause",
        ["decreases Insulin"],
    ),
    ("changed-by", iris(concept="blood-glucose-level", kind="pancreas"), "cause", []),
    (
        "moves",
        iris(concept="glucose", by="insulin"),
        "mover moved direction place",
        ["Insulin Glucose from Blood", "Insulin Glucose to Muscle tissue"],
    ),
    ("tests-for", iris(concept="insulin-resistance"), "test", ["Fasting plasma glucose test"]),
    ("risk-factors", iris(concept="insulin-resistance"), "factor", ["Age", "Obesity"]),
    (
        "risk-factors-by-role",
        iris(concept="insulin-resistance", role="modifiable-risk-factor"),
        "factor role_name",
        ["Obesity Modifiable risk factor"],
    ),
    (
        "leads-to",
        iris(concept="insulin-resistance"),
        "consequence modality",
        ["Type 2 diabetes asserted", "Hyperinsulinemia hedged", "Type 2 diabetes hedged"],
    ),
    (
        "causes-of",
        iris(concept="type-2-diabetes"),
        "cause status",
        ["Insulin resistance published", "Insulin resistance hedged"],
    ),
    ("signs-of", iris(concept="type-2-diabetes"), "sign", ["Elevated blood glucose"]),
    ("treatments", iris(concept="type-2-diabetes"), "treatment", ["Insulin pump", "Metformin"]),
    ("devices-for", iris(concept="type-2-diabetes"), "device delivered", ["Insulin pump Insulin"]),
    ("medicines-for", iris(concept="type-2-diabetes"), "medicine", ["Metformin"]),
    ("medicines-for", iris(concept="insulin-resistance"), "medicine", []),
    ("sources-of", iris(concept="dietary-fiber"), "source", ["Oats"]),
    (
        "between",
        iris(first="type-2-diabetes", second="insulin-resistance"),
        "predicate status",
        ["causes hedged", "causes negated", "causes published"],
    ),
    ("between", iris(first="glycemic-index", second="insulin-resistance"), "predicate", []),
    (
        "statements-of",
        {**iris(concept="insulin"), "relation": NGO + "produces"},
        "subject page",
        ["Beta cell pages/glucose.txt", "Beta cell pages/insulin.txt"],
    ),
    ("hedged", iris(concept="type-2-diabetes"), "subject object", ["Insulin resistance Type 2 diabetes"]),
    ("hedged", GLUCOSE_PAGE, "quote", ["It may cause type 2."]),
    ("repeated", iris(concept="beta-cell"), "times agree", ["2 yes", "2 yes"]),
    (
        "repeated",
        iris(concept="type-2-diabetes"),
        "times agree modality",
        ["3 no hedged", "3 no negated", "3 no asserted"],
    ),
    (
        "contradictions",
        iris(concept="insulin"),
        "predicate other_predicate page other_page",
        ["increases decreases pages/glucose.txt pages/insulin.txt"],
    ),
    (
        "contradictions",
        iris(concept="type-2-diabetes"),
        "quote other_quote",
        ["It may cause type 2. It never causes it.", "It causes type 2 diabetes. It never causes it."],
    ),
    (
        "to-review",
        {},
        "subject object reason status",
        ["Insulin Glucose simplified published", "Insulin Beta cell odd held"],
    ),
    ("to-review", GLUCOSE_PAGE, "reason", []),
    (
        "reviewers",
        {"page": Literal("pages/insulin.txt")},
        "reviewer credentials reviewed",
        ["Ada Diet Ph.D., RD 2024-05-01"],
    ),
    ("reviewers", GLUCOSE_PAGE, "reviewer reviewed", ["None None"]),
    (
        "pages",
        {},
        "title about statements links",
        [
            "Dietary fiber Dietary fiber 4 0",
            "Glucose Glucose 6 0",
            "Insulin Insulin 12 1",
            "Insulin resistance Insulin resistance 11 0",
        ],
    ),
    (
        "pages-mentioning",
        iris(concept="insulin"),
        "page reviewer",
        ["pages/glucose.txt None", "pages/insulin.txt Ada Diet"],
    ),
    (
        "undefined-terms",
        GLUCOSE_PAGE,
        "term",
        ["Beta cell", "Blood glucose level", "Glycemic index", "Meal", "Oats"],
    ),
    (
        "related-terms",
        {},
        "page term supported target_page returned",
        [
            "pages/glucose.txt Insulin yes pages/insulin.txt yes",
            "pages/insulin.txt Glycemic Index no None no",
            "pages/insulin.txt Zebra finch no None no",
            "pages/insulin.txt dextrose yes pages/glucose.txt yes",
        ],
    ),
]

ANSWERS += [
    ("regulates", {**iris(concept="insulin"), "relation": NGO + "decreases"}, "target", ["Blood glucose level"]),
    ("contents-of", iris(concept="oats"), "content", ["Dietary fiber"]),
    ("effects-of", iris(concept="dietary-fiber"), "predicate target", ["prevents Hyperinsulinemia"]),
    ("foods-for", iris(concept="hyperinsulinemia"), "predicate helper", ["prevents Dietary fiber"]),
    ("foods-for", iris(concept="type-2-diabetes"), "helper", []),
    ("needs", iris(concept="calcium-absorption"), "needed", ["Vitamin D"]),
    ("measured-by", iris(concept="elevated-blood-glucose"), "test", ["Fasting plasma glucose test"]),
    ("associated-with", iris(concept="insulin-resistance"), "other page", ["Obesity pages/fiber.txt"]),
    ("associated-with", iris(concept="obesity"), "other", ["Insulin resistance"]),
    (
        "follows-in-two-steps",
        iris(concept="age"),
        "predicate middle next_predicate end",
        [
            "risk_factor_for Insulin resistance causes Hyperinsulinemia",
            "risk_factor_for Insulin resistance causes Type 2 diabetes",
            "risk_factor_for Insulin resistance causes Type 2 diabetes",
        ],
    ),
    ("common-causes", iris(first="type-2-diabetes", second="hyperinsulinemia"), "factor", ["Insulin resistance"] * 2),
    ("about-a-kind", iris(kind="hormone"), "predicate object", [
        "affects Muscle tissue",
        "decreases Blood glucose level",
        "increases Blood glucose level",
        "involved_in Energy metabolism",
        "is_a Hormone",
        "transports Glucose",
    ]),
    ("about-a-kind", {**iris(kind="hormone"), "relation": NGO + "is_a"}, "subject", ["Insulin"]),
    ("about-a-kind", iris(kind="pancreas"), "subject", []),
    ("best-supported", iris(concept="insulin"), "subject object pages", ["Beta cell Insulin 2"]),
    ("figures", iris(concept="fpg-test"), "quote", ["The test finds 126 mg/dL or more."]),
    ("figures", iris(concept="insulin"), "quote", []),
    (
        "inferred",
        iris(concept="glucose"),
        "subject predicate object rule step from by to",
        ["Glucose is_a Oats is_a-broader 1 Glucose broader Meal"],
    ),
    ("kinds-above", iris(concept="insulin"), "kind definition", ["Hormone A messenger."]),
    ("kinds-below", iris(concept="hormone"), "kind mentioned", ["Glucagon no", "Insulin yes", "oxytocin no"]),
    ("mappings-of", iris(concept="meal"), "match name", ["exactMatch https://other.example/meal"]),
    ("shared-identifiers", iris(concept="meal"), "name other", ["Meal Oats"]),
    ("new-kinds", {}, "subject object", ["Glucose simple sugar"]),
    ("candidates", {}, "term statements page", ["simple sugar 1 pages/glucose.txt"]),
    ("unreviewed-pages", {}, "page", ["pages/fiber.txt", "pages/glucose.txt", "pages/resistance.txt"]),
    ("unreviewed-pages", {"before": Literal("2024-06-01")}, "page", [
        "pages/fiber.txt", "pages/glucose.txt", "pages/resistance.txt", "pages/insulin.txt",
    ]),
    ("said-once", iris(concept="dietary-fiber"), "subject predicate", ["Dietary fiber prevents", "Oats contains"]),
    ("decided", {}, "decision subject object status", ["reject Metformin Insulin resistance rejected"]),
    (
        "never-linked",
        {},
        "page mentioned_on",
        ["pages/resistance.txt 3", "pages/fiber.txt 1", "pages/insulin.txt 1"],
    ),
    ("reviewed-by", {"reviewer": Literal("Ada Diet")}, "title reviewed", ["Insulin 2024-05-01"]),
    ("reviewed-by", {"reviewer": Literal("Nobody")}, "title", []),
]  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.memory(quads())


@pytest.fixture(scope="module")
def plain(store: Store) -> Dataset:
    dataset = Dataset()
    dataset.parse(data=store.dump("trig"), format="trig")
    assert dataset.default_union is False
    return dataset


@pytest.mark.parametrize(("name", "values", "columns", "expected"), ANSWERS)
def test_query_answers(store: Store, name: str, values: Values, columns: str, expected: list[str]) -> None:
    answer = store.select(QUERIES[name].text, values)
    places = [answer.variables.index(column) for column in columns.split()]
    assert [" ".join(str(row[place]) for place in places) for row in answer.rows] == expected


FREE = [name for name, query in QUERIES.items() if not any(each.required for each in query.parameters)]


@pytest.mark.no_cover  # what is ours here is asked above as well; to count lines doubles the time of rdflib
@pytest.mark.parametrize(("name", "values"), [*((name, {}) for name in FREE), *((a[0], a[1]) for a in ANSWERS)])
def test_rows_are_those_of_plain_rdflib(store: Store, plain: Dataset, name: str, values: Values) -> None:
    text = with_values(QUERIES[name].text, values)
    answer = plain.query(text)
    theirs = [tuple(None if term is None else str(term) for term in cast("Sequence[object]", row)) for row in answer]
    ours = store.select(text)
    assert [str(variable) for variable in answer.vars or ()] == list(ours.variables)
    assert sorted(theirs, key=repr) == sorted(ours.rows, key=repr)


def test_every_query_has_an_answer_here() -> None:
    assert QUERIES.keys() - {each[0] for each in ANSWERS} <= {"types-used", "relations-used", "without-definition",
                                                              "concepts-without-page"}  # fmt: skip


@pytest.fixture(scope="module")
def server(store: Store, endpoint_of: Callable[[bytes], str]) -> RemoteStore:
    return RemoteStore(Endpoint(endpoint_of(store.dump("nquads"))))


@pytest.mark.parametrize(("name", "values"), [*((name, {}) for name in QUERIES), *((a[0], a[1]) for a in ANSWERS)])
def test_rows_are_those_of_an_endpoint(store: Store, server: RemoteStore, name: str, values: Values) -> None:
    ours, theirs = (each.select(QUERIES[name].text, values) for each in (store, server))
    assert theirs.variables == ours.variables
    assert sorted(theirs.rows, key=repr) == sorted(ours.rows, key=repr)


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("store") / "store"
    writing = Store.create(path)
    writing.add(store.quads())
    writing.raw.flush()
    del writing
    return Store.open(path)


@pytest.mark.parametrize(("name", "values"), [*((name, {}) for name in QUERIES), *((a[0], a[1]) for a in ANSWERS)])
def test_rows_are_those_of_a_folder(store: Store, folder: Store, name: str, values: Values) -> None:
    ours, theirs = (each.select(QUERIES[name].text, values) for each in (store, folder))
    assert sorted(theirs.rows, key=repr) == sorted(ours.rows, key=repr)


def test_every_query_finds_something_in_the_fixture(store: Store) -> None:
    assert [name for name, query in QUERIES.items() if not store.rows(query.text)] == []


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - {"to-review", "decided"}))
def test_held_and_rejected_statements_are_left_out(store: Store, name: str) -> None:
    withheld = {
        quad.subject.value
        for quad in store.quads(predicate=NamedNode(NGO + "status"))
        if isinstance(quad.subject, NamedNode)
    }
    assert len(withheld) == 2
    assert not withheld & {value for row in store.rows(QUERIES[name].text) for value in row}


@pytest.mark.parametrize(
    "name", sorted(QUERIES.keys() - {"between", "statements-of", "repeated", "contradictions", "to-review"})
)
def test_negated_statements_answer_no_question_about_what_is_so(store: Store, name: str) -> None:
    assert "It never causes it." not in {value for row in store.rows(QUERIES[name].text) for value in row}


@pytest.mark.parametrize("name", QUERIES)
def test_names_stand_before_iris_and_a_statement_has_its_evidence(store: Store, name: str) -> None:
    answer = store.select(QUERIES[name].text)
    is_iri = [
        any(str(row[place]).startswith("https://") for row in answer.rows) for place in range(len(answer.variables))
    ]
    assert is_iri == sorted(is_iri)
    if "statement" in answer.variables:
        assert {"quote", "page", "reviewer", "modality", "status"} <= set(answer.variables)


@pytest.mark.parametrize("name", QUERIES)
def test_prefixes_are_those_of_the_ontology(name: str) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", QUERIES[name].text, re.MULTILINE))
    assert declared == {prefix: {**PREFIXES, "graph": GRAPHS}[prefix] for prefix in declared}


def test_the_label_that_the_build_settled_on_is_shown(store: Store) -> None:
    rows = store.select(QUERIES["produced-by"].text, iris(concept="insulin"))
    assert {row[rows.variables.index("place")] for row in rows.rows} == {"Pancreas"}


def test_concepts_without_page_begin_with_the_one_on_most_pages(store: Store) -> None:
    rows = store.rows(QUERIES["concepts-without-page"].text)
    assert [row[:3] for row in rows[:2]] == [
        ("Glycemic index", "4", "pages/fiber.txt"),
        ("Elevated blood glucose", "3", "pages/fiber.txt"),
    ]
    assert "Insulin" not in {row[0] for row in rows}
