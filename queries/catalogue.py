"""The named queries: SPARQL files with a header that says what each one answers.

A file of `sparql/` begins with comment lines, and is then plain SPARQL that runs on any engine:

    # title: What produces it?
    # description: One or more lines; the next ones are indented by two blanks more.
    # for: researcher                       (or dietitian, ontologist, editor, publisher)
    # parameter: concept concept required: the concept asked about
    # example: nutrigraph query produced-by --param concept=insulin

A parameter is a name, a type (concept, relation, text, integer), "required" or "optional", and what it is. Its values
are put at each line `#VALUES name`; without a value that line stays a comment, and the variable is free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Final

from nutrigraph.errors import QueryError
from nutrigraph.queries.relation_names import relation_iri
from nutrigraph.queries.results import Rows
from nutrigraph.query_text import as_iri, as_text
from nutrigraph.store import Store

Resolve = Callable[[str], Iterable[str]]
"""The IRIs of the concept that a name leads to, those joined with it included; raises ConceptError."""

AUDIENCES: Final = ("researcher", "dietitian", "ontologist", "editor", "publisher")
_FIELD: Final = re.compile(r"# (\w+): (.+)")
_CONTINUED: Final = re.compile(r"#   (.+)")
_PARAMETER: Final = re.compile(r"(\w+) (concept|relation|text|integer) (required|optional): (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query; `type` is concept, relation, text or integer."""

    name: str
    type: str
    required: bool
    description: str

    def as_json(self) -> dict[str, object]:
        return {"name": self.name, "type": self.type, "required": self.required, "description": self.description}


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the catalogue; `audience` is who asks it, `text` the SPARQL with its markers."""

    name: str
    title: str
    description: str
    audience: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str

    @property
    def asks_what_pages_say(self) -> bool:
        """Whether no rows mean that no page says so, rather than that nothing was found."""
        return self.audience in ("researcher", "dietitian")

    def as_json(self) -> dict[str, object]:
        """The shape that `queries --format json` prints."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "for": self.audience,
            "parameters": [parameter.as_json() for parameter in self.parameters],
            "example": self.example,
        }


@cache
def catalogue() -> tuple[NamedQuery, ...]:
    """The named queries: those of each audience in the order of AUDIENCES, by name."""
    folder = files("nutrigraph.queries").joinpath("sparql")
    queries = [
        read_query(path.name.removesuffix(".rq"), path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".rq")
    ]
    return tuple(sorted(queries, key=lambda query: (AUDIENCES.index(query.audience), query.name)))


def find(name: str) -> NamedQuery:
    """The query of that name; QueryError with the nearest names if there is none."""
    named = {query.name: query for query in catalogue()}
    if name not in named:
        raise QueryError(f'No query is called "{name}".{_near(name, named)} `nutrigraph queries` lists them all.')
    return named[name]


def run(store: Store, resolve: Resolve, name: str, parameters: Mapping[str, str], *,
        timeout: float | None = None, max_rows: int | None = None) -> Rows:  # fmt: skip
    """Asks the query of that name. Parameters are what people type: names of concepts and relations, text, numbers.

    Raises QueryError for an unknown query and unknown or missing parameters, ConceptError for a concept's name that
    leads to none or several. A question of what pages say without rows is answered "not stated".
    """
    query = find(name)
    answer = store.select(query.text, values_for(query, resolve, parameters), timeout, max_rows)
    not_stated = query.asks_what_pages_say and not answer.rows
    return Rows(tuple(answer.variables), tuple(answer.rows), not_stated)


def values_for(query: NamedQuery, resolve: Resolve, parameters: Mapping[str, str]) -> dict[str, object]:
    """What to put into the text of `query` (see `query_text.with_values`) for parameters as people type them."""
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in parameters:
        if name not in known:
            takes = f"It takes {_list(known)}." if known else "It takes no parameters."
            raise QueryError(f'The query {query.name} has no parameter "{name}".{_near(name, known)} {takes}')
    missing = [name for name, parameter in known.items() if parameter.required and name not in parameters]
    if missing:
        needs = f"needs {_list(missing)}"
        raise QueryError(f"The query {query.name} {needs}. For example: {query.example}")
    return {name: _value(known[name], value, resolve) for name, value in parameters.items()}


def read_query(name: str, text: str) -> NamedQuery:
    """The query in the text of a .rq file; QueryError if its header is not complete."""
    fields: list[tuple[str, str]] = []
    for line in text.splitlines():
        if match := _CONTINUED.fullmatch(line):
            field, value = fields[-1]
            fields[-1] = (field, f"{value} {match[1]}")
        elif match := _FIELD.fullmatch(line):
            fields.append((match[1], match[2]))
        else:
            break
    said = dict(fields)
    missing = {"title", "description", "for", "example"} - said.keys()
    if missing or said["for"] not in AUDIENCES:
        raise QueryError(f"{name}.rq: the header must give title, description, for ({_list(AUDIENCES)}) and example.")
    parameters = tuple(_parameter(name, value) for field, value in fields if field == "parameter")
    return NamedQuery(name, said["title"], said["description"], said["for"], parameters, said["example"], text)


def _parameter(query: str, text: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if not match:
        raise QueryError(f'{query}.rq: a parameter is "name type required: description", not "{text}".')
    return Parameter(match[1], match[2], match[3] == "required", match[4])


def _value(parameter: Parameter, value: str, resolve: Resolve) -> object:
    match parameter.type:
        case "concept":
            if "://" in value:
                as_iri(parameter.name, value)
            return list(resolve(value))
        case "relation":
            return relation_iri(value)
        case "integer":
            if not re.fullmatch(r"[+-]?\d{1,18}", value.strip(), re.ASCII):
                raise QueryError(f'The parameter {parameter.name} must be a whole number, not "{value}".')
            return int(value)
        case _:
            return as_text(parameter.name, value)


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name.lower(), sorted(known), n=3, cutoff=0.6)
    return f" Did you mean: {', '.join(near)}?" if near else ""


def _list(names: Iterable[str] | Sequence[str]) -> str:
    return ", ".join(names)
