"""Commands that write files: map, network, export."""

from __future__ import annotations

from pathlib import Path

import click

from nutrigraph.command_options import knowledge_graph, output_option, project_option
from nutrigraph.printing import clean, say, show_bytes
from nutrigraph.writing import write_file

EXPORT_FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "graphml", "csv")


@click.command(name="map")
@click.argument("concepts", nargs=-1, metavar="[CONCEPT]...")
@click.option("--limit", type=click.IntRange(min=1), default=28, show_default=True, help="How many concepts at most.")
@click.option("--held", is_flag=True, help='Draw also what waits for a person, marked "under review".')
@output_option("map.html")
@project_option
def draw_map(concepts: tuple[str, ...], limit: int, held: bool, output: Path, project: Path | None) -> None:
    """Draw a concept map: these concepts (none given: the most central) and the nearest around them."""
    drawn = knowledge_graph(project).map(*concepts, limit=limit, held=held)
    _write(output, drawn.html)


@click.command()
@output_option("network.html")
@project_option
def network(output: Path, project: Path | None) -> None:
    """Draw the whole graph to explore, in one HTML file."""
    _write(output, knowledge_graph(project).network().generate_html())


@click.command()
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True, help="The format to write.")
@output_option()
@project_option
def export(form: str, output: Path | None, project: Path | None) -> None:
    """Write the graph for other programs: with all statements and their evidence (trig, nquads, jsonld, csv), or its
    facts and vocabularies alone (turtle, ntriples, graphml)."""
    content = knowledge_graph(project).export(form)
    if output is None or str(output) == "-":
        show_bytes(content)
    else:
        _write(output, content)


def _write(output: Path, content: str | bytes) -> None:
    if str(output) == "-":
        show_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return
    write_file(output, content)
    say(f"Wrote {clean(output)}.")


COMMANDS = (draw_map, network, export)
