"""The edges that paths are made of, prepared: an SQLite file beside the graph, which a search reads where it comes by.

A node is a concept with all that a mapping makes one with it. Every edge stands there as two links, one from either
end, with what it costs to take it: what pages say plainly, and more than once or accepted by a person, costs least;
going up to something general costs more the more there is below it, since `insulin is a hormone, glucagon is a hormone`
explains nothing. Links down to what has nothing but a hierarchy above it are left out: they lead nowhere, unless that
is where a path begins or ends.
"""

from __future__ import annotations

import hashlib
import math
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nutrigraph.ontology.namespaces import NG, NGO, SKOS
from nutrigraph.queries.edges import (
    HIERARCHY_OF_VOCABULARIES,
    Claim,
    Edge,
    count_below,
    hierarchy,
    hierarchy_above,
    stated_edges,
)
from nutrigraph.queries.joined import all_joined
from nutrigraph.queries.path_search import FORWARD, HIERARCHY, Link
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
_TURN_COST: Final = 0.4
"""Where two steps meet head to head (a → c ← b) or part (a ← c → b): weaker than steps that follow each other."""
_SIBLINGS_COST: Final = 2.0
"""Where that happens in a hierarchy: two things are of one kind, or one thing is of two."""
DEAREST: Final = 12.0
"""A chain that costs more explains nothing any more."""

