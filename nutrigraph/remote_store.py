"""A graph behind a SPARQL endpoint, asked as one in a folder is.

Endpoints cut long answers and say nothing of it. So an answer is counted with COUNT, and what is missing is asked for
in pages, in a fixed order; what cannot be had whole is an error. The limit of a server is the same for every question:
an answer with fewer rows than one that was found to be whole needs no counting.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Triple

from nutrigraph.construct_rows import ConstructedRows, constructed_rows
from nutrigraph.endpoint import Answer, Endpoint
from nutrigraph.errors import EndpointError, QueryError, QueryTimeout
from nutrigraph.query_text import accepts, kind_elsewhere, prologue_of, with_values
from nutrigraph.solutions import RESULT_FORMATS, Row, Selection, check_limits, one_more, selection, serialized, too_many
from nutrigraph.store import Store, Values

_ROWS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8, application/json;q=0.5"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_AT_ONCE: Final = 400
"""So many values are put into one query: more are too many for some servers."""
_AS_A_WHOLE: Final = re.compile(r"\b(ORDER\s+BY|LIMIT|OFFSET)\b", re.IGNORECASE)
_COUNTED: Final = "nutrigraph_rows"
_ANYTHING: Final = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_KNOWN: Final = """ASK {
  #VALUES thing
  { ?thing ?p ?o } UNION { ?s ?thing ?o } UNION { ?s ?p ?thing }
  UNION { GRAPH ?g { { ?thing ?p ?o } UNION { ?s ?thing ?o } UNION { ?s ?p ?thing } } }
}"""


class _Page(NamedTuple):
    """Rows that came together, and the document that they stood in, as JSON."""

    document: bytes
    answer: Selection


class RemoteStore(Store):
    """The graph behind `endpoint`, read-only.

    `timeout` is in seconds, for one question with all its pages; without it the endpoint's own limit holds for each
    request. What a server says wrongly, not at all or only in part is an EndpointError. A CONSTRUCT is asked for its
    rows, which can be counted; what a DESCRIBE gives must be less than what the server is known to give.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(pyoxigraph.Store(), read_only=True)
        self.endpoint = endpoint
        self._counts = True
        self._whole = 0
        """The server gives so many rows, or more: an answer with fewer is not cut."""

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
        pages = self._pages(text, _deadline(timeout), max_rows)
        return Selection(pages[0].answer.variables, [row for page in pages for row in page.answer.rows])

    def ask(self, query: str, values: Values | None = None, timeout: float | None = None) -> bool:
        text = self._checked(query, values, "truth", "This is not an ASK query.")
        return bool(self._truth(text, timeout))

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
            return serialized(self._truth(text, timeout), format)
        pages = self._pages(text, _deadline(timeout), max_rows)
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

    def _truth(self, query: str, timeout: float | None) -> pyoxigraph.QueryBoolean:
        answer = self._parsed(self.endpoint.ask(query, _ROWS, _deadline(timeout)))[1]
        if not isinstance(answer, pyoxigraph.QueryBoolean):
            raise EndpointError(f"{self.endpoint.name} answers a yes-or-no question with rows.")
        return answer

    def _triples(self, query: str, timeout: float | None) -> list[Triple]:
        deadline = _deadline(timeout)
        rows = constructed_rows(query)
        return list(dict.fromkeys(self._described(query, deadline) if rows is None else self._made(rows, deadline)))

    def _made(self, rows: ConstructedRows, deadline: float | None) -> Iterator[Triple]:
        """The triples of a CONSTRUCT, made here of all its rows."""
        pages = self._pages(self._checked(rows.select, None, "rows", ""), deadline, None)
        return rows.triples([found.get(name) for name in rows.variables] for found in self._terms(pages))

    def _described(self, query: str, deadline: float | None) -> list[Triple]:
        answer = self.endpoint.ask(query, _TRIPLES, deadline)
        self._whole_or_error(answer)
        syntax = RdfFormat.from_media_type(answer.type)
        if syntax is None:
            raise self._unexpected(answer)
        try:
            triples = [quad.triple for quad in pyoxigraph.parse(answer.body, format=syntax)]
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from None
        self._check_limit(len(triples), deadline)
        return triples

    def _check_limit(self, count: int, deadline: float | None) -> None:
        """EndpointError unless the server gives more than `count` rows where there are more."""
        if count < self._whole:
            return
        given = len(self._page(f"{_ANYTHING} LIMIT {count + 1}", deadline).answer.rows)
        self._whole = max(self._whole, given)
        if given > count:
            return
        total = self._total(_ANYTHING, given, deadline)
        if total is None or total > given:
            raise EndpointError(
                f"{self.endpoint.name} cuts answers: this description, of {count} triples, may be a part only. Ask for "
                "its triples with CONSTRUCT."
            )

    def _pages(self, query: str, deadline: float | None, max_rows: int | None) -> list[_Page]:
        """All rows of a SELECT: as they came, if that is all of them."""
        text = query if max_rows is None else one_more(query, max_rows)
        first = self._page(text, deadline)
        count = len(first.answer.rows)
        too_many(count, max_rows)
        if count == 0 or count < self._whole:
            return [first]
        self._whole = count  # the server's limit, or less
        total = self._total(text, count, deadline)
        if total is not None and total <= count:
            return [first]
        if total is not None:
            too_many(total, max_rows)
        if not first.answer.variables:
            raise self._incomplete(count)
        return self._all_pages(query, first, total, deadline)

    def _page(self, query: str, deadline: float | None) -> _Page:
        answer = self.endpoint.ask(query, _ROWS, deadline)
        self._whole_or_error(answer)
        document, parsed = self._parsed(answer)
        if not isinstance(parsed, pyoxigraph.QuerySolutions):
            raise EndpointError(f"{self.endpoint.name} answers a question for rows with yes or no.")
        try:
            return _Page(document, selection(document))
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from None

    def _total(self, query: str, count: int, deadline: float | None) -> int | None:
        """How many rows there are: by COUNT; where a server cannot do that, whether a row follows the first `count`
        ones, and then None."""
        if self._counts:
            try:
                return self._count(query, deadline)
            except QueryTimeout:
                raise
            except (QueryError, EndpointError):
                self._counts = False
        following = f"OFFSET {count} LIMIT 1"
        if not accepts(query, following):
            raise self._incomplete(count, "perhaps ")
        return None if self._page(f"{query}\n{following}", deadline).answer.rows else count

    def _count(self, query: str, deadline: float | None) -> int:
        start = len(prologue_of(query))
        counted = f"{query[:start]}\nSELECT (COUNT(*) AS ?{_COUNTED}) WHERE {{ {{\n{query[start:]}\n}} }}"
        kind_elsewhere(counted, self.services)
        rows = self._page(counted, deadline).answer.rows
        if len(rows) != 1 or len(rows[0]) != 1 or not str(rows[0][0]).isdigit():
            raise EndpointError(f"{self.endpoint.name} cannot count.")
        return int(str(rows[0][0]))

    def _all_pages(self, query: str, first: _Page, total: int | None, deadline: float | None) -> list[_Page]:
        """The rows page by page, as many in each as the server gave at first, in an order that leaves no choice."""
        size = len(first.answer.rows)
        last_resort = False
        pages: list[_Page] = []
        done = 0
        while total is None or done < total:
            text = _page_of(query, first.answer.variables, size, done, inside=last_resort)
            if text is None:
                raise self._incomplete(size)
            try:
                page = self._page(text, deadline)
            except QueryTimeout:
                raise
            except (QueryError, EndpointError):
                if last_resort:
                    raise
                last_resort = True  # Virtuoso refuses to sort far, unless it is asked to within another query
                continue
            if not page.answer.rows:
                if total is None:
                    break
                raise self._incomplete(done, of=total)
            if pages and page.answer.rows == pages[-1].answer.rows and len(set(page.answer.rows)) > 1:
                raise EndpointError(f"{self.endpoint.name} cuts answers, and gives the same rows again as a next page.")
            pages.append(page)
            done += len(page.answer.rows)
        if total is not None and done != total:
            raise EndpointError(f"The graph at {self.endpoint.name} was changed while it was asked. Ask again.")
        return pages

    def _matching(
        self, query: str, given: Sequence[object], graph: NamedNode | BlankNode | DefaultGraph | None
    ) -> Iterator[Quad]:
        pages = self._pages(self._checked(query, None, "rows", ""), None, None) if "?" in query else []
        if not pages:  # everything is given: there is nothing to select
            if self.ask(query.replace("SELECT *", "ASK")):
                yield _quad(given, graph)
            return
        for found in self._terms(pages):
            terms = [term or found[name] for term, name in zip(given, "spo", strict=True)]
            yield _quad(terms, graph or found["g"])

    def _terms(self, pages: Sequence[_Page]) -> Iterator[dict[str, Any]]:
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

    # What is wrong with an answer

    def _parsed(self, answer: Answer) -> tuple[bytes, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean]:
        """The answer as JSON, and parsed. What it is shows in its first letter; servers name it in many ways."""
        start = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
        try:
            if start.startswith(b"{"):
                return answer.body, pyoxigraph.parse_query_results(answer.body, format=QueryResultsFormat.JSON)
            if start.startswith((b"<?xml", b"<sparql")) and b"<html" not in start and "html" not in answer.type:
                xml = pyoxigraph.parse_query_results(answer.body, format=QueryResultsFormat.XML)
                document = xml.serialize(format=QueryResultsFormat.JSON) or b""
                return document, pyoxigraph.parse_query_results(document, format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from None
        raise self._unexpected(answer)

    def _whole_or_error(self, answer: Answer) -> None:
        """Virtuoso says in a header that it ran out of time in the middle."""
        if answer.headers.get("x-sql-state"):
            raise EndpointError(
                f"{self.endpoint.name} gave a part of the answer only, as its time was up. Ask for less at once."
            )

    def _unexpected(self, answer: Answer) -> EndpointError:
        what = answer.type if re.fullmatch(r"[\w.+/-]{1,60}", answer.type) else "something unknown"
        return EndpointError(
            f"{self.endpoint.name} answers with {what}, not with results of SPARQL. Is this the endpoint's address?"
        )

    def _broken(self, error: Exception) -> EndpointError:
        return EndpointError(f"{self.endpoint.name} gave an answer that is broken: {str(error)[:200]}.")

    def _incomplete(self, count: int, doubt: str = "", of: int | None = None) -> EndpointError:
        return EndpointError(
            f"{self.endpoint.name} {doubt}cuts answers: it gave {count} rows{f' of {of}' if of else ''}, and the rest "
            "cannot be had in pages. Ask for less at once, with LIMIT."
        )


def _quad(terms: Sequence[Any], graph: Any) -> Quad:
    subject, predicate, object_ = terms
    return Quad(subject, predicate, object_, graph)


def _deadline(timeout: float | None) -> float | None:
    check_limits(timeout, None)
    return None if timeout is None else time.monotonic() + timeout


def _page_of(query: str, variables: Sequence[str], size: int, start: int, *, inside: bool) -> str | None:
    """The query for `size` rows from row `start` on; None if it has a limit of its own."""
    order = " ".join(f"ASC(?{name})" for name in variables)
    ordered = f"{query}\n{order}" if accepts(query, order) else f"{query}\nORDER BY {order}"
    limit = f"LIMIT {size} OFFSET {start}"
    if not accepts(ordered, limit):
        return None
    if not inside:
        return f"{ordered}\n{limit}"
    at = len(prologue_of(ordered))
    names = " ".join(f"?{name}" for name in variables)
    return f"{ordered[:at]}\nSELECT {names} WHERE {{ {{\n{ordered[at:]}\n}} }}\n{limit}"


def _merged(pages: Sequence[_Page]) -> bytes:
    """One document with the rows of all."""
    documents = [json.loads(page.document) for page in pages]
    rows = [row for document in documents for row in document["results"]["bindings"]]
    merged = {"head": documents[0]["head"], "results": {"bindings": rows}}
    return json.dumps(merged, ensure_ascii=False).encode("utf-8", "surrogatepass")
