"""The graph in formats that other programs read; equal graphs give equal bytes."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import NG
from nutrigraph.queries.network import to_networkx
from nutrigraph.queries.statements import StatementRecord, statements
from nutrigraph.queries.vocabulary_export import VOCABULARY_FORMATS, Heading, export_vocabulary
from nutrigraph.store import RDF_FORMATS, Store

if TYPE_CHECKING:
    import networkx

FORMATS: Final = (*RDF_FORMATS, "graphml", "csv", *VOCABULARY_FORMATS)
"""What `export` writes: RDF with everything (trig, nquads, jsonld) or the default graph alone (turtle, ntriples), the
concepts and what connects them (graphml), the statements as a table (csv), the vocabulary alone (the others)."""

_COLUMNS: Final = (
    "id subject_label predicate_label object_label modality status confidence page section quote reviewed_by date "
    "url subject predicate object review flags start end"
).split()
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(store: Store, format: str, heading: Heading | None = None) -> bytes:
    """The graph in one of FORMATS; QueryError for another. `heading` is what the vocabulary is called there."""
    if format in VOCABULARY_FORMATS:
        return export_vocabulary(store, format, heading or Heading(NG, "Vocabulary"))
    if format in RDF_FORMATS:
        return store.dump(format)
    if format == "graphml":
        return _graphml(store)
    if format == "csv":
        return _csv(statements(store))
    raise QueryError(f'"{format}" is no format to export to. Use one of: {", ".join(FORMATS)}.')


def _graphml(store: Store) -> bytes:
    """GraphML knows texts, numbers and truth values: lists become one text, evidence its visible sentences."""
    import networkx

    full = to_networkx(store)
    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for iri, facts in full.nodes(data=True):
        flat.add_node(xml_text(iri), **_flat(facts))
    for number, (s, o, key, facts) in enumerate(full.edges(keys=True, data=True)):
        evidence = facts["evidence"]
        flat.add_edge(
            xml_text(s),
            xml_text(o),
            key=f"e{number}",
            name=xml_text(key),
            quotes=xml_text("\n".join(each.quote_text for each in evidence)),
            pages=xml_text("\n".join(each.page for each in evidence)),
            **_flat({name: value for name, value in facts.items() if name != "evidence"}),
        )
    written = io.BytesIO()
    networkx.write_graphml_xml(flat, written, named_key_ids=True)
    return written.getvalue()


def _flat(facts: dict[str, object]) -> dict[str, str | float | bool]:
    flat: dict[str, str | float | bool] = {}
    for name, value in facts.items():
        if isinstance(value, (bool, int, float)):
            flat[name] = value
        else:
            flat[name] = xml_text(" ".join(map(str, value)) if isinstance(value, list) else str(value))
    return flat


def xml_text(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


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
