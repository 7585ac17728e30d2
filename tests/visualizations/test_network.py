"""The network is pyvis's to use and ours to write: safe, whole, positioned, and never quadratic."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nutrigraph.visualizations.network import SafeNetwork, build
from tests.visualizations.samples import hostile_view, insulin_view


def data_of(html: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="nutrigraph-network">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return data


def test_it_is_a_pyvis_network_with_every_concept_and_relation() -> None:
    from pyvis.network import Network

    view = insulin_view()
    network = build(view)
    assert isinstance(network, Network)
    assert network.get_nodes() == [concept.id for concept in view.concepts]
    data = data_of(network.generate_html())
    assert [edge["label"] for edge in data["edges"]] == [relation.label for relation in view.relations()]
    assert sum(len(edge["statements"]) for edge in data["edges"]) == len(view.statements)  # type: ignore[arg-type, misc]
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in data["nodes"])


def test_the_page_loads_nothing_and_keeps_the_licence_of_vis_network() -> None:
    html = build(insulin_view()).generate_html()
    assert "default-src &#39;none&#39;" in html
    assert not re.search(r'<(link|script|img|iframe)\b[^>]*\b(src|href)=(?!"#)', html)
    assert "vis.js is dual licensed under both" in html
    assert "sourceMappingURL" not in html


def test_people_go_on_as_they_are_used_to(tmp_path: Path) -> None:
    network = SafeNetwork()
    network.add_node(1, "one", color="red", x=5, y=6)
    network.add_nodes([2, 3], label=["two", "three"])
    network.add_edges([(1, 2), (2, 3, 4)])
    network.add_node(1, "another one")
    network.toggle_physics(True)
    network.save_graph(str(tmp_path / "graph.html"))
    data = data_of((tmp_path / "graph.html").read_text(encoding="utf-8"))
    assert [node["label"] for node in data["nodes"]] == ["one", "two", "three"]
    assert (data["nodes"][0]["x"], data["nodes"][0]["y"], data["nodes"][0]["color"]) == (5, 6, "red")
    assert data["edges"][1] == {"from": 2, "to": 3, "width": 4, "arrows": "to"}
    assert data["options"]["physics"]["enabled"] is True  # type: ignore[call-overload]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.html"]


def test_without_direction_a_second_edge_between_two_nodes_is_left_out() -> None:
    network = SafeNetwork(directed=False)
    network.add_nodes(["a", "b"])
    for one, two in (("a", "b"), ("b", "a"), ("a", "b")):
        network.add_edge(one, two)
    assert network.edges == [{"from": "a", "to": "b"}]
    network.edges.clear()
    network.add_edge("b", "a")
    assert network.num_edges() == 1


def test_an_edge_needs_its_nodes() -> None:
    with pytest.raises(ValueError, match="no node 'b'"):
        SafeNetwork().add_edge("b", "c")


def test_hostile_text_stays_inside_the_data() -> None:
    html = build(hostile_view()).generate_html()
    assert html.count("<script") - html.count('"<script') <= 3 + html.count("createElement")
    assert data_of(html)["nodes"][0]["label"] == "</script><script>window.__pwned=1</script>"
    assert "<img src=x" not in html


def test_many_edges_take_time_in_proportion() -> None:
    network = SafeNetwork(directed=False)
    for number in range(20_000):
        network.add_node(number)
    for number in range(1, 20_000):
        network.add_edge(number, number // 2)
    assert network.num_edges() == 19_999
