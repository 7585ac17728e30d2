"""Where what a command makes goes: into a file, or to standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nutrigraph.errors import ProjectError
from nutrigraph.printing import clean, say, show, show_bytes
from nutrigraph.writing import write_file

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph


def give_table(graph: KnowledgeGraph, output: Path | None, text: str) -> None:
    """Text for people: into the file, or as the terminal shows it."""
    if output is None:
        show(text)
    else:
        write_out(graph, output, text.rstrip("\n") + "\n")


def write_out(graph: KnowledgeGraph, output: Path | None, content: str | bytes) -> None:
    """Writes to standard output for none or "-", and never over what people wrote: ProjectError."""
    if output is None or output == Path("-"):
        show_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return
    if graph.is_source(output):
        raise ProjectError(f"{output} is a source of the project, or would be a page of it. Choose another file.")
    write_file(output, content)
    say(f"Wrote {clean(output)}.")
