"""Every statement of the pages with its evidence, read from the graph alone."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import DECISIONS_GRAPH, NGO, OA, RDF, SCHEMA
from nutrigraph.queries.joined import joined_with
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.wording import relation_label, relation_name
from nutrigraph.store import Row, Store

Json = dict[str, object]
"""A JSON object. (Inside a class with a field called `object` the builtin cannot be named.)"""

_ROLES: Final = ("from", "to", "in")
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ConceptRef:
    """A concept by its IRI, with the label that people are shown."""

    id: str
    label: str

    def as_json(self) -> Json:
        return {"id": self.id, "label": self.label}


@dataclass(frozen=True, slots=True)
class EndRecord:
    """The subject or object of a statement; `start` and `end` count in the raw quote, `surface` is that slice of it.
    All three are None where nothing in the quote stands for it. `resolved`: the span is a pronoun's."""

    id: str
    label: str
    surface: str | None = None
    start: int | None = None
    end: int | None = None
    resolved: bool = False
    candidate: bool = False

    def as_json(self) -> Json:
        shape: Json = {
            "id": self.id,
            "label": self.label,
            "surface": self.surface,
            "start": self.start,
            "end": self.end,
        }
        marks = {"resolved": self.resolved, "candidate": self.candidate}
        return shape | {mark: True for mark, holds in marks.items() if holds}


@dataclass(frozen=True, slots=True)
class PredicateRecord:
    """A relation: its IRI, its name as in "risk_factor_for", and its label as in "is a risk factor for"."""

    id: str
    name: str
    label: str

    def as_json(self) -> Json:
        return {"id": self.id, "name": self.name, "label": self.label}


@dataclass(frozen=True, slots=True)
class QualifierRecord:
    """Where something moves: `role` is "from", "to" or "in"."""

    role: str
    concept: ConceptRef

    def as_json(self) -> Json:
        return {"role": self.role, "concept": self.concept.as_json()}


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """What a person decided on a statement: `decision` is "accept", "reject" or "silence"; `mark` is "moved" where the
    words stand elsewhere now, else empty."""

    decision: str
    by: str | None = None
    date: str | None = None
    note: str | None = None
    mark: str = ""

    def as_json(self) -> Json:
        return {"decision": self.decision, "by": self.by, "date": self.date, "note": self.note, "mark": self.mark}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence a statement rests on. `page` is a path from the project folder, `url` the page's address, `quote`
    the raw slice source[start:end], `quote_text` its visible words. `reviewed_by` is the page's medical reviewer and
    `date` the day of that review; a page without reviewer has the day it was last changed or published."""

    page: str
    url: str
    section: str | None
    quote: str
    quote_text: str
    start: int
    end: int
    reviewed_by: str | None = None
    date: str | None = None

    def as_json(self) -> Json:
        return {
            "page": self.page,
            "url": self.url,
            "section": self.section,
            "quote": self.quote,
            "quote_text": self.quote_text,
            "start": self.start,
            "end": self.end,
            "reviewed_by": self.reviewed_by,
            "date": self.date,
        }


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A claim of a page, as people see it. `modality` is asserted, hedged or negated; `status` published, hedged,
    negated, held or rejected; `flags` say why a person should look; `confidence` is from 0 to 1."""

    id: str
    subject: EndRecord
    predicate: PredicateRecord
    object: EndRecord
    modality: str
    status: str
    confidence: float
    evidence: Evidence
    review: ReviewRecord | None = None
    flags: tuple[str, ...] = ()
    qualifiers: tuple[QualifierRecord, ...] = ()

    def as_json(self) -> Json:
        """The shape that `statements --format json` prints."""
        return {
            "id": self.id,
            "subject": self.subject.as_json(),
            "predicate": self.predicate.as_json(),
            "object": self.object.as_json(),
            "modality": self.modality,
            "status": self.status,
            "review": self.review.as_json() if self.review else None,
            "flags": list(self.flags),
            "confidence": self.confidence,
            "qualifiers": [qualifier.as_json() for qualifier in self.qualifiers],
            "evidence": self.evidence.as_json(),
        }


