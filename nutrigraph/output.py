"""Where what a command makes goes: into a file, or to standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nutrigraph.errors import ProjectError
from nutrigraph.printing import clean, say, show_bytes
from nutrigraph.writing import write_file

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph


def write_out(graph: KnowledgeGraph, output: Path, content: str | bytes) -> None:
    """Writes to standard output for "-", and never over what people wrote: ProjectError."""
    if str(output) == "-":
        show_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return
    if graph.is_source(output):
        raise ProjectError(f"{output} is a source of the project, or would be a page of it. Choose another file.")
    write_file(output, content)
    say(f"Wrote {clean(output)}.")
