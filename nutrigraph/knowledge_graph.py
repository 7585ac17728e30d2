"""A project's knowledge graph: built, asked and drawn. The command line and Python users both come through here."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nutrigraph.errors import ProjectError
from nutrigraph.project import Project, read_project

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Dataset

    from nutrigraph.building import BuildReport
    from nutrigraph.queries.concepts import ConceptCard
    from nutrigraph.queries.neighbourhood import Neighbourhood
    from nutrigraph.queries.paths import NoPath, Path as Chain
    from nutrigraph.queries.statements import StatementRecord
    from nutrigraph.queries.term_index import Hit
    from nutrigraph.snapshots import Snapshot
    from nutrigraph.store import Store


class KnowledgeGraph:
    """The graph of one project folder.

    Concepts are named as people name them: a label, a synonym, an IRI or a CURIE (UnknownConcept, AmbiguousConcept).
    The graph is opened at the first question (NotBuiltError if it was never built) and stays as it was then, whoever
    builds meanwhile; `build` opens the new one.
    """

    def __init__(self, folder: str | os.PathLike[str] = ".") -> None:
        if str(folder).startswith(("http://", "https://")):
            raise ProjectError(f"{folder} is a web address. Give the folder of a project, with a nutrigraph.toml in it.")
        self.project: Project = read_project(Path(folder))

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.project.title!r} in {self.project.folder}>"

    # Building

    def build(self, progress: Callable[[int, int], None] | None = None) -> BuildReport:
        """Reads the pages and vocabularies into the graph, only what changed; `progress(done, total)` counts pages.

        Raises SourceError for a vocabulary that cannot be read, BusyError while somebody else builds.
        """
        from nutrigraph.building import build

        report = build(self.project, progress)
        for opened in ("snapshot", "store", "graph"):
            self.__dict__.pop(opened, None)
        return report

    @cached_property
    def snapshot(self) -> Snapshot:
        """The published build that is asked."""
        from nutrigraph.snapshots import current

        return current(self.project.location)

    @cached_property
    def store(self) -> Store:
        """The quads of the graph, read-only."""
        return self.snapshot.store()

    # Asking

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The concepts whose names are like `text`, best first."""
        from nutrigraph.queries.term_index import search

        return search(self.snapshot.names_path, text, limit)

    def resolve(self, name: str) -> str:
        """The IRI of the one concept that `name` leads to."""
        from nutrigraph.queries.term_index import resolve

        return resolve(self.snapshot.names_path, name)

    def concept(self, name: str) -> ConceptCard:
        """One concept with everything the graph says of it."""
        from nutrigraph.queries.concepts import concept

        return concept(self.store, self.resolve(name))

    def neighbours(self, name: str, depth: int = 1) -> Neighbourhood:
        """The concepts at most `depth` relations away."""
        from nutrigraph.queries.neighbourhood import neighbourhood

        return neighbourhood(self.store, self.resolve(name), depth)

    def paths(self, start: str, end: str, k: int = 3) -> list[Chain]:
        """The `k` best chains of relations between two concepts, each step with its sentences; may be none."""
        from nutrigraph.queries.paths import paths

        return paths(self.store, self.resolve(start), self.resolve(end), k)

    def no_path(self, start: str, end: str) -> NoPath:
        """Where chains between two concepts that none connects come to an end, and what is missing."""
        from nutrigraph.queries.paths import no_path

        return no_path(self.store, self.resolve(start), self.resolve(end))

    def statements(self, *, page: str | None = None, concept: str | None = None) -> list[StatementRecord]:
        """Every statement of the pages with its evidence; of one page (its path in the project), or about a concept."""
        from nutrigraph.queries.statements import statements

        return statements(self.store, page=page, concept=self.resolve(concept) if concept else None)

    # In other libraries' terms

    @cached_property
    def graph(self) -> Dataset:
        """The same data as an rdflib Dataset: live, read-only. Its default graph holds facts and vocabularies."""
        from nutrigraph.live_dataset import live_dataset

        return live_dataset(self.store)

    def to_rdflib(self) -> Dataset:
        """A copy in plain rdflib, to change."""
        from rdflib import Dataset

        copy = Dataset()
        copy.parse(data=self.store.dump("nquads"), format="nquads")
        return copy

    def to_networkx(self) -> MultiDiGraph[str]:
        """The concepts as nodes (IRIs with `label`, `type`, …), what connects them as edges with their evidence."""
        from nutrigraph.queries.network import to_networkx

        return to_networkx(self.store)

    def export(self, format: str) -> bytes:
        """The graph in a format of `nutrigraph.queries.export.FORMATS`; equal graphs give equal bytes."""
        from nutrigraph.queries.export import export

        return export(self.store, format)
