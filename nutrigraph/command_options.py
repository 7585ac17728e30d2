"""The options that the commands share, and how a command comes to its project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph

Function = TypeVar("Function", bound=Callable[..., Any])
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
PATH = click.Path(path_type=Path)
Where = Path | str
"""A project's folder, or the address of an endpoint."""


def project_option(function: Function) -> Function:
    """--project DIR, as the argument `project`, for what needs a project's files."""
    explanation = "The project's folder; else the nearest one upwards with a nutrigraph.toml."
    return _project("DIR", explanation)(function)


def graph_option(function: Function) -> Function:
    """--project DIR or URL, as the argument `project`, for what the graph alone can answer."""
    explanation = "The project's folder, or a SPARQL endpoint; else the nearest folder upwards with a nutrigraph.toml."
    return _project("DIR|URL", explanation)(function)


def _project(form: str, explanation: str) -> Callable[[Function], Function]:
    return click.option("--project", metavar=form, callback=_where, help=explanation)


def _where(context: click.Context, parameter: click.Parameter, value: str | None) -> Where | None:
    """A folder as a path; the web address of an endpoint as it is."""
    from nutrigraph.project import is_address

    if value is None or is_address(value):
        return value
    return Path(FOLDER.convert(value, parameter, context))


def format_option(*more: str) -> Callable[[Function], Function]:
    """--format table|json|csv and what a command adds, as the argument `shape`."""
    return click.option(
        "--format",
        "shape",
        type=click.Choice(["table", "json", "csv", *more]),
        default="table",
        show_default=True,
        help="table is for people, the others are for programs.",
    )


def output_option(default: str | None = None) -> Callable[[Function], Function]:
    """-o FILE, as the argument `output`."""
    explanation = "The file to write." if default else "The file to write; else standard output."
    return click.option("-o", "--output", type=FILE, default=default, show_default=bool(default), help=explanation)


def project_folder(project: Where | None) -> Path:
    """The folder that --project names, else the nearest project upwards of where one is."""
    if isinstance(project, str):
        from nutrigraph.errors import ProjectError

        raise ProjectError("That needs a project's folder; an endpoint has the graph alone.")
    if project is not None:
        return project
    from nutrigraph.project import find_project

    return find_project(Path.cwd())


def knowledge_graph(project: Where | None) -> KnowledgeGraph:
    """The graph of a project or behind an endpoint, as every command and every Python user asks it."""
    if isinstance(project, str):
        from nutrigraph.remote_graph import RemoteGraph

        return RemoteGraph(project)
    from nutrigraph.knowledge_graph import KnowledgeGraph

    return KnowledgeGraph(project_folder(project))
