"""What a graph holds beside the graphs of its pages: the facts that all pages state together, names, what people
decided, what follows from facts, and what all was built from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import chain, islice
from typing import Final
from urllib.parse import quote

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from nutrigraph.graph_builder.decisions import Decision, decision_quads, match_decisions, statuses
from nutrigraph.inputs import Inputs
from nutrigraph.ontology.inference import Fact, derive, inference_quads
from nutrigraph.ontology.namespaces import (
    DCTERMS,
    DECISIONS_GRAPH,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    MANIFEST_GRAPH,
    NGO,
    RDF,
    SKOS,
)
from nutrigraph.ontology.skos import label_quads
from nutrigraph.ontology.vocabulary import BUNDLED, PAGES, Vocabulary
from nutrigraph.page_cache import PageCache
from nutrigraph.project import Project
from nutrigraph.queries.edges import Claim, claim_of
from nutrigraph.store import Store

_BULK: Final = 20_000
"""From about so many quads on, Oxigraph's bulk loader is the faster one."""
_LINES: Final = 100_000
"""So many triples of the default graph are in memory at once."""


class Facts:
    """What the pages of a cache state together, as people decided on it. There may be very many facts: they are read
    from the cache each time."""

    def __init__(self, cache: PageCache, decisions: Iterable[Decision]) -> None:
        self._cache = cache
        decisions = tuple(decisions)
        self._matched = match_decisions(decisions, cache.stated(decisions))
        decided = ((each.statement, each.decision.decision) for each in self._matched)
        self._accepted = {statement.iri for statement, verdict in decided if statement and verdict == "accept"}
        self._contradicting = cache.contradicting(self._accepted)
        self._statuses = statuses(self._matched, cache.holding() | self._contradicting)

    def __iter__(self) -> Iterator[Fact]:
        for subject, relation, object_ in self._cache.facts(self._statuses):
            yield subject, NGO + relation, object_

    def claims(self) -> Iterator[tuple[Fact, Claim]]:
        """What paths are made of: the statements, each with what it states; rejected and negated ones are none."""
        for subject, relation, object_, iri, page, modality, confidence in self._cache.said():
            decided = [self._statuses.get(iri, ""), "accept" if iri in self._accepted else ""]
            claim = claim_of(page, iri, modality, confidence, decided)
            if claim is not None and subject != object_:
                yield (subject, NGO + relation, object_), claim

    def write(self, store: Store, vocabulary: Vocabulary, whole: Vocabulary, *, anew: bool) -> None:
        """Brings `store` up to date. `whole` is the `vocabulary` of the files with the concepts of the pages; `anew`:
        the store holds nothing yet that pages state together."""
        if anew:
            self._cache.forget_stated()
        own = (f"{triple} .\n" for part in whole.parts if part.source == PAGES for triple in part.triples())
        added, removed = self._cache.change_stated(chain(map(_line, self), own))
        store.remove(_unless_in(vocabulary, removed))
        for lines in iter(lambda: list(islice(added, _LINES)), []):
            store.add(_parsed(lines), bulk=len(lines) > _BULK)
        for graph in (DECISIONS_GRAPH, INFERRED_GRAPH, LABELS_GRAPH, MANIFEST_GRAPH):
            store.raw.remove_graph(NamedNode(graph))
        store.add(label_quads(whole.concepts.values()), bulk=len(whole.concepts) > _BULK)
        store.add(_candidate_labels(store))
        store.add(decision_quads(self._matched, self._statuses, self._contradicting))
        store.add(inference_quads(derive(chain(self, _bundled_hierarchy(whole)))))


def manifest_quads(project: Project, inputs: Inputs) -> Iterator[Quad]:
    """What the graph was built from: no times and no names of machines, so that equal inputs give equal exports."""
    graph = NamedNode(MANIFEST_GRAPH)
    yield Quad(graph, NamedNode(DCTERMS + "title"), Literal(project.title), graph)
    yield Quad(graph, NamedNode(DCTERMS + "language"), Literal(project.language), graph)
    yield Quad(graph, NamedNode(NGO + "version"), Literal(version("nutrigraph")), graph)
    yield Quad(graph, NamedNode(NGO + "contentHash"), Literal(inputs.content_hash), graph)
    for name in project.bundled:
        yield Quad(graph, NamedNode(NGO + "bundledVocabulary"), Literal(name), graph)
    for path, digest in inputs.vocabularies:
        source = NamedNode(f"{MANIFEST_GRAPH}/{quote(path, safe='/')}")
        yield Quad(graph, NamedNode(DCTERMS + "source"), source, graph)
        yield Quad(source, NamedNode(DCTERMS + "identifier"), Literal(path), graph)
        yield Quad(source, NamedNode(NGO + "contentHash"), Literal(digest), graph)


def _line(fact: Fact) -> str:
    subject, predicate, object_ = map(NamedNode, fact)
    return f"{subject} {predicate} {object_} .\n"


def _parsed(lines: Iterable[str]) -> Iterator[Quad]:
    return iter(pyoxigraph.parse("".join(lines), format=RdfFormat.N_TRIPLES))


def _unless_in(vocabulary: Vocabulary, lines: Iterable[str]) -> Iterator[Quad]:
    """The triples that leave the default graph: those that a vocabulary states too stay."""
    going = {quad.triple for quad in _parsed(lines)}
    if going:
        going.difference_update(vocabulary.triples())
    return (Quad(triple.subject, triple.predicate, triple.object) for triple in going)


def _candidate_labels(store: Store) -> list[Quad]:
    """The terms that no vocabulary knows with the words of a page, as `label_quads` has concepts."""
    label, graph = NamedNode(SKOS + "prefLabel"), NamedNode(LABELS_GRAPH)
    written: dict[NamedNode, Literal] = {}
    for candidate in store.quads(None, NamedNode(RDF + "type"), NamedNode(NGO + "CandidateTerm")):
        term = candidate.subject
        for quad in store.quads(term, label, None, candidate.graph_name) if isinstance(term, NamedNode) else ():
            if isinstance(term, NamedNode) and isinstance(quad.object, Literal):
                written[term] = min(written.get(term, quad.object), quad.object, key=lambda words: words.value)
    return [Quad(term, label, words, graph) for term, words in written.items()]


def _bundled_hierarchy(vocabulary: Vocabulary) -> Iterator[Fact]:
    """The steps of the bundled hierarchy, between the concepts that speak for others, as facts are."""
    for part in vocabulary.parts:
        for concept in part.concepts if part.source in BUNDLED else ():
            for above in concept.broader:
                yield vocabulary.speaker(concept.iri), SKOS + "broader", vocabulary.speaker(above)
