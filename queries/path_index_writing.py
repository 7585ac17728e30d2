"""Writes the index of paths: what pages say is put in order by SQLite, so that memory grows with the concepts alone and
not with what is said of them."""

from __future__ import annotations

import hashlib
import math
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from nutrigraph.ontology.namespaces import NG, NGO, SKOS
from nutrigraph.queries.edges import (
    HIERARCHY_OF_VOCABULARIES,
    Claim,
    Edge,
    Triple,
    count_below,
    held_in_vocabularies,
    hierarchy,
    hierarchy_above,
    stated_edges,
)
from nutrigraph.queries.joined import all_joined
from nutrigraph.queries.path_index import HEDGED, HELD, PLAIN, SCHEMA, usable
from nutrigraph.queries.path_search import FORWARD
from nutrigraph.queries.path_search import HIERARCHY as IN_HIERARCHY
from nutrigraph.store import Store

_COST: Final = {
    NGO + "same_as": 0.6,
    NGO + "involved_in": 1.1,
    NGO + "affects": 1.15,
    NGO + "associated_with": 1.4,
    SKOS + "closeMatch": 0.8,
    SKOS + "relatedMatch": 1.4,
}
"""Of relations that say more or less than others (1)."""
_HIERARCHY_COST: Final = 1.5
_VOCABULARY_COST: Final = 0.2
"""On top, for what no page says."""
_HEDGED_COST: Final = 0.5
_MANY: Final = 15
"""From so many neighbours on, a concept explains less the more it has."""
_ALLOWED: Final = ((PLAIN, False), (HEDGED, False), (HELD, False), (PLAIN, True), (HEDGED, True))
"""For each column of costs: the statuses that may be used, and whether only what a person accepted."""

_WORKING: Final = """
CREATE TEMP TABLE said (subject TEXT, predicate TEXT, object TEXT,
  statement TEXT, page TEXT, status TEXT, confidence REAL, reviewed INTEGER);
CREATE TEMP TABLE step (edge INTEGER, predicate INTEGER, one INTEGER, other INTEGER, upwards INTEGER, claimed INTEGER,
  plain REAL, hedged REAL, held REAL, reviewed_plain REAL, reviewed_hedged REAL);
CREATE TEMP TABLE inside (node INTEGER PRIMARY KEY);
"""
_IN_ORDER: Final = """SELECT * FROM said ORDER BY subject, predicate, object, statement IS NULL,
CASE status WHEN 'published' THEN 0 WHEN 'hedged' THEN 1 ELSE 2 END, reviewed DESC, confidence DESC, statement"""
_BELOW: Final = "SELECT other, COUNT(DISTINCT one) FROM step WHERE upwards GROUP BY other"
_NEAR: Final = """WITH near AS (SELECT one, other FROM step WHERE one IN inside)
SELECT node, COUNT(DISTINCT beside) FROM (
  SELECT one AS node, other AS beside FROM near UNION ALL SELECT other, one FROM near
) GROUP BY node"""
_LINKS: Final = """SELECT one AS node, edge, other, TRUE AS forward, step.* FROM step
UNION ALL SELECT other, edge, one, FALSE, step.* FROM step WHERE one IN inside
ORDER BY 1, 2"""
_HIERARCHY: Final = f"""SELECT subject, iri, object FROM edge JOIN predicate AS p ON p.id = predicate
WHERE iri IN ({", ".join(f"'{iri}'" for iri in HIERARCHY_OF_VOCABULARIES)})"""

Said = tuple[Triple, Claim | None]
"""A triple with one of the statements behind it, or as a vocabulary holds it."""


def write_path_index(
    path: Path,
    claims: Iterable[tuple[Triple, Claim]],
    store: Store,
    sources: Mapping[str, str],
    last: Path | None = None,
) -> None:
    """Writes what pages state and what the vocabularies in `store` hold into a new file at `path`; equal graphs give
    equal bytes. `claims` are in any order; `sources` gives the vocabulary that each concept is from.

    `last` is such a file of a graph with the same vocabularies: reading a large hierarchy from there takes a tenth of
    the time, and if pages state the same too, the file is that one."""
    path.unlink(missing_ok=True)
    joined = all_joined(store)
    above = hierarchy_in(last) if last else ((edge.triple, None) for edge in hierarchy(store))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA + _WORKING)
        _take_down(connection, chain(claims, ((triple, None) for triple in held_in_vocabularies(store)), above))
        digest = _digest(connection, joined, sources)
        if last is None or _digest_of(last) != digest:
            _write(connection, joined, {}, sources)
            connection.execute("INSERT INTO stated VALUES (?)", (digest,))
            connection.commit()
            return
    shutil.copyfile(last, path)


