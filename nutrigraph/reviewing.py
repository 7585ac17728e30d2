"""People's decisions: the queue of statements to look at, and writing what somebody decided into review.tsv."""

from __future__ import annotations

import datetime
import subprocess
from typing import TYPE_CHECKING

from nutrigraph.errors import ProjectError, QueryError
from nutrigraph.graph_builder.decisions import COLUMNS, FILE_NAME, Decision, fold, read_decisions

if TYPE_CHECKING:
    from pathlib import Path

    from nutrigraph.knowledge_graph import KnowledgeGraph
    from nutrigraph.queries.statements import StatementRecord

VERDICTS = {"statement": ("accept", "reject"), "link": ("accept", "reject"), "gap": ("silence",)}
"""What can be decided on each kind."""
_PAST = {"accept": "accepted", "reject": "rejected", "silence": "silenced"}


def queue(graph: KnowledgeGraph) -> list[StatementRecord]:
    """The statements that a person should look at: those held back first, then those with a flag, the least sure first;
    what somebody decided on already is left out."""
    waiting = [s for s in graph.statements() if s.review is None and (s.status == "held" or s.flags)]
    return sorted(waiting, key=lambda s: (s.status != "held", s.confidence, s.evidence.page, s.evidence.start))


def decide(graph: KnowledgeGraph, identifier: str, verdict: str, by: str, note: str = "") -> Decision:
    """Writes a decision ("accept", "reject" or "silence") on the statement, link or gap with that id.

    The line is added to the end of review.tsv, which is made if it is not there. QueryError if nothing has that id or
    the verdict does not fit its kind.
    """
    subject = _found(graph, identifier)
    if subject is None:
        raise QueryError(
            f'Nothing has the id "{identifier}": ids are shown by nutrigraph review list, statements, links and gaps.'
        )
    allowed = VERDICTS[subject["kind"]]
    if verdict not in allowed:
        raise QueryError(f"{identifier} is a {subject['kind']}: it can be {' or '.join(_PAST[v] for v in allowed)}.")
    today = datetime.date.today().isoformat()
    values = dict.fromkeys(COLUMNS, "") | subject | {"decision": verdict, "reviewer": by, "date": today, "note": note}
    decision = Decision(**{name: fold(value) for name, value in values.items()}, line=0)
    _append(graph.project.folder / FILE_NAME, decision)
    return decision


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
            return {"id": identifier, "kind": "gap", "page": gap.page or "", "predicate": gap.kind, "subject": label}
    return None


def _append(file: Path, decision: Decision) -> None:
    """Adds one line, in the columns that the file has; nothing else of it changes."""
    there = file.read_bytes() if file.exists() else b""
    read_decisions(there)  # a file that cannot be read is not made longer
    header = there.decode("utf-8-sig").splitlines()[0].split("\t") if there else list(COLUMNS)
    line = "\t".join(getattr(decision, name.strip()) for name in header) + "\n"
    if not there:
        line = "\t".join(COLUMNS) + "\n" + line
    elif not there.endswith(b"\n"):
        line = "\n" + line
    with file.open("ab") as opened:
        opened.write(line.encode("utf-8"))
