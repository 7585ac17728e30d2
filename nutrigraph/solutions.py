"""Answers to queries: as rows of text, and as bytes in the formats of the W3C."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final, NamedTuple

import pyoxigraph
from pyoxigraph import Quad, QueryResultsFormat, RdfFormat, Triple

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import PREFIXES
from nutrigraph.query_text import accepts

Row = tuple[str | None, ...]

RDF_FORMATS: Final = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
}
"""What `dump` writes: all graphs in the first three, the default graph in the others."""
RESULT_FORMATS: Final = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
"""The W3C formats of query results."""


class Selection(NamedTuple):
    """The answer to a SELECT: its variables, and one row of plain strings a solution (None where unbound)."""

    variables: tuple[str, ...]
    rows: list[Row]


def serialized(
    answer: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples, format: str
) -> bytes:
    """An answer as bytes, see `Store.solutions_bytes`."""
    if isinstance(answer, pyoxigraph.QueryTriples):
        syntax = RDF_FORMATS.get(format, RdfFormat.TURTLE)
        return pyoxigraph.serialize(_for(syntax, answer), format=syntax, prefixes=PREFIXES) or b""
    if format not in RESULT_FORMATS:
        raise QueryError(f"{format!r} is no format for rows. Use one of: {', '.join(RESULT_FORMATS)}.")
    if isinstance(answer, pyoxigraph.QueryBoolean) and format in ("csv", "tsv"):
        return b"true\n" if answer else b"false\n"
    return answer.serialize(format=RESULT_FORMATS[format]) or b""


def selection(data: bytes) -> Selection:
    """The rows in the JSON of a SELECT."""
    answer = pyoxigraph.parse_query_results(data, format=QueryResultsFormat.JSON)
    if not isinstance(answer, pyoxigraph.QuerySolutions):
        raise QueryError("This is not a SELECT query, which rows come from.")
    return Selection(tuple(variable.value for variable in answer.variables), [as_row(solution) for solution in answer])


def as_row(solution: Iterable[object]) -> Row:
    """A solution as plain strings."""
    return tuple([getattr(term, "value", None) for term in solution])


def check_limits(timeout: float | None, max_rows: int | None) -> None:
    """QueryError for limits that are none."""
    if timeout is not None and not 0 < timeout < 1e8:
        raise QueryError(f"A timeout is a number of seconds above 0, not {timeout}.")
    if max_rows is not None and max_rows < 0:
        raise QueryError(f"max_rows is a number of rows, not {max_rows}.")


def one_more(query: str, max_rows: int) -> str:
    """The query with a limit that shows whether there are more than `max_rows`, if it has none of its own."""
    limit = f"LIMIT {max_rows + 1}"
    return f"{query}\n{limit}" if accepts(query, limit) else query


def too_many(count: int, max_rows: int | None) -> None:
    """QueryError if there are more rows than allowed: rows are never cut silently."""
    if max_rows is not None and count > max_rows:
        raise QueryError(f"The query has more than {max_rows} rows. Add a LIMIT to it, or allow more rows.")


def count_rows(data: bytes, format: str) -> int:
    """The rows in an answer to a SELECT; 0 for another answer."""
    if format == "csv":
        return sum(1 for _ in csv.reader(io.StringIO(data.decode("utf-8"), newline=""))) - 1
    if format not in RESULT_FORMATS:
        return 0
    try:
        answer = pyoxigraph.parse_query_results(data, format=RESULT_FORMATS[format])
    except SyntaxError:
        return 0  # the Turtle of a CONSTRUCT
    return sum(1 for _ in answer) if isinstance(answer, pyoxigraph.QuerySolutions) else 0


def _for(syntax: RdfFormat, triples: Iterable[Triple]) -> Iterable[Triple] | Iterable[Quad]:
    """Triples as the serialiser of that syntax wants them."""
    if syntax.supports_datasets:
        return (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return triples
