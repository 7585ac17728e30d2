"""What two concepts have in common by what pages say, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nutrigraph.errors import QueryError
from nutrigraph.queries.concepts import ConceptCard, cards
from nutrigraph.queries.edges import hierarchy_above
from nutrigraph.queries.joined import joined_with
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import ConceptRef, PredicateRecord, StatementRecord, statements
from nutrigraph.queries.wording import hedged, inverse_label, sentence
from nutrigraph.store import Store

_SHOWN = ("published", "hedged")


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that is said of a concept: how it is related with another one. `forward`: the concept is the subject.
    `hedged`: no statement says it plainly."""

    predicate: PredicateRecord
    forward: bool
    other: ConceptRef
    hedged: bool
    statements: tuple[StatementRecord, ...]

    def text(self, subject: str) -> str:
        """In words, of a concept with this label: "Insulin is produced by Pancreas"."""
        label = self.predicate.label if self.forward else inverse_label(self.predicate.id)
        return sentence(subject, hedged(label) if self.hedged else label, self.other.label)

    def as_json(self) -> dict[str, object]:
        return {
            "predicate": self.predicate.as_json(),
            "direction": "forward" if self.forward else "backward",
            "other": self.other.as_json(),
            "hedged": self.hedged,
            "statements": [statement.as_json() for statement in self.statements],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two concepts side by side: `shared` are pairs of traits that both have, `only_first` and `only_second` those of
    one alone; `kinds` are the nearest kinds that the vocabularies have above both."""

    first: ConceptCard
    second: ConceptCard
    kinds: tuple[ConceptRef, ...]
    shared: tuple[tuple[Trait, Trait], ...]
    only_first: tuple[Trait, ...]
    only_second: tuple[Trait, ...]

    def as_json(self) -> dict[str, object]:
        """The object that `compare --format json` prints."""
        return {
            "first": {"id": self.first.id, "label": self.first.label, "type": self.first.type},
            "second": {"id": self.second.id, "label": self.second.label, "type": self.second.type},
            "kinds": [kind.as_json() for kind in self.kinds],
            "shared": [{"first": one.as_json(), "second": other.as_json()} for one, other in self.shared],
            "only_first": [trait.as_json() for trait in self.only_first],
            "only_second": [trait.as_json() for trait in self.only_second],
        }


_Key = tuple[str, bool, str]


def compare(store: Store, first: str, second: str) -> Comparison:
    """The concepts `first` and `second` (IRIs) by their published and hedged statements; QueryError if they are one."""
    joined = joined_with(store, (first, second))
    if second in joined[first]:
        label = labels_of(store, [first])[first]
        raise QueryError(f'Both are one concept, "{label}". Name two different concepts.')
    one, other = (_traits(store, iri, joined[iri]) for iri in (first, second))
    both = [key for key in one if key in other]
    known = cards(store, (first, second))
    return Comparison(
        known[first],
        known[second],
        _nearest_kinds(store, joined[first], joined[second]),
        tuple((one[key], other[key]) for key in both),
        tuple(trait for key, trait in one.items() if key not in other),
        tuple(trait for key, trait in other.items() if key not in one),
    )


def _traits(store: Store, iri: str, joined: frozenset[str]) -> dict[_Key, Trait]:
    """What is said of a concept, in the order of the relations' names and the other concepts' labels."""
    said: dict[_Key, list[StatementRecord]] = {}
    for record in statements(store, concept=iri):
        if record.status in _SHOWN and not {record.subject.id, record.object.id} <= joined:
            forward = record.subject.id in joined
            other = record.object if forward else record.subject
            said.setdefault((record.predicate.id, forward, other.id), []).append(record)
    traits = {key: _trait(key, records) for key, records in said.items()}
    order = sorted(traits, key=lambda key: (traits[key].predicate.name, not key[1], traits[key].other.label, key[2]))
    return {key: traits[key] for key in order}


def _trait(key: _Key, records: Iterable[StatementRecord]) -> Trait:
    found = tuple(records)
    end = found[0].object if key[1] else found[0].subject
    only_hedged = all(record.modality == "hedged" for record in found)
    return Trait(found[0].predicate, key[1], ConceptRef(end.id, end.label), only_hedged, found)


def _nearest_kinds(store: Store, first: Iterable[str], second: Iterable[str]) -> tuple[ConceptRef, ...]:
    """What is above both in the vocabularies, without what is above such a kind itself."""
    edges = {iris: hierarchy_above(store, iris) for iris in (frozenset(first), frozenset(second))}
    above = [{edge.object for edge in found} | iris for iris, found in edges.items()]
    common = above[0] & above[1]
    higher = {edge.object for found in edges.values() for edge in found if edge.subject in common}
    labels = labels_of(store, common - higher)
    return tuple(sorted((ConceptRef(iri, label) for iri, label in labels.items()), key=lambda ref: (ref.label, ref.id)))
