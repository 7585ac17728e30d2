"""The terms of the ontology's own namespace: whatever code and queries use is declared, with label and definition."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.resources import files

import pyoxigraph as ox

from nutrigraph.graph_builder.statement import Modality
from nutrigraph.ontology.namespaces import NGO, RDF, RDFS, SKOS
from nutrigraph.ontology.validation import ONTOLOGY, ontology_triples
from nutrigraph.ontology.vocabulary import load_vocabulary
from nutrigraph.project import Project

PACKAGES = ("nutrigraph", "nutrigraph.graph_builder", "nutrigraph.ontology", "nutrigraph.queries")
_IN_PYTHON = re.compile(r'NGO\s*\+\s*"([A-Za-z_]+)"|\{NGO\}([A-Za-z_]+)|\bngo:([A-Za-z_]+)')
_NAMES_AS_DATA = re.compile(r'^            "(\w+)": (?:Literal|date_literal)', re.MULTILINE)
_IN_FILES = re.compile(r"\bngo:([A-Za-z][A-Za-z_-]*)")


def declared() -> dict[str, set[str]]:
    """The predicates that say something of each term."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for triple in ontology_triples():
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(NGO):
            said[triple.subject.value.removeprefix(NGO)].add(triple.predicate.value)
    return said


def used() -> dict[str, str]:
    """Each term that a file of ours uses, with that file."""
    terms: dict[str, str] = {}
    for package in PACKAGES:
        for folder in (files(package), files(package).joinpath("sparql")):
            for file in folder.iterdir() if folder.is_dir() else ():
                if file.name.endswith((".py", ".rq", ".ttl")):
                    text = file.read_text(encoding="utf-8")
                    found = _IN_PYTHON.findall(text) if file.name.endswith(".py") else _IN_FILES.findall(text)
                    terms.update({"".join(term): file.name for term in found})
                if file.name == "decisions.py":
                    terms.update(dict.fromkeys(_NAMES_AS_DATA.findall(text), file.name))
    return terms


def test_every_term_that_is_used_is_declared() -> None:
    terms = used() | {modality.value: "statement.py" for modality in Modality}
    assert {"modality", "CandidateTerm", "decidedBy", "relatedTerm", "contentHash"} <= terms.keys()
    assert {term: file for term, file in terms.items() if term not in declared()} == {}


def test_every_term_has_a_type_a_label_and_a_definition() -> None:
    for term, predicates in declared().items():
        assert {RDF + "type", RDFS + "label", SKOS + "definition"} <= predicates, term


def test_the_ontology_is_in_every_graph() -> None:
    project = Project(files("nutrigraph.ontology"), "T", "https://e.org/", "https://e.org/concept/", bundled=())  # type: ignore[arg-type]
    assert set(ontology_triples()) == set(load_vocabulary(project).triples())


def test_every_file_of_the_ontology_is_one_of_its_files() -> None:
    names = {file.name for file in files("nutrigraph.ontology").iterdir() if file.name.endswith(".ttl")}
    assert names == {*ONTOLOGY, "nutrition.ttl", "shapes.ttl"}
