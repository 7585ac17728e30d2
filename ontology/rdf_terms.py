"""The concepts of vocabularies in RDF: SKOS (with SKOS-XL), OWL with labels, MeSH, schema.org's DefinedTerm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from nutrigraph.ontology import names
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import (
    DCTERMS,
    EFO,
    MESH_VOCABULARY,
    NGO,
    OBO,
    OBO_IN_OWL,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SCHEMA_OLD,
    SKOS,
    SKOS_XL,
    expand,
)
from nutrigraph.ontology.types import load_types

_TYPE: Final = (RDF + "type",)
_DEPRECATED: Final = (OWL + "deprecated",)
_ACTIVE: Final = (MESH_VOCABULARY + "active",)
_LITERAL_FORM: Final = (SKOS_XL + "literalForm",)
_PREFERRED: Final = (SKOS + "prefLabel", RDFS + "label", SCHEMA + "name", SCHEMA_OLD + "name")
_ALTERNATIVE: Final = (
    SKOS + "altLabel",
    OBO_IN_OWL + "hasExactSynonym",
    OBO + "IAO_0000118",
    EFO + "alternative_term",
    SCHEMA + "alternateName",
    SCHEMA_OLD + "alternateName",
)
_HIDDEN: Final = (SKOS + "hiddenLabel",)
_DEFINITION: Final = (
    SKOS + "definition",
    OBO + "IAO_0000115",
    EFO + "definition",
    SCHEMA + "description",
    SCHEMA_OLD + "description",
    MESH_VOCABULARY + "scopeNote",
)
_BROADER: Final = (SKOS + "broader", RDFS + "subClassOf", MESH_VOCABULARY + "broaderDescriptor")
_EXACT: Final = (SKOS + "exactMatch", SCHEMA + "sameAs", SCHEMA_OLD + "sameAs")
_CLOSE: Final = (SKOS + "closeMatch",)
_NARROWER: Final = (SKOS + "narrower",)
_REPLACED: Final = (OBO + "IAO_0100001", OBO_IN_OWL + "replacedBy", DCTERMS + "isReplacedBy")
_FORMER: Final = (OBO_IN_OWL + "hasAlternativeId",)
_MESH_CONCEPT: Final = (MESH_VOCABULARY + "preferredConcept",)
_MESH_TERMS: Final = (MESH_VOCABULARY + "preferredTerm", MESH_VOCABULARY + "term")
_MESH_NAMES: Final = (MESH_VOCABULARY + "prefLabel", MESH_VOCABULARY + "altLabel")
_XL_PREFERRED: Final = (SKOS_XL + "prefLabel",)
_XL_ALTERNATIVE: Final = (SKOS_XL + "altLabel",)
_XL_HIDDEN: Final = (SKOS_XL + "hiddenLabel",)
_XL: Final = (*_XL_PREFERRED, *_XL_ALTERNATIVE, *_XL_HIDDEN)

CONCEPTS: Final = frozenset(
    {SKOS + "Concept", OWL + "Class", SCHEMA + "DefinedTerm", SCHEMA_OLD + "DefinedTerm"}
    | {MESH_VOCABULARY + kind for kind in ("TopicalDescriptor", "GeographicalDescriptor", "PublicationType")}
    | {MESH_VOCABULARY + f"SCR_{kind}" for kind in ("Chemical", "Disease", "Organism", "Protocol", "Population")}
)
"""The types of what is taken for a concept."""
_GROUPS: Final = {
    predicate: (group, place)
    for group in (
        *(_TYPE, _DEPRECATED, _ACTIVE, _LITERAL_FORM, _NARROWER, _PREFERRED, _ALTERNATIVE, _HIDDEN, _DEFINITION),
        *(_BROADER, _EXACT, _CLOSE, _REPLACED, _FORMER, _MESH_CONCEPT, _MESH_TERMS, _MESH_NAMES),
        *(_XL_PREFERRED, _XL_ALTERNATIVE, _XL_HIDDEN),
    )
    for place, predicate in enumerate(group)
}
PREDICATES: Final = frozenset(_GROUPS)
"""What is read of a vocabulary to make its concepts; all else is stored and not looked at."""
_SAYING: Final = frozenset({*_PREFERRED, *_XL_PREFERRED, *_DEPRECATED, *_ACTIVE})
"""Without any of these a concept has no name and is not obsolete either."""
LONGEST_NAME: Final = 1000
"""No text of more characters is taken for a name."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a vocabulary names: its concepts, and for each identifier that it gave up the one that replaces it."""

    concepts: tuple[Concept, ...]
    replaced: Mapping[str, str]


