"""A graph behind a SPARQL endpoint, asked as one in a folder is."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryResultsFormat, Triple

from nutrigraph.construct_rows import ConstructedRows, constructed_rows
from nutrigraph.endpoint import Endpoint
from nutrigraph.errors import EndpointError, QueryError
from nutrigraph.query_text import kind_elsewhere, with_values
from nutrigraph.solutions import RESULT_FORMATS, Row, Selection, check_limits, serialized, too_many
from nutrigraph.store import Store, Values
from nutrigraph.whole_answers import AnswerPage, WholeAnswers

_AT_ONCE: Final = 400
"""So many values are put into one query: more are too many for some servers."""
_AS_A_WHOLE: Final = re.compile(r"\b(ORDER\s+BY|LIMIT|OFFSET)\b", re.IGNORECASE)
_KNOWN: Final = """ASK {
  #VALUES thing
  { ?thing ?p ?o } UNION { ?s ?thing ?o } UNION { ?s ?p ?thing }
  UNION { GRAPH ?g { { ?thing ?p ?o } UNION { ?s ?thing ?o } UNION { ?s ?p ?thing } } }
}"""


class RemoteStore(Store):
    """The graph behind `endpoint`, read-only.

    `timeout` is in seconds, for one question with all its pages; without it the endpoint's own limit holds for each
    request. What a server says wrongly, not at all or only in part is an EndpointError. A CONSTRUCT is asked for its
    rows, which can be counted; what a DESCRIBE gives must be less than what the server is known to give.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(pyoxigraph.Store(), read_only=True)
        self.endpoint = endpoint
        self._answers = WholeAnswers(endpoint)

    @property
    def raw(self) -> pyoxigraph.Store:
        raise EndpointError(f"The graph is at {self.endpoint.name}, to read only. Get a copy of it: kg.to_rdflib()")

    def __len__(self) -> int:
        counts = (
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
            "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        )
        return sum(int(row[0] or 0) for count in counts for row in self.rows(count))

    # Asking

    def rows(
        self, query: str, values: Values | None = None, timeout: float | None = None, max_rows: int | None = None
    ) -> list[Row]:
        """As in Store. A long list of values is asked in parts: every row of `query` must rest on one of them."""
        long = [name for name, value in (values or {}).items() if isinstance(value, list) and len(value) > _AT_ONCE]
        if values is None or len(long) != 1 or _AS_A_WHOLE.search(query):
            return super().rows(query, values, timeout, max_rows)
        name, several = long[0], values[long[0]]
        assert isinstance(several, list)
        found: list[Row] = []
        for first in range(0, len(several), _AT_ONCE):
            found += self.select(query, {**values, name: several[first : first + _AT_ONCE]}, timeout).rows
        too_many(len(found), max_rows)
        return list(dict.fromkeys(found)) if "DISTINCT" in query else found

    def select(
        self, query: str, values: Values | None = None, timeout: float | None = None, max_rows: int | None = None
    ) -> Selection:
        text = self._checked(query, values, "rows", "This is not a SELECT query, which rows come from.")
        pages = self._answers.pages(text, _deadline(timeout), max_rows)
        return Selection(pages[0].answer.variables, [row for page in pages for row in page.answer.rows])

    def ask(self, query: str, values: Values | None = None, timeout: float | None = None) -> bool:
        text = self._checked(query, values, "truth", "This is not an ASK query.")
        return bool(self._answers.truth(text, _deadline(timeout)))

    def construct(self, query: str, values: Values | None = None, timeout: float | None = None) -> list[Triple]:
        text = self._checked(query, values, "graph", "This is not a CONSTRUCT or DESCRIBE query.")
        return self._triples(text, timeout)

    def solutions_bytes(
        self,
        query: str,
        format: str,
        values: Values | None = None,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> bytes:
        text = with_values(query, values)
        kind = kind_elsewhere(text, self.services)
        if kind == "graph":
            return Store.memory(Quad(*triple) for triple in self._triples(text, timeout)).solutions_bytes(
                "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", format
            )
        if format not in RESULT_FORMATS:
            raise QueryError(f"{format!r} is no format for rows. Use one of: {', '.join(RESULT_FORMATS)}.")
        if kind == "truth":
            return serialized(self._answers.truth(text, _deadline(timeout)), format)
        pages = self._answers.pages(text, _deadline(timeout), max_rows)
        document = pages[0].document if len(pages) == 1 else _merged(pages)
        if format == "json":
            return document
        answer = pyoxigraph.parse_query_results(document, format=QueryResultsFormat.JSON)
        return serialized(answer, format)

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """As in Store; nothing is found for a blank node, which has no name that a question could use."""
        given = (subject, predicate, object)
        if any(isinstance(term, BlankNode) for term in (*given, graph)):
            return
        terms = [str(term or f"?{name}") for term, name in zip(given, "spo", strict=True)]
        pattern = " ".join(terms)
        if not isinstance(graph, NamedNode):
            yield from self._matching(f"SELECT * {{ {pattern} }}", given, DefaultGraph())
        if not isinstance(graph, DefaultGraph):
            yield from self._matching(f"SELECT * {{ GRAPH {graph or '?g'} {{ {pattern} }} }}", given, graph)

    def knows(self, iri: NamedNode) -> bool:
        return self.ask(_KNOWN, {"thing": iri})

    def dump(self, format: str) -> bytes:
        return Store.memory(self.quads()).dump(format)

    # How it is asked

    def _checked(self, query: str, values: Values | None, kind: str, problem: str) -> str:
        text = with_values(query, values)
        if kind_elsewhere(text, self.services) != kind:
            raise QueryError(problem)
        return text

    def _triples(self, query: str, timeout: float | None) -> list[Triple]:
        deadline = _deadline(timeout)
        rows = constructed_rows(query)
        found = self._answers.described(query, deadline) if rows is None else self._made(rows, deadline)
        return list(dict.fromkeys(found))

    def _made(self, rows: ConstructedRows, deadline: float | None) -> Iterator[Triple]:
        """The triples of a CONSTRUCT, made here of all its rows."""
        pages = self._answers.pages(self._checked(rows.select, None, "rows", ""), deadline, None)
        return rows.triples([found.get(name) for name in rows.variables] for found in self._terms(pages))

    def _matching(
        self, query: str, given: Sequence[object], graph: NamedNode | BlankNode | DefaultGraph | None
    ) -> Iterator[Quad]:
        pages = self._answers.pages(self._checked(query, None, "rows", ""), None, None) if "?" in query else []
        if not pages:  # everything is given: there is nothing to select
            if self.ask(query.replace("SELECT *", "ASK")):
                yield _quad(given, graph)
            return
        for found in self._terms(pages):
            terms = [term or found[name] for term, name in zip(given, "spo", strict=True)]
            yield _quad(terms, graph or found["g"])

    def _terms(self, pages: Sequence[AnswerPage]) -> Iterator[dict[str, Any]]:
        """The terms of each row, by variable; None where unbound."""
        for page in pages:
            answer = pyoxigraph.parse_query_results(page.document, format=QueryResultsFormat.JSON)
            assert isinstance(answer, pyoxigraph.QuerySolutions)
            names = {variable.value for variable in answer.variables}
            for solution in answer:
                found = {name: solution[name] for name in names}
                if len(pages) > 1 and any(isinstance(term, BlankNode) for term in found.values()):
                    raise EndpointError(
                        f"{self.endpoint.name} gives the graph in several answers, and its blank nodes have other "
                        "names in each: no copy can be made of it."
                    )
                yield found


def _quad(terms: Sequence[Any], graph: Any) -> Quad:
    subject, predicate, object_ = terms
    return Quad(subject, predicate, object_, graph)


def _deadline(timeout: float | None) -> float | None:
    check_limits(timeout, None)
    return None if timeout is None else time.monotonic() + timeout


def _merged(pages: Sequence[AnswerPage]) -> bytes:
    """One document with the rows of all."""
    documents = [json.loads(page.document) for page in pages]
    rows = [row for document in documents for row in document["results"]["bindings"]]
    merged = {"head": documents[0]["head"], "results": {"bindings": rows}}
    return json.dumps(merged, ensure_ascii=False).encode("utf-8", "surrogatepass")
