"""Graphs of concepts with texts and relations, to learn and to measure missing relations on.

A graph is named on the command line: `nutrition` (the bundled vocabulary: definitions, and broader as relations), a
folder of Markdown pages (relations are the links between them), or an ontology in RDF/XML (.owl, .owl.gz: subClassOf).
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import ahocorasick_rs
import pyoxigraph as ox

from nutrigraph.graph_builder.markdown import read_markdown
from nutrigraph.ontology.namespaces import OBO, OBO_IN_OWL, RDFS, SKOS
from nutrigraph.queries.likeness import Known, words

_ABOVE = (SKOS + "broader", RDFS + "subClassOf")
_LABELS = (SKOS + "prefLabel", RDFS + "label")
_OTHERS = (SKOS + "altLabel", OBO_IN_OWL + "hasExactSynonym")
_DEFINITIONS = (SKOS + "definition", OBO + "IAO_0000115")


def graph(name: str) -> Known:
    """The graph of that name, see above."""
    if name == "nutrition":
        data = files("nutrigraph.ontology").joinpath("nutrition.ttl").read_bytes()
        return _vocabulary(ox.parse(data, format=ox.RdfFormat.TURTLE))
    path = Path(name)
    if path.is_dir():
        return _pages(sorted(path.glob("**/*.md")))
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return _vocabulary(ox.parse(data, format=ox.RdfFormat.RDF_XML))


def _pages(files_: Sequence[Path]) -> Known:
    number = {file.resolve(): n for n, file in enumerate(files_)}
    names, texts, pairs = [], [], set()
    for n, file in enumerate(files_):
        document = read_markdown(str(file), file.read_text(encoding="utf-8"), "glossary")
        names.append([document.title, *document.metadata.aliases])
        texts.append(" ".join(block.text.visible for block in document.blocks))
        for target in (link.target.partition("#")[0] for block in document.blocks for link in block.links):
            other = number.get((file.parent / target).resolve(), n)
            if other != n:
                pairs.add((min(n, other), max(n, other)))
    return Known(names, texts, _named(names, texts), frozenset(pairs))


def _vocabulary(triples: Iterable[ox.Triple | ox.Quad]) -> Known:
    said: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    above = set()
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            said[subject.value][predicate].append(value.value)
        elif isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode) and predicate in _ABOVE:
            above.add((subject.value, value.value))

    def values(iri: str, predicates: Iterable[str]) -> list[str]:
        return [text for predicate in predicates for text in said[iri].get(predicate, ())] if iri in said else []

    pairs = [(one, other) for one, other in above if values(one, _LABELS) and values(other, _LABELS) and one != other]
    iris = sorted({iri for pair in pairs for iri in pair})
    number: dict[str, int] = {iri: n for n, iri in enumerate(iris)}
    names = [[values(iri, _LABELS)[0], *values(iri, _OTHERS)] for iri in iris]
    texts = [" ".join(values(iri, _DEFINITIONS)) for iri in iris]
    ends = ((number[one], number[other]) for one, other in pairs)
    return Known(names, texts, _named(names, texts), frozenset((min(pair), max(pair)) for pair in ends))


def _named(names: Sequence[Sequence[str]], texts: Sequence[str]) -> list[dict[int, tuple[int, float]]]:
    """Which concepts each text names: the longest name at each place, without regard to case and plurals."""
    meant: defaultdict[str, set[int]] = defaultdict(set)
    for n, several in enumerate(names):
        for name in several:
            if len(key := " ".join(words(name))) > 2:
                meant[key].add(n)
    keys = sorted(meant)
    automaton = ahocorasick_rs.AhoCorasick([f" {key} " for key in keys])
    found: list[dict[int, tuple[int, float]]] = []
    for n, text in enumerate(texts):
        plain = f" {' '.join(words(re.sub(r'https?://[^ ]+', ' ', text)))} "
        row: dict[int, tuple[int, float]] = {}
        end = -1
        hits = automaton.find_matches_as_indexes(plain, overlapping=True)
        for number, start, stop in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
            if start < end - 1:
                continue
            end = stop
            for concept in meant[keys[number]] - {n}:
                count, place = row.get(concept, (0, start / len(plain)))
                row[concept] = (count + 1, place)
        found.append(row)
    return found
