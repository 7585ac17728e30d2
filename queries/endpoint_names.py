"""Finding concepts by name where there is no index of names: at an endpoint.

The endpoint says which concepts could be meant, and the same index as a project's, made of these in an instant, decides
among them. Of a graph with few names all are taken, and the answers are those of the project; of a large one those
that have the text, or the words of it, or for want of such pieces of it.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from nutrigraph.errors import UnknownConcept
from nutrigraph.ontology.namespaces import NG, NGO, OBO_IN_OWL, RDFS, SCHEMA, SKOS, expand
from nutrigraph.ontology.part import Part
from nutrigraph.ontology.rdf_terms import PREDICATES, TermReader
from nutrigraph.ontology.vocabulary import Vocabulary
from nutrigraph.queries.term_index import Hit, resolve, search, write_index
from nutrigraph.snapshot_files import Connection, connect
from nutrigraph.store import Store

_MANY: Final = 30_000
"""From so many names on, not all of them are taken."""
_CANDIDATES: Final = 300
_NAMES: Final = " ".join(
    f"<{iri}>"
    for iri in (
        *(SKOS + "prefLabel", RDFS + "label", SKOS + "altLabel", SKOS + "hiddenLabel", SCHEMA + "name"),
        *(SCHEMA + "alternateName", OBO_IN_OWL + "hasExactSynonym"),
    )
)
_MORE: Final = f"""SELECT ?s WHERE {{
  VALUES ?property {{ <{SKOS}prefLabel> <{RDFS}label> }}
  ?s ?property ?name
}} OFFSET {_MANY} LIMIT 1"""
_SAID: Final = f"""SELECT ?s ?property ?value (LANG(?value) AS ?language) WHERE {{
  #VALUES s
  ?s ?property ?value
  FILTER(isIRI(?s) && !isBlank(?value) && ?property IN ({", ".join(f"<{iri}>" for iri in sorted(PREDICATES))}))
}}"""
_SPOKEN_OF: Final = f"""SELECT DISTINCT ?concept WHERE {{
  GRAPH ?page {{ ?page ?property ?concept FILTER(?property IN (<{SCHEMA}mentions>, <{SCHEMA}about>)) }}
}}"""
_CALLED: Final = f"""SELECT DISTINCT ?s WHERE {{
  #VALUES name
  VALUES ?property {{ {_NAMES} }}
  ?s ?property ?name
  FILTER(isIRI(?s))
}}"""
_MATCHING: Final = f"""SELECT DISTINCT ?s WHERE {{
  #VALUES iri
  {{ ?s <{SKOS}exactMatch> ?iri }} UNION {{ ?iri ?property ?value BIND(?iri AS ?s) }}
}}"""
_LANGUAGES: Final = ("en", "en-us", "en-gb")


class EndpointNames:
    """The names of a graph behind an endpoint; `language` is that of the labels that are wanted most."""

    def __init__(self, store: Store, language: str = "en") -> None:
        self._store = store
        self._language = language

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """As `term_index.search`."""
        if not text.strip() or limit < 1:
            return []
        if self._all is not None:
            return search(self._all, text, limit)
        found = {*self._called(text), *self._containing(text.lower().split(), " && ")}
        if len(found) < limit:
            found |= {*self._containing(_pieces(text.lower().strip()), " || ", len(text.strip()))}
        return search(self._index(found), text, limit)

    def resolve(self, name: str) -> str:
        """As `term_index.resolve`."""
        if self._all is not None:
            return resolve(self._all, name)
        with contextlib.suppress(UnknownConcept):
            return resolve(self._index(self._called(name)), name)
        with contextlib.suppress(UnknownConcept):
            return resolve(self._index(self._containing(name.lower().split(), " && ")), name)
        raise UnknownConcept(name, tuple(hit.label for hit in self.search(name, 5)))

    @cached_property
    def _all(self) -> Connection | None:
        """The index of all names; None where there are too many."""
        return None if self._store.rows(_MORE) else self._index(None)

    def _called(self, text: str) -> list[str]:
        """The concepts that have exactly this name, but for capital letters, or this identifier."""
        text = text.strip()
        forms = dict.fromkeys((text, text.lower(), text.capitalize(), text.title(), text.upper()))
        languages = dict.fromkeys((self._language, *_LANGUAGES))
        names = [Literal(form) for form in forms]
        names += [Literal(form, language=tag) for form in forms for tag in languages]
        found = [str(row[0]) for row in self._store.rows(_CALLED, {"name": names})]
        iri = text.strip("<>") if "://" in text else expand(text)
        with contextlib.suppress(ValueError):  # what looks like an IRI need not be one
            if iri:
                found += [str(row[0]) for row in self._store.rows(_MATCHING, {"iri": NamedNode(iri)})]
        return found

    def _containing(self, words: Sequence[str], joint: str, length: int | None = None) -> list[str]:
        """The concepts with the shortest names that have all or some of the words, and about that length."""
        words = words[:6]
        if not words:
            return []
        places = "\n".join(f"  #VALUES word{at}" for at in range(len(words)))
        having = joint.join(f"CONTAINS(LCASE(STR(?name)), ?word{at})" for at in range(len(words)))
        about = "" if length is None else f" && STRLEN(STR(?name)) > {length - 3} && STRLEN(STR(?name)) < {length + 3}"
        query = f"""SELECT ?s (MIN(STRLEN(STR(?name))) AS ?length) WHERE {{
{places}
  VALUES ?property {{ {_NAMES} }}
  ?s ?property ?name
  FILTER(isIRI(?s) && ({having}){about})
}} GROUP BY ?s ORDER BY ?length ?s LIMIT {_CANDIDATES}"""
        values = {f"word{at}": Literal(word) for at, word in enumerate(words)}
        return [str(row[0]) for row in self._store.rows(query, values)]

    def _index(self, iris: Iterable[str] | None) -> Connection:
        """An index of these concepts, of all for None."""
        reader = TermReader("endpoint", self._language)
        wanted = None if iris is None else sorted(set(iris))
        rows = [] if wanted == [] else self._store.rows(_SAID, None if wanted is None else {"s": wanted})
        said = [(str(s), str(p), str(value), tag) for s, p, value, tag in rows if not str(s).startswith(NGO)]
        reader.take_all(sorted(said, key=str))
        terms = reader.terms()
        spoken_of = {str(row[0]) for row in self._store.rows(_SPOKEN_OF)} if terms.concepts else set()
        # of concepts joined by a mapping that one speaks which pages speak of, and the bundled vocabulary last
        order = sorted(
            terms.concepts,
            key=lambda concept: (concept.iri not in spoken_of, concept.iri.startswith(NG), concept.iri),
        )
        part = Part("endpoint", tuple(order), tuple, terms.replaced)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            file = Path(folder, "names.sqlite")
            write_index(file, Vocabulary.of([part], namespace=NG, language=self._language))
            return connect(file)  # stays readable when the file is deleted


def _pieces(text: str) -> list[str]:
    """Three pieces of a text, one of which is right if it has up to two typing errors."""
    count = min(3, len(text) // 3) or 1
    cuts = [len(text) * at // count for at in range(count + 1)]
    return [text[start:end] for start, end in pairwise(cuts)]
