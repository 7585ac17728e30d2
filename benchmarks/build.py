"""How fast pages become a graph, what a build costs beside that, and how the cost grows with the number of pages.

    python benchmarks/build.py [--size MB] [--counts PAGES …]

The pages are those of generated_pages.py. Measured are, each in a process of its own:

- pages to quads on one core: pages read, looked through and written as RDF, in MB of pages a second
- the whole build by one process, against that and Oxigraph's bulk loader on the N-Quads that the build exports
- the same build by all processors, and again when nothing has changed
- builds of more and more pages: time, pages a second, memory

Seconds are of the processor (user and system, children included) where work is compared, so that a busy machine does
not decide, and of the clock where waiting is. Ends with status 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generated_pages import write

LEAST_SPEED = 0.5
"""MB of pages a second and core."""
MOST_WHOLE = 2.0
LEAST_AGAIN = 50.0
MOST_GROWTH = 1.5
"""A page among many may cost so much more than one among few."""


def extract(folder: Path) -> dict[str, float]:
    """Pages to quads, the vocabulary being loaded already."""
    from nutrigraph.graph_builder.recognition import Matcher
    from nutrigraph.inputs import read_inputs
    from nutrigraph.ontology.vocabulary import load_vocabulary
    from nutrigraph.page_places import place_pages
    from nutrigraph.page_results import look_through, outline
    from nutrigraph.project import read_project

    project = read_project(folder)
    vocabulary = load_vocabulary(project)
    files = {file.path: file for file in read_inputs(project).pages}
    places = place_pages(project, vocabulary, {path: outline(file) for path, file in files.items()})
    matcher = Matcher(vocabulary.with_pages(places.concepts))
    size = statements = mentions = 0
    began = time.process_time()
    for path, place in places.pages.items():
        result, _ = look_through(files[path], place.iri, place.about, matcher, project.concepts)
        size += files[path].size
        statements += len(result.statements)
        mentions += len(result.mentions)
    seconds = time.process_time() - began
    return {"cpu": seconds, "bytes": size, "statements": statements, "mentions": mentions}


def build(folder: Path) -> dict[str, float]:
    from nutrigraph.building import build
    from nutrigraph.project import read_project

    began = time.perf_counter()
    report = build(read_project(folder))
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "cpu": sum(os.times()[:4]), "pages": report.pages_read + report.pages_kept}


def export(folder: Path) -> dict[str, float]:
    from nutrigraph.project import read_project
    from nutrigraph.snapshots import current

    file = folder / "export.nq"
    file.write_bytes(current(read_project(folder).location).store().dump("nquads"))
    return {"bytes": file.stat().st_size}


def bulk_load(folder: Path) -> dict[str, float]:
    """What Oxigraph itself does with the export."""
    import pyoxigraph

    began = time.perf_counter()
    before = time.process_time()
    store = pyoxigraph.Store(str(folder / "loaded"))
    store.bulk_load(path=str(folder / "export.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    return {
        "cpu": time.process_time() - before,
        "seconds": time.perf_counter() - began,
        "quads": len(store),
    }


STEPS = {step.__name__: step for step in (extract, build, export, bulk_load)}


def measured(step: str, folder: Path, processes: int | None = None) -> dict[str, float]:
    """Runs a step in a process of its own; adds its greatest memory in MB (of one process)."""
    environment = {**os.environ, **({"NUTRIGRAPH_PROCESSES": str(processes)} if processes else {})}
    child = subprocess.run(
        [sys.executable, __file__, "--step", step, str(folder)], check=True, capture_output=True, env=environment
    )
    answer: dict[str, float] = json.loads(child.stdout)
    return answer


def project(folder: Path, count: int | None = None, size: int | None = None) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    return int(write(folder, count, size))


def whole(folder: Path, size: int) -> bool:
    """Measures one size; returns whether all promises are kept."""
    megabytes = project(folder, size=size) / 1e6
    told = measured("extract", folder)
    kilobytes = told["bytes"] / 1e3
    speed = megabytes / told["cpu"]
    print(f"{megabytes:.1f} MB of pages: {told['mentions'] / kilobytes:.1f} mentions and "
          f"{told['statements'] / kilobytes:.1f} statements a KB")  # fmt: skip
    print(f"pages to quads          {told['cpu']:8.1f} s   {speed:.3f} MB/s a core (at least {LEAST_SPEED:g})")
    alone = measured("build", folder, 1)
    exported = measured("export", folder)
    loaded = measured("bulk_load", folder)
    ratio = alone["cpu"] / (told["cpu"] + loaded["cpu"])
    print(f"bulk loading its quads  {loaded['cpu']:8.1f} s   {loaded['quads']:,.0f} quads, "
          f"{exported['bytes'] / 1e6:,.0f} MB of N-Quads")  # fmt: skip
    print(f"whole build             {alone['cpu']:8.1f} s   {ratio:.2f} x both (at most {MOST_WHOLE:g} x), "
          f"{alone['memory']:.0f} MB")  # fmt: skip
    shutil.rmtree(folder / "loaded")
    (folder / "export.nq").unlink()
    shutil.rmtree(folder / ".nutrigraph")
    first = measured("build", folder)
    again = min(measured("build", folder)["seconds"] for _ in range(3))
    faster = first["seconds"] / again
    print(f"by all processors       {first['seconds']:8.1f} s by the clock; by one {alone['seconds']:.1f} s")
    print(f"again, nothing changed  {again:8.2f} s by the clock   {faster:.0f} x faster (at least {LEAST_AGAIN:g} x)")
    return speed >= LEAST_SPEED and ratio <= MOST_WHOLE and faster >= LEAST_AGAIN


def growth(folder: Path, counts: list[int]) -> bool:
    """Measures builds of more and more pages; returns whether a page costs about the same in all of them."""
    print("\n   pages      MB   seconds of the processor   by the clock   a page    pages/s   memory")
    costs = []
    for count in counts:
        megabytes = project(folder, count=count) / 1e6
        told = measured("build", folder)
        costs.append(told["cpu"] / count)
        print(
            f"{count:8,} {megabytes:7.1f} {told['cpu']:20.1f} s {told['seconds']:15.1f} s "
            f"{1000 * costs[-1]:7.1f} ms {count / told['seconds']:9.1f} {told['memory']:6.0f} MB"
        )
    return costs[-1] <= MOST_GROWTH * costs[0]


def main() -> int:
    parser = argparse.ArgumentParser(description="Building the graph of many pages.")
    parser.add_argument("--size", type=float, default=20.0, metavar="MB", help="of the pages (default 20)")
    parser.add_argument("--counts", type=int, nargs="*", default=[1_000, 10_000, 50_000], metavar="PAGES")
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        answer = STEPS[given.step[0]](Path(given.step[1]))
        usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        print(json.dumps({**answer, "memory": max(usage) / (1e6 if sys.platform == "darwin" else 1e3)}))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        kept = whole(Path(temporary) / "whole", int(given.size * 1e6)) if given.size else True
        linear = growth(Path(temporary) / "growth", sorted(given.counts)) if given.counts else True
    return int(not (kept and linear))


if __name__ == "__main__":
    sys.exit(main())
