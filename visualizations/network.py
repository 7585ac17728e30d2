"""The network to explore: pyvis as people know it, with a page that is safe, whole, and there at once.

What pyvis itself writes calls other hosts, runs scripts from its data and settles for seconds. `SafeNetwork` keeps its
interface and replaces what it writes: our own page, the data as escaped JSON, vis-network from the installed pyvis,
positions computed here, and a Content-Security-Policy that lets nothing else run. Importing this loads pyvis.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pyvis.network import Network

from nutrigraph.visualizations.grouping import Community, grouped
from nutrigraph.visualizations.notebook import frame
from nutrigraph.visualizations.page import render, static
from nutrigraph.visualizations.safe_text import script_json
from nutrigraph.visualizations.spread import spread
from nutrigraph.visualizations.view import KINDS, MapView, Relation

_DRAWN_WHOLE: Final = 2000
"""Up to so many nodes a network can be drawn whole, and moves smoothly."""
_OPENS_WHOLE: Final = 1000
"""With more nodes it opens on its communities: drawn whole it would be a tangle."""
_DRAWN_TOGETHER: Final = 300
"""A community of a larger network with more nodes is divided again."""
_ROOM_FOR_COMMUNITY: Final = 260.0
_TIES: Final = 3
_SCRIPTS: Final = ("data", "labels", "picture", "filters", "levels", "details", "saving", "start")
_SHAPES: Final = {
    "food": "square",
    "body": "hexagon",
    "condition": "diamond",
    "process": "triangle",
    "measure": "triangleDown",
    "care": "star",
}
"""The shapes of kinds that are no dots, so that colour is not all that tells them apart."""
_BEFORE_RESOURCES: Final = 8
"""How many of pyvis's own arguments stand between `directed` and `cdn_resources`."""


