"""People's decisions: the queue of statements to look at, and writing what somebody decided into review.tsv."""

from __future__ import annotations

import datetime
import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nutrigraph.errors import ProjectError, QueryError, SourceError
from nutrigraph.graph_builder.decisions import COLUMNS, FILE_NAME, Decision, Mark, fold, read_decisions, stale_iri
from nutrigraph.ontology.namespaces import DECISIONS_GRAPH, NGO

if TYPE_CHECKING:
    from pathlib import Path

    from nutrigraph.knowledge_graph import KnowledgeGraph
    from nutrigraph.queries.statements import StatementRecord

VERDICTS = {
    "statement": ("accept", "reject"),
    "link": ("accept", "reject"),
    "relation": ("accept", "reject"),
    "gap": ("silence",),
}
"""What can be decided on each kind."""
_PAST = {"accept": "accepted", "reject": "rejected", "silence": "silenced"}


def queue(graph: KnowledgeGraph) -> list[StatementRecord]:
    """The statements that a person should look at: those held back first, then those with a flag, the least sure first;
    what somebody decided on already is left out."""
    waiting = [s for s in graph.statements() if s.review is None and (s.status == "held" or s.flags)]
    return sorted(waiting, key=lambda s: (s.status != "held", s.confidence, s.evidence.page, s.evidence.start))


def stale(graph: KnowledgeGraph) -> list[Decision]:
    """The decisions on statements that no page made any more at the last build, as review.tsv has them now."""
    query = f'SELECT ?decision {{ GRAPH <{DECISIONS_GRAPH}> {{ ?decision <{NGO}decisionMark> "{Mark.STALE}" }} }}'
    marked = {iri for (iri,) in graph.store.rows(query)}
    file = graph.project.folder / FILE_NAME
    decisions = read_decisions(file.read_bytes()) if file.is_file() else ()
    # of several lines on one statement the last one counts
    last = {stale_iri(decision): decision for decision in decisions if decision.kind == "statement"}
    return [decision for iri, decision in last.items() if iri in marked]


def decide(graph: KnowledgeGraph, identifier: str, verdict: str, by: str, note: str = "") -> Decision:
    """Writes a decision ("accept", "reject" or "silence") on the statement, link, relation or gap with that id.

    The line is added to the end of review.tsv, which is made if it is not there. QueryError if nothing has that id,
    the verdict does not fit its kind, or `by` names nobody.
    """
    if not fold(by):
        raise QueryError("Who decides that? A decision needs the name of a person: --by NAME.")
    subject = _found(graph, identifier)
    if subject is None:
        raise QueryError(
            f'Nothing has the id "{identifier}": ids are shown by nutrigraph review list, statements, links, related '
            "and gaps."
        )
    allowed = VERDICTS[subject["kind"]]
    if verdict not in allowed:
        raise QueryError(f"{identifier} is a {subject['kind']}: it can be {' or '.join(_PAST[v] for v in allowed)}.")
    today = datetime.date.today().isoformat()
    values = dict.fromkeys(COLUMNS, "") | subject | {"decision": verdict, "reviewer": by, "date": today, "note": note}
    decision = Decision(**{name: fold(value) for name, value in values.items()}, line=0)
    _append(graph.project.folder / FILE_NAME, [decision])
    return decision


def take_over(graph: KnowledgeGraph, file: Path) -> list[Decision]:
    """Adds the decisions of another file, such as a report gives, to review.tsv; what stands there already is left out.
    SourceError where one of the two files cannot be understood, or a line cannot be held: nothing is added then.
    Returns what was added."""
    try:
        decisions = read_decisions(file.read_bytes(), str(file))
    except OSError as error:
        raise SourceError(str(file), f"cannot be read: {error.strerror}.") from None
    target = graph.project.folder / FILE_NAME
    known = read_decisions(target.read_bytes()) if target.is_file() else ()
    there = {replace(decision, line=0) for decision in known}
    once = {replace(decision, line=0): decision for decision in reversed(decisions)}
    new = [decision for said, decision in reversed(once.items()) if said not in there]
    for decision in new:
        if not decision.reviewer:
            raise SourceError(str(file), "nobody is named as the reviewer.", line=decision.line)
    _append(target, new)
    return new


def reviewer(folder: Path) -> str:
    """The name under which git records this person's work there; ProjectError, with what to do, if it has none."""
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"], cwd=folder, capture_output=True, text=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        asked = None
    name = asked.stdout.strip() if asked is not None else ""
    if not name:
        raise ProjectError("Who decides that? Give --by NAME (git has no user.name here).")
    return name


def _found(graph: KnowledgeGraph, identifier: str) -> dict[str, str] | None:
    """What review.tsv says of the thing with that id: its kind, page, words and quote."""
    for s in graph.statements():
        if s.id == identifier:
            ends = {"subject": s.subject.surface or s.subject.label, "object": s.object.surface or s.object.label}
            where = {"page": s.evidence.page, "quote": s.evidence.quote_text, "predicate": s.predicate.name}
            return {"id": identifier, "kind": "statement", **where, **ends}
    for link in graph.links(0.0):
        if link.id == identifier:
            words = {"subject": link.text, "object": link.target}
            return {"id": identifier, "kind": "link", "page": link.page, **words}
    for gap in graph.gaps():
        if gap.id == identifier:
            label = gap.concept.label if gap.concept else ""
            words = {"predicate": gap.kind, "subject": label, "object": gap.detail}
            return {"id": identifier, "kind": "gap", "page": gap.page or "", **words}
    for pair in graph.related(min_probability=0.0):  # last: with its reasons for every pair it takes longest
        if pair.id == identifier:
            return {"id": identifier, "kind": "relation", "subject": pair.subject.label, "object": pair.object.label}
    return None


def _append(file: Path, decisions: Sequence[Decision]) -> None:
    """Adds lines in one go, in the columns that the file has; nothing else of it changes. SourceError if a column is
    missing for something that a decision says: without its words it could not be found again on a page that
    changed."""
    if not decisions:
        return
    try:
        there = file.read_bytes() if file.exists() else b""
        read_decisions(there)  # a file that cannot be read is not made longer
        header, start = _header(there)
        used = [name for name in COLUMNS if any(getattr(decision, name) for decision in decisions)]
        if missing := [name for name in used if name not in header]:
            columns = f"column{'s' * (len(missing) > 1)} {', '.join(missing)}"
            raise SourceError(FILE_NAME, f"add the {columns} to this line, behind a tab, to hold the decision.", line=1)
        lines = ("\t".join(getattr(decision, name) for name in header) + "\n" for decision in decisions)
        added = (start + "".join(lines)).encode("utf-8")
        with file.open("ab" if there.strip(b"\xef\xbb\xbf\r\n") else "wb") as opened:
            opened.write(added)
    except OSError as error:
        raise ProjectError(f"{file} cannot be written: {error.strerror}.") from None


def _header(there: bytes) -> tuple[Sequence[str], str]:
    """The columns of the file, and what comes before the first line that is added."""
    text = there.decode("utf-8-sig")
    if not text.strip("\r\n"):
        return COLUMNS, "\t".join(COLUMNS) + "\n"
    header = [name.strip() for name in re.split(r"[\r\n]", text, maxsplit=1)[0].split("\t")]
    return header, "" if text.endswith(("\n", "\r")) else "\n"
