"""How fast names are found in pages, against spaCy's PhraseMatcher with the same names on the same pages.

    pip install spacy            # for this alone: nutrigraph does not use it
    python benchmarks/recognition.py [--size MB]

spaCy is as lean as it gets: a blank English pipeline with the sentencizer, and a PhraseMatcher on lower-case words.
Both are given the paragraphs of the same generated pages, the names of the bundled vocabulary, and cut sentences. They
take turns, and the fastest round of each counts. Ends with status 1 when the promise is broken.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from generated_pages import URL, pages

from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.graph_builder.sentences import sentences
from nutrigraph.ontology.vocabulary import Vocabulary, load_vocabulary
from nutrigraph.project import Project

ROUNDS = 3
LEAST_RATIO = 5.0

Count = tuple[int, int]
"""Sentences and mentions."""


def ours(vocabulary: Vocabulary) -> Callable[[list[str]], Count]:
    matcher = Matcher(vocabulary)

    def run(texts: list[str]) -> Count:
        return sum(len(sentences(text)) for text in texts), sum(len(matcher.find(text)) for text in texts)

    return run


def spacys(vocabulary: Vocabulary) -> Callable[[list[str]], Count]:
    spacy: Any = import_module("spacy")
    matching: Any = import_module("spacy.matcher")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    matcher = matching.PhraseMatcher(pipeline.vocab, attr="LOWER")
    for iri, concept in vocabulary.concepts.items():
        matcher.add(iri, [pipeline.make_doc(name) for name in concept.names])

    def run(texts: list[str]) -> Count:
        found = cut = 0
        for text in pipeline.pipe(texts):
            cut += sum(1 for _ in text.sents)
            found += len(matcher(text))
        return cut, found

    return run


def main() -> int:
    parser = argparse.ArgumentParser(description="Names found in pages, against spaCy.")
    parser.add_argument("--size", type=float, default=1.0, metavar="MB", help="of the pages (default 1)")
    size = int(parser.parse_args().size * 1_000_000)
    vocabulary = load_vocabulary(Project(Path(), "Names", URL, URL + "concept/"))
    texts = [block for _, page in pages(size=size) for block in page.split("\n\n")]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    try:
        runs = {"nutrigraph": ours(vocabulary), "spaCy": spacys(vocabulary)}
    except ModuleNotFoundError as error:
        print(f"{error}. Install spaCy for this benchmark: pip install spacy", file=sys.stderr)
        return 2
    best = dict.fromkeys(runs, float("inf"))
    counts = {}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            start = time.process_time()
            counts[name] = run(texts)
            best[name] = min(best[name], time.process_time() - start)
    for name, seconds in best.items():
        cut, found = counts[name]
        print(f"{name:11} {megabytes / seconds:6.2f} MB/s   {cut:,} sentences, {found:,} names found")
    ratio = best["spaCy"] / best["nutrigraph"]
    print(f"{ratio:.1f} x as fast as spaCy (at least {LEAST_RATIO:g} x)")
    return int(ratio < LEAST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
