"""Builds the graph of a project: only what changed is read again, and the result depends on the inputs alone."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from nutrigraph.errors import StoreError
from nutrigraph.graph_builder.decisions import Decision, decision_quads, match_decisions, read_decisions, statuses
from nutrigraph.graph_builder.page_graph import (
    known_addresses,
    reference_quads,
    resolve_link,
)
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.inputs import Inputs, PageFile, hash_of, read_inputs
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
from nutrigraph.ontology.term_cache import TermCache
from nutrigraph.ontology.vocabulary import BUNDLED, PAGES, Vocabulary, load_vocabulary
from nutrigraph.page_cache import PageCache
from nutrigraph.page_places import Place, place_pages
from nutrigraph.page_results import outline
from nutrigraph.project import Project
from nutrigraph.queries.edges import Claim, claim_of
from nutrigraph.queries.path_index_writing import write_path_index
from nutrigraph.queries.term_index import write_index
from nutrigraph.shares import Reader, shares
from nutrigraph.snapshots import (
    Snapshot,
    begin,
    building,
    clear_work,
    discard,
    finish,
    publish,
    published,
    snapshot_at,
    work_folder,
)
from nutrigraph.store import Store
from nutrigraph.workers import look_through

Progress = Callable[[int, int], None]
_BULK: Final = 20_000
"""From about so many quads on, Oxigraph's bulk loader is the faster one."""
_LINES: Final = 100_000
"""So many triples of the default graph are in memory at once."""
_AT_ONCE: Final = 30_000_000
"""Bytes of TriG that are loaded at once: half a million quads, which the bulk loader sorts in memory."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `pages_read` counts the pages that were looked through, `pages_kept` those whose graph was kept
    as it was, `left_out` are (path, reason). `published` is False if nothing had changed since the last build."""

    pages_read: int
    pages_kept: int
    pages_removed: int
    left_out: tuple[tuple[str, str], ...]
    statements: int
    mentions: int
    content_hash: str
    published: bool


def build(project: Project, progress: Progress | None = None, loading: Progress | None = None) -> BuildReport:
    """Brings the project's graph up to date and publishes it; `progress` is told (pages done, pages to read), and
    `loading` before that (bytes read of the vocabularies, bytes to read).

    Pages that cannot be read are left out and reported. SourceError for a vocabulary or decisions file that cannot be
    read, ProjectError for settings, BusyError if another build is running: nothing is changed then.
    """
    with building(project.location):
        # Read when no other build runs: what is published last is made from what was read last.
        inputs = read_inputs(project)
        decisions = read_decisions(inputs.decisions)
        last = published(project.location)
        snapshot = snapshot_at(project.location, inputs.content_hash)
        if snapshot.sound:  # nothing changed, or all is back to what was built before
            publish(project.location, snapshot)
            return _unchanged(snapshot, published=last != snapshot)
        last = last if last and last.sound else None  # nothing that was built is needed to build
        tell = progress or (lambda *_: None)

        def attempt(last: Snapshot | None) -> BuildReport:
            begin(project.location, inputs.content_hash)
            return _Build(project, inputs, decisions, last, snapshot, loading).run(tell)

        report = None
        try:
            if last:  # nothing that was built is needed to build: what is damaged must not stand in the way for ever
                with contextlib.suppress(StoreError, OSError, sqlite3.Error):
                    report = attempt(last)
            report = report or attempt(None)
        except (OSError, sqlite3.Error) as error:
            discard(snapshot)
            raise StoreError(f"{snapshot.folder} cannot be written: {error}.") from None
        except BaseException:
            discard(snapshot)
            raise
        publish(project.location, snapshot)
        clear_work(project.location)
    return report


def _unchanged(snapshot: Snapshot, *, published: bool) -> BuildReport:
    manifest = snapshot.manifest
    counts = {name: _count(manifest, name) for name in ("pages", "statements", "mentions")}
    return BuildReport(
        pages_read=0,
        pages_kept=counts["pages"],
        pages_removed=0,
        left_out=left_out(snapshot),
        statements=counts["statements"],
        mentions=counts["mentions"],
        content_hash=snapshot.name,
        published=published,
    )


def _count(manifest: Mapping[str, object], name: str) -> int:
    value = manifest.get(name)
    return value if isinstance(value, int) else 0


