"""A knowledge graph behind a SPARQL endpoint: the same questions, as far as the graph alone can answer them."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from nutrigraph.endpoint import Endpoint, Limits
from nutrigraph.errors import EndpointError
from nutrigraph.knowledge_graph import KnowledgeGraph
from nutrigraph.ontology.namespaces import DCTERMS, MANIFEST_GRAPH, NG
from nutrigraph.queries.endpoint_names import EndpointNames
from nutrigraph.queries.labels import language_of
from nutrigraph.queries.vocabulary_export import Heading
from nutrigraph.remote_store import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutrigraph.project import Project
    from nutrigraph.queries.term_index import Hit
    from nutrigraph.store import Store

_TITLE = f"SELECT ?title WHERE {{ GRAPH <{MANIFEST_GRAPH}> {{ <{MANIFEST_GRAPH}> <{DCTERMS}title> ?title }} }}"


class RemoteGraph(KnowledgeGraph):
    """The graph behind the endpoint at `address`, as it is at each question.

    Everything that is RDF is asked for there; what needs the files of a project (building, mentions, links, gaps,
    decisions) is an EndpointError. So is an answer that the server gives wrongly, not at all, or in part. A graph that
    was not made by nutrigraph has names, paths and queries, and no statements.
    """

    def __init__(self, address: str, limits: Limits | None = None) -> None:
        self._endpoint = Endpoint(address, limits)

    def __repr__(self) -> str:
        return f"<RemoteGraph at {self._endpoint.name}>"

    @property
    def project(self) -> Project:
        self._without_files()

    @cached_property
    def store(self) -> Store:
        return RemoteStore(self._endpoint)

    @cached_property
    def _files(self) -> NoReturn:
        self._without_files()

    @cached_property
    def snapshot(self) -> NoReturn:
        self._without_files()

    def _without_files(self) -> NoReturn:
        raise EndpointError(
            f"That needs the files of a project, and {self._endpoint.name} has its graph alone. Open the project's "
            "folder instead (--project DIR)."
        )

    @cached_property
    def _names(self) -> EndpointNames:
        return EndpointNames(self.store, self._heading.language)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        return self._names.search(text, limit)

    def resolve(self, name: str) -> str:
        return self._names.resolve(name)

    def _path_index(self, ends: Sequence[str]) -> sqlite3.Connection:
        from nutrigraph.queries.path_frontier import index_around

        return index_around(self.store, ends)

    @property
    def _heading(self) -> Heading:
        titles = sorted(str(row[0]) for row in self.store.rows(_TITLE))
        return Heading(NG, titles[0] if titles else self._endpoint.name, language_of(self.store))

    @property
    def _identity(self) -> tuple[str, str, str]:
        return self._endpoint.name, self._endpoint.name, ""

    def is_source(self, file: Path) -> bool:
        return False
