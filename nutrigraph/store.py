"""A graph that can be asked: a thin cover over Oxigraph, in memory or in a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Triple

from nutrigraph.errors import QueryError, QueryTimeout, StoreError
from nutrigraph.ontology.namespaces import PREFIXES
from nutrigraph.query_text import refuse_remote, syntax_error, with_values

Row = tuple[str | None, ...]
Values = Mapping[str, object]

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


_AT_ONCE: Final = 500_000
"""So many quads are sorted in memory before they are written."""


class Selection(NamedTuple):
    """The answer to a SELECT: its variables, and one row of plain strings a solution (None where unbound)."""

    variables: tuple[str, ...]
    rows: list[Row]


class Store:
    """An RDF dataset. Made by `memory`, `create` (a new folder, to write) or `open` (a folder, read-only).

    Queries see the default graph, and named graphs with GRAPH. `values` are put where the query marks it (see
    `query_text.with_values`). `timeout` is in seconds; it works for read-only folders, where the query then runs in
    a process of its own, and raises QueryTimeout. A query that is wrong raises QueryError.
    """

    def __init__(self, raw: pyoxigraph.Store, folder: Path | None = None, *, read_only: bool = False) -> None:
        self.raw = raw
        self.folder = folder
        self.read_only = read_only

    @classmethod
    def memory(cls, quads: Iterable[Quad] = ()) -> Store:
        """A store that ends with the process, holding `quads`."""
        store = cls(pyoxigraph.Store())
        store.raw.extend(quads)
        return store

    @classmethod
    def create(cls, folder: Path) -> Store:
        """A store in a folder, to write; the folder is made if it is not there."""
        try:
            return cls(pyoxigraph.Store(str(folder)), folder)
        except OSError as error:
            raise StoreError(f"The store in {folder} cannot be written: {error}.") from None

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The store in a folder, to read. Nobody may write to that folder meanwhile."""
        try:
            return cls(pyoxigraph.Store.read_only(str(folder)), folder, read_only=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: the engine's word for damaged files
            raise StoreError(
                f"The graph in {folder} is damaged and cannot be opened ({error}). Run: nutrigraph build"
            ) from None

    def __len__(self) -> int:
        return len(self.raw)

    # Asking

    def rows(
        self, query: str, values: Values | None = None, timeout: float | None = None, max_rows: int | None = None
    ) -> list[Row]:
        """The rows of a SELECT as plain strings: the IRI or the text of each term, None where unbound."""
        return self.select(query, values, timeout, max_rows).rows

    def select(
        self, query: str, values: Values | None = None, timeout: float | None = None, max_rows: int | None = None
    ) -> Selection:
        """The rows of a SELECT with its variables. More than `max_rows` rows are a QueryError, never cut silently."""
        if timeout is not None:
            return _limited(_from_json(self._in_child(query, values, timeout, "json", max_rows)), max_rows)
        solutions = self._query(query, values)
        if not isinstance(solutions, pyoxigraph.QuerySolutions):
            raise QueryError("This is not a SELECT query, which rows come from.")
        wanted = solutions if max_rows is None else islice(solutions, max_rows + 1)
        try:
            rows: list[Row] = [tuple([getattr(term, "value", None) for term in solution]) for solution in wanted]
        except (OSError, RuntimeError) as error:
            raise _damaged(error) from None
        return _limited(Selection(tuple(variable.value for variable in solutions.variables), rows), max_rows)

    def ask(self, query: str, values: Values | None = None, timeout: float | None = None) -> bool:
        """The answer to an ASK."""
        if timeout is not None:
            return bool(json.loads(self._in_child(query, values, timeout, "json")).get("boolean"))
        answer = self._query(query, values)
        if not isinstance(answer, pyoxigraph.QueryBoolean):
            raise QueryError("This is not an ASK query.")
        return bool(answer)

    def construct(self, query: str, values: Values | None = None, timeout: float | None = None) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, each once."""
        if timeout is not None:
            data = self._in_child(query, values, timeout, "ntriples")
            return [quad.triple for quad in pyoxigraph.parse(data, format=RdfFormat.N_TRIPLES)]
        triples = self._query(query, values)
        if not isinstance(triples, pyoxigraph.QueryTriples):
            raise QueryError("This is not a CONSTRUCT or DESCRIBE query.")
        return list(dict.fromkeys(triples))

    def solutions_bytes(
        self, query: str, format: str, values: Values | None = None, timeout: float | None = None
    ) -> bytes:
        """The engine's own serialisation of an answer: json, csv, tsv or xml for SELECT and ASK; one of RDF_FORMATS
        for CONSTRUCT and DESCRIBE, where a result format is taken for Turtle."""
        if timeout is not None:
            return self._in_child(query, values, timeout, format)
        answer = self._query(query, values)
        if isinstance(answer, pyoxigraph.QueryTriples):
            syntax = RDF_FORMATS.get(format, RdfFormat.TURTLE)
            return pyoxigraph.serialize(_for(syntax, answer), format=syntax, prefixes=PREFIXES) or b""
        if format not in RESULT_FORMATS:
            raise QueryError(f"{format!r} is no format for rows. Use one of: {', '.join(RESULT_FORMATS)}.")
        if isinstance(answer, pyoxigraph.QueryBoolean) and format in ("csv", "tsv"):
            return b"true\n" if answer else b"false\n"
        return answer.serialize(format=RESULT_FORMATS[format]) or b""

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of that pattern; None stands for anything, in `graph` for any graph."""
        return self.raw.quads_for_pattern(subject, predicate, object, graph)

    def knows(self, iri: NamedNode) -> bool:
        """Whether a quad of any graph has that IRI."""
        found = chain(self.quads(iri), self.quads(None, iri), self.quads(None, None, iri))
        return next(found, None) is not None

    # Writing

    def add(self, quads: Iterable[Quad], *, bulk: bool = False) -> None:
        """Adds quads; `bulk` for very many into a folder, which writes them without keeping them in memory."""
        if bulk and self.folder:
            self.raw.bulk_extend(quads)
        else:
            self.raw.extend(quads)

    def add_many(self, quads: Iterable[Quad]) -> None:
        """Adds any number of quads in memory that does not grow with them (some 400 MB)."""
        waiting = iter(quads)
        for first in waiting:
            self.add(chain([first], islice(waiting, _AT_ONCE)), bulk=True)

    def remove(self, quads: Iterable[Quad]) -> None:
        for quad in quads:
            self.raw.remove(quad)

    def dump(self, format: str) -> bytes:
        """Everything in one of RDF_FORMATS, sorted: equal data gives equal bytes."""
        if format not in RDF_FORMATS:
            raise QueryError(f"{format!r} is no RDF format. Use one of: {', '.join(RDF_FORMATS)}.")
        syntax = RDF_FORMATS[format]
        if format == "nquads":
            return _sorted_lines(self.raw.dump(format=syntax) or b"")
        graphs: list[NamedNode | BlankNode | DefaultGraph] = [DefaultGraph()]
        if format == "ntriples" or not syntax.supports_datasets:
            lines = self._lines(graphs[0])
            if format == "ntriples":
                return lines
            triples = (quad.triple for quad in pyoxigraph.parse(lines, format=RdfFormat.N_TRIPLES))
            return _sorted_prefixes(pyoxigraph.serialize(triples, format=syntax, prefixes=PREFIXES) or b"")
        graphs += sorted(self.raw.named_graphs(), key=str)
        data = pyoxigraph.serialize(self._sorted_quads(graphs), format=syntax, prefixes=PREFIXES) or b""
        return _sorted_prefixes(data) if format == "trig" else data

    def _sorted_quads(self, graphs: Iterable[NamedNode | BlankNode | DefaultGraph]) -> Iterator[Quad]:
        for graph in graphs:
            for quad in pyoxigraph.parse(self._lines(graph), format=RdfFormat.N_TRIPLES):
                yield Quad(quad.subject, quad.predicate, quad.object, graph)

    def _lines(self, graph: NamedNode | BlankNode | DefaultGraph) -> bytes:
        return _sorted_lines(self.raw.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"")

    def _query(
        self, query: str, values: Values | None
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        text = with_values(query, values)
        refuse_remote(text)
        try:
            return self.raw.query(text)
        except SyntaxError as error:
            raise syntax_error(text, error) from None
        except (OSError, RuntimeError) as error:
            raise _damaged(error) from None

    def _in_child(
        self, query: str, values: Values | None, timeout: float, format: str, max_rows: int | None = None
    ) -> bytes:
        if not self.folder or not self.read_only:
            raise QueryError("A timeout needs a graph in a folder, opened to read; this one is in memory.")
        request = json.dumps([str(self.folder.resolve()), with_values(query, values), format, max_rows])
        path = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path)  # the child finds what we found
        try:
            child = subprocess.run(
                [sys.executable, "-P", "-c", "from nutrigraph.store import _answer; _answer()"],
                input=request.encode(),
                capture_output=True,
                timeout=timeout,
                env={**os.environ, "PYTHONPATH": path},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise QueryTimeout(f"The query took longer than {timeout:g} seconds and was stopped.") from None
        if child.returncode == 2:
            raise QueryError(child.stderr.decode("utf-8"))
        if child.returncode == 3:
            raise StoreError(child.stderr.decode("utf-8"))
        if child.returncode:
            raise StoreError(f"The query ended unexpectedly (status {child.returncode}).")
        return child.stdout


def _answer() -> None:
    """What the child process of a query with a time limit does."""
    folder, query, format, max_rows = json.load(sys.stdin)
    try:
        store = Store.open(Path(folder))
        if max_rows is not None:  # stops at the limit, before the rows are written anywhere
            answer = store._query(query, None)
            if isinstance(answer, pyoxigraph.QuerySolutions):
                _limited(Selection((), [() for _ in islice(answer, max_rows + 1)]), max_rows)
        sys.stdout.buffer.write(store.solutions_bytes(query, format))
    except (QueryError, StoreError) as error:
        sys.stderr.buffer.write(str(error).encode("utf-8"))
        sys.exit(2 if isinstance(error, QueryError) else 3)


def _damaged(error: Exception) -> StoreError:
    return StoreError(f"The graph is damaged and cannot be read ({error}). Run: nutrigraph build")


def _for(syntax: RdfFormat, triples: Iterable[Triple]) -> Iterable[Triple] | Iterable[Quad]:
    """Triples as the serialiser of that syntax wants them."""
    if syntax.supports_datasets:
        return (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return triples


def _from_json(data: bytes) -> Selection:
    document = json.loads(data)
    if "results" not in document:
        raise QueryError("This is not a SELECT query, which rows come from.")
    names = tuple(document["head"]["vars"])
    bindings = document["results"]["bindings"]
    return Selection(
        names, [tuple([row[name]["value"] if name in row else None for name in names]) for row in bindings]
    )


def _limited(selection: Selection, max_rows: int | None) -> Selection:
    if max_rows is not None and len(selection.rows) > max_rows:
        raise QueryError(f"The query has more than {max_rows} rows. Add a LIMIT to it, or allow more rows.")
    return selection


def _sorted_prefixes(data: bytes) -> bytes:
    """Turtle or TriG with its prefixes in order; the engine writes them in another one each time."""
    lines = data.split(b"\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])


def _sorted_lines(data: bytes) -> bytes:
    lines = data.split(b"\n")
    return b"".join(line + b"\n" for line in sorted(lines) if line)
