"""How fast and in how much memory a large vocabulary is loaded, against Oxigraph's own bulk loader on the same file.

    python benchmarks/load_ontologies.py FILE.nt.gz

Each reading is a process of its own that writes into a new folder; they take turns, and the fastest of each counts.
Making concepts and the search index is measured apart. Ends with status 1 when a promise is broken.
"""

from __future__ import annotations

import gzip
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad

from nutrigraph.ontology.term_cache import TermCache
from nutrigraph.ontology.vocabulary import load_vocabulary
from nutrigraph.project import Project
from nutrigraph.queries.term_index import write_index
from nutrigraph.store import Store

ROUNDS = 3
LEAST_SPEED = 0.8
MOST_MEMORY = 700


def bulk_load(file: Path, folder: Path) -> dict[str, float]:
    """What Oxigraph itself does."""
    import pyoxigraph

    start = time.perf_counter()
    store = pyoxigraph.Store(str(folder / "store"))
    with gzip.open(file) as lines:
        store.bulk_load(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
    store.flush()
    return {"seconds": time.perf_counter() - start, "triples": len(store)}


def nutrigraph(file: Path, folder: Path) -> dict[str, float]:
    """What a build does with a new vocabulary: its triples are stored while what it names is collected, and (apart)
    concepts are made of that and kept for the next build."""
    shutil.copy(file, folder)
    url = "https://www.example.org/"
    project = Project(folder, "Large", url, url + "concept/", bundled=(), files=(file.name,))
    start = time.perf_counter()
    store = Store.create(folder / "store")
    stored = start

    def keep(quads: Iterable[Quad]) -> None:
        nonlocal stored
        store.add_many(quads)
        store.raw.flush()
        stored = time.perf_counter()

    load_vocabulary(project, cache=TermCache(folder / "terms"), store=keep)
    return {"seconds": stored - start, "terms": time.perf_counter() - stored, "triples": len(store)}


def index(file: Path, folder: Path) -> dict[str, float]:
    """The search index, from terms that are known."""
    shutil.copy(file, folder)
    url = "https://www.example.org/"
    project = Project(folder, "Large", url, url + "concept/", bundled=(), files=(file.name,))
    load_vocabulary(project, cache=TermCache(folder / "terms"))
    start = time.perf_counter()
    vocabulary = load_vocabulary(project, cache=TermCache(folder / "terms"))
    again = time.perf_counter()
    write_index(folder / "names.sqlite", vocabulary)
    names = sum(len(concept.names) for concept in vocabulary.concepts.values())
    return {"seconds": time.perf_counter() - again, "again": again - start, "names": names}


def measured(what: str, file: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, str(file), what, folder]
        result = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    measures: dict[str, float] = json.loads(result.stdout)
    return measures


def main(file: Path) -> int:
    best: dict[str, dict[str, float]] = {}
    for _ in range(ROUNDS):
        for what in ("bulk_load", "nutrigraph"):
            took = measured(what, file)
            if what not in best or took["seconds"] < best[what]["seconds"]:
                best[what] = took
    for what, took in best.items():
        print(
            f"{what:12} {took['seconds']:6.2f} s  {took['triples']:10,.0f} triples  {took['megabytes']:5.0f} MB at most"
        )
    speed = best["bulk_load"]["seconds"] / best["nutrigraph"]["seconds"]
    memory = best["nutrigraph"]["megabytes"]
    print(f"speed        {speed:6.2f} x  (at least {LEAST_SPEED:g}), memory at most {MOST_MEMORY} MB")
    terms = best["nutrigraph"]["terms"]
    print(f"concepts     {terms:6.2f} s  made of what was collected, for search and recognition, apart")
    took = measured("index", file)
    share = (took["seconds"] + terms) / best["bulk_load"]["seconds"]
    print(f"search index {took['seconds']:6.2f} s  {took['names']:10,.0f} names")
    print(f"             {share:6.2f} x  the bulk load, for the index and the concepts together")
    print(f"unchanged    {took['again']:6.2f} s  to know the terms of a file that a build before has read")
    return int(speed < LEAST_SPEED or memory > MOST_MEMORY)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        reading = {"bulk_load": bulk_load, "nutrigraph": nutrigraph, "index": index}[sys.argv[2]]
        outcome = reading(Path(sys.argv[1]), Path(sys.argv[3]))
        outcome["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(outcome))
    elif len(sys.argv) == 2:
        sys.exit(main(Path(sys.argv[1])))
    else:
        sys.exit(f"{__doc__}")