_SCHEMA: Final = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
CREATE TABLE stated (digest TEXT NOT NULL);
CREATE TABLE concept (iri TEXT PRIMARY KEY, node INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE fringe (node INTEGER PRIMARY KEY);
CREATE TABLE predicate (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE TABLE edge (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, predicate INTEGER NOT NULL, object TEXT NOT NULL,
  source TEXT NOT NULL);
CREATE TABLE claim (edge INTEGER, place INTEGER, statement TEXT NOT NULL, page TEXT NOT NULL, status TEXT NOT NULL,
  confidence REAL NOT NULL, reviewed INTEGER NOT NULL, PRIMARY KEY (edge, place)) WITHOUT ROWID;
CREATE TABLE link (node INTEGER, edge INTEGER, other INTEGER NOT NULL, kind INTEGER NOT NULL,
  predicate INTEGER NOT NULL, plain REAL, hedged REAL, held REAL, reviewed_plain REAL, reviewed_hedged REAL,
  PRIMARY KEY (node, edge)) WITHOUT ROWID;
"""
_HIERARCHY: Final = f"""SELECT subject, iri, object FROM edge JOIN predicate AS p ON p.id = predicate
WHERE iri IN ({", ".join(f"'{iri}'" for iri in HIERARCHY_OF_VOCABULARIES)})"""
_PLAIN: Final = ("published",)
_HEDGED: Final = ("published", "hedged")
_HELD: Final = ("published", "hedged", "held")
_ALLOWED: Final = ((_PLAIN, False), (_HEDGED, False), (_HELD, False), (_PLAIN, True), (_HEDGED, True))
"""For each column of costs: the statuses that may be used, and whether only what a person accepted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which steps a chain may have.

    `relations` are the IRIs of the only relations to use (empty: all) and `without_relations` those to avoid; a chain
    goes through all concepts of `through` and none of `without` (IRIs). `reviewed`: only statements that a person
    accepted, beside what vocabularies hold. `hedged`: also what pages hedge; `held`: also what waits for a person.
    """

    relations: frozenset[str] = frozenset()
    without_relations: frozenset[str] = frozenset()
    through: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    reviewed: bool = False
    hedged: bool = True
    held: bool = False

    @property
    def statuses(self) -> tuple[str, ...]:
        return _HELD if self.held else _HEDGED if self.hedged else _PLAIN

    @property
    def column(self) -> str:
        """Of the index, the one with the costs of the steps that may be taken."""
        if self.held:
            return "held"
        return ("reviewed_" if self.reviewed else "") + ("hedged" if self.hedged else "plain")


def turn_cost(before: int, after: int) -> float:
    """What it costs on top that two steps (their kinds) do not follow each other: they meet head to head, or part."""
    if before & FORWARD == after & FORWARD:
        return 0.0
    return _SIBLINGS_COST if before & after & HIERARCHY else _TURN_COST


def write_path_index(path: Path, store: Store, sources: Mapping[str, str], last: Path | None = None) -> None:
    """Writes what `store` holds into a new file at `path`; equal graphs give equal bytes. `sources` gives the
    vocabulary that each concept is from.

    `last` is such a file of a graph with the same vocabularies: reading a large hierarchy from there takes a tenth of
    the time, and if pages state the same too, the file is that one."""
    stated, joined = stated_edges(store, held=True, mappings=True), all_joined(store)
    said = repr((stated, sorted(joined.items()), sorted(sources.items())))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    above = None
    if last is not None:
        with closing(sqlite3.connect(f"{last.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            same = connection.execute("SELECT digest FROM stated").fetchone() == (digest,)
            above = None if same else [Edge(*row) for row in connection.execute(_HIERARCHY)]
        if same:
            shutil.copyfile(last, path)
            return
    path.unlink(missing_ok=True)
    edges = sorted([*stated, *(hierarchy(store) if above is None else above)], key=_triple)
    with closing(sqlite3.connect(path)) as connection:
        _write(connection, edges, joined, {}, sources)
        connection.execute("INSERT INTO stated VALUES (?)", (digest,))
        connection.commit()


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
    _write(connection, found, joined, below, sources)
    return connection


def _write(
    connection: sqlite3.Connection,
    edges: Iterable[Edge],
    joined: Mapping[str, str],
    below: Mapping[str, int],
    sources: Mapping[str, str],
) -> None:
    """`below` counts the concepts directly under one where `edges` do not have them all."""
    edges = list(edges)
    ends = {*joined, *(edge.subject for edge in edges), *(edge.object for edge in edges)}
    number = {iri: at for at, iri in enumerate(sorted({joined.get(iri, iri) for iri in ends}), 1)}
    node = {iri: number[joined.get(iri, iri)] for iri in ends}
    between = [(at, edge) for at, edge in enumerate(edges) if node[edge.subject] != node[edge.object]]
    ground = _Ground([edge for _, edge in between], node, below)
    predicates = {iri: at for at, iri in enumerate(sorted({edge.predicate for edge in edges}), 1)}
    connection.executescript(_SCHEMA)
    connection.executemany("INSERT INTO concept VALUES (?, ?)", sorted(node.items()))
    connection.executemany("INSERT INTO fringe VALUES (?)", ((each,) for each in sorted(ground.fringe)))
    connection.executemany("INSERT INTO predicate VALUES (?, ?)", ((at, iri) for iri, at in predicates.items()))
    connection.executemany(
        "INSERT INTO edge VALUES (?, ?, ?, ?, ?)",
        (
            (at, edge.subject, predicates[edge.predicate], edge.object, _source(edge, sources))
            for at, edge in enumerate(edges)
        ),
    )
    connection.executemany(
        "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (at, place, claim.statement, claim.page, claim.status, claim.confidence, claim.reviewed)
            for at, edge in enumerate(edges)
            for place, claim in enumerate(edge.claims)
        ),
    )
    links = [link for at, edge in between for link in ground.links(at, edge, predicates[edge.predicate])]
    links.sort()
    connection.executemany(f"INSERT INTO link VALUES ({', '.join('?' * 10)})", links)
    connection.commit()


def _triple(edge: Edge) -> tuple[str, str, str]:
    return edge.subject, edge.predicate, edge.object


class _Ground:
    """What walking over edges costs, which depends on all of them; `node` gives the node of each end."""

    def __init__(self, edges: Iterable[Edge], node: Mapping[str, int], below: Mapping[str, int]) -> None:
        self._node = node
        above: defaultdict[int, set[int]] = defaultdict(set)
        under: defaultdict[int, set[int]] = defaultdict(set)
        for edge in edges:
            if edge.is_hierarchy:
                under[node[edge.object]].add(node[edge.subject])
                above[node[edge.subject]].add(node[edge.object])
        self._below = {one: len(those) for one, those in under.items()}
        for iri, count in below.items():
            if iri in node:
                self._below[node[iri]] = max(count, self._below.get(node[iri], 0))
        inner = {node[end] for edge in edges if not _only_hierarchy(edge) for end in (edge.subject, edge.object)}
        waiting = list(inner)
        while waiting:
            more = above.get(waiting.pop(), set()) - inner
            inner |= more
            waiting += more
        near: defaultdict[int, set[int]] = defaultdict(set)
        for edge in edges:
            one, other = node[edge.subject], node[edge.object]
            if one in inner:
                near[one].add(other)
                near[other].add(one)
        nodes = set(node.values())
        self.fringe = nodes - inner
        self._passing = {one: _passing(self._below.get(one, 0), len(near.get(one, ()))) for one in nodes}

    def links(self, number: int, edge: Edge, predicate: int) -> Iterator[tuple[float | None, ...]]:
        """The rows of one edge: the link from its subject and, if that leads somewhere, the one from its object."""
        one, other = self._node[edge.subject], self._node[edge.object]
        passing = (self._passing[one] + self._passing[other]) / 2
        if edge.claims:
            costs = [None if cost is None else round(cost + passing, 6) for cost in self._costs(edge)]
        else:  # a large vocabulary has very many of these
            costs = [round(self._cost(edge) + _VOCABULARY_COST + passing, 6)] * len(_ALLOWED)
        kind = HIERARCHY if edge.is_hierarchy else 0
        yield (one, number, other, kind | FORWARD, predicate, *costs)
        if one not in self.fringe:
            yield (other, number, one, kind, predicate, *costs)

    def _cost(self, edge: Edge) -> float:
        """What taking an edge costs by what it says, before who says it."""
        if edge.is_hierarchy:
            return _HIERARCHY_COST + 0.3 * math.log2(1 + self._below.get(self._node[edge.object], 0))
        return _COST.get(edge.predicate, 1.0)

    def _costs(self, edge: Edge) -> list[float | None]:
        """What an edge that is stated costs by each of `_ALLOWED`; None where none of its claims may be used."""
        cost = self._cost(edge)
        return [_by_claims(cost, usable(edge.claims, statuses, reviewed=only)) for statuses, only in _ALLOWED]


def _passing(below: int, near: int) -> float:
    """What it costs to pass through a concept: much, if it is general or connected with everything."""
    return 0.4 * math.log2(1 + below) + 0.5 * max(0.0, math.log2(max(near, 1) / _MANY))


def _by_claims(cost: float, best: tuple[Claim, ...]) -> float | None:
    if not best:
        return None
    cost += 1.0 - max(claim.confidence for claim in best)
    cost += _HEDGED_COST if best[0].status != "published" else 0.0
    cost -= 0.25 if any(claim.reviewed for claim in best) else 0.0
    return cost - 0.1 * min(len({claim.page for claim in best}) - 1, 2)


def usable(claims: Iterable[Claim], statuses: tuple[str, ...], *, reviewed: bool = False) -> tuple[Claim, ...]:
    """Of claims, the strongest first, those of the best status among `statuses`: where a page says something plainly,
    the hedged ones are not needed."""
    allowed = [claim for claim in claims if claim.status in statuses and (claim.reviewed or not reviewed)]
    return tuple(claim for claim in allowed if claim.status == allowed[0].status)


def _source(edge: Edge, sources: Mapping[str, str]) -> str:
    """The vocabulary that an edge is from: a concept says itself what is above it."""
    return "" if edge.claims else sources.get(edge.subject, "")


def _only_hierarchy(edge: Edge) -> bool:
    """Whether an edge is one of a vocabulary's hierarchy."""
    return edge.is_hierarchy and not edge.claims


class PathIndex:
    """An index, opened, with a choice of steps."""

    def __init__(self, connection: sqlite3.Connection, choice: Choice) -> None:
        self._db = connection
        self.choice = choice
        self._known: dict[int, list[Link]] = {}
        self._extra: defaultdict[int, list[Link]] = defaultdict(list)
        self.without = {node for iri in choice.without if (node := self.node(iri)) is not None}
        numbers = {str(iri): int(at) for at, iri in connection.execute("SELECT id, iri FROM predicate")}
        wanted = choice.relations or numbers.keys()
        used = {at for iri, at in numbers.items() if iri in wanted and iri not in choice.without_relations}
        limited = "" if len(used) == len(numbers) else f" AND predicate IN ({', '.join(map(str, sorted(used)))})"
        self._links = (
            f"SELECT other, {choice.column}, kind, edge FROM link "
            f"WHERE node = ? AND {choice.column} IS NOT NULL{limited}"
        )

    def node(self, iri: str) -> int | None:
        """The node of a concept; None if nothing leads from it."""
        row = self._db.execute("SELECT node FROM concept WHERE iri = ?", (iri,)).fetchone()
        return int(row[0]) if row else None

    def allow(self, end: int) -> None:
        """Makes `end` one that paths lead down to."""
        waiting, seen = [end], {end}
        while waiting:
            node = waiting.pop()
            if not self._db.execute("SELECT 1 FROM fringe WHERE node = ?", (node,)).fetchone():
                continue
            for link in self.links(node):
                if not link.is_forward:
                    continue  # a way down that another end has allowed
                back = link.back_to(node)
                if back not in self._extra[link.other]:
                    self._extra[link.other].append(back)
                    self._known.pop(link.other, None)
                if link.other not in seen:
                    seen.add(link.other)
                    waiting.append(link.other)

    def links(self, node: int) -> list[Link]:
        """The steps that may be taken from a node."""
        known = self._known.get(node)
        if known is None:
            rows = self._db.execute(self._links, (node,))
            known = [*map(Link._make, rows), *self._extra.get(node, ())]
            if self.without:
                known = [link for link in known if link.other not in self.without]
            self._known[node] = known
        return known

    def edge(self, number: int) -> tuple[Edge, str]:
        """An edge with those of its claims that a chain rests on, and the vocabulary that it is from, if known."""
        row = self._db.execute(
            "SELECT subject, iri, object, source FROM edge JOIN predicate AS p ON p.id = predicate WHERE edge.id = ?",
            (number,),
        ).fetchone()
        claims = self._db.execute(
            "SELECT statement, page, status, confidence, reviewed FROM claim WHERE edge = ? ORDER BY place", (number,)
        )
        found = [Claim(str(s), str(page), str(status), float(sure), bool(r)) for s, page, status, sure, r in claims]
        best = usable(found, self.choice.statuses, reviewed=self.choice.reviewed)
        return Edge(str(row[0]), str(row[1]), str(row[2]), best), str(row[3])
