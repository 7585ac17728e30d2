"""What is drawn, as plain values: made from a subgraph once, and all that the renderers know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutrigraph.visualizations.safe_text import safe_link

if TYPE_CHECKING:
    from nutrigraph.queries.concepts import ConceptCard
    from nutrigraph.queries.statements import ReviewRecord, StatementRecord
    from nutrigraph.queries.subgraph import Subgraph

SHOWN: Final = ("published", "hedged", "held")
"""The statuses that are ever drawn, the strongest first."""

KINDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "substance": ("Substance", ("Chemical", "Hormone", "Enzyme", "Particle", "Drug", "Nutrient", "Macronutrient")),
    "food": ("Food or product", ("Food", "Product")),
    "body": ("Part of the body", ("BodyPart", "AnatomicalStructure", "Tissue", "Organ", "OrganSystem", "BodyFluid",
                                  "Cell", "Organism")),
    "condition": ("Condition", ("Condition", "Disease", "Finding")),
    "process": ("Process", ("Process", "Event")),
    "measure": ("Test or measure", ("Measure", "DiagnosticTest")),
    "care": ("Treatment or device", ("Treatment", "Device")),
    "person": ("People and how they live", ("Behaviour", "DemographicFactor", "LifeStage", "PersonRole", "Person",
                                            "Role")),
    "other": ("Other", ()),
}  # fmt: skip
"""What a reader tells apart at a glance: kind → its words in the legend, and the semantic types that belong to it."""

_KIND_OF: Final = {type_: kind for kind, (_, types) in KINDS.items() for type_ in types}


@dataclass(frozen=True, slots=True)
class MapConcept:
    """A concept as it is drawn. `kind` is a key of KINDS, `type` the words for its semantic type, `page` a link to the
    page about it (already safe), `candidate` a term that no vocabulary knows."""

    id: str
    label: str
    kind: str = "other"
    type: str = ""
    synonyms: tuple[str, ...] = ()
    definition: str | None = None
    page: str | None = None
    candidate: bool = False

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "label": self.label,
            "synonyms": list(self.synonyms),
            "type": self.type or None,
            "definition": self.definition,
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class MapStatement:
    """One claim of one page: `quote` is its visible words, `url` a link to the page (already safe) or None,
    `reviewed_by` the reviewer of the page, `review` what a person decided on this statement."""

    id: str
    subject: str
    predicate: str
    label: str
    object_: str
    modality: str
    status: str
    quote: str
    page: str
    url: str | None = None
    reviewed_by: str | None = None
    date: str | None = None
    review: ReviewRecord | None = None

    def as_json(self) -> dict[str, object]:
        evidence = {
            "quote": self.quote,
            "page": self.page,
            "url": self.url,
            "reviewed_by": self.reviewed_by,
            "date": self.date,
        }
        return {
            "id": self.id,
            "subject": self.subject,
            "object": self.object_,
            "evidence": [evidence],  # what differs most from one to the next comes first: it makes pages smaller
            "predicate": {"name": self.predicate, "label": self.label},
            "modality": self.modality,
            "status": self.status,
            **({"review": self.review.as_json()} if self.review else {}),
        }


@dataclass(frozen=True, slots=True)
class Relation:
    """What is drawn as one arrow: the statements that say the same of the same two concepts.

    `status` is that of its strongest statement, so a claim that one sentence hedges and another asserts is drawn as
    asserted; what is under review stays a relation of its own.
    """

    subject: str
    predicate: str
    object_: str
    status: str
    statements: tuple[MapStatement, ...]

    @property
    def label(self) -> str:
        """Its words as they stand on the arrow: a hedged relation says "may"."""
        label = self.statements[0].label
        if self.status == "hedged":
            return may(label)
        return f"{label} (under review)" if self.status == "held" else label


@dataclass(frozen=True, slots=True)
class MapView:
    """A map: the concepts best first, the statements in the order of the pages, all between two of its concepts."""

    title: str
    focus: str
    concepts: tuple[MapConcept, ...]
    statements: tuple[MapStatement, ...]

    def relations(self) -> tuple[Relation, ...]:
        """The arrows, in the order in which their first statement stands."""
        grouped: dict[tuple[str, str, str, bool], list[MapStatement]] = {}
        for statement in self.statements:
            key = (statement.subject, statement.predicate, statement.object_, statement.status == "held")
            grouped.setdefault(key, []).append(statement)
        return tuple(
            Relation(subject, predicate, object_, min((s.status for s in group), key=SHOWN.index), tuple(group))
            for (subject, predicate, object_, _), group in grouped.items()
        )

    def as_json(self) -> dict[str, object]:
        """The data of a map, as the contract has it."""
        return {
            "focus": self.focus,
            "concepts": [concept.as_json() for concept in self.concepts],
            "statements": [statement.as_json() for statement in self.statements],
        }


def may(label: str) -> str:
    """A relation's words when the page hedges it.

    >>> may("causes"), may("is a risk factor for"), may("produces")
    ('may cause', 'may be a risk factor for', 'may produce')
    """
    first, _, rest = label.partition(" ")
    plain = {"is": "be", "has": "have", "does": "do"}.get(first)
    if plain is None and first.endswith("s") and not first.endswith("ss"):
        plain = first[:-3] + "y" if first.endswith("ies") else first[:-1]
    return " ".join(word for word in ("may", plain or first, rest) if word)


def map_view(subgraph: Subgraph, *, held: bool = False) -> MapView:
    """The view of a subgraph. Negated and rejected statements are never in it, held ones only with `held`; nor is one
    whose two ends are the same concept: that another name for it exists is said by its synonyms."""
    concepts = tuple(_concept(card) for card in subgraph.concepts)
    known = {concept.id for concept in concepts}
    shown = SHOWN if held else SHOWN[:2]
    statements = tuple(
        _statement(record)
        for record in subgraph.statements
        if record.status in shown
        and record.subject.id != record.object.id
        and {record.subject.id, record.object.id} <= known
    )
    focus = next((iri for iri in subgraph.focus if iri in known), concepts[0].id if concepts else "")
    return MapView(subgraph.title, focus, concepts, statements)


def kind_of(type_: str | None) -> str:
    """The kind that a semantic type is drawn as, by the type's local name; "other" for one that is not known."""
    return _KIND_OF.get(type_ or "", "other")


def _concept(card: ConceptCard) -> MapConcept:
    return MapConcept(
        id=card.id,
        label=card.label,
        kind=kind_of(card.type),
        type=card.type_label or card.type or "",
        synonyms=card.synonyms,
        definition=card.definition,
        page=safe_link(card.url),
        candidate=card.candidate,
    )


def _statement(record: StatementRecord) -> MapStatement:
    evidence = record.evidence
    return MapStatement(
        id=record.id,
        subject=record.subject.id,
        predicate=record.predicate.name,
        label=record.predicate.label,
        object_=record.object.id,
        modality=record.modality,
        status=record.status,
        quote=evidence.quote_text,
        page=evidence.page,
        url=safe_link(evidence.url),
        reviewed_by=evidence.reviewed_by,
        date=evidence.date,
        review=record.review,
    )
