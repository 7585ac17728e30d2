"""All concepts that a project knows: its own, those of its vocabulary files, and the bundled ones."""

from __future__ import annotations

import dataclasses
import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from nutrigraph.errors import ProjectError, SourceError
from nutrigraph.ontology import names, rdf_files, rdf_terms, terms_table
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import slug
from nutrigraph.ontology.skos import concept_triples, scheme_triples
from nutrigraph.project import Project

BUNDLED: Final = ("nutrition",)
"""The vocabularies that come with nutrigraph."""
PAGES: Final = "pages"
"""The source of concepts that are a project's own."""
_ONTOLOGY: Final = ("types.ttl", "relations.ttl")


@dataclass(frozen=True, slots=True)
class Part:
    """One vocabulary: `source` as in `Concept.source`, and a function that gives its triples, read anew each time."""

    source: str
    concepts: tuple[Concept, ...]
    triples: Callable[[], Iterable[ox.Triple]]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Several vocabularies together, in the order in which they speak.

    `concepts` are by IRI; where several vocabularies describe one IRI, the first gives label, type and definition and
    the others add names, hierarchy and mappings. Concepts joined by exactMatch (directly, or by matching the same
    thing) count as one, and the first of them speaks for all; they stay apart in `concepts` and in the triples.
    """

    parts: tuple[Part, ...]
    namespace: str
    language: str
    concepts: Mapping[str, Concept]
    _joined: Mapping[str, tuple[str, ...]]
    _named: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, parts: Sequence[Part], *, namespace: str, language: str = "en") -> Vocabulary:
        """The vocabulary of `parts`, which speak in their order; `namespace` is that of the project's own concepts."""
        concepts: dict[str, Concept] = {}
        for part in parts:
            for concept in part.concepts:
                known = concepts.get(concept.iri)
                concepts[concept.iri] = concept if known is None else _merged(known, concept)
        joined = _groups(concepts)
        named: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for concept in concepts.values():
            speaker = joined.get(concept.iri, (concept.iri,))[0]
            for name in concept.names:
                named[names.key(name)][speaker] = None
        by_name = {name: tuple(speakers) for name, speakers in named.items()}
        return cls(tuple(parts), namespace, language, concepts, joined, by_name)

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the vocabularies, the one that speaks first at the front."""
        return tuple(part.source for part in self.parts)

    def speaker(self, iri: str) -> str:
        """The concept that speaks for all that are joined with `iri`; an IRI that nothing is known of is its own.

        Works for identifiers too: that of ChEBI's glucose leads to the concept that is matched with it.
        """
        return self._joined.get(iri, (iri,))[0]

    def joined(self, iri: str) -> tuple[Concept, ...]:
        """All concepts that count as one with `iri`, the speaker first; none if nothing is known of it."""
        return tuple(self.concepts[one] for one in self._joined.get(iri, (iri,)) if one in self.concepts)

    def type_of(self, iri: str) -> str | None:
        """The semantic type of a concept: its own, else the first among those joined with it."""
        own = self.concepts.get(iri)
        candidates = (own, *self.joined(iri)) if own else self.joined(iri)
        return next((concept.type for concept in candidates if concept.type), None)

    def named(self, name: str) -> tuple[Concept, ...]:
        """The concepts called exactly that, by any of their names; case and white space aside; speakers alone."""
        return tuple(self.concepts[iri] for iri in self._named.get(names.key(name), ()))

    def with_pages(self, concepts: Sequence[Concept]) -> Vocabulary:
        """The same with the project's own concepts, which speak first; they replace those given before."""
        own = tuple(dataclasses.replace(concept, source=PAGES) for concept in concepts)
        triples = partial(_own_triples, own, self.namespace, self.language)
        others = [part for part in self.parts if part.source != PAGES]
        return Vocabulary.of([Part(PAGES, own, triples), *others], namespace=self.namespace, language=self.language)

    def triples(self) -> Iterator[ox.Triple]:
        """Every triple of the vocabularies, and of the types and relations; nothing is held in memory.

        What two files say comes twice: a graph holds it once.
        """
        for name in _ONTOLOGY:
            yield from _bundled_triples(name)
        for part in self.parts:
            yield from part.triples()


