"""Commands that ask the graph: search, show, path, neighbours, compare, overview, queries, query."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nutrigraph import answers
from nutrigraph.command_options import Where, format_option, graph_option, knowledge_graph
from nutrigraph.errors import QueryError
from nutrigraph.printing import clean, paragraph, say, show, show_bytes, show_csv, show_json, table, table_or_records
from nutrigraph.watchdog import ended_after

if TYPE_CHECKING:
    from nutrigraph.queries.catalogue import NamedQuery

STEP_COLUMNS = (
    *("chain", "score", "step", "subject.label", "predicate.name", "object.label", "direction", "origin", "hedged"),
    *("quote_text", "page", "reviewed_by", "date", "statements", "subject.id", "predicate.id", "object.id"),
)
CONNECTION_COLUMNS = (
    *("subject.label", "predicate.name", "object.label", "origin", "status", "statements"),
    *("subject.id", "predicate.id", "object.id"),
)
COMPARISON_COLUMNS = (
    *("said_of", "predicate.name", "direction", "other.label", "hedged", "quote", "page", "predicate.id", "other.id"),
)
_AT_LEAST_ONE = click.IntRange(min=1)


@click.command()
@click.argument("text")
@click.option("--limit", type=_AT_LEAST_ONE, default=10, show_default=True, help="How many at most.")
@format_option()
@graph_option
def search(text: str, limit: int, shape: str, project: Where | None) -> None:
    """Find concepts by name or synonym, forgiving of typing errors."""
    hits = knowledge_graph(project).search(text, limit)
    records = [hit.as_json() for hit in hits]
    if shape == "json":
        show_json(records)
    elif shape == "csv":
        show_csv(records, ("id", "label", "matched", "score"))
    elif hits:
        from nutrigraph.ontology.namespaces import compact

        rows = [(hit.label, hit.matched, f"{hit.score:.2f}", compact(hit.id)) for hit in hits]
        show(table(("concept", "found as", "score", "id"), rows))
    else:
        say(f'No concept has a name like "{clean(text)}".')


@click.command(name="show")
@click.argument("concept")
@format_option()
@graph_option
def show_concept(concept: str, shape: str, project: Where | None) -> None:
    """Show one concept: names, definition, identifiers, relations with their evidence."""
    card = knowledge_graph(project).concept(concept)
    if shape == "json":
        show_json(card.as_json())
    elif shape == "csv":
        show_csv([one.as_json() for one in (*card.statements, *card.statements_about)], answers.STATEMENT_COLUMNS)
    else:
        show(answers.card(card))


@click.command()
@click.argument("concepts", nargs=2, metavar="A B")
@click.option("-k", "count", type=_AT_LEAST_ONE, default=3, show_default=True, help="How many chains at most.")
@click.option("--relation", "relations", multiple=True, metavar="RELATION", help="Use only this; may be repeated.")
@click.option("--not-relation", "without_relations", multiple=True, metavar="RELATION", help="Never use this.")
@click.option("--through", multiple=True, metavar="CONCEPT", help="Come by this concept; several in their order.")
@click.option("--not-through", "without", multiple=True, metavar="CONCEPT", help="Never come by this concept.")
@click.option("--reviewed", is_flag=True, help="Of statements only those that a person accepted.")
@click.option("--hedged/--no-hedged", default=True, show_default=True, help="Also what pages say with may or might.")
@format_option()
@graph_option
def path(concepts: tuple[str, str], count: int, shape: str, project: Where | None, **choice: Any) -> None:
    """Show the best chains of relations between A and B, each step with its sentence.

    A RELATION is a name as in `nutrigraph statements`, "broader" for the hierarchy of the vocabularies, or "match"
    for their mappings.
    """
    graph = knowledge_graph(project)
    chains = graph.paths(*concepts, k=count, **choice)
    if shape == "json":
        show_json([chain.as_json() for chain in chains])
    elif shape == "csv":
        show_csv(
            [step for number, chain in enumerate(chains, 1) for step in answers.steps(number, chain)], STEP_COLUMNS
        )
    elif chains:
        show("\n\n".join(answers.chain(number, chain) for number, chain in enumerate(chains, 1)))
    if not chains:
        message = "Not stated. " + graph.no_path(*concepts, **choice).message
        (show if shape == "table" else say)("\n".join(paragraph(line) for line in message.splitlines()))


@click.command()
@click.argument("concept")
@click.option("--depth", type=_AT_LEAST_ONE, default=1, show_default=True, help="How many relations away.")
@format_option()
@graph_option
def neighbours(concept: str, depth: int, shape: str, project: Where | None) -> None:
    """Show the concepts around one."""
    found = knowledge_graph(project).neighbours(concept, depth)
    if shape == "json":
        show_json(found.as_json())
    elif shape == "csv":
        show_csv([connection.as_json() for connection in found.connections], CONNECTION_COLUMNS)
    elif found.connections:
        rows = [(one.subject.label, one.predicate.label, one.object.label, one.origin) for one in found.connections]
        show(table(("from", "relation", "to", "known from"), rows))
    else:
        show(answers.NOT_STATED)


@click.command()
@click.argument("concepts", nargs=2, metavar="A B")
@format_option()
@graph_option
def compare(concepts: tuple[str, str], shape: str, project: Where | None) -> None:
    """Show what pages say of both A and B, and what of one of them alone."""
    found = knowledge_graph(project).compare(*concepts)
    if shape == "json":
        show_json(found.as_json())
    elif shape == "csv":
        show_csv(answers.comparison_records(found), COMPARISON_COLUMNS)
    else:
        show(answers.comparison(found))


@click.command()
@format_option()
@graph_option
def overview(shape: str, project: Where | None) -> None:
    """Show what is central in all that pages state, what belongs together, and what stands alone."""
    found = knowledge_graph(project).overview()
    if shape == "json":
        show_json(found.as_json())
    elif shape == "csv":
        show_csv(answers.overview_records(found), ("kind", "name", "size", "concepts"))
    else:
        show(answers.overview(found))


@click.command()
@format_option()
@graph_option
def queries(shape: str, project: Where | None) -> None:
    """List the named queries."""
    from nutrigraph.queries.catalogue import catalogue

    if shape == "json":
        show_json([one.as_json() for one in catalogue()])
    elif shape == "csv":
        show_csv([one.as_json() for one in catalogue()], ("name", "for", "title", "description", "example"))
    else:
        rows = [(one.name, one.audience, " ".join(p.name for p in one.parameters), one.title) for one in catalogue()]
        show(table(("name", "for", "parameters", "question"), rows))


@click.command()
@click.argument("query", metavar="NAME|FILE|-")
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop after that long.",
)
@click.option("--max-rows", type=_AT_LEAST_ONE, default=1_000_000, show_default=True, help="Refuse longer answers.")
@click.option("--cite", is_flag=True, help="Say on standard error what to give with the answer to repeat it.")
@format_option("tsv", "xml")
@graph_option
def query(
    query: str,
    given: tuple[str, ...],
    timeout: float,
    max_rows: int,
    cite: bool,
    shape: str,
    project: Where | None,
) -> None:
    """Run a named query, a file of SPARQL, or SPARQL from standard input (-).

    json, csv, tsv and xml are the formats of the SPARQL 1.1 standard.
    """
    from nutrigraph.queries.catalogue import catalogue

    graph = knowledge_graph(project)
    named = next((one for one in catalogue() if one.name == query), None)
    text = query if named else _sparql(query)
    form = "json" if shape == "table" else shape
    with ended_after(timeout):
        waited = timeout if isinstance(project, str) else None  # an endpoint is asked to answer within that, too
        answer = graph.query_bytes(text, form, _parameters(given), waited, max_rows)
    if cite:
        citation = graph.cite(text, _parameters(given))
        say(f"{citation}\n\n{citation.query}")
    if shape != "table":
        show_bytes(answer)
    elif answer.startswith(b"{"):
        _show_answer(json.loads(answer), named)
    else:  # Turtle of a CONSTRUCT or DESCRIBE, which never begins with a brace
        show_bytes(answer)


def _sparql(query: str) -> str:
    """The text of a query in a file or from standard input; QueryError with near misses if it is no name either."""
    if query == "-":
        return sys.stdin.read()
    file = Path(query)
    try:
        is_file = file.is_file()
    except OSError:  # longer than any name of a file
        is_file = False
    if not is_file:
        from nutrigraph.queries.catalogue import find

        find(query)
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise QueryError(f"{query} is not UTF-8 text. Save it as UTF-8.") from None


def _parameters(given: tuple[str, ...]) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise QueryError(f'A parameter is given as --param name=value, not "{one}".')
        if name in parameters:
            raise QueryError(f'The parameter "{name}" is given twice.')
        parameters[name] = value
    return parameters


def _show_answer(answer: dict[str, Any], named: NamedQuery | None) -> None:
    """Shows the JSON of a SELECT or ASK as text. Named queries have columns for programs, which people are spared."""
    if "boolean" in answer:
        show("yes" if answer["boolean"] else "no")
        return
    columns = [name for name in answer["head"]["vars"] if not named or not name.endswith(("_iri", "statement"))]
    rows = [[row[name]["value"] if name in row else None for name in columns] for row in answer["results"]["bindings"]]
    if rows:
        show(table_or_records(columns, rows))
    elif named and named.asks_what_pages_say:
        show(answers.NOT_STATED)
    else:
        show("Nothing found.")


COMMANDS = (search, show_concept, path, neighbours, compare, overview, queries, query)
