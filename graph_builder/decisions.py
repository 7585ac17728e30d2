"""People's decisions: reading review.tsv, finding what each one is about, and what that makes of the statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, Quad

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.page_graph import date_literal
from nutrigraph.ontology.namespaces import DECISIONS_GRAPH, NGO

FILE_NAME = "review.tsv"
COLUMNS = ("id", "kind", "page", "subject", "predicate", "object", "quote", "decision", "reviewer", "date", "note")
KINDS = ("statement", "link", "relation", "gap")
CONTRADICTS = "contradicts a reviewed statement"
"""The flag of a statement that is held because a person accepted the opposite."""
VERDICTS = ("accept", "reject", "silence")
REFUSING = frozenset({"reject", "silence"})
"""The decisions after which a suggestion or finding does not come back."""


class Mark(StrEnum):
    """How a decision fits what the pages say now."""

    FITS = ""
    MOVED = "moved"
    """The same words stand elsewhere now; the decision holds for them."""
    STALE = "stale"
    """Nothing says that any more; the decision is kept and holds for nothing."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of review.tsv, its fields as there; `line` counts from 1. What does not apply is empty."""

    id: str
    kind: str
    page: str
    subject: str
    predicate: str
    object: str
    quote: str
    decision: str
    reviewer: str
    date: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What of a statement decisions and status need: `subject` and `object` are all words that may name an end (its
    words on the page, its label), `holding` says whether a flag holds it back, `iri` is the statement's."""

    id: str
    iri: str
    page: str
    subject: frozenset[str]
    predicate: str
    object: frozenset[str]
    quote: str
    holding: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """A decision, and the statement it is about (None if it is stale)."""

    decision: Decision
    mark: Mark
    statement: Stated | None


def fold(text: str) -> str:
    """`text` with white space folded, as decisions hold it."""
    return " ".join(text.split())


def read_decisions(data: bytes, path: str = FILE_NAME) -> tuple[Decision, ...]:
    """The decisions in a review.tsv; SourceError with file and line where one cannot be understood."""
    try:
        lines = re.split(r"\r\n|\n|\r", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SourceError(path, "is not UTF-8 text. Save it as UTF-8.", line=line) from None
    if not any(lines):
        return ()
    header = [name.strip() for name in lines[0].split("\t")]
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            problem = f'unknown or repeated column "{name}"; the first line names the columns: {" ".join(COLUMNS)}.'
            raise SourceError(path, problem, line=1)
    for name in ("id", "kind", "decision"):
        if name not in header:
            raise SourceError(path, f'the column "{name}" is missing.', line=1)
    return tuple(_decision(header, line, path, number) for number, line in enumerate(lines[1:], 2) if line.strip())


def _decision(header: Sequence[str], line: str, path: str, number: int) -> Decision:
    cells = [fold(cell) for cell in line.split("\t")]
    if len(cells) > len(header):
        raise SourceError(path, f"{len(cells)} values for {len(header)} columns; no value may hold a tab.", line=number)
    row = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
    for column, known in (("kind", KINDS), ("decision", VERDICTS)):
        if row[column] not in known:
            raise SourceError(path, f'{column} is one of {", ".join(known)}, not "{row[column]}".', line=number)
    if not row["id"] and not row["quote"]:
        raise SourceError(path, "a decision needs an id or a quote.", line=number)
    return Decision(**row, line=number)


def match_decisions(decisions: Iterable[Decision], stated: Iterable[Stated]) -> list[Matched]:
    """Finds the statement that each decision on a statement is about, by id, else by quote, words and predicate.

    A later line on the same statement replaces an earlier one. The result does not depend on the order of `stated`.
    """
    decisions = [decision for decision in decisions if decision.kind == "statement"]
    by_id: dict[str, Stated] = {}
    by_quote: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for statement in sorted(stated, key=lambda s: (s.page, s.iri)):
        by_id.setdefault(statement.id, statement)
        by_quote[statement.quote, statement.predicate].append(statement)
    matched: dict[str, Matched] = {}
    rest: list[Decision] = []
    for decision in decisions:
        if found := by_id.get(decision.id):
            matched[found.iri] = Matched(decision, Mark.FITS, found)
        else:
            rest.append(decision)
    # The last word on a statement that has gone is the one that moves with it.
    for decision in {d.id or str(d.line): d for d in rest}.values():
        alike = [
            s
            for s in by_quote[decision.quote, decision.predicate]
            if decision.subject in s.subject and decision.object in s.object and s.iri not in matched
        ]
        alike.sort(key=lambda s: s.page != decision.page)
        if alike:
            matched[alike[0].iri] = Matched(decision, Mark.MOVED, alike[0])
        else:
            matched[stale_iri(decision)] = Matched(decision, Mark.STALE, None)
    return sorted(matched.values(), key=lambda match: match.decision.line)


def statuses(matched: Iterable[Matched], holding: Iterable[str]) -> dict[str, str]:
    """The statements, by IRI, whose status modality alone does not give: "rejected" by a person, or "held" because it
    is one of `holding` and no person accepted it."""
    verdicts = {match.statement.iri: match.decision.decision for match in matched if match.statement}
    held = {iri: "held" for iri in holding if verdicts.get(iri) != "accept"}
    return held | {iri: "rejected" for iri, decision in verdicts.items() if decision == "reject"}


def decision_quads(
    matched: Iterable[Matched], given: Mapping[str, str], contradicting: Container[str] = ()
) -> Iterator[Quad]:
    """The graph of the decisions: every decision on a statement, and the `statuses` given. Statements that contradict
    a reviewed one are flagged here, as their page knows nothing of it."""
    graph = NamedNode(DECISIONS_GRAPH)
    for match in matched:
        decision = match.decision
        node = NamedNode(match.statement.iri if match.statement else stale_iri(decision))
        values = {
            "decision": Literal(decision.decision),
            "decidedBy": Literal(decision.reviewer) if decision.reviewer else None,
            "decidedOn": date_literal(decision.date) if decision.date else None,
            "note": Literal(decision.note) if decision.note else None,
            "decisionMark": Literal(match.mark) if match.mark else None,
        }
        for name, value in values.items():
            if value is not None:
                yield Quad(node, NamedNode(NGO + name), value, graph)
    for iri, status in given.items():
        yield Quad(NamedNode(iri), NamedNode(NGO + "status"), NamedNode(NGO + status), graph)
        if iri in contradicting:
            yield Quad(NamedNode(iri), NamedNode(NGO + "flag"), Literal(CONTRADICTS), graph)


def stale_iri(decision: Decision) -> str:
    """The IRI of a decision that is about nothing any more."""
    return f"{DECISIONS_GRAPH}/{re.sub(r'[^A-Za-z0-9-]', '', decision.id) or f'line-{decision.line}'}"
