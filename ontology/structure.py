"""Checks on vocabularies as a whole: their names, hierarchy and mappings. What shapes.ttl cannot see well is here.

A flat list of terms, a mapping stated in one direction, a class of somebody's ontology without a definition: none of
that is an error. Findings are warnings where people are misled and remarks (info) where something could be better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from nutrigraph.ontology import names
from nutrigraph.ontology.finding import ERROR, INFO, WARNING, Finding, in_order
from nutrigraph.ontology.hierarchy import STEPS, Climber, cycles
from nutrigraph.ontology.joining import representatives
from nutrigraph.ontology.namespaces import NGO, OBO, OBO_IN_OWL, OWL, RDF, RDFS, SCHEMA, SKOS
from nutrigraph.ontology.rdf_terms import CONCEPTS
from nutrigraph.ontology.types import load_types

_PREFERRED: Final = (SKOS + "prefLabel", RDFS + "label", SCHEMA + "name")
_OTHER_NAMES: Final = (
    *(SKOS + "altLabel", SKOS + "hiddenLabel"),
    *(OBO_IN_OWL + "hasExactSynonym", SCHEMA + "alternateName"),
)
_DEFINITIONS: Final = frozenset({*(SKOS + note for note in ("definition", "scopeNote", "note")), OBO + "IAO_0000115"})
_MAPPINGS: Final = tuple(f"{SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
_LINKS: Final = frozenset(
    {*_MAPPINGS, RDFS + "subClassOf", *(SKOS + link for link in ("broader", "related", "inScheme", "topConceptOf"))}
)
_INVERSES: Final = {SKOS + "narrower": SKOS + "broader", SKOS + "hasTopConcept": SKOS + "topConceptOf"}
_SHOWN: Final = 5
"""So many concepts are named in one finding."""

SourceOf = Callable[[str], str]


@dataclass(slots=True)
class _Entry:
    """What is said of one resource: its names (predicate, language, text), and links by predicate."""

    names: list[tuple[str, str, str]] = field(default_factory=list)
    notations: list[str] = field(default_factory=list)
    links: dict[str, set[str]] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    is_concept: bool = False
    is_skos: bool = False
    deprecated: bool = False
    defined: bool = False

    def to(self, *predicates: str) -> set[str]:
        return set[str]().union(*(self.links.get(predicate, ()) for predicate in predicates))


def check_structure(
    triples: Iterable[ox.Triple], *, source_of: SourceOf = lambda iri: "", own_scheme: str | None = None
) -> list[Finding]:
    """What is wrong with the names, hierarchy and mappings of the concepts that `triples` describe.

    `source_of` gives the file that a concept is from. Concepts in `own_scheme` are the project's own: their pages
    define them. Of each concept its names and links are held in memory, about 1.5 kB.
    """
    checked = _Vocabulary(_read(triples), own_scheme)
    found = [
        *_types(checked),
        *_names(checked),
        *_shared_labels(checked),
        *_ambiguous_names(checked),
        *_languages(checked),
        *_hierarchy(checked),
        *_relations(checked),
        *_mappings(checked),
        *_lacks(checked),
    ]
    return in_order([checked.placed(finding, source_of) for finding in found])


def _read(triples: Iterable[ox.Triple]) -> dict[str, _Entry]:
    entries: defaultdict[str, _Entry] = defaultdict(_Entry)
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, ox.NamedNode) or subject.value.startswith(NGO):
            continue
        if isinstance(value, ox.Literal):
            if predicate in _PREFERRED or predicate in _OTHER_NAMES:
                entries[subject.value].names.append((predicate, value.language or "", value.value))
            elif predicate in _DEFINITIONS:
                entries[subject.value].defined = True
            elif predicate == SKOS + "notation":
                entries[subject.value].notations.append(value.value)
            elif predicate == OWL + "deprecated" and value.value in ("true", "1"):
                entries[subject.value].deprecated = True
        elif isinstance(value, ox.NamedNode):
            _link(entries, subject.value, predicate, value.value)
    return entries


def _link(entries: defaultdict[str, _Entry], subject: str, predicate: str, target: str) -> None:
    if predicate == RDF + "type":
        entry = entries[subject]
        entry.is_concept |= target in CONCEPTS
        entry.is_skos |= target == SKOS + "Concept"
        if target.startswith(NGO):
            entry.types.add(target.removeprefix(NGO))
        return
    if predicate in _INVERSES:
        subject, predicate, target = target, _INVERSES[predicate], subject
    if predicate in _LINKS:
        entries[subject].links.setdefault(predicate, set()).add(target)


class _Vocabulary:
    """The concepts with what the checks ask of them."""

    def __init__(self, entries: Mapping[str, _Entry], own_scheme: str | None) -> None:
        self.own_scheme = own_scheme
        self.concepts = {
            iri: entry
            for iri, entry in sorted(entries.items())
            if entry.is_concept and not entry.deprecated and (entry.is_skos or entry.names)
        }
        self.above = {
            iri: self.known(entry.to(SKOS + "broader", RDFS + "subClassOf")) for iri, entry in self.concepts.items()
        }
        self.below: defaultdict[str, set[str]] = defaultdict(set)
        for iri, parents in self.above.items():
            for parent in parents:
                self.below[parent].add(iri)

    def known(self, iris: Iterable[str]) -> set[str]:
        """Those that are concepts here."""
        return {iri for iri in iris if iri in self.concepts}

    @cached_property
    def joined(self) -> dict[str, str]:
        """For each concept, and each thing that one matches exactly, the one that stands for all joined with it."""
        return representatives(
            (iri, match) for iri, entry in self.concepts.items() for match in sorted(entry.to(SKOS + "exactMatch"))
        )

    def preferred(self, iri: str) -> list[tuple[str, str]]:
        """Its preferred labels as (language, text)."""
        own = [(tag, text) for predicate, tag, text in self.concepts[iri].names if predicate == _PREFERRED[0]]
        return own or [(tag, text) for predicate, tag, text in self.concepts[iri].names if predicate in _PREFERRED]

    def label(self, iri: str) -> str:
        """What people call it, English first; its IRI if it has no label."""
        labels = sorted(self.preferred(iri), key=lambda label: (not label[0].lower().startswith("en"), label))
        return names.clean(labels[0][1]) if labels else iri

    def schemes(self, iri: str) -> set[str]:
        """The vocabularies that it is in: its schemes, else its namespace."""
        given = self.concepts[iri].to(SKOS + "inScheme", SKOS + "topConceptOf") if iri in self.concepts else set()
        cut = iri.rfind("_") if iri.startswith(OBO) else max(iri.rfind("/"), iri.rfind("#"))
        return given or {iri[: cut + 1]}

    def listed(self, iris: Iterable[str]) -> str:
        """Concepts by their labels, a few of them."""
        known = sorted(iris)
        shown = ", ".join(f"“{self.label(iri)}”" for iri in known[:_SHOWN])
        return shown + (f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else "")

    def placed(self, finding: Finding, source_of: SourceOf) -> Finding:
        """The finding with the label and the file of its concept."""
        label = self.label(finding.resource) if finding.resource in self.concepts else finding.label
        source = source_of(finding.resource)
        return Finding(finding.check, finding.severity, finding.resource, finding.message, label, source, finding.value)


def _types(checked: _Vocabulary) -> Iterator[Finding]:
    """Types that the hierarchy of types does not have, and concepts of several."""
    known = load_types().types
    for iri, entry in checked.concepts.items():
        for name in sorted(entry.types - known.keys()):
            message = (
                "Its type is not in the hierarchy of types, so nothing can be expected of it in a sentence. Use one of "
                "the classes of types.ttl."
            )
            yield Finding("type-unknown", ERROR, iri, message, value=name)
        if len(entry.types) > 1:
            message = (
                "It has several semantic types, so it is chance what kind of thing it is taken for. Keep the one that "
                "fits best."
            )
            yield Finding("type-several", ERROR, iri, message, value=", ".join(sorted(entry.types)))


def _names(checked: _Vocabulary) -> Iterator[Finding]:
    """Names that cannot be read, and names that one concept has twice."""
    for iri, entry in checked.concepts.items():
        for _, _, text in entry.names:
            if problem := _wrong_with(text):
                check, severity, message = problem
                yield Finding(check, severity, iri, message, value=ascii(text[:100]))
        preferred = {(tag.lower(), text) for predicate, tag, text in entry.names if predicate in _PREFERRED}
        others = {(tag.lower(), text) for predicate, tag, text in entry.names if predicate in _OTHER_NAMES}
        for _, text in sorted(preferred & others):
            message = (
                "The name is its preferred label and an alternative one too, so it is shown twice. "
                "Keep it as the preferred label alone."
            )
            yield Finding("label-repeated", WARNING, iri, message, value=names.clean(text))


def _wrong_with(text: str) -> tuple[str, str, str] | None:
    if not names.clean(text):
        return "label-empty", ERROR, "One of its names is empty, so nothing can be shown for it. Remove or write it."
    if not text.isprintable() and any(not character.isspace() and not names.clean(character) for character in text):
        message = "One of its names has characters that do not print, which hide what it is. Type the name again."
        return "label-unprintable", ERROR, message
    if text != " ".join(text.split()):
        message = "One of its names has stray spaces or line breaks, so it is not what it looks like. Remove them."
        return "label-spaces", WARNING, message
    return None


def _shared_labels(checked: _Vocabulary) -> Iterator[Finding]:
    """One preferred label, one language, one vocabulary, two concepts that no mapping makes one."""
    groups = checked.joined
    users: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for iri in checked.concepts:
        for tag, text in checked.preferred(iri):
            for scheme in checked.schemes(iri):
                users[scheme, tag.lower(), names.key(names.clean(text))][groups.get(iri, iri)] = iri
    for (_, _, key), concepts in sorted(users.items()):
        if len(concepts) > 1 and key:
            first, *others = sorted(concepts.values())
            message = (
                f"The same preferred label stands on {len(concepts)} concepts, so people cannot tell them apart. "
                f"Say in the labels what differs, or merge them: {', '.join(others[:_SHOWN])}"
            )
            yield Finding("label-shared", WARNING, first, message)


def _ambiguous_names(checked: _Vocabulary) -> Iterator[Finding]:
    """Names that belong to several concepts, in any of the vocabularies, that no mapping makes one."""
    groups = checked.joined
    users: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for iri, entry in checked.concepts.items():
        for key in {
            names.key(names.clean(text)) for predicate, _, text in entry.names if predicate != SKOS + "hiddenLabel"
        }:
            users[key].setdefault(groups.get(iri, iri), iri)
    for key, concepts in sorted(users.items()):
        if len(concepts) > 1 and key:
            first, *others = sorted(concepts.values(), key=lambda iri: (not _prefers(checked, iri, key), iri))
            meant = ", ".join(f"“{checked.label(other)}” <{other}>" for other in others[:_SHOWN])
            message = (
                f"This is also a name of {meant}, so on a page it may mean either, and the wrong one may be taken. If "
                "they are the same thing, map them with skos:exactMatch; if not, say in the names what differs."
            )
            yield Finding("name-ambiguous", INFO, first, message, value=key)


def _prefers(checked: _Vocabulary, iri: str, key: str) -> bool:
    return key in {names.key(names.clean(text)) for _, text in checked.preferred(iri)}


def _languages(checked: _Vocabulary) -> Iterator[Finding]:
    """Languages in which some concepts of a vocabulary have a preferred label and others none."""
    tagged: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    sizes: defaultdict[str, int] = defaultdict(int)
    for iri, entry in checked.concepts.items():
        if entry.is_skos:
            for scheme in checked.schemes(iri):
                sizes[scheme] += 1
                for tag, _ in checked.preferred(iri):
                    tagged[scheme][tag.lower()].add(iri)
    for scheme, languages in sorted(tagged.items()):
        for tag, concepts in sorted(languages.items()):
            lacking = sizes[scheme] - len(concepts)
            if lacking and tag and len(languages) > 1:
                message = (
                    f"{lacking} of its {sizes[scheme]} concepts have no preferred label in “{tag}”, so readers in that "
                    "language see another one there. Translate them, or remove the language."
                )
                yield Finding("language-missing", INFO, scheme, message, value=tag)


def _hierarchy(checked: _Vocabulary) -> Iterator[Finding]:
    for group in cycles(checked.above):
        message = (
            f"It is above itself: {checked.listed(group)}. Nothing can be said to be more general then. "
            "Remove the broader link that is wrong."
        )
        yield Finding("hierarchy-cycle", ERROR, group[0], message)
    climber = Climber(checked.above)
    for iri, entry in checked.concepts.items():
        for far in climber.shortcuts(iri):
            message = (
                f"It is directly below “{checked.label(far)}” and reaches it by a longer way too. "
                "Remove the direct link, which says nothing new."
            )
            yield Finding("hierarchy-shortcut", INFO, iri, message, value=far)
        for unknown in sorted(one for one in entry.to(SKOS + "broader") if one not in checked.concepts):
            message = "What is above it is in no vocabulary here, so the way up ends. Add that one or correct the link."
            yield Finding("hierarchy-unknown", WARNING, iri, message, value=unknown)
        for scheme in sorted(entry.to(SKOS + "topConceptOf")):
            if any(scheme in checked.schemes(parent) for parent in checked.above[iri]):
                message = "It is called a top concept and has something above it. Remove one of the two."
                yield Finding("hierarchy-top", WARNING, iri, message, value=scheme)
    if climber.tired:
        message = f"The hierarchy was not searched to its end for shortcuts: that takes more than {STEPS:,} steps."
        yield Finding("hierarchy-too-large", INFO, "", message)


def _relations(checked: _Vocabulary) -> Iterator[Finding]:
    """skos:related where the hierarchy says it already."""
    climber = Climber(checked.above)
    for iri, entry in checked.concepts.items():
        for other in sorted(checked.known(entry.to(SKOS + "related"))):
            if other in climber.ancestors(iri) or iri in climber.ancestors(other):
                message = (
                    f"It is both related to “{checked.label(other)}” and above or below it, which SKOS forbids. "
                    "Keep the link that is right."
                )
                yield Finding("related-hierarchy", WARNING, iri, message, value=other)
            elif iri < other and checked.above[iri] & checked.above[other]:
                message = (
                    f"It is related to “{checked.label(other)}”, which has the same concept above it: siblings are "
                    "related anyway. Remove the link unless it says more."
                )
                yield Finding("related-siblings", INFO, iri, message, value=other)


def _mappings(checked: _Vocabulary) -> Iterator[Finding]:
    """Mappings inside one vocabulary, and mappings that turn the hierarchy round."""
    groups = checked.joined
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, entry in checked.concepts.items():
        for scheme in checked.schemes(iri):
            if iri in groups:
                members[groups[iri], scheme].append(iri)
            for predicate in _MAPPINGS[1:]:
                for other in sorted(checked.known(entry.to(predicate))):
                    if scheme in checked.schemes(other):
                        message = (
                            f"It is mapped to “{checked.label(other)}” of the same vocabulary, and mappings lead to "
                            "others. Use skos:related, broader or narrower."
                        )
                        yield Finding("mapping-inside", WARNING, iri, message, value=other)
    for (_, _), concepts in sorted(members.items()):
        if len(concepts) > 1:
            message = (
                f"Exact matches make one of {len(concepts)} concepts of one vocabulary: {checked.listed(concepts)}. "
                "Turn all but one of the matches into skos:closeMatch, or merge the concepts."
            )
            yield Finding("mapping-joins", WARNING, sorted(concepts)[0], message)
    yield from _against_hierarchy(checked, groups)


def _against_hierarchy(checked: _Vocabulary, groups: Mapping[str, str]) -> Iterator[Finding]:
    plain = {iri for group in cycles(checked.above) for iri in group}
    above: defaultdict[str, set[str]] = defaultdict(set)
    for iri, parents in checked.above.items():
        if iri not in plain:
            above[groups.get(iri, iri)] |= {groups.get(parent, parent) for parent in parents - plain}
    for group in cycles(above):
        inside = [iri for iri in checked.concepts if groups.get(iri, iri) in group]
        message = (
            "With its exact matches it is above itself: two vocabularies order these the other way round, or a match "
            f"joins a thing with what is above it: {checked.listed(inside)}. Turn the wrong match into skos:closeMatch."
        )
        yield Finding("mapping-hierarchy", WARNING, inside[0], message)


def _lacks(checked: _Vocabulary) -> Iterator[Finding]:
    """What a concept could have: a definition, something to do with the others, a notation of its own."""
    notations: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    alone: defaultdict[str, list[str]] = defaultdict(list)
    with_hierarchy = {scheme for iri, up in checked.above.items() if up for scheme in checked.schemes(iri)}
    for iri, entry in checked.concepts.items():
        schemes = checked.schemes(iri)
        for notation in entry.notations:
            for scheme in schemes:
                notations[scheme, notation].append(iri)
        if checked.own_scheme in schemes:
            continue
        if entry.is_skos and not entry.defined:
            message = "It has no definition, so people cannot tell what is meant. Add a skos:definition."
            yield Finding("definition-missing", INFO, iri, message)
        if not (checked.above[iri] or checked.below[iri] or entry.to(*_MAPPINGS, SKOS + "related")):
            for scheme in schemes & with_hierarchy:
                alone[scheme].append(iri)
    for scheme, concepts in sorted(alone.items()):
        message = (
            f"{len(concepts)} of its concepts have no hierarchy, no related concept and no mapping, so nobody comes "
            f"upon them by browsing: {checked.listed(concepts)}. That is no error; a broader concept would help."
        )
        yield Finding("concept-alone", INFO, scheme, message)
    for (_, notation), concepts in sorted(notations.items()):
        if len(set(concepts)) > 1:
            message = f"One notation stands on several concepts: {checked.listed(set(concepts))}. Give each its own."
            yield Finding("notation-shared", WARNING, sorted(concepts)[0], message, value=notation)
