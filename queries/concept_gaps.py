"""Gaps of concepts: those without a page, terms nobody knows, statements to review, related terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from nutrigraph.graph_builder.statement import Mention
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.catalogue import find
from nutrigraph.queries.gap import (
    CONCEPT_WITHOUT_PAGE,
    ONE_WAY_RELATED_TERM,
    STATEMENT_TO_REVIEW,
    UNKNOWN_TERM,
    UNSUPPORTED_RELATED_TERM,
    Gap,
    Place,
)
from nutrigraph.queries.joined import all_joined
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import ConceptRef, StatementRecord, statements
from nutrigraph.store import Store

_SHOWN: Final = 5
_WIDE: Final = 3
"""A concept that so many pages name is worth a page of its own."""


def concept_gaps(store: Store, pages: Sequence[PageRecord]) -> Iterator[Gap]:
    """The gaps of concepts and statements."""
    records = statements(store)
    yield from _to_review(records)
    yield from _without_page(store, pages)
    yield from _unknown_terms(records)
    yield from _related_terms(store, pages)


def _to_review(records: Sequence[StatementRecord]) -> Iterator[Gap]:
    for record in records:
        if record.review or not (record.status == "held" or (record.flags and record.status != "rejected")):
            continue
        claim = f"{record.subject.label} {record.predicate.label} {record.object.label}"
        why = "; ".join(record.flags) or "it contradicts what a person has accepted"
        held = record.status == "held"
        state = "is held back and not shown" if held else "is shown and should be checked"
        yield Gap(
            STATEMENT_TO_REVIEW,
            "warning" if held else "info",
            f"“{claim}” {state}: {why}. "
            f"Accept or reject it (nutrigraph review accept {record.id}), or correct the sentence.",
            page=record.evidence.page,
            evidence=(record.evidence,),
            detail=record.id,
            rank=(record.evidence.start, record.evidence.page),
        )


def _without_page(store: Store, pages: Sequence[PageRecord]) -> Iterator[Gap]:
    same = all_joined(store)
    own = {same.get(page.about, page.about) for page in pages if page.about}
    places: defaultdict[str, list[tuple[PageRecord, Mention]]] = defaultdict(list)
    spoken: dict[str, str] = {}
    for page in pages:
        for mention in page.mentions:
            key = same.get(mention.concept, mention.concept)
            if key not in own:
                places[key].append((page, mention))
                spoken.setdefault(key, mention.concept)
    labels = labels_of(store, spoken.values())
    for key, found in places.items():
        label = labels[spoken[key]]
        wide = len({page.path for page, _ in found})
        yield Gap(
            CONCEPT_WITHOUT_PAGE,
            "warning" if wide >= _WIDE else "info",
            f"{label} is named {_times(len(found))} on {wide} page{'s' * (wide > 1)} and no page is about it: readers "
            "who do not know it find nothing here. Write a page with that title, or silence this.",
            concept=ConceptRef(spoken[key], label),
            evidence=tuple(Place(p.path, m.start, m.end, m.text) for p, m in found[:_SHOWN]),
            rank=(-len(found) * wide, label),
        )


def _unknown_terms(records: Sequence[StatementRecord]) -> Iterator[Gap]:
    used: defaultdict[tuple[str, str], list[StatementRecord]] = defaultdict(list)
    for record in records:
        for end in (record.subject, record.object):
            if end.candidate and record.status != "rejected":
                used[end.id, end.label].append(record)
    for (iri, label), found in used.items():
        yield Gap(
            UNKNOWN_TERM,
            "info",
            f"{label} has a meaning on {found[0].evidence.page} and stands in no vocabulary, so it is recognised "
            "nowhere else. Add it to a vocabulary of the project, or write a page with that title.",
            concept=ConceptRef(iri, label),
            page=found[0].evidence.page,
            evidence=tuple(record.evidence for record in found[:_SHOWN]),
            rank=(-len(found), label),
        )


def _related_terms(store: Store, pages: Sequence[PageRecord]) -> Iterator[Gap]:
    """Rests on the named query `related-terms`, one row a term, or several where a name has several concepts."""
    answer = store.select(find("related-terms").text)
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    terms: defaultdict[tuple[str, str], list[Mapping[str, str | None]]] = defaultdict(list)
    for row in rows:
        terms[str(row["page"]), str(row["term"])].append(row)
    listing = {page for page, _ in terms}
    about = {page.path for page in pages if page.about}
    for (page, term), found in sorted(terms.items()):
        if page not in about:
            continue
        if all(row["supported"] == "no" for row in found):
            yield Gap(
                UNSUPPORTED_RELATED_TERM,
                "info",
                f"“{term}” is listed as a related term, and no sentence of the glossary says how the two are related. "
                "Say it in a sentence, or take the term off the list.",
                page=page,
                detail=term,
                rank=(0, f"{page} {term}"),
            )
        targets = sorted({str(row["target_page"]) for row in found if row["target_page"]})
        if targets and page not in targets and all(row["returned"] == "no" for row in found):
            other = targets[0]
            lists = "does not list this page's concept in return" if other in listing else "has no related terms"
            yield Gap(
                ONE_WAY_RELATED_TERM,
                "info",
                f"“{term}” is listed as a related term, and {other} {lists}: its readers are not led back. "
                "Add it there, if the two are worth comparing.",
                page=page,
                detail=term,
                rank=(0, f"{page} {term}"),
            )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
