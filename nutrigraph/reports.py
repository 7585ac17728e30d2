"""Findings as files for others: SARIF for code hosts, one HTML page for an editor."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutrigraph.output import write_out

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph
    from nutrigraph.queries.report import Finding

FORMATS: Final = ("html", "sarif")


def give(graph: KnowledgeGraph, findings: Sequence[Finding], shape: str, subject: str, output: Path | None) -> None:
    """Writes the report of that shape to a file, or to standard output."""
    text = _sarif(graph, findings) if shape == "sarif" else _html(graph, findings, subject)
    write_out(graph, output, text)


def _html(graph: KnowledgeGraph, findings: Sequence[Finding], subject: str) -> str:
    from nutrigraph.visualizations.report import report

    return report(findings, title=graph.project.title, subject=subject)


def _sarif(graph: KnowledgeGraph, findings: Sequence[Finding]) -> str:
    from nutrigraph.visualizations.sarif import sarif

    log = sarif(findings, prefix=_below_repository(graph.project.folder))
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _below_repository(folder: Path) -> str:
    """The way from the root of the git repository that the folder is in, as "docs/"; else nothing."""
    root = next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)
    return "".join(f"{part}/" for part in folder.relative_to(root).parts)
