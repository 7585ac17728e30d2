"""All concepts that a project knows: its own, those of its vocabulary files, and the bundled ones."""

from __future__ import annotations

import dataclasses
import difflib
import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import chain
from typing import Final

import pyoxigraph as ox

from nutrigraph.errors import ProjectError
from nutrigraph.ontology import names, rdf_files, rdf_terms
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.joining import representatives
from nutrigraph.ontology.part import Part as Part
from nutrigraph.ontology.part import VocabularyFile
from nutrigraph.ontology.skos import concept_triples
from nutrigraph.ontology.term_cache import TermCache
from nutrigraph.project import Project

Sink = Callable[[Iterable[ox.Quad]], None]
"""Takes quads to store."""
Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

BUNDLED: Final = ("nutrition",)
"""The vocabularies that come with nutrigraph."""
PAGES: Final = "pages"
"""The source of concepts that are a project's own."""
_ONTOLOGY: Final = ("types.ttl", "relations.ttl", "statements.ttl", "rules.ttl")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Several vocabularies together, in the order in which they speak.

    `concepts` are by IRI; where several vocabularies describe one IRI, the first gives label, type and definition and
    the others add names, hierarchy and mappings. Concepts joined by exactMatch (directly, or by matching the same
    thing) count as one, and the first of them speaks for all; they stay apart in `concepts` and in the triples.
    `replaced` gives for each identifier that was given up the one that is used instead, at the end of the chain.
    """

    parts: tuple[Part, ...]
    namespace: str
    language: str
    concepts: Mapping[str, Concept]
    replaced: Mapping[str, str]
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
        replaced = _successors([part.replaced for part in parts], concepts)
        named: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for concept in concepts.values():
            speaker = joined.get(concept.iri, (concept.iri,))[0]
            for name in concept.names:
                named[names.key(name)][speaker] = None
        by_name = {name: tuple(speakers) for name, speakers in named.items()}
        return cls(tuple(parts), namespace, language, concepts, replaced, joined, by_name)

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the vocabularies, the one that speaks first at the front."""
        return tuple(part.source for part in self.parts)

    def speaker(self, iri: str) -> str:
        """The concept that speaks for all that are joined with `iri`; an IRI that nothing is known of is its own.

        Works for identifiers too: that of ChEBI's glucose leads to the concept that is matched with it, and one that
        was given up to what replaces it.
        """
        current = self.replaced.get(iri, iri)
        return self._joined.get(current, (current,))[0]

    def joined(self, iri: str) -> tuple[Concept, ...]:
        """All concepts that count as one with `iri`, the speaker first; none if nothing is known of it."""
        current = self.replaced.get(iri, iri)
        return tuple(self.concepts[one] for one in self._joined.get(current, (current,)) if one in self.concepts)

    def type_of(self, iri: str) -> str | None:
        """The semantic type of a concept: its own, else the first among those joined with it."""
        own = self.concepts.get(iri)
        if own is not None and own.type:
            return own.type
        return next((concept.type for concept in self.joined(iri) if concept.type), None)

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


def load_vocabulary(
    project: Project, *, cache: TermCache | None = None, store: Sink | None = None, tell: Progress | None = None
) -> Vocabulary:
    """The vocabularies that nutrigraph.toml names: its files in their order, then the bundled ones.

    `store` is given every triple of the vocabularies, of the types and the relations, in one reading of each file.
    Without it, files whose terms are in `cache` are not read at all. `tell` is told (bytes read, bytes to
    read). SourceError (file, line, what to do) for a file that cannot be read; ProjectError for an unknown bundled one.
    """
    bundled = [_bundled_part(name) for name in project.bundled]
    known = {names.key(name): concept.iri for part in bundled for concept in part.concepts for name in concept.names}
    count = _Count(tell)
    loading = [VocabularyFile(project, path, known, cache, count.tell) for path in dict.fromkeys(project.files)]
    count.total = sum(file.size for file in loading if store or not file.is_read)
    with _no_collection():
        return _loaded(project, bundled, loading, store)


def _loaded(
    project: Project, bundled: Sequence[Part], loading: Sequence[VocabularyFile], store: Sink | None
) -> Vocabulary:
    if store is not None:
        ours = [_bundled_triples(name) for name in (*_ONTOLOGY, *(f"{name}.ttl" for name in project.bundled))]
        bundled_quads = (ox.Quad(*triple) for triple in chain.from_iterable(ours))
        store(chain(bundled_quads, *(file.quads() for file in loading)))
    return Vocabulary.of(
        [*(file.part() for file in loading), *bundled], namespace=project.concepts, language=project.language
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Python looks for circles of garbage again and again while very many objects are made: a fifth of the time, for
    nothing, as none of them is in a circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Count:
    """Adds up the bytes that are read of all files."""

    def __init__(self, tell: Progress | None) -> None:
        self.total = 0
        self._tell = tell
        self._read = 0

    def tell(self, count: int) -> None:
        self._read += count
        if self._tell is not None:
            self._tell(min(self._read, self.total), self.total)


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


@cache
def _bundled_triples(file: str) -> tuple[ox.Triple, ...]:
    """Read once: a build needs them as concepts and as triples, and there are few."""
    return tuple(rdf_files.read_triples(file, files("nutrigraph.ontology").joinpath(file).read_bytes()))


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


def _successors(replaced: Sequence[Mapping[str, str]], concepts: Mapping[str, Concept]) -> dict[str, str]:
    """For each identifier that was given up, and that no vocabulary uses, the last one of its chain of replacements."""
    direct: dict[str, str] = {}
    for one in replaced:
        direct = {**one, **direct}
    found = {}
    for iri in direct:
        if iri in concepts:
            continue
        seen = {iri}
        current = direct[iri]
        while current not in concepts and current in direct and current not in seen:
            seen.add(current)
            current = direct[current]
        if current not in seen:  # a circle leads nowhere
            found[iri] = current
    return found


def _groups(concepts: Mapping[str, Concept]) -> dict[str, tuple[str, ...]]:
    """For each concept and each identifier that some concept matches: the concepts joined with it, speaker first.

    Concepts that nothing is joined with are left out.
    """
    stands = representatives((concept.iri, match) for concept in concepts.values() for match in concept.exact_matches)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for iri in concepts:  # in speaking order
        if iri in stands:
            members[stands[iri]].append(iri)
    return {iri: tuple(members[one]) for iri, one in stands.items()}