def index_in_memory(store: Store, ends: Iterable[str]) -> sqlite3.Connection:
    """The same for a graph without such a file: everything stated, and the hierarchy above that and above `ends`."""
    met = set(ends)
    joined = all_joined(store)
    stated = stated_edges(store, held=True, mappings=True)
    met |= {each for edge in stated for each in (edge.subject, edge.object)}
    nodes = {joined.get(iri, iri) for iri in met}
    above = hierarchy_above(store, met | {iri for iri, node in joined.items() if node in nodes})
    below = count_below(store, met | {edge.object for edge in above})
    return index_of([*stated, *above], joined, below)


def index_of(edges: Iterable[Edge], joined: Mapping[str, str], below: Mapping[str, int]) -> sqlite3.Connection:
    """An index in memory of some edges; `joined` gives one IRI for all concepts that are one, and `below` counts the
    concepts directly under one where `edges` do not have them all. Of the vocabularies only the bundled one is told
    by its IRIs."""
    found = list(edges)
    sources = {edge.subject: "nutrition" for edge in found if edge.subject.startswith(NG)}
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA + _WORKING)
    _take_down(connection, ((edge.triple, claim) for edge in found for claim in edge.claims or (None,)))
    _write(connection, joined, below, sources)
    return connection


def hierarchy_in(last: Path) -> Iterator[Said]:
    """The hierarchy of the vocabularies in an index that was written before."""
    with closing(_opened(last)) as connection:
        for triple in connection.execute(_HIERARCHY):
            yield triple, None


def _digest_of(last: Path) -> str | None:
    with closing(_opened(last)) as connection:
        row = connection.execute("SELECT digest FROM stated").fetchone()
    return str(row[0]) if row else None


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _take_down(connection: sqlite3.Connection, said: Iterable[Said]) -> None:
    connection.executemany(
        "INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (*triple, claim.statement, claim.page, claim.status, claim.confidence, claim.reviewed)
            if claim
            else (*triple, None, None, None, None, None)
            for triple, claim in said
        ),
    )


