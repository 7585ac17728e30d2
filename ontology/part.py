"""One vocabulary among those of a project, and where it comes from."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import pyoxigraph as ox

from nutrigraph.errors import SourceError
from nutrigraph.ontology import rdf_files, restrictions, terms_table
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import slug
from nutrigraph.ontology.rdf_terms import TermReader, Terms
from nutrigraph.ontology.skos import concept_triples, scheme_triples
from nutrigraph.ontology.term_cache import TermCache
from nutrigraph.ontology.unpacking import Tell, digest
from nutrigraph.project import Project


@dataclass(frozen=True, slots=True)
class Part:
    """One vocabulary: `source` as in `Concept.source`, and a function that gives its triples, read anew each time.

    `replaced` gives for each identifier that the vocabulary gave up the one to use instead.
    """

    source: str
    concepts: tuple[Concept, ...]
    triples: Callable[[], Iterable[ox.Triple]]
    replaced: Mapping[str, str] = field(default_factory=dict)


class VocabularyFile:
    """A vocabulary in a file of the project, which is read once: for its triples (`quads`) or its terms (`part`) alone.

    `known` gives the IRIs of the bundled concepts by name; what an RDF file names is kept in `cache`.
    """

    def __init__(
        self, project: Project, path: str, known: Mapping[str, str], cache: TermCache | None, tell: Tell | None
    ) -> None:
        self.path = path
        self._project = project
        self._file = project.folder / path
        self._known = known
        self._tell = tell
        self._scheme = f"{project.concepts}scheme/{slug(path)}"
        self._terms: Terms | None = None
        self._reader: TermReader | None = None
        self._cache = cache
        self._key = ""
        if not self._is_table and rdf_files.ending(path) not in rdf_files.ENDINGS:
            readable = ", ".join(sorted((*terms_table.ENDINGS, *rdf_files.ENDINGS)))
            raise SourceError(path, f"a vocabulary must be one of {readable} (.gz may follow)")
        if cache is not None and not self._is_table:
            identity = f"{digest(self._file)}\n{project.language}\n{path}"
            self._key = hashlib.sha256(identity.encode()).hexdigest()
            self._terms = cache.get(self._key)

    @property
    def is_read(self) -> bool:
        """Whether its terms are known already."""
        return self._terms is not None

    @property
    def size(self) -> int:
        """In bytes, as it is stored; 0 if it is not there."""
        return self._file.stat().st_size if self._file.is_file() else 0

    def quads(self) -> Iterator[ox.Quad]:
        """Its triples, in the default graph; SourceError for what cannot be read. `part` need not read it again."""
        if self._is_table:
            yield from map(_quad, self._table_triples())
            return
        if self._terms is not None:
            yield from self._rdf()
            return
        reader = TermReader(self.path, self._project.language)
        yield from self._rdf(reader)
        self._reader = reader

    def part(self) -> Part:
        """The vocabulary; reads the file if that was not done before."""
        if self._is_table:
            return Part(self.path, self._table().concepts, self._table_triples)
        if self._terms is None:
            if self._reader is None:
                deque(self.quads(), maxlen=0)
            self._terms = self._reader.terms() if self._reader else Terms((), {})
            self._reader = None
            if self._cache is not None:
                self._cache.put(self._key, self._terms)
        return Part(self.path, self._terms.concepts, partial(_triples, self._rdf), self._terms.replaced)

    @property
    def _is_table(self) -> bool:
        return rdf_files.ending(self.path) in terms_table.ENDINGS

    def _table(self) -> Terms:
        if self._terms is None:
            namespace = self._project.concepts
            read = terms_table.read_terms(
                self.path, self._file, namespace=namespace, known=self._known, tell=self._tell
            )
            self._terms = Terms(read, {})
        return self._terms

    def _table_triples(self) -> Iterator[ox.Triple]:
        concepts, language = self._table().concepts, self._project.language
        yield from scheme_triples(self._scheme, self.path, language)
        yield from concept_triples(concepts, self._scheme, language)

    def _rdf(self, terms: TermReader | None = None) -> Iterator[ox.Quad]:
        quads = rdf_files.read_quads(self.path, self._file, base_iri=self._scheme, terms=terms, tell=self._tell)
        return restrictions.with_plain(quads) if self._project.restrictions else quads


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def _triples(quads: Callable[[], Iterable[ox.Quad]]) -> Iterator[ox.Triple]:
    return (quad.triple for quad in quads())
