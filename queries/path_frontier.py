"""The edges that paths are made of where they cannot all be read: at a large endpoint.

They are read in rounds from both ends of a path at once, each round what is next to what the one before came to: some
hundreds of concepts in one question, and never a property path, for which servers take minutes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

from nutrigraph.ontology.namespaces import NGO, SKOS
from nutrigraph.queries.edges import Edge, count_below, hierarchy_above, stated_around
from nutrigraph.queries.joined import matched_with
from nutrigraph.queries.path_index_writing import index_in_memory, index_of
from nutrigraph.store import Store

_FEW: Final = 20_000
"""Up to so many statements and mappings are read at once."""
_ROUNDS: Final = 4
_MOST: Final = 5_000
"""No further round begins with more concepts."""
_MORE: Final = f"""SELECT ?s WHERE {{
  {{ GRAPH ?page {{ ?s a <{NGO}Statement> }} }} UNION {{
    VALUES ?match {{ {" ".join(f"<{SKOS}{name}Match>" for name in ("exact", "close", "broad", "narrow", "related"))} }}
    ?s ?match ?o
  }}
}} OFFSET {_FEW} LIMIT 1"""


def index_around(store: Store, ends: Iterable[str]) -> sqlite3.Connection:
    """The index for paths between `ends`: of all that is stated where that is little, else of what is around them."""
    return index_by_rounds(store, ends) if store.rows(_MORE) else index_in_memory(store, ends)


def index_by_rounds(store: Store, ends: Iterable[str], rounds: int = _ROUNDS, most: int = _MOST) -> sqlite3.Connection:
    """The index of what is at most `rounds` stated steps, and any number of steps up a hierarchy, away from an end."""
    groups: dict[str, set[str]] = {}
    edges: set[Edge] = set()
    frontier = set(ends)
    for _ in range(rounds):
        found = matched_with(store, frontier)
        groups |= {iri: group for group in found.values() for iri in group}
        nodes = {iri for group in found.values() for iri in group}
        around = {*stated_around(store, nodes), *hierarchy_above(store, nodes)}
        edges |= around
        frontier = {end for edge in around for end in (edge.subject, edge.object)} - groups.keys()
        if not frontier or len(groups) > most:
            break
    groups |= {iri: group for group in matched_with(store, frontier).values() for iri in group}
    joined = {iri: min(group) for iri, group in groups.items() if len(group) > 1}
    met = {*groups, *(end for edge in edges for end in (edge.subject, edge.object))}
    in_order = sorted(edges, key=lambda edge: (edge.subject, edge.predicate, edge.object))
    return index_of(in_order, joined, count_below(store, met))
