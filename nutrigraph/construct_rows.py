"""A CONSTRUCT asked as a SELECT: the rows that its triples are made of can be counted, the triples cannot.

The template is filled in by the engine here: the rows stand in a VALUES clause.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Triple

from nutrigraph.errors import QueryError
from nutrigraph.query_text import prologue_of

_START: Final = re.compile(r"(?:\s|#[^\r\n]*)*CONSTRUCT(?:\s|#[^\r\n]*)*(\{)?", re.IGNORECASE)
_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\r\n]|\\.)*"' + r"|'(?:[^'\\\r\n]|\\.)*'"
    r"|<[^<>\s]*>|#[^\r\n]*|[?$]\w+|.",
    re.DOTALL,
)
_AT_ONCE: Final = 10_000
_NONE: Final = "nutrigraph_nothing"


@dataclass(frozen=True, slots=True)
class ConstructedRows:
    """`select` gives the rows, with `variables`; `prologue` and `template` say what to make of one."""

    select: str
    variables: tuple[str, ...]
    prologue: str
    template: str

    def triples(self, rows: Iterable[Sequence[object]]) -> Iterator[Triple]:
        """What the template makes of rows of terms (None where unbound), each triple once a row."""
        names = " ".join(f"?{name}" for name in self.variables)
        blank = f"urn:{secrets.token_hex(8)}:"  # a blank node cannot stand in VALUES
        waiting = iter(rows)
        while part := list(islice(waiting, _AT_ONCE)):
            values = "\n".join(f"({' '.join(_text(term, blank) for term in row)})" for row in part)
            query = f"{self.prologue}\nCONSTRUCT {self.template} WHERE {{ VALUES ({names}) {{ {values} }} }}"
            made = pyoxigraph.Store().query(query)
            assert isinstance(made, pyoxigraph.QueryTriples)
            for triple in made:
                if not triple.predicate.value.startswith(blank):
                    yield Triple(_term(triple.subject, blank), triple.predicate, _term(triple.object, blank))


def constructed_rows(query: str) -> ConstructedRows | None:
    """The rows of a CONSTRUCT that the engine can read; None for a DESCRIBE."""
    prologue = prologue_of(query)
    start = _START.match(query, len(prologue))
    if start is None:
        return None
    opening = start.start(1) if start[1] else query.index("{", start.end())
    closing, variables = _template(query, opening)
    template = query[opening:closing]
    rest = query[closing:] if start[1] else query[start.end() :]
    names = tuple(dict.fromkeys(variables)) or (_NONE,)
    select = f"{prologue}\nSELECT {' '.join(f'?{name}' for name in names)} {rest}"
    return ConstructedRows(select, names, prologue, template)


def _template(query: str, opening: int) -> tuple[int, list[str]]:
    """Where the braces that open there are closed, and the variables within."""
    variables: list[str] = []
    for token in _TOKEN.finditer(query, opening):
        if token[0][0] in "?$" and len(token[0]) > 1:
            variables.append(token[0][1:])
        elif token[0] == "}":
            return token.end(), variables
    raise QueryError("The template of this CONSTRUCT is not closed.")


def _text(term: object, blank: str) -> str:
    if isinstance(term, BlankNode):
        return f"<{blank}{term.value}>"
    return "UNDEF" if term is None else str(term)


def _term(term: Any, blank: str) -> Any:
    if isinstance(term, NamedNode) and term.value.startswith(blank):
        return BlankNode(term.value.removeprefix(blank))
    return term
