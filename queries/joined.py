"""Concepts that count as one: those joined by skos:exactMatch, also through an identifier that both have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nutrigraph.ontology.namespaces import OWL, RDF, SKOS
from nutrigraph.store import Store

_MATCHES: Final = f"""SELECT ?one ?other WHERE {{
  {{
    #VALUES one
    ?one <{SKOS}exactMatch> ?other
    FILTER(isIRI(?one) && isIRI(?other))
  }} UNION {{
    #VALUES one
    ?other <{SKOS}exactMatch> ?one
    FILTER(isIRI(?one) && isIRI(?other))
  }}
}}"""
_CONCEPTS: Final = f"""SELECT ?concept WHERE {{
  #VALUES concept
  ?concept <{RDF}type> ?kind
  FILTER(?kind IN (<{SKOS}Concept>, <{OWL}Class>))
}}"""


def joined_with(store: Store, iris: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each of `iris` the concepts joined with it, itself among them."""
    reached = matched_with(store, iris)
    others = set().union(*(found - {start} for start, found in reached.items()))
    concepts = {str(row[0]) for row in store.rows(_CONCEPTS, values={"concept": sorted(others)})} if others else set()
    return {start: frozenset(found & (concepts | {start})) for start, found in reached.items()}


def matched_with(store: Store, iris: Iterable[str]) -> dict[str, set[str]]:
    """For each of `iris` all that exactMatch joins with it, itself and identifiers that are no concepts among them."""
    starts = sorted(set(iris))
    near: dict[str, set[str]] = {}
    frontier = set(starts)
    while frontier:
        for one, other in store.rows(_MATCHES, values={"one": sorted(frontier)}):
            near.setdefault(str(one), set()).add(str(other))
        frontier = {other for one in frontier for other in near.setdefault(one, set())} - near.keys()
    return {start: _reached(start, near) for start in starts}


def all_joined(store: Store) -> dict[str, str]:
    """For every IRI with an exactMatch, one IRI that is the same for all joined with it (the first in order)."""
    near: dict[str, set[str]] = {}
    for one, other in store.rows(_MATCHES):
        near.setdefault(str(one), set()).add(str(other))
    first: dict[str, str] = {}
    for start in sorted(near):
        if start not in first:
            first |= dict.fromkeys(_reached(start, near), start)
    return first


def _reached(start: str, near: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        following = near.get(waiting.pop(), set()) - found
        found |= following
        waiting += following
    return found
