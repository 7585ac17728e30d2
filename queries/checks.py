"""The built graph against its shapes: the vocabularies, then page by page, so that memory is bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Triple

from nutrigraph.ontology.finding import Finding, in_order
from nutrigraph.ontology.namespaces import DECISIONS_GRAPH, NGO, OWL, RDF, SCHEMA, SKOS
from nutrigraph.ontology.structure import check_structure
from nutrigraph.ontology.validation import check_shapes, ontology_triples
from nutrigraph.ontology.vocabulary import Part
from nutrigraph.queries.labels import labels_of
from nutrigraph.store import Store

Progress = Callable[[int, int], None]
ONTOLOGY: Final = "ontology"
"""The source of what is wrong in the ontology itself."""
_TYPE: Final = NamedNode(RDF + "type")
_TOGETHER: Final = 500
"""So many concepts are checked against the shapes at once."""
_PAGES: Final = f"SELECT ?page ?path WHERE {{ GRAPH ?page {{ ?page a <{NGO}Page> ; <{NGO}path> ?path }} }}"
_ABOUT: Final = f"SELECT ?concept ?page WHERE {{ GRAPH ?page {{ ?page <{SCHEMA}about> ?concept }} }}"
_NOT_PATHS: Final = f"""SELECT DISTINCT ?page WHERE {{
  GRAPH ?page {{ ?page a <{NGO}Page> }}
  FILTER NOT EXISTS {{ GRAPH ?page {{ ?page <{NGO}path> ?path }} }}
}}"""


def check_graph(
    store: Store, *, own_scheme: str, parts: Callable[[], Sequence[Part]], progress: Progress | None = None
) -> list[Finding]:
    """Everything that is wrong with a graph, the gravest first.

    `own_scheme` is the namespace of the project's own concepts; `parts` gives its vocabularies, which are looked
    through for the files that findings are from. `progress` is told (pages done, pages). MissingExtra without pySHACL.
    """
    pages = _pages(store)
    found = [*check_shapes(ontology_triples(), source=ONTOLOGY), *_check_vocabulary(store, own_scheme)]
    unplaced = {one.resource for one in found if not one.source}
    places = _places(store, unplaced, pages, parts) if unplaced else {}
    found = [one if one.source else replace(one, source=places.get(one.resource, "")) for one in found]
    for done, (page, path) in enumerate(pages.items()):
        if progress:
            progress(done, len(pages))
        found += check_page(store, page, path)
    labels = labels_of(store, {one.resource for one in found if one.source != ONTOLOGY and not one.label})
    return in_order([one if one.label else replace(one, label=labels.get(one.resource, "")) for one in found])


def check_page(store: Store, page: str, path: str) -> list[Finding]:
    """What is wrong in the graph of one page; `path` becomes the findings' source."""
    triples = [quad.triple for quad in store.quads(graph=NamedNode(page))]
    subjects = {triple.subject for triple in triples if isinstance(triple.subject, NamedNode)}
    targets = {triple.object for triple in triples if isinstance(triple.object, NamedNode)}
    decisions = NamedNode(DECISIONS_GRAPH)
    triples += [quad.triple for subject in subjects for quad in store.quads(subject, graph=decisions)]
    return check_shapes(triples, source=path, concepts=(target for target in targets if _is_concept(store, target)))


def _pages(store: Store) -> dict[str, str]:
    """The path of each page by its IRI, in the order of the paths."""
    rows = [*store.rows(_PAGES), *((page, "") for (page,) in store.rows(_NOT_PATHS))]
    return {str(page): str(path) for page, path in sorted(rows, key=lambda row: (str(row[1]), str(row[0])))}


def _is_concept(store: Store, node: NamedNode) -> bool:
    kinds = (NamedNode(SKOS + "Concept"), NamedNode(OWL + "Class"))
    return any(next(store.quads(node, _TYPE, kind, DefaultGraph()), None) is not None for kind in kinds)


def _check_vocabulary(store: Store, own_scheme: str) -> Iterator[Finding]:
    quads = store.quads(None, _TYPE, NamedNode(SKOS + "Concept"), DefaultGraph())
    concepts = sorted({quad.subject for quad in quads if isinstance(quad.subject, (NamedNode, BlankNode))}, key=str)
    for start in range(0, len(concepts), _TOGETHER):
        yield from check_shapes(_described(store, concepts[start : start + _TOGETHER]))
    yield from check_structure((quad.triple for quad in store.quads(graph=DefaultGraph())), own_scheme=own_scheme)


def _described(store: Store, subjects: Iterable[NamedNode | BlankNode]) -> Iterator[Triple]:
    for subject in subjects:
        yield from (quad.triple for quad in store.quads(subject, graph=DefaultGraph()))


def _places(
    store: Store, resources: set[str], pages: dict[str, str], parts: Callable[[], Sequence[Part]]
) -> dict[str, str]:
    """The file that describes each resource: a vocabulary, else the page about it."""
    places: dict[str, str] = {}
    for part in parts():
        for triple in part.triples():
            subject = triple.subject
            if isinstance(subject, NamedNode) and subject.value in resources and subject.value not in places:
                places[subject.value] = part.source
    for concept, page in store.rows(_ABOUT):
        places.setdefault(str(concept), pages.get(str(page), ""))
    return places
