"""Commands that write files: map, network, embed, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutrigraph.command_options import FILE, PATH, Where, graph_option, knowledge_graph, output_option
from nutrigraph.errors import MissingExtra, ProjectError
from nutrigraph.output import write_out
from nutrigraph.printing import clean, say, show
from nutrigraph.progress import progress_bars
from nutrigraph.writing import write_file

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph
    from nutrigraph.visualizations.embed import Embed

EXPORT_FORMATS = (
    *("turtle", "trig", "nquads", "ntriples", "jsonld", "graphml", "kgx", "cytoscape", "csv"),
    *("skos", "skos-jsonld", "definedterms", "sssom", "terms-csv"),
)
EMBEDS = ("element", "frame", "picture", "data")


@click.command(name="map")
@click.argument("concepts", nargs=-1, metavar="[CONCEPT]...")
@click.option("--community", metavar="NAME", help="Only this community: its name in overview, or a concept in it.")
@click.option("--limit", type=click.IntRange(min=1), default=28, show_default=True, help="How many concepts at most.")
@click.option("--held", is_flag=True, help='Draw also what waits for a person, marked "under review".')
@click.option("--all", "every", is_flag=True, help="A map for each concept page, with an index, into a folder (maps).")
@click.option("-o", "--output", type=PATH, help="The file to write (map.html; - for standard output), or the folder.")
@graph_option
def draw_map(
    concepts: tuple[str, ...],
    community: str | None,
    limit: int,
    held: bool,
    every: bool,
    output: Path | None,
    project: Where | None,
) -> None:
    """Draw a concept map: these concepts (none given: the most central) and the nearest around them."""
    if every and (concepts or community is not None):
        raise click.UsageError("--all draws a map for each concept page; name concepts, or give --all, not both.")
    if concepts and community is not None:
        raise click.UsageError("Name concepts or a community, not both.")
    graph = knowledge_graph(project)
    if every:
        _write_site(graph, output or Path("maps"), limit, held)
    else:
        write_out(
            graph, output or Path("map.html"), graph.map(*concepts, community=community, limit=limit, held=held).html
        )


def _write_site(graph: KnowledgeGraph, folder: Path, limit: int, held: bool) -> None:
    if graph.is_source(folder / "index.html"):
        raise ProjectError(f"Pages of the project are read from {folder}. Choose another folder with -o.")
    with progress_bars("Drawing maps") as (drawn,):
        done = graph.map_site(folder, limit=limit, held=held, progress=drawn)
    say(f"{folder}: {len(done.written)} files written, {len(done.kept)} unchanged, {len(done.removed)} removed.")
    for name in done.left:
        say(f"{clean(folder / name)} is no longer wanted, but was changed by somebody and stays.")


@click.command()
@click.argument("concept")
@click.option("-o", "--output", type=PATH, metavar="DIR", help="Write the files into this folder too.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(EMBEDS),
    default=EMBEDS[0],
    show_default=True,
    help="What to paste: an element with a picture until the map is there; a frame; a picture; structured data.",
)
@click.option("--csp", is_flag=True, help="Print the hashes for pages with a Content-Security-Policy instead.")
@click.option("--address", default="", metavar="URL", help="Where the files will be published; else beside the page.")
@click.option("--style", type=FILE, help="A style sheet with colours of the house: --accent: #a3265c;")
@click.option("--limit", type=click.IntRange(min=1), default=28, show_default=True, help="How many concepts at most.")
@graph_option
def embed(
    concept: str,
    output: Path | None,
    kind: str,
    csp: bool,
    address: str,
    style: Path | None,
    limit: int,
    project: Where | None,
) -> None:
    """Print what to paste into a page to show the concept map of CONCEPT there, and write the files it needs."""
    graph = knowledge_graph(project)
    made = graph.embed(concept, address=address, style=style, limit=limit)
    if output is not None:
        _write_embed(graph, output, made)
    if csp:
        show("\n".join(f"For {what}:\n{policy}" for what, policy in made.policies))
    else:
        show({"element": made.element, "frame": made.frame, "picture": made.picture, "data": made.data}[kind])


def _write_embed(graph: KnowledgeGraph, folder: Path, made: Embed) -> None:
    from nutrigraph.visualizations.picture import png

    taken = next((name for name in made.files if graph.is_source(folder / name)), None)
    if taken:
        raise ProjectError(f"{folder / taken} would be a page of the project. Choose another folder with -o.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"{folder} cannot be made: {error.strerror}.") from None
    for name, text in made.files.items():
        write_file(folder / name, text)
    picture = next(name for name in made.files if name.endswith(".svg"))
    try:
        write_file((folder / picture).with_suffix(".png"), png(made.files[picture]))
    except MissingExtra as error:
        say(f"No PNG was written. {error}")
    say(f"Wrote {len(made.files)} files into {clean(folder)}; publish them together.")


@click.command()
@output_option("network.html")
@graph_option
def network(output: Path, project: Where | None) -> None:
    """Draw the whole graph to explore, in one HTML file."""
    graph = knowledge_graph(project)
    write_out(graph, output, graph.network().generate_html())


@click.command()
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True, help="The format to write.")
@output_option()
@graph_option
def export(form: str, output: Path | None, project: Where | None) -> None:
    """Write the graph for other programs.

    With all statements and their evidence: trig, nquads, jsonld, csv. Its facts and vocabularies alone: turtle,
    ntriples. Concepts and what connects them: graphml, kgx, cytoscape. The vocabulary alone: as SKOS (skos in Turtle,
    skos-jsonld), as a schema.org DefinedTermSet (definedterms), its mappings (sssom), or as a table (terms-csv).
    """
    graph = knowledge_graph(project)
    write_out(graph, output, graph.export(form))


COMMANDS = (draw_map, network, embed, export)