def left_out(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """The pages that are not in a snapshot, each with the reason."""
    pages = snapshot.manifest.get("left_out")
    return tuple((str(path), str(reason)) for path, reason in pages) if isinstance(pages, list) else ()


class _Build:
    """One run of a build into a new snapshot, begun from the last one."""

    def __init__(
        self,
        project: Project,
        inputs: Inputs,
        decisions: tuple[Decision, ...],
        last: Snapshot | None,
        snapshot: Snapshot,
        loading: Progress | None = None,
    ) -> None:
        self.project = project
        self.inputs = inputs
        self.decisions = decisions
        self.snapshot = snapshot
        self.last = last if last and last.manifest.get("page_key") == inputs.page_key else None
        # The store can be begun from the last one only if all vocabulary triples in it are still right.
        self.same_vocabulary = bool(self.last and self.last.manifest.get("vocabulary_key") == inputs.vocabulary_key)
        self.vocabulary = self._load_vocabulary(loading)

    def run(self, progress: Progress) -> BuildReport:
        if self.last:
            shutil.copyfile(self.last.pages_path, self.snapshot.pages_path)
        with PageCache.create(self.snapshot.pages_path) as cache:
            before = {path: iri for path, (iri, _) in cache.places().items() if iri}
            removed = _outline_pages(self.inputs.pages, cache)
            places = place_pages(self.project, self.vocabulary, cache.outlines())
            whole = self.vocabulary.with_pages(places.concepts)
            matcher = Matcher(whole)
            read = self._to_read(cache, places.pages, matcher)
            store = self._begin_store(before, {path: p.iri for path, p in places.pages.items()}, read)
            self._look_through(cache, store, read, places.pages, matcher, progress)
            _link(cache, store)
            self._write_facts(cache, store, whole)
            del store  # that closes it: its files are merged in the background as long as it is open
            statements, mentions = cache.counts()
            problems = {o.path: o.problem for o in cache.outlines().values() if o.problem}
        write_index(self.snapshot.names_path, whole)
        out = tuple(sorted({**problems, **places.duplicates}.items()))
        report = BuildReport(
            pages_read=len(read),
            pages_kept=len(places.pages) - len(read),
            pages_removed=removed,
            left_out=out,
            statements=statements,
            mentions=mentions,
            content_hash=self.inputs.content_hash,
            published=True,
        )
        manifest = {
            "version": version("nutrigraph"),
            "page_key": self.inputs.page_key,
            "vocabulary_key": self.inputs.vocabulary_key,
            "pages": len(places.pages),
            "statements": statements,
            "mentions": mentions,
            "left_out": [list(page) for page in out],
        }
        finish(self.snapshot, manifest)
        return report

    def _load_vocabulary(self, loading: Progress | None) -> Vocabulary:
        """Reads the vocabularies, each file once: into the new store too, unless that begins from the last one."""
        cache = TermCache(self.snapshot.terms_path, self.last.terms_path if self.last else None)
        if self.same_vocabulary:
            return load_vocabulary(self.project, cache=cache, tell=loading)
        store = Store.create(self.snapshot.store_path)
        return load_vocabulary(self.project, cache=cache, store=store.add_many, tell=loading)

    def _to_read(self, cache: PageCache, places: Mapping[str, Place], matcher: Matcher) -> list[str]:
        """The paths of the pages that changed or that a changed name touches; forgets those that have no place."""
        looked = cache.places()
        touched = _touched(cache, matcher)
        for path, (iri, _) in looked.items():
            if iri and path not in places:
                cache.leave_out(path)
        return [path for path, place in places.items() if path in touched or looked[path][1] != place.key]

    def _begin_store(self, before: Mapping[str, str], now: Mapping[str, str], read: Collection[str]) -> Store:
        """The new store with the vocabularies and the graphs of the pages that need not be read again."""
        again = set(read)
        if self.same_vocabulary and self.last:
            store = _copy(self.last, self.snapshot)
            for path, iri in before.items():
                if path in again or now.get(path) != iri:
                    store.raw.remove_graph(NamedNode(iri))
            return store
        store = Store.create(self.snapshot.store_path)
        kept = [iri for path, iri in now.items() if path not in again]
        if kept and self.last:
            last = self.last.store()
            store.add_many(quad for iri in kept for quad in last.quads(graph=NamedNode(iri)))
        return store

    def _look_through(
        self,
        cache: PageCache,
        store: Store,
        read: Sequence[str],
        places: Mapping[str, Place],
        matcher: Matcher,
        progress: Progress,
    ) -> None:
        """Looks through pages; what they say is written into the cache and the store."""
        if not read:  # a decision touches no page, and telling names apart takes a while where there are many
            progress(0, 0)
            return
        files = {page.path: page for page in self.inputs.pages}
        common = hash_of([self.inputs.page_key, sorted(matcher.names.items())])
        reader = Reader(matcher, self.project.concepts, work_folder(self.project.location))
        waiting: list[Path] = []
        todo = shares([(files[path], places[path]) for path in read], common)
        for share in look_through(todo, reader, lambda done: progress(done, len(read))):
            for (file, place), found in zip(share.pages, reader.results(share), strict=True):
                cache.set_result(file.path, place.iri, place.about.iri if place.about else None, place.key, found)
            waiting.append(reader.graphs(share))
            if sum(path.stat().st_size for path in waiting) > _AT_ONCE:
                store.load(waiting)
                waiting = []
        store.load(waiting)

    def _write_facts(self, cache: PageCache, store: Store, whole: Vocabulary) -> None:
        """Writes what all pages say together, what people decided, and what paths are made of."""
        matched = match_decisions(self.decisions, cache.stated(self.decisions))
        accepted = [m.statement.iri for m in matched if m.statement and m.decision.decision == "accept"]
        contradicting = cache.contradicting(accepted)
        given = statuses(matched, cache.holding() | contradicting)
        if not self.same_vocabulary:
            cache.forget_stated()
        own = (f"{triple} .\n" for part in whole.parts if part.source == PAGES for triple in part.triples())
        added, removed = cache.change_stated(chain((_line(*fact) for fact in _facts(cache, given)), own))
        store.remove(self._unless_in_vocabulary(removed))
        for lines in iter(lambda: list(islice(added, _LINES)), []):
            store.add(_parsed("".join(lines), RdfFormat.N_TRIPLES), bulk=len(lines) > _BULK)
        for graph in (DECISIONS_GRAPH, INFERRED_GRAPH, LABELS_GRAPH, MANIFEST_GRAPH):
            store.raw.remove_graph(NamedNode(graph))
        store.add(label_quads(whole.concepts.values()), bulk=len(whole.concepts) > _BULK)
        store.add(_candidate_labels(store))
        store.add(decision_quads(matched, given, contradicting))
        store.add(inference_quads(derive(chain(_facts(cache, given), _bundled_hierarchy(whole)))))
        store.add(_manifest_quads(self.project, self.inputs))
        store.raw.flush()
        sources = {iri: concept.source for iri, concept in whole.concepts.items()}
        last = self.last.paths_path if self.last and self.same_vocabulary else None
        write_path_index(self.snapshot.paths_path, _claims(cache, given, set(accepted)), store, sources, last)

    def _unless_in_vocabulary(self, lines: list[str]) -> Iterable[Quad]:
        """The triples that leave the default graph: those that a vocabulary states too stay."""
        going = {quad.triple for quad in _parsed("".join(lines), RdfFormat.N_TRIPLES)}
        if going:
            going.difference_update(self.vocabulary.triples())
        return _in_default_graph(going)


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


def _outline_pages(files: Iterable[PageFile], cache: PageCache) -> int:
    """Reads the titles of new and changed pages into the cache; returns how many pages are there no more."""
    known = cache.outlines()
    paths = set()
    for file in files:
        paths.add(file.path)
        before = known.get(file.path)
        if before and (before.digest, before.kind, before.below) == (file.digest, file.kind, file.below):
            continue
        cache.set_outline(outline(file))
    gone = set(known) - paths
    for path in gone:
        cache.remove(path)
    return len(gone)


def _touched(cache: PageCache, matcher: Matcher) -> set[str]:
    """The pages that a new, changed or removed name may be found on; brings the cache's names up to date."""
    before, now = cache.names(), matcher.names
    changed = {key: now.get(key) for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    cache.change_names(changed)
    return cache.pages_with(changed)


def _link(cache: PageCache, store: Store) -> None:
    """Finds where every hyperlink leads, now that all pages are known; writes what changed of that."""
    pages = list(cache.hyperlinks())
    known = known_addresses({path: iri for path, iri, _, _ in pages})
    for path, iri, links, before in pages:
        linked = tuple(replace(link, iri=resolve_link(link.target, path, iri, known)) for link in links)
        quads = pyoxigraph.serialize(
            reference_quads(iri, (link.iri for link in linked if link.iri)), format=RdfFormat.N_QUADS
        )
        text = (quads or b"").decode("utf-8")
        if text != before or linked != links:
            cache.set_hyperlinks(path, linked, text)
            store.remove(_parsed(before or "", RdfFormat.N_QUADS))
            store.add(_parsed(text, RdfFormat.N_QUADS))


def _bundled_hierarchy(vocabulary: Vocabulary) -> Iterator[Fact]:
    """The steps of the bundled hierarchy, between the concepts that speak for others, as facts are."""
    for part in vocabulary.parts:
        for concept in part.concepts if part.source in BUNDLED else ():
            for above in concept.broader:
                yield vocabulary.speaker(concept.iri), SKOS + "broader", vocabulary.speaker(above)


def _copy(last: Snapshot, snapshot: Snapshot) -> Store:
    last.store().raw.backup(str(snapshot.store_path))
    return Store.create(snapshot.store_path)


def _parsed(text: str, syntax: RdfFormat) -> Iterator[Quad]:
    return iter(pyoxigraph.parse(text, format=syntax))


def _in_default_graph(triples: Iterable[Triple]) -> Iterator[Quad]:
    return (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


def _facts(cache: PageCache, withheld: Collection[str]) -> Iterator[Fact]:
    return ((subject, NGO + relation, object_) for subject, relation, object_ in cache.facts(withheld))


def _line(subject: str, predicate: str, object_: str) -> str:
    return f"{NamedNode(subject)} {NamedNode(predicate)} {NamedNode(object_)} .\n"


def _claims(cache: PageCache, given: Mapping[str, str], accepted: Collection[str]) -> Iterator[tuple[Fact, Claim]]:
    """What paths are made of, as `edges.claim_of` has it."""
    for subject, relation, object_, iri, page, modality, confidence in cache.said():
        decided = [given.get(iri, ""), "accept" if iri in accepted else ""]
        claim = claim_of(page, iri, modality, confidence, decided)
        if claim is not None and subject != object_:
            yield (subject, NGO + relation, object_), claim


def _manifest_quads(project: Project, inputs: Inputs) -> Iterator[Quad]:
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