def _digest(connection: sqlite3.Connection, joined: Mapping[str, str], sources: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for row in chain(connection.execute(_IN_ORDER), sorted(joined.items()), [""], sorted(sources.items())):
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _edges(connection: sqlite3.Connection) -> Iterator[Edge]:
    """All edges in the order of their triples, each with its claims, the strongest first."""
    for triple, rows in groupby(connection.execute(_IN_ORDER), itemgetter(0, 1, 2)):
        subject, predicate, object_ = triple
        found = tuple(
            Claim(statement, page, status, confidence, bool(reviewed))
            for *_, statement, page, status, confidence, reviewed in rows
            if statement is not None
        )
        yield Edge(subject, predicate, object_, found)


def _write(
    connection: sqlite3.Connection, joined: Mapping[str, str], below: Mapping[str, int], sources: Mapping[str, str]
) -> None:
    """`below` counts the concepts directly under one where the edges do not have them all."""
    nodes, predicates = _Numbers(), _Numbers()
    for number, edge in enumerate(_edges(connection)):
        predicate = predicates[edge.predicate]
        _write_edge(connection, number, edge, predicate, sources)
        one, other = (nodes[joined.get(iri, iri)] for iri in (edge.subject, edge.object))
        if one != other:
            step = (number, predicate, one, other, edge.is_hierarchy, bool(edge.claims), *_on_top(edge))
            connection.execute(f"INSERT INTO step VALUES ({', '.join('?' * 11)})", step)
    node = {iri: nodes[joined.get(iri, iri)] for iri in sorted(joined.keys() | nodes.keys())}
    connection.executemany("INSERT INTO concept VALUES (?, ?)", node.items())
    connection.executemany("INSERT INTO predicate VALUES (?, ?)", ((at, iri) for iri, at in predicates.items()))
    ground = _Ground(connection, {node[iri]: count for iri, count in below.items() if iri in node}, predicates)
    fringe = sorted(set(nodes.values()) - ground.inside)
    connection.executemany("INSERT INTO fringe VALUES (?)", ((each,) for each in fringe))
    connection.executemany(f"INSERT INTO link VALUES ({', '.join('?' * 10)})", ground.links())
    connection.executescript("DROP TABLE said; DROP TABLE step; DROP TABLE inside;")
    connection.commit()


class _Numbers(dict[str, int]):
    """Numbers things from 1 in the order in which they are asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self) + 1
        return number


def _write_edge(
    connection: sqlite3.Connection, number: int, edge: Edge, predicate: int, sources: Mapping[str, str]
) -> None:
    source = "" if edge.claims else sources.get(edge.subject, "")  # a concept says itself what is above it
    connection.execute(
        "INSERT INTO edge VALUES (?, ?, ?, ?, ?)", (number, edge.subject, predicate, edge.object, source)
    )
    connection.executemany(
        "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (number, place, claim.statement, claim.page, claim.status, claim.confidence, claim.reviewed)
            for place, claim in enumerate(edge.claims)
        ),
    )


class _Ground:
    """What walking over the steps costs, which depends on all of them: on what is below and near each node."""

    def __init__(self, connection: sqlite3.Connection, below: Mapping[int, int], predicates: Mapping[str, int]) -> None:
        self._db = connection
        self._cost = {number: _COST.get(iri, 1.0) for iri, number in predicates.items()}
        self._below = dict(connection.execute(_BELOW))
        for node, count in below.items():
            self._below[node] = max(count, self._below.get(node, 0))
        self.inside = self._find_inside()
        connection.executemany("INSERT INTO inside VALUES (?)", ((node,) for node in self.inside))
        near = dict(connection.execute(_NEAR))
        self._passing = {
            node: _passing(self._below.get(node, 0), near.get(node, 0)) for node in self._below.keys() | near.keys()
        }

    def _find_inside(self) -> set[int]:
        """The nodes of which more is known than what is above them, and all above those."""
        above: defaultdict[int, list[int]] = defaultdict(list)
        inner: set[int] = set()
        for one, other, upwards, claimed in self._db.execute("SELECT one, other, upwards, claimed FROM step"):
            if upwards and not claimed:
                above[one].append(other)
            else:
                inner |= {one, other}
        waiting = list(inner)
        while waiting:
            more = set(above.get(waiting.pop(), ())) - inner
            inner |= more
            waiting += more
        return inner

    def links(self) -> Iterator[tuple[float | None, ...]]:
        """The rows of all links: from the subject of each step and, if that leads somewhere, from its object."""
        for row in self._db.execute(_LINKS):
            node, edge, to, forward, _, predicate, one, other, upwards, _, *on_top = row
            cost = _HIERARCHY_COST + 0.3 * math.log2(1 + self._below[other]) if upwards else self._cost[predicate]
            cost += (self._passing.get(one, 0.0) + self._passing.get(other, 0.0)) / 2
            kind = (FORWARD if forward else 0) | (IN_HIERARCHY if upwards else 0)
            costs = [None if more is None else round(cost + more, 6) for more in on_top]
            yield (node, edge, to, kind, predicate, *costs)


def _passing(below: int, near: int) -> float:
    """What it costs to pass through a concept: much, if it is general or connected with everything."""
    return 0.4 * math.log2(1 + below) + 0.5 * max(0.0, math.log2(max(near, 1) / _MANY))


def _on_top(edge: Edge) -> list[float | None]:
    """What taking an edge costs beside what it says, by each of `_ALLOWED`; None where it may not be taken."""
    if not edge.claims:
        return [_VOCABULARY_COST] * len(_ALLOWED)
    return [_by_claims(usable(edge.claims, statuses, reviewed=only)) for statuses, only in _ALLOWED]


def _by_claims(best: tuple[Claim, ...]) -> float | None:
    if not best:
        return None
    cost = 1.0 - max(claim.confidence for claim in best)
    cost += _HEDGED_COST if best[0].status != "published" else 0.0
    cost -= 0.25 if any(claim.reviewed for claim in best) else 0.0
    return cost - 0.1 * min(len({claim.page for claim in best}) - 1, 2)
