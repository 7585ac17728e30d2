"""The concepts of vocabularies in RDF: SKOS, and OWL with labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from nutrigraph.ontology import names
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import NGO, OBO, OBO_IN_OWL, OWL, RDF, RDFS, SKOS
from nutrigraph.ontology.types import load_types

_TYPE: Final = RDF + "type"
_DEPRECATED: Final = OWL + "deprecated"
_PREFERRED: Final = (SKOS + "prefLabel", RDFS + "label")
_ALTERNATIVE: Final = (SKOS + "altLabel", OBO_IN_OWL + "hasExactSynonym")
_HIDDEN: Final = (SKOS + "hiddenLabel",)
_DEFINITION: Final = (SKOS + "definition", OBO + "IAO_0000115")
_BROADER: Final = (SKOS + "broader", RDFS + "subClassOf")
_EXACT: Final = (SKOS + "exactMatch",)
_CLOSE: Final = (SKOS + "closeMatch",)
_TEXTS: Final = frozenset({*_PREFERRED, *_ALTERNATIVE, *_HIDDEN, *_DEFINITION, _DEPRECATED})
_LINKS: Final = frozenset({*_BROADER, *_EXACT, *_CLOSE, _TYPE})


@dataclass(slots=True)
class _Entry:
    """What a file says of one subject, by predicate: texts with their language, and links to other things."""

    texts: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def is_concept(self) -> bool:
        deprecated = any(text in ("true", "1") for text, _ in self.texts[_DEPRECATED])
        return not deprecated and not {SKOS + "Concept", OWL + "Class"}.isdisjoint(self.links[_TYPE])

    def words(self, predicates: tuple[str, ...]) -> list[tuple[str, str]]:
        return [text for predicate in predicates for text in self.texts[predicate] if text[0]]

    def targets(self, predicates: tuple[str, ...]) -> tuple[str, ...]:
        return names.unique([link for predicate in predicates for link in self.links[predicate]])


def concepts(triples: Iterable[ox.Triple], *, source: str, language: str = "en") -> tuple[Concept, ...]:
    """The concepts that `triples` describe: each labelled `skos:Concept` and each labelled class, unless deprecated.

    Labels are in `language` where a concept has such, else untagged, else English, else in the first language it has;
    synonyms are in the same language as the label, or untagged. `source` becomes each concept's source.
    """
    entries: defaultdict[str, _Entry] = defaultdict(_Entry)
    for triple in triples:
        predicate = triple.predicate.value
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        if predicate in _TEXTS and isinstance(triple.object, ox.Literal):
            text = (names.clean(triple.object.value), (triple.object.language or "").lower())
            entries[triple.subject.value].texts[predicate].append(text)
        elif isinstance(triple.object, ox.NamedNode):
            if predicate in _LINKS:
                entries[triple.subject.value].links[predicate].append(triple.object.value)
            elif predicate == SKOS + "narrower":
                entries[triple.object.value].links[SKOS + "broader"].append(triple.subject.value)
    found = (_concept(iri, entry, source, language.lower()) for iri, entry in entries.items() if entry.is_concept)
    return tuple(concept for concept in found if concept is not None)


def _concept(iri: str, entry: _Entry, source: str, language: str) -> Concept | None:
    labels = entry.words(_PREFERRED)
    if not labels:
        return None
    label, tag = _preferred(labels, language)
    spoken = tag or language
    definitions = entry.words(_DEFINITION)
    alternative = [text for text, tag in (*labels, *entry.words(_ALTERNATIVE)) if _speaks(tag, spoken)]
    hidden = [text for text, tag in entry.words(_HIDDEN) if _speaks(tag, spoken)]
    shown = tuple(name for name in names.unique(alternative) if name != label)
    return Concept(
        iri=iri,
        label=label,
        alt_labels=shown,
        hidden_labels=tuple(name for name in names.unique(hidden) if name != label and name not in shown),
        type=_semantic_type(entry.links[_TYPE]),
        definition=_preferred(definitions, language)[0] if definitions else None,
        broader=tuple(above for above in entry.targets(_BROADER) if above != iri),
        exact_matches=entry.targets(_EXACT),
        close_matches=entry.targets(_CLOSE),
        source=source,
    )


def _preferred(texts: list[tuple[str, str]], language: str) -> tuple[str, str]:
    """The text in the language that is wanted most, and that language; of several the first."""

    def rank(text: tuple[str, str]) -> int:
        wanted = (_same_language(text[1], language), not text[1], _same_language(text[1], "en"), True)
        return wanted.index(True)

    return min(texts, key=rank)


def _speaks(tag: str, language: str) -> bool:
    """Whether a name tagged `tag` serves a concept whose label is in `language`; untagged ones always do."""
    return not tag or _same_language(tag, language)


def _same_language(tag: str, language: str) -> bool:
    """Whether both are the same language, regions aside: "en-GB" and "en"."""
    return bool(tag) and tag.partition("-")[0] == language.partition("-")[0]


def _semantic_type(classes: list[str]) -> str | None:
    known = load_types().types
    own = (name.removeprefix(NGO) for name in sorted(classes) if name.startswith(NGO))
    return next((name for name in own if name in known), None)