class TermReader:
    """Collects what is said of each subject while triples pass by, in memory that grows with the names alone."""

    def __init__(self, source: str, language: str = "en") -> None:
        self._source = source
        self._language = language.lower()
        self._said: defaultdict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
        """By subject: predicate, value, and the language of a text ("" if untagged; None for a link)."""

    def take(self, triple: ox.Triple | ox.Quad) -> None:
        """Reads one triple."""
        predicate = triple.predicate.value
        if predicate not in PREDICATES:
            return
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.BlankNode) and predicate not in _LITERAL_FORM:
            return
        if isinstance(value, ox.Literal):
            text = (predicate, names.clean(value.value), (value.language or "").lower())
            self._said[_key(subject)].append(text)
        elif predicate in _NARROWER:
            self._said[_key(value)].append((_BROADER[0], _key(subject), None))
        elif isinstance(value, ox.NamedNode) or predicate in _XL:
            self._said[_key(subject)].append((predicate, _key(value), None))

    def take_all(self, sayings: Iterable[tuple[str, str, str, str | None]]) -> None:
        """The same for what was found in the text of a file: subject, predicate, value, language (None for a link)."""
        for subject, predicate, value, tag in sayings:
            if tag is not None:
                self._said[subject].append((predicate, names.clean(value), tag))
            elif predicate in _NARROWER:
                self._said[value].append((_BROADER[0], subject, None))
            else:
                self._said[subject].append((predicate, value, None))

    def terms(self) -> Terms:
        """The concepts read so far, each labelled one that is not obsolete, and what replaces the obsolete ones."""
        concepts = []
        replaced: dict[str, str] = {}
        for iri, said in self._said.items():
            if not any(predicate in _TYPE and value in CONCEPTS for predicate, value, _ in said):
                continue
            if not any(predicate in _SAYING for predicate, _, _ in said):
                continue
            entry = self._entry(iri)
            if entry.is_obsolete:
                successors = {*entry.links(_REPLACED), *_identifiers(entry.texts(_REPLACED))} - {iri}
                if len(successors) == 1:  # of several, nobody has said which
                    replaced[iri] = successors.pop()
                continue
            concept = self._concept(iri, entry)
            if concept is not None:
                concepts.append(concept)
                for former in _identifiers(entry.texts(_FORMER)):
                    replaced.setdefault(former, iri)
        living = {concept.iri for concept in concepts}
        return Terms(tuple(concepts), {old: new for old, new in replaced.items() if old not in living})

    def _entry(self, iri: str) -> _Entry:
        return _Entry(self._said.get(iri, []))

    def _concept(self, iri: str, entry: _Entry) -> Concept | None:
        labels = [*self._labelled(entry, _XL_PREFERRED), *entry.texts(_PREFERRED)]
        labels = [text for text in labels if 0 < len(text[0]) <= LONGEST_NAME]
        if not labels:
            return None
        label, tag = _preferred(labels, self._language)
        spoken = tag or self._language
        meanings = [*entry.texts(_DEFINITION), *self._mesh_notes(entry)]
        alternative = [*labels, *entry.texts(_ALTERNATIVE), *self._labelled(entry, _XL_ALTERNATIVE), *self._mesh(entry)]
        hidden = [*entry.texts(_HIDDEN), *self._labelled(entry, _XL_HIDDEN)]
        shown = _but(names.unique(_spoken(alternative, spoken)), label)
        return Concept(
            iri=iri,
            label=label,
            alt_labels=shown,
            hidden_labels=_but(names.unique(_spoken(hidden, spoken)), label, *shown) if hidden else (),
            type=_semantic_type(entry.links(_TYPE)),
            definition=(_preferred(meanings, self._language)[0] or None) if meanings else None,
            broader=_but(names.unique(entry.links(_BROADER)), iri),
            exact_matches=_but(names.unique(entry.links(_EXACT)), iri),
            close_matches=names.unique(entry.links(_CLOSE)),
            source=self._source,
        )

    def _labelled(self, entry: _Entry, kind: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The texts of SKOS-XL labels, which are things of their own."""
        for label in entry.links(kind):
            yield from self._entry(label).texts(_LITERAL_FORM)

    def _mesh(self, entry: _Entry) -> Iterator[tuple[str, str]]:
        """The terms of a MeSH descriptor's preferred concept; those of its other concepts mean something else."""
        for concept in entry.links(_MESH_CONCEPT):
            for term in self._entry(concept).links(_MESH_TERMS):
                yield from self._entry(term).texts(_MESH_NAMES)

    def _mesh_notes(self, entry: _Entry) -> Iterator[tuple[str, str]]:
        for concept in entry.links(_MESH_CONCEPT):
            yield from self._entry(concept).texts(_DEFINITION)


class _Entry:
    """What a file says of one subject, by the group of predicates that mean the same."""

    def __init__(self, said: Iterable[tuple[str, str, str | None]]) -> None:
        self._texts: dict[tuple[str, ...], list[tuple[int, str, str]]] = {}
        self._links: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for predicate, value, tag in said:
            group, place = _GROUPS[predicate]
            if tag is None:
                self._links.setdefault(group, []).append((place, value))
            elif value:
                self._texts.setdefault(group, []).append((place, value, tag))

    def texts(self, group: tuple[str, ...]) -> list[tuple[str, str]]:
        """The texts that are not empty, each with its language, in the order of the predicates."""
        found = self._texts.get(group)
        if found is None:
            return []
        if len(found) > 1:
            found.sort(key=_place)
        return [(text, tag) for _, text, tag in found]

    def links(self, group: tuple[str, ...]) -> list[str]:
        found = self._links.get(group)
        if found is None:
            return []
        if len(found) > 1:
            found.sort(key=_place)
        return [link for _, link in found]

    @property
    def is_obsolete(self) -> bool:
        deprecated = any(text in ("true", "1") for text, _ in self.texts(_DEPRECATED))
        return deprecated or any(text in ("false", "0") for text, _ in self.texts(_ACTIVE))


def concepts(triples: Iterable[ox.Triple], *, source: str, language: str = "en") -> tuple[Concept, ...]:
    """The concepts that `triples` describe: each labelled `skos:Concept` and each labelled class, unless deprecated.

    Labels are in `language` where a concept has such, else untagged, else English, else in the first language it has;
    synonyms are in the same language as the label, or untagged. `source` becomes each concept's source.
    """
    reader = TermReader(source, language)
    for triple in triples:
        reader.take(triple)
    return reader.terms().concepts


def _place(said: tuple[Any, ...]) -> int:
    return int(said[0])


def _preferred(texts: list[tuple[str, str]], language: str) -> tuple[str, str]:
    """The text in the language that is wanted most, and that language; of several the first."""
    if len(texts) == 1:
        return texts[0]

    def rank(text: tuple[str, str]) -> int:
        tag = text[1]
        return (tag == language, _same_language(tag, language), not tag, _same_language(tag, "en"), True).index(True)

    return min(texts, key=rank)


def _spoken(texts: Iterable[tuple[str, str]], language: str) -> list[str]:
    """The names in that language; untagged ones always are."""
    return [text for text, tag in texts if len(text) <= LONGEST_NAME and (not tag or _same_language(tag, language))]


def _but(found: tuple[str, ...], *without: str) -> tuple[str, ...]:
    return tuple([one for one in found if one not in without])


def _same_language(tag: str, language: str) -> bool:
    """Whether both are the same language, regions aside: "en-GB" and "en"."""
    return bool(tag) and tag.partition("-")[0] == language.partition("-")[0]


def _semantic_type(classes: list[str]) -> str | None:
    if len(classes) == 1:  # what makes it a concept, and no more
        return None
    known = load_types().types
    own = (name.removeprefix(NGO) for name in sorted(classes) if name.startswith(NGO))
    return next((name for name in own if name in known), None)


def _identifiers(texts: list[tuple[str, str]]) -> Iterator[str]:
    """The IRIs that texts such as "GO:0008150" stand for."""
    for text, _ in texts:
        iri = text if text.startswith(("http://", "https://", "urn:")) else expand(text)
        if iri is not None:
            yield iri


def _key(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)
