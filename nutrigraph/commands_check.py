"""Commands that look through the pages: statements, mentions, links, gaps."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from nutrigraph import answers, reports
from nutrigraph.command_options import (
    Where,
    format_option,
    graph_option,
    knowledge_graph,
    output_option,
    project_option,
)
from nutrigraph.link_commands import fix_links, link_table, show_measure
from nutrigraph.output import give_table, write_out
from nutrigraph.printing import csv_text, json_text, show, show_csv, show_json, table

MENTION_COLUMNS = ("page", "start", "end", "surface", "text", "concept.label", "linked", "in", "concept.id")
LINK_COLUMNS = (
    "id",
    "page",
    "target",
    "start",
    "end",
    "surface",
    "probability",
    "concept.label",
    "concept.id",
    "reasons",
)
GAP_COLUMNS = ("id", "kind", "severity", "page", "concept.label", "message", "concept.id")
RELATED_COLUMNS = ("id", "subject.label", "object.label", "probability", "reasons", "subject.id", "object.id")
check_option = click.option("--check", is_flag=True, help="End with status 1 if there is any.")
page_option = click.option("--page", metavar="P", help="Of one page only: its path in the project.")


@click.command()
@page_option
@click.option("--concept", metavar="C", help="About one concept only.")
@format_option()
@graph_option
def statements(page: str | None, concept: str | None, shape: str, project: Where | None) -> None:
    """List every statement of the pages, with its evidence."""
    found = knowledge_graph(project).statements(page=page, concept=concept)
    if shape == "json":
        show_json([one.as_json() for one in found])
    elif shape == "csv":
        show_csv([one.as_json() for one in found], answers.STATEMENT_COLUMNS)
    else:
        show(answers.claims(found) if found else answers.NOT_STATED)


@click.command()
@page_option
@format_option()
@project_option
def mentions(page: str | None, shape: str, project: Where | None) -> None:
    """List every mention of a concept in the pages."""
    found = knowledge_graph(project).mentions(page=page)
    if shape == "json":
        show_json([one.as_json() for one in found])
    elif shape == "csv":
        show_csv([one.as_json() for one in found], MENTION_COLUMNS)
    else:
        rows = [(f"{one.page}:{one.start}", one.concept.label, one.place, one.text) for one in found]
        show(table(("place", "concept", "in", "words"), rows) if rows else "The pages mention no concept.")


@click.command()
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Leave out what an editor would want less likely than that.",
)
@click.option("--least-linked-first", is_flag=True, help="Begin with the pages that the fewest others link to.")
@click.option("--fix", is_flag=True, help="Write the hyperlinks into the pages.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would change, and write nothing.")
@click.option(
    "--measure", is_flag=True, help="Tell how well links of the site itself are found again when they are hidden."
)
@check_option
@format_option(*reports.FORMATS)
@output_option()
@project_option
def links(
    min_probability: float,
    least_linked_first: bool,
    fix: bool,
    dry_run: bool,
    measure: bool,
    check: bool,
    shape: str,
    output: Path | None,
    project: Where | None,
) -> bool:
    """List the hyperlinks that the pages lack, most probable first."""
    if dry_run and not fix:
        raise click.UsageError("--dry-run goes with --fix.")
    if fix and (output or shape != "table"):
        raise click.UsageError("--fix writes into the pages; -o and --format go with the list of hyperlinks.")
    if measure and shape not in ("table", "json"):
        raise click.UsageError("--measure goes with --format table or json.")
    graph = knowledge_graph(project)
    if measure:
        show_measure(graph, shape, output)
        return False
    found = graph.links(min_probability, least_linked_first=least_linked_first)
    if fix:
        fix_links(graph, found, dry_run=dry_run)
        return check and bool(found)
    if shape in reports.FORMATS:
        reports.give(graph, graph.findings(links=found), shape, "Missing hyperlinks", output)
    elif shape == "json":
        write_out(graph, output, json_text([one.as_json() for one in found]))
    elif shape == "csv":
        write_out(graph, output, csv_text([one.as_json() for one in found], LINK_COLUMNS))
    else:
        give_table(graph, output, link_table(found) if found else "No hyperlink is missing.")
    return check and bool(found)


@click.command()
@click.option("--kind", "kinds", multiple=True, metavar="K", help="Of this kind only; may be given several times.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Count the age of reviews from DATE.")
@check_option
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="info",
    show_default=True,
    help="What --check minds: that severity and graver ones.",
)
@click.option("--allow", type=click.IntRange(min=0), default=0, metavar="N", help="As many pass --check.")
@format_option(*reports.FORMATS)
@output_option()
@project_option
def gaps(
    kinds: tuple[str, ...],
    today: datetime | None,
    check: bool,
    fail_on: str,
    allow: int,
    shape: str,
    output: Path | None,
    project: Where | None,
) -> bool:
    """List everything else that is missing or wrong, by kind."""
    from nutrigraph.queries.gap import SEVERITIES, check_kinds

    check_kinds(kinds, "--kind")
    graph = knowledge_graph(project)
    every = graph.gaps(today.date() if today else None)
    found = [one for one in every if not kinds or one.kind in kinds]
    if shape in reports.FORMATS:
        reports.give(graph, graph.findings(gaps=found), shape, "Gaps", output)
    elif shape == "json":
        write_out(graph, output, json_text([one.as_json() for one in found]))
    elif shape == "csv":
        write_out(graph, output, csv_text([one.as_json() for one in found], GAP_COLUMNS))
    else:
        give_table(graph, output, answers.gap_report(found) if found else "Nothing is missing.")
    minded = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return check and sum(one.severity in minded for one in found) > allow


@click.command()
@click.argument("concept", required=False)
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    default=0.1,
    show_default=True,
    help="Leave out what is less probable than that.",
)
@format_option()
@project_option
def related(concept: str | None, min_probability: float, shape: str, project: Where | None) -> None:
    """List the missing relations between concepts, or of one, the most probable first, with why."""
    found = knowledge_graph(project).related(concept, min_probability)
    if shape == "json":
        show_json([one.as_json() for one in found])
    elif shape == "csv":
        show_csv([one.as_json() for one in found], RELATED_COLUMNS)
    else:
        show("\n".join(answers.related_concepts(one) for one in found) or "No relation is missing.")


COMMANDS = (statements, mentions, links, gaps, related)
