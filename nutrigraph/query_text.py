"""SPARQL as text: values put into it, and what a store must never be asked refused."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph

from nutrigraph.errors import QueryError

_MARKER: Final = re.compile(r"^[ \t]*#VALUES[ \t]+(\w+)[ \t]*$", re.MULTILINE)
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SERVICE: Final = re.compile("service", re.IGNORECASE)
_UPDATE: Final = re.compile(r"(LOAD|INSERT|DELETE|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_OUTSIDE: Final = (
    "SERVICE would ask another server, which is switched off: a query sees this graph alone. "
    "Query the other server by itself."
)

_NOT_OFFERED: Final = ("SERVICE", "LATERAL")

Term = pyoxigraph.NamedNode | pyoxigraph.Literal


def with_values(query: str, values: Mapping[str, object] | None) -> str:
    """The query with each value in a VALUES clause at its marker, a comment line `#VALUES name`.

    A value is an IRI (str), a number, a truth value, a term of pyoxigraph (a Literal for text), or a collection of
    those. A marker without a value stays a comment; a value without a marker is a QueryError.
    """
    values = values or {}
    missing = set(values) - set(_MARKER.findall(query))
    if missing:
        name = min(missing)
        raise QueryError(f"The query has no place for {name!r}. Put a line #VALUES {name} where ?{name} is used.")

    def clause(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            return match[0]
        terms = " ".join(str(term) for term in _terms(name, values[name]))
        return f"VALUES ?{name} {{ {terms} }}"

    return _MARKER.sub(clause, query)


def _terms(name: str, value: object) -> list[Term]:
    single = isinstance(value, (str, int, float, pyoxigraph.NamedNode, pyoxigraph.Literal))
    items = [value] if single or not isinstance(value, Iterable) else list(value)
    terms: list[Term] = []
    for item in items:
        if isinstance(item, (pyoxigraph.NamedNode, pyoxigraph.Literal)):
            terms.append(item)
        elif isinstance(item, (bool, int, float)):
            terms.append(pyoxigraph.Literal(item))
        elif isinstance(item, str):
            terms.append(as_iri(name, item))
        else:
            raise QueryError(f"The value of {name!r} must be an IRI, a number or a term, not {type(item).__name__}.")
    return terms


def as_iri(name: str, value: str) -> pyoxigraph.NamedNode:
    """The value of a parameter as an IRI; QueryError if it is none."""
    try:
        return pyoxigraph.NamedNode(value)
    except ValueError:
        raise QueryError(f"The value of {name!r} must be an IRI, not {value!r}.") from None


def refuse_remote(query: str) -> None:
    """QueryError if the query has a SERVICE clause. (LOAD is an update, which no query can hold.)

    The engine's own grammar judges: if the query is still one when every "service" in it is another word, it stood
    in names, texts or comments only. Anything less exact is fooled (`1SERVICE`, `SERVICE:x`, `?a<b)SERVICE#>`).
    """
    if not _SERVICE.search(query):
        return
    words: dict[str, str] = {}
    letters = random.SystemRandom()  # not to be guessed, or a query could declare the word as a prefix

    def other(match: re.Match[str]) -> str:
        return words.setdefault(match[0], "".join(letters.choices("bcdfghjklmnpqrstvwxz", k=len(match[0]))))

    try:
        pyoxigraph.Store().query(_SERVICE.sub(other, query))
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        line = query.split("\n")[int(place[1]) - 1] if place else query
        if not place or _SERVICE.search(line):
            raise QueryError(_OUTSIDE) from None
        raise syntax_error(query, error) from None


def syntax_error(query: str, error: SyntaxError) -> QueryError:
    """What to tell people about a query that the engine cannot parse: line, column, what stands there."""
    place = _PLACE.match(str(error))
    if not place:
        return QueryError(f"The query is not valid SPARQL: {error}.")
    line, column = int(place[1]), int(place[2])
    lines = query.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    if _UPDATE.match(text[column - 1 :]) or _UPDATE.match(text.lstrip()):
        reason = "only questions can be asked (SELECT, ASK, CONSTRUCT, DESCRIBE); the graph is built from the pages"
    else:
        reason = _reason(place[3])
    shown = text if len(text) <= 120 else ""
    pointer = f"\n  {shown}\n  {' ' * (column - 1)}^" if shown else ""
    return QueryError(f"SPARQL syntax error at line {line}, column {column}: {reason}.{pointer}")


def _reason(expected: str) -> str:
    """The engine lists every token that could follow; its sentences and words say more than its character classes."""
    choices = re.sub(r"^expected (one of )?", "", expected)
    sentences = [part for part in re.split(r", ", choices) if re.fullmatch(r"[A-Z][a-z]+( [A-Za-z]+)*|The .*", part)]
    if sentences:
        return sentences[0]
    keywords = [word for word in re.findall(r"(?<![\w'\\{])[A-Z]{2,}(?![\w'}])", choices) if word not in _NOT_OFFERED]
    symbols = re.findall(r'"(\\?[^"\w\s]{1,2})"', choices)
    known = [*keywords, *(f'"{symbol}"' for symbol in symbols)]
    return f"expected {', '.join(known[:8])}" + (" …" if len(known) > 8 else "") if known else "unexpected text"
