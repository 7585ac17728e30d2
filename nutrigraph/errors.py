"""Every error that nutrigraph raises on purpose.

NutrigraphError
├── ProjectError        the project folder or nutrigraph.toml cannot be used
├── SourceError         a page, vocabulary or decisions file cannot be read (file, line)
├── StoreError          the graph cannot be opened or written
│   ├── NotBuiltError   the graph was never built
│   ├── BusyError       another process is building
│   └── EndpointError   a SPARQL endpoint cannot be reached, or does not answer as it should
├── QueryError          a query or one of its parameters is wrong (position)
│   └── QueryTimeout    a query ran longer than its limit
├── ConceptError        a name does not lead to one concept
│   ├── UnknownConcept  no concept is called that (near misses)
│   └── AmbiguousConcept  several concepts are called that (which)
└── MissingExtra        an optional dependency is not installed (the command that installs it)

A message says what is wrong, where, and what to do; it is one or a few plain lines, ready to be shown.
"""

from __future__ import annotations

from functools import partial


class NutrigraphError(Exception):
    """The root of all errors that are raised on purpose."""


class ProjectError(NutrigraphError):
    """The project folder or its nutrigraph.toml cannot be used."""


class SourceError(NutrigraphError):
    """A page, vocabulary or decisions file cannot be read.

    `path` is the file as the user knows it, `line` counts from 1 where it is known.
    """

    def __init__(self, path: str, problem: str, *, line: int | None = None) -> None:
        self.path = path
        self.problem = problem
        self.line = line
        place = path if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {problem}")

    def __reduce__(self) -> tuple[object, ...]:
        return partial(SourceError, line=self.line), (self.path, self.problem)  # from a process that reads pages


class StoreError(NutrigraphError):
    """The graph cannot be opened or written."""


class NotBuiltError(StoreError):
    """The project's graph was never built."""


class BusyError(StoreError):
    """Another process is building the same project."""


class EndpointError(StoreError):
    """A SPARQL endpoint cannot be reached, or does not answer as it should; an answer that is not whole is one."""


class QueryError(NutrigraphError):
    """A query, or one of its parameters, is wrong."""


class QueryTimeout(QueryError):
    """A query ran longer than its limit."""


class ConceptError(NutrigraphError):
    """A name does not lead to exactly one concept."""


class UnknownConcept(ConceptError):
    """No concept has that name; `near` holds the labels that come closest."""

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        self.name = name
        self.near = near
        hint = f" Did you mean: {', '.join(near)}?" if near else ""
        super().__init__(f'No concept is called "{name}".{hint}')


class AmbiguousConcept(ConceptError):
    """Several concepts share that name; `candidates` holds (label, IRI) of each."""

    def __init__(self, name: str, candidates: tuple[tuple[str, str], ...]) -> None:
        self.name = name
        self.candidates = candidates
        listed = "\n".join(f"  {label}  {iri}" for label, iri in candidates)
        super().__init__(
            f'"{name}" is the name of {len(candidates)} concepts; give one of these IRIs instead:\n{listed}'
        )


class MissingExtra(NutrigraphError):
    """An optional dependency is needed and not installed."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(
            f"{what} needs an optional part of nutrigraph. Install it with: pip install 'nutrigraph[{extra}]'"
        )