class SafeNetwork(Network):  # type: ignore[misc]
    """A `pyvis.network.Network` whose page is safe and stands alone. Titles and labels are text, never HTML.

    Directed and without physics unless asked for; a node without x and y gets its place when the page is written.
    """

    def __init__(
        self, height: str = "720px", width: str = "100%", directed: bool = True, *args: Any, **options: Any
    ) -> None:
        if len(args) < _BEFORE_RESOURCES:
            options.setdefault("cdn_resources", "in_line")
        super().__init__(height, width, directed, *args, **options)
        self.options.physics.enabled = False
        self.options.edges.smooth.enabled = False
        self._joined: set[frozenset[object]] = set()
        self._counted = 0

    def add_node(self, n_id: str | int, label: str | None = None, *args: Any, **options: Any) -> None:
        """As in pyvis: a node that is already there stays as it is."""
        if n_id not in self.node_map:
            super().add_node(n_id, label, *args, **options)

    def add_edge(self, source: str | int, to: str | int, **options: Any) -> None:
        """As in pyvis: both nodes must be there; without direction, a second edge between two nodes is left out."""
        for end in (source, to):
            if end not in self.node_map:
                raise ValueError(f"There is no node {end!r}: add it with add_node before its edges.")
        if not self.directed:
            if self._counted != len(self.edges):
                self._joined = {frozenset((edge["from"], edge["to"])) for edge in self.edges}
            pair = frozenset((source, to))
            if pair in self._joined:
                return
            self._joined.add(pair)
            self._counted = len(self.edges) + 1
        self.edges.append({**options, "from": source, "to": to} | self._arrow(options))

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page as text. The same network gives the same bytes; the arguments are those of pyvis and unused."""
        values = {
            "title": str(self.heading or "Network"),
            "data": script_json(self._data()),
            "nodes": len(self.nodes),
            "edges": len(self.edges),
        }
        styles = (static("page.css") + static("evidence.css") + static("network.css"),)
        self.html = render("network.html", values, styles=styles, scripts=(_vis_network(), _script()))
        return self.html

    def write_html(
        self, name: str | Path, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> None:
        """Writes the page to a file, in UTF-8."""
        path = Path(name)
        path.write_text(self.generate_html(), encoding="utf-8", newline="\n")
        if open_browser:
            import webbrowser

            webbrowser.open(path.resolve().as_uri())

    def show(self, name: str | Path, local: bool = True, notebook: bool = True) -> Any:
        """Writes the page to a file; in a notebook, shows it in the cell, else in a browser."""
        self.write_html(name, open_browser=not notebook)
        return self if notebook else None

    def _repr_html_(self) -> str:
        return frame(self.generate_html(), f"Network: {self.heading or len(self.nodes)}", str(self.height))

    def _arrow(self, options: dict[str, Any]) -> dict[str, str]:
        return {"arrows": "to"} if self.directed and "arrows" not in options else {}

    def _data(self) -> dict[str, object]:
        """What the page draws: the nodes with their places, and the communities that they are in."""
        number = {node["id"]: at for at, node in enumerate(self.nodes)}
        links = [(number[e["from"]], number[e["to"]]) for e in self.edges if e["from"] in number and e["to"] in number]
        whole = len(self.nodes) <= _DRAWN_WHOLE
        names = [str(node.get("label") or node["id"]) for node in self.nodes]
        found = grouped(names, links, len(self.nodes) if whole else _DRAWN_TOGETHER)
        member_of: list[int | None] = [None] * len(self.nodes)
        for at, community in enumerate(found):  # those within another come after it
            for node in community.nodes:
                member_of[node] = at
        places = spread(len(self.nodes), links) if whole or not found else _apart(member_of, links)
        groups = _placed_communities(found, links)
        for group, community in zip(groups, found, strict=True):
            group["kind"] = Counter(str(self.nodes[node].get("group")) for node in community.nodes).most_common(1)[0][0]
        return {
            "nodes": [{"x": x, "y": y} | node for node, (x, y) in zip(self.nodes, places, strict=True)],
            "edges": self.edges,
            "communities": groups,
            "memberOf": member_of,
            "whole": whole,
            "opensWhole": len(self.nodes) <= _OPENS_WHOLE,
            "options": self._options(),
            "kinds": {kind: words for kind, (words, _) in KINDS.items()},
            "dot": self.dot_lang.replace('\\"', '"') if self.use_DOT else None,
        }

    def _options(self) -> object:
        return self.options if isinstance(self.options, dict) else json.loads(self.options.to_json())


def build(view: MapView) -> SafeNetwork:
    """The network of a view: its nodes are concepts by IRI, its edges the relations with their statements."""
    network = SafeNetwork(heading=view.title)
    relations = view.relations()
    degree = Counter(end for relation in relations for end in (relation.subject, relation.object_))
    for concept in view.concepts:
        network.add_node(
            concept.id,
            label=concept.label or concept.id,
            group=concept.kind,
            shape=_SHAPES.get(concept.kind, "dot"),
            size=round(10 + min(24.0, 4 * degree[concept.id] ** 0.5)),
            type=concept.type,
            definition=concept.definition,
            synonyms=list(concept.synonyms),
            page=concept.page,
        )
    for number, relation in enumerate(relations):
        network.add_edge(relation.subject, relation.object_, **_edge(number, relation))
    return network


def _edge(number: int, relation: Relation) -> dict[str, Any]:
    return {
        "id": f"r{number}",
        "label": relation.label,
        "relation": relation.statements[0].label,
        "predicate": relation.predicate,
        "dashes": relation.status != "published",
        "statements": [_statement(statement.as_json()) for statement in relation.statements],
    }


def _statement(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: facts[name] for name in ("id", "status", "review", "evidence") if name in facts}


def _apart(member_of: Sequence[int | None], links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A place for each node among those of its own community, which alone are drawn with it."""
    members: defaultdict[int | None, list[int]] = defaultdict(list)
    inside: defaultdict[int | None, list[tuple[int, int]]] = defaultdict(list)
    place: dict[int, int] = {}
    for node, community in enumerate(member_of):
        place[node] = len(members[community])
        members[community].append(node)
    for one, two in links:
        if member_of[one] == member_of[two]:
            inside[member_of[one]].append((place[one], place[two]))
    at = {community: spread(len(nodes), inside[community]) for community, nodes in members.items()}
    return [at[community][place[node]] for node, community in enumerate(member_of)]


def _placed_communities(found: Sequence[Community], links: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """The communities with their places: those of one level are spread as the nodes of a network are."""
    groups: list[dict[str, Any]] = [{"name": each.name, "within": each.within} for each in found]
    for within in dict.fromkeys(each.within for each in found):
        level = [at for at, each in enumerate(found) if each.within == within]
        part = {node: number for number, at in enumerate(level) for node in found[at].nodes}
        ends = ((part.get(one), part.get(two)) for one, two in links)
        joined = Counter((min(one, two), max(one, two)) for one, two in ends if one is not None and two is not None)
        for at, (x, y) in zip(level, spread(len(level), _strongest(joined), gap=_ROOM_FOR_COMMUNITY), strict=True):
            groups[at] |= {"x": x, "y": y}
    return groups


def _strongest(joined: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of each the few strongest ties: with all of them, everything would lie on one heap."""
    ties: Counter[int] = Counter()
    kept = []
    for (one, two), _ in sorted(joined.items(), key=lambda item: (-item[1], item[0])):
        if one != two and min(ties[one], ties[two]) < _TIES:
            kept.append((one, two))
            ties.update((one, two))
    return kept


@cache
def _script() -> str:
    """The page's own script: its parts share their names, and nothing else on the page does."""
    return '(function () {\n"use strict";\n' + "".join(static(f"network/{part}.js") for part in _SCRIPTS) + "})();\n"


@cache
def _vis_network() -> str:
    """vis-network as pyvis carries it, with its licence notice, without the pointer to a file that is not there."""
    text = (files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "").replace("\r\n", "\n")
