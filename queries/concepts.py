"""One concept with everything the graph says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from nutrigraph.errors import UnknownConcept
from nutrigraph.ontology.namespaces import NGO, OBO, OBO_IN_OWL, OWL, RDF, RDFS, SCHEMA, SKOS, compact
from nutrigraph.ontology.types import load_types
from nutrigraph.queries.joined import joined_with
from nutrigraph.queries.labels import labels_of, language_of, language_rank
from nutrigraph.queries.statements import ConceptRef, StatementRecord, in_order, pages, statements
from nutrigraph.store import Store

_NAMES: Final = (SKOS + "prefLabel", RDFS + "label", SKOS + "altLabel", OBO_IN_OWL + "hasExactSynonym")
_DEFINITIONS: Final = (SKOS + "definition", OBO + "IAO_0000115")
_ABOVE: Final = (SKOS + "broader", RDFS + "subClassOf")
_PROPERTIES: Final = (*_NAMES, *_DEFINITIONS, *_ABOVE, SKOS + "exactMatch", RDF + "type")
_FACTS: Final = f"""SELECT ?thing ?property ?value (LANG(?value) AS ?language) WHERE {{
  #VALUES thing
  ?thing ?property ?value
  FILTER(!isBlank(?value) && ?property IN ({", ".join(f"<{iri}>" for iri in _PROPERTIES)}))
}}"""
_BELOW: Final = f"""SELECT ?below ?thing WHERE {{
  {{
    #VALUES thing
    ?below <{SKOS}broader> ?thing
  }} UNION {{
    #VALUES thing
    ?below <{RDFS}subClassOf> ?thing
  }}
  FILTER(isIRI(?below))
}}"""
_PAGE_ABOUT: Final = f"""SELECT ?thing ?page WHERE {{
  #VALUES thing
  GRAPH ?page {{ ?page <{SCHEMA}about> ?thing }}
}}"""
_CANDIDATES: Final = f"""SELECT DISTINCT ?thing WHERE {{
  #VALUES thing
  GRAPH ?page {{ ?thing a <{NGO}CandidateTerm> }}
}}"""
_TYPES: Final = """SELECT ?thing ?type WHERE {
  #VALUES thing
  ?thing a ?type
}"""

# of one thing, by property: texts or IRIs with their language
_Facts = dict[str, list[tuple[str, str | None]]]


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """A concept as people see it.

    `type` is the local name of its semantic type ("Hormone") and `type_label` the words for it; `identifiers` are the
    CURIEs of its exact matches; `page` and `url` are the path and address of the page about it, `reviewed_by` that
    page's reviewer. `statements` are those it is the subject of, `statements_about` those it is the object of.
    `candidate`: a term that a page defines and no vocabulary knows.
    """

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    type: str | None = None
    type_label: str | None = None
    definition: str | None = None
    identifiers: tuple[str, ...] = ()
    broader: tuple[ConceptRef, ...] = ()
    narrower: tuple[ConceptRef, ...] = ()
    page: str | None = None
    url: str | None = None
    reviewed_by: str | None = None
    candidate: bool = False
    statements: tuple[StatementRecord, ...] = ()
    statements_about: tuple[StatementRecord, ...] = ()

    @property
    def relations(self) -> tuple[StatementRecord, ...]:
        """All statements about it, in the order of the pages."""
        return tuple(in_order({*self.statements, *self.statements_about}))

    def as_json(self) -> dict[str, object]:
        """The object that `show --format json` prints."""
        shape: dict[str, object] = {
            "id": self.id,
            "label": self.label,
            "synonyms": list(self.synonyms),
            "type": self.type,
            "type_label": self.type_label,
            "definition": self.definition,
            "identifiers": list(self.identifiers),
            "broader": [ref.as_json() for ref in self.broader],
            "narrower": [ref.as_json() for ref in self.narrower],
            "page": self.page,
            "url": self.url,
            "reviewed_by": self.reviewed_by,
            "statements": [statement.as_json() for statement in self.statements],
            "statements_about": [statement.as_json() for statement in self.statements_about],
        }
        return shape | ({"candidate": True} if self.candidate else {})


def concept(store: Store, iri: str) -> ConceptCard:
    """The card of a concept, or of a candidate term; UnknownConcept if the graph has neither."""
    card = cards(store, [iri])[iri]
    stated = statements(store, concept=iri)
    if not stated and not card.candidate and not _is_concept(store, iri):
        raise UnknownConcept(iri)
    joined = joined_with(store, [iri])[iri]
    return replace(
        card,
        statements=tuple(record for record in stated if record.subject.id in joined),
        statements_about=tuple(record for record in stated if record.object.id in joined),
    )


def cards(store: Store, iris: Iterable[str]) -> dict[str, ConceptCard]:
    """The cards of several concepts without their statements.

    What is joined with a concept adds its names, identifiers, hierarchy and page; the concept's own come first.
    """
    wanted = list(dict.fromkeys(iris))
    joined = joined_with(store, wanted)
    groups = {iri: (iri, *sorted(joined[iri] - {iri})) for iri in wanted}
    members = sorted({member for group in groups.values() for member in group})
    facts: dict[str, _Facts] = {member: {} for member in members}
    for thing, property_, value, language in store.rows(_FACTS, values={"thing": members}):
        facts[str(thing)].setdefault(str(property_), []).append((str(value), language))
    below: dict[str, set[str]] = {}
    for under, thing in store.rows(_BELOW, values={"thing": members}):
        below.setdefault(str(thing), set()).add(str(under))
    about: dict[str, set[str]] = {}
    for thing, page in store.rows(_PAGE_ABOUT, values={"thing": members}):
        about.setdefault(str(thing), set()).add(str(page))
    above = {value for each in facts.values() for name in _ABOVE for value, _ in each.get(name, ())}
    labels = labels_of(store, {*members, *above, *(iri for each in below.values() for iri in each)})
    candidates = {str(row[0]) for row in store.rows(_CANDIDATES, values={"thing": members})}
    known_pages = pages(store, {page for urls in about.values() for page in urls})
    language = language_of(store)
    found: dict[str, ConceptCard] = {}
    for iri, group in groups.items():
        urls = [url for one in group for url in sorted(about.get(one, ())) if url in known_pages]
        about_it = known_pages[urls[0]] if urls else None
        found[iri] = replace(
            _card(group, facts, below, labels, language),
            page=about_it.path if about_it else None,
            url=about_it.url if about_it else None,
            reviewed_by=about_it.reviewed_by if about_it else None,
            candidate=iri in candidates,
        )
    return found


def types_of(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """The local name of the semantic type of each concept that has one."""
    rows = store.rows(_TYPES, values={"thing": sorted(set(iris))})
    found = sorted((str(thing), str(type)) for thing, type in rows if str(type).startswith(NGO))
    return {thing: type.removeprefix(NGO) for thing, type in reversed(found)}


def type_label(type: str) -> str:
    """The words for a type: "Anatomical structure"."""
    hierarchy = load_types()
    if type in hierarchy.types:
        return hierarchy.label(type)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type).capitalize()


def _is_concept(store: Store, iri: str) -> bool:
    rows = store.rows(_FACTS, values={"thing": [iri]})
    return any(value in (SKOS + "Concept", OWL + "Class") for _, _, value, _ in rows)


def _card(
    group: tuple[str, ...],
    facts: Mapping[str, _Facts],
    below: Mapping[str, set[str]],
    labels: Mapping[str, str],
    language: str,
) -> ConceptCard:
    def shown_first(value: tuple[str, str | None]) -> tuple[int, str]:
        return language_rank(value[1], language), value[0]

    def values(names: Iterable[str]) -> list[str]:
        """The values of a concept's own properties, then of those joined with it."""
        found = [sorted(facts[one].get(name, ()), key=shown_first) for one in group for name in names]
        return list(dict.fromkeys(value for each in found for value, _ in each))

    def refs(iris: Iterable[str]) -> tuple[ConceptRef, ...]:
        refs = {ConceptRef(iri, labels[iri]) for iri in iris if iri not in group and not iri.startswith(NGO)}
        return tuple(sorted(refs, key=lambda ref: (ref.label.casefold(), ref.id)))

    types = [value.removeprefix(NGO) for value in values([RDF + "type"]) if value.startswith(NGO)]
    label = labels[group[0]]
    identifiers = [iri for iri in values([SKOS + "exactMatch"]) + list(group[1:]) if iri != group[0]]
    return ConceptCard(
        id=group[0],
        label=label,
        synonyms=tuple(name for name in values(_NAMES) if name != label),
        type=types[0] if types else None,
        type_label=type_label(types[0]) if types else None,
        definition=next(iter(values(_DEFINITIONS)), None),
        identifiers=tuple(dict.fromkeys(compact(iri) for iri in identifiers)),
        broader=refs(values(_ABOVE)),
        narrower=refs(iri for one in group for iri in below.get(one, ())),
    )