# A statement is asked for with all its quads at once: one pattern that every engine answers from an index.
_OF_ALL: Final = f"""SELECT ?page ?statement ?property ?value WHERE {{
  #VALUES page
  #VALUES statement
  GRAPH ?page {{ ?statement a <{NGO}Statement> ; ?property ?value }}
}}"""
_OF_CONCEPT: Final = f"""SELECT DISTINCT ?page ?statement ?property ?value WHERE {{
  #VALUES page
  {{
    #VALUES concept
    GRAPH ?page {{ ?statement <{RDF}subject> ?concept ; ?property ?value }}
  }} UNION {{
    #VALUES concept
    GRAPH ?page {{ ?statement <{RDF}object> ?concept ; ?property ?value }}
  }}
}}"""
_DECISIONS: Final = f"""SELECT ?statement ?property ?value WHERE {{
  #VALUES statement
  GRAPH <{DECISIONS_GRAPH}> {{ ?statement ?property ?value }}
}}"""
_CANDIDATES: Final = f"""SELECT DISTINCT ?term WHERE {{
  #VALUES term
  GRAPH ?page {{ ?term a <{NGO}CandidateTerm> }}
}}"""
_PAGES: Final = f"""SELECT ?page ?path ?reviewed ?modified ?published ?reviewer ?suffix WHERE {{
  #VALUES page
  GRAPH ?page {{
    ?page <{NGO}path> ?path
    OPTIONAL {{ ?page <{SCHEMA}lastReviewed> ?reviewed }}
    OPTIONAL {{ ?page <{SCHEMA}dateModified> ?modified }}
    OPTIONAL {{ ?page <{SCHEMA}datePublished> ?published }}
    OPTIONAL {{
      ?page <{SCHEMA}reviewedBy> ?person . ?person <{SCHEMA}name> ?reviewer
      OPTIONAL {{ ?person <{SCHEMA}honorificSuffix> ?suffix }}
    }}
  }}
}}"""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page: `path` from the project folder, `url` its address (which names its graph), `reviewed_by` its reviewer
    with credentials, `date` as in Evidence."""

    path: str
    url: str
    reviewed_by: str | None = None
    date: str | None = None


def statements(store: Store, *, page: str | None = None, concept: str | None = None) -> list[StatementRecord]:
    """Every statement, in the order of the pages and of the words in them.

    `page` keeps those of one page (its path as people write it, or its address; QueryError if there is none such),
    `concept` those about a concept (its IRI) or one joined with it.
    """
    values: dict[str, object] = {}
    if page is not None:
        values["page"] = _page_iri(pages(store).values(), page)
    if concept is not None:
        values["concept"] = sorted(joined_with(store, [concept])[concept])
    rows = store.rows(_OF_CONCEPT if concept is not None else _OF_ALL, values=values)
    return in_order(_records(store, rows).values())


def statements_named(store: Store, iris: Iterable[str]) -> dict[str, StatementRecord]:
    """The statements with these IRIs, by IRI; those that the graph does not have are left out."""
    wanted = sorted(set(iris))
    if not wanted:
        return {}
    # the engine's time grows with the square of a long list of values
    parts = (wanted[first : first + _AT_ONCE] for first in range(0, len(wanted), _AT_ONCE))
    rows = [row for part in parts for row in store.rows(_OF_ALL, values={"statement": part})]
    return _records(store, rows)


def pages(store: Store, iris: Collection[str] | None = None) -> dict[str, PageRecord]:
    """The pages with these IRIs, or all pages of the graph, by IRI."""
    facts: dict[str, dict[str, set[str]]] = {}
    names = ("path", "reviewed", "modified", "published", "reviewer", "suffix")
    for page, *row in _rows(store, _PAGES, "page", iris):
        found = facts.setdefault(str(page), {name: set() for name in names})
        for name, value in zip(names, row, strict=True):
            if value is not None:
                found[name].add(value)
    return {page: _page(page, found) for page, found in sorted(facts.items())}


def _page(url: str, facts: Mapping[str, set[str]]) -> PageRecord:
    def last(name: str) -> str | None:
        return max(facts[name], default=None)

    reviewer = last("reviewer")
    reviewed_by = ", ".join([reviewer, *sorted(facts["suffix"])]) if reviewer else None
    date = last("reviewed") if reviewer else last("reviewed") or last("modified") or last("published")
    return PageRecord(min(facts["path"]), url, reviewed_by, date)


def _page_iri(known: Iterable[PageRecord], page: str) -> str:
    by_path = {record.path: record.url for record in known}
    path = page.strip().replace("\\", "/").removeprefix("./")
    if path in by_path or page in by_path.values():
        return by_path.get(path, page)
    near = difflib.get_close_matches(path, by_path, n=3)
    hint = f" Did you mean: {', '.join(near)}?" if near else " Pages are named as in evidence: pages/insulin.txt"
    raise QueryError(f'There is no page "{page}" in the graph.{hint}')


def in_order(records: Iterable[StatementRecord]) -> list[StatementRecord]:
    """Statements in the order of the pages' paths and of the words in them."""

    def place(record: StatementRecord) -> tuple[object, ...]:
        ends = (record.subject.start, record.subject.end, record.object.start, record.object.end)
        spans = tuple(-1 if offset is None else offset for offset in ends)
        return (record.evidence.page, record.evidence.start, *spans, record.predicate.name, record.id)

    return sorted(records, key=place)


