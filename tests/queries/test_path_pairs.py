"""Twenty pairs of concepts of a small physiology, each with the chain that explains best how they hang together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nutrigraph.queries.paths import paths
from nutrigraph.store import Store

NG = "https://w3id.org/nutrigraph/concept/"
SITE = "https://www.example.org/glossary/"
# page: subject relation object; what is hedged has a question mark, what a person accepted an exclamation mark
PAGES = {
    "bile": "liver produces bile, gallbladder contains bile, bile involved_in fat-digestion, bile is_a body-fluid, "
    "gallstone affects gallbladder, gallstone causes jaundice?",
    "iron": "iron is_a mineral, iron-deficiency causes anemia, hemoglobin contains iron, hemoglobin transports oxygen, "
    "anemia has_manifestation fatigue, spinach contains iron, vitamin-c increases iron-absorption, "
    "iron-absorption occurs_in duodenum, menstruation risk_factor_for iron-deficiency, blood-test diagnoses anemia",
    "bone": "calcium is_a mineral, bone contains calcium, calcium-absorption requires vitamin-d, "
    "osteoporosis affects bone, osteoporosis causes fracture, smoking risk_factor_for osteoporosis, "
    "exercise prevents osteoporosis!, milk contains calcium, sunlight increases vitamin-d",
    "thyroid": "thyroid produces thyroxine, thyroxine is_a hormone, thyroxine regulates metabolism, "
    "thyroxine contains iodine, iodine-deficiency causes goiter, goiter affects thyroid, seafood contains iodine, "
    "leptin is_a hormone, leptin decreases appetite, adipose-tissue produces leptin",
    "heart": "smoking risk_factor_for heart-disease, hypertension risk_factor_for heart-disease, salt increases "
    "blood-pressure, hypertension has_manifestation blood-pressure, exercise decreases blood-pressure, "
    "fatigue affects body, fracture affects body, smoking affects body, anemia affects body, goiter affects body, "
    "osteoporosis affects body, jaundice affects body, hypertension affects body, heart-disease affects body, "
    "exercise affects body, salt affects body, iron affects body, calcium affects body, leptin affects body, "
    "sunlight affects body, milk affects body, seafood affects body, spinach affects body",
    "salt": "hypertension risk_factor_for heart-disease, salt increases blood-pressure",
}
BEST = [
    ("liver", "fat-digestion", "liver produces bile; bile is involved in fat digestion"),
    ("gallbladder", "liver", "gallbladder contains bile; bile is produced by liver"),
    ("liver", "gallstone",
     "liver produces bile; bile is contained in gallbladder; gallbladder is affected by gallstone"),
    ("gallbladder", "jaundice", "gallbladder is affected by gallstone; gallstone may cause jaundice"),
    ("menstruation", "anemia", "menstruation is a risk factor for iron deficiency; iron deficiency causes anemia"),
    ("iron-deficiency", "fatigue", "iron deficiency causes anemia; anemia shows itself as fatigue"),
    ("iron", "oxygen", "iron is contained in hemoglobin; hemoglobin transports oxygen"),
    ("spinach", "hemoglobin", "spinach contains iron; iron is contained in hemoglobin"),
    ("vitamin-c", "duodenum", "vitamin c increases iron absorption; iron absorption occurs in duodenum"),
    ("blood-test", "iron-deficiency", "blood test diagnoses anemia; anemia is caused by iron deficiency"),
    ("blood-test", "fatigue", "blood test diagnoses anemia; anemia shows itself as fatigue"),
    ("milk", "bone", "milk contains calcium; calcium is contained in bone"),
    ("sunlight", "calcium-absorption", "sunlight increases vitamin d; vitamin d is required by calcium absorption"),
    ("smoking", "fracture", "smoking is a risk factor for osteoporosis; osteoporosis causes fracture"),
    ("exercise", "fracture", "exercise prevents osteoporosis; osteoporosis causes fracture"),
    ("seafood", "thyroid",
     "seafood contains iodine; iodine is contained in thyroxine; thyroxine is produced by thyroid"),
    ("iodine-deficiency", "thyroxine",
     "iodine deficiency causes goiter; goiter affects thyroid; thyroid produces thyroxine"),
    ("adipose-tissue", "appetite", "adipose tissue produces leptin; leptin decreases appetite"),
    ("salt", "hypertension", "salt increases blood pressure; blood pressure is a sign of hypertension"),
    ("thyroid", "metabolism", "thyroid produces thyroxine; thyroxine regulates metabolism"),
]  # fmt: skip


@pytest.fixture(scope="module")
def physiology(graph_of: Callable[..., Store]) -> Store:
    graphs, names, accepted = list[str](), set[str](), ""
    for page, text in PAGES.items():
        written = ""
        for number, claim in enumerate(text.split(", ")):
            s, p, o = claim.rstrip("?!").split()
            names |= {s, o}
            iri = f"<{SITE}{page}#statement-{number}>"
            accepted += f'{iri} ngo:decision "accept" .' if claim.endswith("!") else ""
            written += (
                f"{iri} a ngo:Statement ; rdf:subject ng:{s} ; rdf:predicate ngo:{p} ; rdf:object ng:{o} ; "
                f"ngo:modality ngo:{'hedged' if claim.endswith('?') else 'asserted'} ; ngo:confidence 0.9 ; "
                f'oa:exact "{claim}" ; oa:start {number} ; oa:end {number + 1} .'
            )
        graphs.append(f'GRAPH <{SITE}{page}> {{ <{SITE}{page}> ngo:path "{page}.txt" . {written} }}')
    labels = "".join(
        f'ng:{name} a skos:Concept ; skos:prefLabel "{name.replace("-", " ")}" .' for name in sorted(names)
    )
    return graph_of(labels, *graphs, f"GRAPH <https://w3id.org/nutrigraph/graph/decisions> {{ {accepted} }}")


@pytest.mark.parametrize(("start", "end", "expected"), BEST)
def test_the_best_chain(physiology: Store, start: str, end: str, expected: str) -> None:
    best = paths(physiology, NG + start, NG + end, 1)[0]
    assert best.text == expected
    assert all(step.evidence for step in best.steps)


def test_what_everything_acts_on_is_the_last_of_explanations(physiology: Store) -> None:
    """Smoking and fractures both act on the body, like twenty other things."""
    texts = [chain.text for chain in paths(physiology, NG + "smoking", NG + "fracture", 3)]
    assert "smoking affects body; body is affected by fracture" in texts[1:]
