"""The commands by which people decide: review list, accept, reject, silence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutrigraph import answers
from nutrigraph.command_options import FILE, Where, format_option, knowledge_graph, project_option
from nutrigraph.printing import clean, paragraph, say, show, show_csv, show_json

if TYPE_CHECKING:
    from nutrigraph.graph_builder.decisions import Decision

_DONE = {"accept": "Accepted", "reject": "Rejected", "silence": "Silenced"}


@click.group()
def review() -> None:
    """Look at what waits for a person, and decide on statements, links and gaps."""


@review.command("list")
@format_option()
@project_option
def list_(shape: str, project: Where | None) -> None:
    """List the statements that a person should look at, with why."""
    from nutrigraph.reviewing import queue, stale

    graph = knowledge_graph(project)
    waiting, gone = queue(graph), stale(graph)
    if shape == "json":
        show_json([one.as_json() for one in waiting])
    elif shape == "csv":
        show_csv([one.as_json() for one in waiting], answers.STATEMENT_COLUMNS)
    else:
        show("\n".join(f"{one.id}\n{answers.claims([one])}" for one in waiting) or "Nothing waits for a person.")
    if gone:
        section = "\n".join(["", "No page says that any more:", *map(_line, gone)])
        (show if shape == "table" else say)(section)


def _line(decision: Decision) -> str:
    """A decision in the words of its line."""
    words = " ".join(clean(word) for word in (decision.subject, decision.predicate, decision.object) if word)
    by = f" by {clean(decision.reviewer)}" if decision.reviewer else ""
    quote = f" “{clean(decision.quote)}”" if decision.quote else ""
    place = f" ({clean(decision.page)})" if decision.page else ""
    told = f"{words or clean(decision.id)}:{quote}{place}, {_DONE[decision.decision].lower()}{by}"
    return paragraph(f"{told} (line {decision.line} of review.tsv)", "      ", "  ")


def _deciding(verdict: str) -> click.Command:
    @click.command(verdict, help=f"{verdict.capitalize()} what has that id.")
    @click.argument("identifier", metavar="ID")
    @click.option("--by", metavar="NAME", help="Who decides; else git's user.name.")
    @click.option("--note", default="", metavar="TEXT", help="Why.")
    @project_option
    def command(identifier: str, by: str | None, note: str, project: Where | None) -> None:
        from nutrigraph.reviewing import decide, reviewer

        graph = knowledge_graph(project)
        decision = decide(graph, identifier, verdict, reviewer(graph.project.folder) if by is None else by, note)
        later = " It counts from the next nutrigraph build on." if decision.kind == "statement" else ""
        say(f"{_DONE[verdict]} by {decision.reviewer}: {decision.kind} {identifier}.{later}")

    return command


@review.command("import")
@click.argument("file", type=FILE)
@project_option
def import_(file: Path, project: Where | None) -> None:
    """Take over decisions from a file, such as a report lets an editor download."""
    from nutrigraph.reviewing import take_over

    added = take_over(knowledge_graph(project), file)
    say(f"{answers.counted(len(added), 'decision')} added to review.tsv.")


for _verdict in _DONE:
    review.add_command(_deciding(_verdict))

COMMANDS = (review,)
