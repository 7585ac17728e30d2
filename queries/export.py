"""The graph in formats that other programs read; equal graphs give equal bytes."""

from __future__ import annotations

import csv
import io
from typing import Final

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import NG, PREFIXES
from nutrigraph.queries.json_ld import with_context
from nutrigraph.queries.network import to_networkx
from nutrigraph.queries.network_export import GRAPH_FORMATS, export_network
from nutrigraph.queries.statements import StatementRecord, statements
from nutrigraph.queries.vocabulary_export import VOCABULARY_FORMATS, Heading, export_vocabulary
from nutrigraph.store import RDF_FORMATS, Store

FORMATS: Final = (*RDF_FORMATS, *GRAPH_FORMATS, "csv", *VOCABULARY_FORMATS)
"""What `export` writes: RDF with everything (trig, nquads, jsonld) or the default graph alone (turtle, ntriples), the
concepts and what connects them (graphml; kgx, the JSON of the Knowledge Graph Exchange; cytoscape, the JSON of
Cytoscape), the statements as a table (csv), the vocabulary alone (the others)."""

_COLUMNS: Final = (
    "id subject_label predicate_label object_label modality status confidence page section quote reviewed_by date "
    "url subject predicate object review flags start end"
).split()


def export(store: Store, format: str, heading: Heading | None = None) -> bytes:
    """The graph in one of FORMATS; QueryError for another. `heading` is what the vocabulary is called there."""
    if format in VOCABULARY_FORMATS:
        return export_vocabulary(store, format, heading or Heading(NG, "Vocabulary"))
    if format == "jsonld":
        return with_context(store.dump(format), PREFIXES)
    if format in RDF_FORMATS:
        return store.dump(format)
    if format in GRAPH_FORMATS:
        return export_network(to_networkx(store), format)
    if format == "csv":
        return _csv(statements(store))
    raise QueryError(f'"{format}" is no format to export to. Use one of: {", ".join(FORMATS)}.')


def _csv(records: list[StatementRecord]) -> bytes:
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    table.writerows([cell(value) for value in _row(record)] for record in records)
    return written.getvalue().encode("utf-8", "replace")


def _row(record: StatementRecord) -> tuple[object, ...]:
    evidence = record.evidence
    return (
        record.id,
        record.subject.label,
        record.predicate.label,
        record.object.label,
        record.modality,
        record.status,
        record.confidence,
        evidence.page,
        evidence.section,
        evidence.quote_text,
        evidence.reviewed_by,
        evidence.date,
        evidence.url,
        record.subject.id,
        record.predicate.id,
        record.object.id,
        record.review.decision if record.review else None,
        " | ".join(record.flags),
        evidence.start,
        evidence.end,
    )


def cell(value: object) -> str:
    """A cell that a spreadsheet takes for text: one that would be read as a formula begins with an apostrophe."""
    text = "" if value is None else str(value)
    if isinstance(value, str) and text.lstrip().startswith(("=", "+", "-", "@")):
        return "'" + text
    return text
