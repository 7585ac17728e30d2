from __future__ import annotations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.ontology.hierarchy import Climber, cycles, depths

GRAPHS = st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from("abcdefgh"), max_size=4))


def digraph(above: dict[str, set[str]]) -> networkx.DiGraph[str]:
    return networkx.DiGraph([(node, parent) for node, parents in above.items() for parent in parents])


@given(GRAPHS)
def test_cycles_are_those_that_networkx_finds(above: dict[str, set[str]]) -> None:
    graph = digraph(above)
    components = networkx.strongly_connected_components(graph)
    expected = [sorted(c) for c in components if len(c) > 1 or graph.has_edge(*[next(iter(c))] * 2)]
    assert sorted(cycles(above)) == sorted(expected)


@given(GRAPHS)
def test_ancestors_are_those_that_networkx_finds(above: dict[str, set[str]]) -> None:
    graph, climber = digraph(above), Climber(above)
    for node in graph:
        assert climber.ancestors(node) - {node} == networkx.descendants(graph, node)


@given(st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 9), max_size=4)))
def test_shortcuts_are_the_links_that_a_transitive_reduction_lacks(steps: dict[int, set[int]]) -> None:
    above = {str(low): {str(high) for high in highs if high > low} for low, highs in steps.items()}
    graph = digraph(above)
    kept = networkx.transitive_reduction(graph)
    climber = Climber(above)
    for node in graph:
        assert climber.shortcuts(node) == sorted(set(graph[node]) - set(kept[node]))
        assert depths(above).keys() >= set(graph)


def test_a_very_long_way_up_is_no_failure() -> None:
    above = {str(number): {str(number + 1)} for number in range(50_000)}
    assert list(cycles(above)) == []
    assert next(cycles({**above, "50000": {"0"}}))[:2] == ["0", "1"]
