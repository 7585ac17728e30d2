"""How long answers take on the example's pages with a large vocabulary beside them, against rdflib, Oxigraph alone and
networkx on the same data.

    python benchmarks/queries.py FILE

FILE is any RDF vocabulary. The example glossary is built with it in a temporary folder. Each time is the
shortest of some; rdflib answers each query once, for at most SECONDS
seconds, which then count as its time. Ends with status 1 when a promise is broken.
"""

from __future__ import annotations

import logging
import random
import shlex
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib import resources
from itertools import islice
from pathlib import Path
from types import FrameType

import networkx
import pyoxigraph
from rdflib import Dataset

import nutrigraph
from nutrigraph.queries.catalogue import NamedQuery, catalogue, values_for
from nutrigraph.queries.edges import all_edges
from nutrigraph.query_text import with_values

SECONDS = 5.0
PAIRS = 40
LABELS = """SELECT ?thing ?label WHERE {
  { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label }
  UNION { ?thing <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }
}"""
SCAN = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)"
MOST = {
    "rows, of raw": 1.15,
    "csv, of raw": 1.05,
    "json, of raw": 1.05,
    "whole scan, of raw": 1.2,
    "concept-centred query, ms": 10.0,
    "scan of the pages' statements, ms": 100.0,
    "path, median ms": 50.0,
    "path, slowest ms": 50.0,
    "opening, ms": 50.0,
}
LEAST = {
    "catalogue, least ratio to rdflib": 1.0,
    "catalogue, median ratio to rdflib": 10.0,
    "path, ratio to networkx": 10.0,
}


def best(ask: Callable[[], object], rounds: int = 7) -> float:
    """The shortest time in milliseconds."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 9) -> float:
    """Our shortest time by theirs, measured in turns."""
    both = [(best(ours, 1), best(theirs, 1)) for _ in range(rounds)]
    return min(one for one, _ in both) / min(other for _, other in both)


def build(file: Path, folder: Path) -> nutrigraph.KnowledgeGraph:
    with resources.as_file(resources.files("nutrigraph") / "example") as example:
        shutil.copytree(example, folder, dirs_exist_ok=True)
    shutil.copy(file, folder)
    settings = folder / "nutrigraph.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[vocabulary]", f'[vocabulary]\nfiles = ["{file.name}"]'), encoding="utf-8")
    kg = nutrigraph.open(folder)
    kg.build()
    return kg


def parameters(query: NamedQuery) -> dict[str, str]:
    """Those of a query's example."""
    return dict(word.split("=", 1) for word in shlex.split(query.example)[4::2])


class _TooLong(Exception):
    pass


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


def rdflib_time(dataset: Dataset, text: str) -> tuple[float, bool]:
    """Milliseconds for all rows; True if it was stopped."""
    signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    start = time.perf_counter()
    try:
        list(dataset.query(text))
    except _TooLong:
        return 1000 * SECONDS, True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return 1000 * (time.perf_counter() - start), False


def against_oxigraph(kg: nutrigraph.KnowledgeGraph, found: dict[str, float]) -> None:
    raw = pyoxigraph.Store.read_only(str(kg.snapshot.store_path))

    def read(query: str) -> Callable[[], object]:
        return lambda: [tuple(term.value if term else None for term in row) for row in _solutions(raw, query)]

    found["rows, of raw"] = side_by_side(lambda: kg.store.rows(LABELS), read(LABELS))
    for name in ("csv", "json"):
        form = {"csv": pyoxigraph.QueryResultsFormat.CSV, "json": pyoxigraph.QueryResultsFormat.JSON}[name]
        found[f"{name}, of raw"] = side_by_side(
            lambda name=name: kg.store.solutions_bytes(LABELS, name),  # type: ignore[misc]
            lambda form=form: _solutions(raw, LABELS).serialize(format=form),  # type: ignore[misc]
        )
    found["whole scan, of raw"] = side_by_side(lambda: kg.store.rows(SCAN), read(SCAN), 5)


def _solutions(store: pyoxigraph.Store, query: str) -> pyoxigraph.QuerySolutions:
    answer = store.query(query)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return answer


