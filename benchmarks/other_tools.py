"""What OAK and kglab need for questions that they can answer on a large vocabulary. `queries.py` runs this with their
own Python, as each wants other versions of libraries than the project:

    PYTHON benchmarks/other_tools.py oak|kglab FILE.nt WORD PREFIX:ID IRI

prints a line "task<TAB>milliseconds" as soon as each one is done: loading, finding the labels with WORD, everything
below the concept, and (kglab) all labels as a table.
"""

from __future__ import annotations

import logging
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


def timed(task: str, work: Callable[[], Any]) -> Any:
    """The result of the work."""
    start = time.perf_counter()
    result = work()
    print(f"{task}\t{1000 * (time.perf_counter() - start):.3f}", flush=True)
    return result


def oak(file: str, word: str, curie: str) -> None:
    sparql = import_module("oaklib.implementations.sparql.sparql_implementation")
    resource = import_module("oaklib.resource").OntologyResource(slug=file, local=True, format="nt")
    partly = import_module("oaklib.datamodels.search").SearchConfiguration(is_partial=True)
    adapter = timed("loading", lambda: sparql.SparqlImplementation(resource))
    timed("search", lambda: list(adapter.basic_search(word, partly)))
    timed("everything below", lambda: list(adapter.descendants(curie, ["rdfs:subClassOf"])))


def kglab(file: str, word: str, iri: str) -> None:
    graph = import_module("kglab").KnowledgeGraph()
    timed("loading", lambda: graph.load_rdf(file, format="nt"))
    search = f'SELECT ?s ?l WHERE {{ ?s {LABEL} ?l FILTER(CONTAINS(LCASE(STR(?l)), "{word}")) }}'
    timed("search", lambda: graph.query_as_df(search))
    timed("everything below", lambda: graph.query_as_df(f"SELECT ?s WHERE {{ ?s {SUBCLASS}+ <{iri}> }}"))
    timed("label rows", lambda: graph.query_as_df(f"SELECT ?s ?l WHERE {{ ?s {LABEL} ?l }}"))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    tool, file, word, curie, iri = sys.argv[1:]
    if tool == "oak":
        oak(file, word, curie)
    else:
        kglab(file, word, iri)
