"""The network to explore: pyvis as people know it, with a page that is safe, whole, and there at once.

What pyvis itself writes calls other hosts, runs scripts from its data and settles for seconds. `SafeNetwork` keeps its
interface and replaces what it writes: our own page, the data as escaped JSON, vis-network from the installed pyvis,
positions computed here, and a Content-Security-Policy that lets nothing else run. Importing this loads pyvis.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pyvis.network import Network

from nutrigraph.visualizations.notebook import frame
from nutrigraph.visualizations.page import render, static
from nutrigraph.visualizations.safe_text import script_json
from nutrigraph.visualizations.spread import spread
from nutrigraph.visualizations.view import KINDS, MapView, Relation

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
        data = {
            "nodes": self._placed(),
            "edges": self.edges,
            "options": self._options(),
            "kinds": {kind: words for kind, (words, _) in KINDS.items()},
            "dot": self.dot_lang.replace('\\"', '"') if self.use_DOT else None,
        }
        values = {
            "title": str(self.heading or "Network"),
            "data": script_json(data),
            "nodes": len(self.nodes),
            "edges": len(self.edges),
        }
        scripts = (_vis_network(), static("network.js"))
        self.html = render(
            "network.html",
            values,
            styles=(static("page.css") + static("evidence.css") + static("network.css"),),
            scripts=scripts,
        )
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

    def _placed(self) -> list[dict[str, Any]]:
        """The nodes, each with a position; those that have one keep it."""
        if all("x" in node and "y" in node for node in self.nodes):
            return list(self.nodes)
        number = {node["id"]: index for index, node in enumerate(self.nodes)}
        known = [edge for edge in self.edges if edge["from"] in number and edge["to"] in number]
        places = spread(len(self.nodes), [(number[edge["from"]], number[edge["to"]]) for edge in known])
        return [{"x": x, "y": y} | node for node, (x, y) in zip(self.nodes, places, strict=True)]

    def _options(self) -> object:
        return self.options if isinstance(self.options, dict) else json.loads(self.options.to_json())


def build(view: MapView) -> SafeNetwork:
    """The network of a view: its nodes are concepts by IRI, its edges the relations with their statements."""
    network = SafeNetwork(heading=view.title)
    degree: dict[str, int] = {}
    relations = view.relations()
    for relation in relations:
        for end in (relation.subject, relation.object_):
            degree[end] = degree.get(end, 0) + 1
    for concept in view.concepts:  # the larger the network, the larger a hub's name, so that it can be read from afar
        network.add_node(
            concept.id,
            label=concept.label or concept.id,
            title=" · ".join(filter(None, (concept.type, concept.definition))),
            group=concept.kind,
            shape="dot",
            size=8 + min(14, degree.get(concept.id, 0)),
            font={"size": 15 + min(28, (degree.get(concept.id, 0) * min(len(view.concepts), 120)) // 50)},
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
        "dashes": relation.status != "published",
        "statements": [_evidence(statement.as_json()) for statement in relation.statements],
    }


def _evidence(statement: dict[str, Any]) -> dict[str, Any]:
    evidence: Iterable[dict[str, Any]] = statement["evidence"]
    return {"id": statement["id"], "status": statement["status"], "evidence": list(evidence)}


@cache
def _vis_network() -> str:
    """vis-network as pyvis carries it, with its licence notice, without the pointer to a file that is not there."""
    text = (files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "").replace("\r\n", "\n")
