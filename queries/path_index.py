"""The edges that paths are made of, prepared: an SQLite file beside the graph, which a search reads where it comes by.

A node is a concept with all that a mapping makes one with it. Every edge stands there as two links, one from either
end, with what it costs to take it: what pages say plainly, and more than once or accepted by a person, costs least;
going up to something general costs more the more there is below it, since `insulin is a hormone, glucagon is a hormone`
explains nothing. Links down to what has nothing but a hierarchy above it are left out: they lead nowhere, unless that
is where a path begins or ends.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nutrigraph.queries.edges import Claim, Edge
from nutrigraph.queries.path_search import FORWARD, HIERARCHY, Link

_TURN_COST: Final = 0.4
"""Where two steps meet head to head (a → c ← b) or part (a ← c → b): weaker than steps that follow each other."""
_SIBLINGS_COST: Final = 2.0
"""Where that happens in a hierarchy: two things are of one kind, or one thing is of two."""
DEAREST: Final = 12.0
"""A chain that costs more explains nothing any more."""

SCHEMA: Final = """
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
PLAIN: Final = ("published",)
HEDGED: Final = ("published", "hedged")
HELD: Final = ("published", "hedged", "held")
"""The statuses that steps may have."""


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
        return HELD if self.held else HEDGED if self.hedged else PLAIN

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


def usable(claims: Iterable[Claim], statuses: tuple[str, ...], *, reviewed: bool = False) -> tuple[Claim, ...]:
    """Of claims, the strongest first, those of the best status among `statuses`: where a page says something plainly,
    the hedged ones are not needed."""
    allowed = [claim for claim in claims if claim.status in statuses and (claim.reviewed or not reviewed)]
    return tuple(claim for claim in allowed if claim.status == allowed[0].status)


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
