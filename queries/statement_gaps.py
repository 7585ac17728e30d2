"""Gaps in what pages state: contradictions, circles, what waits for a person, what a concept's own page lacks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from nutrigraph.graph_builder.decisions import CONTRADICTS
from nutrigraph.graph_builder.statement import DIFFERENT_KINDS
from nutrigraph.ontology.hierarchy import cycles
from nutrigraph.queries.catalogue import find
from nutrigraph.queries.gap import (
    CIRCULAR_HIERARCHY,
    CONTRADICTION,
    HEDGED_AND_ASSERTED,
    MISSING_ON_OWN_PAGE,
    STATEMENT_TO_REVIEW,
    UNKNOWN_TERM,
    Gap,
)
from nutrigraph.queries.site import Site
from nutrigraph.queries.statements import ConceptRef, StatementRecord

_SHOWN: Final = 5
_SURE: Final = 0.8
"""What is read with less confidence is no reason to send an editor to another page."""
_OF_THE_PAGE: Final = frozenset({DIFFERENT_KINDS, CONTRADICTS})
"""Flags for which the page is the likely culprit. Those that come from reading are in the queue of `review list`."""
_CLAIMS: Final = 2
_DEFINING: Final = frozenset({"is_a", "same_as"})
_STRUCTURAL: Final = frozenset({"is_a", "same_as", "has_role"})


def to_review(site: Site) -> Iterator[Gap]:
    """Statements that are held back for what the page itself does, until a person decides."""
    for record in site.statements:
        flags = [flag for flag in record.flags if flag in _OF_THE_PAGE]
        if record.review or record.status != "held" or not flags:
            continue
        yield Gap(
            STATEMENT_TO_REVIEW,
            f"“{_claim(record)}” is held back and not shown: {'; '.join(flags)}. "
            f"Correct the sentence, or decide: nutrigraph review accept {record.id} (or reject).",
            page=record.evidence.page,
            evidence=(record.evidence,),
            detail=record.id,
            rank=(record.evidence.start, record.evidence.page),
        )


def contradictions(site: Site) -> Iterator[Gap]:
    """Pairs of sentences as the named query `contradictions` has them, one finding a pair of pages."""
    answer = site.store.select(find("contradictions").text)
    records = {(record.evidence.url, record.id): record for record in site.statements}
    pairs: dict[tuple[str, str, str, str, str], tuple[StatementRecord, StatementRecord]] = {}
    for row in answer.rows:
        values = dict(zip(answer.variables, map(str, row), strict=True))
        one, other = (_by_iri(records, values[name]) for name in ("statement", "other_statement"))
        if one and other and "reject" not in (_decision(one), _decision(other)):
            ends = one.subject.label, one.object.label, one.predicate.name
            pairs.setdefault((*ends, one.evidence.page, other.evidence.page), (one, other))
    for one, other in pairs.values():
        where = "on this page" if one.evidence.page == other.evidence.page else f"on {one.evidence.page}"
        yield Gap(
            CONTRADICTION,
            f"“{other.evidence.quote_text}” contradicts what stands {where}: “{one.evidence.quote_text}” "
            "Find out which is right and correct the other.",
            concept=ConceptRef(one.subject.id, one.subject.label),
            page=other.evidence.page,
            evidence=(other.evidence, one.evidence),
            detail=" | ".join((one.predicate.name, one.object.label, one.evidence.page)),
            rank=(0, one.subject.label),
        )


def _by_iri(records: dict[tuple[str, str], StatementRecord], iri: str) -> StatementRecord | None:
    page, _, identifier = iri.partition("#statement-")
    return records.get((page, identifier))


def _decision(record: StatementRecord) -> str:
    return record.review.decision if record.review else ""


def hedged_and_asserted(site: Site) -> Iterator[Gap]:
    """Claims that one page makes plainly and another one with “may”. Within a page it is how prose is written."""
    groups: defaultdict[tuple[str, str, str], list[StatementRecord]] = defaultdict(list)
    for record in site.statements:
        if record.status in ("published", "hedged") and record.confidence >= _SURE:
            ends = site.key(record.subject.id), record.predicate.name, site.key(record.object.id)
            groups[ends].append(record)
    for found in groups.values():
        plain = [record for record in found if record.modality == "asserted"]
        pages = {record.evidence.page for record in plain}
        hedged = [r for r in found if r.modality == "hedged" and r.evidence.page not in pages]
        if not plain or not hedged or plain[0].subject.id == plain[0].object.id:
            continue
        one, other = hedged[0], plain[0]
        yield Gap(
            HEDGED_AND_ASSERTED,
            f"“{_claim(other)}”: {other.evidence.page} says it plainly, this page with a doubt: "
            f"“{one.evidence.quote_text}” Say it in one way, or say what differs.",
            concept=ConceptRef(one.subject.id, one.subject.label),
            page=one.evidence.page,
            evidence=(one.evidence, other.evidence),
            detail=" | ".join((one.predicate.name, one.object.label)),
            rank=(0, one.subject.label),
        )


def circles(site: Site) -> Iterator[Gap]:
    """Concepts that are kinds of each other, by what pages say and vocabularies hold; at least one step is a page's."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    said: set[tuple[str, str]] = set()
    for edge in site.edges:
        ends = site.key(edge.subject), site.key(edge.object)
        if edge.is_hierarchy and ends[0] != ends[1]:
            above[ends[0]].add(ends[1])
            if any(claim.status == "published" for claim in edge.claims):
                said.add(ends)
    for group in cycles(above):
        steps = [
            record
            for record in site.statements
            if record.predicate.name == "is_a" and record.status == "published"
            and (ends := (site.key(record.subject.id), site.key(record.object.id))) in said
            and set(ends) <= set(group)
        ]  # fmt: skip
        if not steps:
            continue
        claims = "; ".join(f"“{_claim(record)}” ({record.evidence.page})" for record in steps[:_SHOWN])
        yield Gap(
            CIRCULAR_HIERARCHY,
            f"Each of these is said to be a kind of the other: {claims}. Correct the sentence that is wrong.",
            concept=ConceptRef(steps[0].subject.id, steps[0].subject.label),
            page=steps[0].evidence.page,
            evidence=tuple(record.evidence for record in steps[:_SHOWN]),
            rank=(-len(group), steps[0].subject.label),
        )


