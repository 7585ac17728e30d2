"""The concepts and what connects them in the formats of programs that draw and exchange graphs."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from nutrigraph.ontology.namespaces import BIOLINK, NGO, RDFS, SKOS, compact
from nutrigraph.ontology.relations import load_relations
from nutrigraph.queries.wording import BROADER

if TYPE_CHECKING:
    import networkx

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CATEGORIES: Final = {
    "Hormone": "ChemicalEntity",
    "Chemical": "ChemicalEntity",
    "Enzyme": "Protein",
    "Drug": "Drug",
    "Nutrient": "ChemicalEntity",
    "Macronutrient": "ChemicalEntity",
    "Food": "Food",
    "Device": "Device",
    "Cell": "Cell",
    "Organ": "GrossAnatomicalStructure",
    "Tissue": "GrossAnatomicalStructure",
    "Organ system": "GrossAnatomicalStructure",
    "Anatomical structure": "AnatomicalEntity",
    "Biological process": "BiologicalProcess",
    "Condition": "DiseaseOrPhenotypicFeature",
    "Disease": "Disease",
    "Finding": "PhenotypicFeature",
    "Diagnostic test": "Procedure",
    "Treatment": "Treatment",
    "Behaviour": "Behavior",
    "Organism": "OrganismalEntity",
    "Life stage": "LifeStage",
}
"""Classes of the Biolink model for the words of our types; anything else is a NamedThing."""
_PREDICATES: Final = {
    BROADER: "subclass_of",
    RDFS + "subClassOf": "subclass_of",
    SKOS + "exactMatch": "exact_match",
    SKOS + "closeMatch": "close_match",
}

Flat = dict[str, str | float | bool]


def export_network(graph: networkx.MultiDiGraph[str], format: str) -> bytes:
    """What `network.to_networkx` gives in one of GRAPH_FORMATS; equal graphs give equal bytes."""
    return GRAPH_FORMATS[format](graph)


def _graphml(graph: networkx.MultiDiGraph[str]) -> bytes:
    import networkx

    written = io.BytesIO()
    networkx.write_graphml_xml(_flat_graph(graph), written, named_key_ids=True)
    return written.getvalue()


def _cytoscape(graph: networkx.MultiDiGraph[str]) -> bytes:
    """Cytoscape's elements: each node with its label as `name`, each edge with an id of its own."""
    flat = _flat_graph(graph)
    nodes = [
        {"data": {**facts, "id": iri, "value": iri, "name": facts["label"]}} for iri, facts in flat.nodes(data=True)
    ]
    edges = [
        {"data": {**facts, "id": key, "key": key, "source": s, "target": o, "interaction": facts["label"]}}
        for s, o, key, facts in flat.edges(keys=True, data=True)
    ]
    return _json({"elements": {"nodes": nodes, "edges": edges}})


def _kgx(graph: networkx.MultiDiGraph[str]) -> bytes:
    """The Knowledge Graph Exchange's JSON: beside the closest term of the Biolink model, an edge has the relation
    itself as `original_predicate`, and whether it is published or hedged as `status`."""
    nodes = [
        {
            "id": compact(iri),
            "iri": iri,
            "name": facts["label"],
            "category": [f"biolink:{_CATEGORIES.get(facts['type'], 'NamedThing')}"],
            **({"url": facts["url"]} if facts["url"] else {}),
        }
        for iri, facts in graph.nodes(data=True)
    ]
    edges = [
        {
            "id": f"e{number}",
            "subject": compact(s),
            "predicate": f"biolink:{_biolink(facts['predicate'])}",
            "object": compact(o),
            "original_predicate": compact(facts["predicate"]),
            "knowledge_level": "knowledge_assertion" if facts["status"] == "published" else "not_provided",
            "agent_type": "text_mining_agent" if facts["evidence"] else "manual_agent",
            "status": facts["status"],
            "publications": sorted({each.url for each in facts["evidence"]}),
            "supporting_text": [each.quote_text for each in facts["evidence"]],
        }
        for number, (s, o, facts) in enumerate(graph.edges(data=True))
    ]
    return _json({"nodes": nodes, "edges": edges})


def _biolink(predicate: str) -> str:
    """The Biolink model's closest predicate."""
    relation = load_relations().get(predicate.removeprefix(NGO)) if predicate.startswith(NGO) else None
    close = [iri.removeprefix(BIOLINK) for iri in relation.close_matches if iri.startswith(BIOLINK)] if relation else []
    return close[0] if close else _PREDICATES.get(predicate, "related_to")


def _flat_graph(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """The same with texts, numbers and truth values alone: lists become one text, evidence its visible sentences."""
    import networkx

    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for iri, facts in graph.nodes(data=True):
        flat.add_node(xml_text(iri), **_flat(facts))
    for number, (s, o, key, facts) in enumerate(graph.edges(keys=True, data=True)):
        evidence = facts["evidence"]
        flat.add_edge(
            xml_text(s),
            xml_text(o),
            key=f"e{number}",
            name=xml_text(key),
            quotes=xml_text("\n".join(each.quote_text for each in evidence)),
            pages=xml_text("\n".join(each.page for each in evidence)),
            **_flat({name: value for name, value in facts.items() if name != "evidence"}),
        )
    return flat


def _flat(facts: Mapping[str, object]) -> Flat:
    flat: Flat = {}
    for name, value in facts.items():
        if isinstance(value, (bool, int, float)):
            flat[name] = value
        else:
            flat[name] = xml_text(" ".join(map(str, value)) if isinstance(value, list) else str(value))
    return flat


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def xml_text(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


GRAPH_FORMATS: Final[dict[str, Callable[[networkx.MultiDiGraph[str]], bytes]]] = {
    "graphml": _graphml,
    "kgx": _kgx,
    "cytoscape": _cytoscape,
}
"""What `export_network` writes."""
