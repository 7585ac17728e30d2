"""Names at an endpoint too large to read them all: it says which could be meant, and the index decides."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat

from nutrigraph.errors import AmbiguousConcept, UnknownConcept
from nutrigraph.ontology.namespaces import NG
from nutrigraph.queries.endpoint_names import EndpointNames
from nutrigraph.store import Store


@pytest.fixture
def names(glossary: Store) -> EndpointNames:
    large = EndpointNames(glossary)
    large.__dict__["_all"] = None
    return large


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("insulin", "insulin"),
        ("Human Insulin", "insulin"),
        ("insuln", "insulin"),
        ("glucose up", "glucose-uptake"),
        ("MESH:D007328", "insulin"),
        (NG + "zinc", "zinc"),
        ("<" + NG + "zinc>", "zinc"),
        ("hyperinsulinaemia", "hyperinsulinemia"),
    ],
)
def test_search(names: EndpointNames, glossary: Store, text: str, found: str) -> None:
    assert names.search(text)[0].id == NG + found
    assert names.search(text)[0].score == EndpointNames(glossary).search(text)[0].score


@pytest.mark.parametrize(
    "text", ["", " ", '"', "\\", '" } #', "?s", "\n", "{}" * 50, "http://", "a b c d e f g h", "é"]
)
def test_hostile_names_find_nothing(names: EndpointNames, text: str) -> None:
    names.search(text)
    with pytest.raises(UnknownConcept):
        names.resolve(text)


def test_resolve(names: EndpointNames) -> None:
    for name in ("insulin", "INSULIN", "human insulin", NG + "insulin"):
        assert names.resolve(name) == NG + "insulin"
    assert names.resolve("pump therapy") == NG + "csii-therapy"
    with pytest.raises(UnknownConcept, match="Did you mean: Insulin"):
        names.resolve("insuln")


def test_a_name_of_several_is_ambiguous() -> None:
    store = Store.memory()
    store.raw.load(
        b"""PREFIX s: <http://www.w3.org/2004/02/skos/core#>
        <http://a.org/1> a s:Concept ; s:prefLabel "Iron"@en . <http://a.org/2> a s:Concept ; s:prefLabel "iron" .""",
        format=RdfFormat.TURTLE,
    )
    names = EndpointNames(store)
    names.__dict__["_all"] = None
    with pytest.raises(AmbiguousConcept):
        names.resolve("IRON")
