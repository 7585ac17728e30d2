"""Commands about the vocabularies of a project: vocabulary list, vocabulary add."""

from __future__ import annotations

import os
from pathlib import Path

import click

from nutrigraph.command_options import FILE, Where, format_option, project_folder, project_option
from nutrigraph.printing import clean, show, show_csv, show_json, table

COLUMNS = ("vocabulary", "kind", "concepts", "names")


@click.group()
def vocabulary() -> None:
    """The vocabularies in use: list them, or add the file of another one."""


@vocabulary.command("list")
@format_option()
@project_option
def list_vocabularies(shape: str, project: Where | None) -> None:
    """List the vocabularies in the order in which they speak."""
    from nutrigraph.ontology.term_cache import TermCache
    from nutrigraph.ontology.vocabulary import load_vocabulary
    from nutrigraph.project import read_project
    from nutrigraph.snapshots import published

    settings = read_project(project_folder(project))
    last = published(settings.location)
    cache = TermCache(last.terms_path, read_only=True) if last else None
    rows = [
        {
            "vocabulary": part.source,
            "kind": "file" if part.source in settings.files else "bundled",
            "concepts": len(part.concepts),
            "names": sum(len(concept.names) for concept in part.concepts),
        }
        for part in load_vocabulary(settings, cache=cache).parts
    ]
    if shape == "json":
        show_json(rows)
    elif shape == "csv":
        show_csv(rows, COLUMNS)
    else:
        show(
            table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows]) if rows else "No vocabulary is used."
        )


@vocabulary.command("add")
@click.argument("file", type=FILE)
@project_option
def add(file: Path, project: Where | None) -> None:
    """Check that the vocabulary in FILE can be read, and add it to nutrigraph.toml.

    FILE is in the project's folder: CSV, TSV, Excel (.xlsx), SKOS or OWL in any RDF syntax, OBO; .gz too.
    """
    from dataclasses import replace

    from nutrigraph.ontology.vocabulary import load_vocabulary
    from nutrigraph.project import read_project
    from nutrigraph.settings_edit import add_vocabulary_file

    settings = read_project(project_folder(project))
    path = _path_in(settings.folder, file)
    if path in settings.files:
        show(f"{clean(path)} is among the vocabularies already; nothing was changed.")
        return
    part = load_vocabulary(replace(settings, files=(path,))).parts[0]
    add_vocabulary_file(settings.folder, path)
    names = sum(len(concept.names) for concept in part.concepts)
    show(f"Added {clean(path)}: {len(part.concepts)} concepts with {names} names. Now run: nutrigraph build")


def _path_in(folder: Path, file: Path) -> str:
    """The path of a file from the project's folder, with forward slashes."""
    from nutrigraph.errors import ProjectError

    for candidate in (Path(os.path.abspath(file)), file.resolve()):  # noqa: PTH100 — a link in the project is fine
        if candidate.is_relative_to(folder):
            return candidate.relative_to(folder).as_posix()
    raise ProjectError(f"{file} is not in the project folder {folder}. Copy it there, then add the copy.")


COMMANDS = (vocabulary,)
