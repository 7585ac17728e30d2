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
    """The knowledge graph of the project folder `path`.

    Raises ProjectError if the folder is no project. Nothing is read before it is asked for: a graph that was never
    built raises NotBuiltError at the first question.
    """
    from nutrigraph.knowledge_graph import KnowledgeGraph

    return KnowledgeGraph(path)


def __getattr__(name: str) -> object:
    # Loaded when first used, so that `nutrigraph --help` does not pay for it.
    if name == "KnowledgeGraph":
        from nutrigraph.knowledge_graph import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