def missing_on_own_page(site: Site) -> Iterator[Gap]:
    """What another page states about a concept of which its own page does not even name the other end, or a kind of it.

    One finding a page and concept, from two such claims on: one alone is mostly said in passing. Only plain statements
    that were read with confidence count, and none that merely say what kind of thing something is.
    """
    found: defaultdict[tuple[str, str], list[StatementRecord]] = defaultdict(list)
    narrower = _narrower(site)
    for record in site.statements:
        if record.status != "published" or record.confidence < _SURE or record.predicate.name in _STRUCTURAL:
            continue
        for end, other in ((record.subject, record.object), (record.object, record.subject)):
            own = site.page_about.get(site.key(end.id))
            if own is None or own.path == record.evidence.page or other.candidate:
                continue
            about_other = site.page_about.get(site.key(other.id))
            if about_other and about_other.path == record.evidence.page:
                continue  # it stands where the other end is explained
            key = site.key(other.id)
            if site.key(end.id) != key and not ({key} | narrower[key]) & site.named_in_text[own.path].keys():
                found[own.path, record.evidence.page].append(record)
    for (own_path, page), records in found.items():
        own = site.by_path[own_path]
        claims = list(dict.fromkeys(_claim(record) for record in records))
        if len(claims) < _CLAIMS:
            continue
        label = site.labels.get(own.about or "", own.title)
        more = f" and {len(claims) - _SHOWN} more" if len(claims) > _SHOWN else ""
        yield Gap(
            MISSING_ON_OWN_PAGE,
            f"{page} says of {label} what this page does not: {'; '.join(claims[:_SHOWN])}{more}. "
            "Add it here if it is right and worth saying.",
            concept=ConceptRef(own.about or "", label),
            page=own_path,
            evidence=tuple(record.evidence for record in _once(records)[:_SHOWN]),
            detail=page,
            rank=(-len(claims), f"{own_path} {page}"),
        )


def _narrower(site: Site) -> defaultdict[str, set[str]]:
    """For each concept those directly below it."""
    below: defaultdict[str, set[str]] = defaultdict(set)
    for edge in site.edges:
        if edge.is_hierarchy:
            below[site.key(edge.object)].add(site.key(edge.subject))
    return below


def _once(records: Sequence[StatementRecord]) -> list[StatementRecord]:
    """One statement a sentence."""
    ordered = sorted(records, key=lambda record: record.evidence.start)
    return [next(group) for _, group in groupby(ordered, key=lambda record: record.evidence.start)]


def unknown_terms(site: Site) -> Iterator[Gap]:
    """Terms that a page defines and no vocabulary knows; a single word in the plural ("values") is seldom one."""
    used: defaultdict[tuple[str, str], list[StatementRecord]] = defaultdict(list)
    defined: set[str] = set()
    for record in site.statements:
        for end in (record.subject, record.object):
            if end.candidate and record.status != "rejected":
                used[end.id, end.label].append(record)
                if record.predicate.name in _DEFINING and (end is record.subject or record.predicate.name == "same_as"):
                    defined.add(end.id)
    for (iri, label), found in used.items():
        if iri not in defined or re.fullmatch(r"[^\W\d]+(?<![isu])s|.*[^\w)]", label):
            continue
        yield Gap(
            UNKNOWN_TERM,
            f"{label} has a meaning on {found[0].evidence.page} and stands in no vocabulary, so it is recognised "
            "nowhere else. Add it to a vocabulary of the project, or write a page with that title.",
            concept=ConceptRef(iri, label),
            page=found[0].evidence.page,
            evidence=tuple(record.evidence for record in found[:_SHOWN]),
            rank=(-len(found), label),
        )


def _claim(record: StatementRecord) -> str:
    return f"{record.subject.label} {record.predicate.label} {record.object.label}"
