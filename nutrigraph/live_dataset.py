"""The stored graph as an rdflib Dataset: nothing is copied, and nothing can be changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph

from nutrigraph.errors import StoreError
from nutrigraph.query_text import refuse_services

if TYPE_CHECKING:
    from rdflib.query import Result

    from nutrigraph.store import Store


class _ReadOnlyStore(OxigraphStore):
    """Refuses every change with an error that says what to do instead, and every question to another server."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise StoreError("The graph is read-only: it is built from the pages. Change a copy of it: kg.to_rdflib()")

    services: Collection[str] = ()

    add = addN = remove = remove_graph = update = destroy = _refuse

    def add_graph(self, graph: Graph) -> None:
        """rdflib announces a graph before reading from it; there is nothing to do."""

    def query(
        self, query: Any, initNs: Mapping[str, Any], initBindings: Mapping[str, Any], queryGraph: str, **options: Any
    ) -> Result:
        prefixes = {**dict(self.namespaces()), **initNs}
        declared = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in prefixes.items())
        refuse_services(declared + str(query), self.services)
        return super().query(query, initNs, initBindings, queryGraph, **options)


def live_dataset(store: Store) -> Dataset:
    """The Dataset over `store`, whose default graph holds facts and vocabularies."""
    live = _ReadOnlyStore(store=store.raw)
    live.services = store.services
    return Dataset(store=live)
