"""SPARQL as text: values put into it, and what a store must never be asked refused."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph

from nutrigraph.errors import QueryError

_MARKER: Final = re.compile(r"^[ \t]*#VALUES[ \t]+(\w+)[ \t]*$", re.MULTILINE)
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SERVICE: Final = re.compile("service", re.IGNORECASE)
_SERVICE_AT: Final = re.compile(r"""\bservice\s*(?:\bsilent\s*)?<([^<>"{}|^`\\\x00-\x20]*)>""", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_UPDATE: Final = re.compile(r"(LOAD|INSERT|DELETE|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_OUTSIDE: Final = (
    "SERVICE would ask another server, which is switched off: a query sees this graph alone. Query the other server "
    'by itself, or allow its host in nutrigraph.toml: [queries] services = ["www.example.org"]'
)

_PROLOGUE: Final = re.compile(
    r"(?:\s|#[^\r\n]*|BASE\s*<[^<>\s]*>|PREFIX(?:\s|#[^\r\n]*)*[^\s:<>#]*:(?:\s|#[^\r\n]*)*<[^<>\s]*>)*+",
    re.IGNORECASE,
)
_NOT_OFFERED: Final = ("SERVICE", "LATERAL")

Term = pyoxigraph.NamedNode | pyoxigraph.Literal


def with_values(query: str, values: Mapping[str, object] | None) -> str:
    """The query with each value in a VALUES clause at its marker, a comment line `#VALUES name`.

    A value is an IRI (str), a number, a truth value, a term of pyoxigraph (a Literal for text), or a collection of
    those. A marker without a value stays a comment; a value without a marker is a QueryError.
    """
    _check_text(query)
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


def _check_text(query: str) -> None:
    """QueryError for half a character, which is what Python makes of bytes that are no UTF-8."""
    try:
        query.encode()
    except UnicodeEncodeError as error:
        line = query.count("\n", 0, error.start) + 1
        raise QueryError(f"The query is not UTF-8 text (line {line}). Save it as UTF-8.") from None


def as_text(name: str, value: str) -> pyoxigraph.Literal:
    """The value of a parameter as a text; QueryError if it is none."""
    try:
        return pyoxigraph.Literal(value)
    except ValueError:
        raise QueryError(f"The value of {name!r} is not UTF-8 text: {value!r}.") from None


def as_iri(name: str, value: str) -> pyoxigraph.NamedNode:
    """The value of a parameter as an IRI; QueryError if it is none."""
    try:
        return pyoxigraph.NamedNode(value)
    except ValueError:
        raise QueryError(f"The value of {name!r} must be an IRI, not {value!r}.") from None


def kind_of(query: str, hosts: Collection[str] = ()) -> str:
    """What a query asks for: "rows" (SELECT), "truth" (ASK) or "graph" (CONSTRUCT, DESCRIBE).

    QueryError if it is no SPARQL 1.1 query, with the place, or if it has a SERVICE clause for another host than those
    of `hosts`. (LOAD is an update, which no query can hold.) Nothing is asked of anybody, and nothing evaluated.

    The engine's own grammar judges: if the query is still one when every "service" in it is another word, it stood
    in names, texts or comments only. Anything less exact is fooled (`1SERVICE`, `SERVICE:x`, `?a<b)SERVICE#>`).
    A clause for an allowed host is read as GRAPH, which has the same form.
    """
    text = _without_services(query, hosts)
    try:
        answer = _parsed(text)
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        lines = text.split("\n")
        line = lines[int(place[1]) - 1] if place and int(place[1]) <= len(lines) else ""
        if text != query and (not place or line not in query.split("\n")):
            raise QueryError(_OUTSIDE) from None
        raise syntax_error(query, error) from None
    if isinstance(answer, pyoxigraph.QuerySolutions):
        return "rows"
    return "truth" if isinstance(answer, pyoxigraph.QueryBoolean) else "graph"


def refuse_services(query: str, hosts: Collection[str] = ()) -> None:
    """QueryError if the query would ask another server than those of `hosts`; cheap where it has no such word."""
    if _SERVICE.search(query):
        kind_of(query, hosts)


def accepts(query: str, more: str) -> bool:
    """Whether a query can go on with `more`, such as "LIMIT 1", which it cannot if it has a limit."""
    try:
        _parsed(f"{query}\n{more}")
    except SyntaxError:
        return False
    return True


def prologue_of(query: str) -> str:
    """The BASE and PREFIX lines of a query, with the comments and white space around them."""
    found = _PROLOGUE.match(query)
    return found[0] if found else ""


def kind_elsewhere(query: str, hosts: Collection[str] = ()) -> str:
    """The same as `kind_of` for a query that another engine will read.

    The standard has \\uXXXX replaced everywhere before anything else is read, and some engines do so: such an escape
    could end a comment or a text for them alone. Read in that way too, the query must have no forbidden SERVICE.
    """
    kind = kind_of(query, hosts)
    read_so = _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), query)
    if read_so != query and _SERVICE.search(read_so):
        try:
            kind_of(read_so, hosts)
        except QueryError:
            raise QueryError(_OUTSIDE) from None
    return kind


def _parsed(text: str) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    """Has the engine parse a query without evaluating it: joined with no values at all it has no answers."""
    store = pyoxigraph.Store()
    try:
        return store.query(text + "\nVALUES ?nothing {}")
    except SyntaxError:
        return store.query(text)  # it has a VALUES clause at its end already, or is wrong


def _without_services(query: str, hosts: Collection[str]) -> str:
    """The query with SERVICE for an allowed host as GRAPH, and any other such word as one that nobody can guess, or a
    query could declare it as a prefix."""
    words: dict[str, str] = {}
    letters = random.SystemRandom()

    def allowed(match: re.Match[str]) -> str:
        return f"GRAPH <{match[1]}>" if _host(match[1]) in hosts else match[0]

    def other(match: re.Match[str]) -> str:
        return words.setdefault(match[0], "".join(letters.choices("bcdfghjklmnpqrstvwxz", k=len(match[0]))))

    return _SERVICE.sub(other, _SERVICE_AT.sub(allowed, query) if hosts else query)


def _host(address: str) -> str:
    """The host of a web address, with its port if one is given; "" for what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in ("http", "https") else ""


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