def against_rdflib(kg: nutrigraph.KnowledgeGraph, found: dict[str, float]) -> None:
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # literals that are none
    start = time.perf_counter()
    dataset = kg.to_rdflib()
    print(f"rdflib has read {len(kg.store):,} quads in {time.perf_counter() - start:.0f} s")
    ratios: list[float] = []
    slowest = {True: 0.0, False: 0.0}
    for query in catalogue():
        given = parameters(query)
        text = with_values(query.text, values_for(query, kg._joined, given))
        ours = best(lambda text=text: kg.store.rows(text))  # type: ignore[misc]
        theirs, stopped = rdflib_time(dataset, text)
        centred = any(each.required for each in query.parameters)
        slowest[centred] = max(slowest[centred], ours)
        ratios.append(theirs / ours)
        print(
            f"  {query.name:22} {ours:8.2f} ms   rdflib {'more than ' if stopped else ''}{theirs:8.1f} ms   "
            f"{theirs / ours:8.1f} x   {'concept' if centred else 'scan'}"
        )
    found["catalogue, least ratio to rdflib"] = min(ratios)
    found["catalogue, median ratio to rdflib"] = statistics.median(ratios)
    found["concept-centred query, ms"] = slowest[True]
    found["scan of the pages' statements, ms"] = slowest[False]


def against_networkx(kg: nutrigraph.KnowledgeGraph, found: dict[str, float]) -> None:
    """Three chains between concepts of the vocabulary drawn by chance and between concepts of the pages."""
    edges = all_edges(kg.store)
    chance = random.Random(5)
    ends = sorted({end for edge in edges for end in (edge.subject, edge.object)})
    stated = sorted({end for edge in edges if edge.claims for end in (edge.subject, edge.object)})
    pairs = [tuple(chance.sample(group, 2)) for group in (ends, stated) for _ in range(PAIRS // 2)]

    def load() -> networkx.Graph[str]:
        graph: networkx.Graph[str] = networkx.Graph()
        graph.add_edges_from((edge.subject, edge.object) for edge in all_edges(kg.store))
        return graph

    def plain(one: str, other: str) -> None:
        graph = load()
        if networkx.has_path(graph, one, other):
            list(islice(networkx.shortest_simple_paths(graph, one, other), 3))

    concepts = kg._files[0].execute("SELECT COUNT(*) FROM concepts").fetchone()[0]
    nodes = kg._files[2].execute("SELECT COUNT(*) FROM concept").fetchone()[0]
    print(f"paths: {nodes:,} concepts with {len(edges):,} edges; {concepts:,} concepts have names")
    ours = [best(lambda pair=pair: paths(kg, pair), 3) for pair in pairs]  # type: ignore[misc]
    theirs = [best(lambda pair=pair: plain(*pair), 1) for pair in chance.sample(pairs, 5)]  # type: ignore[misc]
    found["path, median ms"] = statistics.median(ours)
    found["path, slowest ms"] = max(ours)
    found["path, ratio to networkx"] = statistics.median(theirs) / statistics.median(ours)


def paths(kg: nutrigraph.KnowledgeGraph, pair: Iterable[str]) -> None:
    from nutrigraph.queries.paths import paths

    one, other = pair
    paths(kg.store, one, other, 3, index=kg._files[2])


def opening(folder: Path, found: dict[str, float]) -> None:
    def open_it() -> None:
        kg = nutrigraph.open(folder)
        kg.store.rows("SELECT * WHERE { ?s ?p ?o } LIMIT 1")
        kg.search("insulin")

    found["opening, ms"] = best(open_it, 5)


def main(file: Path) -> int:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        kg = build(file, folder)
        opening(folder, found)
        against_oxigraph(kg, found)
        against_networkx(kg, found)
        against_rdflib(kg, found)
    failed = False
    for name, value in found.items():
        promise = f"at most {MOST[name]:g}" if name in MOST else f"at least {LEAST[name]:g}"
        broken = value > MOST.get(name, value) or value < LEAST.get(name, value)
        failed = failed or broken
        print(f"{name:36} {value:9.2f}   {promise}{'   BROKEN' if broken else ''}")
    return int(failed)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"{__doc__}")
    sys.exit(main(Path(sys.argv[1])))
