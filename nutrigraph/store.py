"""A graph that can be asked: a thin cover over Oxigraph, in memory or in a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from nutrigraph.errors import QueryError, QueryTimeout, StoreError
from nutrigraph.ontology.namespaces import PREFIXES
from nutrigraph.query_text import kind_of, refuse_services, syntax_error, with_values
from nutrigraph.solutions import RDF_FORMATS as RDF_FORMATS
from nutrigraph.solutions import Row as Row
from nutrigraph.solutions import (
    Selection,
    as_row,
    check_limits,
    count_rows,
    one_more,
    selection,
    serialized,
    too_many,
)

Values = Mapping[str, object]

_AT_ONCE: Final = 500_000
"""So many quads are sorted in memory before they are written."""


_BULK: Final = 1_000_000
"""From about so many bytes of TriG on, Oxigraph's bulk loader is the faster one."""


class Store:
    """An RDF dataset. Made by `memory`, `create` (a new folder, to write) or `open` (a folder, read-only).

    Queries see the default graph, and named graphs with GRAPH. `values` are put where the query marks it (see
    `query_text.with_values`). `timeout` is in seconds; it works for read-only folders, where the query then runs in
    a process of its own, and raises QueryTimeout. A query that is wrong raises QueryError.
    """

    def __init__(
        self,
        raw: pyoxigraph.Store,
        folder: Path | None = None,
        *,
        read_only: bool = False,
        services: Collection[str] = (),
    ) -> None:
        self._raw = raw
        self.folder = folder
        self.read_only = read_only
        self.services = frozenset(services)
        """The hosts that a query may ask with SERVICE."""

    @property
    def raw(self) -> pyoxigraph.Store:
        """The engine's own store."""
        return self._raw

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
    def open(cls, folder: Path, services: Collection[str] = ()) -> Store:
        """The store in a folder, to read. Nobody may write to that folder meanwhile."""
        try:
            return cls(pyoxigraph.Store.read_only(str(folder)), folder, read_only=True, services=services)
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
        check_limits(timeout, max_rows)
        if timeout is not None:
            return selection(self._in_child(query, values, timeout, "json", max_rows))
        solutions = self._query(with_values(query, values))
        if not isinstance(solutions, pyoxigraph.QuerySolutions):
            raise QueryError("This is not a SELECT query, which rows come from.")
        wanted = solutions if max_rows is None else islice(solutions, max_rows + 1)
        try:
            rows = [as_row(solution) for solution in wanted]
        except (OSError, RuntimeError) as error:
            raise _damaged(error) from None
        too_many(len(rows), max_rows)
        return Selection(tuple(variable.value for variable in solutions.variables), rows)

    def ask(self, query: str, values: Values | None = None, timeout: float | None = None) -> bool:
        """The answer to an ASK."""
        if timeout is not None:
            return bool(json.loads(self._in_child(query, values, timeout, "json")).get("boolean"))
        answer = self._query(with_values(query, values))
        if not isinstance(answer, pyoxigraph.QueryBoolean):
            raise QueryError("This is not an ASK query.")
        return bool(answer)

    def construct(self, query: str, values: Values | None = None, timeout: float | None = None) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, each once."""
        if timeout is not None:
            data = self._in_child(query, values, timeout, "ntriples")
            return [quad.triple for quad in pyoxigraph.parse(data, format=RdfFormat.N_TRIPLES)]
        triples = self._query(with_values(query, values))
        if not isinstance(triples, pyoxigraph.QueryTriples):
            raise QueryError("This is not a CONSTRUCT or DESCRIBE query.")
        return list(dict.fromkeys(triples))

    def solutions_bytes(
        self,
        query: str,
        format: str,
        values: Values | None = None,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> bytes:
        """The engine's own serialisation of an answer: json, csv, tsv or xml for SELECT and ASK; one of RDF_FORMATS
        for CONSTRUCT and DESCRIBE, where a result format is taken for Turtle. More than `max_rows` rows are a
        QueryError."""
        check_limits(timeout, max_rows)
        if timeout is not None:
            return self._in_child(query, values, timeout, format, max_rows)
        text = with_values(query, values)
        if max_rows is None or kind_of(text, self.services) != "rows":
            return serialized(self._query(text), format)
        data = serialized(self._query(one_more(text, max_rows)), format)
        if len(data) > 2 * max_rows:  # a row takes two bytes or more
            too_many(count_rows(data, format), max_rows)
        return data

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

    def load(self, files: Sequence[Path]) -> None:
        """Adds the quads of TriG files, which are held in memory meanwhile."""
        data = b"".join(file.read_bytes() for file in files)
        if len(data) > _BULK and self.folder:
            self.raw.bulk_load(data, format=RdfFormat.TRIG)
        else:
            self.raw.load(data, format=RdfFormat.TRIG)

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

    def _query(self, query: str) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        refuse_services(query, self.services)
        try:
            return self.raw.query(query)
        except SyntaxError as error:
            raise syntax_error(query, error) from None
        except (OSError, RuntimeError) as error:
            raise _damaged(error) from None

    def _in_child(
        self, query: str, values: Values | None, timeout: float, format: str, max_rows: int | None = None
    ) -> bytes:
        if not self.folder or not self.read_only:
            raise QueryError("A timeout needs a graph in a folder, opened to read; this one is in memory.")
        text = with_values(query, values)
        request = json.dumps([str(self.folder.resolve()), sorted(self.services), text, format, max_rows])
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
    folder, services, query, format, max_rows = json.load(sys.stdin)
    try:
        store = Store.open(Path(folder), services)
        sys.stdout.buffer.write(store.solutions_bytes(query, format, max_rows=max_rows))
    except (QueryError, StoreError) as error:
        sys.stderr.buffer.write(str(error).encode("utf-8"))
        sys.exit(2 if isinstance(error, QueryError) else 3)


def _damaged(error: Exception) -> StoreError:
    return StoreError(f"The graph is damaged and cannot be read ({error}). Run: nutrigraph build")


def _sorted_prefixes(data: bytes) -> bytes:
    """Turtle or TriG with its prefixes in order; the engine writes them in another one each time."""
    lines = data.split(b"\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])


def _sorted_lines(data: bytes) -> bytes:
    lines = data.split(b"\n")
    return b"".join(line + b"\n" for line in sorted(lines) if line)