def _rows(store: Store, query: str, name: str, iris: Collection[str] | None) -> list[Row]:
    """The rows about these IRIs; about all where they are so many that asking for each would take longer."""
    few = iris is not None and len(iris) <= _AT_ONCE
    return store.rows(query, values={name: sorted(iris)} if iris is not None and few else None)


def _records(store: Store, rows: Iterable[Sequence[str | None]]) -> dict[str, StatementRecord]:
    quads: dict[tuple[str, str], dict[str, list[str]]] = {}
    for page, statement, property_, value in rows:
        quads.setdefault((str(page), str(statement)), {}).setdefault(str(property_), []).append(str(value))
    if not quads:
        return {}
    decisions: dict[str, dict[str, list[str]]] = {}
    for statement, property_, value in _rows(store, _DECISIONS, "statement", {iri for _, iri in quads}):
        decisions.setdefault(str(statement), {}).setdefault(str(property_), []).append(str(value))
    concept_properties = [RDF + "subject", RDF + "object", *(NGO + role for role in _ROLES)]
    concepts = {iri for quad in quads.values() for name in concept_properties for iri in quad.get(name, ())}
    labels = labels_of(store, concepts)
    candidates = {str(term) for (term,) in _rows(store, _CANDIDATES, "term", concepts)}
    known = pages(store, {page for page, _ in quads})
    return {
        iri: _record(iri, facts, known.get(page, PageRecord(page, page)), decisions.get(iri, {}), labels, candidates)
        for (page, iri), facts in quads.items()
    }


def _record(
    iri: str,
    facts: Mapping[str, list[str]],
    page: PageRecord,
    decided: Mapping[str, list[str]],
    labels: Mapping[str, str],
    candidates: set[str],
) -> StatementRecord:
    def one(name: str) -> str | None:
        return min(facts.get(name, ()), default=None)

    quote_text = one(OA + "exact") or ""
    quote = one(NGO + "rawQuote") or quote_text
    modality = (one(NGO + "modality") or NGO + "asserted").removeprefix(NGO)
    predicate = one(RDF + "predicate") or ""

    def end(role: str) -> EndRecord:
        concept = one(RDF + role) or ""
        start, stop = _span(one(f"{NGO}{role}Span"))
        surface = None if start is None else quote[start:stop]
        resolved = role in facts.get(NGO + "resolved", ())
        return EndRecord(concept, labels.get(concept, concept), surface, start, stop, resolved, concept in candidates)

    return StatementRecord(
        id=iri.partition("#statement-")[2] or iri,
        subject=end("subject"),
        predicate=PredicateRecord(predicate, relation_name(predicate), relation_label(predicate)),
        object=end("object"),
        modality=modality,
        status=_status(modality, decided),
        confidence=float(one(NGO + "confidence") or 1.0),
        evidence=Evidence(
            page=page.path,
            url=page.url,
            section=one(NGO + "section"),
            quote=quote,
            quote_text=quote_text,
            start=int(one(OA + "start") or 0),
            end=int(one(OA + "end") or 0),
            reviewed_by=page.reviewed_by,
            date=page.date,
        ),
        review=_review(decided),
        flags=tuple(sorted({*facts.get(NGO + "flag", ()), *decided.get(NGO + "flag", ())})),
        qualifiers=tuple(
            QualifierRecord(role, ConceptRef(concept, labels[concept]))
            for role in _ROLES
            for concept in sorted(facts.get(NGO + role, ()))
        ),
    )


def _span(text: str | None) -> tuple[int, int] | tuple[None, None]:
    """The numbers of a span such as "38-48"."""
    start, dash, stop = (text or "").partition("-")
    return (int(start), int(stop)) if dash else (None, None)


def _status(modality: str, decided: Mapping[str, list[str]]) -> str:
    """A status stands in the decisions' graph where modality alone does not give it."""
    stated = {value.removeprefix(NGO) for value in decided.get(NGO + "status", ())}
    for status in ("rejected", "held"):
        if status in stated:
            return status
    return modality if modality in ("hedged", "negated") else "published"


def _review(decided: Mapping[str, list[str]]) -> ReviewRecord | None:
    def one(name: str) -> str | None:
        return min(decided.get(NGO + name, ()), default=None)

    decision = one("decision")
    if decision is None:
        return None
    return ReviewRecord(decision, one("decidedBy"), one("decidedOn"), one("note"), one("decisionMark") or "")
