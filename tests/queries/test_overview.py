"""The whole from far: the same each time, with and without igraph."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from nutrigraph.queries.overview import overview
from nutrigraph.store import Store

SITE = "https://www.example.org/glossary/"
CLIQUES = [("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "z"), ("x", "z"), ("c", "x"), ("p", "q")]


@pytest.fixture(scope="module")
def two_groups(graph_of: Callable[..., Store]) -> Store:
    """Two triangles with one relation between them, and an island."""
    written = "".join(
        f"<{SITE}p#statement-{number}> a ngo:Statement ; rdf:subject ng:{s} ; rdf:predicate ngo:affects ; "
        f'rdf:object ng:{o} ; ngo:modality ngo:asserted ; ngo:confidence 0.9 ; oa:exact "…" ; oa:start 0 ; oa:end 1 .'
        for number, (s, o) in enumerate(CLIQUES)
    )
    concepts = "".join(f'ng:{name} a skos:Concept ; skos:prefLabel "{name}" .' for name in "abcxyzpq")
    return graph_of(concepts, f'GRAPH <{SITE}p> {{ <{SITE}p> ngo:path "p.txt" . {written} }}')


@pytest.mark.parametrize("installed", [True, False])
def test_communities_islands_and_bridges(
    two_groups: Store, monkeypatch: pytest.MonkeyPatch, *, installed: bool
) -> None:
    if not installed:
        monkeypatch.setitem(sys.modules, "igraph", None)
    found = overview(two_groups)
    assert (found.pages, found.statements, found.concepts) == (1, 8, 8)
    assert [(each.concept.label, each.neighbours) for each in found.central[:3]] == [("c", 3), ("x", 3), ("a", 2)]
    assert [group.name for group in found.communities] == ["c, a, b", "x, y, z"]
    assert [group.name for group in found.islands] == ["p, q"]
    (bridge,) = found.bridges
    assert (bridge.connections[0].subject.label, bridge.connections[0].object.label, bridge.separated) == ("c", "x", 3)
    assert json.loads(json.dumps(found.as_json()))["concepts"] == 8


def test_an_empty_graph_has_an_overview_too() -> None:
    found = overview(Store.memory())
    assert (found.pages, found.concepts, found.central, found.communities, found.bridges) == (0, 0, (), (), ())


def test_it_is_the_same_each_time(glossary: Store) -> None:
    assert overview(glossary) == overview(glossary)
