"""Commands that ask the graph: search, show, path, neighbours, queries, query."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nutrigraph.command_options import format_option, knowledge_graph, project_option
from nutrigraph.errors import QueryError
from nutrigraph.printing import clean, paragraph, say, show, show_bytes, show_csv, show_json, table

STATEMENT_COLUMNS = (
    *("id", "subject.label", "predicate.name", "object.label", "modality", "status", "confidence"),
    *("evidence.page", "evidence.section", "evidence.quote_text", "evidence.reviewed_by", "evidence.date"),
    *("evidence.url", "subject.id", "predicate.id", "object.id"),
)
_AT_LEAST_ONE = click.IntRange(min=1)


@click.command()
@click.argument("text")
@click.option("--limit", type=_AT_LEAST_ONE, default=10, show_default=True, help="How many at most.")
@format_option()
@project_option
def search(text: str, limit: int, shape: str, project: Path | None) -> None:
    """Find concepts by name or synonym, forgiving of typing errors."""
    hits = knowledge_graph(project).search(text, limit)
    records = [hit.as_json() for hit in hits]
    if shape == "json":
        show_json(records)
    elif shape == "csv":
        show_csv(records, ("id", "label", "matched", "score"))
    elif hits:
        rows = [(hit.label, hit.matched, f"{hit.score:.2f}", hit.id) for hit in hits]
        show(table(("concept", "found as", "score", "id"), rows))
    else:
        say(f'No concept has a name like "{clean(text)}".')


@click.command(name="show")
@click.argument("concept")
@format_option()
@project_option
def show_concept(concept: str, shape: str, project: Path | None) -> None:
    """Show one concept: names, definition, identifiers, relations with their evidence."""
    card = knowledge_graph(project).concept(concept)
    if shape == "json":
        show_json(card.as_json())
    elif shape == "csv":
        show_csv([one.as_json() for one in (*card.statements, *card.statements_about)], STATEMENT_COLUMNS)
    else:
        from nutrigraph import answers

        show(answers.card(card))


@click.command()
@click.argument("concepts", nargs=2, metavar="A B")
@click.option("-k", "count", type=_AT_LEAST_ONE, default=3, show_default=True, help="How many chains at most.")
@format_option()
@project_option
def path(concepts: tuple[str, str], count: int, shape: str, project: Path | None) -> None:
    """Show the best chains of relations between A and B, each step with its sentence."""
    found = knowledge_graph(project).paths(*concepts, k=count)
    raise NotImplementedError


@click.command()
@click.argument("concept")
@click.option("--depth", type=_AT_LEAST_ONE, default=1, show_default=True, help="How many relations away.")
@format_option()
@project_option
def neighbours(concept: str, depth: int, shape: str, project: Path | None) -> None:
    """Show the concepts around one."""
    raise NotImplementedError


@click.command()
@format_option()
@project_option
def queries(shape: str, project: Path | None) -> None:
    """List the named queries."""
    raise NotImplementedError


@click.command()
@click.argument("query", metavar="NAME|FILE|-")
@click.option("--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Stop after that long.")
@format_option("tsv", "xml")
@project_option
def query(query: str, parameters: tuple[str, ...], timeout: float | None, shape: str, project: Path | None) -> None:
    """Run a named query, a file of SPARQL, or SPARQL from standard input (-)."""
    raise NotImplementedError


COMMANDS = (search, show_concept, path, neighbours, queries, query)