def load_vocabulary(project: Project) -> Vocabulary:
    """The vocabularies that nutrigraph.toml names: its files in their order, then the bundled ones.

    SourceError (file, line, what to do) for a file that cannot be read; ProjectError for an unknown bundled one.
    """
    bundled = [_bundled_part(name) for name in project.bundled]
    known = {names.key(name): concept.iri for part in bundled for concept in part.concepts for name in concept.names}
    own = [_file_part(project, path, known) for path in dict.fromkeys(project.files)]
    return Vocabulary.of([*own, *bundled], namespace=project.concepts, language=project.language)


@cache
def _bundled_part(name: str) -> Part:
    if name not in BUNDLED:
        near = difflib.get_close_matches(name, BUNDLED, n=1) or list(BUNDLED)
        raise ProjectError(
            f'nutrigraph.toml, [vocabulary] bundled: there is no bundled vocabulary "{names.clean(name)}". '
            f'Did you mean "{near[0]}"?'
        )
    triples = partial(_bundled_triples, f"{name}.ttl")
    return Part(name, rdf_terms.concepts(triples(), source=name), triples)


def _bundled_triples(file: str) -> Iterator[ox.Triple]:
    return rdf_files.read_triples(file, files("nutrigraph.ontology").joinpath(file).read_bytes())


def _file_part(project: Project, path: str, known: Mapping[str, str]) -> Part:
    """The vocabulary in one file; `known` gives the IRIs of the bundled concepts by name."""
    scheme = f"{project.concepts}scheme/{slug(path)}"
    if rdf_files.ending(path) in terms_table.ENDINGS:
        data = _contents(project.folder, path)
        read = terms_table.read_terms(path, data, namespace=project.concepts, known=known)
        return Part(path, read, partial(_table_triples, read, scheme, path, project.language))
    if rdf_files.ending(path) in rdf_files.FORMATS:
        triples = partial(_file_triples, project.folder, path, scheme)
        return Part(path, rdf_terms.concepts(triples(), source=path, language=project.language), triples)
    readable = ", ".join(sorted((*terms_table.ENDINGS, *rdf_files.FORMATS)))
    raise SourceError(path, f"a vocabulary must be one of {readable} (.gz may follow)")


def _contents(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except FileNotFoundError:
        problem = "there is no such file; correct [vocabulary] files in nutrigraph.toml"
    except OSError as error:
        problem = f"it cannot be read: {error.strerror}"
    raise SourceError(path, problem)


def _file_triples(folder: Path, path: str, base_iri: str) -> Iterator[ox.Triple]:
    return rdf_files.read_triples(path, _contents(folder, path), base_iri=base_iri)


def _table_triples(concepts: tuple[Concept, ...], scheme: str, path: str, language: str) -> Iterator[ox.Triple]:
    yield from scheme_triples(scheme, path, language)
    yield from concept_triples(concepts, scheme, language)


def _own_triples(concepts: tuple[Concept, ...], namespace: str, language: str) -> Iterator[ox.Triple]:
    return concept_triples(concepts, namespace, language)


def _merged(first: Concept, second: Concept) -> Concept:
    """One concept that two vocabularies describe: the first speaks, the second adds."""
    shown = names.unique([*first.alt_labels, second.label, *second.alt_labels])
    hidden = names.unique([*first.hidden_labels, *second.hidden_labels])
    return dataclasses.replace(
        first,
        alt_labels=tuple(name for name in shown if name != first.label),
        hidden_labels=tuple(name for name in hidden if name != first.label and name not in shown),
        type=first.type or second.type,
        definition=first.definition or second.definition,
        broader=names.unique([*first.broader, *second.broader]),
        exact_matches=names.unique([*first.exact_matches, *second.exact_matches]),
        close_matches=names.unique([*first.close_matches, *second.close_matches]),
    )


def _groups(concepts: Mapping[str, Concept]) -> dict[str, tuple[str, ...]]:
    """For each concept and each identifier that some concept matches: the concepts joined with it, speaker first.

    Concepts that nothing is joined with are left out.
    """
    parents: dict[str, str] = {}

    def root(iri: str) -> str:
        parents.setdefault(iri, iri)
        while parents[iri] != iri:
            parents[iri] = parents[parents[iri]]
            iri = parents[iri]
        return iri

    for concept in concepts.values():
        for match in concept.exact_matches:
            parents[root(match)] = root(concept.iri)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for iri in concepts:  # in speaking order
        if iri in parents:
            members[root(iri)].append(iri)
    return {iri: tuple(members[root(iri)]) for iri in list(parents)}
