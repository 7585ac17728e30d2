"""How long answers take on the example's pages with a large vocabulary beside them, against rdflib, Oxigraph alone,
networkx, OAK and kglab on the same data, in one run of some minutes.

    python benchmarks/queries.py FILE.nt.gz [--oak PYTHON] [--kglab PYTHON]

The example glossary is built with FILE in a temporary folder. rdflib answers each query once, for at most SECONDS
seconds, which then count as its time: the ratio is a lower bound. OAK and kglab run in environments of their own
(`pip install oaklib`; `pip install kglab`), whose Python is to be named. Ends with status 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import logging
import os
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from types import FrameType

import pyoxigraph
from other_tools import LABEL, SUBCLASS
from paths import against_networkx
from rdflib import Dataset

import nutrigraph
from nutrigraph.queries.catalogue import NamedQuery, catalogue, values_for
from nutrigraph.query_text import with_values

SECONDS = 2.0
"""For each query on rdflib."""
SECONDS_OF_A_TOOL = 120.0
"""For OAK or kglab, with loading the file."""
WORD, CURIE = "insulin", "CHEBI:24621"
IRI = "http://purl.obolibrary.org/obo/CHEBI_24621"
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
    "path, 60,000 concepts, median ms": 50.0,
    "path, 60,000 concepts, slowest ms": 50.0,
    "opening, ms": 50.0,
}
LEAST = {
    "catalogue, least ratio to rdflib": 1.0,
    "catalogue, median ratio to rdflib": 10.0,
    "path, ratio to networkx": 10.0,
    "path, 60,000 concepts, ratio to networkx": 10.0,
}


def best(ask: Callable[[], object], rounds: int = 7) -> float:
    """The shortest time in milliseconds."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 11) -> float:
    """Our median time by theirs, measured in turns, each first in every other round."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for round_ in range(rounds):
        for mine in (True, False) if round_ % 2 else (False, True):
            times[mine].append(best(ours if mine else theirs, 1))
    return statistics.median(times[True]) / statistics.median(times[False])


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


class _TooLong(BaseException):  # rdflib goes on after an Exception within an expression
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
    gc.collect()
    gc.freeze()  # or Python would look through millions of its terms again and again, whoever is measured
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
            f"  {query.name:22} {ours:8.2f} ms   rdflib {'> ' if stopped else '  '}{theirs:8.1f} ms   "
            f"{'> ' if stopped else '  '}{theirs / ours:8.1f} x   {'concept' if centred else 'scan'}",
            flush=True,
        )
    found["catalogue, least ratio to rdflib"] = min(ratios)
    found["catalogue, median ratio to rdflib"] = statistics.median(ratios)
    found["concept-centred query, ms"] = slowest[True]
    found["scan of the pages' statements, ms"] = slowest[False]


def against_tool(kg: nutrigraph.KnowledgeGraph, tool: str, python: str | None, file: Path) -> None:
    """What OAK or kglab takes for the questions that both can answer; printed, as nothing is promised."""
    if python is None:
        print(f"{tool}: not measured, its Python is not named (--{tool} PYTHON)")
        return
    script = Path(__file__).with_name("other_tools.py")
    command = [python, str(script), tool, str(file), WORD, CURIE, IRI]
    start = time.perf_counter()
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_OF_A_TOOL, check=False)
        output, end = answer.stdout, "" if answer.returncode == 0 else f"failed: {answer.stderr[-200:]}"
    except subprocess.TimeoutExpired as stopped:
        output = (stopped.stdout or b"").decode() if isinstance(stopped.stdout, bytes) else stopped.stdout or ""
        end = f"stopped after {time.perf_counter() - start:.0f} s, with the rest not done"
    ours = {
        "search": lambda: kg.search(WORD),
        "everything below": lambda: kg.store.rows(f"SELECT ?s WHERE {{ ?s {SUBCLASS}+ <{IRI}> }}"),
        "label rows": lambda: kg.store.rows(f"SELECT ?s ?l WHERE {{ ?s {LABEL} ?l }}"),
    }
    for line in output.splitlines():
        task, _, theirs = line.partition("\t")
        mine = best(ours[task], 3) if task in ours else None
        ratio = f"   ours {mine:8.2f} ms   {float(theirs) / mine:8.1f} x" if mine else ""
        print(f"  {tool:8} {task:18} {float(theirs):10.1f} ms{ratio}", flush=True)
    if end:
        print(f"  {tool:8} {end}")


def opening(folder: Path, found: dict[str, float]) -> None:
    def open_it() -> None:
        kg = nutrigraph.open(folder)
        kg.store.rows("SELECT * WHERE { ?s ?p ?o } LIMIT 1")
        kg.search("insulin")

    found["opening, ms"] = best(open_it, 5)


def main(file: Path, oak: str | None, kglab: str | None) -> int:
    print(f"{os.cpu_count()} processors, {os.getloadavg()[0]:.1f} processes waiting for them at the start")
    begun = time.perf_counter()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        kg = build(file, folder)
        opening(folder, found)
        against_oxigraph(kg, found)
        against_networkx(kg, found)
        if oak or kglab:
            plain = Path(temporary) / "vocabulary.nt"
            with gzip.open(file) as packed, plain.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
        for tool, python in (("oak", oak), ("kglab", kglab)):
            against_tool(kg, tool, python, Path(temporary) / "vocabulary.nt")
        against_rdflib(kg, found)
    failed = False
    for name, value in found.items():
        promise = f"at most {MOST[name]:g}" if name in MOST else f"at least {LEAST[name]:g}" if name in LEAST else ""
        broken = value > MOST.get(name, value) or value < LEAST.get(name, value)
        failed = failed or broken
        print(f"{name:44} {value:9.2f}   {promise}{'   BROKEN' if broken else ''}")
    print(f"{time.perf_counter() - begun:.0f} s, {os.getloadavg()[0]:.1f} processes waiting at the end")
    return int(failed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="a vocabulary as gzipped N-Triples")
    parser.add_argument("--oak", metavar="PYTHON", help="the Python of an environment with oaklib")
    parser.add_argument("--kglab", metavar="PYTHON", help="the Python of an environment with kglab")
    given = parser.parse_args()
    sys.exit(main(given.file, given.oak, given.kglab))
