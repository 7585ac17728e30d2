"""How long a search takes among the names of large vocabularies, against SPARQL's CONTAINS on the same graph.

    python benchmarks/search.py FILE…

The names that are looked for are drawn from the files: as they are, their beginning, a part of them, and with one
typing error (a letter left out, doubled, changed or swapped with the next). Medians; both sides are warm. Ends with
status 1 when a promise is broken.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nutrigraph.ontology.vocabulary import load_vocabulary
from nutrigraph.project import Project
from nutrigraph.queries.term_index import search, write_index
from nutrigraph.store import Store

ASKED = 300
PROMISED = {"exact": 2.0, "prefix": 2.0, "substring": 2.0, "typing error": 10.0}
LEAST_RATIO = 50.0
CONTAINS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX oio: <http://www.geneontology.org/formats/oboInOwl#>
SELECT ?concept ?name WHERE {
  VALUES ?named { rdfs:label skos:prefLabel skos:altLabel oio:hasExactSynonym }
  ?concept ?named ?name FILTER(CONTAINS(LCASE(STR(?name)), "%s"))
} LIMIT 10"""


def mistyped(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def milliseconds(ask: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    ask(text)
    return 1000 * (time.perf_counter() - start)


def main(files: list[Path]) -> int:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for file in files:
            shutil.copy(file, folder)
        url = "https://www.example.org/"
        project = Project(folder, "Names", url, url + "concept/", files=tuple(file.name for file in files))
        store = Store.create(folder / "store")
        vocabulary = load_vocabulary(project, store=store.add_many)
        store.raw.optimize()
        del store
        index = folder / "names.sqlite"
        write_index(index, vocabulary)
        reading = Store.open(folder / "store")
        named = [(name, iri) for iri, concept in vocabulary.concepts.items() for name in concept.names]
        print(f"{len(named):,} names of {len(vocabulary.concepts):,} concepts, {index.stat().st_size / 1e6:.0f} MB")
        drawn = chance.sample([one for one in named if len(one[0]) > 5], ASKED)
        texts = {
            "exact": [name for name, _ in drawn],
            "prefix": [name[: max(3, len(name) // 2)] for name, _ in drawn],
            "substring": [name[len(name) // 4 : len(name) // 4 + max(4, len(name) // 2)] for name, _ in drawn],
            "typing error": [mistyped(name, chance) for name, _ in drawn],
        }
        failed = False
        medians = {}
        for kind, asked in texts.items():
            took = sorted(milliseconds(lambda text: search(index, text, 10), text) for text in asked)
            medians[kind] = statistics.median(took)
            failed = failed or medians[kind] > PROMISED[kind]
            print(
                f"{kind:13} median {medians[kind]:6.2f} ms  (at most {PROMISED[kind]:g})  "
                f"of ten the slowest from {took[len(took) * 9 // 10]:.2f} ms"
            )
        right = sum(
            vocabulary.speaker(iri) in [hit.id for hit in search(index, text, 5)]
            for text, (_, iri) in zip(texts["typing error"], drawn, strict=True)
        )
        print(f"{right / ASKED:.1%} of the names with a typing error are among the first five")
        plain = [text.lower().replace("\\", "").replace('"', "") for text in texts["substring"][:15]]
        contains = statistics.median(milliseconds(lambda text: reading.rows(CONTAINS % text), text) for text in plain)
        ratio = contains / medians["substring"]
        print(
            f"SPARQL CONTAINS {contains:.1f} ms, {ratio:.0f} x the search for a substring (at least {LEAST_RATIO:g} x)"
        )
    return int(failed or ratio < LEAST_RATIO)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(f"{__doc__}")
    sys.exit(main([Path(file) for file in sys.argv[1:]]))
