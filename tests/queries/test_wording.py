"""Relations read well in a sentence, in both directions."""

from __future__ import annotations

import pytest

from nutrigraph.ontology.namespaces import NGO, SKOS
from nutrigraph.ontology.relations import load_relations
from nutrigraph.queries.labels import last_part
from nutrigraph.queries.wording import hedged, inverse_label, relation_label, relation_name, sentence


def test_relations_have_their_own_words() -> None:
    assert (relation_label(NGO + "produces"), inverse_label(NGO + "produces")) == ("produces", "is produced by")
    assert relation_name(NGO + "risk_factor_for") == "risk_factor_for"
    assert sentence("A", relation_label(SKOS + "broader"), "B") == "A is a kind of B"


def test_a_relation_of_somebody_s_own_is_read_from_its_name() -> None:
    assert relation_label("https://example.org/tastes_like") == "tastes like"
    assert relation_name("https://example.org/x#tastes_like") == "tastes_like"


@pytest.mark.parametrize(
    ("label", "may"),
    [
        ("causes", "may cause"),
        ("is a", "may be a"),
        ("has part", "may have part"),
        ("carries", "may carry"),
        ("diagnoses", "may diagnose"),
        ("passes", "may pass"),
        ("shows itself as", "may show itself as"),
    ],
)
def test_what_is_hedged_may_be(label: str, may: str) -> None:
    assert hedged(label) == may


def test_every_relation_can_be_hedged_both_ways() -> None:
    for relation in load_relations().values():
        for label in (relation.label, relation.inverse_label):
            verb = hedged(label).split()[1]
            assert not verb.endswith("s")


def test_articles_fit() -> None:
    assert sentence("Insulin", "is a", "Anabolic hormone") == "Insulin is an Anabolic hormone"
    assert sentence("Insulin", "is a", "Hormone") == "Insulin is a Hormone"


def test_the_end_of_an_iri_reads_as_words() -> None:
    assert last_part("https://x.org/concept/beta-cell") == "beta cell"
    assert last_part("https://x.org/ns#%D7%90%D7%91") == "אב"
    assert last_part("https://x.org/") == "x.org"
