"""Builds the graph of a project: only what changed is read again, and the result depends on the inputs alone."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from nutrigraph.errors import StoreError
from nutrigraph.facts import Facts, manifest_quads
from nutrigraph.graph_builder.decisions import Decision, read_decisions
from nutrigraph.graph_builder.page_graph import (
    known_addresses,
    reference_quads,
    resolve_link,
)
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.inputs import Inputs, PageFile, hash_of, read_inputs
from nutrigraph.ontology.term_cache import TermCache
from nutrigraph.ontology.vocabulary import Vocabulary, load_vocabulary
from nutrigraph.page_cache import PageCache
from nutrigraph.page_places import Place, place_pages
from nutrigraph.page_results import outline
from nutrigraph.project import Project
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
            facts = Facts(cache, self.decisions)
            facts.write(store, self.vocabulary, whole, anew=not self.same_vocabulary)
            store.add(manifest_quads(self.project, self.inputs))
            store.raw.flush()
            self._write_paths(facts, store, whole)
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

    def _write_paths(self, facts: Facts, store: Store, whole: Vocabulary) -> None:
        sources = {iri: concept.source for iri, concept in whole.concepts.items()}
        last = self.last.paths_path if self.last and self.same_vocabulary else None
        write_path_index(self.snapshot.paths_path, facts.claims(), store, sources, last)


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


def _copy(last: Snapshot, snapshot: Snapshot) -> Store:
    last.store().raw.backup(str(snapshot.store_path))
    return Store.create(snapshot.store_path)


def _parsed(text: str, syntax: RdfFormat) -> Iterator[Quad]:
    return iter(pyoxigraph.parse(text, format=syntax))
