"""A nutrition or health glossary as a knowledge graph whose every relation carries its sentence, source and reviewer.

>>> import nutrigraph
>>> kg = nutrigraph.open("my-glossary")                 # doctest: +SKIP
>>> kg.paths("pancreas", "type 2 diabetes")             # doctest: +SKIP
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nutrigraph.errors import (
    AmbiguousConcept,
    BusyError,
    ConceptError,
    EndpointError,
    MissingExtra,
    NotBuiltError,
    NutrigraphError,
    ProjectError,
    QueryError,
    QueryTimeout,
    SourceError,
    StoreError,
    UnknownConcept,
)

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph

__all__ = [
    "AmbiguousConcept",
    "BusyError",
    "ConceptError",
    "EndpointError",
    "KnowledgeGraph",
    "MissingExtra",
    "NotBuiltError",
    "NutrigraphError",
    "ProjectError",
    "QueryError",
    "QueryTimeout",
    "SourceError",
    "StoreError",
    "UnknownConcept",
    "open",
]


def open(path: str | os.PathLike[str] = ".") -> KnowledgeGraph:
    """The knowledge graph of the project folder `path`, or behind the SPARQL endpoint whose web address it is.

    Raises ProjectError if the folder is no project. Nothing is read before it is asked for: a graph that was never
    built raises NotBuiltError at the first question, an endpoint that cannot be reached EndpointError.
    """
    from nutrigraph.knowledge_graph import KnowledgeGraph
    from nutrigraph.project import is_address

    if is_address(str(path)):
        from nutrigraph.remote_graph import RemoteGraph

        return RemoteGraph(str(path))
    return KnowledgeGraph(path)


def __getattr__(name: str) -> object:
    # Loaded when first used, so that `nutrigraph --help` does not pay for it.
    if name == "KnowledgeGraph":
        from nutrigraph.knowledge_graph import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
