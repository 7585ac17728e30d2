"""Answers of a SPARQL endpoint, whole or not at all.

Endpoints cut long answers and say nothing of it. So an answer is counted with COUNT, and what is missing is asked for
in pages, in a fixed order; what cannot be had whole is an error. The limit of a server is the same for every question:
an answer with fewer rows than one that was found to be whole needs no counting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat, Triple

from nutrigraph.endpoint import Answer, Endpoint
from nutrigraph.errors import EndpointError, QueryError, QueryTimeout
from nutrigraph.query_text import accepts, kind_elsewhere, prologue_of
from nutrigraph.solutions import Selection, one_more, selection, too_many

_ROWS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8, application/json;q=0.5"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_COUNTED: Final = "nutrigraph_rows"
_ANYTHING: Final = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class AnswerPage(NamedTuple):
    """Rows that came together, and the document that they stood in, as JSON."""

    document: bytes
    answer: Selection


class WholeAnswers:
    """What an endpoint answers; a `deadline` is a time of `time.monotonic`, None the endpoint's own limit."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._counts = True
        self._whole = 0
        """The server gives so many rows, or more: an answer with fewer is not cut."""

    def truth(self, query: str, deadline: float | None) -> pyoxigraph.QueryBoolean:
        """The answer to an ASK."""
        answer = self._parsed(self.endpoint.ask(query, _ROWS, deadline))[1]
        if not isinstance(answer, pyoxigraph.QueryBoolean):
            raise EndpointError(f"{self.endpoint.name} answers a yes-or-no question with rows.")
        return answer

    def pages(self, query: str, deadline: float | None, max_rows: int | None) -> list[AnswerPage]:
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

    def described(self, query: str, deadline: float | None) -> list[Triple]:
        """The triples of a DESCRIBE, of which none may be missing."""
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

    def _page(self, query: str, deadline: float | None) -> AnswerPage:
        answer = self.endpoint.ask(query, _ROWS, deadline)
        self._whole_or_error(answer)
        document, parsed = self._parsed(answer)
        if not isinstance(parsed, pyoxigraph.QuerySolutions):
            raise EndpointError(f"{self.endpoint.name} answers a question for rows with yes or no.")
        try:
            return AnswerPage(document, selection(document))
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
        kind_elsewhere(counted)
        rows = self._page(counted, deadline).answer.rows
        if len(rows) != 1 or len(rows[0]) != 1 or not str(rows[0][0]).isdigit():
            raise EndpointError(f"{self.endpoint.name} cannot count.")
        return int(str(rows[0][0]))

    def _all_pages(self, query: str, first: AnswerPage, total: int | None, deadline: float | None) -> list[AnswerPage]:
        """The rows page by page, as many in each as the server gave at first, in an order that leaves no choice."""
        size = len(first.answer.rows)
        last_resort = False
        pages: list[AnswerPage] = []
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
