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


def project_option(function: Function) -> Function:
    """--project DIR, as the argument `project`."""
    explanation = "The project's folder; else the nearest one upwards with a nutrigraph.toml."
    return click.option("--project", type=FOLDER, metavar="DIR", help=explanation)(function)


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


def project_folder(project: Path | None) -> Path:
    """The folder that --project names, else the nearest project upwards of where one is."""
    if project is not None:
        return project
    from nutrigraph.project import find_project

    return find_project(Path.cwd())


def knowledge_graph(project: Path | None) -> KnowledgeGraph:
    """The project's graph, as every command and every Python user asks it."""
    from nutrigraph.knowledge_graph import KnowledgeGraph

    return KnowledgeGraph(project_folder(project))
