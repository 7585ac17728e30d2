"""Commands that make and build a project: demo, init, build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutrigraph.command_options import FOLDER, Where, knowledge_graph, project_option
from nutrigraph.printing import clean, say, show
from nutrigraph.progress import progress_bars

if TYPE_CHECKING:
    from nutrigraph.building import BuildReport

folder_option = click.option("--project", type=FOLDER, metavar="DIR", help="The same as DIR.")


@click.command()
@click.argument("directory", type=FOLDER, required=False, metavar="[DIR]")
@folder_option
def demo(directory: Path | None, project: Path | None) -> None:
    """Build, question, check and draw an example glossary in DIR (default nutrigraph-demo)."""
    from nutrigraph.demo import run

    run(_one_folder(directory, project) or Path("nutrigraph-demo"))


@click.command()
@click.argument("directory", type=FOLDER, required=False, metavar="[DIR]")
@click.option(
    "--pages",
    multiple=True,
    metavar="PATH",
    help="The folder of the pages, or a WordPress export, from DIR; may be repeated. Default: pages.",
)
@click.option("--title", help="The glossary's name; by default the folder's.")
@click.option("--base-url", metavar="URL", help="The address of the glossary, from which pages get theirs.")
@folder_option
def init(
    directory: Path | None, pages: tuple[str, ...], title: str | None, base_url: str | None, project: Path | None
) -> None:
    """Write a nutrigraph.toml into DIR (default: this folder)."""
    from nutrigraph.project import EXAMPLE_URL, write_project

    folder = _one_folder(directory, project) or Path()
    target = write_project(folder, title=title, base_url=base_url or EXAMPLE_URL, pages=pages or ("pages",))
    show(f"Wrote {clean(target)}.")
    if base_url is None:
        show("Set base_url in it to your own address, put pages into the folder of pages, then run: nutrigraph build")


@click.command()
@project_option
def build(project: Where | None) -> None:
    """Read the pages and vocabularies into the graph; only what changed is read again."""
    graph = knowledge_graph(project)
    with progress_bars("Reading pages", "Reading vocabularies") as (pages, vocabularies):
        report = graph.build(pages, vocabularies)
    show(summary(report))


def summary(report: BuildReport) -> str:
    """What a build did, in words; what it left out goes to standard error."""
    for path, reason in report.left_out:
        say(f"Left out: {clean(path)}: {clean(reason)}")
    counts = [f"{report.pages_read} pages read", f"{report.pages_kept} unchanged"]
    if report.pages_removed:
        counts.append(f"{report.pages_removed} removed")
    if report.left_out:
        counts.append(f"{len(report.left_out)} left out")
    return f"{', '.join(counts)}. The graph has {report.statements} statements and {report.mentions} mentions."


def _one_folder(directory: Path | None, project: Path | None) -> Path | None:
    if directory is not None and project is not None and directory != project:
        raise click.UsageError("DIR and --project name two different folders; give one of them.")
    return directory or project


COMMANDS = (demo, init, build)
